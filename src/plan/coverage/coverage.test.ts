import { describe, expect, it } from 'vitest';
import { aDocument, anOperation, aParameter, aService, planFor } from '../../../test/support/plan-inputs.ts';
import { advise } from './advice.ts';
import { coverageOf } from './coverage.ts';

const documents = [
  aDocument([
    anOperation('GET /orders'),
    anOperation('GET /orders/{orderId}'),
    anOperation('GET /search', { parameters: [aParameter('q')] }),
    anOperation('POST /orders'),
    anOperation('DELETE /orders/{orderId}'),
    anOperation('GET /orders/logout'),
  ]),
  aDocument([anOperation('GET /users')], { id: 'users:u.json', service: 'users' }),
];
const services = [aService(), aService({ name: 'users', overrides: [{ match: 'GET /users', skip: true }] })];

describe('coverage', () => {
  it('counts what is documented, called, certain, and why the rest is not, in all and by service', () => {
    const plan = planFor({ documents, services });
    expect(coverageOf(plan, documents)).toEqual({
      total: {
        documented: 7,
        called: 3,
        certain: 1,
        uncertain: 2,
        capturable: 1,
        skipped: { 'unsafe-method': 2, session: 1, configured: 1 },
      },
      byService: {
        orders: {
          documented: 6,
          called: 3,
          certain: 1,
          uncertain: 2,
          capturable: 1,
          skipped: { 'unsafe-method': 2, session: 1 },
        },
        users: {
          documented: 1,
          called: 0,
          certain: 0,
          uncertain: 0,
          capturable: 0,
          skipped: { configured: 1 },
        },
      },
    });
  });
});

describe('advice', () => {
  it('gives the lines that make a check certain, unless another answer does', () => {
    expect(advise(planFor({ documents, services }).checks)).toEqual([
      {
        service: 'orders',
        operations: ['GET /search'],
        reason: 'q=a is made up',
        lines:
          'services:\n  - name: orders\n    operations:\n      - match: GET /search\n        params:\n          q: …',
      },
    ]);
  });

  it('gives a value once that many operations share', () => {
    const tenant = aParameter('X-Tenant', 'header');
    const operations = ['GET /a', 'GET /b', 'GET /c', 'GET /d #2'].map((key) =>
      anOperation(key, { parameters: [tenant], path: key.slice(4, 6) }),
    );
    const more = anOperation('GET /e', {
      parameters: [tenant, aParameter('x', 'query', { schema: { type: 'integer' } }), aParameter('y')],
    });
    expect(advise(planFor({ documents: [aDocument([...operations, more])] }).checks)).toEqual([
      {
        service: 'orders',
        operations: ['GET /a', 'GET /b', 'GET /c', 'GET /d #2', 'GET /e'],
        reason: 'X-Tenant=a is made up',
        lines: 'services:\n  - name: orders\n    params:\n      X-Tenant: …',
      },
      {
        service: 'orders',
        operations: ['GET /e'],
        reason: 'x=1, y=a are made up',
        lines:
          'services:\n  - name: orders\n    operations:\n      - match: GET /e\n        params:\n          x: …\n          y: …',
      },
    ]);
  });

  it('asks for a body where one was made up', () => {
    const body = {
      required: true,
      media: [{ contentType: 'application/json', schema: { type: 'object' }, examples: [] }],
    };
    const overrides = [{ match: 'POST /search', allow: true }];
    const plan = planFor({
      documents: [aDocument([anOperation('POST /search', { body })])],
      services: [aService({ overrides })],
    });
    expect(advise(plan.checks)).toMatchObject([
      {
        reason: 'the body is made up',
        lines: 'services:\n  - name: orders\n    operations:\n      - match: POST /search\n        body: …',
      },
    ]);
  });
});
