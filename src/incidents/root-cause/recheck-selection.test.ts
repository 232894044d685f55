import { expect, it } from 'vitest';
import { recheckSelection } from './recheck-selection.ts';
import { all, check, World } from '../world.fixture.ts';

const five = ['a', 'b', 'c', 'd', 'e'].map((id) => check(id));
const quiet = (): readonly number[] => [];

it('nothing is called again while all is well', () => {
  const world = new World(five);
  world.play({ results: all(five, 'ok') });
  expect(recheckSelection(world.open, five, quiet)).toEqual([]);
});

it('one check stands for an operation, three for a root cause, the most urgent first', () => {
  const checks = [...five, check('p', { origin: 'https://pay.example', severity: 'critical' })];
  const world = new World(checks);
  world.play({ results: { ...all(five, 'timeout'), p: 'fail status' } });
  expect(recheckSelection(world.open, checks, quiet)).toEqual(['p', 'a', 'b', 'c']);
});

it('what a root cause explains is not called for its own sake', () => {
  const world = new World(five);
  world.play({ results: { ...all(five, 'ok'), e: 'fail status' } });
  world.play({ results: all(five, 'timeout') });
  expect(recheckSelection(world.open, five, quiet)).toEqual(['a', 'b', 'c']);
});

it('what was slow just now is looked at again, unless an incident tells of it', () => {
  const world = new World(five);
  world.play({ results: { a: 'fail status' } });
  const recent = (id: string): readonly number[] => (id === 'c' ? [3000, 100] : [100, 3000]);
  expect(recheckSelection(world.open, five, recent)).toEqual(['a', 'b', 'd', 'e']);
});

it('what may not be called at will is left alone', () => {
  const unsafe = check('a', { repeatable: false });
  const world = new World([unsafe]);
  world.play({ results: { a: 'fail status' } });
  expect(world.open).toHaveLength(1);
  expect(recheckSelection(world.open, [unsafe], quiet)).toEqual([]);
});

it('an origin gets a few calls and not hundreds, a round a few dozen', () => {
  const many = Array.from({ length: 400 }, (_, no) =>
    check(`c${String(no).padStart(3, '0')}`, { origin: `https://${no % 20}.example` }),
  );
  const chosen = recheckSelection([], many, () => [9000]);
  expect(chosen).toHaveLength(40);
  const origins = chosen.map((id) => many.find((one) => one.id === id)?.origin);
  expect(
    Math.max(...[...new Set(origins)].map((one) => origins.filter((o) => o === one).length)),
  ).toBeLessThanOrEqual(5);
});
