import type { Clock } from '../lib/time/clock.ts';
import { whicheverEnds } from '../lib/time/deadline.ts';
import { groupBy } from '../lib/group-by.ts';
import type { StandingGrid } from './standing-grid.ts';

export interface DueCycle {
  /** Epoch ms at which it should have started. */
  readonly dueAt: number;
  /** Whose cycle it is. */
  readonly service: string;
  /** Checks with these intervals are due; absent when all are (at the start, and on request). */
  readonly intervalsMs?: readonly number[];
  /** Due cycles left out since its last start because it was still busy. */
  readonly missed: number;
  /** Somebody asked for it: the grid goes on as if it had not been. */
  readonly isAsked?: true;
}

export interface ScheduleSlot {
  readonly service: string;
  readonly intervalMs: number;
}

export interface SchedulerOptions {
  readonly clock: Clock;
  /** The services and their intervals as they are now, a lane for each pair; asked again before every tick. */
  lanes(): readonly ScheduleSlot[];
  /** By service, grids that were begun before; default: none. */
  readonly standing?: ReadonlyMap<string, StandingGrid>;
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
 * the clock that cannot jump. A grid that stands already goes on: at once begins what has been due, all else at its next tick;
 * the first cycle of a service is of all that it has, however it began. A service is busy until all that is due has been called; what hangs or is to be confirmed
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
  /** Services of which a cycle has begun. */
  readonly #begun = new Set<string>();
  /** Of grids that do not stand already, on the monotonic clock. */
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
      const at = wall + nextTick(this.#anchorOf(service), [intervalMs], now).at - now;
      starts.set(service, Math.min(at, starts.get(service) ?? Infinity));
    }
    return [...starts]
      .map(([service, at]) => ({ service, at: Math.round(at) }))
      .toSorted((a, b) => a.at - b.at);
  }

  /** How long ago the grid of a service began, ms. */
  gridAgeMs(service: string): number {
    return this.#options.clock.monotonic() - this.#anchorOf(service);
  }

  /** Runs until `signal` aborts and every started cycle has closed. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const anchor = clock.monotonic();
    this.#anchor = anchor;
    this.#stop = signal;
    this.#startFirst(anchor);
    let last = anchor;
    while (!signal.aborted) {
      const at = this.#tickAfter(last);
      this.#next = this.#wallAt(at);
      if (!(await this.#sleepUntil(at, signal))) continue;
      const before = last;
      last = clock.monotonic();
      this.#startTicks(before, last);
    }
    this.#next = undefined;
    this.#anchor = undefined;
    await Promise.all(this.#running.keys());
  }

  /** All whose tick has come since: grids may be a millisecond apart, and timers are late by more. */
  #startTicks(after: number, now: number): void {
    for (const [, own] of groupBy(this.#options.lanes(), (lane) => lane.service)) {
      const ticks = own
        .map((lane) => ({ lane, at: this.#nextOf(lane, after) }))
        .filter(({ at }) => at <= now);
      if (ticks.length === 0) continue;
      const dueAt = this.#wallAt(Math.min(...ticks.map(({ at }) => at)));
      this.#startDue(
        ticks.map(({ lane }) => lane),
        dueAt,
        true,
      );
    }
  }

  /** What begins with the patrol: services whose grid does, and those of which something has been due. */
  #startFirst(now: number): void {
    const { standing } = this.#options;
    for (const [service, lanes] of groupBy(this.#options.lanes(), (lane) => lane.service)) {
      const grid = standing?.get(service);
      const dueAt = grid === undefined ? now : grid.dueAt;
      if (dueAt !== undefined) this.#startDue(lanes, this.#wallAt(dueAt));
    }
  }

  #anchorOf(service: string): number {
    return this.#options.standing?.get(service)?.anchor ?? this.#anchor ?? this.#options.clock.monotonic();
  }

  #nextOf({ service, intervalMs }: ScheduleSlot, after: number): number {
    return nextTick(this.#anchorOf(service), [intervalMs], after).at;
  }

  #wallAt(at: number): number {
    const { clock } = this.#options;
    return Math.round(clock.now() - (clock.monotonic() - at));
  }

  /** Starts a cycle of every service, or of one, outside the grid; of those that are busy as soon as they are free. */
  runNow(service?: string): void {
    const lanes = this.#options.lanes().filter((lane) => service === undefined || lane.service === service);
    for (const one of new Set(lanes.map((lane) => lane.service))) {
      if (this.#isRunning(one)) this.#wanted.add(one);
      else this.#launch({ service: one, dueAt: this.#options.clock.now(), isAsked: true });
    }
  }

  /** The lanes have changed: the next tick is computed anew. */
  replan(): void {
    this.#wake.abort();
  }

  #tickAfter(after: number): number {
    const nexts = this.#options.lanes().map((lane) => this.#nextOf(lane, after));
    return nexts.length > 0 ? Math.min(...nexts) : after + 60_000;
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

  #startDue(lanes: readonly ScheduleSlot[], dueAt: number, onTick = false): void {
    for (const [service, own] of groupBy(lanes, (lane) => lane.service)) {
      const isFirst = !onTick || !this.#begun.has(service);
      const intervalsMs = isFirst ? undefined : own.map((lane) => lane.intervalMs).sort((a, b) => a - b);
      const isHeldUp = this.#options.isHeldUp(service, intervalsMs);
      if (!this.#busy.has(service) && !isHeldUp) {
        this.#launch({ service, dueAt, intervalsMs });
      } else {
        this.#missed.set(service, (this.#missed.get(service) ?? 0) + 1);
        this.#options.onLate(service, dueAt, intervalsMs);
      }
    }
  }

  #launch(cycle: Omit<DueCycle, 'missed'>): void {
    const { service } = cycle;
    const missed = this.#missed.get(service) ?? 0;
    const mark = Symbol(service);
    this.#begun.add(service);
    this.#busy.set(service, mark);
    const called = (): void => {
      if (this.#busy.get(service) === mark) this.#busy.delete(service);
    };
    this.#missed.delete(service);
    const running = this.#options.start({ ...cycle, missed }, called).finally(() => {
      called();
      this.#running.delete(running);
      this.#startWanted(service);
    });
    this.#running.set(running, service);
  }

  #isRunning(service: string): boolean {
    return [...this.#running.values()].includes(service);
  }

  #startWanted(service: string): void {
    if (this.#isRunning(service) || !this.#wanted.delete(service) || this.#stop.aborted) return;
    const isPatrolled = this.#options.lanes().some((lane) => lane.service === service);
    if (isPatrolled) this.#launch({ service, dueAt: this.#options.clock.now(), isAsked: true });
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
