import { expect, it } from 'vitest';
import { check, result, start } from '../../incidents/world.fixture.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { asSlow, type Result } from '../../model/result.ts';
import { LiveState } from './live-state.ts';

it('shows of a call what it counts as, and counts it once', () => {
  const board = new LiveState(new ManualClock(start));
  board.planned(['orders'], { checks: [check('a')], skipped: [], problems: [] });
  const found = result('a', 'fail 500', start);
  const judged: Result = {
    ...found,
    verdict: 'unknown',
    reason: { code: 'never-passed', message: 'HTTP 500, expected: 200' },
  };
  board.result(found);
  expect(board.lastResult('a')).toBeUndefined();
  board.judged([judged]);
  board.judged([judged]);
  expect(board.lastResult('a')).toEqual(judged);
  expect(board.serviceDay.quarters(['orders'], start).at(-1)?.counts).toMatchObject({ fail: 0, unknown: 1 });
});

it('shows what was called by hand, and counts it for nothing', () => {
  const board = new LiveState(new ManualClock(start));
  const measured: Result[] = [];
  board.measure({ result: (one) => measured.push(one), cycle: () => undefined });
  board.planned(['orders'], { checks: [check('a')], skipped: [], problems: [] });
  board.result(result('a', 'ok 30', start));
  board.called(result('a', 'fail 500', start + 1));
  expect(board.lastResult('a')?.verdict).toBe('fail');
  expect(board.serviceDay.of('orders', start).rate).toBe(1);
  expect(board.serviceDay.quarters(['orders'], start).at(-1)?.counts).toMatchObject({ pass: 1, fail: 0 });
  expect(board.day.strip('a', start)).toMatch(/p$/);
  expect(measured).toHaveLength(1);
});

it('counts as degraded what people are told to be slow, from the answer on with which they are', () => {
  const board = new LiveState(new ManualClock(start));
  board.planned(['orders'], { checks: [check('a')], skipped: [], problems: [] });
  const counts = () => board.serviceDay.quarters(['orders'], start).at(-1)?.counts;
  const answered = (no: number): Result => result('a', 'ok 100', start + no);
  board.result(answered(0));
  board.judged([asSlow(answered(0), 'p95 3 s')]);
  board.judged([asSlow(answered(0), 'p95 3 s')]);
  expect(counts()).toMatchObject({ pass: 0, degraded: 1 });
  board.result(answered(1));
  expect(counts()).toMatchObject({ pass: 0, degraded: 1 });
  board.judged([asSlow(answered(1), 'p95 3 s')]);
  expect(counts()).toMatchObject({ pass: 0, degraded: 2 });
  expect(board.day.strip('a', start)).toMatch(/d$/);
  // Whether it is slow now, open incidents say.
  expect(board.lastResult('a')).toMatchObject({ verdict: 'pass', reason: { code: 'none' } });
  board.result(answered(2));
  board.judged([answered(2)]);
  board.result(answered(3));
  expect(counts()).toMatchObject({ pass: 2, degraded: 2 });
});

it('shows a pass at once, and nothing that no cycle called', () => {
  const board = new LiveState(new ManualClock(start));
  board.result(result('a', 'ok 30', start));
  board.judged([result('b', 'fail 500', start)]);
  expect(board.lastResult('a')?.verdict).toBe('pass');
  expect(board.lastResult('b')).toBeUndefined();
});
