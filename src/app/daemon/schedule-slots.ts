import type { Check } from '../../model/check.ts';
import type { Settings } from '../../model/settings.ts';
import type { UnderWay } from '../cycle/running.ts';
import type { Assignment } from '../run-cycle.ts';
import type { ScheduleSlot } from '../../schedule/scheduler.ts';

/** What the grid starts: the services with their intervals, and the intervals that operations have of their own. */
export function slotsOf(
  { services }: Settings,
  planned: Iterable<readonly Check[]> = [],
): readonly ScheduleSlot[] {
  const lanes = new Map<string, ScheduleSlot>();
  const add = (service: string, intervalMs: number) =>
    lanes.set(`${service} ${intervalMs}`, { service, intervalMs });
  for (const { name, intervalMs } of services) add(name, intervalMs);
  for (const checks of planned) for (const { service, intervalMs } of checks) add(service, intervalMs);
  return [...lanes.values()];
}

/** Short intervals are for those who want to see something happen. */
const shortestPacedMs = 5 * 60_000;

/** On the grid, checks of a host are a second apart, all within a quarter of the shortest interval that is due. */
export function paceOf(intervalsMs: readonly number[]): Pick<Assignment, 'pace'> {
  const shortest = Math.min(...intervalsMs);
  return shortest < shortestPacedMs ? {} : { pace: { apartMs: 1000, withinMs: shortest / 4 } };
}

/** All that is due is still being called, or has been answered and is being confirmed. */
export type HeldUpBy = Exclude<UnderWay, 'hangs'>;

/**
 * Whether all that is due is still being called from before, and what for: `confirmed` where all of it has been answered. Absent
 * intervals: all of it is due.
 */
export function heldUpBy(
  planned: readonly Check[],
  underWay: ReadonlyMap<string, UnderWay>,
  intervalsMs?: readonly number[],
): HeldUpBy | undefined {
  const due = planned.filter((one) => intervalsMs?.includes(one.intervalMs) ?? true);
  if (due.length === 0 || !due.every(({ id }) => underWay.has(id))) return undefined;
  return due.every(({ id }) => underWay.get(id) === 'confirmed') ? 'confirmed' : 'called';
}
