import { expect, test } from 'vitest';
import { aDocument, anOperation, aParameter, aService, planFor } from '../../../test/support/plan-inputs.ts';
import { atOnce } from '../../lib/yielder.ts';
import type { Check } from '../../model/check.ts';
import type { Operation } from '../../model/document.ts';
import type { Json, JsonSchema } from '../../model/json.ts';
import { Captures } from '../captures.ts';

const object = (...names: readonly string[]): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
});
const within = (data: JsonSchema): JsonSchema => ({ type: 'object', properties: { data } });

function answering(key: string, schema: JsonSchema): Operation {
  return anOperation(key, {
    responses: [{ status: '200', media: [{ contentType: 'application/json', schema, examples: [] }] }],
  });
}

const asking = (key: string, name: string): Operation =>
  anOperation(key, { parameters: [aParameter(name, 'query', { required: true })] });

/** What `to` is called with after `from` has answered. */
function called(from: string | Operation, to: string | Operation, body: Json): string {
  const operations = [from, to].map((one) => (typeof one === 'string' ? anOperation(one) : one));
  const captures = new Captures();
  const plan = (): readonly Check[] =>
    planFor({
      documents: [aDocument(operations)],
      services: [aService()],
      options: { captured: captures.values },
    }).checks;
  const find = (at: number): Check => {
    const check = plan().find(({ operation }) => operation === operations[at]?.key);
    if (check === undefined) throw new Error('not planned');
    return check;
  };
  atOnce(captures.follow(plan(), ['orders']));
  captures.observe(find(0), body);
  return find(1).request.url.replace('https://orders.internal', '');
}

test.each<[string, string, Json, string]>([
  ['GET /user/info', 'GET /user/{userId}', { code: 0, data: { userId: 'u77', nick: 'x' } }, '/user/u77'],
  ['GET /shop/info', 'GET /shop/{shopId}', { code: 0, msg: '', data: { shopId: 77 } }, '/shop/77'],
  ['GET /shop/info', 'GET /shop/{shopId}', { shopId: 77, shopName: 'x' }, '/shop/77'],
  ['GET /shop/info', 'GET /shop/{id}', { success: true, result: { id: 77 } }, '/shop/77'],
  ['GET /shop/info', 'GET /shop/{id}/staff', { data: { shop: { id: 77 } } }, '/shop/77/staff'],
  ['GET /shop/info', 'GET /shop/{id}', { data: { id: 77, items: [{ id: 9 }] } }, '/shop/77'],
  ['GET /getShopInfo', 'GET /visit/{shopId}', { data: { shopId: 77, tags: ['VIP'] } }, '/visit/77'],
  ['GET /shop', 'GET /shop/{shopId}', { data: { shopId: 77, tags: ['VIP'] } }, '/shop/77'],
  ['GET /shop/info', 'GET /shop/{code}', { code: 0, data: null }, '/shop/1'],
  ['GET /shop/info', 'GET /shop/{id}', { code: 0, data: null }, '/shop/1'],
  ['GET /', 'GET /{id}', { id: 'server-1', name: 'x' }, '/1'],
])('of one record its id is taken: %s for %s, %j', (from, to, body, url) => {
  expect(called(from, to, body)).toBe(url);
});

const logs = 'GET /orders/{order_id}/logs';

test.each<[string, string, Json]>([
  ['a tag', 'GET /orders/detail', { data: { title: 'x', flags: ['URGENT'] } }],
  ['a tag in a list of a usual name', 'GET /orders/detail', { data: { title: 'x', values: ['URGENT'] } }],
  ['a tag at the top', 'GET /orders/detail', { title: 'x', flags: ['URGENT'] }],
  ['the code of a tag', 'GET /orders/detail', { data: { title: 'x', flags: [{ code: 'URGENT' }] } }],
  ['the id of a part', 'GET /orders/detail', { data: { title: 'x', lines: [{ id: 5 }] } }],
  ['the id of an item', 'GET /orders/detail', { data: { title: 'x', items: [{ id: 5 }] } }],
  ['a status', 'GET /orders/detail', { data: { status: 'OPEN', name: 'x', code: 'NEW', key: 'k' } }],
  ['a tag beside an empty list', 'GET /orders', { data: { orders: [], flags: ['URGENT'] } }],
  ['a tag beside no list', 'GET /orders', { data: { total: 0, flags: ['URGENT'] } }],
  ['an envelope', 'GET /orders/detail', { code: 'OK', id: 'trace-1', data: null }],
])('%s is no id', (_, from, body) => {
  expect(called(from, logs, body)).toBe('/orders/1/logs');
});

const courses = answering('GET /courses', within({ type: 'array', items: object('courseId', 'teacherId') }));
const stores = answering('GET /stores/list', within(object('ckbm', 'ckmc')));

test.each<[string, Operation, string | Operation, Json, string]>([
  ['an id', courses, 'GET /teachers/{teacherId}', { data: [{ teacherId: 't9' }] }, '/teachers/t9'],
  [
    'an id of a query',
    courses,
    asking('GET /teachers', 'teacherId'),
    { data: [{ teacherId: 't9' }] },
    '/teachers?teacherId=t9',
  ],
  [
    'an id below an envelope',
    courses,
    'GET /teachers/{teacher_id}',
    { data: { list: [{ teacherId: 't9' }] } },
    '/teachers/t9',
  ],
  [
    'initials of a code',
    stores,
    asking('GET /slots', 'ckbm'),
    { data: [{ ckbm: 'CK01', ckmc: '一号仓' }] },
    '/slots?ckbm=CK01',
  ],
  [
    'a code in Chinese',
    answering('GET /仓库/列表', within(object('仓库编码'))),
    asking('GET /kw', '仓库编码'),
    { data: [{ 仓库编码: 'CK01' }] },
    `/kw?${encodeURIComponent('仓库编码')}=CK01`,
  ],
  ['no other field', courses, 'GET /teachers/{teacherId}', { data: [{ id: 5, name: 'x' }] }, '/teachers/1'],
  [
    'nothing by a name that says how',
    answering('GET /courses', within({ type: 'array', items: object('status') })),
    asking('GET /teachers', 'status'),
    { data: [{ status: 'OPEN' }] },
    '/teachers?status=a',
  ],
  [
    'nothing by a name that anything has',
    answering('GET /courses', within({ type: 'array', items: object('name') })),
    asking('GET /teachers', 'name'),
    { data: [{ name: 'x' }] },
    '/teachers?name=a',
  ],
])('records of other kinds hold %s', (_, from, to, body, url) => {
  expect(called(from, to, body)).toBe(url);
});
