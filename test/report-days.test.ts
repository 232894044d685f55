import { expect, it } from 'vitest';
import { dateIn, startOfDay } from '../web/src/pages/reports/days.ts';

it.each([
  ['2026-11-24', 'UTC', 0, '2026-11-24T00:00:00.000Z'],
  ['2026-11-24', 'Asia/Shanghai', 0, '2026-11-23T16:00:00.000Z'],
  ['2026-11-24', 'Asia/Shanghai', 1, '2026-11-24T16:00:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', 0, '2026-03-28T23:00:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', 1, '2026-03-29T22:00:00.000Z'],
])('%s in %s, %i later', (date, zone, later, moment) => {
  expect(new Date(startOfDay(date, zone, later)).toISOString()).toBe(moment);
});

it('takes nothing else for a date', () => {
  expect(['2026-02-31', '2026-13-01', 'x', null, '2026-02-03'].map((given) => dateIn(given))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    '2026-02-03',
  ]);
});
