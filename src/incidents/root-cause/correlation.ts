import { sentence } from '../../messages/sentence.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Check } from '../../model/check.ts';
import { type Incident, type Members as Counted, wellSinceOf } from '../../model/incident.ts';
import type { Cause } from '../../model/cause.ts';
import { recounted } from '../../model/members.ts';
import type { Reason } from '../../model/result.ts';
import type { Evidence } from '../analysis.ts';
import { certificateFingerprint } from '../evaluate/certificates.ts';
import {
  answeredAt,
  failedFirstAt,
  fromMembers,
  withOwnTroubles,
  type Root,
  type Seen,
  type Trouble,
  watchedOf,
} from '../observation.ts';
import { OpenRoots, type Part } from './open-causes.ts';
import {
  hostOf,
  leftToCycle,
  observeTokens,
  type TokenHost,
  type TokensOfHosts,
  tokensOfHosts,
} from './reported.ts';
import {
  foundNoAnswer,
  gatewayStatuses,
  hasNoConnection,
  isFailing,
  isOfMostOf,
  isOver,
  isStillOver,
  isUnsteadyAnswer,
  isWithoutToken,
  nothingIn,
  type RootRule,
  rootRules,
  ruleWhile,
  saysSomething,
} from './rules.ts';
import { isAlike } from '../lifecycle/fault.ts';
import { isBroken } from '../lifecycle/late.ts';
import { failedBefore, goesOn, isCommonFailure } from '../lifecycle/going-on.ts';
import { covers, isSeenBySingleCalls, isUnsteadiness } from '../scope.ts';

export interface Ladder {
  /** Most general first. */
  readonly roots: readonly Root[];
  /** Check id → fingerprint of the root cause that explains why it fails. */
  readonly explained: ReadonlyMap<string, string>;
}

/**
 * From the most general cause to the least: the checks that one explains do not count for those below, and a
 * cause that has lost members in this way says nothing instead of "healed".
 */
export function climb(
  seen: readonly Seen[],
  standing: readonly Seen[],
  self: Root | undefined,
  evidence: Evidence,
): Ladder {
  const ladder = climbWith(seen, standing, self, evidence, new Map());
  const ofHosts = tokensOfHosts(evidence, ladder.roots);
  if (ofHosts.size === 0) return ladder;
  const bad = new Set(
    ladder.roots.flatMap(({ observation: { kind, fingerprint } }) => (kind === 'bad' ? [fingerprint] : [])),
  );
  const answering = new Set(
    seen
      .filter((one) => one.isKnown !== true && saysSomething(one) && wasCalled(one) && !foundNoAnswer(one))
      .map(({ check }) => check.origin),
  );
  const asked = (one: Seen): Seen => {
    const host = isWithoutToken(one) ? hostOf(one.check, ofHosts) : undefined;
    const isWell = host === undefined || (answering.has(one.check.origin) && !bad.has(host.fingerprint));
    return isWell ? one : asItsHost(one, host);
  };
  const { roots, explained } = climbWith(seen.map(asked), standing.map(asked), self, evidence, ofHosts);
  const waiting = new Set(
    seen.flatMap((one) => (isWithoutToken(one) ? (hostOf(one.check, ofHosts)?.fingerprint ?? []) : [])),
  );
  // That others there are well again says nothing of those that wait for a token from there.
  const isTooSoon = ({ kind, fingerprint }: Root['observation']): boolean =>
    kind === 'good' && waiting.has(fingerprint);
  return { roots: roots.filter(({ observation }) => !isTooSoon(observation)), explained };
}

