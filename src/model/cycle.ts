import type { Verdict } from './result.ts';

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
  /** Due cycles that were left out since the last one because this one's source was still busy. */
  readonly missed: number;
  readonly checked: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** `(pass + degraded) / (pass + degraded + fail)`; absent when nothing counted. */
  readonly successRate?: number;
  /** Over the answers that arrived; absent when none did. */
  readonly latency?: LatencySummary;
  readonly bySource: Readonly<Record<string, SourceStatistics>>;
}

export interface SourceStatistics {
  readonly checked: number;
  readonly counts: Readonly<Record<Verdict, number>>;
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
