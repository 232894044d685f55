import { describe, expect, it } from 'vitest';
import {
  aDocument,
  anOperation,
  aParameter,
  aService,
  planFor,
  planOf,
} from '../../../test/support/plan-inputs.ts';
import type { Operation, Parameter } from '../../model/document.ts';
import type { JsonSchema } from '../../model/json.ts';
import type { Json } from '../../model/json.ts';
import type { ServiceSettings } from '../../model/settings.ts';

function check(
  parameters: readonly Parameter[],
  service: Partial<ServiceSettings> = {},
  key = 'GET /orders',
) {
  return planOf(anOperation(key, { parameters }), service).checks[0];
}

function query(parameter: Parameter, service: Partial<ServiceSettings> = {}): string {
  const made = check([parameter], service);
  const origin = made?.values[0]?.origin;
  return `${new URL(made?.request.url ?? 'x:').search}${origin === undefined ? '' : ` ${origin}`}`;
}

describe('the value of a parameter', () => {
  it.each<[says: string, given: Partial<Parameter>, service: Partial<ServiceSettings>, expected: string]>([
    [
      'from the operation',
      { examples: ['x'] },
      { params: { q: 'service' }, overrides: [{ match: 'GET /*', params: { q: 'own' } }] },
      '?q=own config',
    ],
    ['from the source', { examples: ['x'] }, { params: { q: 'service' } }, '?q=service config'],
    ['an example', { examples: ['x', 'y'] }, {}, '?q=x example'],
    ['the default before an example', { examples: ['x'], schema: { default: 'z' } }, {}, '?q=z default'],
    ['the choice that is shown', { examples: ['b'], schema: { enum: ['a', 'b'] } }, {}, '?q=b example'],
    [
      'a choice rather than an example that is none',
      { examples: ['x'], schema: { enum: ['a'] } },
      {},
      '?q=a enum',
    ],
    [
      'a number as people write it',
      { schema: { type: 'integer', minimum: 1e21 } },
      {},
      '?q=1000000000000000000000 generated',
    ],
    ['of a type that nobody knows', { schema: { type: 'ref' } }, {}, '?q=a generated'],
    ['of a type of a language', { schema: { type: 'Long' } }, {}, '?q=1 generated'],
    [
      'found in spite of a look-ahead',
      {
        schema: {
          type: 'string',
          minLength: 1,
          maxLength: 256,
          pattern: String.raw`^(?!\s*[s|S][y|Y][s|S]\$).*$`,
        },
      },
      {},
      '?q=a generated',
    ],
    [
      'found for several look-aheads',
      { schema: { type: 'string', pattern: String.raw`^(?=.*[A-Z])(?=.*\d)[A-Za-z\d]{8,}$` } },
      {},
      '?q=Aa1Aa1Aa1Aa1 generated',
    ],
    ['no placeholder', { examples: ['<string>', '{{q}}', 'y'] }, {}, '?q=y example'],
    ['the default', { schema: { default: 'z' } }, {}, '?q=z default'],
    ['the first choice', { schema: { enum: ['a', 'b'] } }, {}, '?q=a enum'],
    ['made up', { schema: { type: 'integer' } }, {}, '?q=1 generated'],
    ['left out when it is optional', { required: false, examples: ['x'], schema: { default: 'z' } }, {}, ''],
    [
      'sent when it is optional and given',
      { required: false },
      { params: { q: ['a', 'b'] } },
      '?q=a&q=b config',
    ],
  ])('is %s', (_, given, service, expected) => {
    expect(query(aParameter('q', 'query', given), service)).toBe(expected);
  });

  it.each([
    ['q', Array.from({ length: 100_000 }, (_, at) => `e${at}`), '?q=e0 enum'],
    ['type', Array.from({ length: 20_000 }, () => 'delete'), ''],
  ])('of %s is found soon among very many', (name, values, expected) => {
    const started = process.cpuUsage();
    expect(query(aParameter(name, 'query', { schema: { enum: values } }))).toBe(expected);
    expect(process.cpuUsage(started).user).toBeLessThan(700_000);
  });

  it.each<[name: string, given: Partial<Parameter>, expected: string]>([
    ['limit', { required: false, schema: { type: 'integer' } }, '?limit=5 paging'],
    [
      'pageSize',
      { required: false, schema: { type: 'integer', minimum: 10, maximum: 100 } },
      '?pageSize=10 paging',
    ],
    ['page_size', { required: false, schema: { type: 'integer', maximum: 3 } }, '?page_size=3 paging'],
    [
      'per_page',
      { required: false, schema: { type: 'integer', enum: [100, 20, 50] } },
      '?per_page=20 paging',
    ],
    ['per_page', { required: false, schema: { enum: ['all'] } }, ''],
    ['limit', { required: false, schema: { type: 'string' } }, '?limit=5 paging'],
    ['limit', { required: false, schema: { type: 'string', pattern: '^x$' } }, ''],
    ['limit', { required: false, schema: { type: 'integer', multipleOf: 25 } }, ''],
    ['limit', { required: false, schema: { type: 'boolean' } }, ''],
    ['limit', { required: false, schema: false }, ''],
    ['page', { required: false, schema: { type: 'integer' } }, ''],
    ['pageNum', { schema: { type: 'integer' } }, '?pageNum=1 paging'],
    ['offset', { schema: { type: 'integer', minimum: 0 } }, '?offset=0 paging'],
    ['limit', { examples: [100] }, '?limit=100 example'],
    ['limit', { schema: { type: 'integer', default: 50 } }, '?limit=50 default'],
  ])('keeps pages small: %s %j', (name, given, expected) => {
    expect(query(aParameter(name, 'query', given))).toBe(expected);
  });

  it('sends what the config gives for one operation even when it is not documented', () => {
    const overrides = [{ match: 'GET /orders', params: { tenant: 't1' } }];
    expect(check([], { overrides, params: { other: 'x' } })?.request.url).toBe(
      'https://orders.internal/orders?tenant=t1',
    );
  });

  it('fills a variable of the path that no parameter describes', () => {
    const made = check([], {}, 'GET /orders/{orderId}');
    expect(made?.request.url).toBe('https://orders.internal/orders/1');
    expect(made?.values).toEqual([{ name: 'orderId', in: 'path', value: '1', origin: 'generated' }]);
  });

  it('says what is missing and how to give it', () => {
    const operation = anOperation('GET /orders/{code}', {
      parameters: [aParameter('code', 'path', { schema: { type: 'string', pattern: '^(?=x)y$' } })],
    });
    expect(planOf(operation).skipped[0]).toMatchObject({
      code: 'no-value',
      reason: 'no value for the required path parameter code is documented, and none could be made up',
      hint: 'services:\n  - name: orders\n    operations:\n      - match: GET /orders/{code}\n        params:\n          code: …',
    });
  });

  it('asks for JSON where the format may be chosen', () => {
    const format = aParameter('format', 'path', { schema: { enum: ['XML', 'JSON'], default: 'XML' } });
    expect(check([format], {}, 'GET /orders.{format}')?.request.url).toBe(
      'https://orders.internal/orders.JSON',
    );
    const responses = [{ status: '200', media: [{ contentType: 'text/csv', examples: [] }] }];
    const operation = anOperation('GET /orders.{format}', { parameters: [format], responses });
    expect(planOf(operation).checks[0]?.request.url).toBe('https://orders.internal/orders.XML');
  });

  it('asks for a recent window where one is required', () => {
    const parameters = [
      aParameter('startTime', 'query', { schema: { type: 'integer' } }),
      aParameter('endTime'),
    ];
    expect(check(parameters)?.request.url).toBe(
      'https://orders.internal/orders?startTime=1768348800&endTime=2026-01-15T00%3A00%3A00.000Z',
    );
  });

  it.each<[schema: JsonSchema, expected: string | undefined]>([
    [{ type: 'object', properties: { red: { type: 'integer' }, blue: { type: 'integer' } } }, '/x/red,1/y'],
    [
      { type: 'object', properties: { red: {}, blue: { type: 'integer' } }, required: ['blue'] },
      '/x/blue,1/y',
    ],
    [{ type: 'object' }, undefined],
    [{ type: 'array', items: { type: 'integer' } }, '/x/1/y'],
  ])('says something with a structure: %j', (schema, expected) => {
    const url = check([aParameter('it', 'path', { schema })], {}, 'GET /x/{it}/y')?.request.url;
    expect(url).toBe(expected === undefined ? undefined : `https://orders.internal${expected}`);
  });

  it('never leaves a segment of a path empty', () => {
    const empty = aParameter('id', 'path', { schema: { type: 'string', maxLength: 0 } });
    expect(planOf(anOperation('GET /orders/{id}', { parameters: [empty] })).skipped[0]?.code).toBe(
      'no-value',
    );
  });

  it('keeps the slashes of a value whose pattern spans segments', () => {
    const name = aParameter('name', 'path', { schema: { type: 'string', pattern: '^projects/[^/]+$' } });
    const made = planOf(anOperation('GET /v1/{name}', { parameters: [name] })).checks[0];
    expect(made?.request.url).toBe('https://orders.internal/v1/projects/a');
  });
});

