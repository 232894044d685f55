import type { Clock } from '../../lib/time/clock.ts';
import type { Plan } from '../../model/check.ts';
import type { Settings } from '../../model/settings.ts';
import type { ScheduleSlot } from '../../schedule/scheduler.ts';
import { type StandingGrid, standingGrids } from '../../schedule/standing-grid.ts';
import type { Term } from '../../store/nodes.ts';
import type { Parts } from '../composition.ts';

/** What of the grid of whoever led before goes on. */
export interface Standing {
  readonly grids: ReadonlyMap<string, StandingGrid>;
  /** Intervals of operations, until the plan is known. */
  readonly slots: readonly ScheduleSlot[];
  /** Services of which nothing is due at once. */
  readonly waiting: readonly string[];
}

/** @param term Absent: the patrol has its database alone, and its grids begin with it. */
export async function standingIn(
  term: Term | undefined,
  settings: Pick<Settings, 'services'>,
  clock: Clock,
): Promise<Standing> {
  if (term === undefined) return { grids: new Map(), slots: [], waiting: [] };
  const stood = await term.grid.read();
  const intervals = new Map(settings.services.map(({ name, intervalMs }) => [name, intervalMs]));
  const grids = standingGrids(stood, intervals, clock.monotonic());
  const slots = stood.filter(
    ({ service, intervalMs }) => grids.has(service) && intervals.get(service) !== intervalMs,
  );
  const waiting = [...grids].flatMap(([service, { dueAt }]) => (dueAt === undefined ? [service] : []));
  return { grids, slots, waiting };
}

/** What the next cycle of a service calls, as far as its stored documents tell. */
export async function planAhead(
  { scanner, plan }: Pick<Parts, 'scanner' | 'plan'>,
  settings: Settings,
  service: string,
): Promise<Plan> {
  const services = settings.services.filter(({ name }) => name === service);
  return plan(await scanner.recall(service), { ...settings, services });
}
