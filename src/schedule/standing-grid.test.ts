import { describe, expect, it } from 'vitest';
import { standingGrids, type StoodSlot } from './standing-grid.ts';

const m = 60_000;
const now = 1_000_000_000.5;
const slot = (more: Partial<StoodSlot>): StoodSlot => ({
  service: 'shop',
  intervalMs: 15 * m,
  anchorAgeMs: 47 * m,
  dueAgeMs: 2 * m,
  isWhole: true,
  ...more,
});

describe('a grid that another process has begun', () => {
  it.each([
    { name: 'goes on, nothing being due', stood: [slot({})], dueAt: undefined },
    { name: 'runs at once what was left undone', stood: [slot({ isWhole: false })], dueAt: now },
    {
      name: 'runs at once what was left out, as of the tick it was due at',
      stood: [slot({ dueAgeMs: 32 * m })],
      dueAt: now - 2 * m,
    },
    {
      name: 'runs at once what has an interval of its own and was left out',
      stood: [slot({}), slot({ intervalMs: 5 * m, dueAgeMs: 7 * m })],
      dueAt: now - 2 * m,
    },
  ])('$name', ({ stood, dueAt }) => {
    const grids = standingGrids(stood, new Map([['shop', 15 * m]]), now);
    expect(grids.get('shop')).toEqual({ anchor: now - 47 * m, dueAt });
  });

  it.each([
    { name: 'of a service that is new', stood: [slot({ service: 'old' })] },
    { name: 'of another interval', stood: [slot({ intervalMs: 10 * m })] },
    { name: 'in the future', stood: [slot({ dueAgeMs: -m })] },
    { name: 'that began after its last cycle', stood: [slot({ anchorAgeMs: m })] },
  ])('is none $name', ({ stood }) => {
    expect(standingGrids(stood, new Map([['shop', 15 * m]]), now).size).toBe(0);
  });
});
