import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/logger.ts';
import type { Redactor } from '../kit/secret.ts';
import type { z } from 'zod';
import type { BodyOf, Endpoint, QueryOf } from './api/endpoint.ts';
import type { endpoints } from './api/endpoints.ts';
import type { Board } from './board.ts';
import { HttpProblem } from './http-problem.ts';
import type { Patrol } from './port.ts';
import type { Caller } from './caller.ts';
import type { Identity } from './access/identity.ts';
import type { Prepared } from './prepared.ts';

/** What handlers work with. */
export interface ServerContext {
  readonly patrol: Patrol;
  readonly board: Board;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  readonly version: string;
  readonly configFile: string;
  readonly identity: Identity;
}

/** One request that has been found good. */
export interface Call<E extends Endpoint> {
  readonly context: ServerContext;
  readonly caller: Caller;
  /** Where it came from; empty over the unix socket. */
  readonly address: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
}

/** An answer that sets a cookie. */
export class WithCookie {
  readonly cookie: string;
  readonly answer: unknown;

  constructor(cookie: string, answer?: unknown) {
    this.cookie = cookie;
    this.answer = answer;
  }
}

type Given<E extends Endpoint> = E extends { readonly answer: infer A extends z.ZodType }
  ? z.input<A> | Prepared | WithCookie
  : void | WithCookie;

export type Handler<E extends Endpoint> = (call: Call<E>) => Promise<Given<E>> | Given<E>;

/** A handler for every one of the named endpoints. */
export type Handlers<K extends keyof typeof endpoints> = {
  readonly [Key in K]: Handler<(typeof endpoints)[Key]>;
};

/** @param hint What there is instead. */
export function notFound(what: string, hint?: string): HttpProblem {
  return new HttpProblem(404, `there is no ${what}`, hint === undefined ? {} : { hint });
}
