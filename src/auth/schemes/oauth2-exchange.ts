import type * as openid from 'openid-client';
import { isObject } from '../../model/json.ts';
import { parseJson } from '../refusal.ts';
import type { SchemeContext, SchemeResponse } from '../scheme.ts';
import { describe } from '../send.ts';

/** The exchanges of one grant, and the last answer: the source of every error message. */
export interface Exchange {
  readonly fetch: openid.CustomFetch;
  readonly last: () => Exchanged | undefined;
}

export interface Exchanged {
  readonly what: string;
  readonly response: SchemeResponse;
}

/** Lets the OAuth2 library send through the bounded sender. */
export function exchangeOver(context: SchemeContext): Exchange {
  let last: Exchanged | undefined;
  return {
    last: () => last,
    fetch: async (url, options) => {
      const { method, body } = options;
      // Ours is put in by the sender.
      const { 'user-agent': _, ...headers } = options.headers;
      const request = {
        method: method as 'GET' | 'POST',
        url,
        headers,
        ...(body === null || body === undefined ? {} : { body: bodyText(body) }),
      };
      last = undefined;
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

/**
 * Servers that forget the media type or `token_type` (RFC 6749 §5.1 demands both) are common and harmless. An ID
 * token is kept from the library: it would be held against an issuer that only `issuer` in the config names.
 */
function toFetchResponse({ status, headers, body }: SchemeResponse): Response {
  const json = parseJson(body);
  const { id_token: _, ...rest } = isObject(json) ? json : {};
  const isToken = 'access_token' in rest;
  const patched = isToken ? JSON.stringify({ token_type: 'Bearer', ...rest }) : body;
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one): [string, string] => [name, one]),
  );
  const fetched = new Headers(entries.filter(([name]) => name !== 'content-type' || json === undefined));
  if (json !== undefined) fetched.set('content-type', 'application/json');
  return new Response(status === 204 || status === 304 ? null : patched, { status, headers: fetched });
}
