import type { Sentence } from './sentence.ts';
import type { BudgetView } from './budget.ts';
import type { LastEdit, UnreadDocument } from './document.ts';
import type { Incident, Transition, TransitionKind } from './incident.ts';
import type { Verdict } from './result.ts';
import type { SetUpCounts } from './set-up.ts';

/**
 * A message on its way: committed together with the transitions that caused it, sent later, never lost.
 * Content is kept as data and rendered at the first attempt, so that what is sent can still be merged.
 */
export interface OutboxEntry {
  /** Same content, same key: inserting it twice is inserting it once. */
  readonly dedupKey: string;
  /** The queue it waits in: the name of a channel, with `~quiet` behind it for what waits until morning. */
  readonly channel: string;
  readonly createdAt: number;
  /** Epoch ms before which nobody wants to hear it; absent: now. */
  readonly notBefore?: number;
  readonly content: MessageContent;
}

export interface MessageContent {
  readonly cycleId: number;
  /** Worst first. */
  readonly transitions: readonly Transition[];
  /** What goes on although it has been told. */
  readonly followUps?: readonly FollowUp[];
  /** How many more there were of each kind that are not listed in `transitions`: a storm is told by its counts. */
  readonly omitted?: Readonly<Partial<Record<TransitionKind, number>>>;
  readonly totals: Totals;
  /** Channel user ids to mention. */
  readonly mentions: readonly string[];
  /** It sums up a time instead of telling what has just happened. */
  readonly summary?: Summary;
  /** Documents that have changed so that callers break. */
  readonly breakingChanges?: readonly BreakingChanges[];
  /** Services that have been patrolled for the first time. */
  readonly firstReports?: readonly FirstReport[];
  /** Somebody tries the channel out: nothing of it is true. */
  readonly isTest?: boolean;
  /** The channel for which it comes here: it is broken or, with `refused`, does not take this message. */
  readonly forwardedFrom?: string;
  readonly refused?: boolean;
  /** When it is told, epoch ms, where that is later than it was written: what goes on has gone on until then. */
  readonly lateAt?: number;
  /** Of several messages in one, the incidents that came from other channels, by their ids. */
  readonly carried?: readonly { readonly from: string; readonly incidents: readonly string[] }[];
  /** Set when it tells what several messages would have told that could not be delivered in time. */
  readonly folded?: {
    readonly messages: number;
    /** When the oldest of them was committed, epoch ms. */
    readonly since: number;
    /** When it was put together: what goes on had gone on until then. */
    readonly at: number;
    /** They were not late: nobody wanted to hear of them before. */
    readonly held?: boolean;
    /** Those who stand in for the channel have had each of them. */
    readonly passedOn?: boolean;
  };
}

/** For the first line: the state of things beyond what the message tells. */
export interface Totals {
  /** Operations that fail now, of so many; 0 of 0 when it is not about checks. */
  readonly failing: number;
  readonly checks: number;
  /** Not all have been heard of since they began to fail together: more may. */
  readonly isLeast?: true;
  /** Those of them that a silence or a maintenance window covers; absent: none. */
  readonly silenced?: number;
  /** The services that are counted, so that they can be counted anew; absent: nobody knows any more. */
  readonly services?: readonly string[];
  /** Of their operations those of these owners are counted; absent: all. */
  readonly owners?: readonly string[];
  /** Incidents that people know of and that have not ended; absent: none. */
  readonly open?: number;
  /** Operations that are told to be slow now; absent: none. */
  readonly slow?: number;
  /** So many of the open incidents tell of that. */
  readonly slowOpen?: number;
  /** Operations that have never worked the way they are called, and so are not known to be well; absent: none. */
  readonly waiting?: number;
}

/** One document whose operations cannot all be called as before. */
export interface BreakingChanges {
  /** When the change was found, epoch ms. */
  readonly at: number;
  readonly service: string;
  readonly uri: string;
  /** How many operations are gone, and how many break their callers by what has changed. */
  readonly removed: number;
  readonly changed: number;
  readonly lastEdit?: LastEdit;
  /** As many of them as would be read. */
  readonly operations: readonly {
    /** `Operation.key` */
    readonly key: string;
    /** One line a rule, those that break first; none when it is gone. */
    readonly details: readonly Sentence[];
  }[];
}

/** What the first complete cycle of a service has found. */
export interface FirstReport {
  readonly service: string;
  /** When that cycle ended, epoch ms. */
  readonly at: number;
  readonly counts: SetUpCounts;
  /** Operations that wait for somebody, those that are not called included. */
  readonly waiting: number;
  /** Documents that have never been readable. */
  readonly unread?: readonly UnreadDocument[];
  /** What is worth most first; as many as would be read, each in one sentence, with the operation when it is about one. */
  readonly groups: readonly { readonly operation?: string; readonly why: Sentence }[];
}

