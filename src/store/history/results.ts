import type { Check } from '../../model/check.ts';
import { type Result, type TimedAnswers, verdicts } from '../../model/result.ts';
import type { CheckRefs } from '../sql/check-refs.ts';
import { inParts, putRows } from '../sql/rows.ts';
import { placesFor, type Row, type Sql, type SqlDatabase } from '../sql/sql.ts';
import type { TimeRange } from '../store.ts';
import { nextTurn, rowsATurn } from '../sql/turns.ts';
import { blocksWith, insertBlocks, readRows } from './blocks.ts';
import { ResultBlock, type ResultRow, totalOf } from './result-block.ts';
import { fromRow, hasDetail, precisionOf, toDetail, toRow } from './result-row.ts';

const everything = Number.MAX_SAFE_INTEGER;
const dayMs = 86_400_000;

/** So many blocks are unpacked at once. */
const cyclesAtOnce = 64;
const detailTable = { name: 'result_detail', keys: ['cycle_id', 'check_no'], others: ['data'] };

interface CycleRef {
  readonly id: number;
  readonly startedAt: number;
}

/** Results with what takes time already done: run `insert` of it inside a transaction. */
export interface PreparedResults {
  /** @param isLast With these it has all: what of it is stored piece by piece is put in order. */
  insert(db: Sql, cycle: CycleRef, isLast: boolean): Promise<void>;
}

export class Results {
  readonly #db: SqlDatabase;
  readonly #refs: CheckRefs;

  constructor(db: SqlDatabase, refs: CheckRefs) {
    this.#db = db;
    this.#refs = refs;
  }

  async prepare(results: readonly Result[], checks: readonly Check[]): Promise<PreparedResults> {
    const details = await detailsOf(results);
    return {
      insert: async (db, cycle, isLast) => {
        for (let at = 0; at < checks.length; at += rowsATurn) {
          if (at > 0) await nextTurn();
          await this.#refs.learn(db, checks.slice(at, at + rowsATurn));
        }
        const numbers = await this.#refs.numbers(db);
        const rows = results.map((result) => toRow(result, numberOf(result, numbers), cycle));
        await insertBlocks(db, cycle.id, rows, isLast);
        const kept = details.map(({ checkId, detail }) => [cycle.id, numbers.get(checkId)?.no ?? 0, detail]);
        await putRows(db, detailTable, kept);
      },
    };
  }

  async ofCycle(db: Sql, cycleId: number): Promise<readonly Result[]> {
    const startedAt = await this.startOf(db, cycleId);
    if (startedAt === undefined) return [];
    const ids = await this.#refs.ids(db);
    const details = await this.#detailsOf(db, cycleId);
    return (await readRows(db, cycleId))
      .map((row) => fromRow(row, details.get(row.no), ids.get(row.no) ?? '', startedAt))
      .toSorted((a, b) => (a.checkId < b.checkId ? -1 : 1));
  }

  /** Some of them, in the order in which they are named. */
  async someOfCycle(db: Sql, cycleId: number, checkIds: readonly string[]): Promise<readonly Result[]> {
    const startedAt = await this.startOf(db, cycleId);
    if (startedAt === undefined) return [];
    const known = await this.#refs.numbers(db);
    const numbers = checkIds.flatMap((id) => known.get(id)?.no ?? []);
    const blocks = (await blocksWith(db, cycleId, numbers)).toReversed();
    const details = await this.#detailsOfSome(db, cycleId, numbers);
    return checkIds.flatMap((id) => {
      const no = known.get(id)?.no;
      if (no === undefined) return [];
      const row = blocks.map((block) => rowOf(block, no)).find((found) => found !== undefined);
      return row === undefined ? [] : [fromRow(row, details.get(no), id, startedAt)];
    });
  }

