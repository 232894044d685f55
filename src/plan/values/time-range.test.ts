import { describe, expect, it } from 'vitest';
import { aParameter, noon } from '../../../test/support/plan-inputs.ts';
import type { Json, JsonSchema } from '../../model/json.ts';
import { timeRangeValue } from './time-range.ts';

function value(name: string, schema: JsonSchema, description?: string): Json | undefined {
  const parameter = aParameter(name, 'query', {
    schema,
    description,
  });
  return timeRangeValue(parameter, {}, noon);
}

const text = { type: 'string' };
const integer = { type: 'integer' };
const yesterday = Date.UTC(2026, 0, 14);
const today = Date.UTC(2026, 0, 15);

describe('a border of a time range', () => {
  it.each<[name: string, schema: JsonSchema, description: string | undefined, expected: Json | undefined]>([
    ['startTime', { type: 'string', format: 'date-time' }, undefined, '2026-01-14T00:00:00.000Z'],
    ['endTime', { type: 'string', format: 'date-time' }, undefined, '2026-01-15T00:00:00.000Z'],
    ['begin_date', { type: 'string', format: 'date' }, undefined, '2026-01-14'],
    ['endDate', text, undefined, '2026-01-15'],
    ['periodStart', text, undefined, '2026-01-14T00:00:00.000Z'],
    ['createdAfter', text, undefined, '2026-01-14T00:00:00.000Z'],
    ['created_before', {}, undefined, '2026-01-15T00:00:00.000Z'],
    ['starttime', integer, undefined, yesterday / 1000],
    ['startTime', integer, '开始时间，毫秒时间戳', yesterday],
    ['startTimeMillis', integer, undefined, yesterday],
    ['startTime', { type: 'integer', minimum: 1_500_000_000_000 }, undefined, yesterday],
    ['startTime', text, '开始时间 yyyy-MM-dd HH:mm:ss', '2026-01-14 00:00:00'],
    ['startTime', text, '格式 yyyyMMddHHmmss', '20260114000000'],
    ['startTime', text, "yyyy-MM-dd'T'HH:mm:ss", '2026-01-14T00:00:00'],
    ['startTime', text, 'yyyyMMdd', '20260114'],
    ['startTime', text, '开始日期', '2026-01-14'],
    ['startMonth', text, undefined, '2026-01'],
    ['startTime', text, '秒级时间戳', String(yesterday / 1000)],
    ['startTime', text, '毫秒级时间戳', String(yesterday)],
    ['startTime', text, '开始时间', '2026-01-14 00:00:00'],
    ['endTime', text, '结束时间，如：2024-01-31 23:59:59', '2026-01-15 00:00:00'],
    ['startTime', text, 'e.g. 2024-01-31T00:00:00+08:00', '2026-01-14T00:00:00+08:00'],
    ['beginDate', text, 'yyyy/MM/dd', '2026/01/14'],
    ['startTime', text, '格式 yyyy-MM-dd HH:mm', '2026-01-14 00:00'],
    ['beginDate', { type: 'string', format: 'yyyy-MM-dd' }, undefined, '2026-01-14'],
    [
      'beginTime',
      { type: 'string', format: 'date-time', example: 'yyyy-MM-dd HH:mm:ss' },
      undefined,
      '2026-01-14 00:00:00',
    ],
    ['startTime', { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }, undefined, '2026-01-14'],
    [
      'endTime',
      { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$' },
      undefined,
      '2026-01-15 00:00:00',
    ],
    ['endTime', { type: 'string', maxLength: 10 }, undefined, '2026-01-15'],
    ['endDate', integer, 'yyyyMMdd', 20_260_115],
    ['startTime', { type: 'integer', format: 'int64' }, '开始时间', yesterday],
    ['startTime', { type: 'integer', format: 'int64' }, '开始时间（秒）', yesterday / 1000],
    ['startTime', { type: 'integer', format: 'date-time' }, undefined, yesterday],
    ['endTime', { type: 'integer', format: 'int64' }, 'Unix time', today / 1000],
    ['createTimeStart', text, undefined, '2026-01-14T00:00:00.000Z'],
    ['gmtCreateEnd', text, undefined, '2026-01-15T00:00:00.000Z'],
    ['params[beginTime]', text, 'yyyy-MM-dd', '2026-01-14'],
    ['dateRange[0]', text, undefined, '2026-01-14'],
    ['createTime[1]', text, '创建时间', '2026-01-15 00:00:00'],
    ['开始时间', text, undefined, '2026-01-14 00:00:00'],
    ['结束日期', text, undefined, '2026-01-15'],
    ['etime', integer, undefined, today / 1000],
    ['start', text, '开始日期', '2026-01-14'],
    ['statDate', text, '统计日期 yyyyMMdd', '20260114'],
    ['from', text, 'Start of the period', '2026-01-14T00:00:00.000Z'],
    ['since', text, undefined, '2026-01-14T00:00:00.000Z'],
    ['from', text, 'Currency to convert from', undefined],
    ['to', text, undefined, undefined],
    ['until', integer, undefined, today / 1000],
    ['fromUser', text, undefined, undefined],
    ['start', text, undefined, undefined],
    ['timezone', text, undefined, undefined],
    ['startTime', { type: 'string', format: 'uuid' }, undefined, undefined],
    ['startTime', { type: 'boolean' }, undefined, undefined],
    ['startTime', { enum: ['now'] }, undefined, undefined],
    ['startTime', false, undefined, undefined],
    ['birthday', text, 'of the user', undefined],
    ['startStation', text, '出发站', undefined],
  ])('%s as %j (%s) is %j', (name, schema, description, expected) => {
    expect(value(name, schema, description)).toBe(expected);
  });

  it('is in the form that is shown of the other one, and on the right side of it', () => {
    const border = (name: string, other: string, example: Json) =>
      timeRangeValue(aParameter(name, 'query', { schema: {} }), {}, noon, [
        aParameter(name),
        aParameter('endPoint', 'query', { examples: ['1999'] }),
        aParameter(other, 'query', { examples: [example] }),
      ]);
    expect(border('endTime', 'startTime', '2024-01-01 00:00:00')).toBe('2026-01-15 00:00:00');
    expect(border('startTime', 'endTime', '2024-01-31 00:00:00')).toBe('2024-01-30 00:00:00');
    expect(border('end_date', 'start_date', '2030/05/01')).toBe('2030/05/02');
    expect(border('createTime[1]', 'createTime[0]', '2024-01-01')).toBe('2026-01-15');
    expect(border('endTime', 'startDate', '2024/01/01')).toBe('2026-01-15T00:00:00.000Z');
  });

  it.each<[name: string, schema: JsonSchema, expected: Json | undefined]>([
    ['dateRange', { type: 'array', items: { type: 'string' } }, ['2026-01-14', '2026-01-15']],
    [
      'createTime',
      { type: 'array', minItems: 2, items: { type: 'string', format: 'date-time' }, description: 'x' },
      ['2026-01-14T00:00:00.000Z', '2026-01-15T00:00:00.000Z'],
    ],
    ['times', { type: 'array', items: { type: 'string' } }, undefined],
    ['range', { type: 'array', items: { type: 'integer' } }, undefined],
  ])('is one of two in a list: %s as %j', (name, schema, expected) => {
    expect(value(name, schema)).toEqual(expected);
  });
});
