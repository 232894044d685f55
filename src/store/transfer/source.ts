import { statSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { sentence } from '../../messages/sentence.ts';
import type { OwnSentence } from '../../model/sentence.ts';
import { sha256 } from '../../lib/text/text.ts';
import type { Row } from '../sql/sql.ts';
import { toStoreError } from '../sqlite/failure.ts';
import { requireFile } from '../sqlite/file/files.ts';
import { markOf } from '../sqlite/file/refuge.ts';
import { Reserve } from '../sqlite/file/reserve.ts';
import { requireCurrent } from '../sqlite/migrate.ts';
import { StoreError, type StoreFailure } from '../store.ts';

export interface SourceTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
}

/** Of the file alone: by which it is known as the one that it is, and rows of versions before 0.3, which are blocks by now. */
const ofFile: ReadonlySet<string> = new Set(['file_mark', 'result']);

/** The embedded database, as it was at one moment; nothing of it is changed. */
export class Source {
  readonly path: string;
  readonly #sqlite: DatabaseSyncInstance;
  readonly #open = new Set<unknown>();
  #tables: readonly SourceTable[] | undefined;

  private constructor(path: string, sqlite: DatabaseSyncInstance) {
    this.path = path;
    this.#sqlite = sqlite;
  }

  /** Throws a `StoreError`, also when an older version has written it. */
  static open(path: string): Source {
    let sqlite: DatabaseSyncInstance | undefined;
    try {
      requireFile(path);
      sqlite = new DatabaseSync(path, { readOnly: true });
      requireCurrent(sqlite, path);
      requireSettled(sqlite, path);
      sqlite.exec('begin');
      return new Source(path, sqlite);
    } catch (error) {
      sqlite?.close();
      throw withAdvice(toStoreError(error, path));
    }
  }

  /** Another one after something was written into it. */
  get identity(): string {
    const size = (name: string): number =>
      statSync(`${this.path}${name}`, { throwIfNoEntry: false })?.size ?? 0;
    const main = statSync(this.path);
    return sha256([markOf(this.#sqlite), main.size, Math.floor(main.mtimeMs), size('-wal')].join());
  }

  /** Those that others refer to first. */
  tables(): readonly SourceTable[] {
    this.#tables ??= this.#guard(() => inOrder(this.#named().map((name) => this.#table(name))));
    return this.#tables;
  }

  /** In an order that stays, without the first `skip`; a row at a time. */
  *rows(table: SourceTable, skip: number): IterableIterator<Row> {
    const { name, columns } = table;
    const sql = `select ${columns.join(', ')} from ${name} order by ${this.#order(name)} limit -1 offset ?`;
    const statement = this.#guard(() => this.#sqlite.prepare(sql));
    // Collected, it would end its rows.
    this.#open.add(statement);
    const rows = this.#guard(() => statement.iterate(skip)) as IterableIterator<Row>;
    for (;;) {
      const next = this.#guard(() => rows.next());
      if (next.done === true) break;
      yield next.value;
    }
    this.#open.delete(statement);
  }

  /** The highest number that was ever given out, by table: none is given out again. */
  lastNumbers(): ReadonlyMap<string, number> {
    const rows = this.#all('select name, seq from sqlite_sequence');
    return new Map(rows.map(({ name, seq }) => [String(name), Number(seq)]));
  }

  close(): void {
    this.#sqlite.close();
  }

  #named(): readonly string[] {
    const rows = this.#all("select name from sqlite_schema where type = 'table' order by name");
    return rows
      .map(({ name }) => String(name))
      .filter((name) => !name.startsWith('sqlite_') && !ofFile.has(name));
  }

  #table(name: string): SourceTable {
    const columns = this.#all(`select name from pragma_table_info('${name}') order by cid`);
    const [count] = this.#all(`select count(*) as rows from ${name}`);
    return { name, columns: columns.map((column) => String(column.name)), rows: Number(count?.rows) };
  }

  #order(name: string): string {
    const [table] = this.#all(`select wr from pragma_table_list where schema = 'main' and name = '${name}'`);
    if (Number(table?.wr) === 0) return 'rowid';
    const keys = this.#all(`select name from pragma_table_info('${name}') where pk > 0 order by pk`);
    return keys.map((key) => String(key.name)).join(', ');
  }

  #all(sql: string): readonly Row[] {
    return this.#sqlite.prepare(sql).all() as readonly Row[];
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw toStoreError(error, this.path);
    }
  }
}

/** What other tables refer to. */
const referredTo: ReadonlySet<string> = new Set(['incident', 'outbox']);

function inOrder(tables: readonly SourceTable[]): readonly SourceTable[] {
  const rank = ({ name }: SourceTable): number => (referredTo.has(name) ? 0 : 1);
  return tables.toSorted((one, other) => rank(one) - rank(other));
}

/** All that it holds is in its tables, in the form of this version. */
function requireSettled(sqlite: DatabaseSyncInstance, path: string): void {
  const hasRows = sqlite.prepare("select 1 from sqlite_schema where name = 'result'").get() !== undefined;
  if (hasRows && sqlite.prepare('select 1 from result limit 1').get() !== undefined)
    throw unfit('outdated', sentence('databaseOutdated', { path }));
  const reserved = new Reserve(path).read();
  if (reserved?.mark === undefined || reserved.mark !== markOf(sqlite)) return;
  throw unfit('outdated', sentence('sourceLeftInReserve', { path }));
}

function unfit(code: StoreFailure, said: OwnSentence): StoreError {
  return new StoreError({ code, said, hint: sentence('startPatrolOnSource'), retry: false });
}

const advised: ReadonlySet<StoreFailure> = new Set(['missing', 'outdated', 'corrupt', 'foreign']);

/** What is to be done about a database that a patrol was to open is another thing than for one that is only read. */
function withAdvice(error: StoreError): StoreError {
  if (!advised.has(error.code)) return error;
  const hint = sentence(error.code === 'outdated' ? 'startPatrolOnSource' : 'nameSourceFile');
  return new StoreError({ code: error.code, said: error.said, hint, retry: false, cause: error });
}
