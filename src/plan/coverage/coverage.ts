import { atOnce } from '../../lib/yielder.ts';
import { groupBy } from '../../lib/group-by.ts';
import { type Check, type Plan, type SkipCode, uncertainOrigins } from '../../model/check.ts';
import type { Coverage } from '../../model/set-up.ts';
import type { Document } from '../../model/document.ts';
import { captureRules } from '../capture/capture-rules.ts';

export interface CoverageReport {
  readonly total: Coverage;
  readonly byService: Readonly<Record<string, Coverage>>;
}

/** `fed`: whether other answers supply all that was made up for a check; worked out when nobody knows yet. */
export function coverageOf(
  plan: Plan,
  documents: readonly Document[],
  fed: (check: Check) => boolean = fedByOthers(plan.checks),
): CoverageReport {
  const checks = groupBy(plan.checks, ({ service }) => service);
  const skipped = groupBy(plan.skipped, ({ service }) => service);
  const documented = groupBy(documents, ({ service }) => service);
  const names = [...new Set([...documented.keys(), ...checks.keys(), ...skipped.keys()])];
  const of = (name: string): Coverage => {
    const called = checks.get(name) ?? [];
    const uncertain = called.filter((check) => madeUp(check).length > 0);
    return {
      documented: (documented.get(name) ?? []).reduce((sum, { operations }) => sum + operations.length, 0),
      called: called.length,
      certain: called.length - uncertain.length,
      uncertain: uncertain.length,
      capturable: uncertain.filter((check) => fed(check)).length,
      skipped: countCodes((skipped.get(name) ?? []).map(({ code }) => code)),
    };
  };
  const byService = Object.fromEntries(names.map((name) => [name, of(name)]));
  return { total: Object.values(byService).reduce(together, nothing), byService };
}

const nothing: Coverage = {
  documented: 0,
  called: 0,
  certain: 0,
  uncertain: 0,
  capturable: 0,
  skipped: {},
};

function together(a: Coverage, b: Coverage): Coverage {
  const codes = new Set([...Object.keys(a.skipped), ...Object.keys(b.skipped)] as SkipCode[]);
  return {
    documented: a.documented + b.documented,
    called: a.called + b.called,
    certain: a.certain + b.certain,
    uncertain: a.uncertain + b.uncertain,
    capturable: a.capturable + b.capturable,
    skipped: Object.fromEntries(
      [...codes].map((code) => [code, (a.skipped[code] ?? 0) + (b.skipped[code] ?? 0)]),
    ),
  };
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
  for (const { from, to, parameter, carry, fixed } of atOnce(captureRules(checks))) {
    const names = supplied.get(to) ?? (Object.create(null) as Record<string, string>);
    supplied.set(to, names);
    for (const name of [parameter, ...Object.values(carry), ...Object.keys(fixed)])
      names[name] ??= operations.get(from) ?? from;
  }
  return ({ id }) => supplied.get(id) ?? (Object.create(null) as Record<string, string>);
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
