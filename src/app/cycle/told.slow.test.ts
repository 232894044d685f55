import fc from 'fast-check';
import { expect, it } from 'vitest';
import { watchedOf } from '../../incidents/observation.ts';
import { check } from '../../incidents/world.fixture.ts';
import type { Incident } from '../../model/incident.ts';
import type { WorldOverTime } from './duty.fixture.ts';
import { Rounds, type Service } from './rounds.fixture.ts';

const minute = 60_000;
const [gateway, other] = ['https://gateway.example', 'https://other.example'];

function service(name: string, origins: readonly string[], offsetMs: number, credential?: string): Service {
  const of = {
    service: name,
    documentId: `${name}:x.yaml`,
    credential,
  };
  const checks = origins.map((origin, no) => check(`${name}${no}`, { ...of, origin, intervalMs: minute }));
  return { name, checks, everyMs: minute, offsetMs };
}

const repeat = (origin: string, times: number): readonly string[] =>
  Array.from({ length: times }, () => origin);
const services = [
  service('a', repeat(gateway, 4), 0),
  service('b', repeat(gateway, 6), 7000, 'sso'),
  service('c', [...repeat(gateway, 1), ...repeat(other, 4)], 31_000),
];
const checks = services.flatMap((one) => one.checks);

/** What is hit, how, from when on and for how long. */
const fault = fc.record({
  hits: fc.constantFrom('gateway', 'other', 'a', 'b', 'c', 'a0', 'b0', 'c0', 'c1'),
  outcome: fc.constantFrom(
    'fail 502',
    'fail 500',
    'timeout',
    'reset',
    'connect-refused',
    'fail schema',
    'fail auth-rejected',
  ),
  fromMs: fc.integer({ min: 2, max: 12 }).map((no) => no * 45_000),
  forMs: fc.integer({ min: 1, max: 8 }).map((no) => no * 50_000),
});
/** One operation is sick before, during and after what happens to all of them. */
const within = fc
  .record({
    narrow: fc.constantFrom('a0', 'b0', 'c1'),
    own: fc.constantFrom('fail 500', 'fail 502', 'timeout'),
    wide: fault,
    beforeMs: fc.integer({ min: 1, max: 12 }).map((no) => no * 10_000),
    afterMs: fc.integer({ min: 4, max: 10 }).map((no) => no * 45_000),
  })
  .map(({ narrow, own, wide, beforeMs, afterMs }) => [
    wide,
    { hits: narrow, outcome: own, fromMs: wide.fromMs - beforeMs, forMs: beforeMs + wide.forMs + afterMs },
  ]);
/** One service after the other fails in the same way, and they are well at once. */
const joining = fc
  .record({
    order: fc.constantFrom(['b', 'a'], ['b', 'a', 'c'], ['a', 'b', 'c'], ['b', 'c', 'a']),
    outcome: fc.constantFrom('fail 502', 'timeout', 'connect-refused'),
    fromMs: fc.integer({ min: 8, max: 24 }).map((no) => no * 10_000),
    apartMs: fc.integer({ min: 1, max: 12 }).map((no) => no * 10_000),
  })
  .map(({ order, outcome, fromMs, apartMs }) =>
    order.map((hits, no) => ({
      hits,
      outcome,
      fromMs: fromMs + no * apartMs,
      forMs: order.length * apartMs + 5 * minute - no * apartMs,
    })),
  );
const upset = fc.record({
  faults: fc.oneof(fc.array(fault, { minLength: 1, maxLength: 3 }), within, joining),
  killAtMs: fc.option(
    fc.integer({ min: 2, max: 20 }).map((no) => no * 31_000),
    { nil: undefined },
  ),
  leaves: fc.constantFrom(undefined, undefined, 'a0', 'b0', 'b1'),
});
type Upset = typeof upset extends fc.Arbitrary<infer T> ? T : never;

const lastFaultMs = 16 * minute;
/** What comes and goes is over when it has been well for some minutes. */
const calmMs = 12 * minute;

