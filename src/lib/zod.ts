import { z } from 'zod';
import { parseCondition } from './condition/condition.ts';
import { ConditionError } from './condition/predicate.ts';
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

const writtenConditions = z
  .union([z.string(), z.array(z.string()).min(1)])
  .meta({ examples: ['$.code == 0', ['$.errcode in [40014, 42001]', 'status == 302']] });

/** `$.code == 0`, or several. Yields the texts, of which each is a condition. */
export const conditionTexts = writtenConditions.transform(readConditions);

/** One of some words, or conditions. */
export function conditionsOr<const Word extends string>(words: readonly Word[]) {
  return writtenConditions.transform(
    (written, context): Word | readonly string[] =>
      words.find((word) => word === written) ?? readConditions(written, context),
  );
}

function readConditions(
  written: string | readonly string[],
  context: z.core.$RefinementCtx,
): readonly string[] {
  const isList = typeof written !== 'string';
  const texts = isList ? written : [written];
  for (const [index, text] of texts.entries()) {
    const message = problemOf(text);
    if (message !== undefined) context.addIssue({ code: 'custom', message, path: isList ? [index] : [] });
  }
  return texts;
}

function problemOf(text: string): string | undefined {
  try {
    parseCondition(text);
    return undefined;
  } catch (error) {
    if (error instanceof ConditionError) return error.message;
    throw error;
  }
}
