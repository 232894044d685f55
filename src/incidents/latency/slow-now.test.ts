import { expect, it } from 'vitest';
import type { Incident } from '../../model/incident.ts';
import { all, check, result, World } from '../world.fixture.ts';
import { asFirstFound } from '../../model/result.ts';
import { slowFinder, stateNow } from './slow-now.ts';

const a = check('a');

const told = (open: readonly Incident[]): readonly Incident[] =>
  open.filter(({ state }) => state !== 'pending');

it('an operation is degraded until its incident of slowness ends, whatever it answered last', () => {
  const world = new World([a]);
  const shown = (ms: number) => {
    world.play({ results: { a: `ok ${ms}` } });
    const last = { ...result('a', 'ok', world.now), phases: { totalMs: ms } };
    const slow = slowFinder(told(world.open))(a, last);
    return [stateNow(last, slow), slow?.fingerprint];
  };
  for (let no = 0; no < 4; no++) expect(shown(3000)).toEqual(['pass', undefined]);
  expect(shown(3000)).toEqual(['degraded', 'latency:a']);
  for (let no = 0; no < 5; no++) expect(shown(100)).toEqual(['degraded', 'latency:a']);
  expect(shown(100)).toEqual(['pass', undefined]);
});

it('of a host of which many are slow those are that are named or were slow last', () => {
  const twelve = Array.from({ length: 12 }, (_, no) => check(`c${no}`));
  const world = new World(twelve);
  for (let no = 0; no < 6; no++)
    world.play({ results: { ...all(twelve, 'ok 100'), ...all(twelve.slice(0, 6), 'ok 3000') } });
  const find = slowFinder(told(world.open));
  const states = twelve.map((one, no) => {
    const last = { ...result(one.id, 'ok', world.now), phases: { totalMs: no < 6 ? 3000 : 100 } };
    return stateNow(last, find(one, last));
  });
  expect(states).toEqual(twelve.map((_, no) => (no < 6 ? 'degraded' : 'pass')));
});

it('one that fails fails, and one that was not called waits', () => {
  const world = new World([a]);
  for (let no = 0; no < 5; no++) world.play({ results: { a: 'ok 3000' } });
  const slow = slowFinder(told(world.open))(a, undefined);
  expect(slow).toBeDefined();
  expect(stateNow(result('a', 'fail 500', world.now), slow)).toBe('fail');
  expect(stateNow(undefined, slow)).toBe('waiting');
});

it('is stored as it is shown: as degraded while people know of it, and as it was found for whatever is concluded from it', () => {
  const world = new World([a]);
  const counted = (ms: number) => {
    const { results, cycleResults, statistics } = world.play({ results: { a: `ok ${ms}` } });
    expect([cycleResults, statistics.counts[results[0]?.verdict ?? 'fail']]).toEqual([results, 1]);
    return results[0];
  };
  for (let no = 0; no < 4; no++) expect(counted(3000)?.verdict).toBe('pass');
  const first = counted(3000);
  expect(first).toMatchObject({ verdict: 'degraded', reason: { code: 'latency' } });
  expect(first && asFirstFound(first)).toMatchObject({ verdict: 'pass', reason: { code: 'none' } });
  for (let no = 0; no < 5; no++) expect(counted(100)?.verdict).toBe('degraded');
  expect(counted(100)?.verdict).toBe('pass');
});
