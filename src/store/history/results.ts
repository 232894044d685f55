import type { Check } from '../../model/check.ts';
import {
  type Evidence,
  type Finding,
  type Phases,
  type Reason,
  type ReasonCode,
  reasonCodes,
  type Result,
  type TimedAnswers,
  type Verdict,
  verdicts,
} from '../../model/result.ts';
import type { CheckRefs } from '../sql/check-refs.ts';
import { type Row, type Sql, type SqlDatabase, upsert } from '../sql/sql.ts';
import type { TimeRange } from '../store.ts';
import { nextTurn, rowsATurn } from '../sql/turns.ts';
import type { Sentence } from '../../model/sentence.ts';
import { pack, unpack } from '../sql/packed.ts';
import { blockAt, blocksWith, insertBlocks, readRows } from './blocks.ts';
import { restOf, type ResultBlock, type ResultRow, totalOf } from './result-block.ts';

const everything = Number.MAX_SAFE_INTEGER;
const dayMs = 86_400_000;

/** So many in one statement: on a server each statement is a way there and back. */
const detailsAtOnce = 20;
const insertOf = (rows: number): string => upsert('result_detail', ['cycle_id', 'check_no'], ['data'], rows);
const [insertDetail, insertDetails] = [insertOf(1), insertOf(detailsAtOnce)];
const oneDetail = 'select data from result_detail where cycle_id = ? and check_no = ?';

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
    const details = await Promise.all(results.map(toDetail));
    return {
      insert: async (db, cycle, isLast) => {
        for (let at = 0; at < checks.length; at += rowsATurn) {
          if (at > 0) await nextTurn();
          await this.#refs.learn(db, checks.slice(at, at + rowsATurn));
        }
        const numbers = await this.#refs.numbers(db);
        const rows = results.map((result) => toRow(result, numberOf(result, numbers), cycle));
        await insertBlocks(db, cycle.id, rows, isLast);
        await insertAll(db, cycle.id, latestDetails(rows, details));
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
    const results: Result[] = [];
    for (const id of checkIds) {
      const no = known.get(id)?.no;
      if (no === undefined) continue;
      const row = blocks.map((block) => rowOf(block, no)).find((found) => found !== undefined);
      if (row !== undefined) results.push(await this.#toResult(db, row, id, { id: cycleId, startedAt }));
    }
    return results;
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
    for await (const place of this.#placesOf(db, no, from, to)) {
      if (results.size >= limit) break;
      const cycle = { id: Number(place.id), startedAt: Number(place.started_at) };
      if (results.has(cycle.id)) continue;
      const row = rowOf(await blockAt(db, cycle.id, Number(place.part)), no);
      if (row !== undefined) results.set(cycle.id, await this.#toResult(db, row, checkId, cycle));
    }
    return [...results.values()];
  }

  /** Blocks that may hold a check, newest first: a stretch of time after the other, each longer than the one before. */
  async *#placesOf(db: Sql, no: number, from: number, to: number): AsyncGenerator<Row> {
    const [edges] = await db.all('select min(started_at) as first, max(started_at) as last from cycle');
    const oldest = Math.max(from, Number(edges?.first ?? Infinity));
    let end = Math.min(to, Number(edges?.last ?? 0));
    for (let reach = dayMs; end >= oldest; reach *= 4) {
      const start = Math.max(oldest, end - reach);
      // In that order, and without the blocks themselves: what is asked of is a small part of the cycles.
      yield* await db.all(
        `select c.id, c.started_at, b.part from cycle c
           cross join result_block b indexed by result_block_span on b.cycle_id = c.id
           where c.started_at between ?1 and ?2 and b.first_no <= ?3 and b.last_no >= ?3
           order by c.started_at desc, c.id desc, b.part desc`,
        start,
        end,
        no,
      );
      end = start - 1;
    }
  }

  async #toResult(db: Sql, row: ResultRow, checkId: string, cycle: CycleRef): Promise<Result> {
    const [detail] = await db.all(oneDetail, cycle.id, row.no);
    return fromRow(row, detail?.data as Uint8Array | undefined, checkId, cycle.startedAt);
  }

  async recentLatencies(since: number, perCheck: number): Promise<ReadonlyMap<string, TimedAnswers>> {
    const ids = await this.#refs.ids(this.#db);
    const newestFirst = new Map<number, { readonly at: number[]; readonly ms: number[] }>();
    for (const { id: cycle, startedAt } of await this.#cyclesSince(since)) {
      for (const { no, at, totalMs } of answersOf(await readRows(this.#db, cycle))) {
        const answers = newestFirst.get(no) ?? { at: [], ms: [] };
        newestFirst.set(no, answers);
        if (answers.ms.length >= perCheck) continue;
        answers.at.push(startedAt + at);
        answers.ms.push(totalMs);
      }
      await nextTurn();
    }
    return new Map(
      [...newestFirst].map(([no, { at, ms }]) => [
        ids.get(no) ?? '',
        { at: at.toReversed(), ms: ms.toReversed() },
      ]),
    );
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
    return (await this.#db.all(sql, since)).map((row) => ({
      id: Number(row.id),
      startedAt: Number(row.started_at),
    }));
  }

  /** When a cycle began, epoch ms. */
  async startOf(db: Sql, cycleId: number): Promise<number | undefined> {
    const [row] = await db.all('select started_at from cycle where id = ?', cycleId);
    return row === undefined ? undefined : Number(row.started_at);
  }

  async #detailsOf(db: Sql, cycleId: number): Promise<ReadonlyMap<number, Uint8Array>> {
    const rows = await db.all('select check_no, data from result_detail where cycle_id = ?', cycleId);
    return new Map(rows.map((row) => [Number(row.check_no), row.data as Uint8Array]));
  }
}

