import { SaidError } from '../messages/said-error.ts';
import type { Sentence } from '../model/sentence.ts';
import type { BudgetMemory } from '../model/budget.ts';
import type { Check } from '../model/check.ts';
import type { Cycle, CycleStatistics, Recheck } from '../model/cycle.ts';
import type { Incident, Transition, TransitionKind } from '../model/incident.ts';
import type { FollowUp, OutboxEntry } from '../model/message.ts';
import type { KeptHabit, KeptTrial, Proof } from '../model/proof.ts';
import type { ServiceSetUp } from '../model/set-up.ts';
import type { Result, TimedAnswers } from '../model/result.ts';
import type { HourCounts, HourRollup } from '../model/histogram.ts';
import type { Acknowledgement, AuditEntry, Silence } from '../model/silence.ts';
import type { NewStatusPost, StatusPost } from '../model/status-post.ts';
import type { SignInSheets, TokenStore } from '../auth/ports.ts';
import type { Outbox } from '../notify/ports.ts';
import type { DocumentCache } from '../documents/ports.ts';
import type { IdempotencyKeys } from './access/idempotency-keys.ts';
import type { Gallery } from './outbox/gallery.ts';
import type { Accounts } from './access/accounts.ts';
import type { WorkStore } from '../work/ports.ts';

/**
 * Everything that outlives the process. Each call is one transaction: it happened as a whole or not at all.
 * Whatever goes wrong rejects with a `StoreError`, which says whether trying again later can help; the caller
 * reports it and goes on, and what was not stored is simply decided anew in the next cycle.
 */
export interface Store {
  readonly documents: DocumentCache;
  readonly outbox: Outbox;
  readonly desk: Desk;
  readonly statusPosts: StatusPosts;
  readonly people: Accounts;
  readonly gallery: Gallery;
  readonly past: Past;
  /** Sealed: of no use without the key. */
  readonly tokens: TokenStore & SignInSheets;
  readonly answers: IdempotencyKeys;
  /** What workers at locations do; absent: only a database that several machines reach has that. */
  readonly work?: WorkStore | undefined;

  /** Opens a cycle and closes as `interrupted` any that a crash left open. */
  beginCycle(dueAt: number, startedAt: number): Promise<Cycle>;
  /** Results as they come in, a batch at a time, so that a crash loses seconds and not a cycle. */
  appendResults(cycleId: number, results: readonly Result[], checks: readonly Check[]): Promise<void>;
  /** The last results, the incidents as they are now, what happened to them and whom to tell: all or nothing. */
  closeCycle(close: CycleClose): Promise<void>;
  /** What a look between two cycles has found and changed: all or nothing. */
  record(change: Change & { readonly look?: Recheck }): Promise<void>;

  /** Incidents that have not ended, pending ones included. */
  openIncidents(): Promise<readonly Incident[]>;
  /** The wall clock was set on by so many ms: incidents go on lasting as long as they do. */
  shiftIncidents(ms: number): Promise<void>;
  /**
   * Moves what waits and what goes on by how many ms the wall clock was set while no patrol ran, and returns that. To be
   * called once, before anything reads it.
   */
  followClock(): Promise<number>;
  /** When a patrol that had the database was seen to run last, to about ten seconds, epoch ms; absent: nobody knows. */
  lastRunAt(): Promise<number | undefined>;
  /** What is wrong with the patrol itself and has not ended. */
  ownIncidents(): Promise<readonly Incident[]>;
  /** Closed ones that started in the range, newest first. */
  cycles(range: TimeRange): Promise<readonly CycleStatistics[]>;
  /** Incidents that were open at any time in the range, newest first; `pending` ones are not yet incidents. */
  incidents(range: TimeRange): Promise<readonly Incident[]>;
  /** What happened to incidents in the range, newest first. */
  transitions(range: TimeRange): Promise<readonly Transition[]>;
  /** All that is known about an incident by its short id: the open one, or the last that had it. */
  story(incidentId: string): Promise<Story | undefined>;
  /** Every result of a cycle, by check id; or those of some checks, in the order in which they are named. */
  results(cycleId: number, checkIds?: readonly string[]): Promise<readonly Result[]>;
  /** The results of one check, newest first. */
  history(checkId: string, range: TimeRange): Promise<readonly Result[]>;
  /**
   * Times and durations of the answers since `since` that did not fail, oldest first, at most `perCheck` for each check id:
   * what the latency windows start from after a restart.
   */
  recentLatencies(since: number, perCheck: number): Promise<ReadonlyMap<string, TimedAnswers>>;
  /**
   * What each check came to last, looks included, within `reachMs` before the last cycle began: what is known of it after a
   * restart.
   */
  lastResults(reachMs: number): Promise<readonly Result[]>;
  /** What the error budgets remembered when the last cycle closed. */
  budgetMemories(): Promise<readonly BudgetMemory[]>;
  /** What operations have shown that they can. */
  proofs(): Promise<readonly Proof[]>;
  trials(): Promise<readonly KeptTrial[]>;
  habits(): Promise<readonly KeptHabit[]>;
  /** What has to be set up, by service, those that are no longer patrolled included. */
  setUps(): Promise<readonly ServiceSetUp[]>;
  /** Names of all checks that have results. */
  checks(): Promise<readonly StoredCheck[]>;

