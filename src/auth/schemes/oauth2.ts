import * as openid from 'openid-client';
import { isObject } from '../../model/json.ts';
import { headerOf, parseJson, refusalOf } from '../refusal.ts';
import type { SchemeContext, SchemeResponse, TokenOutcome } from '../scheme.ts';
import { describe } from '../send.ts';

/** One exchange with an authorization server, and what it last answered: the source of every error message. */
export interface Exchange {
  readonly fetch: openid.CustomFetch;
  last(): { readonly what: string; readonly response: SchemeResponse } | undefined;
}

/** Lets the OAuth2 library send through the bounded sender. */
export function exchangeOver(context: SchemeContext): Exchange {
  let last: ReturnType<Exchange['last']>;
  return {
    last: () => last,
    fetch: async (url, options) => {
      const request = {
        method: options.method as 'GET' | 'POST',
        url,
        headers: options.headers,
        ...(options.body === null || options.body === undefined ? {} : { body: bodyText(options.body) }),
      };
      const response = await context.send(request);
      last = { what: describe(request), response };
      return toFetchResponse(response);
    },
  };
}

function bodyText(body: Exclude<openid.FetchBody, null | undefined>): string | Uint8Array {
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('the OAuth2 library sent a body of an unexpected kind');
}

/** Servers that forget the media type or `token_type` (RFC 6749 §5.1 demands both) are common and harmless. */
function toFetchResponse({ status, headers, body }: SchemeResponse): Response {
  const json = parseJson(body);
  const patched =
    isObject(json) && 'access_token' in json && !('token_type' in json)
      ? JSON.stringify({ ...json, token_type: 'Bearer' })
      : body;
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one): [string, string] => [name, one]),
  );
  const fetched = new Headers(entries.filter(([name]) => name !== 'content-type' || json === undefined));
  if (json !== undefined) fetched.set('content-type', 'application/json');
  return new Response(status === 204 || status === 304 ? null : patched, { status, headers: fetched });
}

/**
 * Runs one grant and turns what comes back into a token, or into a failure that says whether to ask again.
 * `expiresAt` counts from the moment the request left.
 */
export async function runGrant(
  context: SchemeContext,
  exchange: Exchange,
  grant: () => Promise<openid.TokenEndpointResponse>,
): Promise<TokenOutcome> {
  const startedAt = context.clock.now();
  try {
    const answer = await grant();
    return {
      ok: true,
      token: {
        value: { accessToken: answer.access_token },
        ...(answer.expires_in === undefined ? {} : { expiresAt: startedAt + answer.expires_in * 1000 }),
        ...(answer.refresh_token === undefined ? {} : { refreshToken: answer.refresh_token }),
      },
    };
  } catch (error) {
    const last = exchange.last();
    if (last === undefined) throw transportCause(error);
    return {
      ok: false,
      failure: refusalOf(last.what, last.response, context.clock.now(), problemOf(last.response)),
    };
  }
}

/** The library wraps what `send` threw; the one inside names the address. */
function transportCause(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? error.cause : error;
}

function problemOf(response: SchemeResponse): { readonly text: string; readonly hint?: string } | undefined {
  if (response.status === 401) {
    return {
      text: 'the client was refused',
      hint: 'check clientId and clientSecret; some servers want them in the body: `clientAuth: post`',
    };
  }
  if (response.status !== 200) return undefined;
  const type = headerOf(response, 'content-type') ?? 'no media type';
  return { text: `without a usable access_token (${type})`, hint: 'check that tokenUrl is a token endpoint' };
}
