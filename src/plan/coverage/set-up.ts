import { isUnreadable } from '../../messages/unreadable.ts';
import { type SentenceCode, sentence } from '../../messages/sentence.ts';
import { keyOf, type Sentence } from '../../model/sentence.ts';
import { blamesServer, breaksWithoutReason, envelopeAnswerIn } from '../../messages/envelope.ts';
import { isSensitiveName } from '../../lib/secrets/secret.ts';
import { saidBy, saidIn } from '../../lib/text/said.ts';
import { ellipsize } from '../../lib/text/text.ts';
import type { Check, FilledValue, SignIn, ValueOrigin } from '../../model/check.ts';
import { isOfClient, sharedName, valueKey } from '../../model/filled-value.ts';
import { hasAnsweredWell, isRefusal, isSuccess, refusesInWords, type Result } from '../../model/result.ts';
import type { SetUpItem } from '../../model/set-up.ts';
import { blank, operationLines, yaml } from '../config-snippets.ts';
import { isIdLike } from '../capture/id-like.ts';
import { pathOf } from '../capture/resource.ts';
import type { LastResult } from './last-result.ts';
import { type Lost, lostLines, lostOf, whyLost } from './lost.ts';
import { asksFor, blamedBy, isValueRefusal } from '../values/answered.ts';

/**
 * Nothing is known of how it is: it has never worked the way it is called, or a value of ours was refused. One that has worked, and
 * for which there is no value just now, waits for nobody.
 */
export function isWaiting({ verdict, reason, unproven }: Result): boolean {
  const isRefused = reason.code === 'made-up-value' && unproven !== undefined && unproven.hasWorked !== true;
  return verdict === 'unknown' && (reason.code === 'never-passed' || isRefused);
}

/** What one operation waits for. */
export interface Want {
  readonly item: SetUpItem;
  /** What it has in common with others that wait for the same. */
  readonly cause: string;
  /** Values by whose names others may wait for the same: `query tenantId`, `path orderId /orders/`. */
  readonly names: readonly string[];
  readonly credential?: string;
  /** For what nobody signs. */
  readonly signIn?: SignIn;
  readonly otherHeader?: string;
  /** `HTTP 500`, `code 401`; absent for what is not called. */
  readonly answer?: Sentence;
}

type Finding = Pick<SetUpItem, 'kind' | 'why'> & {
  readonly lines: readonly Keys[];
  readonly names?: readonly string[];
  /** Lines beside those of the operation, which come first. */
  readonly config?: string;
  /** It has nothing in common with others that answer the same. */
  readonly isAlone?: boolean;
};
type Keys = Readonly<Record<string, unknown>>;

/** What the operations of one service tell of each other. */
export interface Around {
  /** How many take a credential. */
  readonly taking: ReadonlyMap<string | undefined, number>;
  /** Credentials without which an operation refuses what it answers with them. */
  readonly proven: ReadonlySet<string>;
  /** Values for which there was a good answer, as `valueKey` names them. */
  readonly working: ReadonlySet<string>;
  /** Paths that a credential may not read, whatever is asked for there: `sso /users`. */
  readonly denied: ReadonlySet<string>;
  /** Nothing is where it is called. */
  readonly lost?: Lost;
}

export function aroundOf(last: readonly LastResult[]): Around {
  const taking = new Map<string | undefined, number>();
  const proven = new Set<string>();
  const working = new Set<string>();
  const denied = new Set<string>();
  for (const { check, result } of last) {
    const { credential, operation } = check;
    if (credential !== undefined && isTaken(result)) {
      taking.set(credential, takingOf(taking, credential) + 1);
      if (isRefusedWithout(check, result)) proven.add(credential);
    }
    if (hasAnsweredWell(result))
      for (const value of check.values) {
        const key = valueKey(value, pathOf(check.operation));
        if (key !== undefined) working.add(key);
      }
    if (isDenied(result) && !check.values.some(isMadeUpId)) denied.add(`${credential} ${pathOf(operation)}`);
  }
  const lost = lostOf(last);
  return { taking, proven, working, denied, ...(lost !== undefined && { lost }) };
}

function takingOf(taking: Around['taking'], credential: string | undefined): number {
  return taking.get(credential) ?? 0;
}

/** Whoever asks is known there, whatever came of it; many refuse with HTTP 200. */
function isTaken(result: Result): boolean {
  return isSuccess(result) && !isRefusal((result.unproven ?? result.reason).code);
}

/** An operation that looks at no token answers well to any. */
function isRefusedWithout({ expectations }: Check, { verdict, findings }: Result): boolean {
  const isAsked = expectations.some(({ kind }) => kind === 'anonymous');
  return isAsked && verdict === 'pass' && !findings.some(({ kind }) => kind === 'anonymous');
}

