import { atOnce } from '../../lib/yielder.ts';
import { describe, expect, it } from 'vitest';
import { aDocument, aService, noon, planFor } from '../../../test/support/plan-inputs.ts';
import type { Check } from '../../model/check.ts';
import type { Operation } from '../../model/document.ts';
import type { Json } from '../../model/json.ts';
import type { ServiceSettings } from '../../model/settings.ts';
import { advise } from '../coverage/advice.ts';
import { Captures } from '../captures.ts';

function aQuery(name: string, query: string, variables: Json = []): Operation {
  return {
    key: `QUERY ${name}`,
    method: 'POST',
    path: '/graphql',
    operationId: name,
    tags: [],
    deprecated: false,
    servers: [],
    parameters: [],
    body: {
      required: true,
      media: [{ contentType: 'application/json', schema: { type: 'object' }, examples: [] }],
    },
    responses: [],
    extensions: { 'x-graphql': { query, variables } },
    pointer: `Query.${name}`,
  };
}

const order = aQuery('order', 'query order($id: ID!) { order(id: $id) { id } }', [
  { name: 'id', schema: { type: 'string' } },
]);
const orders = aQuery('orders', 'query orders { orders { id } }');

function planQueries(
  operations: readonly Operation[],
  service: Partial<ServiceSettings> = {},
  captures = new Captures(),
) {
  return planFor({
    documents: [aDocument(operations)],
    services: [aService(service)],
    options: { captured: captures.values, now: noon },
  });
}

function bodyOf(check: Check | undefined): unknown {
  return JSON.parse(check?.request.body as string);
}

describe('a query of GraphQL', () => {
  it('is called as it is, and again when need be', () => {
    const [check] = planQueries([orders]).checks;
    expect(check).toMatchObject({
      method: 'POST',
      repeatable: true,
      values: [],
      request: { url: 'https://orders.internal/graphql', headers: { 'content-type': 'application/json' } },
    });
    expect(bodyOf(check)).toEqual({ query: 'query orders { orders { id } }' });
  });

  it.each<[says: string, service: Partial<ServiceSettings>, id: string, origin: string]>([
    ['made up', {}, '1', 'generated'],
    ["the service's", { params: { id: 'S1' } }, 'S1', 'config'],
    ['its own', { overrides: [{ match: 'operationId:order', params: { id: 'O1' } }] }, 'O1', 'config'],
  ])('gets a value for each variable: %s', (_, service, id, origin) => {
    const [check] = planQueries([order], service).checks;
    expect(check?.request.url).toBe('https://orders.internal/graphql');
    expect(bodyOf(check)).toMatchObject({ variables: { id } });
    expect(check?.values).toEqual([{ name: 'id', in: 'body', value: id, origin }]);
  });

  it('takes ids from the lists beside it', () => {
    const captures = new Captures();
    const { checks } = planQueries([order, orders]);
    atOnce(captures.follow(checks, ['orders']));
    const list = checks.find(({ operationId }) => operationId === 'orders');
    if (list !== undefined) captures.observe(list, { data: { orders: [{ id: 'A7' }] } });
    const [fed] = planQueries([order, orders], {}, captures).checks;
    expect(bodyOf(fed)).toMatchObject({ variables: { id: 'A7' } });
    expect(fed?.values).toEqual([
      { name: 'id', in: 'body', value: 'A7', origin: 'captured', from: expect.any(String) },
    ]);
  });

  it('keeps its id when others are added before it', () => {
    const [alone] = planQueries([order]).checks;
    expect(planQueries([orders, order]).checks[1]?.id).toBe(alone?.id);
  });

  it('sends a body that the config gives instead', () => {
    const [check] = planQueries([order], {
      overrides: [{ match: 'operationId:order', body: { query: '{ me }' } }],
    }).checks;
    expect(bodyOf(check)).toEqual({ query: '{ me }' });
  });

  it('says which value it lacks', () => {
    const hard = aQuery('item', 'query item($code: Code!) { item(code: $code) { id } }', [
      { name: 'code', schema: { type: 'string', pattern: '^(?=x)y$' } },
    ]);
    expect(planQueries([hard]).skipped).toMatchObject([
      {
        code: 'no-value',
        reason: 'no value for the required variable code could be made up',
        hint: 'services:\n  - name: orders\n    operations:\n      - match: operationId:item\n        params:\n          code: …',
      },
    ]);
    expect(advise(planQueries([order]).checks)).toMatchObject([
      {
        reason: 'id=1 is made up',
        lines:
          'services:\n  - name: orders\n    operations:\n      - match: operationId:order\n        params:\n          id: …',
      },
    ]);
  });

  it.each(['mutation pay { pay { id } }', 'subscription changed { changed { id } }'])('is not %s', (text) => {
    expect(planQueries([aQuery('pay', text)]).skipped).toMatchObject([{ code: 'unsafe-method' }]);
  });
});