describe('the headers of a request', () => {
  const headers = (
    parameters: readonly Parameter[],
    service: Partial<ServiceSettings> = {},
    given: Partial<Operation> = {},
  ) => planOf(anOperation('GET /orders', { parameters, ...given }), service).checks[0]?.request.headers;

  it('carry parameters, cookies and what the config adds', () => {
    const made = headers(
      [
        aParameter('X-Tenant', 'header'),
        aParameter('theme', 'cookie'),
        aParameter('lang', 'cookie', { examples: ['x;y'] }),
      ],
      {
        headers: { 'X-From': 'patrol' },
        overrides: [{ match: 'GET /*', headers: { 'User-Agent': 'mine' } }],
      },
    );
    expect(made).toEqual({
      accept: 'application/json, */*;q=0.1',
      'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5',
      'user-agent': 'mine',
      'x-tenant': 'a',
      cookie: 'theme=a; lang=x%3By',
      'x-from': 'patrol',
    });
  });

  it('leave out what a document must not describe as a parameter', () => {
    const made = headers([
      aParameter('Content-Type', 'header', { examples: ['text/css'] }),
      aParameter('User-Agent', 'header', { examples: ['curl'] }),
    ]);
    expect(made).not.toHaveProperty('content-type');
    expect(made?.['user-agent']).not.toBe('curl');
  });

  it('ask for what the request was written with, as it was written', () => {
    const written = 'application/vnd.orders.v2+json';
    expect(headers([aParameter('Accept', 'header', { examples: [written] })])?.['accept']).toBe(written);
    expect(headers([aParameter('Accept', 'header')])?.['accept']).toBe('application/json, */*;q=0.1');
  });

  it.each<[types: string[], accept: string]>([
    [['application/xml', 'application/json'], 'application/json, */*;q=0.1'],
    [
      ['application/vnd.api+json', 'application/json'],
      'application/vnd.api+json, application/json, */*;q=0.1',
    ],
    [['text/html', 'text/plain'], 'text/html, text/plain, */*;q=0.1'],
    [['*/*'], 'application/json, */*;q=0.1'],
    [[], 'application/json, */*;q=0.1'],
  ])('ask for what is promised: %j', (types, accept) => {
    const media = types.map((contentType) => ({ contentType, examples: [] }));
    const responses = [
      { status: '200', media },
      { status: '400', media: [{ contentType: 'text/css', examples: [] }] },
    ];
    expect(headers([], {}, { responses })?.['accept']).toBe(accept);
  });

  it('speak the language of the settings', () => {
    const plan = planFor({ documents: [aDocument([anOperation('GET /a')])], services: [aService()] });
    expect(plan.checks[0]?.request.headers['accept-language']).toBe('zh-CN,zh;q=0.9,en;q=0.5');
  });
});

