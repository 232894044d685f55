import { type Histogram, mean, quantile } from './histogram.ts';
import type { LatencySummary } from './cycle.ts';
import type { Verdict } from './result.ts';

/** What the results of one check in one hour add up to. */
export interface CheckRollup {
  readonly checkId: string;
  /** Exact. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Milliseconds, of the answers that arrived; within 2 %. */
  readonly latency: Histogram;
}

/** One hour of one service; results belong to the hour in which their cycle started. */
export interface HourRollup {
  /** Its beginning, epoch ms, a multiple of an hour. */
  readonly hour: number;
  readonly service: string;
  /** By check id. */
  readonly checks: readonly CheckRollup[];
}

export const hourMs = 3_600_000;

/** Percentiles within 2 %; `undefined` without samples. */
export function summarizeHistogram(latency: Histogram): LatencySummary | undefined {
  const [avgMs, p50Ms, p95Ms, p99Ms, maxMs] = [
    mean(latency),
    ...[0.5, 0.95, 0.99, 1].map((share) => quantile(latency, share)),
  ];
  if (avgMs === undefined || p50Ms === undefined || p95Ms === undefined) return undefined;
  return { count: latency.count, avgMs, p50Ms, p95Ms, p99Ms: p99Ms ?? p95Ms, maxMs: maxMs ?? p95Ms };
}
