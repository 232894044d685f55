import { blamesServer, breaksWithoutReason, envelopeAnswerIn } from '../messages/envelope.ts';
import { sentence } from '../messages/sentence.ts';
import type { Sentence } from '../model/sentence.ts';
import { type Check, type FilledValue, uncertainOrigins } from '../model/check.ts';
import { isOfClient } from '../model/filled-value.ts';
import { valueRefusals } from '../model/result.ts';
import { isObject, type Json } from '../model/json.ts';
import type { Finding, Reason, ReasonCode, Result, Verdict } from '../model/result.ts';
import { ellipsize } from '../lib/text/text.ts';
import { payloadIn } from './envelope/detect.ts';
import { saysTooOften } from './envelope/words.ts';
import type { Answer, ExpectationKind, JudgeContext } from './expectation.ts';

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: Reason;
  readonly findings: readonly Finding[];
  /** What it would count as without the excuse, with the reason `made-up-value`. */
  readonly unproven?: Result['unproven'];
  /** The body says that we call too often, whatever the status is. */
  readonly tooOften?: true;
  /** A pass that holds nothing of what was asked for. */
  readonly isHollow?: true;
}

/** A kind of promise with what it needs to judge the answers of one check. */
export interface Held {
  readonly kind: ExpectationKind;
  readonly prepared: unknown;
}

const pass: Judgement = { verdict: 'pass', reason: { code: 'none', message: '' }, findings: [] };

/** What a check is held to: the standing promises first, with the settings that the config gives them. */
export function heldTo(check: Check, kinds: readonly ExpectationKind[]): readonly Held[] {
  return kinds.flatMap((kind): readonly Held[] => {
    const configured = check.expectations.filter((expectation) => expectation.kind === kind.kind);
    if (configured.length > 0) return configured.map(({ settings }) => hold(kind, settings, check));
    return kind.standing === undefined ? [] : [hold(kind, kind.standing, check)];
  });
}

function hold(kind: ExpectationKind, written: unknown, check: Check): Held {
  const settings = isUnset(written) ? kind.standing : written;
  if (kind.prepare !== undefined) return asPrepared(kind, kind.prepare(settings, check));
  return settings === kind.standing ? asStanding(kind) : { kind, prepared: settings };
}

/** What is prepared for one of many checks may be the same as for the others. */
const preparedOnce = new WeakMap<object, Held>();

function asPrepared(kind: ExpectationKind, prepared: unknown): Held {
  if (typeof prepared !== 'object' || prepared === null) return { kind, prepared };
  const known = preparedOnce.get(prepared);
  if (known?.kind === kind) return known;
  const held = { kind, prepared };
  preparedOnce.set(prepared, held);
  return held;
}

/** The same for all checks that say nothing of their own: there may be a hundred thousand. */
const standing = new WeakMap<ExpectationKind, Held>();

function asStanding(kind: ExpectationKind): Held {
  const known = standing.get(kind) ?? { kind, prepared: kind.standing };
  standing.set(kind, known);
  return known;
}

/** Named without saying more: `{}`. */
function isUnset(settings: unknown): boolean {
  return isObject(settings) && Object.keys(settings).length === 0;
}

/** Holds one answer against everything that the check promises. */
export function judge(answer: Answer, check: Check, held: readonly Held[], context: JudgeContext): Judgement {
  const judgement = judged(answer, check, held, context);
  if (judgement.verdict === 'pass' && isHollow(answer)) return { ...judgement, isHollow: true };
  const known = judgement.verdict === 'fail' ? ofKept(judgement, answer, check) : judgement;
  return check.standIns === undefined ? known : sayingNothing(known, answer, check);
}

/** An empty list, or an envelope or a page with nothing else in it. */
function isHollow(answer: Answer): boolean {
  if (answer.truncated || answer.tooDeep || answer.bytes === 0 || answer.bytes > mostHollow) return false;
  const body = answer.json();
  if (body === undefined) return false;
  const carried = payloadIn(body)?.value ?? body;
  return holdsNothing(isObject(body) && payloadIn(body)?.value === null ? null : carried);
}

/** Longer answers hold something. */
const mostHollow = 4096;

/** Numbers beside an empty list count or page it; an id or a text is one of a record. */
function holdsNothing(value: Json): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (!isObject(value)) return false;
  const entries = Object.entries(value);
  const isCount = ([name, one]: readonly [string, Json]): boolean =>
    typeof one === 'number' || typeof one === 'boolean' ? !/id$/i.test(name) : holdsNothing(one);
  return entries.some(([, one]) => Array.isArray(one)) && entries.every(isCount);
}

function judged(answer: Answer, check: Check, held: readonly Held[], context: JudgeContext): Judgement {
  let findings: Finding[] | undefined;
  let code: ReasonCode = 'none';
  let worst: Finding | undefined;
  let failure: Finding | undefined;
  for (const { kind, prepared } of held) {
    // What is told once must not be spent on an answer of which it is not told.
    if (failure !== undefined && ofSuccess.has(kind.kind)) continue;
    for (const finding of kind.judge(answer, check, prepared, context)) {
      findings ??= [];
      findings.push(finding);
      if (failure === undefined && saysFailure(finding)) failure = finding;
      if (worst !== undefined && rank[finding.level] <= rank[worst.level]) continue;
      worst = finding;
      code = kind.code;
    }
  }
  if (worst === undefined || findings === undefined) return pass;
  if (failure !== undefined) {
    const verdict = refused(failure, findings);
    return excuse(answer, check, held, { worst: failure, verdict }) ?? verdict;
  }
  if (worst.level === 'info') return { ...pass, findings };
  const verdict = verdictOf(worst, code, findings);
  return excuse(answer, check, held, { worst, verdict }) ?? verdict;
}

