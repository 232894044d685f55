import { saidIn } from '../../lib/text/said.ts';
import type { Check } from '../../model/check.ts';
import type { Result } from '../../model/result.ts';

/** Documented optional parameters that are not sent and that a refusal names as words of their own. */
export function asksFor({ leftOut = [] }: Check, { evidence, status = 0 }: Result): readonly string[] {
  if (leftOut.length === 0 || status >= 500 || evidence?.excerpt === undefined) return [];
  const said = saidIn(evidence.excerpt);
  if (said === undefined) return [];
  const words = new Set(said.match(/[\w.-]+/g)?.map((word) => word.replace(/[.-]+$/, '').toLowerCase()));
  return leftOut.filter((name) => words.has(name.toLowerCase()));
}
