import { sentence } from '../messages/sentence.ts';
import type { Clock } from '../lib/time/clock.ts';
import type { LoopDelay } from '../lib/time/loop-delay.ts';
import type { Yielder } from '../lib/yielder.ts';
import type { Check, OutgoingRequest } from '../model/check.ts';
import type { Phases } from '../model/result.ts';
import { LazyAnswer } from './answer/answer.ts';
import { isNamed } from './expectations/status.ts';
import type { Detours } from './redirects/detours.ts';
import { follow, type Walk } from './redirects/follow.ts';
import type { Held } from './judge.ts';
import type { Judging } from './judging/judging.ts';
import type { AnswerReader, Authorizer } from './ports.ts';
import type { ExchangeResult, Sending, SendOptions, HttpTransport } from './http/port.ts';
import { RememberedSecrets, secretsOfCookies } from '../lib/secrets/given-secrets.ts';
import { Redactor } from '../lib/secrets/secret.ts';
import type { NetworkSettings } from '../model/settings.ts';

export interface AttemptContext {
  /** Certificates are watched by somebody else, once an origin. */
  readonly certificatesApart: boolean;
  readonly judging: Judging;
  readonly detours: Detours;
  readonly authorizer: Authorizer;
  readonly transport: HttpTransport;
  readonly clock: Clock;
  /** By what the calls of a run are dated: epoch ms, not touched by a wall clock that is set meanwhile. */
  readonly date: () => number;
  readonly given: GivenSessions;
  readonly maxBytes: number;
  readonly loopDelay: LoopDelay;
  readonly breathe: Yielder;
  readonly reader?: AnswerReader;
  /** Aborts when there is no time left. */
  readonly signal: AbortSignal;
  /** Called with each request that is sent, so that it can be cut. */
  track(sending: Sending): void;
}

/** A fifth of a measured time that may be ours: three seconds with a pause of 30 ms are three seconds. */
const considerable = 0.2;

function withoutCertificate(outcome: ExchangeResult): ExchangeResult {
  if (!outcome.ok) return outcome;
  const { certificate: _, ...rest } = outcome;
  return rest;
}

/** What is left when none of the time that we stood still is charged to the server. */
function without(lateMs: number, phases: Phases): Phases {
  const left: { -readonly [Key in keyof Phases]: Phases[Key] } = { ...phases };
  for (const [name, ms] of Object.entries(phases) as [keyof Phases, number][])
    left[name] = Math.max(0, ms - lateMs);
  return left;
}

/** A request with what came of it. */
export interface Call {
  readonly at: number;
  readonly outcome: ExchangeResult;
  readonly request: OutgoingRequest;
  /** Set when redirects led it on. */
  readonly walk?: Walk;
}

/** Goes where the answer leads, as far as the check may be redirected. */
export async function sentOn(
  check: Check,
  held: readonly Held[],
  context: AttemptContext,
  call: Call,
): Promise<Call> {
  const { outcome, request } = call;
  if (!outcome.ok || outcome.status < 300 || outcome.status >= 400) return call;
  const walk = await follow(request, outcome, {
    policy: check.redirects ?? (check.method === 'GET' || check.method === 'HEAD' ? 'same-site' : 'off'),
    maxBytes: context.maxBytes,
    isWanted: (status) => isWanted(status, check, held),
    send: (next, spentMs, sameSite) => sendOn(check, next, context, spentMs, sameSite),
  });
  return walk.steps.length === 0 ? call : { ...call, outcome: { ...walk.outcome, sent: outcome.sent }, walk };
}

/** To where no answer leads any further: whoever follows by hand ends there as well. */
export function wentAllTheWay({ walk, outcome }: Call): boolean {
  if (walk === undefined || walk.stopped !== undefined) return false;
  return !outcome.ok || outcome.status < 300 || outcome.status >= 400;
}

function isWanted(status: number, check: Check, held: readonly Held[]): boolean {
  return held.some(({ kind, prepared }) => kind.kind === 'status' && isNamed(status, prepared, check));
}

