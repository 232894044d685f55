import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formatsPlugin from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonSchema } from '../../model/json.ts';
import { matcher } from './pattern.ts';
import { sample, type Sample } from './sample.ts';

const now = Date.UTC(2026, 0, 15, 12);

function sampleOf(schema: JsonSchema, name = 'q', pool = {}): Sample | undefined {
  return sample(schema, { pool, now, name });
}

const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: true });
formatsPlugin.default(ajv);

function validator(schema: JsonSchema): ValidateFunction {
  return ajv.compile(schema as object);
}

describe('a value for a schema', () => {
  it.each<[says: string, schema: JsonSchema, value: Json, origin: string]>([
    ['an example first', { example: 'A7', default: 'x', enum: ['x'] }, 'A7', 'example'],
    ['the first of several examples', { examples: ['A7', 'A8'] }, 'A7', 'example'],
    ['the default next', { default: 'asc', enum: ['desc', 'asc'] }, 'asc', 'default'],
    ['a constant', { const: 3 }, 3, 'enum'],
    ['the first choice', { enum: ['open', 'closed'] }, 'open', 'enum'],
    ['a choice that says something', { enum: [null, '', 'open'] }, 'open', 'enum'],
    ['no placeholder for an example', { type: 'string', example: 'string' }, 'a', 'generated'],
    ['no unresolved variable for an example', { type: 'integer', example: '{{orderId}}' }, 1, 'generated'],
    ['the smallest id', { type: 'integer' }, 1, 'generated'],
    ['a number within its bounds', { type: 'integer', minimum: 10, maximum: 20 }, 10, 'generated'],
    ['a number below an upper bound', { type: 'integer', maximum: -5 }, -5, 'generated'],
    ['a number above an exclusive bound', { type: 'integer', exclusiveMinimum: 10 }, 11, 'generated'],
    ["draft 4's exclusive bound", { type: 'integer', minimum: 10, exclusiveMinimum: true }, 11, 'generated'],
    ['a multiple', { type: 'integer', minimum: 7, multipleOf: 5 }, 10, 'generated'],
    [
      'a broken multiple',
      { type: 'number', minimum: 0.25, multipleOf: 0.1, maximum: 0.35 },
      0.3,
      'generated',
    ],
    ['a whole multiple of a broken step', { type: 'integer', multipleOf: 0.3 }, 3, 'generated'],
    [
      'within the bounds of all parts',
      {
        allOf: [
          { type: 'integer', minimum: 3, maximum: 99 },
          { minimum: 7, maximum: 50 },
        ],
      },
      7,
      'generated',
    ],
    [
      'as long as all parts ask for',
      {
        allOf: [
          { type: 'string', minLength: 2, maxLength: 9 },
          { minLength: 4, maxLength: 5 },
        ],
      },
      'aaaa',
      'generated',
    ],
    [
      'as many items as all parts ask for',
      {
        allOf: [
          { type: 'array', minItems: 1, maxItems: 9 },
          { minItems: 2, maxItems: 3 },
        ],
      },
      ['a', 'a'],
      'generated',
    ],
    [
      'with the properties of all parts',
      {
        allOf: [
          { properties: { a: { type: 'integer' }, b: { default: 'x' } }, required: ['a'] },
          { properties: { a: { minimum: 5 } }, required: ['b'] },
        ],
      },
      { a: 5, b: 'x' },
      'generated',
    ],
    ['null where nothing else is allowed', { type: 'null' }, null, 'generated'],
    ['a list of one, typed by what it holds', { items: { const: 1 } }, [1], 'enum'],
    ['a number, typed by its bounds', { minimum: 2 }, 2, 'generated'],
    [
      'a number between close bounds',
      { type: 'number', exclusiveMinimum: 2, exclusiveMaximum: 3 },
      2.5,
      'generated',
    ],
    ['a boolean', { type: 'boolean' }, false, 'generated'],
    ['a text', { type: 'string' }, 'a', 'generated'],
    ['a text that is long enough', { type: 'string', minLength: 4 }, 'aaaa', 'generated'],
    ['yesterday', { type: 'string', format: 'date' }, '2026-01-14', 'generated'],
    [
      'the start of yesterday',
      { type: 'string', format: 'date-time' },
      '2026-01-14T00:00:00.000Z',
      'generated',
    ],
    ['a uuid', { type: 'string', format: 'uuid' }, '00000000-0000-4000-8000-000000000001', 'generated'],
    ['a text for a pattern', { type: 'string', pattern: '^ORD-[0-9]{4}$' }, 'ORD-1111', 'generated'],
    ['a Chinese text for a pattern', { type: 'string', pattern: '^[\\u4e00-\\u9fa5]+$' }, '一', 'generated'],
    ['the type that is not null', { type: ['null', 'integer'] }, 1, 'generated'],
    ['a list of one', { type: 'array', items: { enum: ['a', 'b'] } }, ['a'], 'enum'],
    [
      'different items',
      { type: 'array', minItems: 3, uniqueItems: true, items: { type: 'integer' } },
      [1, 2, 3],
      'generated',
    ],
    [
      'fixed items',
      { type: 'array', minItems: 2, prefixItems: [{ const: 1 }, { const: 'x' }] },
      [1, 'x'],
      'enum',
    ],
    [
      'what is required of an object',
      { properties: { a: { default: 1 }, b: { default: 2 } }, required: ['a'] },
      { a: 1 },
      'default',
    ],
    [
      'nothing that only answers have',
      { properties: { id: { readOnly: true }, a: { default: 1 } }, required: ['id', 'a'] },
      { a: 1 },
      'default',
    ],
    [
      'as many properties as it takes',
      { type: 'object', minProperties: 2, properties: { a: { const: 1 } } },
      { a: 1, extra1: 'a' },
      'generated',
    ],
    ['all parts of an allOf', { allOf: [{ minimum: 3 }, { type: 'integer', maximum: 9 }] }, 3, 'generated'],
    ['what all enums share', { allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] }, 'b', 'enum'],
    [
      'the first alternative that works',
      { oneOf: [{ type: 'null' }, false, { type: 'integer' }] },
      1,
      'generated',
    ],
    ['a schema without any word', {}, 'a', 'generated'],
    ['any schema', true, 'a', 'generated'],
  ])('is %s', (_, schema, value, origin) => {
    expect(sampleOf(schema)).toEqual({ value, origin });
  });

  it.each(
    'date date-time time duration email idn-email hostname idn-hostname ipv4 ip ipv6 uri url iri uri-reference iri-reference uri-template uuid byte json-pointer relative-json-pointer regex int32 int64 uint64 number'.split(
      ' ',
    ),
  )('is different for each item of a list of %s', (format) => {
    const schema = { type: 'array', minItems: 2, uniqueItems: true, items: { type: 'string', format } };
    const [first, second] = (sampleOf(schema)?.value ?? []) as readonly string[];
    expect(second).toBeDefined();
    expect(first).not.toBe(second);
  });

  it('is not made twice the same where items must differ', () => {
    const schema = {
      type: 'array',
      minItems: 2,
      uniqueItems: true,
      items: { type: 'string', pattern: '^a$' },
    };
    expect(sampleOf(schema)).toBeUndefined();
  });

  it.each([
    ['orderId', '1'],
    ['userIds', '1'],
    ['编号', '1'],
    ['keyword', 'a'],
  ])('takes the name %s into account', (name, value) => {
    expect(sampleOf({ type: 'string' }, name)?.value).toBe(value);
  });

  it('follows references, with what stands beside them', () => {
    const pool = { '#/Id': { type: 'integer', minimum: 5 }, '#/Alias': { $ref: '#/Id' } };
    expect(sampleOf({ $ref: '#/Alias', minimum: 7 }, 'id', pool)?.value).toBe(7);
  });

  it('ends where an optional part of a schema contains the whole', () => {
    const pool = {
      '#/Tree': {
        type: 'object',
        required: ['children'],
        properties: { children: { type: 'array', items: { $ref: '#/Tree' } } },
      },
    };
    expect(sampleOf({ $ref: '#/Tree' }, 'body', pool)?.value).toEqual({ children: [] });
  });

  it.each<[says: string, schema: JsonSchema]>([
    ['that admits nothing', false],
    ['with bounds that leave no room', { type: 'integer', minimum: 3, maximum: 2 }],
    ['that refers to nothing', { $ref: '#/Missing' }],
    ['that refers to itself', { $ref: '#/Loop' }],
    ['that requires itself', { $ref: '#/Endless' }],
    ['with a look-ahead, which nobody can prove', { type: 'string', pattern: '^(?=.*x)y$' }],
    ['whose pattern is no pattern', { type: 'string', pattern: '(' }],
    ['with an empty enum', { enum: [] }],
    ['that wants a file', { type: 'file' }],
    ['that wants a thousand items', { type: 'array', minItems: 1000 }],
    [
      'that wants more different items than there are',
      { type: 'array', minItems: 3, uniqueItems: true, items: { type: 'boolean' } },
    ],
  ])('is not found for a schema %s', (_, schema) => {
    const pool = {
      '#/Loop': { $ref: '#/Loop' },
      '#/Endless': { required: ['a'], properties: { a: { $ref: '#/Endless' } } },
    };
    expect(sampleOf(schema, 'q', pool)).toBeUndefined();
  });
});

