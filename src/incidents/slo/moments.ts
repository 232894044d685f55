import type { BudgetMoment, Goal, Tally } from '../../model/budget.ts';
import type { Check } from '../../model/check.ts';
import { hourMs } from '../../model/histogram.ts';
import type { Result } from '../../model/result.ts';
import type { ObjectiveSettings } from '../../model/settings.ts';
import { mergedDoubts, withoutEmpty } from './explained.ts';

export function hasCounted({ availability, latency }: BudgetMoment): boolean {
  return availability.good + availability.bad + latency.good + latency.bad > 0;
}

/** Incidents that have ended longer ago than that are not looked at. */
const doubtfulMs = 6 * hourMs;

/** What lies back longer than any window that is looked at closely is kept by the hour. */
const grains = [
  { olderThanMs: 73 * hourMs, grainMs: hourMs },
  { olderThanMs: 2 * hourMs, grainMs: hourMs / 12 },
];

/** The oldest first, without what has left the window; old ones are added up. */
export function condensed(
  moments: readonly BudgetMoment[],
  now: number,
  windowMs: number,
): readonly BudgetMoment[] {
  const byTime = new Map<number, BudgetMoment>();
  for (const moment of moments.toSorted((a, b) => a.at - b.at)) {
    if (moment.at <= now - windowMs) continue;
    const { grainMs = 1 } = grains.find(({ olderThanMs }) => moment.at < now - olderThanMs) ?? {};
    const at = Math.floor(moment.at / grainMs) * grainMs;
    const other = byTime.get(at);
    byTime.set(at, {
      at,
      availability: plus(moment.availability, other?.availability),
      latency: plus(moment.latency, other?.latency),
      ...mergedDoubts(moment, other),
    });
  }
  return [...byTime.values()].map((moment) =>
    withoutEmpty(moment.at < now - doubtfulMs ? { ...moment, unexplained: undefined } : moment),
  );
}

export class Counter {
  readonly #tallies = { availability: { good: 0, bad: 0 }, latency: { good: 0, bad: 0 } };
  readonly #bad: Record<Goal, Record<string, number>> = { availability: {}, latency: {} };

  add(goal: Goal, checkId: string, { good, bad }: Tally): void {
    this.#tallies[goal].good += good;
    this.#tallies[goal].bad += bad;
    if (bad > 0) this.#bad[goal][checkId] = (this.#bad[goal][checkId] ?? 0) + bad;
  }

  at(at: number): BudgetMoment {
    return { at, ...this.#tallies, unexplained: this.#bad };
  }
}

export function momentOf(
  objective: ObjectiveSettings,
  results: readonly Result[],
  checks: readonly Check[],
  at: number,
): BudgetMoment {
  const own = new Map(checks.filter((check) => isAbout(objective, check)).map((check) => [check.id, check]));
  const tally = new Counter();
  for (const { checkId, verdict, status, phases } of results) {
    const check = own.get(checkId);
    if (check === undefined || verdict === 'blocked' || verdict === 'unknown') continue;
    const failed = Number(verdict === 'fail');
    tally.add('availability', checkId, { good: 1 - failed, bad: failed });
    if (status === undefined || failed === 1) continue;
    const slow = Number(phases.totalMs > check.latency.p95Ms);
    tally.add('latency', checkId, { good: 1 - slow, bad: slow });
  }
  return tally.at(at);
}

export function isAbout({ services, tags }: ObjectiveSettings, check: Check): boolean {
  return (
    (services === undefined || services.includes(check.service)) &&
    (tags === undefined || check.tags.some((tag) => tags.includes(tag)))
  );
}

const nothing: Tally = { good: 0, bad: 0 };

export function plus(one: Tally, other: Tally = nothing): Tally {
  return { good: one.good + other.good, bad: one.bad + other.bad };
}
