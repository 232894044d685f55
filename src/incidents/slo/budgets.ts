import type { BudgetMemory, BudgetMoment, BudgetView, Burn, Goal, Tally } from '../../model/budget.ts';
import type { Check } from '../../model/check.ts';
import { countOver, hourMs, type HourRollup } from '../../model/histogram.ts';
import type { Incident } from '../../model/incident.ts';
import type { Result } from '../../model/result.ts';
import type { ObjectiveSettings } from '../../model/settings.ts';
import { explainedBy, goals, settled } from './explained.ts';
import { condensed, Counter, hasCounted, isAbout, momentOf, plus } from './moments.ts';

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

/** As many are known at least before any is forgotten. */
const fewChecks = 1000;

/** Burn that is told by no incident. */
export interface Beyond {
  readonly objective: string;
  readonly kind: Goal;
  /** Whatever comes of what may be about to become incidents. */
  readonly burning: readonly Burn[];
  /** It burns if nothing comes of them. */
  readonly mayBurn: boolean;
}

/**
 * What counted for each objective, moment by moment, as far back as its window reaches. Begins with what is
 * remembered; the past of an objective that is new is told service by service with `learn`, cycles with `after`.
 */
export class ErrorBudgets {
  readonly objectives: readonly ObjectiveSettings[];
  #memories: ReadonlyMap<string, BudgetMemory>;
  /** As last planned: what counts for an objective is of services whose cycles end at different times. */
  readonly #checks = new Map<string, Check>();

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
            tally.add('availability', checkId, { good: counts.pass + counts.degraded, bad: counts.fail });
            tally.add('latency', checkId, { good: latency.count - slow, bad: slow });
          }
          return tally.at(hour);
        });
        const learnt = [...memory.learnt, service];
        return { ...memory, learnt, moments: [...memory.moments, ...moments.filter(hasCounted)] };
      }),
    );
  }

  /**
   * What is to be remembered once the results of a cycle have been stored.
   *
   * @param incidents Those that are open then, and those that have ended lately; of suspicions nothing is explained.
   */
  after(
    results: readonly Result[],
    checks: readonly Check[],
    at: number,
    incidents: readonly Incident[] = [],
  ): readonly BudgetMemory[] {
    this.#know(checks);
    const explains = this.#explainedBy(incidents.filter(isFact));
    return this.objectives.map((objective) => {
      const memory = this.#memoryOf(objective);
      const moment = momentOf(objective, results, checks, at);
      const moments = [...memory.moments, ...(hasCounted(moment) ? [moment] : [])];
      const known = moments.map((one) => settled(one, explains));
      return { ...memory, moments: condensed(known, at, objective.windowMs) };
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
      return goals.flatMap((kind) => {
        const target = objective[kind];
        if (target === undefined) return [];
        const sampled = last[kind].good + last[kind].bad > 0;
        return [{ ...viewOf({ objective, kind, target }, moments, now), sampled }];
      });
    });
  }

  /**
   * How fast each burns by what belongs to no incident, by objective and goal, worst first; with these results on top.
   *
   * @param incidents As of `after`, suspicions among them.
   */
  beyond(
    results: readonly Result[],
    checks: readonly Check[],
    now: number,
    incidents: readonly Incident[],
  ): readonly Beyond[] {
    this.#know(checks);
    const facts = this.#explainedBy(incidents.filter(isFact));
    const all = this.#explainedBy(incidents);
    // Nothing comes of a suspicion of what works now.
    const well = new Set(results.flatMap(({ checkId, verdict }) => (verdict === 'pass' ? [checkId] : [])));
    const suspected: typeof all = (goal, checkId, at) => !well.has(checkId) && all(goal, checkId, at);
    return this.objectives.flatMap((objective) => {
      const moments = [...this.#memoryOf(objective).moments, momentOf(objective, results, checks, now)];
      const known = moments.map((one) => settled(one, facts));
      const supposed = known.map((one) => settled(one, suspected));
      return goals.flatMap((kind) => {
        const target = objective[kind];
        if (target === undefined) return [];
        const goal = { objective, kind, target };
        return [
          {
            objective: objective.name,
            kind,
            burning: burnsOf(goal, supposed, now, unexplainedIn),
            mayBurn: burnsOf(goal, known, now, unexplainedIn).length > 0,
          },
        ];
      });
    });
  }

  #know(checks: readonly Check[]): void {
    if (this.objectives.length === 0) return;
    for (const check of checks) this.#checks.set(check.id, withoutDocument(check));
    if (this.#checks.size > 2 * checks.length + fewChecks) this.#forgetOthers(checks);
  }

  /** Of a check that is gone it is asked as long as something has counted against it that nothing explains. */
  #forgetOthers(checks: readonly Check[]): void {
    const asked = new Set(checks.map(({ id }) => id));
    for (const { moments } of this.#memories.values())
      for (const { unexplained } of moments)
        for (const goal of goals) for (const id in unexplained?.[goal]) asked.add(id);
    for (const id of this.#checks.keys()) if (!asked.has(id)) this.#checks.delete(id);
  }

  #explainedBy(incidents: readonly Incident[]): ReturnType<typeof explainedBy> {
    return explainedBy(incidents, (id) => this.#checks.get(id));
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

/** A check without what its document says: that would be kept for as long, in each version that there has been. */
function withoutDocument(check: Check): Check {
  return { ...check, promises: [], schemas: {}, values: [] };
}

/** Not a suspicion. */
function isFact({ state }: Incident): boolean {
  return state !== 'pending';
}

/** Another goal for the same calls remembers the same. */
function keyOf({ name, services, tags, windowMs }: ObjectiveSettings): string {
  return JSON.stringify([name, services ?? null, tags ?? null, windowMs]);
}

interface GoalOf {
  readonly objective: ObjectiveSettings;
  readonly kind: Goal;
  readonly target: number;
}

function viewOf(goal: GoalOf, moments: readonly BudgetMoment[], now: number): Omit<BudgetView, 'sampled'> {
  const { objective, kind, target } = goal;
  const { name, windowMs } = objective;
  const { good, bad } = sum(moments, now - windowMs, countedIn(kind));
  const allowed = (good + bad) * (1 - target);
  return {
    objective: name,
    kind,
    target,
    windowMs,
    good,
    bad,
    left: allowed === 0 ? 1 : 1 - bad / allowed,
    burning: burnsOf(goal, moments, now, countedIn),
  };
}

type TallyOf = (moment: BudgetMoment) => Tally;

const countedIn =
  (kind: Goal): TallyOf =>
  (moment) =>
    moment[kind];

/** What an incident tells of is told. */
const unexplainedIn =
  (kind: Goal): TallyOf =>
  ({ [kind]: { good, bad }, explained }) => {
    const told = explained?.[kind] ?? 0;
    return { good: good + told, bad: bad - told };
  };

function burnsOf(
  { objective: { windowMs }, kind, target }: GoalOf,
  moments: readonly BudgetMoment[],
  now: number,
  tallyOf: (kind: Goal) => TallyOf,
): readonly Burn[] {
  const within = (ms: number): Tally => sum(moments, now - ms, tallyOf(kind));
  return burnRules
    .flatMap((rule) => burnOf(rule, { windowMs, target }, within) ?? [])
    .toSorted((a, b) => b.rate - a.rate);
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

function sum(moments: readonly BudgetMoment[], after: number, tallyOf: TallyOf): Tally {
  return moments.reduce((total, moment) => (moment.at > after ? plus(total, tallyOf(moment)) : total), {
    good: 0,
    bad: 0,
  });
}
