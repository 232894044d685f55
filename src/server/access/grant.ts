import { type Role, roles, type Scope } from '../api/roles.ts';

/** What somebody may do, about which services (absent: all), and for what alone (absent: all that the role may). */
export interface Grant {
  readonly role: Role;
  readonly services?: readonly string[];
  readonly scopes?: readonly Scope[];
}

/** Whether whoever has `own` may give `other`: nobody gives more than they have. */
export function covers(own: Grant, other: Grant): boolean {
  return (
    roles.indexOf(own.role) >= roles.indexOf(other.role) &&
    isPart(other.services, own.services) &&
    isPart(other.scopes, own.scopes)
  );
}

/** Absent: all of them. */
export function isPart<T>(part: readonly T[] | undefined, whole: readonly T[] | undefined): boolean {
  return whole === undefined || (part !== undefined && part.every((one) => whole.includes(one)));
}