function isDenied({ status, reason, unproven }: Result): boolean {
  return status === 401 || status === 403 || isRefusal(unproven?.code ?? reason.code);
}

export function wantOf(last: LastResult, around: Around): Want {
  const { check, result } = last;
  const { status } = result;
  const said = saidBy(result);
  const answer = answerIn(result);
  const { kind, why, lines, config, names = [], isAlone = false } = findingOf(check, result, around);
  const target = { ...check, key: check.operation, path: pathOf(check.operation) };
  const item = {
    checkId: check.id,
    service: check.service,
    operation: check.operation,
    kind,
    called: true,
    why,
    status,
    said,
    lines: [
      ...(config === undefined ? [] : [config]),
      ...lines.map((keys) => withSignIn(check, keys, operationLines(check.service, target, keys))),
    ],
  };
  const { credential, otherHeader, signIn } = check;
  const cause = isAlone ? check.id : causeOf(item, answer, `${credential ?? ''} ${otherHeader ?? ''}`.trim());
  return { item, cause, names, answer, credential, signIn, otherHeader };
}

/** A credential that the configuration has not got yet is made first. */
function withSignIn({ signIn }: Check, { credential }: Keys, lines: string): string {
  return signIn === undefined || credential !== signIn.credential ? lines : `${signIn.lines}\n${lines}`;
}

function credentialKeys({ signIn }: Check): Keys {
  return { credential: signIn?.credential ?? blank };
}

/** A value is one operation's own, save where its name is that of others. */
function causeOf({ kind, checkId }: SetUpItem, answer: Sentence, credential = ''): string {
  if (kind === 'value' || kind === 'parameter') return checkId;
  if (kind === 'permission') return `permission ${credential}`;
  return kind === 'document' ? kind : `${kind} ${keyOf(answer)}`;
}

/** What it answers: the code of an envelope tells more than the status of what it comes in. */
function answerIn(result: Result): Sentence {
  const { status, reason } = result;
  if (isUnreadable(result.findings)) return sentence('unreadable', { status: status ?? 0 });
  const answer = isSuccess(result) ? envelopeAnswerIn(reason.message) : undefined;
  if (answer === undefined) return `HTTP ${status}`;
  const { field, value } = answer;
  return value === undefined ? sentence('fieldMissing', { field }) : `${field} ${value}`;
}

/** The same with its words. */
function wordsIn(result: Result): Sentence {
  const answer = answerIn(result);
  const said = isSuccess(result) ? envelopeAnswerIn(result.reason.message)?.said : undefined;
  return said === undefined ? answer : sentence('inWords', { answer, said });
}

function isServersFault(result: Result): boolean {
  const answer = isSuccess(result) ? envelopeAnswerIn(result.reason.message) : undefined;
  return answer !== undefined && blamesServer(answer);
}

function isWithoutReason(result: Result): boolean {
  const answer = isSuccess(result) ? envelopeAnswerIn(result.reason.message) : undefined;
  return answer !== undefined && breaksWithoutReason(answer);
}

const skip: Keys = { skip: true };

