import { afterEach, describe, expect, it } from 'vitest';
import { asTheEngine, Rounds, sharingHost, summaryOf } from './rounds.fixture.ts';

const second = 1000;
const minute = 60 * second;
let rounds: Rounds;

afterEach(() => rounds.end());

/** What a group was told: `changed #1 service of a 6/6, well again: b c`. */
function toldTo(channel: string, from: number): readonly string[] {
  return rounds.told(channel, from).map((told) => {
    const { relieved } = told;
    return summaryOf(told) + (relieved === undefined ? '' : `, well again: ${relieved.join(' ')}`);
  });
}

describe('a common fault that goes on at one service alone', () => {
  it.each([
    ['fail 502', 'gateway', 'service of a 6/6'],
    // There is but one way to be refused a connection.
    ['connect-refused', 'origin', 'origin of a 6/18'],
    ['reset', 'origin', 'service of a 6/6'],
  ])(
    'is told to be over elsewhere, goes on under its number with figures of its own, and ends as all that it was (%s)',
    async (outcome, level, own) => {
      rounds = await Rounds.begin(
        sharingHost('a', 'b', 'c'),
        { group: {}, b: { services: ['b'] } },
        asTheEngine,
      );
      await rounds.pass(minute, () => 'ok');
      const from = rounds.clock.now();
      await rounds.pass(minute, () => outcome);
      await rounds.pass(2 * minute, (id) => (id.startsWith('a') ? outcome : 'ok'));
      await rounds.pass(3 * minute, () => 'ok');
      const told = toldTo('group', from);
      expect(told[0]).toBe(`opened #1 ${level} of a b c 18/18`);
      expect(told.slice(1)).toEqual([
        `changed #1 ${own}, well again: b c`,
        expect.stringMatching(/^resolved #1 \w+ of a b c 18\/18$/),
      ]);
      expect(toldTo('b', from).map((one) => one.split(' ', 2).join(' '))).toEqual([
        'opened #1',
        'resolved #1',
      ]);
      const { reason } = rounds.told('group', from).at(1)?.incident ?? {};
      expect(JSON.stringify(reason?.message)).not.toContain('18 ');
      const { openedAt } = rounds.told('group', from).at(-1)?.incident ?? {};
      expect(openedAt).toBeLessThan(from + 20 * second);
    },
  );

  it('is not told in pieces while one after the other is well again', async () => {
    rounds = await Rounds.begin(sharingHost('a', 'b', 'c'), { group: {} }, asTheEngine);
    await rounds.pass(minute, () => 'ok');
    const from = rounds.clock.now();
    await rounds.pass(minute, () => 'fail 502');
    await rounds.pass(6 * second, (id) => (/^[ab]/.test(id) ? 'fail 502' : 'ok'));
    await rounds.pass(6 * second, (id) => (id.startsWith('a') ? 'fail 502' : 'ok'));
    await rounds.pass(3 * minute, () => 'ok');
    expect(toldTo('group', from)).toEqual([
      'opened #1 gateway of a b c 18/18',
      'resolved #1 gateway of a b c 18/18',
    ]);
  });
});