  async ofCheck(
    db: Sql,
    checkId: string,
    { from, to, limit = everything }: TimeRange,
  ): Promise<readonly Result[]> {
    const [ref] = await db.all('select no from check_ref where id = ?', checkId);
    const results = new Map<number, Result>();
    if (ref === undefined) return [];
    const no = Number(ref.no);
    for await (const stretch of this.#cyclesWith(db, no, from, to)) {
      let rest = stretch;
      while (rest.length > 0 && results.size < limit) {
        const next = rest.slice(0, limit - results.size);
        rest = rest.slice(next.length);
        for (const cycles of inParts(next, cyclesAtOnce))
          for (const [cycle, result] of await this.#inCycles(db, { no, id: checkId }, cycles))
            results.set(cycle, result);
      }
      if (results.size >= limit) break;
    }
    return [...results.values()];
  }

  /** What a check had in them, by cycle, in their order. */
  async #inCycles(
    db: Sql,
    { no, id }: { readonly no: number; readonly id: string },
    cycles: readonly CycleRef[],
  ): Promise<ReadonlyMap<number, Result>> {
    const which = placesFor(1, cycles.length);
    const numbers = cycles.map((cycle) => cycle.id);
    const rows = new Map<number, ResultRow>();
    const blocks = `select cycle_id, data from result_block
      where cycle_id in ${which} and first_no <= ? and last_no >= ? order by part`;
    for (const { cycle_id: cycle, data } of await db.all(blocks, ...numbers, no, no)) {
      const row = rowOf(new ResultBlock(data as Uint8Array), no);
      if (row !== undefined) rows.set(Number(cycle), row);
    }
    const sql = `select cycle_id, data from result_detail where cycle_id in ${which} and check_no = ?`;
    const details = new Map(
      (await db.all(sql, ...numbers, no)).map((row) => [Number(row.cycle_id), row.data as Uint8Array]),
    );
    const results = new Map<number, Result>();
    for (const cycle of cycles) {
      const row = rows.get(cycle.id);
      if (row !== undefined) results.set(cycle.id, fromRow(row, details.get(cycle.id), id, cycle.startedAt));
    }
    return results;
  }

