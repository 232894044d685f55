import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { Semaphore } from '../../lib/limits.ts';

/** Kysely over the one synchronous connection of the embedded database. */
export class SqliteDialect implements Dialect {
  readonly #sqlite: () => DatabaseSyncInstance;
  readonly #explain: (thrown: unknown) => Error;

  /** `sqlite`: as it is now; `explain` turns what the driver throws into the error that callers get. */
  constructor(sqlite: () => DatabaseSyncInstance, explain: (thrown: unknown) => Error) {
    this.#sqlite = sqlite;
    this.#explain = explain;
  }

  createDriver(): Driver {
    return new SqliteDriver(this.#sqlite, this.#explain);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return new SqliteAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

class SqliteDriver implements Driver {
  readonly #sqlite: () => DatabaseSyncInstance;
  readonly #connection: SqliteConnection;
  readonly #turn = new Semaphore(1);
  #release: () => void = () => undefined;

  constructor(sqlite: () => DatabaseSyncInstance, explain: (thrown: unknown) => Error) {
    this.#sqlite = sqlite;
    this.#connection = new SqliteConnection(sqlite, explain);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    this.#release = await this.#turn.acquire();
    return this.#connection;
  }

  /** `immediate`: the lock is taken, or refused, before anything has been done that would have to be undone. */
  async beginTransaction(): Promise<void> {
    this.#connection.exec('begin immediate');
  }

  async commitTransaction(): Promise<void> {
    this.#connection.exec('commit');
  }

  /** SQLite has already rolled back by itself after some errors, a full disk among them. */
  async rollbackTransaction(): Promise<void> {
    if (this.#sqlite().isTransaction) this.#connection.exec('rollback');
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async destroy(): Promise<void> {
    this.#sqlite().close();
  }
}

interface Prepared {
  readonly statement: StatementSyncInstance;
  readonly reads: boolean;
}

class SqliteConnection implements DatabaseConnection {
  readonly #sqlite: () => DatabaseSyncInstance;
  readonly #explain: (thrown: unknown) => Error;
  readonly #statements = new WeakMap<DatabaseSyncInstance, Map<string, Prepared>>();

  constructor(sqlite: () => DatabaseSyncInstance, explain: (thrown: unknown) => Error) {
    this.#sqlite = sqlite;
    this.#explain = explain;
  }

  exec(sql: string): void {
    try {
      this.#sqlite().exec(sql);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const { statement, reads } = this.#prepare(query.sql);
      const parameters = query.parameters.map(whole);
      if (reads) return { rows: statement.all(...parameters) as R[] };
      const { changes, lastInsertRowid } = statement.run(...parameters);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    } catch (error) {
      throw this.#explain(error);
    }
  }

  // eslint-disable-next-line require-yield -- the port asks for it; nothing here reads more than fits in memory
  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query);
  }

  #prepare(sql: string): Prepared {
    const sqlite = this.#sqlite();
    const statements = this.#statements.get(sqlite) ?? new Map<string, Prepared>();
    this.#statements.set(sqlite, statements);
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = sqlite.prepare(sql);
    const prepared = { statement, reads: statement.columns().length > 0 };
    statements.set(sql, prepared);
    return prepared;
  }
}

/** Every number that is stored is a whole one; a fraction would be refused by the STRICT tables, and a cycle lost by it. */
export function whole<T>(value: T): T | number {
  return typeof value === 'number' ? Math.round(value) : value;
}
