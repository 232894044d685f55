import type { Logger } from '../../lib/logger.ts';
import { sentence } from '../../messages/sentence.ts';
import type { OwnSentence } from '../../model/sentence.ts';
import { readAddress } from '../postgres/address.ts';
import { PostgresDatabase } from '../postgres/database.ts';
import { toParameter } from '../postgres/dialect.ts';
import { leaseAlone, type AloneLease } from '../postgres/lease-alone.ts';
import { migrate } from '../postgres/migrate.ts';
import { begunTransfer, endTransfer, type Transfer, transferTables } from '../postgres/transfer-mark.ts';
import { type Row, type Sql, upsert } from '../sql/sql.ts';
import { StoreError } from '../store.ts';
import type { SealedToken } from './vault.ts';

export interface TargetColumn {
  readonly name: string;
  /** Of PostgreSQL. */
  readonly type: string;
}

/** Written by every store that is opened for writing, and no patrol's data. */
const alwaysThere: ReadonlySet<string> = new Set(['retention']);
const rowsRead = 500;

/** A PostgreSQL database that takes in another one, as long as this process holds the lease of a patrol on it. */
export class Target {
  readonly #database: PostgresDatabase;
  readonly #lease: AloneLease;
  readonly #columns: ReadonlyMap<string, readonly TargetColumn[]>;

  private constructor(
    database: PostgresDatabase,
    lease: AloneLease,
    columns: ReadonlyMap<string, readonly TargetColumn[]>,
  ) {
    this.#database = database;
    this.#lease = lease;
    this.#columns = columns;
  }

  /** Makes the tables where there are none. Rejects with a `StoreError`, also while a patrol is at work on it. */
  static async open(url: string, log: Logger): Promise<Target> {
    const database = new PostgresDatabase(readAddress(url));
    try {
      await migrate(database, true);
      const lease = await leaseAlone(database, log);
      const columns = await database.read((db) => columnsOf(db, database.address.schema));
      return new Target(database, lease, columns);
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** For people: without the password. */
  get shown(): string {
    return this.#database.address.shown;
  }

  /** Those of a table; none: there is no such table. */
  columns(table: string): readonly TargetColumn[] {
    return this.#columns.get(table) ?? [];
  }

  begun(): Promise<Transfer | undefined> {
    return this.#database.read(begunTransfer);
  }

  /** Tables that hold something, with how many rows. */
  filled(): Promise<ReadonlyMap<string, number>> {
    return this.#database.read(async (db) => {
      const filled = new Map<string, number>();
      for (const table of this.#columns.keys()) {
        if (alwaysThere.has(table)) continue;
        const [row] = await db.all(`select count(*) as rows from "${table}"`);
        if (Number(row?.rows) > 0) filled.set(table, Number(row?.rows));
      }
      return filled;
    });
  }

