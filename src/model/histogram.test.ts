import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOver, emptyHistogram, histogramOf, mean, mergeHistograms, quantile } from './histogram.ts';

const times = fc.array(fc.double({ min: 0.1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });

function exact(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(share * sorted.length - 1e-9)) - 1] ?? 0;
}

describe('a histogram', () => {
  it('gives every percentile and the mean within 2 %', () => {
    fc.assert(
      fc.property(times, fc.constantFrom(0.01, 0.5, 0.9, 0.95, 0.99, 1), (samples, share) => {
        const histogram = histogramOf(samples);
        const wanted = exact(samples, share);
        expect(Math.abs((quantile(histogram, share) ?? 0) - wanted) / wanted).toBeLessThanOrEqual(0.02);
        const average = samples.reduce((sum, one) => sum + one, 0) / samples.length;
        expect(Math.abs((mean(histogram) ?? 0) - average) / average).toBeLessThanOrEqual(0.02);
      }),
    );
  });

  it('of parts, added up in any order, is that of the whole', () => {
    fc.assert(
      fc.property(times, times, times, (a, b, c) => {
        const [one, two, three] = [a, b, c].map(histogramOf);
        const whole = histogramOf([...a, ...b, ...c]);
        expect(mergeHistograms([one ?? whole, two ?? whole, three ?? whole])).toEqual(whole);
        expect(mergeHistograms([three ?? whole, mergeHistograms([two ?? whole, one ?? whole])])).toEqual(
          whole,
        );
      }),
    );
  });

  it('without samples has no percentile', () => {
    expect(quantile(emptyHistogram, 0.5)).toBeUndefined();
    expect(mean(emptyHistogram)).toBeUndefined();
    expect(countOver(emptyHistogram, 1)).toBe(0);
  });

  it('counts what is over a limit', () => {
    expect(countOver(histogramOf([0, 100, 1000, 3000]), 2000)).toBe(1);
    expect(countOver(histogramOf([0, 100, 1000, 3000]), 50)).toBe(3);
  });

  it('takes nothing at all as very little', () => {
    expect(quantile(histogramOf([0, -1]), 1)).toBe(0.1);
  });
});