it('whatever fails where: a group that was told of a beginning is told of one end, and of nothing that is not so', async () => {
  await fc.assert(
    fc.asyncProperty(upset, async (one) => {
      const rounds = await Rounds.begin(services);
      try {
        const world = await live(rounds, one);
        expect(mistakesIn(rounds)).toEqual([]);
        expect(endsTooSoon(rounds, world)).toEqual([]);
        expect((await rounds.store.openIncidents()).map(({ fingerprint }) => fingerprint)).toEqual([]);
      } finally {
        await rounds.end();
      }
    }),
    { numRuns: 14, seed: 7 },
  );
}, 120_000);

async function live(rounds: Rounds, { faults, killAtMs, leaves }: Upset): Promise<WorldOverTime> {
  const start = rounds.clock.now();
  const world = (id: string, at: number): string =>
    faults.find(({ hits, fromMs, forMs }) => {
      const from = start + fromMs;
      return isHit(id, hits) && at >= from && at < from + forMs;
    })?.outcome ?? 'ok';
  const end = start + lastFaultMs + calmMs;
  let left = leaves;
  let killAt = killAtMs;
  while (rounds.clock.now() < end) {
    await rounds.pass(15_000, world);
    const passed = rounds.clock.now() - start;
    if (killAt !== undefined && passed >= killAt) {
      await rounds.kill();
      killAt = undefined;
    }
    if (left !== undefined && passed > 5 * minute) {
      rounds.plan(services.map((one) => ({ ...one, checks: one.checks.filter(({ id }) => id !== left) })));
      left = undefined;
    }
    const open = await rounds.store.openIncidents();
    expect(sharedMembers(open)).toEqual([]);
    const from = Math.max(rounds.clock.now() - deadMs, killAtMs === undefined ? 0 : start + killAtMs);
    const isDead = ({ checks: all }: Service): boolean =>
      rounds.clock.now() - from >= deadMs &&
      all.every(({ id }) => {
        for (let at = from; at <= rounds.clock.now(); at += 15_000) if (world(id, at) === 'ok') return false;
        return true;
      });
    expect(services.filter(isDead).filter(({ name }) => !isToldOf(name, open))).toEqual([]);
    for (const { name } of services.filter(isDead))
      for (const channel of [name, 'everybody'])
        expect(namedTo(channel, rounds), `what ${channel} knows to be affected`).toContain(name);
  }
  return world;
}

/** Services that a group was told to be affected, by what is not over. */
function namedTo(channel: string, { messages }: Rounds): readonly string[] {
  const named = new Map<string, readonly string[]>();
  for (const { content } of messages.filter((entry) => entry.channel === channel))
    for (const { kind, incident } of content.transitions) {
      if (kind === 'resolved' || kind === 'removed') named.delete(incident.id);
      else named.set(incident.id, incident.services);
      for (const { id } of incident.closes ?? []) named.delete(id);
    }
  return [...named.values()].flat();
}

/** Two cycles, and what it takes to confirm a failure and to hear the others. */
const deadMs = 3 * minute;

function isToldOf(service: string, open: readonly Incident[]): boolean {
  return open.some(
    ({ told, services, state }) => told !== undefined && state === 'firing' && services.includes(service),
  );
}

function isHit(id: string, hits: string): boolean {
  const origin = checks.find((one) => one.id === id)?.origin;
  return id.startsWith(hits) || origin === (hits === 'gateway' ? gateway : hits === 'other' ? other : '');
}

/** Operations that stand in more than one of the incidents that people are shown. */
function sharedMembers(open: readonly Incident[]): readonly string[] {
  const shown = open.filter(
    ({ state, told, inhibitedBy, verdict }) =>
      state === 'firing' && told !== undefined && inhibitedBy === undefined && verdict === 'fail',
  );
  const all = shown.flatMap(({ members }) => watchedOf(members));
  return all.filter((id, no) => all.indexOf(id) !== no);
}

