import { sentence } from '../messages/sentence.ts';
import { mapTexts, type Sentence } from '../model/sentence.ts';
import { parseRetryAfter } from '../lib/net/backoff.ts';
import { formatDuration } from '../lib/time/duration.ts';
import { ellipsize } from '../lib/text/text.ts';
import type { Steps } from '../lib/yielder.ts';
import type { Check } from '../model/check.ts';
import type { Evidence, Finding, Phases, Reason, ReasonCode, Result, Verdict } from '../model/result.ts';
import { LazyAnswer } from './answer/answer.ts';
import type { Refusal } from './envelope/refusal.ts';
import { makeEvidence, type Shown, traced } from './answer/evidence.ts';
import { scrubbedInSteps } from './answer/scrubbed.ts';
import type { Held, Judgement } from './judge.ts';
import { isTurnedAway, unsigned } from './optional-token.ts';
import type { AnswerReader, Authorizer } from './ports.ts';
import { noCredential, noPermission, refusedToken, renewedLater } from './refused.ts';
import { askedToSignIn, judgeCall, signIn } from './redirected.ts';
import type { Trial } from './redirects/detours.ts';
import { type AttemptContext, type Call, send, sentOn, wentAllTheWay } from './send.ts';
import type { Failure, ExchangeResult, Reply } from './http/port.ts';

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
  readonly lateMs?: number;
  readonly sent: number;
  readonly findings: readonly Finding[];
  readonly evidence?: Evidence;
  readonly unproven?: Result['unproven'];
  readonly isHollow?: true;
  /** It failed by the time that passed while this process did not run: that says nothing yet. */
  readonly stoodStill?: true;
  /** A second try may well succeed: no answer, or one that says "not now". */
  readonly transient: boolean;
  /** The body says that we call too often, whatever the status is. */
  readonly tooOften?: true;
  /** How long the server asks to be left alone. */
  readonly retryAfterMs?: number;
}

/** Calls an operation once: signs the request, sends it, holds the answer against the check. */
export async function attempt(
  check: Check,
  held: readonly Held[],
  context: AttemptContext,
): Promise<Attempt> {
  if (check.credential === undefined) {
    const at = context.date();
    const request = traced(check.request);
    const outcome = await send(check, request, context);
    return conclude(check, held, context, await sentOn(check, held, context, { at, outcome, request }));
  }
  return signedAttempt(check, check.credential, held, context);
}

async function signedAttempt(
  check: Check,
  credential: string,
  held: readonly Held[],
  context: AttemptContext,
): Promise<Attempt> {
  const trials: Trials = {};
  try {
    return await inTurns(check, credential, held, context, trials);
  } finally {
    trials.own?.end();
  }
}

/** A token that is tried although nothing says that the one in use is refused. */
interface Trials {
  own?: Trial | undefined;
}

