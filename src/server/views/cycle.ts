import type { LastRound } from './last-round.ts';
import type { Cycle } from '../api/overview.ts';

export function cycleView(statistics: LastRound): Cycle {
  const { cycleId, outcome, dueAt, startedAt, durationMs, latenessMs, missed, checked, counts } = statistics;
  const { successRate, latency, heldUp } = statistics;
  return {
    id: cycleId,
    outcome,
    dueAt,
    startedAt,
    durationMs,
    latenessMs,
    missed,
    checked,
    ...(heldUp === undefined ? {} : { heldUp }),
    counts,
    ...(successRate === undefined ? {} : { successRate }),
    ...(latency === undefined ? {} : { latency }),
  };
}
