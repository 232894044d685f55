import { expect, test } from 'vitest';
import { judgeContext, makeAnswer } from '../../../test/support/answers.ts';
import { makeCheck } from '../../../test/support/check-harness.ts';
import { inEnglish } from '../../messages/in-language.ts';
import type { Check, FilledValue } from '../../model/check.ts';
import type { Json, JsonSchema } from '../../model/json.ts';
import { expectations } from '../expectations/registry.ts';
import { heldTo, judge } from '../judge.ts';
import { AlwaysThere } from './always.ts';

const record = { id: 7, name: 'a', roles: ['x'] };
const pages = { pages: [record], total: 1 };
const held: FilledValue = { name: 'id', in: 'query', value: '7', origin: 'captured', from: 'GET /a' };
const kept: FilledValue = { ...held, isKept: true };

function checkOf(promised: { readonly example?: Json; readonly schema?: JsonSchema }, value?: FilledValue) {
  const { example, schema } = promised;
  const examples = example === undefined ? [] : [example];
  const contentTypes = example === undefined && schema === undefined ? [] : ['application/json'];
  const promises = [{ status: '200', contentTypes, examples, ...(schema !== undefined && { schema }) }];
  return makeCheck('http://a.example', '/x', {
    id: 'x',
    promises,
    values: value === undefined ? [] : [value],
  });
}

function said(body: unknown, check: Check, context = judgeContext()): string {
  const answer = makeAnswer({ body, headers: { 'Content-Type': 'application/json' } });
  const { verdict, reason } = judge(answer, check, heldTo(check, expectations), context);
  return [verdict, inEnglish(reason.message)].filter((text) => text !== '').join(': ');
}

const noObject = 'fail: the answer is no longer an object, as all before were: []';
const noList = 'fail: the answer is no longer a list, as all before were: {}';

test.each<[string, Check, Json, number, unknown, string]>([
  ['an object, undocumented', checkOf({}), record, 10, [], noObject],
  ['an object that an example shows', checkOf({ example: pages }), pages, 10, [], noObject],
  ['a list, undocumented', checkOf({}), [record], 10, {}, noList],
  ['a list that an example shows', checkOf({ example: [record] }), [record], 10, {}, noList],
  ['an object, too early', checkOf({}), record, 9, [], 'pass'],
  [
    'an inner list',
    checkOf({ example: pages }),
    pages,
    20,
    { pages: {}, total: 1 },
    'degraded: /pages is no longer a list, as in all answers before: {}',
  ],
  [
    'an inner object',
    checkOf({}),
    { code: 0, message: 'ok', data: record },
    20,
    { code: 0, message: 'ok', data: [] },
    'degraded: /data is no longer an object, as in all answers before: []',
  ],
  [
    'an object that becomes a word',
    checkOf({}),
    { a: record },
    20,
    { a: 'x' },
    'degraded: /a is no longer an object, as in all answers before: "x"',
  ],
  ['an inner list, too early', checkOf({}), pages, 19, { pages: {}, total: 1 }, 'pass'],
  ['an inner list that is gone', checkOf({}), pages, 20, { pages: null, total: 1 }, 'pass'],
  ['an object of what may be gone', checkOf({}, kept), record, 30, [], 'pass'],
  ['an object of what a list names', checkOf({}, held), record, 30, [], noObject],
  [
    'no body',
    checkOf({ example: record }),
    record,
    10,
    '',
    'fail: the body is empty and no longer JSON, as all answers before were',
  ],
  [
    'no body, undocumented',
    checkOf({}),
    [record],
    10,
    '',
    'fail: the body is empty and no longer JSON, as all answers before were',
  ],
  ['no body, too early', checkOf({}), [record], 9, '', 'pass'],
  ['no body for what may be gone', checkOf({}, held), [record], 30, '', 'pass'],
])('another kind in place of %s', (_, check, before, times, now, expected) => {
  const context = judgeContext();
  for (let at = 0; at < times; at++) expect(said(before, check, context)).toBe('pass');
  for (let at = 0; at < 2; at++) expect(said(now, check, context)).toBe(expected);
  if (expected === 'pass') return;
  // After a restart as well.
  expect(said(now, check, { ...context, always: new AlwaysThere(context.always.news()) })).toBe(expected);
  expect(said(before, check, context)).toBe('pass');
});

test.each<[string, unknown, unknown]>([
  ['the whole', record, []],
  ['a part', { a: {}, b: 1 }, { a: [], b: 1 }],
  ['no body', record, ''],
])('has no habit once it has differed: %s', (_, usual, other) => {
  const [check, context] = [checkOf({}), judgeContext()];
  for (let at = 0; at < 60; at++) expect(said(at % 9 === 8 ? other : usual, check, context)).toBe('pass');
});

test('what a schema says is for the schema to say', () => {
  const schema = { type: 'object', properties: { a: { type: ['object', 'array'] } } };
  const [check, context] = [checkOf({ schema }), judgeContext()];
  for (let at = 0; at < 30; at++) expect(said({ a: {} }, check, context)).toBe('pass');
  expect(said({ a: [] }, check, context)).toBe('pass');
  expect(said([], check, context)).toMatch(/^fail: /);
});
