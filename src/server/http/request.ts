import type { IncomingMessage } from 'node:http';
import type { Context, Hono } from 'hono';
import type { Caller } from '../caller.ts';

/** What middleware has found out about a request, and what the server tells of the connection it came over. */
export interface Variables {
  readonly Variables: {
    caller: Caller | undefined;
    /** Where the request comes from, also through proxies of ours; empty over the unix socket. */
    client: string;
  };
  readonly Bindings: {
    readonly incoming?: IncomingMessage;
    /** It came over the unix socket. */
    readonly local?: boolean;
  };
}

export type App = Hono<Variables>;
export type RequestContext = Context<Variables>;

/** `undefined`: over the unix socket. */
export function addressOf(request: RequestContext): string | undefined {
  return request.env.local === true ? undefined : (request.env.incoming?.socket.remoteAddress ?? '');
}
