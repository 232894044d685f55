/** A moment at which checks are due, and for which intervals. */
export interface Tick {
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
