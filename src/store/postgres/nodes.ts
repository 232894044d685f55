import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Clock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Claim, Members, Nodes, Sight, Term } from '../nodes.ts';
import { HoldingStore } from '../held/holding-store.ts';
import { takeOver } from '../outbox/outbox.ts';
import { pack, unpack } from '../sql/packed.ts';
import { SqlStore } from '../sql/sql-store.ts';
import type { Store } from '../store.ts';
import { type PostgresAddress, readAddress } from './address.ts';
import { PostgresDatabase } from './database.ts';
import { Days } from './days.ts';
import { toPostgresError } from './failure.ts';
import { PostgresGrid } from './grid.ts';
import { Lease } from './lease.ts';
import { LeaseRow, now } from './lease-row.ts';
import { MemberRows } from './members.ts';
import { migrate, requireKnown } from './migrate.ts';
import { PostgresPlace } from './place.ts';
import { poolOf } from './pool.ts';
import { PostgresTries } from './tries.ts';
import { requireWhole } from './transfer-mark.ts';

export interface NodesOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** What is one node at a time: a folder of this host; absent: it is the successor of none. */
  readonly place?: string;
}

/** For who leads, and for what nodes tell one another: neither waits for what is written. */
const besideConnections = 2;
/** Who stands still for longer is asked anew: a lease is to be renewed in time. */
const answerMs = 4000;
/** Numbers are given before rows can be seen: one that is a little lower may come later. */
const overlap = 50;
const keptMs = 10 * 60_000;
const clearEvery = 100;
const askedMs = 60_000;
const answerEveryMs = 200;
const noBytes = new Uint8Array();

/** Opens a database for one of several processes, making its tables. Rejects with a `StoreError`. */
export async function openNodes(url: string, options: NodesOptions): Promise<Nodes> {
  const address = readAddress(url);
  const version = { no: 0 };
  const database = new PostgresDatabase(address, { isPatient: true, version: () => version.no });
  try {
    await migrate(database, true);
    await requireWhole(database);
    await new Days(database, options.log).divideAll();
    return new PostgresNodes(database, address, options, version);
  } catch (error) {
    await database.close();
    throw error;
  }
}

class PostgresNodes implements Nodes {
  readonly id = randomUUID();
  readonly store: Store;
  readonly tries: PostgresTries;
  readonly #database: PostgresDatabase;
  readonly #address: PostgresAddress;
  readonly #options: NodesOptions;
  readonly #pool: pg.Pool;
  readonly #row: LeaseRow;
  readonly #members: MemberRows;
  readonly #version: { no: number };
  /** What of the told has been seen already. */
  readonly #seen = new Set<number>();
  #last: number | undefined;
  #saidNo = -1;
  #told = 0;

  constructor(
    database: PostgresDatabase,
    address: PostgresAddress,
    options: NodesOptions,
    version: { no: number },
  ) {
    this.#database = database;
    this.#address = address;
    this.#options = options;
    this.#version = version;
    this.#pool = poolOf(address, besideConnections, answerMs);
    this.#row = new LeaseRow(this.#pool, address);
    this.#members = new MemberRows(this.#pool, address, options.clock, this.id, options.place ?? this.id);
    this.tries = new PostgresTries(database);
    this.store = new SqlStore(new PostgresPlace(database, options), options);
  }

