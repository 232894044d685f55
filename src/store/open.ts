import { setTimeout } from 'node:timers/promises';
import { sentence } from '../messages/sentence.ts';
import type { Clock } from '../lib/time/clock.ts';
import { messageOf } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { BudgetMemory } from '../model/budget.ts';
import type { KeptHabit, KeptTrial, Proof } from '../model/proof.ts';
import type { ServiceSetUp } from '../model/set-up.ts';
import type { Check } from '../model/check.ts';
import type { Cycle, CycleStatistics, Recheck } from '../model/cycle.ts';
import type { Incident, Transition } from '../model/incident.ts';
import type { Result, TimedAnswers } from '../model/result.ts';
import type { HourCounts, HourRollup } from '../model/histogram.ts';
import {
  keepHabits,
  keepMemories,
  keepProofs,
  keepSetUps,
  keepTrials,
  packMemories,
  packSetUps,
  readHabits,
  readMemories,
  readProofs,
  readSetUps,
  readTrials,
  releaseFirstReports,
} from './memories.ts';
import { CheckRefs } from './sqlite/check-refs.ts';
import { type StoreLock, lockStore } from './sqlite/file/lock.ts';
import { followClock } from './clock-mark.ts';
import { shiftIncidents } from './sqlite/clock-shift.ts';
import { bringIntoBlocks } from './history/result-rows.ts';
import { beginCycle, closeInterrupted, endCycle, readCycles } from './history/cycles.ts';
import { DamageWatch } from './sqlite/file/damage-watch.ts';
import { busyTimeoutMs, Database } from './sqlite/database.ts';
import { toStoreError } from './sqlite/failure.ts';
import { createFile, requireSpace } from './sqlite/file/files.ts';
import { SqliteInterventions } from './access/interventions.ts';
import { SqliteStatusPosts } from './access/status-posts.ts';
import { SqliteDocumentCache } from './documents.ts';
import { SqliteGallery } from './outbox/sqlite-gallery.ts';
import {
  readIncidents,
  readOpenIncidents,
  readOwnIncidents,
  readTransitions,
  storeIncidents,
} from './incidents.ts';
import { SqliteOutbox, takeOver } from './outbox/outbox.ts';
import { enqueue } from './outbox/outbox-rows.ts';
import { pack } from './sqlite/packed.ts';
import { packRecheck, SqliteHistory } from './history/history.ts';
import { SqliteAnswers } from './access/sqlite-idempotency-keys.ts';
import { SqlitePeople } from './access/sqlite-accounts.ts';
import { Pace } from './sqlite/pace.ts';
import { prune } from './history/prune.ts';
import { type PreparedResults, Results } from './history/results.ts';
import { Rollups } from './history/rollups.ts';
import {
  type Change,
  type CycleClose,
  type Restored,
  type Store,
  type StoredCheck,
  StoreError,
  type Story,
  type TimeRange,
} from './store.ts';
import { readStory } from './outbox/story.ts';
import { SqliteTokenStore } from './access/tokens.ts';

/** Hours and incidents are kept for a year and a day. */
const historyMs = 366 * 86_400_000;

export interface OpenOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** For looking on while a daemon writes: changes nothing, creates nothing. */
  readonly readOnly?: boolean;
  /** For changing what a daemon keeps: a database that is not there is an error. */
  readonly existing?: boolean;
  /** For the daemon: nobody else may be one on it; released by `close`, or by the end of the process. */
  readonly alone?: boolean;
}

/**
 * Opens the embedded database at `path`, creating it with its folder (readable by this user alone) and bringing
 * its tables up to date. Rejects with a `StoreError`.
 */
export async function openStore(path: string, options: OpenOptions): Promise<Store> {
  const claim = options.alone === true ? await lockStore(path) : undefined;
  let database: Database | undefined;
  try {
    if (claim !== undefined) {
      made(path);
      await claim.lock();
    }
    database = await openFree(path, options);
    if (options.readOnly !== true) await bringIntoBlocks(database, options.clock, options.log);
    if (claim !== undefined) await takeOver(database);
    return new EmbeddedStore(database, options, claim);
  } catch (error) {
    await database?.close();
    claim?.release();
    throw error;
  }
}

/** Processes that make a database at the same moment: SQLite refuses the second one at once, without waiting. */
async function openFree(path: string, options: OpenOptions): Promise<Database> {
  const isLast = AbortSignal.timeout(busyTimeoutMs);
  for (;;) {
    try {
      return Database.open(path, options);
    } catch (error) {
      if (isLast.aborted || !(error instanceof StoreError && error.code === 'busy')) throw error;
    }
    await setTimeout(20);
  }
}

