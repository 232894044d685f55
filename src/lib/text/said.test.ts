import { expect, it } from 'vitest';
import { saidIn } from './said.ts';

it.each([
  ['{"code":401,"msg":"未登录","data":null}', '未登录'],
  ['{"retCode":"7","retMsg":"余额不足","desc":"账户"}', '余额不足'],
  ['{"error":{"code":"E7","message":"no such tenant"}}', 'no such tenant'],
  ['{"errors":[{"detail":"page must be positive"}]}', 'page must be positive'],
  ['{"status":400,"title":"Bad Request","detail":"missing tenantId"}', 'missing tenantId'],
  ['{"list":[]}', '{"list":[]}'],
  ['{"message":"cut in the mid', '{"message":"cut in the mid'],
  ['<!doctype html><html><head><title>502 Bad\n Gateway</title></head>', '502 Bad Gateway'],
  ['<html><body><h1>Whitelabel Error Page</h1>', 'Whitelabel Error Page'],
  ['<html><body><p>nothing to see</p></body>', undefined],
  ['<error><code>7</code><text>no key</text></error>', '7 no key'],
  ['  Not found\r\n\r\n', 'Not found'],
  ['\u001b[31mred\u0007', '[31mred'],
  ['{"code":0,"message":"success","data":null}', undefined],
  ['{"code":0,"msg":"操作成功！","data":[1]}', undefined],
  ['{"code":0,"msg":"操作未成功"}', '操作未成功'],
  ['Query successful.', undefined],
  ['not successful', 'not successful'],
  ['ok', undefined],
  ['', undefined],
])('%j says %j', (body, said) => {
  expect(saidIn(body)).toBe(said);
});

it('is no longer than a line that can be read', () => {
  expect(Buffer.byteLength(saidIn('系'.repeat(5000)) ?? '')).toBeLessThanOrEqual(300);
});
