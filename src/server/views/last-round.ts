import {
  countVerdicts,
  type CycleStatistics,
  type LatencySummary,
  successRateOf,
  summarizeLatency,
  unreachedIn,
} from '../../model/cycle.ts';
import { verdicts } from '../../model/result.ts';
import type { Cycle } from '../api/overview.ts';

/** The last cycles of several services as one: each service has cycles of its own. */
export type LastRound = Pick<
  CycleStatistics,
  | 'cycleId'
  | 'outcome'
  | 'dueAt'
  | 'startedAt'
  | 'durationMs'
  | 'latenessMs'
  | 'missed'
  | 'checked'
  | 'unreached'
  | 'heldUp'
  | 'confirming'
  | 'counts'
  | 'successRate'
> & { readonly latency?: LatencySummary };

/**
 * `undefined` while there is none.
 *
 * @param answersMs How long the last answer of each operation took.
 */
export function lastRound(
  cycles: readonly CycleStatistics[],
  answersMs: readonly number[],
): LastRound | undefined {
  const [newest] = cycles.toSorted((a, b) => b.startedAt - a.startedAt);
  if (newest === undefined) return undefined;
  const counts = sumOf(cycles.map((cycle) => cycle.counts));
  const successRate = successRateOf(counts);
  const heldUp = cycles.reduce((sum, cycle) => sum + (cycle.heldUp ?? 0), 0);
  const confirming = cycles.reduce((sum, cycle) => sum + (cycle.confirming ?? 0), 0);
  const latency = cycles.length === 1 ? newest.latency : summarizeLatency(answersMs);
  return {
    cycleId: newest.cycleId,
    outcome: cycles.some(({ outcome }) => outcome === 'interrupted') ? 'interrupted' : 'complete',
    dueAt: newest.dueAt,
    startedAt: newest.startedAt,
    durationMs: Math.max(...cycles.map(({ durationMs }) => durationMs)),
    latenessMs: Math.max(...cycles.map(({ latenessMs }) => latenessMs)),
    missed: cycles.reduce((sum, { missed }) => sum + missed, 0),
    checked: cycles.reduce((sum, { checked }) => sum + checked, 0),
    ...(heldUp === 0 ? {} : { heldUp }),
    ...(confirming === 0 ? {} : { confirming }),
    ...unreachedIn(cycles),
    counts,
    successRate,
    latency,
  };
}

function sumOf(all: readonly CycleStatistics['counts'][]): CycleStatistics['counts'] {
  const sum = countVerdicts([]);
  for (const counts of all) for (const verdict of verdicts) sum[verdict] += counts[verdict];
  return sum;
}

export function cycleView(statistics: LastRound): Cycle {
  const { cycleId, outcome, dueAt, startedAt, durationMs, latenessMs, missed, checked, counts } = statistics;
  const { successRate, latency, heldUp, confirming, unreached } = statistics;
  return {
    id: cycleId,
    outcome,
    dueAt,
    startedAt,
    durationMs,
    latenessMs,
    missed,
    checked,
    unreached,
    heldUp,
    confirming,
    counts,
    successRate,
    latency,
  };
}
