import { performance } from 'node:perf_hooks';

/** Tells whether this process was too busy to measure time well. */
export interface LoopDelay {
  /** A point in time to ask about later. */
  mark(): number;
  /** Whether the event loop has stood still for too long since. */
  wasLateSince(mark: number): boolean;
  /** Watches until the returned function is called; several may want it at the same time. */
  watch(): () => void;
}

/** @param limitMs Longest time that the event loop may stand still. */
export function createLoopDelay(limitMs = 20): LoopDelay {
  const everyMs = 10;
  let watchers = 0;
  let timer: NodeJS.Timeout | undefined;
  let tickedAt = 0;
  let lateTicks = 0;
  const isLate = (): boolean => watchers > 0 && performance.now() - tickedAt > everyMs + limitMs;
  const tick = (): void => {
    if (isLate()) lateTicks++;
    tickedAt = performance.now();
  };
  return {
    mark: () => lateTicks,
    // The tick itself may still be waiting behind the event that asks.
    wasLateSince: (mark) => lateTicks !== mark || isLate(),
    watch() {
      if (watchers++ === 0) {
        tickedAt = performance.now();
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
