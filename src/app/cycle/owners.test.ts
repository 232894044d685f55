import { afterEach, describe, expect, it } from 'vitest';
import { check } from '../../incidents/world.fixture.ts';
import { inEnglish } from '../../messages/in-language.ts';
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
      transitions.map(({ kind, at, incident: { members, services, reason, openedAt, resolvedAt = at } }) => ({
        at: (at - from) / second,
        what: `${kind} ${services.join(' ')} ${members.count}/${members.of}`,
        why: inEnglish(reason.message),
        lasted: (resolvedAt - openedAt) / second,
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
      expect(end?.at).toBeGreaterThan(healed + 9);
      expect(end?.at).toBeLessThan(healed + 30);
      expect(end?.lasted).toBeGreaterThan(healed);
      expect(end?.lasted).toBeLessThanOrEqual(end?.at ?? 0);
    }
  });
});
