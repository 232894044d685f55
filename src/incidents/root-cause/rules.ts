import { isSaid, paramsOf, sentence } from '../../messages/sentence.ts';
import { isSentence, keyOf, type Sentence } from '../../model/sentence.ts';
import { groupBy } from '../../lib/group-by.ts';
import { sha256 } from '../../lib/text/text.ts';
import type { Check } from '../../model/check.ts';
import type { Incident } from '../../model/incident.ts';
import type { CauseLevel } from '../../model/cause.ts';
import {
  isNeverAsDocumented,
  isRefusal,
  isTransportFailure,
  isUnconnected,
  mismatchCodes,
  type Reason,
  type Result,
  refusesInWords,
} from '../../model/result.ts';
import type { AnalysisSettings, RootThreshold } from '../analysis.ts';
import { compareText, type Seen } from '../observation.ts';

/** Checks that fail together because of one thing they share. */
export interface RootRule {
  readonly level: CauseLevel;
  /** Prefix of the fingerprint; the subject follows. */
  readonly prefix: string;
  /** What a check shares with its fellows; `undefined`: nothing of this kind. */
  subject(check: Check): string | undefined;
  /** Whether it says something of this kind of cause; absent: `saysSomething`. */
  readonly tells?: (seen: Seen) => boolean;
  /** Those of `own` that show the symptom. */
  affected(own: readonly Seen[]): readonly Seen[];
  /** Those of `own` whose failures it explains; most rules: the affected ones. */
  explains(own: readonly Seen[]): readonly Seen[];
  threshold(settings: AnalysisSettings): RootThreshold;
  /** Of an open one: whether it says something of whether that goes on; absent: all do. */
  readonly tellsOfOpen?: (seen: Seen) => boolean;
  /** Whether fewer than `minChecks`, all of them affected, are enough. */
  isPlain(affected: readonly Seen[]): boolean;
  /** Whether so many fail alike that it is told as this, however small a share of all they are. */
  isMany?(affected: readonly Seen[], isOpen: boolean): boolean;
  /** Whether those of a kind often stand together: in the middle of a cycle at least half of all there are have to show it. */
  readonly isOfHalf?: true;
  /** Several services share the subject, and these may be one service's own matter although it stands in between. */
  mayBeOfOneService?(affected: readonly Seen[]): boolean;
  reason(affected: readonly Seen[], own: readonly Seen[]): Reason;
  /** Absent: `fail` when something fails. */
  readonly verdict?: Incident['verdict'];
  /** Evaluations in a row that make it a fact; most: one. */
  evaluations?(affected: readonly Seen[]): number;
  hint?(affected: readonly Seen[]): Sentence | undefined;
  /** What is otherwise once it is open. */
  whileOpen?(open: Incident): Pick<RootRule, 'affected' | 'explains'>;
}

/** As it counts for a subject of which this is open. */
export function ruleWhile(open: Incident | undefined, rule: RootRule): RootRule {
  return open === undefined || rule.whileOpen === undefined ? rule : { ...rule, ...rule.whileOpen(open) };
}

const origin: RootRule = {
  level: 'origin',
  prefix: 'origin',
  subject: (check) => check.origin,
  affected: withoutAnswer,
  explains: (own) => {
    const silent = new Set(withoutAnswer(own));
    // What else fails of a service while its host comes and goes is not worth a word of its own; what another is answered is.
    const suffering = [...groupBy(own, ({ check }) => check.service).values()].flatMap((of) => {
      const wrong = of.filter(({ result }) => result.verdict !== 'pass');
      return wrong.filter((one) => silent.has(one)).length * 2 >= wrong.length ? wrong : [];
    });
    return [...new Set([...silent, ...suffering])];
  },
  threshold: (settings) => settings.origin,
  isPlain: (affected) => affected.length > 1 || affected.every(hasNoConnection),
  // A host that takes connections passes requests on: it may be what is behind one path that hangs.
  mayBeOfOneService: (affected) => affected.length > 0 && !affected.some(hasNoConnection),
  reason: commonReason,
};

/**
 * A host that cannot be reached is so for whoever asks, whatever those found who were with it when it went. One that takes
 * connections breaks or holds them in one way: what comes to another end there has another cause.
 */
