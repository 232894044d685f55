import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../model/json.ts';
import { coerced } from './coerce.ts';

describe('a value found elsewhere', () => {
  it.each<[value: Json, schema: JsonObject | undefined, expected: Json | undefined]>([
    [7, { type: 'integer' }, 7],
    ['7', { type: 'integer' }, 7],
    ['9007199254740993', { type: 'integer' }, '9007199254740993'],
    [7.5, { type: 'integer' }, undefined],
    ['A7', { type: 'integer' }, undefined],
    ['', { type: 'integer' }, undefined],
    [7, { type: 'integer', minimum: 10 }, undefined],
    [7, { type: 'integer', maximum: 5 }, undefined],
    ['7.5', { type: 'number' }, 7.5],
    [7, { type: 'string' }, '7'],
    ['abc', { type: 'string', minLength: 4 }, undefined],
    ['abc', { type: 'string', maxLength: 2 }, undefined],
    ['abc', { type: 'string', format: 'uuid' }, undefined],
    [
      '0f8fad5b-d9cb-469f-a165-70867728950e',
      { type: 'string', format: 'uuid' },
      '0f8fad5b-d9cb-469f-a165-70867728950e',
    ],
    ['open', { enum: ['open', 'closed'] }, 'open'],
    ['gone', { enum: ['open', 'closed'] }, undefined],
    ['abc', {}, 'abc'],
    ['abc', { type: 'boolean' }, undefined],
    ['abc', { type: 'array' }, undefined],
    [true, {}, undefined],
    [['a'], {}, undefined],
    ['abc', undefined, undefined],
  ])('%j for %j is %j', (value, schema, expected) => {
    expect(coerced(value, schema)).toBe(expected);
  });
});
