import { groupBy } from '../../lib/group-by.ts';
import { OriginHealth } from './origin-health.ts';
import type { CheckJob } from './run.ts';
import { AskedToWait, HangsTogether, Throttle } from './throttle.ts';
import { Turns } from './turns.ts';

export interface LaneLimits {
  readonly perOrigin: number;
  readonly ratePerOrigin: number;
}

/** A timer that is late by up to this much does not put off the starts after it. */
const slackMs = 5;
/** One call in ten may be a retry; the first few are free. */
const retryShare = 0.1;
const freeRetries = 3;
/** Multiples of it, their whole part aside, come to lie everywhere between 0 and 1. */
const goldenShare = 0.618;

/** Calls of one service that hang, as a multiple of the places. */
const hangingMost = 4;

/** So many calls of a service may be in flight when one more is begun. */
interface Room {
  readonly most: number;
  /** When it is one that hung the last time. */
  readonly hung: number;
  /** Of those, so many may wait for the second time to confirm that they hang, whatever else hangs. */
  readonly confirming: number;
  /** Services of which some are to be confirmed so; their first calls leave room for that. */
  readonly unconfirmed: ReadonlySet<string>;
}

function serviceOf({ state }: CheckJob): string {
  return state.check.service;
}

/** It has waited in vain in this run, and is called once more before that counts. */
function isToConfirm({ hasHung, state }: CheckJob): boolean {
  return hasHung && state.failure !== undefined;
}

function addTo(counts: Map<string, number>, key: string, more: number): void {
  const sum = (counts.get(key) ?? 0) + more;
  if (sum > 0) counts.set(key, sum);
  else counts.delete(key);
}

/** What waits for one origin, and how the origin is to be treated. */
export class Lane {
  readonly origin: string;
  readonly health = new OriginHealth();
  readonly throttle = new Throttle();
  /** In the queue of lanes that may be able to start something. */
  queued = false;
  /** Cancels the timer that will put it there. */
  cancelTimer: (() => void) | undefined;
  readonly #fresh = new Turns();
  /** The service that had the last start. */
  #lastStarted: string | undefined;
  #due: CheckJob[] = [];
  readonly #resting = new Map<CheckJob, () => void>();
  #prober: CheckJob | undefined;
  /** Services that have found no answer since anybody has found one. */
  readonly #unheard = new Set<string>();
  /** By service. */
  readonly #askedToWait = new Map<string, AskedToWait>();
  /** By service. */
  readonly #hanging = new Map<string, HangsTogether>();
  #nextStartAt = -Infinity;
  #leaps = 0;
  #calls = 0;
  #retries = 0;
  /** Calls that hold a place. */
  #held = 0;
  /** All calls, also those that hang and have given their place up, by service. */
  readonly #inFlight = new Map<string, number>();
  /** Those of them that are called again after they have hung, by service. */
  readonly #confirming = new Map<string, number>();

  constructor(origin: string) {
    this.origin = origin;
  }

  /** Somebody there has answered, at that time of the monotonic clock. */
  answered(at: number): void {
    this.health.answered(at);
    this.#unheard.clear();
  }

  /** An attempt for a service has found no answer, as `OriginHealth.failed`. */
  failed(service: string, ...found: Parameters<OriginHealth['failed']>): void {
    this.health.failed(...found);
    this.#unheard.add(service);
  }

  /**
   * Whether there is nobody to be found for a service either: without a connection for all of them, otherwise for those
   * that have asked. Behind a host that takes connections another one may answer.
   */
  isLostFor(service: string): boolean {
    return this.health.state === 'down' && (!this.health.mayDiffer || this.#unheard.has(service));
  }

  /** What the service there says of when to come back. */
  askedToWait(service: string): AskedToWait {
    const known = this.#askedToWait.get(service) ?? new AskedToWait();
    this.#askedToWait.set(service, known);
    return known;
  }

  /** What is known of how the service there hangs. */
  hangsOf(service: string): HangsTogether {
    const known = this.#hanging.get(service) ?? new HangsTogether();
    this.#hanging.set(service, known);
    return known;
  }

  get isIdle(): boolean {
    return this.#inFlight.size === 0 && this.#fresh.isEmpty && this.#isQuiet;
  }

  get #isQuiet(): boolean {
    return this.#due.length === 0 && this.#resting.size === 0;
  }

