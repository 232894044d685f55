import { expect, it } from 'vitest';
import { result } from '../world.fixture.ts';
import { RecentLatencies } from './recent.ts';

it('keeps answers in the order in which they were asked for, whatever was judged first', () => {
  const recent = new RecentLatencies();
  recent.add([result('a', 'ok 100', 1000)]);
  recent.add([result('a', 'ok 300', 3000)]);
  recent.add([result('a', 'ok 200', 2000)]);
  expect(recent.timed('a')).toEqual({ at: [1000, 2000, 3000], ms: [100, 200, 300] });
});

it('counts an answer once that is judged twice', () => {
  const recent = new RecentLatencies();
  recent.add([result('a', 'ok 100', 1000), result('a', 'ok 200', 2000)]);
  recent.add([result('a', 'ok 100', 1000)]);
  expect(recent.of('a')).toEqual([100, 200]);
});

it('knows how long what was measured badly took at least, as long as it is among the latest', () => {
  const recent = new RecentLatencies();
  recent.add([result('a', 'ok 100', 0), { ...result('a', 'ok 900', 1), imprecise: true, lateMs: 500 }]);
  expect(recent.timed('a')).toEqual({ at: [0, 1], ms: [100, 900], leastMs: [100, 400] });
  expect([recent.of('a'), recent.atLeast('a')]).toEqual([[100], [100, 400]]);
  recent.add(Array.from({ length: 24 }, (_, no) => result('a', 'ok 100', no + 2)));
  expect(recent.timed('a').leastMs).toBeUndefined();
});
