import { afterEach, describe, expect, it } from 'vitest';
import { aService, asTheEngine, Rounds, summaryOf } from './rounds.fixture.ts';

const second = 1000;
const minute = 60 * second;
let rounds: Rounds;

afterEach(() => rounds.end());

/** What a group was told: `opened #1 gateway of a b 9/13`. */
function toldTo(channel: string, from: number): readonly string[] {
  return rounds.told(channel, from).map(summaryOf);
}

/** Numbers by what a group was told, in the order of telling. */
function numbersIn(told: readonly string[]): ReadonlySet<string> {
  return new Set(told.map((one) => one.split(' ')[1] ?? ''));
}

const sizes: Readonly<Record<string, number>> = { a: 8, b: 6, c: 4, d: 4 };

async function aGateway(sizesNow = sizes, apartMs = 700): Promise<number> {
  const names = Object.keys(sizesNow);
  rounds = await Rounds.begin(
    names.map((name, no) => aService(name, sizesNow[name] ?? 0, { offsetMs: no * apartMs })),
    { group: {}, ...Object.fromEntries(names.map((name) => [name, { services: [name] }])) },
    asTheEngine,
  );
  await rounds.pass(minute, () => 'ok');
  return rounds.clock.now();
}

/** Well one by one, the first of the names first. */
async function healOneByOne(outcome: string, apartMs: number, names = Object.keys(sizes)): Promise<void> {
  for (let well = 1; well < names.length; well++) {
    const sick = names.slice(well);
    await rounds.pass(apartMs, (id) => (sick.some((name) => id.startsWith(name)) ? outcome : 'ok'));
  }
  await rounds.pass(4 * minute, () => 'ok');
}

describe('a gateway behind which one service after the other is well again', () => {
  it.each(
    ['fail 502'].flatMap((outcome) =>
      [14, 30, 45].flatMap((apartS) =>
        [0, 3, 7].flatMap((phaseS) => [50, 700].map((offsetMs) => ({ outcome, apartS, phaseS, offsetMs }))),
      ),
    ),
  )(
    'is told neither by operations nor as one ($outcome, $apartS s apart, from $phaseS s on, cycles $offsetMs ms apart)',
    async ({ outcome, apartS, phaseS, offsetMs }) => {
      const from = await aGateway(sizes, offsetMs);
      await rounds.pass(110 * second + phaseS * second, () => outcome);
      await healOneByOne(outcome, apartS * second);
      const told = toldTo('group', from);
      expect(told.filter((one) => one.includes('operation of'))).toEqual([]);
      expect([...numbersIn(told)]).toEqual(['#1']);
      expect(told[0]).toBe('opened #1 gateway of a b c d 22/22');
      expect(told.at(-1)).toBe('resolved #1 gateway of a b c d 22/22');
      expect(rounds.told('group', from).at(-1)?.incident.reason.message).toMatchObject({
        params: { count: 22, of: 22 },
      });
      for (const [name, size] of Object.entries(sizes)) {
        const own = toldTo(name, from);
        expect(own.at(0)).toBe(`opened #1 gateway of ${name} ${size}/${size}`);
        expect(own.at(-1)).toBe(`resolved #1 gateway of ${name} ${size}/${size}`);
        expect(own).toHaveLength(2);
      }
    },
  );

  it('goes on as each of the services of which most is left, with a number each', async () => {
    const many = { a: 14, b: 12, c: 4, d: 4 };
    const from = await aGateway(many);
    await rounds.pass(2 * minute, () => 'fail 502');
    await rounds.pass(2 * minute, (id) => (/^[cd]/.test(id) ? 'fail 502' : 'ok'));
    await rounds.pass(4 * minute, () => 'ok');
    const told = toldTo('group', from);
    expect(told.filter((one) => one.includes('operation of'))).toEqual([]);
    expect(numbersIn(told).size).toBeLessThanOrEqual(2);
    const changed = rounds.told('group', from).filter(({ what }) => what.startsWith('changed'));
    for (const { incident } of changed) expect(incident.failingCycles).toBeGreaterThan(9);
    expect(told.filter((one) => one.startsWith('resolved'))).toHaveLength(numbersIn(told).size);
  });
});

describe('what goes on as a single operation', () => {
  it('ends as what it was when most was affected', async () => {
    rounds = await Rounds.begin([aService('a', 6)], { group: {} }, asTheEngine);
    await rounds.pass(minute, () => 'ok');
    const from = rounds.clock.now();
    await rounds.pass(2 * minute, () => 'fail 500');
    await rounds.pass(2 * minute, (id) => (id === 'a4' ? 'fail 500' : 'ok'));
    await rounds.pass(4 * minute, () => 'ok');
    const told = toldTo('group', from);
    const cycles = rounds.told('group', from).map(({ incident }) => incident.failingCycles);
    expect(Math.min(...cycles.slice(1)), 'cycles that it has failed').toBeGreaterThan(9);
    expect(told.at(-1)).toBe('resolved #1 service of a 6/6');
    expect(told).toContain('changed #1 operation of a 1/1');
  });
});
