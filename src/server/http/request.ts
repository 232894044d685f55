import type { IncomingMessage } from 'node:http';
import type { Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import type { Language } from '../../model/settings.ts';
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

/** In which language whoever asks would read the answer; programs that do not say get English. */
export function languageOf(request: RequestContext): Language {
  const wanted = accepts(request, {
    header: 'Accept-Language',
    supports: ['en', 'zh'],
    default: 'en',
    match: (languages, { supports, default: other }) =>
      languages
        .filter(({ q }) => q > 0)
        .toSorted((a, b) => b.q - a.q)
        .map(({ type }) => type.slice(0, 2).toLowerCase())
        .find((type) => supports.includes(type)) ?? other,
  });
  return wanted === 'zh' ? 'zh' : 'en';
}

/** The token of an `Authorization` header (RFC 6750, section 2.1). */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

/** The value of a cookie in a `Cookie` header. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.trim().split('=');
    if (key === name && value !== undefined && value !== '') return value;
  }
  return undefined;
}
