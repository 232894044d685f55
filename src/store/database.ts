import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { Kysely, type Transaction } from 'kysely';
import { SqliteDialect, whole } from './dialect.ts';
import { toStoreError } from './failure.ts';
import { FileMark } from './file-mark.ts';
import { migrate, requireCurrent } from './migrate.ts';
import { bringHome, keepCopies, letGo, type Refuge, takeRefuge } from './refuge.ts';
import { StoreError, type StoreFailure } from './store.ts';
import type { Tables } from './tables.ts';

/** SQLite's name for a database that ends with its connection. */
export const inMemory = ':memory:';
/** How long a statement waits for another process's lock; the event loop stands still meanwhile. */
const busyTimeoutMs = 2000;
const logs = ['-wal', '-shm'];
/** What is kept in memory: hours of results of a thousand operations. */
const refugeBytes = 32 << 20;
/** That nothing can be stored, and not that somebody else is storing something. */
const noPlace: ReadonlySet<StoreFailure> = new Set(['full', 'readonly', 'io', 'corrupt']);

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
  /** Which files are open, whatever has become of their names. */
  #files: readonly (FileIdentity | undefined)[] = [];
  #mark: FileMark | undefined;
  /** What was read is not what was written. */
  #isDamaged = false;
  #shelter: Shelter | undefined;
  /** Left open: whoever closes them writes the log into a file that is somebody else's by now. */
  readonly #abandoned: DatabaseSyncInstance[] = [];
  readonly #readOnly: boolean;
  readonly #isAlone: boolean;
  readonly #prepared = new Map<string, Statement>();
  /** Called when what is known of the rows may be so no longer. */
  onMove: () => void = () => undefined;

  private constructor(path: string, sqlite: DatabaseSyncInstance, options: OpenedAs) {
    this.path = path;
    this.#readOnly = options.readOnly ?? false;
    this.#isAlone = options.alone === true && path !== inMemory;
    this.#sqlite = sqlite;
    if (this.#isAlone) this.#settle();
    this.query = new Kysely<Tables>({
      dialect: new SqliteDialect(
        () => this.#sqlite,
        (thrown) => this.#explained(thrown),
      ),
    });
  }

  /** Opens, and unless it is only read also creates and migrates. Throws a `StoreError`. */
  static open(path: string, options: OpenedAs & { readonly existing?: boolean }): Database {
    let sqlite: DatabaseSyncInstance | undefined;
    try {
      if (options.readOnly === true || options.existing === true) requireFile(path);
      else createFile(path);
      sqlite = new DatabaseSync(path, { readOnly: options.readOnly ?? false, timeout: busyTimeoutMs });
      if (options.readOnly === true) requireCurrent(sqlite, path);
      else migrate(sqlite, path);
      return new Database(path, sqlite, options);
    } catch (error) {
      sqlite?.close();
      throw toStoreError(error, path);
    }
  }

  /**
   * Everything that `work` does is stored, or nothing is. Whoever has the database alone goes on in memory when nothing
   * can be stored in its place; `work` is done again there.
   */
  async write<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    const before = this.#shelter;
    try {
      return await this.query.transaction().execute(work);
    } catch (error) {
      const isHomeless = this.#isAlone && error instanceof StoreError && noPlace.has(error.code);
      if (!isHomeless || before !== undefined) throw error;
      await this.query.connection().execute(async () => this.#takeShelter(error));
      return this.query.transaction().execute(work);
    }
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
    if (!this.#readOnly) this.#guard(() => this.#moveLog(how));
  }

  #moveLog(how: 'passive' | 'truncate'): void {
    // The log belongs to a file that is there no more.
    if (this.isDamaged) throw toStoreError(damage(), this.path);
    const mark = this.#shelter === undefined && !this.#sqlite.isTransaction ? this.#mark : undefined;
    mark?.renew(this.#sqlite);
    this.#sqlite.exec(`pragma wal_checkpoint(${how})`);
    mark?.see();
  }

  /** Gives up to `pages` unused pages back to the file system. */
  shrink(pages: number): void {
    this.#guard(() => this.#sqlite.exec(`pragma incremental_vacuum(${pages})`));
  }

  /** Whether its files are still in their places: they may have been deleted, or others put there. */
  get isInPlace(): boolean {
    if (!this.#isAlone) return true;
    return this.#filesThere().every((there, index) => isSame(there, this.#files[index]));
  }

  /** Why it is in memory for the time being, and how many results had to be given up there. */
  get homeless(): { readonly why: StoreError; readonly lost: number } | undefined {
    return this.#shelter;
  }

  /** Whether something has been written into the file by somebody else, or it was cut short. */
  get isDamaged(): boolean {
    if (!this.#isAlone || this.#shelter !== undefined) return false;
    this.#isDamaged ||= this.#guard(() => this.#mark?.isThere === false);
    return this.#isDamaged;
  }

  /**
   * Puts everything that is stored back in its place, from the file that is still open although it has no name any
   * more, or else from memory. What stands there now is kept beside it; returns under which name.
   */
  restore(now: number): Promise<string | undefined> {
    return this.query.connection().execute(async () =>
      this.#guard(() => {
        if (this.#isDamaged && this.#shelter === undefined)
          this.#takeShelter(toStoreError(damage(), this.path));
        return this.#putBack(now);
      }),
    );
  }

  /** Puts what has come in memory into the file. Throws while it cannot be stored there. */
  returnHome(now: number): Promise<void> {
    return this.query.connection().execute(async () =>
      this.#guard(() => {
        const { file, news, sqlite } = this.#requireShelter();
        this.#shelter = { ...this.#requireShelter(), lost: this.#lost() };
        if (file === undefined || !this.isInPlace) return void this.#putBack(now);
        bringHome(file, news.changeset());
        news.close();
        sqlite.close();
        this.#moveTo(file);
      }),
    );
  }

  #lost(): number {
    const { lost, sqlite } = this.#requireShelter();
    return lost + letGo(sqlite, refugeBytes);
  }

  #requireShelter(): Shelter {
    if (this.#shelter === undefined) throw new Error('the database is not in memory');
    return this.#shelter;
  }

  #takeShelter(why: StoreError): void {
    if (this.#shelter !== undefined) return;
    const refuge = takeRefuge(this.#sqlite, (sqlite) => migrate(sqlite, inMemory));
    const file = this.#isDamaged || !refuge.isReadable ? undefined : this.#sqlite;
    if (file === undefined) this.#abandoned.push(this.#sqlite);
    this.#shelter = { ...refuge, file, why, lost: 0 };
    this.#prepared.clear();
    this.#sqlite = refuge.sqlite;
    this.onMove();
  }

  #moveTo(sqlite: DatabaseSyncInstance): void {
    this.#shelter = undefined;
    this.#prepared.clear();
    this.#sqlite = sqlite;
    this.onMove();
  }

  /** The file is in its place and whole. */
  #settle(): void {
    this.#isDamaged = false;
    this.#mark = new FileMark(this.path, this.#sqlite);
    this.#moveLog('truncate');
    keepCopies(this.#sqlite);
    this.#files = this.#filesThere();
  }

  #putBack(now: number): string | undefined {
    const copy = `${this.path}.copy`;
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    if (this.#sqlite.isOpen) copyInto(copy, this.#sqlite);
    // Where only its log was taken away, what stands there is in what is put back.
    const isOurs = this.#shelter === undefined && isSame(identityOf(this.path), this.#files[0]);
    const aside = existsSync(this.path) && !isOurs ? setAside(this.path, now) : undefined;
    renameSync(copy, this.path);
    this.#shelter?.news.close();
    if (this.#sqlite.isOpen) this.#sqlite.close();
    this.#shelter?.file?.close();
    // They belong to a file that is gone, and would be taken for those of the new one.
    for (const log of logs) rmSync(`${this.path}${log}`, { force: true });
    const sqlite = new DatabaseSync(this.path, { timeout: busyTimeoutMs });
    migrate(sqlite, this.path);
    this.#moveTo(sqlite);
    this.#settle();
    return aside;
  }

  #filesThere(): readonly (FileIdentity | undefined)[] {
    return ['', ...logs].map((name) => identityOf(`${this.path}${name}`));
  }

  close(): Promise<void> {
    this.#shelter?.file?.close();
    return this.query.destroy();
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#explained(error);
    }
  }

  #explained(thrown: unknown): StoreError {
    const error = toStoreError(thrown, this.path);
    if (error.code === 'corrupt' && this.#shelter === undefined) this.#isDamaged = true;
    return error;
  }
}

