import { type Incident, isSlowness } from '../../model/incident.ts';
import type { Result } from '../../model/result.ts';
import type { Evidence } from '../analysis.ts';
import { isCertificate } from '../evaluate/certificates.ts';
import { failedFirstAt, type Seen } from '../observation.ts';
import { isFailing, isMismatch, isUnsteadyAnswer, rootRules } from '../root-cause/rules.ts';
import { covers } from '../scope.ts';
import { isUnheardByUs, ownFingerprint } from '../root-cause/self-outage.ts';

/** Calls that began so long before the first one that is known to have failed belong to the same trouble. */
export const sameTimeMs = 60_000;

/**
 * Without what comes too late: a call that began before its operation answered otherwise, or before the trouble that it
 * shows was over, says how things were then. It neither begins anything nor turns what is well now.
 */
export function inTime(seen: readonly Seen[], evidence: Evidence): readonly Seen[] {
  const newest = new Map((evidence.known ?? []).map((result) => [result.checkId, result]));
  const ends = endsOf(evidence);
  return seen.filter(
    (one) =>
      !isOvertaken(one.result, newest.get(one.check.id), evidence.now) &&
      !troublesOf(one).some((fingerprint) => one.result.at <= (ends.get(fingerprint) ?? -Infinity)),
  );
}

/**
 * What answers only when asked again, because it was asked first while something was wrong of which an incident tells, is
 * how that ends; and what fails of which an incident of its own tells is told.
 */
export function ofKnown(seen: readonly Seen[], { open, ended = [] }: Evidence): readonly Seen[] {
  const troubles = [...open, ...ended].filter(isBroken);
  if (troubles.length === 0) return seen;
  const told = new Set(open.filter(isToldAlone).map(({ cause }) => cause.subject));
  return seen.map((one) => {
    if (isFailing(one) && told.has(one.check.id)) return { ...one, isOfKnown: true };
    if (one.result.reason.code !== 'flaky') return one;
    const failedAt = failedFirstAt(one.result);
    const isOfKnown = troubles.some(
      ({ cause, openedAt, resolvedAt = Infinity }) =>
        covers(cause, one.check) && failedAt >= openedAt - sameTimeMs && failedAt <= resolvedAt,
    );
    return isOfKnown ? { ...one, isOfKnown } : one;
  });
}

function isToldAlone({ cause, told, inhibitedBy, verdict }: Incident): boolean {
  return cause.level === 'operation' && verdict === 'fail' && told !== undefined && inhibitedBy === undefined;
}

/** Not answered, or not as it should be: unlike what is slow, differs, or comes and goes. */
export function isBroken({ cause: { level }, fingerprint, verdict, state }: Incident): boolean {
  const isKnown =
    level === 'origin' ||
    level === 'gateway' ||
    level === 'service' ||
    level === 'operation' ||
    isOfDocument({ fingerprint });
  const isOther =
    isSlowness(fingerprint) || isCertificate(fingerprint) || fingerprint.startsWith('unsteady:');
  return isKnown && !isOther && state !== 'pending' && (level !== 'operation' || verdict === 'fail');
}

/** Most operations of a document stopped keeping to it at once; that one can be read is another matter. */
export function isOfDocument({ fingerprint }: Pick<Incident, 'fingerprint'>): boolean {
  return fingerprint.startsWith('mismatch:');
}

/** Whether an operation that came to this may suffer from what is wrong with many. */
export function suffersFrom(incident: Pick<Incident, 'fingerprint'>, seen: Seen): boolean {
  return isFailing(seen) || (isOfDocument(incident) && isMismatch(seen));
}

/** The incident that an operation has of its own when it comes to this. */
export function ownFingerprintOf({ check, result }: Seen): string {
  return result.verdict === 'degraded' ? `degraded:${check.id}` : `operation:${check.id}`;
}

/** What lies ahead was found before the wall clock was put back: it is no newer. */
function isOvertaken({ at }: Result, newest: Result | undefined, now: number): boolean {
  if (newest === undefined || newest.at <= at || newest.at > now) return false;
  const { verdict } = newest;
  return verdict === 'pass' || verdict === 'degraded' || verdict === 'fail';
}

/** Fingerprint → when it has ended last (epoch ms). */
export function endsOf({ ended = [], now }: Pick<Evidence, 'ended' | 'now'>): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (const { fingerprint, resolvedAt } of ended) {
    if (resolvedAt === undefined || resolvedAt > now) continue;
    ends.set(fingerprint, Math.max(resolvedAt, ends.get(fingerprint) ?? resolvedAt));
  }
  return ends;
}

/** Fingerprints of what it may be a sign of. */
function troublesOf(one: Seen): readonly string[] {
  const { check, result } = one;
  if (result.verdict === 'pass') return [];
  const roots = rootRules.flatMap((rule) => {
    const subject = rule.subject(check);
    return subject !== undefined && rule.affected([one]).length > 0 ? [`${rule.prefix}:${subject}`] : [];
  });
  return [
    ...(isUnheardByUs(one) ? [ownFingerprint] : []),
    ...roots,
    ...(isUnsteadyAnswer(one) ? [`unsteady:${check.origin}`] : []),
    ...(isFailing(one) ? [`operation:${check.id}`] : []),
  ];
}
