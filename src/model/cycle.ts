import type { Sentence } from './sentence.ts';
import type { BudgetView } from './budget.ts';
import type { Coverage } from './set-up.ts';
import type { CredentialFailure } from './credential-failure.ts';
import type { UnreadableDocument } from './document.ts';
import type { Result, Verdict } from './result.ts';

export type CycleOutcome = 'complete' | 'interrupted';

/** One patrol over all due checks. */
export interface Cycle {
  readonly id: number;
  /** When it was due, epoch ms. */
  readonly dueAt: number;
  readonly startedAt: number;
}

/** What is stored and logged when a cycle closes. Durations in ms. */
export interface CycleStatistics {
  readonly cycleId: number;
  readonly outcome: CycleOutcome;
  readonly dueAt: number;
  readonly startedAt: number;
  readonly durationMs: number;
  /** `startedAt - dueAt` */
  readonly latenessMs: number;
  /** Due cycles that were left out since the last one because this one's service was still busy. */
  readonly missed: number;
  /** Checks that were due and not called because an earlier call of theirs had not come to its end; absent: none. */
  readonly heldUp?: number;
  /** Those of them that had been answered and were called again to confirm a failure; absent: none. */
  readonly confirming?: number;
  readonly checked: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Of the failed ones so many were not called because their host was found to be down; absent: none. */
  readonly unreached?: number;
  /** `(pass + degraded) / (pass + degraded + fail)`; absent when nothing counted. */
  readonly successRate?: number;
  /** Over the answers that arrived; absent when none did. */
  readonly latency?: LatencySummary;
  readonly byService: Readonly<Record<string, ServiceStatistics>>;
  /** Answers that were good only when asked for again; they count as degraded. */
  readonly flaky?: number;
  /** Origins that were called more slowly than the limits allow, and why. */
  readonly slowed?: Readonly<Record<string, Sentence>>;
  /** By service; absent when only a selection was called. */
  readonly coverage?: Readonly<Record<string, Coverage>>;
  /** Of the configured objectives. */
  readonly budgets?: readonly BudgetView[];
  /** When its results were judged, epoch ms; absent when a crash kept them from being judged. */
  readonly judgedAt?: number;
  /** Services whose whole plan was at hand; absent when only a selection was called. */
  readonly scope?: readonly string[];
  /** Credentials without a token, and documents that could not be read; absent: none. */
  readonly credentialFailures?: readonly CredentialFailure[];
  readonly unreadable?: readonly UnreadableDocument[];
}

export interface ServiceStatistics {
  readonly checked: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Of the failed ones so many were not called because their host was found to be down; absent: none. */
  readonly unreached?: number;
  readonly latency?: LatencySummary;
}

export interface LatencySummary {
  readonly count: number;
  readonly avgMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Exact percentiles by nearest rank; `undefined` without samples. */
export function summarizeLatency(samplesMs: readonly number[]): LatencySummary | undefined {
  const sorted = Float64Array.from(samplesMs).sort();
  const count = sorted.length;
  if (count === 0) return undefined;
  return {
    count,
    avgMs: sorted.reduce((sum, value) => sum + value, 0) / count,
    p50Ms: nearestRank(sorted, 0.5),
    p95Ms: nearestRank(sorted, 0.95),
    p99Ms: nearestRank(sorted, 0.99),
    maxMs: nearestRank(sorted, 1),
  };
}

/** The smallest sample that at least `share` (0–1] of all samples do not exceed; `sorted` ascends, not empty. */
export function nearestRank(sorted: ArrayLike<number>, share: number): number {
  // The tiny step back keeps 0.95 · 20 = 19.000000000000004 at rank 19.
  const rank = Math.max(1, Math.ceil(share * sorted.length - 1e-9));
  return sorted[rank - 1] ?? Number.NaN;
}

/** Counts of verdicts, all zero where none was seen. */
export function countVerdicts(seen: Iterable<Verdict>): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { pass: 0, degraded: 0, fail: 0, blocked: 0, unknown: 0 };
  for (const verdict of seen) counts[verdict]++;
  return counts;
}

/** How many were called: what was not because its host is down has been checked without. */
export function calledIn({
  checked,
  unreached = 0,
}: Pick<ServiceStatistics, 'checked' | 'unreached'>): number {
  return checked - unreached;
}

/** Of several cycles, or of parts of one. Absent: none. */
export function unreachedIn(
  parts: readonly Pick<ServiceStatistics, 'unreached'>[],
): Pick<ServiceStatistics, 'unreached'> {
  const unreached = parts.reduce((sum, one) => sum + (one.unreached ?? 0), 0);
  return unreached === 0 ? {} : { unreached };
}

/** `(pass + degraded) / (pass + degraded + fail)`; `undefined` when nothing counted. */
export function successRateOf(counts: Readonly<Record<Verdict, number>>): number | undefined {
  const good = counts.pass + counts.degraded;
  return good + counts.fail === 0 ? undefined : good / (good + counts.fail);
}

/** What a look between two cycles found. It counts for incidents, not for statistics. */
export interface Recheck {
  /** When it was judged, epoch ms. */
  readonly at: number;
  readonly results: readonly Result[];
  readonly credentialFailures: readonly CredentialFailure[];
}
