import type { Sentence } from '../model/sentence.ts';
import { groupBy } from '../lib/group-by.ts';
import type { Check } from '../model/check.ts';
import type { Incident, MemberNote, Members, MemberShare, ShareTrouble } from '../model/incident.ts';
import type { Cause } from '../model/cause.ts';
import { countsOf, nameOfOwned, recounted } from '../model/members.ts';
import { saidBy } from '../lib/text/said.ts';
import type { Reason, ReasonCode, Result } from '../model/result.ts';
import type { Severity } from '../model/settings.ts';

/**
 * What one cycle says about one thing that can be wrong. Where there is none, there is no data, and the incident
 * stays as it is.
 */
export type Observation =
  | {
      readonly kind: 'good';
      readonly fingerprint: string;
      /** When the earliest of the present answers that show it came, epoch ms; absent: now. */
      readonly at?: number;
    }
  | { readonly kind: 'bad'; readonly fingerprint: string; readonly trouble: Trouble };

/** The parts of an incident that are seen anew in every cycle. */
export type Trouble = Pick<
  Incident,
  | 'cause'
  | 'severity'
  | 'verdict'
  | 'subjectLabel'
  | 'place'
  | 'services'
  | 'tags'
  | 'owners'
  | 'reason'
  | 'status'
  | 'members'
  | 'hint'
  | 'expected'
  | 'found'
  | 'said'
  | 'curl'
  | 'objectiveMs'
> & {
  /** The earliest failing result, epoch ms. */
  readonly since: number;
  /** When the calls began that show it, epoch ms; absent: now. */
  readonly round?: number;
  /** So many cycles have shown it by now, as far as that is known otherwise; absent: it is counted from one evaluation to the next. */
  readonly cycles?: number;
  /** So many evaluations like this one in a row make it a fact. */
  readonly evaluations: number;
};

/** A check with what this cycle found out about it. */
export interface Seen {
  readonly check: Check;
  readonly result: Result;
  /** It has been judged before: it says how things stand beside what is new. */
  readonly isKnown?: boolean;
  /** It fails, or failed until it was asked again, by the trouble that an incident is about. */
  readonly isOfKnown?: boolean;
  /** The calls that it belongs to; absent: a round of its own. */
  readonly round?: Round;
}

/** Calls that belong together: those of a cycle, of one service. */
export interface Round {
  /** Epoch ms. */
  readonly startedAt: number;
  /** Its calls are spread over minutes: what answered before something broke says nothing of it. */
  readonly isPaced: boolean;
}

const worstShown = 5;
const worstOfShare = 3;
/** Teams, and not persons for each operation of their own. */
const ownedMost = 50;
/** Called again to see whether it is over: enough of each share to know, and few enough not to be a load. */
const watchedPerShare = 2;
const watchedMost = 40;
const severityRank: Readonly<Record<Severity, number>> = { critical: 0, major: 1, minor: 2 };

/** For sorting: the worst first. */
export function bySeverity(a: Severity, b: Severity): number {
  return severityRank[a] - severityRank[b];
}

/** One step less urgent. */
export function milder(severity: Severity): Severity {
  return severity === 'critical' ? 'major' : 'minor';
}

/**
 * What a root cause takes over from the checks under it; `affected`, some of `among`, all that may be, is not empty.
 *
 * @param heard Those of which something has been heard since it began; default: all.
 */
export function fromMembers(
  affected: readonly Seen[],
  among: readonly Check[],
  heard?: readonly Check[],
): Ownership & Pick<Trouble, 'since' | 'round' | 'status' | 'said'> {
  const members = affected.map(({ check, result: { reason } }) => ({ check, ...reason }));
  let [since, round] = [Infinity, -Infinity];
  for (const one of affected) {
    since = Math.min(since, failedFirstAt(one.result));
    round = Math.max(round, one.round?.startedAt ?? one.result.at);
  }
  const owned = ownership(members, among, heard);
  return { ...owned, ...statusOf(affected), ...saidByAll(affected), since, round };
}

