import { gatherReport } from '../../app/gather-report.ts';
import { reportHtml } from '../../incidents/report/html.ts';
import type { PeriodReport } from '../../incidents/report/period-report.ts';
import { reportCsv, reportMarkdown } from '../../incidents/report/text.ts';
import { wallTime } from '../../lib/time/clock.ts';
import { localised } from '../../messages/in-language.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Language } from '../../model/settings.ts';
import type { DataOf } from '../api/endpoint.ts';
import type { report, reportForms } from '../api/reports.ts';
import type { HandlerContext, Handlers } from '../context.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { told } from '../live/operation-rows.ts';
import { periodOf } from '../http/paging.ts';
import { PeriodSums, wholeHours } from '../live/period.ts';
import { viewer } from './incidents.ts';

type Report = DataOf<typeof report>;

const longestMs = 92 * 86_400_000;
/** Incidents of a report; the list of incidents has them all. */
const mostIncidents = 500;
/** Reports that are kept until something new is known. */
const keptReports = 20;

export function reportHandlers(): Handlers<'getReport' | 'getReportFile' | 'getSlo'> {
  const made = new Map<string, Promise<Report>>();
  return {
    async getReport({ context, caller, query }) {
      const period = wholeHours(askedPeriod(query, context));
      const cycle = (await context.lastCycle())?.cycleId ?? 0;
      const until = query.to === undefined || query.to > period.to ? 'now' : period.to;
      const key = JSON.stringify([period.from, until, cycle, caller.services ?? null]);
      let report = made.get(key);
      if (report === undefined) {
        report = make(context, period);
        made.set(key, report);
        report.catch(() => made.delete(key));
        const [oldest] = made.keys();
        if (made.size > keptReports && oldest !== undefined) made.delete(oldest);
      }
      return report;
    },

    async getReportFile({ context, query, language }) {
      const period = askedPeriod(query, context);
      const { store, config } = context.patrol;
      const found = await gatherReport(store, period, config.settings.timeZone);
      const day = wallTime(config.settings.timeZone)(period.to).slice(0, 10);
      const { ending, type } = files[query.form];
      const text =
        query.form === 'json' ? await asJson(found, context, language) : inForm(found, query.form, language);
      return { name: `report-${day}.${ending}`, type, text };
    },

    async getSlo({ context }) {
      const { slo = [] } = context.patrol.config.settings;
      const servicesOf = new Map(slo.map(({ name, services }) => [name, services]));
      return {
        items: ((await context.lastCycle())?.budgets ?? []).map((view) => {
          const { objective, kind, target, windowMs, good, bad, left, burning } = view;
          const services = servicesOf.get(objective);
          return {
            name: objective,
            ...(services === undefined ? {} : { services: [...services] }),
            kind,
            target,
            windowMs,
            ...(good + bad === 0 ? {} : { actual: good / (good + bad), budgetLeft: left }),
            burnRate: burning[0]?.rate,
          };
        }),
      };
    },
  };
}

type Form = (typeof reportForms)[number];

const files: Readonly<Record<Form, { readonly ending: string; readonly type: string }>> = {
  html: { ending: 'html', type: 'text/html' },
  markdown: { ending: 'md', type: 'text/markdown' },
  csv: { ending: 'csv', type: 'text/csv' },
  json: { ending: 'json', type: 'application/json' },
};

/** Incidents as the API shows them: as they are kept, they know of others' services and channels. */
async function asJson(found: PeriodReport, context: HandlerContext, language: Language): Promise<string> {
  const view = await viewer(context);
  const shown = { ...found, incidents: told(found.incidents).map(view) };
  return `${JSON.stringify(localised(shown, language), undefined, 2)}\n`;
}

function inForm(found: PeriodReport, form: Exclude<Form, 'json'>, language: Language): string {
  switch (form) {
    case 'html':
      return reportHtml(found, language);
    case 'markdown':
      return reportMarkdown(found, language);
    case 'csv':
      // Spreadsheets take a file for UTF-8 only with this in front.
      return `\uFEFF${reportCsv(found)}`;
  }
}

function askedPeriod(
  query: Parameters<typeof periodOf>[0],
  context: HandlerContext,
): { readonly from: number; readonly to: number } {
  const now = context.clock.now();
  const { from, to } = periodOf(query, now);
  if (to - from > longestMs) throw new HttpProblem(400, sentence('periodTooLong'));
  // Nobody knows what comes: an incident that is open has lasted until now, and so does what a report is of.
  return { from: Math.min(from, now), to: Math.min(to, now) };
}

async function make(
  context: HandlerContext,
  period: { readonly from: number; readonly to: number },
): Promise<Report> {
  const { store, config } = context.patrol;
  const sums = new PeriodSums();
  for await (const hour of store.rollups(period)) sums.add(hour);
  const [cycles, incidents, checks, view] = await Promise.all([
    store.cycles(period),
    store.incidents({ ...period, limit: mostIncidents }),
    store.checks(),
    viewer(context),
  ]);
  const names = new Map(checks.map(({ id, operation }) => [id, operation]));
  return {
    ...period,
    timeZone: config.settings.timeZone,
    cycles: {
      complete: cycles.filter(({ outcome }) => outcome === 'complete').length,
      interrupted: cycles.filter(({ outcome }) => outcome === 'interrupted').length,
      missed: cycles.reduce((sum, { missed }) => sum + missed, 0),
    },
    incidents: told(incidents).map(view),
    ...sums.report((id) => names.get(id) ?? id),
  };
}
