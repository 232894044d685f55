import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../lib/time/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import type { Incident } from '../model/incident.ts';
import { openStore } from './open.ts';
import type { Store } from './store.ts';

const t0 = Date.UTC(2026, 0, 5, 8);
const hour = 3_600_000;
const incident = (id: string) =>
  ({
    id,
    fingerprint: id,
    cause: { level: 'operation' },
    state: 'firing',
    openedAt: t0,
    version: 1,
  }) as Incident;

let folder: string;
let clock: ManualClock;
let store: Store;
let jumpMs: number;

async function open(): Promise<void> {
  store = await openStore(join(folder, 'patrol.db'), { clock, log: silentLogger });
  jumpMs = await store.followClock();
  await store.watch();
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apipatrol-clock-mark-'));
  clock = new ManualClock(t0);
  await open();
  const own = { kind: 'opened', at: t0, incident: incident('OWN1') } as const;
  await store.record({ open: [incident('A7F3')], transitions: [], messages: [] });
  await store.outbox.tell([own], []);
  await store.desk.silence({
    matcher: {},
    from: t0,
    until: t0 + hour,
    by: 'li',
    reason: 'deploy',
    createdAt: t0,
  });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** When those that go on began, and when the silence ends. */
async function times(): Promise<readonly (number | undefined)[]> {
  const [[patrolled], [own], [silence]] = await Promise.all([
    store.openIncidents(),
    store.ownIncidents(),
    store.desk.silences(0),
  ]);
  return [patrolled?.openedAt, own?.openedAt, silence?.until];
}

const restart = async (whileDown: () => void): Promise<void> => {
  await store.close();
  whileDown();
  await open();
};

describe('a wall clock that is set while no patrol runs', () => {
  it.each([
    ['3 days back', -72],
    ['500 days on', 12_000],
  ])('%s moves what goes on, once', async (_, hours) => {
    await clock.advance(60_000);
    await restart(() => clock.jump(hours * hour));
    expect(jumpMs).toBe(hours * hour);
    const moved = [t0, t0, t0 + hour].map((at) => at + hours * hour);
    expect(await times()).toEqual(moved);
    await restart(() => undefined);
    expect(jumpMs).toBe(0);
    expect(await times()).toEqual(moved);
  });

  it('is told from a patrol that was down for long', async () => {
    await store.close();
    await clock.advance(48 * hour);
    await open();
    expect(jumpMs).toBe(0);
    expect(await times()).toEqual([t0, t0, t0 + hour]);
  });

  it('and was followed while it ran is not followed again', async () => {
    clock.jump(-5 * hour);
    await store.shiftIncidents(-5 * hour);
    await store.outbox.shift(-5 * hour, clock.now());
    await restart(() => undefined);
    expect(jumpMs).toBe(0);
    expect((await times())[0]).toBe(t0 - 5 * hour);
  });

  it('over a start of the machine is seen when it shows less than before', async () => {
    await restart(() => {
      const database = new DatabaseSync(join(folder, 'patrol.db'));
      database.exec("update clock_mark set boot = 'before'");
      database.close();
      clock.jump(-2 * hour);
    });
    expect(jumpMs).toBe(-2 * hour);
    expect(await times()).toEqual([t0, t0, t0 + hour].map((at) => at - 2 * hour));
  });
});
