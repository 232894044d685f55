import { expect, test } from 'vitest';
import { judgeContext, makeAnswer } from '../../../test/support/answers.ts';
import { makeCheck } from '../../../test/support/check-harness.ts';
import { inEnglish } from '../../messages/in-language.ts';
import type { Check } from '../../model/check.ts';
import type { JudgeContext } from '../expectation.ts';
import { expectations } from '../expectations/registry.ts';
import { heldTo, judge } from '../judge.ts';
import { AlwaysThere } from './always.ts';

const upgrading = '<!DOCTYPE html><html><head><title>系统升级中</title></head><body>稍后再来</body></html>';
const pageNow = 'fail: the body is a page, as none before was: "系统升级中"';
const emptyNow = 'degraded: the body is empty, as none before was';

function checkOf(given: Partial<Check> = {}): Check {
  return makeCheck('http://a.example', '/healthz', { id: 'healthz', promises: [], ...given });
}

function said(body: string, check: Check, context: JudgeContext, type = 'text/plain'): string {
  const answer = makeAnswer({ body, headers: { 'Content-Type': type } });
  const { verdict, reason } = judge(answer, check, heldTo(check, expectations), context);
  return [verdict, inEnglish(reason.message)].filter((text) => text !== '').join(': ');
}

const plain = checkOf({ promises: [{ status: '200', contentTypes: ['text/plain'] }] });
const captured = [{ name: 'id', in: 'path', value: 1, origin: 'captured' }] as const;
const csv = 'a,b\n'.repeat(50);

test.each<[string, Check, readonly string[], number, string, string, string]>([
  ['a page', checkOf(), ['ok'], 10, 'text/html', upgrading, pageNow],
  ['a page that is said to be a text', checkOf(), ['ok'], 10, 'text/plain', upgrading, pageNow],
  ['a page where a text is documented', plain, ['11'], 10, 'text/html', upgrading, pageNow],
  ['a page in place of a table', checkOf(), [csv], 10, 'text/html', upgrading, pageNow],
  ['a page, too early', checkOf(), ['ok'], 9, 'text/html', upgrading, 'pass'],
  ['nothing', checkOf(), ['ok'], 20, 'text/plain', '', emptyNow],
  ['nothing but a line feed', checkOf(), ['ok\n'], 20, 'text/plain', '\n', emptyNow],
  ['nothing in place of a count', plain, ['11', '12'], 20, 'text/plain', '', emptyNow],
  ['nothing, too early', checkOf(), ['ok'], 19, 'text/plain', '', 'pass'],
  ['nothing in place of a long text, which may be a log', checkOf(), [csv], 40, 'text/plain', '', 'pass'],
  ['nothing where it was empty before', checkOf(), ['ok', 'ok', ''], 30, 'text/plain', '', 'pass'],
  ['nothing of what may be gone', checkOf({ values: captured }), ['ok'], 30, 'text/plain', '', 'pass'],
  ['another text', checkOf(), ['ok'], 30, 'text/plain', 'degraded: <b>', 'pass'],
])('texts, then %s', (_, check, before, times, type, now, expected) => {
  const context = judgeContext();
  for (let at = 0; at < times; at++)
    expect(said(before[at % before.length] ?? '', check, context)).toBe('pass');
  expect(said(now, check, context, type)).toBe(expected);
  if (expected === 'pass') return;
  // For as long as it is so, and after a restart.
  const next = { ...context, always: new AlwaysThere(context.always.news()) };
  expect(said(now, check, next, type)).toBe(expected);
  expect(said(before[0] ?? '', check, next)).toBe('pass');
});

test('pages are usual where there was one', () => {
  const [check, context] = [checkOf(), judgeContext()];
  for (const body of ['ok', upgrading, ...Array.from({ length: 18 }, () => 'ok'), upgrading])
    expect(said(body, check, context, body === 'ok' ? 'text/plain' : 'text/html')).toBe('pass');
});

test('a page that the document names is none of these', () => {
  const page = checkOf({ promises: [{ status: '200', contentTypes: ['text/html', 'text/plain'] }] });
  const context = judgeContext();
  for (let at = 0; at < 12; at++) said('ok', page, context);
  expect(said(upgrading, page, context, 'text/html')).toBe('pass');
});
