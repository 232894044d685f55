import { atOnce } from '../lib/yielder.ts';
import { describe, expect, it } from 'vitest';
import { aDocument, anOperation, aParameter, aService, planFor } from '../../test/support/plan-inputs.ts';
import type { Check, FilledValue, ValueOrigin } from '../model/check.ts';
import type { Stage } from './captures.ts';
import type { Operation, ResponseLink } from '../model/document.ts';
import type { Json, JsonSchema } from '../model/json.ts';
import { Captures } from './captures.ts';
import { Trials } from './values/trials.ts';
import type { Result } from '../model/result.ts';

function aResult(checkId: string, status: number, given: Partial<Result>): Result {
  const isGood = status < 400;
  return {
    checkId,
    at: 0,
    status,
    verdict: isGood ? 'pass' : 'fail',
    reason: {
      code: isGood ? 'none' : status === 401 ? 'auth-rejected' : 'status',
      message: `HTTP ${status}`,
    },
    bytes: 0,
    phases: { totalMs: 1 },
    attempts: 1,
    findings: [],
    ...given,
  };
}

/** A plan over one document, and what comes of it after some of its checks have been answered. */
class Patrol {
  trials = new Trials();
  captures: Captures;
  readonly #operations: readonly Operation[];
  readonly #service: Parameters<typeof aService>[0];

  constructor(
    operations: readonly (Operation | string)[],
    service: Parameters<typeof aService>[0] = {},
    isSecret?: (text: string) => boolean,
  ) {
    this.captures = new Captures(this.trials, isSecret);
    this.#operations = operations.map((one) => (typeof one === 'string' ? anOperation(one) : one));
    this.#service = service;
    atOnce(this.captures.follow(this.checks(), ['orders']));
  }

  /** What is stored is all that it knows. */
  afterRestart(): this {
    this.trials = new Trials(this.trials.news());
    this.captures = new Captures(this.trials);
    atOnce(this.captures.follow(this.checks(), ['orders']));
    return this;
  }

