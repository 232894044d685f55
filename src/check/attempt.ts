import { parseRetryAfter } from '../kit/backoff.ts';
import type { Clock } from '../kit/clock.ts';
import type { LoopDelay } from '../kit/loop-delay.ts';
import { ellipsize } from '../kit/text.ts';
import type { Redactor } from '../kit/secret.ts';
import type { Check, OutgoingRequest } from '../model/check.ts';
import type { Evidence, Finding, Phases, Reason, ReasonCode, Verdict } from '../model/result.ts';
import { LazyAnswer } from './answer.ts';
import { makeEvidence } from './evidence.ts';
import type { Held, Judgement } from './judge.ts';
import type { Judging } from './judging/judging.ts';
import type { AnswerReader, Authorizer } from './ports.ts';
import { traced } from './trace.ts';
import type { Failure, Outcome, Reply, Sending, Transport } from './transport.ts';

/** What calling an operation once came to. */
export interface Attempt {
  /** Wall clock at which the request that decided it was sent, epoch ms. */
  readonly at: number;
  readonly verdict: Verdict;
  readonly reason: Reason;
  readonly status?: number;
  readonly bytes: number;
  readonly phases: Phases;
  readonly imprecise?: true;
  readonly sent: number;
  readonly findings: readonly Finding[];
  readonly evidence?: Evidence;
  /** A second try may well succeed: no answer, or one that says "not now". */
  readonly transient: boolean;
  /** How long the server asks to be left alone. */
  readonly retryAfterMs?: number;
}

export interface AttemptContext {
  readonly judging: Judging;
  readonly authorizer: Authorizer;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly maxBytes: number;
  readonly loopDelay: LoopDelay;
  readonly reader?: AnswerReader | undefined;
  /** Aborts when there is no time left. */
  readonly signal: AbortSignal;
  /** Called with each request that is sent, so that it can be cut. */
  track(sending: Sending): void;
}

/** Calls an operation once: signs the request, sends it, holds the answer against the check. */
export async function attempt(
  check: Check,
  held: readonly Held[],
  context: AttemptContext,
): Promise<Attempt> {
  if (check.credential === undefined) {
    const at = context.clock.now();
    const request = traced(check.request);
    const outcome = await send(check, request, context);
    return conclude(check, held, context, { at, outcome, request });
  }
  return signedAttempt(check, check.credential, held, context);
}

async function signedAttempt(
  check: Check,
  credential: string,
  held: readonly Held[],
  context: AttemptContext,
): Promise<Attempt> {
  let sent = 0;
  for (;;) {
    const signed = await context.authorizer.authorize(credential, check.request, context.signal);
    const at = context.clock.now();
    if (context.signal.aborted) return stopped(at, sent);
    if (!signed.ok)
      return withoutAnswer(at, sent, 'blocked', { code: 'credential', message: signed.message });
    const request = traced(signed.request);
    const outcome = await send(check, request, context);
    const call: Call = { at, outcome: { ...outcome, sent: sent + outcome.sent }, request };
    const answer = outcome.ok ? new LazyAnswer(outcome, context.maxBytes) : undefined;
    if (!outcome.ok || answer === undefined || !isRefused(context.authorizer, credential, answer)) {
      return conclude(check, held, context, call, answer);
    }
    const renewed =
      sent === 0 &&
      (await context.authorizer.rejected(credential, signed.generation, context.signal, (name) =>
        answer.header(name),
      ));
    if (!renewed) {
      const lost = await context.authorizer.authorize(credential, check.request, context.signal);
      // Refused, and there is no new one: the credential is in trouble, not the operation.
      if (!lost.ok)
        return withoutAnswer(at, sent + outcome.sent, 'blocked', {
          code: 'credential',
          message: lost.message,
        });
      const reply = { ...outcome, sent: sent + outcome.sent };
      return answered(check, context, call, reply, answer, refusedToken(answer.status, credential));
    }
    sent += outcome.sent;
  }
}

interface Call {
  readonly at: number;
  readonly outcome: Outcome;
  readonly request: OutgoingRequest;
}

/** Sends one request for a check. */
export async function send(
  check: Check,
  request: OutgoingRequest,
  context: AttemptContext,
): Promise<Outcome> {
  const mark = context.loopDelay.mark();
  const sending = context.transport.send(request, {
    origin: check.origin,
    timeouts: check.timeouts,
    maxBytes: context.maxBytes,
    repeatable: check.repeatable,
    network: check.network,
  });
  context.track(sending);
  const outcome = await sending.outcome;
  if (!context.loopDelay.wasLateSince(mark)) return outcome;
  return { ...outcome, imprecise: true };
}

