import { afterEach, describe, expect, it } from 'vitest';
import { check } from '../../incidents/world.fixture.ts';
import { inEnglish } from '../../messages/in-language.ts';
import { lastedMs } from '../../model/incident.ts';
import { Rounds, type Service } from './rounds.fixture.ts';

const second = 1000;
const minute = 60 * second;
const owners = ['alice', 'bob', 'carol'] as const;
const byOwners = Object.fromEntries(owners.map((owner) => [owner, { owners: [owner] }]));
let rounds: Rounds;

afterEach(() => rounds.end());

function service(name: string, count: number, owner: string, offsetMs: number): Service {
  const of = {
    service: name,
    documentId: `${name}:x.yaml`,
    origin: 'https://a.example',
    owners: [owner],
    intervalMs: 10 * second,
  };
  const checks = Array.from({ length: count }, (_, no) => check(`${name}-${no}`, of));
  return { name, checks, everyMs: 10 * second, offsetMs };
}

const isOf = (id: string, name: string): boolean => id.startsWith(`${name}-`);

interface Told {
  readonly at: number;
  readonly subject: string;
  readonly what: string;
  readonly why: string;
  /** Seconds from the beginning to the end, or to when it was told. */
  readonly lasted: number;
  readonly calls: readonly string[];
}

/** What a group was told since `from`: `opened q2 6/6`, and when, in seconds. */
function toldTo(channel: string, from: number): readonly Told[] {
  return rounds.messages
    .filter((entry) => entry.channel === channel)
    .flatMap(({ content: { transitions, mentions } }) =>
      transitions.map(({ kind, at, incident }) => ({
        at: (at - from) / second,
        subject: incident.subjectLabel,
        what: `${kind} ${incident.services.join(' ')} ${incident.members.count}/${incident.members.of}`,
        why: inEnglish(incident.reason.message),
        lasted: lastedMs(incident, at) / second,
        calls: mentions,
      })),
    );
}

const whats = (channel: string, from: number): readonly string[] =>
  toldTo(channel, from).map(({ what }) => what);

describe('a host of services of several owners', () => {
  it('is over for each of them when their own are well, however long it goes on for others', async () => {
    const services = [
      service('q1', 6, 'alice', 0),
      service('q2', 5, 'bob', 2000),
      service('q3', 6, 'carol', 4000),
    ];
    rounds = await Rounds.begin(services, byOwners);
    await rounds.pass(minute, () => 'ok');
    const from = rounds.clock.now();
    await rounds.pass(65 * second, () => 'fail 502');
    await rounds.pass(60 * second, (id) => (isOf(id, 'q2') ? 'ok' : 'fail 502'));
    await rounds.pass(60 * second, (id) => (isOf(id, 'q3') ? 'fail 502' : 'ok'));
    await rounds.pass(60 * second, () => 'ok');
    const names = { alice: ['q1', 6, 125], bob: ['q2', 5, 65], carol: ['q3', 6, 185] } as const;
    for (const [owner, [own, count, healed]] of Object.entries(names)) {
      expect(whats(owner, from)).toEqual([
        expect.stringMatching(`^opened ${own} ./${count}$`),
        `resolved ${own} ${count}/${count}`,
      ]);
      const [, end] = toldTo(owner, from);
      expect([own, 'https://a.example']).toContain(end?.subject);
      expect(end?.at).toBeGreaterThan(healed + 9);
      expect(end?.at).toBeLessThan(healed + 30);
      expect(end?.lasted).toBeGreaterThan(healed);
      expect(end?.lasted).toBeLessThanOrEqual(end?.at ?? 0);
    }
  });
});

describe('what operations of several owners have in common', () => {
  const halves = (name: string, offsetMs: number, everyMs: number): Service => {
    const { checks } = service(name, 10, 'alice', offsetMs);
    const owned = checks.map((one, no) => ({
      ...one,
      intervalMs: everyMs,
      owners: [no < 5 ? 'alice' : 'bob'],
    }));
    return { name, checks: owned, everyMs, offsetMs };
  };

  it.each([
    ['a service', ['l1'], 10 * second],
    ['a service', ['l1'], 15 * minute],
    ['a gateway', ['l2', 'l3'], 10 * second],
    ['a gateway', ['l2', 'l3'], 15 * minute],
  ])(
    'is over for those whose own are well, however long it goes on for others (%s)',
    async (_, names, everyMs) => {
      rounds = await Rounds.begin(
        names.map((name) => halves(name, 0, everyMs)),
        byOwners,
      );
      await rounds.pass(2 * everyMs, () => 'ok');
      const from = rounds.clock.now();
      await rounds.pass(70 * second, () => 'fail 502');
      const alices = (id: string): boolean => Number(id.split('-')[1]) < 5;
      await rounds.pass(4 * minute, (id) => (alices(id) ? 'ok' : 'fail 502'));
      await rounds.pass(3 * minute, () => 'ok');
      const of = 5 * names.length;
      for (const [owner, healed] of [
        ['alice', 70],
        ['bob', 310],
      ] as const) {
        const told = toldTo(owner, from);
        const [begun, end] = [told[0], told.at(-1)];
        expect(begun?.what).toMatch(/^opened/);
        expect(told.filter(({ what }) => what.startsWith('resolved'))).toHaveLength(1);
        expect(end?.what).toBe(`resolved ${names.join(' ')} ${of}/${of}`);
        expect(end?.at).toBeGreaterThan(healed);
        expect(end?.at).toBeLessThanOrEqual(healed + 120);
        expect(end?.lasted).toBeLessThanOrEqual(healed + 120);
      }
      expect(await rounds.store.openIncidents()).toEqual([]);
    },
  );

  it('begins again for those who were told of its end, when their own fail again', async () => {
    rounds = await Rounds.begin([halves('l1', 0, 10 * second)], byOwners);
    await rounds.pass(20 * second, () => 'ok');
    const from = rounds.clock.now();
    const alices = (id: string): boolean => Number(id.split('-')[1]) < 5;
    await rounds.pass(60 * second, () => 'fail 500');
    await rounds.pass(60 * second, (id) => (alices(id) ? 'ok' : 'fail 500'));
    await rounds.pass(60 * second, () => 'fail 500');
    await rounds.pass(60 * second, () => 'ok');
    expect(whats('alice', from).map((what) => what.split(' ')[0])).toEqual([
      'opened',
      'resolved',
      'opened',
      'resolved',
    ]);
    expect(whats('bob', from).map((what) => what.split(' ')[0])).toEqual(['opened', 'resolved']);
  });
});

