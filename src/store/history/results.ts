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
import type { CheckRefs } from '../sqlite/check-refs.ts';
import type { Database, Row } from '../sqlite/database.ts';
import type { TimeRange } from '../store.ts';
import { nextTurn, rowsATurn } from '../sqlite/turns.ts';
import type { Sentence } from '../../model/sentence.ts';
import { pack, packVarints, unpack, unpackVarints } from '../sqlite/packed.ts';

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
    row as unknown as ResultRow & { readonly detail: Uint8Array | null },
    checkId,
    Number(row.started_at),
  );
}

/** A row of `result`, as `toRow` makes it. */
interface ResultRow {
  readonly cycle_id: number;
  readonly check_no: number;
  /** Index into `verdicts`. */
  readonly verdict: number;
  /** Index into `reasonCodes`. */
  readonly code: number;
  /** Tenths of a second since the start of the cycle. */
  readonly at: number;
  readonly status: number | null;
  readonly bytes: number;
  /** Tenths of a millisecond, as the two below. */
  readonly first_byte: number | null;
  readonly download: number | null;
  readonly total: number;
  /** Attempts and connection phases; null for one attempt over a connection that was already open. */
  readonly extra: Uint8Array | null;
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

/**
 * A result in the fewest bytes that SQL can still be asked about: SQLite stores 0 and 1 without a byte, null
 * too, and other integers in as many as they need. Times lose what is finer than 0.1 s and 0.1 ms.
 */
function toRow(result: Result, checkNo: number, cycle: { id: number; startedAt: number }): ResultRow {
  const { phases } = result;
  return {
    cycle_id: cycle.id,
    check_no: checkNo,
    verdict: verdictNumbers.get(result.verdict) ?? 0,
    code: codeNumbers.get(result.reason.code) ?? 0,
    at: Math.round((result.at - cycle.startedAt) / 100),
    status: result.status ?? null,
    bytes: result.bytes,
    first_byte: tenths(phases.firstByteMs),
    download: tenths(phases.downloadMs),
    total: Math.round(phases.totalMs * 10),
    extra: toExtra(result),
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
  row: ResultRow & { readonly detail: Uint8Array | null },
  checkId: string,
  cycleStartedAt: number,
): Result {
  const detail = row.detail === null ? undefined : (unpack(row.detail) as unknown as Detail);
  const [attempts = 1, ...connection] = row.extra === null ? [] : unpackVarints(row.extra);
  const code = reasonCodes[row.code] ?? 'internal';
  const reason: Reason = { code, message: detail?.message ?? '' };
  return {
    checkId,
    at: cycleStartedAt + row.at * 100,
    verdict: verdicts[row.verdict] ?? 'unknown',
    reason,
    ...(row.status === null ? {} : { status: row.status }),
    bytes: row.bytes,
    phases: toPhases(row, connection),
    attempts,
    findings: detail?.findings ?? [],
    evidence: detail?.evidence,
    unproven: detail?.unproven,
  };
}

function tenths(ms: number | undefined): number | null {
  return ms === undefined ? null : Math.round(ms * 10);
}

/** Attempts, then dns, connect and tls; each phase as tenths of a millisecond plus one, 0 for "did not happen". */
function toExtra({ attempts, phases }: Result): Uint8Array | null {
  const connection = [phases.dnsMs, phases.connectMs, phases.tlsMs].map((ms) => (tenths(ms) ?? -1) + 1);
  return attempts === 1 && connection.every((value) => value === 0)
    ? null
    : packVarints([attempts, ...connection]);
}

function toPhases(row: ResultRow, connection: readonly number[]): Phases {
  const [dnsMs, connectMs, tlsMs] = connection.map((value) => (value === 0 ? undefined : (value - 1) / 10));
  return {
    dnsMs,
    connectMs,
    tlsMs,
    ...(row.first_byte === null ? {} : { firstByteMs: row.first_byte / 10 }),
    ...(row.download === null ? {} : { downloadMs: row.download / 10 }),
    totalMs: row.total / 10,
  };
}
