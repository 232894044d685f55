import { expect, it } from 'vitest';
import { result, start } from '../../incidents/world.fixture.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import type { Result } from '../../model/result.ts';
import { LiveState } from './live-state.ts';

it('shows of a call what it counts as, and counts it once', () => {
  const board = new LiveState(new ManualClock(start));
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
  expect(board.day.day(start).at(-1)?.counts).toMatchObject({ fail: 0, unknown: 1 });
});

it('shows a pass at once, and nothing that no cycle called', () => {
  const board = new LiveState(new ManualClock(start));
  board.result(result('a', 'ok 30', start));
  board.judged([result('b', 'fail 500', start)]);
  expect(board.lastResult('a')?.verdict).toBe('pass');
  expect(board.lastResult('b')).toBeUndefined();
});
