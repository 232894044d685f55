import { lastedMs } from '../../model/incident.ts';
import type { Summary } from '../../model/message.ts';
import type { PeriodReport } from './period-report.ts';

/** More would not be read in a message; the report has them all. */
const named = 3;

/** The few things of a report that are worth a message. */
export function summaryOf(report: PeriodReport, every: Summary['every']): Summary {
  const { from, to, counts, successRate, latency, incidents, coverage } = report;
  const longest = incidents.toSorted((a, b) => lastedMs(b, to) - lastedMs(a, to)).slice(0, named);
  return {
    every,
    from,
    to,
    counts,
    successRate,
    ...(latency === undefined ? {} : { p50Ms: latency.p50Ms, p95Ms: latency.p95Ms }),
    incidents: {
      count: incidents.length,
      open: incidents.filter(({ resolvedAt }) => resolvedAt === undefined).length,
      longest: longest.map((one) => {
        const { id, subjectLabel: label, services, resolvedAt } = one;
        return { id, label, services, lastedMs: lastedMs(one, to), open: resolvedAt === undefined };
      }),
    },
    recurring: report.recurring.slice(0, named).map(({ label, times }) => ({ label, times })),
    failing: report.failing.slice(0, named).map(({ operation, service, counts: own, results }) => {
      return { label: operation, service, fails: own.fail, results };
    }),
    slow: report.slow.slice(0, named).flatMap(({ operation, service, latency: own }) => {
      return own === undefined ? [] : [{ label: operation, service, p95Ms: own.p95Ms }];
    }),
    budgets: report.budgets.map(({ objective, kind, left }) => ({ objective, kind, left })),
    changes: {
      documents: new Set(report.changes.map(({ uri }) => uri)).size,
      breaking: report.changes.flatMap(({ breaking }) => breaking).slice(0, named),
    },
    ...(report.setUp.length === 0 ? {} : { setUp: setUpOf(report) }),
    ...(coverage === undefined
      ? {}
      : { coverage: { called: coverage.called, documented: coverage.documented } }),
  };
}

/** Violations by operations that have never matched are findings of the document: summed up, told to nobody at night. */
function setUpOf({ setUp }: PeriodReport): NonNullable<Summary['setUp']> {
  const differ = new Map<string, number>();
  for (const { service, kind, count } of setUp)
    if (kind === 'document') differ.set(service, (differ.get(service) ?? 0) + count);
  return {
    waiting: setUp.reduce((sum, { count }) => sum + count, 0),
    differ: [...differ].map(([service, count]) => ({ service, count })).toSorted((a, b) => b.count - a.count),
  };
}
