import type { Cause } from './cause.ts';
import type { LastEdit } from './document.ts';
import type { Reason, ReasonCode } from './result.ts';
import type { Sentence } from './sentence.ts';
import type { Severity } from './settings.ts';
import type { Acknowledgement } from './silence.ts';

/**
 * `pending`: failing, not confirmed, nobody has been told. `recovering`: works again, not yet for long enough.
 * What `resolved` has ended, also by being removed.
 */
export type IncidentState = 'pending' | 'firing' | 'recovering' | 'resolved';

/** Something that is wrong from its first failing result until it has recovered. */
export interface Incident {
  /** Short, shown in every message (`#A7F3`), so that a repeated message is recognised. */
  readonly id: string;
  /** `operation:<check id>`, `origin:https://h:p` …; at most one open incident has it. */
  readonly fingerprint: string;
  readonly cause: Cause;
  readonly state: IncidentState;
  readonly severity: Severity;
  /** `fail` or, for slow answers and drift, `degraded`. */
  readonly verdict: 'fail' | 'degraded';
  /** What it is about, for a person: `GET /orders/{orderId}` or `https://orders.example`. */
  readonly subjectLabel: string;
  /** The same for readers of either language, where it is in words of our own. */
  readonly label?: Sentence;
  /** Where in it, when it is a document with a mistake. */
  readonly place?: { readonly line: number; readonly column?: number };
  /** The service or services it touches. */
  readonly services: readonly string[];
  readonly tags: readonly string[];
  readonly owners: readonly string[];
  readonly reason: Reason;
  /** HTTP status of the answers, when all that are affected had the same. */
  readonly status?: number;
  /** Affected checks: all of them counted, the worst five named. */
  readonly members: Members;
  /** As many as were affected at once; absent: never more than now. Its end is told with these. */
  readonly widest?: Widest;
  /** What to do about it, when the one who failed knows. */
  readonly hint?: Sentence;
  /** Of a sign-in: when the patrol asks for a token again by itself, epoch ms. */
  readonly nextTryAt?: number;
  readonly expected?: Sentence;
  readonly found?: Sentence;
  /** What the server said, masked, on one line of at most 300 bytes. */
  readonly said?: string;
  readonly curl?: string;
  /** What was before, for the trouble of one operation or document; set once, when it begins. */
  readonly history?: IncidentHistory;
  /** First failing result, epoch ms. */
  readonly openedAt: number;
  /** When it began to fail, epoch ms, where it was only a warning before. */
  readonly failingSince?: number;
  readonly lastSeenAt: number;
  readonly resolvedAt?: number;
  /** So long of it the patrol itself did not run, so that nobody looked, ms; absent: it has run all the time. */
  readonly unwatchedMs?: number;
  /** Of what is slow: answers that take longer count as slow, ms; absent: it is not about that, or they have not one in common. */
  readonly objectiveMs?: number;
  /** Failing cycles in a row so far. */
  readonly failingCycles: number;
  /** When the calls began that were counted last, epoch ms: what comes of the same ones later counts no more. */
  readonly countedRound?: number;
  /** When the cycle began that was counted last, epoch ms: looks between two cycles are not counted. Absent: as `countedRound`. */
  readonly countedCycle?: number;
  /** Counts up with every transition; part of the message's idempotency key. */
  readonly version: number;
  /** Bad evaluations in a row while `pending`, good ones in a row while `recovering`. */
  readonly streak?: number;
  /** The last evaluation that found it working, epoch ms. */
  readonly lastGoodAt?: number;
  /** Since it is `recovering`: when the first good answer came, epoch ms. */
  readonly wellSince?: number;
  /** While `recovering`: when the answer came that was counted last as a good one, epoch ms. */
  readonly countedGoodAt?: number;
  /** Fingerprint of the open root cause that explains this one: nothing is told about it meanwhile. */
  readonly inhibitedBy?: string;
  /** What people knew under numbers of their own, and is over with this. */
  readonly closes?: readonly Closed[];
  /** The causes as which it was told before it turned out to be wider or narrower, each once. */
  readonly was?: readonly FormerCause[];
  /** When all that was left of a common cause was found to be operations, of which it goes on as one, epoch ms. */
  readonly narrowedAt?: number;
  /**
   * Services of a common cause, and owners within them (`nameOfOwned`), that have begun to answer well while it goes on, and
   * when they did, epoch ms.
   */
  readonly well?: Readonly<Record<string, number>>;
  /** Services for which it is over while it goes on, as long as only those have been told who look after no more than these. */
  readonly relieved?: Relieved;
  /** While `recovering`: so many of those that failed have not been called since; absent: none. */
  readonly unheard?: number;
  /** Of what answers only now and then: how often it does. */
  readonly steadiness?: Steadiness;
  /** Set while it comes and goes: then it ends only when it has been well for some minutes. */
  readonly flapping?: Flapping;
  /** Who looks after it. */
  readonly acknowledged?: Acknowledgement;
  /** What followed while it went on and nobody looked after it. */
  readonly followUps?: FollowUps;
  /** What people have been told so far: only news is told again. Absent when nobody has been told anything. */
  readonly told?: Told;
  /** Who has been told of it, and hears how it goes on whatever the routes say by then; absent before that is known. */
  readonly heardBy?: readonly Audience[];
}