async function inTurns(
  check: Check,
  credential: string,
  held: readonly Held[],
  context: AttemptContext,
  trials: Trials,
): Promise<Attempt> {
  let sent = 0;
  for (;;) {
    const signed = await context.authorizer.authorize(credential, check.request, context.signal);
    const at = context.date();
    if (context.signal.aborted) return stopped(at, sent);
    if (!signed.ok)
      return withoutToken(check, held, context, { at, sent, code: 'credential', message: signed.message });
    const request = traced(signed.request);
    const outcome = await send(check, request, context);
    const first: Call = { at, outcome: { ...outcome, sent: sent + outcome.sent }, request };
    const opening = answerOf(first.outcome, context);
    const refusal =
      opening === undefined ? undefined : context.judging.refusal({ answer: opening, check, held });
    const isOfToken = refusal !== undefined && refusal.kind !== 'permission';
    const refused = isOfToken || isRefused(context.authorizer, credential, opening);
    const call = refused ? first : await sentOn(check, held, context, first);
    const reply = call.outcome;
    const answer = call === first ? opening : answerOf(reply, context);
    const { walk } = call;
    if (answer !== undefined && answer.status < 300) trials.own?.learn(walk);
    const sentAway =
      sentToSignIn(check, held, call, answer) ??
      (context.detours.isSignIn(credential, walk, answer) ? signIn(walk?.steps ?? [], check) : undefined);
    const isOut =
      refused ||
      sentAway !== undefined ||
      (call !== first && isRefused(context.authorizer, credential, answer));
    if (!isOut && sent === 0) trials.own = context.detours.trial(credential, walk, answer);
    const isTried = !isOut && sent === 0 && trials.own !== undefined;
    if (!isOut && !isTried) return conclude(check, held, context, call, answer);
    const renewed =
      sent === 0 &&
      (await context.authorizer.rejected(credential, signed.generation, context.signal, (name) =>
        answer?.header(name),
      ));
    if (isTried && renewed !== true) return conclude(check, held, context, call, answer);
    if (renewed === 'later')
      return withoutToken(check, held, context, {
        at,
        sent: sent + outcome.sent,
        ...renewedLater(refusalSaid(walk, refusal, answer), credential),
      });
    if (!renewed) {
      const lost = await context.authorizer.authorize(credential, check.request, context.signal);
      // Refused, and there is no new one: the credential is in trouble, not the operation.
      if (!lost.ok)
        return withoutToken(check, held, context, {
          at,
          sent: sent + outcome.sent,
          code: 'credential',
          message: lost.message,
        });
      if (!reply.ok || answer === undefined)
        return sentAway === undefined
          ? conclude(check, held, context, call, answer)
          : withoutAnswer(at, sent + outcome.sent, 'blocked', sentAway.reason);
      const judgement = sentAway ?? refusedToken(refusal, answer.status, credential);
      return answered(check, context, call, reply, answer, judgement);
    }
    sent += outcome.sent;
  }
}

/** Why there is none, and what has been sent before that was known. */
interface NoToken extends Reason {
  readonly at: number;
  readonly sent: number;
}

/** What anybody may call, as far as its document says, is called by nobody in particular; who is turned away then lacks a token. */
async function withoutToken(
  check: Check,
  held: readonly Held[],
  context: AttemptContext,
  { at, sent, ...reason }: NoToken,
): Promise<Attempt> {
  if (check.tokenOptional !== true) return withoutAnswer(at, sent, 'blocked', reason);
  const open = await attempt(unsigned(check), held, context);
  return isTurnedAway(open)
    ? withoutAnswer(at, sent + open.sent, 'blocked', reason)
    : { ...open, sent: sent + open.sent };
}

/** By what it was turned away: the way that it was sent, what it was told, or the status. */
function refusalSaid(
  walk: Call['walk'],
  refusal: Refusal | undefined,
  answer: LazyAnswer | undefined,
): Sentence {
  if (refusal !== undefined) return refusal.what;
  const way = walk?.steps.join(', ') ?? '';
  return way === '' ? `HTTP ${answer?.status ?? 401}` : way;
}

/** What ended for a reason of ours says nothing of where it was going. */
function sentToSignIn(
  check: Check,
  held: readonly Held[],
  call: Call,
  answer: LazyAnswer | undefined,
): Judgement | undefined {
  const { outcome } = call;
  const isOurs = !outcome.ok && (ownCodes.has(outcome.code) || outcome.stoodStill === true);
  return isOurs ? undefined : askedToSignIn(check, held, call, answer);
}

function answerOf(outcome: ExchangeResult, { maxBytes }: AttemptContext): LazyAnswer | undefined {
  return outcome.ok ? new LazyAnswer(outcome, maxBytes) : undefined;
}

function isRefused(authorizer: Authorizer, credential: string, answer: LazyAnswer | undefined): boolean {
  return answer !== undefined && (authorizer.refused?.(credential, answer) ?? answer.status === 401);
}