/** A day or a week in a message. Times are epoch ms, shares 0–1. */
export interface Summary {
  readonly every: 'day' | 'week';
  readonly from: number;
  readonly to: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly successRate?: number;
  readonly p50Ms?: number;
  readonly p95Ms?: number;
  readonly incidents: {
    readonly count: number;
    readonly open: number;
    readonly longest: readonly {
      readonly id: string;
      readonly label: string;
      readonly services: readonly string[];
      readonly lastedMs: number;
      readonly open: boolean;
    }[];
  };
  readonly recurring: readonly { readonly label: string; readonly times: number }[];
  readonly failing: readonly {
    readonly label: string;
    readonly service: string;
    readonly fails: number;
    readonly results: number;
  }[];
  readonly slow: readonly { readonly label: string; readonly service: string; readonly p95Ms: number }[];
  readonly budgets: readonly Pick<BudgetView, 'objective' | 'kind' | 'left'>[];
  readonly changes: { readonly documents: number; readonly breaking: readonly string[] };
  readonly coverage?: { readonly called: number; readonly documented: number };
  /** Operations that wait to be set up, and of these those that have never been as their document says, by service. */
  readonly setUp?: {
    readonly waiting: number;
    readonly differ: readonly { readonly service: string; readonly count: number }[];
  };
}

/** `escalation`: nobody has taken care of it, so others are told. `acknowledged`: somebody looks after it now. */
export interface FollowUp {
  readonly kind: 'reminder' | 'escalation' | 'acknowledged';
  readonly at: number;
  readonly incident: Incident;
  /** For all but a reminder, which goes where the incident went: the channels that are told. */
  readonly to?: readonly string[];
  /** Who looks after it, as in the audit, and what was said. */
  readonly by?: string;
  readonly note?: string;
}

/** Each channel has queues of its own for what waits, so that it holds nothing up. */
const marks = { quiet: '~quiet', first: '~first' } as const;

/** What waits until morning. */
export function quietQueue(channel: string): string {
  return `${channel}${marks.quiet}`;
}

export function isQuietQueue(queue: string): boolean {
  return queue.endsWith(marks.quiet);
}

/** First reports, which wait a moment for those of other services. */
export function firstQueue(channel: string): string {
  return `${channel}${marks.first}`;
}

export function isFirstQueue(queue: string): boolean {
  return queue.endsWith(marks.first);
}

/** All queues of a channel, in the order in which they are sent. */
export function queuesOf(channel: string): readonly string[] {
  return [channel, firstQueue(channel), quietQueue(channel)];
}

export function channelOf(queue: string): string {
  const mark = Object.values(marks).find((one) => queue.endsWith(one));
  return mark === undefined ? queue : queue.slice(0, -mark.length);
}

/** What was tried waits no longer for its next try, save what was set aside (`notify/retry.ts`). */
export const longestWaitMs = 17 * 60_000;
export const longestAsideMs = 61 * 60_000;
/** The quiet hours of a calendar end within so many days (`notify/calendar.ts`). */
const longestQuietMs = 10 * 86_400_000;

/** What an outbox knows of how long a message waits. Times are epoch ms. */
export interface Wait {
  /** 0: it waits for what was asked for when it was put in, else for a time of the sender's. */
  readonly attempt: number;
  readonly aside: boolean;
  readonly notBefore: number;
  readonly leaseUntil: number;
}

/**
 * Whether the wait is over. The wall clock may have been set back since it began: what would wait longer than
 * anything is ever made to wait has waited long enough.
 */
export function isDue(
  { attempt, aside, notBefore, leaseUntil }: Wait,
  now: number,
  leaseMs: number,
): boolean {
  const longest = attempt === 0 ? longestQuietMs : aside ? longestAsideMs : longestWaitMs;
  return isOver(notBefore, now, longest) && isOver(leaseUntil, now, leaseMs);
}

function isOver(until: number, now: number, longestMs: number): boolean {
  return until <= now || until - now > longestMs;
}

/** How long the sender holds a message while it sends it: longer than the slowest send of all parts (`notify/post.ts`). */
export const leaseMs = 60_000;

/**
 * Whether a waiting message can be told together with others: it is due, and nobody may have read it yet. What may have arrived
 * is only ever repeated as it was.
 */
export function isFoldable(wait: Wait & { readonly unclear: number }, now: number): boolean {
  return wait.unclear === 0 && isDue(wait, now, leaseMs);
}
