import { describe, expect, it } from 'vitest';
import type { Incident, TransitionKind } from '../model/incident.ts';
import type { RouteSettings } from '../model/settings.ts';
import { addressesOf, newcomersTo } from './audience.ts';
import { tellReaders } from './messages/compose.ts';
import { scenarios } from './test-message/scenarios.ts';

const at = Date.UTC(2026, 2, 9, 12, 0);
const hour = 3_600_000;
const sample = scenarios.failure(at).transitions[0]!.incident;
const office: RouteSettings[] = [{ to: ['office'], when: [{ from: 9 * 60, to: 18 * 60 }] }];

function addressed(
  kind: TransitionKind,
  incident: Partial<Incident>,
  routes: readonly RouteSettings[],
  more: { readonly channels?: readonly string[]; readonly time?: number } = {},
): readonly string[] {
  const { channels = ['a', 'b', 'boss', 'ops', 'office'], time = at } = more;
  const told = { kind, at: time, incident: { ...sample, services: ['orders'], ...incident } };
  return addressesOf(told, { routes, channels, at: time }).map(
    (one) => `${one.kind} ${one.destination.queue}`,
  );
}

describe('the end of an incident', () => {
  const heardBy = [{ channel: 'a' }];
  it.each<[string, TransitionKind, RouteSettings[], readonly string[] | undefined, string[]]>([
    ['is told to whoever heard of the beginning', 'resolved', [{ to: ['a'] }], undefined, ['resolved a']],
    ['also when the route leads elsewhere by now', 'resolved', [{ to: ['b'] }], undefined, ['resolved a']],
    ['also when no route is left', 'removed', [], undefined, ['removed a']],
    ['to nobody when their channel is gone', 'resolved', [{ to: ['b'] }], ['b'], []],
  ])('%s', (_, kind, routes, channels, expected) => {
    const more = channels === undefined ? {} : { channels };
    expect(addressed(kind, { heardBy }, routes, more)).toEqual(expected);
  });

  it('waits for the end of quiet hours as the beginning did', () => {
    const quiet = [{ from: 11 * 60, to: 14 * 60 }];
    expect(addressed('resolved', { heardBy }, [{ to: ['a'], quiet }])).toEqual(['resolved a~quiet']);
  });

  it('of which nobody wrote down who heard goes by the routes as they were when it began', () => {
    const evening = at + 8 * hour;
    const followUps = { reminders: 1, escalatedTo: ['boss'] };
    expect(addressed('resolved', { openedAt: at }, office, { time: evening })).toEqual(['resolved office']);
    expect(addressed('resolved', { openedAt: evening }, office, { time: evening + hour })).toEqual([]);
    expect(addressed('resolved', { followUps }, [{ to: ['ops'] }])).toEqual([
      'resolved boss',
      'resolved ops',
    ]);
  });
});

it('what has changed begins for those who have heard nothing yet', () => {
  const heardBy = [{ channel: 'a' }];
  expect(addressed('changed', { heardBy }, [{ to: ['b'] }])).toEqual(['changed a', 'opened b']);
});

it('what goes on begins for whom a new route leads to, and not for the next shift', () => {
  const incident = { ...sample, heardBy: [{ channel: 'a' }], openedAt: at - 8 * hour };
  const newcomers = (routes: readonly RouteSettings[]) =>
    newcomersTo(incident, { routes, at }).map(({ queue }) => queue);
  expect(newcomers([{ to: ['a', 'b'] }])).toEqual(['b']);
  expect(newcomers(office)).toEqual([]);
});

it('writes down who has heard, those that it was escalated to as well', () => {
  const incident: Incident = { ...sample, services: ['orders'] };
  const asHeard = (heardBy?: Incident['heardBy']) =>
    tellReaders({
      transitions: heardBy === undefined ? [{ kind: 'opened', at, incident }] : [],
      followUps:
        heardBy === undefined
          ? []
          : [{ kind: 'escalation', at, incident: { ...incident, heardBy }, to: ['boss'] }],
      routes: [{ to: ['ops'], services: ['orders'] }],
      cycleId: 1,
      at,
      totals: () => ({ failing: 1, checks: 2 }),
    }).asHeard(incident).heardBy;
  expect(asHeard()).toMatchObject([{ channel: 'ops', services: ['orders'] }]);
  expect(asHeard([{ channel: 'ops', services: ['orders'] }])).toEqual([
    { channel: 'ops', services: ['orders'] },
    { channel: 'boss', named: ['orders'] },
  ]);
});
