import { expect, test } from 'vitest';
import { judgeContext, makeAnswer } from '../../../test/support/answers.ts';
import { makeCheck } from '../../../test/support/check-harness.ts';
import { inEnglish } from '../../messages/in-language.ts';
import type { Check } from '../../model/check.ts';
import type { Json, JsonSchema } from '../../model/json.ts';
import { expectations } from '../expectations/registry.ts';
import { heldTo, judge } from '../judge.ts';
import { AlwaysThere } from './always.ts';

const rows: JsonSchema = {
  type: 'array',
  items: { type: 'object', properties: { id: { type: 'string' }, no: { type: 'string' } } },
};
const schema: JsonSchema = {
  type: 'object',
  properties: {
    code: { type: 'integer' },
    data: { type: 'object', properties: { total: { type: 'integer' }, rows } },
  },
};
const promises = [{ status: '200', contentTypes: ['application/json'], schema }];
const captured = [{ name: 'id', in: 'query', value: '7', origin: 'captured', from: 'GET /a' }] as const;
const kept = captured.map((one) => ({ ...one, isKept: true as const }));
const byStatus = (data: Json): Json => ({ status: 1, info: 'ok', data });
const good = (data: Json): Json => ({ code: 200, msg: 'ok', data });
const full = good({ total: 2, rows: [1, 2].map((id) => ({ id: `${id}`, no: 'A' })) });
const me = good({ total: 1, name: 'x' });

function checkOf(id: string, given: Partial<Check> = {}): Check {
  return makeCheck('http://a.example', `/${id}`, { id, promises, ...given });
}

function said(body: Json, check: Check, context = judgeContext()): string {
  const { verdict, reason } = judge(makeAnswer({ body }), check, heldTo(check, expectations), context);
  return [verdict, inEnglish(reason.message)].filter((text) => text !== '').join(': ');
}

const gone = (field: string): string =>
  `degraded: no longer there: ${field}, which the document describes and all answers before had`;

test.each<[string, number, Json, string]>([
  ['a list', 20, good({ total: 2 }), gone('/data/rows')],
  ['a count beside a list', 20, good({ rows: [{ id: '1', no: 'A' }] }), gone('/data/total')],
  [
    'a field of all records',
    20,
    good({ total: 2, rows: [{ id: '1' }, { id: '2' }] }),
    gone('/data/rows/*/no'),
  ],
  ['a field of all records, too early', 19, good({ total: 2, rows: [{ id: '1' }, { id: '2' }] }), 'pass'],
  ['a field of one record', 20, good({ total: 2, rows: [{ id: '1' }, { id: '2', no: '' }] }), 'pass'],
  ['a field of the only record', 20, good({ total: 1, rows: [{ id: '1' }] }), 'pass'],
  ['the id of all records', 5, good({ total: 2, rows: [{ no: 'A' }, { no: 'B' }] }), gone('/data/rows/*/id')],
  ['the id of all records, too early', 4, good({ total: 2, rows: [{ no: 'A' }, { no: 'B' }] }), 'pass'],
  ['the id of one record', 20, good({ total: 2, rows: [{ no: 'A' }, { id: '2', no: 'B' }] }), 'pass'],
  ['the id of the only record', 19, good({ total: 1, rows: [{ no: 'A' }] }), 'pass'],
  ['nothing of an empty list', 20, good({ total: 0, rows: [] }), 'pass'],
  ['a list, too early', 19, good({ total: 2 }), 'pass'],
])('what only a schema describes is gone: %s', (_, times, now, expected) => {
  const [check, context] = [checkOf('orders'), judgeContext()];
  for (let at = 0; at < times; at++) expect(said(full, check, context)).toBe('pass');
  expect(said(now, check, context)).toBe(expected);
  expect(said(full, check, context)).toBe('pass');
});

