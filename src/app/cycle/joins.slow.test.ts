import { afterEach, describe, expect, it } from 'vitest';
import { check } from '../../incidents/world.fixture.ts';
import { aService, Rounds, type Service, summaryOf } from './rounds.fixture.ts';

const second = 1000;
const minute = 60 * second;
let rounds: Rounds;

afterEach(() => rounds.end());

/** Of one host, every ten seconds. */
const service = (name: string, count: number, offsetMs: number): Service =>
  aService(name, count, { offsetMs, everyMs: 10 * second });

/** What a group was told: `opened #1 gateway of a b 9/13`. */
function toldTo(channel: string): readonly string[] {
  return rounds.told(channel).map(summaryOf);
}

/** All operations of these services fail so. */
const failsOf = (names: string, outcome: string) => (id: string) =>
  names.split(' ').includes(id.charAt(0)) ? outcome : 'ok';

describe('a service that joins an open common cause', () => {
  it.each([
    ['fail 502', 'gateway'],
    ['timeout', 'origin'],
    ['connect-refused', 'origin'],
  ])('is told to whoever has heard of it, as soon as it is confirmed (%s)', async (outcome, level) => {
    rounds = await Rounds.begin([service('a', 4, 0), service('b', 5, 2000), service('c', 4, 5000)], {
      group: {},
      a: { services: ['a'] },
    });
    await rounds.pass(minute, () => 'ok');
    await rounds.pass(50 * second, failsOf('a b', outcome));
    const joinsAt = rounds.clock.now();
    await rounds.pass(95 * second, () => outcome);
    const joined = rounds.told('group', joinsAt).at(-1);
    expect(joined?.what).toBe('changed #1');
    expect(joined?.atS).toBeLessThan(60);
    await rounds.pass(3 * minute, () => 'ok');
    expect(toldTo('group').slice(-2)).toEqual([
      `changed #1 ${level} of a b c 13/13`,
      `resolved #1 ${level} of a b c 13/13`,
    ]);
    expect(toldTo('a').filter((one) => one.startsWith('changed'))).toEqual([]);
  });

  it('is told with the others that join within a moment', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    rounds = await Rounds.begin(
      names.map((name, no) => service(name, name < 'c' ? 6 : 3, no * second)),
      { group: {} },
    );
    await rounds.pass(minute, () => 'ok');
    await rounds.pass(50 * second, failsOf('a b', 'fail 502'));
    const before = toldTo('group').length;
    await rounds.pass(90 * second, () => 'fail 502');
    expect(toldTo('group').slice(before)).toEqual(['changed #1 gateway of a b c d e 21/21']);
  });

  it('is told although another one is well again, and as many fail as before', async () => {
    rounds = await Rounds.begin([service('a', 5, 0), service('b', 5, 2000), service('c', 5, 5000)], {
      group: { services: ['a', 'b', 'c'] },
    });
    await rounds.pass(minute, () => 'ok');
    await rounds.pass(50 * second, failsOf('a b', 'fail 502'));
    await rounds.pass(70 * second, failsOf('b c', 'fail 502'));
    expect(toldTo('group').at(-1)).toBe('changed #1 gateway of b c 10/10');
  });

  it('is told to those who look after operations there by owners once one of theirs fails', async () => {
    const owned = (name: string, owner: string, from: number, to: number): Service['checks'] =>
      Array.from({ length: to - from }, (_, no) =>
        check(`${name}${from + no}`, {
          service: name,
          documentId: `${name}:x.yaml`,
          origin: 'https://a.example',
          owners: [owner],
          intervalMs: 10 * second,
        }),
      );
    const one = { everyMs: 10 * second, offsetMs: 0 };
    rounds = await Rounds.begin(
      [
        { ...one, name: 'a', checks: owned('a', 'alice', 0, 6) },
        {
          ...one,
          name: 'b',
          checks: [...owned('b', 'bob', 0, 3), ...owned('b', 'alice', 3, 5)],
          offsetMs: 2000,
        },
      ],
      { alice: { owners: ['alice'] }, bob: { owners: ['bob'] }, all: {} },
    );
    await rounds.pass(minute, () => 'ok');
    await rounds.pass(50 * second, failsOf('a', 'connect-refused'));
    await rounds.pass(50 * second, (id) => (/^a|b[012]/.test(id) ? 'connect-refused' : 'ok'));
    expect(toldTo('alice').at(-1)).toMatch(/ of a 6.6$/);
    await rounds.pass(50 * second, () => 'connect-refused');
    expect(toldTo('alice').at(-1)).toMatch(/^changed #1 origin of a b 8.8$/);
    expect(toldTo('all').filter((told) => told.startsWith('changed')).length).toBeLessThanOrEqual(2);
  });

  it('is not named by an end that comes before anybody could be told of it', async () => {
    rounds = await Rounds.begin([service('a', 4, 0), service('b', 5, 2000), service('c', 4, 5000)], {
      group: {},
    });
    await rounds.pass(minute, () => 'ok');
    await rounds.pass(50 * second, failsOf('a b', 'fail 502'));
    const now = rounds.clock.now();
    await rounds.store.desk.silence({
      matcher: { services: ['a', 'b', 'c'] },
      reason: 'release',
      by: 'me',
      from: now,
      until: now + 2 * minute,
      createdAt: now,
    });
    await rounds.pass(60 * second, () => 'fail 502');
    await rounds.pass(4 * minute, () => 'ok');
    expect(toldTo('group').at(-1)).toMatch(/^resolved #1 gateway of a b 9/);
  });
});

describe('what people know to fail', () => {
  it.each([
    [60, 70],
    [60, 80],
    [90, 100],
  ])(
    'is told as a change when it fails otherwise, once all of it has been heard (every %d s, from second %d on)',
    async (every, from) => {
      rounds = await Rounds.begin(
        [
          aService('x', 5, { everyMs: from === 80 ? minute : 30 * second }),
          aService('y', 5, { everyMs: every * second, offsetMs: 12 * second }),
        ],
        { group: {} },
      );
      await rounds.pass(3 * minute, () => 'ok');
      await rounds.pass(from * second, () => 'connect-refused');
      await rounds.pass(150 * second, () => 'fail 503');
      await rounds.pass(6 * minute, () => 'ok');
      expect(toldTo('group')).toEqual([
        'opened #1 origin of x y 10/10',
        'changed #1 gateway of x y 10/10',
        'resolved #1 gateway of x y 10/10',
      ]);
    },
  );

  it.each([16, 20])(
    'counts for what it has in common with what fails later (after %d s)',
    async (afterSeconds) => {
      rounds = await Rounds.begin(
        [
          aService('a', 4, { everyMs: 20 * second, offsetMs: 3000 }),
          aService('b', 5, { everyMs: 10 * second, offsetMs: 2000 }),
          aService('c', 4, { everyMs: 15 * second, offsetMs: 5000 }),
        ],
        { group: {} },
      );
      await rounds.pass(minute, () => 'ok');
      await rounds.pass(afterSeconds * second, failsOf('a', 'connect-refused'));
      await rounds.pass(95 * second, failsOf('a b', 'connect-refused'));
      await rounds.pass(5 * minute, () => 'ok');
      expect(toldTo('group')).toEqual([
        'opened #1 service of a 4/4',
        'changed #1 origin of a b 9/13',
        'resolved #1 origin of a b 9/13',
      ]);
    },
  );
});
