import type * as openid from 'openid-client';
import { exactJsonOf } from '../../../lib/json/json-of.ts';
import { dataOf } from '../../token/answer.ts';
import type { SchemeContext, SchemeResponse } from '../../scheme.ts';
import { describe, sendWithin } from '../../token/send.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type * as library from 'openid-client';
import { lazy } from '../../../lib/lazy.ts';

/** The exchanges of one grant, and the last answer: the source of every error message. */
export interface Exchange {
  readonly fetch: openid.CustomFetch;
  readonly last: () => Exchanged | undefined;
}

export interface Exchanged {
  readonly what: string;
  readonly response: SchemeResponse;
  /** What it grants, wherever that stands in it. */
  readonly granted: Granted | undefined;
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
      const { request: answered, response } = await sendWithin(
        method === 'POST' ? context.ask : context.send,
        request,
      );
      const isGrant = method === 'POST' && response.status >= 200 && response.status < 300;
      const granted = isGrant ? grantIn(dataOf(response) ?? null) : undefined;
      last = { what: describe(answered), response, granted };
      return granted === undefined ? toFetchResponse(response) : grantResponse(granted);
    },
  };
}

function bodyText(body: Exclude<openid.FetchBody, null | undefined>): string | Uint8Array {
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('the OAuth2 library sent a body of an unexpected kind');
}

/**
 * What the library takes for a token: how it came, what its media type was called and what its end was said to be is
 * all settled by then (RFC 6749 §5.1 demands what few servers send). An ID token is kept from the library: it would
 * be held against an issuer that only `issuer` in the config names.
 */
function grantResponse({ accessToken, refreshToken }: Granted): Response {
  return Response.json({
    access_token: accessToken,
    token_type: 'Bearer',
    refresh_token: refreshToken,
  });
}

/** Servers that forget the media type are common and harmless. */
function toFetchResponse({ status, headers, body }: SchemeResponse): Response {
  const json = exactJsonOf(body);
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one): [string, string] => [name, one]),
  );
  const fetched = new Headers(entries.filter(([name]) => name !== 'content-type' || json === undefined));
  if (json !== undefined) fetched.set('content-type', 'application/json');
  return new Response([204, 205, 304].includes(status) ? null : body, { status, headers: fetched });
}

/** What a token endpoint gives. */
export interface Granted {
  readonly accessToken: string;
  readonly idToken: string | undefined;
  readonly refreshToken: string | undefined;
  /** As it stands there. */
  readonly expiresIn: Json | undefined;
}

/** As RFC 6749 has it, and what systems call it that have heard of it. */
const tokenNames = ['access_token', 'accessToken', 'token', 'ticket', 'jwt'] as const;
const deepest = 3;

/**
 * The token in an answer: at its top, or inside of an envelope (`{"code":0,"data":{…}}`), where the other values then
 * stand beside it.
 */
function grantIn(answer: Json): Granted | undefined {
  const objects = objectsIn(answer, 1);
  for (const name of tokenNames) {
    for (const object of objects) {
      const accessToken = textOf(object[name]);
      if (accessToken === undefined) continue;
      return {
        accessToken,
        idToken: textOf(object['id_token']),
        refreshToken: textOf(object['refresh_token'] ?? object['refreshToken']),
        expiresIn: object['expires_in'] ?? object['expiresIn'],
      };
    }
  }
  return undefined;
}

/** From the outside in. */
function objectsIn(value: Json, depth: number): readonly JsonObject[] {
  if (!isObject(value)) return [];
  const inside = depth < deepest ? Object.values(value).flatMap((item) => objectsIn(item, depth + 1)) : [];
  return [value, ...inside];
}

function textOf(value: Json | undefined): string | undefined {
  return (typeof value === 'string' && value.trim() !== '') || typeof value === 'number'
    ? String(value)
    : undefined;
}

/** The certified client, loaded with the first OAuth2 credential that is used. */
export const openidClient = lazy((require) => require('openid-client') as typeof library);
