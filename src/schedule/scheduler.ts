import type { Clock } from '../kit/clock.ts';
import { whicheverEnds } from '../kit/deadline.ts';
import { groupBy } from '../kit/group-by.ts';
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
  /** Runs one cycle; its promise settles when the cycle has closed. Must not reject. */
  start(due: DueCycle): Promise<void>;
  /** A source was due while its last cycle was still running. */
  onLate(source: string, dueAt: number): void;
}

/**
 * Starts cycles on a fixed grid, each source its own: the first at once, then every interval, counted from the start on
 * the clock that cannot jump. Never two cycles of one source at a time: one that is due while it is still busy is counted
 * as missed and not queued. No source waits for another.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #busy = new Set<string>();
  readonly #missed = new Map<string, number>();
  /** Asked for while they were busy. */
  readonly #wanted = new Set<string>();
  readonly #running = new Set<Promise<void>>();
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
    await Promise.all(this.#running);
  }

  /** Starts a cycle of every source, or of one, outside the grid; of those that are busy as soon as they are free. */
  runNow(source?: string): void {
    const lanes = this.#options.lanes().filter((lane) => source === undefined || lane.source === source);
    for (const one of new Set(lanes.map((lane) => lane.source))) {
      if (this.#busy.has(one)) this.#wanted.add(one);
      else this.#launch(one, this.#options.clock.now());
    }
  }

  /** A cycle of the source is running. */
  isBusy(source: string): boolean {
    return this.#busy.has(source);
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
      if (!this.#busy.has(source)) {
        const due = new Set(own.map((lane) => lane.intervalMs));
        this.#launch(
          source,
          dueAt,
          intervalsMs?.filter((ms) => due.has(ms)),
        );
      } else {
        this.#missed.set(source, (this.#missed.get(source) ?? 0) + 1);
        this.#options.onLate(source, dueAt);
      }
    }
  }

  #launch(source: string, dueAt: number, intervalsMs?: readonly number[]): void {
    const missed = this.#missed.get(source) ?? 0;
    this.#busy.add(source);
    this.#missed.delete(source);
    const due = { dueAt, source, missed, ...(intervalsMs === undefined ? {} : { intervalsMs }) };
    const cycle = this.#options.start(due).finally(() => {
      this.#busy.delete(source);
      this.#running.delete(cycle);
      this.#startWanted(source);
    });
    this.#running.add(cycle);
  }

  #startWanted(source: string): void {
    if (!this.#wanted.delete(source) || this.#stop.aborted) return;
    const isPatrolled = this.#options.lanes().some((lane) => lane.source === source);
    if (isPatrolled) this.#launch(source, this.#options.clock.now());
  }
}
