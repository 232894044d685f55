import { z } from 'zod';
import { milliseconds, sentence, time, verdict } from './common.ts';

export const phases = z.object({
  dnsMs: milliseconds.optional(),
  connectMs: milliseconds.optional(),
  tlsMs: milliseconds.optional(),
  firstByteMs: milliseconds.optional(),
  downloadMs: milliseconds.optional(),
  totalMs: milliseconds,
});

export const finding = z
  .object({
    kind: z.string().describe('Name of the expectation that was not met.'),
    level: z.enum(['error', 'warning', 'info']),
    message: sentence,
    pointer: z.string().optional().describe('RFC 6901, into the body of the answer.'),
    expected: sentence.optional(),
    found: sentence.optional(),
  })
  .meta({ id: 'Finding' });

export const result = z
  .object({
    at: time,
    verdict,
    reason: z.object({ code: z.string(), message: sentence }),
    status: z.int().optional().describe('HTTP status; absent when no answer arrived.'),
    bytes: z.int(),
    phases,
    attempts: z.int(),
    findings: z.array(finding),
    evidence: z
      .object({
        curl: z.string(),
        responseHeaders: z.record(z.string(), z.string()).optional(),
        excerpt: z.string().optional(),
        attempts: z
          .array(
            z.object({
              at: time,
              status: z.int().optional(),
              code: z.string(),
              message: sentence,
              totalMs: milliseconds,
            }),
          )
          .optional(),
      })
      .optional()
      .describe('Kept where the verdict is not `pass`; secrets are masked.'),
    locations: z
      .array(
        z.object({
          location: z.string(),
          verdict,
          code: z.string(),
          message: sentence.optional(),
          status: z.int().optional(),
          totalMs: milliseconds,
        }),
      )
      .optional()
      .describe('What it came to at each of the locations from which it was called.'),
    traceId: z
      .string()
      .optional()
      .describe('Trace id (W3C) that was sent along: look for it in the traces of the system.'),
  })
  .meta({ id: 'Result' });
