import { expect, it } from 'vitest';
import { banWaitMs, lifetimeOf, marginFor, refusalWaitMs, retryWaitMs } from './expiry.ts';

const middle = () => 0.5;

it.each<[string, number | undefined, number, number]>([
  ['an hour: renewed a minute before its end', 3_600_000, 3_540_000, 3_600_000],
  ['a minute: renewed after four fifths', 60_000, 48_000, 60_000],
  ['already over: not used', -5, 0, 0],
  ['not said: renewed after ten minutes, used until then', undefined, 600_000, Number.POSITIVE_INFINITY],
])('a token that lives %s', (_, ttl, refreshAfterMs, expireAfterMs) => {
  expect(lifetimeOf(ttl, middle)).toEqual({ refreshAfterMs, expireAfterMs });
});

it('is renewed at a moment that varies by a tenth of the margin', () => {
  expect(lifetimeOf(3_600_000, () => 0).refreshAfterMs).toBe(3_546_000);
  expect(lifetimeOf(3_600_000, () => 0.999_999).refreshAfterMs).toBeCloseTo(3_534_000, 0);
});

it('waits longer after each failure, up to a minute', () => {
  expect([1, 2, 3, 4, 5].map((attempts) => retryWaitMs(attempts, middle))).toEqual([
    5000, 15_000, 60_000, 60_000, 60_000,
  ]);
});

it('asks a refused account again after 1, 5 and then every 15 minutes', () => {
  expect([1, 2, 3, 4, 5].map((refusals) => refusalWaitMs(refusals) / 60_000)).toEqual([1, 5, 15, 15, 15]);
});

it('asks four times on the first day and once a day later when it is banned', () => {
  expect([1, 2, 3, 4, 5].map((refusals) => banWaitMs(refusals) / 3_600_000)).toEqual([0.25, 1, 6, 24, 24]);
});

it('keeps a margin before the end that is no more than a quarter of a short life', () => {
  expect([10_000, 40_000, 3_600_000].map((life) => marginFor(300_000, life))).toEqual([
    2500, 10_000, 300_000,
  ]);
});
