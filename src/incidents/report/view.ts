import { spokenDuration } from '../../lib/time/duration.ts';
import type { LatencySummary } from '../../model/cycle.ts';
import { lastedMs, lastsSince } from '../../model/incident.ts';
import { verdicts } from '../../model/result.ts';
import type { Language } from '../../model/settings.ts';
import type { OperationLine, PeriodReport, ServiceLine } from './period-report.ts';
import { type ReportWords, reportWords } from './words.ts';

/** A report as it reads, free of any markup. */
export interface ReportView {
  readonly words: ReportWords;
  readonly title: string;
  readonly summary: readonly (readonly [label: string, value: string])[];
  readonly sections: readonly ReportSection[];
}

export interface ReportSection {
  readonly title: string;
  /** What its figures are, where they are others than those above. */
  readonly note?: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** More would not be read; the data forms have them all. */
const incidentsShown = 30;
const changesShown = 20;
const tagsShown = 30;
const setUpShown = 30;

export function reportView(report: PeriodReport, language: Language): ReportView {
  const words = reportWords[language];
  return {
    words,
    title: words.title,
    summary: summaryOf(report, words),
    sections: [
      ...(report.budgets.length === 0 ? [] : [budgets(report, words)]),
      services(report, words),
      ...(report.tags.length < 2 ? [] : [tags(report, words)]),
      incidents(report, words),
      ...(report.recurring.length === 0 ? [] : [recurring(report, words)]),
      failing(report, words),
      ...(report.flaky.length === 0 ? [] : [flaky(report, words)]),
      ...(Object.keys(report.slowed).length === 0 ? [] : [slowed(report, words)]),
      slowest(report, words),
      ...(report.setUp.length === 0 ? [] : [setUp(report, words)]),
      ...(report.changes.length === 0 ? [] : [changes(report, words)]),
    ],
  };
}

function summaryOf(report: PeriodReport, words: ReportWords): ReportView['summary'] {
  const { from, to, timeZone, cycles, counts, successRate, latency, coverage } = report;
  const time = minuteFormat(timeZone);
  const seen = verdicts.map((verdict) => `${counts[verdict]} ${words.verdicts[verdict]}`);
  return [
    [words.period, `${time(from)} – ${time(to)} (${timeZone})`],
    [words.cycles, words.cyclesText(cycles.complete, cycles.interrupted, cycles.missed)],
    [words.results, seen.join(', ')],
    [words.success, percent(successRate)],
    [words.latency, latency === undefined ? words.noAnswers : latencyText(latency, words)],
    ...(coverage === undefined
      ? []
      : ([
          [words.coverage, words.coverageText(coverage.called, coverage.documented, coverage.certain)],
        ] as const)),
  ];
}

function setUp({ setUp: lines }: PeriodReport, words: ReportWords): ReportSection {
  const waiting = lines.reduce((sum, { count }) => sum + count, 0);
  return {
    title: `${words.setUp} (${waiting})`,
    columns: [words.service, words.operation, words.why],
    rows: lines
      .slice(0, setUpShown)
      .map(({ service, count, operation = String(count), why }) => [service, operation, words.say(why)]),
  };
}

function budgets(report: PeriodReport, words: ReportWords): ReportSection {
  return {
    title: words.objectives,
    note: words.objectivesNote,
    columns: [words.objective, '', words.reached, words.target, words.window, words.left],
    rows: report.budgets.map(({ objective, kind, target, windowMs, good, bad, left }) => [
      objective,
      words.kinds[kind],
      percent(good + bad === 0 ? undefined : good / (good + bad)),
      percent(target),
      spokenDuration(windowMs, words.language),
      left <= 0 ? words.spent : percent(left),
    ]),
  };
}

function services({ services: lines }: PeriodReport, words: ReportWords): ReportSection {
  return {
    title: words.services,
    columns: [words.service, words.results, words.success, ...quantiles],
    rows: lines.map((line) => [
      line.service,
      String(line.results),
      percent(line.successRate),
      ...quantilesOf(line),
    ]),
  };
}

/** Those that stand out first: the worst, then by name. */
function tags({ tags: lines }: PeriodReport, words: ReportWords): ReportSection {
  return {
    title: words.tags,
    columns: [words.service, words.tag, words.results, words.success, ...quantiles],
    rows: lines
      .slice(0, tagsShown)
      .map((line) => [
        line.service,
        line.tag,
        String(line.results),
        percent(line.successRate),
        ...quantilesOf(line),
      ]),
  };
}

/** The longest first. */
function incidents(report: PeriodReport, words: ReportWords): ReportSection {
  const time = minuteFormat(report.timeZone);
  const { to } = report;
  const longest = report.incidents
    .toSorted((a, b) => lastedMs(b, to) - lastedMs(a, to))
    .slice(0, incidentsShown);
  return {
    title: `${words.incidents} (${report.incidents.length})`,
    columns: ['#', words.service, words.what, words.why, words.since, words.lasted],
    rows: longest.map((incident) => {
      const lasted = spokenDuration(lastedMs(incident, to), words.language);
      return [
        `#${incident.id}`,
        incident.services.join(', '),
        incident.subjectLabel,
        words.say(incident.reason.message),
        time(lastsSince(incident)),
        incident.resolvedAt === undefined ? words.stillOpen(lasted) : lasted,
      ];
    }),
  };
}

function recurring({ recurring: lines }: PeriodReport, words: ReportWords): ReportSection {
  return {
    title: words.recurring,
    columns: [words.what, words.service, words.times],
    rows: lines.map((line) => [line.label, line.services.join(', '), String(line.times)]),
  };
}

function flaky({ flaky: lines }: PeriodReport, words: ReportWords): ReportSection {
  return {
    title: words.flaky,
    columns: [words.operation, words.service, words.times],
    rows: lines.map((line) => [line.operation, line.service, `${line.flaky} / ${line.results}`]),
  };
}

function slowed(report: PeriodReport, words: ReportWords): ReportSection {
  const rows = Object.entries(report.slowed).map(([origin, why]) => [origin, words.say(why)]);
  return { title: words.slowed, columns: [words.what, words.why], rows };
}

function failing({ failing: lines }: PeriodReport, words: ReportWords): ReportSection {
  return {
    title: words.failing,
    columns: [words.operation, words.service, words.failures, words.success],
    rows: lines.map(({ operation, service, counts, results, successRate }) => [
      operation,
      service,
      `${counts.fail} / ${results}`,
      percent(successRate),
    ]),
  };
}

function slowest({ slow }: PeriodReport, words: ReportWords): ReportSection {
  return {
    title: words.slowest,
    columns: [words.operation, words.service, ...quantiles],
    rows: slow.map((line) => [line.operation, line.service, ...quantilesOf(line)]),
  };
}

function changes(report: PeriodReport, words: ReportWords): ReportSection {
  const time = minuteFormat(report.timeZone);
  return {
    title: words.changes,
    columns: [words.document, words.when, words.added, words.removed, words.changed, words.breaking],
    rows: report.changes
      .slice(0, changesShown)
      .map(({ uri, at, added, removed, changed, breaking }) => [
        uri,
        time(at),
        ...[added, removed, changed].map(String),
        breaking.join(', '),
      ]),
  };
}

const quantiles = ['P50', 'P95', 'P99'] as const;

function quantilesOf({ latency }: ServiceLine | OperationLine): readonly string[] {
  return latency === undefined ? ['–', '–', '–'] : [latency.p50Ms, latency.p95Ms, latency.p99Ms].map(inMs);
}

function latencyText(latency: LatencySummary, { quantiles: names }: ReportWords): string {
  return (['avg', 'p50', 'p95', 'p99', 'max'] as const)
    .map((name) => `${names[name]} ${inMs(latency[`${name}Ms`])}`)
    .join(' · ');
}

export function inMs(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** Rounded down: 100 % is when nothing failed. */
export function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${(Math.floor(share * 10_000 + 1e-6) / 100).toFixed(2)} %`;
}

/** `2026-11-24 08:15` */
export function minuteFormat(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return (at) => format.format(at);
}
