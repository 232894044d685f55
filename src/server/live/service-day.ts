import { countVerdicts } from '../../model/cycle.ts';
import { bucketOf, fromBuckets, hourMs, quantile } from '../../model/histogram.ts';
import { type Verdict, verdicts } from '../../model/result.ts';
import { rateOf } from './rate.ts';

/** A quarter of an hour. */
const stepMs = 900_000;
const stepsOfHalf = 2;
const halves = 48;
const steps = halves * stepsOfHalf;
const stepsAnHour = 4;
/** Longer than a day, so that it has whole hours of all of it. */
const keptSteps = steps + 3 * stepsAnHour;

type Counts = Record<Verdict, number>;

interface Step {
  /** Quarters of an hour since 1970. */
  readonly no: number;
  readonly counts: Counts;
  /** Bucket of a histogram → count. */
  readonly buckets: Map<number, number>;
}

/** What came of calls in a quarter of an hour. */
export interface QuarterHour {
  /** Its beginning, epoch ms. */
  readonly at: number;
  readonly counts: Counts;
}

/** What came of the calls of a service in half an hour. */
export interface HalfHour {
  /** Its beginning, epoch ms. */
  readonly at: number;
  readonly good: number;
  readonly bad: number;
  /** Of which nothing could be learnt, or not because of the service. */
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

/**
 * The last 24 hours of every service, in memory. Whatever is said of that time is counted of this: by quarters, halves, hours, and
 * as the end of months.
 */
export class ServiceDay {
  readonly #services = new Map<string, (Step | undefined)[]>();
  /** Epoch ms from which on it has everything; absent: not yet. */
  #knownFrom: number | undefined;

  /** @param totalMs Absent when no answer arrived. */
  add(service: string, at: number, verdict: Verdict, totalMs: number | undefined): void {
    const step = this.#step(service, Math.floor(at / stepMs));
    if (step === undefined) return;
    step.counts[verdict]++;
    if (totalMs === undefined) return;
    const bucket = bucketOf(totalMs);
    step.buckets.set(bucket, (step.buckets.get(bucket) ?? 0) + 1);
  }

  /** One that has been added counts otherwise. */
  becomes(service: string, at: number, before: Verdict, now: Verdict): void {
    const step = this.#step(service, Math.floor(at / stepMs));
    if (step === undefined || step.counts[before] === 0) return;
    step.counts[before]--;
    step.counts[now]++;
  }

  /** What an earlier process has seen since then is in it. @param from Epoch ms. */
  recalled(from: number): void {
    this.#knownFrom = from;
  }

  /** The first full hour from which on it has everything, epoch ms; `undefined`: what an earlier process saw is still being read. */
  wholeFrom(now: number): number | undefined {
    if (this.#knownFrom === undefined) return undefined;
    return Math.ceil(Math.max(this.#knownFrom, firstOf(now) * stepMs) / hourMs) * hourMs;
  }

  of(service: string, now: number): DayOfService {
    const first = firstOf(now);
    const found = this.#found(service, first, steps);
    const all = Array.from({ length: halves }, (_, index) => {
      const at = index * stepsOfHalf;
      return { at: (first + at) * stepMs, ...cameOf(found.slice(at, at + stepsOfHalf)) };
    });
    const rate = rateOf(all);
    const hours = Array.from({ length: steps / stepsAnHour }, (_, hour) =>
      p95Of(found.slice(hour * stepsAnHour, (hour + 1) * stepsAnHour)),
    );
    return {
      halves: all,
      ...(rate === undefined ? {} : { rate }),
      p95Ms: p95Of(found),
      p95s: hours.map((p95) => (p95 === undefined ? null : Math.round(p95))),
    };
  }

  /** The quarters of an hour of the same time, oldest first, of these services together: up to the one that goes on. */
  quarters(services: readonly string[], now: number): readonly QuarterHour[] {
    const first = firstOf(now);
    const all = services.map((service) => this.#found(service, first, steps));
    return Array.from({ length: Math.floor(now / stepMs) - first + 1 }, (_, index) => {
      const counts = countVerdicts([]);
      for (const found of all)
        for (const verdict of verdicts) counts[verdict] += found[index]?.counts[verdict] ?? 0;
      return { at: (first + index) * stepMs, counts };
    });
  }

  /** The hours from `from` on, the beginning of one, oldest first. */
  hours(service: string, from: number, now: number): readonly HalfHour[] {
    const count = Math.floor(now / hourMs) - from / hourMs + 1;
    const found = this.#found(service, from / stepMs, count * stepsAnHour);
    return Array.from({ length: count }, (_, index) => {
      const at = index * stepsAnHour;
      return { at: from + index * hourMs, ...cameOf(found.slice(at, at + stepsAnHour)) };
    });
  }

  #found(service: string, first: number, count: number): readonly (Step | undefined)[] {
    const ring = this.#services.get(service);
    return Array.from({ length: count }, (_, index) => {
      const step = ring?.[(first + index) % keptSteps];
      return step?.no === first + index ? step : undefined;
    });
  }

  #step(service: string, no: number): Step | undefined {
    let ring = this.#services.get(service);
    if (ring === undefined) {
      ring = Array.from({ length: keptSteps });
      this.#services.set(service, ring);
    }
    const kept = ring[no % keptSteps];
    if (kept?.no === no) return kept;
    // What is older than the day has lost its place.
    if (kept !== undefined && kept.no > no) return undefined;
    const step: Step = { no, counts: countVerdicts([]), buckets: new Map() };
    ring[no % keptSteps] = step;
    return step;
  }
}

/** The half hour that goes on is the last one. */
function firstOf(now: number): number {
  return (Math.floor(now / (stepMs * stepsOfHalf)) - halves + 1) * stepsOfHalf;
}

function cameOf(found: readonly (Step | undefined)[]): Pick<HalfHour, 'good' | 'bad' | 'other'> {
  const sum = { good: 0, bad: 0, other: 0 };
  for (const step of found) {
    if (step === undefined) continue;
    const { pass, degraded, fail, blocked, unknown } = step.counts;
    sum.good += pass + degraded;
    sum.bad += fail;
    sum.other += blocked + unknown;
  }
  return sum;
}

function p95Of(found: readonly (Step | undefined)[]): number | undefined {
  const sum = new Map<number, number>();
  for (const step of found)
    for (const [bucket, count] of step?.buckets ?? []) sum.set(bucket, (sum.get(bucket) ?? 0) + count);
  const p95 = quantile(fromBuckets(sum), 0.95);
  return p95 === undefined ? undefined : Math.round(p95 * 10) / 10;
}
