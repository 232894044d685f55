import { describe, expect, it } from 'vitest';
import { timeFormat } from './time.ts';

describe('a time beside another', () => {
  const reference = Date.UTC(2026, 2, 9, 4, 3);
  it.each([
    ['of the same day is the time alone', 'Asia/Shanghai', Date.UTC(2026, 2, 8, 16, 0), '00:00'],
    ['of another day has its day', 'Asia/Shanghai', Date.UTC(2026, 2, 8, 15, 59), '03-08 23:59'],
    ['of another year has its year', 'Asia/Shanghai', Date.UTC(2025, 11, 31, 15, 59), '2025-12-31 23:59'],
    ['is written in the zone of the reader', 'America/New_York', Date.UTC(2026, 2, 9, 4, 3), '00:03'],
    ['follows daylight saving time', 'Europe/Berlin', Date.UTC(2026, 2, 29, 1, 0), '03-29 03:00'],
  ])('%s', (_, zone, at, text) => {
    expect(timeFormat(zone)(at, reference)).toBe(text);
  });
});
