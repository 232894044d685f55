import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { result } from '../../incidents/world.fixture.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Recheck } from '../../model/cycle.ts';
import { openStore } from '../open.ts';
import type { Store } from '../store.ts';

const t0 = Date.UTC(2026, 0, 5, 8);
let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-past-'));
  store = await openStore(path.join(folder, 'patrol.db'), { clock: new ManualClock(t0), log: silentLogger });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function lookAt(at: number): Recheck {
  const results = [result('a', 'ok 30', at - 40), result('b', 'fail page', at - 20), result('c', 'dns', at)];
  const failure = { credential: 'sso', message: 'POST /token answered 401', permanent: false };
  return { at, results, credentialFailures: [failure] };
}

it('what looks found is there again, but for the evidence, of which only what tells pages apart is', async () => {
  const looks = [lookAt(t0), lookAt(t0 + 60_000)];
  for (const look of looks) await store.record({ open: [], transitions: [], messages: [], look });
  const [first, second] = await store.past.looks({ from: t0, to: t0 + 60_000 });
  const bare = (look: Recheck | undefined) => ({
    ...look,
    results: look?.results.map((one) => ({ ...one, evidence: undefined, bytes: 0 })),
  });
  expect([first, second].map(bare)).toEqual(looks.map(bare));
  const page = first?.results[1]?.evidence;
  expect(page?.excerpt).toMatch(/^[\da-f]{12}$/);
  expect(page).toEqual(second?.results[1]?.evidence);
});

it('goes when results go', async () => {
  await store.record({ open: [], transitions: [], messages: [], look: lookAt(t0) });
  await store.record({ open: [], transitions: [], messages: [], look: lookAt(t0 + 60_000) });
  await store.prune(0);
  await store.prune(t0 + 30_000);
  expect((await store.past.looks({ from: 0, to: t0 * 2 })).map(({ at }) => at)).toEqual([t0 + 60_000]);
});
