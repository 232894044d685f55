import { groupBy } from '../kit/group-by.ts';
import type { Cause } from '../model/cause.ts';
import type { Result } from '../model/result.ts';
import type { Evidence } from './analysis.ts';
import { isOver, isStillOver } from './threshold.ts';
import { fromMembers, type Root, type Seen, type Trouble } from './observation.ts';
import { commonReason, foundNoAnswer, saysSomething } from './root-rules.ts';

const fingerprint = 'self:network';
const cause: Cause = { level: 'self', subject: 'network' };
const hint = 'check the network, DNS and proxy of the host that patrols, or what all these origins share';

/** Whether it is the patrol that hears nothing, and the results with that taken into account. */
export interface SelfView {
  /** Absent when nothing says anything about it. */
  readonly root?: Root;
  readonly seen: readonly Seen[];
}

/**
 * Nothing answers anywhere: more likely that we do not hear than that all have died. Then what found no answer is
 * unknown: it says nothing about those who were asked, and counts against nobody.
 */
export function lookAtOurselves(seen: readonly Seen[], evidence: Evidence): SelfView {
  const telling = seen.filter((one) => saysSomething(one) || isOurFault(one));
  const byOrigin = [...groupBy(telling, ({ check }) => check.origin).values()];
  if (byOrigin.length === 0) return { seen };
  const mute = byOrigin.filter((own) => own.every((one) => foundNoAnswer(one) || isOurFault(one)));
  if (!isBad(mute, byOrigin.length, evidence))
    return { seen, root: { cause, observation: { kind: 'good', fingerprint } } };
  return {
    seen: seen.map((one) => (foundNoAnswer(one) ? { ...one, result: excused(one.result) } : one)),
    root: {
      cause,
      observation: { kind: 'bad', fingerprint, trouble: trouble(mute, byOrigin.length, telling.length) },
    },
  };
}

/** The engine has asked the host's own network, and that was it. */
function isOurFault({ result }: Seen): boolean {
  return result.reason.code === 'self';
}

function isBad(mute: readonly (readonly Seen[])[], origins: number, evidence: Evidence): boolean {
  const { settings, selection = false, open } = evidence;
  const isOpen = open.some((incident) => incident.fingerprint === fingerprint);
  if (isOpen) return isStillOver(mute.length, origins, settings.self);
  if (selection) return false;
  const known = mute.flat().some(isOurFault);
  return isOver(mute.length, origins, known ? { ...settings.self, minChecks: 1 } : settings.self);
}

function trouble(mute: readonly (readonly Seen[])[], origins: number, of: number): Trouble {
  const affected = mute.flat();
  const own = affected.find(isOurFault);
  return {
    ...fromMembers(affected, of),
    cause,
    verdict: 'fail',
    subjectLabel: 'patrol',
    reason: {
      code: 'self',
      message: `${mute.length} of ${origins} origins find no answer: ${own?.result.reason.message ?? commonReason(affected).message}`,
    },
    hint,
    evaluations: 1,
  };
}

function excused(result: Result): Result {
  const { message } = result.reason;
  return {
    ...result,
    verdict: 'unknown',
    reason: { code: 'self', message: `no network on the side of the patrol: ${message}` },
  };
}
