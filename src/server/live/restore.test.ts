import { afterEach, beforeEach, expect, it } from 'vitest';
import { check, type Outcome, result } from '../../incidents/world.fixture.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { countVerdicts } from '../../model/cycle.ts';
import { openStore } from '../../store/open.ts';
import type { Store } from '../../store/store.ts';
import { LiveState } from './live-state.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore(':memory:', { clock: systemClock, log: silentLogger });
});
afterEach(() => store.close());

const hourMs = 3_600_000;
const now = systemClock.now();

/** Stores a closed cycle of so many hours ago. */
async function cycle(hoursAgo: number, outcomes: Readonly<Record<string, Outcome>>): Promise<void> {
  const startedAt = now - hoursAgo * hourMs;
  const { id } = await store.beginCycle(startedAt, startedAt);
  const checks = Object.keys(outcomes).map((one) => check(one));
  const results = Object.entries(outcomes).map(([one, outcome]) => result(one, outcome, startedAt));
  await store.closeCycle({
    statistics: {
      cycleId: id,
      outcome: 'complete',
      dueAt: startedAt,
      startedAt,
      durationMs: 1,
      latenessMs: 0,
      missed: 0,
      checked: checks.length,
      counts: countVerdicts(results.map(({ verdict }) => verdict)),
      byService: {},
    },
    results,
    checks,
    open: [],
    transitions: [],
    messages: [],
  });
}

it('knows the last result of every check, however long ago it was called', async () => {
  await cycle(40, { often: 'fail 500', rare: 'fail 500', monthly: 'degraded drift' });
  await cycle(3, { often: 'fail 500', rare: 'blocked credential' });
  await cycle(2, { often: 'fail 500' });
  await cycle(1, { often: 'ok 30' });
  const board = new LiveState(systemClock);
  await board.recall(store);
  const verdicts = ['often', 'rare', 'monthly', 'never'].map((id) => board.lastResult(id)?.verdict);
  expect(verdicts).toEqual(['pass', 'blocked', 'degraded', undefined]);
  expect(board.lastResult('rare')?.at).toBe(now - 3 * hourMs);
  expect(board.lastCycle).toMatchObject({ startedAt: now - hourMs });
  expect(board.day.strip('often', now)).toMatch(/f\.f\.p\.\.$/);
});

it('leaves what this process has seen itself as it is', async () => {
  await cycle(1, { often: 'fail 500' });
  const board = new LiveState(systemClock);
  board.result(result('often', 'ok 30', now));
  await board.recall(store);
  expect(board.lastResult('often')?.verdict).toBe('pass');
});

it('takes no cycle for the last one because it closes after one that has begun since, and knows what goes on', () => {
  const board = new LiveState(systemClock);
  const report = (cycleId: number) =>
    ({
      statistics: { cycleId, startedAt: cycleId, counts: countVerdicts([]) },
      results: [],
      problems: [],
      transitions: [],
      changes: [],
      messages: [],
    }) as unknown as Parameters<LiveState['cycleClosed']>[1];
  board.cycleStarted(['orders']);
  board.cycleStarted(['orders']);
  board.cycleClosed(['orders'], report(2));
  board.cycleEnded(['orders']);
  expect(board.isRunning(['orders'])).toBe(true);
  board.cycleClosed(['orders'], report(1));
  board.cycleEnded(['orders']);
  expect(board.isRunning(['orders'])).toBe(false);
  expect(board.lastRound(['orders'])).toMatchObject({ cycleId: 2 });
});
