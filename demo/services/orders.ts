import type { Clock } from '../../src/lib/time/clock.ts';
import type { JsonObject, JsonSchema } from '../../src/model/json.ts';
import {
  count,
  date,
  dateTime,
  type DemoAnswer,
  type DemoOperation,
  list,
  money,
  ok,
  oneOf,
  pageOf,
  record,
  ref,
  text,
} from '../operation.ts';
import { products, shipments } from './catalog.ts';
import { dayMs, paging, refuseOrders } from './order-rules.ts';

const orderStatus = oneOf('created', 'paid', 'shipped', 'delivered', 'cancelled');

export const orderSchemas: Readonly<Record<string, JsonSchema>> = {
  Order: record({
    orderId: { ...text, pattern: '^O-\\d{5}$', examples: ['O-10001'] },
    userId: { type: 'integer', format: 'int64' },
    status: ref('OrderStatus'),
    total: { ...money, description: 'In yuan.' },
    currency: oneOf('CNY', 'USD'),
    createdAt: dateTime,
    'note?': { type: ['string', 'null'], maxLength: 200 },
    address: ref('Address'),
  }),
  OrderStatus: orderStatus,
  Address: record({ province: text, city: text, street: text, 'zip?': { ...text, pattern: '^\\d{6}$' } }),
  OrderItem: record({ sku: text, name: text, quantity: { type: 'integer', minimum: 1 }, price: money }),
  OrderPage: record({ items: list(ref('Order')), page: count, size: count, total: count }),
  NewOrder: record({ userId: { type: 'integer', format: 'int64' }, items: list(ref('NewItem')) }),
  NewItem: record({ sku: text, quantity: { type: 'integer', minimum: 1 } }),
  Product: record({ sku: text, name: text, category: text, price: money, onSale: { type: 'boolean' } }),
  Category: record({ code: text, name: text, 'children?': list(ref('Category')) }),
  Shipment: record({
    trackingNo: text,
    orderId: text,
    carrier: oneOf('SF', 'YTO', 'ZTO', 'EMS'),
    events: list(record({ at: dateTime, place: text, text })),
  }),
  Error: record({ error: text, message: text }),
};

const orderId = {
  name: 'orderId',
  in: 'path',
  required: true,
  schema: { ...text, pattern: '^O-\\d{5}$' },
  example: 'O-10001',
} as const;
/** Orders, products and shipments: plain REST, documented as OpenAPI 3.1. */
export function orderOperations(clock: Clock): readonly DemoOperation[] {
  return [...orders(clock), ...products(), ...shipments(clock)];
}

