import { constants, DatabaseSync, type DatabaseSyncInstance, type Session } from '@photostructure/sqlite';
import type { Unstored } from './reserve.ts';

/** A table of which a copy is kept in memory, and which rows of it. */
interface Kept {
  readonly table: string;
  readonly rows: string;
  /** Of what was kept: what is not any longer. */
  readonly dropped?: string;
}

/** So many of the last messages tell who has heard what, save of what goes on: of that all. */
const mostHeard = 1000;
const isOldNews = `state <> 'pending' and id <= (select max(id) from outbox) - ${mostHeard} and not exists (
  select 1 from outbox_incident told join incident on incident.no = told.incident_no
  where told.outbox_id = kept_outbox.id and incident.ended_at is null)`;

/**
 * What a patrol has to know to go on without its file: what is open, what waits to be told and who has heard
 * of it, what is hushed, who may come in. Those that others refer to first.
 */
const kept: readonly Kept[] = [
  { table: 'check_ref', rows: 'true' },
  { table: 'cycle', rows: 'outcome is null' },
  { table: 'incident', rows: 'ended_at is null' },
  { table: 'acknowledgement', rows: 'ended_at is null' },
  { table: 'outbox', rows: "state <> 'superseded'", dropped: isOldNews },
  { table: 'silence', rows: 'true' },
  { table: 'account', rows: 'true' },
  { table: 'session', rows: 'true' },
  { table: 'api_token', rows: 'true' },
  { table: 'spent_link', rows: 'true' },
  { table: 'channel', rows: 'true' },
  { table: 'token', rows: 'true' },
  { table: 'sign_in', rows: 'true' },
  { table: 'budget', rows: 'true' },
  { table: 'proof', rows: 'true' },
  { table: 'trial', rows: 'true' },
  { table: 'set_up', rows: 'true' },
  { table: 'retention', rows: 'true' },
  { table: 'clock_mark', rows: 'true' },
];
/** What of it has to outlive a crash while nothing can be stored. Those that others refer to first. */
const unstoredTables = [
  'incident',
  'acknowledgement',
  'outbox',
  'outbox_incident',
  'transition',
  'silence',
  'token',
  'sign_in',
  'channel',
  'account',
  'session',
  'api_token',
  'spent_link',
  'clock_mark',
];
/** Of these the last row is needed as well: the next one gets the number after it. */
const numbered = ['incident', 'look', 'document_change'];

/** Keeps copies in memory, changed with each row: they can be read when the file cannot be any more. */
export function keepCopies(sqlite: DatabaseSyncInstance): void {
  sqlite.exec('pragma temp_store = memory');
  for (const { table, rows, dropped } of kept) {
    const keys = sqlite.prepare(`select name from pragma_table_info('${table}') where pk > 0`).all() as {
      readonly name: string;
    }[];
    const same = (row: string): string => keys.map(({ name }) => `${name} = ${row}.${name}`).join(' and ');
    const forget = (row: string): string => `delete from kept_${table} where ${same(row)};`;
    const keep = `insert into kept_${table} select * from ${table} where ${same('new')} and (${rows});`;
    const drop = dropped === undefined ? '' : `delete from kept_${table} where ${dropped};`;
    const isLeft = dropped === undefined ? '' : `and not (${dropped})`;
    sqlite.exec(`
      create temp table kept_${table} as select * from main.${table} kept_${table} where (${rows}) ${isLeft};
      create unique index temp.kept_${table}_key on kept_${table} (${keys.map(({ name }) => name).join(', ')});
      create temp trigger put_${table} after insert on main.${table} begin ${forget('new')} ${keep} ${drop} end;
      create temp trigger set_${table} after update on main.${table} begin
        ${forget('old')} ${forget('new')} ${keep} end;
      create temp trigger cut_${table} after delete on main.${table} begin ${forget('old')} end;
    `);
  }
}

/** A database in memory with what is kept of the one that can no longer be used, and what has come since. */
export interface Refuge {
  readonly sqlite: DatabaseSyncInstance;
  readonly news: Session;
  /** That of the news which has to outlive a crash, by table. */
  readonly vital: readonly Session[];
  /** The mark of the file; `undefined`: it cannot be read. */
  readonly mark: string | undefined;
  /** Whether what is in the file can still be read: then the news can be put into it. */
  readonly isReadable: boolean;
}