/** Counts with what is wrong with each share alone. */
export function withOwnTroubles(
  members: Members,
  { affected, all }: Readonly<Record<'affected' | 'all', readonly Seen[]>>,
  reasonOf: (affected: readonly Seen[], all: readonly Seen[]) => Reason,
): Members {
  const withOwn = <T extends MemberShare>(
    shares: readonly T[],
    keyOf: (of: Pick<Check, 'service' | 'owners'>) => string,
    keyOfShare: (share: T) => string,
  ): readonly T[] => {
    const sick = groupBy(affected, ({ check }) => keyOf(check));
    const among = groupBy(all, ({ check }) => keyOf(check));
    return shares.map((share) => {
      const key = keyOfShare(share);
      const own = sick.get(key) ?? [];
      if (own.length === 0) return share;
      const theirs = among.get(key) ?? own;
      const { code, message } = reasonOf(own, theirs);
      const counts = { count: own.length, of: theirs.length };
      return { ...share, own: troubleOf(own, { code, message: recounted(message, counts, share) }) };
    });
  };
  const { shares, owned } = members;
  const byService = ({ service }: { readonly service: string }): string => service;
  return {
    ...members,
    ...(shares === undefined ? {} : { shares: withOwn(shares, byService, byService) }),
    ...(owned === undefined ? {} : { owned: withOwn(owned, nameOfOwned, nameOfOwned) }),
  };
}

function troubleOf(own: readonly Seen[], reason: Reason): ShareTrouble {
  return {
    since: Math.min(...own.map(({ result }) => failedFirstAt(result))),
    round: Math.max(...own.map(({ round, result }) => round?.startedAt ?? result.at)),
    cycles: 1,
    // That they were not called is no reason of theirs.
    ...(reason.code === 'origin-down' ? {} : { reason }),
    ...statusOf(own),
  };
}

/** What all of them say alike. */
function saidByAll(affected: readonly Seen[]): Pick<Trouble, 'said'> {
  const all = new Set(affected.map(({ result }) => saidBy(result)));
  const [said] = all;
  return said === undefined || all.size > 1 ? {} : { said };
}

function statusOf(affected: readonly Seen[]): Pick<Trouble, 'status'> {
  const [status, another] = distinctStatuses(affected);
  return status === undefined || another !== undefined ? {} : { status };
}

function distinctStatuses(affected: readonly Seen[]): readonly (number | undefined)[] {
  return [...new Set(affected.map(({ result }) => result.status))];
}

/** A result has the time of the attempt that decided; what failed before it was confirmed had failed already. */
export function failedFirstAt({ at, evidence }: Result): number {
  return Math.min(at, evidence?.attempts?.[0]?.at ?? at);
}

/** When the answer that decided had come, epoch ms: a call that hangs while all is wrong may be answered long after it began. */
export function answeredAt({ at, phases }: Result): number {
  return at + Math.round(phases.totalMs);
}

type Ownership = Pick<Trouble, 'severity' | 'services' | 'tags' | 'owners' | 'members'>;

interface Affected {
  readonly check: Check;
  readonly message: Sentence;
  readonly code?: ReasonCode;
}

/** The worst severity, everybody concerned, and the worst five of those `among` which they are by name. */
export function ownership(
  affected: readonly Affected[],
  among: readonly Check[],
  heard: readonly Check[] = among,
): Ownership {
  const checks = affected.map(({ check }) => check);
  const worstFirst = affected.toSorted(
    (a, b) => bySeverity(a.check.severity, b.check.severity) || compareText(label(a.check), label(b.check)),
  );
  return {
    severity: worstFirst[0]?.check.severity ?? 'major',
    services: distinct(checks.map(({ service }) => service)),
    tags: distinct(checks.flatMap(({ tags }) => tags)),
    owners: distinct(checks.flatMap(({ owners }) => owners)),
    members: {
      ...countsOf({ count: affected.length, of: among.length, heard: heard.length }),
      worst: worstFirst.slice(0, worstShown).map(noteOf),
      ...codesOf(worstFirst.slice(0, worstShown)),
      ...(affected.length > worstShown
        ? { watched: watchedAmong(worstFirst.map(({ check }) => check)) }
        : {}),
      ...sharesOf(worstFirst, among, heard),
      ...ownedOf(worstFirst, among, heard),
    },
  };
}