/** Since when it has been what it is, epoch ms: a certificate of which people were warned for a week has not failed for a week. */
export function lastsSince({
  openedAt,
  failingSince = openedAt,
}: Pick<Incident, 'openedAt' | 'failingSince'>): number {
  return failingSince;
}

/** When what is about to be over was first seen to answer well, epoch ms. */
export function wellSinceOf({ state, wellSince, lastGoodAt }: Incident): number | undefined {
  return state === 'recovering' ? (wellSince ?? lastGoodAt) : undefined;
}

/** What the fingerprints begin with of what is told of a location: that nobody is at work there, or that a service fails from there alone. */
export const locationPrefixes = { silent: 'location:', alone: 'from-location:' } as const;

/** The patrol tells it of itself, and still it is about whether services are looked at. */
export function isOfLocation({ fingerprint }: Pick<Incident, 'fingerprint'>): boolean {
  return Object.values(locationPrefixes).some((prefix) => fingerprint.startsWith(prefix));
}

/** It does not work now: however soon a certificate ends, nothing fails before that. */
export function isFailure({ verdict, reason }: Pick<Incident, 'verdict' | 'reason'>): boolean {
  return verdict === 'fail' && !isWarning(reason);
}

/** Of what is to come: as yet all is well. */
export function isWarning({ code }: Incident['reason']): boolean {
  return code === 'certificate';
}

/** About being slow; everything else is about not working or not keeping to the document. */
export function isSlowness(fingerprint: string): boolean {
  return /^(?:latency|slower|slow|slow-service):/.test(fingerprint);
}

/** One that comes and goes, and a sign-in, is over only when it has been well for some minutes: these are no part of how long it lasted. */
export function mustStayWell({ flapping, cause }: Pick<Incident, 'flapping' | 'cause'>): boolean {
  return flapping !== undefined || cause.level === 'credential';
}

/**
 * Until when it has failed, epoch ms, of one that was over by then: until its first good answer, for while nobody could look at it
 * nobody has seen it well. A token is asked for ever more seldom: there is none until one comes. What it takes to be sure that it is over is
 * no part of it. Every text and page that says when it ended or how long it lasted says this.
 */
export function failedUntil(
  incident: Pick<Incident, 'fingerprint' | 'flapping' | 'cause' | 'openedAt' | 'lastSeenAt' | 'wellSince'>,
  over: number,
): number {
  const { fingerprint, cause, openedAt, lastSeenAt } = incident;
  // What is slow is over when many answers were in time: those are no part of it.
  if (isSlowness(fingerprint)) return Math.min(over, Math.max(openedAt, incident.wellSince ?? over));
  const { wellSince = mustStayWell(incident) ? lastSeenAt : over } = incident;
  const until = cause.level === 'credential' ? wellSince : Math.max(lastSeenAt, wellSince);
  return Math.min(over, Math.max(openedAt, until));
}

/** When it ended; `undefined`: it has not. */
export function endedAt(incident: Incident): number | undefined {
  const { resolvedAt } = incident;
  return resolvedAt === undefined ? undefined : failedUntil(incident, resolvedAt);
}

/** How long it has failed by now. */
export function lastedMs(incident: Incident, now: number): number {
  return Math.max(0, (endedAt(incident) ?? now) - lastsSince(incident));
}

