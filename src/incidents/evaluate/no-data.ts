import { sentence } from '../../messages/sentence.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Evidence } from '../analysis.ts';
import { fromMembers, milder, type Observation, type Seen, type Trouble } from '../observation.ts';
import { commonReason, saysSomething } from '../root-cause/rules.ts';

/**
 * Services of which every result is unknown, for so long that somebody should know that nothing is being watched.
 * Cycles that were cut short, or of a few operations, say nothing about it; what has no token is told with its
 * credential.
 */
export function observeMute(seen: readonly Seen[], evidence: Evidence): readonly Observation[] {
  const called = seen.filter(
    ({ check, result }) =>
      result.reason.code !== 'interrupted' && evidence.scope?.includes(check.service) !== false,
  );
  const planned = groupBy(evidence.checks, ({ service }) => service);
  return [...groupBy(called, ({ check }) => check.service)].flatMap(
    ([service, own]): readonly Observation[] => {
      const fingerprint = `mute:${service}`;
      const isHeardOf = own.some((one) => isHeard(one));
      if (isHeardOf) return [{ kind: 'good', fingerprint }];
      if (own.length < (planned.get(service)?.length ?? 0) / 2) return [];
      return [{ kind: 'bad', fingerprint, trouble: troubleOf(service, own, fingerprint, evidence) }];
    },
  );
}

/** One that has never worked has its place on the set-up list. */
function isHeard(one: Seen): boolean {
  const { verdict, reason } = one.result;
  return saysSomething(one) || verdict === 'blocked' || reason.code === 'never-passed';
}

function troubleOf(
  service: string,
  own: readonly Seen[],
  fingerprint: string,
  { open, now, settings }: Evidence,
): Trouble {
  const before = open.find((incident) => incident.fingerprint === fingerprint);
  const members = fromMembers(
    own,
    own.map(({ check }) => check),
  );
  const isLong = now - (before?.openedAt ?? members.since) >= settings.noDataMs;
  const { code, message } = commonReason(own);
  return {
    ...members,
    cause: { level: 'service', subject: service },
    severity: milder(members.severity),
    verdict: 'degraded',
    subjectLabel: service,
    reason: {
      code: 'no-data',
      message: sentence('nothingKnown', { n: own.length, why: message }),
    },
    ...(code === 'made-up-value' ? { hint: sentence('lookAtCoverage') } : {}),
    evaluations: isLong ? 1 : Number.POSITIVE_INFINITY,
  };
}
