import { afterEach, describe, expect, it } from 'vitest';
import { inEnglish } from '../../messages/in-language.ts';
import { aService, Rounds, type Service } from './rounds.fixture.ts';

const [second, minute] = [1000, 60_000];
let rounds: Rounds;

afterEach(() => rounds.end());

const service = (name: string, count: number, offsetMs: number, everyMs = 10 * second): Service =>
  aService(name, count, { offsetMs, everyMs });

/** What a group was told: `opened #1 origin:https://a.example 8/8`, with the second at which it was, since `from`. */
function toldTo(channel: string, from: number): readonly (readonly [second: number, what: string])[] {
  return rounds.told(channel, from).map(({ what, atS, incident: { fingerprint, members } }) => {
    return [atS, `${what} ${fingerprint} ${members.count}/${members.of}`] as const;
  });
}

const numberOf = (id: string): number => Number(id.slice(1));

describe('a host of two services of which one answers again', () => {
  it.each(['timeout', 'connect-refused'])('is over for that one alone (%s)', async (outcome) => {
    rounds = await Rounds.begin([service('u', 6, 0), service('v', 8, 3000)]);
    await rounds.pass(minute, () => 'ok');
    const from = rounds.clock.now();
    await rounds.pass(80 * second, () => outcome);
    await rounds.pass(90 * second, (id) => (id.startsWith('u') ? 'ok' : outcome));
    await rounds.pass(100 * second, () => 'ok');
    const origin = 'origin:https://a.example';
    expect(toldTo('v', from).map(([, what]) => what)).toEqual([
      expect.stringContaining(`opened #1 ${origin} `),
      expect.stringMatching(/^resolved #1 \S+ 8.8$/),
    ]);
    expect(toldTo('v', from).at(-1)?.[0]).toBeGreaterThan(170);
    const [, [endOfOther, what] = []] = toldTo('u', from);
    expect(what).toBe(`resolved #1 ${origin} 6/6`);
    expect(endOfOther).toBeGreaterThan(80);
    expect(endOfOther).toBeLessThan(130);
  });
});

describe('a host of many services that are called every quarter of an hour', () => {
  it.each([1, 3])('is over for each of them minutes after it is back (%i operations each)', async (count) => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const everyMs = 15 * minute;
    rounds = await Rounds.begin(names.map((name, no) => service(name, count, no * minute, everyMs)));
    await rounds.pass(16 * minute, () => 'ok');
    await rounds.pass(20 * minute + 30 * second, () => 'connect-refused');
    const from = rounds.clock.now();
    await rounds.pass(5 * minute, () => 'ok');
    for (const name of [...names, 'everybody'])
      expect(toldTo(name, from).at(-1)?.[1]).toMatch(/^resolved #1 origin:/);
    expect(await rounds.store.openIncidents()).toEqual([]);
  });
});

describe('a service of which half fails', () => {
  it('is not about to be over while its failures are being confirmed once more', async () => {
    rounds = await Rounds.begin([service('h', 10, 0)]);
    await rounds.pass(minute, () => 'ok');
    await rounds.pass(40 * second, (id) => (numberOf(id) < 5 ? 'fail 500' : 'ok'));
    for (let no = 0; no < 100; no++) {
      await rounds.pass(second, (id) => (numberOf(id) < 5 ? 'fail 500' : 'ok'));
      expect(await rounds.store.openIncidents()).toMatchObject([
        { fingerprint: 'service:h', state: 'firing', members: { count: 5, of: 10 } },
      ]);
    }
  });
});

describe('what is said of many that fail in several ways', () => {
  const mixed = (id: string): string =>
    numberOf(id) === 0 ? 'fail 404' : numberOf(id) < 9 ? 'fail 500' : 'ok';
  const words = (): readonly string[] =>
    rounds.messages
      .filter(({ channel }) => channel === 'm')
      .flatMap(({ content }) =>
        content.transitions.map(({ incident }) => inEnglish(incident.reason.message)),
      );

  it('is what most of them come to, also when it ends after another phase', async () => {
    rounds = await Rounds.begin([service('m', 12, 0)]);
    await rounds.pass(minute, () => 'ok');
    await rounds.pass(60 * second, mixed);
    await rounds.pass(30 * second, (id) => (numberOf(id) < 6 ? 'timeout' : 'ok'));
    await rounds.pass(2 * minute, () => 'ok');
    expect(words()[0]).toMatch(/most of them: found 500$/);
    expect(words().at(-1)).toBe('9 of 12 operations fail, most of them: found 500');
  });
});

describe('a service whose failures begin to hang before most of them heal', () => {
  it('goes on, with its number and beginning, as what hangs on', async () => {
    rounds = await Rounds.begin([service('z', 30, 0)]);
    const hangsOn = (id: string): boolean => numberOf(id) >= 12 && numberOf(id) < 16;
    await rounds.pass(minute, () => 'ok');
    const from = rounds.clock.now();
    await rounds.pass(60 * second, (id) => (numberOf(id) < 16 ? 'fail 500' : 'ok'));
    await rounds.pass(70 * second, (id) => (numberOf(id) < 16 ? 'timeout' : 'ok'));
    await rounds.pass(90 * second, (id) => (hangsOn(id) ? 'timeout' : 'ok'));
    const healed = toldTo('z', from).filter(([at]) => at > 130);
    expect(healed.filter(([, what]) => /opened|service:/.test(what))).toEqual([]);
    expect(healed.filter(([, what]) => what.startsWith('changed'))).toHaveLength(4);
    const open = await rounds.store.openIncidents();
    expect(open.map(({ openedAt }) => openedAt)).toEqual([from, from, from, from]);
    await rounds.pass(2 * minute, () => 'ok');
    expect(await rounds.store.openIncidents()).toEqual([]);
  });
});
