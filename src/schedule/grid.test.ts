import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextTick } from './scheduler.ts';

const m = 60_000;

describe('nextTick', () => {
  it.each([
    { name: 'one interval, at its start', intervals: [15 * m], after: 0, at: 15 * m, due: [15 * m] },
    { name: 'one interval, just before', intervals: [15 * m], after: 15 * m - 1, at: 15 * m, due: [15 * m] },
    { name: 'strictly after a tick', intervals: [15 * m], after: 15 * m, at: 30 * m, due: [15 * m] },
    { name: 'before the anchor it is the anchor', intervals: [15 * m], after: -1, at: 0, due: [15 * m] },
    { name: 'the shorter of two', intervals: [15 * m, 5 * m], after: 0, at: 5 * m, due: [5 * m] },
    { name: 'two that meet', intervals: [15 * m, 5 * m], after: 10 * m, at: 15 * m, due: [5 * m, 15 * m] },
    { name: 'a long sleep skips what was missed', intervals: [m], after: 61.5 * m, at: 62 * m, due: [m] },
  ])('$name', ({ intervals, after, at, due }) => {
    expect(nextTick(0, intervals, after)).toEqual({ at, intervalsMs: due });
  });

  it('never drifts: every tick is a whole number of intervals from the anchor', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 41 }),
        fc.array(fc.integer({ min: 1, max: 1440 }), { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0, max: 1e10, noNaN: true }),
        (anchor, minutes, passed) => {
          const intervals = minutes.map((count) => count * m);
          const tick = nextTick(anchor, intervals, anchor + passed);
          expect(tick.at).toBeGreaterThan(anchor + passed);
          for (const interval of tick.intervalsMs) expect((tick.at - anchor) % interval).toBe(0);
        },
      ),
    );
  });
});