  /**
   * Hours that begin in the range, oldest first, of one service or of all; they outlive the results. Those that are
   * not over yet hold what there is so far.
   */
  rollups(range: Pick<TimeRange, 'from' | 'to'>, service?: string): AsyncIterable<HourRollup>;

  /** The same without single operations and answer times: months of them are read in a moment. */
  hourCounts(range: Pick<TimeRange, 'from' | 'to'>): AsyncIterable<HourCounts>;

  /**
   * Adds up the hours that are over, then deletes what is older than the retention, a little at a time: results,
   * cycles and sent messages from before `olderThan`, hours and incidents from before `historyOlderThan` (default:
   * more than a year old). Of what is stored no more than a day's worth goes in a day, whatever the clock says, save
   * when what is kept has become less. Returns the number of rows that went.
   */
  prune(olderThan: number, historyOlderThan?: number): Promise<number>;
  /**
   * Whether its files are where and as they were left, as far as a glance shows it, which costs next to nothing; `watch`
   * puts right what is not. True as well while the patrol goes on in memory, and for whoever does not have the store alone.
   */
  readonly isInPlace: boolean;
  /**
   * Looks whether something can be stored, and rejects with a `StoreError` when not: until it can be, a patrol that has
   * the store alone goes on in memory. A database that was deleted or replaced while it was in use is put back whole; in
   * place of one that was written into by others or cut short, a new one is begun with what memory holds. That is what
   * it returns then. Damage inside the file is looked for beside all else, by and by; it rejects with what was found.
   */
  watch(): Promise<Restored | undefined>;
  close(): Promise<void>;
}

export type Restored =
  | { readonly was: 'deleted' }
  /** `aside`: where what stood in its place is now. */
  | { readonly was: 'replaced'; readonly aside: string }
  | { readonly was: 'damaged'; readonly aside: string | undefined };

export interface Change {
  /** All incidents that are open now, changed or not. */
  readonly open: readonly Incident[];
  readonly transitions: readonly Transition[];
  readonly messages: readonly OutboxEntry[];
  /** Of operations that have shown more than was known; absent: none. */
  readonly proofs?: readonly Proof[];
  /** Of operations of whose values there is news; absent: of none. */
  readonly trials?: readonly KeptTrial[];
  /** Of operations whose answers have shown more than was known; absent: of none. */
  readonly habits?: readonly KeptHabit[];
}

export interface CycleClose extends Change {
  readonly statistics: CycleStatistics;
  /** Those that have not been appended yet. */
  readonly results: readonly Result[];
  /** Of all objectives, in place of those that were kept; absent: those stay. */
  readonly budgetMemories?: readonly BudgetMemory[];
  readonly checks: readonly Check[];
  /** Of services of which it has changed what has to be set up; absent: of none. */
  readonly setUps?: readonly ServiceSetUp[];
  /** First reports that wait are due then, epoch ms; absent: they go on waiting. */
  readonly firstReportsAt?: number;
}

