import { inEnglish, inLanguage } from '../../messages/in-language.ts';
import { expect, test } from 'vitest';
import { judgeContext, makeAnswer } from '../../../test/support/answers.ts';
import { makeCheck } from '../../../test/support/check-harness.ts';
import type { Check } from '../../model/check.ts';
import type { Json } from '../../model/json.ts';
import type { Answer, JudgeContext } from '../expectation.ts';
import { expectations } from '../expectations/registry.ts';
import { heldTo, judge, type Judgement } from '../judge.ts';
import { AlwaysThere } from './always.ts';

const example = { code: 0, msg: 'ok', data: { total: 2, rows: [{ id: 1, name: 'a', note: 'x' }] } };
const page = (...rows: readonly Json[]): Json => ({ code: 0, msg: 'ok', data: { total: 2, rows } });
const full = page({ id: 7, name: 'b', note: 'y', extra: 1 }, { id: 8, name: 'c', note: '', extra: 1 });
const times = (n: number, ...bodies: readonly Json[]): readonly Json[] =>
  Array.from({ length: n }, (_, at) => bodies[at % bodies.length] ?? {});
const gone = (list: string): string =>
  `degraded: no longer there: ${list}, which the document shows and all answers before had`;

function checkOf(shown: Json): Check {
  const promises = [{ status: '200', contentTypes: ['application/json'], examples: [shown] }];
  return makeCheck('http://a.example', '/orders', { id: 'orders', promises });
}

function said(body: Json, check: Check, context = judgeContext()): string {
  return sayOf(makeAnswer({ body }), check, context);
}

function judged(answer: Answer, check: Check, context: JudgeContext): Judgement {
  return judge(answer, check, heldTo(check, expectations), context);
}

function sayOf(answer: Answer, check: Check, context: JudgeContext): string {
  const { verdict, reason } = judged(answer, check, context);
  return [verdict, inEnglish(reason.message)].filter((text) => text !== '').join(': ');
}

test.each<[string, readonly Json[], Json, string]>([
  [
    'gone from all records',
    times(5, full),
    page({ id: 1, name: 'a' }, { id: 2, name: 'b' }),
    gone('/data/rows/*/note'),
  ],
  [
    'gone together with another one',
    times(5, full),
    page({ id: 1 }, { id: 2 }),
    gone('/data/rows/*/name, /data/rows/*/note'),
  ],
  ['gone after four answers', times(4, full), page({ id: 1, name: 'a' }, { id: 2, name: 'b' }), 'pass'],
  [
    'gone from one record of two',
    times(5, full),
    page({ id: 1, name: 'a' }, { id: 2, name: 'b', note: '' }),
    'pass',
  ],
  ['gone from the only record', times(5, full), page({ id: 1, name: 'a' }), 'pass'],
  ['of a list without records', times(5, full), page(), 'pass'],
  [
    'that some record came without',
    [...times(9, full), page({ id: 1, name: 'a' }, { id: 2, name: 'b', note: '' })],
    page({ id: 1, name: 'a' }, { id: 2, name: 'b' }),
    'pass',
  ],
  [
    'of records that have not come until now',
    [...times(9, page()), ...times(5, full)],
    page({ id: 1, name: 'a' }, { id: 2, name: 'b' }),
    gone('/data/rows/*/note'),
  ],
  [
    'that nothing documents',
    times(30, full),
    page({ id: 7, name: 'b', note: 'y' }, { id: 8, name: 'c', note: '' }),
    'pass',
  ],
  ['of what is no list', times(19, full), { code: 0, msg: 'ok', data: { rows: [] } }, 'pass'],
  [
    'of what is no list, after twenty',
    times(20, full),
    { code: 0, msg: 'ok', data: { rows: [] } },
    gone('/data/total'),
  ],
  ['that was never there', times(30, page({ id: 1 }, { id: 2 })), page({ id: 1 }, { id: 2 }), 'pass'],
])('a field that the example shows, %s', (_, before, now, expected) => {
  const [check, context] = [checkOf(example), judgeContext()];
  for (const body of before) expect(said(body, check, context)).toBe('pass');
  expect(said(now, check, context)).toBe(expected);
  // For as long as it is gone.
  expect(said(now, check, context)).toBe(expected);
  expect(said(full, check, context)).toBe('pass');
});

