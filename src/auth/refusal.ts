import { parseRetryAfter } from '../kit/backoff.ts';
import { cutBytes } from '../kit/text.ts';
import { type Json, isObject } from '../model/json.ts';
import type { SchemeResponse, TokenFailure, TokenRetry } from './scheme.ts';

/** RFC 6749 §5.2 and OpenID Connect; these do not go away by asking again. */
const finalErrors: ReadonlySet<string> = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'invalid_scope',
  'invalid_target',
  'unauthorized_client',
  'unsupported_grant_type',
  'access_denied',
]);

/** Far more than is shown: what is shown is cut only after secrets have been taken out, or halves would be left. */
const excerptBytes = 16_384;

/**
 * Why an answer of a token endpoint is not a token. `what` is the request (`POST https://sso/token`), `problem`
 * says what is wrong when the status alone does not.
 */
export function refusalOf(
  what: string,
  response: SchemeResponse,
  now: number,
  problem?: { readonly text: string; readonly hint?: string },
): TokenFailure {
  const retry = retryOf(response, now);
  const detail = problem === undefined ? '' : `, ${problem.text}`;
  const body = oneLine(cutBytes(response.body, excerptBytes));
  return {
    retry,
    message: `${what} answered ${response.status}${detail}${body === '' ? '' : `: ${body}`}`,
    ...(problem?.hint === undefined ? hintFor(response) : { hint: problem.hint }),
  };
}

function retryOf(response: SchemeResponse, now: number): TokenRetry {
  const { status } = response;
  const error = oauthError(response);
  if (error !== undefined && finalErrors.has(error)) return { kind: 'never' };
  // 404 and 405 come from gateways in the middle of a deployment.
  if (status >= 500 || [404, 405, 408, 425, 429].includes(status)) {
    const afterMs = parseRetryAfter(headerOf(response, 'retry-after'), now);
    return { kind: 'later', ...(afterMs === undefined ? {} : { afterMs }) };
  }
  return { kind: 'sparingly' };
}

/** The `error` of RFC 6749 §5.2. */
export function oauthError(response: SchemeResponse): string | undefined {
  const body = parseJson(response.body);
  return isObject(body) && typeof body['error'] === 'string' ? body['error'] : undefined;
}

function hintFor(response: SchemeResponse): { readonly hint?: string } {
  if (response.status === 401) return { hint: 'check the user name, client id and secrets in the config' };
  if (response.status === 404 || response.status === 405) return { hint: 'check the address and the method' };
  return {};
}

export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** First value of a header. */
export function headerOf(response: SchemeResponse, name: string): string | undefined {
  const value = response.headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

/** A body as a person may see it on a terminal: spaces and control characters become one space. */
export function oneLine(body: string): string {
  // oxlint-disable-next-line no-control-regex -- terminal escapes must not pass
  return body.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
}
