import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { outboxContract } from '../../notify/outbox.contract.ts';
import { openStore } from '../open.ts';
import type { Store } from '../store.ts';

let store: Store | undefined;
let folder: string;

afterEach(async () => {
  await store?.close();
  rmSync(folder, { recursive: true });
});

outboxContract('the embedded database', async () => {
  folder = mkdtempSync(join(tmpdir(), 'apipatrol-contract-'));
  store = await openStore(join(folder, 'patrol.db'), { clock: new ManualClock(), log: silentLogger });
  return store.outbox;
});
