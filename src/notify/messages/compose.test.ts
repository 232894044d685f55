import { describe, expect, it } from 'vitest';
import { all, check, World } from '../../incidents/world.fixture.ts';
import type { Incident, Transition, TransitionKind } from '../../model/incident.ts';
import type { FollowUp } from '../../model/message.ts';
import type { RouteSettings } from '../../model/settings.ts';
import { compose } from './compose.ts';
import { scenarios } from '../test-message/scenarios.ts';

const at = Date.UTC(2026, 2, 9, 4, 3);
const sample = scenarios.failure(at).transitions[0]!.incident;
const totals = { failing: 1, checks: 48 };

function told(kind: TransitionKind, rest: Partial<Incident> = {}): Transition {
  return { kind, at, incident: { ...sample, ...rest } };
}

function composed(transitions: readonly Transition[], routes: readonly RouteSettings[] = [{ to: ['ops'] }]) {
  return compose({ transitions, routes, cycleId: 7, at, totals: () => totals });
}

describe('what one cycle has to tell', () => {
  it('is nothing when nothing happened', () => {
    expect(composed([])).toEqual([]);
  });

  it('leaves out what is kept for the record only', () => {
    const silenced = { ...told('opened', { id: 'A' }), suppressed: { by: 'silence' } as const };
    expect(composed([silenced])).toEqual([]);
    expect(composed([silenced, told('opened', { id: 'B' })])[0]?.content.transitions).toHaveLength(1);
  });

  it('is one message for each channel, whatever happened', () => {
    const entries = composed(
      [told('opened', { id: 'A' }), told('resolved', { id: 'B', services: ['users'] })],
      [{ to: ['ops'] }, { to: ['team'], services: ['users'] }],
    );
    expect(
      entries.map((entry) => [entry.channel, entry.content.transitions.map((t) => t.incident.id)]),
    ).toEqual([
      ['ops', ['A', 'B']],
      ['team', ['B']],
    ]);
    expect(entries[0]).toMatchObject({ createdAt: at, content: { cycleId: 7, totals } });
  });

  it('is told with the worst first and good news last', () => {
    const [entry] = composed([
      told('removed', { id: 'gone' }),
      told('resolved', { id: 'well', severity: 'critical' }),
      told('opened', { id: 'minor', severity: 'minor' }),
      told('changed', { id: 'still' }),
      told('opened', { id: 'later', openedAt: at }),
      told('opened', { id: 'first', openedAt: at - 1 }),
      told('opened', { id: 'big', members: { count: 9, of: 9, worst: [] } }),
      told('opened', { id: 'worst', severity: 'critical' }),
    ]);
    expect(entry?.content.transitions.map((t) => t.incident.id)).toEqual([
      'worst',
      'big',
      'first',
      'later',
      'still',
      'minor',
      'well',
      'gone',
    ]);
  });

  it('lists 200 incidents at the most and counts the others', () => {
    const opened = Array.from({ length: 210 }, (_, index) => told('opened', { id: `F${index}` }));
    const resolved = Array.from({ length: 5 }, (_, index) => told('resolved', { id: `R${index}` }));
    const [entry] = composed([...resolved, ...opened]);
    expect(entry?.content.transitions).toHaveLength(200);
    expect(entry?.content.omitted).toEqual({ opened: 10, resolved: 5 });
  });
});

