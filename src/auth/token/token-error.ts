import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { parseRetryAfter } from '../../lib/net/backoff.ts';
import { ellipsize } from '../../lib/text/text.ts';
import { isObject } from '../../model/json.ts';
import { accountVerdict, wordsOfFailure } from '../account-verdict.ts';
import { exactJsonOf } from '../../lib/json/json-of.ts';
import { dataOf, headerOf, namesIn } from './answer.ts';
import { longestOutageWaitMs } from './expiry.ts';
import type { SchemeResponse, TokenFailure, TokenRetry } from '../scheme.ts';

/** Far more than is shown: what is shown is cut only after secrets have been taken out, or halves would be left. */
const excerptBytes = 16_384;

/** What is wrong with an answer when its status alone does not say it. */
export interface TokenProblem {
  readonly text: Sentence;
  readonly hint?: Sentence;
}

/**
 * Why an answer of a token endpoint is not a token. `what` is the request (`POST https://sso/token`), `problem`
 * says what is wrong when the status alone does not.
 */
export function tokenErrorOf(
  what: string,
  response: SchemeResponse,
  now: number,
  problem?: TokenProblem,
): TokenFailure {
  const retry = retryOf(response, now);
  const { status } = response;
  const answered =
    problem === undefined
      ? sentence('answered', { request: what, status })
      : sentence('answeredWith', { request: what, status, problem: problem.text });
  const said = saidIn(response);
  return {
    retry,
    message: said === '' ? answered : sentence('saying', { what: answered, said }),
    ...(problem?.hint === undefined ? hintFor(response) : { hint: problem.hint }),
  };
}

/** What a refusing answer says. One that looks like success may hold a token wherever it is: only words of a failure are quoted of it. */
function saidIn(response: SchemeResponse): Sentence {
  if (response.status >= 400) return oneLine(ellipsize(response.body, excerptBytes));
  const target = targetOf(response);
  if (target !== undefined) return sentence('leadsTo', { target });
  const words = wordsOfFailure(dataOf(response) ?? null);
  const names = namesIn(response);
  if (words === undefined) return names;
  return sentence('saying', { what: names, said: oneLine(ellipsize(words, excerptBytes)) });
}

/** Where a redirect leads, without what may be secret in it. */
export function targetOf(response: SchemeResponse): string | undefined {
  const location = isRedirect(response) ? headerOf(response, 'location') : undefined;
  return location?.replace(/[?#;].*$/s, '').replace(/\/\/[^/@]*@/, '//');
}

function isRedirect({ status }: SchemeResponse): boolean {
  return status >= 300 && status <= 399 && status !== 304;
}

/** Whoever is limited or down says nothing about the account. */
function retryOf(response: SchemeResponse, now: number): TokenRetry {
  const { status } = response;
  const verdict = isRedirect(response) ? undefined : accountVerdict(response);
  if (verdict !== undefined) return { kind: verdict };
  const asked = parseRetryAfter(headerOf(response, 'retry-after'), now);
  const afterMs = Math.min(asked ?? 0, status === 429 ? longestPauseMs : longestOutageWaitMs);
  return { kind: 'later', ...(asked === undefined ? {} : { afterMs }) };
}

/** Who limits our requests is left alone as long as it says, within reason. */
const longestPauseMs = 15 * 60_000;

/** The `error` of RFC 6749 §5.2. */
export function oauthError(response: SchemeResponse): string | undefined {
  const body = exactJsonOf(response.body);
  return isObject(body) && typeof body['error'] === 'string' ? body['error'] : undefined;
}

function hintFor(response: SchemeResponse): Pick<TokenFailure, 'hint'> {
  if (response.status === 401) return { hint: sentence('checkAccount') };
  if (response.status === 404 || response.status === 405) return { hint: sentence('checkAddress') };
  if (isRedirect(response)) return { hint: sentence('writeTarget') };
  return {};
}

/** A body as a person may see it on a terminal: spaces and control characters become one space. */
export function oneLine(body: string): string {
  // oxlint-disable-next-line no-control-regex -- terminal escapes must not pass
  return body.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
}
