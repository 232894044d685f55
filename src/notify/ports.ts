import type { Sentence } from '../model/sentence.ts';
import type { Incident, Transition } from '../model/incident.ts';
import type { OutboxEntry } from '../model/message.ts';

/** A leased outbox row: one sender owns it until `leaseUntil`. */
export interface LeasedMessage {
  readonly id: number;
  readonly entry: OutboxEntry;
  /** Counts from 1. */
  readonly attempt: number;
  /** The bytes of the first attempt, from `freeze` on. */
  readonly rendered?: readonly string[];
  /** Parts that have been accepted already. */
  readonly partsSent: number;
  /** How often it was sent before without an answer: it may have arrived. */
  readonly unclear: number;
}

export type Settlement =
  | { readonly state: 'sent'; readonly at: number; readonly receipt?: string }
  | {
      readonly state: 'pending';
      readonly notBefore: number;
      readonly code: string;
      readonly message: Sentence;
      readonly hint?: Sentence;
      /**
       * From now on those behind it do not wait for it. `refused`: it is rendered anew for the next attempt;
       * `unclear`: it may have arrived.
       */
      readonly aside?: 'refused' | 'unclear';
    }
  | {
      readonly state: 'undelivered';
      readonly code: string;
      readonly message: Sentence;
      readonly hint?: Sentence;
    };

/** How a channel is doing, for a person; free of secrets. Times in epoch ms. */
export interface ChannelHealth {
  /** `retrying`: the last send failed and is repeated; `broken`: a person has to act. */
  readonly state: 'ok' | 'retrying' | 'broken';
  /** Since when it has been in this state. */
  readonly since: number;
  readonly lastSentAt?: number;
  readonly code?: string;
  readonly message?: Sentence;
  readonly hint?: Sentence;
}

/** What the sender knows of a channel beside what is kept. */
export interface ChannelNow extends ChannelHealth {
  /** Epoch ms; it is left alone until then, whatever waits. */
  readonly nextTryAt?: number;
}

/** With what the other channels have been told of it while it is broken. */
export interface ChannelRecord extends ChannelHealth {
  readonly incident?: Incident;
}

export interface Standing {
  readonly open: ReadonlySet<string>;
  readonly ended: ReadonlySet<string>;
}

/** Where messages wait. Those about incidents are put in by the commit that caused them. */
export interface Outbox extends Backlog {
  /**
   * The oldest waiting message of the channel, when it is due and not leased. Order is kept: while the oldest has
   * to wait, the ones behind it wait too, so that no recovery overtakes its alert. Those that were set aside come
   * when they are due and nothing else is. A wait longer than any of ours (`model/wait.ts`) was set by another clock, and
   * is over.
   */
  lease(channel: string, now: number, leaseMs: number): Promise<LeasedMessage | undefined>;
  /** No part of these bytes has been sent yet. */
  freeze(id: number, rendered: readonly string[]): Promise<void>;
  partSent(id: number, partsSent: number): Promise<void>;
  /** Those of the channel that may have arrived, were repeated at least once and wait for longer are due now. */
  hasten(channel: string, now: number): Promise<void>;
  /** Ends the lease. */
  settle(id: number, settlement: Settlement): Promise<void>;
  /**
   * Epoch ms at which `lease` has something to give: the earliest over the channels (all when absent) of the time
   * at which each one's oldest waiting message, or one set aside, is due and its lease has ended; `undefined` when
   * nothing waits.
   */
  nextDueAt(channels?: readonly string[]): Promise<number | undefined>;
  /** Takes one of `perMinute` places of the bucket's last 60 s; otherwise says when one is free. */
  takeToken(
    bucket: string,
    perMinute: number,
    now: number,
  ): Promise<{ readonly ok: true } | { readonly ok: false; readonly freeAt: number }>;
  /**
   * The wall clock was set on by so many ms and shows `now` (epoch ms): what waits goes on waiting as long as it was to.
   */
  shift(ms: number, now: number): Promise<void>;
  /** Ids of those of these incidents that go on, and of those that are known to have ended. */
  standing(incidents: readonly Incident[]): Promise<Standing>;
  /** All incidents that go on. */
  open(): Promise<readonly Incident[]>;
  /** Of every channel that something was sent to or tried to be, by name. */
  channels(): Promise<ReadonlyMap<string, ChannelRecord>>;
  keepChannel(channel: string, record: ChannelRecord): Promise<void>;
}

/** What is done with messages beyond sending them one after the other. */
export interface Backlog {
  /** Puts in what no cycle has caused. A message whose key is there already is the same message. */
  insert(entries: readonly OutboxEntry[]): Promise<void>;
  /**
   * The same, with what happened to something of the patrol itself, oldest first: it has a story as every incident has,
   * and counts for nothing else. One that is begun again under the same id goes on.
   */
  tell(happened: readonly Transition[], entries: readonly OutboxEntry[]): Promise<void>;
  /** The messages of the queue that wait, oldest first. */
  waiting(channel: string): Promise<readonly OutboxEntry[]>;
  /** What was put into the queue since then (epoch ms) and is waiting or sent. */
  entriesSince(channel: string, since: number): Promise<readonly OutboxEntry[]>;
  /** What was tried in the queue and is waiting or given up, and cannot have arrived. */
  refused(channel: string): Promise<readonly OutboxEntry[]>;
  /**
   * Replaces those waiting messages of the queue that are due, not leased and of which nothing may have arrived by
   * the one that `merge` makes of them, in one transaction. Nothing happens when it makes none. Returns how many
   * were replaced.
   */
  fold(
    channel: string,
    now: number,
    merge: (waiting: readonly OutboxEntry[]) => OutboxEntry | undefined,
  ): Promise<number>;
  /** Lets messages that were given up wait again, to be rendered anew; returns how many there were. */
  revive(ids: readonly number[]): Promise<number>;
}
