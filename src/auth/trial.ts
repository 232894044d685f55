import { saidBy } from '../messages/said-error.ts';
import { sentence } from '../messages/sentence.ts';
import { mapTexts, type Sentence } from '../model/sentence.ts';
import type { Clock } from '../lib/time/clock.ts';
import { isSensitiveName } from '../lib/secrets/secret.ts';
import { ellipsize } from '../lib/text/text.ts';
import type { OutgoingRequest } from '../model/check.ts';
import type { Credential } from './credential.ts';
import { saysFailure } from './account-verdict.ts';
import { dataOf, namesIn } from './token/answer.ts';
import { unknownLifeMs } from './token/expiry.ts';
import type { LoginReading } from '../model/sign-in.ts';
import { oneLine, targetOf } from './token/token-error.ts';
import type { SchemeResponse, Token } from './scheme.ts';
import { describe, type Send } from './token/send.ts';

/** One thing that happened while a credential was tried out. Free of secrets. */
export interface TrialStep {
  /** `POST https://sso.example/token` */
  readonly title: Sentence;
  readonly ok: boolean;
  /** Lines for a person. */
  readonly details: readonly Sentence[];
}

/** How trying a credential went. */
export interface Trial {
  readonly steps: readonly TrialStep[];
  /** Of a scheme whose settings its answer tells. */
  readonly reading?: LoginReading;
}

/**
 * Signs in anew, whatever is kept, and signs a sample request. What each step sent and received is shown with secrets
 * masked. The token is kept like any other: where each is good once, or ends the one before, the patrol needs it. A credential that others depend on is tried where it is needed.
 */
export async function tryCredential(
  credential: Credential,
  sample: OutgoingRequest,
  send: Send,
  clock: Clock,
  signal: AbortSignal,
): Promise<Trial> {
  const steps: TrialStep[] = [];
  let last: SchemeResponse | undefined;
  const seen = (response: SchemeResponse): void => {
    last = response;
  };
  const traced = Object.assign(traceInto(steps, send, clock, seen), { close: send.close });
  const others = await credential.readyOthers(undefined, signal);
  if (others !== undefined)
    return { steps: [{ title: credential.name, ok: false, details: [others.failure.message] }] };
  const token = await obtainInto(steps, credential, traced, clock, signal);
  if (token !== 'failed') steps.push(await signInto(credential, sample, token, signal));
  // Masked at the end: only now are the tokens known that the answers contained.
  const shown = steps.map((step) => masked(step, credential));
  const reading = last === undefined ? undefined : credential.scheme.read?.(last);
  if (reading === undefined) return { steps: shown };
  return { steps: shown, reading: { ...reading, shown: credential.scrub(reading.shown) } };
}

async function obtainInto(
  steps: TrialStep[],
  credential: Credential,
  send: Send,
  clock: Clock,
  signal: AbortSignal,
): Promise<Token | undefined | 'failed'> {
  if (credential.scheme.obtain === undefined) return undefined;
  const outcome = await credential.renew(signal, send);
  if (!outcome.ok) {
    const { message, hint } = outcome.failure;
    steps.push({ title: 'token', ok: false, details: [message, ...(hint === undefined ? [] : [hint])] });
    return 'failed';
  }
  const { value, refreshToken } = outcome.token;
  const renewal = refreshToken === undefined ? [] : [sentence('withRefreshToken')];
  steps.push({
    title: 'token',
    ok: true,
    details: [
      sentence('tokenHas', { names: Object.keys(value) }),
      lifeText(outcome.token, clock.now()),
      ...renewal,
    ],
  });
  return outcome.token;
}

function lifeText({ expiresAt, unusableEnd }: Token, now: number): Sentence {
  if (expiresAt !== undefined) {
    const at = new Date(expiresAt).toISOString();
    return sentence('tokenEnds', { at, seconds: Math.round((expiresAt - now) / 1000) });
  }
  const what =
    unusableEnd === undefined ? sentence('noEndStated') : sentence('lifeUnknown', { why: unusableEnd });
  return sentence('usedUntilRefused', { what, minutes: unknownLifeMs / 60_000 });
}

