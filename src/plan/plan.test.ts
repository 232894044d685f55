import { atOnce } from '../lib/yielder.ts';
import { describe, expect, it } from 'vitest';
import {
  aDocument,
  anOperation,
  aParameter,
  aService,
  noon,
  planFor,
  planOf,
} from '../../test/support/plan-inputs.ts';
import { inEnglish } from '../messages/in-language.ts';
import { CredentialHosts } from './request/credential-hosts.ts';
import { makePlan, Planner, type PlanOptions } from './plan.ts';

describe('a plan', () => {
  it('makes one check of a safe operation, with everything the engine needs', () => {
    const schema = { $ref: '#/components/schemas/Order' };
    const operation = anOperation('GET /orders/{orderId}', {
      operationId: 'getOrder',
      summary: 'One order',
      tags: ['orders'],
      parameters: [aParameter('orderId', 'path', { schema: { type: 'integer' } })],
      responses: [{ status: '200', media: [{ contentType: 'application/json', schema, examples: [] }] }],
    });
    const schemas = { '#/components/schemas/Order': { type: 'object' } };
    const plan = planFor({ documents: [aDocument([operation], { schemas })] });
    expect(plan).toEqual({
      skipped: [],
      problems: [],
      checks: [
        {
          id: 'cd87ac6c93fada78',
          service: 'orders',
          documentId: 'orders:docs/orders.yaml',
          operation: 'GET /orders/{orderId}',
          operationId: 'getOrder',
          summary: 'One order',
          tags: ['orders'],
          owners: [],
          severity: 'major',
          signIn: {
            credential: 'orders',
            lines: 'credentials:\n  orders:\n    scheme: bearer\n    token: ${env:ORDERS_TOKEN}',
          },
          method: 'GET',
          origin: 'https://orders.internal',
          request: {
            method: 'GET',
            url: 'https://orders.internal/orders/1',
            headers: {
              accept: 'application/json, */*;q=0.1',
              'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5',
              'user-agent': 'apipatrol/1.2.3',
            },
          },
          values: [{ name: 'orderId', in: 'path', value: 1, origin: 'generated' }],
          expectations: [
            { kind: 'status', settings: {} },
            { kind: 'content-type', settings: {} },
            { kind: 'schema', settings: {} },
          ],
          promises: [{ status: '200', contentTypes: ['application/json'], schema }],
          schemas,
          dialect: '2020-12',
          repeatable: true,
          intervalMs: 900_000,
          timeouts: { connectMs: 3000, firstByteMs: 10_000, totalMs: 15_000 },
          retries: 2,
          latency: { p95Ms: 2000 },
        },
      ],
    });
  });

  it('is the same for the same input', () => {
    const documents = [
      aDocument([anOperation('GET /a'), anOperation('GET /b/{id}'), anOperation('POST /c')]),
    ];
    expect(planFor({ documents })).toEqual(planFor({ documents }));
  });

  it('leaves operations out that nobody asked for', () => {
    const documents = [
      aDocument([
        anOperation('GET /orders', { tags: ['orders'] }),
        anOperation('GET /orders/{id}', { tags: ['orders'] }),
        anOperation('GET /users', { tags: ['users'] }),
      ]),
    ];
    const called = (filter: object) =>
      planFor({ documents, options: { filter } }).checks.map(({ operation }) => operation);
    expect(called({ only: ['GET /orders*'] })).toEqual(['GET /orders', 'GET /orders/{id}']);
    expect(called({ only: ['GET /orders'], tags: ['orders'] })).toEqual(['GET /orders']);
    expect(called({ tags: ['users'] })).toEqual(['GET /users']);
    expect(called({ services: ['other'] })).toEqual([]);
  });

  it('calls the same request once when two documents describe it', () => {
    const one = aDocument([anOperation('GET /orders')]);
    const other = aDocument([anOperation('GET /orders')], {
      id: 'orders:docs/copy.json',
      uri: 'docs/copy.json',
    });
    const plan = planFor({ documents: [one, other] });
    expect(plan.checks).toHaveLength(1);
    expect(plan.skipped).toEqual([
      {
        service: 'orders',
        id: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
        documentId: 'orders:docs/copy.json',
        operation: 'GET /orders',
        tags: [],
        code: 'duplicate',
        reason: 'the same request as GET /orders of docs/orders.yaml',
      },
    ]);
  });

  it('keeps checks apart that share method and path on different hosts', () => {
    const on = (url: string, id: string) =>
      aDocument([anOperation('GET /health', { servers: [{ url }] })], { id });
    const plan = planFor({
      documents: [on('https://a.internal', 'orders:a'), on('https://b.internal', 'orders:b')],
      services: [{ ...aService(), baseUrl: undefined }],
    });
    expect(plan.checks.map(({ request }) => request.url)).toEqual([
      'https://a.internal/health',
      'https://b.internal/health',
    ]);
    expect(new Set(plan.checks.map(({ id }) => id)).size).toBe(2);
  });

  it('keeps the id of a check when the text around it changes', () => {
    const before = planOf(anOperation('GET /orders/{id}')).checks[0];
    const after = planFor({
      documents: [
        aDocument([
          anOperation('GET /new'),
          anOperation('GET /orders/{id}', { summary: 'New', tags: ['x'] }),
        ]),
      ],
    }).checks[1];
    expect(after?.id).toBe(before?.id);
  });

  it('says so of values for parameters that no operation has, and what was probably meant', () => {
    const operations = [
      anOperation('GET /orders', { parameters: [aParameter('page', 'query', { required: false })] }),
      anOperation('GET /orders/{id}'),
    ];
    const params = { pagee: 3, zone: 'eu', id: 7, page: 1 };
    const paramPlaces = { pagee: 'apipatrol.yaml:7:7' };
    const plan = planFor({
      documents: [aDocument(operations)],
      services: [aService({ params, paramPlaces })],
    });
    expect(plan.problems.map(({ file, line, column }) => [file, line, column])).toEqual([
      ['apipatrol.yaml', 7, 7],
      [undefined, undefined, undefined],
    ]);
    expect(
      plan.problems.map(({ code, message, hint }) =>
        [code, message, hint].map((one) => inEnglish(one ?? '')),
      ),
    ).toEqual([
      [
        'unknown-param',
        'params: no operation of service orders has a parameter pagee; its value is sent nowhere',
        'did you mean "page"?',
      ],
      [
        'unknown-param',
        'params: no operation of service orders has a parameter zone; its value is sent nowhere',
        'write it under the `operations` that take it: there it is sent although it is not documented',
      ],
    ]);
  });

  it('says so when settings match nothing, and what was probably meant', () => {
    const plan = planOf(anOperation('GET /orders'), {
      overrides: [{ match: 'GET /order', at: 'apipatrol.yaml:12:9', retries: 0 }],
    });
    expect(plan.problems).toEqual([
      {
        level: 'warning',
        code: 'matches-nothing',
        message: 'match "GET /order" fits no operation of service orders; its settings have no effect',
        file: 'apipatrol.yaml',
        line: 12,
        column: 9,
        hint: 'did you mean "GET /orders"?',
      },
    ]);
  });
});

