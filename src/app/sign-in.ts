import { refusesCaller } from '../auth/account-verdict.ts';
import type { Trial } from '../auth/trial.ts';
import { exactJsonOf } from '../lib/json/json-of.ts';
import { sentence } from '../messages/sentence.ts';
import type { Check, OutgoingRequest } from '../model/check.ts';
import type { Json } from '../model/json.ts';
import { isRefusal, type Result } from '../model/result.ts';
import type { Sentence } from '../model/sentence.ts';
import type { Settings } from '../model/settings.ts';
import type { BuiltParts } from './composition.ts';

/** Trying a credential: whether one gets in with it, and whether an operation wants it. For the first-run page, `init` and `auth test`. */

export interface ProvenTrial extends Trial, Proof {}

/** Signs in and, when that went well, calls operations that need it. */
export async function trySignIn(
  parts: BuiltParts,
  settings: Settings,
  credential: string,
  checks: readonly Check[],
  signal: AbortSignal,
): Promise<ProvenTrial> {
  const own = checks.filter((one) => one.credential === credential && one.repeatable);
  const trial = await parts.tokens.test(credential, own[0]?.request ?? anywhere(settings), signal);
  const signed = trial.steps.at(-1)?.ok === true;
  const proof: Proof = signed
    ? await proofOf(parts, settings, own, signal)
    : { verdict: 'refused', why: sentence('proof.nothingSigned') };
  return { ...trial, ...proof };
}

/** For a credential that no operation needs yet. */
function anywhere({ services }: Settings): OutgoingRequest {
  const url = services.find(({ baseUrl }) => baseUrl !== undefined)?.baseUrl ?? 'https://service.example/';
  return { method: 'GET', url, headers: {} };
}

/** What real operations say of a credential. Only one that they take, and refuse to go without, is a good one. */
export interface Proof {
  readonly verdict: 'verified' | 'refused' | 'not verified';
  /** For a person. */
  readonly why: Sentence;
  /** The call that tells, absent when there is none to make. */
  readonly call?: { readonly operation: string; readonly service: string; readonly result: Result };
}

/** Beyond these, those that anybody may call are told apart from the others by hand. */
const mostTried = 3;

/** Calls operations that need the credential with and without it, until one tells. */
async function proofOf(
  parts: BuiltParts,
  { graceMs }: Settings,
  checks: readonly Check[],
  signal: AbortSignal,
): Promise<Proof> {
  let last: Proof = {
    verdict: 'not verified',
    why: sentence('proof.noOperation'),
  };
  for (const check of checks.slice(0, mostTried)) {
    const signed = await called(parts, check, graceMs, signal);
    if (signed === undefined) break;
    last = { ...(await judged(parts, check, signed, graceMs, signal)), call: callOf(check, signed) };
    if (last.verdict !== 'not verified') break;
  }
  return last;
}

async function judged(
  parts: BuiltParts,
  check: Check,
  signed: Called,
  graceMs: number,
  signal: AbortSignal,
): Promise<Proof> {
  if (isRefused(signed)) return { verdict: 'refused', why: refusalOf(check, signed) };
  if (!isTaken(signed)) return { verdict: 'not verified', why: sentence('proof.operationUnwell') };
  const { credential: _, ...without } = check;
  const expectations = check.expectations.filter(({ kind }) => kind !== 'anonymous');
  const anonymous = await called(parts, { ...without, expectations }, graceMs, signal);
  if (anonymous !== undefined && isRefused(anonymous))
    return { verdict: 'verified', why: sentence('proof.refusedWithout') };
  const answered = anonymous !== undefined && isTaken(anonymous);
  const why = sentence(answered ? 'proof.answeredWithout' : 'proof.withoutUnclear');
  return { verdict: 'not verified', why };
}

interface Called {
  readonly result: Result;
  readonly body: Json | undefined;
}

async function called(
  { engine }: BuiltParts,
  check: Check,
  graceMs: number,
  signal: AbortSignal,
): Promise<Called | undefined> {
  let body: Json | undefined;
  const reader = {
    wants: () => true,
    observe(_: Check, json: Json) {
      body = json;
    },
  };
  const [result] = await engine.run([check], { signal, graceMs, confirmAfterMs: [], reader });
  if (result === undefined) return undefined;
  return { result, body: body ?? exactJsonOf(result.evidence?.excerpt ?? '') };
}

function callOf({ operation, service }: Check, { result }: Called) {
  return { operation, service, result };
}

function isRefused({ result, body }: Called): boolean {
  const { status, reason, verdict } = result;
  const byStatus = status === 401 || status === 403 || isRefusal(reason.code);
  return byStatus || verdict === 'blocked' || refusesCaller(body ?? null);
}

function isTaken({ result: { status = 0 } }: Called): boolean {
  return status >= 200 && status < 300;
}

function refusalOf({ otherHeader: header }: Check, signed: Called): Sentence {
  const why = refusalIn(signed);
  const setting = `send: { name: ${header} }`;
  return header === undefined ? why : sentence('proof.tokenElsewhere', { why, header, setting });
}

function refusalIn({ result: { reason, status: answered }, body }: Called): Sentence {
  const status = answered ?? '';
  if (refusesCaller(body ?? null)) return sentence('proof.callerNotTaken', { status });
  return reason.message === '' ? `HTTP ${status}` : reason.message;
}
