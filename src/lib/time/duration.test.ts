import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration, spokenDuration } from './duration.ts';

describe('parseDuration', () => {
  it.each([
    ['15m', 900_000],
    ['1h30m', 5_400_000],
    ['250ms', 250],
    ['1.5s', 1500],
    ['2d', 172_800_000],
    [' 1w ', 604_800_000],
    ['0s', 0],
    ['', undefined],
    ['15', undefined],
    ['15 m', undefined],
    ['m', undefined],
    ['15mm', undefined],
    ['-5m', undefined],
    ['5 minutes', undefined],
  ])('%j is %s ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
});

describe('spokenDuration', () => {
  it.each([
    [45_000, '45 s', '45 秒'],
    [100_000, '1 min 40 s', '1 分钟 40 秒'],
    [120_000, '2 min', '2 分钟'],
    [754_000, '12 min', '12 分钟'],
    [7_500_000, '2 h 5 min', '2 小时 5 分钟'],
    [86_405_000, '1 d', '1 天'],
  ])('%s ms is %s', (ms, en, zh) => {
    expect([spokenDuration(ms, 'en'), spokenDuration(ms, 'zh')]).toEqual([en, zh]);
  });
});

describe('formatDuration', () => {
  it.each([
    [900_000, '15m'],
    [5_400_000, '1h30m'],
    [0, '0s'],
    [-1, '0s'],
    [0.4, '0s'],
    [90_061_001, '1d1h1m1s1ms'],
  ])('%s ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });
});