function withoutAnswer(own: readonly Seen[]): readonly Seen[] {
  const silent = own.filter(foundNoAnswer);
  if (silent.some(hasNoConnection)) return silent;
  return mostWithOne(silent, ({ result }) => result.reason.code);
}

const gateway: RootRule = {
  level: 'gateway',
  prefix: 'gateway',
  subject: (check) => check.origin,
  affected: sameFromInFront,
  explains: sameFromInFront,
  threshold: (settings) => settings.gateway,
  // One operation each of two services: what both are told in place of an answer is said by what both stand behind.
  isPlain: (affected) =>
    new Set(affected.map(({ check }) => check.service)).size > 1 &&
    affected.every(({ result: { status = 0 } }) => gatewayStatuses.has(status)),
  mayBeOfOneService: () => true,
  reason: (affected, own) => {
    const { code, message } = commonReason(affected);
    return { code, message: sentence('sameAnswer', { ...share(affected, own), why: message }) };
  },
  hint: () => sentence('lookAtGateway'),
};

/** What one service alone says in its own words is its own matter, as alike as it may be; several of them do not agree by chance. */
function sameFromInFront(own: readonly Seen[]): readonly Seen[] {
  const same = mostWithOne(own, gatewaySignature);
  const isOfSeveral = new Set(same.map(({ check }) => check.service)).size > 1;
  return isOfSeveral || !same.every(isInOwnWords) ? same : [];
}

/** What gateways answer in place of what is behind them. */
export const gatewayStatuses: ReadonlySet<number> = new Set([502, 503, 504]);

/** Whoever calls is turned away. */
const refusalStatuses: ReadonlySet<number> = new Set([401, 403]);

/** Errors that services find, and refusals of whoever calls; what stands in front of them says others. */
const ownStatuses: ReadonlySet<number> = new Set([400, ...refusalStatuses, 409, 422, 500]);

