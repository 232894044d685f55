import { z } from 'zod';
import { latencySummary, milliseconds, periodQuery, time, verdictCounts } from './common.ts';
import { endpoint } from './endpoint.ts';
import { incident } from './incidents.ts';

const operationLine = z.object({
  id: z.string().optional(),
  service: z.string(),
  operation: z.string(),
  results: z.int(),
  fails: z.int(),
  latency: latencySummary.optional(),
});

export const report = z
  .object({
    from: time,
    to: time,
    timeZone: z.string(),
    cycles: z.object({ complete: z.int(), interrupted: z.int(), missed: z.int() }),
    counts: verdictCounts,
    successRate: z.number().optional(),
    latency: latencySummary.optional(),
    incidents: z.array(incident),
    failing: z.array(operationLine).describe('Worst first.'),
    slow: z.array(operationLine).describe('Slowest first.'),
    hours: z
      .array(z.object({ at: time, counts: verdictCounts, p95Ms: milliseconds.optional() }))
      .describe('Oldest first.'),
    services: z.array(
      z.object({
        name: z.string(),
        counts: verdictCounts,
        successRate: z.number().optional(),
        latency: latencySummary.optional(),
      }),
    ),
  })
  .meta({ id: 'Report' });

export const getReport = endpoint({
  id: 'getReport',
  method: 'get',
  path: '/reports',
  tag: 'reports',
  role: 'viewer',
  query: periodQuery,
  answer: report,
});

export const reportForms = ['html', 'markdown', 'csv', 'json'] as const;

export const getReportFile = endpoint({
  id: 'getReportFile',
  method: 'get',
  path: '/reports/file',
  tag: 'reports',
  role: 'viewer',
  query: periodQuery.extend({ form: z.enum(reportForms) }),
  answer: z
    .object({
      name: z.string().describe('What the file may be called.'),
      type: z.string().describe('Media type.'),
      text: z.string().describe('What is in it.'),
    })
    .meta({ id: 'ReportFile' }),
});

export const objective = z
  .object({
    name: z.string(),
    services: z.array(z.string()).optional().describe('Absent: all.'),
    kind: z.enum(['availability', 'latency']),
    target: z.number().describe('0 to 1.'),
    windowMs: z.int(),
    actual: z.number().optional().describe('0 to 1; absent without results.'),
    budgetLeft: z.number().optional().describe('Share of the error budget that is left; below 0: overspent.'),
    burnRate: z
      .number()
      .optional()
      .describe('Set when it burns too fast; 1: the budget would last exactly for the window.'),
  })
  .meta({ id: 'Objective' });

export const getSlo = endpoint({
  id: 'getSlo',
  method: 'get',
  path: '/slo',
  tag: 'reports',
  role: 'viewer',
  answer: z.object({ items: z.array(objective) }).meta({ id: 'Slo' }),
});

export type ReportFile = z.output<typeof getReportFile.answer>;
export type Report = z.output<typeof report>;
export type Objective = z.output<typeof objective>;
