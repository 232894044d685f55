import { describe, expect, it } from 'vitest';
import type { Check } from '../../model/check.ts';
import { all, check, World } from '../world.fixture.ts';

/** The first two by name, which are the ones that are looked at, have never worked. */
const eight = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => check(id, { credential: 'sso' }));
const toSetUp: ReadonlySet<string> = new Set(['a', 'b']);
const hasWorked = ({ id }: Pick<Check, 'id'>): boolean => !toSetUp.has(id);
const minute = 60_000;

/** As they answer when nothing is wrong but what has to be set up. */
const usual: readonly (readonly [string, string])[] = [
  ['an error of their own', 'fail 500'],
  ['a refusal of values', 'unknown made-up-value'],
  ['an answer that is not as documented', 'fail schema'],
];

function hasWorkedSince(first: string): (check: Pick<Check, 'id'>) => boolean {
  return ({ id }) => id >= first;
}

const proofs = { hasWorked, mayBlame: hasWorked };

function well(outcome: string): Readonly<Record<string, string>> {
  return { ...all(eight, 'ok'), a: outcome, b: outcome };
}

function patrolled(outcome: string): World {
  const world = new World(eight, { recovery: { successes: 2 } });
  expect(world.tell({ results: well(outcome), ...proofs, afterMs: minute })).toEqual([]);
  return world;
}

const refused = [{ credential: 'sso', message: 'code is 1002', permanent: false }];
const causes: readonly (readonly [string, string, typeof refused])[] = [
  ['credential that gets no token', 'blocked credential', refused],
  ['credential that is refused', 'fail auth-rejected', []],
  ['host that is down', 'connect-refused', []],
  ['host that is silent', 'timeout', []],
  ['gateway', 'fail 503', []],
];

describe('operations that have never worked, among those of a common cause', () => {
  it.each(usual.flatMap(([, outcome]) => causes.map((cause) => [...cause, outcome] as const)))(
    'do not keep it from ending: %s (%s), and they answer as ever: %4$s',
    (_, trouble, credentialFailures, outcome) => {
      const world = patrolled(outcome);
      const [opened] = world.tell({
        results: all(eight, trouble),
        credentialFailures,
        ...proofs,
        afterMs: minute,
      });
      expect(opened).toMatch(/^opened (?:credential|origin|gateway):/);
      const ends = [1, 2].flatMap(() => world.tell({ results: well(outcome), ...proofs, afterMs: minute }));
      expect(ends).toEqual([opened?.replace('opened', 'resolved')]);
      expect(world.open).toEqual([]);
    },
  );

  it.each(causes.map((cause) => [...cause] as const))(
    'do not keep it from ending where nothing has ever worked: %s',
    (_, trouble, credentialFailures) => {
      const world = new World(eight, { recovery: { successes: 2 } });
      const none = { hasWorked: () => false, mayBlame: () => false, afterMs: minute };
      const [opened] = world.tell({ results: all(eight, trouble), credentialFailures, ...none });
      expect(opened).toMatch(/^opened (?:credential|origin|gateway):/);
      const ends = [1, 2].flatMap(() => world.tell({ results: all(eight, 'fail 500'), ...none }));
      expect(ends).toEqual([opened?.replace('opened', 'resolved')]);
    },
  );

  it.each([
    ['no answer', 'timeout', 'connect-refused'],
    ['a gateway', 'fail 503', 'fail 503'],
    ['a refused token', 'fail auth-rejected', 'fail auth-rejected'],
  ])('do not prolong it by failing as ever: %s', (_, asEver, trouble) => {
    const half = { ...all(eight.slice(0, 4), asEver), ...all(eight.slice(4), 'ok') };
    const those = { hasWorked: hasWorkedSince('e'), mayBlame: hasWorkedSince('e'), afterMs: minute };
    const world = new World(eight);
    const [opened] = world.tell({ results: all(eight, trouble), ...those });
    expect(world.tell({ results: half, ...those })).toEqual([opened?.replace('opened', 'resolved')]);
  });

  it('are not counted among those that have no token', () => {
    const world = patrolled('fail 500');
    world.play({ results: all(eight, 'blocked credential'), credentialFailures: refused, ...proofs });
    expect(world.open).toMatchObject([{ members: { count: 6, of: 6 } }]);
    expect(world.open[0]?.members.worst.map(({ checkId }) => checkId)).toEqual(['c', 'd', 'e', 'f', 'g']);
  });

  it('are counted where nothing has worked yet', () => {
    const world = new World(eight);
    world.play({
      results: all(eight, 'blocked credential'),
      credentialFailures: refused,
      hasWorked: () => false,
      mayBlame: () => false,
    });
    expect(world.open).toMatchObject([{ members: { count: 8, of: 8 } }]);
  });

  it('say that it goes on while they still show it', () => {
    const world = patrolled('fail 500');
    world.play({ results: all(eight, 'connect-refused'), ...proofs, afterMs: minute });
    for (let no = 0; no < 3; no++) {
      const results = { a: 'connect-refused', b: 'connect-refused' };
      expect(world.tell({ results, ...proofs, afterMs: minute, selection: true })).toEqual([]);
    }
  });

  it.each(['fail auth-rejected', 'blocked auth-rejected'])(
    "are nobody's alarm where nothing has ever taken the credential that they were given: %s",
    (refusal) => {
      const iot = ['i', 'j', 'k'].map((id) => check(id, { credential: 'sso', service: 'iot' }));
      const pay = ['p', 'q', 'r'].map((id) => check(id, { credential: 'sso', service: 'pay' }));
      const world = new World([...iot, ...pay]);
      const isOfIot = ({ service }: Pick<Check, 'service'>): boolean => service === 'iot';
      const proofs = { hasWorked: isOfIot, mayBlame: isOfIot, hadAccess: isOfIot, afterMs: minute };
      for (let no = 0; no < 3; no++)
        expect(world.tell({ results: { ...all(iot, 'ok'), ...all(pay, refusal) }, ...proofs })).toEqual([]);
      const { open, results } = world.play({ results: all(pay, refusal), ...proofs });
      expect(open).toEqual([]);
      expect(results.map(({ verdict, reason, unproven }) => [verdict, reason.code, unproven?.code])).toEqual(
        pay.map(() => ['unknown', 'never-passed', 'auth-rejected']),
      );
      // Where it has been taken, the same is an incident.
      const told = world.tell({ results: { ...all(iot, refusal), ...all(pay, refusal) }, ...proofs });
      expect(told).toEqual(['opened credential:sso']);
    },
  );
});
