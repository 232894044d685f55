import type { Sentence } from './sentence.ts';
/**
 * `blocked`: its credential has no token. `unknown`: our own fault, or a value that we made up was refused; or not called because its
 * host is down, until that has been judged and counts as `fail`. Neither counts against the operation.
 */
export type Verdict = 'pass' | 'degraded' | 'fail' | 'blocked' | 'unknown';

export const verdicts: readonly Verdict[] = ['pass', 'degraded', 'fail', 'blocked', 'unknown'];

/** Why a result is not a plain pass. Codes are stored: append, never reorder or reuse. */
export const reasonCodes = [
  'none',
  'dns',
  'connect-refused',
  'connect-timeout',
  'tls',
  'reset',
  'timeout',
  'protocol',
  'status',
  'content-type',
  'body',
  'schema',
  'assertion',
  'latency',
  'flaky',
  'too-large',
  'credential',
  'auth-rejected',
  'made-up-value',
  'interrupted',
  'origin-down',
  'self',
  'refused-address',
  'internal',
  'drift',
  'certificate',
  'document',
  'no-data',
  'channel',
  'store',
  'budget',
  'slower',
  'no-route',
  'no-resolver',
  'never-passed',
  'no-permission',
  'location',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

const transportCodes: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'dns',
  'connect-refused',
  'connect-timeout',
  'tls',
  'reset',
  'timeout',
  'origin-down',
  'no-route',
  'no-resolver',
]);

/** No HTTP answer arrived: says something about the origin rather than about the operation. */
export function isTransportFailure(code: ReasonCode): boolean {
  return transportCodes.has(code);
}

/** No connection, or not called because there is none: what one operation finds out, all others of its host would. */
export function isUnconnected(code: ReasonCode): boolean {
  return connectionCodes.has(code);
}

const connectionCodes: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'dns',
  'connect-refused',
  'connect-timeout',
  'no-route',
  'no-resolver',
  'tls',
  'origin-down',
]);

/**
 * Nobody who was called has had a part in it: the name servers or the routes of this host may be to blame. A refused or
 * reset connection, a handshake or a name that does not exist is an answer.
 */
export function isUnheard(code: ReasonCode): boolean {
  return unheardCodes.has(code);
}

const unheardCodes: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'no-route',
  'no-resolver',
  'connect-timeout',
  'timeout',
]);

/** Not called, because its host had been found to be down by then or did not give its token. */
export function isUnreached({ verdict, reason }: Pick<Result, 'verdict' | 'reason'>): boolean {
  return reason.code === 'origin-down' || (verdict === 'fail' && reason.code === 'credential');
}

/**
 * As it counts: what was not called because its host is down, is down with it.
 *
 * @param isHostDown Its own host is; then that has kept its token from being fetched, too.
 */
export function asItCounts(result: Result, isHostDown: boolean): Result {
  const isDown = isNotCalled(result, 'unknown') || (isHostDown && isWithoutToken(result, 'blocked'));
  return isDown ? { ...result, verdict: 'fail' } : result;
}

/** As it counts while people are told that it is slow, and why. */
export function asSlow(result: Result, message: Sentence): Result {
  return result.verdict === 'pass'
    ? { ...result, verdict: 'degraded', reason: { code: 'latency', message } }
    : result;
}

/** As it was found, before it was made to count: nobody has called it, or it has answered as documented and is told to be slow. */
export function asFirstFound(result: Result): Result {
  if (isNotCalled(result, 'fail')) return { ...result, verdict: 'unknown' };
  return isWithoutToken(result, 'fail') ? { ...result, verdict: 'blocked' } : asAnswered(result);
}

/** As it answered, whether people were told that it is slow or not. */
export function asAnswered(result: Result): Result {
  return isToldSlow(result) ? { ...result, verdict: 'pass', reason: { code: 'none', message: '' } } : result;
}

/** What answers too late by its own expectation says so in a finding. */
export function isToldSlow({ verdict, reason, findings }: Result): boolean {
  return (
    verdict === 'degraded' && reason.code === 'latency' && !findings.some(({ kind }) => kind === 'latency')
  );
}

function isNotCalled({ verdict, reason }: Result, as: Verdict): boolean {
  return verdict === as && reason.code === 'origin-down';
}

function isWithoutToken({ verdict, reason }: Result, as: Verdict): boolean {
  return verdict === as && reason.code === 'credential';
}

/** HTTP statuses of requests that are understood, about something that is not there, not ours, or does not fit. */
export const valueRefusals: ReadonlySet<number> = new Set([400, 403, 404, 409, 410, 422]);

/** Whoever asks is turned away, as nobody that is known or as somebody who may not. */
export function isRefusal(code: ReasonCode): boolean {
  return code === 'auth-rejected' || code === 'no-permission';
}

/** The server says that it is called too often, with HTTP 429 or in its own words: nothing is known of the operation. */
export function isLimited({ verdict, reason }: Pick<Result, 'verdict' | 'reason'>): boolean {
  return verdict === 'unknown' && reason.code === 'status';
}

/** Said of a good answer that came late, or only when asked again: the operation itself works. */
export function isHiccup(code: ReasonCode): boolean {
  return code === 'none' || code === 'latency' || code === 'flaky';
}

