import type { BudgetMemory, BudgetMoment, BudgetView, Burn, Tally } from '../../model/budget.ts';
import type { Check } from '../../model/check.ts';
import { countOver, hourMs, type HourRollup } from '../../model/histogram.ts';
import type { Result } from '../../model/result.ts';
import type { ObjectiveSettings } from '../../model/settings.ts';

/** A burn that is too fast, over a long time and still now: suited to one sample a quarter of an hour. */
interface BurnRule {
  readonly longMs: number;
  readonly shortMs: number;
  /** Share of a month's budget that is gone after the long window at this rate. */
  readonly budget: number;
}

export const burnRules: readonly BurnRule[] = [
  { longMs: 3 * hourMs, shortMs: hourMs / 4, budget: 0.02 },
  { longMs: 12 * hourMs, shortMs: hourMs, budget: 0.05 },
  { longMs: 72 * hourMs, shortMs: 6 * hourMs, budget: 0.1 },
];

/** Fewer samples in the short window, or fewer bad ones, prove nothing. */
const enough = { samples: 30, bad: 3 };

type Goal = 'availability' | 'latency';

/**
 * What counted for each objective, moment by moment, as far back as its window reaches. Begins with what is
 * remembered; the past of an objective that is new is told service by service with `learn`, cycles with `after`.
 */
export class ErrorBudgets {
  readonly objectives: readonly ObjectiveSettings[];
  #memories: ReadonlyMap<string, BudgetMemory>;

  constructor(objectives: readonly ObjectiveSettings[], remembered: readonly BudgetMemory[] = []) {
    this.objectives = objectives;
    const known = new Map(remembered.map((memory) => [memory.objective, memory]));
    this.#memories = new Map(
      objectives.map((objective) => {
        const key = keyOf(objective);
        return [key, known.get(key) ?? { objective: key, learnt: [], moments: [] }];
      }),
    );
  }

  /** To be kept, and handed in again. */
  get memories(): readonly BudgetMemory[] {
    return [...this.#memories.values()];
  }

  /** Epoch ms back to which the hours of a service are to be learnt; `undefined`: it is known, or no objective's. */
  wants(service: string, now: number): number | undefined {
    const own = this.objectives.filter((objective) => this.#isNewTo(objective, service));
    return own.length === 0 ? undefined : now - Math.max(...own.map(({ windowMs }) => windowMs));
  }

  /**
   * Hours of a service that are over; checks that are no longer planned do not count.
   *
   * @param isMaintained Whether a check was under maintenance at any time of the hour that began then.
   */
  learn(
    service: string,
    hours: readonly HourRollup[],
    checks: readonly Check[],
    isMaintained: (check: Check, hour: number) => boolean = () => false,
  ): void {
    const known = new Map(checks.map((check) => [check.id, check]));
    this.adopt(
      this.objectives.map((objective) => {
        const memory = this.#memoryOf(objective);
        if (!this.#isNewTo(objective, service)) return memory;
        const moments = hours.map(({ hour, checks: sums }): BudgetMoment => {
          const tally = new Counter();
          for (const { checkId, counts, latency } of sums) {
            const check = known.get(checkId);
            if (check === undefined || !isAbout(objective, check) || isMaintained(check, hour)) continue;
            const slow = countOver(latency, check.latency.p95Ms);
            tally.add('availability', counts.pass + counts.degraded, counts.fail);
            tally.add('latency', latency.count - slow, slow);
          }
          return tally.at(hour);
        });
        const learnt = [...memory.learnt, service];
        return { ...memory, learnt, moments: [...memory.moments, ...moments.filter(hasCounted)] };
      }),
    );
  }

  /** What is to be remembered once the results of a cycle have been stored. */
  after(results: readonly Result[], checks: readonly Check[], at: number): readonly BudgetMemory[] {
    return this.objectives.map((objective) => {
      const memory = this.#memoryOf(objective);
      const moment = momentOf(objective, results, checks, at);
      const moments = [...memory.moments, ...(hasCounted(moment) ? [moment] : [])];
      return { ...memory, moments: condensed(moments, at, objective.windowMs) };
    });
  }

  adopt(memories: readonly BudgetMemory[]): void {
    this.#memories = new Map(memories.map((memory) => [memory.objective, memory]));
  }

  /** How things stand, with these results on top: at the end of a cycle, before it is stored. */
  view(results: readonly Result[], checks: readonly Check[], now: number): readonly BudgetView[] {
    return this.objectives.flatMap((objective) => {
      const last = momentOf(objective, results, checks, now);
      const moments = [...this.#memoryOf(objective).moments, last];
      return (['availability', 'latency'] as const).flatMap((kind) => {
        const target = objective[kind];
        if (target === undefined) return [];
        const sampled = last[kind].good + last[kind].bad > 0;
        return [{ ...viewOf({ objective, kind, target }, moments, now), sampled }];
      });
    });
  }

  #memoryOf(objective: ObjectiveSettings): BudgetMemory {
    const key = keyOf(objective);
    return this.#memories.get(key) ?? { objective: key, learnt: [], moments: [] };
  }

  #isNewTo(objective: ObjectiveSettings, service: string): boolean {
    const concerns = objective.services?.includes(service) ?? true;
    return concerns && !this.#memoryOf(objective).learnt.includes(service);
  }
}

/** Another goal for the same calls remembers the same. */
function keyOf({ name, services, tags, windowMs }: ObjectiveSettings): string {
  return JSON.stringify([name, services ?? null, tags ?? null, windowMs]);
}

function hasCounted({ availability, latency }: BudgetMoment): boolean {
  return availability.good + availability.bad + latency.good + latency.bad > 0;
}

/** What lies back longer than any window that is looked at closely is kept by the hour. */
const grains = [
  { olderThanMs: 73 * hourMs, grainMs: hourMs },
  { olderThanMs: 2 * hourMs, grainMs: hourMs / 12 },
];

/** The oldest first, without what has left the window; old ones are added up. */
function condensed(moments: readonly BudgetMoment[], now: number, windowMs: number): readonly BudgetMoment[] {
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
    });
  }
  return [...byTime.values()];
}