const bounds = fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 0, max: 500 }));
const integers = bounds.map(([minimum, room]) => ({ type: 'integer', minimum, maximum: minimum + room }));
const numbers = bounds.map(([low, room]) => ({
  type: 'number',
  exclusiveMinimum: low / 7,
  maximum: (low + room + 1) / 7,
}));
const texts = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
  .map(([minLength, room]) => ({ type: 'string', minLength, maxLength: minLength + room }));
const formatted = fc
  .constantFrom(
    'date',
    'date-time',
    'time',
    'duration',
    'email',
    'hostname',
    'ipv4',
    'ipv6',
    'uri',
    'uri-reference',
    'uuid',
    'byte',
    'json-pointer',
    'regex',
    'unheard-of',
  )
  .map((format) => ({ type: 'string', format }));
const patterned = fc
  .constantFrom(
    '^[A-Z]{2,3}-\\d+$',
    '[a-f0-9]{8}',
    '^\\S+@\\S+\\.com$',
    '^(red|green)$',
    '^[^a-z]$',
    '^1[3-9]\\d{9}$',
    '^[\\w.-]{1,64}$',
    'v\\d',
    '^\\d{4}-\\d{2}-\\d{2}$',
    '^\\p{L}+$',
    '',
  )
  .map((pattern) => ({ type: 'string', pattern }));
