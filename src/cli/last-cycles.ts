import type { CycleStatistics } from '../model/cycle.ts';
import type { Settings } from '../model/settings.ts';
import type { Store } from '../store/store.ts';

/** Older ones are named as not patrolled. */
const intervalsBack = 3;
/** More lines than this hide what is wrong. */
const shownMost = 20;

export interface LastCycle {
  readonly service: string;
  readonly cycle: CycleStatistics;
}

/**
 * Each service has cycles of its own, and the one that closed last says nothing of the others: the last one of each, the
 * oldest first and no more than can be read. Empty when they are all the same one.
 */
export async function lastCycles(
  store: Pick<Store, 'cycles'>,
  { services }: Pick<Settings, 'services'>,
  now: number,
): Promise<readonly LastCycle[]> {
  const longestMs = Math.max(...services.map(({ intervalMs }) => intervalMs), 0);
  const newestFirst = await store.cycles({ from: now - intervalsBack * longestMs, to: now });
  const last = services.flatMap(({ name }): readonly LastCycle[] => {
    const cycle = newestFirst.find(({ scope = [], byService }) => scope.includes(name) || name in byService);
    return cycle === undefined ? [] : [{ service: name, cycle }];
  });
  if (new Set(last.map(({ cycle }) => cycle.cycleId)).size < 2) return [];
  return last.toSorted((a, b) => a.cycle.startedAt - b.cycle.startedAt).slice(0, shownMost);
}
