import { sentence } from '../../messages/sentence.ts';
import { messageOf } from '../../lib/errors.ts';
import { Semaphore } from '../../lib/limits.ts';
import type { Check } from '../../model/check.ts';
import type { Cycle } from '../../model/cycle.ts';
import { type Incident, shiftIncident, type Transition } from '../../model/incident.ts';
import type { Result } from '../../model/result.ts';
import { type Place, SqlStore, type SqlStoreOptions } from '../sql/sql-store.ts';
import { type CycleClose, type Restored, StoreError, type TimeRange } from '../store.ts';
import { HeldWork, type Held, type LookChange } from './held-work.ts';
import { HoldingDesk, HoldingOutbox, HoldingTokens, type OrHeld } from './holding-parts.ts';

/** As far back as a patrol looks at what has ended, ms, and more. */
const latelyMs = 86_400_000;
/** Nothing is lost by then: it is nothing to tell people. */
const toldAfterMs = 60_000;
/** Hours of results of a thousand operations. */
const mostHeldBytes = 32 << 20;

/**
 * A store over a server that may be away for a while. What a patrol finds meanwhile waits in memory, and what it has to know
 * is as it was last; when the server is back, all of it is stored in the order in which it came. Messages wait as well:
 * none is sent of which nobody knows whether it is stored.
 */
export class HoldingStore extends SqlStore {
  readonly #options: SqlStoreOptions;
  readonly #held: HeldWork;
  /** Why nothing can be stored, and since when, on the monotonic clock; absent: all is well. */
  #away: { readonly why: StoreError; readonly since: number } | undefined;
  readonly #turn = new Semaphore(1);
  #open: readonly Incident[] | undefined;
  #lately: { readonly from: number; readonly found: readonly Incident[] } | undefined;
  /** Since `#lately` was read. */
  #ended: readonly Incident[] = [];
  override readonly outbox: HoldingOutbox;
  override readonly desk: HoldingDesk;
  override readonly tokens: HoldingTokens;

  /** `mostBytes`: packed, of what waits in memory. */
  constructor(place: Place, options: SqlStoreOptions, mostBytes = mostHeldBytes) {
    super(place, options);
    this.#held = new HeldWork(mostBytes);
    const orHeld: OrHeld = (work, otherwise) => this.#orHeld(work, otherwise);
    const later = (store: () => Promise<void>): void => this.#held.addNote(store);
    this.#options = options;
    this.outbox = new HoldingOutbox(place.database, orHeld, later);
    this.desk = new HoldingDesk(place.database, orHeld);
    this.tokens = new HoldingTokens(place.database, orHeld, later);
  }

