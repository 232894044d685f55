import type { LatencySummary } from './cycle.ts';
import type { Verdict } from './result.ts';

/**
 * Counts in buckets that grow by 4 %: whatever is read back is within 2 % of what went in, and any number of
 * histograms can be added up without losing more. For positive numbers (milliseconds, bytes); what is not above a
 * tenth of a unit counts as a tenth.
 */
export interface Histogram {
  readonly count: number;
  /** Index → count, ascending by index, none of them 0. */
  readonly buckets: ReadonlyMap<number, number>;
}

const growth = 1.04;
const smallest = 0.1;
const logGrowth = Math.log(growth);

export const emptyHistogram: Histogram = { count: 0, buckets: new Map() };

export function histogramOf(samples: Iterable<number>): Histogram {
  const buckets = new Map<number, number>();
  for (const sample of samples) {
    const index = bucketOf(sample);
    buckets.set(index, (buckets.get(index) ?? 0) + 1);
  }
  return fromBuckets(buckets);
}

export function mergeHistograms(histograms: Iterable<Histogram>): Histogram {
  const buckets = new Map<number, number>();
  for (const histogram of histograms)
    for (const [index, count] of histogram.buckets) buckets.set(index, (buckets.get(index) ?? 0) + count);
  return fromBuckets(buckets);
}

export function fromBuckets(buckets: Iterable<readonly [number, number]>): Histogram {
  const sorted = [...buckets].sort(([a], [b]) => a - b);
  return { count: sorted.reduce((sum, [, count]) => sum + count, 0), buckets: new Map(sorted) };
}

/** The sample of that rank (nearest rank, `share` 0–1], within 2 %; `undefined` without samples. */
export function quantile(histogram: Histogram, share: number): number | undefined {
  const rank = Math.max(1, Math.ceil(share * histogram.count - 1e-9));
  let seen = 0;
  for (const [index, count] of histogram.buckets) {
    seen += count;
    if (seen >= rank) return bucketValue(index);
  }
  return undefined;
}

/** Within 2 %; `undefined` without samples. */
export function mean(histogram: Histogram): number | undefined {
  if (histogram.count === 0) return undefined;
  let sum = 0;
  for (const [index, count] of histogram.buckets) sum += bucketValue(index) * count;
  return sum / histogram.count;
}

/** How many samples are over `limit`; those within 2 % of it may be counted either way. */
export function countOver(histogram: Histogram, limit: number): number {
  let over = 0;
  for (const [index, count] of histogram.buckets) if (bucketValue(index) > limit) over += count;
  return over;
}

/** The bucket that a sample is counted in. */
export function bucketOf(sample: number): number {
  return sample <= smallest ? 0 : Math.ceil(Math.log(sample / smallest) / logGrowth - 1e-9);
}

/** The value from which both ends of the bucket are equally far in proportion. */
export function bucketValue(index: number): number {
  return index === 0 ? smallest : (smallest * growth ** index * 2) / (1 + growth);
}

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

/** What all results of one service in one hour came to. */
export interface HourCounts {
  /** Its beginning, epoch ms, a multiple of an hour. */
  readonly hour: number;
  readonly service: string;
  readonly counts: Readonly<Record<Verdict, number>>;
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
