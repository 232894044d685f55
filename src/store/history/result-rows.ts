import type { Logger } from '../../lib/logger.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { unpackVarints } from '../sqlite/packed.ts';
import type { Database, Row } from '../sqlite/database.ts';
import { nextTurn } from '../sqlite/turns.ts';
import { insertBlocks } from './blocks.ts';
import { restOf, type ResultRow } from './result-block.ts';

/** So often it is said how far it has come. */
const saidEveryMs = 5000;

/**
 * Brings the results that older versions have stored, a row each, into blocks: a cycle in a transaction, so that it goes
 * on where it was when the process ends. Does nothing where there are none. Rejects when there would be fewer
 * afterwards than before.
 */
export async function bringIntoBlocks(database: Database, clock: Clock, log: Logger): Promise<void> {
  // Within a transaction, since another process that brings the last of them over takes the table away.
  const cycles = hasRows(database) ? await database.write(async () => cyclesOf(database)) : undefined;
  if (cycles === undefined) return;
  let done = 0;
  let saidAt = clock.monotonic();
  for (const [index, cycle] of cycles.entries()) {
    done += await database.write(() => convert(database, cycle));
    if (clock.monotonic() - saidAt > saidEveryMs) {
      saidAt = clock.monotonic();
      log.info('bringing results into the new form', { cycles: index + 1, of: cycles.length, results: done });
    }
    await nextTurn();
  }
  await database.write(async () => database.statement('drop table if exists result').run());
  if (done > 0) log.info('results are in the new form', { cycles: cycles.length, results: done });
}

/** Undefined once another process has brought the last of them over. */
function cyclesOf(database: Database): readonly number[] | undefined {
  if (!hasRows(database)) return undefined;
  const rows = database.statement('select distinct cycle_id as id from result order by cycle_id').all();
  return rows.map((row) => Number(row.id));
}

/** False as well once another process has brought the last of them over. */
function hasRows(database: Database): boolean {
  return database.statement(`select 1 from sqlite_schema where name = 'result'`).all().length > 0;
}

/** Returns how many results there were. */
async function convert(database: Database, cycle: number): Promise<number> {
  if (!hasRows(database)) return 0;
  const rows = database.statement('select * from result where cycle_id = ?').all(cycle).map(toRow);
  await insertBlocks(database, cycle, rows, true);
  const [stored] = database
    .statement('select sum(count) as count from result_block where cycle_id = ?')
    .all(cycle);
  if (Number(stored?.count) < rows.length)
    throw new Error(`cycle ${cycle} had ${rows.length} results and would have ${Number(stored?.count)}`);
  database.statement('delete from result where cycle_id = ?').run(cycle);
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
  };
}
