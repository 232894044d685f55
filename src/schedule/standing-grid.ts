/** An interval of a service, as the grid stood when a cycle of it began last; ages in ms. */
export interface StoodSlot {
  readonly service: string;
  readonly intervalMs: number;
  readonly anchorAgeMs: number;
  readonly dueAgeMs: number;
  /** That cycle came to its end. */
  readonly isWhole: boolean;
}

/** Where the grid of a service stands already, on the monotonic clock. */
export interface StandingGrid {
  readonly anchor: number;
  /** A cycle has been due since then; absent: nothing is due before the next tick. */
  readonly dueAt?: number;
}

/**
 * The grids that another process has begun and that go on. A service has none of which nothing is known, whose interval is another
 * one, or that was due in the future: its grid begins now. Due is what has been left out since, and at once what was left undone.
 */
export function standingGrids(
  stood: readonly StoodSlot[],
  intervals: ReadonlyMap<string, number>,
  now: number,
): ReadonlyMap<string, StandingGrid> {
  const grids = new Map<string, StandingGrid>();
  for (const [service, intervalMs] of intervals) {
    const own = stood.filter((slot) => slot.service === service);
    const base = own.find((slot) => slot.intervalMs === intervalMs);
    if (base === undefined || base.dueAgeMs < 0 || base.anchorAgeMs < base.dueAgeMs) continue;
    const anchor = now - base.anchorAgeMs;
    grids.set(service, { anchor, dueAt: dueSince(own, anchor, now) });
  }
  return grids;
}

function dueSince(own: readonly StoodSlot[], anchor: number, now: number): number | undefined {
  if (own.some(({ isWhole }) => !isWhole)) return now;
  const leftOut = own.flatMap(({ intervalMs, dueAgeMs }) =>
    dueAgeMs < intervalMs ? [] : [anchor + Math.floor((now - anchor) / intervalMs) * intervalMs],
  );
  return leftOut.length === 0 ? undefined : Math.max(...leftOut);
}
