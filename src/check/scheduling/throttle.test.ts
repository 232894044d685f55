import type { Sentence } from '../../model/sentence.ts';
import { describe, expect, it } from 'vitest';
import { Throttle } from './throttle.ts';

/** A throttle of an origin two of whose operations have said just now that they are called too often. */
function limited(): Throttle {
  const throttle = new Throttle();
  for (const checkId of ['b', 'c']) throttle.note({ checkId, status: 429, retryAfterMs: 60_000 }, 0);
  return throttle;
}

describe('a throttle', () => {
  it('gives all until there is a reason not to', () => {
    const throttle = new Throttle();
    expect(throttle.note({ checkId: 'a', status: 200, firstByteMs: 10 }, 0)).toBeUndefined();
    expect(throttle.note({ checkId: 'a', status: 503 }, 0)).toBeUndefined();
    expect([throttle.share(0), throttle.pausedUntil]).toEqual([1, -Infinity]);
  });

  it('halves when the origin asks for less, once for what was in flight, and grows back', () => {
    const throttle = limited();
    expect(throttle.note({ checkId: 'a', status: 429 }, 1000)).toBe('HTTP 429');
    expect(throttle.note({ checkId: 'a', status: 429 }, 1500)).toBeUndefined();
    expect(throttle.share(1500)).toBe(0.5);
    expect(throttle.note({ checkId: 'a', status: 503, retryAfterMs: 2000 }, 2000)).toBe('HTTP 503');
    expect(throttle.share(2000)).toBe(0.25);
    expect(throttle.share(8000)).toBeCloseTo(0.5);
    expect(throttle.share(60_000)).toBe(1);
  });

  it('halves when a body says in its words what HTTP 429 says', () => {
    const throttle = limited();
    expect(throttle.note({ checkId: 'a', status: 200, tooOften: true }, 1000)).toEqual(
      'it says that it is called too often',
    );
    expect(throttle.share(1000)).toBe(0.5);
  });

  it('never stops for good', () => {
    const throttle = limited();
    for (let second = 0; second < 20; second++) throttle.note({ checkId: 'a', status: 429 }, second * 1000);
    expect(throttle.share(19_000)).toBe(0.05);
  });

  it('is slowed down to a quarter by those who are down, and goes on', () => {
    const throttle = new Throttle();
    for (let second = 0; second < 20; second++)
      throttle.note({ checkId: 'a', status: 503, retryAfterMs: 3_600_000 }, second * 1000);
    expect([throttle.share(19_000), throttle.pausedUntil]).toEqual([0.25, -Infinity]);
  });

  it('leaves an origin alone only when several of its operations say so within a minute', () => {
    const throttle = new Throttle();
    const note = (checkId: string, now: number) =>
      throttle.note({ checkId, status: 429, retryAfterMs: 3_600_000 }, now);
    for (let minute = 0; minute < 3; minute++) {
      expect([note('a', minute * 60_001), note('b', minute * 60_001)]).toEqual([undefined, undefined]);
    }
    expect([throttle.share(120_002), throttle.pausedUntil]).toEqual([1, -Infinity]);
    expect(note('c', 120_002)).toBe('HTTP 429');
    expect([throttle.share(120_002), throttle.pausedUntil]).toEqual([0.5, 180_002]);
  });

  it.each([
    [2000, 3000],
    [3_600_000, 61_000],
  ])('pauses as long as it is asked to, within reason: %i', (retryAfterMs, until) => {
    const throttle = limited();
    throttle.note({ checkId: 'a', status: 429, retryAfterMs }, 1000);
    expect(throttle.pausedUntil).toBe(until);
  });

  it.each([
    ['slower than usual by far', 100, 2000, 'its answers became much slower'],
    ['slower by little', 100, 300, undefined],
    ['slow as usual', 2000, 2000, undefined],
    ['twice as slow', 1000, 2000, undefined],
  ])('sees answers that are %s', (_, usual, later, expected) => {
    const throttle = new Throttle();
    const reasons = new Set<Sentence | undefined>();
    for (let count = 0; count < 100; count++)
      reasons.add(throttle.note({ checkId: 'a', status: 200, firstByteMs: usual }, count));
    for (let count = 0; count < 10; count++)
      reasons.add(throttle.note({ checkId: 'a', status: 200, firstByteMs: later }, 5000 + count));
    expect([...reasons]).toEqual(expected === undefined ? [undefined] : [undefined, expected]);
  });
});
