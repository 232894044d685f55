import { sentence } from '../../messages/sentence.ts';
import { setMaxListeners } from 'node:events';
import type { Clock } from '../../lib/time/clock.ts';
import { ClockJump } from '../../lib/time/clock-jump.ts';
import type { Check } from '../../model/check.ts';
import { type Result, shiftResult } from '../../model/result.ts';
import { type JobState, newJob } from './job.ts';
import type { AnswerReader } from '../ports.ts';
import type { Sending } from '../http/port.ts';
import { createHash } from 'node:crypto';
import { groupBy } from '../../lib/group-by.ts';

/** A check in a run, with what changes while it is on its way. */
export interface CheckJob {
  readonly run: Run;
  readonly index: number;
  /** Monotonic time before which it is not started. */
  startAt: number;
  state: JobState;
  sending: Sending | undefined;
  /** Nobody has answered when it was called last. */
  hasHung: boolean;
}

export interface RunOptions {
  /** Stops starting checks; those in flight have `graceMs` left. */
  readonly signal: AbortSignal;
  readonly graceMs: number;
  /** When a failing check is called again, ms after its first failure. Default: 2 s and 8 s. */
  readonly confirmAfterMs?: readonly number[];
  /**
   * Spreads the starts over a window that begins at `fromEpochMs`, each check at the same place of it in every
   * run; absent: as fast as the limits allow.
   */
  readonly spread?: { readonly fromEpochMs: number; readonly overMs: number };
  readonly reader?: AnswerReader;
  /**
   * What a check waits for before it may be called, a token say; absent or `undefined`: nothing. It does not reject, and
   * is over when `signal` aborts.
   */
  ready?(check: Check): Promise<void> | undefined;
  /** Told of each result as it comes in. */
  onResult?(result: Result, check: Check): void;
  /**
   * Told of each check that takes its time: its call hangs, or did so the last time and has to wait for its turn, or it is
   * going to be called again. May be told repeatedly.
   *
   * @param isAnswered It has been called and is going to be called again.
   */
  onWaiting?(check: Check, isAnswered: boolean): void;
}

/** One list of checks on its way to its results. */
export class Run {
  readonly clock: Clock;
  readonly options: RunOptions;
  readonly confirmAfterMs: readonly number[];
  readonly finished: Promise<readonly Result[]>;
  readonly jobs: readonly CheckJob[];
  readonly #results: (Result | undefined)[];
  readonly #cutoff = new AbortController();
  readonly #jump: ClockJump;
  /** Between the two clocks as they were when it began: by it all of its calls are dated. */
  readonly #offset: number;
  #jumpedMs = 0;
  #left: number;
  #finish: (results: readonly Result[]) => void = () => undefined;

  constructor(checks: readonly Check[], clock: Clock, options: RunOptions) {
    this.clock = clock;
    this.options = options;
    this.#jump = new ClockJump(clock);
    this.#offset = clock.now() - clock.monotonic();
    this.confirmAfterMs = options.confirmAfterMs ?? [2000, 8000];
    const starts = startsOf(checks, clock, options);
    this.jobs = checks.map((check, index) => ({
      run: this,
      index,
      startAt: starts?.[index] ?? -Infinity,
      state: newJob(check),
      sending: undefined,
      hasHung: false,
    }));
    this.#results = Array.from({ length: checks.length });
    this.#left = checks.length;
    // Every call in flight may listen to it.
    setMaxListeners(0, this.#cutoff.signal);
    this.finished = new Promise((resolve) => {
      this.#finish = resolve;
    });
    if (this.#left === 0) this.#finish([]);
  }

  get isStopping(): boolean {
    return this.options.signal.aborted;
  }

  /** Aborts when the grace period is over. */
  get cutoff(): AbortSignal {
    return this.#cutoff.signal;
  }

  /** The wall clock at a monotonic time, epoch ms, as if it had not been set since the run began. */
  dateOf(monotonic: number): number {
    return Math.round(monotonic + this.#offset);
  }

  /** `undefined`: the check was not called. */
  settle(job: CheckJob, found: Result | undefined): void {
    this.#jumpedMs += this.#jump.take();
    // Its calls may have begun before the wall clock was set, and the last of them after.
    const result = found === undefined || this.#jumpedMs === 0 ? found : shiftResult(found, this.#jumpedMs);
    this.#results[job.index] = result;
    this.#left--;
    try {
      if (result !== undefined) this.options.onResult?.(result, job.state.check);
    } finally {
      if (this.#left === 0) this.#finish(this.#results.filter((one) => one !== undefined));
    }
  }

  /** The job takes its time: its call hangs or, with `isAnswered`, another one follows. */
  wait(job: CheckJob, isAnswered = false): void {
    this.options.onWaiting?.(job.state.check, isAnswered);
  }

  /** Ends what is still in flight. */
  cut(): void {
    this.#cutoff.abort();
    for (const job of this.jobs) {
      job.sending?.cut('interrupted', sentence('cutOff'));
    }
  }
}

function startsOf(
  checks: readonly Check[],
  clock: Clock,
  { spread }: RunOptions,
): readonly number[] | undefined {
  if (spread === undefined) return undefined;
  const waitMs = spread.fromEpochMs - clock.now();
  // The wall clock may have been set since the cycle was due: nothing waits for a time that long gone or far off.
  const isSound = waitMs <= leadMaxMs && waitMs >= -spread.overMs - leadMaxMs;
  return spreadStarts(checks, { from: clock.monotonic() + (isSound ? waitMs : 0), overMs: spread.overMs });
}

/** A cycle begins to call well within this time after it was due. */
const leadMaxMs = 60_000;

/** Spreads the checks of a cycle over a window. */
interface Spread {
  /** Monotonic time at which the window begins. */
  readonly from: number;
  readonly overMs: number;
}

/**
 * When each check is due, in the order of `checks`. The checks of an origin are evenly apart, in an order that
 * follows from their ids alone: the same list gives the same offsets in every cycle, so that the interval of each
 * operation is constant. Origins are shifted against each other, so that they do not all start at once.
 */
function spreadStarts(checks: readonly Check[], spread: Spread): readonly number[] {
  const byOrigin = groupBy(
    checks.map((check, index) => ({ index, origin: check.origin, place: place(check.id) })),
    ({ origin }) => origin,
  );
  const starts = Array.from({ length: checks.length }, () => spread.from);
  for (const [origin, list] of byOrigin) {
    const shift = place(origin);
    list
      .sort((a, b) => a.place - b.place)
      .forEach(({ index }, rank) => {
        starts[index] = spread.from + ((rank + shift) / list.length) * spread.overMs;
      });
  }
  return starts;
}

/** A number in [0, 1) that depends on nothing but the text. */
function place(text: string): number {
  return createHash('sha1').update(text).digest().readUInt32BE(0) / 2 ** 32;
}
