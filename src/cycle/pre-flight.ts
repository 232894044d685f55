import type { Check } from '../model/check.ts';

/** A token that the pre-flight of a cycle finds good lasts at least this long. */
export const tokenBudgetMs = 240_000;

export function credentialsOf(checks: readonly Check[]): readonly string[] {
  return [...new Set(checks.flatMap(({ credential }) => credential ?? []))];
}
