import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Check } from '../../model/check.ts';
import {
  histogramOf,
  type HourCounts,
  hourMs,
  type HourRollup,
  summarizeHistogram,
} from '../../model/histogram.ts';
import type { Result, Verdict } from '../../model/result.ts';
import { openStore } from '../open.ts';
import { packRollups, unpackRollups } from './rollups.ts';
import type { Store } from '../store.ts';

const t0 = Date.UTC(2026, 0, 5, 8);
const quarter = hourMs / 4;

let folder: string;
let store: Store;
let clock: ManualClock;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apipatrol-rollups-'));
  clock = new ManualClock(t0);
  store = await openStore(join(folder, 'patrol.db'), { clock, log: silentLogger });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function result(checkId: string, at: number, totalMs: number, verdict: Verdict = 'pass'): Result {
  return {
    checkId,
    at,
    verdict,
    reason: { code: verdict === 'pass' ? 'none' : 'status', message: '' },
    ...(verdict === 'blocked' ? {} : { status: 200 }),
    bytes: 1,
    phases: { totalMs },
    attempts: 1,
    findings: [],
  };
}

async function runCycle(startedAt: number, results: readonly Result[], close = true): Promise<void> {
  const { id } = await store.beginCycle(startedAt, startedAt);
  const checks = results.map(({ checkId }) => ({
    id: checkId,
    service: checkId.slice(0, 1),
    operation: checkId,
  }));
  await store.appendResults(id, results, checks as unknown as readonly Check[]);
  if (!close) return;
  await store.closeCycle({
    statistics: {
      cycleId: id,
      outcome: 'complete',
      dueAt: startedAt,
      startedAt,
      durationMs: 1,
      latenessMs: 0,
      missed: 0,
      checked: results.length,
      counts: { pass: 0, degraded: 0, fail: 0, blocked: 0, unknown: 0 },
      byService: {},
    },
    results: [],
    checks: [],
    open: [],
    transitions: [],
    messages: [],
  });
}

async function read(from = 0, to = t0 + 100 * hourMs, service?: string): Promise<readonly HourRollup[]> {
  const all: HourRollup[] = [];
  for await (const rollup of store.rollups({ from, to }, service)) all.push(rollup);
  return all;
}

async function readCounts(): Promise<readonly HourCounts[]> {
  const all: HourCounts[] = [];
  for await (const hour of store.hourCounts({ from: 0, to: t0 + 100 * hourMs })) all.push(hour);
  return all;
}

/** Four cycles an hour, for so many hours. */
async function patrolFor(hours: number): Promise<void> {
  for (let no = 0; no < hours * 4; no++) {
    const at = t0 + no * quarter;
    await runCycle(at, [
      result('a1', at, 10 + no),
      result('a2', at, 100, no === 1 ? 'fail' : 'pass'),
      result('b1', at, 5, 'blocked'),
    ]);
  }
}

describe('hours', () => {
  it('are the same whether they have been rolled up or are added up on the way', async () => {
    await patrolFor(3);
    const before = await read();
    clock.jump(2.5 * hourMs);
    await store.prune(0);
    expect(await read()).toEqual(before);
    expect(before.map(({ hour, service }) => [hour, service])).toEqual(
      [0, 1, 2].flatMap((no) => ['a', 'b'].map((service) => [t0 + no * hourMs, service])),
    );
    expect(before[0]?.checks).toEqual([
      { checkId: 'a1', counts: counts({ pass: 4 }), latency: histogramOf([10, 11, 12, 13]) },
      { checkId: 'a2', counts: counts({ pass: 3, fail: 1 }), latency: histogramOf([100, 100, 100, 100]) },
    ]);
    expect(before[1]?.checks).toEqual([
      { checkId: 'b1', counts: counts({ blocked: 4 }), latency: histogramOf([]) },
    ]);
  });

  it('have the same counts when they are added up on the way, when rolled up, and by a version that kept no counts', async () => {
    await patrolFor(3);
    const onTheWay = await readCounts();
    expect(onTheWay[0]).toEqual({ hour: t0, service: 'a', counts: counts({ pass: 7, fail: 1 }) });
    clock.jump(2.5 * hourMs);
    await store.prune(0);
    expect(await readCounts()).toEqual(onTheWay);
    const older = new DatabaseSync(join(folder, 'patrol.db'));
    older.exec('update rollup set counts = null where hour = (select min(hour) from rollup)');
    older.close();
    expect(await readCounts()).toEqual(onTheWay);
  });

  it('outlive the results they were made of, for a year', async () => {
    await patrolFor(2);
    const before = await read();
    clock.jump(40 * 24 * hourMs);
    await store.prune(0);
    await store.prune(clock.now() - 30 * 24 * hourMs);
    expect(await store.history('a1', { from: 0, to: clock.now() })).toEqual([]);
    expect(await read()).toEqual(before);
    await clock.advance(330 * 24 * hourMs);
    await store.prune(0);
    expect(await read()).toEqual([]);
  });

  it('wait until all of their cycles have closed', async () => {
    await patrolFor(1);
    await runCycle(t0 + hourMs - 1, [result('a1', t0, 9)], false);
    clock.jump(5 * hourMs);
    await store.prune(0);
    await runCycle(t0 + 5 * hourMs, [result('a1', t0, 9)]);
    expect((await read())[0]?.checks[0]?.counts.pass).toBe(5);
  });

  it('can be asked for by time and service', async () => {
    await patrolFor(4);
    clock.jump(2 * hourMs);
    await store.prune(0);
    expect((await read(t0 + hourMs, t0 + 2 * hourMs, 'a')).map(({ hour }) => hour)).toEqual([
      t0 + hourMs,
      t0 + 2 * hourMs,
    ]);
    expect(await read(t0, t0 + 2 * hourMs, 'none')).toEqual([]);
  });
});

describe('a rollup', () => {
  it('comes back as it was packed', async () => {
    const rollup = fc.record({
      checkNo: fc.integer({ min: 1, max: 1e6 }),
      counts: fc.record({
        pass: fc.nat(10_000),
        degraded: fc.nat(9),
        fail: fc.nat(9),
        blocked: fc.nat(9),
        unknown: fc.nat(9),
      }),
      latency: fc.array(fc.double({ min: 0, max: 1e5, noNaN: true })).map(histogramOf),
    });
    const distinct = fc.uniqueArray(rollup, { selector: ({ checkNo }) => checkNo });
    await fc.assert(
      fc.asyncProperty(distinct, async (rollups) => {
        const back = unpackRollups(await packRollups(rollups));
        expect(back).toEqual(rollups.toSorted((a, b) => a.checkNo - b.checkNo));
      }),
    );
  });

  it('has a summary when there were answers', () => {
    expect(summarizeHistogram(histogramOf([]))).toBeUndefined();
    const summary = summarizeHistogram(histogramOf([100, 100, 100, 1000]));
    expect(summary).toMatchObject({ count: 4 });
    expect(summary?.p50Ms).toBeCloseTo(100, -1);
    expect(Math.abs((summary?.maxMs ?? 0) - 1000)).toBeLessThanOrEqual(20);
  });
});

function counts(some: Partial<Record<Verdict, number>>): Record<Verdict, number> {
  return { pass: 0, degraded: 0, fail: 0, blocked: 0, unknown: 0, ...some };
}
