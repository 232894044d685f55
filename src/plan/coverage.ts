import { type Check, type Plan, type SkipCode, uncertainOrigins } from '../model/check.ts';
import type { Document } from '../model/document.ts';
import { harvestRules } from './harvest-rules.ts';

/** How much of what is documented is patrolled. Numbers of operations. */
export interface Coverage {
  readonly documented: number;
  /** `certain + uncertain` */
  readonly called: number;
  /** Called with values that somebody has given: a failure counts. */
  readonly certain: number;
  /** Called with at least one value that was made up: a 4xx is `unknown`. */
  readonly uncertain: number;
  /** Those of the uncertain whose values other answers can supply. */
  readonly harvestable: number;
  readonly skipped: Readonly<Partial<Record<SkipCode, number>>>;
}

export interface CoverageReport {
  readonly total: Coverage;
  readonly bySource: Readonly<Record<string, Coverage>>;
}

export function coverageOf(plan: Plan, documents: readonly Document[]): CoverageReport {
  const fed = fedByOthers(plan.checks);
  const names = new Set([...documents, ...plan.checks, ...plan.skipped].map(({ source }) => source));
  const of = (source?: string): Coverage => {
    const mine = <T extends { readonly source: string }>(all: readonly T[]) =>
      source === undefined ? all : all.filter((one) => one.source === source);
    const checks = mine(plan.checks);
    const uncertain = checks.filter((check) => madeUp(check).length > 0);
    return {
      documented: mine(documents).reduce((sum, { operations }) => sum + operations.length, 0),
      called: checks.length,
      certain: checks.length - uncertain.length,
      uncertain: uncertain.length,
      harvestable: uncertain.filter((check) => fed(check)).length,
      skipped: countCodes(mine(plan.skipped).map(({ code }) => code)),
    };
  };
  return { total: of(), bySource: Object.fromEntries([...names].map((name) => [name, of(name)])) };
}

/** Names of the values of a check that nobody has given, in the order of the request. */
export function madeUp(check: Check): readonly Check['values'][number][] {
  return check.values.filter(({ origin }) => uncertainOrigins.has(origin));
}

/** Tells checks all of whose made-up values other answers can replace. */
export function fedByOthers(checks: readonly Check[]): (check: Check) => boolean {
  const supplied = new Map<string, Set<string>>();
  for (const rule of harvestRules(checks)) {
    const names = supplied.get(rule.to) ?? new Set();
    supplied.set(rule.to, names);
    for (const name of [rule.parameter, ...Object.values(rule.carry), ...Object.keys(rule.fixed)])
      names.add(name);
  }
  return (check) => madeUp(check).every(({ name }) => supplied.get(check.id)?.has(name) === true);
}

function countCodes(codes: readonly SkipCode[]): Readonly<Partial<Record<SkipCode, number>>> {
  const counts: Partial<Record<SkipCode, number>> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
