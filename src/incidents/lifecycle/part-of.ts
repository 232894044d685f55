import type { Closed, Incident, Transition } from '../../model/incident.ts';
import type { CauseLevel } from '../../model/cause.ts';
import { isBroken } from './late.ts';
import { isUnsteadiness } from '../scope.ts';

/** What an evaluation has come to. */
interface Outcome {
  readonly transitions: readonly Transition[];
  readonly open: readonly Incident[];
}

/**
 * Whether people know it under a number of its own, and also the wider one that it turned out to be a part of: then its end is told
 * with that, as soon as all of that is over, and not before.
 */
export function isPartOf(incident: Incident, whole: Incident | undefined): boolean {
  if (whole === undefined || !isTold(incident) || !isTold(whole)) return false;
  return isOfFailing(incident) && isOfMany(whole) && isWider(whole, incident);
}

/**
 * What is well ends with the wider one that ends now, or goes on as a part of itself: the message about that names the numbers that are closed
 * by it. What still fails goes on under its own number.
 *
 * @param before As the evaluation began, under the names of now.
 */
export function closedWith(
  { transitions, open }: Outcome,
  before: readonly Incident[],
  now: number,
): Outcome {
  const wholes = new Map(before.map((one) => [one.fingerprint, one]));
  const going = new Set(open.flatMap((one) => (one.cause.level === 'operation' ? [] : [one.fingerprint])));
  const told = new Map(
    transitions.flatMap((one) => (isEndOfMany(one) ? [[one.incident.id, one] as const] : [])),
  );
  const closed = new Map<string, Incident[]>();
  for (const incident of open) {
    const whole = wholes.get(incident.inhibitedBy ?? '');
    const end = whole === undefined ? undefined : told.get(whole.id);
    if (whole === undefined || end === undefined || going.has(whole.fingerprint)) continue;
    if (incident.state !== 'recovering' || !isPartOf(incident, whole) || !isKnownToAll(incident, end))
      continue;
    closed.set(whole.id, [...(closed.get(whole.id) ?? []), incident]);
  }
  if (closed.size === 0) return { transitions, open };
  const ends = [...closed.values()].flat();
  const gone = new Set(ends);
  return {
    open: open.filter((one) => !gone.has(one)),
    transitions: [
      ...transitions.map((one) =>
        naming(one, told.get(one.incident.id) === one ? closed.get(one.incident.id) : undefined),
      ),
      ...ends.map((incident) => silentEnd(incident, now)),
    ],
  };
}

function isTold({ told, state }: Incident): boolean {
  return told !== undefined && state !== 'pending';
}

function isOfMany(incident: Incident): boolean {
  return incident.cause.level !== 'operation' && incident.cause.level !== 'self' && isOfFailing(incident);
}

/** Of services that fail with their host people hear for themselves when it is the host alone that is well again. */
function isWider({ cause }: Incident, { cause: of, fingerprint }: Incident): boolean {
  return isUnsteadiness(fingerprint) || levels.indexOf(cause.level) < levels.indexOf(of.level);
}

/** The widest first. */
const levels: readonly CauseLevel[] = ['origin', 'gateway', 'credential', 'document', 'service', 'operation'];

function isOfFailing(incident: Incident): boolean {
  return isBroken(incident) || isUnsteadiness(incident.fingerprint) || incident.cause.level === 'credential';
}

/** It is over, or it is said that one operation is left of it. */
function isEndOfMany({ kind, suppressed, left, incident }: Transition): boolean {
  if (suppressed !== undefined || left !== undefined) return false;
  return kind === 'resolved' || (kind === 'changed' && incident.narrowedAt !== undefined);
}

/** Whoever has heard of it hears of the wider one as well. */
function isKnownToAll({ heardBy = [] }: Incident, { incident: whole }: Transition): boolean {
  const channels = new Set(whole.heardBy?.map(({ channel }) => channel));
  return heardBy.every(({ channel }) => channels.has(channel));
}

function naming(transition: Transition, closed: readonly Incident[] | undefined): Transition {
  if (closed === undefined) return transition;
  const closes = closed.map(
    ({ id, heardBy }): Closed => ({
      id,
      ...(heardBy === undefined ? {} : { heardBy: heardBy.map(({ channel }) => channel) }),
    }),
  );
  return { ...transition, incident: { ...transition.incident, closes } };
}

function silentEnd(incident: Incident, now: number): Transition {
  const { inhibitedBy: _i, widest: _w, well: _l, unheard: _u, relieved: _r, ...rest } = incident;
  const ended = { ...rest, state: 'resolved', resolvedAt: now, version: incident.version + 1 } as const;
  return { kind: 'resolved', at: now, incident: ended, suppressed: { by: 'part' } };
}
