import { inEnglish, inLanguage } from '../../messages/in-language.ts';
import { describe, expect, it, test } from 'vitest';
import { judgeContext, makeAnswer } from '../../../test/support/answers.ts';
import { makeCheck } from '../../../test/support/check-harness.ts';
import type { Check } from '../../model/check.ts';
import type { Json } from '../../model/json.ts';
import { expectations } from '../expectations/registry.ts';
import { heldTo, judge } from '../judge.ts';
import { AlwaysThere } from './always.ts';
import { Habits } from './habits.ts';

const schema = {
  type: 'object',
  properties: {
    id: { type: 'integer', format: 'int64' },
    price: { type: 'number', nullable: true },
    day: { type: 'string', format: 'date' },
    at: { type: 'string', format: 'date-time' },
    extra: { type: 'object', additionalProperties: { type: 'object' } },
  },
} as const;

function checkOf(path: string): Check {
  const promises = [{ status: '200', contentTypes: ['application/json'], schema }];
  return makeCheck('http://a.example', path, { promises, dialect: 'openapi-3.0' });
}

function said(body: Json, context = judgeContext(), check = checkOf('/orders')): readonly string[] {
  const { verdict, findings } = judge(makeAnswer({ body }), check, heldTo(check, expectations), context);
  return [verdict, ...findings.map(({ message }) => inEnglish(message))];
}

const long =
  'the service writes numbers as text: /id: expected integer, found "1775389422113955841" (string)';

test.each<[Json, readonly string[]]>([
  [{ id: '1775389422113955841' }, ['pass', long]],
  [
    { id: '7', price: '12.50' },
    ['pass', 'the service writes numbers as text: /id: expected integer, found "7" (string)'],
  ],
  [{ id: '7' }, ['fail', '/id: expected integer, found "7" (string)']],
  [{ id: 'abc' }, ['fail', '/id: expected integer, found "abc" (string)']],
  [{ id: '1.5' }, ['fail', '/id: expected integer, found "1.5" (string)']],
  [{ id: '' }, ['fail', '/id: expected integer, found "" (string)']],
  [{ price: true }, ['fail', '/price: expected number, found true (boolean)']],
  [{ at: '2024-05-06 07:08:09', day: '2024-05-06' }, ['pass']],
  [
    { at: '2024/05/06 07:08:09', day: '2024-05-06 00:00:00' },
    [
      'pass',
      'the service writes times in a form of its own: /day: expected format date, found "2024-05-06 00:00:00"',
    ],
  ],
  [
    { at: '20240506070809' },
    [
      'pass',
      'the service writes times in a form of its own: /at: expected format date-time, found "20240506070809"',
    ],
  ],
  [{ at: 'yesterday' }, ['degraded', '/at: expected format date-time, found "yesterday"']],
  [{ extra: { a: 'x', b: {} } }, ['pass', '/extra/a: expected object, found "x" (string)']],
])('%j', (body, expected) => {
  expect(said(body)).toEqual(expected);
});

it('is told once for a service', () => {
  const context = judgeContext();
  expect(said({ id: '1775389422113955841' }, context)).toEqual(['pass', long]);
  expect(said({ id: '1775389422113955842' }, context, checkOf('/users'))).toEqual(['pass']);
});

it('is none where the field has held a number', () => {
  const context = judgeContext();
  const check = checkOf('/orders');
  expect(said({ id: 7 }, context, check)).toEqual(['pass']);
  expect(said({ id: '8' }, context, check)).toEqual(['fail', '/id: expected integer, found "8" (string)']);
  expect(said({ id: '8' }, context, checkOf('/users'))[0]).toBe('fail');
  // Written as text only where a browser would lose digits.
  expect(said({ id: '1775389422113955841' }, context, check)[0]).toBe('pass');
});

