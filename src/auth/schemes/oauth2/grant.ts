import { sentence } from '../../../messages/sentence.ts';
import type * as openid from 'openid-client';
import type { OutgoingRequest } from '../../../model/check.ts';
import { isObject } from '../../../model/json.ts';
import { exactJsonOf } from '../../../lib/json/json-of.ts';
import { mediaTypeOf } from '../../token/answer.ts';
import { TooOften } from '../../token/allowance.ts';
import { lifeOf, statedLife } from '../../token/expiry.ts';
import { placeCredential } from '../../credential-placement.ts';
import { oauthError, tokenErrorOf, type TokenProblem } from '../../token/token-error.ts';
import type { SchemeContext, SchemeResponse, Token, TokenOutcome } from '../../scheme.ts';
import {
  choosesClientAuth,
  type ClientOptions,
  createClient,
  endpointsOf,
  provesWithTime,
} from './client.ts';
import { type Exchange, type Exchanged, exchangeOver, type Granted, openidClient } from './exchange.ts';
import { unsealRecord } from '../options.ts';

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
 * A proof that carried a wrong time is made once more by the server's clock; one in a header that was refused is given
 * once in the body, unless the config says where it goes. Rejects for transport failures.
 */
export async function runGrant(
  options: ClientOptions,
  context: SchemeContext,
  grant: Grant,
): Promise<TokenOutcome> {
  if (choosesClientAuth(options)) return await grantEitherWay(options, context, grant);
  const skewMs = context.skewMs();
  const { outcome } = await grantOnce(options, context, grant, skewMs);
  const wrongClock = Math.abs(context.skewMs() - skewMs) >= wrongClockMs;
  if (outcome.ok || !provesWithTime(options) || !wrongClock) return outcome;
  return (await unlessTooOften(grantOnce(options, context, grant, context.skewMs())))?.outcome ?? outcome;
}

/** Name under which is kept that the secret goes into the body. */
const secretInBody = 'client secret in the body';

async function grantEitherWay(
  options: ClientOptions,
  context: SchemeContext,
  grant: Grant,
): Promise<TokenOutcome> {
  const inBody = { ...options, clientAuth: 'post' } as const;
  if (context.learned.has(secretInBody)) return (await grantOnce(inBody, context, grant, 0)).outcome;
  const first = await grantOnce(options, context, grant, 0);
  if (first.outcome.ok || !isClientRefused(first.last)) return first.outcome;
  const second = await unlessTooOften(grantOnce(inBody, context, grant, 0));
  if (second?.outcome.ok !== true) return first.outcome;
  context.learned.set(secretInBody, 'yes');
  return second.outcome;
}

/** What was refused already is the news then, not that no more may be asked. */
export async function unlessTooOften<T>(asked: Promise<T>): Promise<T | undefined> {
  return await asked.catch((error: unknown) => {
    if (error instanceof TooOften) return undefined;
    throw error;
  });
}

/** RFC 6749 §5.2 has `invalid_client` for it, with 400 or 401; who looks only into the body misses parameters. */
function isClientRefused(last: Exchanged | undefined): boolean {
  if (last === undefined || ![400, 401].includes(last.response.status)) return false;
  const error = oauthError(last.response);
  return error === undefined
    ? last.response.status === 401
    : ['invalid_client', 'invalid_request', 'unauthorized_client'].includes(error);
}

interface Once {
  readonly outcome: TokenOutcome;
  readonly last: Exchanged | undefined;
}

async function grantOnce(
  options: ClientOptions,
  context: SchemeContext,
  grant: Grant,
  skewMs: number,
): Promise<Once> {
  const exchange = exchangeOver(context);
  const outcome = await grantOver(exchange, options, context, grant, skewMs);
  return { outcome, last: exchange.last() };
}

