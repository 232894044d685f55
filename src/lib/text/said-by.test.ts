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

test.each<[string, string | undefined]>([
  ['{"id":7,"title":"Lamp","description":"A fine lamp","price":"12 EUR"}', undefined],
  ['{"title":"Lamp","status":"on sale","price":"12 EUR"}', undefined],
  ['{"code":"SKU-7","title":"Lamp","name":"Lamp","description":"fine","price":1}', undefined],
  ['[{"id":7,"title":"Lamp"},{"id":8,"message":"hello"}]', undefined],
  ['[{"title":"Lamp"}]', undefined],
  ['{"id":7,"message":"hello","from":"Li Si","sentAt":"10:00"}', undefined],
  ['{"code":200,"data":{"title":"Lamp","message":"hello"}}', undefined],
  ['{"data":{"message":"hello"}}', undefined],
  ['{"name":"Lamp","details":{"reason":"gift"}}', undefined],
  ['{"code":500,"msg":"系统繁忙","data":null}', '系统繁忙'],
  ['{"errno":7,"info":"no such shelf"}', 'no such shelf'],
  ['{"status":"error","error":{"code":5031,"message":"shard 3 lost"}}', 'shard 3 lost'],
  ['{"type":"about:blank","title":"Out of stock","status":409,"detail":"0 left"}', '0 left'],
  ['{"message":"in maintenance"}', 'in maintenance'],
  ['in maintenance', 'in maintenance'],
])('of %j with a status of success it says %j', (excerpt, said) => {
  expect(saidBy({ verdict: 'fail', status: 200, evidence: { excerpt } })).toBe(said);
});
