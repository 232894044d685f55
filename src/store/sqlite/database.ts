import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { Connection } from './connection.ts';
import { toStoreError } from './failure.ts';
import { FileMark } from './file/file-mark.ts';
import {
  copyInto,
  createFile,
  type FileIdentity,
  identityOf,
  inMemory,
  isSame,
  makeFolder,
  requireFile,
  setAside,
} from './file/files.ts';
import { migrate, requireCurrent } from './migrate.ts';
import {
  bringHome,
  catchUp,
  closeSessions,
  keepCopies,
  letGo,
  markOf,
  type Refuge,
  takeRefuge,
  unstoredOf,
} from './file/refuge.ts';
import { Reserve, type Unstored } from './file/reserve.ts';
import { StoreError, type StoreFailure } from '../store.ts';
import type { Row, Sql, SqlDatabase, Value } from '../sql/sql.ts';
import { nextTurn } from '../sql/turns.ts';

/**
 * How long a statement waits for another process's lock. The event loop stands still meanwhile, save for whoever has the database alone:
 * its transactions ask again every `askAgainMs`, all of them for no longer than that since the first one was refused.
 */
export const busyTimeoutMs = 2000;
const askAgainMs = 50;
const logs = ['-wal', '-shm'];
/** Pages given back to the file system in one step. */
const pagesAStep = 256;
/** What is kept in memory: hours of results of a thousand operations. */
const refugeBytes = 32 << 20;
/** The same for what has come in memory, which can wait. */
const homeTimeoutMs = 50;
/** That nothing can be stored for now. */
const noPlace: ReadonlySet<StoreFailure> = new Set(['full', 'readonly', 'io', 'corrupt', 'busy']);

/** A prepared statement; errors are `StoreError`s. */
interface Statement {
  /** Returns how many rows it has changed. */
  run(...values: readonly Value[]): number;
  all(...values: readonly Value[]): readonly Row[];
}

/**
 * One connection to the embedded database. Writes go one after another; statements inside `write` belong to its
 * transaction, whichever way they are run.
 */
