import { describe, expect, it } from 'vitest';
import { spokenDuration, timeFormat } from './time.ts';

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

describe('a duration as spoken', () => {
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
  it.each([
    [0, '0 秒', '0 s'],
    [-5, '0 秒', '0 s'],
    [59_499, '59 秒', '59 s'],
    [minute, '1 分', '1 min'],
    [32 * minute + 59_000, '32 分', '32 min'],
    [hour, '1 小时', '1 h'],
    [2 * hour + 5 * minute, '2 小时 5 分', '2 h 5 min'],
    [day + 2 * hour + 5 * minute, '1 天 2 小时', '1 d 2 h'],
    [day + 5 * minute, '1 天', '1 d'],
  ])('%i ms is %s', (ms, zh, en) => {
    expect([spokenDuration(ms, 'zh'), spokenDuration(ms, 'en')]).toEqual([zh, en]);
  });
});
