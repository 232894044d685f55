import { describe, expect, it } from 'vitest';
import { recheckSelection } from '../root-cause/recheck-selection.ts';
import { all, check, inShort, World } from '../world.fixture.ts';

const fifty = Array.from({ length: 50 }, (_, no) => check(`c${String(no).padStart(2, '0')}`));
const ten = fifty.slice(0, 10);
const quiet = (): readonly number[] => [];

/** Ten of fifty have begun to hang and are told in one message. */
function hung(): World {
  const world = new World(fifty, { recovery: { successes: 2 } });
  const { transitions } = world.play({ results: { ...all(fifty, 'ok'), ...all(ten, 'timeout') } });
  expect(transitions).toHaveLength(10);
  return world;
}

/** A look between two cycles. */
function look(world: World, of: typeof ten, outcome: string, afterMs = 10_000): readonly string[] {
  return world.play({ results: all(of, outcome), afterMs, selection: true }).transitions.map(inShort);
}

describe('what began in one message', () => {
  it('ends in one, though some of it is asked only after the others have answered twice', () => {
    const world = hung();
    const some = ten.slice(0, 5);
    expect(look(world, some, 'ok')).toEqual([]);
    expect(look(world, some, 'ok')).toEqual([]);
    expect(look(world, ten, 'ok')).toEqual([]);
    expect(look(world, ten, 'ok')).toEqual(ten.map(({ id }) => `resolved operation:${id}`));
  });

  it('is over for what is well as soon as the others have been called since and still fail', () => {
    const world = hung();
    const [some, others] = [ten.slice(0, 5), ten.slice(5)];
    look(world, some, 'ok');
    const results = { ...all(some, 'ok'), ...all(others, 'timeout') };
    const { transitions } = world.play({ results, afterMs: 10_000, selection: true });
    expect(transitions.map(inShort)).toEqual(some.map(({ id }) => `resolved operation:${id}`));
  });

  it('is over for what is well half a minute later, whatever is known of the others', () => {
    const world = hung();
    const some = ten.slice(0, 5);
    const told = [1, 2, 3, 4].map(() => look(world, some, 'ok').length);
    expect(told).toEqual([0, 0, 0, 5]);
  });

  it('is called as a whole, once some of it answers well', () => {
    const world = hung();
    expect(recheckSelection(world.open, fifty, quiet)).toHaveLength(5);
    look(world, ten.slice(0, 5), 'ok');
    expect(recheckSelection(world.open, fifty, quiet)).toEqual(ten.map(({ id }) => id));
  });
});

it('what fails otherwise, or began at another time, is waited for by nobody', () => {
  const world = hung();
  world.play({ results: { ...all(fifty, 'ok'), ...all(ten, 'timeout'), c40: 'fail 500' } });
  world.play({ results: { ...all(fifty, 'ok'), ...all(ten, 'timeout'), c40: 'fail 500', c41: 'timeout' } });
  const over = fifty.slice(40, 42);
  expect(look(world, over, 'ok')).toEqual([]);
  expect(look(world, over, 'ok')).toEqual(over.map(({ id }) => `resolved operation:${id}`));
});