/** What happened, for whoever plays it again. Lists are oldest first. */
export interface Past {
  looks(range: Pick<TimeRange, 'from' | 'to'>): Promise<readonly Recheck[]>;
  /** Incidents that were open at a time (epoch ms), as they were when something was last told or kept back of them. */
  incidentsAt(at: number): Promise<readonly Incident[]>;
  /** Those that lasted until then (epoch ms) or longer. */
  acknowledgements(since: number): Promise<readonly PastAcknowledgement[]>;
  /** Everything that was put into the outbox in the range, whatever became of it. */
  messages(range: Pick<TimeRange, 'from' | 'to'>): Promise<readonly OutboxEntry[]>;
}

export interface PastAcknowledgement {
  readonly fingerprint: string;
  readonly acknowledgement: Acknowledgement;
}

/** What people do about incidents. Who did what is written down with it. Times are epoch ms. */
export interface Desk {
  /** Those that have not ended at `now`, the earliest end first. */
  silences(now: number): Promise<readonly Silence[]>;
  silence(silence: Omit<Silence, 'id'>): Promise<Silence>;
  /** False when there is no such silence, or it has ended. */
  endSilence(id: number, by: string, at: number): Promise<boolean>;
  /** False when no open incident has that short id. */
  acknowledge(incidentId: string, acknowledgement: Acknowledgement): Promise<boolean>;
  unacknowledge(incidentId: string, by: string, at: number): Promise<boolean>;
  comment(incidentId: string, by: string, at: number, text: string): Promise<boolean>;
  /** Writes down what somebody did that is not about incidents. */
  note(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  audit(range: TimeRange): Promise<readonly AuditEntry[]>;
}

/** What people write on the public status page. Who did what is written down with it. Times are epoch ms. */
export interface StatusPosts {
  /** Those written since then, and notices that have not ended by then; oldest first. */
  list(since: number): Promise<readonly StatusPost[]>;
  find(id: number): Promise<StatusPost | undefined>;
  /** `undefined` when there is no incident with that short id. */
  add(post: NewStatusPost): Promise<StatusPost | undefined>;
  /** False when there is no such post. */
  change(id: number, text: string, by: string, at: number): Promise<boolean>;
  remove(id: number, by: string, at: number): Promise<boolean>;
}

/** An incident from its beginning, for telling why. Lists are oldest first. */
export interface Story {
  readonly incident: Incident;
  readonly transitions: readonly Transition[];
  readonly messages: readonly StoryMessage[];
  readonly audit: readonly AuditEntry[];
}

/** A message that was about the incident. */
export interface StoryMessage {
  readonly id: number;
  readonly channel: string;
  readonly kind: TransitionKind | FollowUp['kind'];
  readonly createdAt: number;
  readonly state: 'pending' | 'sent' | 'undelivered';
  readonly attempts: number;
  readonly sentAt?: number;
  readonly receipt?: string;
  /** The last refusal, if any. */
  readonly problem?: Sentence;
}

/** Epoch ms, both ends included. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
  readonly limit?: number;
}

export interface StoredCheck {
  readonly id: string;
  readonly service: string;
  /** `GET /orders/{orderId}` */
  readonly operation: string;
}

export type StoreFailure =
  | 'missing'
  | 'foreign'
  | 'newer'
  | 'outdated'
  | 'corrupt'
  | 'full'
  | 'busy'
  | 'readonly'
  /** Another process leads now, and writes. */
  | 'superseded'
  | 'io'
  | 'internal';

/** The store could not do it. What is said, and the hint, are free of secrets. */
export class StoreError extends SaidError {
  readonly code: StoreFailure;
  readonly hint: Sentence;
  /** Whether the same call can succeed later without a person doing something to the database itself. */
  readonly retry: boolean;
  /** Epoch ms; absent: it has only now been found. */
  readonly since: number | undefined;

  constructor(failure: {
    readonly code: StoreFailure;
    readonly said: Sentence;
    readonly hint: Sentence;
    readonly retry: boolean;
    readonly since?: number;
    readonly cause?: unknown;
  }) {
    super(failure.said, { cause: failure.cause });
    this.name = 'StoreError';
    this.code = failure.code;
    this.hint = failure.hint;
    this.retry = failure.retry;
    this.since = failure.since;
  }
}
