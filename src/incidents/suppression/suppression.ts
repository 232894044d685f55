import { reasonSentence, whoSentence } from '../../messages/audited.ts';
import type { Sentence } from '../../model/sentence.ts';
import { sentence } from '../../messages/sentence.ts';
import { wildcard } from '../../lib/text/glob.ts';
import type { Check } from '../../model/check.ts';
import type { Incident, Suppression } from '../../model/incident.ts';
import type { IncidentMatcher, MaintenanceWindow, Silence } from '../../model/silence.ts';

/**
 * Why an incident is not to be told at `now`: the first silence or maintenance window that is about it.
 *
 * @param running The windows that run at `now`.
 */
export function hushAt(
  now: number,
  silences: readonly Silence[],
  running: readonly MaintenanceWindow[],
): (incident: Incident) => Suppression | undefined {
  const active = silences.filter(({ from, until }) => from <= now && now < until);
  return (incident) => {
    const silence = active.find(({ matcher }) => matchesIncident(matcher, incident));
    if (silence !== undefined) return { by: 'silence', note: noteOf(silence) };
    const window = running.find(({ matcher }) => matchesIncident(matcher, incident));
    return window === undefined ? undefined : { by: 'maintenance', note: window.name };
  };
}

function noteOf({ id, by, reason }: Silence): Sentence {
  return sentence('silenceNote', { id, by: whoSentence(by), reason: reasonSentence(by, reason) });
}

/** Whether a check is under maintenance while these run: what it finds is no evidence of how reliable it is. */
export function maintainedBy(running: readonly MaintenanceWindow[]): (check: Check) => boolean {
  return ({ service, tags, operation }) =>
    running.some(
      ({ matcher }) =>
        (matcher.services?.includes(service) ?? true) &&
        (matcher.tags === undefined || tags.some((tag) => matcher.tags?.includes(tag))) &&
        (matcher.levels?.includes('operation') ?? true) &&
        (matcher.subject === undefined || wildcard(matcher.subject)(operation)),
    );
}

/**
 * In case of doubt it does not match: what goes beyond the services or, for a root cause, the tags of the matcher is
 * better told than lost.
 */
export function matchesIncident(matcher: IncidentMatcher, incident: Incident): boolean {
  const { incident: id, services, tags, levels, subject } = matcher;
  const given = [id, services, tags, levels, subject].some((part) => part !== undefined);
  return (
    given &&
    (id === undefined || id.toUpperCase() === incident.id) &&
    (services === undefined || isWithin(incident.services, services)) &&
    (tags === undefined || hasTags(incident, tags)) &&
    (levels === undefined || levels.includes(incident.cause.level)) &&
    (subject === undefined || wildcard(subject)(incident.subjectLabel))
  );
}

function hasTags({ cause, tags }: Incident, wanted: readonly string[]): boolean {
  return cause.level === 'operation' ? tags.some((tag) => wanted.includes(tag)) : isWithin(tags, wanted);
}

function isWithin(own: readonly string[], wanted: readonly string[]): boolean {
  return own.length > 0 && own.every((word) => wanted.includes(word));
}