/** The next step of a redirected call, in the time that is left for all of it. */
async function sendOn(
  check: Check,
  next: OutgoingRequest,
  context: AttemptContext,
  spentMs: number,
  sameSite: boolean,
): Promise<ExchangeResult> {
  const { timeouts, network } = check;
  const totalMs = timeouts.totalMs - spentMs;
  if (context.signal.aborted || totalMs <= 0) {
    const code = context.signal.aborted ? 'interrupted' : 'timeout';
    const message = sentence(context.signal.aborted ? 'stoppedBeforeSent' : 'noTimeForRedirect');
    return { ok: false, code, message, bytes: 0, phases: { totalMs: 0 }, sent: 0 };
  }
  const { origin } = new URL(next.url);
  return send(check, next, context, {
    origin,
    ...(sameSite && origin !== check.origin ? { vouchedBy: check.origin } : {}),
    timeouts: { ...timeouts, totalMs, firstByteMs: Math.min(timeouts.firstByteMs, totalMs) },
    network: sameSite ? network : elsewhere(network),
  });
}

/** Sends one request for a check. */
export async function send(
  check: Check,
  request: OutgoingRequest,
  context: AttemptContext,
  step: Partial<SendOptions> = {},
): Promise<ExchangeResult> {
  const mark = context.loopDelay.mark();
  const sending = context.transport.send(request, {
    origin: check.origin,
    timeouts: check.timeouts,
    maxBytes: context.maxBytes,
    repeatable: check.repeatable,
    network: check.network,
    ...step,
  });
  context.track(sending);
  const outcome = context.certificatesApart
    ? withoutCertificate(await sending.outcome)
    : await sending.outcome;
  if (outcome.ok && check.credential !== undefined) context.given.add(new LazyAnswer(outcome, 0).setCookies);
  const lateMs = context.loopDelay.lateSince(mark);
  const slept = context.loopDelay.sleptSince(mark);
  if (lateMs === 0 && !slept) return outcome;
  const { totalMs } = outcome.phases;
  const measured: ExchangeResult =
    slept || lateMs >= totalMs * considerable
      ? { ...outcome, imprecise: true, ...(slept ? {} : { lateMs }) }
      : outcome;
  const stillMs = context.loopDelay.stillSince(mark);
  if (!slept && (stillMs === 0 || stillMs < totalMs * considerable)) return measured;
  const { lateMs: _, ...standing } = measured;
  return { ...standing, stoodStill: true, phases: without(lateMs, outcome.phases) };
}

/** Whoever hands out new cookies with each answer, and many, has few of them remembered. */
const memory = { fresh: 2, all: 64, together: 16, disguised: 4, values: 128, units: 1 << 18 };

/** What a credential's calls have been given as cookies: whoever has one has a session of its account. */
interface GivenSessions {
  /** Takes them out of what is shown of its calls, and what the program's own takes out. */
  readonly redactor: Redactor;
  /** @param setCookies `Set-Cookie` headers of an answer. */
  add(setCookies: readonly string[]): void;
}

/** By credential: what one server hands out takes nothing out of what is shown of others. */
export function givenSessions(redactor: Redactor): (credential: string | undefined) => GivenSessions {
  const byCredential = new Map<string, GivenSessions>();
  const nothing: GivenSessions = { redactor, add: () => undefined };
  return (credential) => {
    if (credential === undefined) return nothing;
    const known = byCredential.get(credential) ?? sessionsBeside(redactor);
    byCredential.set(credential, known);
    return known;
  };
}

function sessionsBeside(program: Redactor): GivenSessions {
  const redactor = new Redactor(program);
  const remembered = new RememberedSecrets([redactor], memory);
  return { redactor, add: (setCookies) => remembered.add(secretsOfCookies(setCookies)) };
}

const known = new WeakMap<NetworkSettings, NetworkSettings>();

/** The way to other hosts than those that the settings were made for: the same object for the same settings. */
function elsewhere(network: NetworkSettings | undefined): NetworkSettings | undefined {
  if (network?.serverName === undefined) return network;
  let other = known.get(network);
  if (other === undefined) {
    const { serverName: _, ...rest } = network;
    other = rest;
    known.set(network, other);
  }
  return other;
}
