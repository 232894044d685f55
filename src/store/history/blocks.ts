import { reasonCodes } from '../../model/result.ts';
import { inParts } from '../sql/rows.ts';
import { placesFor, type Sql, type Value } from '../sql/sql.ts';
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

/** So many blocks in one statement. */
const blocksAtOnce = 16;

const columnList = 'cycle_id, part, first_no, last_no, count, codes, data';
const insertNext = `insert into result_block (${columnList})
  values (?, (select coalesce(max(part) + 1, 0) from result_block where cycle_id = ?1), ?, ?, ?, ?, ?)`;
const insertSome = (count: number): string =>
  `insert into result_block (${columnList}) values ${placesFor(count, 7)}`;

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
    if (rows.length > 0) await db.run(insertNext, cycleId, ...valuesOf(columnsOf(rows), false));
    return;
  }
  const deliveries: Columns[] = [];
  for (const block of await readBlocks(db, cycleId)) {
    deliveries.push(block.columns());
    await nextTurn();
  }
  if (deliveries.length > 0) await db.run('delete from result_block where cycle_id = ?', cycleId);
  const all = inOrder([...deliveries, columnsOf(rows)]);
  const parts = Array.from({ length: Math.ceil(all.no.length / resultsABlock) }, (_, part) => part);
  for (const some of inParts(parts, blocksAtOnce)) {
    const values: Value[] = [];
    for (const part of some) {
      await nextTurn();
      const slice = sliceOf(all, part * resultsABlock, (part + 1) * resultsABlock);
      values.push(cycleId, part, ...valuesOf(slice, true));
    }
    await db.run(insertSome(some.length), ...values);
  }
}

/** From the first number on. */
function valuesOf(columns: Columns, deflated: boolean): readonly Value[] {
  let [first, last, codes] = [Infinity, -Infinity, 0];
  for (const no of columns.no) {
    first = Math.min(first, no);
    last = Math.max(last, no);
  }
  for (const code of new Set(columns.code)) codes += bitOf(code);
  return [first, last, columns.no.length, codes, packBlock(columns, deflated)];
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
  const wanted = parts.flatMap(({ part, first_no: first, last_no: last }) => {
    const next = sorted.find((no) => no >= Number(first));
    return next !== undefined && next <= Number(last) ? [Number(part)] : [];
  });
  const blocks: ResultBlock[] = [];
  for (const some of inParts(wanted, blocksAtOnce)) {
    const sql = `select data from result_block where cycle_id = ? and part in ${placesFor(1, some.length)} order by part`;
    for (const { data } of await db.all(sql, cycleId, ...some))
      blocks.push(new ResultBlock(data as Uint8Array));
  }
  return blocks;
}

/** Those of some cycles in which one of these codes is: see `bitOf`. */
export async function blocksOf(
  db: Sql,
  cycles: readonly number[],
  codes: number,
): Promise<readonly ResultBlock[]> {
  const sql = `select data from result_block where cycle_id in ${placesFor(1, cycles.length)} and codes & ? <> 0`;
  return (await db.all(sql, ...cycles, codes)).map(({ data }) => new ResultBlock(data as Uint8Array));
}

/**
 * Of the codes that are in a block, so that what is asked of one need not read all blocks.
 *
 * @param code Index into `reasonCodes`, of which a number holds no more than 53.
 */
export function bitOf(code: number): number {
  return code < reasonCodes.length ? 2 ** code : 0;
}
