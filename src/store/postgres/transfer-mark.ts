import { sentence } from '../../messages/sentence.ts';
import type { Sql } from '../sql/sql.ts';
import { StoreError } from '../store.ts';
import type { PostgresDatabase } from './database.ts';

/** That another database has been brought into this one, or is being. */
export interface Transfer {
  /** Another one for another database. */
  readonly source: string;
  /** For people. */
  readonly told: string;
  /** Epoch ms. */
  readonly begunAt: number;
  /** Absent: it has not come to its end. */
  readonly endedAt: number | undefined;
}

/** Made with the first transfer: most databases never see one. */
export const transferTables: readonly string[] = [
  `create table if not exists patrol_transfer (
     source text collate "C" primary key, told text collate "C" not null, begun_at bigint not null, ended_at bigint)`,
  'create table if not exists patrol_transfer_table (name text collate "C" primary key, rows bigint not null)',
];

/** Inside a transaction. */
export async function begunTransfer(db: Sql): Promise<Transfer | undefined> {
  const [known] = await db.all("select to_regclass('patrol_transfer') is not null as is_there");
  if (String(known?.is_there) !== 'true') return undefined;
  const [row] = await db.all('select source, told, begun_at, ended_at from patrol_transfer');
  if (row === undefined) return undefined;
  return {
    source: String(row.source),
    told: String(row.told),
    begunAt: Number(row.begun_at),
    endedAt: row.ended_at === null ? undefined : Number(row.ended_at),
  };
}

/** Inside a transaction. */
export async function endTransfer(db: Sql, at: number): Promise<void> {
  await db.run('update patrol_transfer set ended_at = ?', at);
  await db.run('delete from patrol_transfer_table');
}

/** Whoever began on half of what there was would take what is missing for gone. Rejects with a `StoreError`. */
export async function requireWhole(database: PostgresDatabase): Promise<void> {
  const begun = await database.read(begunTransfer);
  if (begun === undefined || begun.endedAt !== undefined) return;
  const { shown: path } = database.address;
  throw new StoreError({
    code: 'foreign',
    said: sentence('ofDatabase', { path, what: sentence('transferUnfinished', { from: begun.told }) }),
    hint: sentence('finishTransfer'),
    retry: false,
  });
}
