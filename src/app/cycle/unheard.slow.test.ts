import { afterEach, describe, expect, it } from 'vitest';
import { aService, Rounds, type Service } from './rounds.fixture.ts';

const second = 1000;
const minute = 60 * second;
let rounds: Rounds;

afterEach(() => rounds.end());

/** What everybody was told: `opened #1`. */
const whats = (channel = 'everybody'): readonly string[] => rounds.told(channel).map(({ what }) => what);

const numberOf = (id: string): number => Number(id.replace(/\D/g, ''));
const everyMs = 15 * minute;
const oneHost = (...names: readonly string[]): readonly Service[] =>
  names.map((name) => aService(name, 12, { everyMs }));
/** What everybody was told since then. */
const toldSince = (from: number) => rounds.told('everybody', from).filter(({ atS }) => atS > 0);

describe('a common cause of which the operations that are looked at are well between two cycles', () => {
  it.each([
    ['a service', [aService('a', 24, { everyMs })], 12, 'fail 500'],
    ['a service that breaks its document', [aService('a', 24, { everyMs })], 12, 'fail schema'],
    ['a gateway', oneHost('a', 'b', 'c'), 6, 'fail 502'],
    ['a host that hangs', oneHost('a', 'b'), 6, 'timeout'],
    ['a host that resets', oneHost('a', 'b'), 6, 'reset'],
  ])('goes on while half of it fails, and ends once for all (%s)', async (_, services, healed, outcome) => {
    rounds = await Rounds.begin(services);
    await rounds.pass(2 * everyMs, () => 'ok');
    await rounds.pass(2 * minute, () => outcome);
    const opened = whats();
    expect(opened[0]).toBe('opened #1');
    await rounds.pass(6 * minute, (id) => (numberOf(id) < healed ? 'ok' : outcome));
    expect(whats()).toEqual(opened);
    expect(await rounds.store.openIncidents()).not.toEqual([]);
    const wellAt = rounds.clock.now();
    await rounds.pass(4 * minute, () => 'ok');
    expect(whats()).toEqual([...opened, 'resolved #1']);
    const end = toldSince(wellAt).at(-1);
    expect(end?.atS).toBeLessThanOrEqual(120);
    expect(end?.totals.failing).toBe(0);
    expect(await rounds.store.openIncidents()).toEqual([]);
  });

  it.each([0, 20, 40, 50, 60, 80, 100])(
    'goes on while one half is well and then the other, and never all of it (%d s after a cycle)',
    async (afterS) => {
      rounds = await Rounds.begin([aService('a', 12, { everyMs: 110 * second })]);
      await rounds.pass((220 + afterS) * second, () => 'ok');
      await rounds.pass(85 * second, () => 'fail 500');
      await rounds.pass(85 * second, (id) => (numberOf(id) % 2 === 1 ? 'ok' : 'fail 500'));
      await rounds.pass(2 * second, () => 'fail 500');
      await rounds.pass(93 * second, (id) => (numberOf(id) % 2 === 0 ? 'ok' : 'fail 500'));
      expect(whats()).toEqual(['opened #1']);
      const wellAt = rounds.clock.now();
      await rounds.pass(4 * minute, () => 'ok');
      expect(toldSince(wellAt).map(({ what }) => what)).toEqual(['resolved #1']);
      expect(toldSince(wellAt).at(-1)?.atS).toBeLessThanOrEqual(120);
    },
  );

  it('ends when its first operations answer where nobody was connected', async () => {
    rounds = await Rounds.begin([aService('a', 24, { everyMs })]);
    await rounds.pass(2 * everyMs, () => 'ok');
    await rounds.pass(2 * minute, () => 'connect-refused');
    const wellAt = rounds.clock.now();
    await rounds.pass(2 * minute, () => 'ok');
    expect(toldSince(wellAt).at(-1)).toMatchObject({ what: 'resolved #1' });
    expect(toldSince(wellAt).at(-1)?.atS).toBeLessThanOrEqual(80);
  });

  it('waits for the next cycle to call what no look may call', async () => {
    const { checks, ...service } = aService('a', 8, { everyMs: 5 * minute });
    const some = checks.map((one) => ({ ...one, repeatable: numberOf(one.id) < 5 }));
    rounds = await Rounds.begin([{ ...service, checks: some }]);
    await rounds.pass(10 * minute, () => 'ok');
    await rounds.pass(6 * minute, () => 'fail 500');
    const wellAt = rounds.clock.now();
    await rounds.pass(3 * minute, () => 'ok');
    expect(toldSince(wellAt)).toEqual([]);
    await rounds.pass(3 * minute, () => 'ok');
    expect(toldSince(wellAt).map(({ what }) => what)).toEqual(['resolved #1']);
    expect(await rounds.store.openIncidents()).toEqual([]);
  });

  it('counts as failing, in what is told meanwhile, as far as it has not been called since', async () => {
    const other = aService('o', 1, { everyMs, origin: 'https://other.example' });
    rounds = await Rounds.begin([aService('a', 400, { everyMs }), other]);
    await rounds.pass(2 * everyMs, () => 'ok');
    await rounds.pass(5 * minute, () => 'fail 500');
    const wellAt = rounds.clock.now();
    await rounds.pass(3 * minute, () => 'ok');
    const ends = toldSince(wellAt);
    const first = ends.find(({ incident }) => incident.services.includes('o'));
    expect(first?.what).toMatch('resolved');
    expect(first?.totals.failing).toBeGreaterThan(0);
    expect(ends.at(-1)?.totals.failing).toBe(0);
  });

  it('that two thousand have is over within four minutes', async () => {
    rounds = await Rounds.begin([aService('a', 2000, { everyMs: 60 * minute })]);
    await rounds.pass(60 * minute, () => 'ok');
    await rounds.pass(20 * minute, () => 'fail 500');
    const wellAt = rounds.clock.now();
    await rounds.pass(4 * minute, () => 'ok');
    expect(toldSince(wellAt).map(({ what }) => what)).toEqual(['resolved #1']);
  }, 60_000);
});