function codesOf(shown: readonly Affected[]): Pick<Members, 'codes'> {
  const codes = [...new Set(shown.flatMap(({ code }) => code ?? []))];
  return codes.length < 2 ? {} : { codes };
}

function noteOf({ check, message }: Affected): MemberNote {
  return { checkId: check.id, label: check.operation, service: check.service, message };
}

/** How much of it is whose, when it has to do with more than one service. */
function sharesOf(
  worstFirst: readonly Affected[],
  among: readonly Check[],
  heard: readonly Check[],
): Pick<Members, 'shares'> {
  const all = groupBy(among, ({ service }) => service);
  const known = groupBy(heard, ({ service }) => service);
  if (all.size < 2) return {};
  const shares = [...groupBy(worstFirst, ({ check }) => check.service)].map(([service, own]) =>
    shareOf(service, own, all.get(service), known.get(service)),
  );
  return { shares: shares.toSorted((a, b) => compareText(a.service, b.service)) };
}

/** How much of it is whose, when its operations have different owners. */
function ownedOf(
  worstFirst: readonly Affected[],
  among: readonly Check[],
  heard: readonly Check[],
): Pick<Members, 'owned'> {
  const all = groupBy(among, nameOfOwned);
  const isOfAll = new Set(among.map(({ owners }) => JSON.stringify(owners))).size < 2;
  if (isOfAll || all.size > ownedMost) return {};
  const known = groupBy(heard, nameOfOwned);
  const owned = [...groupBy(worstFirst, ({ check }) => nameOfOwned(check))].flatMap(([key, own]) =>
    own.slice(0, 1).map(({ check: { service, owners } }) => ({
      ...shareOf(service, own, all.get(key), known.get(key)),
      owners,
    })),
  );
  return { owned };
}

function shareOf(
  service: string,
  own: readonly Affected[],
  all: readonly Check[] = own.map(({ check }) => check),
  heard: readonly Check[] = all,
): MemberShare {
  const counts = countsOf({ count: own.length, of: all.length, heard: heard.length });
  return { service, ...counts, worst: own.slice(0, worstOfShare).map(noteOf) };
}

/** Some of each service, and of each group of owners there, of those that may be called again at will. */
function watchedAmong(worstFirst: readonly Check[]): readonly string[] {
  const groups = new Set(worstFirst.map(nameOfOwned)).size;
  const isOfFew = groups * watchedPerShare <= watchedMost;
  const taken = new Map<string, number>();
  const watched: string[] = [];
  for (const check of worstFirst) {
    const share = isOfFew ? nameOfOwned(check) : check.service;
    const before = taken.get(share) ?? 0;
    if (!check.repeatable || before >= watchedPerShare || watched.length >= watchedMost) continue;
    taken.set(share, before + 1);
    watched.push(check.id);
  }
  return watched;
}

/** Those that tell whether it is over, the worst first. */
export function watchedOf({ worst, watched }: Members): readonly string[] {
  return watched ?? worst.map(({ checkId }) => checkId);
}

export function operationCause(check: Check): Cause {
  return { level: 'operation', subject: check.id };
}

export function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort();
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function label(check: Check): string {
  return `${check.service} ${check.operation} ${check.id}`;
}

/** A cause with many effects, as this evaluation sees it. */
export interface Root {
  readonly cause: Cause;
  readonly observation: Observation;
}
