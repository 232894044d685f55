import { expect, it } from 'vitest';
import { formatTime } from './template.ts';

const moment = Date.UTC(2016, 0, 1, 4, 5, 6, 78);

it.each([
  ['yyyy-MM-dd HH:mm:ss', '2016-01-01 04:05:06'],
  ['yyyy-MM-dd HH:mm:ss,+08:00', '2016-01-01 12:05:06'],
  ['yyyyMMddHHmmssSSS,-0430', '20151231233506078'],
  ['yyyyMMddTHHmmssZ', '20160101T040506Z'],
  ['EEE, dd MMM yyyy', 'Fri, 01 Jan 2016'],
  ['http', 'Fri, 01 Jan 2016 04:05:06 GMT'],
  ['iso', '2016-01-01T04:05:06Z'],
])('writes a time as %s', (form, expected) => {
  expect(formatTime(moment, form)).toBe(expected);
});