  /** Cycles that may have a check, newest first: a stretch of time after the other, each longer than the one before. */
  async *#cyclesWith(db: Sql, no: number, from: number, to: number): AsyncGenerator<readonly CycleRef[]> {
    const [edges] = await db.all('select min(started_at) as first, max(started_at) as last from cycle');
    const oldest = Math.max(from, Number(edges?.first ?? Infinity));
    let end = Math.min(to, Number(edges?.last ?? 0));
    for (let reach = dayMs; end >= oldest; reach *= 4) {
      const start = Math.max(oldest, end - reach);
      // In that order, and without the blocks themselves: what is asked of is a small part of the cycles.
      const rows = await db.all(
        `select distinct c.id, c.started_at from cycle c
           cross join result_block b indexed by result_block_span on b.cycle_id = c.id
           where c.started_at between ?1 and ?2 and b.first_no <= ?3 and b.last_no >= ?3
           order by c.started_at desc, c.id desc`,
        start,
        end,
        no,
      );
      yield rows.map(toCycleRef);
      end = start - 1;
    }
  }

  async recentLatencies(since: number, perCheck: number): Promise<ReadonlyMap<string, TimedAnswers>> {
    const ids = await this.#refs.ids(this.#db);
    const newestFirst = new Map<number, Answers>();
    for (const { id: cycle, startedAt } of await this.#cyclesSince(since)) {
      for (const { no, at, totalMs, leastMs } of answersOf(await readRows(this.#db, cycle))) {
        const answers = newestFirst.get(no) ?? { at: [], ms: [], leastMs: [] };
        newestFirst.set(no, answers);
        if (answers.ms.length >= perCheck) continue;
        answers.at.push(startedAt + at);
        answers.ms.push(totalMs);
        answers.leastMs.push(leastMs);
      }
      await nextTurn();
    }
    return new Map([...newestFirst].map(([no, answers]) => [ids.get(no) ?? '', inOrderOf(answers)]));
  }

  /** When the last cycle began, epoch ms; 0: there is none. */
  async lastStart(): Promise<number> {
    const [row] = await this.#db.all('select max(started_at) as at from cycle');
    return Number(row?.at ?? 0);
  }

  /** The last result of each check in the cycles that began since then. */
  async lastSince(since: number): Promise<readonly Result[]> {
    const ids = await this.#refs.ids(this.#db);
    const last = new Map<
      number,
      { readonly at: number; readonly row: ResultRow; readonly cycle: CycleRef }
    >();
    for (const cycle of await this.#cyclesSince(since)) {
      for (const row of await readRows(this.#db, cycle.id)) {
        const at = cycle.startedAt + row.at * 100;
        if ((last.get(row.no)?.at ?? -Infinity) < at) last.set(row.no, { at, row, cycle });
      }
      await nextTurn();
    }
    const details = new Map<number, ReadonlyMap<number, Uint8Array>>();
    for (const { cycle } of last.values())
      if (!details.has(cycle.id)) details.set(cycle.id, await this.#detailsOf(this.#db, cycle.id));
    return [...last.values()].map(({ row, cycle: { id, startedAt } }) =>
      fromRow(row, details.get(id)?.get(row.no), ids.get(row.no) ?? '', startedAt),
    );
  }

  async #cyclesSince(since: number): Promise<readonly CycleRef[]> {
    const sql = 'select id, started_at from cycle where started_at >= ? order by started_at desc, id desc';
    return (await this.#db.all(sql, since)).map(toCycleRef);
  }

  /** When a cycle began, epoch ms. */
  async startOf(db: Sql, cycleId: number): Promise<number | undefined> {
    const [row] = await db.all('select started_at from cycle where id = ?', cycleId);
    return row === undefined ? undefined : Number(row.started_at);
  }

  async #detailsOf(db: Sql, cycleId: number): Promise<ReadonlyMap<number, Uint8Array>> {
    const rows = await db.all('select check_no, data from result_detail where cycle_id = ?', cycleId);
    return new Map(rows.map(toDetailEntry));
  }

  async #detailsOfSome(
    db: Sql,
    cycleId: number,
    numbers: readonly number[],
  ): Promise<ReadonlyMap<number, Uint8Array>> {
    const details = new Map<number, Uint8Array>();
    for (const some of inParts(numbers)) {
      const sql = `select check_no, data from result_detail where cycle_id = ? and check_no in ${placesFor(1, some.length)}`;
      for (const [no, data] of (await db.all(sql, cycleId, ...some)).map(toDetailEntry))
        details.set(no, data);
    }
    return details;
  }
}

function toCycleRef(row: Row): CycleRef {
  return { id: Number(row.id), startedAt: Number(row.started_at) };
}

function toDetailEntry(row: Row): readonly [no: number, detail: Uint8Array] {
  return [Number(row.check_no), row.data as Uint8Array];
}

interface CheckDetail {
  readonly checkId: string;
  readonly detail: Uint8Array;
}

/** Nearly all are passes of which there is nothing to be kept, and which are not waited for. */
function detailsOf(results: readonly Result[]): Promise<readonly CheckDetail[]> {
  const told = results.filter(hasDetail);
  return Promise.all(
    told.map(async (result) => ({ checkId: result.checkId, detail: await toDetail(result) })),
  );
}

function numberOf({ checkId }: Result, numbers: ReadonlyMap<string, { readonly no: number }>): number {
  const known = numbers.get(checkId);
  if (known === undefined) throw new Error(`result of a check that nobody named: ${checkId}`);
  return known.no;
}

function rowOf(block: ResultBlock, no: number): ResultRow | undefined {
  const index = block.indexOf(no);
  return index < 0 ? undefined : block.row(index);
}

/** Of one check, the newest first. */
type Answers = Readonly<Record<'at' | 'ms' | 'leastMs', number[]>>;

function inOrderOf({ at, ms, leastMs }: Answers): TimedAnswers {
  const isPrecise = leastMs.every((one, no) => one === ms[no]);
  return {
    at: at.toReversed(),
    ms: ms.toReversed(),
    ...(isPrecise ? {} : { leastMs: leastMs.toReversed() }),
  };
}

interface Answer {
  readonly no: number;
  /** Since the start of the cycle. */
  readonly at: number;
  readonly totalMs: number;
  /** Without what was our own time. */
  readonly leastMs: number;
}

/** Of those that did not fail, and of which it is known how long they took. */
function answersOf(rows: readonly ResultRow[]): readonly Answer[] {
  return rows.flatMap((row): readonly Answer[] => {
    const { imprecise, lateMs } = precisionOf(row);
    const isKnown = imprecise !== true || lateMs !== undefined;
    if (row.status <= 0 || verdicts[row.verdict] === 'fail' || !isKnown) return [];
    const totalMs = totalOf(row) / 10;
    return [{ no: row.no, at: row.at * 100, totalMs, leastMs: Math.max(0, totalMs - (lateMs ?? 0)) }];
  });
}