async function conclude(
  check: Check,
  held: readonly Held[],
  context: AttemptContext,
  call: Call,
  answer?: LazyAnswer,
): Promise<Attempt> {
  const { outcome: reply } = call;
  if (!reply.ok) {
    const sentAway = sentToSignIn(check, held, call, undefined);
    return sentAway === undefined
      ? failed(check, context, call, reply)
      : withoutAnswer(call.at, reply.sent, sentAway.verdict, sentAway.reason);
  }
  const read = answer ?? new LazyAnswer(reply, context.maxBytes);
  const { judging, maxBytes, signal } = context;
  // Answers come in together, and each takes its time.
  await context.breathe();
  const judge = () => judging.judge({ reply, answer: read, check, held, maxBytes, signal });
  const judgement =
    askedToSignIn(check, held, call, read) ??
    (await judgeCall(judge, call.walk, (fact) => judging.isNews(check, fact)));
  return answered(
    check,
    context,
    call,
    reply,
    read,
    denied(check, held, context, read, judgement) ?? judgement,
  );
}

/** The answer says that somebody has to sign in for it, or that whoever does lacks a permission. */
function denied(
  check: Check,
  held: readonly Held[],
  { judging }: AttemptContext,
  answer: LazyAnswer,
  { verdict, findings }: Judgement,
): Judgement | undefined {
  if (verdict === 'pass' || verdict === 'blocked') return undefined;
  const isSigned = check.credential !== undefined;
  if (!isSigned && answer.status === 401 && verdict === 'fail') return noCredential('HTTP 401', check);
  const refusal = judging.refusal({ answer, check, held });
  if (refusal === undefined) return undefined;
  if (refusal.kind === 'token') return isSigned ? undefined : noCredential(refusal.what, check);
  // Values of ours may be of somebody else's.
  return verdict === 'unknown' ? undefined : noPermission(refusal.what, check, findings);
}

/** Failures that are not the origin's: ours, or a rule's. */
const ownCodes: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'interrupted',
  'self',
  'internal',
  'refused-address',
]);

/** What comes of time that passes while nobody looks; everything else is so whoever looks, and when. */
const timelyCodes: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'connect-timeout',
  'timeout',
  'no-resolver',
  'reset',
]);

async function failed(check: Check, context: AttemptContext, call: Call, failure: Failure): Promise<Attempt> {
  if (failure.stoodStill === true && timelyCodes.has(failure.code)) return stoodStill(call, context, failure);
  const own = ownCodes.has(failure.code);
  const way = call.walk?.steps.join(', ');
  const said = way === undefined ? failure.message : sentence('wayThen', { way, what: failure.message });
  const { given, breathe } = context;
  const { message, evidence } = await scrubbedInSteps(
    (scrub) => ({
      message: mapTexts(said, scrub),
      evidence: makeEvidence(shownOf(check, call), undefined, { scrub }),
    }),
    (text) => given.redactor.scrubInSteps(text),
    breathe,
  );
  return {
    at: call.at,
    verdict: own ? 'unknown' : 'fail',
    // The origin itself has answered: where it leads to is at fault, or it is for leading there.
    reason: {
      code: own || way === undefined ? failure.code : 'status',
      message,
    },
    bytes: failure.bytes,
    phases: failure.phases,
    sent: failure.sent,
    findings: [],
    evidence,
    transient: !own,
  };
}

/** Time limits passed and connections went while nobody looked: that says nothing about the server. */
function stoodStill(call: Call, context: AttemptContext, { message, phases, sent }: Failure): Attempt {
  const why = mapTexts(message, (text) => context.given.redactor.scrub(text));
  const reason = { code: 'interrupted', message: sentence('patrolStoodStill', { why }) } as const;
  const attempt = withoutAnswer(call.at, sent, 'unknown', reason);
  return { ...attempt, phases, imprecise: true, stoodStill: true };
}

