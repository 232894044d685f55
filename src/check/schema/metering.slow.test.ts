import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeCheck } from '../../../test/support/check-harness.ts';
import { Effort, TooMuchWork } from '../../lib/effort.ts';
import type { SchemaPool } from '../../model/document.ts';
import type { Json, JsonSchema } from '../../model/json.ts';
import { InPlaceLoops } from './in-place.ts';
import { SchemaJudge } from './judge.ts';
import { normalizeSchema } from './normalize.ts';

const scalar = fc.constantFrom<Json>(null, true, 0, 1, -1.5, '', 'a', 'b', '1');
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', '/c', '~d'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

function judgeWithin(steps: number, body: Json, schema: JsonSchema, schemas: SchemaPool = {}) {
  const effort = new Effort(steps);
  return new SchemaJudge({ effort }).judge(body, schema, makeCheck('http://a.example', '/', { schemas }));
}

/** With findings, or because it is too much. */
function comesToAnEnd(judge: () => unknown): boolean {
  try {
    judge();
    return true;
  } catch (error) {
    return error instanceof TooMuchWork;
  }
}

describe('what is counted while judging', () => {
  it.each(['uniqueItems', 'enum'] as const)('finds the same for %s as the standard validator', (keyword) => {
    const ajv = new Ajv2020({ strict: false });
    const settings = keyword === 'enum' ? fc.array(value, { minLength: 1, maxLength: 5 }) : fc.constant(true);
    fc.assert(
      fc.property(settings, fc.oneof(value, fc.array(value, { maxLength: 5 })), (setting, body) => {
        fc.pre(
          !Array.isArray(setting) || !setting.some((one) => typeof one === 'string' && /^-?\d/.test(one)),
        );
        const schema = { [keyword]: setting } as JsonSchema;
        const findings = judgeWithin(1e6, body, schema);
        expect(findings.length === 0).toBe(ajv.validate(JSON.parse(JSON.stringify(schema)), body));
      }),
      { numRuns: 300 },
    );
  });

  it('names the twins of a list', () => {
    expect(judgeWithin(1e6, [{ a: 1, b: 2 }, 3, { b: 2, a: 1 }], { uniqueItems: true })).toMatchObject([
      { expected: 'no duplicate items (items 0 and 2 are identical)' },
    ]);
  });

  it('ends, whatever the schema and the body are', () => {
    const names = ['S0', 'S1', 'S2', 'S3'];
    const ref = fc.constantFrom(...names).map((name): JsonSchema => ({ $ref: `#/${name}` }));
    const leaf = fc.constantFrom<JsonSchema>(
      { type: 'string' },
      { uniqueItems: true },
      { enum: ['a', [1]] },
      { pattern: '^(a+)+$' },
      { required: ['a', 'b'] },
    );
    const below = fc.array(fc.oneof(ref, leaf), { minLength: 1, maxLength: 3 });
    const part = fc.record(
      {
        properties: fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(ref, leaf), { maxKeys: 2 }),
        items: fc.oneof(ref, leaf),
        additionalProperties: fc.oneof(ref, leaf),
        anyOf: below,
        if: leaf,
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<JsonSchema>;
    fc.assert(
      fc.property(fc.tuple(part, part, part, part), value, (parts, body) => {
        const schemas = Object.fromEntries(parts.map((one, index) => [`#/S${index}`, one]));
        expect(comesToAnEnd(() => judgeWithin(50_000, body, { $ref: '#/S0' }, schemas))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it.each<[string, Json, JsonSchema]>([
    ['many items', Array.from({ length: 200_000 }, () => 1), { items: { type: 'string' } }],
    [
      'many required properties',
      Array.from({ length: 100 }, () => ({})),
      { items: { required: Array.from({ length: 5000 }, (_, n) => `p${n}`) } },
    ],
    [
      'many values of an enum that are lists',
      Array.from({ length: 20_000 }, (_, n) => [[n], [n]]),
      { items: { enum: [[[0], [0]]] } },
    ],
    [
      'long texts for a pattern',
      ['ab'.repeat(50_000)],
      { items: { pattern: '(?:[ab]{0,200}[cd]?){2}[ef]' } },
    ],
  ])('is given up for %s', (_, body, schema) => {
    expect(() => judgeWithin(50_000, body, schema)).toThrow(TooMuchWork);
  });
});

describe('the size of a schema', () => {
  const bounded = new SchemaJudge({ mostNodes: 100 });

  it('is bounded before it is compiled, with all that it leads to', () => {
    const links = Array.from({ length: 101 }, (_, n) => [`#/S${n}`, { allOf: [{ $ref: `#/S${n + 1}` }] }]);
    const check = makeCheck('http://a.example', '/', { schemas: Object.fromEntries(links) as SchemaPool });
    expect(() => bounded.judge(1, { $ref: '#/S0' }, check)).toThrow(TooMuchWork);
    expect(bounded.judge(1, { $ref: '#/S90' }, check)).toEqual([]);
  });

  it('does not count examples and descriptions, but properties of such names', () => {
    const aside = Array.from({ length: 500 }, (_, n) => ({ n }));
    const check = makeCheck('http://a.example', '/');
    expect(bounded.judge({}, { example: aside, description: 'x', 'x-own': aside }, check)).toEqual([]);
    const properties = Object.fromEntries(aside.map((_, n) => [`p${n}`, {}]));
    expect(() => bounded.judge({}, { properties: { example: { properties } } }, check)).toThrow(TooMuchWork);
  });
});

describe('write-only properties', () => {
  it('of parts that are made of one another many times over are found in one go', () => {
    const schemas: SchemaPool = Object.fromEntries(
      Array.from({ length: 8 }, (_, n) => [
        `#/P${n}`,
        { allOf: Array.from({ length: 60 }, () => ({ $ref: `#/P${n + 1}` })) },
      ]),
    );
    const startedAt = performance.now();
    const plain = normalizeSchema(
      { required: ['secret', 'id'], properties: { secret: { writeOnly: true } }, allOf: [{ $ref: '#/P0' }] },
      {
        dialect: '2020-12',
        refer: (ref) => ref,
        target: (ref) => schemas[ref],
        kinds: () => undefined,
        loops: new InPlaceLoops('2020-12', schemas),
      },
    );
    expect(plain).toMatchObject({ required: ['id'] });
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});