describe('a habit of a service is what several fields or operations agree on', () => {
  /** Verdicts of bodies, each of an operation of its own, in their order; then of the last ones again. */
  function verdicts(...bodies: readonly Json[]): readonly string[] {
    const context = judgeContext();
    return bodies.map((body, at) => said(body, context, checkOf(`/${at}`))[0] ?? '');
  }

  test.each<[string, readonly Json[], readonly string[]]>([
    ['one field of one operation', [{ id: '7' }, {}], ['fail', 'pass']],
    ['a field of two operations', [{ id: '7' }, { id: '8' }], ['fail', 'pass']],
    ['two fields', [{ id: '7', price: '1.5' }], ['pass']],
    [
      'two fields among others that hold numbers',
      [
        { a: 1, b: 2, c: 3 },
        { id: '7', price: '1.5' },
      ],
      ['pass', 'fail'],
    ],
    ['a name that holds a number elsewhere', [{ id: 7 }, { id: '8' }, { id: '9' }], ['pass', 'fail', 'fail']],
    [
      'written another way elsewhere',
      [{ item: { ID: 7 } }, { id: '8' }, { id: '9' }],
      ['pass', 'fail', 'fail'],
    ],
    ['the code of an envelope', [{ code: 0, id: '7', price: '1.5' }], ['pass']],
    [
      'what is settled stays so',
      [{ id: '7', price: '1.5' }, { id: 8 }, { price: 2 }],
      ['pass', 'pass', 'pass'],
    ],
  ])('%s', (_, bodies, expected) => {
    expect(verdicts(...bodies)).toEqual(expected);
  });

  it('stays settled where the same name holds a number later, and in the next process', () => {
    const context = judgeContext();
    const check = checkOf('/a');
    const body = { id: '7', price: '1.5' };
    expect(said(body, context, check)[0]).toBe('pass');
    expect(said({ id: 8, n: 1, m: 2 }, context, checkOf('/b'))[0]).toBe('pass');
    expect(said(body, context, check)[0]).toBe('pass');
    const always = new AlwaysThere(context.always.news());
    const next = { ...judgeContext(), always, habits: new Habits(new Set(), always) };
    expect(said({ id: 8, n: 1, m: 2 }, next, checkOf('/b'))[0]).toBe('pass');
    expect(said(body, next, check)[0]).toBe('pass');
  });

  it('is told by one field where only a part of the answers is seen', () => {
    expect(said({ id: '7' }, { ...judgeContext(), habits: new Habits() })[0]).toBe('pass');
  });
});

it('is none where people have been told that the schema is broken', () => {
  const check = checkOf('/orders');
  expect(said({ id: '8' }, judgeContext({ broken: new Set([check.id]) }), check)).toEqual([
    'fail',
    '/id: expected integer, found "8" (string)',
  ]);
});

test('in Chinese', () => {
  const check = checkOf('/orders');
  const answer = makeAnswer({ body: { id: '7', price: '1.5', at: '20240506070809' } });
  const { findings } = judge(answer, check, heldTo(check, expectations), judgeContext());
  expect(findings.map(({ message }) => inLanguage(message, 'zh'))).toEqual([
    '该服务以文本形式返回数字：/id：期望 integer，实际 "7" (string)',
    '该服务返回的时间格式与文档不同：/at：期望 date-time 格式，实际 "20240506070809"',
  ]);
});

describe('an envelope that carries null where its document says an object', () => {
  const data = { type: 'object', properties: { id: { type: 'integer' } } };
  const wrapped = (path: string, required: readonly string[] = ['code', 'data']): Check =>
    makeCheck('http://a.example', path, {
      promises: [
        {
          status: '200',
          contentTypes: ['application/json'],
          schema: { type: 'object', required, properties: { code: {}, msg: {}, data } },
        },
      ],
    });
  const nothing = { code: 0, msg: 'ok', data: null };
  const something = { code: 0, msg: 'ok', data: { id: 1 } };
  const habit = 'the service answers data: null where nothing is found; the document says something else';
  const broken = '/data: expected object, found null (null)';

  test.each([[['code', 'data']], [[]]])('is noted once for the service, required: %j', (required) => {
    const context = judgeContext();
    expect(said(nothing, context, wrapped('/a', required))).toEqual(['pass', habit]);
    expect(said(nothing, context, wrapped('/b', required))).toEqual(['pass']);
    expect(said(nothing, context, wrapped('/a', required))).toEqual(['pass']);
  });

  it('is news where it has always carried something, and stays so', () => {
    const context = judgeContext();
    const check = wrapped('/a');
    for (let time = 0; time < 5; time++) expect(said(something, context, check)).toEqual(['pass']);
    for (let time = 0; time < 3; time++) expect(said(nothing, context, check)).toEqual(['fail', broken]);
    expect(said(something, context, check)).toEqual(['pass']);
  });

  it('is known of an operation that has done so before, also after a restart', () => {
    const always = new AlwaysThere();
    const check = wrapped('/a');
    const before = { ...judgeContext(), always };
    said(nothing, before, check);
    for (let time = 0; time < 6; time++) said(something, before, check);
    const after = { ...judgeContext(), always: new AlwaysThere(always.news()) };
    expect(said(nothing, after, check)).toEqual(['pass', habit]);
  });
});
