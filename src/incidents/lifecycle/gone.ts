import type { Incident } from '../../model/incident.ts';
import type { Cause, CauseLevel } from '../../model/cause.ts';
import type { Evidence } from '../analysis.ts';
import { fingerprintsOf, subjectsAmong } from '../scope.ts';

/** Named as removed, or without any check although the plans of all its services that are left are at hand. */
export function isGone({
  removedChecks,
  scope = [],
  planned = scope,
  configured,
  checks,
  documentProblems,
  budgets,
}: Evidence): (incident: Incident) => boolean {
  const removed = new Set(removedChecks.flatMap(fingerprintsOf));
  const known = new Set(planned);
  const unread = new Set(documentProblems?.map(({ documentId }) => documentId));
  let subjects: ReadonlyMap<CauseLevel, ReadonlySet<string>> | undefined;
  // Whoever has not read its documents does not know whether they are still there.
  const isRead = ({ level }: Cause, left: readonly string[]): boolean =>
    level !== 'document' ||
    (documentProblems !== undefined && left.every((service) => scope.includes(service)));
  const isPresent = ({ level, subject }: Cause): boolean => {
    subjects ??= subjectsAmong(checks);
    return subjects.get(level)?.has(subject) === true || (level === 'document' && unread.has(subject));
  };
  return ({ fingerprint, cause, services }) => {
    if (removed.has(fingerprint)) return true;
    if (fingerprint.startsWith('budget:'))
      return budgets?.objectives.every(({ name }) => name !== cause.subject) ?? false;
    if (services.length === 0) return false;
    const left = services.filter((service) => configured?.includes(service) ?? true);
    if (!left.every((service) => known.has(service))) return false;
    if (left.length === 0) return true;
    return cause.level !== 'self' && isRead(cause, left) && !isPresent(cause);
  };
}
