import { formatDuration } from '../lib/time/duration.ts';
import { sentence } from '../messages/sentence.ts';
import {
  failedUntil,
  type Incident,
  lastsSince,
  type Suppression,
  type Transition,
} from '../model/incident.ts';
import type { Sentence } from '../model/sentence.ts';
import { classOf } from './lifecycle/fault.ts';
import { bySeverity } from './observation.ts';

/**
 * Which rule was behind a transition, for a person who asks why.
 *
 * @param before The transition of the same incident before it.
 */
export function explain(transition: Transition, before: Transition | undefined): Sentence {
  const what = ruleOf(transition, before);
  const { suppressed } = transition;
  return suppressed === undefined ? what : sentence('notTold', { what, why: whyNotTold(suppressed) });
}

function ruleOf({ kind, incident, at }: Transition, before: Transition | undefined): Sentence {
  switch (kind) {
    case 'opened':
      return before === undefined
        ? opened(incident)
        : sentence('ruleStillThere', { why: incident.reason.message });
    case 'changed':
      return changed(incident, before?.incident);
    case 'resolved':
      return resolved(incident, at);
    case 'removed':
      return sentence('noLongerCalled');
  }
}

function resolved(incident: Incident, at: number): Sentence {
  const span = roughly(failedUntil(incident, at) - lastsSince(incident));
  const { flapping } = incident;
  return flapping === undefined
    ? sentence('worksAgain', { span })
    : sentence('worksAgainForGood', { times: flapping.times, span });
}

function opened(incident: Incident): Sentence {
  const how = howConcluded(incident);
  return sentence('ruleOpened', {
    severity: severitySentence(incident.severity),
    why: incident.reason.message,
    how: incident.flapping === undefined ? how : sentence('comesAndGoes', { how }),
  });
}

function howConcluded({ reason, members, failingCycles, cause }: Incident): Sentence {
  const how = failingCycles > 1 ? sentence('badInARow', { n: failingCycles }) : sentence('confirmedAtOnce');
  if (cause.level === 'operation' || reason.code === 'no-data') return how;
  return sentence('concludedFrom', { how, count: members.count, of: members.heard ?? members.of });
}

function changed(incident: Incident, before: Incident | undefined): Sentence {
  const { reason, severity, members } = incident;
  const why = reason.message;
  if (reason.code === 'no-data') return sentence('ruleNotLookedAt', { why });
  if (before === undefined) return sentence('ruleRemains', { why });
  const news = [
    ...(isSameReason(before, incident) ? [] : [sentence('ruleOtherReason', { why })]),
    ...(bySeverity(severity, before.severity) < 0
      ? [sentence('ruleSeverity', { severity: severitySentence(severity) })]
      : []),
    ...(members.count > before.members.count
      ? [sentence('ruleMore', { n: members.count, before: before.members.count })]
      : []),
  ];
  const [first, ...others] = news;
  return others.reduce<Sentence>((what, more) => sentence('saidBesides', { what, more }), first ?? why);
}

function isSameReason(before: Incident, { reason, status }: Incident): boolean {
  return before.reason.code === reason.code && classOf(before.status) === classOf(status);
}

function severitySentence(severity: Incident['severity']): Sentence {
  switch (severity) {
    case 'critical':
      return sentence('severityCritical');
    case 'major':
      return sentence('severityMajor');
    case 'minor':
      return sentence('severityMinor');
  }
}

function whyNotTold({ by, note = '' }: Suppression): Sentence {
  switch (by) {
    case 'silence':
      return sentence('notToldSilence', { note });
    case 'maintenance':
      return sentence('notToldMaintenance', { note });
    case 'flapping':
      return sentence('notToldFlapping', { note });
    case 'untold':
      return sentence('nobodyHadHeard');
    case 'part':
      return sentence('notToldPart');
  }
}

function roughly(ms: number): string {
  return formatDuration(Math.max(1000, Math.round(ms / 1000) * 1000));
}
