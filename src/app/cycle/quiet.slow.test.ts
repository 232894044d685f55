import { afterEach, describe, expect, it } from 'vitest';
import { asTheEngine, Rounds, sharingHost } from './rounds.fixture.ts';

const second = 1000;
const minute = 60 * second;
let rounds: Rounds;

afterEach(() => rounds.end());

describe('what comes and goes and has been quiet for long enough', () => {
  it.each(
    [
      ['fail 502', 'bc'],
      ['fail 502', 'c'],
      ['connect-refused', 'bc'],
      ['reset', 'bc'],
      ['timeout', 'b'],
    ].flatMap(([outcome = '', again = '']) =>
      [0, 4, 8, 12, 16, 20].map((earlierS) => ({ outcome, again, earlierS })),
    ),
  )(
    'is not told to be over while others of it are just beginning to fail ($outcome, $again $earlierS s before)',
    async ({ outcome, again, earlierS }) => {
      rounds = await Rounds.begin(sharingHost('a', 'b', 'c'), { group: {} }, asTheEngine);
      await rounds.pass(minute, () => 'ok');
      for (let no = 0; no < 2; no++) {
        await rounds.pass(50 * second, () => outcome);
        await rounds.pass(60 * second, () => 'ok');
      }
      await rounds.pass(50 * second, () => outcome);
      const [open] = await rounds.store.openIncidents();
      expect(open?.flapping?.times).toBe(3);
      const { lastSeenAt = 0 } = open ?? {};
      // The others begin to fail when it has been quiet for nearly as long as it has to be.
      const quietMs = lastSeenAt + 4 * minute - earlierS * second - rounds.clock.now();
      await rounds.pass(Math.ceil(quietMs / 50) * 50, () => 'ok');
      const since = rounds.clock.now();
      await rounds.pass(90 * second, (id) => (again.includes(id.charAt(0)) ? outcome : 'ok'));
      const told = rounds.told('group', since).filter(({ atS }) => atS > 0);
      expect(told.filter(({ what }) => what.startsWith('resolved'))).toEqual([]);
      await rounds.pass(6 * minute, () => 'ok');
      expect(rounds.told('group', since).at(-1)?.what).toMatch(/^resolved/);
      expect(await rounds.store.openIncidents()).toEqual([]);
    },
  );
});
