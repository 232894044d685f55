import { inEnglish } from '../messages/in-language.ts';
import { formatDuration } from '../lib/time/duration.ts';
import {
  failedUntil,
  type Incident,
  lastsSince,
  type Suppression,
  type Transition,
} from '../model/incident.ts';
import { classOf } from './lifecycle/fault.ts';
import { bySeverity } from './observation.ts';

/**
 * Which rule was behind a transition, for a person who asks why.
 *
 * @param before The transition of the same incident before it.
 */
export function explain(transition: Transition, before: Transition | undefined): string {
  return `${ruleOf(transition, before)}${transition.suppressed === undefined ? '' : notTold(transition.suppressed)}`;
}

function ruleOf({ kind, incident, at }: Transition, before: Transition | undefined): string {
  switch (kind) {
    case 'opened':
      return before === undefined ? opened(incident) : `still there: ${inEnglish(incident.reason.message)}`;
    case 'changed':
      return changed(incident, before?.incident);
    case 'resolved':
      return `works again${incident.flapping === undefined ? '' : `, and has stayed well; it came ${incident.flapping.times} times within hours`}; it lasted ${roughly(failedUntil(incident, at) - lastsSince(incident))}`;
    case 'removed':
      return 'no longer documented, or left out by the configuration';
  }
}

function opened({ reason, members, severity, failingCycles, flapping, cause }: Incident): string {
  const share =
    cause.level === 'operation' || reason.code === 'no-data'
      ? ''
      : `, concluded from ${members.count} of ${members.heard ?? members.of} operations that fail alike`;
  const times = failingCycles > 1 ? `bad ${failingCycles} times in a row` : 'confirmed at once';
  const comesAndGoes = flapping === undefined ? '' : '; it comes and goes';
  return `${severity}: ${inEnglish(reason.message)} (${times}${share}${comesAndGoes})`;
}

function changed(incident: Incident, before: Incident | undefined): string {
  const { reason, severity, members } = incident;
  if (reason.code === 'no-data') return `nobody could look at it for long: ${inEnglish(reason.message)}`;
  if (before === undefined)
    return `what remains of a common cause that is over: ${inEnglish(reason.message)}`;
  const news = [
    ...(isSameReason(before, incident) ? [] : [`another reason: ${inEnglish(reason.message)}`]),
    ...(before !== undefined && bySeverity(severity, before.severity) < 0 ? [`now ${severity}`] : []),
    ...(before !== undefined && members.count > before.members.count
      ? [`${members.count} operations instead of ${before.members.count}`]
      : []),
  ];
  return news.length === 0 ? inEnglish(reason.message) : news.join('; ');
}

function isSameReason(before: Incident | undefined, { reason, status }: Incident): boolean {
  return before?.reason.code === reason.code && classOf(before.status) === classOf(status);
}

function notTold({ by, note }: Suppression): string {
  switch (by) {
    case 'silence':
      return ` — not told: silence ${note ?? ''}`;
    case 'maintenance':
      return ` — not told: maintenance window ${note ?? ''}`;
    case 'flapping':
      return ` — not told: it comes and goes (${note ?? ''})`;
    case 'untold':
      return ' — not told: nobody had heard of it';
  }
}

function roughly(ms: number): string {
  return formatDuration(Math.max(1000, Math.round(ms / 1000) * 1000));
}