function orders(clock: Clock): readonly DemoOperation[] {
  const all = Array.from({ length: 57 }, (_, index) => order(index, clock));
  const find = (id: string | undefined) => all.find((one) => one['orderId'] === id);
  const tag = 'orders';
  const known = (id: string | undefined, answer: (found: JsonObject) => DemoAnswer) => {
    const found = find(id);
    return found === undefined ? refuseOrders(404, `no order ${id}`) : answer(found);
  };
  const page = (query: URLSearchParams) => {
    const status = query.get('status');
    const chosen = all.filter((one) => status === null || one['status'] === status);
    const items = pageOf(chosen, query.get('page'), query.get('size'));
    return { items, page: Number(query.get('page') ?? 1), size: items.length, total: chosen.length };
  };
  const statusFilter = { name: 'status', in: 'query', schema: ref('OrderStatus') } as const;
  return [
    {
      id: 'listOrders',
      method: 'GET',
      path: '/orders',
      summary: 'Orders, newest first',
      tag,
      secured: true,
      parameters: [...paging, statusFilter],
      answer: ref('OrderPage'),
      handle: ({ query }) => ok(page(query)),
    },
    {
      id: 'countOrders',
      method: 'HEAD',
      path: '/orders',
      summary: 'Number of orders, in X-Total-Count',
      tag,
      secured: true,
      handle: () => ({ status: 200, headers: { 'x-total-count': String(all.length) } }),
    },
    {
      id: 'createOrder',
      method: 'POST',
      path: '/orders',
      summary: 'Places an order',
      tag,
      secured: true,
      body: { schema: ref('NewOrder'), example: { userId: 1001, items: [{ sku: 'SKU-001', quantity: 2 }] } },
      status: 201,
      answer: ref('Order'),
      handle: () => ({ status: 201, body: order(100, clock) }),
    },
    {
      id: 'searchOrders',
      method: 'POST',
      path: '/orders/search',
      summary: 'Searches orders; changes nothing',
      tag,
      secured: true,
      body: {
        schema: record({ 'keyword?': text, 'status?': ref('OrderStatus') }),
        example: { status: 'paid' },
      },
      answer: ref('OrderPage'),
      handle: ({ query }) => ok(page(query)),
    },
    {
      id: 'orderStatistics',
      method: 'GET',
      path: '/orders/statistics',
      summary: 'Number of orders and turnover by day',
      tag,
      secured: true,
      parameters: [
        { name: 'from', in: 'query', required: true, schema: date, example: '2026-01-01' },
        { name: 'to', in: 'query', required: true, schema: date, example: '2026-01-31' },
      ],
      answer: list(record({ day: date, orders: count, turnover: money })),
      handle: ({ query }) => ok([{ day: query.get('from') ?? '2026-01-01', orders: 12, turnover: 3480.5 }]),
    },
    {
      id: 'getOrder',
      method: 'GET',
      path: '/orders/{orderId}',
      summary: 'One order',
      tag,
      secured: true,
      parameters: [orderId],
      answer: ref('Order'),
      others: { 404: 'No such order' },
      handle: ({ path }) => known(path['orderId'], ok),
    },
    {
      id: 'changeOrder',
      method: 'PUT',
      path: '/orders/{orderId}',
      summary: 'Changes an order that has not been paid',
      tag,
      secured: true,
      parameters: [orderId],
      body: { schema: ref('NewOrder'), example: { userId: 1001, items: [{ sku: 'SKU-001', quantity: 1 }] } },
      answer: ref('Order'),
      others: { 404: 'No such order' },
      handle: ({ path }) => known(path['orderId'], ok),
    },
    {
      id: 'cancelOrder',
      method: 'DELETE',
      path: '/orders/{orderId}',
      summary: 'Cancels an order',
      tag,
      secured: true,
      parameters: [orderId],
      status: 204,
      others: { 404: 'No such order' },
      handle: ({ path }) => known(path['orderId'], () => ({ status: 204 })),
    },
    {
      id: 'listOrderItems',
      method: 'GET',
      path: '/orders/{orderId}/items',
      summary: 'What was ordered',
      tag,
      secured: true,
      parameters: [orderId],
      answer: list(ref('OrderItem')),
      others: { 404: 'No such order' },
      handle: ({ path }) =>
        known(path['orderId'], () => ok([{ sku: 'SKU-001', name: '机械键盘', quantity: 1, price: 399 }])),
    },
    {
      id: 'orderTimeline',
      method: 'GET',
      path: '/orders/{orderId}/timeline',
      summary: 'What happened to an order',
      tag,
      secured: true,
      parameters: [orderId],
      answer: list(record({ at: dateTime, status: ref('OrderStatus'), by: text })),
      others: { 404: 'No such order' },
      handle: ({ path }) =>
        known(path['orderId'], (found) =>
          ok([{ at: found['createdAt'] ?? '', status: 'created', by: 'customer' }]),
        ),
    },
  ];
}

function order(index: number, clock: Clock) {
  const statuses = ['created', 'paid', 'shipped', 'delivered', 'cancelled'];
  return {
    orderId: `O-${10_001 + index}`,
    userId: 1001 + (index % 7),
    status: statuses[index % 5] ?? 'created',
    total: Math.round(9900 + index * 1234.5) / 100,
    currency: 'CNY',
    createdAt: new Date(clock.now() - index * dayMs).toISOString(),
    note: index % 3 === 0 ? null : '尽快发货',
    address: { province: '上海市', city: '上海市', street: `世纪大道 ${100 + index} 号`, zip: '200120' },
  };
}
