import { inEnglish } from '../../messages/in-language.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { messageOf } from '../../lib/errors.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { LimitSettings } from '../../model/settings.ts';
import { isUnheard, type ReasonCode, type Result } from '../../model/result.ts';
import type { Attempt } from '../attempt.ts';
import { confirmedByOther, interrupted, next, originDown, ownFault } from './job.ts';
import { Lane } from './origin-queue.ts';
import type { CheckJob, Run } from './run.ts';
import type { ConnectivityCheck } from '../connectivity-check.ts';
import { asksToWait, isTooMuch, maxPauseMs } from './throttle.ts';

export interface SchedulerOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: () => number;
  readonly limits: LimitSettings;
  /** What checks came to when they were called last, before this process began; absent: nothing is known of that. */
  readonly last?: readonly Result[];
  /** Calls the check of a job once. */
  attempt(job: CheckJob): Promise<Attempt>;
  readonly connectivityCheck?: ConnectivityCheck;
}

/** How often an origin that is down is looked at while checks for it are still to come. */
const probeEveryMs = 10_000;
/** A call that has had no end for so long costs nothing but its socket: it gives its place to the next one. */
const patientMs = 1000;
/** Open sockets of calls that hang, as a multiple of the places. */
const hangingMost = 8;

/**
 * Starts jobs as the limits allow: overall, and for each origin in a lane of its own. A job that waits (for its
 * turn, a retry or a confirmation) holds no place.
 */
