import { formatDuration } from '../kit/duration.ts';
import type { BudgetView } from '../model/budget.ts';
import { groupBy } from '../kit/group-by.ts';
import {
  type CycleStatistics,
  countVerdicts,
  type LatencySummary,
  successRateOf,
  summarizeLatency,
} from '../model/cycle.ts';
import type { Coverage } from '../model/coverage.ts';
import type { Incident } from '../model/incident.ts';
import { type Result, type Verdict, verdicts } from '../model/result.ts';

/** What happened between two moments. Times are epoch ms; lists are sorted worst first. */
export interface PeriodReport {
  readonly from: number;
  readonly to: number;
  /** IANA name in which the texts show times. */
  readonly timeZone: string;
  readonly cycles: { readonly complete: number; readonly interrupted: number; readonly missed: number };
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Absent when nothing counted. */
  readonly successRate?: number;
  readonly latency?: LatencySummary;
  /** At the end of the period, all sources together; absent when nothing was planned. */
  readonly coverage?: Omit<Coverage, 'skipped'>;
  /** At the end of the period. */
  readonly budgets: readonly BudgetView[];
  readonly incidents: readonly Incident[];
  readonly failing: readonly OperationLine[];
  /** Good only when asked again. */
  readonly flaky: readonly OperationLine[];
  /** Origins that were called more slowly, and why. */
  readonly slowed: Readonly<Record<string, string>>;
  readonly slow: readonly OperationLine[];
}

export interface OperationLine {
  readonly source: string;
  readonly operation: string;
  readonly results: number;
  readonly fails: number;
  readonly flaky: number;
  readonly latency?: LatencySummary;
}

export interface PeriodInput {
  readonly range: { readonly from: number; readonly to: number };
  readonly timeZone: string;
  readonly cycles: readonly CycleStatistics[];
  readonly incidents: readonly Incident[];
  readonly results: readonly Result[];
  readonly checks: readonly { readonly id: string; readonly source: string; readonly operation: string }[];
}

const listed = 10;

export function periodReport(input: PeriodInput): PeriodReport {
  const { range, timeZone, cycles, incidents, results } = input;
  const counts = countVerdicts(results.map(({ verdict }) => verdict));
  const successRate = successRateOf(counts);
  const latency = latencyOf(results);
  const lines = operationLines(input);
  return {
    ...range,
    timeZone,
    cycles: {
      complete: cycles.filter((cycle) => cycle.outcome === 'complete').length,
      interrupted: cycles.filter((cycle) => cycle.outcome === 'interrupted').length,
      missed: cycles.reduce((sum, cycle) => sum + cycle.missed, 0),
    },
    counts,
    ...(successRate === undefined ? {} : { successRate }),
    ...(latency === undefined ? {} : { latency }),
    ...coverageAtEnd(cycles),
    budgets: budgetsAtEnd(cycles),
    incidents,
    failing: lines
      .filter((line) => line.fails > 0)
      .sort((a, b) => b.fails - a.fails)
      .slice(0, listed),
    flaky: lines
      .filter((line) => line.flaky > 0)
      .sort((a, b) => b.flaky - a.flaky)
      .slice(0, listed),
    slowed: Object.assign({}, ...cycles.map(({ slowed }) => slowed ?? {})) as Record<string, string>,
    slow: lines
      .filter((line) => line.latency !== undefined)
      .sort((a, b) => (b.latency?.p95Ms ?? 0) - (a.latency?.p95Ms ?? 0))
      .slice(0, listed),
  };
}

/** Each source as its last cycle planned it; `cycles` come newest first. */
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
      harvestable: sum(({ harvestable }) => harvestable),
    },
  };
}

/** `cycles` come newest first; each knows all objectives. */
function budgetsAtEnd(cycles: readonly CycleStatistics[]): readonly BudgetView[] {
  return cycles.find(({ budgets }) => budgets !== undefined)?.budgets ?? [];
}

function latencyOf(results: readonly Result[]): LatencySummary | undefined {
  return summarizeLatency(
    results.filter(({ status }) => status !== undefined).map(({ phases }) => phases.totalMs),
  );
}

function operationLines({ results, checks }: PeriodInput): OperationLine[] {
  const byCheck = groupBy(results, ({ checkId }) => checkId);
  return checks.flatMap(({ id, source, operation }) => {
    const own = byCheck.get(id);
    if (own === undefined) return [];
    const latency = latencyOf(own);
    const fails = own.filter(({ verdict }) => verdict === 'fail').length;
    const flaky = own.filter(({ reason }) => reason.code === 'flaky').length;
    return [
      { source, operation, results: own.length, fails, flaky, ...(latency === undefined ? {} : { latency }) },
    ];
  });
}

