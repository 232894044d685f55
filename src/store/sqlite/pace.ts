import type { Clock } from '../../lib/time/clock.ts';
import type { Database } from './database.ts';

const dayMs = 86_400_000;
/** So much of what might have gone and did not may go later: nothing is exact to the row. */
const savedMs = 3_600_000;

/** Where the rows are that are kept for the same time, and what their age goes by. */
type Aged = readonly { readonly table: string; readonly column: string }[];

const agedBy = {
  results: [
    { table: 'cycle', column: 'started_at' },
    { table: 'outbox', column: 'settled_at' },
    { table: 'look', column: 'at' },
  ],
  history: [
    { table: 'incident', column: 'ended_at' },
    { table: 'silence', column: 'ends_at' },
    { table: 'audit', column: 'at' },
    { table: 'rollup', column: 'hour' },
  ],
} as const satisfies Readonly<Record<string, Aged>>;

export type Kept = keyof typeof agedBy;

/**
 * Keeps a wall clock that was set from emptying the database: of what is kept, a day's worth goes in a day, and no
 * more. The time between two rows does not count, and a retention that was made shorter takes effect at once.
 */
export class Pace {
  readonly #database: Database;
  readonly #clock: Clock;
  /** What may go now, ms of stored time, and when that was worked out, on the monotonic clock. */
  readonly #credit = new Map<Kept, { readonly ms: number; readonly at: number }>();

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * What is older than this may go now, at most `olderThan`.
   *
   * @param now As it was when `olderThan` was worked out: the clock may have been set since.
   */
  limit(what: Kept, olderThan: number, now: number): Promise<number> {
    return this.#database.write(async () => {
      const keptMs = now - olderThan;
      const credit = this.#creditFor(what, keptMs);
      const oldest = this.#oldest(what, 0);
      const [target, usedMs] =
        oldest === undefined ? [olderThan, 0] : this.#reach(what, oldest, olderThan, credit);
      this.#credit.set(what, { ms: Math.max(0, credit - usedMs), at: this.#clock.monotonic() });
      this.#database
        .statement('insert or replace into retention (kept, kept_ms, at) values (?, ?, ?)')
        .run(what, keptMs, this.#clock.now());
      return target;
    });
  }

  #creditFor(what: Kept, keptMs: number): number {
    const [row] = this.#database.statement('select * from retention where kept = ?').all(what);
    const before = this.#credit.get(what);
    const shortenedMs = row === undefined ? 0 : Math.max(0, Number(row.kept_ms) - keptMs);
    return this.#earned(before, row === undefined ? undefined : Number(row.at)) + shortenedMs;
  }

  /** The time since the last look: by the monotonic clock, over a restart by the wall clock, then a day at most. */
  #earned(before: { readonly ms: number; readonly at: number } | undefined, prunedAt: number | undefined) {
    if (before !== undefined) return Math.min(savedMs, before.ms) + this.#clock.monotonic() - before.at;
    if (prunedAt === undefined) return 0;
    return Math.min(dayMs, Math.max(0, this.#clock.now() - prunedAt));
  }

  /**
   * How far the credit reaches, and what of it that takes: the time up to the row that is the oldest then, but of a
   * rest of the patrol only a day.
   */
  #reach(what: Kept, oldest: number, olderThan: number, credit: number): readonly [number, number] {
    const target = Math.min(olderThan, oldest + credit);
    const newest = this.#last(what, target);
    if (newest === undefined) return [target, 0];
    const next = this.#oldest(what, target) ?? Infinity;
    const usedMs = newest - oldest + Math.min(dayMs, next - newest);
    return usedMs <= credit ? [target, usedMs] : [newest, newest - oldest];
  }

  #oldest(what: Kept, from: number): number | undefined {
    return this.#edges(what, (column) => `min(${column})`, '>=', from).toSorted((a, b) => a - b)[0];
  }

  #last(what: Kept, before: number): number | undefined {
    return this.#edges(what, (column) => `max(${column})`, '<', before).toSorted((a, b) => b - a)[0];
  }

  #edges(what: Kept, edge: (column: string) => string, than: '>=' | '<', at: number): readonly number[] {
    return agedBy[what].flatMap(({ table, column }) => {
      const sql = `select ${edge(column)} as at from ${table} where ${column} ${than} ?`;
      const [row] = this.#database.statement(sql).all(at);
      return row === undefined || row.at === null ? [] : [Number(row.at)];
    });
  }
}