export class CheckScheduler {
  readonly #options: SchedulerOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #ready: Lane[] = [];
  #limits: LimitSettings;
  #inFlight = 0;
  /** Of calls that hang, and hold no place any more. */
  #hanging = 0;
  /** Ids of checks that nobody answered when they were called last. */
  readonly #hung = new Set<string>();
  /** Ids of checks that were answered when they were called last. */
  readonly #answered = new Set<string>();
  readonly #runs = new Set<Run>();
  /** By check id, the monotonic time before which its own limit asks not to be called. */
  readonly #limitedUntil = new Map<string, number>();
  #slowed = new Map<string, Sentence>();
  /** When anybody beyond this host answered last, be it by refusing. */
  #answeredAt = -Infinity;
  /** When our own network was found at fault last, and when somebody answered again. */
  #ownTrouble: { readonly at: number; readonly problem: Sentence; readonly overAt?: number } | undefined;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#limits = options.limits;
    for (const { checkId, reason, status } of options.last ?? [])
      this.#noteCalled(checkId, reason.code, status);
  }

  configure(limits: LimitSettings): void {
    this.#limits = limits;
    for (const lane of this.#lanes.values()) this.#wake(lane);
  }

  takeSlowed(): Readonly<Record<string, Sentence>> {
    const slowed = Object.fromEntries(this.#slowed);
    this.#slowed = new Map();
    return slowed;
  }

  start(run: Run): void {
    this.#runs.add(run);
    void run.finished.then(() => this.#runs.delete(run));
    for (const job of run.jobs) job.hasHung = this.#hung.has(job.state.check.id);
    const limited = run.jobs.filter((job) => this.#isPutOff(job));
    const byReadiness = groupBy(run.jobs, ({ state }) => run.options.ready?.(state.check));
    this.#add(byReadiness.get(undefined) ?? []);
    for (const [ready, jobs] of byReadiness) if (ready !== undefined) void this.#addWhen(ready, run, jobs);
    for (const job of run.jobs) if (job.hasHung) run.wait(job);
    for (const job of limited) run.wait(job);
  }

  /** What has a limit of its own waits for that by itself, and nobody with it. */
  #isPutOff(job: CheckJob): boolean {
    const { id } = job.state.check;
    const until = this.#limitedUntil.get(id) ?? -Infinity;
    if (until > this.#options.clock.monotonic()) {
      job.startAt = Math.max(job.startAt, until);
      return true;
    }
    this.#limitedUntil.delete(id);
    return false;
  }

  #add(jobs: readonly CheckJob[]): void {
    for (const [origin, some] of groupBy(jobs, (job) => job.state.check.origin)) {
      const lane = this.#laneOf(origin);
      lane.add(some);
      this.#enqueue(lane);
    }
    this.#startReady();
  }

  /** What is not ready waits outside the lanes: it takes no room from what is. */
  async #addWhen(ready: Promise<void>, run: Run, jobs: readonly CheckJob[]): Promise<void> {
    const cancel = this.#options.clock.after(patientMs, () => {
      for (const job of jobs) run.wait(job);
    });
    await ready;
    cancel();
    if (!run.isStopping) this.#add(jobs);
    else for (const job of jobs) run.settle(job, undefined);
  }

  /** Takes out what has not been started and what waits for another call. */
  stop(run: Run): void {
    for (const lane of this.#lanes.values()) {
      for (const job of lane.drain((one) => one.run === run)) run.settle(job, interrupted(job.state));
      this.#wake(lane);
    }
  }

  #laneOf(origin: string): Lane {
    let lane = this.#lanes.get(origin);
    if (lane === undefined) {
      lane = new Lane(origin);
      this.#lanes.set(origin, lane);
    }
    return lane;
  }

  #wake(lane: Lane): void {
    this.#enqueue(lane);
    this.#startReady();
  }

  #enqueue(lane: Lane): void {
    lane.cancelTimer?.();
    lane.cancelTimer = undefined;
    if (lane.queued) return;
    lane.queued = true;
    this.#ready.push(lane);
  }

  /** Lanes take turns, a start each, so that a long list does not starve a short one. */
  #startReady(): void {
    while (this.#inFlight < this.#limits.concurrency) {
      const lane = this.#ready.shift();
      if (lane === undefined) return;
      lane.queued = false;
      const job = lane.take(this.#options.clock.monotonic(), this.#limits);
      if (job === undefined) this.#forgetIdle(lane);
      else if (typeof job === 'number') this.#wakeLater(lane, job);
      else {
        this.#enqueue(lane);
        void this.#call(lane, job);
      }
    }
  }

  #wakeLater(lane: Lane, afterMs: number): void {
    lane.cancelTimer = this.#options.clock.after(Math.ceil(afterMs), () => this.#wake(lane));
  }

  #forgetIdle(lane: Lane): void {
    if (lane.isIdle) this.#lanes.delete(lane.origin);
  }

  async #call(lane: Lane, job: CheckJob): Promise<void> {
    const leave = this.#enter(lane, job);
    const startedAt = this.#options.clock.monotonic();
    const attempt = await this.#options.attempt(job);
    leave();
    job.sending = undefined;
    try {
      await this.#proceed(lane, job, attempt, startedAt);
    } catch (error) {
      this.#options.log.error('a result could not be handed on', { error: messageOf(error) });
    }
    this.#wake(lane);
  }

  /** Takes a place; calls that hang must not hold up others, of this host or of another. Returns what ends it. */
  #enter(lane: Lane, job: CheckJob): () => void {
    const { clock } = this.#options;
    let holdsPlace = true;
    this.#inFlight++;
    const cancel = clock.after(patientMs, () => {
      job.run.wait(job);
      if (this.#hanging >= this.#limits.concurrency * hangingMost) return;
      holdsPlace = false;
      this.#inFlight--;
      this.#hanging++;
      lane.giveUpPlace();
      this.#wake(lane);
    });
    return () => {
      cancel();
      lane.leave(job, holdsPlace);
      if (holdsPlace) this.#inFlight--;
      else this.#hanging--;
    };
  }

  async #proceed(lane: Lane, job: CheckJob, attempt: Attempt, startedAt: number): Promise<void> {
    const { run } = job;
    const isOfOrigin = this.#mayBeOfOrigin(lane, job, attempt);
    this.#noteHanging(job, attempt);
    const { id, service } = job.state.check;
    const asked = lane.askedToWait(service);
    asked.note(id, attempt);
    const hangs = lane.hangsOf(service);
    if (attempt.reason.code === 'timeout') hangs.hung(id, job.state.failure !== undefined);
    else if (attempt.status !== undefined) hangs.answered(id);
    const isKnown =
      (asked.isBelieved && asksToWait(attempt)) || (hangs.isBelieved && attempt.reason.code === 'timeout');
    const step = next(job.state, attempt, {
      confirmAfterMs: isKnown ? [] : run.confirmAfterMs,
      mayRetry: () => lane.mayRetry(),
      random: this.#options.random,
      now: this.#options.clock.monotonic(),
    });
    const repeated = job.state.confirmations > 0;
    if (isAnswer(attempt) && !isLoopback(lane.origin)) this.#noteHeard();
    if (attempt.status !== undefined) this.#noteAnswer(lane, job, attempt, attempt.status);
    else if (isOfOrigin) {
      const isFinal = step.kind === 'done';
      lane.failed(service, attempt.reason.code, isFinal, repeated, lane.hungAfter(this.#limits), startedAt);
    }
    const problem = await this.#ownProblem(lane, attempt, {
      since: job.state.failure?.at ?? startedAt,
      startedAt,
    });
    if (step.kind === 'done') {
      lane.release(job);
      if (repeated && asksToWait(attempt)) asked.confirmed();
      run.settle(job, problem === undefined ? step.result : ownFault(step.result, problem));
    } else {
      job.state = step.state;
      if (run.isStopping) run.settle(job, interrupted(job.state));
      else {
        lane.rest(job, step.afterMs, () => this.#wake(lane));
        run.wait(job, attempt.status !== undefined);
      }
    }
    if (isOfOrigin && lane.health.state === 'down') this.#giveUp(lane, attempt, startedAt, problem);
    if (asked.isBelieved) this.#leaveAlone(lane, service, asksToWait);
    if (hangs.isBelieved) this.#leaveAlone(lane, service, ({ reason }) => reason.code === 'timeout');
  }

  /**
   * Asked when nobody has answered since it began to fail, and its calls have to leave this host. A call that began while
   * our network was gone may fail after it is back: it says nothing of whoever was called.
   */
  async #ownProblem(
    lane: Lane,
    attempt: Attempt,
    { since, startedAt }: { readonly since: number; readonly startedAt: number },
  ): Promise<Sentence | undefined> {
    const { connectivityCheck, clock } = this.#options;
    const { code } = attempt.reason;
    if (connectivityCheck === undefined || attempt.verdict !== 'fail' || !mayBeOurs(code)) return undefined;
    if (isLoopback(lane.origin)) return undefined;
    if (this.#answeredAt < since) {
      const problem = await connectivityCheck.problem(code);
      if (problem !== undefined) this.#ownTrouble = { at: clock.monotonic(), problem };
    }
    const trouble = this.#ownTrouble;
    if (trouble === undefined || trouble.at < since) return undefined;
    return trouble.overAt === undefined || startedAt <= trouble.overAt ? trouble.problem : undefined;
  }

  /**
   * An operation that hung the last time as well says nothing of its origin as long as there are others to ask that were
   * answered: whether those still are shows who is at fault.
   */
  #mayBeOfOrigin({ origin }: Lane, { state }: CheckJob, { reason }: Attempt): boolean {
    if (reason.code !== 'timeout' || !this.#hung.has(state.check.id)) return true;
    const isAnswered = ({ state: { check } }: CheckJob): boolean =>
      check.origin === origin && this.#answered.has(check.id);
    return ![...this.#runs].some(({ jobs }) => jobs.some(isAnswered));
  }

  #noteHanging(job: CheckJob, { reason, status }: Attempt): void {
    job.hasHung = reason.code === 'timeout';
    this.#noteCalled(job.state.check.id, reason.code, status);
  }

  #noteCalled(id: string, code: ReasonCode, status: number | undefined): void {
    if (code === 'timeout') this.#hung.add(id);
    else this.#hung.delete(id);
    if (status === undefined) this.#answered.delete(id);
    else this.#answered.add(id);
  }

  #noteHeard(): void {
    const now = this.#options.clock.monotonic();
    this.#answeredAt = now;
    if (this.#ownTrouble !== undefined) this.#ownTrouble = { overAt: now, ...this.#ownTrouble };
  }

  #noteAnswer(lane: Lane, job: CheckJob, attempt: Attempt, status: number): void {
    const now = this.#options.clock.monotonic();
    lane.answered(now);
    const { id } = job.state.check;
    const { tooOften, retryAfterMs, phases } = attempt;
    const signal = { checkId: id, status, tooOften, retryAfterMs, firstByteMs: phases.firstByteMs };
    if (isTooMuch(signal)) this.#limitedUntil.set(id, now + Math.min(retryAfterMs ?? 0, maxPauseMs));
    const because = lane.throttle.note(signal, now);
    if (because === undefined) return;
    this.#slowed.set(lane.origin, because);
    this.#options.log.warn('an origin is called more slowly', {
      origin: lane.origin,
      because: inEnglish(because),
    });
  }

  /** Settles what waits to be called again although other operations of the service have confirmed what it has found. */
  #leaveAlone(lane: Lane, service: string, isConfirmed: (attempt: Attempt) => boolean): void {
    const isLeft = ({ state: { check, failure } }: CheckJob): boolean =>
      check.service === service && failure !== undefined && isConfirmed(failure.attempt);
    for (const job of lane.drain(isLeft)) {
      const { state } = job;
      if (state.failure !== undefined) job.run.settle(job, confirmedByOther(state, state.failure.attempt));
    }
  }

  /**
   * Settles what waits for an origin that is down, but for checks that are due later: the first of them finds out
   * whether it is still so. Nobody calls a dead host five hundred times. What was not called is known since `attempt`; what
   * was called keeps what it found.
   */
  #giveUp(lane: Lane, attempt: Attempt, startedAt: number, problem: Sentence | undefined): void {
    const soon = this.#options.clock.monotonic() + probeEveryMs;
    const isLost = ({ startAt, state }: CheckJob): boolean =>
      startAt <= soon && lane.isLostFor(state.check.service);
    for (const job of lane.drain(isLost)) {
      const failed = job.state.failure?.attempt;
      const result =
        failed !== undefined
          ? confirmedByOther(job.state, failed)
          : originDown(
              job.state.check,
              sentence('originSilent', { origin: lane.origin, why: attempt.reason.message }),
              job.run.dateOf(startedAt),
            );
      job.run.settle(job, problem === undefined ? result : ownFault(result, problem));
    }
  }
}

/** That a name does not exist is what those hear, too, whose tunnel to their own network is down. */
function mayBeOurs(code: ReasonCode): boolean {
  return isUnheard(code) || code === 'dns';
}

/** Somebody there has dealt with it, so that there is a way to them. */
function isAnswer({ status, reason: { code } }: Attempt): boolean {
  return status !== undefined || code === 'connect-refused' || code === 'reset' || code === 'tls';
}

function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
