import type { Clock } from '../../lib/time/clock.ts';
import { type Sql, type SqlDatabase, upsert } from './sql.ts';

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
  readonly #db: SqlDatabase;
  readonly #clock: Clock;
  /** What may go now, ms of stored time, and when that was worked out, on the monotonic clock. */
  readonly #credit = new Map<Kept, { readonly ms: number; readonly at: number }>();

  constructor(db: SqlDatabase, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /**
   * What is older than this may go now, at most `olderThan`.
   *
   * @param now As it was when `olderThan` was worked out: the clock may have been set since.
   */
  limit(what: Kept, olderThan: number, now: number): Promise<number> {
    return this.#db.write(async (db) => {
      const keptMs = now - olderThan;
      const credit = await this.#creditFor(db, what, keptMs);
      const oldest = await this.#oldest(db, what, 0);
      const [target, usedMs] =
        oldest === undefined ? [olderThan, 0] : await this.#reach(db, what, oldest, olderThan, credit);
      this.#credit.set(what, { ms: Math.max(0, credit - usedMs), at: this.#clock.monotonic() });
      await db.run(upsert('retention', ['kept'], ['kept_ms', 'at']), what, keptMs, this.#clock.now());
      return target;
    });
  }

  async #creditFor(db: Sql, what: Kept, keptMs: number): Promise<number> {
    const [row] = await db.all('select * from retention where kept = ?', what);
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
  async #reach(
    db: Sql,
    what: Kept,
    oldest: number,
    olderThan: number,
    credit: number,
  ): Promise<readonly [number, number]> {
    const target = Math.min(olderThan, oldest + credit);
    const newest = await this.#last(db, what, target);
    if (newest === undefined) return [target, 0];
    const next = (await this.#oldest(db, what, target)) ?? Infinity;
    const usedMs = newest - oldest + Math.min(dayMs, next - newest);
    return usedMs <= credit ? [target, usedMs] : [newest, newest - oldest];
  }

  async #oldest(db: Sql, what: Kept, from: number): Promise<number | undefined> {
    return (await this.#edges(db, what, 'min', '>=', from)).toSorted((a, b) => a - b)[0];
  }

  async #last(db: Sql, what: Kept, before: number): Promise<number | undefined> {
    return (await this.#edges(db, what, 'max', '<', before)).toSorted((a, b) => b - a)[0];
  }

  async #edges(
    db: Sql,
    what: Kept,
    edge: 'min' | 'max',
    than: '>=' | '<',
    at: number,
  ): Promise<readonly number[]> {
    const edges: number[] = [];
    for (const { table, column } of agedBy[what]) {
      const [row] = await db.all(
        `select ${edge}(${column}) as at from ${table} where ${column} ${than} ?`,
        at,
      );
      if (row !== undefined && row.at !== null) edges.push(Number(row.at));
    }
    return edges;
  }
}
