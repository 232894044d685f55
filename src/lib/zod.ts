import { z } from 'zod';
import { parseDuration } from './time/duration.ts';
import { Secret } from './secrets/secret.ts';

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

const notADuration = 'is not a duration; write for example 15m, 2s, 250ms or 1h30m';

/** `15m`, `250ms`, `1h30m`. Yields milliseconds. */
export const duration = z
  .string({ error: notADuration })
  .meta({ title: 'duration', pattern: '^(\\d+(\\.\\d+)?(ms|s|m|h|d|w))+$', examples: ['15m', '2s', '250ms'] })
  .transform((text, context) => {
    const ms = parseDuration(text);
    if (ms !== undefined) return ms;
    context.addIssue({
      code: 'custom',
      message: notADuration,
    });
    return z.NEVER;
  });

const unitBytes = { b: 1, kb: 1000, mb: 1_000_000, kib: 1024, mib: 1_048_576 } as const;

const notASize = 'is not a size; write for example 1MiB, 512KiB or 2MB';

/** `1MiB`, `512KiB`, `2MB`. Yields bytes. */
export const byteSize = z
  .string({ error: notASize })
  .meta({ title: 'size', pattern: '^\\d+(\\.\\d+)? ?(B|KB|MB|KiB|MiB)$', examples: ['1MiB', '512KiB'] })
  .transform((text, context) => {
    const [, amount, unit] = /^(\d+(?:\.\d+)?) ?(b|kb|mb|kib|mib)$/.exec(text.trim().toLowerCase()) ?? [];
    if (unit !== undefined) return Math.round(Number(amount) * unitBytes[unit as keyof typeof unitBytes]);
    context.addIssue({ code: 'custom', message: notASize });
    return z.NEVER;
  });

export const httpUrl = z.url({
  protocol: /^https?$/,
  error: 'is not an http(s) URL; write for example https://orders.example',
});
