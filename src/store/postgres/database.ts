import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import { Semaphore } from '../../lib/limits.ts';
import type { Row, Sql, SqlDatabase, Value } from '../sql/sql.ts';
import type { PostgresAddress } from './address.ts';
import { toParameter, toPostgres } from './dialect.ts';
import { isLost, toPostgresError } from './failure.ts';
import { poolOf } from './pool.ts';

/** For the patrol, whoever looks at pages, and what is sent meanwhile. */
const mostConnections = 6;
const statementMs = 60_000;
/** A little more: what the server has ended by itself says why. */
export const answerMs = statementMs + 5000;
/** A process that stands still in the middle of a transaction holds nobody else up for longer: less than a lease lasts. */
export const frozenMs = 5000;
/** Between two attempts to get a connection. */
const pauseMs = 250;
/**
 * So long a lost connection is waited for, by all together: a server that is started again takes no longer. What a patrol
 * finds after that waits in memory (`../held/`).
 */
const patienceMs = 10_000;
/** Whoever sits before it waits no longer than that. */
const commandPatienceMs = 5000;

/** Whoever writes has to hold this; it is asked for at the beginning of each transaction. */
export interface Fence {
  /** A query with one row as long as it is held, without parameters. */
  readonly sql: string;
  /** What is thrown otherwise. */
  lost(): Error;
}

interface DatabaseOptions {
  readonly readOnly?: boolean;
  /** Waits for a lost connection as a patrol does, and not as somebody does who sits before it. */
  readonly isPatient?: boolean;
  /** Grows when somebody else may have written; absent: whoever is under no fence asks anew each time. */
  readonly version?: () => number;
}

/**
 * A PostgreSQL database. Everything is done in transactions of its own with all that they need to know, so that it can
 * be shared by a pooler that gives each transaction another connection. Writes go one after another, over all processes, as
 * they do in the embedded database.
 */
export class PostgresDatabase implements SqlDatabase {
  readonly address: PostgresAddress;
  readonly #pool: pg.Pool;
  readonly #options: DatabaseOptions;
  readonly #turn = new Semaphore(1);
  readonly #fence: Fence | undefined;
  #reads = 0;
  #isClosing = false;
  /** Since when no connection could be had, on the monotonic clock; absent: the last one was good. */
  #lostSince: number | undefined;
  /** Called when a transaction is begun anew. */
  onMove: () => void = () => undefined;

  /** @param under Another one of the same database: their connections are the same, and are closed by that one. */
  constructor(
    address: PostgresAddress,
    options: DatabaseOptions = {},
    under?: { readonly pool: pg.Pool; readonly fence: Fence },
  ) {
    this.address = address;
    this.#options = options;
    this.#pool = under?.pool ?? poolOf(address, mostConnections, answerMs);
    this.#fence = under?.fence;
  }

  /** What whoever writes here has to hold; absent: nothing. */
  get fence(): Fence | undefined {
    return this.#fence;
  }

