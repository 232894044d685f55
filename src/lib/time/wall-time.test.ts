import { expect, it } from 'vitest';
import { wallTime } from './clock.ts';

it('is by the wall clock of the zone, also in the hour that comes twice', () => {
  const first = Date.UTC(2026, 9, 25, 0, 30, 5);
  expect([first, first + 3_600_000].map(wallTime('Europe/Berlin'))).toEqual([
    '2026-10-25 02:30:05',
    '2026-10-25 02:30:05',
  ]);
  expect(wallTime('Asia/Shanghai')(first)).toBe('2026-10-25 08:30:05');
});
