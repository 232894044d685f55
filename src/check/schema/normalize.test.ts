import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { makeCheck } from '../../../test/support/check-harness.ts';
import type { Json, JsonSchema } from '../../model/json.ts';
import { SchemaJudge } from './judge.ts';

function violations(body: Json, schema: JsonSchema): readonly string[] {
  const check = makeCheck('http://a.example', '/', { dialect: 'openapi-3.0' });
  return new SchemaJudge().judge(body, schema, check).map(({ message }) => inEnglish(message));
}

describe('a list of values', () => {
  it.each<[string, Json, JsonSchema]>([
    ['numbers that were meant as texts', '1', { type: 'string', enum: [1, 2] }],
    ['flags that were meant as texts', 'true', { type: 'string', enum: [true, false] }],
    ['texts that were meant as numbers', 2, { type: 'integer', enum: ['1', '2'] }],
    ['either of them', '1', { type: ['string', 'null'], enum: [1] }],
  ])('takes %s', (_, body, schema) => {
    expect(violations(body, schema)).toEqual([]);
  });

  it('takes nothing else', () => {
    expect(violations('3', { type: 'string', enum: [1, 2] })).toEqual([
      'the body: expected one of [1,2,"1","2"], found "3"',
    ]);
    expect(violations('x', { enum: [1] })).toHaveLength(1);
  });
});

describe('a multiple', () => {
  it.each([19.99, 0.07, 1e6 + 0.01, 3])('of a cent is %d', (amount) => {
    expect(violations(amount, { type: 'number', multipleOf: 0.01 })).toEqual([]);
  });

  it('of a cent is no tenth of one', () => {
    expect(violations(19.991, { type: 'number', multipleOf: 0.01 })).toEqual([
      'the body: expected multiple of 0.01, found 19.991',
    ]);
  });
});
