import { describe, expect, it } from 'vitest';
import { anOperation, planOf } from '../../test/support/plan-inputs.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { SourceSettings } from '../model/settings.ts';

function planWith(extension: Json, source: Partial<SourceSettings> = {}, key = 'GET /orders') {
  return planOf(anOperation(key, { extensions: { 'x-patrol': extension } }), source, {
    options: {
      readExpectation: (kind, settings) =>
        kind === 'status' ? { kind, settings } : `expects ${kind}, which is not known`,
    },
    credentials: { a: { name: 'a', scheme: 'bearer', options: {} } },
  });
}

describe('x-patrol in a document', () => {
  it('says what an entry of the config may say', () => {
    const plan = planWith({
      interval: '1h',
      timeout: { total: '30s' },
      latency: { p95: '500ms' },
      retries: 0,
      params: { tenant: 't1' },
      headers: { 'X-A': '1' },
      severity: 'critical',
      owners: 'zhangsan',
      credential: 'a',
      expect: { status: { in: [200] } },
    });
    expect(plan.problems).toEqual([]);
    expect(plan.checks[0]).toMatchObject({
      intervalMs: 3_600_000,
      timeouts: { connectMs: 3000, firstByteMs: 10_000, totalMs: 30_000 },
      latency: { p95Ms: 500 },
      retries: 0,
      request: { url: 'https://orders.internal/orders?tenant=t1', headers: { 'x-a': '1' } },
      severity: 'critical',
      owners: ['zhangsan'],
      credential: 'a',
      expectations: [
        { kind: 'status', settings: { in: [200] } },
        { kind: 'content-type' },
        { kind: 'schema' },
      ],
    });
  });

  it.each([
    ['x-owner', { 'x-owner': 'zhangsan' }, [], ['zhangsan']],
    ['x-owners', { 'x-owners': ['zhangsan', 'lisi'] }, [], ['zhangsan', 'lisi']],
    ['x-owner that is no name', { 'x-owner': { team: 1 } }, [], []],
    ['x-owner beside owners of the config', { 'x-owner': 'team' }, ['wangwu'], ['wangwu']],
    ['x-owner beside x-patrol', { 'x-owner': 'team', 'x-patrol': { owners: 'lisi' } }, ['wangwu'], ['lisi']],
  ])('knows an owner by %s', (_, extensions: JsonObject, configured, owners) => {
    const plan = planOf(anOperation('GET /orders', { extensions }), { owners: configured });
    expect(plan.checks[0]?.owners).toEqual(owners);
    expect(plan.problems).toEqual([]);
  });

  it('gives way to the config', () => {
    const overrides = [{ match: 'GET /orders', retries: 1, severity: 'minor' as const }];
    const plan = planWith(
      { retries: 0, severity: 'critical', params: { tenant: 'doc' } },
      { overrides, params: { tenant: 'config' } },
    );
    expect(plan.checks[0]).toMatchObject({
      retries: 1,
      severity: 'minor',
      request: { url: 'https://orders.internal/orders?tenant=config' },
    });
  });

  it.each<[extension: Json, key: string, expected: string]>([
    [{ safe: true }, 'POST /orders', 'called, repeatable'],
    [{ allow: true, body: { a: 1 } }, 'POST /orders', 'called, once'],
    [{ allow: true, idempotent: true }, 'PUT /orders', 'called, repeatable'],
    [{ safe: false }, 'GET /orders', 'unsafe-method: marked as not safe to call'],
    [{ allow: false }, 'GET /orders', 'unsafe-method: marked as not safe to call'],
    [{ skip: 'needs a browser' }, 'GET /orders', 'configured: needs a browser'],
    [{ timeout: '1s' }, 'GET /orders', 'called, repeatable'],
  ])('%j makes %s %s', (extension, key, expected) => {
    const { checks, skipped, problems } = planWith(extension, {}, key);
    expect(problems).toEqual([]);
    const found =
      checks[0] === undefined
        ? `${skipped[0]?.code}: ${skipped[0]?.reason}`
        : `called, ${checks[0].repeatable ? 'repeatable' : 'once'}`;
    expect(found).toBe(expected);
  });

  it.each<[extension: Json, message: string]>([
    ['yes', 'GET /orders: x-patrol is not a mapping; it is ignored'],
    [{ retrys: 1 }, 'GET /orders: x-patrol.retrys is not known, did you mean retries?; it is ignored'],
    [{ zzzzzzzzz: 1 }, 'GET /orders: x-patrol.zzzzzzzzz is not known; it is ignored'],
    [{ interval: 15 }, 'GET /orders: x-patrol.interval is not a duration such as 15m; it is ignored'],
    [{ interval: '5s' }, 'GET /orders: x-patrol.interval is outside 1m to 24h; it is ignored'],
    [
      { timeout: { all: '1s' } },
      'GET /orders: x-patrol.timeout is not a duration such as 5s, nor {connect, firstByte, total}; it is ignored',
    ],
    [{ latency: '2s' }, 'GET /orders: x-patrol.latency is not of the form {p95: 2s}; it is ignored'],
    [{ retries: 9 }, 'GET /orders: x-patrol.retries is not a whole number from 0 to 5; it is ignored'],
    [
      { params: ['a'] },
      'GET /orders: x-patrol.params is not a mapping of parameter names to values; it is ignored',
    ],
    [
      { headers: { a: 1 } },
      'GET /orders: x-patrol.headers is not a mapping of names to texts; it is ignored',
    ],
    [{ headers: 'a' }, 'GET /orders: x-patrol.headers is not a mapping of names to texts; it is ignored'],
    [{ severity: 'high' }, 'GET /orders: x-patrol.severity is not critical, major or minor; it is ignored'],
    [{ skip: 1 }, 'GET /orders: x-patrol.skip is neither true, false nor a reason; it is ignored'],
    [{ allow: 'yes' }, 'GET /orders: x-patrol.allow is not true or false; it is ignored'],
    [{ safe: 'yes' }, 'GET /orders: x-patrol.safe is not true or false; it is ignored'],
    [{ idempotent: 1 }, 'GET /orders: x-patrol.idempotent is not true or false; it is ignored'],
    [{ owners: [1] }, 'GET /orders: x-patrol.owners is not a list of user ids; it is ignored'],
    [{ credential: 1 }, 'GET /orders: x-patrol.credential is not the name of a credential; it is ignored'],
    [
      { expect: [] },
      'GET /orders: x-patrol.expect is not a mapping of expectations to their settings; it is ignored',
    ],
    [
      { expect: { speed: {} } },
      'GET /orders: x-patrol.expect expects speed, which is not known; it is ignored',
    ],
  ])('that is wrong is reported and left out: %j', (extension, message) => {
    const { checks, problems } = planWith(extension);
    expect(problems).toEqual([
      {
        severity: 'warning',
        code: 'x-patrol',
        message,
        file: 'docs/orders.yaml',
        pointer: '/paths/~1orders/get',
      },
    ]);
    expect(checks).toHaveLength(1);
  });
});
