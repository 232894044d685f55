import { OriginHealth } from './origin-health.ts';
import type { Job } from './run.ts';

export interface LaneLimits {
  readonly perOrigin: number;
  readonly ratePerOrigin: number;
}

/** A timer that is late by up to this much does not put off the starts after it. */
const slackMs = 5;
/** One call in ten may be a retry; the first few are free. */
const retryShare = 0.1;
const freeRetries = 3;

/** What waits for one origin, and how the origin is to be treated. */
export class Lane {
  readonly origin: string;
  health = new OriginHealth();
  inFlight = 0;
  /** In the queue of lanes that may be able to start something. */
  queued = false;
  #fresh: Job[] = [];
  #head = 0;
  readonly #due: Job[] = [];
  readonly #resting = new Map<Job, () => void>();
  #prober: Job | undefined;
  #nextStartAt = -Infinity;
  #calls = 0;
  #retries = 0;

  constructor(origin: string) {
    this.origin = origin;
  }

  get isIdle(): boolean {
    return this.inFlight === 0 && this.#fresh.length === this.#head && this.#isQuiet;
  }

  get #isQuiet(): boolean {
    return this.#due.length === 0 && this.#resting.size === 0;
  }

  add(job: Job): void {
    this.#fresh.push(job);
  }

  /** Keeps a job aside until it may be called again; `wake` runs when that is the case. */
  rest(job: Job, afterMs: number, wake: () => void): void {
    const cancel = job.run.clock.after(afterMs, () => {
      this.#resting.delete(job);
      this.#due.push(job);
      wake();
    });
    this.#resting.set(job, cancel);
    if (this.health.state === 'suspect') this.#prober ??= job;
  }

  /** The job to start now, the ms until one may be started, or `undefined` when nothing waits or all places are taken. */
  take(now: number, limits: LaneLimits): Job | number | undefined {
    const places = this.health.state === 'up' ? limits.perOrigin : 1;
    if (this.inFlight >= places || !this.#hasNext()) return undefined;
    if (now < this.#nextStartAt) return this.#nextStartAt - now;
    const job = this.#next();
    if (job === undefined) return undefined;
    const onTime = now - this.#nextStartAt <= slackMs;
    this.#nextStartAt = (onTime ? this.#nextStartAt : now) + 1000 / limits.ratePerOrigin;
    this.inFlight++;
    this.#count();
    return job;
  }

  mayRetry(): boolean {
    if (this.health.state !== 'up' || this.#retries >= freeRetries + this.#calls * retryShare) return false;
    this.#retries++;
    return true;
  }

  /** The job has come to its end: it no longer stands for the others. */
  release(job: Job): void {
    if (this.#prober === job) this.#prober = undefined;
  }

  /** Takes out all that is not in flight, or what belongs to one run. */
  drain(belongs: (job: Job) => boolean): readonly Job[] {
    const fresh = this.#fresh.slice(this.#head);
    const out = [...fresh, ...this.#due, ...this.#resting.keys()].filter(belongs);
    this.#fresh = fresh.filter((job) => !belongs(job));
    this.#head = 0;
    for (const job of out) {
      this.#resting.get(job)?.();
      this.#resting.delete(job);
      const index = this.#due.indexOf(job);
      if (index !== -1) this.#due.splice(index, 1);
      this.release(job);
    }
    return out;
  }

  #hasNext(): boolean {
    if (this.health.state === 'up') return this.#due.length > 0 || this.#head < this.#fresh.length;
    return this.#probeIndex() !== -1 || (this.#mayTryFresh() && this.#head < this.#fresh.length);
  }

  #next(): Job | undefined {
    if (this.health.state === 'up') return this.#due.shift() ?? this.#shiftFresh();
    const index = this.#probeIndex();
    if (index !== -1) return this.#due.splice(index, 1)[0];
    return this.#mayTryFresh() ? this.#shiftFresh() : undefined;
  }

  /** While nobody gets an answer, one job stands for all. */
  #probeIndex(): number {
    return this.#prober === undefined ? (this.#due.length > 0 ? 0 : -1) : this.#due.indexOf(this.#prober);
  }

  #mayTryFresh(): boolean {
    return this.health.mayDiffer || (this.#prober === undefined && this.#isQuiet);
  }

  #shiftFresh(): Job | undefined {
    const job = this.#fresh[this.#head];
    if (job === undefined) return undefined;
    this.#head++;
    if (this.#head > 1024 && this.#head * 2 > this.#fresh.length) {
      this.#fresh = this.#fresh.slice(this.#head);
      this.#head = 0;
    }
    return job;
  }

  /** Old calls count less and less. */
  #count(): void {
    this.#calls++;
    if (this.#calls < 1000) return;
    this.#calls /= 2;
    this.#retries /= 2;
  }
}
