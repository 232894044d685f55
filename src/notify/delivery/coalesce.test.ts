import { describe, expect, it } from 'vitest';
import type { Incident, Transition, TransitionKind } from '../../model/incident.ts';
import type { MessageContent, OutboxEntry } from '../../model/message.ts';
import { foldHeld, foldMessages } from './coalesce.ts';
import { scenarios } from '../test-message/scenarios.ts';

const now = Date.UTC(2026, 2, 9, 4, 3);
const minute = 60_000;
const sample = scenarios.failure(now).transitions[0]!.incident;

function told(kind: TransitionKind, id: string, rest: Partial<Incident> = {}): Transition {
  return { kind, at: now, incident: { ...sample, id, ...rest } };
}

let keys = 0;
function entry(
  transitions: readonly Transition[],
  ageMs = 0,
  rest: Partial<MessageContent> = {},
): OutboxEntry {
  const content = { cycleId: 7, transitions, totals: { failing: 1, checks: 9 }, mentions: [], ...rest };
  return { dedupKey: `k${++keys}`, channel: 'ops', createdAt: now - ageMs, content };
}

const hour = [60 * minute, 45 * minute, 30 * minute, 15 * minute];
const inShort = (folded: OutboxEntry | undefined) =>
  folded?.content.transitions.map(({ kind, incident }) => `${kind} ${incident.id}.${incident.version}`);

describe('waiting messages', () => {
  it.each([
    ['are left alone when there is none', [], false],
    ['are left alone when there is one, however old', [60 * minute], false],
    ['are left alone when they are few and fresh', [9 * minute, 0, 0], false],
    ['are folded when they are many', [0, 0, 0, 0], true],
    ['are folded when the oldest has waited for long', [10 * minute, 0], true],
  ])('%s', (_, ages, isFolded) => {
    const folded = foldMessages(
      ages.map((age) => entry([told('opened', 'A')], age)),
      now,
    );
    expect(folded !== undefined).toBe(isFolded);
  });
});

it('is never made of real messages and a test message', () => {
  const waiting = [entry([], 60 * minute), entry([], 45 * minute, { isTest: true }), entry([])];
  expect(foldMessages(waiting, now)).toBeUndefined();
});

describe('a folded message', () => {
  it.each<[string, Transition[], string[]]>([
    ['tells once what is still as it began', [told('opened', 'A')], ['opened A.1']],
    [
      'tells the last state of what has changed since, as new',
      [told('opened', 'A'), told('changed', 'A', { version: 2 })],
      ['opened A.2'],
    ],
    [
      'tells what began and ended as a recovery',
      [told('opened', 'A'), told('changed', 'A', { version: 2 }), told('resolved', 'A', { version: 3 })],
      ['resolved A.3'],
    ],
    [
      'tells a change of what was known as a change',
      [told('changed', 'A', { version: 2 }), told('changed', 'A', { version: 3 })],
      ['changed A.3'],
    ],
    [
      'tells each incident',
      [told('opened', 'A'), told('opened', 'B', { severity: 'critical' }), told('resolved', 'C')],
      ['opened B.1', 'opened A.1', 'resolved C.1'],
    ],
  ])('%s', (_, transitions, expected) => {
    const folded = foldMessages(
      transitions.map((one, index) => entry([one], hour[index])).concat(entry([])),
      now,
    );
    expect(inShort(folded)).toEqual(expected);
  });

  it('says how many messages it stands for and since when, also when it is folded again', () => {
    const first = foldMessages(
      [entry([], 60 * minute), entry([], 45 * minute), entry([], 30 * minute)],
      now,
    )!;
    expect(first.content.folded).toEqual({ messages: 3, since: now - 60 * minute, at: now });
    const second = foldMessages([first, entry([], 15 * minute), entry([])], now);
    expect(second?.content.folded).toEqual({ messages: 5, since: now - 60 * minute, at: now });
  });

  it('has the totals and the time of the newest, and calls who is concerned by what is wrong now', () => {
    const folded = foldMessages(
      [
        entry([told('opened', 'A', { owners: ['a'] }), told('opened', 'B', { owners: ['b'] })], 60 * minute, {
          totals: { failing: 8, checks: 9 },
        }),
        entry([told('resolved', 'A', { owners: ['a'], version: 2 })], minute, {
          cycleId: 8,
          totals: { failing: 2, checks: 9 },
        }),
      ],
      now,
    );
    expect(folded).toMatchObject({
      createdAt: now - minute,
      channel: 'ops',
      content: { cycleId: 8, totals: { failing: 2, checks: 9 }, mentions: ['b'] },
    });
  });

  it('adds up what was only counted', () => {
    const folded = foldMessages(
      [
        entry([], 60 * minute, { omitted: { opened: 5 } }),
        entry([], minute, { omitted: { opened: 1, resolved: 4 } }),
      ],
      now,
    );
    expect(folded?.content.omitted).toEqual({ opened: 6, resolved: 4 });
  });

  it('has the same key for the same messages', () => {
    const waiting = [entry([], 60 * minute), entry([], minute)];
    expect(foldMessages(waiting, now)?.dedupKey).toBe(foldMessages(waiting, now + minute)?.dedupKey);
  });
});

describe('what waited until morning', () => {
  const reminder = (id: string, version: number) => ({
    kind: 'reminder' as const,
    at: now,
    incident: { ...sample, id, version },
  });

  it('is one message without what has been told since', () => {
    const waiting = [
      entry([told('opened', 'A'), told('opened', 'B')]),
      entry([told('changed', 'A', { version: 4 })]),
    ];
    const since = [
      entry([told('changed', 'A', { version: 2 })]),
      entry([told('resolved', 'A', { version: 3 })]),
    ];
    expect(inShort(foldHeld(waiting, since, now))).toEqual(['opened B.1', 'changed A.4']);
  });

  it('is nothing when all of it has been told since', () => {
    const since = [entry([told('resolved', 'A', { version: 2 })])];
    const held = foldHeld([entry([told('opened', 'A')], 0, { followUps: [reminder('A', 1)] })], since, now);
    expect([held?.content.transitions, held?.content.followUps]).toEqual([[], undefined]);
  });

  it('reminds once of what goes on, and not of what is told anyway', () => {
    const waiting = [
      entry([told('opened', 'A')], 0, { followUps: [reminder('B', 1), reminder('C', 1)] }),
      entry([told('resolved', 'C', { version: 2 })], 0, { followUps: [reminder('B', 1)] }),
    ];
    const held = foldHeld(waiting, [], now);
    expect(inShort(held)).toEqual(['opened A.1', 'resolved C.2']);
    expect(held?.content.followUps?.map(({ incident }) => incident.id)).toEqual(['B']);
  });

  it('tells what documents have broken behind the incidents, whose state of things it keeps', () => {
    const { breakingChanges, totals } = scenarios.changes(now);
    const waiting = [
      entry([told('opened', 'A')]),
      entry([], 0, { breakingChanges, totals }),
      entry([], 0, { breakingChanges, totals }),
    ];
    const held = foldHeld(waiting, [entry([told('opened', 'A')])], now);
    expect(held?.content).toMatchObject({
      transitions: [],
      totals: { failing: 1, checks: 9 },
      breakingChanges: [{ removed: 1 }, { removed: 1 }],
    });
  });

  it('is nothing when nothing waits', () => {
    expect(foldHeld([], [], now)).toBeUndefined();
  });
});
