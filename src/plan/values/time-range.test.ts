import { describe, expect, it } from 'vitest';
import { aParameter, noon } from '../../../test/support/plan-inputs.ts';
import type { Json, JsonSchema } from '../../model/json.ts';
import { timeRangeValue } from './time-range.ts';

function value(name: string, schema: JsonSchema, description?: string): Json | undefined {
  const parameter = aParameter(name, 'query', {
    schema,
    ...(description === undefined ? {} : { description }),
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
  ])('%s as %j (%s) is %j', (name, schema, description, expected) => {
    expect(value(name, schema, description)).toBe(expected);
  });
});