interface OpenedAs {
  readonly readOnly?: boolean;
  /** Nobody else writes to it. */
  readonly alone?: boolean;
}

interface Shelter extends Refuge {
  /** What will have the news, when it is whole. */
  readonly file: DatabaseSyncInstance | undefined;
  readonly why: StoreError;
  readonly lost: number;
}

function damage(): Error {
  // As the driver says it.
  return new Error('database disk image is malformed');
}

function isSame(one: FileIdentity | undefined, other: FileIdentity | undefined): boolean {
  return one?.dev === other?.dev && one?.ino === other?.ino;
}

/** All that is stored, or no file. */
function copyInto(copy: string, sqlite: DatabaseSyncInstance): void {
  rmSync(copy, { force: true });
  closeSync(openSync(copy, 'a', 0o600));
  try {
    sqlite.prepare('vacuum into ?').run(copy);
  } catch (error) {
    for (const rest of ['', '-journal']) rmSync(`${copy}${rest}`, { force: true });
    throw error;
  }
}

function setAside(path: string, now: number): string {
  const aside = `${path}.replaced-${new Date(now).toISOString().replaceAll(/[-:.]/g, '')}`;
  renameSync(path, aside);
  return aside;
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
export function createFile(path: string): void {
  if (path === inMemory) return;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}