function isRefused(authorizer: Authorizer, credential: string, answer: LazyAnswer): boolean {
  const header = (name: string): string | undefined => answer.header(name);
  return (
    authorizer.refused?.(credential, answer.status, () => answer.json(), header) ?? answer.status === 401
  );
}

async function conclude(
  check: Check,
  held: readonly Held[],
  context: AttemptContext,
  call: Call,
  answer?: LazyAnswer,
): Promise<Attempt> {
  if (!call.outcome.ok) return failed(check, context, call, call.outcome);
  const read = answer ?? new LazyAnswer(call.outcome, context.maxBytes);
  const { maxBytes, signal } = context;
  const judgement = await context.judging.judge({
    reply: call.outcome,
    answer: read,
    check,
    held,
    maxBytes,
    signal,
  });
  const unsigned = read.status === 401 && check.credential === undefined && judgement.verdict === 'fail';
  return answered(check, context, call, call.outcome, read, unsigned ? noCredential(check) : judgement);
}

/** Failures that are not the origin's: ours, or a rule's. */
const ownCodes: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'interrupted',
  'self',
  'internal',
  'refused-address',
]);

function failed(check: Check, context: AttemptContext, call: Call, failure: Failure): Attempt {
  const own = ownCodes.has(failure.code);
  return {
    at: call.at,
    verdict: own ? 'unknown' : 'fail',
    reason: { code: failure.code, message: context.redactor.scrub(failure.message) },
    bytes: failure.bytes,
    phases: failure.phases,
    sent: failure.sent,
    findings: [],
    evidence: makeEvidence(check.request, call.request, undefined, context.redactor),
    transient: !own,
  };
}

function answered(
  check: Check,
  context: AttemptContext,
  call: Call,
  reply: Reply,
  answer: LazyAnswer,
  { verdict, reason, findings }: Judgement,
): Attempt {
  if (verdict === 'pass' || verdict === 'degraded') show(context.reader, check, answer);
  const { at } = call;
  const { status, bytes, phases, sent } = reply;
  const { redactor } = context;
  const shown = findings.map((finding) => scrubFinding(finding, redactor));
  const pass: Attempt = {
    at,
    verdict,
    reason,
    status,
    bytes,
    phases,
    sent,
    findings: shown,
    transient: false,
  };
  const measured: Attempt = reply.imprecise === true ? { ...pass, imprecise: true } : pass;
  if (verdict === 'pass') return measured;
  const retryAfterMs = parseRetryAfter(answer.header('retry-after'), context.clock.now());
  return {
    ...measured,
    reason: { code: reason.code, message: scrubText(reason.message, redactor) },
    evidence: makeEvidence(check.request, call.request, answer, redactor),
    transient: notNow.has(status),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function show(reader: AnswerReader | undefined, check: Check, answer: LazyAnswer): void {
  if (reader?.wants(check.id) !== true || answer.truncated) return;
  const body = answer.json();
  if (body !== undefined) reader.observe(check, body);
}

const notNow: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Names in answers and documents may be of any length; a person reads the beginning. */
const longestText = 2000;
/** Looked through for secrets: far more than is shown, so that none of it is one that was cut in two. */
const longestScrubbed = 20_000;

function scrubText(text: string, redactor: Redactor): string {
  return ellipsize(redactor.scrub(text.slice(0, longestScrubbed)), longestText);
}

function scrubFinding(finding: Finding, redactor: Redactor): Finding {
  const { message, pointer, expected, found } = finding;
  return {
    ...finding,
    message: scrubText(message, redactor),
    ...(pointer === undefined ? {} : { pointer: ellipsize(pointer, longestText) }),
    ...(expected === undefined ? {} : { expected: scrubText(expected, redactor) }),
    ...(found === undefined ? {} : { found: scrubText(found, redactor) }),
  };
}

function noCredential(check: Check): Judgement {
  return rejection(
    `HTTP 401, and no credential is configured: set \`credential\` for source "${check.source}"`,
  );
}

function refusedToken(status: number, credential: string): Judgement {
  return rejection(`HTTP ${status}: the server does not accept the token of credential "${credential}"`);
}

function rejection(message: string): Judgement {
  return { verdict: 'fail', reason: { code: 'auth-rejected', message }, findings: [] };
}

function stopped(at: number, sent: number): Attempt {
  return withoutAnswer(at, sent, 'unknown', { code: 'interrupted', message: 'stopped before it was sent' });
}

function withoutAnswer(at: number, sent: number, verdict: Verdict, reason: Reason): Attempt {
  return { at, verdict, reason, bytes: 0, phases: { totalMs: 0 }, sent, findings: [], transient: false };
}