/** By its status a success, whatever it says. */
export function isSuccess({ status = 0 }: Pick<Result, 'status'>): boolean {
  return status >= 200 && status < 400;
}

/** What a success is held to by its document. */
export const mismatchCodes: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'schema',
  'content-type',
  'drift',
]);

/** A success, though not as its document says. */
export function isMismatch(code: ReasonCode, status = 0): boolean {
  return isSuccess({ status }) && (mismatchCodes.has(code) || code === 'status');
}

/** It answers well, as it does since it is known, and never as its document says. */
export function isNeverAsDocumented({ status, reason, unproven }: Result): boolean {
  return reason.code === 'never-passed' && unproven !== undefined && isMismatch(unproven.code, status);
}

/** The service refuses in its own words, mostly with HTTP 200. */
export function refusesInWords({ findings }: Pick<Result, 'findings'>): boolean {
  return findings.some(({ kind, level }) => level !== 'info' && (kind === 'envelope' || kind === 'graphql'));
}

/** A success, as it was promised or nearly so. */
export function hasAnsweredWell(result: Result): boolean {
  const { verdict } = result;
  return isSuccess(result) && verdict !== 'unknown' && verdict !== 'blocked' && !refusesInWords(result);
}

export interface Reason {
  readonly code: ReasonCode;
  /** One line for a person: `HTTP 500, expected: 200, 201`. Free of secrets. */
  readonly message: Sentence;
}

/** The outcome of running one check once. */
export interface Result {
  readonly checkId: string;
  /** Wall clock at which the deciding attempt started, epoch ms. */
  readonly at: number;
  readonly verdict: Verdict;
  readonly reason: Reason;
  /** HTTP status; absent when no answer arrived. */
  readonly status?: number;
  /** Bytes of the body as received. */
  readonly bytes: number;
  readonly phases: Phases;
  /** This process was too busy at the time to measure the phases well. */
  readonly imprecise?: true;
  /** Where they are imprecise: of the whole call no more than so many ms were our own; absent: nobody knows. */
  readonly lateMs?: number;
  /** Requests sent for it, confirmations and retries included. */
  readonly attempts: number;
  readonly findings: readonly Finding[];
  /** A pass that holds nothing, as an empty list: it says nothing of what else would be in it. Not stored. */
  readonly isHollow?: true;
  /** Kept only when the verdict is not `pass`. */
  readonly evidence?: Evidence;
  /** What it came to at each of the locations from which it was called; absent: it was called from here. */
  readonly locations?: readonly LocationNote[];
  /**
   * What it would count as if the operation had ever worked the way we call it, with the reason `never-passed`; or with values that
   * exist, with `made-up-value`, and in which words.
   */
  readonly unproven?: {
    readonly verdict: Verdict;
    readonly code: ReasonCode;
    readonly message?: Sentence;
    /** It has worked as documented where it is called; just now there is no value that exists. */
    readonly hasWorked?: true;
  };
}

export interface LocationNote {
  readonly location: string;
  readonly verdict: Verdict;
  readonly code: ReasonCode;
  /** Absent: it has passed there. */
  readonly message?: Sentence;
  readonly status?: number;
  /** Ms. */
  readonly totalMs: number;
}

/** When the latest answers of a check came and how long they took (ms), the oldest first; of one length. */
export interface TimedAnswers {
  /** Epoch ms. */
  readonly at: readonly number[];
  readonly ms: readonly number[];
  /** Without what may have been our own time, where that is known to be little enough; absent: as `ms`. */
  readonly leastMs?: readonly number[];
}

/** Milliseconds with fractions, from the socket's own events; a reused connection has no dns, connect, tls. */
export interface Phases {
  readonly dnsMs?: number;
  readonly connectMs?: number;
  readonly tlsMs?: number;
  /** From the request's first byte written to the answer's first byte. */
  readonly firstByteMs?: number;
  readonly downloadMs?: number;
  /** The whole call without our own queues. */
  readonly totalMs: number;
}

/** One expectation that was not met. */
export interface Finding {
  /** Name of the expectation. */
  readonly kind: string;
  readonly level: 'error' | 'warning' | 'info';
  readonly message: Sentence;
  /** RFC 6901 pointer into the answer's body. */
  readonly pointer?: string;
  readonly expected?: Sentence;
  readonly found?: Sentence;
}

/** Masked before it is made; safe to store and to send. */
export interface Evidence {
  /** Replayable, credentials replaced by `***`. */
  readonly curl: string;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /** Trace id (W3C) that was sent along: what to look for in the traces of the system. */
  readonly traceId?: string;
  /** First 2 KiB of the body. */
  readonly excerpt?: string;
  /** What each attempt came to, when there were several; the oldest first. */
  readonly attempts?: readonly AttemptNote[];
}

export interface AttemptNote {
  /** Epoch ms. */
  readonly at: number;
  readonly status?: number;
  readonly code: ReasonCode;
  readonly message: Sentence;
  readonly totalMs: number;
}

/** The same, as if the wall clock had shown so many ms more all the time. */
export function shiftResult(result: Result, ms: number): Result {
  const { evidence } = result;
  const at = result.at + ms;
  if (evidence?.attempts === undefined) return { ...result, at };
  const attempts = evidence.attempts.map((one) => ({ ...one, at: one.at + ms }));
  return { ...result, at, evidence: { ...evidence, attempts } };
}