describe('what goes on', () => {
  const follow = (kind: 'reminder' | 'escalation', id: string, to?: string[]) => {
    const incident = { ...sample, id, followUps: { reminders: 1, escalatedTo: to ?? [] } };
    return { kind, at, incident, to };
  };
  const follows = (followUps: readonly FollowUp[], transitions: readonly Transition[] = []) =>
    compose({ transitions, followUps, routes: [{ to: ['ops'] }], cycleId: 7, at, totals: () => totals }).map(
      (entry) => [
        entry.channel,
        entry.content.transitions.map((one) => one.incident.id),
        (entry.content.followUps ?? []).map((one) => `${one.kind} ${one.incident.id}`),
      ],
    );

  it('is told in the same message as what is new, or in one of its own', () => {
    expect(follows([follow('reminder', 'A')], [told('opened', { id: 'B' })])).toEqual([
      ['ops', ['B'], ['reminder A']],
    ]);
    expect(follows([follow('reminder', 'A')])).toEqual([['ops', [], ['reminder A']]]);
  });

  it('is told to others when nobody takes care, and then not reminded of beside it', () => {
    expect(follows([follow('reminder', 'A'), follow('escalation', 'A', ['boss', 'ops'])])).toEqual([
      ['ops', [], ['escalation A']],
      ['boss', [], ['escalation A']],
    ]);
  });

  it('has a key of its own for each time, and the same when it is replayed', () => {
    const key = (reminders: number) => {
      const one = {
        kind: 'reminder' as const,
        at,
        incident: { ...sample, followUps: { reminders, escalatedTo: [] } },
      };
      return compose({
        transitions: [],
        followUps: [one],
        routes: [{ to: ['ops'] }],
        cycleId: reminders,
        at,
        totals: () => totals,
      })[0]?.dedupKey;
    };
    expect(key(1)).toBe(key(1));
    expect(key(2)).not.toBe(key(1));
  });

  it('calls its owners', () => {
    const [entry] = compose({
      transitions: [],
      followUps: [follow('reminder', 'A')],
      routes: [{ to: ['ops'] }],
      cycleId: 7,
      at,
      totals: () => totals,
    });
    expect(entry?.content.mentions).toEqual(['zhangsan']);
  });
});

describe('what is one other service’s by now', () => {
  const note = { checkId: 'u', label: 'GET /u', service: 'users', message: 'HTTP 502' };
  const routes = [
    { to: ['orders'], services: ['orders'] },
    { to: ['users'], services: ['users'] },
  ];
  const narrowed = {
    services: ['orders', 'users'],
    cause: { level: 'service', subject: 'users' },
    subjectLabel: 'users',
    members: { count: 6, of: 6, worst: [note] },
    heardBy: routes.map(({ to: [channel = ''], services }) => ({ channel, services })),
  } as const;
  const shares = ['orders', 'users'].map((service) => ({
    service,
    count: 3,
    of: 3,
    worst: [{ ...note, service }],
  }));

  it('is told and reminded of to nobody else', () => {
    const follow = { kind: 'reminder', at, incident: { ...sample, ...narrowed, id: 'B' } } as const;
    const circumstances = { routes, cycleId: 7, at, totals: () => totals };
    for (const news of [
      { transitions: [told('changed', narrowed)] },
      { transitions: [], followUps: [follow] },
      { transitions: [], ongoing: [{ ...sample, ...narrowed, heardBy: [] }] },
    ])
      expect(compose({ ...news, ...circumstances }).map(({ channel }) => channel)).toEqual(['users']);
  });

  it('ends for whoever knew of it as what it was to them', () => {
    const whole = { ...narrowed, members: { count: 6, of: 6, worst: [note], shares } };
    const ends = composed([told('resolved', whole)], routes).map(({ channel, content: { transitions } }) => {
      const { cause, subjectLabel, services, members } = transitions[0]?.incident ?? sample;
      return [channel, cause.subject, subjectLabel, services.join(), members.count];
    });
    expect(ends).toEqual([
      ['orders', 'orders', 'orders', 'orders', 3],
      ['users', 'users', 'users', 'users', 3],
    ]);
  });

  it('ends so for owners as well', () => {
    const owned = shares.map((share) => ({ ...share, owners: [`${share.service}-team`] }));
    const heardBy = owned.map(({ service, owners }) => ({ channel: service, owners }));
    const whole = { ...narrowed, heardBy, members: { count: 6, of: 6, worst: [note], shares, owned } };
    const ends = composed([told('resolved', whole)], []).map(({ channel, content: { transitions } }) => {
      const { subjectLabel, services, members } = transitions[0]?.incident ?? sample;
      return [channel, subjectLabel, services.join(), members.count];
    });
    expect(ends).toEqual([
      ['orders', 'orders', 'orders', 3],
      ['users', 'users', 'users', 3],
    ]);
  });
});

