import type { Clock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { BudgetMemory } from '../../model/budget.ts';
import type { KeptHabit, KeptTrial, Proof } from '../../model/proof.ts';
import type { ServiceSetUp } from '../../model/set-up.ts';
import type { Check } from '../../model/check.ts';
import type { Cycle, CycleStatistics, Recheck } from '../../model/cycle.ts';
import type { Incident, Transition } from '../../model/incident.ts';
import type { Result, TimedAnswers } from '../../model/result.ts';
import type { HourCounts, HourRollup } from '../../model/histogram.ts';
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
} from '../memories.ts';
import { CheckRefs } from './check-refs.ts';
import { followClock } from '../clock-mark.ts';
import { shiftIncidents } from './clock-shift.ts';
import { beginCycle, closeInterrupted, endCycle, readCycles } from '../history/cycles.ts';
import { SqlInterventions } from '../access/interventions.ts';
import { SqlStatusPosts } from '../access/status-posts.ts';
import { SqlDocumentCache } from '../documents.ts';
import { SqlGallery } from '../outbox/sql-gallery.ts';
import {
  readIncidents,
  readOpenIncidents,
  readOwnIncidents,
  readTransitions,
  storeIncidents,
} from '../incidents.ts';
import { SqlOutbox } from '../outbox/outbox.ts';
import { enqueue } from '../outbox/outbox-rows.ts';
import { pack } from './packed.ts';
import { packRecheck, SqlHistory } from '../history/history.ts';
import { SqlAnswers } from '../access/sql-idempotency-keys.ts';
import { SqlPeople } from '../access/sql-accounts.ts';
import { Pace } from './pace.ts';
import { prune, type PruneCycles } from '../history/prune.ts';
import { type PreparedResults, Results } from '../history/results.ts';
import { Rollups } from '../history/rollups.ts';
import type { Change, CycleClose, Restored, Store, StoredCheck, Story, TimeRange } from '../store.ts';
import { readStory } from '../outbox/story.ts';
import { SqlTokenStore } from '../access/tokens.ts';
import type { Sql, SqlDatabase } from './sql.ts';

/** Hours and incidents are kept for a year and a day. */
const historyMs = 366 * 86_400_000;

/** What a store has to know of where its database is. */
export interface Place extends Pick<Store, 'isInPlace' | 'watch' | 'close' | 'work'> {
  readonly database: SqlDatabase;
  /** False: what is there is only what has come since the rest could not be reached. */
  readonly mayPrune: boolean;
  /** How cycles and their results are deleted. */
  readonly pruneCycles: PruneCycles;
  /** Called when a cycle has closed. */
  settle(): void;
  /** Called when what is old was deleted. */
  tidy(): Promise<void>;
  /** To be called when what is known of the rows may be so no longer. */
  onMove(forget: () => void): void;
}

export interface SqlStoreOptions {
  readonly clock: Clock;
  readonly log: Logger;
}

/** All that is stored, in whichever database. */
export class SqlStore implements Store {
  readonly documents: SqlDocumentCache;
  readonly outbox: SqlOutbox;
  readonly desk: SqlInterventions;
  readonly statusPosts: SqlStatusPosts;
  readonly people: SqlPeople;
  readonly gallery: SqlGallery;
  readonly past: SqlHistory;
  readonly tokens: SqlTokenStore;
  readonly answers: SqlAnswers;
  readonly work: Store['work'];
  readonly #db: SqlDatabase;
  readonly #place: Place;
  readonly #options: SqlStoreOptions;
  readonly #refs: CheckRefs;
  readonly #results: Results;
  readonly #rollups: Rollups;
  readonly #pace: Pace;
  /** When the cycles of this process started, by id. */
  readonly #running = new Map<number, number>();
  #recovered = false;

  constructor(place: Place, options: SqlStoreOptions) {
    const { database } = place;
    this.#place = place;
    this.#db = database;
    this.#options = options;
    this.#refs = new CheckRefs(database);
    this.#results = new Results(database, this.#refs);
    this.#rollups = new Rollups(database, this.#refs);
    this.#pace = new Pace(database, options.clock);
    this.documents = new SqlDocumentCache(database);
    this.outbox = new SqlOutbox(database);
    this.desk = new SqlInterventions(database);
    this.statusPosts = new SqlStatusPosts(database);
    this.people = new SqlPeople(database);
    this.past = new SqlHistory(database);
    this.gallery = new SqlGallery(database, this.#refs);
    this.tokens = new SqlTokenStore(database);
    this.answers = new SqlAnswers(database);
    this.work = place.work;
    place.onMove(() => this.#refs.forget());
  }

  async beginCycle(dueAt: number, startedAt: number): Promise<Cycle> {
    const wasRecovered = this.#recovered;
    const begin = this.#db.write(async (db) => {
      const interrupted = this.#recovered ? 0 : await closeInterrupted(db, this.#refs);
      this.#recovered = true;
      return { interrupted, cycle: await beginCycle(db, dueAt, startedAt) };
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
    await this.#write((db) => this.#insert(db, prepared, cycleId, false));
  }

  async closeCycle(close: CycleClose): Promise<void> {
    const { cycleId } = close.statistics;
    const prepared = await this.#results.prepare(close.results, close.checks);
    const statistics = await pack(close.statistics);
    const memories = await packMemories(close.budgetMemories ?? []);
    const setUps = await packSetUps(close.setUps ?? []);
    await this.#write(async (db) => {
      await this.#insert(db, prepared, cycleId, true);
      await this.#apply(db, cycleId, close);
      await keepSetUps(db, setUps);
      if (close.firstReportsAt !== undefined) await releaseFirstReports(db, close.firstReportsAt);
      await endCycle(db, close.statistics, statistics);
      if (close.budgetMemories !== undefined) await keepMemories(db, memories);
    });
    this.#running.delete(cycleId);
    this.#place.settle();
  }

