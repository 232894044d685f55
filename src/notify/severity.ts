import type { Severity } from '../model/settings.ts';

const rank: Readonly<Record<Severity, number>> = { critical: 0, major: 1, minor: 2 };

/** For sorting: the worst first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return rank[a] - rank[b];
}

/** Whether `severity` is `floor` or worse. */
export function isAtLeast(severity: Severity, floor: Severity): boolean {
  return rank[severity] <= rank[floor];
}