  checks(): readonly Check[] {
    return planFor({
      documents: [aDocument(this.#operations)],
      services: [aService(this.#service)],
      options: { captured: this.captures.values, trials: this.trials },
    }).checks;
  }

  check(operation: string): Check {
    const found = this.checks().find((check) => check.operation === operation);
    if (found === undefined) throw new Error(`no check of ${operation}`);
    return found;
  }

  answer(operation: string, body: Json): void {
    this.captures.observe(this.check(operation), body);
  }

  /** Calls it and is answered with a status, or with a body that holds a refusal. */
  calls(operation: string, status: number, given: Partial<Result> = {}): string {
    const check = this.check(operation);
    this.trials.note(check, aResult(check.id, status, given));
    return this.url(operation);
  }

  url(operation: string): string {
    return this.check(operation).request.url.replace('https://orders.internal', '');
  }
}

describe('a parameter for several records', () => {
  const schemas: Record<string, JsonSchema> = {
    'an array of numbers': { type: 'array', items: { type: 'integer' } },
    'an array of texts': { type: 'array', items: { type: 'string' } },
    'an array of anything': { type: 'array' },
    'a text with commas': { type: 'string' },
  };

  it.each(
    Object.entries(schemas).flatMap(([kind, schema]) =>
      ['ids', 'goodsIds', 'goods_ids', 'goodsId', 'id'].map((name) => ({ name, kind, schema })),
    ),
  )('has one that a list knows: $name, $kind', ({ name, schema }) => {
    const operation = anOperation('GET /goods/batch', {
      parameters: [aParameter(name, 'query', { schema })],
    });
    const patrol = new Patrol(['GET /goods/list', operation]);
    patrol.answer('GET /goods/list', { code: 0, data: [{ goodsId: 8801 }, { goodsId: 8802 }] });
    expect(patrol.url('GET /goods/batch')).toBe(`/goods/batch?${name}=8801`);
  });

  it('has another one when that is refused', () => {
    const schema: JsonSchema = { type: 'array', items: { type: 'integer' } };
    const operation = anOperation('GET /goods/batch', {
      parameters: [aParameter('ids', 'query', { schema })],
    });
    const patrol = new Patrol(['GET /goods/list', operation]);
    patrol.answer('GET /goods/list', [{ id: 8801 }, { id: 8802 }]);
    const check = patrol.check('GET /goods/batch');
    patrol.trials.note(check, aResult(check.id, 404, {}));
    expect(patrol.url('GET /goods/batch')).toBe('/goods/batch?ids=8802');
  });

  it('keeps what is made up where one does not do, or is none of it', () => {
    for (const [schema, items] of [
      [{ type: 'array', minItems: 2, items: { type: 'integer' } }, [{ id: 8801 }]],
      [{ type: 'array', items: { type: 'object' } }, [{ id: 8801 }]],
      [{ type: 'array', items: { type: 'integer' } }, [{ id: 'abc' }]],
    ] as const) {
      const operation = anOperation('GET /goods/batch', {
        parameters: [aParameter('ids', 'query', { schema: schema as JsonSchema })],
      });
      const patrol = new Patrol(['GET /goods/list', operation]);
      patrol.answer('GET /goods/list', items);
      expect(patrol.url('GET /goods/batch')).not.toMatch(/8801|abc/);
    }
  });
});

describe('values taken from answers', () => {
  it('replace what was made up in the next plan', () => {
    const patrol = new Patrol(['GET /orders', 'GET /orders/{orderId}']);
    expect(patrol.url('GET /orders/{orderId}')).toBe('/orders/1');
    patrol.answer('GET /orders', { data: [{ orderId: 'A-7', total: 3 }, { orderId: 'A-8' }] });
    expect(patrol.url('GET /orders/{orderId}')).toBe('/orders/A-7');
    expect(patrol.check('GET /orders/{orderId}').values).toEqual([
      { name: 'orderId', in: 'path', value: 'A-7', origin: 'captured', from: 'GET /orders' },
    ]);
  });

  it.each<[list: string, detail: string | Operation, body: Json, url: string]>([
    ['GET /orders', 'GET /orders/{id}', [{ id: 7 }], '/orders/7'],
    ['GET /orders', 'GET /orders/{id}', [{ orderId: 7 }], '/orders/7'],
    ['GET /orders', 'GET /orders/{order_id}/items', [{ id: 7 }], '/orders/7/items'],
    [
      'GET /order/list',
      'GET /order/detail/{id}',
      { code: 0, data: { records: [{ id: 7 }] } },
      '/order/detail/7',
    ],
    [
      'GET /api/listOrders.do',
      'GET /api/order/{orderNo}',
      { rows: [{ orderNo: 'N1', id: 7 }] },
      '/api/order/N1',
    ],
    ['GET /api/categories', 'GET /api/category/{id}', { result: { list: [{ id: 7 }] } }, '/api/category/7'],
    ['GET /users', 'GET /reports/{userId}', { items: [{ id: 7 }] }, '/reports/7'],
    ['GET /quotes', 'GET /shop/quotes/{id}', { items: [{ id: 7 }] }, '/shop/quotes/7'],
    ['GET /users', 'GET /profiles/{username}', { users: [{ id: 7, name: 'li' }] }, '/profiles/li'],
    ['GET /tags', 'GET /tags/{tag}', ['red', 'blue'], '/tags/red'],
    ['GET /books', 'GET /books/by-isbn/{isbn}', [{ id: 7, isbn: '978-3' }], '/books/by-isbn/978-3'],
    ['GET /books', 'GET /books/by-isbn/{isbn}', [{ id: 7 }], '/books/by-isbn/a'],
    ['GET /cats', 'GET /cats/breed/{breed}', { data: [{ id: 7, breed: 'manx' }] }, '/cats/breed/manx'],
    [
      'GET /vehicles',
      anOperation('GET /vehicles/by-plate', { parameters: [aParameter('plate')] }),
      [{ id: 7, plate: 'A1' }],
      '/vehicles/by-plate?plate=A1',
    ],
    [
      'GET /mails',
      anOperation('GET /mails/window', { parameters: [aParameter('sort')] }),
      [{ id: 7, sort: 'zz' }],
      '/mails/window?sort=a',
    ],
    [
      'GET /config/folders',
      anOperation('GET /files', { parameters: [aParameter('folder')] }),
      { data: [{ id: 'F1', name: 'x' }] },
      '/files?folder=F1',
    ],
    ['GET /containers/json', 'GET /containers/{id}/json', [{ Id: 'f00' }], '/containers/f00/json'],
    [
      'GET /2010/Accounts.json',
      'GET /2010/Accounts/{Sid}.json',
      { accounts: [{ sid: 'AC1' }], page: 0 },
      '/2010/Accounts/AC1.json',
    ],
    ['GET /pods', 'GET /pods/{name}', { items: [{ metadata: { name: 'web-1' } }] }, '/pods/web-1'],
    ['GET /orders', 'GET /orders/{id}', { facets: [{ id: 'f' }], orders: [{ id: 7 }] }, '/orders/7'],
    ['GET /orders', 'GET /orders/{id}', [{ id: null }, { id: 8 }], '/orders/8'],
    [
      'GET /roles',
      'GET /roles/{id}',
      { data: { page: { content: { list: [{ id: 7 }] } } }, errors: [{ id: 1 }] },
      '/roles/7',
    ],
    ['GET /things', 'GET /things/{id}', { rows: [{ id: 7 }], facets: [{ id: 1 }] }, '/things/7'],
    ['GET /orders', 'GET /orders/{id}', [{ id: '1775389422113955841' }], '/orders/1775389422113955841'],
    ['GET /orders', 'GET /orders/{id}', [{ id: 'a/b' }], '/orders/a%2Fb'],
    ['GET /orders', 'GET /orders/{id}', [{ id: '50%' }], '/orders/50%25'],
    ['GET /orders', 'GET /orders/{id}', [{ id: '订单 1?x#y' }], '/orders/%E8%AE%A2%E5%8D%95%201%3Fx%23y'],
    ['GET /orders', 'GET /orders/{id}', [{ id: 'a/../b' }], '/orders/1'],
    ['GET /orders', 'GET /orders/{id}', [{ id: '%2e%2e' }], '/orders/1'],
    ['GET /orders', 'GET /orders/{id}', [{ id: '/etc/x' }], '/orders/1'],
    ['GET /orders', 'GET /orders/{id}', [{ id: '1/delete' }], '/orders/1'],
    ['GET /orders', 'GET /orders/{id}', [{ id: 'delete' }], '/orders/1'],
    [
      'GET /roles',
      anOperation('GET /roles/{id}', {
        parameters: [aParameter('id', 'path', { schema: { type: 'string', pattern: '^R\\d+$' } })],
      }),
      [{ id: 'R7' }],
      '/roles/R7',
    ],
    [
      'GET /orders/{orderId}',
      'GET /orders/{orderId}/items/{itemId}',
      { data: { id: 7, tags: [{ id: 1 }], items: [{ id: 70 }] } },
      '/orders/1/items/70',
    ],
    [
      'GET /order/page',
      anOperation('GET /order/getById', { parameters: [aParameter('id')] }),
      { list: [{ id: 7 }] },
      '/order/getById?id=7',
    ],
    [
      'GET /orders',
      anOperation('GET /payments', { parameters: [aParameter('orderId')] }),
      [{ id: 7 }],
      '/payments?orderId=7',
    ],
    ['GET /dept/tree', 'GET /dept/{deptId}', { data: [{ id: 7, label: 'x', children: [] }] }, '/dept/7'],
    ['GET /dept/treeselect', 'GET /dept/{deptId}', { data: [{ id: 7, children: [{ id: 8 }] }] }, '/dept/7'],
    ['GET /dept/tree', 'GET /dept/{id}', [{ id: 0, label: '顶级', children: [{ id: 8 }] }], '/dept/8'],
    [
      'GET /areas/tree',
      'GET /areas/{code}',
      [{ children: [{ code: 'A', children: [{ code: 'B' }] }] }],
      '/areas/A',
    ],
    ['GET /role/options', 'GET /role/{id}', { data: [{ value: 7, label: 'Admin' }] }, '/role/7'],
    ['GET /role/optionselect', 'GET /role/{roleId}', { data: [{ roleId: 7, roleName: 'x' }] }, '/role/7'],
    ['GET /role/dropdown', 'GET /role/{id}', [{ name: 'Admin', value: 7 }], '/role/7'],
    ['GET /user/recent', 'GET /user/{id}', [{ id: 7 }], '/user/7'],
    ['GET /orders/mine', 'GET /orders/{id}', { rows: [{ id: 7 }] }, '/orders/7'],
    ['GET /project/my', 'GET /project/{id}', { rows: [{ id: 7 }] }, '/project/7'],
    ['GET /rule/enabled', 'GET /rule/{id}', { list: [{ id: 7 }] }, '/rule/7'],
    ['GET /salary/records', 'GET /salary/{id}', { records: [{ id: 7 }] }, '/salary/7'],
    ['GET /menu/simple-list', 'GET /menu/get/{id}', { data: [{ id: 7 }] }, '/menu/get/7'],
    ['GET /system/dept/list-all-simple', 'GET /system/dept/{id}', { data: [{ id: 7 }] }, '/system/dept/7'],
    ['GET /system/dept/deptTree', 'GET /system/dept/{id}', { data: [{ id: 7 }] }, '/system/dept/7'],
    ['GET /pet/findByStatus', 'GET /pet/{petId}', [{ id: 7 }], '/pet/7'],
    [
      'GET /部门/下拉列表',
      'GET /部门/{id}',
      { data: [{ value: 7, label: '研发' }] },
      '/%E9%83%A8%E9%97%A8/7',
    ],
    ['GET /部门/树', 'GET /部门/{id}', { data: [{ id: 7 }] }, '/%E9%83%A8%E9%97%A8/7'],
    [
      'GET /dept/tree',
      anOperation('GET /user/page', { parameters: [aParameter('deptId')] }),
      { data: [{ id: 7 }] },
      '/user/page?deptId=7',
    ],
    // MyBatis-Plus has the sort orders of a page beside its records.
    [
      'GET /order/page',
      'GET /order/{id}',
      { code: 0, data: { records: [{ id: 7 }], orders: [] } },
      '/order/7',
    ],
  ])('lead from %s to %o', (list, detail, body, url) => {
    const patrol = new Patrol([list, detail]);
    patrol.answer(list, body);
    expect(patrol.url(typeof detail === 'string' ? detail : detail.key)).toBe(url);
  });

  it.each<[says: string, list: string, detail: string | Operation, body: Json]>([
    ['an empty list', 'GET /orders', 'GET /orders/{id}', []],
    [
      'another list beside its own',
      'GET /addons',
      'GET /addons/{id}',
      { addons: [], providers: [{ name: 'x' }] },
    ],
    ['one of several lists', 'GET /orders', 'GET /orders/{id}', { tags: [{ id: 1 }], shops: [{ id: 2 }] }],
    ['errors', 'GET /orders', 'GET /orders/{id}', { errors: [{ code: 7 }] }],
    ['ids that have lost digits', 'GET /orders', 'GET /orders/{id}', [{ id: 2 ** 60 }]],
    ['a list without ids', 'GET /orders', 'GET /orders/{id}', [{ total: 1 }]],
    ['no list at all', 'GET /orders', 'GET /orders/{id}', 'none'],
    ['another resource', 'GET /users', 'GET /orders/{id}', [{ id: 7 }]],
    [
      'a list of its own',
      'GET /reports',
      anOperation('GET /search', { parameters: [aParameter('q')] }),
      [{ q: 7 }],
    ],
    [
      'names for one of its choices',
      'GET /kinds',
      anOperation('GET /kinds/{name}', {
        parameters: [aParameter('name', 'path', { schema: { enum: ['a', 'b'] } })],
      }),
      [{ name: 'z' }],
    ],
    [
      'what is no id for a page',
      'GET /orders',
      anOperation('GET /orders/find', { parameters: [aParameter('pageNo', 'query', { examples: [3] })] }),
      [{ pageNo: 9 }],
    ],
    [
      'ids that do not fit',
      'GET /orders',
      anOperation('GET /orders/{id}', {
        parameters: [aParameter('id', 'path', { schema: { type: 'integer' } })],
      }),
      [{ id: 'new one' }],
    ],
    ['an id that would be another path', 'GET /orders', 'GET /orders/{id}', [{ id: '..' }]],
    ['an id that is a text', 'GET /orders', 'GET /orders/{id}', [{ id: 'x'.repeat(500) }]],
  ])('are not taken from %s', (_, list, detail, body) => {
    const patrol = new Patrol([list, detail]);
    const key = typeof detail === 'string' ? detail : detail.key;
    const before = patrol.url(key);
    patrol.answer(list, body);
    expect(patrol.url(key)).toBe(before);
  });

  it.each<[documented: string, schema: JsonSchema, id: string]>([
    ['a number', { type: 'integer', format: 'int64' }, 'G-20'],
    ['a number', { type: 'integer' }, '3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
    ['a UUID', { type: 'string', format: 'uuid' }, 'b7c9e1'],
  ])('are as the service writes them where %s is documented (%j): %s', (_, schema, id) => {
    const patrol = new Patrol([
      'GET /goods',
      anOperation('GET /goods/{goodsId}', { parameters: [aParameter('goodsId', 'path', { schema })] }),
    ]);
    patrol.answer('GET /goods', [{ id }]);
    expect(patrol.url('GET /goods/{goodsId}')).toBe(`/goods/${id}`);
  });

  it('belong together: the members in a list of teams are those of their team, whatever other members there are', () => {
    const patrol = new Patrol([
      'GET /orgs/{orgId}/members',
      'GET /teams',
      'GET /teams/{teamId}/members/{memberId}',
    ]);
    patrol.answer('GET /orgs/{orgId}/members', [{ id: 71 }]);
    patrol.answer('GET /teams', {
      rows: [
        { id: 11, members: [] },
        { id: 12, members: [{ id: 121 }] },
      ],
    });
    expect(patrol.url('GET /teams/{teamId}/members/{memberId}')).toBe('/teams/12/members/121');
  });

  it('belong together: the items are those of the order that was asked for', () => {
    const patrol = new Patrol([
      'GET /orders',
      'GET /orders/{orderId}/items',
      'GET /orders/{orderId}/items/{itemId}',
    ]);
    patrol.answer('GET /orders', [{ id: 7 }]);
    patrol.answer('GET /orders/{orderId}/items', [{ id: 70 }]);
    patrol.answer('GET /orders', [{ id: 8 }]);
    expect(patrol.url('GET /orders/{orderId}/items')).toBe('/orders/8/items');
    expect(patrol.url('GET /orders/{orderId}/items/{itemId}')).toBe('/orders/7/items/70');
  });

  it.each<[described: JsonSchema, url: string]>([
    [{ required: ['name'], properties: { name: { type: 'string' } } }, '/packages/hello'],
    [{ required: ['name'], properties: { name: {}, _id: {} } }, '/packages/hello@1.0'],
    [{ properties: { name: {} } }, '/packages/hello@1.0'],
  ])('are names where the document describes items by these alone: %j', (items, url) => {
    const media = [{ contentType: 'application/json', schema: { type: 'array', items }, examples: [] }];
    const list = anOperation('GET /packages', { responses: [{ status: '200', media }] });
    const patrol = new Patrol([list, 'GET /packages/{package}']);
    patrol.answer('GET /packages', [{ _id: 'hello@1.0', name: 'hello' }]);
    expect(decodeURIComponent(patrol.url('GET /packages/{package}'))).toBe(url);
  });

  it('are of the list that is called as what is asked for, not of what the root says of the service', () => {
    const patrol = new Patrol(['GET /', 'GET /_all_dbs', 'GET /{db}', 'GET /{db}/_changes']);
    patrol.answer('GET /', { db: 'memory', version: '3.3' });
    patrol.answer('GET /_all_dbs', ['users', 'orders']);
    expect(patrol.url('GET /{db}')).toBe('/users');
    expect(patrol.url('GET /{db}/_changes')).toBe('/users/_changes');
  });

  it('are not looked for where they would be needed as well', () => {
    const patrol = new Patrol(['GET /cats', 'GET /cats/breed/{breed}', 'GET /cats/breeds/{breed}/stats']);
    patrol.answer('GET /cats/breed/{breed}', [{ id: 7, name: 'Tom' }]);
    expect(patrol.url('GET /cats/breeds/{breed}/stats')).toBe('/cats/breeds/a/stats');
    patrol.answer('GET /cats', [{ id: 7, breed: 'manx' }]);
    expect(patrol.url('GET /cats/breeds/{breed}/stats')).toBe('/cats/breeds/manx/stats');
  });

  it('are of one record where a list holds both, not of two lists', () => {
    const ids = ['orderId', 'userId'].map((name) => aParameter(name, 'query'));
    const own = new Patrol([
      'GET /orders',
      'GET /users',
      anOperation('GET /orders/track', { parameters: ids }),
    ]);
    own.answer('GET /users', [{ id: '1' }]);
    own.answer('GET /orders', [{ orderId: 'A-17', userId: '777' }]);
    expect(own.url('GET /orders/track')).toBe('/orders/track?orderId=A-17&userId=777');
  });

  it('are those of another list where the first one holds none, and of the plain list before its other views', () => {
    const patrol = new Patrol(['GET /user/info', 'GET /user/page', 'GET /user/options', 'GET /user/{id}']);
    patrol.answer('GET /user/info', { data: { name: 'me', roles: [{ id: 1 }] } });
    patrol.answer('GET /user/options', { data: [{ value: 9, label: 'x' }] });
    patrol.answer('GET /user/page', { data: { rows: [{ id: 7 }] } });
    expect(patrol.url('GET /user/{id}')).toBe('/user/7');
    patrol.answer('GET /user/page', { data: { rows: [] } });
    expect(patrol.url('GET /user/{id}')).toBe('/user/9');
  });

  it.each<[where: string, schema: JsonSchema, body: Json, url: string]>([
    [
      'its body',
      { type: 'object', additionalProperties: { properties: { id: {} } } },
      { abc: {}, d: {} },
      '/plugins/abc',
    ],
    [
      'its data',
      {
        properties: {
          code: { type: 'integer' },
          data: { additionalProperties: { type: 'object', properties: {} } },
        },
      },
      { code: 0, data: { abc: { id: 9 } } },
      '/plugins/abc',
    ],
    [
      'nothing where it is a record',
      { type: 'object', properties: { a: {} } },
      { abc: { b: 1 } },
      '/plugins/a',
    ],
    [
      'nothing where texts stand at them',
      { additionalProperties: { type: 'string' } },
      { abc: 'x' },
      '/plugins/a',
    ],
  ])('are names of members where the document says that they may be any: %s', (_, schema, body, url) => {
    const responses = [{ status: '200', media: [{ contentType: 'application/json', schema, examples: [] }] }];
    const patrol = new Patrol([anOperation('GET /plugins', { responses }), 'GET /plugins/{name}']);
    patrol.answer('GET /plugins', body);
    expect(patrol.url('GET /plugins/{name}')).toBe(url);
  });

  it('take the place of a value that was recorded empty', () => {
    const id = aParameter('id', 'query', { required: false });
    const recorded = { parameters: [id], sentQuery: [{ name: 'id', text: 'id=' }] };
    const own = new Patrol([
      'GET /order/list',
      anOperation('GET /order/detail', recorded),
      anOperation('GET /order/search', recorded),
    ]);
    own.answer('GET /order/list', { data: [{ id: 'A-17' }] });
    expect(own.check('GET /order/detail').values).toMatchObject([{ value: 'A-17', origin: 'captured' }]);
    expect(own.url('GET /order/detail')).toBe('/order/detail?id=A-17');
    // Of a list it is a filter that may be empty.
    expect(own.url('GET /order/search')).toBe('/order/search?id=');
  });

  it('follow the links of a document first', () => {
    const links: readonly ResponseLink[] = [
      {
        target: 'getInvoice',
        parameters: {
          no: '$response.body#/invoice/no',
          tenant: '$request.query.tenant',
          view: 'full',
          x: '$url',
        },
      },
      { target: 'unknown', parameters: { id: '$response.body#/id' } },
    ];
    const responses = [{ status: '200', media: [], links }];
    const patrol = new Patrol([
      anOperation('GET /cart', {
        responses,
        parameters: [aParameter('tenant', 'query', { examples: ['t1'] })],
      }),
      anOperation('GET /invoices'),
      anOperation('GET /invoices/{no}', {
        operationId: 'getInvoice',
        parameters: [aParameter('no', 'path'), aParameter('tenant'), aParameter('view')],
      }),
    ]);
    patrol.answer('GET /invoices', [{ no: 'I-1' }]);
    patrol.answer('GET /cart', { id: 1, invoice: { no: 'I-7' } });
    expect(patrol.url('GET /invoices/{no}')).toBe('/invoices/I-7?tenant=t1&view=full');
  });

  it('take a whole answer or an item of a list by a link', () => {
    const to = (pointer: string) => [
      {
        status: '200',
        media: [],
        links: [{ target: 'GET /x/{id}', parameters: { id: `$response.body${pointer}` } }],
      },
    ];
    const follow = (pointer: string, body: Json) => {
      const patrol = new Patrol([anOperation('GET /a', { responses: to(pointer) }), 'GET /x/{id}']);
      patrol.answer('GET /a', body);
      return patrol.url('GET /x/{id}');
    };
    expect(follow('#/list/1/a~1b', { list: [{}, { 'a/b': 9 }] })).toBe('/x/9');
    expect(follow('', 'whole')).toBe('/x/whole');
    expect(follow('#/gone/deep', { a: 1 })).toBe('/x/1');
  });

  it('come after the config and before samples of the document', () => {
    const parameters = [aParameter('id', 'path', { examples: ['E1'] })];
    const documented = new Patrol(['GET /orders', anOperation('GET /orders/{id}', { parameters })]);
    expect(documented.url('GET /orders/{id}')).toBe('/orders/E1');
    documented.answer('GET /orders', [{ id: 7 }]);
    expect(documented.url('GET /orders/{id}')).toBe('/orders/7');
    const configured = new Patrol(['GET /orders', 'GET /orders/{id}'], { params: { id: 'C1' } });
    configured.answer('GET /orders', [{ id: 7 }]);
    expect(configured.url('GET /orders/{id}')).toBe('/orders/C1');
  });

  it('are never used for a write that is allowed', () => {
    const patrol = new Patrol(['GET /orders', 'DELETE /orders/{id}'], {
      overrides: [{ match: 'DELETE /**', allow: true }],
    });
    patrol.answer('GET /orders', [{ id: 7 }]);
    expect(patrol.url('DELETE /orders/{id}')).toBe('/orders/1');
  });

  it('are kept while a list is empty once they have worked, and give way to what it holds then', () => {
    const patrol = new Patrol(['GET /orders', 'GET /orders/{id}']);
    patrol.answer('GET /orders', [{ id: 7 }, { id: 8 }]);
    patrol.calls('GET /orders/{id}', 200);
    patrol.answer('GET /orders', []);
    patrol.answer('GET /orders', []);
    const { values } = patrol.check('GET /orders/{id}');
    expect(values).toMatchObject([{ value: '7', origin: 'captured', from: 'GET /orders', isKept: true }]);
    for (let call = 0; call < 4; call++) expect(patrol.calls('GET /orders/{id}', 404)).toBe('/orders/7');
    expect(patrol.trials.isExhausted(patrol.check('GET /orders/{id}'))).toBe(false);
    patrol.answer('GET /orders', [{ id: 9 }]);
    expect(patrol.url('GET /orders/{id}')).toBe('/orders/9');
    expect(patrol.check('GET /orders/{id}').values[0]).not.toHaveProperty('isKept', true);
  });

  it('are kept while records have lost the field that they have worked from, until they are refused', () => {
    const patrol = new Patrol(['GET /orders', 'GET /orders/{id}']);
    patrol.answer('GET /orders', [{ id: 7, name: 'P0' }]);
    patrol.calls('GET /orders/{id}', 200);
    patrol.answer('GET /orders', [{ name: 'P0' }, { name: 'P1' }]);
    expect(patrol.calls('GET /orders/{id}', 200)).toBe('/orders/7');
    patrol.answer('GET /orders', [{ name: 'P0' }]);
    expect(patrol.calls('GET /orders/{id}', 404)).toBe('/orders/7');
    patrol.answer('GET /orders', [{ name: 'P0' }]);
    for (let call = 0; call < 3; call++) {
      expect(patrol.calls('GET /orders/{id}', 404)).toBe('/orders/P0');
      patrol.answer('GET /orders', [{ name: 'P0' }]);
    }
    expect(patrol.trials.isExhausted(patrol.check('GET /orders/{id}'))).toBe(false);
    patrol.answer('GET /orders', [{ id: 9, name: 'P0' }]);
    expect(patrol.url('GET /orders/{id}')).toBe('/orders/9');
  });

  it('are kept while the list writes them in another form', () => {
    const patrol = new Patrol(['GET /orders', 'GET /orders/{id}']);
    patrol.answer('GET /orders', [{ id: 501 }]);
    patrol.calls('GET /orders/{id}', 200);
    patrol.answer('GET /orders', [{ id: '501x' }, { id: '502x' }]);
    expect(patrol.url('GET /orders/{id}')).toBe('/orders/501');
    patrol.answer('GET /orders', [{ id: '502' }]);
    expect(patrol.url('GET /orders/{id}')).toBe('/orders/502');
  });

  it('are forgotten when they are gone from the answer or their check from the plan', () => {
    const patrol = new Patrol(['GET /orders', 'GET /orders/{id}']);
    patrol.answer('GET /orders', [{ id: 7 }]);
    patrol.answer('GET /orders', []);
    expect(patrol.url('GET /orders/{id}')).toBe('/orders/1');
    patrol.answer('GET /orders', [{ id: 7 }]);
    atOnce(patrol.captures.follow([], ['orders']));
    expect(patrol.captures.values.size).toBe(0);
  });

  it('are looked for only where they are of use', () => {
    const patrol = new Patrol(['GET /orders', 'GET /orders/{id}', 'GET /health']);
    expect(patrol.captures.wants(patrol.check('GET /orders').id)).toBe(true);
    expect(patrol.captures.wants(patrol.check('GET /health').id)).toBe(false);
  });

  it('are never tokens: not ours, nor those that stand beside it', () => {
    const online = { data: [{ tokenId: 'sess-others-1' }, { tokenId: 'sess-AbCdEf123' }] };
    const detail = 'GET /monitor/online/{tokenId}';
    const operations = ['GET /monitor/online', detail];
    const open = new Patrol(operations);
    open.answer('GET /monitor/online', online);
    expect(open.url(detail)).toBe('/monitor/online/sess-others-1');
    const guarded = new Patrol(operations, {}, (text) => text === 'sess-AbCdEf123');
    guarded.answer('GET /monitor/online', { data: [{ tokenId: 'a-record-7' }] });
    expect(guarded.url(detail)).toBe('/monitor/online/a-record-7');
    guarded.answer('GET /monitor/online', online);
    expect(guarded.url(detail)).not.toContain('sess-');
  });

  it('that are not sent for a secret in them say so of what is made up in their place', () => {
    const operations = ['GET /orders', 'GET /orders/{id}'];
    const patrol = new Patrol(operations, {}, (text) => text.includes('hunter2x9'));
    const valuesOf = () => patrol.check('GET /orders/{id}').values;
    expect(valuesOf()).toMatchObject([{ origin: 'generated' }]);
    patrol.answer('GET /orders', [{ id: 'SO-hunter2x9-1' }]);
    expect(valuesOf()).toMatchObject([{ origin: 'generated', withheldFrom: 'GET /orders' }]);
    patrol.answer('GET /orders', [{ id: 'SO-2' }]);
    expect(valuesOf()).toMatchObject([{ origin: 'captured', value: 'SO-2' }]);
    expect(valuesOf()[0]?.withheldFrom).toBeUndefined();
  });

  it('do not cross from one system to another', () => {
    const servers = (url: string) => ({ servers: [{ url }] });
    const { baseUrl: _, ...service } = aService();
    const documents = [
      aDocument([
        anOperation('GET /orders', servers('https://a.internal')),
        anOperation('GET /orders/{id}', servers('https://b.internal')),
      ]),
    ];
    const captures = new Captures();
    atOnce(captures.follow(planFor({ documents, services: [service] }).checks, ['orders']));
    expect(captures.wants(planFor({ documents, services: [service] }).checks[0]?.id ?? '')).toBe(false);
  });
});

describe('values that were refused', () => {
  const detail = 'GET /orders/{id}';
  const parameters = [aParameter('id', 'path', { examples: ['E1'] })];
  const sampled = anOperation(detail, { parameters });

  it('give way to other captured ones, then to the example, then to a made-up one, then to the oldest', () => {
    const patrol = new Patrol(['GET /orders', sampled]);
    patrol.answer('GET /orders', [{ id: 7 }, { id: 8 }]);
    const urls = [404, 403, 410, 422, 400].map((status) => patrol.calls(detail, status));
    expect(urls).toEqual(['/orders/8', '/orders/E1', '/orders/1', '/orders/7', '/orders/8']);
  });

  it.each([
    ['404', 404, true],
    ['an error of its own', 422, false],
  ])('give way to a made-up one only when they are not there: %s', (_, status, made) => {
    const patrol = new Patrol(['GET /orders', detail]);
    patrol.answer('GET /orders', [{ id: 7 }, { id: 8 }]);
    const urls = [1, 2, 3].map(() => patrol.calls(detail, status));
    expect(urls.includes('/orders/1')).toBe(made);
  });

  it('are at most five of a list', () => {
    const patrol = new Patrol(['GET /orders', detail]);
    patrol.answer(
      'GET /orders',
      [1, 2, 3, 4, 5, 6, 7, 8].map((id) => ({ id: `o${id}` })),
    );
    const urls = [1, 2, 3, 4, 5, 6].map(() => patrol.calls(detail, 404));
    expect(urls).toEqual(['/orders/o2', '/orders/o3', '/orders/o4', '/orders/o5', '/orders/1', '/orders/o1']);
  });

  it('are no words of what is done while the list holds others', () => {
    const patrol = new Patrol(['GET /orders', detail]);
    const names = ['deleteAll', 'delete', 'order-7'].map((id) => ({ id }));
    patrol.answer('GET /orders', names);
    expect(patrol.check(detail).request.url).toMatch(/\/orders\/order-7$/);
    patrol.answer('GET /orders', names.slice(0, 2));
    expect(patrol.check(detail).request.url).toMatch(/\/orders\/1$/);
  });

  it('stay the same while they are taken, whatever is new in the list', () => {
    const patrol = new Patrol(['GET /orders', detail]);
    patrol.answer('GET /orders', [{ id: 7 }]);
    patrol.calls(detail, 200);
    patrol.answer('GET /orders', [{ id: 9 }, { id: 8 }, { id: 7 }]);
    expect(patrol.url(detail)).toBe('/orders/7');
    patrol.answer('GET /orders', [{ id: 9 }, { id: 8 }]);
    expect(patrol.url(detail)).toBe('/orders/9');
  });

  it('are not an example that has worked', () => {
    const patrol = new Patrol(['GET /orders', sampled]);
    patrol.calls(detail, 200);
    patrol.answer('GET /orders', [{ id: 7 }]);
    expect(patrol.url(detail)).toBe('/orders/E1');
    expect(patrol.calls(detail, 404)).toBe('/orders/7');
  });

  it('are not followed by a made-up one where a real one has worked', () => {
    const patrol = new Patrol(['GET /orders', detail]);
    patrol.answer('GET /orders', [{ id: 7 }]);
    patrol.calls(detail, 200);
    expect(patrol.calls(detail, 404)).toBe('/orders/7');
  });

  it('are tried by turns with the one that has worked when all have been refused', () => {
    const patrol = new Patrol(['GET /orders', detail]);
    patrol.answer('GET /orders', [{ id: 7 }, { id: 8 }, { id: 9 }]);
    patrol.calls(detail, 404);
    patrol.calls(detail, 200);
    const urls = [404, 404, 404, 404, 404].map((status) => patrol.calls(detail, status));
    expect(urls).toEqual(['/orders/9', '/orders/8', '/orders/7', '/orders/8', '/orders/9']);
  });

  it('are those that say which record is meant', () => {
    const given = [aParameter('id', 'path'), aParameter('q', 'query', { examples: ['x'] })];
    const patrol = new Patrol(['GET /orders', anOperation(detail, { parameters: given })]);
    patrol.answer('GET /orders', [{ id: 7 }, { id: 8 }]);
    expect(patrol.calls(detail, 404)).toBe('/orders/8?q=x');
  });

  it('are refused in words as well', () => {
    const patrol = new Patrol(['GET /orders', detail]);
    patrol.answer('GET /orders', [{ id: 7 }, { id: 8 }]);
    const findings = [{ kind: 'envelope', level: 'error', message: 'code is 404' }] as const;
    expect(patrol.calls(detail, 200, { verdict: 'fail', findings })).toBe('/orders/8');
  });

  it.each([500, 401, 429, 200])('are not those of an answer %i', (status) => {
    const patrol = new Patrol(['GET /orders', detail]);
    patrol.answer('GET /orders', [{ id: 7 }, { id: 8 }]);
    expect(patrol.calls(detail, status)).toBe('/orders/7');
  });

  it('were never sent when an optional parameter was missing that the refusal names', () => {
    const optional = ['chart', 'token', 'filter'].map((name) =>
      aParameter(name, 'query', {
        required: false,
        ...(name === 'filter' ? { schema: { type: 'object' } } : {}),
      }),
    );
    const patrol = new Patrol([anOperation('GET /data', { parameters: optional })]);
    const said = (text: string): Partial<Result> => ({
      evidence: { curl: '', excerpt: `{"msg":"${text}"}` },
    });
    expect(patrol.url('GET /data')).toBe('/data');
    expect(patrol.calls('GET /data', 404, said('no chart'))).toBe('/data');
    expect(patrol.calls('GET /data', 400, said('chart, token and filter are required'))).toBe(
      '/data?chart=a',
    );
    expect(patrol.check('GET /data').leftOut).toEqual(['token', 'filter']);
    expect(patrol.calls('GET /data', 200)).toBe('/data?chart=a');
  });
});

it('what was made up for an optional parameter that a refusal named is left out again when it is refused', () => {
  const parameters = [
    aParameter('chart', 'query', { required: false, schema: { type: 'string', default: 'system.cpu' } }),
    aParameter('context', 'query', { required: false, schema: { type: 'string' } }),
  ];
  const data = 'GET /data';
  const patrol = new Patrol([anOperation(data, { parameters })]);
  const named = { evidence: { curl: '', excerpt: '{"message":"No chart or context."}' } };
  expect(patrol.calls(data, 400, named)).toBe('/data?chart=system.cpu&context=a');
  expect(patrol.calls(data, 404)).toBe('/data?chart=system.cpu');
  expect(patrol.calls(data, 200)).toBe('/data?chart=system.cpu');
});

describe('whether refused values explain that what has worked fails', () => {
  const detail = 'GET /orders/{id}';
  it.each<[says: string, listed: readonly string[], statuses: readonly number[], is: boolean]>([
    ['one was refused', ['7', '8'], [404], false],
    ['two were', ['7', '8'], [404, 404], true],
    ['one was, and then one was taken', ['7', '8'], [404, 200, 404], false],
    ['the only one was', ['7'], [404], false],
    ['the only one was again', ['7'], [404, 404], true],
    ['nothing is called what was made up', [], [404, 404, 404], false],
    ['what was made up is refused again', [], [400, 400], true],
  ])('%s', (_, listed, statuses, is) => {
    const patrol = new Patrol(['GET /orders', detail]);
    patrol.answer(
      'GET /orders',
      listed.map((id) => ({ id })),
    );
    for (const status of [200, ...statuses]) patrol.calls(detail, status);
    expect(patrol.trials.isExhausted(patrol.check(detail))).toBe(is);
  });
});

describe('whether refusals of a value that was made up explain that what has worked fails', () => {
  const refusal = (words: string): Partial<Result> => ({
    verdict: 'unknown',
    reason: { code: 'made-up-value', message: words },
    findings: [{ kind: 'envelope', level: 'error', message: words }],
  });
  it.each<[says: string, name: string, good: number, refused: number, is: boolean]>([
    ['one refusal of what has worked again and again', 'keyword', 3, 1, false],
    ['a second one, of another value', 'keyword', 3, 2, true],
    ['two where it has worked once', 'keyword', 1, 2, false],
    ['any of a date, which is not the same tomorrow', 'date', 9, 9, false],
    ['any of what names something, which may be gone', 'id', 9, 9, false],
  ])('%s', (_, name, good, refused, is) => {
    const call = 'GET /search';
    const patrol = new Patrol([anOperation(call, { parameters: [aParameter(name, 'query')] })]);
    for (let time = 0; time < good; time++) patrol.calls(call, 200);
    for (let time = 0; time < refused; time++) patrol.calls(call, 200, refusal('code is 500 ("参数错误")'));
    expect(patrol.trials.isExhausted(patrol.check(call))).toBe(is);
  });

  it('are followed by another value', () => {
    const call = 'GET /search';
    const patrol = new Patrol([anOperation(call, { parameters: [aParameter('keyword', 'query')] })]);
    for (let time = 0; time < 3; time++) expect(patrol.calls(call, 200)).toBe('/search?keyword=a');
    expect(patrol.calls(call, 400, refusal('HTTP 400'))).not.toBe('/search?keyword=a');
  });
});

describe('what is made up while a list that has given values is empty', () => {
  const detail = 'GET /orders/{id}';
  const unsaying: Partial<Result> = { verdict: 'unknown', reason: { code: 'made-up-value', message: '' } };
  const emptied = (status: number, given: Partial<Result> = {}): Patrol => {
    const patrol = new Patrol(['GET /orders', detail]);
    patrol.answer('GET /orders', [{ id: 7 }]);
    patrol.calls(detail, status, given);
    patrol.answer('GET /orders', []);
    return patrol;
  };

  it.each([200, 500])('stands in for them once they have been answered, with HTTP %i', (status) => {
    // Only a process that goes on still has those that have worked.
    const patrol = status === 200 ? emptied(status).afterRestart() : emptied(status);
    expect([patrol.url(detail), patrol.check(detail).standIns]).toEqual(['/orders/1', ['id']]);
    patrol.answer('GET /orders', [{ id: 8 }]);
    expect([patrol.url(detail), patrol.check(detail).standIns]).toEqual(['/orders/8', undefined]);
  });

  it('stands in for them after a restart as well', () => {
    const before = emptied(200);
    const kept = before.trials.news();
    before.trials.adopt(kept);
    expect([kept.length, before.trials.news()]).toEqual([1, []]);
    const { id } = before.check(detail);
    expect(new Trials(kept).of(id)?.captured).toEqual(['id']);
  });

  it('does not take their place by being answered, although they had been refused', () => {
    const patrol = emptied(200);
    patrol.answer('GET /orders', [{ id: 7 }]);
    patrol.calls(detail, 404);
    patrol.answer('GET /orders', []);
    for (let time = 0; time < 3; time++) patrol.calls(detail, 200, unsaying);
    patrol.answer('GET /orders', [{ id: 7 }]);
    expect(patrol.url(detail)).toBe('/orders/7');
  });

  it('is tried where captured ones have only been refused: they may name something else', () => {
    const patrol = new Patrol(['GET /orders', detail]);
    patrol.answer('GET /orders', [{ id: 7 }]);
    expect(patrol.calls(detail, 404)).toBe('/orders/1');
    expect([patrol.check(detail).standIns, patrol.calls(detail, 200)]).toEqual([undefined, '/orders/1']);
    for (const id of [8, 9]) {
      patrol.answer('GET /orders', [{ id }]);
      expect(patrol.url(detail)).toBe(`/orders/${id}`);
      patrol.calls(detail, 404);
    }
    expect(patrol.trials.isExhausted(patrol.check(detail))).toBe(false);
  });
});

/** An operation with a parameter `mid` that is called with given values. */
class Called {
  readonly trials = new Trials();
  readonly #place: FilledValue['in'];

  constructor(place: FilledValue['in']) {
    this.#place = place;
  }

  readonly called = (origin: ValueOrigin, value: string, ...others: readonly FilledValue[]): Check => ({
    ...new Patrol(['GET /info']).check('GET /info'),
    values: [{ name: 'mid', in: this.#place, value, origin }, ...others],
  });
}

describe('what is made up where only real values have worked', () => {
  const answered = (status: number, given: Partial<Result>): Result =>
    aResult(new Patrol(['GET /info']).check('GET /info').id, status, given);
  const list = 'GET /Member/lists';
  const detail = 'GET /Member/info';
  const inWords = (code: string): Partial<Result> => ({
    verdict: 'unknown',
    reason: { code: 'made-up-value', message: code },
    unproven: { verdict: 'fail', code: 'assertion', message: code },
    findings: [{ kind: 'envelope', level: 'error', message: code }],
  });
  const excused: Partial<Result> = {
    verdict: 'unknown',
    reason: { code: 'made-up-value', message: '' },
    unproven: { verdict: 'fail', code: 'status', message: '' },
  };
  const emptied = (names: readonly string[], restarted = false): Patrol => {
    const parameters = names.map((name) => aParameter(name));
    const patrol = new Patrol([list, anOperation(detail, { parameters })]);
    patrol.answer(list, { list: [Object.fromEntries(names.map((name) => [name, `M${name}`]))] });
    for (let time = 0; time < 4; time++) patrol.calls(detail, 200);
    patrol.answer(list, { list: [] });
    return restarted ? patrol.afterRestart() : patrol;
  };
  const refusals: readonly [says: string, status: number, given: Partial<Result>][] = [
    ['in words', 200, inWords('status is 0 ("数据不存在")')],
    ['with HTTP 404', 404, excused],
    ['with HTTP 400', 400, excused],
    ['with HTTP 422', 422, excused],
  ];

  it.each(
    ['mid', 'memberId', 'keyword'].flatMap((name) =>
      [false, true].flatMap((restarted) =>
        refusals.map(([says, status, given]) => ({ name, restarted, says, status, given })),
      ),
    ),
  )('blames nobody, however often it is refused: $name, $says, restarted: $restarted', (one) => {
    const patrol = emptied([one.name], one.restarted);
    for (let time = 0; time < 6; time++) {
      expect(patrol.check(detail).values).toMatchObject([
        one.restarted
          ? { name: one.name, origin: 'generated' }
          : { name: one.name, origin: 'captured', isKept: true },
      ]);
      patrol.calls(detail, one.status, one.given);
      expect(patrol.trials.isExhausted(patrol.check(detail))).toBe(false);
    }
  });

  it.each(['mid', 'memberId', 'plate'])('says nothing by being answered: %s', (name) => {
    expect(emptied([name], true).check(detail).standIns).toEqual([name]);
  });

  it.each(refusals)('is to blame before what is real and goes with it: refused %s', (_, status, given) => {
    const { trials, called } = new Called('query');
    const shop = { name: 'shopId', in: 'query', value: 5, origin: 'captured' } as const;
    for (let time = 0; time < 4; time++) trials.note(called('captured', 'M1', shop), answered(200, {}));
    for (const value of ['1', '11', '1', '11']) {
      const check = called('generated', value, shop);
      trials.note(check, answered(status, given));
      expect(trials.isExhausted(check)).toBe(false);
    }
  });

  it.each(['header', 'query', 'path', 'body'] as const)('as well where it was configured: %s', (place) => {
    const { trials, called } = new Called(place);
    for (let time = 0; time < 4; time++) trials.note(called('config', 'M00012'), answered(200, {}));
    for (const value of ['1', '11', '1', '11']) {
      const check = called('generated', value);
      trials.note(check, answered(400, excused));
      expect(trials.isExhausted(check)).toBe(false);
    }
  });

  it('hides no refusal of what is real once there is some again', () => {
    const patrol = emptied(['mid']);
    for (let time = 0; time < 3; time++) patrol.calls(detail, 404, excused);
    patrol.answer(list, { list: [{ mid: 'M00012' }] });
    const before = patrol.check(detail);
    expect(before.values).toMatchObject([{ value: 'M00012', origin: 'captured' }]);
    for (let time = 0; time < 2; time++) patrol.calls(detail, 404, excused);
    expect(patrol.trials.isExhausted(before)).toBe(true);
  });
});

it('keeps what it knows of one service while it follows another', () => {
  const patrol = new Patrol(['GET /orders', 'GET /orders/{id}']);
  patrol.answer('GET /orders', [{ id: 7 }]);
  atOnce(patrol.captures.follow([], ['users']));
  expect(patrol.url('GET /orders/{id}')).toBe('/orders/7');
  expect(patrol.captures.feeds(patrol.check('GET /orders/{id}'))).toBe(true);
});

describe('stages of checks', () => {
  const shown = (patrol: Patrol, stages: readonly Stage[]) => {
    const nameOf = (id: string) => patrol.checks().find((check) => check.id === id)?.operation;
    return stages.map(({ after, checks }) => ({
      after: after.map(nameOf),
      checks: checks.map(({ operation }) => operation),
    }));
  };

  it('wait for the lists that they take values from, so that one cycle is enough', () => {
    const patrol = new Patrol([
      'GET /orders/{id}/items/{itemId}',
      'GET /orders/{id}',
      'GET /orders',
      'GET /orders/{id}/items',
      'GET /health',
    ]);
    expect(shown(patrol, patrol.captures.stages(patrol.checks()))).toEqual([
      { after: [], checks: ['GET /orders', 'GET /health'] },
      { after: ['GET /orders'], checks: ['GET /orders/{id}', 'GET /orders/{id}/items'] },
      { after: ['GET /orders', 'GET /orders/{id}/items'], checks: ['GET /orders/{id}/items/{itemId}'] },
    ]);
  });

  it('do not wait for a check that is not called', () => {
    const patrol = new Patrol(['GET /orders', 'GET /orders/{id}']);
    expect(shown(patrol, patrol.captures.stages([patrol.check('GET /orders/{id}')]))).toEqual([
      { after: [], checks: ['GET /orders/{id}'] },
    ]);
    expect(patrol.captures.stages([])).toEqual([]);
  });

  it('do not wait for each other in a circle', () => {
    const get = (key: string, parameter: string) => anOperation(key, { parameters: [aParameter(parameter)] });
    const patrol = new Patrol([get('GET /orders', 'userId'), get('GET /users', 'orderId'), 'GET /health']);
    expect(shown(patrol, patrol.captures.stages(patrol.checks()))).toEqual([
      { after: [], checks: ['GET /health'] },
      { after: [], checks: ['GET /orders', 'GET /users'] },
    ]);
  });
});
