import { reasonCodes } from '../../model/result.ts';
import type { Sql } from '../sql/sql.ts';
import { nextTurn } from '../sql/turns.ts';
import {
  type Columns,
  columnsOf,
  inOrder,
  packBlock,
  ResultBlock,
  type ResultRow,
  rowsOf,
  sliceOf,
} from './result-block.ts';

/** Of so many results the history of one check is read at once; less is packed worse. */
const resultsABlock = 500;

const insertBlock = `insert into result_block (cycle_id, part, first_no, last_no, count, codes, data)
  values (?, (select coalesce(max(part) + 1, 0) from result_block where cycle_id = ?1), ?, ?, ?, ?, ?)`;

/**
 * Inside a transaction. What comes in while the cycle runs is stored as it comes, in a form that takes next to no
 * time; the last ones put all of it in the order of the checks' numbers, so that a block holds neighbours.
 */
export async function insertBlocks(
  db: Sql,
  cycleId: number,
  rows: readonly ResultRow[],
  isLast: boolean,
): Promise<void> {
  if (!isLast) {
    if (rows.length > 0) await insert(db, cycleId, columnsOf(rows), false);
    return;
  }
  const deliveries: Columns[] = [];
  for (const block of await readBlocks(db, cycleId)) {
    deliveries.push(block.columns());
    await nextTurn();
  }
  if (deliveries.length > 0) await db.run('delete from result_block where cycle_id = ?', cycleId);
  const all = inOrder([...deliveries, columnsOf(rows)]);
  for (let at = 0; at < all.no.length; at += resultsABlock) {
    await nextTurn();
    await insert(db, cycleId, sliceOf(all, at, at + resultsABlock), true);
  }
}

async function insert(db: Sql, cycleId: number, columns: Columns, deflated: boolean): Promise<void> {
  let [first, last, codes] = [Infinity, -Infinity, 0];
  for (const no of columns.no) {
    first = Math.min(first, no);
    last = Math.max(last, no);
  }
  for (const code of new Set(columns.code)) codes += bitOf(code);
  const { length } = columns.no;
  await db.run(insertBlock, cycleId, first, last, length, codes, packBlock(columns, deflated));
}

/** What a cycle has, in the order in which it was delivered: of a check that is there twice the later one counts. */
export async function readBlocks(db: Sql, cycleId: number): Promise<readonly ResultBlock[]> {
  return (await db.all('select data from result_block where cycle_id = ? order by part', cycleId)).map(
    ({ data }) => new ResultBlock(data as Uint8Array),
  );
}

/** The results of a cycle, each check once. */
export async function readRows(db: Sql, cycleId: number): Promise<readonly ResultRow[]> {
  const blocks = await readBlocks(db, cycleId);
  return rowsOf(inOrder(blocks.map((block) => block.columns())));
}

/** Those blocks of a cycle that may hold one of these checks, by number. */
export async function blocksWith(
  db: Sql,
  cycleId: number,
  numbers: readonly number[],
): Promise<readonly ResultBlock[]> {
  const sorted = numbers.toSorted((a, b) => a - b);
  const parts = await db.all(
    'select part, first_no, last_no from result_block where cycle_id = ? order by part',
    cycleId,
  );
  const blocks: ResultBlock[] = [];
  for (const { part, first_no: first, last_no: last } of parts) {
    const next = sorted.find((no) => no >= Number(first));
    if (next !== undefined && next <= Number(last)) blocks.push(await blockAt(db, cycleId, Number(part)));
  }
  return blocks;
}

export async function blockAt(db: Sql, cycleId: number, part: number): Promise<ResultBlock> {
  const [row] = await db.all('select data from result_block where cycle_id = ? and part = ?', cycleId, part);
  if (row === undefined) throw new Error('a block of results has gone while it was read');
  return new ResultBlock(row.data as Uint8Array);
}

/**
 * Of the codes that are in a block, so that what is asked of one need not read all blocks.
 *
 * @param code Index into `reasonCodes`, of which a number holds no more than 53.
 */
export function bitOf(code: number): number {
  return code < reasonCodes.length ? 2 ** code : 0;
}