  async record({ look, ...change }: Change & { readonly look?: Recheck }): Promise<void> {
    const packed = look === undefined ? undefined : { at: look.at, data: await packRecheck(look) };
    await this.#db.write(async (db) => {
      if (packed !== undefined)
        await db.run('insert into look (at, data) values (?, ?)', packed.at, packed.data);
      const [last] = await db.all('select max(id) as id from cycle');
      await this.#apply(db, Number(last?.id ?? 0), change);
    });
  }

  openIncidents(): Promise<readonly Incident[]> {
    return this.#db.read(readOpenIncidents);
  }

  async shiftIncidents(ms: number): Promise<void> {
    await this.#db.write((db) => shiftIncidents(db, ms, 'patrolled'));
  }

  followClock(): Promise<number> {
    const { clock, log } = this.#options;
    return this.#db.write((db) => followClock(db, clock, log));
  }

  async lastRunAt(): Promise<number | undefined> {
    const [probe] = await this.#db.all("select at from retention where kept = 'probe'");
    return probe === undefined ? undefined : Number(probe['at']);
  }

  ownIncidents(): Promise<readonly Incident[]> {
    return this.#db.read(readOwnIncidents);
  }

  cycles(range: TimeRange): Promise<readonly CycleStatistics[]> {
    return this.#db.read((db) => readCycles(db, range));
  }

  incidents(range: TimeRange): Promise<readonly Incident[]> {
    return this.#db.read((db) => readIncidents(db, range));
  }

  transitions(range: TimeRange): Promise<readonly Transition[]> {
    return this.#db.read((db) => readTransitions(db, range));
  }

  story(incidentId: string): Promise<Story | undefined> {
    return this.#db.read((db) => readStory(db, incidentId));
  }

  results(cycleId: number, checkIds?: readonly string[]): Promise<readonly Result[]> {
    return this.#db.read((db) =>
      checkIds === undefined
        ? this.#results.ofCycle(db, cycleId)
        : this.#results.someOfCycle(db, cycleId, checkIds),
    );
  }

  history(checkId: string, range: TimeRange): Promise<readonly Result[]> {
    return this.#db.read((db) => this.#results.ofCheck(db, checkId, range));
  }

  recentLatencies(since: number, perCheck: number): Promise<ReadonlyMap<string, TimedAnswers>> {
    return this.#results.recentLatencies(since, perCheck);
  }

  async lastResults(reachMs: number): Promise<readonly Result[]> {
    const from = (await this.#results.lastStart()) - reachMs;
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
    return this.#db.read(readMemories);
  }

  proofs(): Promise<readonly Proof[]> {
    return this.#db.read(readProofs);
  }

  trials(): Promise<readonly KeptTrial[]> {
    return this.#db.read(readTrials);
  }

  habits(): Promise<readonly KeptHabit[]> {
    return this.#db.read(readHabits);
  }

  setUps(): Promise<readonly ServiceSetUp[]> {
    return this.#db.read(readSetUps);
  }

  checks(): Promise<readonly StoredCheck[]> {
    return this.#db.read((db) => this.#refs.list(db));
  }

  rollups({ from, to }: Pick<TimeRange, 'from' | 'to'>, service?: string): AsyncIterable<HourRollup> {
    return this.#rollups.read(from, to, service);
  }

  hourCounts({ from, to }: Pick<TimeRange, 'from' | 'to'>): AsyncIterable<HourCounts> {
    return this.#rollups.counts(from, to);
  }

  async prune(olderThan: number, historyOlderThan?: number): Promise<number> {
    if (!this.#place.mayPrune) return 0;
    const now = this.#options.clock.now();
    await this.#rollups.rollUp(now);
    const retention = {
      olderThan: await this.#pace.limit('results', olderThan, now),
      historyOlderThan: await this.#pace.limit('history', historyOlderThan ?? now - historyMs, now),
    };
    const gone = await prune(this.#db, retention, this.#place.pruneCycles);
    await this.#place.tidy();
    return gone;
  }

  get isInPlace(): boolean {
    return this.#place.isInPlace;
  }

  watch(): Promise<Restored | undefined> {
    return this.#place.watch();
  }

  close(): Promise<void> {
    return this.#place.close();
  }

  async #apply(
    db: Sql,
    cycleId: number,
    { open, transitions, messages, proofs = [], trials = [], habits = [] }: Change,
  ): Promise<void> {
    await keepProofs(db, proofs);
    await keepTrials(db, trials);
    await keepHabits(db, habits);
    const { numbers, collisions } = await storeIncidents(db, cycleId, open, transitions);
    for (const { ended, by } of collisions)
      this.#options.log.error('two incidents were one; the later one goes on', { ended, by });
    await enqueue(db, messages, numbers);
  }

  /** What the transaction learnt is forgotten when it is rolled back. */
  async #write(work: (db: Sql) => Promise<void>): Promise<void> {
    try {
      await this.#db.write(work);
    } catch (error) {
      this.#refs.forget();
      throw error;
    }
  }

  async #insert(db: Sql, prepared: PreparedResults, cycleId: number, isLast: boolean): Promise<void> {
    const startedAt =
      this.#running.get(cycleId) ?? (await this.#results.startOf(db, cycleId)) ?? this.#options.clock.now();
    await prepared.insert(db, { id: cycleId, startedAt }, isLast);
  }
}

function isSame(before: Result | undefined, { verdict, reason, status }: Result): before is Result {
  return before?.verdict === verdict && before.reason.code === reason.code && before.status === status;
}
