import { afterEach, describe, expect, it } from 'vitest';
import { aService, asTheEngine, Rounds } from './rounds.fixture.ts';

const [second, minute] = [1000, 60_000];
let rounds: Rounds;

afterEach(() => rounds.end());

function toldSince(from: number): readonly string[] {
  return rounds.told('group', from).map(({ what, incident: { cause, members } }) => {
    return `${what} ${cause.level} ${members.count}/${members.of}`;
  });
}

describe('most of a service', () => {
  it.each(
    ['fail 500', 'fail 503', 'timeout', 'connect-refused', 'reset'].flatMap((outcome) =>
      [
        [30, 24],
        [60, 48],
        [10, 8],
        [8, 6],
      ].flatMap(([of = 0, count = 0]) => [3000, 9000].map((phase) => ({ outcome, of, count, phase }))),
    ),
  )('that fails is told in one message ($outcome, $count of $of, from $phase ms on)', async (scene) => {
    const { outcome, of, count, phase } = scene;
    const beside = aService('z', 4, { offsetMs: 200, origin: 'https://z.example' });
    rounds = await Rounds.begin([aService('a', of), beside], { group: {} }, asTheEngine);
    await rounds.pass(30 * second + phase, () => 'ok');
    const from = rounds.clock.now();
    const sick = (id: string): boolean => id.startsWith('a') && (Number(id.slice(1)) * 7) % of < count;
    await rounds.pass(70 * second, (id) => (sick(id) ? outcome : 'ok'));
    const told = toldSince(from);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(new RegExp(`^opened #1 \\w+ ${count}/${of}$`));
    await rounds.pass(2 * minute, () => 'ok');
    expect(toldSince(from)).toHaveLength(2);
  });
});

describe('one operation that comes and goes', () => {
  it.each([
    [10, 20, 20],
    [10, 30, 30],
    [10, 60, 30],
    [10, 30, 90],
    [60, 60, 60],
    [60, 120, 120],
    [60, 60, 180],
  ])(
    'is one incident from its return on, that ends when it is steady (every %d s, %d s bad, %d s well)',
    async (everyS, badS, wellS) => {
      rounds = await Rounds.begin(
        [aService('a', 8, { everyMs: everyS * second })],
        { group: {} },
        asTheEngine,
      );
      await rounds.pass(2 * minute, () => 'ok');
      const from = rounds.clock.now();
      const lastsMs = 20 * minute;
      await rounds.pass(lastsMs, (id, at) =>
        id === 'a3' && ((at - from) / second) % (badS + wellS) < badS ? 'fail 500' : 'ok',
      );
      await rounds.pass(8 * minute, () => 'ok');
      const told = rounds.told('group', from).map(({ what, atS }) => `${what} ${Math.round(atS)}`);
      expect(told.length).toBeLessThanOrEqual(4);
      expect(told.at(-1)).toMatch(/^resolved/);
    },
    60_000,
  );
});
