import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { Kysely, type Transaction } from 'kysely';
import { SqliteDialect, whole } from './dialect.ts';
import { toStoreError } from './failure.ts';
import { migrations } from './migrations.ts';
import { StoreError } from './store.ts';
import type { Tables } from './tables.ts';

/** SQLite's name for a database that ends with its connection. */
export const inMemory = ':memory:';
/** `APIP`: tells our files from anybody else's SQLite database. */
const applicationId = 0x41504950;
/** How long a statement waits for another process's lock; the event loop stands still meanwhile. */
const busyTimeoutMs = 2000;
/** A safety net: checkpoints are run between cycles, when nothing is being measured. */
const checkpointPages = 16_384;

type Value = string | number | bigint | Uint8Array | null;
/** As the driver gives a row out: column name → value. */
export type Row = Readonly<Record<string, Value>>;

/** A prepared statement for the hot paths; errors are `StoreError`s. */
export interface Statement {
  run(...values: readonly Value[]): void;
  all(...values: readonly Value[]): readonly Row[];
}

/**
 * One connection to the embedded database. Writes go one after another; statements inside `write` belong to its
 * transaction, whichever way they are run.
 */
export class Database {
  readonly path: string;
  readonly query: Kysely<Tables>;
  #sqlite: DatabaseSyncInstance;
  /** Which file is open, whatever has become of its name. */
  #file: FileIdentity | undefined;
  readonly #readOnly: boolean;
  readonly #prepared = new Map<string, Statement>();

  private constructor(path: string, sqlite: DatabaseSyncInstance, readOnly: boolean) {
    this.path = path;
    this.#readOnly = readOnly;
    this.#sqlite = sqlite;
    this.#file = identityOf(path);
    this.query = new Kysely<Tables>({
      dialect: new SqliteDialect(
        () => this.#sqlite,
        (thrown) => toStoreError(thrown, path),
      ),
    });
  }

  /** Opens, and unless it is only read also creates and migrates. Throws a `StoreError`. */
  static open(path: string, options: { readonly readOnly?: boolean; readonly existing?: boolean }): Database {
    let sqlite: DatabaseSyncInstance | undefined;
    try {
      if (options.readOnly === true || options.existing === true) requireFile(path);
      else if (path !== inMemory) createFile(path);
      sqlite = new DatabaseSync(path, { readOnly: options.readOnly ?? false, timeout: busyTimeoutMs });
      if (options.readOnly === true) requireCurrent(sqlite, path);
      else migrate(sqlite, path);
      return new Database(path, sqlite, options.readOnly ?? false);
    } catch (error) {
      sqlite?.close();
      throw toStoreError(error, path);
    }
  }