function findingOf(check: Check, result: Result, around: Around): Finding {
  const { status } = result;
  if (status === undefined) return { kind: 'unreachable', why: result.reason.message, lines: [skip] };
  if (around.lost !== undefined)
    return {
      kind: 'address',
      why: whyLost(around.lost),
      lines: [],
      config: lostLines(check.service, around.lost),
    };
  const answer = wordsIn(result);
  const isRefused = isDenied(result);
  const isOfValue = isRefused && isOfValues(check, result, around);
  if (isRefused && !isOfValue)
    return withValues(permission(check, answer, around), check, { result, around });
  if (isMismatch(result) && isUnreadable(result.findings)) {
    const why = sentence('answersUnreadable', { answer, why: result.reason.message });
    return { kind: 'broken', why, lines: [skip] };
  }
  if (isMismatch(result)) return mismatch(result);
  const named = asksFor(check, result);
  if (named.length > 0) {
    return {
      kind: 'parameter',
      why: sentence('asksForOptional', { answer, names: named }),
      lines: [params(named), skip],
      names: named.map((name) => `query ${name}`),
    };
  }
  const left = (check.leftOut ?? []).toSorted(idsFirst).slice(0, listedMax);
  const guessed = guessedOf(check);
  const mayExplain = (one: FilledValue): boolean => !isOfClient(one) && !isWorking(one, check, around);
  const isBroken = status >= 500 || isServersFault(result);
  const blamed = namedOf(check, result) ?? blamedOf(check, around);
  // Who has given values is not asked for one after the other.
  const isFirst = left.length === 0 && guessed.length === check.values.length;
  const values =
    blamed.length === 0 && isFirst ? guessed.filter((one) => isStated(one) && mayExplain(one)) : blamed;
  const blank = isBroken || !isValueRefusal(result) ? [] : (check.blank ?? []);
  if (blank.length > 0 && !blamed.some(isGenerated)) {
    return {
      kind: 'value',
      why: sentence('recordedWithout', { answer, names: blank }),
      lines: [params(blank), skip],
      names: blank.map((name) => `query ${name}`),
    };
  }
  const isOfGiven = values.length > 0 && values.every(isCaptured);
  if (isOfGiven && (isBroken || isWithoutReason(result))) {
    return {
      kind: 'broken',
      why: sentence('breaksForOwnValues', { answer, values: allOf(values.map(describe)) }),
      lines: [skip],
    };
  }
  if (isOfGiven && (status === 404 || status === 410)) {
    return {
      kind: 'refused',
      why: sentence('missesOwnValues', { answer, values: allOf(values.map(describe)) }),
      lines: [skip],
      isAlone: true,
    };
  }
  if (values.length > 0) {
    return {
      kind: 'value',
      why: sentence('answersForValues', { answer, values: allOf(values.map(describe)) }),
      lines: [valueLines(values), ...(isOfValue ? [credentialKeys(check)] : []), skip],
      names: values
        .filter((value) => !isWorking(value, check, around))
        .flatMap((value) => sharedName(value, pathOf(check.operation)) ?? []),
    };
  }
  const what = sentence('answersSinceFirst', { answer });
  return {
    kind: isBroken ? 'broken' : 'refused',
    why: left.length === 0 ? what : sentence('leftOutOptional', { what, n: left.length, names: left }),
    lines: [...(left.length === 0 ? [] : [params(left)]), skip],
    isAlone: left.some(isIdName),
  };
}

/** More optional parameters would not be filled in. */
const listedMax = 5;

/** Which record is meant is what a service most likely cannot do without. */
function idsFirst(a: string, b: string): number {
  return Number(isIdName(b)) - Number(isIdName(a));
}

function isIdName(name: string): boolean {
  return isIdLike({ name, in: 'query' });
}

function guessedOf({ values }: Check): readonly FilledValue[] {
  return values.filter(({ origin }) => origin !== 'config');
}

/** How much of a list is wanted keeps nothing from working. */
function isStated({ origin }: FilledValue): boolean {
  return origin !== 'paging';
}

/** Neither the document nor its author has said that it is right whatever there is: a default, a choice, a small page. */
function isOurs({ origin }: FilledValue): boolean {
  return origin === 'example' || origin === 'generated' || origin === 'captured';
}

function isCaptured({ origin }: FilledValue): boolean {
  return origin === 'captured';
}

/** Origins of what is ours, the least certain first. */
const leastCertain: readonly ValueOrigin[] = ['generated', 'example', 'captured'];

/** Of the values that are ours, those that are least certain: what other operations take for the same is right as far as one sees. */
function blamedOf(check: Check, around: Around): readonly FilledValue[] {
  const suspects = check.values.filter(
    (one) => isOurs(one) && !isOfClient(one) && !isWorking(one, check, around),
  );
  const least = leastCertain.find((one) => suspects.some(({ origin }) => origin === one));
  return suspects.filter(({ origin }) => origin === least);
}

/** Those of ours that the answer itself complains of. */
function namedOf(check: Check, result: Result): readonly FilledValue[] | undefined {
  const named = blamedBy(check, result).filter(isOurs);
  return named.length === 0 ? undefined : named;
}

function isWorking(value: FilledValue, check: Check, { working }: Around): boolean {
  const key = valueKey(value, pathOf(check.operation));
  return key !== undefined && working.has(key);
}

/**
 * Whether a refusal is of what was asked for and not of who asks: the record is somebody else's, or its id is made up and the
 * credential is good for others. Servers that do not tell what exists answer 403 for what does not.
 */
function isOfValues(check: Check, result: Result, { taking, denied }: Around): boolean {
  if (result.status === 401) return false;
  if (isOfSomebodyElse(result) && check.values.some(isOurs)) return true;
  const { credential, operation } = check;
  if (takingOf(taking, credential) === 0 || !check.values.some(isMadeUpId)) return false;
  const segments = pathOf(operation).split('/');
  return !segments.some((_, end) => denied.has(`${credential} ${segments.slice(0, end).join('/')}`));
}

function isMadeUpId(value: FilledValue): boolean {
  return isGenerated(value) && isIdLike(value);
}

function isGenerated({ origin }: FilledValue): boolean {
  return origin === 'generated';
}

/**
 * What nobody has given may be somebody else's: a value that is ours helps as much as another credential. Who is not known at all
 * signs in first.
 */