/** By an envelope, or by an answer or an error that is written as the data of services are. */
function isInOwnWords({ result }: Seen): boolean {
  const { status = 0, evidence } = result;
  const isWritten = /^\s*(?:[{[]|null\s*$)/.test(evidence?.excerpt ?? '');
  return refusesInWords(result) || (isWritten && (status < 300 || ownStatuses.has(status)));
}

/** An instance behind it that is sick while others answer: whoever asks again is lucky, and users do not ask again. */
const unsteady: RootRule = {
  level: 'gateway',
  prefix: 'unsteady',
  subject: (check) => check.origin,
  affected: flakyAndFailing,
  explains: flakyAndFailing,
  threshold: (settings) => settings.unsteady,
  isPlain: () => false,
  verdict: 'degraded',
  // A restart may pass within a cycle; once something has failed three times over, people are told anyway.
  evaluations: (affected) => (affected.some(isServerFailure) ? 1 : 2),
  reason: (affected, own) => {
    const flaky = affected.filter(isFlaky);
    const failing = affected.length - flaky.length;
    const { code, message } = commonReason(flaky);
    const about = { ...share(flaky, own), why: message };
    return {
      code,
      message:
        failing === 0
          ? sentence('onlyWhenAskedAgain', about)
          : sentence('notEvenWhenAskedAgain', { ...about, failing }),
    };
  },
  hint: () => sentence('lookAtInstances'),
  whileOpen: (open) => {
    const affected = (own: readonly Seen[]): readonly Seen[] => stillFlakyAndFailing(own, open);
    return { affected, explains: affected };
  },
};

/** More than these answer when they are asked again: some of what is behind it is well. */
function flakyAndFailing(own: readonly Seen[]): readonly Seen[] {
  const { flaky, failing } = unsteadyAmong(own);
  return flaky.length > failing.length ? [...flaky, ...failing] : [];
}

/** Three standard errors: more of them fail at once by chance about once in a thousand times. */
const errorsByChance = 3;

/** Of what fails by chance more may fail at once than what answers when it is asked again; that nothing is answered well is another trouble. */
function stillFlakyAndFailing(own: readonly Seen[], { steadiness }: Incident): readonly Seen[] {
  const { flaky, failing } = unsteadyAmong(own);
  const { count, bad } = steadiness?.failing ?? { count: 0, bad: 0 };
  const share = count === 0 ? 1 / 2 : Math.min(1, bad / count);
  const expected = own.length * share;
  const most = expected + errorsByChance * Math.sqrt(expected * (1 - share));
  return failing.length <= most && failing.length < own.length ? [...flaky, ...failing] : [];
}

/** Without those of which people have been told, or are told by another incident: one trouble is not told twice. */
function unsteadyAmong(own: readonly Seen[]): Readonly<Record<'flaky' | 'failing', readonly Seen[]>> {
  const past = servicesWellAgain(own);
  const others = own.filter(({ isOfKnown, check }) => isOfKnown !== true && !past.has(check.service));
  return { flaky: others.filter(isFlaky), failing: others.filter(isServerFailure) };
}

/** What lasts so long, without an answer that is well, is no instance among others. */
const outageMs = 1000;

/**
 * Services whose calls have failed for a while, all of them, and are answered well since: asked again they showed the end of that,
 * not that some of what is behind them is sick.
 */
function servicesWellAgain(own: readonly Seen[]): ReadonlySet<string> {
  const services = groupBy(own, ({ check }) => check.service);
  return new Set([...services].flatMap(([service, seen]) => (isOutageOver(seen) ? [service] : [])));
}

function isOutageOver(seen: readonly Seen[]): boolean {
  const failed = seen.filter(isFlaky).flatMap(({ result: { at, evidence } }) => {
    const attempts = evidence?.attempts?.filter((one) => one.at < at) ?? [];
    return attempts.map((one) => ({ began: one.at, ended: one.at + one.totalMs }));
  });
  const first = Math.min(...failed.map(({ began }) => began));
  const last = Math.max(...failed.map(({ began }) => began));
  if (!(Math.max(...failed.map(({ ended }) => ended)) - first >= outageMs)) return false;
  return !seen.some(
    ({ result: { verdict, reason, at } }) =>
      (verdict === 'pass' || reason.code === 'flaky') && at > first && at <= last,
  );
}

/** That it asked us to come back later says nothing of how well it is. */
function isFlaky({ result: { reason, evidence } }: Seen): boolean {
  return reason.code === 'flaky' && evidence?.attempts?.some(({ status }) => status === 429) !== true;
}

/** Not answered, or with an error of the server's own. */
export function isServerFailure(seen: Seen): boolean {
  const { verdict, status = 0 } = seen.result;
  return verdict === 'fail' && (status >= 500 || foundNoAnswer(seen));
}

/** Whether the first call found it sick. */
export function isUnsteadyAnswer(seen: Seen): boolean {
  return isFlaky(seen) || isServerFailure(seen);
}

const credential: RootRule = {
  level: 'credential',
  prefix: 'credential',
  subject: (check) => check.credential,
  // What anybody may call says nothing by answering.
  tells: (seen) =>
    seen.check.tokenOptional === true
      ? withoutAccess([seen]).length > 0
      : saysSomething(seen) || isWithoutToken(seen),
  affected: withoutAccess,
  explains: withoutAccess,
  threshold: (settings) => settings.credential,
  isPlain: (affected) => affected.length > 1,
  // None may be asked for yet: most are had a moment later.
  evaluations: (affected) => (affected.every(isWithoutToken) ? 2 : 1),
  reason: (affected, own) => {
    const refused = affected.filter((one) => !isWithoutToken(one));
    if (refused.length === 0)
      return {
        code: 'credential',
        message: sentence('withoutToken', { ...share(affected, own), why: commonReason(affected).message }),
      };
    return {
      code: 'auth-rejected',
      message: sentence('refuseToken', { ...share(affected, own), why: commonReason(refused).message }),
    };
  },
};

function withoutAccess(own: readonly Seen[]): readonly Seen[] {
  return own.filter((one) => one.result.reason.code === 'auth-rejected' || isWithoutToken(one));
}

/** Not called, because there was no token at that moment. */
export function isWithoutToken({ result: { verdict, reason } }: Seen): boolean {
  return verdict === 'blocked' && reason.code === 'credential';
}

/** What an operation answers when it is not there, or is another one than documented. */
const missingStatus: ReadonlySet<number> = new Set([404, 405, 410, 501]);

const document: RootRule = {
  level: 'document',
  prefix: 'mismatch',
  subject: (check) => check.documentId,
  affected: (own) => mostWithOne(own, mismatchSignature),
  explains: (own) => mostWithOne(own, mismatchSignature),
  threshold: (settings) => settings.document,
  // What fails otherwise shows nothing of what is documented.
  tellsOfOpen: (seen) => !isFailing(seen) || mismatchSignature(seen) !== undefined,
  isPlain: () => false,
  isOfHalf: true,
  reason: (affected, own) => {
    const { code, message } = commonReason(affected);
    const field = nothingIn(affected);
    const about = share(affected, own);
    if (field !== undefined) return { code, message: sentence('emptiedAtOnce', { ...about, field }) };
    return { code, message: sentence('changedAtOnce', { ...about, why: message }) };
  },
  hint: (affected) => sentence(nothingIn(affected) === undefined ? 'lookAtBaseUrl' : 'lookAtData'),
};

/** The field in which most of them carry nothing, although they succeed: no document is to blame for that. */
export function nothingIn(affected: readonly Seen[]): Sentence | undefined {
  const fields = affected.flatMap(({ result: { reason } }) => {
    const { message } = reason;
    const { field } = paramsOf(message, 'nullEverywhere') ?? paramsOf(message, 'nullForRecord') ?? {};
    return isSentence(field) ? [field] : [];
  });
  return fields.length * 2 > affected.length ? fields[0] : undefined;
}

/** Nobody reads so many messages of one operation each, and no cycle of thousands is waited for. */
const manyAlike = 20;

function mostAlike(members: readonly Seen[]): readonly Seen[] {
  return mostWithOne(members, ({ result: { reason, status = '' } }) => `${reason.code} ${status}`);
}

export const serviceRule: RootRule = {
  level: 'service',
  prefix: 'service',
  subject: (check) => check.service,
  affected: (own) => own.filter(isFailing),
  explains: (own) => own.filter(isFailing),
  threshold: (settings) => settings.service,
  isPlain: (affected) => affected.length > 2,
  isMany: (affected, isOpen) => mostAlike(affected).length >= (isOpen ? manyAlike / 2 : manyAlike),
  reason: (affected, own) => {
    const { code, message } = commonReason(affected);
    const key = keyOf(message);
    const alike = affected.filter(({ result }) => keyOf(result.reason.message) === key);
    const said = alike.length * 2 > affected.length ? 'mostFail' : 'failVariously';
    return { code, message: sentence(said, { ...share(affected, own), why: message }) };
  },
  hint: (affected) => {
    const isRefused = affected.every(({ result: { status = 0 } }) => refusalStatuses.has(status));
    if (!isRefused) return undefined;
    const isSigned = affected.some(({ check }) => check.credential !== undefined);
    return sentence(isSigned ? 'lookAtAccount' : 'lookAtAccess');
  },
};

/** Most general first: what one explains, those below do not count again. */
export const rootRules: readonly RootRule[] = [origin, gateway, unsteady, credential, document, serviceRule];

/** Not called because the origin is down says as much as having called in vain. */
export function saysSomething(seen: Seen): boolean {
  const { verdict, reason } = seen.result;
  return (
    ['pass', 'degraded', 'fail'].includes(verdict) ||
    reason.code === 'origin-down' ||
    isSentToSignIn(seen) ||
    isNeverAsDocumented(seen.result)
  );
}

/** What it would count as, if it were not put down to the way that it is called; `undefined` when it is not. */
export function behindExcuse(one: Seen): Seen | undefined {
  const { unproven, verdict: now, ...result } = one.result;
  if (unproven === undefined || now !== 'unknown') return undefined;
  const { verdict, code } = unproven;
  return { ...one, result: { ...result, verdict, reason: { ...result.reason, code } } };
}

export function isFailing(seen: Seen): boolean {
  return seen.result.verdict === 'fail' || isSentToSignIn(seen);
}

/** Asked, and shown the door: unlike those that are blocked for want of a token, which nobody has asked. */
export function isSentToSignIn({ result }: Seen): boolean {
  return result.verdict === 'blocked' && isRefusal(result.reason.code);
}

/** Does not keep to its document, in a way in which all of one can begin not to. */
export function isMismatch(seen: Seen): boolean {
  return mismatchSignature(seen) !== undefined;
}

export function foundNoAnswer({ result }: Seen): boolean {
  return result.status === undefined && isTransportFailure(result.reason.code);
}

/** Then it is the origin, whatever was asked for; a time-out can be one operation's own. */
export function hasNoConnection({ result }: Seen): boolean {
  return isUnconnected(result.reason.code);
}

/** The reason that most members share; one that was actually found rather than concluded, if there is one. */
export function commonReason(members: readonly Seen[]): Reason {
  const found = members.filter(({ result }) => result.reason.code !== 'origin-down');
  const telling = found.length > 0 ? found : members;
  const most = mostAlike(telling);
  const byWords = groupBy(most, ({ result }) => keyOf(result.reason.message));
  const [, [first]] = largest(byWords) ?? ['', []];
  return first?.result.reason ?? { code: 'origin-down', message: '' };
}

/** An answer that comes from in front of the service: the same one whatever was asked. */
function gatewaySignature({ result }: Seen): string | undefined {
  if (result.verdict !== 'fail' || result.status === undefined) return undefined;
  // A token that is refused is refused everywhere in the same words.
  if (result.reason.code === 'auth-rejected') return undefined;
  if (gatewayStatuses.has(result.status)) return `HTTP ${result.status}`;
  const excerpt = result.evidence?.excerpt;
  return excerpt === undefined || excerpt.length === 0 ? undefined : `${result.status} ${sha256(excerpt)}`;
}

/**
 * Bytes that are not what they are said to be are broken, whatever is documented, and where there is nothing nothing has moved. A page
 * that stands in for every answer is what its server shows meanwhile: of documents it tells nothing.
 */
function isGarbage({ bytes, evidence, findings }: Result): boolean {
  if (/^\s*<(?:!doctype html|html|head|body)\b/i.test(evidence?.excerpt ?? '')) return true;
  if (bytes === 0 || /^\s*(?:\{\s*\}|null)\s*$/.test(evidence?.excerpt ?? '')) return true;
  return findings.some(
    ({ kind, level, message }) =>
      kind === 'content-type' && level === 'error' && !isSaid(message, 'contentType', 'noContentType'),
  );
}

function mismatchSignature({ result }: Seen): string | undefined {
  if (result.verdict !== 'fail' && result.verdict !== 'degraded') return undefined;
  const { code } = result.reason;
  if (mismatchCodes.has(code)) return isGarbage(result) ? undefined : 'mismatch';
  return code === 'status' && missingStatus.has(result.status ?? 0) ? `HTTP ${result.status}` : undefined;
}

function mostWithOne(own: readonly Seen[], signature: (seen: Seen) => string | undefined): readonly Seen[] {
  const bySignature = groupBy(own, signature);
  bySignature.delete(undefined);
  return largest(bySignature)?.[1] ?? [];
}

function largest<K extends string | undefined, T>(
  groups: ReadonlyMap<K, readonly T[]>,
): [K, readonly T[]] | undefined {
  return [...groups].toSorted(
    ([keyA, a], [keyB, b]) => b.length - a.length || compareText(keyA ?? '', keyB ?? ''),
  )[0];
}

function share(
  affected: readonly Seen[],
  own: readonly Seen[],
): { readonly count: number; readonly of: number } {
  return { count: affected.length, of: own.length };
}

export function isOver(count: number, of: number, { minChecks, share }: RootThreshold): boolean {
  return count >= Math.max(minChecks, of * share);
}

/** Enough of its operations for a service to be named. */
export function isOfMostOf(
  count: number,
  of: number,
  { service }: Pick<AnalysisSettings, 'service'>,
): boolean {
  return isOver(count, of, service) || (count > 2 && count === of);
}

export function isStillOver(count: number, of: number, { share, keeps = 1 }: RootThreshold): boolean {
  return count >= Math.max(keeps, (of * share) / 2);
}
