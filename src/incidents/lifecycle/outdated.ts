import type { Incident } from '../../model/incident.ts';
import type { Evidence } from '../analysis.ts';
import { answeredAt, type Seen, watchedOf } from '../observation.ts';
import { isFailing } from '../root-cause/rules.ts';
import { covers } from '../scope.ts';

/**
 * Ids of common causes of which all that is found now is older than a good answer of one that failed with it: what a call was answered
 * that took long to be confirmed says how things were before, and that is no change for the worse.
 *
 * @param called The present calls.
 */
export function outdatedBy(
  called: readonly Seen[],
  { open, known = [] }: Pick<Evidence, 'open' | 'known'>,
): ReadonlySet<string> {
  const causes = open.filter(({ told, cause }) => told !== undefined && cause.level !== 'operation');
  const failing = causes.length === 0 ? [] : called.filter(isFailing);
  if (failing.length === 0) return new Set();
  const wellAt = new Map<string, number>();
  // That it was called after the last of these had failed is what counts.
  for (const { checkId, verdict, at } of [...known, ...called.map(({ result }) => result)])
    if (verdict === 'pass') wellAt.set(checkId, Math.max(at, wellAt.get(checkId) ?? -Infinity));
  const isOutdated = ({ cause, members }: Incident): boolean => {
    const own = failing.filter(({ check }) => covers(cause, check));
    const latest = Math.max(...own.map(({ result }) => answeredAt(result)));
    return own.length > 0 && watchedOf(members).some((id) => (wellAt.get(id) ?? -Infinity) > latest);
  };
  return new Set(causes.filter(isOutdated).map(({ id }) => id));
}
