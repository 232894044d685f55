import { covers } from '../scope.ts';
import type { Check } from '../../model/check.ts';
import { type Incident, isSlowness } from '../../model/incident.ts';
import { asSlow, type Result, type Verdict } from '../../model/result.ts';

/** The open incident of which people know that tells of an operation that it is slow. */
export type SlowFinder = (check: Check, last: Result | undefined) => Incident | undefined;

/**
 * An operation of its own is slow until its incident ends, whatever it answered last; of many that are slow by one cause those are
 * that are named, and those whose last answer was over its objective.
 *
 * @param open Without suspicions.
 */
export function slowFinder(open: readonly Incident[]): SlowFinder {
  const slow = open
    .filter(({ fingerprint }) => isSlowness(fingerprint))
    .toSorted((a, b) => Number(b.cause.level === 'operation') - Number(a.cause.level === 'operation'));
  return (check, last) =>
    slow.find(
      ({ cause, members }) =>
        covers(cause, check) &&
        (cause.level === 'operation' ||
          members.worst.some(({ checkId }) => checkId === check.id) ||
          (last?.status !== undefined && last.phases.totalMs > check.latency.p95Ms)),
    );
}

/** How an operation is shown to be: one that answers as documented and is known to be slow is degraded. */
export function stateNow(last: Result | undefined, slow: Incident | undefined): Verdict | 'waiting' {
  if (last === undefined) return 'waiting';
  return last.verdict === 'pass' && slow !== undefined ? 'degraded' : last.verdict;
}

/** Results as they count in strips, reports and statistics: what people are told to be slow is degraded there as well. */
export function withSlowness(
  results: readonly Result[],
  checks: ReadonlyMap<string, Check>,
  open: readonly Incident[],
): readonly Result[] {
  const known = open.filter(({ state, fingerprint }) => state !== 'pending' && isSlowness(fingerprint));
  if (known.length === 0) return results;
  const slow = slowFinder(known);
  return results.map((result) => {
    const check = checks.get(result.checkId);
    const incident = check && slow(check, result);
    return incident === undefined ? result : asSlow(result, incident.reason.message);
  });
}