/** Not called for want of a token that its own host did not give: it is answered as whoever asked for that was. */
function asItsHost(one: Seen, { fingerprint, status }: TokenHost): Seen {
  const { result } = one;
  if (status === undefined) {
    const { message } = result.reason;
    return { ...one, result: { ...result, verdict: 'unknown', reason: { code: 'origin-down', message } } };
  }
  // Another answer is the same one only when the same page comes with it.
  if (!gatewayStatuses.has(status)) return one;
  const message = fingerprint.startsWith('gateway:')
    ? `HTTP ${status}`
    : sentence('signInAnswers', { status });
  const reason = { code: 'status', message } as const;
  return { ...one, result: { ...result, verdict: 'fail', status, reason } };
}

function climbWith(
  seen: readonly Seen[],
  standing: readonly Seen[],
  self: Root | undefined,
  evidence: Evidence,
  ofHosts: TokensOfHosts,
): Ladder {
  const telling = seen.filter(saysSomething);
  const explained = new Map<string, string>();
  const roots: Root[] = self === undefined ? [] : [self];
  const add = ({ cause, observation }: Root, members: readonly Seen[]): void => {
    roots.push({ cause, observation });
    if (observation.kind === 'bad')
      for (const { check } of members) explained.set(check.id, observation.fingerprint);
  };
  for (const one of seen.filter(isWithoutToken)) {
    const host = hostOf(one.check, ofHosts);
    if (host !== undefined) explained.set(one.check.id, host.fingerprint);
  }
  const left = leftToCycle(evidence);
  const tokens = observeTokens(evidence, ofHosts).filter(
    ({ observation }) => !left.has(observation.fingerprint),
  );
  for (const root of tokens) {
    const refused = telling.filter((one) => isRefused(one, root.cause));
    add(root, refused);
  }
  const withoutToken = new Set([...left, ...tokens.map(({ observation }) => observation.fingerprint)]);
  const open = new OpenRoots(evidence);
  const failed = failedBefore(evidence);
  for (const each of rootRules) {
    const tells = each.tells ?? saysSomething;
    const heard = seen.filter((one) => tells(one) || open.isAnswered(each, one, evidence));
    for (const [subject, answered] of groupBy(heard, ({ check }) => each.subject(check))) {
      if (subject === undefined || answered.every(({ isKnown }) => isKnown === true)) continue;
      const rule = ruleWhile(open.of(each, subject), each);
      const own = answered.filter(tells);
      const besides = answered.filter((one) => !tells(one));
      if (withoutToken.has(`${rule.prefix}:${subject}`)) continue;
      const unexplained = own.filter(({ check }) => !explained.has(check.id));
      const before = (): readonly Seen[] =>
        standing.filter((one) => rule.subject(one.check) === subject && !explained.has(one.check.id));
      const silent = silentServices(rule, subject, { own, unexplained, before }, open, evidence);
      const root = observeRoot(rule, subject, { own, besides, unexplained, before, silent }, open, evidence);
      for (const one of open.of(rule, subject)?.told !== undefined &&
      isUnsteadiness(`${rule.prefix}:${subject}`)
        ? unsteadilyFailing(rule, unexplained, before())
        : [])
        explained.set(one.check.id, `${rule.prefix}:${subject}`);
      if (root === undefined) continue;
      const members = [...new Set([...rule.explains([...unexplained, ...silent]), ...root.counted])];
      const whole = open.has(rule, subject) ? undefined : wholeOf(root, members, evidence.open, failed);
      if (whole === undefined) add(root, members);
      else if (isOnItsOwn(root, whole, members, [...standing, ...seen], { roots, explained }))
        add(root, members);
      else for (const { check } of members) explained.set(check.id, whole.fingerprint);
    }
    if (each.level !== 'origin') continue;
    for (const [id, fingerprint] of refusedByCertificates(telling, evidence))
      if (!explained.has(id)) explained.set(id, fingerprint);
  }
  return { roots, explained };
}

/** A cause that was told of the same operations, which have failed ever since: this one is what becomes of it. */
function wholeOf(
  { cause, observation }: Root,
  members: readonly Seen[],
  open: readonly Incident[],
  failed: ReadonlySet<string>,
): Incident | undefined {
  if (observation.kind === 'good') return undefined;
  return open.find(
    (one) =>
      isCommonFailure(one) &&
      one.cause.level !== cause.level &&
      members.every(({ check }) => covers(one.cause, check)) &&
      goesOn(one, observation.trouble, members, failed),
  );
}

