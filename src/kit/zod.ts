import { z } from 'zod';
import { parseDuration } from './duration.ts';
import { Secret } from './secret.ts';

/**
 * Building blocks of every config schema. Each carries the shape of what a *user writes* (for the JSON Schema
 * and the reference) and yields what the program uses.
 */

/** A text whose value is a secret: write `${env:NAME}` or `${file:/path}`. Yields a `Secret`. */
export const secretText = z
  .string()
  .min(1)
  .meta({ format: 'secret' })
  .transform((text) => new Secret(text));

/** `15m`, `250ms`, `1h30m`. Yields milliseconds. */
export const duration = z
  .string()
  .meta({ pattern: '^(\\d+(\\.\\d+)?(ms|s|m|h|d|w))+$', examples: ['15m', '2s', '250ms'] })
  .transform((text, context) => {
    const ms = parseDuration(text);
    if (ms !== undefined) return ms;
    context.addIssue({
      code: 'custom',
      message: 'is not a duration; write for example 15m, 2s, 250ms or 1h30m',
    });
    return z.NEVER;
  });

export const httpUrl = z.url({ protocol: /^https?$/, error: 'is not an http(s) URL' });
