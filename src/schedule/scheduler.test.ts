import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../lib/time/clock.ts';
import { type DueCycle, CycleScheduler } from './scheduler.ts';
import type { StandingGrid } from './standing-grid.ts';

const m = 60_000;
const start = Date.UTC(2026, 0, 1, 8, 7, 31);

let clock: ManualClock;
let stop: AbortController;
let lanes: { service: string; intervalMs: number }[];
let started: (DueCycle & { at: number; called: () => void; finish: () => void })[];
let heldUp: Set<string>;
let late: string[];
let scheduler: CycleScheduler;
let ended: Promise<void>;
let holdOpen: boolean;
let standing: Map<string, StandingGrid>;

function begin(): void {
  scheduler = new CycleScheduler({
    clock,
    lanes: () => lanes,
    standing,
    start: (due, called) =>
      new Promise((resolve) => {
        started.push({ ...due, at: clock.now(), called, finish: resolve });
        if (!holdOpen) resolve();
      }),
    isHeldUp: (service) => heldUp.has(service),
    onLate: (service) => late.push(service),
  });
  ended = scheduler.run(stop.signal);
}

beforeEach(() => {
  clock = new ManualClock(start);
  stop = new AbortController();
  lanes = [{ service: 'orders', intervalMs: 15 * m }];
  started = [];
  heldUp = new Set();
  late = [];
  holdOpen = false;
  standing = new Map();
});

afterEach(async () => {
  stop.abort();
  for (const cycle of started) cycle.finish();
  await ended;
});

const minutesSinceStart = (): number[] => started.map((cycle) => (cycle.at - start) / m);

