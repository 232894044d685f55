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
