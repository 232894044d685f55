import { sentence } from '../../messages/sentence.ts';
import { describe, expect, it } from 'vitest';
import { scenarios } from '../test-message/scenarios.ts';
import { plainText, renderText } from './markup.ts';
import { viewOf } from './view.ts';

const at = Date.UTC(2026, 2, 9, 4, 0);
const content = scenarios.introduction(at);
const [orders, users] = content.firstReports.map((one) => [one]);
const context = { language: 'zh', timeZone: 'Asia/Shanghai' } as const;

describe('the first report', () => {
  it('says how many work, what the others need, and where the list is', () => {
    expect(viewOf({ ...content, firstReports: orders ?? [] }, context)).toEqual({
      mark: 'minor',
      headline: '🆕【首次巡检】orders 已开始巡检：已调用 42 个接口，29 个正常，16 个待配置',
      counts: '待配置的接口首次调通之前不会告警 · 完整清单：apipatrol set-up',
      items: [
        {
          mark: 'minor',
          id: '',
          title: 'orders',
          status: '',
          details: [
            { label: '已调用', value: '正常 29、与文档不符 1、需要参数值 9、需要权限 2、从未调通 1' },
            { label: '未调用', value: '17 个（写操作 14、缺少参数值 3）' },
            {
              label: '待配置',
              value:
                '12 个接口需要参数 tenantId；2 个接口拒绝凭证“sso”的令牌，而本服务另有 67 个接口接受它：需要换用其他凭证，还是缺少权限？；GET /orders/export：返回 HTTP 500，自首次调用以来一直如此',
            },
          ],
          brief: '已调用 42 个接口，29 个正常，16 个待配置',
        },
      ],
      beyond: 0,
    });
  });

  it('says what is to be done about one operation in one language', () => {
    const group = {
      operation: 'POST /orders/search',
      why: sentence('readsByName', { method: 'POST' }),
    };
    const [report] = (orders ?? []).map((one) => ({ ...one, groups: [group] }));
    const view = viewOf({ ...content, firstReports: report === undefined ? [] : [report] }, context);
    expect(view.items[0]?.details.at(-1)?.value).toBe(
      'POST /orders/search：POST 可能修改数据；从名称看只是查询',
    );
  });

  it('names a document that cannot be read, with an address to copy', () => {
    const [report] = orders ?? [];
    if (report === undefined) throw new Error('no report');
    const counts = {
      ...report.counts,
      called: 0,
      pass: 0,
      differ: 0,
      value: 0,
      permission: 0,
      refused: 0,
      notCalled: {},
    };
    const unread = [
      {
        uri: 'http://orders.internal/v3/api-docs',
        message: 'it answers 401',
        hint: sentence('doesNotExist'),
      },
    ];
    const bare = { ...content, firstReports: [{ ...report, counts, waiting: 0, groups: [], unread }] };
    const { headline, items } = viewOf(bare, context);
    expect([headline, items[0]?.details]).toEqual([
      '🆕【首次巡检】orders 已开始巡检：没有可调用的接口，1 份接口文档无法读取',
      [
        { label: '文档无法读取', value: 'it answers 401' },
        { label: '文档地址', value: 'http://orders.internal/v3/api-docs', code: true },
        { label: '建议', value: '不存在' },
      ],
    ]);
  });

  it('is one short line when all works', () => {
    expect(viewOf({ ...content, firstReports: users ?? [] }, context)).toMatchObject({
      headline: '🆕【首次巡检】users 已开始巡检：12 个接口全部正常',
      counts: '',
      items: [],
    });
    const text = renderText(
      { ...content, firstReports: users ?? [] },
      context,
      { ...plainText, muted: (one) => `<${one}>` },
      { maxBytes: 2000, maxParts: 1 },
    );
    expect(text.parts).toEqual(['🆕【首次巡检】users 已开始巡检：12 个接口全部正常']);
  });

  it('says of one that works what is not called, and why', () => {
    const [report] = (users ?? []).map((one) => ({
      ...one,
      counts: { ...one.counts, notCalled: { 'unsafe-method': 3 } },
    }));
    const { items } = viewOf({ ...content, firstReports: report === undefined ? [] : [report] }, context);
    expect(items).toMatchObject([
      { title: 'users', status: '', details: [{ label: '未调用', value: '3 个（写操作 3）' }] },
    ]);
  });

  it('of several tells those of which something is wanted, and counts the others', () => {
    expect(viewOf(content, { ...context, language: 'en' })).toMatchObject({
      headline:
        '🆕[FIRST REPORT] orders, users patrolled from now on: 41 of 54 called operations work, 16 to set up',
      counts:
        'nothing has to be done about 1 other service · What has to be set up does not alarm before it has once worked · the whole list: apipatrol set-up',
      items: [{ title: 'orders', status: '29 of 42 called operations work, 16 to set up' }],
    });
  });

  it('counts services rather than naming thirty of them', () => {
    const thirty = Array.from({ length: 30 }, (_, no) =>
      (users ?? []).map((one) => ({ ...one, service: `svc-${no}` })),
    );
    expect(viewOf({ ...content, firstReports: thirty.flat() }, context)).toMatchObject({
      headline: '🆕【首次巡检】30 个服务已开始巡检：360 个接口全部正常',
      counts: '',
      items: [],
    });
    const [wanting] = orders ?? [];
    const mixed = viewOf(
      { ...content, firstReports: [...thirty.flat(), ...(wanting === undefined ? [] : [wanting])] },
      context,
    );
    expect(mixed.headline).toBe(
      '🆕【首次巡检】31 个服务已开始巡检：已调用 402 个接口，389 个正常，16 个待配置',
    );
    expect(mixed.counts).toMatch(/^另有 30 个服务无需处理 · /);
    expect(mixed.items.map(({ title }) => title)).toEqual(['orders']);
  });
});
