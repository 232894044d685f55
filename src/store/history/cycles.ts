import {
  type Cycle,
  type CycleStatistics,
  countVerdicts,
  type ServiceStatistics,
  successRateOf,
  summarizeLatency,
} from '../../model/cycle.ts';
import { type Verdict, verdicts } from '../../model/result.ts';
import type { CheckRefs } from '../sql/check-refs.ts';
import type { Row, Sql } from '../sql/sql.ts';
import { pack, unpack } from '../sql/packed.ts';
import type { TimeRange } from '../store.ts';
import { insertBlocks, readRows } from './blocks.ts';
import { type ResultRow, totalOf } from './result-block.ts';

const everything = Number.MAX_SAFE_INTEGER;

/** Inside a transaction. */
export async function beginCycle(db: Sql, dueAt: number, startedAt: number): Promise<Cycle> {
  const [row] = await db.all(
    'insert into cycle (due_at, started_at) values (?, ?) returning id',
    dueAt,
    startedAt,
  );
  return { id: Number(row?.id), dueAt, startedAt };
}

/** Inside a transaction. */
export async function endCycle(
  db: Sql,
  { outcome, cycleId }: CycleStatistics,
  packed: Uint8Array,
): Promise<void> {
  await db.run('update cycle set outcome = ?, statistics = ? where id = ?', outcome, packed, cycleId);
}

export async function readCycles(
  db: Sql,
  { from, to, limit }: TimeRange,
): Promise<readonly CycleStatistics[]> {
  return (
    await db.all(
      `select statistics from cycle where statistics is not null and started_at between ? and ?
       order by started_at desc, id desc limit ?`,
      from,
      to,
      limit ?? everything,
    )
  ).map((row) => unpack(row.statistics as Uint8Array) as unknown as CycleStatistics);
}

/** What a crash left open is closed with what it has; returns how many there were. Inside a transaction. */
export async function closeInterrupted(db: Sql, refs: CheckRefs): Promise<number> {
  const services = await refs.services(db);
  const running = (await db.all('select id, due_at, started_at from cycle where outcome is null')).map(
    toCycle,
  );
  for (const cycle of running) {
    await insertBlocks(db, cycle.id, [], true);
    const seen = (await readRows(db, cycle.id)).map((row) => toSeen(row, services.get(row.no) ?? ''));
    const statistics = statisticsOfRows(cycle, seen);
    await endCycle(db, statistics, await pack(statistics));
  }
  return running.length;
}

function toCycle(row: Row): Cycle {
  return { id: Number(row.id), dueAt: Number(row.due_at), startedAt: Number(row.started_at) };
}

interface Seen {
  readonly service: string;
  readonly verdict: Verdict;
  readonly answered: boolean;
  readonly totalMs: number;
  readonly offsetMs: number;
}

function toSeen(row: ResultRow, service: string): Seen {
  return {
    service,
    verdict: verdicts[row.verdict] ?? 'unknown',
    answered: row.status > 0,
    totalMs: totalOf(row) / 10,
    offsetMs: row.at * 100,
  };
}

function statisticsOfRows(cycle: Cycle, rows: readonly Seen[]): CycleStatistics {
  const overall = serviceStatistics(rows);
  const successRate = successRateOf(overall.counts);
  const byService = new Map<string, Seen[]>();
  for (const row of rows) byService.set(row.service, [...(byService.get(row.service) ?? []), row]);
  return {
    cycleId: cycle.id,
    outcome: 'interrupted',
    dueAt: cycle.dueAt,
    startedAt: cycle.startedAt,
    durationMs: rows.reduce((end, row) => Math.max(end, row.offsetMs + row.totalMs), 0),
    latenessMs: cycle.startedAt - cycle.dueAt,
    missed: 0,
    ...overall,
    successRate,
    byService: Object.fromEntries([...byService].map(([service, own]) => [service, serviceStatistics(own)])),
  };
}

function serviceStatistics(rows: readonly Seen[]): ServiceStatistics {
  const latency = summarizeLatency(rows.filter((row) => row.answered).map((row) => row.totalMs));
  return {
    checked: rows.length,
    counts: countVerdicts(rows.map((row) => row.verdict)),
    latency,
  };
}
