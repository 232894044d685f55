import type * as openid from 'openid-client';
import type { OutgoingRequest } from '../../model/check.ts';
import { isObject } from '../../model/json.ts';
import { place } from '../place.ts';
import { headerOf, oauthError, parseJson, refusalOf } from '../refusal.ts';
import type { SchemeContext, SchemeResponse, Token, TokenOutcome } from '../scheme.ts';
import { type ClientOptions, createClient, provesWithTime } from './oauth2-client.ts';
import { type Exchange, exchangeOver } from './oauth2-exchange.ts';
import { openidClient } from './openid-client.ts';
import { unsealRecord } from './options.ts';

/** What a grant asks for, given a client and the parameters that all grants share. */
export type Grant = (
  client: openid.Configuration,
  parameters: Record<string, string>,
) => Promise<openid.TokenEndpointResponse>;

export const refreshWith =
  (refreshToken: string): Grant =>
  (client, parameters) =>
    openidClient().refreshTokenGrant(client, refreshToken, parameters);

/** A difference that makes servers refuse what carries the time. */
const wrongClockMs = 30_000;

/**
 * Runs one grant and turns what comes back into a token, or into a failure that says whether to ask again.
 * A proof that carried a wrong time is made once more by the server's clock. Rejects for transport failures.
 */
export async function runGrant(
  options: ClientOptions,
  context: SchemeContext,
  grant: Grant,
): Promise<TokenOutcome> {
  const skewMs = context.skewMs();
  const outcome = await grantOnce(options, context, grant, skewMs);
  const wrongClock = Math.abs(context.skewMs() - skewMs) >= wrongClockMs;
  if (outcome.ok || !provesWithTime(options) || !wrongClock) return outcome;
  return await grantOnce(options, context, grant, context.skewMs());
}

async function grantOnce(
  options: ClientOptions,
  context: SchemeContext,
  grant: Grant,
  skewMs: number,
): Promise<TokenOutcome> {
  const exchange = exchangeOver(context);
  let client: openid.Configuration;
  try {
    client = await createClient(options, exchange, skewMs);
  } catch (error) {
    return notDiscovered(error, options.issuer, exchange, context);
  }
  const startedAt = context.clock.now();
  try {
    const token = tokenOf(await grant(client, parametersOf(options)), exchange, startedAt);
    const { what, response } = answerOrThrow(undefined, exchange);
    if (options.present === 'access-token' || 'idToken' in token.value) return { ok: true, token };
    const problem = { text: 'without an id_token', hint: 'ask for it: `scope: openid`' };
    return { ok: false, failure: refusalOf(what, response, context.clock.now(), problem) };
  } catch (error) {
    const { what, response } = answerOrThrow(error, exchange);
    return { ok: false, failure: refusalOf(what, response, context.clock.now(), problemOf(response)) };
  }
}

function parametersOf({ scope, audience, resource, parameters }: ClientOptions): Record<string, string> {
  const known = Object.entries({ scope, audience, resource });
  const present = known.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { ...Object.fromEntries(present), ...unsealRecord(parameters) };
}

/** `expiresAt` counts from the moment the request left. */
function tokenOf(answer: openid.TokenEndpointResponse, exchange: Exchange, startedAt: number): Token {
  const body = parseJson(exchange.last()?.response.body ?? '');
  const idToken = isObject(body) ? body['id_token'] : undefined;
  return {
    value: {
      accessToken: answer.access_token,
      ...(typeof idToken === 'string' ? { idToken } : {}),
    },
    ...(answer.expires_in === undefined ? {} : { expiresAt: startedAt + answer.expires_in * 1000 }),
    ...(answer.refresh_token === undefined ? {} : { refreshToken: answer.refresh_token }),
  };
}

function notDiscovered(
  error: unknown,
  issuer: string | undefined,
  exchange: Exchange,
  context: SchemeContext,
): TokenOutcome {
  const { what, response } = answerOrThrow(error, exchange);
  const document = parseJson(response.body);
  const named = isObject(document) ? document['issuer'] : undefined;
  const text =
    typeof named === 'string' && named !== issuer
      ? `and names the issuer ${named}, not ${issuer ?? ''}`
      : 'and is no usable discovery document';
  const hint = 'write `issuer` as the server names itself, or give `tokenUrl` instead';
  const failure = refusalOf(what, response, context.clock.now(), { text, hint });
  return { ok: false, failure: { ...failure, retry: { kind: 'later' } } };
}

/** What the server said last; when it said nothing, what `send` threw, which the library has wrapped. */
function answerOrThrow(error: unknown, exchange: Exchange) {
  const last = exchange.last();
  if (last !== undefined) return last;
  throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
}

function problemOf(response: SchemeResponse): { readonly text: string; readonly hint?: string } | undefined {
  if (response.status === 401) {
    return {
      text: 'the client was refused',
      hint: 'check clientId and clientSecret; some servers want them in the body: `clientAuth: post`',
    };
  }
  if (oauthError(response) === 'invalid_grant') {
    return {
      text: 'the grant was refused',
      hint: 'check the user name and password, or get a new refresh token',
    };
  }
  if (response.status !== 200) return undefined;
  const type = headerOf(response, 'content-type') ?? 'no media type';
  return {
    text: `without a usable token (${type})`,
    hint: 'check that the address is that of a token endpoint',
  };
}

/** Puts the token on a request. */
export function applyToken(
  request: OutgoingRequest,
  { send, present }: ClientOptions,
  token: Token | undefined,
): OutgoingRequest {
  const value = token?.value[present === 'id-token' ? 'idToken' : 'accessToken'] ?? '';
  return place(request, send, `${send.prefix}${value}`);
}
