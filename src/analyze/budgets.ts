import type { BudgetView, Burn } from '../model/budget.ts';
import type { Check } from '../model/check.ts';
import { countOver } from '../model/histogram.ts';
import type { Result } from '../model/result.ts';
import type { HourRollup } from '../model/rollup.ts';
import type { ObjectiveSettings } from '../model/settings.ts';

const hourMs = 3_600_000;

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

interface Tally {
  good: number;
  bad: number;
}

interface Moment {
  readonly at: number;
  readonly tally: Readonly<Record<Goal, Tally>>;
}

/**
 * What counted for each objective, moment by moment, as far back as its window reaches. Begins empty: the past is
 * told source by source with `learn`, cycles with `add`.
 */
export class ErrorBudgets {
  readonly objectives: readonly ObjectiveSettings[];
  readonly #moments = new Map<string, Moment[]>();
  readonly #learnt = new Set<string>();

  constructor(objectives: readonly ObjectiveSettings[]) {
    this.objectives = objectives;
  }

  /** Epoch ms back to which the hours of a source are to be learnt; `undefined`: it is known, or no objective's. */
  wants(source: string, now: number): number | undefined {
    const own = this.objectives.filter(({ sources }) => sources === undefined || sources.includes(source));
    if (own.length === 0 || this.#learnt.has(source)) return undefined;
    return now - Math.max(...own.map(({ windowMs }) => windowMs));
  }

  /** Hours of a source that are over; checks that are no longer planned do not count. */
  learn(source: string, hours: readonly HourRollup[], checks: readonly Check[]): void {
    this.#learnt.add(source);
    const known = new Map(checks.map((check) => [check.id, check]));
    for (const objective of this.objectives) {
      for (const { hour, checks: sums } of hours) {
        const tally = emptyTally();
        for (const { checkId, counts, latency } of sums) {
          const check = known.get(checkId);
          if (check === undefined || !isAbout(objective, check)) continue;
          const slow = countOver(latency, check.latency.p95Ms);
          add(tally.availability, counts.pass + counts.degraded, counts.fail);
          add(tally.latency, latency.count - slow, slow);
        }
        this.#put(objective, { at: hour, tally });
      }
    }
  }

  /** The results of a cycle. */
  add(results: readonly Result[], checks: readonly Check[], at: number): void {
    for (const objective of this.objectives)
      this.#put(objective, { at, tally: tallyOf(objective, results, checks) });
  }

  /** How things stand, with these results on top: at the end of a cycle, before it is stored. */
  view(results: readonly Result[], checks: readonly Check[], now: number): readonly BudgetView[] {
    return this.objectives.flatMap((objective) => {
      const last: Moment = { at: now, tally: tallyOf(objective, results, checks) };
      const moments = [...(this.#moments.get(objective.name) ?? []), last];
      return (['availability', 'latency'] as const).flatMap((kind) => {
        const target = objective[kind];
        if (target === undefined) return [];
        const sampled = last.tally[kind].good + last.tally[kind].bad > 0;
        return [{ ...viewOf({ objective, kind, target }, moments, now), sampled }];
      });
    });
  }

  #put({ name, windowMs }: ObjectiveSettings, moment: Moment): void {
    const { availability, latency } = moment.tally;
    if (availability.good + availability.bad + latency.good + latency.bad === 0) return;
    const kept = (this.#moments.get(name) ?? []).filter(({ at }) => at > moment.at - windowMs);
    kept.push(moment);
    this.#moments.set(name, kept);
  }
}

function tallyOf(
  objective: ObjectiveSettings,
  results: readonly Result[],
  checks: readonly Check[],
): Moment['tally'] {
  const own = new Map(checks.filter((check) => isAbout(objective, check)).map((check) => [check.id, check]));
  const tally = emptyTally();
  for (const { checkId, verdict, status, phases } of results) {
    const check = own.get(checkId);
    if (check === undefined || verdict === 'blocked' || verdict === 'unknown') continue;
    const failed = Number(verdict === 'fail');
    add(tally.availability, 1 - failed, failed);
    if (status === undefined || failed === 1) continue;
    const slow = Number(phases.totalMs > check.latency.p95Ms);
    add(tally.latency, 1 - slow, slow);
  }
  return tally;
}

function isAbout({ sources, tags }: ObjectiveSettings, check: Check): boolean {
  return (
    (sources === undefined || sources.includes(check.source)) &&
    (tags === undefined || check.tags.some((tag) => tags.includes(tag)))
  );
}

function viewOf(
  goal: { readonly objective: ObjectiveSettings; readonly kind: Goal; readonly target: number },
  moments: readonly Moment[],
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

function sum(moments: readonly Moment[], kind: Goal, after: number): Tally {
  const total: Tally = { good: 0, bad: 0 };
  for (const { at, tally } of moments) if (at > after) add(total, tally[kind].good, tally[kind].bad);
  return total;
}

function add(tally: Tally, good: number, bad: number): void {
  tally.good += good;
  tally.bad += bad;
}

function emptyTally(): Record<Goal, Tally> {
  return { availability: { good: 0, bad: 0 }, latency: { good: 0, bad: 0 } };
}
