import { z } from 'zod';
import { sentence as say } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { complaint } from './complaint.ts';

/** Shapes that several endpoints share. Names of types are those of the components in the OpenAPI document. */

export const time = z.int().min(0).describe('Milliseconds since 1970-01-01 UTC.').meta({ id: 'Time' });
export const milliseconds = z.number().min(0);
/** One sentence for a person. Handlers give it as data; over the wire it is text in the language of the request. */
export const sentence = (z.custom<Sentence>() as z.ZodType<string, Sentence>).pipe(z.string());
export const anyJson = z.unknown().describe('Any JSON value.');

export const verdict = z.enum(['pass', 'degraded', 'fail', 'blocked', 'unknown']).meta({ id: 'Verdict' });
export const severity = z.enum(['critical', 'major', 'minor']).meta({ id: 'Severity' });
export const language = z.enum(['zh', 'en']);
export const causeLevel = z
  .enum(['self', 'origin', 'gateway', 'credential', 'document', 'service', 'operation'])
  .meta({ id: 'CauseLevel' });

export const verdictCounts = z
  .object({
    pass: z.int(),
    degraded: z.int(),
    fail: z.int(),
    blocked: z.int(),
    unknown: z.int(),
  })
  .meta({ id: 'VerdictCounts' });

export const latencySummary = z
  .object({
    count: z.int(),
    avgMs: milliseconds,
    p50Ms: milliseconds,
    p95Ms: milliseconds,
    p99Ms: milliseconds,
    maxMs: milliseconds,
  })
  .meta({ id: 'LatencySummary' });

/** What moves a cursor, ends a line, or turns the text around it. */
const steering = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;

/** One line that a person writes. It is shown as it is: on a page, in a terminal, in messages. */
export const line = z
  .string()
  .trim()
  .refine((given) => !steering.test(given), { error: complaint(say('givenLineBreaks')) });

/** The same with several lines. */
export const text = z
  .string()
  .transform((given) => given.replaceAll('\r\n', '\n').trim())
  .refine((given) => !steering.test(given.replaceAll(/[\n\t]/g, ' ')), {
    error: complaint(say('givenControlCharacters')),
  });

/** Something a person should know about an input: where it is, what was found, what to do. */
export const problem = z
  .object({
    level: z.enum(['error', 'warning', 'info']),
    code: z.string(),
    message: sentence,
    file: z.string().optional(),
    line: z.int().optional(),
    column: z.int().optional(),
    pointer: z.string().optional(),
    hint: sentence.optional(),
  })
  .meta({ id: 'Problem' });

/** Every answer that is not what was asked for: RFC 9457, as `application/problem+json`. */
export const problemDetails = z
  .object({
    type: z.string().describe('`about:blank`, or a name of the kind of error below /problems/.'),
    title: sentence,
    status: z.int(),
    detail: sentence.optional(),
    instance: z.string().optional().describe('The path that was asked for.'),
    hint: sentence.optional().describe('What to do next.'),
    errors: z
      .array(z.object({ pointer: z.string(), message: sentence }))
      .optional()
      .describe('What is wrong with the request; `pointer` is `/body/…`, `/query/…` or `/path/…`.'),
  })
  .meta({ id: 'ProblemDetails' });

/** A page of a list, newest first unless said otherwise. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50).describe('How many at most.'),
  cursor: z
    .string()
    .max(200)
    .regex(/^[\w-]+$/)
    .optional()
    .describe('`next` of the page before.'),
});

/** Beyond it there are no dates (ECMA-262 §21.4.1.1). */
const lastMoment = 8.64e15;

const moment = z.coerce.number().int().min(0).max(lastMoment);

export const periodQuery = z.object({
  from: moment.optional().describe('Epoch ms; default: 24 hours before `to`.'),
  to: moment.optional().describe('Epoch ms; default: now.'),
});

export const next = z.string().optional().describe('`cursor` of the next page; absent on the last one.');

export type Verdict = z.output<typeof verdict>;
export type VerdictCounts = z.output<typeof verdictCounts>;
export type LatencySummary = z.output<typeof latencySummary>;
export type Problem = z.output<typeof problem>;
export type ProblemDetails = z.output<typeof problemDetails>;
