import type { Session } from './api/access.ts';
import { type Role, roles, type Scope } from './api/roles.ts';

/** Who asks. */
export interface Caller {
  /** As in the audit: `page:zhangsan`, `token:ci`, `cli:root`. */
  readonly name: string;
  readonly role: Role;
  readonly via: Session['via'];
  /** The role is for these services alone; absent: for all. */
  readonly services?: readonly string[];
  /** Of a token that was made for these alone; absent: for all that the role may. */
  readonly scopes?: readonly Scope[];
  /** Id of the API token it came with. */
  readonly token?: string;
  /** The token was made while nobody had to sign in, as nobody has to now. */
  readonly isUnclaimed?: true;
  /** Hash of the session it came with. */
  readonly session?: string;
  readonly expiresAt?: number;
}

export function may({ role }: Caller, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