/** However few were called now: what fails at a host that answers only now and then is no other trouble, now or before. */
function unsteadilyFailing(rule: RootRule, own: readonly Seen[], before: readonly Seen[]): readonly Seen[] {
  const now = new Set(own.map(({ check }) => check.id));
  const all = [...own, ...before.filter(({ check }) => !now.has(check.id))];
  return rule.explains(all).filter(isFailing);
}

function isBadAmong(roots: readonly Root[], { fingerprint }: Incident): boolean {
  return roots.some(
    ({ observation }) => observation.kind === 'bad' && observation.fingerprint === fingerprint,
  );
}

/**
 * What people know as a part of something wider is told as something else once nothing else is left of that, or while it goes on
 * for others.
 */
function isOnItsOwn(
  { observation }: Root,
  whole: Incident,
  members: readonly Seen[],
  known: readonly Seen[],
  { roots, explained }: Ladder,
): boolean {
  if (!isBadAmong(roots, whole)) return !hasOthers(whole, members, known, explained);
  const isNarrower =
    observation.kind === 'bad' && observation.trouble.services.length < whole.services.length;
  return isNarrower && (whole.cause.level !== 'origin' || isHeardBeside(whole, members, known));
}

/** Others of a host have found no answer since these were answered: until then it is not known that they are not answered likewise. */
function isHeardBeside({ cause }: Incident, members: readonly Seen[], known: readonly Seen[]): boolean {
  const services = new Set(members.map(({ check }) => check.service));
  const since = Math.min(...members.map(({ result }) => answeredAt(result)));
  return known.some(
    (one) =>
      covers(cause, one.check) &&
      !services.has(one.check.service) &&
      foundNoAnswer(one) &&
      answeredAt(one.result) >= since,
  );
}

/** Others of it fail as before, or have not been called again: it is no narrower yet. */
function hasOthers(
  { cause }: Incident,
  members: readonly Seen[],
  known: readonly Seen[],
  explained: ReadonlyMap<string, string>,
): boolean {
  const own = new Set(members.map(({ check }) => check.id));
  return known.some(
    (one) =>
      covers(cause, one.check) &&
      (isFailing(one) || !wasCalled(one)) &&
      !own.has(one.check.id) &&
      !explained.has(one.check.id),
  );
}

/** What handshakes have shown of a host, and some calls find out as well: fewer than make their host one that is down. */
function refusedByCertificates(
  telling: readonly Seen[],
  { open }: Evidence,
): readonly (readonly [checkId: string, fingerprint: string])[] {
  const known = new Set(
    open.flatMap(({ fingerprint, state, reason }) =>
      state === 'firing' && reason.code === 'tls' ? [fingerprint] : [],
    ),
  );
  return telling.flatMap(({ check, result }) => {
    const fingerprint = certificateFingerprint(check.origin);
    return result.reason.code === 'tls' && known.has(fingerprint) ? [[check.id, fingerprint] as const] : [];
  });
}

/** Its token was refused before it turned out that there is no other. */
function isRefused({ check, result }: Seen, { subject }: Cause): boolean {
  return check.credential === subject && result.reason.code === 'auth-rejected';
}

/** Enough of its operations for the service to be named. */
function isOfWholeService(affected: readonly Seen[], own: readonly Seen[], { settings }: Evidence): boolean {
  return [...groupBy(affected, ({ check }) => check.service)].some(([service, sick]) => {
    const all = own.filter(({ check }) => check.service === service);
    return isOfMostOf(sick.length, all.length, settings);
  });
}

