import { setImmediate } from 'node:timers/promises';
import { Semaphore } from '../../lib/limits.ts';
import { fromBuckets, type Histogram, hourMs, type HourRollup, quantile } from '../../model/histogram.ts';

const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;
/** As far back as it is looked: the same hour of five weeks. */
export const baselineReachMs = 5 * weekMs;
/** Fewer answers in the last week are no baseline. */
const minSamples = 200;
/** Half of the answers lie this close to the median in a normal distribution, in standard deviations, both ways. */
const quartilesInDeviations = 1.349;
/** Nothing answers more evenly than this, in natural logarithms. */
const smallestSpread = 0.1;
/** Hours of as many weeks, or days, before they count for themselves. */
const minHours = 3;

/** How fast an operation usually answers at an hour of the week. */
export interface Usual {
  /** The median. */
  readonly ms: number;
  /** Standard deviation of the natural logarithm, by the quartiles: outliers do not count. */
  readonly spread: number;
}

const checksATurn = 100;

interface Learnt {
  readonly overall: Usual;
  /** Medians (ms) by hour of the week, 0–167; 0 where nothing is known. */
  readonly byHour: Float32Array;
}

/** How fast operations usually answer, learnt from hourly sums; quiet about what it has not seen enough of. */
export class Baselines {
  readonly #learnt = new Map<string, Map<string, Learnt>>();
  readonly #learntAt = new Map<string, number>();
  readonly #turn = new Semaphore(1);

  /** Whether the service is to be learnt again: once a day. */
  isDue(service: string, now: number): boolean {
    const at = this.#learntAt.get(service);
    return at === undefined || now - at >= dayMs;
  }

  /** Takes the place of what was known of the service. One service after the other: all at once would keep everybody waiting. */
  async learn(service: string, hours: AsyncIterable<HourRollup>, now: number): Promise<void> {
    const leave = await this.#turn.acquire();
    try {
      await this.#learn(service, hours, now);
    } finally {
      leave();
    }
  }

  async #learn(service: string, hours: AsyncIterable<HourRollup>, now: number): Promise<void> {
    const lessons = new Map<string, Lesson>();
    for await (const { hour, checks } of hours) {
      for (const { checkId, latency } of checks) {
        if (latency.count === 0) continue;
        const lesson = lessons.get(checkId) ?? new Lesson(now);
        lesson.add(hour, latency);
        lessons.set(checkId, lesson);
      }
    }
    const learnt = new Map<string, Learnt>();
    let turn = 0;
    for (const [checkId, lesson] of lessons) {
      // Whatever is being measured next door must not wait for this.
      if (++turn % checksATurn === 0) await setImmediate();
      const outcome = lesson.outcome();
      if (outcome !== undefined) learnt.set(checkId, outcome);
    }
    this.#learnt.set(service, learnt);
    this.#learntAt.set(service, now);
  }

  usual(service: string, checkId: string, at: number): Usual | undefined {
    const known = this.#learnt.get(service)?.get(checkId);
    if (known === undefined) return undefined;
    const ms = known.byHour[hourOfWeek(at)] ?? 0;
    return ms === 0 ? known.overall : { ms, spread: known.overall.spread };
  }
}

const hoursKept = baselineReachMs / hourMs;

/** What the hours of one check add up to; small, for there are many checks. */
class Lesson {
  readonly #now: number;
  readonly #lastWeek = new Map<number, number>();
  /** Median (ms) of each hour by how many hours ago it was; 0 where there was none. */
  readonly #medians = new Float32Array(hoursKept);

  constructor(now: number) {
    this.#now = now;
  }

  add(hour: number, latency: Histogram): void {
    const ago = this.#agoOf(hour);
    if (ago < 0 || ago >= hoursKept) return;
    this.#medians[ago] = quantile(latency, 0.5) ?? 0;
    if (hour < this.#now - weekMs) return;
    for (const [bucket, count] of latency.buckets)
      this.#lastWeek.set(bucket, (this.#lastWeek.get(bucket) ?? 0) + count);
  }

  outcome(): Learnt | undefined {
    const lastWeek = fromBuckets(this.#lastWeek);
    if (lastWeek.count < minSamples) return undefined;
    const [low = 0, ms = 0, high = 0] = [0.25, 0.5, 0.75].map((share) => quantile(lastWeek, share));
    const spread = Math.max(smallestSpread, Math.log(high / low) / quartilesInDeviations);
    const byHour = new Float32Array(168);
    for (let ago = 0; ago < byHour.length; ago++) {
      const sameHour = this.#every(168, ago, hoursKept);
      const sameHourOfDay = this.#every(24, ago % 24, 168);
      byHour[hourOfWeek(this.#now - ago * hourMs)] = medianOf(sameHour) ?? medianOf(sameHourOfDay) ?? 0;
    }
    return { overall: { ms, spread }, byHour };
  }

  #agoOf(hour: number): number {
    return Math.floor(this.#now / hourMs) - Math.floor(hour / hourMs);
  }

  #every(step: number, from: number, to: number): readonly number[] {
    const found: number[] = [];
    for (let ago = from; ago < to; ago += step) {
      const median = this.#medians[ago] ?? 0;
      if (median > 0) found.push(median);
    }
    return found;
  }
}

function medianOf(values: readonly number[]): number | undefined {
  if (values.length < minHours) return undefined;
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** 0–167, by UTC: what comes again every week does so in every zone, but for the weeks in which clocks change. */
function hourOfWeek(at: number): number {
  return Math.floor(at / hourMs) % 168;
}

/** `48 ms`, `3.05 s` */
export function showMs(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Number((ms / 1000).toFixed(2))} s`;
}
