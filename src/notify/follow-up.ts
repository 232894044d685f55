import type { Acknowledgement } from '../model/silence.ts';
import { type FollowUps, type Incident, lastsSince, type Transition } from '../model/incident.ts';
import type { FollowUp } from '../model/message.ts';
import type { RouteSettings, Severity } from '../model/settings.ts';
import { routesFor } from './routing.ts';

export interface FollowUpInput {
  /** All open incidents after a cycle. */
  readonly open: readonly Incident[];
  /** What is told anyway: it needs no reminder now. */
  readonly transitions: readonly Transition[];
  readonly routes: readonly RouteSettings[];
  /** Epoch ms. */
  readonly at: number;
  /** Nothing is to be told of it: a silence or a maintenance window. */
  readonly isHushed: (incident: Incident) => boolean;
}

export interface FollowUpResult {
  /** The incidents as they are to be stored: what has been done is kept with them and not done again. */
  readonly open: readonly Incident[];
  /** The same transitions, of the incidents as they are in `open`. */
  readonly transitions: readonly Transition[];
  readonly followUps: readonly FollowUp[];
}

const hourMs = 3_600_000;
const slackMs = 60_000;
const dayMs = 24 * hourMs;
/** Since the beginning, then daily: often while it is fresh, seldom when everybody knows. */
const firstReminders: Readonly<Record<Severity, readonly number[]>> = {
  critical: [hourMs, 4 * hourMs, 12 * hourMs],
  major: [],
  minor: [],
};

/** Who has to hear again of what goes on, and who has to hear of what nobody takes care of. Pure. */
export function followUp(input: FollowUpInput): FollowUpResult {
  const toldNow = new Set(input.transitions.map(({ incident }) => incident.id));
  const followed = new Map<string, FollowUps>();
  const followUps: FollowUp[] = [];
  for (const incident of input.open.filter((one) => isWaiting(one, input))) {
    const before = incident.followUps ?? { reminders: 0, escalatedTo: [] };
    const reminders = remindersDue(incident.severity, input.at - lastsSince(incident));
    const to = escalationsDue(incident, input);
    const done = { reminders, escalatedTo: [...before.escalatedTo, ...to] };
    if (reminders > 0 || done.escalatedTo.length > 0) followed.set(incident.id, done);
    const after = { ...incident, followUps: done };
    const isDue = reminders > before.reminders && !toldNow.has(incident.id);
    if (isDue) followUps.push({ kind: 'reminder', at: input.at, incident: after });
    if (to.length > 0) followUps.push({ kind: 'escalation', at: input.at, incident: after, to });
  }
  const latest = (incident: Incident): Incident => {
    const done = followed.get(incident.id);
    return done === undefined || incident.state === 'resolved' ? incident : { ...incident, followUps: done };
  };
  return {
    open: input.open.map(latest),
    transitions: input.transitions.map((told) => ({ ...told, incident: latest(told.incident) })),
    followUps,
  };
}

/** Told, still firing, and nobody has said that they look after it. */
function isWaiting(incident: Incident, { at, isHushed }: FollowUpInput): boolean {
  const { state, told, inhibitedBy, acknowledged } = incident;
  if (state !== 'firing' || told === undefined || inhibitedBy !== undefined) return false;
  return (acknowledged === undefined || isOver(acknowledged, at)) && !isHushed(incident);
}

/** Also when it was said under a clock that has been set back since: nobody was meant to be quiet for so long. */
function isOver({ at: since, until }: Acknowledgement, at: number): boolean {
  return until <= at || since > at + slackMs;
}

/** How many reminders an incident of that age has had when none was left out. */
function remindersDue(severity: Severity, ageMs: number): number {
  const first = firstReminders[severity].filter((afterMs) => ageMs >= afterMs).length;
  return first + Math.max(0, Math.floor(ageMs / dayMs));
}

function escalationsDue(incident: Incident, { routes, at }: FollowUpInput): readonly string[] {
  const told = incident.followUps?.escalatedTo ?? [];
  const ageMs = at - lastsSince(incident);
  const due = routesFor(incident, routes)
    .flatMap((route) => route.escalate ?? [])
    .filter((step) => ageMs >= step.afterMs)
    .flatMap((step) => step.to);
  return [...new Set(due)].filter((channel) => !told.includes(channel));
}
