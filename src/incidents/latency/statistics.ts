import { groupBy } from '../../lib/group-by.ts';
import type { Check } from '../../model/check.ts';
import {
  type CycleStatistics,
  countVerdicts,
  type ServiceStatistics,
  successRateOf,
  summarizeLatency,
} from '../../model/cycle.ts';
import { isUnreached, type Result } from '../../model/result.ts';
import type { CycleEnd } from '../analysis.ts';

/** What is stored and logged about a cycle: exact counts, exact percentiles over the answers that arrived. */
export function cycleStatistics(
  cycle: CycleEnd,
  checks: ReadonlyMap<string, Check>,
  results: readonly Result[],
): CycleStatistics {
  const overall = statisticsOf(results);
  const successRate = successRateOf(overall.counts);
  const named = results.filter((result) => checks.has(result.checkId));
  const byService = groupBy(named, (result) => checks.get(result.checkId)?.service ?? '');
  const services = [...byService].sort(([a], [b]) => (a < b ? -1 : 1));
  const flaky = results.filter(({ reason }) => reason.code === 'flaky').length;
  return {
    cycleId: cycle.id,
    outcome: cycle.outcome,
    dueAt: cycle.dueAt,
    startedAt: cycle.startedAt,
    durationMs: cycle.durationMs,
    latenessMs: cycle.startedAt - cycle.dueAt,
    missed: cycle.missed,
    ...(cycle.heldUp === undefined || cycle.heldUp === 0 ? {} : { heldUp: cycle.heldUp }),
    ...(cycle.confirming === undefined || cycle.confirming === 0 ? {} : { confirming: cycle.confirming }),
    ...overall,
    successRate,
    byService: Object.fromEntries(services.map(([service, own]) => [service, statisticsOf(own)])),
    ...(flaky === 0 ? {} : { flaky }),
    ...(Object.keys(cycle.slowed ?? {}).length === 0 ? {} : { slowed: cycle.slowed }),
    coverage: cycle.coverage,
  };
}

function statisticsOf(results: readonly Result[]): ServiceStatistics {
  const answered = results.filter((result) => result.status !== undefined);
  const latency = summarizeLatency(answered.map((result) => result.phases.totalMs));
  const unreached = results.filter(isUnreached).length;
  return {
    checked: results.length,
    counts: countVerdicts(results.map((result) => result.verdict)),
    ...(unreached === 0 ? {} : { unreached }),
    latency,
  };
}
