import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import type { ReadDays } from './days.ts';
import { readIcs } from './ics.ts';
import { readLines, readTree } from './files.ts';

/** `2026-10-01` for a day off, `2026-10-10*` for one that is worked; slips as `3:1 message`. */
function inShort({ days, slips }: ReadDays): readonly string[] {
  return [
    ...days.map(({ date, works }) => `${date}${works ? '*' : ''}`),
    ...slips.map(({ line, column, message }) => `${line}:${column} ${inEnglish(message)}`),
  ];
}

describe('YAML and JSON', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'a list of dates and ranges',
      '- 2026-10-01\n- 2026/10/2\n- 2026-10-03..2026-10-05\n- 20261006\n',
      ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06'],
    ],
    [
      'two lists, or mappings of dates to names',
      'holidays: { 2026-10-01: National Day }\nworkdays: [2026-10-10]\n',
      ['2026-10-01', '2026-10-10*'],
    ],
    [
      'entries with names',
      '- { name: 国庆节, date: 2026-10-01 }\n- { name: 上班, date: 2026-10-10 }\n',
      ['2026-10-01', '2026-10-10*'],
    ],
    [
      'the JSON of holiday-cn as it is',
      `{
    "$schema": "https://raw.githubusercontent.com/NateScarlet/holiday-cn/master/schema.json",
    "$id": "https://raw.githubusercontent.com/NateScarlet/holiday-cn/master/2026.json",
    "year": 2026,
    "papers": ["https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"],
    "days": [
        { "name": "春节", "date": "2026-02-14", "isOffDay": false },
        { "name": "春节", "date": "2026-02-17", "isOffDay": true }
    ]
}`,
      ['2026-02-14*', '2026-02-17'],
    ],
    ['that of a year whose days are not known yet', '{ "year": 2028, "papers": [], "days": [] }', []],
    [
      'a date that is none, with its place',
      '- 2026-10-01\n- 2026-02-30\n',
      [
        '2026-10-01',
        '2:3 "2026-02-30" is not a date; write for example 2026-10-01 or 2026-10-01..2026-10-07',
      ],
    ],
    [
      'a range the wrong way round',
      '[2026-10-07..2026-10-01]',
      ['1:2 "2026-10-07..2026-10-01" ends before it begins'],
    ],
    [
      'an entry without a date',
      'days:\n  - name: 春节\n',
      ['2:5 has no `date`; write for example date: 2026-10-01'],
    ],
    [
      'something else',
      'year: 2026\n',
      ['1:1 found other keys, expected a list of dates, or a mapping with `days`, `holidays` or `workdays`'],
    ],
  ])('%s', (_, text, expected) => {
    expect(inShort(readTree(text))).toEqual(expected);
  });

  it('that is broken says where', () => {
    expect(inShort(readTree('holidays: [2026-10-01\nworkdays: {'))).toEqual([
      expect.stringMatching(/^2:1 not valid: /),
    ]);
  });
});

it('lines: dates, ranges, names, comments, and what is none of it', () => {
  const text = `date,name,kind
2026-10-01,国庆节
"2026-10-02","国庆节"
2026-10-03,2026-10-05,国庆节   # from and to
2026-10-10,国庆节,补班
2026-10-11 - 2026-10-12,workday

Christmas
`;
  expect(inShort(readLines(text))).toEqual([
    '2026-10-01',
    '2026-10-02',
    '2026-10-03',
    '2026-10-04',
    '2026-10-05',
    '2026-10-10*',
    '2026-10-11*',
    '2026-10-12*',
    '8:1 "Christmas" is not a date; write for example 2026-10-01 or 2026-10-01..2026-10-07',
  ]);
});

describe('iCalendar', () => {
  const calendar = (...events: readonly string[]): string =>
    `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.map((one) => `BEGIN:VEVENT\r\n${one}\r\nEND:VEVENT\r\n`).join('')}END:VCALENDAR\r\n`;

  it.each<[string, string, readonly string[]]>([
    [
      'an event of several days, its end not among them',
      'SUMMARY:国庆节假期\r\nDTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261003',
      ['2026-10-01', '2026-10-02'],
    ],
    ['an event without an end is a day', 'DTSTART;VALUE=DATE:20261001', ['2026-10-01']],
    [
      'a day that is worked, by its name',
      'SUMMARY:上班(补国庆节假期)\r\nDTSTART;VALUE=DATE:20261010',
      ['2026-10-10*'],
    ],
    [
      'or by the mark of Apple',
      'SUMMARY:国庆节\r\nX-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\r\nDTSTART;VALUE=DATE:20261010',
      ['2026-10-10*'],
    ],
    [
      'midnights that stand for whole days',
      'DTSTART;TZID=China Standard Time:20261001T000000\r\nDTEND;TZID=China Standard Time:20261002T000000',
      ['2026-10-01'],
    ],
    ['names over several lines', 'SUMMARY:国庆\r\n 节补班\r\nDTSTART;VALUE=DATE:20261010', ['2026-10-10*']],
    ['what was cancelled', 'STATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20261001', []],
    [
      'a meeting',
      'SUMMARY:x\r\nDTSTART:20261001T093000Z',
      ['5:1 "20261001T093000Z" is not a whole day; expected DTSTART;VALUE=DATE:20261001'],
    ],
    [
      'an end before the beginning',
      'DTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20260901',
      ['5:1 "20260901" is not a whole day after the 2026-10-01 on which it begins'],
    ],
    ['an event without a beginning', 'SUMMARY:x', ['3:1 the event has no DTSTART']],
    [
      'a rule that is not understood',
      'DTSTART;VALUE=DATE:20261001\r\nRRULE:FREQ=MONTHLY',
      ['5:1 "FREQ=MONTHLY" is not understood; only RRULE:FREQ=YEARLY is, or the dates one by one'],
    ],
  ])('%s', (_, event, expected) => {
    expect(inShort(readIcs(calendar(event)))).toEqual(expected);
  });

  it('days that come again every year', () => {
    const days = inShort(readIcs(calendar('DTSTART;VALUE=DATE:20241225\r\nRRULE:FREQ=YEARLY')));
    expect(days.slice(0, 3)).toEqual(['2024-12-25', '2025-12-25', '2026-12-25']);
    const leap = inShort(readIcs(calendar('DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY')));
    expect(leap.slice(0, 2)).toEqual(['2024-02-29', '2028-02-29']);
  });
});