/** The same after the wall clock was set on by so many ms: it goes on lasting as long as it does. */
export function shiftIncident(incident: Incident, ms: number): Incident {
  const {
    failingSince,
    narrowedAt,
    countedRound,
    countedCycle,
    nextTryAt,
    lastGoodAt,
    wellSince,
    countedGoodAt,
    resolvedAt,
    flapping,
    history,
    well,
    relieved,
  } = incident;
  return {
    ...incident,
    openedAt: incident.openedAt + ms,
    lastSeenAt: incident.lastSeenAt + ms,
    ...(failingSince === undefined ? {} : { failingSince: failingSince + ms }),
    ...(narrowedAt === undefined ? {} : { narrowedAt: narrowedAt + ms }),
    ...(resolvedAt === undefined ? {} : { resolvedAt: resolvedAt + ms }),
    ...(countedRound === undefined ? {} : { countedRound: countedRound + ms }),
    ...(countedCycle === undefined ? {} : { countedCycle: countedCycle + ms }),
    ...(nextTryAt === undefined ? {} : { nextTryAt: nextTryAt + ms }),
    ...(lastGoodAt === undefined ? {} : { lastGoodAt: lastGoodAt + ms }),
    ...(wellSince === undefined ? {} : { wellSince: wellSince + ms }),
    ...(countedGoodAt === undefined ? {} : { countedGoodAt: countedGoodAt + ms }),
    ...(flapping === undefined ? {} : { flapping: shiftFlapping(flapping, ms) }),
    ...(well === undefined
      ? {}
      : { well: Object.fromEntries(Object.entries(well).map(([service, at]) => [service, at + ms])) }),
    ...(relieved === undefined ? {} : { relieved: { ...relieved, at: relieved.at + ms } }),
    ...(history?.lastPassAt === undefined
      ? {}
      : { history: { ...history, lastPassAt: history.lastPassAt + ms } }),
  };
}

function shiftFlapping({ since, quietUntil, ...rest }: Flapping, ms: number): Flapping {
  return { ...rest, since: since + ms, ...(quietUntil === undefined ? {} : { quietUntil: quietUntil + ms }) };
}

/** Answers of first calls. */
export interface Answers {
  readonly count: number;
  /** So many of them failed. */
  readonly bad: number;
}

export interface Steadiness {
  /** While it lasted. */
  readonly failing: Answers;
  /** Since several failed last. */
  readonly since: Answers;
}

export interface Relieved {
  readonly services: readonly string[];
  /** When the last of them was found to be well, epoch ms. */
  readonly at: number;
}

export type FormerCause = Pick<Incident, 'cause' | 'subjectLabel' | 'services'>;

export interface Closed {
  readonly id: string;
  /** Channels that have heard of it; absent: nobody knows which. */
  readonly heardBy?: readonly string[];
}

export interface Audience {
  readonly channel: string;
  /** They look after these services; absent: after all. */
  readonly services?: readonly string[];
  /** Of these, after the operations of these owners; absent: of all. */
  readonly owners?: readonly string[];
  /** What they were told last, when that was their share of it: the same is not told again. */
  readonly told?: string;
  /** Services that they were told to be affected; absent in what was stored by earlier versions: all that people were told of. */
  readonly named?: readonly string[];
}

export interface Flapping {
  /** When it came back last, epoch ms. */
  readonly since: number;
  /** So often it has begun within some hours, this time included. */
  readonly times: number;
  /** So often it has come back before it had been well for long enough to be over; absent: never. */
  readonly returns?: number;
  /** Until then nobody is told of its return: it may be a short one again. */
  readonly quietUntil?: number;
  /** It has to stay well for so long to be over, where people have heard of its coming and going again and again. */
  readonly calmMs?: number;
}

export interface IncidentHistory {
  /** The last result that kept its promises, epoch ms; absent: none is known. */
  readonly lastPassAt?: number;
  /** How its document has changed since then. */
  readonly change?: { readonly at: number; readonly details: readonly Sentence[] };
  /** Who has changed its document last. */
  readonly lastEdit?: LastEdit;
}

export interface FollowUps {
  /** Reminders so far. */
  readonly reminders: number;
  /** Channels that it was escalated to: they hear of its end, too. */
  readonly escalatedTo: readonly string[];
}

