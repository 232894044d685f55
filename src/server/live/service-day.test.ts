import { expect, it } from 'vitest';
import { ServiceDay } from './service-day.ts';

const half = 1_800_000;
const now = Date.UTC(2026, 0, 10, 12, 10);

it('counts by half hours and forgets what is older than a day', () => {
  const day = new ServiceDay();
  day.add('orders', now - 24 * 2 * half, 'fail', undefined);
  day.add('orders', now - half, 'fail', undefined);
  day.add('orders', now, 'pass', 20);
  day.add('orders', now, 'degraded', 30);
  day.add('orders', now, 'blocked', undefined);
  const { halves, rate, p95s } = day.of('orders', now);
  expect(halves).toHaveLength(48);
  expect(halves.slice(-2)).toEqual([
    { at: Date.UTC(2026, 0, 10, 11, 30), good: 0, bad: 1, other: 0 },
    { at: Date.UTC(2026, 0, 10, 12), good: 2, bad: 0, other: 1 },
  ]);
  expect(halves.slice(0, -2).every(({ good, bad, other }) => good + bad + other === 0)).toBe(true);
  expect(rate).toBeCloseTo(2 / 3);
  expect(p95s.slice(-2)).toEqual([null, 30]);
});

it('counts what went well and what did not, of several checks together', () => {
  const day = new ServiceDay();
  const start = Date.UTC(2026, 0, 1);
  const quarter = half / 2;
  day.add('orders', start, 'pass', 5);
  day.add('orders', start + quarter, 'fail', undefined);
  day.add('orders', start + quarter, 'degraded', 9);
  day.add('orders', start + quarter, 'pass', 9);
  day.add('orders', start + 2 * quarter, 'unknown', undefined);
  const { halves } = day.of('orders', start + 3 * quarter);
  expect(halves).toHaveLength(48);
  expect(halves.slice(-2)).toEqual([
    { at: start, good: 3, bad: 1, other: 0 },
    { at: start + half, good: 0, bad: 0, other: 1 },
  ]);
  const later = day.of('orders', start + 96 * quarter).halves;
  expect(later.every(({ good, bad }) => good + bad === 0)).toBe(true);
});

it('knows the p95 of all answers, not of the slowest of each', () => {
  const day = new ServiceDay();
  for (let index = 0; index < 100; index++) day.add('orders', now, 'pass', index === 0 ? 5000 : 10);
  expect(day.of('orders', now).p95Ms).toBeCloseTo(10, 0);
});

it('says nothing of what it has not heard of', () => {
  const { rate, p95Ms } = new ServiceDay().of('orders', now);
  expect([rate, p95Ms]).toEqual([undefined, undefined]);
});

it('says the same by quarters of several services, by half hours and by hours', () => {
  const day = new ServiceDay();
  day.add('orders', now - 2 * half, 'fail', undefined);
  day.add('orders', now, 'pass', 20);
  day.add('users', now, 'unknown', undefined);
  const quarters = day.quarters(['orders', 'users'], now);
  expect(quarters).toHaveLength(95);
  expect(quarters[0]?.at).toBe(day.of('orders', now).halves[0]?.at);
  expect(quarters.at(-1)).toEqual({
    at: Date.UTC(2026, 0, 10, 12),
    counts: { pass: 1, degraded: 0, fail: 0, blocked: 0, unknown: 1 },
  });
  expect(day.quarters(['orders'], now + half / 2)).toHaveLength(96);
  expect(day.hours('orders', Date.UTC(2026, 0, 10, 11), now)).toEqual([
    { at: Date.UTC(2026, 0, 10, 11), good: 0, bad: 1, other: 0 },
    { at: Date.UTC(2026, 0, 10, 12), good: 1, bad: 0, other: 0 },
  ]);
});

it('knows from which hour on it has everything', () => {
  const day = new ServiceDay();
  expect(day.wholeFrom(now)).toBeUndefined();
  day.recalled(now - 48 * half);
  expect(day.wholeFrom(now)).toBe(Date.UTC(2026, 0, 9, 13));
  expect(day.wholeFrom(now + half)).toBe(Date.UTC(2026, 0, 9, 13));
  expect(day.wholeFrom(now + 2 * half)).toBe(Date.UTC(2026, 0, 9, 14));
});
