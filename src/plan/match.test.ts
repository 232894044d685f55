import { describe, expect, it } from 'vitest';
import { anOperation, planOf } from '../../test/support/plan-inputs.ts';
import type { OverrideSettings } from '../model/settings.ts';
import { operationMatcher } from './match.ts';

describe('a match', () => {
  it.each([
    ['GET /orders', 'GET /orders', true],
    ['get /orders', 'GET /orders', true],
    ['GET /orders', 'HEAD /orders', false],
    ['GET /orders', 'GET /orders/{id}', false],
    ['GET /orders/{orderId}', 'GET /orders/{id}', true],
    ['/orders', 'POST /orders', true],
    ['* /orders', 'POST /orders', true],
    ['GET,HEAD /orders', 'HEAD /orders', true],
    ['GET|HEAD /orders', 'POST /orders', false],
    ['* /orders/**', 'GET /orders', true],
    ['* /orders/**', 'GET /orders/{id}/items', true],
    ['* /orders/**', 'GET /orders-old', false],
    ['* /**/items', 'GET /orders/{id}/items', true],
    ['GET /orders/*', 'GET /orders/{id}', true],
    ['GET /orders/*', 'GET /orders/{id}/items', false],
    ['GET /orders*', 'GET /orders/{id}', true],
    ['GET /*/{id}', 'GET /orders/{orderId}', true],
    ['GET *', 'GET /a/b/c', true],
    ['GET /a.b', 'GET /axb', false],
    ['GET /orders(x)+', 'GET /orders(x)+', true],
    ['operationId:getOrder', 'GET /x', true],
    ['operationId:getorder', 'GET /x', false],
    ['tag:订单', 'GET /x', true],
    ['tag:users', 'GET /x', false],
  ])('%s of %s is %s', (pattern, key, expected) => {
    const operation = anOperation(key, { operationId: 'getOrder', tags: ['orders', '订单'] });
    expect(operationMatcher(pattern)(operation)).toBe(expected);
  });

  it.each([
    ['GET /query', undefined, true],
    ['GET /query', 3, true],
    ['GET /query #3', 3, true],
    ['GET /query #3', 2, false],
    ['GET /query #1', 1, true],
    ['GET /query #1', undefined, true],
    ['GET /query #2', undefined, false],
    ['* /** #2', 2, true],
  ])('%s of the operation with number %s on its path is %s', (pattern, ordinal, expected) => {
    const operation = anOperation('GET /query', ordinal === undefined ? {} : { ordinal });
    expect(operationMatcher(pattern)(operation)).toBe(expected);
  });

  it.each([
    ['operationId:getOrderr', 'did you mean "operationId:getOrder"?'],
    ['tag:order', 'did you mean "tag:orders"?'],
    ['GET /something/else', 'apipatrol scan lists the operations'],
  ])('%s that fits nothing says what was meant', (match, hint) => {
    const operation = anOperation('GET /orders', { operationId: 'getOrder', tags: ['orders'] });
    const position = (at?: string) => planOf(operation, { overrides: [{ match, at }] }).problems[0];
    expect(position()).toMatchObject({ hint });
    expect(position('my.yaml')).toMatchObject({ file: 'my.yaml' });
    expect(position('C:\\my.yaml:3')).toMatchObject({ file: 'C:\\my.yaml', line: 3 });
  });

  it('is not asked for while a service has no operations at all', () => {
    const operation = anOperation('GET /orders');
    const plan = planOf(operation, { name: 'empty', overrides: [{ match: 'GET /x' }] });
    expect(plan).toEqual({ checks: [], skipped: [], problems: [] });
  });

  it('lets a later entry win over an earlier one, key by key', () => {
    const overrides: readonly OverrideSettings[] = [
      { match: '* /**', retries: 0, headers: { a: '1', b: '1' }, timeouts: { totalMs: 5 } },
      {
        match: 'GET /orders',
        headers: { B: '2' },
        timeouts: { connectMs: 1 },
        latency: { p95Ms: 9 },
        intervalMs: 60_000,
        owners: ['li'],
      },
    ];
    const check = planOf(anOperation('GET /orders'), { overrides }).checks[0];
    expect(check).toMatchObject({
      retries: 0,
      request: { headers: { a: '1', b: '2' } },
      timeouts: { connectMs: 1, firstByteMs: 10_000, totalMs: 5 },
      latency: { p95Ms: 9 },
      intervalMs: 60_000,
      owners: ['li'],
    });
  });
});
