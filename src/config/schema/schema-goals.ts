import { z } from 'zod';
import { duration } from '../../lib/zod.ts';
import { weekdays } from '../../model/calendar.ts';
import { names } from './schema-service.ts';

const percent = z
  .number()
  .min(50, { error: 'is not a percentage from 50 to 99.99; write for example 99.9' })
  .max(99.99, { error: 'is not a percentage from 50 to 99.99; write for example 99.9' });

const dayMs = 86_400_000;

export const sloKeys = {
  name: z.string().min(1).describe('Name in messages and reports.'),
  services: names.min(1).optional().describe('Operations of these services. Default: all.'),
  tags: names.min(1).optional().describe('Operations with one of these tags. Default: all.'),
  availability: percent
    .optional()
    .describe('Percentage of successful calls: 99.9 allows one failure in a thousand.'),
  latency: percent.optional().describe('Percentage of responses within their `latency.p95`: 95.'),
  window: duration
    .refine((ms) => ms >= dayMs && ms <= 90 * dayMs, { error: 'is outside 1d to 90d' })
    .prefault('30d')
    .describe('Rolling window of the objective.'),
};

export const summaryKeys = {
  every: z.enum(['day', 'week']).prefault('day').describe('Period of the summary.'),
  at: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'is not a time of day; write for example 09:00' })
    .prefault('09:00')
    .describe('Time of day, by the `timeZone` of the top level.'),
  on: z
    .enum(['workday', 'holiday', ...weekdays])
    .optional()
    .describe(
      'A daily one comes on these days only, and sums up all since the last; a weekly one on the first of them in the week. Default: every day, and Mondays.',
    ),
  to: names.min(1).optional().describe('Names of channels. Default: all.'),
};
