import type { Sentence } from '../../model/sentence.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { BudgetView } from '../../model/budget.ts';
import {
  countVerdicts,
  type CycleStatistics,
  type LatencySummary,
  successRateOf,
} from '../../model/cycle.ts';
import type { Incident } from '../../model/incident.ts';
import { type Verdict, verdicts } from '../../model/result.ts';
import type { Coverage, SetUpKind } from '../../model/set-up.ts';
import { fromBuckets, type HourRollup, summarizeHistogram } from '../../model/histogram.ts';

/** What happened between two moments. Times are epoch ms; lists are sorted worst first. */
export interface PeriodReport extends Figures {
  readonly from: number;
  readonly to: number;
  /** IANA name in which the texts show times. */
  readonly timeZone: string;
  readonly cycles: { readonly complete: number; readonly interrupted: number; readonly missed: number };
  /** At the end of the period, all services together; absent when nothing was planned. */
  readonly coverage?: Omit<Coverage, 'skipped'>;
  /** At the end of the period. */
  readonly budgets: readonly BudgetView[];
  /** Oldest first, for charts: hours, or as many of them together as keep it readable. */
  readonly course: readonly CourseStep[];
  readonly services: readonly ServiceLine[];
  /** By the tags of operations as they are documented now; an operation counts for each of its tags. */
  readonly tags: readonly TagLine[];
  readonly incidents: readonly Incident[];
  /** What began more than once. */
  readonly recurring: readonly RecurringLine[];
  readonly failing: readonly OperationLine[];
  /** Good only when asked again. */
  readonly flaky: readonly OperationLine[];
  /** Origins that were called more slowly, and why. */
  readonly slowed: Readonly<Record<string, Sentence>>;
  readonly slow: readonly OperationLine[];
  /** At the end: what has never worked or is not called, by what helps; what is worth most first. */
  readonly setUp: readonly SetUpLine[];
  /** Documents that changed. */
  readonly changes: readonly DocumentChange[];
  /** All that were called, by service and name. */
  readonly operations: readonly OperationLine[];
}

interface Figures {
  readonly results: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Absent when nothing counted. */
  readonly successRate?: number;
  /** Within 2 %; absent when nothing answered. */
  readonly latency?: LatencySummary;
}

export interface ServiceLine extends Figures {
  readonly service: string;
}

export interface TagLine extends ServiceLine {
  readonly tag: string;
}

export interface OperationLine extends ServiceLine {
  readonly operation: string;
  /** How many were good only when asked again; known for as long as single results are kept. */
  readonly flaky: number;
}

export interface CourseStep extends Figures {
  readonly from: number;
}

export interface RecurringLine {
  readonly label: string;
  readonly services: readonly string[];
  readonly times: number;
}

export interface DocumentChange {
  readonly at: number;
  readonly service: string;
  readonly uri: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** Operations whose change breaks callers. */
  readonly breaking: readonly string[];
}

export interface SetUpLine {
  readonly service: string;
  readonly kind: SetUpKind;
  /** Operations. */
  readonly count: number;
  /** One sentence. */
  readonly why: Sentence;
  /** `GET /orders/{id}`, when it is about one alone. */
  readonly operation?: string;
}

export interface PeriodInput {
  readonly range: { readonly from: number; readonly to: number };
  readonly timeZone: string;
  /** Newest first. */
  readonly cycles: readonly CycleStatistics[];
  readonly incidents: readonly Incident[];
  readonly hours: AsyncIterable<HourRollup>;
  readonly checks: readonly ReportedCheck[];
  /** Of a check's operation; none when it is documented no more. */
  readonly tagsOf: (check: ReportedCheck) => readonly string[];
  /** Check id → how many were good only when asked again. */
  readonly flaky: ReadonlyMap<string, number>;
  readonly changes: readonly DocumentChange[];
  readonly setUp: readonly SetUpLine[];
}

export interface ReportedCheck {
  readonly id: string;
  readonly service: string;
  readonly operation: string;
}

const listed = 10;
/** Bars in a chart. */
const stepsMax = 60;
const hourMs = 3_600_000;

export async function periodReport(input: PeriodInput): Promise<PeriodReport> {
  const { range, timeZone, cycles, incidents, changes, setUp } = input;
  const { all, byService, byCheck, byStep } = await addUp(input);
  const operations = operationLines(input, byCheck);
  return {
    ...range,
    timeZone,
    cycles: {
      complete: cycles.filter((cycle) => cycle.outcome === 'complete').length,
      interrupted: cycles.filter((cycle) => cycle.outcome === 'interrupted').length,
      missed: cycles.reduce((sum, cycle) => sum + cycle.missed, 0),
    },
    ...figuresOf(all),
    ...coverageAtEnd(cycles),
    budgets: cycles.find(({ budgets }) => budgets !== undefined)?.budgets ?? [],
    course: [...byStep].sort(([a], [b]) => a - b).map(([from, sum]) => ({ from, ...figuresOf(sum) })),
    services: [...byService]
      .map(([service, sum]) => ({ service, ...figuresOf(sum) }))
      .sort((a, b) => (a.successRate ?? 1) - (b.successRate ?? 1)),
    tags: tagLines(input, byCheck),
    incidents,
    recurring: recurringLines(incidents),
    setUp,
    failing: operations
      .filter(({ counts }) => counts.fail > 0)
      .sort((a, b) => b.counts.fail - a.counts.fail)
      .slice(0, listed),
    flaky: operations
      .filter((line) => line.flaky > 0)
      .sort((a, b) => b.flaky - a.flaky)
      .slice(0, listed),
    slowed: Object.assign({}, ...cycles.map(({ slowed }) => slowed ?? {})) as Record<string, Sentence>,
    slow: operations
      .filter(({ latency }) => latency !== undefined)
      .sort((a, b) => (b.latency?.p95Ms ?? 0) - (a.latency?.p95Ms ?? 0))
      .slice(0, listed),
    changes,
    operations,
  };
}