async function signInto(
  credential: Credential,
  sample: OutgoingRequest,
  token: Token | undefined,
  signal: AbortSignal,
): Promise<TrialStep> {
  const title = sentence('signingRequest', { request: describe(sample) });
  try {
    const explained = credential.scheme.explain?.(sample, credential.options(), credential.serverClock) ?? [];
    const signed = await credential.sign(sample, token, signal);
    return { title, ok: true, details: [...explained, ...differences(sample, signed)] };
  } catch (error) {
    return { title, ok: false, details: [saidBy(error)] };
  }
}

/** What signing put on the request: names, and values as far as they may be seen. */
function differences(before: OutgoingRequest, after: OutgoingRequest): readonly Sentence[] {
  const headers = Object.entries(after.headers)
    .filter(([name, value]) => before.headers[name] !== value)
    .map(([name, value]) => `${name}: ${isSensitiveName(name) ? '***' : value}`);
  const query = after.url === before.url ? [] : [sentence('signedAddress', { url: after.url })];
  const body = after.body === before.body ? [] : [sentence('bodyChanged')];
  const tls = after.tls === before.tls ? [] : [sentence('certificatePresented')];
  return [...headers, ...query, ...body, ...tls];
}

function traceInto(steps: TrialStep[], send: Send, clock: Clock, seen: (response: SchemeResponse) => void) {
  return async (
    request: OutgoingRequest,
    signal: AbortSignal,
    credential?: string,
  ): Promise<SchemeResponse> => {
    const startedAt = clock.monotonic();
    const title = describe(request);
    const sent = [...headerLines(request.headers), ...bodyLine(String(request.body ?? ''))].map(
      (line) => `> ${line}`,
    );
    try {
      const response = await send(request, signal, credential);
      seen(response);
      const tookMs = Math.round(clock.monotonic() - startedAt);
      const took = sentence('answeredAfter', { status: response.status, ms: tookMs });
      const received = [took, ...receivedLines(response)].map((line) => sentence('received', { line }));
      const ok = response.status < 400 && !saysFailure(dataOf(response) ?? null);
      steps.push({ title, ok, details: [...sent, ...received] });
      return response;
    } catch (error) {
      steps.push({ title, ok: false, details: [...sent, saidBy(error)] });
      throw error;
    }
  };
}

/** What refuses is shown as it is; anything else may hold the token, wherever it stands. */
function receivedLines(response: SchemeResponse): readonly Sentence[] {
  if (response.status >= 400) return [...headerLines(response.headers), ...bodyLine(response.body)];
  const told = Object.entries(response.headers).map(([name, value]): [string, string | readonly string[]] => [
    name,
    neverSecret.has(name) ? value : '***',
  ]);
  const target = targetOf(response);
  const led = target === undefined ? [] : [sentence('leadsTo', { target })];
  return [...headerLines(Object.fromEntries(told)), ...led, namesIn(response)];
}

const neverSecret: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'server',
  'transfer-encoding',
]);

function headerLines(headers: Readonly<Record<string, string | readonly string[]>>): readonly string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map(
      (one) => `${name}: ${isSensitiveName(name) ? '***' : one}`,
    ),
  );
}

function bodyLine(body: string): readonly string[] {
  return body === '' ? [] : [oneLine(ellipsize(body, 16_384))];
}

function masked(step: TrialStep, credential: Credential): TrialStep {
  return {
    title: mapTexts(step.title, (text) => credential.scrub(text)),
    ok: step.ok,
    // Cut last: half a secret would not be recognised.
    details: step.details.map((line) => mapTexts(line, (text) => ellipsize(credential.scrub(text), 500))),
  };
}
