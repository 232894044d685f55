import type { CycleStatistics } from '../../model/cycle.ts';
import type { Cycle } from '../api/overview.ts';

export function cycleView(statistics: CycleStatistics): Cycle {
  const { cycleId, bySource: _, ...rest } = statistics;
  return { id: cycleId, ...rest };
}