/** Of a check that has several the last one. */
function latestDetails(
  rows: readonly ResultRow[],
  details: readonly (Uint8Array | undefined)[],
): readonly (readonly [no: number, detail: Uint8Array])[] {
  const latest = new Map<number, Uint8Array>();
  for (const [index, { no }] of rows.entries()) {
    const detail = details[index];
    if (detail !== undefined) latest.set(no, detail);
  }
  return [...latest];
}

async function insertAll(
  db: Sql,
  cycleId: number,
  details: readonly (readonly [no: number, detail: Uint8Array])[],
): Promise<void> {
  for (let at = 0; at < details.length; at += detailsAtOnce) {
    const some = details.slice(at, at + detailsAtOnce);
    if (some.length === detailsAtOnce)
      await db.run(insertDetails, ...some.flatMap(([no, detail]) => [cycleId, no, detail]));
    else for (const [no, detail] of some) await db.run(insertDetail, cycleId, no, detail);
    if (at > 0 && at % rowsATurn === 0) await nextTurn();
  }
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

/** Of those that did not fail. Ms, `at` since the start of the cycle. */
function answersOf(
  rows: readonly ResultRow[],
): readonly { readonly no: number; readonly at: number; readonly totalMs: number }[] {
  return rows
    .filter(({ status, verdict }) => status > 0 && verdicts[verdict] !== 'fail')
    .map((row) => ({ no: row.no, at: row.at * 100, totalMs: totalOf(row) / 10 }));
}

/** What a row leaves out, kept beside it for everything that is not a pass. */
interface Detail {
  readonly message: Sentence;
  readonly findings: readonly Finding[];
  readonly evidence?: Evidence;
  readonly unproven?: Result['unproven'];
}

const verdictNumbers: ReadonlyMap<Verdict, number> = new Map(verdicts.map((verdict, no) => [verdict, no]));
const codeNumbers: ReadonlyMap<ReasonCode, number> = new Map(reasonCodes.map((code, no) => [code, no]));

/** Times lose what is finer than 0.1 s and 0.1 ms. */
function toRow(result: Result, no: number, cycle: CycleRef): ResultRow {
  const { phases } = result;
  const [firstByte, download] = [tenths(phases.firstByteMs), tenths(phases.downloadMs)];
  return {
    no,
    verdict: verdictNumbers.get(result.verdict) ?? 0,
    code: codeNumbers.get(result.reason.code) ?? 0,
    at: Math.round((result.at - cycle.startedAt) / 100),
    status: (result.status ?? -1) + 1,
    bytes: result.bytes,
    firstByte,
    download,
    rest: restOf(Math.round(phases.totalMs * 10), firstByte, download),
    attempts: result.attempts,
    dns: tenths(phases.dnsMs),
    connect: tenths(phases.connectMs),
    tls: tenths(phases.tlsMs),
  };
}

async function toDetail(result: Result): Promise<Uint8Array | undefined> {
  // A pass with something to be said of it is rare: what could not be judged, or was not documented.
  if (result.verdict === 'pass' && result.findings.length === 0) return undefined;
  const detail: Detail = {
    message: result.reason.message,
    findings: result.findings,
    evidence: result.evidence,
    unproven: result.unproven,
  };
  return pack(detail);
}

/** The reverse of `toRow` and `toDetail`. */
function fromRow(
  row: ResultRow,
  packed: Uint8Array | undefined,
  checkId: string,
  cycleStartedAt: number,
): Result {
  const detail = packed === undefined ? undefined : (unpack(packed) as unknown as Detail);
  const code = reasonCodes[row.code] ?? 'internal';
  const reason: Reason = { code, message: detail?.message ?? '' };
  return {
    checkId,
    at: cycleStartedAt + row.at * 100,
    verdict: verdicts[row.verdict] ?? 'unknown',
    reason,
    ...(row.status === 0 ? {} : { status: row.status - 1 }),
    bytes: row.bytes,
    phases: toPhases(row),
    attempts: row.attempts,
    findings: detail?.findings ?? [],
    evidence: detail?.evidence,
    unproven: detail?.unproven,
  };
}

/** Tenths of a millisecond and one; 0: it did not happen. */
function tenths(ms: number | undefined): number {
  return ms === undefined ? 0 : Math.round(ms * 10) + 1;
}

function toPhases(row: ResultRow): Phases {
  const ms = (value: number): number | undefined => (value === 0 ? undefined : (value - 1) / 10);
  return {
    dnsMs: ms(row.dns),
    connectMs: ms(row.connect),
    tlsMs: ms(row.tls),
    ...(row.firstByte === 0 ? {} : { firstByteMs: ms(row.firstByte) }),
    ...(row.download === 0 ? {} : { downloadMs: ms(row.download) }),
    totalMs: totalOf(row) / 10,
  };
}
