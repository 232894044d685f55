import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import {
  aDocument,
  anOperation,
  aParameter,
  aService,
  planFor,
  planOf,
} from '../../../test/support/plan-inputs.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { ServiceSettings } from '../../model/settings.ts';

function planWith(extension: Json, service: Partial<ServiceSettings> = {}, key = 'GET /orders') {
  return planOf(anOperation(key, { extensions: { 'x-patrol': extension } }), service, {
    options: {
      readExpectation: (kind, settings) =>
        kind === 'status' ? { kind, settings } : { why: `expects ${kind}, which is not known` },
    },
    credentials: { a: { name: 'a', scheme: 'bearer', options: {} } },
  });
}

const beyond = 'If it is meant, write it into the configuration, under `operations` of the service.';
const untrusted = 'If whoever writes the document is to be trusted, set `docsTrusted: true` for the service.';

describe('x-patrol in a document', () => {
  it('says what narrows or fills in', () => {
    const extensions = {
      'x-patrol': {
        interval: '1h',
        timeout: { total: '5s' },
        latency: { p95: '500ms' },
        params: { tenant: 't1' },
        tags: ['core'],
        severity: 'critical',
        owners: 'zhangsan',
        expect: { status: { in: [200] } },
      },
    };
    const parameters = [aParameter('tenant')];
    const plan = planOf(anOperation('GET /orders', { extensions, parameters, tags: ['orders'] }));
    expect(plan.problems).toEqual([]);
    expect(plan.checks[0]).toMatchObject({
      intervalMs: 3_600_000,
      timeouts: { connectMs: 3000, firstByteMs: 10_000, totalMs: 5000 },
      latency: { p95Ms: 500 },
      request: { url: 'https://orders.internal/orders?tenant=t1' },
      values: [{ name: 'tenant', value: 't1', origin: 'example' }],
      tags: ['orders', 'core'],
      severity: 'critical',
      owners: ['zhangsan'],
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
    [
      'x-owner that is everybody',
      { 'x-owners': ['@all', 'all', '所有人', '<!channel>', 'lisi'] },
      [],
      ['lisi'],
    ],
    ['x-owner beside owners of the config', { 'x-owner': 'team' }, ['wangwu'], ['wangwu']],
    ['x-owner beside x-patrol', { 'x-owner': 'team', 'x-patrol': { owners: 'lisi' } }, ['wangwu'], ['lisi']],
  ])('knows an owner by %s', (_, extensions: JsonObject, configured, owners) => {
    const plan = planOf(anOperation('GET /orders', { extensions }), { owners: configured });
    expect(plan.checks[0]?.owners).toEqual(owners);
    expect(plan.problems).toEqual([]);
  });

  it.each<[uri: string, service: Partial<ServiceSettings>, counts: boolean]>([
    ['docs/orders.yaml', {}, true],
    ['https://orders.internal/openapi.json', {}, true],
    ['https://stranger.example/openapi.json', {}, false],
    ['https://git.example/team/docs.git#:orders.yaml', {}, false],
    ['git@git.example:team/docs.git#:orders.yaml', {}, false],
    ['https://stranger.example/openapi.json', { docsTrusted: true }, true],
    ['docs/orders.yaml', { docsTrusted: false }, false],
  ])('of %s with %j has a say in owners and severity: %s', (uri, service, counts) => {
    const operation = anOperation('GET /orders', {
      extensions: { 'x-owner': 'mallory', 'x-patrol': { severity: 'critical', owners: ['eve'] } },
    });
    const { checks, problems } = planFor({
      documents: [aDocument([operation], { uri })],
      services: [aService({ owners: ['wangwu'], ...service })],
    });
    expect(checks[0]).toMatchObject(
      counts ? { owners: ['eve'], severity: 'critical' } : { owners: ['wangwu'], severity: 'major' },
    );
    expect(problems.map(({ message, hint }) => [message, hint])).toEqual(
      counts
        ? []
        : ['x-owner', 'x-patrol.severity', 'x-patrol.owners'].map((key) => [
            `GET /orders: ${key} counts only in documents that the configuration trusts; it is ignored`,
            untrusted,
          ]),
    );
  });

  it('gives way to the config', () => {
    const overrides = [{ match: 'GET /orders', severity: 'minor' as const }];
    const extensions = { 'x-patrol': { severity: 'critical', params: { tenant: 'doc' } } };
    const plan = planOf(anOperation('GET /orders', { extensions, parameters: [aParameter('tenant')] }), {
      overrides,
      params: { tenant: 'config' },
    });
    expect(plan.checks[0]).toMatchObject({
      severity: 'minor',
      request: { url: 'https://orders.internal/orders?tenant=config' },
    });
  });

  it.each<[extension: Json, key: string, expected: string]>([
    [{ safe: false }, 'GET /orders', 'unsafe-method: marked as not safe to call'],
    [{ allow: false }, 'GET /orders', 'unsafe-method: marked as not safe to call'],
    [{ skip: 'needs a browser' }, 'GET /orders', 'configured: needs a browser'],
    [{ timeout: '1s' }, 'GET /orders', 'called'],
    [{ idempotent: false }, 'GET /orders', 'called'],
  ])('%j makes %s %s', (extension, key, expected) => {
    const { checks, skipped, problems } = planWith(extension, {}, key);
    expect(problems).toEqual([]);
    const found =
      checks[0] === undefined ? `${skipped[0]?.code}: ${inEnglish(skipped[0]?.reason ?? '')}` : 'called';
    expect(found).toBe(expected);
  });

  it.each<[extension: JsonObject, why: string]>([
    [{ allow: true }, 'whether it is called although it may change data'],
    [{ safe: true }, 'whether it is called although it may change data'],
    [{ idempotent: true }, 'whether a call that may change data is repeated'],
    [{ retries: 5 }, 'how often a call is repeated'],
    [{ headers: { Host: 'evil.example' } }, 'headers change what a request is'],
    [{ credential: 'a' }, 'who signs requests'],
    [{ baseUrl: 'https://evil.example' }, 'where requests go'],
    [{ hosts: ['evil.example'] }, 'where requests go'],
    [{ network: { internal: ['*'] } }, 'how requests get there'],
    [{ limits: { ratePerOrigin: 1000 } }, 'how much is asked of a server'],
    [{ docsTrusted: true }, 'whom to trust'],
  ])('cannot widen what is done: %j', (extension, why) => {
    for (const key of ['GET /orders', 'POST /orders', 'DELETE /orders/{id}']) {
      const plain = planWith({}, {}, key);
      const { checks, skipped, problems } = planWith(extension, {}, key);
      expect({ checks, skipped }).toEqual({ checks: plain.checks, skipped: plain.skipped });
      expect(problems.map(({ level: severity, message, hint }) => [severity, message, hint])).toEqual([
        [
          'warning',
          `${key}: x-patrol.${Object.keys(extension)[0]} is for the configuration alone to say (${why}); it is ignored`,
          beyond,
        ],
      ]);
    }
  });

  it('asks for nothing sooner and waits for nothing longer than the configuration', () => {
    const { checks, problems } = planWith({ interval: '1m', timeout: '1h' });
    expect(checks[0]).toMatchObject({ intervalMs: 900_000, timeouts: { totalMs: 15_000 } });
    expect(problems.map(({ message }) => message)).toEqual([
      'GET /orders: x-patrol.interval is for the configuration alone to say when it is shorter than 15m; it is ignored',
      'GET /orders: x-patrol.timeout is for the configuration alone to say when it is longer than 15s; it is ignored',
    ]);
  });

  it('gives no value to what is no parameter of the operation', () => {
    const { checks, problems } = planWith({ params: { _method: 'DELETE' } });
    expect(checks[0]?.request.url).toBe('https://orders.internal/orders');
    expect(inEnglish(problems[0]?.message ?? '')).toBe(
      'GET /orders: x-patrol.params gives "_method", which is no parameter of the operation; it is ignored',
    );
  });

  it('cannot put another question into the mouth of a query', () => {
    const query = { 'x-graphql': { query: '{ orders { id } }' }, 'x-patrol': { body: 'mutation { drop }' } };
    const { checks, problems } = planOf(anOperation('POST /graphql', { extensions: query }));
    expect(checks[0]?.request.body).toBe('{"query":"{ orders { id } }"}');
    expect(problems).toHaveLength(1);
  });

  it('is one problem however many operations say the same', () => {
    const extensions = { 'x-patrol': { allow: true } };
    const operations = ['a', 'b', 'c'].map((name) => anOperation(`POST /${name}`, { extensions }));
    const { problems } = planFor({ documents: [aDocument(operations)] });
    expect(problems.map(({ message }) => message)).toEqual([
      'POST /a and 2 more operations: x-patrol.allow is for the configuration alone to say (whether it is called although it may change data); it is ignored',
    ]);
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
    [
      { params: ['a'] },
      'GET /orders: x-patrol.params is not a mapping of parameter names to values; it is ignored',
    ],
    [{ severity: 'high' }, 'GET /orders: x-patrol.severity is not critical, major or minor; it is ignored'],
    [{ skip: 1 }, 'GET /orders: x-patrol.skip is neither true, false nor a reason; it is ignored'],
    [{ allow: 'yes' }, 'GET /orders: x-patrol.allow is not true or false; it is ignored'],
    [{ safe: 'yes' }, 'GET /orders: x-patrol.safe is not true or false; it is ignored'],
    [{ idempotent: 1 }, 'GET /orders: x-patrol.idempotent is not true or false; it is ignored'],
    [{ owners: [1] }, 'GET /orders: x-patrol.owners is not a list of user ids; it is ignored'],
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
        level: 'warning',
        code: 'x-patrol',
        message,
        file: 'docs/orders.yaml',
        pointer: '/paths/~1orders/get',
      },
    ]);
    expect(checks).toHaveLength(1);
  });
});
