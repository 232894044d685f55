import { sentence } from '../../messages/sentence.ts';
import { keyOf, type Sentence } from '../../model/sentence.ts';
import { fullJitter } from '../../lib/net/backoff.ts';
import type { Check } from '../../model/check.ts';
import type { AttemptNote, Evidence, Finding, Result } from '../../model/result.ts';
import type { Attempt } from '../attempt.ts';

/** One check on its way to its result. */
export interface JobState {
  readonly check: Check;
  readonly attempts: number;
  readonly retries: number;
  readonly confirmations: number;
  /** Attempts that say nothing because this process stood still meanwhile. */
  readonly standstills: number;
  /** The connection of one attempt broke after it had waited. */
  readonly brokenOff: boolean;
  /** The first attempt that failed, and when that was (monotonic). */
  readonly failure?: { readonly attempt: Attempt; readonly at: number };
  readonly log: readonly AttemptNote[];
  /** What attempts noted by the way. Much of it is said once: a later attempt does not repeat it. */
  readonly notes: readonly Finding[];
}

export type Next =
  | { readonly kind: 'done'; readonly result: Result }
  | {
      readonly kind: 'again';
      readonly afterMs: number;
      readonly as: 'retry' | 'confirmation';
      readonly state: JobState;
    };

export interface Rules {
  /** When a failure is looked at again, ms after it was found. */
  readonly confirmAfterMs: readonly number[];
  /** Whether the origin has not used up its share of retries. */
  mayRetry(): boolean;
  readonly random: () => number;
  readonly now: number;
}

/** A host that stands still again and again has other worries. */
const mostStandstills = 3;
const afterStandstillMs = 500;

/** A call that has waited for so long and lost its connection tells of the end of what it waited for. */
const waitedMs = 1000;
const afterBrokenOffMs = 500;
/** Calls that waited for all the time there was: one more would find out the same. */
const enoughTimeouts = 2;

/** A server that asks for more patience than this is looked at again in the next cycle. */
const longestRetryAfterMs = 10_000;
/** What fails is told within half a minute, however long its server asks to be left alone. */
const longestConfirmWaitMs = 4000;

export function newJob(check: Check): JobState {
  const none = { attempts: 0, retries: 0, confirmations: 0, standstills: 0 };
  return { check, ...none, brokenOff: false, log: [], notes: [] };
}

/** What follows from an attempt: the result, or another attempt. */
export function next(before: JobState, attempt: Attempt, rules: Rules): Next {
  if (saysNothing(before, attempt)) return againAfterStandstill(before, attempt);
  const failed = attempt.verdict === 'fail' || attempt.transient;
  const failure = before.failure ?? (failed ? { attempt, at: rules.now } : undefined);
  const state: JobState = {
    ...before,
    attempts: before.attempts + attempt.sent,
    log: [...before.log, noteOf(attempt)],
    notes: withNotes(
      before.notes,
      attempt.findings.filter(({ level }) => level === 'info'),
    ),
    failure,
  };
  if (failed && mayRepeat(state, attempt)) {
    const again =
      againAfterBreak(state, attempt) ?? retry(state, attempt, rules) ?? confirm(state, attempt, rules);
    if (again !== undefined) return again;
  }
  return { kind: 'done', result: resultOf(state, attempt) };
}

/** It was late while this process did not run, and may be called again: as if it had not been called. */
function saysNothing({ check, standstills }: JobState, attempt: Attempt): boolean {
  return attempt.stoodStill === true && check.repeatable && standstills < mostStandstills;
}

function againAfterStandstill(before: JobState, { sent }: Attempt): Next {
  const { attempts, standstills } = before;
  const state = { ...before, attempts: attempts + sent, standstills: standstills + 1 };
  return { kind: 'again', as: 'retry', afterMs: afterStandstillMs, state };
}

/** A check that was failing when there was no time left to look again: not a failure, as nobody confirmed it. */
export function interrupted(state: JobState): Result | undefined {
  if (state.failure === undefined) return undefined;
  const { attempt } = state.failure;
  const message = sentence('interruptedUnconfirmed', { why: attempt.reason.message });
  return { ...plainResult(state, attempt), verdict: 'unknown', reason: { code: 'interrupted', message } };
}

/** A check that had not been sent when its origin was found to be down. */
export function originDown(check: Check, why: Sentence, at: number): Result {
  const reason = { code: 'origin-down', message: sentence('notCalledBecause', { why }) } as const;
  return { ...unsent(check, at), verdict: 'unknown', reason };
}

/** A failing check that need not be called again: another one of the same origin has found that nobody answers there, or of the same service, when to come back. */
export function confirmedByOther(state: JobState, failing: Attempt): Result {
  return plainResult(state, failing);
}

/** A failure that was found out to be our own. */
export function ownFault(result: Result, why: Sentence): Result {
  const message = sentence('networkOfHost', { why });
  return { ...result, verdict: 'unknown', reason: { code: 'self', message } };
}

function mayRepeat(state: JobState, attempt: Attempt): boolean {
  return state.check.repeatable && attempt.reason.code !== 'auth-rejected';
}

