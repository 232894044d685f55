import { expect, it } from 'vitest';
import { failedUntil, lastedMs } from '../model/incident.ts';
import { all, check, result, start, World } from './world.fixture.ts';

const own = check('a');
const every = 20_000;

it.each([
  ['an operation', [own], all([own], 'fail 500')],
  ['a host', ['a', 'b', 'c'].map((id) => check(id)), { a: 'dns', b: 'dns', c: 'dns' }],
])('%s has failed until its first good answer, however long it took to be sure', (_, checks, results) => {
  const world = new World(checks, { recovery: { successes: 2 } });
  world.play({ results, afterMs: every });
  world.play({ results, afterMs: every });
  const { open } = world.play({ results: all(checks, 'ok'), afterMs: every });
  const firstGood = world.now;
  const ended = [
    ...open.map(() => world.play({ results: all(checks, 'ok'), afterMs: every })),
    world,
  ].flatMap(() => world.ended);
  const [incident] = ended;
  if (incident === undefined) throw new Error('it has not ended');
  const until = failedUntil(incident, incident.resolvedAt ?? 0);
  expect(until).toBeGreaterThanOrEqual(firstGood);
  expect(until).toBeLessThan(firstGood + 5000);
  expect(lastedMs(incident, world.now)).toBe(until - incident.openedAt);
});

it('counts every failing cycle, also one beside which there was a look', () => {
  const world = new World([own]);
  const round = (no: number) => new Map([['orders', { startedAt: start + no * every, isPaced: false }]]);
  const failing = (no: number, afterMs: number, more = {}) =>
    world.playResults([result('a', 'fail 500', start + no * every + 100)], { afterMs, ...more });
  failing(0, every, { rounds: round(0) });
  failing(1, every, { rounds: round(1) });
  // Asked a second after the cycle has begun, which goes on.
  world.playResults([result('a', 'fail 500', start + 2 * every + 1000)], {
    afterMs: every + 1000,
    selection: true,
  });
  failing(2, 5000, { rounds: round(2) });
  failing(3, every, { rounds: round(3) });
  expect(world.open).toMatchObject([{ failingCycles: 4 }]);
});
