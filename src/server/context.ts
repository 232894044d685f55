import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/logger.ts';
import type { Redactor } from '../kit/secret.ts';
import type { z } from 'zod';
import type { BodyOf, Endpoint, QueryOf, Role } from './api/endpoint.ts';
import { roles } from './api/endpoint.ts';
import type { Session } from './api/access.ts';
import type { endpoints } from './api/endpoints.ts';
import type { Board } from './board.ts';
import { HttpProblem } from './http-problem.ts';
import type { Patrol } from './port.ts';
import type { Prepared } from './prepared.ts';

/** Who asks. */
export interface Caller {
  /** As in the audit: `page:zhangsan`, `token:ci`, `cli:root`. */
  readonly name: string;
  readonly role: Role;
  readonly via: Session['via'];
  /** The role is for these sources alone; absent: for all. */
  readonly sources?: readonly string[];
  /** Hash of the session it came with. */
  readonly session?: string;
  readonly expiresAt?: number;
}

/** What handlers work with. */
export interface ServerContext {
  readonly patrol: Patrol;
  readonly board: Board;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  readonly version: string;
}

/** One request that has been found good. */
export interface Call<E extends Endpoint> {
  readonly context: ServerContext;
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
}

type Given<E extends Endpoint> = E extends { readonly answer: infer A extends z.ZodType }
  ? z.input<A> | Prepared
  : void;

export type Handler<E extends Endpoint> = (call: Call<E>) => Promise<Given<E>> | Given<E>;

/** A handler for every one of the named endpoints. */
export type Handlers<K extends keyof typeof endpoints> = {
  readonly [Key in K]: Handler<(typeof endpoints)[Key]>;
};

export function may({ role }: Caller, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

/** Whether what belongs to these sources is any business of the caller's. */
export function sees({ sources }: Caller, of: readonly string[]): boolean {
  return sources === undefined || of.some((one) => sources.includes(one));
}

export function notFound(what: string): HttpProblem {
  return new HttpProblem(404, `there is no ${what}`);
}