async function answered(
  check: Check,
  context: AttemptContext,
  call: Call,
  reply: Reply,
  answer: LazyAnswer,
  { verdict, reason, findings, unproven, tooOften, isHollow }: Judgement,
): Promise<Attempt> {
  // Ids are ids, also in an answer that differs from its document.
  if (verdict === 'pass' || verdict === 'degraded' || reason.code === 'schema')
    show(context.reader, check, answer);
  const { at } = call;
  const { status, bytes, phases, sent } = reply;
  const retryAfterMs = parseRetryAfter(answer.header('retry-after'), context.clock.now());
  const why = verdict === 'pass' ? '' : withWish(reason.message, status, retryAfterMs);
  const shown = await scrubbedInSteps(
    (scrub) => ({
      // Most have none: the one list that says so is kept for all of them.
      findings: findings.length === 0 ? findings : findings.map((finding) => scrubFinding(finding, scrub)),
      why: mapTexts(why, scrub),
      unproven: mapTexts(unproven?.message ?? '', scrub),
    }),
    quotesOf(answer, context),
    context.breathe,
  );
  const pass: Attempt = {
    at,
    verdict,
    reason,
    status,
    bytes,
    phases,
    sent,
    findings: shown.findings,
    transient: false,
  };
  const measured: Attempt = {
    ...pass,
    ...(reply.imprecise === true ? { imprecise: true, lateMs: reply.lateMs } : {}),
    ...(isHollow === true ? { isHollow } : {}),
  };
  if (verdict === 'pass') return measured;
  const evidence = await scrubbedInSteps(
    (scrub) => makeEvidence(shownOf(check, call), answer, { scrub }),
    (text) => context.given.redactor.scrubInSteps(text),
    context.breathe,
  );
  return {
    ...measured,
    reason: { code: reason.code, message: shown.why },
    ...(unproven === undefined ? {} : { unproven: { ...unproven, message: shown.unproven } }),
    evidence,
    transient: notNow.has(status),
    ...(tooOften === undefined ? {} : { tooOften }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** More than that says no more. */
const longestWishMs = 365 * 86_400_000;

/** Whoever is down may say for how long; counted down from one call to the next, it is the same wish. */
function withWish(message: Sentence, status: number, retryAfterMs = 0): Sentence {
  if (status !== 503 || retryAfterMs === 0) return message;
  const ms = Math.min(retryAfterMs, longestWishMs);
  const stepMs = ms > 120_000 ? 60_000 : 1000;
  const time = formatDuration(Math.ceil(ms / stepMs) * stepMs);
  return sentence('asksToBeLeftAlone', { what: message, time });
}

function shownOf({ request, operation }: Check, call: Call): Shown {
  return { planned: request, sent: call.request, operation, followed: wentAllTheWay(call) };
}

function show(reader: AnswerReader | undefined, check: Check, answer: LazyAnswer): void {
  if (reader?.wants(check.id) !== true || answer.truncated) return;
  const body = answer.exact();
  if (body !== undefined) reader.observe(check, body);
}

const notNow: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Names in answers and documents may be of any length; a person reads the beginning. */
const longestText = 2000;
/** Looked through for secrets: far more than is shown, so that none of it is one that was cut in two. */
const longestScrubbed = 20_000;

type Scrub = (text: string) => string;

/** What is quoted of an answer hides what its excerpt hides. */
function quotesOf(answer: LazyAnswer, { given }: AttemptContext): (text: string) => Steps<string> {
  let quoted: ((text: string) => Steps<string>) | undefined;
  return function* (text) {
    quoted ??= yield* given.redactor.quoting(
      answer.bytes === 0 ? '' : ellipsize(answer.text(), longestScrubbed),
    );
    return ellipsize(yield* quoted(ellipsize(text, longestScrubbed)), longestText);
  };
}

function scrubFinding(finding: Finding, scrub: Scrub): Finding {
  const { message, pointer, expected, found } = finding;
  return {
    ...finding,
    message: mapTexts(message, scrub),
    ...(pointer === undefined ? {} : { pointer: scrub(pointer) }),
    ...(expected === undefined ? {} : { expected: mapTexts(expected, scrub) }),
    ...(found === undefined ? {} : { found: mapTexts(found, scrub) }),
  };
}

function stopped(at: number, sent: number): Attempt {
  return withoutAnswer(at, sent, 'unknown', { code: 'interrupted', message: sentence('stoppedBeforeSent') });
}

function withoutAnswer(at: number, sent: number, verdict: Verdict, reason: Reason): Attempt {
  return { at, verdict, reason, bytes: 0, phases: { totalMs: 0 }, sent, findings: [], transient: false };
}
