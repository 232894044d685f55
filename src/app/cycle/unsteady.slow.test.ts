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

  it.each([
    [24, 0.3],
    [12, 0.5],
    [24, 0.5],
    [40, 0.5],
    [24, 0.6],
    [12, 0.7],
  ])(
    'is one incident, and none of a single operation is told beside it (%d operations, share %d)',
    async (count, share) => {
      rounds = await Rounds.begin([aService('u', count)]);
      await rounds.pass(minute, () => 'ok');
      const from = rounds.clock.now();
      await rounds.pass(6 * minute, (id, at) => {
        const status = fails(0.5, `status ${id}`, at) ? 'fail 500' : 'fail 503';
        return fails(share, id, at) ? status : 'ok';
      });
      await rounds.pass(2 * minute, () => 'ok');
      const told = rounds.told('everybody', from);
      const ofUnsteady = told.filter(({ incident }) => incident.fingerprint.startsWith('unsteady:'));
      expect(ofUnsteady).toEqual(told);
      const ends = told.filter(({ what }) => what.startsWith('resolved'));
      expect(told.filter(({ what }) => what.startsWith('opened'))).toHaveLength(1);
      expect(ends).toHaveLength(1);
      expect(ends[0]?.atS).toBeGreaterThan(360);
      expect(ends[0]?.atS).toBeLessThan(480);
      expect(await rounds.store.openIncidents()).toEqual([]);
    },
  );

  it('does not hide that one operation fails by itself', async () => {
    rounds = await Rounds.begin([aService('u', 24)]);
    await rounds.pass(minute, () => 'ok');
    const from = rounds.clock.now();
    const world = (id: string, at: number): string => (fails(0.5, id, at) ? 'fail 503' : 'ok');
    await rounds.pass(2 * minute, world);
    await rounds.pass(7 * minute, (id, at) => (id === 'u3' ? 'fail 500' : world(id, at)));
    await rounds.pass(2 * minute, world);
    await rounds.pass(3 * minute, () => 'ok');
    const begun = rounds.told('everybody', from).filter(({ what }) => what.startsWith('opened'));
    expect(begun.map(({ what, incident }) => `${what} ${incident.fingerprint}`)).toEqual([
      'opened #1 unsteady:https://a.example',
      'opened #2 operation:u3',
    ]);
    expect(begun[1]?.atS).toBeLessThan(9 * 60);
    expect(await rounds.store.openIncidents()).toEqual([]);
  });
});
