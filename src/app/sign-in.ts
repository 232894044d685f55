import { refusesCaller } from '../auth/account-verdict.ts';
import type { Trial } from '../auth/trial.ts';
import { exactJsonOf } from '../lib/json/json-of.ts';
import { sentence } from '../messages/sentence.ts';
import type { Check, OutgoingRequest } from '../model/check.ts';
import type { Json } from '../model/json.ts';
import { isRefusal, type Result } from '../model/result.ts';
import type { Sentence } from '../model/sentence.ts';
import { noCredential, type ServiceSettings, type Settings } from '../model/settings.ts';
import type { UnreadableDocument } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';
import type { ScanReport } from '../documents/report.ts';
import { webPlaces } from '../lib/net/places.ts';
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
  const documented = settings.services.filter(({ docsCredential }) => docsCredential === credential);
  const sample = own[0]?.request ?? anywhere(settings, documented);
  const trial = await parts.tokens.test(credential, sample, signal);
  const signed = trial.steps.at(-1)?.ok === true;
  if (!signed) return { ...trial, verdict: 'refused', why: sentence('proof.nothingSigned') };
  const proof =
    own.length === 0 && documented.length > 0
      ? await proofByDocuments(parts, documented, signal)
      : await proofOf(parts, settings, own, signal);
  return { ...trial, ...proof };
}

/** For a credential that no operation needs yet. */
function anywhere({ services }: Settings, documented: readonly ServiceSettings[]): OutgoingRequest {
  const [document] = webPlaces(documented.flatMap(({ docs }) => docs));
  const base = services.find(({ baseUrl }) => baseUrl !== undefined)?.baseUrl;
  return { method: 'GET', url: document?.href ?? base ?? 'https://service.example/', headers: {} };
}

/** Whether documents are read with the credential that is for them, and not without. */
async function proofByDocuments(
  { scanner }: BuiltParts,
  services: readonly ServiceSettings[],
  signal: AbortSignal,
): Promise<Proof> {
  const signed = await scanner.scan(services, signal);
  const why = failureIn(signed);
  if (why !== undefined)
    return { verdict: 'refused', why: sentence('proof.documentUnread', { why: wordsOf(why) }) };
  const unsigned = services.map((one) => ({ ...one, docsCredential: noCredential }));
  return failureIn(await scanner.scan(unsigned, signal)) === undefined
    ? { verdict: 'not verified', why: sentence('proof.documentReadWithout') }
    : { verdict: 'verified', why: sentence('proof.documentRefusedWithout') };
}

/** What keeps any of their documents from being read; one that was read before does not count as read. */
function failureIn({
  documents,
  problems,
  unreadable,
}: ScanReport): Problem | UnreadableDocument | undefined {
  const [first] = unreadable;
  if (first !== undefined || documents.length > 0) return first;
  return problems.find(({ level }) => level !== 'info') ?? { level: 'error', code: '', message: '' };
}

function wordsOf({ uri, message }: { readonly uri?: string; readonly message: Sentence }): Sentence {
  return uri === undefined ? message : sentence('proof.documentSaid', { uri, message });
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