class Counter {
  readonly #tallies = { availability: { good: 0, bad: 0 }, latency: { good: 0, bad: 0 } };

  add(goal: Goal, good: number, bad: number): void {
    this.#tallies[goal].good += good;
    this.#tallies[goal].bad += bad;
  }

  at(at: number): BudgetMoment {
    return { at, ...this.#tallies };
  }
}

function momentOf(
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
    tally.add('availability', 1 - failed, failed);
    if (status === undefined || failed === 1) continue;
    const slow = Number(phases.totalMs > check.latency.p95Ms);
    tally.add('latency', 1 - slow, slow);
  }
  return tally.at(at);
}

function isAbout({ services, tags }: ObjectiveSettings, check: Check): boolean {
  return (
    (services === undefined || services.includes(check.service)) &&
    (tags === undefined || check.tags.some((tag) => tags.includes(tag)))
  );
}

function viewOf(
  goal: { readonly objective: ObjectiveSettings; readonly kind: Goal; readonly target: number },
  moments: readonly BudgetMoment[],
  now: number,
): Omit<BudgetView, 'sampled'> {
  const { objective, kind, target } = goal;
  const { name, windowMs } = objective;
  const within = (ms: number): Tally => sum(moments, kind, now - ms);
  const { good, bad } = within(windowMs);
  const allowed = (good + bad) * (1 - target);
  return {
    objective: name,
    kind,
    target,
    windowMs,
    good,
    bad,
    left: allowed === 0 ? 1 : 1 - bad / allowed,
    burning: burnRules
      .flatMap((rule) => burnOf(rule, { windowMs, target }, within) ?? [])
      .toSorted((a, b) => b.rate - a.rate),
  };
}

function burnOf(
  { longMs, shortMs, budget }: BurnRule,
  { windowMs, target }: { readonly windowMs: number; readonly target: number },
  within: (ms: number) => Tally,
): Burn | undefined {
  const rateOf = ({ good, bad }: Tally): number => (good + bad === 0 ? 0 : bad / (good + bad) / (1 - target));
  const threshold = (budget * windowMs) / longMs;
  const [short, long] = [within(shortMs), within(longMs)];
  if (short.good + short.bad < enough.samples || short.bad < enough.bad) return undefined;
  const rate = Math.min(rateOf(short), rateOf(long));
  return rate < threshold ? undefined : { longMs, shortMs, rate };
}

function sum(moments: readonly BudgetMoment[], kind: Goal, after: number): Tally {
  return moments.reduce((total, moment) => (moment.at > after ? plus(total, moment[kind]) : total), nothing);
}

const nothing: Tally = { good: 0, bad: 0 };

function plus(one: Tally, other: Tally = nothing): Tally {
  return { good: one.good + other.good, bad: one.bad + other.bad };
}