interface Members {
  /** What has been called now. */
  readonly own: readonly Seen[];
  /** What has been called now and fails as ever: it shows no more than that it does not suffer from what is open. */
  readonly besides: readonly Seen[];
  readonly unexplained: readonly Seen[];
  /** What is known of it from whenever. */
  readonly before: () => readonly Seen[];
  /** What is known of services that share it and were not called now. */
  readonly silent: readonly Seen[];
}

/**
 * What one service's calls say of something shared is held against what the others came to last: with them or without
 * them. A look calls those that are sick, and nobody else.
 */
function silentServices(
  rule: RootRule,
  subject: string,
  { own, unexplained, before }: Omit<Members, 'silent' | 'besides'>,
  open: OpenRoots,
  { selection = false }: Evidence,
): readonly Seen[] {
  const affected = rule.affected(unexplained);
  if (selection || rule.mayBeOfOneService?.(affected) !== true) return [];
  if (affected.length === 0 && !open.has(rule, subject)) return [];
  const called = new Set(own.map(({ check }) => check.service));
  return before().filter((one) => !called.has(one.check.service) && saysSomething(one));
}

/**
 * Of several services that share it, one alone is affected, while the others answer or suffer from something else: that is
 * its own matter.
 *
 * @param own Without what something else explains.
 */
function isOfOneService(
  rule: RootRule,
  affected: readonly Seen[],
  own: readonly Seen[],
  all: readonly Seen[],
  share: number,
): boolean {
  if (rule.mayBeOfOneService?.(affected) !== true) return false;
  const byService = [...groupBy(affected, ({ check }) => check.service)];
  const [worst] = byService.toSorted(([, a], [, b]) => b.length - a.length).map(([service]) => service);
  const others = own.filter(({ check }) => check.service !== worst);
  const sick = affected.filter(({ check }) => check.service !== worst);
  if (others.length > 0) return sick.length < (others.length * share) / 2;
  return affected.length > 0 && all.some(({ check }) => check.service !== worst);
}

/** With those that it counts, also when they were not called now: what counts for it is its own. */
interface CountedRoot extends Root {
  readonly counted: readonly Seen[];
}

