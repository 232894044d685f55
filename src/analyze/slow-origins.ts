import { groupBy } from '../kit/group-by.ts';
import type { Cause } from '../model/cause.ts';
import type { Check } from '../model/check.ts';
import type { Evidence } from './analysis.ts';
import { fromMembers, milder, type Root, type Seen, type Trouble } from './observation.ts';
import type { DriftState } from './drift.ts';
import { OpenRoots } from './open-roots.ts';
import { isOver, isStillOver } from './threshold.ts';

const slowness = { prefix: 'slow', subject: ({ origin }: Check) => origin };

/**
 * Most of an origin is over its objectives, or slower than usual, at once: many samples, so one cycle is proof
 * enough.
 */
export function observeSlowOrigins(
  seen: readonly Seen[],
  drifts: ReadonlyMap<string, DriftState>,
  evidence: Evidence,
): readonly Root[] {
  const answered = seen.filter(({ result }) => result.status !== undefined && result.verdict !== 'fail');
  const open = new OpenRoots(evidence);
  return [...groupBy(answered, ({ check }) => check.origin)].flatMap(([subject, own]): readonly Root[] => {
    const fingerprint = `slow:${subject}`;
    const part = open.partOf(slowness, subject, own);
    const cause: Cause = { level: 'origin', subject };
    const slow = own.filter(
      ({ check, result }) =>
        result.phases.totalMs > check.latency.p95Ms || drifts.get(check.id)?.kind === 'drifted',
    );
    const threshold = evidence.settings.slowOrigin;
    const bad =
      part !== undefined
        ? isStillOver(slow.length, own.length, threshold)
        : evidence.selection !== true && isOver(slow.length, own.length, threshold);
    if (!bad) return part?.isOfOthers === true ? [] : [{ cause, observation: { kind: 'good', fingerprint } }];
    const trouble = slowTrouble(cause, slow, own);
    const members = part?.isSmall === true ? part.before.members : trouble.members;
    return [{ cause, observation: { kind: 'bad', fingerprint, trouble: { ...trouble, members } } }];
  });
}

function slowTrouble(cause: Cause, slow: readonly Seen[], own: readonly Seen[]): Trouble {
  const members = fromMembers(slow, own.length);
  return {
    ...members,
    cause,
    severity: milder(members.severity),
    verdict: 'degraded',
    subjectLabel: cause.subject,
    reason: {
      code: 'latency',
      message: `${slow.length} of ${own.length} operations answer slower than their objective, or than they usually do`,
    },
    evaluations: 1,
  };
}
