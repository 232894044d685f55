import { sentence } from '../../messages/sentence.ts';
import type { Sql } from '../sql/sql.ts';
import { StoreError, type StoreFailure } from '../store.ts';
import type { PostgresAddress } from './address.ts';
import { lockOf, type PostgresDatabase } from './database.ts';
import { now } from './lease-row.ts';
import { migrations, worksFrom } from './migrations.ts';

/** Of the server; older ones get no fixes any more (postgresql.org/support/versioning). */
const leastVersion = 14;

/**
 * Makes the tables, or brings them up to date, one process at a time; `change: false` only looks whether they are. Rejects
 * with a `StoreError` when the server is too old or the tables are not ours.
 */
export async function migrate(database: PostgresDatabase, change: boolean): Promise<void> {
  const { address } = database;
  if (!change) {
    const version = await database.read((db) => requireOurs(db, address));
    if (version < migrations.length) throw notYet(address, version === 0);
    return;
  }
  // With nothing to change nothing is written; a newer version may have been here that this one can work beside.
  if ((await database.read((db) => requireOurs(db, address))) >= migrations.length) return;
  await database.write(async (db) => {
    // Whoever was given a schema need not be allowed to make one.
    const [schema] = await db.all('select 1 from pg_namespace where nspname = ?', address.schema);
    if (schema === undefined) await db.run(`create schema if not exists "${address.schema}"`);
    await db.all(`select pg_advisory_xact_lock(${lockOf('migrate')})`);
    const version = await requireOurs(db, address);
    for (const sql of migrations.slice(version).flatMap((one) => one.split(/;\n/)))
      if (sql.trim() !== '') await db.run(sql);
    if (version >= migrations.length) return;
    await db.run('create table if not exists patrol_version (version bigint not null)');
    await db.run('alter table patrol_version add column if not exists works_from bigint');
    await db.run('delete from patrol_version');
    await db.run(
      'insert into patrol_version (version, works_from) values (?, ?)',
      migrations.length,
      worksFrom,
    );
    if (version > 0 && version < worksFrom) await db.run(leadNoLonger);
  });
}

/** Whoever leads and does not know what has changed writes nothing more. */
const leadNoLonger = `update patrol_lease set until = 0, epoch = epoch + 1, back_at = ${now}, back_epoch = epoch + 1`;

/** Throws a `StoreError` when tables have changed in a way with which this version can do nothing. */
export function requireKnown(from: number, version: number, address: PostgresAddress): void {
  if (from <= migrations.length) return;
  throw refusal(
    'newer',
    sentence('databaseSchemaNewer', { version, known: migrations.length }),
    address,
    sentence('useNewerProgramHere'),
  );
}

/** The version of the tables; 0: there are none. */
async function requireOurs(db: Sql, address: PostgresAddress): Promise<number> {
  await requireUsable(db, address);
  const tables = await db.all(
    `select tablename as name from pg_tables where schemaname = ? order by (tablename = 'patrol_version') desc limit 1`,
    address.schema,
  );
  if (tables.length === 0) return 0;
  if (tables[0]?.name !== 'patrol_version')
    throw refusal(
      'foreign',
      sentence('databaseSchemaForeign', { schema: address.schema }),
      address,
      sentence('giveOwnSchema'),
    );
  const [row] = await db.all('select * from patrol_version');
  const version = Number(row?.version ?? 0);
  // Older ones have not written from where on they can be worked with.
  requireKnown(Number(row?.works_from ?? version), version, address);
  return version;
}

/** The server and the database as they were made, and what this user may do there. */
async function requireUsable(db: Sql, address: PostgresAddress): Promise<void> {
  const [server] = await db.all(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
  );
  const version = Math.floor(Number(server?.version) / 10_000);
  if (version < leastVersion)
    throw refusal(
      'outdated',
      sentence('databaseServerOld', { version, least: leastVersion }),
      address,
      sentence('useNewerServer', { least: leastVersion }),
    );
  const encoding = String(server?.encoding);
  if (encoding !== 'UTF8')
    throw refusal(
      'foreign',
      sentence('databaseEncoding', { encoding }),
      address,
      sentence('createUtf8Database'),
    );
  const [schema] = await db.all(
    `select has_schema_privilege(nspname, 'usage')::int as used from pg_namespace where nspname = ?`,
    address.schema,
  );
  // Without it the server does not look there, and has no such tables.
  if (schema?.used === 0)
    throw refusal('readonly', sentence('databaseRightsMissing'), address, sentence('grantDatabaseRights'));
}

function notYet({ shown }: PostgresAddress, isEmpty: boolean): StoreError {
  return new StoreError({
    code: isEmpty ? 'missing' : 'outdated',
    said: sentence(isEmpty ? 'databaseEmpty' : 'databaseOutdated', { path: shown }),
    hint: sentence(isEmpty ? 'startPatrolThere' : 'restartToUpdate'),
    retry: true,
  });
}

function refusal(
  code: StoreFailure,
  what: ReturnType<typeof sentence>,
  { shown }: PostgresAddress,
  hint: ReturnType<typeof sentence>,
): StoreError {
  return new StoreError({ code, said: sentence('ofDatabase', { path: shown, what }), hint, retry: false });
}