/** @param create Makes the tables. */
export function takeRefuge(
  from: DatabaseSyncInstance,
  create: (sqlite: DatabaseSyncInstance) => void,
): Refuge {
  const sqlite = new DatabaseSync(':memory:');
  create(sqlite);
  sqlite.exec('pragma foreign_keys = off; begin');
  for (const { table } of kept) copy(from, `select * from temp.kept_${table}`, sqlite, table);
  const isReadable = goOnCounting(from, sqlite);
  sqlite.exec(`delete from acknowledgement where incident_no not in (select no from incident);
    commit; pragma foreign_keys = on`);
  const vital = unstoredTables.map((table) => sqlite.createSession({ table }));
  return {
    sqlite,
    news: sqlite.createSession(),
    vital,
    mark: isReadable ? markOf(from) : undefined,
    isReadable,
  };
}

/** By which a file is known as the one that it was (`file-mark.ts`). */
export function markOf(sqlite: DatabaseSyncInstance): string | undefined {
  const row = sqlite.prepare('select mark from main.file_mark').get() as
    | { readonly mark: string }
    | undefined;
  return row?.mark;
}

/** What of the news has to outlive a crash; `undefined` when it would belong to no file. */
export function unstoredOf({ sqlite, vital, mark }: Refuge): Unstored | undefined {
  if (mark === undefined) return undefined;
  const row = sqlite.prepare('select max(id) as id from cycle').get() as { readonly id: number | null };
  return { mark, lastCycle: row.id ?? 0, changesets: vital.map((session) => session.changeset()) };
}

/** Puts in what has been told and could not be stored before the process was killed: all of it or nothing. */
export function catchUp(sqlite: DatabaseSyncInstance, { changesets, lastCycle }: Unstored): void {
  sqlite.exec('begin immediate');
  try {
    for (const changeset of changesets) bringHome(sqlite, changeset);
    sqlite.prepare("update sqlite_sequence set seq = max(seq, ?) where name = 'cycle'").run(lastCycle);
    sqlite.exec('commit');
  } catch (error) {
    if (sqlite.isTransaction) sqlite.exec('rollback');
    throw error;
  }
}

export function closeSessions({ news, vital }: Refuge): void {
  for (const session of [news, ...vital]) session.close();
}

/** No number is given out again that something in the file has; false when that cannot be read. */
function goOnCounting(from: DatabaseSyncInstance, sqlite: DatabaseSyncInstance): boolean {
  try {
    for (const table of numbered)
      copy(from, `select * from main.${table} order by rowid desc limit 1`, sqlite, table);
    sqlite.exec('delete from sqlite_sequence');
    copy(from, 'select * from main.sqlite_sequence', sqlite, 'sqlite_sequence');
    return true;
  } catch {
    // Then there will be another file, and nothing in the way.
    return false;
  }
}

function copy(from: DatabaseSyncInstance, query: string, to: DatabaseSyncInstance, table: string): void {
  const rows = from.prepare(query).all() as Readonly<Record<string, string | number | null | Uint8Array>>[];
  for (const row of rows) {
    const columns = Object.keys(row);
    const marks = columns.map(() => '?').join(', ');
    to.prepare(`insert or ignore into ${table} (${columns.join(', ')}) values (${marks})`).run(
      ...Object.values(row),
    );
  }
}

/** Puts what has come meanwhile into the file. */
export function bringHome(file: DatabaseSyncInstance, news: Uint8Array): void {
  if (news.length === 0) return;
  const { SQLITE_CHANGESET_DATA, SQLITE_CHANGESET_CONFLICT } = constants;
  const isKnown = (conflict: number): boolean =>
    conflict === SQLITE_CHANGESET_DATA || conflict === SQLITE_CHANGESET_CONFLICT;
  file.applyChangeset(news, {
    onConflict: (conflict) =>
      isKnown(conflict) ? constants.SQLITE_CHANGESET_REPLACE : constants.SQLITE_CHANGESET_OMIT,
  });
}

/** Results and looks that are given up so that no more than `bytes` are taken; returns how many results. */
export function letGo(sqlite: DatabaseSyncInstance, bytes: number): number {
  let gone = 0;
  while (usedBytes(sqlite) > bytes) {
    const oldest = sqlite
      .prepare(
        'select cycle_id as id, sum(count) as results from result_block group by cycle_id order by cycle_id limit 1',
      )
      .get() as { readonly id: number; readonly results: number } | undefined;
    const looks = sqlite
      .prepare('delete from look where id <= (select min(id) + 100 from look)')
      .run().changes;
    if (oldest === undefined && looks === 0) return gone;
    if (oldest === undefined) continue;
    for (const table of ['result_detail', 'result_block'])
      sqlite.prepare(`delete from ${table} where cycle_id = ?`).run(oldest.id);
    gone += oldest.results;
  }
  return gone;
}

function usedBytes(sqlite: DatabaseSyncInstance): number {
  const row = sqlite
    .prepare(
      `select (page_count - freelist_count) * page_size as bytes
       from pragma_page_count, pragma_freelist_count, pragma_page_size`,
    )
    .get() as { readonly bytes: number };
  return row.bytes;
}
