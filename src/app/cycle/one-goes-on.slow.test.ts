import { afterEach, describe, expect, it } from 'vitest';
import { aService, Rounds, type Service } from './rounds.fixture.ts';

const [second, minute] = [1000, 60_000];
let rounds: Rounds;

afterEach(() => rounds.end());

const service = (name: string, count: number, offsetMs = 0, origin = 'https://a.example'): Service =>
  aService(name, count, { offsetMs, origin });

describe('operations of a service that all fail, none of which answers well in between', () => {
  it.each(
    [
      ['fail page', 'fail 500'],
      ['fail 500', 'fail 502', 'connect-refused', 'fail 500'],
      ['fail 503', 'timeout'],
      ['fail 502', 'timeout', 'fail 500'],
    ].flatMap((phases) =>
      [{ count: 6 }, { count: 32 }, { count: 6, beside: 6 }].flatMap((sizes) =>
        [45, 70].map((lastS) => ({ phases, lastS, beside: 0, ...sizes })),
      ),
    ),
  )('are one incident that ends once ($phases, $lastS s each, $count beside $beside)', async (scene) => {
    const { phases, lastS, count, beside } = scene;
    const others = beside === 0 ? [] : [service('v', beside, 3000)];
    rounds = await Rounds.begin([service('u', count), ...others]);
    await rounds.pass(minute, () => 'ok');
    const from = rounds.clock.now();
    for (const outcome of phases)
      await rounds.pass(lastS * second, (id) => (id.startsWith('u') ? outcome : 'ok'));
    await rounds.pass(3 * minute, () => 'ok');
    const told = rounds.told('u', from);
    const ends = told.filter(({ what }) => what.startsWith('resolved'));
    expect(told[0]?.what).toBe('opened #1');
    expect(new Set(told.slice(1, -1).map(({ what }) => what)).size).toBeLessThanOrEqual(1);
    expect(ends.map(({ what }) => what)).toEqual(['resolved #1']);
    expect(ends[0]?.atS).toBeGreaterThan(phases.length * lastS);
    expect(told.at(-1)).toBe(ends[0]);
    expect(await rounds.store.openIncidents()).toEqual([]);
  });

  it('are told with each cause that nobody has heard of', async () => {
    rounds = await Rounds.begin([service('u', 6)]);
    await rounds.pass(minute, () => 'ok');
    for (const outcome of ['fail 500', 'fail 502', 'fail 500', 'fail 502'])
      await rounds.pass(minute, () => outcome);
    const causes = rounds.messages.flatMap(({ channel, content }) =>
      channel === 'u'
        ? content.transitions.map(({ kind, incident }) => `${kind} ${incident.cause.level}`)
        : [],
    );
    expect(causes).toEqual(['opened service', 'changed gateway']);
  });
});
