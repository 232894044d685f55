import type { Transaction } from 'kysely';
import {
  type Cycle,
  type CycleStatistics,
  countVerdicts,
  type ServiceStatistics,
  successRateOf,
  summarizeLatency,
} from '../../model/cycle.ts';
import { type Verdict, verdicts } from '../../model/result.ts';
import type { Database, Row } from '../sqlite/database.ts';
import { pack, unpack } from '../sqlite/packed.ts';
import type { TimeRange } from '../store.ts';
import type { Tables } from '../sqlite/tables.ts';

type Tx = Transaction<Tables>;

export async function beginCycle(tx: Tx, dueAt: number, startedAt: number): Promise<Cycle> {
  const { id } = await tx
    .insertInto('cycle')
    .values({ due_at: dueAt, started_at: startedAt })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, dueAt, startedAt };
}

export async function endCycle(tx: Tx, statistics: CycleStatistics, packed: Uint8Array): Promise<void> {
  await tx
    .updateTable('cycle')
    .set({ outcome: statistics.outcome, statistics: packed })
    .where('id', '=', statistics.cycleId)
    .execute();
}

export async function readCycles(database: Database, range: TimeRange): Promise<readonly CycleStatistics[]> {
  let query = database.query
    .selectFrom('cycle')
    .select('statistics')
    .where('statistics', 'is not', null)
    .where('started_at', '>=', range.from)
    .where('started_at', '<=', range.to)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc');
  if (range.limit !== undefined) query = query.limit(range.limit);
  const rows = await query.execute();
  return rows.flatMap((row) =>
    row.statistics === null ? [] : [unpack(row.statistics) as unknown as CycleStatistics],
  );
}

/** What a crash left open is closed with what it has; returns how many there were. */
export async function closeInterrupted(tx: Tx, database: Database): Promise<number> {
  const running = await tx
    .selectFrom('cycle')
    .select(['id', 'due_at', 'started_at'])
    .where('outcome', 'is', null)
    .execute();
  for (const row of running) {
    const cycle: Cycle = { id: row.id, dueAt: row.due_at, startedAt: row.started_at };
    const statistics = statisticsOfRows(cycle, readRows(database, cycle.id));
    await endCycle(tx, statistics, await pack(statistics));
  }
  return running.length;
}

interface Seen {
  readonly service: string;
  readonly verdict: Verdict;
  readonly answered: boolean;
  readonly totalMs: number;
  readonly offsetMs: number;
}

function readRows(database: Database, cycleId: number): readonly Seen[] {
  return database
    .statement(
      `select k.service, r.verdict, r.status, r.total, r.at from result r join check_ref k on k.no = r.check_no
       where r.cycle_id = ?`,
    )
    .all(cycleId)
    .map(toSeen);
}

function toSeen(row: Row): Seen {
  return {
    service: String(row.service),
    verdict: verdicts[Number(row.verdict)] ?? 'unknown',
    answered: row.status !== null,
    totalMs: Number(row.total) / 10,
    offsetMs: Number(row.at) * 100,
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