/** The body says that the call has failed: what was promised of a success says nothing that this does not. */
function saysFailure({ kind, level }: Finding): boolean {
  return kind === 'envelope' && level === 'error';
}

const ofSuccess: ReadonlySet<string> = new Set(['schema', 'drift', 'content-type']);

function refused(failure: Finding, findings: readonly Finding[]): Judgement {
  const telling = findings.filter(({ kind }) => !ofSuccess.has(kind));
  return verdictOf(failure, 'assertion', telling);
}

const rank: Readonly<Record<Finding['level'], number>> = { info: 0, warning: 1, error: 2 };

function verdictOf(worst: Finding, code: ReasonCode, findings: readonly Finding[]): Judgement {
  const others = findings.filter((finding) => finding.level === worst.level).length - 1;
  const message = others === 0 ? worst.message : sentence('andMore', { what: worst.message, n: others });
  return { verdict: worst.level === 'error' ? 'fail' : 'degraded', reason: { code, message }, findings };
}

/** A refusal that may be our own fault says nothing about the operation. */
function excuse(
  answer: Answer,
  check: Check,
  held: readonly Held[],
  { worst, verdict: found }: { readonly worst: Finding; readonly verdict: Judgement },
): Judgement | undefined {
  const byDocument = held.some(({ kind, prepared }) => kind.kind === 'status' && prepared === 'documented');
  if (!byDocument) return undefined;
  if (answer.status === 429) {
    const message = sentence('limitsCalls', { what: 'HTTP 429' });
    return { verdict: 'unknown', reason: { code: 'status', message }, findings: [] };
  }
  if (worst.kind === 'envelope' && isThrottled(worst)) {
    const message = sentence('limitsCalls', { what: worst.message });
    return { verdict: 'unknown', reason: { code: 'status', message }, findings: [], tooOften: true };
  }
  // An envelope refuses in its own words and with HTTP 200.
  if (!valueRefusals.has(answer.status) && worst.kind !== 'envelope') return undefined;
  if (worst.kind === 'envelope' && isServersFault(worst)) return undefined;
  const guessed = check.values.filter((one) => uncertainOrigins.has(one.origin) && !isOfClient(one));
  if (guessed.length === 0) return undefined;
  if (guessed.every(({ origin }) => origin === 'captured') && isWithoutReason(worst)) return undefined;
  const refused = worst.kind === 'envelope' ? worst.message : `HTTP ${answer.status}`;
  const { verdict, reason, findings } = found;
  const message = blameless(refused, guessed);
  const unproven = { verdict, code: reason.code, message: reason.message };
  return { verdict: 'unknown', reason: { code: 'made-up-value', message }, findings, unproven };
}

/** What an answer can be blamed for by what it holds. */
const ofContent: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'content-type',
  'schema',
  'assertion',
  'drift',
]);

/**
 * Where captured values are known to work, what comes of a made-up one is no news of these: some servers answer well to any id, and
 * stumble over one that does not exist.
 */
function sayingNothing(judgement: Judgement, { status }: Answer, check: Check): Judgement {
  const { verdict, reason } = judgement;
  const isOfRecord = verdict !== 'fail' || status === 500 || ofContent.has(reason.code);
  if (verdict === 'unknown' || !isOfRecord) return judgement;
  const standIns = check.values.filter(({ name }) => check.standIns?.includes(name) === true);
  const message = blameless(`HTTP ${status}`, standIns);
  return { ...judgement, verdict: 'unknown', reason: { code: 'made-up-value', message } };
}

/** What may have gone with the list that held it: that it does not exist is said in many ways, by some with HTTP 500. */
function ofKept(judgement: Judgement, { status }: Answer, { values }: Check): Judgement {
  const kept = values.filter(({ isKept }) => isKept === true);
  if (kept.length === 0 || (status !== 500 && judgement.reason.code !== 'assertion')) return judgement;
  return {
    ...judgement,
    verdict: 'unknown',
    reason: { code: 'made-up-value', message: blameless(`HTTP ${status}`, kept) },
  };
}

function isThrottled({ message }: Finding): boolean {
  const answer = envelopeAnswerIn(message);
  return answer !== undefined && saysTooOften(answer.code, answer.said);
}

function isWithoutReason({ kind, message }: Finding): boolean {
  const answer = kind === 'envelope' ? envelopeAnswerIn(message) : undefined;
  return answer !== undefined && breaksWithoutReason(answer);
}

function isServersFault({ message }: Finding): boolean {
  const answer = envelopeAnswerIn(message);
  return answer !== undefined && blamesServer(answer);
}

/** Where values come from that nobody has given. */
function blameless(what: Sentence, guessed: readonly FilledValue[]): Sentence {
  const captured = guessed.filter(({ from }) => from !== undefined).map(showValue);
  const from = [...new Set(guessed.flatMap((one) => one.from ?? []))];
  const made = guessed.filter((one) => one.from === undefined);
  const about = { what, n: made.length, values: made.map(showValue), names: made.map(({ name }) => name) };
  if (captured.length === 0) return sentence('butMadeUp', about);
  if (made.length === 0) return sentence('butCaptured', { what, values: captured, from });
  return sentence('butCapturedAndMadeUp', { ...about, captured, from });
}

function showValue({ name, value }: FilledValue): string {
  return `${name}=${ellipsize(typeof value === 'string' ? value : JSON.stringify(value), 40)}`;
}
