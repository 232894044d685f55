import { channelOf } from '../../model/message.ts';
import type { Incident } from '../../model/incident.ts';
import { concerning } from '../../model/members.ts';
import type { Story } from '../../store/store.ts';
import type { Realm } from './realm.ts';
import {
  countVerdicts,
  type CycleStatistics,
  type ServiceStatistics,
  successRateOf,
  unreachedIn,
} from '../../model/cycle.ts';
import type { Settings } from '../../model/settings.ts';
import type { Verdict } from '../../model/result.ts';
import { matchesIncident } from '../../incidents/suppression/suppression.ts';
import type { IncidentMatcher, MaintenanceWindow, Silence } from '../../model/silence.ts';

/** What a narrowed incident is a part of. */
const wholes = new WeakMap<Incident, Incident>();

export function wholeOf(incident: Incident): Incident {
  return wholes.get(incident) ?? incident;
}

/**
 * What a realm sees of an incident. One that touches other services as well, such as the failure of a gateway, shows that
 * it is there, why, and which operations of the realm it hits.
 */
export function partOf(incident: Incident, realm: Realm): Incident {
  if (realm.owns(incident.services)) return incident;
  const own = concerning(incident, realm.part(incident.services));
  const { hint: _hint, expected: _e, found: _f, curl: _c, history: _h, followUps: _u, ...shared } = own;
  const worst = own.members.worst.filter(({ service }) => realm.sees([service]));
  const part = { ...shared, tags: [], owners: [], members: { ...own.members, worst } };
  wholes.set(part, incident);
  return part;
}

export function storyFor(story: Story, realm: Realm): Story {
  return {
    incident: partOf(story.incident, realm),
    transitions: story.transitions.map(({ suppressed, ...one }) => ({
      ...one,
      incident: partOf(one.incident, realm),
      // The note is the text of a silence, which may be about more.
      ...(suppressed === undefined ? {} : { suppressed: { by: suppressed.by } }),
    })),
    messages: story.messages.filter(({ channel }) => realm.seesChannel(channelOf(channel))),
    audit: story.audit,
  };
}

/** What a cycle came to for the services of a realm; `undefined`: it was about others. */
export function cyclePart(
  cycle: CycleStatistics,
  realm: Realm,
  settings: Settings,
): CycleStatistics | undefined {
  const own = Object.entries(cycle.byService).filter(([service]) => realm.sees([service]));
  if (own.length === 0) return undefined;
  const { cycleId, outcome, dueAt, startedAt, durationMs, latenessMs, missed, heldUp } = cycle;
  const parts = own.map(([, part]) => part);
  const counts = summed(parts);
  const successRate = successRateOf(counts);
  // Percentiles of several services do not add up.
  const latency = parts.length === 1 ? parts[0]?.latency : undefined;
  const objectives = new Map((settings.slo ?? []).map(({ name, services }) => [name, services]));
  return {
    cycleId,
    outcome,
    dueAt,
    startedAt,
    durationMs,
    latenessMs,
    missed,
    checked: parts.reduce((sum, { checked }) => sum + checked, 0),
    ...unreachedIn(parts),
    // Of several services it is not known whose they are.
    ...(heldUp === undefined || own.length < Object.keys(cycle.byService).length ? {} : { heldUp }),
    counts,
    successRate,
    latency,
    byService: Object.fromEntries(own),
    budgets: cycle.budgets?.filter(({ objective }) => realm.owns(objectives.get(objective))),
  };
}

function summed(parts: readonly ServiceStatistics[]): Record<Verdict, number> {
  const sum = countVerdicts([]);
  for (const { counts } of parts)
    for (const verdict of Object.keys(sum) as Verdict[]) sum[verdict] += counts[verdict];
  return sum;
}

/** In place of what somebody wrote about other services, too. */
const withheld = '…';

/**
 * What a realm sees of a silence: all of one that is about its services, that there is one where it is about others as
 * well, nothing of the rest. One that names no services is seen where it keeps something of the realm quiet.
 *
 * @param open Incidents of the realm, whole.
 */
export function silencePart(silence: Silence, realm: Realm, open: readonly Incident[]): Silence | undefined {
  const { services } = silence.matcher;
  if (realm.owns(services)) return silence;
  const concerns =
    services === undefined
      ? open.some((incident) => matchesIncident(silence.matcher, incident))
      : realm.sees(services);
  if (!concerns) return undefined;
  return { ...silence, matcher: matcherPart(silence.matcher, realm), reason: withheld };
}

export function windowPart(window: MaintenanceWindow, realm: Realm): MaintenanceWindow | undefined {
  const { services } = window.matcher;
  if (services === undefined || realm.owns(services)) return window;
  if (!realm.sees(services)) return undefined;
  return { ...window, name: withheld, matcher: matcherPart(window.matcher, realm) };
}

function matcherPart(matcher: IncidentMatcher, realm: Realm): IncidentMatcher {
  const { services, levels } = matcher;
  if (services === undefined) return matcher;
  return { services: realm.part(services), levels };
}
