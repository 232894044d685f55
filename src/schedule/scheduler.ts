import type { Clock } from '../lib/time/clock.ts';
import { whicheverEnds } from '../lib/time/deadline.ts';
import { groupBy } from '../lib/group-by.ts';

export interface DueCycle {
  /** Epoch ms at which it should have started. */
  readonly dueAt: number;
  /** Whose cycle it is. */
  readonly service: string;
  /** Checks with these intervals are due; absent when all are (at the start, and on request). */
  readonly intervalsMs?: readonly number[];
  /** Due cycles left out since its last start because it was still busy. */
  readonly missed: number;
}

export interface ScheduleSlot {
  readonly service: string;
  readonly intervalMs: number;
}

export interface SchedulerOptions {
  readonly clock: Clock;
  /** The services and their intervals as they are now, a lane for each pair; asked again before every tick. */
  lanes(): readonly ScheduleSlot[];
  /**
   * Runs one cycle; its promise settles when the cycle has closed. Must not reject.
   *
   * @param called To be called as soon as the next cycle of the service may begin, at the latest when this one has closed.
   */
  start(due: DueCycle, called: () => void): Promise<void>;
  /** All that is due is still being called from before. Absent intervals: all of them. */
  isHeldUp(service: string, intervalsMs?: readonly number[]): boolean;
  /** A service was due and is left out: it is busy, or all of it is held up. */
  onLate(service: string, dueAt: number, intervalsMs?: readonly number[]): void;
}

/**
 * Starts cycles on a fixed grid, each service its own: the first at once, then every interval, counted from the start on
 * the clock that cannot jump. A service is busy until all that is due has been called; what hangs or is to be confirmed
 * by then belongs to its cycle and does not hold up the next one. One that is due while its service is busy, or nothing of
 * it can be called, is counted as missed and not queued. No service waits for another.
 */
export class CycleScheduler {
  readonly #options: SchedulerOptions;
  /** By service, the cycle that has not called all yet. */
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

  /** When each service starts next, the earliest first, epoch ms; empty before the first tick and after the last. */
  nextStarts(): readonly { readonly service: string; readonly at: number }[] {
    if (this.#anchor === undefined) return [];
    const { clock } = this.#options;
    const [now, wall] = [clock.monotonic(), clock.now()];
    const starts = new Map<string, number>();
    for (const { service, intervalMs } of this.#options.lanes()) {
      const at = wall + nextTick(this.#anchor, [intervalMs], now).at - now;
      starts.set(service, Math.min(at, starts.get(service) ?? Infinity));
    }
    return [...starts]
      .map(([service, at]) => ({ service, at: Math.round(at) }))
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

  /** Starts a cycle of every service, or of one, outside the grid; of those that are busy as soon as they are free. */
  runNow(service?: string): void {
    const lanes = this.#options.lanes().filter((lane) => service === undefined || lane.service === service);
    for (const one of new Set(lanes.map((lane) => lane.service))) {
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

  #startDue(lanes: readonly ScheduleSlot[], dueAt: number, intervalsMs?: readonly number[]): void {
    for (const [service, own] of groupBy(lanes, (lane) => lane.service)) {
      const lanesDue = new Set(own.map((lane) => lane.intervalMs));
      const due = intervalsMs?.filter((ms) => lanesDue.has(ms));
      const isHeldUp = this.#options.isHeldUp(service, due);
      if (!this.#busy.has(service) && !isHeldUp) {
        this.#launch(service, dueAt, due);
      } else {
        this.#missed.set(service, (this.#missed.get(service) ?? 0) + 1);
        this.#options.onLate(service, dueAt, due);
      }
    }
  }

  #launch(service: string, dueAt: number, intervalsMs?: readonly number[]): void {
    const missed = this.#missed.get(service) ?? 0;
    const mark = Symbol(service);
    this.#busy.set(service, mark);
    const called = (): void => {
      if (this.#busy.get(service) === mark) this.#busy.delete(service);
    };
    this.#missed.delete(service);
    const due = { dueAt, service, missed, intervalsMs };
    const cycle = this.#options.start(due, called).finally(() => {
      called();
      this.#running.delete(cycle);
      this.#startWanted(service);
    });
    this.#running.set(cycle, service);
  }

  #isRunning(service: string): boolean {
    return [...this.#running.values()].includes(service);
  }

  #startWanted(service: string): void {
    if (this.#isRunning(service) || !this.#wanted.delete(service) || this.#stop.aborted) return;
    const isPatrolled = this.#options.lanes().some((lane) => lane.service === service);
    if (isPatrolled) this.#launch(service, this.#options.clock.now());
  }
}

/** A moment at which checks are due, and for which intervals. */
interface Tick {
  /** Ms on the same scale as the anchor. */
  readonly at: number;
  readonly intervalsMs: readonly number[];
}

/**
 * The first tick strictly after `after` on the grid that starts at `anchor`. Ticks are computed from the anchor
 * and never from the one before, so that they cannot drift. `intervalsMs` must not be empty.
 */
export function nextTick(anchor: number, intervalsMs: Iterable<number>, after: number): Tick {
  let at = Infinity;
  let due: number[] = [];
  for (const interval of new Set(intervalsMs)) {
    const next = anchor + Math.max(0, Math.floor((after - anchor) / interval) + 1) * interval;
    if (next < at) [at, due] = [next, [interval]];
    else if (next === at) due.push(interval);
  }
  return { at, intervalsMs: due.sort((a, b) => a - b) };
}
