import { sentence } from '../../messages/sentence.ts';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { migrations } from './migrations.ts';
import { StoreError } from '../store.ts';

/** `APIP`: tells our files from anybody else's SQLite database. */
const applicationId = 0x41504950;
/** A safety net: checkpoints are run between cycles, when nothing is being measured. */
const checkpointPages = 16_384;

/** Makes the tables, or brings them up to date. Throws a `StoreError` when it is not ours. */
export function migrate(sqlite: DatabaseSyncInstance, path: string): void {
  requireOurs(sqlite, path);
  // With nothing to change nothing is written: there may be no room for it.
  const isCurrent = requireKnown(sqlite, path) === migrations.length;
  if (!isCurrent) sqlite.exec('pragma auto_vacuum = incremental');
  sqlite.exec(`
    pragma journal_mode = wal;
    pragma synchronous = normal;
    pragma foreign_keys = on;
    pragma wal_autocheckpoint = ${checkpointPages};
  `);
  if (isCurrent) return;
  sqlite.exec('begin immediate');
  try {
    for (const sql of migrations.slice(requireKnown(sqlite, path))) sqlite.exec(sql);
    // Where there are results in it they are brought into blocks first (`../sqlite/result-rows.ts`). A process that
    // has waited for another one's migration may find it gone.
    if (hasTable(sqlite, 'result') && pragma(sqlite, 'select exists (select 1 from result) as value') === 0)
      sqlite.exec('drop table result');
    sqlite.exec(
      `pragma application_id = ${applicationId}; pragma user_version = ${migrations.length}; commit`,
    );
  } catch (error) {
    if (sqlite.isTransaction) sqlite.exec('rollback');
    throw error;
  }
}

/** For looking on: whoever writes brings it up to date. Throws a `StoreError`. */
export function requireCurrent(sqlite: DatabaseSyncInstance, path: string): void {
  requireOurs(sqlite, path);
  if (requireKnown(sqlite, path) === migrations.length) return;
  // A file that something has only touched, or that a patrol has made and not come to fill.
  if (tablesOf(sqlite) === 0)
    throw new StoreError({
      code: 'missing',
      said: sentence('databaseEmpty', { path }),
      hint: sentence('startPatrol'),
      retry: true,
    });
  throw new StoreError({
    code: 'outdated',
    said: sentence('databaseOutdated', { path }),
    hint: sentence('restartToUpdate'),
    retry: true,
  });
}

function requireOurs(sqlite: DatabaseSyncInstance, path: string): void {
  if (
    tablesOf(sqlite) === 0 ||
    pragma(sqlite, 'select application_id as value from pragma_application_id') === applicationId
  )
    return;
  throw new StoreError({
    code: 'foreign',
    said: sentence('databaseForeign', { path }),
    hint: sentence('chooseOtherFile'),
    retry: false,
  });
}

function hasTable(sqlite: DatabaseSyncInstance, name: string): boolean {
  return pragma(sqlite, `select count(*) as value from sqlite_schema where name = '${name}'`) > 0;
}

function tablesOf(sqlite: DatabaseSyncInstance): number {
  return pragma(sqlite, 'select count(*) as value from sqlite_schema');
}

/** The database's version, when this program knows it. */
function requireKnown(sqlite: DatabaseSyncInstance, path: string): number {
  const version = pragma(sqlite, 'select user_version as value from pragma_user_version');
  if (version <= migrations.length) return version;
  throw new StoreError({
    code: 'newer',
    said: sentence('databaseNewer', { path, version, known: migrations.length }),
    hint: sentence('useNewerProgram'),
    retry: false,
  });
}

function pragma(sqlite: DatabaseSyncInstance, sql: string): number {
  const row = sqlite.prepare(sql).get() as { readonly value: number };
  return row.value;
}
