import {
  type CycleStatistics,
  countVerdicts,
  type ServiceStatistics,
  successRateOf,
} from '../../model/cycle.ts';
import type { Settings } from '../../model/settings.ts';
import type { Verdict } from '../../model/result.ts';
import type { Realm } from './realm.ts';

/** What a cycle came to for the services of a realm; `undefined`: it was about others. */
export function cyclePart(
  cycle: CycleStatistics,
  realm: Realm,
  settings: Settings,
): CycleStatistics | undefined {
  const own = Object.entries(cycle.byService).filter(([service]) => realm.sees([service]));
  if (own.length === 0) return undefined;
  const { cycleId, outcome, dueAt, startedAt, durationMs, latenessMs, missed, heldUp } = cycle;
  const parts = own.map(([, part]) => part);
  const counts = summed(parts);
  const successRate = successRateOf(counts);
  // Percentiles of several services do not add up.
  const latency = parts.length === 1 ? parts[0]?.latency : undefined;
  const objectives = new Map((settings.slo ?? []).map(({ name, services }) => [name, services]));
  return {
    cycleId,
    outcome,
    dueAt,
    startedAt,
    durationMs,
    latenessMs,
    missed,
    checked: parts.reduce((sum, { checked }) => sum + checked, 0),
    // Of several services it is not known whose they are.
    ...(heldUp === undefined || own.length < Object.keys(cycle.byService).length ? {} : { heldUp }),
    counts,
    ...(successRate === undefined ? {} : { successRate }),
    ...(latency === undefined ? {} : { latency }),
    byService: Object.fromEntries(own),
    ...(cycle.budgets === undefined
      ? {}
      : { budgets: cycle.budgets.filter(({ objective }) => realm.owns(objectives.get(objective))) }),
  };
}

function summed(parts: readonly ServiceStatistics[]): Record<Verdict, number> {
  const sum = countVerdicts([]);
  for (const { counts } of parts)
    for (const verdict of Object.keys(sum) as Verdict[]) sum[verdict] += counts[verdict];
  return sum;
}
