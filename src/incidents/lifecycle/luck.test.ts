import { expect, it } from 'vitest';
import type { Incident } from '../../model/incident.ts';
import { isNoLuck, steadinessAfter } from './luck.ts';

const incident = (count: number, of: number): Incident =>
  ({ members: { count, of, worst: [] } }) as unknown as Incident;

it.each([
  [12, 12, 7],
  [6, 12, 20],
  [4, 12, 32],
  [2, 12, 70],
  [1, 50, 72],
])('where %d of %d failed, %d good answers in a row are no accident', (bad, of, needed) => {
  const after = (count: number): boolean =>
    isNoLuck(steadinessAfter(incident(bad, of), { count, bad: 0 }, false));
  expect(after(needed)).toBe(true);
  expect(after(needed - 1)).toBe(false);
});

it('one that fails among many has to be made up for, and several begin it anew', () => {
  const before = incident(6, 12);
  const one = steadinessAfter(before, { count: 18, bad: 1 }, false);
  expect(isNoLuck(one)).toBe(false);
  expect(isNoLuck(steadinessAfter({ ...before, steadiness: one }, { count: 12, bad: 0 }, false))).toBe(true);
  const oneByOne = steadinessAfter({ ...before, steadiness: one }, { count: 1, bad: 1 }, false);
  expect(oneByOne.since).toEqual({ count: 0, bad: 0 });
  const several = steadinessAfter({ ...before, steadiness: one }, { count: 12, bad: 3 }, false);
  expect(several).toEqual({ failing: { count: 42, bad: 10 }, since: { count: 0, bad: 0 } });
});
