import { afterEach, describe, expect, it } from 'vitest';
import { aService, asTheEngine, Rounds, type Service, summaryOf } from './rounds.fixture.ts';

const second = 1000;
const minute = 60 * second;
let rounds: Rounds;

afterEach(() => rounds.end());

const service = (name: string, count: number, offsetMs: number): Service =>
  aService(name, count, { offsetMs, everyMs: 10 * second });

/** What a group was told: `opened #1 gateway of a b 9/13`. */
function toldTo(channel: string, from: number): readonly string[] {
  return rounds.told(channel, from).map(summaryOf);
}

describe('one fault of what several services stand behind', () => {
  it.each(
    ['fail 502', 'timeout', 'connect-refused', 'reset'].flatMap((outcome) =>
      [
        [0, 50, 100],
        [0, 300, 700],
        [0, 2000, 4000],
      ].flatMap((offsets) => [5000, 9000, 9950].map((phase) => ({ outcome, offsets, phase }))),
    ),
  )(
    'is told once with all of them, within half a minute ($outcome, $offsets ms apart, from $phase ms on)',
    async ({ outcome, offsets, phase }) => {
      const services = ['a', 'b', 'c'].map((name, no) => service(name, 6, offsets[no] ?? 0));
      rounds = await Rounds.begin(services, { group: {} }, asTheEngine);
      await rounds.pass(30 * second + phase, () => 'ok');
      const from = rounds.clock.now();
      await rounds.pass(55 * second, () => outcome);
      const level = outcome === 'fail 502' ? 'gateway' : 'origin';
      expect(toldTo('group', from)).toEqual([`opened #1 ${level} of a b c 18/18`]);
      await rounds.pass(2 * minute, () => 'ok');
      expect(toldTo('group', from).slice(1)).toEqual([`resolved #1 ${level} of a b c 18/18`]);
    },
  );
});

describe('one fault of what services of a few operations stand behind', () => {
  const outcomes = ['fail 502', 'timeout', 'connect-refused'];
  /** How many operations each has, and how many minutes its cycles are apart. */
  const sizes: readonly (readonly [counts: readonly [number, number], minutes: readonly [number, number]])[] =
    [
      [
        [1, 1],
        [1, 1],
      ],
      [
        [1, 1],
        [1, 5],
      ],
      [
        [2, 1],
        [1, 5],
      ],
      [
        [2, 2],
        [1, 1],
      ],
    ];

  it.each(
    outcomes.flatMap((outcome) =>
      sizes.flatMap(([counts, minutes]) => [0, 20].map((laterS) => ({ outcome, counts, minutes, laterS }))),
    ),
  )(
    'is one incident, told once to each group ($outcome, $counts operations every $minutes min, $laterS s apart)',
    async ({ outcome, counts: [ofA, ofB], minutes: [a, b], laterS }) => {
      const services = [
        aService('a', ofA, { everyMs: a * minute }),
        aService('b', ofB, { everyMs: b * minute, offsetMs: laterS * second }),
      ];
      const groups = { a: { services: ['a'] }, b: { services: ['b'] }, both: {} };
      rounds = await Rounds.begin(services, groups, asTheEngine);
      await rounds.pass(6 * minute + 3 * second, () => 'ok');
      const from = rounds.clock.now();
      await rounds.pass(11 * minute, () => outcome);
      await rounds.pass(7 * minute, () => 'ok');
      const level = outcome.startsWith('fail') ? 'gateway' : 'origin';
      const whole = ofA + ofB;
      for (const [channel, names, count] of [
        ['a', 'a', ofA],
        ['b', 'b', ofB],
        ['both', 'a b', whole],
      ] as const)
        expect(toldTo(channel, from)).toEqual([
          `opened #1 ${level} of ${names} ${count}/${count}`,
          `resolved #1 ${level} of ${names} ${count}/${count}`,
        ]);
      const [opened] = rounds.told('both', from);
      expect(opened?.totals).toMatchObject({ failing: whole, checks: whole });
    },
  );

  it.each(['fail 503', 'timeout'])('what one of them has alone is its own (%s)', async (outcome) => {
    const services = ['a', 'b'].map((name) => aService(name, 1, { everyMs: minute }));
    const groups = { a: { services: ['a'] }, b: { services: ['b'] }, both: {} };
    rounds = await Rounds.begin(services, groups, asTheEngine);
    await rounds.pass(6 * minute + 3 * second, () => 'ok');
    const from = rounds.clock.now();
    await rounds.pass(5 * minute, (id) => (id.startsWith('a') ? outcome : 'ok'));
    await rounds.pass(5 * minute, () => 'ok');
    const story = ['opened #1 operation of a 1/1', 'resolved #1 operation of a 1/1'];
    expect([toldTo('a', from), toldTo('b', from), toldTo('both', from)]).toEqual([story, [], story]);
  });
});
