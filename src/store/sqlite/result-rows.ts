import type { Logger } from '../../lib/logger.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { unpackVarints } from '../sql/packed.ts';
import type { Row, Sql, SqlDatabase } from '../sql/sql.ts';
import { nextTurn } from '../sql/turns.ts';
import { insertBlocks } from '../history/blocks.ts';
import { restOf, type ResultRow } from '../history/result-block.ts';

/** So often it is said how far it has come. */
const saidEveryMs = 5000;

/**
 * Brings the results that older versions have stored, a row each, into blocks: a cycle in a transaction, so that it goes
 * on where it was when the process ends. Does nothing where there are none. Rejects when there would be fewer
 * afterwards than before.
 */
export async function bringIntoBlocks(database: SqlDatabase, clock: Clock, log: Logger): Promise<void> {
  // Within a transaction, since another process that brings the last of them over takes the table away.
  const cycles = (await hasRows(database)) ? await database.write(cyclesOf) : undefined;
  if (cycles === undefined) return;
  let done = 0;
  let saidAt = clock.monotonic();
  for (const [index, cycle] of cycles.entries()) {
    done += await database.write((db) => convert(db, cycle));
    if (clock.monotonic() - saidAt > saidEveryMs) {
      saidAt = clock.monotonic();
      log.info('bringing results into the new form', { cycles: index + 1, of: cycles.length, results: done });
    }
    await nextTurn();
  }
  await database.write((db) => db.run('drop table if exists result'));
  if (done > 0) log.info('results are in the new form', { cycles: cycles.length, results: done });
}

/** Undefined once another process has brought the last of them over. */
async function cyclesOf(db: Sql): Promise<readonly number[] | undefined> {
  if (!(await hasRows(db))) return undefined;
  const rows = await db.all('select distinct cycle_id as id from result order by cycle_id');
  return rows.map((row) => Number(row.id));
}

/** False as well once another process has brought the last of them over. */
async function hasRows(db: Sql): Promise<boolean> {
  return (await db.all(`select 1 from sqlite_schema where name = 'result'`)).length > 0;
}

/** Returns how many results there were. */
async function convert(db: Sql, cycle: number): Promise<number> {
  if (!(await hasRows(db))) return 0;
  const rows = (await db.all('select * from result where cycle_id = ?', cycle)).map(toRow);
  await insertBlocks(db, cycle, rows, true);
  const [stored] = await db.all('select sum(count) as count from result_block where cycle_id = ?', cycle);
  if (Number(stored?.count) < rows.length)
    throw new Error(`cycle ${cycle} had ${rows.length} results and would have ${Number(stored?.count)}`);
  await db.run('delete from result where cycle_id = ?', cycle);
  return rows.length;
}

/** A row as versions before 0.3 have stored it. */
function toRow(row: Row): ResultRow {
  const [attempts = 1, dns = 0, connect = 0, tls = 0] =
    row.extra instanceof Uint8Array ? unpackVarints(row.extra) : [];
  const happened = (value: Row[string] | undefined): number =>
    value === null || value === undefined ? 0 : Number(value) + 1;
  const [firstByte, download] = [happened(row.first_byte), happened(row.download)];
  return {
    no: Number(row.check_no),
    verdict: Number(row.verdict),
    code: Number(row.code),
    at: Number(row.at),
    status: happened(row.status),
    bytes: Number(row.bytes),
    firstByte,
    download,
    rest: restOf(Number(row.total), firstByte, download),
    attempts,
    dns,
    connect,
    tls,
    own: 0,
  };
}