  add(jobs: readonly CheckJob[]): void {
    this.health.begin();
    for (const [run, some] of groupBy(jobs, (job) => job.run))
      for (const [service, own] of groupBy(some, serviceOf)) this.#fresh.add(service, run, own);
  }

  /** Keeps a job aside until it may be called again; `wake` runs when that is the case. */
  rest(job: CheckJob, afterMs: number, wake: () => void): void {
    const cancel = job.run.clock.after(afterMs, () => {
      this.#resting.delete(job);
      this.#due.push(job);
      wake();
    });
    this.#resting.set(job, cancel);
    if (this.health.state === 'suspect') this.#prober ??= job;
  }

  /** The job to start now, the ms until one may be started, or `undefined` when nothing waits or all places are taken. */
  take(now: number, limits: LaneLimits): CheckJob | number | undefined {
    const share = this.throttle.share(now);
    const isOpen = this.health.state === 'up' || this.health.mayHang;
    const places = this.#places(now, limits);
    if (isOpen ? this.#held >= places : this.#inFlight.size > 0) return undefined;
    const room = this.#room(places);
    const waitMs = this.#waitMs(now, room);
    if (waitMs === undefined || waitMs > 0) return waitMs;
    const job = this.#takeTurn(now, room);
    if (job === undefined) return undefined;
    const onTime = now - this.#nextStartAt <= slackMs;
    this.#nextStartAt = (onTime ? this.#nextStartAt : now) + 1000 / (limits.ratePerOrigin * share);
    this.#held++;
    addTo(this.#inFlight, serviceOf(job), 1);
    if (isToConfirm(job)) addTo(this.#confirming, serviceOf(job), 1);
    this.#count();
    return job;
  }

  /** A call hangs: what holds it up must not hold up others. */
  giveUpPlace(): void {
    this.#held--;
  }

  /** A call has come to its end. */
  leave(job: CheckJob, heldPlace: boolean): void {
    if (heldPlace) this.#held--;
    addTo(this.#inFlight, serviceOf(job), -1);
    if (isToConfirm(job)) addTo(this.#confirming, serviceOf(job), -1);
  }

  #inFlightOf(job: CheckJob): number {
    return this.#inFlight.get(serviceOf(job)) ?? 0;
  }

  /** What is known to hang leaves a place to what may well be answered, and as many calls in flight as there are places. */
  #room(places: number): Room {
    const most = places * hangingMost;
    const leavesPlace = this.#held < Math.max(1, places - 1);
    return {
      most,
      hung: leavesPlace ? most - places : 0,
      confirming: leavesPlace ? most / 2 : 0,
      unconfirmed: new Set(this.#due.filter(isToConfirm).map(serviceOf)),
    };
  }

  /** So many calls of its service hang that no more are begun before some of them have ended. */
  #isStuck(job: CheckJob, { most, hung, confirming, unconfirmed }: Room): boolean {
    const service = serviceOf(job);
    const calls = this.#inFlightOf(job);
    const again = this.#confirming.get(service) ?? 0;
    if (isToConfirm(job)) return calls >= most || (calls >= hung && again >= confirming);
    if (job.hasHung) return calls >= hung;
    return calls >= most || (unconfirmed.has(service) && calls - again >= most / 2);
  }

  get #someHang(): boolean {
    const all = [...this.#inFlight.values()].reduce((sum, calls) => sum + calls, 0);
    return all > this.#held;
  }

  /** Until something may be started; `undefined` when nothing can be. */
  #waitMs(now: number, room: Room): number | undefined {
    const from = Math.max(this.#nextStartAt, this.throttle.pausedUntil);
    if (this.#dueIndex(room) !== -1) return from - now;
    const first = this.#mayTryFresh() ? this.#fresh.first((job) => !this.#isStuck(job, room)) : undefined;
    return first === undefined ? undefined : Math.max(from, first.startAt) - now;
  }

  /** Time-outs in a row after which nobody is expected to be answered: twice as many as there are places, however few are used. */
  hungAfter({ perOrigin }: LaneLimits): number {
    return this.#fresh.isEmpty ? 0 : 2 * perOrigin;
  }

  #places(now: number, { perOrigin }: LaneLimits): number {
    return Math.max(1, Math.floor(perOrigin * this.throttle.share(now)));
  }

  mayRetry(): boolean {
    if (this.health.state !== 'up' || this.#retries >= freeRetries + this.#calls * retryShare) return false;
    this.#retries++;
    return true;
  }

  /** The job has come to its end: it no longer stands for the others. */
  release(job: CheckJob): void {
    if (this.#prober === job) this.#prober = undefined;
  }

  /** Takes out of what is not in flight all that belongs there. */
  drain(belongs: (job: CheckJob) => boolean): readonly CheckJob[] {
    const out = [...this.#fresh.all(), ...this.#due, ...this.#resting.keys()].filter(belongs);
    if (out.length === 0) return out;
    const gone = new Set(out);
    this.#fresh.remove(gone);
    this.#due = this.#due.filter((job) => !gone.has(job));
    for (const job of out) {
      this.#resting.get(job)?.();
      this.#resting.delete(job);
      this.release(job);
    }
    return out;
  }

  /** What is to be called again comes before the first calls of its service, and in turn with those of others. */
  #takeTurn(now: number, room: Room): CheckJob | undefined {
    const again = this.#due[this.#dueIndex(room)];
    const isOthersTurn =
      again !== undefined &&
      this.health.state === 'up' &&
      !this.health.hasHung &&
      !this.#someHang &&
      this.#lastStarted === serviceOf(again) &&
      this.#fresh.hasOther(serviceOf(again), now);
    const job = isOthersTurn
      ? this.#fresh.take(now, serviceOf(again))
      : (this.#takeDue(now, room) ?? this.#takeFresh(now, room));
    this.#lastStarted = job === undefined ? undefined : serviceOf(job);
    return job;
  }

  #takeDue(now: number, room: Room): CheckJob | undefined {
    const index = this.#dueIndex(room);
    if (this.#due[index]?.hasHung === true && this.#prober === undefined && this.#hasPrompt(now, room))
      return undefined;
    return index === -1 ? undefined : this.#due.splice(index, 1)[0];
  }

  /** While nobody gets an answer, one job stands for all. */
  #dueIndex(room: Room): number {
    const prober = this.health.state === 'up' ? undefined : this.#prober;
    if (prober !== undefined) return this.#due.indexOf(prober);
    const mayGo = (job: CheckJob): boolean => !job.hasHung && !this.#isStuck(job, room);
    const others = this.#due.findIndex((job) => mayGo(job) && serviceOf(job) !== this.#lastStarted);
    const prompt = others === -1 ? this.#due.findIndex(mayGo) : others;
    return prompt === -1 ? this.#due.findIndex((job) => !this.#isStuck(job, room)) : prompt;
  }

  /** Something may be begun that is not known to hang. */
  #hasPrompt(now: number, room: Room): boolean {
    if (!this.#mayTryFresh()) return false;
    const isPrompt = (job: CheckJob): boolean =>
      job.startAt <= now && !job.hasHung && !this.#isStuck(job, room);
    return this.#fresh.first(isPrompt) !== undefined;
  }

  #mayTryFresh(): boolean {
    if (this.health.state === 'up' || this.health.mayDiffer) return true;
    return this.#prober === undefined && this.#isQuiet;
  }

  /**
   * In their order; while calls hang, of the service of which the fewest are in flight. Neighbours often hang together,
   * being one controller's: others are looked for all over what is due.
   */
  #takeFresh(now: number, room: Room): CheckJob | undefined {
    if (!this.health.hasHung && !this.#someHang) return this.#fresh.take(now);
    const due = this.#fairest(now, room);
    const share = (++this.#leaps * goldenShare) % 1;
    const job = due[Math.floor(share * due.length)];
    if (job !== undefined) this.#fresh.remove(new Set([job]));
    return job;
  }

  /** What is due, is not known to hang, and is of the service that has the fewest calls in flight. */
  #fairest(now: number, room: Room): readonly CheckJob[] {
    let fewest = room.most;
    let fairest: CheckJob[] = [];
    let isPrompt = false;
    for (const job of this.#fresh.all()) {
      const calls = this.#inFlightOf(job);
      if (job.startAt > now || this.#isStuck(job, room) || (job.hasHung && isPrompt)) continue;
      if (!job.hasHung && !isPrompt) [isPrompt, fewest, fairest] = [true, room.most, []];
      if (calls > fewest) continue;
      if (calls < fewest) fairest = [];
      fewest = calls;
      fairest.push(job);
    }
    return fairest;
  }

  /** Old calls count less and less. */
  #count(): void {
    this.#calls++;
    if (this.#calls < 1000) return;
    this.#calls /= 2;
    this.#retries /= 2;
  }
}
