import fc from 'fast-check';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Json } from '../../../model/json.ts';
import { inferSchema } from './infer-schema.ts';

test.each<[string, readonly Json[], unknown]>([
  ['a text', ['x'], { type: 'string' }],
  ['whole numbers may be fractions next time', [1], { type: 'number' }],
  ['a number too long for a double', ['1775389422113955841'], { type: ['number', 'string'] }],
  [
    'long and short numbers',
    [[{ id: '1775389422113955841' }, { id: 7 }]],
    {
      type: 'array',
      items: {
        type: ['object', 'null'],
        properties: { id: { type: ['number', 'string', 'null'] } },
        'x-usual': ['id'],
      },
    },
  ],
  [
    'texts, one of long digits',
    [['1775389422113955841', 'x']],
    { type: 'array', items: { type: ['string', 'null'] } },
  ],
  ['null says nothing', [null], undefined],
  ['kinds that differ say nothing', [1, 'x'], undefined],
  ['an empty list', [[]], { type: 'array' }],
  ['an empty object', [{}], { type: 'object' }],
  [
    'what not every item has is optional',
    [[{ a: 1 }, { a: 2, b: 'x' }]],
    {
      type: 'array',
      items: {
        type: ['object', 'null'],
        properties: { a: { type: ['number', 'null'] }, b: { type: ['string', 'null'] } },
        'x-usual': ['a'],
      },
    },
  ],
  [
    'a list of lists',
    [[[true]]],
    { type: 'array', items: { type: ['array', 'null'], items: { type: ['boolean', 'null'] } } },
  ],
  ['ids as keys are data, not fields', [{ '1709273546779_127.0.0.1_35042': { a: 1 } }], { type: 'object' }],
  ['UUIDs as keys', [{ '3fa85f64-5717-4562-b3fc-2c963f66afa6': 1 }], { type: 'object' }],
])('%s', (_, examples, schema) => {
  expect(inferSchema(examples)).toEqual(schema);
});

test('an object with very many fields is a map', () => {
  const map = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`k${index}x`, index]));
  expect(inferSchema([map])).toEqual({ type: 'object' });
});

test('every example fulfils the schema that was learned from it, also when nulls come in', () => {
  const ajv = new Ajv2020({ strict: false, ownProperties: true });
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 4 }), { minLength: 1, maxLength: 4 }), (values) => {
      const present = values.filter((value) => value !== null);
      const schema = inferSchema(values as Json[]) ?? true;
      const validate = ajv.compile(schema as object);
      expect(present.filter((value) => !validate(value))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