test('a refusal in the body says nothing of what good answers have', () => {
  const [check, context] = [checkOf(example), judgeContext()];
  for (const body of times(5, full)) said(body, check, context);
  expect(said({ code: 500, msg: '系统异常', data: null }, check, context)).toMatch(/^fail: code is 500/);
  expect(said(page({ id: 1, name: 'a' }, { id: 2, name: 'b' }), check, context)).toBe(
    gone('/data/rows/*/note'),
  );
});

const open = makeCheck('http://a.example', '/orders', {
  id: 'orders',
  values: [{ name: 'id', in: 'query', value: 1, origin: 'generated' }],
});
const login = '<!DOCTYPE html><html><head><title>Sign in</title></head></html>';
const busy = 'error: db down';
const pageInstead = 'fail: the body is a page and no longer JSON, as all answers before were: "Sign in"';
const busyInstead = 'fail: the body is no longer JSON, as all answers before were: "error: db down"';

function saidAs(type: string, body: unknown, context: JudgeContext): string {
  return sayOf(makeAnswer({ body, headers: { 'Content-Type': type } }), open, context);
}

test.each<[string, readonly unknown[], string, string, string]>([
  ['a page after five', times(5, full), 'text/html', login, pageInstead],
  ['a text after five', times(5, [1]), 'text/plain', busy, busyInstead],
  [
    'cut JSON after five',
    times(5, full),
    'text/plain',
    '{"code":0,"da',
    String.raw`fail: the body is JSON that breaks off after 13 bytes: "{\"code\":0,\"da"`,
  ],
  ['a page after four', times(4, full), 'text/html', login, 'pass'],
  ['a page among others', [full, busy, ...times(19, full)], 'text/html', login, 'pass'],
  ['a page after one long ago', [full, busy, ...times(20, full)], 'text/html', login, pageInstead],
  ['bare texts among numbers', [...times(9, 12)], 'text/plain', 'none', 'pass'],
  ['a file', times(9, full), 'application/vnd.ms-excel', 'PK', 'pass'],
  [
    'XML',
    times(5, full),
    'application/xml',
    '<a/>',
    'fail: the body is no longer JSON, as all answers before were: "<a/>"',
  ],
])('JSON that nobody documents, then %s', (_, before, type, now, expected) => {
  const context = judgeContext();
  for (const body of before) expect(saidAs('text/plain', body, context)).toBe('pass');
  expect(saidAs(type, now, context)).toBe(expected);
  if (expected === 'pass') return;
  // For as long as it is so, and after a restart.
  expect(saidAs(type, now, { ...context, always: new AlwaysThere(context.always.news()) })).toBe(expected);
  expect(saidAs('text/plain', full, context)).toBe('pass');
});

test('what was learnt goes on after a restart, also when the document shows more by then', () => {
  const always = new AlwaysThere();
  for (const body of times(5, full)) said(body, checkOf(example), { ...judgeContext(), always });
  const stored = always.news();
  always.adopt(stored);
  expect(always.news()).toEqual([]);
  const next = { ...judgeContext(), always: new AlwaysThere(stored) };
  const check = checkOf({ ...example, trace: 't' });
  expect(said(page({ id: 1, name: 'a' }, { id: 2, name: 'b' }), check, next)).toBe(gone('/data/rows/*/note'));
  expect(said({}, check, next)).toMatch(/^fail: code, data missing from the answer/);
});

test('is told in Chinese as well', () => {
  const context = judgeContext();
  for (const body of times(5, full)) said(body, checkOf(example), context);
  const answers = [page({ id: 1 }, { id: 2 }), { msg: 'ok' }, {}].map((body) => makeAnswer({ body }));
  const told = answers.map((answer) => judged(answer, checkOf(example), context).reason.message);
  expect(told.map((one) => inLanguage(one, 'zh'))).toEqual([
    '缺少字段 /data/rows/*/name、/data/rows/*/note：文档示例中有，此前的响应也一直都有',
    '响应中缺少 code、data，而此前的响应一直都有',
    '响应中缺少 code、data，而此前的响应一直都有',
  ]);
  expect(
    inLanguage(judged(makeAnswer({ body: {} }), checkOf(example), judgeContext()).reason.message, 'zh'),
  ).toBe('响应为空：连文档约定的 code 字段都没有');
});
