import type { Clock } from '../../src/lib/time/clock.ts';
import { count, type DemoOperation, list, ok, oneOf, pageOf, record, ref, text } from '../operation.ts';
import { dayMs, paging, refuseOrders } from './order-rules.ts';

const sku = { name: 'sku', in: 'path', required: true, schema: text, example: 'SKU-001' } as const;

export function products(): readonly DemoOperation[] {
  const all = ['机械键盘', '无线鼠标', '显示器', '扩展坞', '耳机'].map((name, index) => ({
    sku: `SKU-00${index + 1}`,
    name,
    category: index < 2 ? 'input' : 'desk',
    price: 99 + index * 150,
    onSale: index % 2 === 0,
  }));
  const tag = 'products';
  const find = (id: string | undefined) => all.find((one) => one.sku === id);
  const missing = (id: string | undefined) => refuseOrders(404, `no product ${id}`);
  return [
    {
      id: 'listProducts',
      method: 'GET',
      path: '/products',
      summary: 'Products on offer',
      tag,
      secured: false,
      parameters: [...paging, { name: 'category', in: 'query', schema: oneOf('input', 'desk') }],
      answer: list(ref('Product')),
      handle: ({ query }) => ok(pageOf(all, query.get('page'), query.get('size'))),
    },
    {
      id: 'getProduct',
      method: 'GET',
      path: '/products/{sku}',
      summary: 'One product',
      tag,
      secured: false,
      parameters: [sku],
      answer: ref('Product'),
      others: { 404: 'No such product' },
      handle: ({ path }) => {
        const found = find(path['sku']);
        return found === undefined ? missing(path['sku']) : ok(found);
      },
    },
    {
      id: 'getStock',
      method: 'GET',
      path: '/products/{sku}/stock',
      summary: 'Stock by warehouse',
      tag,
      secured: true,
      parameters: [sku],
      answer: list(record({ warehouse: text, quantity: count })),
      others: { 404: 'No such product' },
      handle: ({ path }) =>
        find(path['sku']) === undefined
          ? missing(path['sku'])
          : ok([
              { warehouse: '上海', quantity: 42 },
              { warehouse: '成都', quantity: 7 },
            ]),
    },
    {
      id: 'listCategories',
      method: 'GET',
      path: '/categories',
      summary: 'Categories as a tree',
      tag,
      secured: false,
      answer: list(ref('Category')),
      handle: () =>
        ok([
          { code: 'hardware', name: '硬件', children: [{ code: 'input', name: '输入设备', children: [] }] },
        ]),
    },
  ];
}

export function shipments(clock: Clock): readonly DemoOperation[] {
  const tag = 'shipments';
  const shipment = (trackingNo: string) => ({
    trackingNo,
    orderId: 'O-10002',
    carrier: 'SF',
    events: [{ at: new Date(clock.now() - dayMs).toISOString(), place: '上海', text: '已揽收' }],
  });
  return [
    {
      id: 'listShipments',
      method: 'GET',
      path: '/shipments',
      summary: 'Shipments under way',
      tag,
      secured: true,
      parameters: [{ name: 'carrier', in: 'query', schema: oneOf('SF', 'YTO', 'ZTO', 'EMS') }],
      answer: list(ref('Shipment')),
      handle: () => ok([shipment('SF1000001')]),
    },
    {
      id: 'trackShipment',
      method: 'GET',
      path: '/shipments/{trackingNo}',
      summary: 'Where a shipment is',
      tag,
      secured: true,
      parameters: [{ name: 'trackingNo', in: 'path', required: true, schema: text, example: 'SF1000001' }],
      answer: ref('Shipment'),
      others: { 404: 'No such shipment' },
      handle: ({ path }) =>
        path['trackingNo'] === 'SF1000001'
          ? ok(shipment('SF1000001'))
          : refuseOrders(404, 'no such shipment'),
    },
    {
      id: 'ordersHealth',
      method: 'GET',
      path: '/health',
      summary: 'Whether the service is well',
      tag: 'operation',
      secured: false,
      answer: record({ status: oneOf('up', 'down') }),
      handle: () => ok({ status: 'up' }),
    },
  ];
}