/**
 * Ends that say of an operation that it is well while it fails as it did when that began, and is told by nothing else; and
 * operations that are told as new although they have failed alike ever since an end that named them.
 */
function endsTooSoon({ messages }: Rounds, world: WorldOverTime): readonly string[] {
  const failsAlike = (id: string, from: number, to: number): boolean => {
    for (let at = from; at <= to; at += 5000) if (world(id, at) !== world(id, to)) return false;
    return world(id, to) !== 'ok';
  };
  const mistakes: string[] = [];
  const named = new Map<string, ReadonlySet<string>>();
  const ended = new Map<string, number>();
  for (const { channel, content } of messages) {
    const over = content.transitions.filter(({ kind }) => kind === 'resolved');
    for (const { incident } of content.transitions) named.delete(`${channel} ${incident.id}`);
    for (const { kind, incident } of content.transitions)
      if (kind === 'opened' || kind === 'changed') named.set(`${channel} ${incident.id}`, namesOf(incident));
    const isTold = (id: string): boolean =>
      [...named].some(([key, ids]) => key.startsWith(`${channel} `) && ids.has(id));
    for (const { kind, at, incident } of content.transitions) {
      if (kind !== 'opened') continue;
      for (const id of namesOf(incident)) {
        const endedAt = ended.get(`${channel} ${id}`);
        if (endedAt !== undefined && failsAlike(id, endedAt - minute, at))
          mistakes.push(`${channel}: ${id} is new at ${at} after its end at ${endedAt}`);
      }
    }
    for (const { at, incident } of over)
      for (const id of namesOf(incident)) {
        ended.set(`${channel} ${id}`, at);
        if (failsAlike(id, Math.max(incident.openedAt, at - 2 * minute), at) && !isTold(id))
          mistakes.push(`${channel}: ${id} fails at the end of ${incident.fingerprint} at ${at}`);
      }
  }
  return mistakes;
}

function namesOf({ members }: Incident): ReadonlySet<string> {
  return new Set(watchedOf(members));
}

/** By what each group read. */
function mistakesIn({ messages }: Rounds): readonly string[] {
  const mistakes: string[] = [];
  const known = new Map<string, number>();
  const named = new Map<string, readonly string[]>();
  for (const { channel, content } of messages) {
    for (const { kind, incident } of content.transitions) {
      const what = `${channel}: ${kind} ${incident.id} ${incident.fingerprint} ${incident.members.count}/${incident.members.of}`;
      const key = `${channel} ${incident.id}`;
      const before = known.get(key);
      if ((kind === 'opened') !== (before === undefined))
        mistakes.push(`${what} after ${before ?? 'nothing'}`);
      if (channel !== 'everybody' && incident.services.some((service) => service !== channel))
        mistakes.push(`${what} names ${incident.services.join(' ')}`);
      const names = named.get(key) ?? [];
      named.set(key, [...names, ...incident.services]);
      if (kind === 'resolved' && incident.services.some((one) => !names.includes(one)))
        mistakes.push(`${what} names ${incident.services.join(' ')} after ${names.join(' ')}`);
      if (kind !== 'resolved' && kind !== 'removed')
        known.set(key, Math.max(before ?? 0, incident.members.count));
      else {
        if (before !== undefined && incident.members.count < before)
          mistakes.push(`${what} although it was ${before}`);
        known.delete(key);
      }
      for (const { id } of incident.closes ?? [])
        if (!known.delete(`${channel} ${id}`)) mistakes.push(`${what} closes ${id}, which it does not know`);
    }
    const { totals } = content;
    if (totals.checks > 0 && totals.failing === 0 && (totals.open ?? 0) === 0) {
      const open = [...known.keys()].filter((key) => key.startsWith(`${channel} `));
      if (open.length > 0) mistakes.push(`${channel}: all is fine beside ${open.join()}`);
    }
  }
  return [...mistakes, ...[...known.keys()].map((key) => `${key} never ended`)];
}