function observeRoot(
  rule: RootRule,
  subject: string,
  members: Members,
  open: OpenRoots,
  evidence: Evidence,
): CountedRoot | undefined {
  const { own, besides, unexplained, silent } = members;
  const tells = rule.tells ?? saysSomething;
  const fingerprint = `${rule.prefix}:${subject}`;
  if (evidence.selection === true && !isSeenBySingleCalls(fingerprint))
    return isUnsteadiness(fingerprint) ? steadyAsFarAs(rule, subject, members, open, evidence) : undefined;
  const part = open.partOf(rule, subject, [...own, ...besides], () =>
    members.before().filter((one) => tells(one) || open.isAnswered(rule, one, evidence)),
  );
  const cause = { level: rule.level, subject };
  const called = [...sinceItBegan(rule, unexplained, part?.before.openedAt), ...silent];
  const telling = withoutNeverWorked(rule, called, part?.before, evidence);
  const all = withoutToldAlone(rule.affected(telling), part);
  // It is narrowed by whole cycles: in the middle of one the others are about to be called.
  const mayNarrow = evidence.selection !== true && (part === undefined || evidence.partial !== true);
  const isOwnMatter =
    mayNarrow && isOfOneService(rule, all, telling, own, rule.threshold(evidence.settings).share);
  const affected = isOwnMatter ? [] : all;
  const planned = open.plannedOf(rule, subject);
  const isLarge = evidence.partial !== true || planned.length <= telling.length;
  const isSample =
    evidence.partial !== true || rule.isOfHalf !== true || affected.length * 2 >= planned.length;
  const isOpen = part !== undefined;
  // That nobody was called is concluded from what others found: by itself it is no news.
  if (!isOpen && affected.length > 0 && (!affected.some(wasCalled) || !isSample)) return undefined;
  const whole = part === undefined ? withTold(rule, telling, members, evidence) : knownOf(rule, members);
  const isWider = part === undefined && affected.length > 0 && whole.affected.length > affected.length;
  if (
    isBad(
      rule,
      isWider ? whole.affected : affected,
      isWider ? whole.all : telling,
      { isOpen, isLarge, others: failing(affected, planned, evidence) },
      evidence,
    ) &&
    (evidence.selection !== true || isBadAmongAll(rule, members, part?.before, evidence))
  ) {
    const { affected: sick, all: among } = whole.affected.length === 0 ? { affected, all: telling } : whole;
    const { status: _s, said: _w, members: _m, ...now } = membersOf(affected, telling, planned);
    const { status, said, members: many } = membersOf(sick, among, planned, part?.before.openedAt);
    const own = withOwnTroubles(many, { affected: sick, all: among }, (one, all) => rule.reason(one, all));
    // How many are left of it is known when all of it has been called.
    const isPartial = part?.isSmall === true || evidence.partial === true;
    const counted =
      part !== undefined && isPartial && sick.length <= part.before.members.count ? part.before.members : own;
    const trouble: Trouble = {
      ...now,
      status,
      said,
      members: counted,
      cause: blamed(cause, sick),
      verdict:
        rule.verdict ?? (affected.some(({ result }) => result.verdict !== 'degraded') ? 'fail' : 'degraded'),
      subjectLabel: labelOf(rule, subject, sick),
      reason: found(
        rule.reason(sick, among),
        { count: sick.length, of: among.length },
        { members: counted },
        part,
      ),
      hint: rule.hint?.(affected),
      evaluations: rule.evaluations?.(affected) ?? 1,
    };
    return { cause, observation: { kind: 'bad', fingerprint, trouble }, counted: sick };
  }
  if (evidence.selection === true && part !== undefined && isStillBad(rule, members, part.before, evidence))
    return undefined;
  // It goes on as that service's own, as soon as its calls say so again.
  if (isOwnMatter && isOfWholeService(all, telling, evidence)) return undefined;
  if (unexplained.length < own.length || part?.isOfOthers === true) return undefined;
  // In the middle of a cycle the others are about to be called.
  if (evidence.partial === true && part?.isSmall === true) return undefined;
  const answered = answeredOf(
    rule,
    [...own, ...besides].filter(({ isKnown }) => isKnown !== true),
  );
  if (answered.length === 0) return undefined;
  const at = Math.min(...answered.map(({ result }) => answeredAt(result)));
  return { cause, observation: { kind: 'good', fingerprint, at }, counted: [] };
}

/** A look calls once what a cycle calls again: that fewer fail than what makes a host unsteady is good, and more is nothing new. */
function steadyAsFarAs(
  rule: RootRule,
  subject: string,
  { own }: Members,
  open: OpenRoots,
  { settings }: Evidence,
): CountedRoot | undefined {
  if (!open.has(rule, subject)) return undefined;
  const called = own.filter((one) => one.isKnown !== true && !(isFailing(one) && one.isOfKnown === true));
  const bad = called.filter(isUnsteadyAnswer).length;
  if (called.length === 0 || isStillOver(bad, called.length, rule.threshold(settings))) return undefined;
  const at = Math.min(...called.map(({ result }) => answeredAt(result)));
  const fingerprint = `${rule.prefix}:${subject}`;
  return {
    cause: { level: rule.level, subject },
    observation: { kind: 'good', fingerprint, at },
    counted: [],
  };
}

function wasCalled({ result }: Seen): boolean {
  return result.reason.code !== 'origin-down';
}

/** Where nobody can be reached, or answers, nothing is heard of what is wrong behind it. */
function answeredOf({ level }: RootRule, called: readonly Seen[]): readonly Seen[] {
  if (level === 'origin') return called.filter(wasCalled);
  const unreached = new Set(called.filter(hasNoConnection).map(({ check }) => check.origin));
  return called.filter((one) => !unreached.has(one.check.origin) && !foundNoAnswer(one));
}

