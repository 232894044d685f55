import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { judgeContext, makeAnswer } from '../../../test/support/answers.ts';
import { makeCheck } from '../../../test/support/check-harness.ts';
import type { Json, JsonSchema } from '../../model/json.ts';
import { expectations } from '../expectations/registry.ts';
import { heldTo, judge } from '../judge.ts';

interface Said {
  readonly schemas?: Readonly<Record<string, JsonSchema>>;
  readonly examples?: readonly Json[];
}

/** The verdict on a body, and what was noted on the way. */
function verdict(
  body: Json,
  schema: JsonSchema,
  { schemas = {}, examples = [] }: Said = {},
): readonly string[] {
  const promises = [{ status: '200', contentTypes: ['application/json'], schema, examples }];
  const check = makeCheck('http://a.example', '/', { promises, schemas, dialect: 'openapi-3.0' });
  const judged = judge(makeAnswer({ body }), check, heldTo(check, expectations), judgeContext());
  return [judged.verdict, ...judged.findings.map(({ level, message }) => `${level} ${inEnglish(message)}`)];
}

const order = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'integer' },
    note: { type: 'string' },
    state: { enum: ['open', 'paid'] },
    lines: { type: 'array', items: { $ref: '#/Line' } },
    labels: {
      type: 'object',
      additionalProperties: { type: 'object', properties: { text: { type: 'string' } } },
    },
  },
};
const schemas = {
  '#/Line': { required: ['sku'], properties: { sku: { type: 'string' }, price: { type: 'number' } } },
};

describe('null', () => {
  it.each<[string, Json, readonly string[]]>([
    [
      'in a field that may be missing is noted',
      { id: 1, note: null },
      ['pass', 'info /note: expected string, found null (null)'],
    ],
    [
      'in place of one of the listed values is noted',
      { id: 1, state: null },
      ['pass', 'info /state: expected one of ["open","paid"], found null'],
    ],
    ['in a required field fails', { id: null }, ['fail', 'error /id: expected integer, found null (null)']],
    [
      'inside of lists and maps is told apart in the same way',
      { id: 1, lines: [{ sku: 'x', price: null }, { sku: null }], labels: { a: { text: null }, b: null } },
      [
        'fail',
        'info /lines/0/price: expected number, found null (null)',
        'error /lines/1/sku: expected string, found null (null)',
        'info /labels/a/text: expected string, found null (null)',
        'info /labels/b: expected object, found null (null)',
      ],
    ],
    [
      'does not hide a value of another kind beside it',
      {
        id: 1,
        lines: [
          { sku: 'x', price: null },
          { sku: 'y', price: 'free' },
        ],
      },
      [
        'fail',
        'info /lines/0/price: expected number, found null (null)',
        'error /lines/1/price: expected number, found "free" (string)',
      ],
    ],
  ])('%s', (_, body, expected) => {
    expect(verdict(body, order, { schemas })).toEqual(expected);
  });

  it('in place of the whole body or as an item fails', () => {
    expect(verdict(null, order, { schemas })[0]).toBe('fail');
    expect(verdict([null], { type: 'array', items: { type: 'integer' } })[0]).toBe('fail');
  });
});

describe('an envelope that the document does not show', () => {
  const schema = {
    type: 'array',
    items: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
  };
  const note = 'info the answer is wrapped: /data holds what is documented';

  it.each<[string, Json, JsonSchema, readonly string[]]>([
    ['around a list is noted', { code: 0, msg: 'ok', data: [{ id: 1 }] }, schema, ['pass', note]],
    ['around an object is noted', { success: true, data: { id: 1 } }, schema.items, ['pass', note]],
    [
      'does not hide what is wrong inside',
      { code: 0, msg: 'ok', data: [{ id: 1 }, { id: 'x' }] },
      schema,
      ['fail', note, 'error /data/1/id: expected integer, found "x" (string)'],
    ],
    [
      'has the place of what is wrong with all that it holds',
      { code: 0, msg: 'ok', data: [{ id: 1 }, { id: 2 }] },
      { ...schema, maxItems: 1 },
      ['degraded', note, 'warning /data: expected no more than 1 item, found [{"id":1},{"id":2}]'],
    ],
    [
      'must hold something of the documented kind',
      { code: 0, msg: 'no', data: null },
      schema,
      ['fail', 'error the body: expected array, found {"code":0,"msg":"no","data":null} (object)'],
    ],
    [
      'that says failure is no success of any kind',
      { code: 500, msg: 'no', data: [] },
      schema,
      ['fail', 'error code is 500 ("no"), expected: 0 or 200'],
    ],
    [
      'says whether the call succeeded',
      { data: [{ id: 1 }] },
      schema,
      ['fail', 'error the body: expected array, found {"data":[{"id":1}]} (object)'],
    ],
    [
      'is none when the document knows the field',
      { code: 0, data: { id: 1 } },
      { required: ['id'], properties: { id: {}, code: {}, data: {} } },
      ['fail', 'error the body: expected property "id", found none'],
    ],
  ])('%s', (_, body, documented, expected) => {
    const [judged, ...found] = verdict(body, documented);
    expect([judged, ...found.filter((one) => !one.includes('not documented'))]).toEqual(expected);
  });
});

describe('a closed part', () => {
  const schemas = {
    '#/Named': { type: 'object', properties: { name: { type: 'string' } }, additionalProperties: false },
  };
  const schema: JsonSchema = {
    allOf: [{ $ref: '#/Named' }, { properties: { size: { type: 'integer' } }, additionalProperties: false }],
  };

  it('leaves room for what the other parts know', () => {
    expect(verdict({ name: 'a', size: 1 }, schema, { schemas })).toEqual(['pass']);
  });

  it('is closed for everything else', () => {
    expect(verdict({ name: 'a', colour: 1 }, schema, { schemas })).toContain(
      'warning the body: expected no other properties, found "colour" (in 2 places)',
    );
  });
});

describe('an example of the document that contradicts its schema', () => {
  const schema = {
    required: ['id', 'at'],
    properties: {
      id: { type: 'string' },
      at: { type: 'string', format: 'date' },
      items: { items: { enum: [1] } },
    },
  };
  const examples = [{ id: 7, items: [1, 2] }];

  it('excuses an answer that does the same', () => {
    expect(verdict({ id: 9, items: [3, 1] }, schema, { examples })).toEqual([
      'pass',
      `info the body: expected property "at", found none, as in the document's own example`,
      `info /id: expected string, found 9 (number), as in the document's own example`,
      `info /items/0: expected one of [1], found 3, as in the document's own example`,
    ]);
  });

  it.each<[string, Json]>([
    ['another kind of value', { id: true, at: '2024-01-01' }],
    ['another missing field', { at: '2024-01-01' }],
  ])('excuses nothing else: %s', (_, body) => {
    expect(verdict(body, schema, { examples })[0]).toBe('fail');
  });

  it.each<[string, Json]>([
    ['empty', {}],
    ['null', null],
    ['a text', 'see the manual'],
  ])('excuses nothing when it is %s', (_, example) => {
    expect(verdict({}, { type: 'object', ...schema }, { examples: [example] })[0]).toBe('fail');
  });
});
