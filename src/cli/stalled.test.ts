import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CycleStatistics } from '../model/cycle.ts';
import type { ServiceSettings, Settings } from '../model/settings.ts';
import { socketOf } from '../server/listen.ts';
import { runningState } from './stalled.ts';

const now = 1_000_000_000;
let folder: string;
let storePath: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-stalled-'));
  storePath = path.join(folder, 'patrol.db');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Services that are not patrolled, of one that is called every `intervalMs` and whose last cycle closed `agoMs` ago. */
async function stalled(intervalMs: number, agoMs: number): Promise<readonly string[]> {
  const cycle = {
    cycleId: 1,
    scope: ['orders'],
    startedAt: now - agoMs - 100,
    durationMs: 100,
    byService: {},
  };
  const settings = {
    services: [{ name: 'orders', intervalMs } as ServiceSettings],
    store: { path: storePath } as Settings['store'],
  };
  const store = { cycles: () => Promise.resolve([cycle as unknown as CycleStatistics]) };
  const { notPatrolled } = await runningState(store, settings, { user: 'me', language: 'en' }, now);
  return notPatrolled.map(({ service }) => service);
}

it.each([
  [10_000, 9000, []],
  [10_000, 16_000, ['orders']],
  [900_000, 890_000, []],
  [900_000, 910_000, ['orders']],
])('where no patrol runs, a cycle every %s ms that closed %s ms ago: %j', async (interval, ago, expected) => {
  expect(await stalled(interval, ago)).toEqual(expected);
});

it('one that runs and does not answer has the time of a whole cycle more', async () => {
  const server = createServer((request) => request.socket.destroy());
  await new Promise<void>((resolve) => server.listen(socketOf(storePath), resolve));
  try {
    expect(await stalled(10_000, 40_000)).toEqual([]);
    expect(await stalled(10_000, 60_000)).toEqual(['orders']);
  } finally {
    server.close();
  }
});
