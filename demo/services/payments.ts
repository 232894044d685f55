import type { Clock } from '../../src/lib/time/clock.ts';
import type { Json } from '../../src/model/json.ts';
import { type DemoAnswer, type DemoOperation, oneOf, text } from '../operation.ts';

export const demoApiKey = 'payments-api-key-1';

const success = (data: Json): DemoAnswer => ({ status: 200, body: { code: 0, message: 'ok', data } });

export function refusePayments(status: number, message: string): DemoAnswer {
  return { status, body: { code: status, message } };
}

const paymentId = {
  name: 'paymentId',
  in: 'path',
  required: true,
  schema: text,
  example: 'P-20001',
} as const;
const day = { name: 'date', in: 'path', required: true, schema: text, example: '2026-01-31' } as const;

/** Payments, refunds and settlements: documented as a Postman collection with saved examples. */
export function paymentOperations(clock: Clock): readonly DemoOperation[] {
  return [...payments(clock), ...refunds(clock), ...settlements()];
}

function payments(clock: Clock): readonly DemoOperation[] {
  const tag = '支付';
  const one = (id: string) => payment(id, clock);
  return [
    {
      id: '支付列表',
      method: 'GET',
      path: '/payments',
      summary: '支付列表',
      tag,
      secured: true,
      parameters: [
        { name: 'status', in: 'query', schema: oneOf('success', 'pending', 'failed'), example: 'success' },
        { name: 'limit', in: 'query', schema: { type: 'integer' }, example: 10 },
      ],
      handle: () => success([one('P-20001'), one('P-20002')]),
    },
    {
      id: '支付详情',
      method: 'GET',
      path: '/payments/{paymentId}',
      summary: '支付详情',
      tag,
      secured: true,
      parameters: [paymentId],
      handle: ({ path }) =>
        path['paymentId']?.startsWith('P-2') === true
          ? success(one(path['paymentId']))
          : refusePayments(404, 'payment not found'),
    },
    {
      id: '发起支付',
      method: 'POST',
      path: '/payments',
      summary: '发起支付',
      tag,
      secured: true,
      body: { schema: {}, example: { orderId: 'O-10001', amount: 99.9, channel: 'wechat' } },
      handle: () => success(one('P-20003')),
    },
    {
      id: '支付渠道',
      method: 'GET',
      path: '/channels',
      summary: '支付渠道',
      tag,
      secured: true,
      handle: () => success(['wechat', 'alipay', 'unionpay']),
    },
  ];
}

function refunds(clock: Clock): readonly DemoOperation[] {
  const tag = '退款';
  const refund = {
    refundId: 'R-30001',
    paymentId: 'P-20001',
    amount: 20,
    at: new Date(clock.now()).toISOString(),
  };
  return [
    {
      id: '退款列表',
      method: 'GET',
      path: '/refunds',
      summary: '退款列表',
      tag,
      secured: true,
      handle: () => success([refund]),
    },
    {
      id: '退款详情',
      method: 'GET',
      path: '/refunds/{refundId}',
      summary: '退款详情',
      tag,
      secured: true,
      parameters: [{ name: 'refundId', in: 'path', required: true, schema: text, example: 'R-30001' }],
      handle: ({ path }) =>
        path['refundId'] === 'R-30001' ? success(refund) : refusePayments(404, 'refund not found'),
    },
    {
      id: '申请退款',
      method: 'POST',
      path: '/payments/{paymentId}/refunds',
      summary: '申请退款',
      tag,
      secured: true,
      parameters: [paymentId],
      body: { schema: {}, example: { amount: 20 } },
      handle: () => success(refund),
    },
  ];
}

function settlements(): readonly DemoOperation[] {
  const tag = '结算';
  return [
    {
      id: '结算单',
      method: 'GET',
      path: '/settlements/{date}',
      summary: '某天的结算单',
      tag,
      secured: true,
      parameters: [day],
      handle: ({ path }) =>
        success({ date: path['date'] ?? '', gross: 18_230.5, fee: 109.38, net: 18_121.12 }),
    },
    {
      id: '结算明细',
      method: 'GET',
      path: '/settlements/{date}/items',
      summary: '某天的结算明细',
      tag,
      secured: true,
      parameters: [day],
      handle: () => success([{ paymentId: 'P-20001', amount: 99.9, fee: 0.6 }]),
    },
    {
      id: '汇率',
      method: 'GET',
      path: '/rates',
      summary: '汇率',
      tag,
      secured: false,
      parameters: [{ name: 'base', in: 'query', schema: text, example: 'CNY' }],
      handle: ({ query }) => success({ base: query.get('base') ?? 'CNY', USD: 0.14, EUR: 0.13 }),
    },
    {
      id: '健康检查',
      method: 'GET',
      path: '/health',
      summary: '健康检查',
      tag,
      secured: false,
      handle: () => success({ status: 'up' }),
    },
  ];
}

function payment(paymentId: string, clock: Clock) {
  return {
    paymentId,
    orderId: 'O-10001',
    amount: 99.9,
    channel: 'wechat',
    status: 'success',
    paidAt: new Date(clock.now()).toISOString(),
  };
}