  look(): Promise<Sight> {
    return this.#said(async () => {
      const { leader, leftMs, saidNo, toldNo, isAsked, version, worksFrom } = await this.#row.look();
      // A newer version has been started meanwhile.
      requireKnown(worksFrom, version, this.#address);
      const said = saidNo === this.#saidNo ? undefined : await this.#row.said();
      this.#saidNo = saidNo;
      const happened = toldNo === this.#last ? [] : await this.#happened();
      const asked = isAsked && leader?.id === this.id ? await this.#asked() : [];
      return { leader, leftMs, said, happened, asked };
    });
  }

  lead(claim: Claim): Promise<Term | undefined> {
    return this.#said(async () => {
      const told = `${hostname()}, process ${process.pid}`;
      const epoch = await this.#row.take(this.id, told, claim);
      if (epoch === undefined) return undefined;
      const lease = new Lease({
        row: this.#row,
        holder: this.id,
        epoch,
        shown: this.#address.shown,
        ...this.#options,
      });
      const database = this.#database.under(lease.fence);
      try {
        // It may have been opened before somebody began to fill it.
        await requireWhole(this.#database);
        await this.#clear();
        await takeOver(database);
      } catch (error) {
        await lease.giveBack();
        throw error;
      }
      const known = new Map<string, Uint8Array>();
      return {
        store: new HoldingStore(new PostgresPlace(database, this.#options, lease), this.#options),
        grid: new PostgresGrid(database),
        lost: lease.lost,
        holds: () => lease.holds(),
        say: (what, current) => this.#said(() => this.#row.say(this.id, epoch, what, current)),
        answer: (id, answer) => this.#answer(id, answer),
        keep: async (name, what) => {
          const data = await pack(what);
          if (Buffer.compare(data, known.get(name) ?? noBytes) === 0) return;
          const sql = `insert into patrol_kept (what, data) values (?, ?)
            on conflict (what) do update set data = excluded.data`;
          await database.run(sql, name, data);
          known.set(name, data);
        },
      };
    });
  }

  async tell(what: string): Promise<void> {
    if (++this.#told % clearEvery === 0) await this.#clear();
    await this.#query(
      `insert into ${this.#table('patrol_event')} (at, node, what) values (${now}, $1, $2)`,
      this.id,
      what,
    );
  }

  async ask(what: string, signal: AbortSignal): Promise<string | undefined> {
    const table = this.#table('patrol_request');
    const [row] = await this.#query(`insert into ${table} (at, what) values (${now}, $1) returning id`, what);
    while (!signal.aborted) {
      const [asked] = await this.#query(`select answer from ${table} where id = $1`, Number(row?.['id']));
      if (typeof asked?.['answer'] === 'string') return asked['answer'];
      await sleep(answerEveryMs);
    }
    return undefined;
  }

  async kept(name: string): Promise<unknown> {
    const sql = 'select data from patrol_kept where what = ?';
    const [row] = await this.#database.all(sql, name);
    return row?.data instanceof Uint8Array ? unpack(row.data) : undefined;
  }

  members(): Promise<Members> {
    return this.#said(() => this.#members.read());
  }

  async close(): Promise<void> {
    this.#database.hurry();
    await this.#members.leave();
    await this.#pool.end();
    // With what workers have asked of it, which has a timer of its own.
    await this.store.close();
  }

  async #happened(): Promise<readonly string[]> {
    const table = this.#table('patrol_event');
    if (this.#last === undefined) {
      // Seen before anything was read that it is about.
      const rows = await this.#query(`select id from ${table} order by id desc limit ${overlap}`);
      for (const { id } of rows) this.#seen.add(Number(id));
      this.#last = Math.max(0, ...this.#seen);
      return [];
    }
    const rows = await this.#query(
      `select id, node, what from ${table} where id > $1 order by id`,
      this.#last - overlap,
    );
    const fresh = rows.filter(({ id }) => !this.#seen.has(Number(id)));
    for (const { id } of fresh) this.#seen.add(Number(id));
    this.#last = Math.max(this.#last, ...fresh.map(({ id }) => Number(id)));
    for (const id of this.#seen) if (id <= this.#last - overlap) this.#seen.delete(id);
    if (fresh.length > 0) this.#version.no++;
    return fresh.flatMap(({ node, what }) => (node === this.id ? [] : [String(what)]));
  }

  async #asked(): Promise<Sight['asked']> {
    const rows = await this.#query(
      `select id, what from ${this.#table('patrol_request')}
       where answer is null and at > ${now} - ${askedMs} order by id`,
    );
    return rows.map(({ id, what }) => ({ id: Number(id), what: String(what) }));
  }

  async #answer(id: number, answer: string): Promise<void> {
    await this.#query(
      `update ${this.#table('patrol_request')} set answer = $1 where id = $2 and answer is null`,
      answer,
      id,
    );
  }

  /** What nobody asks for any more. */
  async #clear(): Promise<void> {
    for (const table of ['patrol_event', 'patrol_request'] as const)
      await this.#query(`delete from ${this.#table(table)} where at < ${now} - ${keptMs}`);
  }

  #table(name: 'patrol_event' | 'patrol_request'): string {
    return `"${this.#address.schema}".${name}`;
  }

  #query(
    sql: string,
    ...values: readonly (string | number)[]
  ): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return this.#said(async () => (await this.#pool.query<Record<string, unknown>>(sql, [...values])).rows);
  }

  /** As a `StoreError`. */
  async #said<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toPostgresError(error, this.#address.shown);
    }
  }
}