describe('quiet hours', () => {
  const quiet = [{ from: 22 * 60, to: 8 * 60 }];
  const calendar = { timeZone: 'Asia/Shanghai', holidays: [], workdays: [] };
  const night = Date.UTC(2026, 2, 9, 15, 30);
  const atNight = (transitions: readonly Transition[]) =>
    compose({
      transitions,
      routes: [{ to: ['ops'], quiet }],
      calendar,
      cycleId: 7,
      at: night,
      totals: () => totals,
    }).map((entry) => [
      entry.channel,
      entry.notBefore === undefined ? undefined : new Date(entry.notBefore).toISOString(),
      entry.content.transitions.map((one) => one.incident.id),
    ]);

  it('let what is critical through and keep the rest until they are over', () => {
    expect(atNight([told('opened', { id: 'A' }), told('opened', { id: 'B', severity: 'critical' })])).toEqual(
      [
        ['ops~quiet', '2026-03-10T00:00:00.000Z', ['A']],
        ['ops', undefined, ['B']],
      ],
    );
  });
});

describe('who is called', () => {
  it.each<[string, Transition[], string[]]>([
    [
      'the owners of what is wrong, each once',
      [told('opened', { owners: ['a', 'b'] }), told('changed', { owners: ['b', 'c'] })],
      ['a', 'b', 'c'],
    ],
    ['nobody for good news', [told('resolved', { owners: ['a'] }), told('removed', { owners: ['b'] })], []],
    ['nobody for minor things', [told('opened', { owners: ['a'], severity: 'minor' })], []],
  ])('%s', (_, transitions, mentions) => {
    expect(composed(transitions)[0]?.content.mentions).toEqual(mentions);
  });
});

describe('the key of a message', () => {
  const key = (transitions: readonly Transition[], channel = 'ops') =>
    composed(transitions, [{ to: [channel] }])[0]?.dedupKey;
  const base = [told('opened', { id: 'A' }), told('opened', { id: 'B' })];

  it('is the same for the same things in another order or at another time', () => {
    const replayed = base.toReversed().map((t) => ({ ...t, at: at + 1 }));
    expect(key(replayed)).toBe(key(base));
  });

  it.each<[string, readonly Transition[], string]>([
    ['another channel', base, 'team'],
    ['one incident more', [...base, told('opened', { id: 'C' })], 'ops'],
    ['the next version of an incident', [base[0]!, told('opened', { id: 'B', version: 2 })], 'ops'],
    [
      'another incident with the same id',
      [base[0]!, told('opened', { id: 'B', openedAt: at + 60_000 })],
      'ops',
    ],
    ['another turn of an incident', [base[0]!, told('resolved', { id: 'B' })], 'ops'],
  ])('is another one for %s', (_, transitions, channel) => {
    expect(key(transitions, channel)).not.toBe(key(base));
  });
});

describe('operations of several owners in one service', () => {
  const ten = Array.from({ length: 10 }, (_, no) => check(`c${no}`, { owners: [no < 4 ? 'anna' : 'bert'] }));
  const routes = [{ to: ['anna'], owners: ['anna'] }, { to: ['bert'], owners: ['bert'] }, { to: ['all'] }];

  it('are told to each group as its own, at the beginning as at the end', () => {
    const world = new World(ten);
    const begun = world.play({ results: { ...all(ten, 'fail 500'), c9: 'ok' } }).transitions;
    const over = world.play({ results: all(ten, 'ok') }).transitions;
    for (const transitions of [begun, over]) {
      const entries = composed(transitions, routes);
      const told = entries.map(({ channel, content }) => {
        const [first] = content.transitions;
        const { count, of, worst } = first?.incident.members ?? { worst: [] };
        return [channel, count, of, worst[0]?.label, content.mentions];
      });
      const calls = (whose: readonly string[]) => (transitions === begun ? whose : []);
      expect(told).toEqual([
        ['anna', 4, 4, 'GET /c0', calls(['anna'])],
        ['bert', 5, 6, 'GET /c4', calls(['bert'])],
        ['all', 9, 10, 'GET /c0', calls(['anna', 'bert'])],
      ]);
    }
  });
});