export class Database implements SqlDatabase {
  readonly path: string;
  readonly #connection: Connection;
  #sqlite: DatabaseSyncInstance;
  /** Which files are open, whatever has become of their names. */
  #files: readonly (FileIdentity | undefined)[] = [];
  #mark: FileMark | undefined;
  /** What was read is not what was written. */
  #isDamaged = false;
  #shelter: Shelter | undefined;
  readonly #reserve: Reserve;
  /** Left open: whoever closes them writes the log into a file that is somebody else's by now. */
  readonly #abandoned: DatabaseSyncInstance[] = [];
  readonly #readOnly: boolean;
  readonly #isAlone: boolean;
  readonly #prepared = new Map<string, Statement>();
  /** Since when another process has had a lock on it, on the monotonic clock. */
  #heldSince: number | undefined;
  /** Statements of whoever has the connection. */
  readonly #own: Sql = {
    all: async (sql, ...values) => this.statement(sql).all(...values),
    run: async (sql, ...values) => this.statement(sql).run(...values),
  };
  /** Called when what is known of the rows may be so no longer. */
  onMove: () => void = () => undefined;
  /** Called when a statement could not read or write the file as it should. */
  onAmiss: () => void = () => undefined;

  private constructor(path: string, sqlite: DatabaseSyncInstance, options: OpenedAs) {
    this.path = path;
    this.#readOnly = options.readOnly ?? false;
    this.#isAlone = options.alone === true && path !== inMemory;
    this.#sqlite = sqlite;
    this.#reserve = new Reserve(path);
    if (this.#isAlone) this.#moveIn();
    this.#connection = new Connection(
      () => this.#sqlite,
      (sql) => this.#guard(() => this.#sqlite.exec(sql)),
      (sql) => this.#guard(() => this.#atOnce(() => this.#sqlite.exec(sql))),
    );
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
   * can be stored in its place; `work` is done again there, and what of it has to outlive a crash is in the reserve then.
   */
  async write<T>(work: (db: Sql) => Promise<T>): Promise<T> {
    const done = await this.#writeSomewhere(() => work(this.#own));
    if (this.#shelter !== undefined) await this.#connection.alone(() => this.#keepVital());
    return done;
  }

  async #writeSomewhere<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#shelter;
    try {
      return await this.#transaction(work);
    } catch (error) {
      const isHomeless = this.#isAlone && error instanceof StoreError && noPlace.has(error.code);
      if (!isHomeless || before !== undefined) throw error;
      await this.#connection.alone(() => this.#takeShelter(error));
      return this.#connection.transaction(work);
    }
  }

  /** Waits for another process's lock without holding up anything else. */
  async #transaction<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const done = await this.#connection.transaction(work);
        this.#heldSince = undefined;
        return done;
      } catch (error) {
        if (!this.#isAlone || !(error instanceof StoreError && error.code === 'busy')) throw error;
        this.#heldSince ??= performance.now();
        if (performance.now() - this.#heldSince > busyTimeoutMs) throw error;
      }
      await sleep(askAgainMs);
    }
  }

  /** Refused at once where it would have to wait; who has the database with others waits for their short transactions. */
  #atOnce(work: () => void): void {
    if (this.#isAlone) waitingNoLongerThan(0, this.#sqlite, work);
    else work();
  }

  /** Sees nothing of a transaction that is not through yet. */
  read<T>(work: (db: Sql) => Promise<T>): Promise<T> {
    return this.#connection.alone(() => work(this.#own));
  }

  all(sql: string, ...values: readonly Value[]): Promise<readonly Row[]> {
    return this.#connection.alone(() => this.statement(sql).all(...values));
  }

  /** One statement that is stored at once or fails: nothing takes its place in memory. */
  run(sql: string, ...values: readonly Value[]): Promise<number> {
    return this.#connection.alone(() => this.statement(sql).run(...values));
  }

  async version(): Promise<number> {
    const [row] = this.statement('select data_version as version from pragma_data_version').all();
    return Number(row?.version);
  }

  /** Prepared once for each text. Use inside `write` when it changes something. */
  statement(sql: string): Statement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#guard(() => this.#sqlite.prepare(sql));
    const guarded: Statement = {
      run: (...values) => this.#guard(() => statement.run(...values.map(whole)).changes),
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
    if (mark !== undefined) waitingNoLongerThan(askAgainMs, this.#sqlite, () => mark.renew(this.#sqlite));
    this.#sqlite.exec(`pragma wal_checkpoint(${how})`);
    mark?.see();
  }

  /** Gives unused pages back to the file system, some at a time. */
  async shrink(): Promise<void> {
    const unused = 'select freelist_count as pages from pragma_freelist_count';
    for (let pages = Number((await this.all(unused))[0]?.pages); pages > 0; pages -= pagesAStep) {
      await this.#connection.alone(() =>
        this.#guard(() => this.#sqlite.exec(`pragma incremental_vacuum(${pagesAStep})`)),
      );
      await nextTurn();
    }
  }

  /** Whether its files are still in their places: they may have been deleted, or others put there. */
  get isInPlace(): boolean {
    if (!this.#isAlone) return true;
    return this.#filesThere().every((there, index) => isSame(there, this.#files[index]));
  }

  /** Why it is in memory for the time being, how many results had to be given up there, and whether a crash loses more. */
  get homeless(): Pick<Shelter, 'why' | 'lost' | 'isSafe'> | undefined {
    return this.#shelter;
  }

  /** Whether it is a file that it has alone, and not in memory for the time being. */
  get isHome(): boolean {
    return this.#isAlone && this.#shelter === undefined;
  }

  /** Takes room for what has to outlive a crash while nothing can be stored. */
  takeReserve(): void {
    if (this.#isAlone) this.#guard(() => this.#reserve.take());
  }

  /** Whether something has been written into the file by somebody else, or it was cut short. */
  get isDamaged(): boolean {
    if (!this.isHome) return false;
    this.#isDamaged ||= this.#guard(() => this.#mark?.isThere === false);
    return this.#isDamaged;
  }

  /**
   * Puts everything that is stored back in its place, from the file that is still open although it has no name any
   * more, or else from memory. What stands there now is kept beside it; returns under which name.
   */
  restore(now: number): Promise<string | undefined> {
    return this.#connection.alone(() =>
      this.#guard(() => {
        if (this.#isDamaged && this.#shelter === undefined)
          this.#takeShelter(toStoreError(damage(), this.path));
        return this.#putBack(now);
      }),
    );
  }

  /**
   * Puts what has come in memory into the file, or into a new one when that cannot be used any more: what stood there is
   * kept beside it, `aside`. Throws while nothing can be stored there.
   */
  returnHome(now: number): Promise<{ readonly isNew: boolean; readonly aside?: string }> {
    return this.#connection.alone(() =>
      this.#guard(() => {
        const shelter = { ...this.#requireShelter(), lost: this.#lost() };
        const { file, news, sqlite } = shelter;
        this.#shelter = shelter;
        if (file === undefined || !this.isInPlace) return { isNew: true, aside: this.#putBack(now) };
        waitingNoLongerThan(homeTimeoutMs, file, () => bringHome(file, news.changeset()));
        this.#reserve.clear();
        closeSessions(shelter);
        sqlite.close();
        this.#moveTo(file);
        return { isNew: false };
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
    // It is whole and in its place, so that no other one may take that.
    if (!refuge.isReadable && why.code === 'busy') {
      refuge.sqlite.close();
      throw why;
    }
    const file = this.#isDamaged || !refuge.isReadable ? undefined : this.#sqlite;
    if (file === undefined) this.#abandoned.push(this.#sqlite);
    this.#shelter = { ...refuge, file, why, lost: 0, kept: [], isSafe: true };
    this.#prepared.clear();
    this.#sqlite = refuge.sqlite;
    this.onMove();
  }

  /** Into the reserve, when it has changed. */
  #keepVital(): void {
    const shelter = this.#shelter;
    const unstored = shelter === undefined ? undefined : unstoredOf(shelter);
    if (shelter === undefined || unstored === undefined) return;
    const { changesets } = unstored;
    if (changesets.every((one, index) => Buffer.compare(one, shelter.kept[index] ?? none) === 0)) return;
    this.#shelter = { ...shelter, kept: changesets, isSafe: this.#isReserved(unstored) };
  }

  #isReserved(unstored: Unstored): boolean {
    try {
      return this.#reserve.write(unstored);
    } catch {
      // People are told why nothing can be stored, and then that a crash loses what has been told.
      return false;
    }
  }

  #moveTo(sqlite: DatabaseSyncInstance): void {
    this.#shelter = undefined;
    this.#heldSince = undefined;
    this.#prepared.clear();
    this.#sqlite = sqlite;
    this.onMove();
  }

  /** Takes into the file what a crash has left in the reserve. Where nothing can be written even for that, memory has to do. */
  #moveIn(): void {
    const reserved = this.#reserve.read();
    const unstored = reserved?.mark === markOf(this.#sqlite) ? reserved : undefined;
    this.#know();
    try {
      if (unstored !== undefined) catchUp(this.#sqlite, unstored);
      this.#moveLog('truncate');
    } catch (error) {
      const why = this.#explained(error);
      if (why.code !== 'full' && why.code !== 'io' && why.code !== 'busy') throw why;
      this.#takeShelter(why);
      if (unstored !== undefined) catchUp(this.#sqlite, unstored);
      this.#keepVital();
    }
  }

  /** The file is in its place and whole. */
  #settle(): void {
    this.#isDamaged = false;
    this.#know();
    this.#moveLog('truncate');
  }

  #know(): void {
    this.#mark?.close();
    this.#mark = undefined;
    this.#mark = new FileMark(this.path, this.#sqlite);
    keepCopies(this.#sqlite);
    this.#files = this.#filesThere();
  }

  #putBack(now: number): string | undefined {
    const copy = `${this.path}.copy`;
    makeFolder(dirname(this.path));
    if (this.#sqlite.isOpen) copyInto(copy, this.#sqlite);
    // Where only its log was taken away, what stands there is in what is put back.
    const isOurs = this.#shelter === undefined && isSame(identityOf(this.path), this.#files[0]);
    const aside = existsSync(this.path) && !isOurs ? setAside(this.path, now) : undefined;
    renameSync(copy, this.path);
    if (this.#shelter !== undefined) closeSessions(this.#shelter);
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

  async close(): Promise<void> {
    this.#shelter?.file?.close();
    if (this.#sqlite.isOpen) this.#sqlite.close();
    this.#mark?.close();
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
    if (error.code === 'corrupt' || error.code === 'io') this.onAmiss();
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
  /** What was last put into the reserve, or was to be. */
  readonly kept: readonly Uint8Array[];
  /** That is there, so that a crash loses results alone. */
  readonly isSafe: boolean;
}

const none = new Uint8Array();

function waitingNoLongerThan(ms: number, sqlite: DatabaseSyncInstance, work: () => void): void {
  sqlite.exec(`pragma busy_timeout = ${ms}`);
  try {
    work();
  } finally {
    sqlite.exec(`pragma busy_timeout = ${busyTimeoutMs}`);
  }
}

function damage(): Error {
  // As the driver says it.
  return new Error('database disk image is malformed');
}

/** Every number that is stored is a whole one; a fraction would be refused by the STRICT tables, and a cycle lost by it. */
function whole(value: Value): Value {
  return typeof value === 'number' ? Math.round(value) : value;
}
