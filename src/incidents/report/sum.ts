import { type LatencySummary, countVerdicts } from '../../model/cycle.ts';
import { fromBuckets } from '../../model/histogram.ts';
import { type Verdict, verdicts } from '../../model/result.ts';
import { summarizeHistogram } from '../../model/rollup.ts';

/** What hours add up to, without a new histogram for each of them. */
export class Sum {
  readonly counts: Record<Verdict, number> = countVerdicts([]);
  readonly latency = { buckets: new Map<number, number>() };

  add(other: {
    readonly counts: Readonly<Record<Verdict, number>>;
    readonly latency: { readonly buckets: ReadonlyMap<number, number> };
  }): void {
    for (const verdict of verdicts) this.counts[verdict] += other.counts[verdict];
    const { buckets } = this.latency;
    for (const [index, count] of other.latency.buckets) buckets.set(index, (buckets.get(index) ?? 0) + count);
  }

  get results(): number {
    return verdicts.reduce((sum, verdict) => sum + this.counts[verdict], 0);
  }

  summary(): LatencySummary | undefined {
    return summarizeHistogram(fromBuckets(this.latency.buckets));
  }
}
