import type { Logger } from '../../lib/logger.ts';
import type { Row, Sql } from '../sql/sql.ts';
import { StoreError } from '../store.ts';
import type { PostgresDatabase } from './database.ts';

const dayMs = 86_400_000;
/** What has results of cycles; all of them are divided at the same cycles. */
const tables = ['result_block', 'result_detail'] as const;
type Table = (typeof tables)[number];

/**
 * What waits for somebody who has been reading for minutes holds up others no longer, and is done later. Less than
 * `deadlock_timeout`, so that nobody who reads is the one to be refused.
 */
const lockMs = 500;

/** The partition of the cycles from the first one on, before the other one. */
interface Part {
  readonly from: number;
  /** Infinity: the open one, which takes whatever is in no other. */
  readonly to: number;
}

/**
 * Results lie in a partition for each day (UTC) on which cycles began, by the numbers of the cycles, so that whoever asks
 * for a cycle finds its partition. The newest one is the default: whatever comes is stored, at midnight and after a clock was
 * set. Once cycles of another day are in it, it is divided; a partition whose cycles have all gone is dropped as a whole.
 */
export class Days {
  readonly #database: PostgresDatabase;
  readonly #log: Logger;

  constructor(database: PostgresDatabase, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  /** Divides all that there is: an older version, or a copy of another store, has left it in one. */
  async divideAll(): Promise<void> {
    await this.#ifFree(async () => {
      for (const part of await this.#database.read(partsOf)) await this.#divide(part);
    });
  }

  /** To be done now and then: gives the day that is over a partition of its own, and drops those that nothing is left of. */
  async tidy(): Promise<void> {
    await this.#ifFree(async () => {
      const [open, ...closed] = (await this.#database.read(partsOf)).toReversed();
      if (open !== undefined) await this.#divide(open);
      await this.#dropEmpty(closed);
    });
  }

  /**
   * A day in a transaction, the latest one first: it goes on where it was when the process ends, and is read meanwhile. Each
   * result is moved once.
   */
  async #divide(part: Part): Promise<void> {
    const cuts = (await this.#database.read((db) => startsOfDays(db, part))).slice(1).toReversed();
    let rest = part;
    for (const [index, at] of cuts.entries()) {
      const own = rest;
      await this.#database.write((db) => cut(db, own, at));
      rest = { from: part.from, to: at };
      if (cuts.length > 1) this.#log.info('dividing results into days', { days: index + 1, of: cuts.length });
    }
  }

  async #dropEmpty(parts: readonly Part[]): Promise<void> {
    const empty: Part[] = [];
    await this.#database.read(async (db) => {
      for (const part of parts) if (!(await hasCycles(db, part))) empty.push(part);
    });
    if (empty.length === 0) return;
    const names = tables.flatMap((table) => empty.map((part) => nameOf(table, part)));
    await this.#database.write(async (db) => {
      await lockTables(db);
      await db.run(`drop table ${names.join(', ')}`);
    });
  }

  async #ifFree(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'busy')) throw error;
    }
  }
}

function nameOf(table: Table, { from, to }: Part): string {
  return to === Infinity ? `${table}_open` : `${table}_${from}_${to}`;
}

/** Oldest first; the last one is the open one. */
async function partsOf(db: Sql): Promise<readonly Part[]> {
  const rows = await db.all(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'result_block'::regclass`,
  );
  const closed = rows
    .flatMap(({ name }): readonly Part[] => {
      const [, from, to] = /_(\d+)_(\d+)$/.exec(String(name)) ?? [];
      return from === undefined ? [] : [{ from: Number(from), to: Number(to) }];
    })
    .toSorted((a, b) => a.from - b.from);
  return [...closed, { from: closed.at(-1)?.to ?? 0, to: Infinity }];
}

/** The first cycles of each day in it. */
async function startsOfDays(db: Sql, { from, to }: Part): Promise<readonly number[]> {
  const sql = `select id, day from
      (select id, started_at / ${dayMs} as day, lag(started_at / ${dayMs}) over (order by id) as before
       from cycle where id >= ? and id < ?) one
    where before is null or day <> before order by id`;
  return firstOfDays(await db.all(sql, from, Math.min(to, Number.MAX_SAFE_INTEGER)));
}

/** A clock that is set to and fro at midnight makes no new day each time. */
function firstOfDays(rows: readonly Row[]): readonly number[] {
  const firsts: number[] = [];
  let own: number | undefined;
  for (const row of rows) {
    const day = Number(row['day']);
    if (own !== undefined && (day === own || day === own - 1)) continue;
    own = day;
    firsts.push(Number(row['id']));
  }
  return firsts;
}

async function hasCycles(db: Sql, { from, to }: Part): Promise<boolean> {
  return (await db.all('select 1 from cycle where id >= ? and id < ? limit 1', from, to)).length > 0;
}

/** Two of one: those of the cycles from `at` on get a partition of their own. Inside a transaction. */
async function cut(db: Sql, part: Part, at: number): Promise<void> {
  for (const table of tables) await moveRows(db, table, part, at);
  await lockTables(db);
  for (const table of tables) await attach(db, table, part, at);
}

async function moveRows(db: Sql, table: Table, part: Part, at: number): Promise<void> {
  const [old, fresh] = [nameOf(table, part), `${table}_new`];
  // Left over of cycles that have gone.
  await db.run(
    `delete from ${old} where cycle_id < ?1 and not exists (select 1 from cycle where id = cycle_id)`,
    part.from,
  );
  const before = await weigh(db, old);
  await db.run(`create table ${fresh} (like ${table} including all)`);
  await db.run(`insert into ${fresh} select * from ${old} where cycle_id >= ?`, at);
  await db.run(`delete from ${old} where cycle_id >= ?`, at);
  const [rest, moved] = [await weigh(db, old), await weigh(db, fresh)];
  for (const what of ['rows', 'bytes'] as const)
    if (rest[what] + moved[what] !== before[what])
      throw new Error(`${old} had ${before[what]} ${what} and would have ${rest[what]} and ${moved[what]}`);
}

async function weigh(db: Sql, name: string): Promise<{ readonly rows: number; readonly bytes: number }> {
  const [row] = await db.all(
    `select count(*) as rows, coalesce(sum(octet_length(data)), 0) as bytes from ${name}`,
  );
  return { rows: Number(row?.['rows']), bytes: Number(row?.['bytes']) };
}

async function lockTables(db: Sql): Promise<void> {
  await db.run(`set local lock_timeout = ${lockMs}`);
  await db.run(`lock table only ${tables.join(', only ')} in access exclusive mode`);
}

async function attach(db: Sql, table: Table, part: Part, at: number): Promise<void> {
  const earlier = nameOf(table, { from: part.from, to: at });
  const later = nameOf(table, { from: at, to: part.to });
  await db.run(`alter table ${table} detach partition ${nameOf(table, part)}`);
  await db.run(`alter table ${nameOf(table, part)} rename to ${earlier}`);
  await db.run(`alter table ${table}_new rename to ${later}`);
  await db.run(`alter table ${table} attach partition ${earlier} for values from (${part.from}) to (${at})`);
  const range = part.to === Infinity ? 'default' : `for values from (${at}) to (${part.to})`;
  await db.run(`alter table ${table} attach partition ${later} ${range}`);
}
