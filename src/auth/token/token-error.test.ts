import { expect, it } from 'vitest';
import { tokenErrorOf } from './token-error.ts';

const retryOf = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  tokenErrorOf(
    'POST http://sso/token',
    { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) },
    0,
  ).retry.kind;

it.each<[number, unknown]>([
  [200, { code: 500, msg: '系统繁忙' }],
  [200, { code: 500, msg: '用户服务错误，请稍后重试' }],
  [200, { errcode: -1, errmsg: 'system error' }],
  [200, { code: -1, msg: 'token service busy' }],
  [200, { access_token: null }],
  [200, { code: 0, data: null }],
  [200, ''],
  [200, '<html>maintenance</html>'],
  [204, ''],
  [302, ''],
  [400, { error: 'temporarily_unavailable' }],
  [403, '<html>Forbidden: wrong password</html>'],
  [403, { message: 'Forbidden' }],
  [404, 'no route'],
  [404, { error: 'Not Found', path: '/token' }],
  [408, ''],
  [410, ''],
  [418, ''],
  [429, { message: 'too many logins, account is locked' }],
  [500, { error: 'Internal Server Error' }],
  [503, { message: 'user service is down' }],
])('an answer of %i %j is an outage', (status, body) => {
  expect(retryOf(status, body)).toBe('later');
});

it.each<[number, unknown]>([
  [400, { error: 'invalid_grant' }],
  [400, 'no'],
  [401, { error: 'invalid_client' }],
  [401, ''],
  [401, '<html>401</html>'],
  [403, { error: 'access_denied' }],
  [403, { code: 403, message: '账号已被禁用' }],
  [500, { code: 500, msg: '用户不存在/密码错误' }],
  [200, { code: 500, msg: '用户名或密码错误' }],
  [200, { code: 401, msg: 'no' }],
  [200, { code: 1, message: 'Invalid username or password' }],
  [200, { success: false, error: { code: 7, message: 'The user name or password is incorrect' } }],
  [200, { error: 'incorrect_client_credentials' }],
])('an answer of %i %j refuses the account', (status, body) => {
  expect(retryOf(status, body)).toBe('refused');
});

it.each<[number, unknown]>([
  [200, { errcode: 40001, errmsg: 'invalid credential' }],
  [200, { errcode: 40013, errmsg: 'invalid corpid' }],
  [200, { errcode: '40091', errmsg: 'secret is invalid' }],
  [200, { code: 1, msg: '密码错误次数过多，账号已锁定' }],
  [401, { message: 'Your account has been banned' }],
  [200, { code: 1003, msg: '账号已被永久锁定' }],
  [200, { code: 1003, msg: '密码错误，账号已锁定' }],
])('an answer of %i %j speaks of a ban', (status, body) => {
  expect(retryOf(status, body)).toBe('sparingly');
});

it.each<[number, unknown]>([
  [200, { code: 1003, msg: '账号已被锁定' }],
  [200, { code: 1003, msg: '用户已锁定，请 10 分钟后再试' }],
  [401, { message: 'Your account has been locked' }],
  [403, { error: 'account is temporarily locked' }],
])('an answer of %i %j says that the account is locked for a while', (status, body) => {
  expect(retryOf(status, body)).toBe('locked');
});
