import { describe, expect, it, test } from 'vitest';
import { judgeContext, makeAnswer } from '../../../test/support/answers.ts';
import { makeCheck } from '../../../test/support/check-harness.ts';
import type { Check } from '../../model/check.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';
import { expectations } from '../expectations/registry.ts';
import { heldTo, judge } from '../judge.ts';
import { failures } from './known.fixture.ts';

function checkOf(examples: readonly Json[], schema?: JsonSchema): Check {
  const promises = [{ status: '200', contentTypes: [], examples, ...(schema && { schema }) }];
  return makeCheck('http://a.example', '/last', { promises });
}

function verdictOf(body: Json, check: Check, context = judgeContext()): string {
  const answer = makeAnswer({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  return judge(answer, check, heldTo(check, expectations), context).verdict;
}

function schemaOf(body: Json): JsonObject {
  const typed = (one: Json): JsonObject =>
    typeof one === 'object'
      ? {}
      : { type: typeof one === 'number' ? 'number' : typeof one === 'string' ? 'string' : 'boolean' };
  const entries = Object.entries(isObject(body) ? body : {});
  return { properties: Object.fromEntries(entries.map(([name, one]) => [name, typed(one)])) };
}

describe('what the document shows as the answer of a success', () => {
  test.each<Json>([
    { code: 137, message: 'killed' },
    { success: false, errors: ['nozzle dirty'], checkedAt: '2026-01-01' },
    { success: false, errors: [{ line: 1, message: 'x' }] },
    { success: false, message: 'exit 1' },
    { ok: false, error: 'timeout', target: 'db' },
    { code: 86, message: '您好' },
    { code: 404, msg: 'Not Found' },
    { status: 404, title: 'Not Found', description: 'The page is missing' },
    { status: 'error', message: 'bulb broken' },
    { errno: 2, errmsg: 'ENOENT' },
    { code: 2, data: null, message: '暂无' },
  ])('is one: %j', (body) => {
    expect(verdictOf(body, checkOf([body]))).toBe('pass');
    expect(verdictOf(body, checkOf([], { ...schemaOf(body), example: body }))).toBe('pass');
  });

  test.each<[string, readonly Json[], Json]>([
    ['another code', [{ code: 137, message: 'killed' }], { code: 500, message: 'x failed' }],
    [
      'without what it is about',
      [{ success: false, errors: ['nozzle dirty'], checkedAt: '2026-01-01' }],
      { success: false, message: 'boom' },
    ],
    ['beside a success', [{ status: 'success', x: 1 }, { status: 'error' }], { status: 'error' }],
    ['a refusal that was recorded', [{ code: 401, msg: '未登录' }], { code: 401, msg: '未登录' }],
    ['a broken server that was recorded', [{ code: 500, msg: '系统异常' }], { code: 500, msg: '系统异常' }],
    [
      'a failure in place of data',
      [{ code: 500, msg: '操作失败', data: null }],
      { code: 500, msg: '操作失败', data: null },
    ],
  ])('is no other failure: %s', (_, shown, body) => {
    expect(verdictOf(body, checkOf(shown))).not.toBe('pass');
  });
});

describe('what an answer is about', () => {
  const changes: readonly (readonly [Json, Json, Json])[] = [
    [
      { target: 'db', ok: true, latencyMs: 3, error: null },
      { target: 'db', ok: false, error: 'timeout', latencyMs: 3000 },
      { ok: false, error: 'timeout', target: null },
    ],
    [
      { lastRun: '2026-11-29', success: true, error: null },
      { lastRun: '2026-11-29', success: false, error: 'tape full' },
      { success: false, error: 'no database' },
    ],
    [
      { orderNo: 'A1', status: 'paid', errorCode: null, errorMsg: null },
      { orderNo: 'A1', status: 'failed', errorCode: 'E77', errorMsg: '库存不足' },
      { orderNo: '', status: 'failed', errorCode: 'E77', errorMsg: '查询失败' },
    ],
    [
      { refundNo: 'R1', resultCode: 'SUCCESS', resultMsg: '退款成功' },
      { refundNo: 'R1', resultCode: 'FAIL', resultMsg: '账户异常' },
      { resultCode: 'FAIL', resultMsg: '系统异常' },
    ],
    [
      { id: 7, success: true, message: 'done' },
      { id: 8, success: false, message: 'tests red' },
      { id: 0, success: false, message: 'no such deploy' },
    ],
  ];

  test.each(changes)('may be in a bad state: %j', (good, bad, failed) => {
    const described = checkOf([], schemaOf(good));
    const shown = checkOf([good], schemaOf(good));
    const undescribed = checkOf([]);
    const context = judgeContext();
    expect(verdictOf(good, undescribed, context)).toBe('pass');
    expect(verdictOf(bad, undescribed, context)).toBe('pass');
    expect(verdictOf(failed, undescribed, context)).toBe('fail');
    expect([described, shown].map((check) => verdictOf(bad, check))).toEqual(['pass', 'pass']);
    expect([described, shown].map((check) => verdictOf(failed, check))).toEqual(['fail', 'fail']);
  });

  it.each<[string, Json, Json]>([
    [
      'a tenant beside data',
      { code: 0, msg: 'ok', tenant: 'T1', data: { id: 1 } },
      { code: 500, msg: 'boom', tenant: 'T1', data: null },
    ],
    [
      'one of many fields',
      { success: true, error: null, orderNo: 'A1', payUrl: 'x', expires: 5 },
      { success: false, error: 'gateway down', orderNo: 'A1' },
    ],
    [
      'a refusal',
      { lastRun: '2026-11-29', success: true, error: null },
      { lastRun: '2026-11-29', success: false, error: 'token expired' },
    ],
    [
      'a documented code',
      { code: 0, msg: 'ok', orderId: 'A1' },
      { code: 500, msg: 'boom failed', orderId: 'A1' },
    ],
  ])('and a call fails still: %s', (_, good, failed) => {
    expect(verdictOf(failed, checkOf([good], schemaOf(good)))).not.toBe('pass');
  });

  test.each(failures)('a failure of %s is seen after good answers of its own', (_, body) => {
    const check = checkOf([], { properties: { userName: { type: 'string' }, balance: { type: 'number' } } });
    const context = judgeContext();
    expect(verdictOf({ userName: 'a', balance: 3 }, check, context)).toBe('pass');
    expect(verdictOf(body, check, context)).not.toBe('pass');
  });
});
