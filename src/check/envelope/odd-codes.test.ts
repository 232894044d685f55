import { describe, expect, test } from 'vitest';
import { judgeContext, makeAnswer } from '../../../test/support/answers.ts';
import { makeCheck } from '../../../test/support/check-harness.ts';
import { inEnglish } from '../../messages/in-language.ts';
import type { Json } from '../../model/json.ts';
import { expectations } from '../expectations/registry.ts';
import { heldTo, judge } from '../judge.ts';

const check = makeCheck('http://a.example', '/', { promises: [{ status: '200', contentTypes: [] }] });

function said(body: Json, context = judgeContext()): string {
  const answer = makeAnswer({ body: JSON.stringify(body) });
  const { verdict, reason } = judge(answer, check, heldTo(check, expectations), context);
  return reason.message === '' ? verdict : inEnglish(reason.message);
}

describe('a code of its own, without data, and no word of a failure', () => {
  const bodies: readonly Json[] = [
    { code: 20_000, msg: '', data: [] },
    { code: 20_000, msg: null, data: null },
    { code: 1, msg: '暂无数据', data: [] },
    { code: 1, message: 'No data found', data: [] },
    { code: 'A00000', msg: '', data: {} },
    { ret: 1, msg: '', data: [] },
    { state: 1, message: '', data: [] },
  ];

  test.each(bodies)('is no failure: %j', (body) => {
    expect(said(body)).toBe('pass');
  });

  test('is one beside another code of success', () => {
    const context = judgeContext();
    expect(said({ code: 0, msg: '', data: [] }, context)).toBe('pass');
    expect(said({ code: 20_000, msg: '', data: [] }, context)).toBe('code is 20000, expected: 0 or 200');
  });

  test.each<[Json, string]>([
    [{ code: 1, msg: '余额不足', data: null }, 'code is 1 ("余额不足"), expected: 0 or 200'],
    [{ code: 50_008, msg: '', data: null }, 'code is 50008, expected: 0 or 200'],
    [{ code: -1, msg: '', data: null }, 'code is -1, expected: 0 or 200'],
  ])('is one by its words or its kind: %j', (body, expected) => {
    expect(said(body)).toBe(expected);
  });
});

describe('flags that are written as text or number', () => {
  test.each<[Json, Json, string]>([
    [
      { success: 'true', message: '', data: [] },
      { success: 'false', message: '系统繁忙', data: [] },
      'success is "false" ("系统繁忙"), expected: "true"',
    ],
    [{ success: 'true', data: [] }, { success: 'false', data: [] }, 'success is "false", expected: "true"'],
    [
      { success: 1, msg: '', data: [] },
      { success: 0, msg: '出错了', data: [] },
      'success is 0 ("出错了"), expected: 1',
    ],
    [
      { flag: 'Y', msg: '', data: [] },
      { flag: 'N', msg: '处理失败', data: [] },
      'flag is "N" ("处理失败"), expected: "Y"',
    ],
    [
      { result: 'Y', message: '', rows: [] },
      { result: 'N', message: '系统出错', rows: [] },
      'result is "N" ("系统出错"), expected: "SUCCESS" or "OK" or "0"',
    ],
    [
      { result: 'S', errMsg: '', data: [] },
      { result: 'F', errMsg: '数据库连接失败', data: [] },
      'result is "F" ("数据库连接失败"), expected: "SUCCESS" or "OK" or "0"',
    ],
    [
      { retFlag: 'S', retMsg: '成功', data: [] },
      { retFlag: 'F', retMsg: '失败', data: [] },
      'retFlag is "F" ("失败"), expected: "SUCCESS" or "OK" or "0"',
    ],
    [
      { error: 0, message: '', data: [] },
      { error: 1, message: '数据库错误', data: [] },
      'error is 1 ("数据库错误"), expected: 0',
    ],
    [
      { msgCode: 'SUC0000', msgInfo: '交易成功', body: {} },
      { msgCode: 'ERR9999', msgInfo: '系统异常', body: {} },
      'msgCode is "ERR9999" ("系统异常"), expected: "SUCCESS" or "OK" or "0"',
    ],
    [
      { errno: 0, errstr: '', data: {} },
      { errno: 102, errstr: 'db error', data: {} },
      'errno is 102 ("db error"), expected: 0 or 200',
    ],
    [
      { rtn: 0, msg: '', data: [] },
      { rtn: -10, msg: '内部异常', data: [] },
      'rtn is -10 ("内部异常"), expected: 0 or 200',
    ],
    [
      { status: { code: 2000, message: 'OK' }, data: [] },
      { status: { code: 5000, message: 'Server error' }, data: [] },
      'status.code is 5000 ("Server error"), expected: 0 or 200',
    ],
    [
      { head: { retCode: '0000', retMsg: '' }, body: {} },
      { head: { retCode: '9999', retMsg: '系统错误' }, body: {} },
      'head.retCode is "9999" ("系统错误"), expected: "0" or "200"',
    ],
  ])('%j succeeds and %j fails', (good, bad, expected) => {
    expect(said(good)).toBe('pass');
    expect(said(bad)).toBe(expected);
  });

  test.each<Json>([
    { name: 'n', flag: 'N', items: [{ id: 1 }] },
    { success: 0, failed: 2, total: 2, items: [] },
    { id: 7, gender: 'F', error: 0, remark: 'a' },
  ])('of a record are none: %j', (body) => {
    expect(said(body)).toBe('pass');
  });
});