async function addUp({ hours, range }: PeriodInput) {
  const stepMs = Math.max(1, Math.ceil((range.to - range.from) / hourMs / stepsMax)) * hourMs;
  const all = new Sum();
  const byService = new Map<string, Sum>();
  const byCheck = new Map<string, Sum>();
  const byStep = new Map<number, Sum>();
  const sumAt = <K>(sums: Map<K, Sum>, key: K): Sum => {
    const sum = sums.get(key) ?? new Sum();
    sums.set(key, sum);
    return sum;
  };
  for await (const { hour, service, checks } of hours) {
    const step = Math.floor(hour / stepMs) * stepMs;
    const hourly = new Sum();
    for (const rollup of checks) {
      sumAt(byCheck, rollup.checkId).add(rollup);
      hourly.add(rollup);
    }
    for (const sum of [all, sumAt(byService, service), sumAt(byStep, step)]) sum.add(hourly);
  }
  return { all, byService, byCheck, byStep };
}

function figuresOf(sum: Sum): Figures {
  const successRate = successRateOf(sum.counts);
  const latency = sum.summary();
  return {
    results: sum.results,
    counts: { ...countVerdicts([]), ...sum.counts },
    successRate,
    latency,
  };
}

/** Each service as its last cycle planned it; `cycles` come newest first. */
function coverageAtEnd(cycles: readonly CycleStatistics[]): Pick<PeriodReport, 'coverage'> {
  const latest = Object.assign({}, ...cycles.toReversed().map(({ coverage }) => coverage ?? {})) as Record<
    string,
    Coverage
  >;
  const all = Object.values(latest);
  if (all.length === 0) return {};
  const sum = (of: (one: Coverage) => number): number => all.reduce((total, one) => total + of(one), 0);
  return {
    coverage: {
      documented: sum(({ documented }) => documented),
      called: sum(({ called }) => called),
      certain: sum(({ certain }) => certain),
      uncertain: sum(({ uncertain }) => uncertain),
      capturable: sum(({ capturable }) => capturable),
    },
  };
}

function operationLines(
  { checks, flaky }: PeriodInput,
  sums: ReadonlyMap<string, Sum>,
): readonly OperationLine[] {
  return checks
    .flatMap(({ id, service, operation }) => {
      const sum = sums.get(id);
      return sum === undefined ? [] : [{ service, operation, flaky: flaky.get(id) ?? 0, ...figuresOf(sum) }];
    })
    .sort((a, b) => compare(a.service, b.service) || compare(a.operation, b.operation));
}

function tagLines({ checks, tagsOf }: PeriodInput, sums: ReadonlyMap<string, Sum>): readonly TagLine[] {
  const tagged = new Map<string, { readonly service: string; readonly tag: string; readonly sum: Sum }>();
  for (const check of checks) {
    const own = sums.get(check.id);
    for (const tag of own === undefined ? [] : tagsOf(check)) {
      const key = `${check.service}\n${tag}`;
      const line = tagged.get(key) ?? { service: check.service, tag, sum: new Sum() };
      tagged.set(key, line);
      if (own !== undefined) line.sum.add(own);
    }
  }
  return [...tagged.values()]
    .map(({ service, tag, sum }) => ({ service, tag, ...figuresOf(sum) }))
    .sort((a, b) => (a.successRate ?? 1) - (b.successRate ?? 1) || compare(a.tag, b.tag));
}

function recurringLines(incidents: readonly Incident[]): readonly RecurringLine[] {
  return [...groupBy(incidents, ({ fingerprint }) => fingerprint).values()]
    .flatMap((own): readonly RecurringLine[] => {
      const [one] = own;
      if (one === undefined || own.length < 2) return [];
      return [{ label: one.subjectLabel, services: one.services, times: own.length }];
    })
    .sort((a, b) => b.times - a.times)
    .slice(0, listed);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** What hours add up to, without a new histogram for each of them. */
class Sum {
  readonly counts: Record<Verdict, number> = countVerdicts([]);
  readonly latency = { buckets: new Map<number, number>() };

  add(other: {
    readonly counts: Readonly<Record<Verdict, number>>;
    readonly latency: { readonly buckets: ReadonlyMap<number, number> };
  }): void {
    for (const verdict of verdicts) this.counts[verdict] += other.counts[verdict];
    const { buckets } = this.latency;
    for (const [index, count] of other.latency.buckets) buckets.set(index, (buckets.get(index) ?? 0) + count);
  }

  get results(): number {
    return verdicts.reduce((sum, verdict) => sum + this.counts[verdict], 0);
  }

  summary(): LatencySummary | undefined {
    return summarizeHistogram(fromBuckets(this.latency.buckets));
  }
}
