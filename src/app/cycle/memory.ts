import { baselineReachMs, type Baselines } from '../../incidents/latency/baselines.ts';
import type { ErrorBudgets } from '../../incidents/slo/budgets.ts';
import { keptPerCheck, RecentLatencies } from '../../incidents/latency/recent.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { HabitMemory, TrialMemory } from '../../model/proof.ts';
import type { Proofs } from './proofs.ts';
import type { SetUps } from './set-ups.ts';
import type { Store } from '../../store/store.ts';
import { unlessAway } from './unless-away.ts';
import { maintainedBy } from '../../incidents/suppression/suppression.ts';
import { windowsWithin } from '../../incidents/suppression/windows.ts';
import type { Check } from '../../model/check.ts';
import { isSlowness } from '../../model/incident.ts';
import { hourMs, type HourRollup } from '../../model/histogram.ts';
import type { Settings } from '../../model/settings.ts';

/** What a judgement stands on beside the results: the store, and what is remembered of earlier ones. */
export interface Memory {
  readonly store: Store;
  readonly clock: Clock;
  readonly recent: RecentLatencies;
  readonly baselines: Baselines;
  readonly proofs: Proofs;
  readonly trials: TrialMemory;
  readonly habits: HabitMemory;
  readonly setUps: SetUps;
  /** Another one when the objectives change. */
  readonly budgets: ErrorBudgets;
}

const recentMs = 24 * hourMs;

/** The latest answers as an earlier process knew them: of what is slow also those between cycles, by which it may be about to be over. */
export async function recallLatencies(
  store: Pick<Store, 'recentLatencies' | 'openIncidents' | 'past'>,
  now: number,
): Promise<RecentLatencies> {
  const recent = new RecentLatencies(await store.recentLatencies(now - recentMs, keptPerCheck));
  const slow = (await store.openIncidents()).filter(({ fingerprint }) => isSlowness(fingerprint));
  if (slow.length === 0) return recent;
  const from = Math.max(now - recentMs, Math.min(...slow.map(({ openedAt }) => openedAt)));
  for (const { results } of await store.past.looks({ from, to: now })) recent.add(results);
  return recent;
}

/** What is learnt from. */
interface Hours {
  readonly store: Pick<Store, 'rollups'>;
}

/** What budgets of new objectives do not know yet of the services in question: the hours before this one. */
export async function learnBudgets(
  { store, budgets }: Hours & Pick<Memory, 'budgets'>,
  settings: Pick<Settings, 'maintenance' | 'calendar'>,
  { scope = [], checks }: { readonly scope?: readonly string[]; readonly checks: readonly Check[] },
  now: number,
): Promise<void> {
  for (const service of scope) {
    const from = budgets.wants(service, now);
    if (from === undefined) continue;
    const hours = await unlessAway(undefined, () =>
      hoursOf(store.rollups({ from, to: lastHour(now) }, service)),
    );
    if (hours === undefined) return;
    budgets.learn(service, hours, checks, maintainedInHour(settings));
  }
}

/** Hours that were under maintenance for a part of them are left out as a whole: their sums cannot be told apart. */
function maintainedInHour(
  settings: Pick<Settings, 'maintenance' | 'calendar'>,
): (check: Check, hour: number) => boolean {
  const byHour = new Map<number, (check: Check) => boolean>();
  return (check, hour) => {
    const isMaintained = byHour.get(hour) ?? maintainedBy(windowsWithin(hour, hour + hourMs, settings));
    byHour.set(hour, isMaintained);
    return isMaintained(check);
  };
}

/** How fast the operations of the services usually answer; once a day, an hour at a time with turns for others. */
export async function learnBaselines(
  { store, baselines }: Hours & Pick<Memory, 'baselines'>,
  services: readonly string[],
  now: number,
): Promise<void> {
  for (const service of services) {
    if (!baselines.isDue(service, now)) continue;
    const hours = store.rollups({ from: now - baselineReachMs, to: lastHour(now) }, service);
    await unlessAway(undefined, () => baselines.learn(service, hours, now));
  }
}

async function hoursOf(rollups: AsyncIterable<HourRollup>): Promise<readonly HourRollup[]> {
  const hours: HourRollup[] = [];
  for await (const hour of rollups) hours.push(hour);
  return hours;
}

/** The last moment before the hour that is still going on. */
function lastHour(now: number): number {
  return Math.floor(now / hourMs) * hourMs - 1;
}
