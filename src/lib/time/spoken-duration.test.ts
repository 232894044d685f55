import { describe, expect, it } from 'vitest';
import { spokenDuration } from './duration.ts';

describe('a duration as spoken', () => {
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
  it.each([
    [0, '0 秒', '0 s'],
    [-5, '0 秒', '0 s'],
    [59_499, '59 秒', '59 s'],
    [minute, '1 分钟', '1 min'],
    [32 * minute + 59_000, '32 分钟', '32 min'],
    [hour, '1 小时', '1 h'],
    [2 * hour + 5 * minute, '2 小时 5 分钟', '2 h 5 min'],
    [day + 2 * hour + 5 * minute, '1 天 2 小时', '1 d 2 h'],
    [day + 5 * minute, '1 天', '1 d'],
  ])('%i ms is %s', (ms, zh, en) => {
    expect([spokenDuration(ms, 'zh'), spokenDuration(ms, 'en')]).toEqual([zh, en]);
  });
});
