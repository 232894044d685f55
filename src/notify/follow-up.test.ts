import { describe, expect, it } from 'vitest';
import type { Incident } from '../model/incident.ts';
import type { RouteSettings } from '../model/settings.ts';
import { followUp } from './follow-up.ts';
import { scenarios } from './test-message/scenarios.ts';

const at = Date.UTC(2026, 2, 9, 4, 0);
const hour = 3_600_000;
const minute = 60_000;
const sample = scenarios.outage(at).transitions[0]!.incident;
const told = { codes: [], severity: 'critical', members: 1 } as const;

function incident(ageMs: number, rest: Partial<Incident> = {}): Incident {
  return { ...sample, openedAt: at - ageMs, told, ...rest };
}

function follow(open: readonly Incident[], rest: Partial<Parameters<typeof followUp>[0]> = {}) {
  const routes = [{ to: ['ops'] }];
  return followUp({ open, transitions: [], routes, at, isHushed: () => false, ...rest });
}

/** Times (hours) at which one is reminded when a cycle is run every 15 minutes for three days. */
function remindedAt(rest: Partial<Incident>): readonly number[] {
  let open: readonly Incident[] = [{ ...sample, openedAt: at, told, ...rest }];
  const times: number[] = [];
  for (let ageMs = 0; ageMs <= 72 * hour; ageMs += 15 * minute) {
    const result = follow(open, { at: at + ageMs });
    open = result.open;
    times.push(...result.followUps.map(() => ageMs / hour));
  }
  return times;
}

describe('a reminder of what goes on', () => {
  it('comes after 1, 4 and 12 hours and then daily when it is critical', () => {
    expect(remindedAt({ severity: 'critical' })).toEqual([1, 4, 12, 24, 48, 72]);
  });

  it('counts from when it began to fail, where it was a warning before', () => {
    const warned = incident(9 * 24 * hour, {
      failingSince: at - hour,
      followUps: { reminders: 0, escalatedTo: [] },
    });
    expect(follow([warned]).followUps).toMatchObject([{ kind: 'reminder' }]);
    expect(follow([{ ...warned, failingSince: at - minute }]).followUps).toEqual([]);
  });

  it('comes daily when it is not', () => {
    expect(remindedAt({ severity: 'major' })).toEqual([24, 48, 72]);
    expect(remindedAt({ severity: 'minor' })).toEqual([24, 48, 72]);
  });

  it('comes once after the program was down for long', () => {
    const { open, followUps } = follow([incident(20 * hour)]);
    expect(followUps).toHaveLength(1);
    expect(open[0]?.followUps).toEqual({ reminders: 3, escalatedTo: [] });
    expect(follow(open).followUps).toEqual([]);
  });

  it.each<[string, Partial<Incident>, object]>([
    ['of which nobody has been told', { told: undefined }, {}],
    ['that is recovering', { state: 'recovering' }, {}],
    ['that a root cause explains', { inhibitedBy: 'origin:x' }, {}],
    ['that somebody looks after', { acknowledged: { by: 'a', at, until: at + 1 } }, {}],
    ['that is silenced', {}, { isHushed: () => true }],
  ])('does not come for one %s', (_, rest, input) => {
    const open = [incident(2 * hour, rest)];
    const result = follow(open, input);
    expect(result).toEqual({ open, transitions: [], followUps: [] });
  });

  it('comes when nobody looks after it any more', () => {
    expect(
      follow([incident(2 * hour, { acknowledged: { by: 'a', at: 0, until: at } })]).followUps,
    ).toHaveLength(1);
  });

  it('does not come beside news of it, nor right after', () => {
    const one = incident(hour);
    const { open, followUps } = follow([one], { transitions: [{ kind: 'changed', at, incident: one }] });
    expect(followUps).toEqual([]);
    expect(follow(open, { at: at + 15 * minute }).followUps).toEqual([]);
  });
});

describe('an escalation', () => {
  const routes: readonly RouteSettings[] = [
    {
      to: ['ops'],
      services: ['payments'],
      escalate: [
        { afterMs: 30 * minute, to: ['oncall'] },
        { afterMs: hour, to: ['boss', 'oncall'] },
      ],
    },
    { to: ['ops'], services: ['orders'], escalate: [{ afterMs: 0, to: ['others'] }] },
  ];
  const escalated = (open: readonly Incident[], time: number) => {
    const result = follow(open, { routes, at: time });
    return { open: result.open, to: result.followUps.flatMap((one) => one.to ?? []) };
  };

  it('tells the next ones when nobody has taken care in time, each once', () => {
    const early = escalated([{ ...incident(0), openedAt: at }], at + 29 * minute);
    const first = escalated(early.open, at + 30 * minute);
    const again = escalated(first.open, at + 45 * minute);
    const second = escalated(again.open, at + 60 * minute);
    const last = escalated(second.open, at + 75 * minute);
    expect([early.to, first.to, again.to, second.to, last.to]).toEqual([[], ['oncall'], [], ['boss'], []]);
    expect(last.open[0]?.followUps).toEqual({ reminders: 1, escalatedTo: ['oncall', 'boss'] });
  });

  it('does not happen when somebody takes care', () => {
    expect(escalated([incident(hour, { acknowledged: { by: 'a', at, until: at + 1 } })], at).to).toEqual([]);
  });
});
