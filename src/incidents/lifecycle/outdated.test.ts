import { describe, expect, it } from 'vitest';
import { all, check, result, World } from '../world.fixture.ts';

const checks = Array.from({ length: 10 }, (_, no) => check(`o${no}`));
const afterMs = 60_000;

/** Nine fail in a way that nobody has heard of, and the first is well. */
function playMixed(world: World, wellAfterMs: number): readonly string[] {
  const at = world.now + afterMs;
  const results = checks.map(({ id }, no) =>
    no === 0 ? result(id, 'ok', at + wellAfterMs) : result(id, 'fail assertion', at),
  );
  return world
    .playResults(results, { afterMs })
    .transitions.map(({ kind, incident }) => `${kind} ${incident.fingerprint}`);
}

describe('what is found of a common cause', () => {
  it.each([
    ['is no change for the worse when an operation of it has been well since', 3000, []],
    ['is a change when it is the latest that is known', -3000, ['changed service:orders']],
  ])('%s', (_, wellAfterMs, expected) => {
    const world = new World(checks);
    expect(world.tell({ results: all(checks, 'fail status'), afterMs })).toEqual(['opened service:orders']);
    expect(playMixed(world, wellAfterMs)).toEqual(expected);
  });
});
