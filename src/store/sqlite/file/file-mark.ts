import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';

const headerBytes = 100;
const magic = 'SQLite format 3\0';

interface MarkedFile {
  /** The one with the mark. */
  readonly page: Buffer;
  readonly bytes: number;
  /** As long as it says that it is. */
  readonly saidBytes: number;
}

/**
 * A mark inside the file of a database, by which the one who has it open knows the file as its own: another one, and a
 * copy from before, have another mark. It reaches the file when the log is moved there.
 *
 * The file stays open: closing it would give up every lock that this process has on it, SQLite's among them, and whoever
 * else opens the database would take it for unused and its log away (sqlite.org/howtocorrupt.html, 2.2).
 */
export class FileMark {
  readonly #file: number;
  readonly #page: number;
  /** The one that was seen in the file, and those that are on their way. */
  #marks: readonly string[] = [];
  /** Before one has reached the file, nothing can be said of it. */
  #isSeen = false;
  /** How long it was when all of the log was in it. */
  #bytes = 0;

  /** For a database whose tables are there. */
  constructor(path: string, sqlite: DatabaseSyncInstance) {
    const row = sqlite.prepare("select rootpage from sqlite_schema where name = 'file_mark'").get() as {
      readonly rootpage: number;
    };
    this.#page = row.rootpage;
    this.#file = openSync(path, 'r');
  }

  /** To be called before the log is moved into the file, and not within a transaction. */
  renew(sqlite: DatabaseSyncInstance): void {
    const mark = randomBytes(16).toString('hex');
    try {
      sqlite.exec(`begin immediate; delete from file_mark; insert into file_mark values ('${mark}'); commit`);
    } catch (error) {
      if (sqlite.isTransaction) sqlite.exec('rollback');
      throw error;
    }
    this.#marks = [...this.#marks, mark];
  }

  /** To be called after the log was moved. */
  see(): void {
    const read = this.#read();
    const seen = this.#marks.findLastIndex((mark) => read?.page.includes(mark) === true);
    if (read === undefined || seen < 0) return;
    this.#isSeen = true;
    this.#bytes = read.bytes;
    this.#marks = this.#marks.slice(seen);
  }

  /**
   * Whether the file is the one that was marked, and as long as it has to be: where the log could be moved only in part, it
   * says already that it is longer than it was, and is not; the log still has what it lacks. Throws what the file system says.
   */
  get isThere(): boolean {
    if (!this.#isSeen) return true;
    const read = this.#read();
    if (read === undefined || read.bytes < Math.min(this.#bytes, read.saidBytes)) return false;
    return this.#marks.some((mark) => read.page.includes(mark));
  }

  /** To be called when the database is closed, and not before. */
  close(): void {
    closeSync(this.#file);
  }

  /** By sqlite.org/fileformat.html; `undefined`: it is no database. */
  #read(): MarkedFile | undefined {
    const head = Buffer.alloc(headerBytes);
    if (readSync(this.#file, head, 0, headerBytes, 0) < headerBytes) return undefined;
    if (head.toString('latin1', 0, magic.length) !== magic) return undefined;
    const size = head.readUInt16BE(16);
    const pageBytes = size === 1 ? 65_536 : size;
    const page = Buffer.alloc(pageBytes);
    readSync(this.#file, page, 0, pageBytes, (this.#page - 1) * pageBytes);
    return { page, bytes: fstatSync(this.#file).size, saidBytes: head.readUInt32BE(28) * pageBytes };
  }
}
