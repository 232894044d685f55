import { performance } from 'node:perf_hooks';

/** Tells whether this process was too busy to measure time well. */
export interface LoopDelay {
  /** A point in time to ask about later. */
  mark(): LoopMark;
  /** Whether the event loop has stood still since for a considerable part of the time. */
  wasLateSince(mark: LoopMark): boolean;
  /** Watches until the returned function is called; several may want it at the same time. */
  watch(): () => void;
}

export interface LoopMark {
  readonly at: number;
  /** Time (ms) that the loop had stood still until then. */
  readonly stoodStillMs: number;
}

/** A fifth of a measured time that may be ours: three seconds with a pause of 30 ms are three seconds. */
const considerable = 0.2;

/** @param limitMs Longest time that the event loop may stand still. */
export function createLoopDelay(limitMs = 20): LoopDelay {
  const everyMs = 10;
  let watchers = 0;
  let timer: NodeJS.Timeout | undefined;
  let tickedAt = 0;
  let stoodStillMs = 0;
  /** How late the tick is by now, when that is too late. */
  const latenessMs = (): number => {
    const lateMs = watchers > 0 ? performance.now() - tickedAt - everyMs : 0;
    return lateMs > limitMs ? lateMs : 0;
  };
  const tick = (): void => {
    stoodStillMs += latenessMs();
    tickedAt = performance.now();
  };
  return {
    mark: () => ({ at: performance.now(), stoodStillMs }),
    wasLateSince(mark) {
      // The tick itself may still be waiting behind the event that asks.
      const lateMs = stoodStillMs - mark.stoodStillMs + latenessMs();
      return lateMs > 0 && lateMs >= (performance.now() - mark.at) * considerable;
    },
    watch() {
      if (watchers++ === 0) {
        tickedAt = performance.now();
        timer = setInterval(tick, everyMs).unref();
      }
      let stopped = false;
      return () => {
        if (stopped) return;
        stopped = true;
        if (--watchers === 0) clearInterval(timer);
      };
    },
  };
}
