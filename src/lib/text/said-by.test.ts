import { expect, test } from 'vitest';
import { saidBy } from './said.ts';

test.each<[string, number, string, string | undefined]>([
  ['fail', 500, '{"error":"db down"}', 'db down'],
  ['fail', 500, '{"a":1}', '{"a":1}'],
  ['fail', 502, '<html><head><title>502 Bad Gateway</title></head>', '502 Bad Gateway'],
  ['blocked', 401, 'no token', 'no token'],
  ['fail', 200, '{"code":500,"msg":"系统异常"}', '系统异常'],
  ['fail', 200, '<!doctype html><title>Sign in</title>', 'Sign in'],
  ['fail', 200, '[{"name":"Li","phone":"138"}]', undefined],
  ['fail', 200, '{"data":[{"name":"Li"', undefined],
  ['degraded', 200, '{"message":"hi"}', undefined],
  ['fail', 200, '', undefined],
])('%s, HTTP %i: %s', (verdict, status, excerpt, expected) => {
  expect(saidBy({ verdict, status, evidence: { excerpt } })).toBe(expected);
});