async function grantOver(
  exchange: Exchange,
  options: ClientOptions,
  context: SchemeContext,
  grant: Grant,
  skewMs: number,
): Promise<TokenOutcome> {
  let client: openid.Configuration;
  try {
    client = await createClient(options, exchange, skewMs);
  } catch (error) {
    return notDiscovered(error, options.issuer, exchange, context);
  }
  const foreign = endpointsOf(client, options).find((endpoint) => !context.isNamed(endpoint));
  if (foreign !== undefined) return endpointElsewhere(foreign, exchange, context);
  const startedAt = context.clock.now();
  try {
    await grant(client, parametersOf(options));
    const { what, response, granted } = answerOrThrow(undefined, exchange);
    const token = tokenOf(granted, startedAt, context.clock.now());
    if (options.present === 'access-token' || 'idToken' in token.value) return { ok: true, token };
    const problem = { text: sentence('noIdToken'), hint: sentence('askForIdToken') };
    return { ok: false, failure: tokenErrorOf(what, response, context.clock.now(), problem) };
  } catch (error) {
    const { what, response } = answerOrThrow(error, exchange);
    return { ok: false, failure: tokenErrorOf(what, response, context.clock.now(), problemOf(response)) };
  }
}

function parametersOf({ scope, audience, resource, parameters }: ClientOptions): Record<string, string> {
  const known = Object.entries({ scope, audience, resource });
  const present = known.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { ...Object.fromEntries(present), ...unsealRecord(parameters) };
}

/** Its life counts from the moment the request left. */
function tokenOf(granted: Granted | undefined, startedAt: number, now: number): Token {
  const { accessToken = '', idToken, refreshToken, expiresIn } = granted ?? {};
  return {
    value: { accessToken, ...(idToken === undefined ? {} : { idToken }) },
    ...lifeOf([statedLife('expires_in', expiresIn, 's', startedAt)], now),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  };
}

function notDiscovered(
  error: unknown,
  issuer: string | undefined,
  exchange: Exchange,
  context: SchemeContext,
): TokenOutcome {
  const { what, response } = answerOrThrow(error, exchange);
  const document = exactJsonOf(response.body);
  const named = isObject(document) ? document['issuer'] : undefined;
  const text =
    typeof named === 'string' && named !== issuer
      ? sentence('otherIssuer', { issuer: named, expected: issuer ?? '' })
      : sentence('noDiscovery');
  const hint = sentence('writeIssuer');
  const failure = tokenErrorOf(what, response, context.clock.now(), { text, hint });
  return { ok: false, failure: { ...failure, retry: { kind: 'later' } } };
}

/** Whoever answers for the issuer chooses the endpoint, and with it who gets the secrets. */
function endpointElsewhere(
  { host, origin, pathname }: URL,
  exchange: Exchange,
  { clock }: SchemeContext,
): TokenOutcome {
  const { what, response } = answerOrThrow(undefined, exchange);
  const text = sentence('endpointElsewhere', { where: `${origin}${pathname}` });
  const hint = sentence('nameEndpointHost', { host });
  return {
    ok: false,
    failure: { ...tokenErrorOf(what, response, clock.now(), { text, hint }), retry: { kind: 'later' } },
  };
}

/** What the server said last; when it said nothing, what `send` threw, which the library has wrapped. */
function answerOrThrow(error: unknown, exchange: Exchange) {
  const last = exchange.last();
  if (last !== undefined) return last;
  throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
}

function problemOf(response: SchemeResponse): TokenProblem | undefined {
  if (response.status === 401) {
    return {
      text: sentence('clientRefused'),
      hint: sentence('checkClient'),
    };
  }
  if (oauthError(response) === 'invalid_grant') {
    return {
      text: sentence('grantRefused'),
      hint: sentence('checkGrant'),
    };
  }
  if (response.status < 200 || response.status > 299) return undefined;
  const type = mediaTypeOf(response) ?? sentence('noMediaType');
  return {
    text: sentence('noUsableToken', { type }),
    hint: sentence('isItTokenEndpoint', { path: '$.…' }),
  };
}

/** Puts the token on a request. */
export function applyToken(
  request: OutgoingRequest,
  { send, present }: ClientOptions,
  token: Token | undefined,
): OutgoingRequest {
  const value = token?.value[present === 'id-token' ? 'idToken' : 'accessToken'] ?? '';
  return placeCredential(request, send, `${send.prefix}${value}`);
}