test.each<[string, string]>([
  ['orderNo', gone('/*/orderNo')],
  ['couponId', 'pass'],
])('records without an `id` are known by the first of theirs: without %s', (lost, expected) => {
  const properties = { orderNo: {}, amount: {}, couponId: {} };
  const list: JsonSchema = { type: 'array', items: { type: 'object', properties } };
  const described = [{ status: '200', contentTypes: ['application/json'], schema: list }];
  const [check, context] = [checkOf('orders', { promises: described }), judgeContext()];
  const records = [1, 2].map((n) => ({ orderNo: `A${n}`, amount: n, couponId: n }));
  for (let at = 0; at < 5; at++) expect(said(records, check, context)).toBe('pass');
  const without = records.map((one) =>
    Object.fromEntries(Object.entries(one).filter(([name]) => name !== lost)),
  );
  expect(said(without, check, context)).toBe(expected);
});

test('what another record has not is not gone', () => {
  const [check, context] = [checkOf('order', { values: captured }), judgeContext()];
  for (let at = 0; at < 25; at++) expect(said(full, check, context)).toBe('pass');
  expect(said(good({ total: 2 }), check, context)).toBe('pass');
});

test.each<[string, Json, Partial<Check>, number, string]>([
  [
    'a record',
    me,
    {},
    10,
    'degraded: data is null, although the call succeeds: all answers before had something there',
  ],
  [
    'a page',
    full,
    {},
    10,
    'degraded: data is null, although the call succeeds: all answers before had something there',
  ],
  ['a record, too early', me, {}, 9, 'pass'],
  ['a list, which may be empty now', good([1]), { promises: [] }, 30, 'pass'],
  ['a record that may be gone', me, { values: kept }, 30, 'pass'],
  ['a record that a list names, too early', me, { values: captured }, 19, 'pass'],
  [
    'a record that a list names',
    me,
    { values: captured },
    20,
    'degraded: data is null, although the call succeeds: all answers before had something there',
  ],
])('null in place of %s', (_, before, given, times, expected) => {
  const [check, context] = [checkOf('me', given), judgeContext()];
  for (let at = 0; at < times; at++) expect(said(before, check, context)).toBe('pass');
  for (let at = 0; at < 2; at++) expect(said(good(null), check, context)).toBe(expected);
});

const noList = 'degraded: data is null, although the call succeeds: all answers before had a list there';
const wholeNull = 'degraded: the answer is null, and all before were lists';
const listed: JsonSchema = { type: 'object', properties: { code: {}, msg: {}, data: { type: 'array' } } };
const promised = [{ status: '200', contentTypes: ['application/json'], schema: listed }];

test.each<[string, readonly Json[], Partial<Check>, number, Json, string]>([
  ['a list', [good([1, 2])], {}, 20, good(null), noList],
  ['a documented list', [good([1, 2])], { promises: promised }, 20, good(null), noList],
  ['a list that was empty now and then', [good([1]), good([])], {}, 20, good(null), noList],
  ['a list of one, which may be empty now', [good([1, 2]), good([1])], {}, 40, good(null), 'pass'],
  ['a list, too early', [good([1, 2])], {}, 19, good(null), 'pass'],
  ['a list of what may be gone', [good([1, 2])], { values: captured }, 40, good(null), 'pass'],
  ['what was null before', [good([1, 2]), good(null)], {}, 40, good(null), 'pass'],
  ['the whole list', [[1, 2]], {}, 20, null, wholeNull],
  ['the whole list of one', [[1]], {}, 40, null, 'pass'],
])('null in place of %s, in many answers', (_, before, given, times, now, expected) => {
  const [check, context] = [checkOf('list', { promises: [], ...given }), judgeContext()];
  for (let at = 0; at < times; at++)
    expect(said(before[at % before.length] ?? null, check, context)).toBe('pass');
  for (let at = 0; at < 2; at++) expect(said(now, check, context)).toBe(expected);
  const next = { ...context, always: new AlwaysThere(context.always.news()) };
  expect(said(now, check, next)).toBe(expected);
});