  /** From now on nobody patrols on it until `end`. What is there is deleted. */
  async begin(transfer: Omit<Transfer, 'endedAt'>): Promise<void> {
    await this.#lease.database.write(async (db) => {
      for (const sql of transferTables) await db.run(sql);
      await db.run('delete from patrol_transfer_table');
      await db.run('delete from patrol_transfer');
      for (const table of this.#columns.keys()) await db.run(`truncate "${table}" cascade`);
      const { source, told, begunAt } = transfer;
      await db.run(
        'insert into patrol_transfer (source, told, begun_at) values (?, ?, ?)',
        source,
        told,
        begunAt,
      );
    });
  }

  /** How many rows of each table have been brought over. */
  async done(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#database.all('select name, rows from patrol_transfer_table');
    return new Map(rows.map(({ name, rows: done }) => [String(name), Number(done)]));
  }

  /** Rows of one table, with the note of how many of it there are now: all or nothing. */
  async add(table: string, columns: readonly string[], rows: readonly Row[], done: number): Promise<void> {
    const types = new Map(this.columns(table).map(({ name, type }) => [name, type]));
    const names = columns.map((name) => `"${name}"`).join(', ');
    const typed = columns.map((name) => `"${name}" ${types.get(name) ?? 'text'}`).join(', ');
    const insert = `insert into "${table}" (${names}) select ${names} from json_to_recordset(?::json) as r (${typed})`;
    const text = JSON.stringify(rows.map(toJson));
    await this.#lease.database.write(async (db) => {
      await db.run(insert, text);
      await db.run(upsert('patrol_transfer_table', ['name'], ['rows']), table, done);
    });
  }

  /** What is there, some rows at a time; again from the beginning after the connection was lost. */
  read(
    table: string,
    columns: readonly string[],
    begin: () => void,
    take: (row: Row) => void,
  ): Promise<void> {
    const names = columns.map((name) => `"${name}"`).join(', ');
    return this.#database.read(async (db) => {
      begin();
      await db.run(`declare rows_of_table no scroll cursor for select ${names} from "${table}"`);
      for (;;) {
        const rows = await db.all(`fetch ${rowsRead} from rows_of_table`);
        if (rows.length === 0) return;
        for (const row of rows) take(row);
      }
    });
  }

  /** In place of those that are there. */
  async putTokens(tokens: readonly SealedToken[]): Promise<void> {
    await this.#lease.database.write(async (db) => {
      await db.run('delete from token');
      for (const { credential, sealed } of tokens)
        await db.run('insert into token (credential, sealed) values (?, ?)', credential, sealed);
    });
  }

  async tokens(): Promise<readonly SealedToken[]> {
    const rows = await this.#database.all('select credential, sealed from token');
    return rows.map(({ credential, sealed }) => ({ credential: String(credential), sealed: String(sealed) }));
  }

  /** All of it is there: a patrol may begin. `lastNumbers`: the highest ones given out before. */
  async end(lastNumbers: ReadonlyMap<string, number>, at: number): Promise<void> {
    await this.#lease.database.write(async (db) => {
      await countOn(db, this.#database.address.schema, lastNumbers);
      await endTransfer(db, at);
    });
    // What the server guesses of tables that it has not looked at makes the first queries slow.
    for (const table of this.#columns.keys()) await this.#lease.database.run(`analyze "${table}"`);
  }

  async close(): Promise<void> {
    this.#database.hurry();
    await this.#lease.giveBack();
    await this.#database.close();
  }

  foreign(what: OwnSentence, hint: OwnSentence): StoreError {
    const said = sentence('ofDatabase', { path: this.shown, what });
    return new StoreError({ code: 'foreign', said, hint, retry: false });
  }
}

/** By table, without those that stand for the database itself. */
async function columnsOf(db: Sql, schema: string): Promise<ReadonlyMap<string, readonly TargetColumn[]>> {
  const rows = await db.all(
    `select c.table_name as tab, c.column_name as name, c.data_type as type
     from information_schema.columns c
     join pg_class k on k.relname = c.table_name and not k.relispartition
     join pg_namespace n on n.oid = k.relnamespace and n.nspname = c.table_schema
     where c.table_schema = ? and c.table_name not like 'patrol%' and k.relkind in ('r', 'p')
     order by c.table_name, c.ordinal_position`,
    schema,
  );
  const columns = new Map<string, TargetColumn[]>();
  for (const row of rows) {
    const table = String(row.tab);
    columns.set(table, [...(columns.get(table) ?? []), { name: String(row.name), type: String(row.type) }]);
  }
  return columns;
}

/** No number is given out again that something had. */
async function countOn(db: Sql, schema: string, lastNumbers: ReadonlyMap<string, number>): Promise<void> {
  const identities = await db.all(
    `select table_name as tab, column_name as name from information_schema.columns
     where table_schema = ? and is_identity = 'YES' and table_name not like 'patrol%'`,
    schema,
  );
  for (const row of identities) {
    const [tab, name] = [String(row.tab), String(row.name)];
    const last = lastNumbers.get(tab) ?? 0;
    await db.all(
      `select setval(pg_get_serial_sequence('"${schema}"."${tab}"', '${name}'), greatest(?, max("${name}"), 1),
         greatest(?1, coalesce(max("${name}"), 0)) > 0) as at from "${tab}"`,
      last,
    );
  }
}

/** As PostgreSQL reads it in JSON. */
function toJson(row: Row): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value,
    ]),
  );
}

/** A value as it is there after it was stored. */
export function asStored(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' ? String(toParameter(value)) : value,
    ]),
  );
}
