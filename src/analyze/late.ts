import type { Result } from '../model/result.ts';
import type { Evidence } from './analysis.ts';
import type { Seen } from './observation.ts';
import { isFailing, rootRules } from './root-rules.ts';
import { isUnheardByUs, ownFingerprint } from './self.ts';

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

/** What lies ahead was found before the wall clock was put back: it is no newer. */
function isOvertaken({ at }: Result, newest: Result | undefined, now: number): boolean {
  if (newest === undefined || newest.at <= at || newest.at > now) return false;
  const { verdict } = newest;
  return verdict === 'pass' || verdict === 'degraded' || verdict === 'fail';
}

/** Fingerprint → when it has ended last (epoch ms). */
function endsOf({ ended = [], now }: Evidence): ReadonlyMap<string, number> {
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
    ...(isFailing(one) ? [`operation:${check.id}`] : []),
  ];
}
