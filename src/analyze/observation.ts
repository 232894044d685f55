import type { Check } from '../model/check.ts';
import type { Cause } from '../model/cause.ts';
import type { Incident } from '../model/incident.ts';
import type { Result } from '../model/result.ts';
import type { Severity } from '../model/settings.ts';

/**
 * What one cycle says about one thing that can be wrong. Where there is none, there is no data, and the incident
 * stays as it is.
 */
export type Observation =
  | { readonly kind: 'good'; readonly fingerprint: string }
  | { readonly kind: 'bad'; readonly fingerprint: string; readonly trouble: Trouble };

/** The parts of an incident that are seen anew in every cycle. */
export type Trouble = Pick<
  Incident,
  | 'cause'
  | 'severity'
  | 'verdict'
  | 'subjectLabel'
  | 'place'
  | 'sources'
  | 'tags'
  | 'owners'
  | 'reason'
  | 'status'
  | 'members'
  | 'hint'
  | 'expected'
  | 'found'
  | 'curl'
> & {
  /** The earliest failing result, epoch ms. */
  readonly since: number;
  /** So many evaluations like this one in a row make it a fact. */
  readonly evaluations: number;
};

/** A check with what this cycle found out about it. */
export interface Seen {
  readonly check: Check;
  readonly result: Result;
}

const worstShown = 5;
const severityRank: Readonly<Record<Severity, number>> = { critical: 0, major: 1, minor: 2 };

/** For sorting: the worst first. */
export function bySeverity(a: Severity, b: Severity): number {
  return severityRank[a] - severityRank[b];
}

/** One step less urgent. */
export function milder(severity: Severity): Severity {
  return severity === 'critical' ? 'major' : 'minor';
}

/** What a root cause takes over from the checks under it; `affected` is not empty. */
export function fromMembers(
  affected: readonly Seen[],
  of: number,
): Ownership & Pick<Trouble, 'since' | 'status'> {
  const members = affected.map(({ check, result }) => ({ check, message: result.reason.message }));
  return {
    ...ownership(members, of),
    ...statusOf(affected),
    since: Math.min(...affected.map(({ result }) => failedFirstAt(result))),
  };
}

function statusOf(affected: readonly Seen[]): Pick<Trouble, 'status'> {
  const [status, another] = distinctStatuses(affected);
  return status === undefined || another !== undefined ? {} : { status };
}

function distinctStatuses(affected: readonly Seen[]): readonly (number | undefined)[] {
  return [...new Set(affected.map(({ result }) => result.status))];
}

/** A result has the time of the attempt that decided; what failed before it was confirmed had failed already. */
function failedFirstAt({ at, evidence }: Result): number {
  return Math.min(at, evidence?.attempts?.[0]?.at ?? at);
}

type Ownership = Pick<Trouble, 'severity' | 'sources' | 'tags' | 'owners' | 'members'>;

/** The worst severity, everybody concerned, and the worst five by name. */
export function ownership(
  affected: readonly { readonly check: Check; readonly message: string }[],
  of: number,
): Ownership {
  const checks = affected.map(({ check }) => check);
  const worstFirst = affected.toSorted(
    (a, b) => bySeverity(a.check.severity, b.check.severity) || compareText(label(a.check), label(b.check)),
  );
  return {
    severity: worstFirst[0]?.check.severity ?? 'major',
    sources: distinct(checks.map(({ source }) => source)),
    tags: distinct(checks.flatMap(({ tags }) => tags)),
    owners: distinct(checks.flatMap(({ owners }) => owners)),
    members: {
      count: affected.length,
      of,
      worst: worstFirst.slice(0, worstShown).map(({ check, message }) => {
        return { checkId: check.id, label: check.operation, source: check.source, message };
      }),
    },
  };
}

export function operationCause(check: Check): Cause {
  return { level: 'operation', subject: check.id };
}

export function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort();
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function label(check: Check): string {
  return `${check.source} ${check.operation} ${check.id}`;
}

/** A cause with many effects, as this evaluation sees it. */
export interface Root {
  readonly cause: Cause;
  readonly observation: Observation;
}