export interface Told {
  readonly codes: readonly ReasonCode[];
  /** Why some of its operations failed that were named beside the common reason; absent: for none other. */
  readonly besides?: readonly ReasonCode[];
  /** What was wrong, as it is told apart from other faults of the same reason; absent in what was stored by earlier versions. */
  readonly faults?: readonly string[];
  readonly severity: Severity;
  readonly members: number;
  /** Those who have heard of it; absent in what was stored by earlier versions: all of them. */
  readonly services?: readonly string[];
  /** Owners within services (`nameOfOwned`) for whom it is over. */
  readonly left?: readonly string[];
}

export interface Members {
  readonly count: number;
  readonly of: number;
  /** So many of them have been heard of since it began, when that is not all: the count is the least that it may be. */
  readonly heard?: number;
  readonly worst: readonly MemberNote[];
  /** Why the worst fail, when that is not the same of all. */
  readonly codes?: readonly ReasonCode[];
  /** Check ids, some of each service, the worst first: those that are called again to see whether it is over. */
  readonly watched?: readonly string[];
  /** By service, when the cause has more than one: those who look after one service hear of their own. */
  readonly shares?: readonly MemberShare[];
  /** By owners, when these differ: whose routes lead by owners hear of their own. Absent as well when they are too many. */
  readonly owned?: readonly OwnedShare[];
}

/** What was affected at the worst of times, why, and as what it was known then; the members alone in what was stored by earlier versions. */
export interface Widest extends Members {
  readonly reason?: Reason;
  readonly cause?: Cause;
  readonly subjectLabel?: string;
}

/** How many of the operations of one service are affected, and some of them, the worst first. */
export interface MemberShare {
  readonly service: string;
  readonly count: number;
  readonly of: number;
  readonly heard?: number;
  readonly worst: readonly MemberNote[];
  /** How it is with these alone; absent in what was stored by earlier versions, and where there is nothing of their own to be said. */
  readonly own?: ShareTrouble;
}

/** What is wrong with a share of an incident, whatever is with the others. */
export interface ShareTrouble {
  /** Their first failing result, epoch ms. */
  readonly since: number;
  /** When the calls began that were counted last, epoch ms. */
  readonly round: number;
  /** Failing cycles in a row so far. */
  readonly cycles: number;
  /** Absent: they were not called because of the others. */
  readonly reason?: Reason;
  /** When all of them had the same. */
  readonly status?: number;
}

/** The same of those operations of a service that have these owners. */
export interface OwnedShare extends MemberShare {
  readonly owners: readonly string[];
}

export interface MemberNote {
  readonly checkId: string;
  readonly label: string;
  readonly service: string;
  readonly message: Sentence;
}

export type TransitionKind = 'opened' | 'changed' | 'resolved' | 'removed';

export interface Transition {
  readonly kind: TransitionKind;
  readonly at: number;
  readonly incident: Incident;
  /** Why nobody is told: it is kept for the record only. */
  readonly suppressed?: Suppression;
  readonly reached?: Reached;
  /**
   * Services, and owners within them (`nameOfOwned`), for which it is over while it goes on for others: news for those alone
   * who look after no more than these.
   */
  readonly left?: readonly string[];
  /** Services for which it is over, told to those who look after others of it as well. */
  readonly relieved?: readonly string[];
  /** There is no other news. */
  readonly isRelief?: true;
  /** These are patrolled no more: it is not known that it is over. */
  readonly isRemoval?: true;
}

/** What has come to its end with these. */
export function endedBy(transitions: readonly Transition[]): readonly Incident[] {
  return transitions.map(({ incident }) => incident).filter(({ state }) => state === 'resolved');
}

/** Whom it has reached only now. */
export interface Reached {
  /** Services for which it begins. */
  readonly services: readonly string[];
  /** Channels of those who know of it, and look after services of which they have not heard. */
  readonly readers: readonly string[];
  /** There is no news for the others. */
  readonly alone: boolean;
}

/**
 * `untold`: nobody has heard of the incident, so nobody has to hear that it is over. `flapping`: it has come back so often
 * that it is told only once it lasts. `part`: its end is told
 * with that of something wider.
 */
export interface Suppression {
  readonly by: 'silence' | 'maintenance' | 'untold' | 'flapping' | 'part';
  /** Which silence or window, for a person. */
  readonly note?: Sentence;
}
