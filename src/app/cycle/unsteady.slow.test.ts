import { afterEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../lib/text/text.ts';
import { aService, Rounds } from './rounds.fixture.ts';

const second = 1000;
const minute = 60 * second;
let rounds: Rounds;

afterEach(() => rounds.end());

/** Of all calls, as by chance and always the same. */
function fails(share: number, id: string, at: number): boolean {
  return Number.parseInt(sha256(`${id} ${at}`).slice(0, 8), 16) % 1000 < share * 1000;
}

describe('a host of which one instance is sick', () => {
  it.each([
    [12, 0.33, 'fail 502', 10 * second],
    [5, 0.5, 'reset', 10 * second],
    [12, 0.33, 'fail 502', 15 * minute],
    [30, 0.25, 'fail 502', minute],
  ])(
    'is not told to be well while it is as before, and soon when it is (%d operations, share %d: %s)',
    async (count, share, outcome, everyMs) => {
      rounds = await Rounds.begin([aService('u', count, { everyMs })]);
      await rounds.pass(2 * everyMs, () => 'ok');
      const from = rounds.clock.now();
      await rounds.pass(Math.max(10 * minute, 2 * everyMs), (id, at) =>
        fails(share, id, at) ? outcome : 'ok',
      );
      const hosts = () =>
        rounds
          .told('everybody', from)
          .filter(({ incident: { fingerprint } }) => fingerprint.startsWith('unsteady:'));
      expect(hosts().map(({ what }) => what)[0]).toMatch(/^opened/);
      expect(hosts().filter(({ what }) => what.startsWith('resolved'))).toEqual([]);
      const wellAt = rounds.clock.now();
      await rounds.pass(5 * minute, () => 'ok');
      expect(rounds.told('everybody', wellAt).at(-1)?.what).toMatch(/^resolved/);
      expect(await rounds.store.openIncidents()).toEqual([]);
    },
  );
});