function withValues(
  found: Finding,
  check: Check,
  { result, around }: { readonly result: Result; readonly around: Around },
): Finding {
  const guessed = blamedOf(check, around).filter(({ origin }) => origin !== 'captured');
  if (guessed.length === 0) return found;
  const [first = skip, ...others] = found.lines;
  const isUnknown = check.credential === undefined && !(isForbidden(result) && check.values.some(isMadeUpId));
  return {
    ...found,
    lines: isUnknown ? [first, valueLines(guessed), ...others] : [valueLines(guessed), ...found.lines],
  };
}

function isForbidden({ status, reason, unproven }: Result): boolean {
  return status === 403 || (unproven?.code ?? reason.code) === 'no-permission';
}

function permission(check: Check, answer: Sentence, around: Around): Finding {
  const { credential, otherHeader } = check;
  if (credential === undefined)
    return {
      kind: 'permission',
      why: sentence('nobodySignsIn', { answer }),
      lines: [credentialKeys(check), skip],
    };
  if (otherHeader !== undefined)
    return {
      kind: 'permission',
      why: sentence('tokenElsewhere', { answer, credential, header: otherHeader }),
      lines: [skip],
      config: sendLines(credential, otherHeader),
    };
  return {
    kind: 'permission',
    why: sentence('refusesToken', { answer, credential, others: takenBy(credential, around) }),
    lines: [{ credential: blank }, skip],
  };
}

export function sendLines(credential: string, header: string): string {
  return yaml({ credentials: { [credential]: { send: { name: header } } } });
}

/** The record is somebody else's: another value would do. */
const somebodyElse =
  /他人|别人|其他(?:用户|人)|非本人|不属于(?:你|您|当前|该)|\b(?:belongs? to (?:another|someone|somebody)|not (?:the |its |your )?own(?:er)?\b|(?:another|other) users?'?s?\b|someone else|somebody else)/i;

function isOfSomebodyElse({ evidence }: Result): boolean {
  return evidence?.excerpt !== undefined && somebodyElse.test(saidIn(evidence.excerpt) ?? '');
}

/** Said of a success. */
function isMismatch(result: Result): boolean {
  return isSuccess(result) && !refusesInWords(result);
}

/** What an expectation is set to for an operation whose document is wrong about it. */
const lenient: Keys = { schema: 'off', 'content-type': '*/*' };

function mismatch({ status = 0, reason, findings }: Result): Finding {
  const kinds = new Set(findings.filter(({ level }) => level !== 'info').map(({ kind }) => kind));
  const off = Object.entries(lenient).filter(([kind]) => kinds.has(kind));
  return {
    kind: 'document',
    why: sentence('neverAsDocumented', { status, why: reason.message }),
    lines: [...(off.length === 0 ? [] : [{ expect: Object.fromEntries(off) }]), skip],
  };
}

function params(names: readonly string[]): Keys {
  return { params: Object.fromEntries(names.map((name) => [name, blank])) };
}

function valueLines(values: readonly FilledValue[]): Keys {
  const named = values.filter((value) => !isWholeBody(value)).map(({ name }) => name);
  return {
    ...(named.length === 0 ? {} : params(named)),
    ...(values.some(isWholeBody) ? { body: blank } : {}),
  };
}

function isWholeBody({ name, in: place }: FilledValue): boolean {
  return place === 'body' && name === 'body';
}

const origins = {
  config: 'fromConfig',
  example: 'fromExample',
  default: 'fromDefault',
  enum: 'fromEnum',
  paging: 'fromPaging',
  captured: 'fromOtherAnswer',
  generated: 'madeUp',
} as const satisfies Record<ValueOrigin, SentenceCode>;

function allOf([first = '', ...others]: readonly Sentence[]): Sentence {
  return others.reduce((one, other) => sentence('andValue', { one, other }), first);
}

export function takenBy(credential: string, { taking, proven }: Around): Sentence {
  const n = takingOf(taking, credential);
  if (n === 0) return sentence('takenByNone');
  return sentence(proven.has(credential) ? 'takenByOthers' : 'answeredByOthers', { n });
}

/** Of a value in a sentence. */
const longestValue = 80;

function describe(filled: FilledValue): Sentence {
  const { name, value, origin, from, withheldFrom } = filled;
  if (isWholeBody(filled)) return sentence('bodyFrom', { origin: sentence(origins[origin]) });
  const shown = isSensitiveName(name) ? '***' : typeof value === 'string' ? value : JSON.stringify(value);
  const where =
    withheldFrom === undefined
      ? from === undefined
        ? sentence(origins[origin])
        : sentence('fromAnswerOf', { operation: from })
      : sentence('madeUpForSecret', { operation: withheldFrom });
  return sentence('valueFrom', { value: `${name}=${ellipsize(shown, longestValue)}`, origin: where });
}