const grown = fc
  .tuple(fc.constantFrom('^[a-z]+$', '^x*$', '^\\d{2,}$', 'q', '^(ab)+$'), fc.integer({ min: 0, max: 30 }))
  .map(([pattern, minLength]) => ({ type: 'string', pattern, minLength: minLength - (minLength % 2) }));
const scalars = fc.oneof(
  integers,
  numbers,
  texts,
  formatted,
  patterned,
  grown,
  fc.constant({ type: 'boolean' }),
);

const { schemas } = fc.letrec<{ schemas: JsonSchema }>((tie) => ({
  schemas: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalars as fc.Arbitrary<JsonSchema>,
    fc.record({
      type: fc.constant('array'),
      items: tie('schemas'),
      minItems: fc.integer({ min: 0, max: 3 }),
    }) as fc.Arbitrary<JsonSchema>,
    fc
      .dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie('schemas'), { maxKeys: 4 })
      .map((properties) => ({ type: 'object', properties, required: Object.keys(properties).slice(0, 2) })),
    fc.tuple(tie('schemas'), tie('schemas')).map((parts) => ({ anyOf: parts })),
  ),
}));

describe('whatever the schema', () => {
  it('makes a value that the schema admits', () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        const made = sampleOf(schema);
        expect(made).toBeDefined();
        const validate = validator(schema);
        expect({ made, valid: validate(made?.value) }).toEqual({ made, valid: true });
      }),
      { numRuns: 100 },
    );
  }, 30_000);

  it('never hangs on a pattern from a stranger', () => {
    for (const pattern of [
      '^(a+)+$',
      '^(a|a)*b$',
      '(x+x+)+y',
      '^(([a-z])+.)+[A-Z]([a-z])+$',
      `^${'(a?){50}'.repeat(5)}$`,
      'a{1000}{1000}',
    ]) {
      const made = sampleOf({ type: 'string', pattern, minLength: 30 });
      expect(made === undefined || matcher(pattern)?.(made.value as string)).toBe(true);
    }
  });
});
