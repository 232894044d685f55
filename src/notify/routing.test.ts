import { describe, expect, it } from 'vitest';
import type { Incident } from '../model/incident.ts';
import type { RouteSettings } from '../model/settings.ts';
import { plainCalendar } from '../model/calendar.ts';
import { isQuietQueue, quietQueue } from '../model/message.ts';
import { destinationsFor } from './routing.ts';
import { scenarios } from './test-message/scenarios.ts';

const at = Date.UTC(2026, 2, 9, 12, 0);
const hour = 3_600_000;
const sample = scenarios.failure(at).transitions[0]!.incident;

function queues(incident: Partial<Incident>, routes: readonly RouteSettings[], time = at) {
  return destinationsFor({ ...sample, ...incident }, routes, time, plainCalendar).map(({ queue }) => queue);
}

describe('news of an incident go to the channels', () => {
  const orders = {
    services: ['orders'],
    tags: ['checkout'],
    severity: 'major',
    owners: ['zhangsan'],
  } as const;
  it.each<[string, Partial<Incident>, RouteSettings[], string[]]>([
    ['of a route without conditions, all of them', orders, [{ to: ['a', 'b'] }], ['a', 'b']],
    ['of each route that fits, each once', orders, [{ to: ['a'] }, { to: ['b', 'a'] }], ['a', 'b']],
    [
      'of its service',
      orders,
      [
        { to: ['a'], services: ['orders'] },
        { to: ['b'], services: ['users'] },
      ],
      ['a'],
    ],
    [
      'of its tag',
      orders,
      [
        { to: ['a'], tags: ['checkout', 'x'] },
        { to: ['b'], tags: ['x'] },
      ],
      ['a'],
    ],
    [
      'of its owner',
      orders,
      [
        { to: ['a'], owners: ['zhangsan'] },
        { to: ['b'], owners: ['lisi'] },
      ],
      ['a'],
    ],
    [
      'of its kind of cause',
      orders,
      [
        { to: ['a'], causes: ['operation'] },
        { to: ['b'], causes: ['origin', 'gateway'] },
      ],
      ['a'],
    ],
    [
      'for its severity and above',
      orders,
      [
        { to: ['a'], severity: 'minor' },
        { to: ['b'], severity: 'major' },
        { to: ['c'], severity: 'critical' },
      ],
      ['a', 'b'],
    ],
    ['whose every condition fits', orders, [{ to: ['a'], services: ['orders'], severity: 'critical' }], []],
    ['of no route when there is none', orders, [], []],
    [
      'of every service when it has none itself',
      { ...orders, services: [] },
      [{ to: ['a'], services: ['users'] }],
      ['a'],
    ],
    [
      'that were told when it was worse',
      { ...orders, severity: 'minor', told: { codes: [], severity: 'critical', members: 1 } },
      [{ to: ['a'], severity: 'critical' }],
      ['a'],
    ],
  ])('%s', (_, incident, routes, expected) => {
    expect(queues(incident, routes)).toEqual(expected);
  });
});

describe('a route for a time of day', () => {
  const office = [{ to: ['office'], when: [{ from: 9 * 60, to: 18 * 60 }] }];
  const evening = at + 8 * hour;

  it('takes what happens then, and leaves the rest', () => {
    expect(queues({}, office)).toEqual(['office']);
    expect(queues({ openedAt: evening }, office, evening)).toEqual([]);
  });
});

describe('quiet hours', () => {
  const quiet = [{ from: 11 * 60, to: 14 * 60 }];
  it('hold what is not critical, until they are over', () => {
    expect(destinationsFor(sample, [{ to: ['ops'], quiet }], at, plainCalendar)).toEqual([
      { queue: 'ops~quiet', notBefore: at + 2 * hour },
    ]);
  });

  it('hold nothing that is critical or was, nothing outside, and nothing that another route lets through', () => {
    expect(queues({ severity: 'critical' }, [{ to: ['ops'], quiet }])).toEqual(['ops']);
    expect(
      queues({ told: { codes: [], severity: 'critical', members: 1 } }, [{ to: ['ops'], quiet }]),
    ).toEqual(['ops']);
    expect(queues({}, [{ to: ['ops'], quiet }], at + 2 * hour)).toEqual(['ops']);
    expect(queues({}, [{ to: ['ops'], quiet }, { to: ['ops'] }])).toEqual(['ops']);
  });

  it('have a queue of their own', () => {
    expect([isQuietQueue(quietQueue('ops')), isQuietQueue('ops')]).toEqual([true, false]);
  });
});
