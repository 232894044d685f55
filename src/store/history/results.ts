import type { Check } from '../../model/check.ts';
import { type Result, type TimedAnswers, verdicts } from '../../model/result.ts';
import type { CheckRefs } from '../sqlite/check-refs.ts';
import type { Database, Row } from '../sqlite/database.ts';
import { fromRow, toDetail, toRow } from './result-row.ts';
import type { TimeRange } from '../store.ts';
import type { ResultTable } from '../sqlite/tables.ts';
import { nextTurn, rowsATurn } from '../sqlite/turns.ts';

const everything = Number.MAX_SAFE_INTEGER;

const insertResult = `insert or replace into result
  (cycle_id, check_no, verdict, code, at, status, bytes, first_byte, download, total, extra)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const insertDetail = 'insert or replace into result_detail (cycle_id, check_no, data) values (?, ?, ?)';
const columns = `r.cycle_id, r.check_no, r.verdict, r.code, r.at, r.status, r.bytes, r.first_byte, r.download,
  r.total, r.extra, d.data as detail, c.started_at`;
const joined = `cycle c join result r on r.cycle_id = c.id
  left join result_detail d on d.cycle_id = r.cycle_id and d.check_no = r.check_no`;

/** Results with what takes time already done: run `insert` of it inside a transaction. */
export interface PreparedResults {
  insert(cycle: { readonly id: number; readonly startedAt: number }): Promise<void>;
}

export class Results {
  readonly #database: Database;
  readonly #refs: CheckRefs;

  constructor(database: Database, refs: CheckRefs) {
    this.#database = database;
    this.#refs = refs;
  }

  async prepare(results: readonly Result[], checks: readonly Check[]): Promise<PreparedResults> {
    const details = await Promise.all(results.map(toDetail));
    return {
      insert: async (cycle) => {
        for (let at = 0; at < checks.length; at += rowsATurn) {
          if (at > 0) await nextTurn();
          this.#refs.learn(checks.slice(at, at + rowsATurn));
        }
        for (const [index, result] of results.entries()) {
          if (index > 0 && index % rowsATurn === 0) await nextTurn();
          this.#insert(result, details[index], cycle);
        }
      },
    };
  }

  #insert(result: Result, detail: Uint8Array | undefined, cycle: { id: number; startedAt: number }): void {
    const checkNo = this.#refs.numberOf(result.checkId);
    if (checkNo === undefined) throw new Error(`result of a check that nobody named: ${result.checkId}`);
    const row = toRow(result, checkNo, cycle);
    this.#database
      .statement(insertResult)
      .run(
        row.cycle_id,
        row.check_no,
        row.verdict,
        row.code,
        row.at,
        row.status,
        row.bytes,
        row.first_byte,
        row.download,
        row.total,
        row.extra,
      );
    if (detail !== undefined) this.#database.statement(insertDetail).run(cycle.id, checkNo, detail);
  }

  ofCycle(cycleId: number): readonly Result[] {
    const ids = this.#refs.ids();
    const rows = this.#database.statement(`select ${columns} from ${joined} where c.id = ?`).all(cycleId);
    return rows
      .map((row) => toResult(row, ids.get(Number(row.check_no)) ?? ''))
      .toSorted((a, b) => (a.checkId < b.checkId ? -1 : 1));
  }

  /** Some of them, one after the other: a handful of a great cycle. */
  someOfCycle(cycleId: number, checkIds: readonly string[]): readonly Result[] {
    const one = this.#database.statement(
      `select ${columns} from ${joined} where c.id = ? and r.check_no = ?`,
    );
    return checkIds.flatMap((id) => {
      const no = this.#refs.numberOf(id);
      return no === undefined ? [] : one.all(cycleId, no).map((row) => toResult(row, id));
    });
  }

  ofCheck(checkId: string, range: TimeRange): readonly Result[] {
    const [ref] = this.#database.statement('select no from check_ref where id = ?').all(checkId);
    if (ref === undefined) return [];
    return this.#database
      .statement(
        `select ${columns} from ${joined} where r.check_no = ? and c.started_at between ? and ?
         order by c.started_at desc, c.id desc limit ?`,
      )
      .all(Number(ref.no), range.from, range.to, range.limit ?? everything)
      .map((row) => toResult(row, checkId));
  }

  async recentLatencies(since: number, perCheck: number): Promise<ReadonlyMap<string, TimedAnswers>> {
    const ids = this.#refs.ids();
    const newestFirst = new Map<string, { readonly at: number[]; readonly ms: number[] }>();
    for (const { id: cycle, startedAt } of this.#cyclesSince(since)) {
      for (const { checkNo, after, totalMs } of this.#answers(cycle)) {
        const id = ids.get(checkNo) ?? '';
        const answers = newestFirst.get(id) ?? { at: [], ms: [] };
        newestFirst.set(id, answers);
        if (answers.ms.length >= perCheck) continue;
        answers.at.push(startedAt + after);
        answers.ms.push(totalMs);
      }
      await nextTurn();
    }
    return new Map(
      [...newestFirst].map(([id, { at, ms }]) => [id, { at: at.toReversed(), ms: ms.toReversed() }]),
    );
  }

  /** When the last cycle began, epoch ms; 0: there is none. */
  lastStart(): number {
    const [row] = this.#database.statement('select max(started_at) as at from cycle').all();
    return Number(row?.at ?? 0);
  }

  /** The last result of each check in the cycles that began since then. */
  async lastSince(since: number): Promise<readonly Result[]> {
    const ids = this.#refs.ids();
    const ofCycle = this.#database.statement(`select ${columns} from ${joined} where c.id = ?`);
    const last = new Map<number, { readonly at: number; readonly row: Row }>();
    for (const { id } of this.#cyclesSince(since)) {
      for (const row of ofCycle.all(id)) {
        const [no, at] = [Number(row.check_no), Number(row.started_at) + Number(row.at) * 100];
        if ((last.get(no)?.at ?? -Infinity) < at) last.set(no, { at, row });
      }
      await nextTurn();
    }
    return [...last].map(([no, { row }]) => toResult(row, ids.get(no) ?? ''));
  }

  #cyclesSince(since: number): readonly { readonly id: number; readonly startedAt: number }[] {
    const sql = 'select id, started_at from cycle where started_at >= ? order by started_at desc, id desc';
    return this.#database
      .statement(sql)
      .all(since)
      .map((row) => ({ id: Number(row.id), startedAt: Number(row.started_at) }));
  }

  #answers(cycleId: number): readonly {
    readonly checkNo: number;
    /** Ms after the start of the cycle. */
    readonly after: number;
    readonly totalMs: number;
  }[] {
    return this.#database
      .statement(
        'select check_no, at, total from result where cycle_id = ? and status is not null and verdict <> ?',
      )
      .all(cycleId, verdicts.indexOf('fail'))
      .map((row) => ({
        checkNo: Number(row.check_no),
        after: Number(row.at) * 100,
        totalMs: Number(row.total) / 10,
      }));
  }
}

function toResult(row: Row, checkId: string): Result {
  return fromRow(
    row as unknown as ResultTable & { readonly detail: Uint8Array | null },
    checkId,
    Number(row.started_at),
  );
}
