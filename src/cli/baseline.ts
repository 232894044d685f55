import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { sentence } from '../messages/sentence.ts';
import type { Check } from '../model/check.ts';
import type { Problem } from '../model/problem.ts';
import type { Result } from '../model/result.ts';
import type { Sentence } from '../model/sentence.ts';

/** What was wrong in an earlier run and is no news. */
export interface Baseline {
  /** True when everything that is wrong now was wrong in the same way then. */
  knows(check: Check, result: Result): boolean;
  /** It has passed then. */
  hasPassed(check: Check): boolean;
}

/** The part of `apipatrol check --reporter json` that is compared. */
const earlierRun = z.object({
  results: z.array(
    z.object({
      service: z.string(),
      operation: z.string(),
      verdict: z.string(),
      reason: z.object({ code: z.string() }),
      findings: z.array(z.object({ kind: z.string(), pointer: z.string().optional() })),
    }),
  ),
});

export async function readBaseline(file: string): Promise<Baseline | Problem> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return refused(file, sentence('baseline.unreadable'), 'baseline-missing');
  }
  const parsed = earlierRun.safeParse(jsonOf(text));
  if (!parsed.success) return refused(file, sentence('baseline.invalid'), 'baseline-invalid');
  const seen = new Map<string, Set<string>>();
  const passed = new Set<string>();
  for (const result of parsed.data.results) {
    if (result.verdict === 'pass') passed.add(nameOf(result.service, result.operation));
    seen.set(nameOf(result.service, result.operation), new Set(marksOf(result)));
  }
  return {
    hasPassed: (check) => passed.has(nameOf(check.service, check.operation)),
    knows(check, result) {
      const before = seen.get(nameOf(check.service, check.operation));
      return before !== undefined && marksOf(result).every((mark) => before.has(mark));
    },
  };
}

function nameOf(service: string, operation: string): string {
  return `${service}\0${operation}`;
}

/** A wrong place is known whatever was found there; messages change with every answer. */
function marksOf({
  verdict,
  reason,
  findings,
}: {
  readonly verdict: string;
  readonly reason: { readonly code: string };
  readonly findings: readonly { readonly kind: string; readonly pointer?: string }[];
}): readonly string[] {
  const own = verdict === 'pass' ? [] : [`${verdict} ${reason.code}`];
  return [...own, ...findings.map(({ kind, pointer }) => `${kind} ${pointer ?? ''}`)];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(file: string, message: Sentence, code: string): Problem {
  return { level: 'error', code, message, file, hint: sentence('baseline.write') };
}