function made(path: string): void {
  try {
    createFile(path);
  } catch (error) {
    throw toStoreError(error, path);
  }
}

class EmbeddedStore implements Store {
  readonly documents: SqliteDocumentCache;
  readonly outbox: SqliteOutbox;
  readonly desk: SqliteInterventions;
  readonly statusPosts: SqliteStatusPosts;
  readonly people: SqlitePeople;
  readonly gallery: SqliteGallery;
  readonly past: SqliteHistory;
  readonly tokens: SqliteTokenStore;
  readonly answers: SqliteAnswers;
  readonly #database: Database;
  readonly #options: OpenOptions;
  readonly #refs: CheckRefs;
  readonly #results: Results;
  readonly #rollups: Rollups;
  readonly #pace: Pace;
  /** When the cycles of this process started, by id. */
  readonly #running = new Map<number, number>();
  readonly #claim: StoreLock | undefined;
  #recovered = false;
  /** What is wrong with the file although something can be stored. */
  readonly #damage: DamageWatch;
  /** Why the log could not be moved into the file when that was last tried. */
  #stuck: StoreError | undefined;

  constructor(database: Database, options: OpenOptions, claim: StoreLock | undefined) {
    this.#damage = new DamageWatch(database.path, options);
    this.#claim = claim;
    this.#database = database;
    this.#options = options;
    this.#refs = new CheckRefs(database);
    this.#results = new Results(database, this.#refs);
    this.#rollups = new Rollups(database, this.#refs);
    this.#pace = new Pace(database, options.clock);
    this.documents = new SqliteDocumentCache(database);
    this.outbox = new SqliteOutbox(database);
    this.desk = new SqliteInterventions(database);
    this.statusPosts = new SqliteStatusPosts(database);
    this.people = new SqlitePeople(database);
    this.past = new SqliteHistory(database);
    this.gallery = new SqliteGallery(database, this.#refs);
    this.tokens = new SqliteTokenStore(database);
    this.answers = new SqliteAnswers(database);
    database.onMove = () => this.#refs.forget();
    database.onAmiss = () => this.#damage.suspect();
  }

  async beginCycle(dueAt: number, startedAt: number): Promise<Cycle> {
    const wasRecovered = this.#recovered;
    const begin = this.#database.write(async () => {
      const interrupted = this.#recovered ? 0 : await closeInterrupted(this.#database, this.#refs);
      this.#recovered = true;
      return { interrupted, cycle: beginCycle(this.#database, dueAt, startedAt) };
    });
    const { cycle, interrupted } = await begin.catch((error: unknown) => {
      this.#recovered = wasRecovered;
      throw error;
    });
    if (interrupted > 0) this.#options.log.warn('closed cycles that a crash had left open', { interrupted });
    this.#running.set(cycle.id, startedAt);
    return cycle;
  }

  async appendResults(cycleId: number, results: readonly Result[], checks: readonly Check[]): Promise<void> {
    const prepared = await this.#results.prepare(results, checks);
    await this.#write(async () => this.#insert(prepared, cycleId, false));
  }

  async closeCycle(close: CycleClose): Promise<void> {
    const { cycleId } = close.statistics;
    const prepared = await this.#results.prepare(close.results, close.checks);
    const statistics = await pack(close.statistics);
    const memories = await packMemories(close.budgetMemories ?? []);
    const setUps = await packSetUps(close.setUps ?? []);
    await this.#write(async () => {
      await this.#insert(prepared, cycleId, true);
      await this.#apply(cycleId, close);
      keepSetUps(this.#database, setUps);
      if (close.firstReportsAt !== undefined) releaseFirstReports(this.#database, close.firstReportsAt);
      endCycle(this.#database, close.statistics, statistics);
      if (close.budgetMemories !== undefined) keepMemories(this.#database, memories);
    });
    this.#running.delete(cycleId);
    this.#checkpoint();
  }

  async record({ look, ...change }: Change & { readonly look?: Recheck }): Promise<void> {
    const packed = look === undefined ? undefined : { at: look.at, data: await packRecheck(look) };
    await this.#database.write(async () => {
      if (packed !== undefined)
        this.#database.statement('insert into look (at, data) values (?, ?)').run(packed.at, packed.data);
      const [last] = this.#database.statement('select max(id) as id from cycle').all();
      await this.#apply(Number(last?.id ?? 0), change);
    });
  }

  openIncidents(): Promise<readonly Incident[]> {
    return this.#database.read(() => readOpenIncidents(this.#database));
  }

  async shiftIncidents(ms: number): Promise<void> {
    await this.#database.write(async () => shiftIncidents(this.#database, ms, 'patrolled'));
  }

  followClock(): Promise<number> {
    const { clock, log } = this.#options;
    return this.#database.write(async () => followClock(this.#database, clock, log));
  }

  lastRunAt(): Promise<number | undefined> {
    return this.#database.read(() => {
      const [probe] = this.#database.statement("select at from retention where kept = 'probe'").all();
      return probe === undefined ? undefined : Number(probe['at']);
    });
  }

  ownIncidents(): Promise<readonly Incident[]> {
    return this.#database.read(() => readOwnIncidents(this.#database));
  }

  cycles(range: TimeRange): Promise<readonly CycleStatistics[]> {
    return this.#database.read(() => readCycles(this.#database, range));
  }

  incidents(range: TimeRange): Promise<readonly Incident[]> {
    return this.#database.read(() => readIncidents(this.#database, range));
  }

  transitions(range: TimeRange): Promise<readonly Transition[]> {
    return this.#database.read(() => readTransitions(this.#database, range));
  }

  story(incidentId: string): Promise<Story | undefined> {
    return this.#database.read(() => readStory(this.#database, incidentId));
  }

  results(cycleId: number, checkIds?: readonly string[]): Promise<readonly Result[]> {
    return this.#database.read(() =>
      checkIds === undefined ? this.#results.ofCycle(cycleId) : this.#results.someOfCycle(cycleId, checkIds),
    );
  }

  history(checkId: string, range: TimeRange): Promise<readonly Result[]> {
    return this.#database.read(() => this.#results.ofCheck(checkId, range));
  }

  recentLatencies(since: number, perCheck: number): Promise<ReadonlyMap<string, TimedAnswers>> {
    return this.#results.recentLatencies(since, perCheck);
  }

  async lastResults(reachMs: number): Promise<readonly Result[]> {
    const from = this.#results.lastStart() - reachMs;
    const looks = await this.past.looks({ from, to: Number.MAX_SAFE_INTEGER });
    const last = new Map((await this.#results.lastSince(from)).map((result) => [result.checkId, result]));
    for (const result of looks.flatMap(({ results }) => results)) {
      const before = last.get(result.checkId);
      if (before !== undefined && before.at >= result.at) continue;
      // Of what has not changed since, a cycle has kept more.
      last.set(result.checkId, isSame(before, result) ? { ...before, at: result.at } : result);
    }
    return [...last.values()];
  }

  budgetMemories(): Promise<readonly BudgetMemory[]> {
    return this.#database.read(() => readMemories(this.#database));
  }

  proofs(): Promise<readonly Proof[]> {
    return this.#database.read(() => readProofs(this.#database));
  }

  trials(): Promise<readonly KeptTrial[]> {
    return this.#database.read(() => readTrials(this.#database));
  }

  habits(): Promise<readonly KeptHabit[]> {
    return this.#database.read(() => readHabits(this.#database));
  }

  setUps(): Promise<readonly ServiceSetUp[]> {
    return this.#database.read(() => readSetUps(this.#database));
  }

  checks(): Promise<readonly StoredCheck[]> {
    return this.#database.read(() => this.#refs.list());
  }

  rollups({ from, to }: Pick<TimeRange, 'from' | 'to'>, service?: string): AsyncIterable<HourRollup> {
    return this.#rollups.read(from, to, service);
  }

  hourCounts({ from, to }: Pick<TimeRange, 'from' | 'to'>): AsyncIterable<HourCounts> {
    return this.#rollups.counts(from, to);
  }

  async prune(olderThan: number, historyOlderThan?: number): Promise<number> {
    // What is there is a part of an hour; and what is old is in the file.
    if (this.#database.homeless !== undefined) return 0;
    const now = this.#options.clock.now();
    await this.#rollups.rollUp(now);
    const gone = await prune(this.#database, {
      olderThan: await this.#pace.limit('results', olderThan, now),
      historyOlderThan: await this.#pace.limit('history', historyOlderThan ?? now - historyMs, now),
    });
    this.#checkpoint();
    return gone;
  }

  get isInPlace(): boolean {
    try {
      return this.#database.isInPlace && !this.#database.isDamaged;
    } catch {
      // Why it cannot be read is told by whoever tries to put it right.
      return false;
    }
  }

  async watch(): Promise<Restored | undefined> {
    const restored = await this.#putRight();
    if (this.#database.isHome) this.#damage.lookWhenDue();
    const trouble = restored === undefined ? (this.#stuck ?? this.#damage.found) : undefined;
    if (trouble !== undefined) throw trouble;
    return restored;
  }

  async #putRight(): Promise<Restored | undefined> {
    const database = this.#database;
    if (database.homeless !== undefined) return this.#returnHome();
    if (!database.isInPlace) return this.#restore('deleted');
    if (database.isDamaged) return this.#restore('damaged');
    database.takeReserve();
    await database.write(async () =>
      database
        .statement('insert or replace into retention (kept, kept_ms, at) values (?, 0, ?)')
        .run('probe', this.#options.clock.now()),
    );
    if (database.homeless !== undefined) throw homelessError(database.homeless);
    requireSpace(database.path);
    if (this.#stuck !== undefined) this.#checkpoint();
    return undefined;
  }

  async #restore(was: 'deleted' | 'damaged'): Promise<Restored> {
    const aside = await this.#database.restore(this.#options.clock.now());
    await this.#claim?.lock();
    this.#stuck = undefined;
    this.#damage.forget();
    if (was === 'damaged') return { was, aside };
    return aside === undefined ? { was } : { was: 'replaced', aside };
  }

  async #returnHome(): Promise<Restored | undefined> {
    const database = this.#database;
    try {
      requireSpace(database.path);
      const { isNew, aside } = await database.returnHome(this.#options.clock.now());
      await this.#claim?.lock();
      if (isNew) this.#damage.forget();
      return isNew ? { was: 'damaged', aside } : undefined;
    } catch (error) {
      if (database.homeless === undefined) throw error;
      throw homelessError(database.homeless);
    }
  }

  async close(): Promise<void> {
    await this.#damage.close();
    await this.#settle();
    this.#checkpoint('truncate');
    await this.#database.close();
    this.#claim?.release();
  }

  /** What is not in its place at the end is not there at the next start. */
  async #settle(): Promise<void> {
    if (this.#options.alone !== true) return;
    try {
      await this.#putRight();
      if (this.#stuck !== undefined) throw this.#stuck;
    } catch (error) {
      const fields = { problem: messageOf(error) };
      const { homeless } = this.#database;
      if (homeless !== undefined) this.#options.log.error(lostWith(homeless), fields);
      else this.#options.log.warn('the database may be incomplete', fields);
    }
  }

  async #apply(
    cycleId: number,
    { open, transitions, messages, proofs = [], trials = [], habits = [] }: Change,
  ): Promise<void> {
    keepProofs(this.#database, proofs);
    keepTrials(this.#database, trials);
    keepHabits(this.#database, habits);
    const { numbers, collisions } = await storeIncidents(this.#database, cycleId, open, transitions);
    for (const { ended, by } of collisions)
      this.#options.log.error('two incidents were one; the later one goes on', { ended, by });
    enqueue(this.#database, messages, numbers);
  }

  /** The cycle is committed either way; a log that could not be moved now is moved later, at the latest by the next start. */
  #checkpoint(how: 'passive' | 'truncate' = 'passive'): void {
    try {
      this.#database.checkpoint(how);
      this.#stuck = undefined;
    } catch (error) {
      if (this.#stuck === undefined)
        this.#options.log.warn('could not move the write-ahead log into the database', {
          problem: messageOf(error),
        });
      this.#stuck = toStoreError(error, this.#database.path);
    }
  }

  /** What the transaction learnt is forgotten when it is rolled back. */
  async #write(work: () => Promise<void>): Promise<void> {
    try {
      await this.#database.write(work);
    } catch (error) {
      this.#refs.forget();
      throw error;
    }
  }

  async #insert(prepared: PreparedResults, cycleId: number, isLast: boolean): Promise<void> {
    const startedAt =
      this.#running.get(cycleId) ?? this.#results.startOf(cycleId) ?? this.#options.clock.now();
    await prepared.insert({ id: cycleId, startedAt }, isLast);
  }
}

function isSame(before: Result | undefined, { verdict, reason, status }: Result): before is Result {
  return before?.verdict === verdict && before.reason.code === reason.code && before.status === status;
}

type Homeless = NonNullable<Database['homeless']>;

function lostWith({ isSafe }: Homeless): string {
  const what = isSafe ? 'results that' : 'what';
  return `${what} came while nothing could be stored ${isSafe ? 'are' : 'is'} lost with the end of the patrol`;
}

function homelessError({ why, lost, isSafe }: Homeless): StoreError {
  const { code, hint, retry } = why;
  const going = sentence('goesOnInMemory', { why: why.said });
  const losing = lost === 0 ? going : sentence('resultsGivenUp', { what: going, n: lost });
  const said = isSafe ? losing : sentence('noRoomOverCrash', { what: losing });
  return new StoreError({ code, hint, retry, said });
}
