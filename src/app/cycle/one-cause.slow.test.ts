import { afterEach, describe, expect, it } from 'vitest';
import { membersOf } from '../../model/members.ts';
import { aService, Rounds, type Service } from './rounds.fixture.ts';

const minute = 60_000;
let rounds: Rounds;

afterEach(() => rounds.end());

const service = (name: string, count: number, origin: string, offsetMs: number): Service =>
  aService(name, count, { origin, offsetMs, everyMs: minute });

const host = 'https://gateway.example';
/** Seven of eleven are the one's: more than what makes a gateway. */
const services = [service('a', 2, host, 7000), service('b', 7, host, 0), service('c', 2, host, 20_000)];

/** What a group was told: `opened #1 service:b 7/7, 7/7 failing, 1 open`. */
function toldTo(channel: string): readonly string[] {
  return rounds.told(channel).map(({ what, incident: { cause, members, services: own }, totals }) => {
    const now = `${totals.failing}/${totals.checks}, ${totals.open ?? 0} open`;
    return `${what} ${cause.level} of ${own.join(' ')} ${members.count}/${members.of}; now ${now}`;
  });
}

describe('behind a host that several services share', () => {
  it('the upstream of one path is the matter of one service, and of its group alone', async () => {
    rounds = await Rounds.begin(services);
    await rounds.pass(3 * minute, () => 'ok');
    await rounds.pass(4 * minute, (id) => (id.startsWith('b') ? 'fail 502' : 'ok'));
    await rounds.pass(6 * minute, () => 'ok');
    const story = [
      'opened #1 service of b 7/7; now 7/7, 1 open',
      'resolved #1 service of b 7/7; now 0/7, 0 open',
    ];
    expect(toldTo('b')).toEqual(story);
    expect(toldTo('everybody')).toEqual(story.map((one) => one.replace(/\/7,/, '/11,')));
    expect([...toldTo('a'), ...toldTo('c')]).toEqual([]);
  });

  it('what hangs there alike', async () => {
    rounds = await Rounds.begin(services);
    await rounds.pass(3 * minute, () => 'ok');
    await rounds.pass(4 * minute, (id) => (id.startsWith('b') ? 'timeout' : 'ok'));
    await rounds.pass(6 * minute, () => 'ok');
    expect(toldTo('b')).toEqual([
      'opened #1 service of b 7/7; now 7/7, 1 open',
      'resolved #1 service of b 7/7; now 0/7, 0 open',
    ]);
  });

  it('one that turns out to be wider is the same, begins for those whom it reaches, and ends for all', async () => {
    rounds = await Rounds.begin(services);
    await rounds.pass(3 * minute, () => 'ok');
    await rounds.pass(4 * minute, (id) => (id.startsWith('b') ? 'fail 502' : 'ok'));
    await rounds.pass(4 * minute, () => 'fail 502');
    await rounds.pass(6 * minute, () => 'ok');
    expect(toldTo('b')).toEqual([
      'opened #1 service of b 7/7; now 7/7, 1 open',
      'resolved #1 gateway of b 7/7; now 0/7, 0 open',
    ]);
    for (const name of ['a', 'c'])
      expect(toldTo(name)).toEqual([
        `opened #1 gateway of ${name} 2/2; now 2/2, 1 open`,
        `resolved #1 gateway of ${name} 2/2; now 0/2, 0 open`,
      ]);
    const ended = await rounds.store.incidents({ from: 0, to: rounds.clock.now() });
    expect(ended).toHaveLength(1);
    expect(membersOf(ended[0]?.members ?? { count: 0, of: 0, worst: [] }, ['b'])).toMatchObject({ count: 7 });
  });

  it('one that turns out to be narrower is the same, and ends as what it began', async () => {
    rounds = await Rounds.begin(services);
    await rounds.pass(3 * minute, () => 'ok');
    await rounds.pass(4 * minute, () => 'fail 502');
    await rounds.pass(4 * minute, (id) => (id.startsWith('b') ? 'fail 502' : 'ok'));
    const open = await rounds.store.openIncidents();
    expect(open.filter(({ state }) => state === 'firing')).toMatchObject([
      { fingerprint: 'service:b', members: { count: 7, of: 7 } },
    ]);
    await rounds.pass(6 * minute, () => 'ok');
    expect(toldTo('a').at(-1)).toBe('resolved #1 gateway of a 2/2; now 0/2, 0 open');
    expect(toldTo('everybody').filter((one) => one.startsWith('opened'))).toHaveLength(1);
    expect(toldTo('everybody').at(-1)).toBe('resolved #1 gateway of a b c 11/11; now 0/11, 0 open');
  });

  it.each([minute, 15 * minute])(
    'is over for a group when its own service is (interval %d ms)',
    async (everyMs) => {
      rounds = await Rounds.begin(services.map((one) => ({ ...one, everyMs })));
      await rounds.pass(everyMs, () => 'ok');
      await rounds.pass(everyMs + 2 * minute, () => 'fail 502');
      const wellAt = rounds.clock.now();
      await rounds.pass(10 * minute, (id) => (id.startsWith('b') ? 'fail 502' : 'ok'));
      for (const name of ['a', 'c']) {
        expect(toldTo(name)).toEqual([
          expect.stringMatching(/^opened #1 gateway/),
          expect.stringMatching(/^resolved #1 \w+ of . 2.2; now 0.2, 0 open$/),
        ]);
        const end = rounds.messages.findLast(({ channel }) => channel === name);
        expect((end?.createdAt ?? Infinity) - wellAt).toBeLessThanOrEqual(2 * minute + 10_000);
      }
      expect(toldTo('b').filter((one) => one.startsWith('resolved'))).toEqual([]);
      await rounds.pass(everyMs + 2 * minute, () => 'fail 502');
      expect(toldTo('a').slice(2)).toEqual([
        expect.stringMatching(/^opened #1 gateway of a 2.2; now 2.2, 1 open$/),
      ]);
      await rounds.pass(everyMs + 2 * minute, () => 'ok');
      for (const { name } of services)
        expect(toldTo(name).at(-1)).toMatch(/^resolved #1 .*; now 0.\d, 0 open$/);
      expect(await rounds.store.openIncidents()).toEqual([]);
    },
  );

  it.each(['connect-refused', 'fail 502'])(
    'what takes all of them (%s) is told once, with all that fail',
    async (outcome) => {
      const staggered = services.map((one, no) => ({ ...one, offsetMs: no * 20_000 }));
      rounds = await Rounds.begin(staggered);
      await rounds.pass(3 * minute + 10_000, () => 'ok');
      await rounds.pass(3 * minute, () => outcome);
      await rounds.pass(6 * minute, () => 'ok');
      const level = outcome === 'fail 502' ? 'gateway' : 'origin';
      expect(toldTo('everybody').map((one) => one.split(' ')[0])).toEqual(['opened', 'resolved']);
      for (const { name, checks } of staggered) {
        const all = `${checks.length}/${checks.length}`;
        expect(toldTo(name).at(-1)).toBe(
          `resolved #1 ${level} of ${name} ${all}; now 0/${checks.length}, 0 open`,
        );
        // Of a gateway only those are known that have been asked: the others are counted once they have been.
        const known = level === 'origin' ? all : `\\d/${checks.length}`;
        expect(toldTo(name)[0]).toMatch(
          new RegExp(`^opened #1 ${level} of ${name} .*; now ${known}, 1 open$`),
        );
      }
    },
  );
});

describe('a common cause that is over but for some of its operations', () => {
  const large = [service('a', 20, host, 0)];

  it.each([
    ['in the order of their names', ['a0', 'a1', 'a2']],
    ['in the order of their names, none of which was looked at', ['a3', 'a5', 'a7']],
    ['in another order', ['a2', 'a1', 'a0']],
  ])('is told once with all that goes on, each of which ends by itself (%s)', async (_, order) => {
    rounds = await Rounds.begin(large);
    await rounds.pass(3 * minute, () => 'ok');
    await rounds.pass(4 * minute, () => 'fail 500');
    for (let ended = 0; ended <= order.length; ended++) {
      const left = new Set(order.slice(ended));
      await rounds.pass(4 * minute, (id) => (left.has(id) ? 'fail 500' : 'ok'));
    }
    const told = rounds.messages
      .filter(({ channel }) => channel === 'a')
      .flatMap(({ content }) => content.transitions);
    expect(told.map(({ kind, incident }) => `${kind} ${incident.fingerprint}`)).toEqual([
      'opened service:a',
      ...order.toSorted().map((id) => `changed operation:${id}`),
      ...order.map((id) => `resolved operation:${id}`),
    ]);
    expect(new Set(told.map(({ incident }) => incident.openedAt)).size, 'beginnings').toBe(1);
    const ids = new Map(told.map(({ incident: { fingerprint, id } }) => [fingerprint, id]));
    expect(new Set(ids.values()).size, 'each has an id of its own').toBe(3);
    expect(await rounds.store.openIncidents()).toEqual([]);
  });

  it('is over for the group of a service of which nothing goes on, and for no other', async () => {
    rounds = await Rounds.begin(services.map((one) => ({ ...one, everyMs: 2 * minute })));
    await rounds.pass(4 * minute, () => 'ok');
    await rounds.pass(6 * minute, () => 'fail 502');
    await rounds.pass(8 * minute, (id) => (['a1', 'b3'].includes(id) ? 'fail 502' : 'ok'));
    expect(toldTo('c')).toEqual([
      expect.stringMatching(/^opened #1 gateway of c/),
      expect.stringMatching(/^resolved #1 .* of c 2.2; now 0.2, 0 open$/),
    ]);
    await rounds.pass(8 * minute, () => 'ok');
    expect(toldTo('a')).toEqual([
      'opened #1 gateway of a 2/2; now 2/2, 1 open',
      'changed #1 operation of a 1/1; now 1/2, 1 open',
      'resolved #1 gateway of a 2/2; now 0/2, 0 open',
    ]);
    expect(await rounds.store.openIncidents()).toEqual([]);
  });

  it.each([0, 4])(
    'is not told as over to whom it goes on for, and told anew when it takes all again (killed: minute %d)',
    async (killedAt) => {
      rounds = await Rounds.begin([
        service('a', 4, host, 7000),
        service('b', 10, host, 0),
        service('c', 4, host, 20_000),
      ]);
      const left = new Set(['b3', 'b4', 'c1']);
      await rounds.pass(3 * minute, () => 'ok');
      await rounds.pass(4 * minute, () => 'fail 502');
      for (let passed = 0; passed < 8; passed++) {
        if (killedAt > 0 && passed === killedAt) await rounds.kill();
        await rounds.pass(minute, (id) => (left.has(id) ? 'fail 502' : 'ok'));
      }
      const soFar = ['opened #1 gateway', 'changed #1 operation', 'changed #2 operation'];
      const causes = () => toldTo('b').map((one) => one.split(' of ')[0]);
      expect(causes()).toEqual(soFar);
      await rounds.pass(4 * minute, () => 'fail 502');
      expect(causes()).toEqual([...soFar, 'changed #1 gateway']);
      await rounds.pass(6 * minute, () => 'ok');
      expect(causes().slice(4)).toEqual(['resolved #1 gateway']);
      const last = rounds.told('b').at(-1)?.incident;
      expect(last?.closes).toHaveLength(1);
      expect(await rounds.store.openIncidents()).toEqual([]);
    },
  );
});

describe('a login that refuses', () => {
  const signedIn = ({ checks, ...rest }: Service): Service => ({
    ...rest,
    checks: checks.map((one) => ({ ...one, credential: 'sso' })),
  });
  const failure = { credential: 'sso', message: 'the login answered 401', permanent: false };

  it('is one incident of all that need it, on whatever host, whichever cycle is judged', async () => {
    rounds = await Rounds.begin([
      signedIn(service('a', 3, host, 7000)),
      service('b', 4, host, 20_000),
      signedIn(service('c', 5, 'https://c.example', 33_000)),
    ]);
    await rounds.pass(3 * minute, () => 'ok');
    rounds.credentials = [{ credential: 'sso', scheme: 'login', state: 'failing', failure }];
    const counts = new Set<number>();
    for (let passed = 0; passed < 4 * minute; passed += 5000) {
      await rounds.pass(5000, (id) => (id.startsWith('b') ? 'ok' : 'blocked credential'));
      for (const { members } of await rounds.store.openIncidents()) counts.add(members.count);
    }
    expect([...counts]).toEqual([8]);
    rounds.credentials = [{ credential: 'sso', scheme: 'login', state: 'ready' }];
    await rounds.pass(6 * minute, () => 'ok');
    expect(toldTo('everybody')).toEqual([
      'opened #1 credential of a c 8/8; now 8/12, 1 open',
      'resolved #1 credential of a c 8/8; now 0/12, 0 open',
    ]);
  });

  it('is told as over for all whom its beginning named, however soon it is well for some', async () => {
    rounds = await Rounds.begin([
      signedIn(service('a', 3, host, 7000)),
      signedIn(service('c', 5, 'https://c.example', 33_000)),
    ]);
    await rounds.pass(3 * minute, () => 'ok');
    rounds.credentials = [{ credential: 'sso', scheme: 'login', state: 'failing', failure }];
    await rounds.pass(12_500, () => 'blocked credential');
    rounds.credentials = [{ credential: 'sso', scheme: 'login', state: 'ready' }];
    // The host of the one is away for a while: its calls say nothing of the login.
    await rounds.pass(3 * minute, (id) => (id.startsWith('c') ? 'fail refused' : 'ok'));
    await rounds.pass(6 * minute, () => 'ok');
    const ofLogin = toldTo('everybody').filter((one) => one.includes('credential'));
    expect(ofLogin.map((one) => one.split(';')[0])).toEqual([
      'opened #1 credential of a c 8/8',
      'resolved #1 credential of a c 8/8',
    ]);
  });
});