/** What fails otherwise and has been told on its own does not prolong what has been told of many. */
function withoutToldAlone(affected: readonly Seen[], part: Part | undefined): readonly Seen[] {
  if (part === undefined) return affected;
  return affected.filter(({ isOfKnown, result }) => isOfKnown !== true || isAlike(part.before, result));
}

/** Not called, because its host is down or for want of a token, says nothing that is not known; a part is not all. */
function found(
  reason: Reason,
  called: Pick<Counted, 'count' | 'of'>,
  { members }: Pick<Trouble, 'members'>,
  part: Part | undefined,
): Reason {
  if (part !== undefined && isOfNoCall(reason, part.before.reason)) {
    const { reason: known, members: before } = part.before;
    return { ...known, message: recounted(known.message, before, members) };
  }
  return { ...reason, message: recounted(reason.message, called, members) };
}

function isOfNoCall({ code }: Reason, known: Reason): boolean {
  return code === 'origin-down' || (code === 'credential' && known.code === 'credential');
}

/** When calls are spread over minutes, what answered well before says nothing of what has happened since. */
function sinceItBegan(rule: RootRule, own: readonly Seen[], openedAt?: number): readonly Seen[] {
  if (!own.some(({ round }) => round?.isPaced === true)) return own;
  const began = openedAt ?? Math.min(...rule.affected(own).map(({ result }) => failedFirstAt(result)));
  if (began === Infinity) return own;
  return own.filter(({ result, round }) => round?.isPaced !== true || result.at >= began - paceMs);
}

/** What answered well before it began says nothing of how things are. */
function isHeardSince({ result }: Seen, beganAt: number): boolean {
  return result.at >= beganAt - paceMs;
}

/** About two calls at the usual pace. */
const paceMs = 2000;

/** With what each came to last, as far as people have been told of it as a cause that may turn out to be this one. */
function withTold(
  rule: RootRule,
  telling: readonly Seen[],
  { before }: Members,
  { open }: Evidence,
): Record<'affected' | 'all', readonly Seen[]> {
  const told = open.filter(
    (one) => one.told !== undefined && one.cause.level !== 'operation' && isBroken(one),
  );
  if (told.length === 0) return { affected: rule.affected(telling), all: telling };
  const now = new Set(telling.map(({ check }) => check.id));
  const known = before().filter(
    ({ check, result }) =>
      !now.has(check.id) && told.some(({ cause, openedAt }) => covers(cause, check) && result.at >= openedAt),
  );
  const all = [...telling, ...known.filter(rule.tells ?? saysSomething)];
  return { affected: rule.affected(all), all };
}

/** What has never worked fails as ever: that prolongs nothing that began with others that have, where those are heard of. */
function withoutNeverWorked(
  rule: RootRule,
  all: readonly Seen[],
  before: Incident | undefined,
  { hasWorked, checks }: Evidence,
): readonly Seen[] {
  if (before === undefined || hasWorked === undefined) return all;
  const named = new Set([
    ...before.members.worst.map(({ checkId }) => checkId),
    ...watchedOf(before.members),
  ]);
  const isOfOthers = checks.some((check) => named.has(check.id) && hasWorked(check));
  if (!isOfOthers || !all.some(({ check }) => hasWorked(check))) return all;
  const affected = new Set(rule.affected(all));
  return all.filter((one) => !affected.has(one) || one.result.verdict === 'degraded' || hasWorked(one.check));
}

/** By what each came to last. */
function knownOf(
  rule: RootRule,
  { unexplained, before }: Members,
): Record<'affected' | 'all', readonly Seen[]> {
  const now = new Set(unexplained.map(({ check }) => check.id));
  const tells = rule.tells ?? saysSomething;
  const all = [...unexplained, ...before().filter((one) => tells(one) && !now.has(one.check.id))];
  return { affected: rule.affected(all), all };
}