describe('Scheduler', () => {
  it('starts the first cycle at once and the others on the grid of the start', async () => {
    begin();
    await clock.advance(46 * m);
    expect(minutesSinceStart()).toEqual([0, 15, 30, 45]);
    expect(started.every((cycle) => cycle.at === cycle.dueAt)).toBe(true);
  });

  it('goes on with grids that stand already: what is due at once, the others at their tick, first of all that they have', async () => {
    lanes = [
      { service: 'orders', intervalMs: 15 * m },
      { service: 'orders', intervalMs: 5 * m },
      { service: 'stock', intervalMs: 15 * m },
      { service: 'fresh', intervalMs: 15 * m },
    ];
    const now = clock.monotonic();
    standing.set('orders', { anchor: now - 17 * m });
    standing.set('stock', { anchor: now - 16 * m, dueAt: now - m });
    begin();
    await clock.advance(14.5 * m);
    expect(started.map((one) => [one.service, (one.at - start) / m, one.intervalsMs])).toEqual([
      ['stock', 0, undefined],
      ['fresh', 0, undefined],
      ['orders', 3, undefined],
      ['orders', 8, [5 * m]],
      ['orders', 13, [5 * m, 15 * m]],
      ['stock', 14, [15 * m]],
    ]);
    expect(started.map(({ at, dueAt }) => (at - dueAt) / m)).toEqual([1, 0, 0, 0, 0, 0]);
    expect(scheduler.nextStarts()).toEqual([
      { service: 'fresh', at: start + 15 * m },
      { service: 'orders', at: start + 18 * m },
      { service: 'stock', at: start + 29 * m },
    ]);
    expect(Math.round(scheduler.gridAgeMs('orders') / m)).toBe(32);
  });

  it('leaves none out of grids that are a moment apart, although timers are late by more', async () => {
    class LateClock extends ManualClock {
      override sleep(ms: number, signal?: AbortSignal): Promise<void> {
        return super.sleep(ms + 20, signal);
      }
    }
    clock = new LateClock(start);
    lanes = ['orders', 'stock'].map((service) => ({ service, intervalMs: 15 * m }));
    const now = clock.monotonic();
    standing.set('orders', { anchor: now - 5 * m });
    standing.set('stock', { anchor: now - 5 * m + 3 });
    begin();
    await clock.advance(41 * m);
    expect(started.map(({ service }) => service)).toEqual([
      'orders',
      'stock',
      'orders',
      'stock',
      'orders',
      'stock',
    ]);
    expect(late).toEqual([]);
  });

  it('names whole milliseconds although timers are late by a fraction of one', async () => {
    class LateClock extends ManualClock {
      override sleep(ms: number, signal?: AbortSignal): Promise<void> {
        return super.sleep(ms + 0.37, signal);
      }
    }
    clock = new LateClock(start);
    begin();
    await clock.advance(31 * m);
    expect(started.map(({ dueAt }) => dueAt - start)).toEqual([0, 15 * m, 30 * m]);
    expect(scheduler.nextAt).toBe(start + 45 * m);
  });

  it('does not drift when a cycle takes long', async () => {
    holdOpen = true;
    begin();
    for (const at of [15, 30, 45]) {
      await clock.advance(14.9 * m);
      started.at(-1)?.finish();
      await clock.advance(at * m - (clock.now() - start));
    }
    expect(minutesSinceStart()).toEqual([0, 15, 30, 45]);
  });

  it('leaves out a cycle whose service is still busy, says so, and counts it in the next one', async () => {
    holdOpen = true;
    begin();
    await clock.advance(31 * m);
    expect(minutesSinceStart()).toEqual([0]);
    expect(late).toEqual(['orders', 'orders']);
    started[0]?.finish();
    await clock.advance(15 * m);
    expect(minutesSinceStart()).toEqual([0, 45]);
    expect(started[1]?.missed).toBe(2);
  });

  it('starts the next cycle on time while the one before waits for what hangs or is to be confirmed', async () => {
    holdOpen = true;
    begin();
    started[0]?.called();
    await clock.advance(15 * m);
    expect(minutesSinceStart()).toEqual([0, 15]);
    started[0]?.finish();
    await clock.advance(15 * m);
    expect(late).toEqual(['orders']);
    started[1]?.called();
    await clock.advance(15 * m);
    expect(minutesSinceStart()).toEqual([0, 15, 45]);
    expect(started[2]?.missed).toBe(1);
  });

  it('leaves out a cycle of which nothing can be called', async () => {
    holdOpen = true;
    begin();
    started[0]?.called();
    heldUp.add('orders');
    await clock.advance(15 * m);
    expect(late).toEqual(['orders']);
    heldUp.clear();
    await clock.advance(15 * m);
    expect(minutesSinceStart()).toEqual([0, 30]);
  });

  it('runs what was asked for once all that goes on has closed', async () => {
    holdOpen = true;
    begin();
    started[0]?.called();
    await clock.advance(15 * m);
    scheduler.runNow();
    started[1]?.finish();
    await clock.advance(m);
    expect(minutesSinceStart()).toEqual([0, 15]);
    started[0]?.finish();
    await clock.advance(m);
    expect(minutesSinceStart()).toEqual([0, 15, 16]);
  });

  it('keeps the other services on time while one is busy', async () => {
    lanes = [...lanes, { service: 'users', intervalMs: 5 * m }];
    holdOpen = true;
    begin();
    started[0]?.finish();
    await clock.advance(5 * m);
    await clock.advance(10 * m);
    expect(started.map((cycle) => cycle.service)).toEqual(['orders', 'users', 'orders']);
    expect(late).toEqual(['users', 'users', 'users']);
  });

  it('starts a service once when two of its intervals meet, and says which checks are due', async () => {
    lanes = [...lanes, { service: 'orders', intervalMs: 5 * m }];
    begin();
    await clock.advance(16 * m);
    expect(started.map((cycle) => [cycle.service, cycle.intervalsMs])).toEqual([
      ['orders', undefined],
      ['orders', [5 * m]],
      ['orders', [5 * m]],
      ['orders', [5 * m, 15 * m]],
    ]);
  });

  it('keeps the grid when the wall clock jumps', async () => {
    begin();
    await clock.advance(10 * m);
    clock.jump(-60 * m);
    await clock.advance(20 * m);
    expect(started).toHaveLength(3);
  });

  it('follows a changed interval without a restart', async () => {
    begin();
    await clock.advance(m);
    lanes = [{ service: 'orders', intervalMs: 2 * m }];
    scheduler.replan();
    await clock.advance(3.5 * m);
    expect(minutesSinceStart()).toEqual([0, 2, 4]);
  });

  it('tells when the next cycle is due', async () => {
    begin();
    await clock.advance(m);
    expect(scheduler.nextAt).toBe(start + 15 * m);
  });

  it('runs a cycle now on request without moving the grid', async () => {
    begin();
    await clock.advance(4 * m);
    scheduler.runNow();
    await clock.advance(11.5 * m);
    expect(minutesSinceStart()).toEqual([0, 4, 15]);
  });

  it('runs what was asked for while it was busy as soon as it is free, once, and counts nothing as missed', async () => {
    holdOpen = true;
    begin();
    await clock.advance(m);
    scheduler.runNow();
    scheduler.runNow('orders');
    await clock.advance(m);
    expect(minutesSinceStart()).toEqual([0]);
    started[0]?.finish();
    await clock.advance(m);
    expect(minutesSinceStart()).toEqual([0, 2]);
    expect(started[1]).toMatchObject({ service: 'orders', missed: 0 });
    expect(late).toEqual([]);
    started[1]?.finish();
    await clock.advance(m);
    expect(started).toHaveLength(2);
  });

  it('starts nothing that was asked for once it has been told to end', async () => {
    holdOpen = true;
    begin();
    await clock.advance(m);
    scheduler.runNow();
    stop.abort();
    started[0]?.finish();
    await ended;
    expect(started).toHaveLength(1);
  });

  it('ends when told to, after the running cycle has closed', async () => {
    holdOpen = true;
    begin();
    await clock.advance(m);
    stop.abort();
    let over = false;
    void ended.then(() => {
      over = true;
    });
    await clock.advance(m);
    expect(over).toBe(false);
    started[0]?.finish();
    await ended;
    await clock.advance(60 * m);
    expect(started).toHaveLength(1);
  });

  it('waits quietly while there is nothing to patrol and begins when there is', async () => {
    lanes = [];
    begin();
    await clock.advance(3 * m);
    expect(started).toEqual([]);
    lanes = [{ service: 'orders', intervalMs: 15 * m }];
    scheduler.replan();
    await clock.advance(15 * m);
    expect(minutesSinceStart()).toEqual([15]);
  });
});
