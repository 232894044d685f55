import type { Clock } from '../lib/time/clock.ts';
import { whicheverEnds } from '../lib/time/deadline.ts';
import { groupBy } from '../lib/group-by.ts';
import { nextTick, type Tick } from './grid.ts';

export interface DueCycle {
  /** Epoch ms at which it should have started. */
  readonly dueAt: number;
  /** Whose cycle it is. */
  readonly source: string;
  /** Checks with these intervals are due; absent when all are (at the start, and on request). */
  readonly intervalsMs?: readonly number[];
  /** Due cycles left out since its last start because it was still busy. */
  readonly missed: number;
}

export interface Lane {
  readonly source: string;
  readonly intervalMs: number;
}

export interface SchedulerOptions {
  readonly clock: Clock;
  /** The sources and their intervals as they are now, a lane for each pair; asked again before every tick. */
  lanes(): readonly Lane[];
  /**
   * Runs one cycle; its promise settles when the cycle has closed. Must not reject.
   *
   * @param called To be called as soon as the next cycle of the source may begin, at the latest when this one has closed.
   */
  start(due: DueCycle, called: () => void): Promise<void>;
  /** All that is due is still being called from before. Absent intervals: all of them. */
  isHeldUp(source: string, intervalsMs?: readonly number[]): boolean;
  /** A source was due and is left out: it is busy, or all of it is held up. */
  onLate(source: string, dueAt: number, intervalsMs?: readonly number[]): void;
}

/**
 * Starts cycles on a fixed grid, each source its own: the first at once, then every interval, counted from the start on
 * the clock that cannot jump. A source is busy until all that is due has been called; what hangs or is to be confirmed
 * by then belongs to its cycle and does not hold up the next one. One that is due while its source is busy, or nothing of
 * it can be called, is counted as missed and not queued. No source waits for another.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  /** By source, the cycle that has not called all yet. */
  readonly #busy = new Map<string, symbol>();
  readonly #missed = new Map<string, number>();
  /** Asked for while they were busy. */
  readonly #wanted = new Set<string>();
  /** Cycles that have not closed, with their source. */
  readonly #running = new Map<Promise<void>, string>();
  #next: number | undefined;
  /** Of the grid, on the monotonic clock. */
  #anchor: number | undefined;
  #stop = AbortSignal.abort();
  #wake = new AbortController();

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /** Epoch ms of the next tick; `undefined` before the first and after the last. */
  get nextAt(): number | undefined {
    return this.#next;
  }

  /** When each source starts next, the earliest first, epoch ms; empty before the first tick and after the last. */
  nextStarts(): readonly { readonly source: string; readonly at: number }[] {
    if (this.#anchor === undefined) return [];
    const { clock } = this.#options;
    const [now, wall] = [clock.monotonic(), clock.now()];
    const starts = new Map<string, number>();
    for (const { source, intervalMs } of this.#options.lanes()) {
      const at = wall + nextTick(this.#anchor, [intervalMs], now).at - now;
      starts.set(source, Math.min(at, starts.get(source) ?? Infinity));
    }
    return [...starts]
      .map(([source, at]) => ({ source, at: Math.round(at) }))
      .toSorted((a, b) => a.at - b.at);
  }

  /** Runs until `signal` aborts and every started cycle has closed. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const anchor = clock.monotonic();
    this.#anchor = anchor;
    this.#stop = signal;
    this.#startDue(this.#options.lanes(), clock.now());
    let last = anchor;
    while (!signal.aborted) {
      const tick = this.#tickAfter(anchor, last);
      this.#next = Math.round(clock.now() + (tick.at - clock.monotonic()));
      if (!(await this.#sleepUntil(tick.at, signal))) continue;
      last = clock.monotonic();
      const due = new Set(tick.intervalsMs);
      const lanes = this.#options.lanes().filter((lane) => due.has(lane.intervalMs));
      this.#startDue(lanes, Math.round(clock.now() - (clock.monotonic() - tick.at)), tick.intervalsMs);
    }
    this.#next = undefined;
    this.#anchor = undefined;
    await Promise.all(this.#running.keys());
  }

  /** Starts a cycle of every source, or of one, outside the grid; of those that are busy as soon as they are free. */
  runNow(source?: string): void {
    const lanes = this.#options.lanes().filter((lane) => source === undefined || lane.source === source);
    for (const one of new Set(lanes.map((lane) => lane.source))) {
      if (this.#isRunning(one)) this.#wanted.add(one);
      else this.#launch(one, this.#options.clock.now());
    }
  }

  /** The lanes have changed: the next tick is computed anew. */
  replan(): void {
    this.#wake.abort();
  }

  #tickAfter(anchor: number, last: number): Tick {
    const intervals = this.#options.lanes().map((lane) => lane.intervalMs);
    return nextTick(anchor, intervals.length > 0 ? intervals : [60_000], last);
  }

  /**
   * True when the time has come; false when woken before, to stop or to plan anew. A timer may fire a millisecond
   * early, and a suspended machine may sleep too long: the clock decides.
   */
  async #sleepUntil(at: number, signal: AbortSignal): Promise<boolean> {
    const { clock } = this.#options;
    this.#wake = new AbortController();
    const either = whicheverEnds(signal, this.#wake.signal);
    try {
      while (!either.signal.aborted) {
        const rest = at - clock.monotonic();
        if (rest <= 0) return true;
        await clock.sleep(rest, either.signal);
      }
      return false;
    } finally {
      either.done();
    }
  }

  #startDue(lanes: readonly Lane[], dueAt: number, intervalsMs?: readonly number[]): void {
    for (const [source, own] of groupBy(lanes, (lane) => lane.source)) {
      const lanesDue = new Set(own.map((lane) => lane.intervalMs));
      const due = intervalsMs?.filter((ms) => lanesDue.has(ms));
      const isHeldUp = this.#options.isHeldUp(source, due);
      if (!this.#busy.has(source) && !isHeldUp) {
        this.#launch(source, dueAt, due);
      } else {
        this.#missed.set(source, (this.#missed.get(source) ?? 0) + 1);
        this.#options.onLate(source, dueAt, due);
      }
    }
  }

  #launch(source: string, dueAt: number, intervalsMs?: readonly number[]): void {
    const missed = this.#missed.get(source) ?? 0;
    const mark = Symbol(source);
    this.#busy.set(source, mark);
    const called = (): void => {
      if (this.#busy.get(source) === mark) this.#busy.delete(source);
    };
    this.#missed.delete(source);
    const due = { dueAt, source, missed, ...(intervalsMs === undefined ? {} : { intervalsMs }) };
    const cycle = this.#options.start(due, called).finally(() => {
      called();
      this.#running.delete(cycle);
      this.#startWanted(source);
    });
    this.#running.set(cycle, source);
  }

  #isRunning(source: string): boolean {
    return [...this.#running.values()].includes(source);
  }

  #startWanted(source: string): void {
    if (this.#isRunning(source) || !this.#wanted.delete(source) || this.#stop.aborted) return;
    const isPatrolled = this.#options.lanes().some((lane) => lane.source === source);
    if (isPatrolled) this.#launch(source, this.#options.clock.now());
  }
}
