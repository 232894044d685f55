import { describe, expect, it } from 'vitest';
import type { Json } from '../model/json.ts';
import { refusesCaller, saysFailure } from './account-verdict.ts';

describe('an answer to an operation', () => {
  it.each<Json>([
    { code: 401, msg: '未登录' },
    { code: '40101', message: 'x' },
    { errcode: 40014, errmsg: 'invalid access_token' },
    { success: false, message: '登录已过期，请重新登录' },
    { status: 403, error: 'Forbidden' },
    { code: -1, msg: 'token is missing' },
    { code: 500, msg: '没有权限' },
  ])('refuses the caller: %j', (answer) => {
    expect(refusesCaller(answer)).toBe(true);
  });

  it.each<Json>([
    { code: 0, msg: 'token is missing in 3 rows' },
    { code: 200, data: [] },
    { code: 404, msg: 'no such item' },
    { id: 401, name: 'forbidden city' },
    { status: 'open', message: 'please hurry' },
    ['未登录'],
    null,
  ])('says nothing of the caller: %j', (answer) => {
    expect(refusesCaller(answer)).toBe(false);
  });
});

describe('an answer to a sign-in', () => {
  it.each<Json>([
    { code: 401, msg: '密码错误' },
    { code: 500, msg: '系统繁忙', data: null },
    { success: false },
    { errcode: 40013, errmsg: 'invalid corpid' },
    { code: 1, msg: '登录未成功' },
  ])('says that it failed: %j', (answer) => {
    expect(saysFailure(answer)).toBe(true);
  });

  it.each<Json>([
    { code: 0, msg: 'ok' },
    { code: 1, msg: '登录成功' },
    { code: 1, msg: 'welcome', data: { token: 'x' } },
    { code: 1, msg: 'welcome', accessToken: 'x' },
    { id: 7, name: 'patrol', status: 'active' },
    'welcome',
  ])('does not: %j', (answer) => {
    expect(saysFailure(answer)).toBe(false);
  });
});