  override beginCycle(dueAt: number, startedAt: number): Promise<Cycle> {
    return this.#orHeld(
      () => super.beginCycle(dueAt, startedAt),
      () => this.#held.begin(dueAt, startedAt, this.#options.clock.now()),
    );
  }

  /** What is not stored with its cycle comes with the close of it. */
  override async appendResults(cycleId: number, results: readonly Result[], checks: readonly Check[]) {
    if (this.#away !== undefined) throw this.#away.why;
    if (cycleId < 0) throw this.#error(sentence('cycleWithoutNumber'));
    await super.appendResults(cycleId, results, checks);
  }

  override async closeCycle(close: CycleClose): Promise<void> {
    const { cycleId: id, dueAt, startedAt } = close.statistics;
    const cycle = { id, dueAt, startedAt };
    const hold = async (): Promise<void> => this.#require(await this.#held.addCycle(cycle, close));
    // It was begun while the server was away, and has no number yet.
    const isHeld = id < 0;
    if (isHeld) await hold();
    if (!isHeld) await this.#orHeld(() => super.closeCycle(close), hold);
    else if (this.#away === undefined)
      await this.#orHeld(
        () => this.#storeHeld(),
        () => undefined,
      );
    this.#note(close);
  }

  override async record(change: LookChange): Promise<void> {
    await this.#orHeld(
      () => super.record(change),
      async () => this.#require(await this.#held.addLook(change)),
    );
    this.#note(change);
  }

  override shiftIncidents(ms: number): Promise<void> {
    const shift = (): Promise<void> => super.shiftIncidents(ms);
    return this.#orHeld(shift, () => {
      this.#open = this.#known(this.#open).map((one) => shiftIncident(one, Math.round(ms)));
      this.#held.addNote(shift);
    });
  }

  override openIncidents(): Promise<readonly Incident[]> {
    return this.#orHeld(
      async () => (this.#open = await super.openIncidents()),
      () => this.#known(this.#open),
    );
  }

  override incidents(range: TimeRange): Promise<readonly Incident[]> {
    const { from, to, limit } = range;
    if (limit !== undefined || to - from > latelyMs) return super.incidents(range);
    return this.#orHeld(
      async () => {
        const found = await super.incidents(range);
        this.#lately = { from, found };
        this.#ended = [];
        return found;
      },
      () => this.#remembered(range),
    );
  }

  override prune(olderThan: number, historyOlderThan?: number): Promise<number> {
    return this.#orHeld(
      () => super.prune(olderThan, historyOlderThan),
      () => 0,
    );
  }

  /** As in a `Store`; when the server has been away for a minute it rejects, and says what becomes of what is found. */
  override async watch(): Promise<Restored | undefined> {
    try {
      await super.watch();
      if (this.#away !== undefined) await this.#storeHeld();
    } catch (error) {
      if (isTaken(error)) this.#forget();
      if (!isAway(error)) throw error;
      const awayMs = this.#options.clock.monotonic() - this.#goAway(error).since;
      if (awayMs >= toldAfterMs) throw this.#homeless(error, awayMs);
    }
    return undefined;
  }

  /** Another patrol has the database: what it has found since counts. */
  #forget(): void {
    this.#held.clear();
    this.#away = undefined;
  }

  override async close(): Promise<void> {
    const fields = { cycles: this.#held.cycles };
    await this.#storeAtLast().catch((error: unknown) => {
      if (isTaken(error)) return;
      this.#options.log.error('what came while nothing could be stored is lost with the end of the patrol', {
        ...fields,
        problem: messageOf(error),
      });
    });
    await super.close();
  }

  async #storeAtLast(): Promise<void> {
    if (this.#away === undefined) return;
    await super.watch();
    await this.#storeHeld();
  }

  async #orHeld<T>(work: () => Promise<T>, otherwise: () => T | Promise<T>): Promise<T> {
    if (this.#away === undefined) {
      try {
        return await work();
      } catch (error) {
        if (!isAway(error)) throw error;
        this.#goAway(error);
      }
    }
    return otherwise();
  }

  #goAway(why: StoreError): { readonly since: number } {
    if (this.#away === undefined)
      this.#options.log.warn('nothing can be stored; what is found waits in memory', {
        problem: messageOf(why),
      });
    this.#away = { why, since: this.#away?.since ?? this.#options.clock.monotonic() };
    return this.#away;
  }

  #require(fits: boolean): void {
    if (!fits) throw this.#away?.why ?? this.#error(sentence('noRoomInMemory'));
  }

  #known<T>(value: T | undefined): T {
    if (value === undefined) throw this.#away?.why ?? this.#error(sentence('notReadYet'));
    return value;
  }

  #note({
    open,
    transitions,
  }: {
    readonly open: readonly Incident[];
    readonly transitions: readonly Transition[];
  }) {
    this.#open = open;
    const ended = transitions.filter(({ kind }) => kind === 'resolved' || kind === 'removed');
    if (ended.length > 0) this.#ended = [...this.#ended, ...ended.map(({ incident }) => incident)];
  }

  /** Those of a range that does not begin before what was read last. */
  #remembered({ from, to }: TimeRange): readonly Incident[] {
    const lately = this.#known(this.#lately);
    if (from < lately.from) throw this.#away?.why ?? this.#error(sentence('notReadYet'));
    const keyOf = ({ id, openedAt }: Incident): string => `${id} ${openedAt}`;
    const all = [...lately.found, ...(this.#open ?? []), ...this.#ended];
    return [...new Map(all.map((one) => [keyOf(one), one])).values()]
      .filter(
        ({ state, openedAt, resolvedAt = to }) => state !== 'pending' && openedAt <= to && resolvedAt >= from,
      )
      .toSorted((one, other) => other.openedAt - one.openedAt);
  }

  /** One after another, until nothing waits any more. Rejects when the server goes away again. */
  async #storeHeld(): Promise<void> {
    const release = await this.#turn.acquire();
    try {
      const { cycles, lost } = this.#held;
      for (let first = this.#held.first; first !== undefined; first = this.#held.first) {
        await this.#storeFirst(first);
        this.#held.dropFirst();
      }
      if (this.#away !== undefined)
        this.#options.log.info('what has waited in memory is stored', { cycles, resultsGivenUp: lost });
      this.#away = undefined;
    } finally {
      release();
    }
  }

  /** What cannot be stored for another reason than that the server is away holds up nothing else. */
  async #storeFirst(held: Held): Promise<void> {
    try {
      await this.#store(held);
    } catch (error) {
      if (isAway(error) || isTaken(error)) throw error;
      this.#options.log.error('what has waited in memory could not be stored', { problem: messageOf(error) });
    }
  }

  async #store(held: Held): Promise<void> {
    if (held.kind === 'note') return held.store();
    if (held.kind === 'look') return super.record(this.#held.changeOf(held));
    let begun = held;
    if (held.cycle.id < 0) {
      begun = { ...held, cycle: await super.beginCycle(held.cycle.dueAt, held.cycle.startedAt) };
      this.#held.numberFirst(begun.cycle);
    }
    await super.closeCycle(this.#held.closeOf(begun));
  }

  #homeless(why: StoreError, awayMs: number): StoreError {
    const { code, hint, retry } = why;
    const { lost } = this.#held;
    const waiting = sentence('waitsInMemory', { why: why.said });
    const said = lost === 0 ? waiting : sentence('resultsGivenUp', { what: waiting, n: lost });
    const since = Math.round(this.#options.clock.now() - awayMs);
    return new StoreError({ code, hint, retry, said, since });
  }

  #error(said: StoreError['said']): StoreError {
    return new StoreError({ code: 'busy', said, hint: sentence('startDatabaseServer'), retry: true });
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'superseded';
}

/** The same may succeed later, without a person doing something to the database itself. */
function isAway(error: unknown): error is StoreError {
  return error instanceof StoreError && error.retry;
}
