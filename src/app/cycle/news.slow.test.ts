import { afterEach, describe, expect, it } from 'vitest';
import { aService, Rounds, type Service } from './rounds.fixture.ts';

const [second, minute] = [1000, 60_000];
let rounds: Rounds;

afterEach(() => rounds.end());

const service = (name: string, count: number, offsetMs: number, everyMs = minute): Service =>
  aService(name, count, { offsetMs, everyMs });

/** What a group was told: `opened #1 service:a 8/8`, with the second at which it was, since `from`. */
function toldTo(channel: string, from: number): readonly (readonly [second: number, what: string])[] {
  return rounds.told(channel, from).map(({ what, atS, incident: { fingerprint, members } }) => {
    const least = members.heard === undefined ? '' : 'at least ';
    return [atS, `${what} ${fingerprint} ${least}${members.count}/${members.of}`] as const;
  });
}

const numberOf = (id: string): number => Number(/\d+$/.exec(id)?.[0]);

/** Those transitions alone that are of this kind. */
const ofKind = (kind: string, told: ReturnType<typeof toldTo>): readonly string[] =>
  told.flatMap(([, what]) => (what.startsWith(kind) ? [what] : []));

describe('operations that do not keep to their document', () => {
  const differs = (id: string): boolean => numberOf(id) < 5 || numberOf(id) % 4 === 0;

  it('are not all of the document while others have failed and are asked once more', async () => {
    rounds = await Rounds.begin([service('d', 40, 0)]);
    await rounds.pass(2 * minute, () => 'ok');
    const from = rounds.clock.now();
    await rounds.pass(5 * minute, (id) => (differs(id) ? 'degraded schema' : 'fail 500'));
    const opened = ofKind('opened', toldTo('d', from));
    expect(opened[0]).toMatch(/^opened #1 service:d /);
    expect(opened.filter((what) => what.includes('mismatch'))).toEqual([]);
    expect(opened.filter((what) => what.includes('degraded:'))).toHaveLength(13);
  });

  it('are not told to be well while most of the others fail, nor when only these are well', async () => {
    rounds = await Rounds.begin([service('d', 40, 0)]);
    await rounds.pass(2 * minute, () => 'ok');
    const from = rounds.clock.now();
    const goesOn = (id: string): boolean => numberOf(id) % 8 === 7;
    await rounds.pass(3 * minute, () => 'degraded schema');
    await rounds.pass(5 * minute, (id) => (goesOn(id) ? 'degraded schema' : 'fail 500'));
    await rounds.pass(5 * minute, (id) => (goesOn(id) ? 'degraded schema' : 'ok'));
    const told = toldTo('d', from);
    expect(ofKind('opened', told).map((what) => what.replace(/ [^ ]*$/, ''))).toEqual([
      expect.stringMatching(/^opened #1 mismatch:/),
      expect.stringMatching(/^opened #2 service:d/),
    ]);
    expect(ofKind('resolved', told)).toEqual([expect.stringMatching(/^resolved #2 service:d/)]);
    expect(told.filter(([, what]) => /^changed #\d+ degraded:/.test(what))).toHaveLength(5);
    await rounds.pass(5 * minute, () => 'ok');
    expect(ofKind('resolved', toldTo('d', from))).toHaveLength(6);
    expect(await rounds.store.openIncidents()).toEqual([]);
  });
});

describe('a service whose operations fail for several reasons', () => {
  it('is told once, however the reason of most of them changes among these', async () => {
    rounds = await Rounds.begin([service('m', 6, 0)]);
    await rounds.pass(2 * minute, () => 'ok');
    const from = rounds.clock.now();
    const rest = ['fail assertion', 'fail content-type', 'fail 500', 'ok'];
    const world =
      (...first: readonly string[]) =>
      (id: string): string =>
        [...first, ...rest][numberOf(id)] ?? 'ok';
    await rounds.pass(2 * minute, world('fail schema', 'fail schema'));
    await rounds.pass(3 * minute, world('fail schema', 'fail assertion'));
    await rounds.pass(3 * minute, world('fail content-type', 'fail content-type'));
    expect(toldTo('m', from)).toEqual([[expect.any(Number), 'opened #1 service:m 5/6']]);
    // Of this nobody has heard.
    await rounds.pass(3 * minute, world('fail body', 'fail body'));
    expect(toldTo('m', from).slice(1)).toEqual([[expect.any(Number), 'changed #1 service:m 5/6']]);
  });
});

describe('operations of which people know that they are slow', () => {
  it.each([3, 6])(
    'are taken in by the slowness of many, under the number of the first (%i of 14)',
    async (many) => {
      rounds = await Rounds.begin([service('s', 14, 0)]);
      await rounds.pass(20 * minute, () => 'ok');
      const from = rounds.clock.now();
      await rounds.pass(10 * minute, (id) => (numberOf(id) < many ? 'ok 3000' : 'ok'));
      const slow = toldTo('s', from);
      expect(slow[0]?.[1]).toBe('opened #1 latency:s0 1/1');
      expect(slow.filter(([, what]) => what.includes('slow:'))).toEqual([
        [expect.any(Number), `changed #1 slow:https://a.example ${many}/14`],
      ]);
      await rounds.pass(25 * minute, () => 'ok');
      expect(toldTo('s', from).map(([, what]) => what)).toContain(
        `resolved #1 slow:https://a.example ${many}/14`,
      );
      expect(await rounds.store.openIncidents()).toEqual([]);
    },
  );

  it('stay incidents of their own when they have been slow for long before the others', async () => {
    rounds = await Rounds.begin([service('s', 14, 0)]);
    await rounds.pass(20 * minute, () => 'ok');
    const from = rounds.clock.now();
    await rounds.pass(30 * minute, (id) => (numberOf(id) < 1 ? 'ok 3000' : 'ok'));
    await rounds.pass(10 * minute, () => 'ok 3000');
    const told = toldTo('s', from);
    expect(told[0]?.[1]).toBe('opened #1 latency:s0 1/1');
    expect(told.flatMap(([, what]) => (what.includes(' slow:') ? [what] : []))).toEqual([
      expect.stringMatching(/^changed #[^1]\d* slow:/),
    ]);
  });
});

describe('a service that turns out to fail with its whole gateway', () => {
  it.each([
    [3, 20],
    [9, 40],
    [15, 28],
  ])(
    'is told once, with all that are known to fail of it (others %d s later, from second %d on)',
    async (offset, from) => {
      const everyMs = 30 * second;
      rounds = await Rounds.begin([
        service('g', 6, 0, everyMs),
        service('h', 6, offset * second, everyMs),
        service('i', 6, ((offset + 10) % 30) * second, everyMs),
      ]);
      await rounds.pass(2 * minute, () => 'ok');
      const began = rounds.clock.now();
      await rounds.pass(90 * second, (id, at) =>
        id.startsWith('g') || at >= began + from * second ? 'fail 502' : 'ok',
      );
      // That others fail as well changes nothing for this group.
      expect(toldTo('g', began).map(([, what]) => what)).toEqual(['opened #1 service:g 6/6']);
    },
  );
});
