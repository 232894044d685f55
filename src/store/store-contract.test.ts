import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { ManualClock } from '../lib/time/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { openStore } from './open.ts';
import { inMemory } from './sqlite/file/files.ts';
import { t0 } from './stored.fixture.ts';
import type { Store } from './store.ts';
import { wholeStoreContract } from './whole-store.contract.ts';

let store: Store | undefined;
let folder: string | undefined;

afterEach(async () => {
  await store?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true });
  [store, folder] = [undefined, undefined];
});

async function open(path: string): Promise<Store> {
  store = await openStore(path, { clock: new ManualClock(t0), log: silentLogger });
  return store;
}

wholeStoreContract('a file', {
  open: () => {
    folder = mkdtempSync(join(tmpdir(), 'apipatrol-contract-'));
    return open(join(folder, 'patrol.db'));
  },
  reopen: async () => {
    await store?.close();
    return open(join(folder ?? '', 'patrol.db'));
  },
});

wholeStoreContract('memory', {
  open: () => open(inMemory),
  reopen: () => open(inMemory),
  isForgetful: true,
});