test('an empty list in place of a filled one is usual', () => {
  const [check, context] = [checkOf('list', { promises: promised }), judgeContext()];
  for (let at = 0; at < 30; at++) expect(said(good([1, 2]), check, context)).toBe('pass');
  expect(said(good([]), check, context)).toBe('pass');
});

test.each<[string, Partial<Check>]>([
  ['undocumented', { promises: [] }],
  ['documented', {}],
])('null beside a status of success that is no usual one: %s', (_, given) => {
  const [check, context] = [checkOf('me', given), judgeContext()];
  for (let at = 0; at < 10; at++) expect(said(byStatus({ id: 1 }), check, context)).toBe('pass');
  for (let at = 0; at < 2; at++)
    expect(said(byStatus(null), check, context)).toBe(
      'degraded: data is null, although the call succeeds: all answers before had something there',
    );
  expect(said({ status: 0, info: '系统异常', data: null }, check, context)).toMatch(/^fail: status is 0/);
});

test('null in place of what was null before is usual', () => {
  const [check, context] = [checkOf('me'), judgeContext()];
  for (let at = 0; at < 60; at++) expect(said(at % 9 === 8 ? good(null) : me, check, context)).toBe('pass');
});

test('null wherever a service had something is told of all of them, and of none while one has', () => {
  const context = judgeContext();
  const checks = ['a', 'b', 'c'].map((id) => checkOf(id, { values: captured }));
  const [first, ...others] = checks;
  if (first === undefined) throw new Error('no check');
  for (let at = 0; at < 6; at++) for (const check of checks) said(me, check, context);
  for (let at = 0; at < 5; at++)
    for (const check of others) expect(said(good(null), check, context)).toBe('pass');
  const told = [1, 2, 3, 4].map(() => said(good(null), first, context));
  expect(told.map((text) => text.slice(0, 8))).toEqual(['pass', 'pass', 'degraded', 'degraded']);
  expect(said(good(null), checks[1] ?? first, context)).toMatch(/^degraded: data is null.*all operations/);
  said(me, first, context);
  expect(said(good(null), checks[1] ?? first, context)).toBe('pass');
});

test('how an operation was that is in the plan no longer says nothing of the others', () => {
  const context = judgeContext();
  const checks = ['a', 'b', 'c', 'd'].map((id) => checkOf(id, { promises: [] }));
  const left = checks.slice(0, 3);
  for (let at = 0; at < 6; at++) for (const check of checks) said(me, check, context);
  const tell = (): readonly string[] => left.map((check) => said(good(null), check, context).slice(0, 8));
  for (let at = 0; at < 4; at++) expect(tell()).toEqual(['pass', 'pass', 'pass']);
  context.always.follow(checks[0]?.service ?? '', new Set(left.map(({ id }) => id)));
  expect(tell()).toEqual(['degraded', 'degraded', 'degraded']);
});

test('null wherever a service had something is told where no document promises anything', () => {
  const context = judgeContext();
  const checks = ['a', 'b', 'c'].map((id) => checkOf(id, { promises: [] }));
  for (let at = 0; at < 6; at++) for (const check of checks) said(me, check, context);
  const told = [1, 2, 3].map(() => checks.map((check) => said(good(null), check, context).slice(0, 8)));
  expect(told.at(-1)).toEqual(['pass', 'pass', 'degraded']);
});

test.each<[Json, true | undefined]>([
  [[], true],
  [good([]), true],
  [good({ total: 0, page: 1, rows: [] }), true],
  [good(null), true],
  [good({ total: 1, rows: [{}] }), undefined],
  [good({ id: 7, tags: [] }), undefined],
  [good({ name: 'x', tags: [] }), undefined],
  [me, undefined],
])('%j holds nothing: %s', (body, expected) => {
  const check = checkOf('a', { promises: [] });
  const { verdict, isHollow } = judge(
    makeAnswer({ body }),
    check,
    heldTo(check, expectations),
    judgeContext(),
  );
  expect([verdict, isHollow]).toEqual(['pass', expected]);
});