describe('what a group reads first', () => {
  it.each([
    ['owners', byOwners],
    ['services', { alice: { services: ['a1'] }, bob: { services: ['a2'] } }],
  ])('is counted over its own, and told again only when these have changed (%s)', async (_, groups) => {
    const services = [service('a1', 8, 'alice', 6000), service('a2', 6, 'bob', 0)];
    rounds = await Rounds.begin(services, groups);
    await rounds.pass(minute, () => 'ok');
    const from = rounds.clock.now();
    await rounds.pass(40 * second, () => 'reset');
    expect(whats('bob', from)).toEqual(['opened a2 6/6']);
    expect(toldTo('bob', from)[0]?.calls).toEqual(['bob']);
    expect(whats('alice', from)).toEqual([expect.stringMatching('^opened a1 ./8$')]);
  });
});

describe('a service that joins an open cause', () => {
  it.each([
    ['connect-refused', 'timeout'],
    ['connect-refused', 'reset'],
    ['fail 502', 'fail 502'],
  ])('has a beginning and a reason of its own (%s, %s)', async (first, later) => {
    const services = [service('a1', 5, 'alice', 0), service('a2', 9, 'bob', 2000)];
    rounds = await Rounds.begin(services, byOwners);
    await rounds.pass(minute, () => 'ok');
    const from = rounds.clock.now();
    await rounds.pass(50 * second, (id) => (isOf(id, 'a1') ? first : 'ok'));
    await rounds.pass(100 * second, (id) => (isOf(id, 'a1') ? first : later));
    await rounds.pass(60 * second, () => 'ok');
    for (const { what, why } of toldTo('alice', from))
      expect([what, why]).toEqual([what, expect.stringMatching(first.split(' ').at(-1) ?? '')]);
    for (const { what, why, at, lasted } of toldTo('bob', from)) {
      expect([what, why]).toEqual([what, expect.stringMatching(later.split(' ').at(-1) ?? '')]);
      expect(lasted).toBeLessThanOrEqual(at - 50);
    }
    expect(whats('alice', from)).not.toContain('changed a1 5/5');
  });
});

describe('a service that is patrolled no more', () => {
  it('is told as removed at once, however long its host stays down for others', async () => {
    const services = [service('a1', 5, 'alice', 0), service('a2', 6, 'bob', 2000)];
    const groups = { ...byOwners, a2: { services: ['a2'] }, all: {} };
    rounds = await Rounds.begin(services, groups);
    await rounds.pass(minute, () => 'ok');
    const from = rounds.clock.now();
    await rounds.pass(40 * second, () => 'connect-refused');
    await rounds.configure(services.slice(0, 1), { ...byOwners, a2: { owners: ['bob'] }, all: {} });
    await rounds.pass(60 * second, () => 'connect-refused');
    for (const channel of ['bob', 'a2']) {
      expect(whats(channel, from).slice(1)).toEqual(['removed a2 6/6']);
      expect(toldTo(channel, from)[1]?.at).toBeLessThan(60);
    }
    await rounds.pass(60 * second, () => 'ok');
    expect(whats('bob', from)).toHaveLength(2);
    expect(whats('alice', from).at(-1)).toBe('resolved a1 5/5');
    expect(whats('all', from).at(-1)).toBe('resolved a1 5/5');
  });
});

describe('operations that get another owner during an outage', () => {
  const owned = (owner: string): readonly Service[] => [
    service('p6', 5, 'alice', 0),
    service('p7', 6, owner, 2000),
  ];

  it('end for the former one as what they were, and call the new one alone', async () => {
    rounds = await Rounds.begin(owned('bob'), byOwners);
    await rounds.pass(minute, () => 'ok');
    const from = rounds.clock.now();
    await rounds.pass(40 * second, () => 'connect-refused');
    await rounds.configure(owned('carol'), byOwners);
    await rounds.pass(60 * second, () => 'connect-refused');
    await rounds.pass(60 * second, () => 'ok');
    expect(whats('bob', from)).toEqual([expect.stringMatching('^opened p7 '), 'resolved p7 6/6']);
    expect(whats('carol', from)).toEqual(['opened p7 6/6', 'resolved p7 6/6']);
    expect(toldTo('carol', from)[0]?.calls).toEqual(['carol']);
    expect(whats('alice', from)).toEqual([expect.stringMatching('^opened p6 '), 'resolved p6 5/5']);
  });
});