  /** Everything that `work` does is stored, or nothing is. */
  write<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.query.transaction().execute(work);
  }

  /** Sees nothing of a transaction that is not through yet. */
  read<T>(work: () => T): Promise<T> {
    return this.query.connection().execute(async () => work());
  }

  /** Prepared once for each text. Use inside `write` when it changes something. */
  statement(sql: string): Statement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#guard(() => this.#sqlite.prepare(sql));
    const guarded: Statement = {
      run: (...values) => this.#guard(() => void statement.run(...values.map(whole))),
      all: (...values) => this.#guard(() => statement.all(...values.map(whole)) as readonly Row[]),
    };
    this.#prepared.set(sql, guarded);
    return guarded;
  }

  /**
   * Moves what the log holds into the file and makes it outlive a power failure; readers are not disturbed.
   * `truncate` leaves everything in the one file, so that it can be copied.
   */
  checkpoint(how: 'passive' | 'truncate'): void {
    if (!this.#readOnly) this.#guard(() => this.#sqlite.exec(`pragma wal_checkpoint(${how})`));
  }

  /** Gives up to `pages` unused pages back to the file system. */
  shrink(pages: number): void {
    this.#guard(() => this.#sqlite.exec(`pragma incremental_vacuum(${pages})`));
  }

  /** Whether the file is still in its place: it may have been deleted, or another one put there. */
  get isInPlace(): boolean {
    if (this.path === inMemory) return true;
    const there = identityOf(this.path);
    return there !== undefined && there.dev === this.#file?.dev && there.ino === this.#file.ino;
  }

  /**
   * Puts everything that is stored back in its place, from the file that is still open although it has no name any
   * more. What stands there now is kept beside it; returns under which name.
   */
  restore(now: number): Promise<string | undefined> {
    return this.query.connection().execute(async () => this.#guard(() => this.#putBack(now)));
  }

  #putBack(now: number): string | undefined {
    const copy = `${this.path}.copy`;
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    if (this.#sqlite.isOpen) {
      rmSync(copy, { force: true });
      closeSync(openSync(copy, 'a', 0o600));
      this.#sqlite.prepare('vacuum into ?').run(copy);
    }
    const intruder = existsSync(this.path) ? `${this.path}.replaced-${now}` : undefined;
    if (intruder !== undefined) renameSync(this.path, intruder);
    renameSync(copy, this.path);
    if (this.#sqlite.isOpen) this.#sqlite.close();
    // They belong to a file that is gone, and would be taken for those of the new one.
    for (const log of ['-wal', '-shm']) rmSync(`${this.path}${log}`, { force: true });
    this.#prepared.clear();
    this.#sqlite = new DatabaseSync(this.path, { timeout: busyTimeoutMs });
    migrate(this.#sqlite, this.path);
    this.#file = identityOf(this.path);
    return intruder;
  }

  close(): Promise<void> {
    return this.query.destroy();
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw toStoreError(error, this.path);
    }
  }
}

interface FileIdentity {
  readonly dev: number;
  readonly ino: number;
}

function identityOf(path: string): FileIdentity | undefined {
  if (path === inMemory) return undefined;
  try {
    const { dev, ino } = statSync(path);
    return { dev, ino };
  } catch {
    // Why it cannot be found is told by whoever tries to put it back.
    return undefined;
  }
}

function requireFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
  throw new StoreError({
    code: 'missing',
    message: `database ${path} does not exist`,
    hint: 'nothing has been patrolled yet, or it ran with another store.path: start with apipatrol run',
    retry: true,
  });
}

/** Results tell what a company's systems are called: nobody else on the machine may read them. */
function createFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}

function migrate(sqlite: DatabaseSyncInstance, path: string): void {
  requireOurs(sqlite, path);
  sqlite.exec(`
    pragma auto_vacuum = incremental;
    pragma journal_mode = wal;
    pragma synchronous = normal;
    pragma foreign_keys = on;
    pragma wal_autocheckpoint = ${checkpointPages};
  `);
  sqlite.exec('begin immediate');
  try {
    for (const sql of migrations.slice(requireKnown(sqlite, path))) sqlite.exec(sql);
    sqlite.exec(
      `pragma application_id = ${applicationId}; pragma user_version = ${migrations.length}; commit`,
    );
  } catch (error) {
    if (sqlite.isTransaction) sqlite.exec('rollback');
    throw error;
  }
}

function requireCurrent(sqlite: DatabaseSyncInstance, path: string): void {
  requireOurs(sqlite, path);
  if (requireKnown(sqlite, path) === migrations.length) return;
  throw new StoreError({
    code: 'outdated',
    message: `database ${path} was written by an older apipatrol and has not been brought up to date yet`,
    hint: 'restart the daemon (apipatrol run) with this version; it updates the database when it starts',
    retry: true,
  });
}

function requireOurs(sqlite: DatabaseSyncInstance, path: string): void {
  const tables = pragma(sqlite, 'select count(*) as value from sqlite_schema');
  if (
    tables === 0 ||
    pragma(sqlite, 'select application_id as value from pragma_application_id') === applicationId
  )
    return;
  throw new StoreError({
    code: 'foreign',
    message: `${path} is a SQLite database of another program`,
    hint: 'choose another file for store.path',
    retry: false,
  });
}

/** The database's version, when this program knows it. */
function requireKnown(sqlite: DatabaseSyncInstance, path: string): number {
  const version = pragma(sqlite, 'select user_version as value from pragma_user_version');
  if (version <= migrations.length) return version;
  throw new StoreError({
    code: 'newer',
    message: `database ${path} has version ${version}, this apipatrol knows versions up to ${migrations.length}`,
    hint: 'use the apipatrol that wrote it (or a newer one), or choose another file for store.path',
    retry: false,
  });
}

function pragma(sqlite: DatabaseSyncInstance, sql: string): number {
  const row = sqlite.prepare(sql).get() as { readonly value: number };
  return row.value;
}