/** @param beganAt Default: when the first of them failed. */
function membersOf(
  affected: readonly Seen[],
  all: readonly Seen[],
  planned: readonly Check[],
  beganAt = Math.min(...affected.map(({ result }) => failedFirstAt(result))),
): ReturnType<typeof fromMembers> {
  const sick = new Set(affected);
  const heard = all.filter((one) => sick.has(one) || isHeardSince(one, beganAt));
  return fromMembers(
    affected,
    planned,
    heard.map(({ check }) => check),
  );
}

/** What is called once more has failed: it is not among those that merely differ, and has not been heard yet. */
function failing(
  affected: readonly Seen[],
  planned: readonly Check[],
  { partial = false, waiting }: Evidence,
): number {
  if (!partial || affected.some(({ result }) => result.verdict !== 'degraded')) return 0;
  const known = new Set(affected.map(({ check }) => check.id));
  return planned.filter(({ id }) => waiting?.has(id) === true && !known.has(id)).length;
}

function isBad(
  rule: RootRule,
  affected: readonly Seen[],
  own: readonly Seen[],
  {
    isOpen,
    isLarge,
    others,
  }: { readonly isOpen: boolean; readonly isLarge: boolean; readonly others: number },
  { settings, selection = false }: Evidence,
): boolean {
  const threshold = rule.threshold(settings);
  if (affected.length === 0) return false;
  // What failed earlier in the cycle says nothing of now.
  const isNow = isOpen ? affected.some(({ isKnown }) => isKnown !== true) : !selection;
  if (isNow && rule.isMany?.(affected, isOpen) === true) return true;
  if (isOpen) return isStillOver(affected.length, own.filter(rule.tellsOfOpen ?? isAny).length, threshold);
  if (selection) return false;
  if (own.length >= threshold.minChecks) return isOver(affected.length, own.length + others, threshold);
  const isAll = affected.length === own.length && rule.isPlain(affected);
  return isAll && (isLarge || affected.every(hasNoConnection));
}

function isAny(): boolean {
  return true;
}

/** Only the sick are looked at: what the others came to since counts as well. */
function isBadAmongAll(
  rule: RootRule,
  members: Members,
  before: Incident | undefined,
  evidence: Evidence,
): boolean {
  const all = withoutNeverWorked(rule, knownOf(rule, members).all, before, evidence);
  const affected = rule.affected(all);
  const threshold = rule.threshold(evidence.settings);
  return (
    isStillOver(affected.length, all.filter(rule.tellsOfOpen ?? isAny).length, threshold) ||
    rule.isMany?.(affected, true) === true
  );
}

/** It is looked at bit by bit: of what has failed again since others answer well, each bit shows but a few. */
function isStillBad(rule: RootRule, members: Members, before: Incident, { settings }: Evidence): boolean {
  const since = wellSinceOf(before);
  if (since === undefined) return false;
  const { affected, all } = knownOf(rule, members);
  const again = affected.filter(({ isKnown, result }) => isKnown !== true || result.at >= since);
  return (
    isStillOver(again.length, all.filter(rule.tellsOfOpen ?? isAny).length, rule.threshold(settings)) ||
    rule.isMany?.(again, true) === true
  );
}

/** A document whose service answers nothing is not to blame. */
function blamed(cause: Cause, affected: readonly Seen[]): Cause {
  const service = affected[0]?.check.service;
  return cause.level === 'document' && service !== undefined && nothingIn(affected) !== undefined
    ? { level: 'service', subject: service }
    : cause;
}

function labelOf(rule: RootRule, subject: string, affected: readonly Seen[]): string {
  if (rule.level !== 'document') return subject;
  const service = affected[0]?.check.service ?? '';
  if (nothingIn(affected) !== undefined) return service;
  return subject.startsWith(`${service}:`) ? subject.slice(service.length + 1) : subject;
}
