import { createHash } from 'node:crypto';
import { groupBy } from '../../lib/group-by.ts';
import type { Check } from '../../model/check.ts';

/** Spreads the checks of a cycle over a window. */
export interface Spread {
  /** Monotonic time at which the window begins. */
  readonly from: number;
  readonly overMs: number;
}

/**
 * When each check is due, in the order of `checks`. The checks of an origin are evenly apart, in an order that
 * follows from their ids alone: the same list gives the same offsets in every cycle, so that the interval of each
 * operation is constant. Origins are shifted against each other, so that they do not all start at once.
 */
export function spreadStarts(checks: readonly Check[], spread: Spread): readonly number[] {
  const byOrigin = groupBy(
    checks.map((check, index) => ({ index, origin: check.origin, place: place(check.id) })),
    ({ origin }) => origin,
  );
  const starts = Array.from({ length: checks.length }, () => spread.from);
  for (const [origin, list] of byOrigin) {
    const shift = place(origin);
    list
      .sort((a, b) => a.place - b.place)
      .forEach(({ index }, rank) => {
        starts[index] = spread.from + ((rank + shift) / list.length) * spread.overMs;
      });
  }
  return starts;
}

/** A number in [0, 1) that depends on nothing but the text. */
function place(text: string): number {
  return createHash('sha1').update(text).digest().readUInt32BE(0) / 2 ** 32;
}
