import { describe, expect, it } from 'vitest';
import { textFormats } from './document-schemas.ts';

const formats = new Map(textFormats);

describe.each<[string, readonly string[], readonly string[]]>([
  ['date', ['2024-02-29', ''], ['2023-02-29', '2024-13-01', '2024-1-1', '2024-01-01T00:00:00Z']],
  [
    'date-time',
    [
      '2024-01-31T08:30:00Z',
      '2024-01-31t08:30:00.123456789+08:00',
      '2024-01-31T08:30:00.000+0000',
      '2024-01-31T08:30:00',
      '2024-01-31 08:30:00',
      '2024-01-31T08:30',
      '2024-01-31 08:30:00 UTC',
      '2024-01-31T08:30:00+01:00[Europe/Paris]',
      '2016-12-31T23:59:60Z',
      '',
    ],
    ['1706689800', '2024-02-30T08:30:00Z', '2024-01-31T25:00:00Z', '2024/01/31 08:30:00', '2024-01-31', 'x'],
  ],
  ['time', ['08:30:00Z', '08:30:00.5', '08:30', '23:59:59+08:00'], ['8:30', '25:00:00', 'noon']],
  [
    'duration',
    ['P1D', 'PT0.5S', 'P10675199DT2H48M5.4775807S', '-PT1H', 'P2W', 'P1Y2M3DT4H'],
    ['P', 'PT', '22:00:00', '5m', '1D'],
  ],
  [
    'uuid',
    [
      '123e4567-e89b-12d3-a456-426614174000',
      '6e569e1e05f040eda51a927b140c0ac3',
      '{123E4567-E89B-12D3-A456-426614174000}',
    ],
    ['123e4567-e89b-12d3-a456-42661417400', '123e4567e89b-12d3-a456-426614174000', '42', 'string'],
  ],
  [
    'uri',
    [
      'https://a.example/x?q=[1]|2',
      'http://10.0.0.8:9000/文件/报告.pdf',
      'urn:isbn:1',
      'mailto:a@b',
      '/avatars/1.png',
      'docs.internal/page',
    ],
    ['word', 'https://a.example/with space', 'two words'],
  ],
  ['url', ['http://localhost:8080/x', 'http://192.168.1.9/', 'http://gateway/x'], ['word']],
  [
    'email',
    ['root@localhost', '张三@例子.中国', "o'hara+x@a.example"],
    ['a.example', 'a@b@c', 'a b@c.example'],
  ],
  ['hostname', ['db_1.internal', 'a.example.', '例子.中国'], ['-a.example', 'a b', 'a/b']],
  ['byte', ['YWJj', 'YWI=', 'a-_9', 'YWJj\nZGVm\n'], ['……', 'a=b', 'data:;base64,YQ==']],
])('%s', (name, values, others) => {
  it.each(values)('is %j', (text) => {
    expect(formats.get(name)?.(text)).toBe(true);
  });

  it.each(others)('is not %j', (text) => {
    expect(formats.get(name)?.(text)).toBe(false);
  });
});
