import { describe, expect, it } from 'vitest';
import type { Calendar } from '../model/calendar.ts';
import type { TimeSpan } from '../model/settings.ts';
import { endOf, isWithin } from './calendar.ts';

const shanghai: Calendar = { timeZone: 'Asia/Shanghai', holidays: ['2026-10-01'], workdays: ['2026-10-10'] };
const berlin: Calendar = { timeZone: 'Europe/Berlin', holidays: [], workdays: [] };
const night: TimeSpan = { from: 22 * 60, to: 8 * 60 };
const office: TimeSpan = { from: 9 * 60, to: 18 * 60, days: ['workday'] };
const at = (text: string) => Date.parse(text);

describe('a span of the day', () => {
  it.each<[string, string, TimeSpan, Calendar, boolean]>([
    ['holds from its beginning on', '2026-03-09T22:00+08:00', night, shanghai, true],
    ['holds after midnight', '2026-03-10T07:59+08:00', night, shanghai, true],
    ['does not hold at its end', '2026-03-10T08:00+08:00', night, shanghai, false],
    ['does not hold before its beginning', '2026-03-09T21:59:59+08:00', night, shanghai, false],
    ['goes by the wall clock of its zone', '2026-03-09T14:00Z', night, shanghai, true],
    ['holds on a workday', '2026-03-09T09:00+08:00', office, shanghai, true],
    ['does not hold on a Saturday', '2026-03-14T10:00+08:00', office, shanghai, false],
    ['does not hold on a holiday', '2026-10-01T10:00+08:00', office, shanghai, false],
    [
      'holds on a Saturday that is worked in place of a holiday',
      '2026-10-10T10:00+08:00',
      office,
      shanghai,
      true,
    ],
    ['can be for holidays', '2026-10-01T10:00+08:00', { ...office, days: ['holiday'] }, shanghai, true],
    [
      'can be for days of the week',
      '2026-03-14T10:00+08:00',
      { ...office, days: ['sat', 'sun'] },
      shanghai,
      true,
    ],
    [
      'over midnight belongs to the day on which it began',
      '2026-03-14T01:00+08:00',
      { ...night, days: ['fri'] },
      shanghai,
      true,
    ],
    [
      'over midnight does not belong to the next day',
      '2026-03-14T01:00+08:00',
      { ...night, days: ['sat'] },
      shanghai,
      false,
    ],
    ['of the whole day holds always', '2026-03-14T01:00+08:00', { from: 0, to: 0 }, shanghai, true],
  ])('%s', (_, time, span, calendar, holds) => {
    expect(isWithin(at(time), [span], calendar)).toBe(holds);
  });
});

describe('the end of quiet hours', () => {
  it.each<[string, string, TimeSpan[], Calendar, string]>([
    ['is in the morning', '2026-03-09T23:10:30+08:00', [night], shanghai, '2026-03-10T08:00+08:00'],
    ['is now when none hold', '2026-03-09T12:00+08:00', [night], shanghai, '2026-03-09T12:00+08:00'],
    [
      'is after the weekend when that is quiet, too',
      '2026-03-13T23:00+08:00',
      [night, { from: 0, to: 0, days: ['sat', 'sun'] }],
      shanghai,
      '2026-03-16T08:00+08:00',
    ],
    [
      'is by the wall clock when summer time begins',
      '2026-03-28T23:00+01:00',
      [night],
      berlin,
      '2026-03-29T08:00+02:00',
    ],
    [
      'is by the wall clock when summer time ends',
      '2026-10-24T23:00+02:00',
      [night],
      berlin,
      '2026-10-25T08:00+01:00',
    ],
    [
      'comes after nine days when it would never come',
      '2026-03-09T00:00Z',
      [{ from: 0, to: 0 }],
      { ...berlin, timeZone: 'UTC' },
      '2026-03-18T00:00Z',
    ],
  ])('%s', (_, time, spans, calendar, end) => {
    expect(new Date(endOf(at(time), spans, calendar)).toISOString()).toBe(new Date(at(end)).toISOString());
  });
});
