import { describe, expect, it } from 'vitest';
import { fullJitter, parseRetryAfter } from './backoff.ts';

describe('fullJitter', () => {
  it.each([
    [1, 0.5, 1000],
    [2, 0.5, 2000],
    [3, 1, 8000],
    [10, 1, 30_000],
    [5, 0, 0],
  ])('attempt %i with random %f waits %i ms', (attempt, random, expected) => {
    expect(fullJitter(attempt, { baseMs: 2000, capMs: 30_000, random: () => random })).toBe(expected);
  });
});

describe('parseRetryAfter', () => {
  const now = Date.parse('Tue, 24 Nov 2026 08:00:00 GMT');
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Tue, 24 Nov 2026 08:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 07:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('%s is %s ms', (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected);
  });
});
