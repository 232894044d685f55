import type { Incident } from '../../model/incident.ts';
import type { Evidence } from '../analysis.ts';
import type { Seen, Trouble } from '../observation.ts';
import { isBroken } from './late.ts';

/** Ids of checks that had failed when they were heard last before now. */
export function failedBefore({ known = [] }: Pick<Evidence, 'known'>): ReadonlySet<string> {
  return new Set(
    known.flatMap(({ checkId, verdict, reason }) =>
      verdict === 'fail' || reason.code === 'origin-down' ? [checkId] : [],
    ),
  );
}

/** Told of what many operations fail of, or because they are not what they are documented to be. */
export function isCommonFailure(incident: Incident): boolean {
  const { cause, told, verdict, fingerprint } = incident;
  const isOfMany = cause.level !== 'operation' && (isBroken(incident) || fingerprint.startsWith('mismatch:'));
  return isOfMany && incident.state !== 'pending' && told !== undefined && verdict === 'fail';
}

/**
 * Whether what fails now is what an incident was told of, whatever it comes to by now: operations of its services, none of which
 * has answered well in between.
 *
 * @param members The operations that fail now.
 * @param failed As `failedBefore`.
 */
export function goesOn(
  { services, members: { count }, widest }: Incident,
  now: Pick<Trouble, 'services'>,
  members: readonly Seen[],
  failed: ReadonlySet<string>,
): boolean {
  const ids = new Set(members.map(({ check }) => check.id));
  return (
    now.services.every((service) => services.includes(service)) &&
    ids.size <= Math.max(count, widest?.count ?? 0) &&
    [...ids].every((id) => failed.has(id))
  );
}
