import { type Clock, systemClock } from './clock.ts';

/** How this process was doing at some time. */
export interface LoopMark {
  readonly lateMs: number;
  readonly stillMs: number;
  readonly jumps: number;
}

/** Tells whether this process was too busy, or not running at all, so that it could not measure time well. */
export interface LoopDelay {
  /** A point in time to ask about later. */
  mark(): LoopMark;
  /** For how long the event loop has stood still since, in all; what it always does is not counted. */
  lateSince(mark: LoopMark): number;
  /**
   * Of that, the ms of pauses each of which was a standstill, in which time limits pass while nobody looks. A busy machine,
   * on which this process has to wait its turn again and again, adds up to none.
   */
  stillSince(mark: LoopMark): number;
  /** Whether the machine has slept since: its clocks went on, this process and its timers did not. */
  sleptSince(mark: LoopMark): boolean;
  /** Watches until the returned function is called; several may want it at the same time. */
  watch(): () => void;
}

/** A wall clock that is set forward by as much looks the same; it costs a call that is made again. */
const jumpMs = 1000;
const standstillMs = 250;

/** @param limitMs Longest time that the event loop may stand still. */
export function createLoopDelay(
  limitMs = 20,
  clock: Pick<Clock, 'now' | 'monotonic'> = systemClock,
): LoopDelay {
  const everyMs = 10;
  let watchers = 0;
  let timer: NodeJS.Timeout | undefined;
  let tickedAt = 0;
  let offset = 0;
  let lateMs = 0;
  let stillMs = 0;
  let jumps = 0;
  const offsetNow = (): number => clock.now() - clock.monotonic();
  /** Since the last tick: the tick itself may still be waiting behind the event that asks. */
  const pendingMs = (): number => {
    const late = watchers > 0 ? clock.monotonic() - tickedAt - everyMs : 0;
    return late > limitMs ? late : 0;
  };
  const pendingStillMs = (): number => {
    const late = pendingMs();
    return late >= standstillMs ? late : 0;
  };
  const pendingJumps = (): number => Number(watchers > 0 && offsetNow() - offset >= jumpMs);
  const tick = (): void => {
    lateMs += pendingMs();
    stillMs += pendingStillMs();
    jumps += pendingJumps();
    tickedAt = clock.monotonic();
    offset = offsetNow();
  };
  return {
    mark() {
      // What was before is none of the business of whoever asks from here on.
      if (watchers > 0) tick();
      return { lateMs, stillMs, jumps };
    },
    lateSince: (mark) => lateMs - mark.lateMs + pendingMs(),
    stillSince: (mark) => stillMs - mark.stillMs + pendingStillMs(),
    sleptSince: (mark) => jumps + pendingJumps() > mark.jumps,
    watch() {
      if (watchers++ === 0) {
        tickedAt = clock.monotonic();
        offset = offsetNow();
        timer = setInterval(tick, everyMs).unref();
      }
      let watching = true;
      return () => {
        if (!watching) return;
        watching = false;
        if (--watchers === 0) clearInterval(timer);
      };
    },
  };
}
