import type { Fault } from './plan.ts';

/** One service, as its server has seen it; ms of one clock. */
export interface Calls {
  readonly service: string;
  /** By path, in their order. */
  readonly at: ReadonlyMap<string, readonly number[]>;
  /** What was wrong with it, and at which path; absent: with all of it. */
  readonly troubles: readonly (Pick<Fault, 'from' | 'to'> & { readonly path?: string })[];
}

export interface Ticks {
  /** Of operations that were well. */
  readonly due: number;
  readonly missed: readonly string[];
}

/** What an operation that was failing is called by may not be the grid: it is called again, and looked at. */
const settlingMs = 30_000;
/** A wall clock that is being set right runs a little faster or slower than the one that waits. */
const earlyMs = 50;

/** Whether each operation was called within a second of each tick at which it was well. */
export function holdTicks(ticks: readonly number[], services: readonly Calls[]): Ticks {
  let due = 0;
  const missed: string[] = [];
  for (const { service, at, troubles } of services)
    for (const [path, calls] of at)
      for (const tick of ticks) {
        const isIll = troubles.some(
          (one) => (one.path ?? path) === path && tick >= one.from - earlyMs && tick <= one.to + settlingMs,
        );
        if (isIll) continue;
        due++;
        if (!calls.some((call) => call >= tick - earlyMs && call <= tick + 1000))
          missed.push(`${service} ${path} at ${new Date(tick).toISOString()}`);
      }
  return { due, missed };
}