export function renderText(report: PeriodReport): string {
  return [
    ...summaryLines(report),
    ...sections(report).flatMap(({ title, lines }) => ['', title, ...lines.map((l) => `  ${l}`)]),
  ].join('\n');
}

export function renderMarkdown(report: PeriodReport): string {
  return [
    '# API Patrol report',
    '',
    ...summaryLines(report).map((line) => `- ${line}`),
    ...sections(report).flatMap(({ title, lines }) => [
      '',
      `## ${title}`,
      '',
      ...lines.map((line) => `- ${line}`),
    ]),
    '',
  ].join('\n');
}

function summaryLines(report: PeriodReport): string[] {
  const { cycles, counts, successRate, latency, coverage } = report;
  const time = (at: number): string => formatTime(at, report.timeZone);
  const rate = successRate === undefined ? '–' : `${(Math.floor(successRate * 10_000) / 100).toFixed(2)} %`;
  return [
    `${time(report.from)} – ${time(report.to)} (${report.timeZone})`,
    `cycles: ${cycles.complete} complete, ${cycles.interrupted} interrupted, ${cycles.missed} missed`,
    `results: ${verdicts.map((verdict) => `${counts[verdict]} ${verdict}`).join(', ')}`,
    `success rate: ${rate}`,
    `response time: ${latency === undefined ? 'no answers' : latencyText(latency)}`,
    ...(coverage === undefined
      ? []
      : [
          `coverage: ${coverage.called} of ${coverage.documented} operations called, ${coverage.certain} of them certain (apipatrol scan --coverage)`,
        ]),
  ];
}

function sections(report: PeriodReport): { readonly title: string; readonly lines: readonly string[] }[] {
  const all = [
    ...(report.budgets.length === 0
      ? []
      : [{ title: 'Objectives', lines: report.budgets.map((budget) => budgetLine(budget)) }]),
    { title: 'Incidents', lines: report.incidents.map((incident) => incidentLine(incident, report)) },
    {
      title: 'Failing operations',
      lines: report.failing.map(
        ({ operation, source, fails, results }) => `${operation} (${source}): ${fails} of ${results} failed`,
      ),
    },
    {
      title: 'Flaky operations',
      lines: report.flaky.map(
        ({ operation, source, flaky, results }) =>
          `${operation} (${source}): ${flaky} of ${results} good only when asked again`,
      ),
    },
    {
      title: 'Slowed down',
      lines: Object.entries(report.slowed).map(([origin, because]) => `${origin}: ${because}`),
    },
    {
      title: 'Slowest operations',
      lines: report.slow.flatMap(({ operation, source, latency }) =>
        latency === undefined ? [] : [`${operation} (${source}): ${latencyText(latency)}`],
      ),
    },
  ];
  return all.map(({ title, lines }) => ({ title, lines: lines.length === 0 ? ['none'] : lines }));
}

function incidentLine(
  { id, subjectLabel, reason, openedAt, resolvedAt, lastSeenAt }: Incident,
  report: PeriodReport,
): string {
  const lasted = formatDuration(Math.round(((resolvedAt ?? lastSeenAt) - openedAt) / 1000) * 1000);
  const state = resolvedAt === undefined ? `open for ${lasted}` : `lasted ${lasted}`;
  return `#${id} ${subjectLabel}: ${reason.message} (since ${formatTime(openedAt, report.timeZone)}, ${state})`;
}

function budgetLine({ objective, kind, target, windowMs, good, bad, left, burning }: BudgetView): string {
  const percent = (share: number): string => `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
  const kept = good + bad === 0 ? '–' : percent(good / (good + bad));
  const [burn] = burning;
  const fast = burn === undefined ? '' : `, burning ${burn.rate.toFixed(1)} × too fast`;
  return `${objective} ${kind}: ${kept} of ${percent(target)} over ${formatDuration(windowMs)}, ${percent(left)} of the budget left${fast}`;
}

function latencyText(latency: LatencySummary): string {
  return (['avg', 'p50', 'p95', 'p99', 'max'] as const)
    .map((name) => `${name} ${Math.round(latency[`${name}Ms`])} ms`)
    .join(' · ');
}

/** `2026-11-24 08:15` */
function formatTime(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return parts.format(at);
}