describe('what is expected of an answer', () => {
  it('is what the document promises, and what settings replace or add', () => {
    const operation = anOperation('GET /a', {
      extensions: { 'x-patrol': { expect: { status: { in: [204] }, size: {} } } },
    });
    const service = {
      expect: [{ kind: 'size', settings: { max: 1 } }],
      overrides: [{ match: 'GET /a', expect: [{ kind: 'schema', settings: { off: true } }] }],
    };
    const status: Json = { in: [204] };
    expect(planOf(operation, service).checks[0]?.expectations).toEqual([
      { kind: 'status', settings: status },
      { kind: 'content-type', settings: {} },
      { kind: 'schema', settings: { off: true } },
      { kind: 'size', settings: { max: 1 } },
    ]);
  });

  it('holds schemas of JSON only', () => {
    const media = [
      { contentType: 'application/xml', schema: { type: 'string' }, examples: [] },
      { contentType: 'application/hal+json', schema: { type: 'object' }, examples: [] },
    ];
    expect(
      planOf(
        anOperation('GET /a', {
          responses: [
            { status: '2XX', media },
            { status: 'default', media: [] },
          ],
        }),
      ).checks[0]?.promises,
    ).toEqual([
      {
        status: '2XX',
        contentTypes: ['application/xml', 'application/hal+json'],
        schema: { type: 'object' },
      },
      { status: 'default', contentTypes: [] },
    ]);
  });
});
