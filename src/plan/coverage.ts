import { type Check, type Plan, type SkipCode, uncertainOrigins } from '../model/check.ts';
import type { Coverage } from '../model/coverage.ts';
import type { Document } from '../model/document.ts';
import { harvestRules } from './harvest-rules.ts';

export interface CoverageReport {
  readonly total: Coverage;
  readonly bySource: Readonly<Record<string, Coverage>>;
}

/** `fed`: whether other answers supply all that was made up for a check; worked out when nobody knows yet. */
export function coverageOf(
  plan: Plan,
  documents: readonly Document[],
  fed: (check: Check) => boolean = fedByOthers(plan.checks),
): CoverageReport {
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

/** Where the made-up values of a check can come from: operations whose answers hold them, by parameter. */
export function suppliersOf(
  checks: readonly Check[],
): (check: Check) => Readonly<Record<string, string | undefined>> {
  const operations = new Map(checks.map(({ id, operation }) => [id, operation]));
  const supplied = new Map<string, Record<string, string>>();
  for (const { from, to, parameter, carry, fixed } of harvestRules(checks)) {
    const names = supplied.get(to) ?? {};
    supplied.set(to, names);
    for (const name of [parameter, ...Object.values(carry), ...Object.keys(fixed)])
      names[name] ??= operations.get(from) ?? from;
  }
  return ({ id }) => supplied.get(id) ?? {};
}

/** Tells checks all of whose made-up values other answers can replace. */
export function fedByOthers(checks: readonly Check[]): (check: Check) => boolean {
  const suppliers = suppliersOf(checks);
  return (check) => madeUp(check).every(({ name }) => suppliers(check)[name] !== undefined);
}

function countCodes(codes: readonly SkipCode[]): Readonly<Partial<Record<SkipCode, number>>> {
  const counts: Partial<Record<SkipCode, number>> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
