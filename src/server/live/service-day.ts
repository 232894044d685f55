import { bucketOf, fromBuckets, quantile } from '../../model/histogram.ts';
import type { Verdict } from '../../model/result.ts';
import { rateOf } from './days.ts';

/** Half an hour. */
const stepMs = 1_800_000;
const steps = 48;
const stepsAnHour = 2;

interface Step {
  /** Half hours since 1970. */
  readonly no: number;
  good: number;
  bad: number;
  /** Of which nothing could be learnt, or not because of the service. */
  other: number;
  /** Bucket of a histogram → count. */
  readonly buckets: Map<number, number>;
}

/** What came of the calls of a service in half an hour. */
export interface HalfHour {
  /** Its beginning, epoch ms. */
  readonly at: number;
  readonly good: number;
  readonly bad: number;
  readonly other: number;
}

export interface DayOfService {
  /** 48, oldest first. */
  readonly halves: readonly HalfHour[];
  /** Share of those that counted that went well, 0 to 1; absent: none counted. */
  readonly rate?: number;
  /** Milliseconds, of all answers; within 2 %. */
  readonly p95Ms?: number;
  /** The same of each of the 24 hours, oldest first; null where nothing answered. */
  readonly p95s: readonly (number | null)[];
}

/** The last 24 hours of every service, in memory. */
export class ServiceDay {
  readonly #services = new Map<string, (Step | undefined)[]>();

  /** @param totalMs Absent when no answer arrived. */
  add(service: string, at: number, verdict: Verdict, totalMs: number | undefined): void {
    const step = this.#step(service, Math.floor(at / stepMs));
    if (step === undefined) return;
    if (verdict === 'fail') step.bad++;
    else if (verdict === 'pass' || verdict === 'degraded') step.good++;
    else step.other++;
    if (totalMs === undefined) return;
    const bucket = bucketOf(totalMs);
    step.buckets.set(bucket, (step.buckets.get(bucket) ?? 0) + 1);
  }

  of(service: string, now: number): DayOfService {
    const ring = this.#services.get(service);
    const first = Math.floor(now / stepMs) - steps + 1;
    const found = Array.from({ length: steps }, (_, index) => {
      const step = ring?.[(first + index) % steps];
      return step?.no === first + index ? step : undefined;
    });
    const halves = found.map((step, index) => ({
      at: (first + index) * stepMs,
      good: step?.good ?? 0,
      bad: step?.bad ?? 0,
      other: step?.other ?? 0,
    }));
    const rate = rateOf(halves);
    const hours = Array.from({ length: steps / stepsAnHour }, (_, hour) =>
      p95Of(found.slice(hour * stepsAnHour, (hour + 1) * stepsAnHour)),
    );
    return {
      halves,
      ...(rate === undefined ? {} : { rate }),
      p95Ms: p95Of(found),
      p95s: hours.map((p95) => (p95 === undefined ? null : Math.round(p95))),
    };
  }

  #step(service: string, no: number): Step | undefined {
    let ring = this.#services.get(service);
    if (ring === undefined) {
      ring = Array.from({ length: steps });
      this.#services.set(service, ring);
    }
    const kept = ring[no % steps];
    if (kept?.no === no) return kept;
    // What is older than the day has lost its place.
    if (kept !== undefined && kept.no > no) return undefined;
    const step: Step = { no, good: 0, bad: 0, other: 0, buckets: new Map() };
    ring[no % steps] = step;
    return step;
  }
}

function p95Of(found: readonly (Step | undefined)[]): number | undefined {
  const sum = new Map<number, number>();
  for (const step of found)
    for (const [bucket, count] of step?.buckets ?? []) sum.set(bucket, (sum.get(bucket) ?? 0) + count);
  const p95 = quantile(fromBuckets(sum), 0.95);
  return p95 === undefined ? undefined : Math.round(p95 * 10) / 10;
}