describe('a planner', () => {
  const settings = {
    services: [aService(), aService({ name: 'users' })],
    credentials: {},
    language: 'en',
  } as const;
  const options = {
    now: noon,
    version: '1',
    satisfies: () => [],
    hosts: new CredentialHosts(settings.services, () => []),
    readExpectation: () => ({ why: 'none' }),
  };
  const orders = aDocument([anOperation('GET /orders'), anOperation('GET /orders/{id}')]);
  const users = aDocument([anOperation('GET /users')], { id: 'users:u.json', service: 'users' });

  it('plans like makePlan', () => {
    const planner = new Planner();
    atOnce(planner.plan([orders, users], settings, options));
    expect(atOnce(planner.plan([orders, users], settings, options))).toEqual(
      makePlan([orders, users], settings, options),
    );
  });

  it('keeps checks as they are while nothing that they depend on changes', () => {
    const planner = new Planner();
    const plan = (given: Partial<PlanOptions> = {}, documents = [orders, users]) =>
      atOnce(planner.plan(documents, settings, { ...options, ...given })).checks;
    const [list, detail, user] = plan();
    expect(plan({ now: noon + 3_600_000 })).toEqual([list, detail, user]);
    expect(plan()[0]).toBe(list);
    const captured = new Map([[detail?.id ?? '', { id: { value: 'A7', from: 'GET /orders' } }]]);
    const fed = plan({ captured });
    expect(fed[0]).toBe(list);
    expect(fed[1]?.request.url).toBe('https://orders.internal/orders/A7');
    expect(plan({ captured: new Map(captured) })[1]).toBe(fed[1]);
    expect(plan({ now: noon + 86_400_000 })[0]).not.toBe(list);
  });

  it('keeps what takes no values when it has answered for the first time', () => {
    const planner = new Planner();
    const plan = (given: Partial<PlanOptions> = {}) =>
      atOnce(planner.plan([orders], settings, { ...options, ...given })).checks;
    const [list, detail] = plan();
    const of = () => ({ refused: [], asked: [], since: new Map(), worked: {} });
    const [listNow, detailNow] = plan({ trials: { of } });
    expect(listNow).toBe(list);
    expect(detailNow).not.toBe(detail);
  });

  it('plans a service again when one of its documents has changed', () => {
    const planner = new Planner();
    const [before] = atOnce(planner.plan([orders, users], settings, options)).checks.slice(-1);
    const changed = aDocument([anOperation('GET /orders/new')], { contentHash: 'def' });
    const { checks } = atOnce(planner.plan([changed, users], settings, options));
    expect(checks.map(({ operation }) => operation)).toEqual(['GET /orders/new', 'GET /users']);
    expect(checks[1]).toBe(before);
  });

  it('makes a part of the plan for some of its checks', () => {
    const planner = new Planner();
    const [, detail] = atOnce(planner.plan([orders, users], settings, options)).checks;
    const checks = new Set([detail?.id ?? '']);
    expect(
      atOnce(planner.plan([orders, users], settings, { ...options, filter: { checks } })).checks,
    ).toEqual([detail]);
  });
});