/**
 * Whoever waited when a server was killed says how it was before: only a call that begins after that says how it is, be
 * it the last of those that were to confirm a failure.
 */
function againAfterBreak(state: JobState, { reason, status, phases }: Attempt): Next | undefined {
  const isBreak = reason.code === 'reset' && status === undefined && phases.totalMs >= waitedMs;
  if (!isBreak || state.brokenOff) return undefined;
  const next = { ...state, brokenOff: true };
  return { kind: 'again', as: 'retry', afterMs: afterBrokenOffMs, state: next };
}

function retry(state: JobState, attempt: Attempt, rules: Rules): Next | undefined {
  // It has waited for all the time there was: to confirm that takes as long again, and is all it takes.
  if (attempt.reason.code === 'timeout') return undefined;
  if (!attempt.transient || state.confirmations > 0 || state.retries >= state.check.retries) return undefined;
  const asked = attempt.retryAfterMs ?? 0;
  const longest = attempt.verdict === 'fail' ? longestConfirmWaitMs : longestRetryAfterMs;
  if (asked > longest || !rules.mayRetry()) return undefined;
  const backoff = fullJitter(state.retries + 1, { baseMs: 250, capMs: 5000, random: rules.random });
  return {
    kind: 'again',
    as: 'retry',
    afterMs: Math.max(asked, backoff),
    state: { ...state, retries: state.retries + 1 },
  };
}

function confirm(state: JobState, attempt: Attempt, rules: Rules): Next | undefined {
  const afterMs = rules.confirmAfterMs[state.confirmations];
  if (attempt.verdict !== 'fail' || afterMs === undefined || state.failure === undefined) return undefined;
  if (state.log.filter(({ code }) => code === 'timeout').length >= enoughTimeouts) return undefined;
  return {
    kind: 'again',
    as: 'confirmation',
    afterMs: Math.max(
      0,
      state.failure.at + afterMs - rules.now,
      Math.min(attempt.retryAfterMs ?? 0, longestConfirmWaitMs),
    ),
    state: { ...state, confirmations: state.confirmations + 1 },
  };
}

function resultOf(state: JobState, attempt: Attempt): Result {
  if (state.failure !== undefined && isForWantOfToken(attempt) && isSeenTwice(state.log))
    return plainResult(state, state.failure.attempt);
  const passes = attempt.verdict === 'pass' || attempt.verdict === 'degraded';
  if (!passes || state.failure === undefined) return plainResult(state, attempt);
  const failing = state.failure.attempt;
  const message = sentence('passedLater', { n: state.attempts, why: failing.reason.message });
  const findings = withNotes([...failing.findings.map(asWarning), ...attempt.findings], state.notes);
  return {
    ...plainResult(state, attempt),
    verdict: 'degraded',
    reason: { code: 'flaky', message },
    findings,
    ...(failing.evidence === undefined ? {} : { evidence: withLog(failing.evidence, state) }),
  };
}

/** What has failed alike before there was no token to call it once more with has failed. */
function isForWantOfToken({ verdict, reason, sent }: Attempt): boolean {
  return verdict === 'blocked' && reason.code === 'credential' && sent === 0;
}

function isSeenTwice([first, second]: readonly AttemptNote[]): boolean {
  return first?.code === second?.code && first?.status === second?.status;
}

function asWarning(finding: Finding): Finding {
  return finding.level === 'error' ? { ...finding, level: 'warning' } : finding;
}

function noteOf({ at, status, reason, phases }: Attempt): AttemptNote {
  const { code, message } = reason;
  return { at, status, code, message, totalMs: phases.totalMs };
}

function withLog(evidence: Evidence, { log }: JobState): Evidence {
  return log.length > 1 ? { ...evidence, attempts: log } : evidence;
}

/** Findings, and those notes that are not among them. */
function withNotes(findings: readonly Finding[], notes: readonly Finding[]): readonly Finding[] {
  const isSaid = (note: Finding): boolean => findings.some((one) => factOf(one) === factOf(note));
  const others = notes.filter((note) => !isSaid(note));
  return others.length === 0 ? findings : [...findings, ...others];
}

/** Amounts differ from attempt to attempt, and with them the words. */
function factOf({ kind, pointer, expected, message }: Finding): string {
  return [kind, pointer, keyOf(expected ?? message).replace(/\d+/g, '0')].join('\0');
}

function plainResult(state: JobState, attempt: Attempt): Result {
  const { check, attempts, notes } = state;
  const { at, verdict, reason, status, bytes, phases, imprecise, lateMs, evidence, unproven, isHollow } =
    attempt;
  return {
    checkId: check.id,
    at,
    verdict,
    reason,
    status,
    bytes,
    phases,
    imprecise,
    ...(lateMs === undefined ? {} : { lateMs }),
    attempts,
    findings: withNotes(attempt.findings, notes),
    ...(evidence === undefined ? {} : { evidence: withLog(evidence, state) }),
    unproven,
    isHollow,
  };
}

function unsent(check: Check, at: number): Omit<Result, 'verdict' | 'reason'> {
  return { checkId: check.id, at, bytes: 0, phases: { totalMs: 0 }, attempts: 0, findings: [] };
}