  /** The same database for somebody who writes only as long as it holds that. */
  under(fence: Fence): PostgresDatabase {
    return new PostgresDatabase(this.address, { isPatient: true }, { pool: this.#pool, fence });
  }

  all(sql: string, ...values: readonly Value[]): Promise<readonly Row[]> {
    return this.read((db) => db.all(sql, ...values));
  }

  run(sql: string, ...values: readonly Value[]): Promise<number> {
    return this.write((db) => db.run(sql, ...values));
  }

  read<T>(work: (db: Sql) => Promise<T>): Promise<T> {
    return this.#patiently(() =>
      this.#onConnection(async (client) => {
        await client.query(`begin isolation level repeatable read read only; ${this.#local()}`);
        const done = await work(statementsOn(client));
        await client.query('commit');
        return done;
      }),
    );
  }

  write<T>(work: (db: Sql) => Promise<T>): Promise<T> {
    return this.#patiently(() => this.#inTurn(work));
  }

  /** As `write`, but says at once when the server cannot be reached. */
  async writeNow<T>(work: (db: Sql) => Promise<T>): Promise<T> {
    try {
      return await this.#heard(() => this.#inTurn(work));
    } catch (error) {
      throw toPostgresError(error, this.address.shown);
    }
  }

  async #inTurn<T>(work: (db: Sql) => Promise<T>): Promise<T> {
    const release = await this.#turn.acquire();
    try {
      return await this.#writeOnce(work);
    } finally {
      release();
    }
  }

  async #writeOnce<T>(work: (db: Sql) => Promise<T>): Promise<T> {
    let committing: { readonly done: T; readonly xid: string } | undefined;
    try {
      return await this.#onConnection(async (client) => {
        const xid = await this.#begin(client);
        const done = await work(statementsOn(client));
        committing = { done, xid };
        await client.query('commit');
        return done;
      });
    } catch (error) {
      if (committing !== undefined && isLost(error) && (await this.#isCommitted(committing.xid)))
        return committing.done;
      this.onMove();
      throw error;
    }
  }

  /** Returns the number of the transaction, by which can be told what has become of it. */
  async #begin(client: pg.PoolClient): Promise<string> {
    const fence = this.#fence;
    const readOnly = this.#options.readOnly === true;
    // Not `read write`: where the server says that it is only to be read, that holds.
    const access = readOnly ? 'read only' : '';
    const answers = (await client.query(`begin isolation level read committed ${access}; ${this.#local()};
      select ${readOnly ? "'' as xid" : `pg_advisory_xact_lock(${lockOf('write')}), pg_current_xact_id()::text as xid`};
      ${fence?.sql ?? 'select 1'}`)) as unknown as readonly pg.QueryResult<{ readonly xid?: string }>[];
    const [held, locked] = answers.toReversed();
    if (fence !== undefined && held?.rowCount === 0) throw fence.lost();
    return locked?.rows[0]?.xid ?? '';
  }

  /** What holds for the transaction: a connection may be another's the next time. */
  #local(): string {
    return `set local search_path to "${this.address.schema}"; set local statement_timeout = ${statementMs};
      set local idle_in_transaction_session_timeout = ${frozenMs}`;
  }

  /** Of a transaction whose end was not heard of. */
  #isCommitted(xid: string): Promise<boolean> {
    return this.#patiently(async () => {
      for (;;) {
        const { rows } = await this.#pool.query<{ readonly status: string | null }>(
          `select pg_xact_status('${xid}'::xid8) as status`,
        );
        if (rows[0]?.status !== 'in progress') return rows[0]?.status === 'committed';
        await setTimeout(pauseMs);
      }
    });
  }

  /** Again as long as no connection can be had, and what was begun on one that was lost. */
  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    const isLast = AbortSignal.timeout(this.#options.isPatient === true ? patienceMs : commandPatienceMs);
    for (;;) {
      try {
        return await this.#heard(work);
      } catch (error) {
        if (isLast.aborted || this.#isGone || this.#isClosing || !isLost(error))
          throw toPostgresError(error, this.address.shown);
      }
      await setTimeout(pauseMs);
    }
  }

  /** What the others have waited for in vain nobody waits for again. */
  get #isGone(): boolean {
    return this.#lostSince !== undefined && performance.now() - this.#lostSince > patienceMs;
  }

  async #heard<T>(work: () => Promise<T>): Promise<T> {
    try {
      const done = await work();
      this.#lostSince = undefined;
      return done;
    } catch (error) {
      if (isLost(error)) this.#lostSince ??= performance.now();
      throw error;
    }
  }

  async #onConnection<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      return await work(client);
    } catch (error) {
      await client.query('rollback').catch((thrown: Error) => (broken = thrown));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** Of what only the one who leads writes: under its fence nobody else has. */
  async version(): Promise<number> {
    if (this.#fence !== undefined) return 0;
    return this.#options.version?.() ?? ++this.#reads;
  }

  /** The server does that by itself. */
  async shrink(): Promise<void> {}

  /** What waits for the server waits no longer. */
  hurry(): void {
    this.#isClosing = true;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#fence === undefined) await this.#pool.end();
  }
}

/** A number that stands for us and the schema, by which processes wait for one another. */
export function lockOf(what: 'write' | 'migrate'): string {
  return `hashtextextended('apipatrol ${what} ' || coalesce(current_schema(), ''), 0)`;
}

function statementsOn(client: pg.PoolClient): Sql {
  const query = (sql: string, values: readonly Value[]): Promise<pg.QueryResult<Row>> =>
    client.query<Row>(toPostgres(sql, values), values.map(toParameter));
  return {
    all: async (sql, ...values) => (await query(sql, values)).rows,
    run: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
  };
}
