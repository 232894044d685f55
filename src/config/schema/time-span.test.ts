import { describe, expect, it } from 'vitest';
import type { TimeSpan } from '../../model/settings.ts';
import { parseTimeSpan } from './messages.ts';

describe('a part of the day', () => {
  it.each<[string, TimeSpan]>([
    ['22:00-08:00', { from: 1320, to: 480 }],
    ['0:00 - 24:00', { from: 0, to: 1440 }],
    ['mon-fri 09:00-18:30', { from: 540, to: 1110, days: ['mon', 'tue', 'wed', 'thu', 'fri'] }],
    ['Sat,sun 10:00-12:00', { from: 600, to: 720, days: ['sat', 'sun'] }],
    ['fri-mon,mon 10:00-12:00', { from: 600, to: 720, days: ['fri', 'sat', 'sun', 'mon'] }],
    ['workday 09:00-18:00', { from: 540, to: 1080, days: ['workday'] }],
    ['holiday,sat 09:00-18:00', { from: 540, to: 1080, days: ['holiday', 'sat'] }],
  ])('is read: %s', (text, expected) => {
    expect(parseTimeSpan(text)).toEqual(expected);
  });

  it.each([
    '',
    'mon',
    '9-18',
    '09:00',
    '24:00-08:00',
    '09:60-10:00',
    '25:00-26:00',
    'someday 09:00-10:00',
    'mon-tue-wed 09:00-10:00',
    'mon- 09:00-10:00',
  ])('is not %j', (text) => {
    expect(parseTimeSpan(text)).toBeUndefined();
  });
});
