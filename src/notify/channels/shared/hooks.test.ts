import { expect, it } from 'vitest';
import type { Transition } from '../../../model/incident.ts';
import type { MessageContent } from '../../../model/message.ts';
import { scenarios } from '../../test-message/scenarios.ts';
import { alertmanagerWebhook } from '../alertmanager/alertmanager-webhook.ts';
import { at, channel, recorder } from './channel.fixture.ts';
import { webhookStandIn } from '../webhook/webhook.trial.fixture.ts';
import { webhook } from '../webhook/webhook.ts';

it('an Alertmanager webhook has the shape that receivers know', () => {
  const [part = ''] = channel(alertmanagerWebhook, { url: 'https://x.example/' }).render(
    scenarios.failure(at),
  );
  expect(JSON.parse(part)).toEqual({
    version: '4',
    groupKey: expect.stringMatching(/^apipatrol:[0-9a-f]{16}$/) as string,
    truncatedAlerts: 0,
    status: 'firing',
    receiver: 'apipatrol',
    groupLabels: { alertname: 'ApiPatrolIncident' },
    commonLabels: expect.objectContaining({ alertname: 'ApiPatrolIncident', severity: 'major' }) as object,
    commonAnnotations: {
      description: expect.stringContaining('原因') as string,
      reason: 'status',
      summary: '🟠【重要】orders：GET /orders/{orderId} 失败（HTTP 500，期望：200） #AAA1',
    },
    externalURL: '',
    alerts: [
      {
        status: 'firing',
        labels: {
          alertname: 'ApiPatrolIncident',
          severity: 'major',
          service: 'orders',
          instance: 'GET /orders/{orderId}',
          cause: 'operation',
          incident: 'AAA1',
        },
        annotations: {
          summary: 'orders · GET /orders/{orderId} 失败 #AAA1',
          description:
            '原因: 状态码不符：HTTP 500，期望：200\n时间: 自 12:03 起\n期望: 200\n' +
            '实际: 500\n服务返回: NullPointerException at OrderService.java:42\n' +
            '上次正常: 11:48\n文档修改: Zhang San，03-08 10:03\n' +
            "复现: curl -H 'Authorization: ***' 'https://orders.example/orders/42'",
          reason: 'status',
        },
        startsAt: '2026-03-09T04:03:00.000Z',
        endsAt: '0001-01-01T00:00:00Z',
        generatorURL: '',
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      },
    ],
  });
});

it('what all alerts of a message have in common stands beside them, as templates of bridges ask for it', () => {
  const to = channel(alertmanagerWebhook, { url: 'https://x.example/' });
  const { commonLabels } = JSON.parse(to.render(scenarios.failure(at))[0] ?? '') as Record<string, object>;
  expect(commonLabels).toMatchObject({
    severity: 'major',
    service: 'orders',
    instance: 'GET /orders/{orderId}',
  });
  const mixed = JSON.parse(to.render(scenarios.mixed(at))[0] ?? '') as Record<string, object>;
  expect(mixed['commonLabels']).toEqual({ alertname: 'ApiPatrolIncident' });
});

it('documents that break their callers are alerts with what has changed', () => {
  const to = channel(alertmanagerWebhook, { url: 'https://x.example/' });
  const body = JSON.parse(to.render(scenarios.changes(at))[0] ?? '') as { status: string; alerts: object[] };
  expect(body.status).toBe('firing');
  expect(body.alerts).toMatchObject([
    {
      labels: { alertname: 'ApiPatrolDocumentChange', service: 'orders', instance: 'orders.openapi.yaml' },
      annotations: {
        summary: '【文档变更】orders：orders.openapi.yaml 有 3 处不兼容变更（Zhang San）',
        description:
          '删除接口 1 · 变更接口 2 · 文档修改：Zhang San，11:43\nDELETE /orders/{orderId}: 已删除\n' +
          'GET /orders: 新增必填的 query 参数“tenant”\nGET /orders/{orderId}: 响应 200：删除必填字段“total”',
      },
      startsAt: '2026-03-09T04:03:00.000Z',
    },
  ]);
});

it('an Alertmanager itself gets alerts that it knows again, held until the next reminder or their end', () => {
  const to = channel(alertmanagerWebhook, { url: 'https://am.example/prefix/api/v2/alerts' });
  interface Posted {
    readonly labels: Readonly<Record<string, string>>;
    readonly endsAt: string;
  }
  const post = (content: MessageContent) => JSON.parse(to.render(content)[0] ?? '') as readonly Posted[];
  const [alert, ...others] = post(scenarios.failure(at));
  expect(others).toEqual([]);
  expect(alert).toMatchObject({
    labels: { severity: 'major', service: 'orders', incident: 'AAA1' },
    startsAt: '2026-03-09T04:03:00.000Z',
    endsAt: '2026-03-12T04:03:00.000Z',
  });
  const [over, ...more] = post(scenarios.recovery(at));
  expect([over?.labels, over?.endsAt, more]).toEqual([alert?.labels, '2026-03-09T04:03:00.000Z', []]);
  const [{ incident }] = scenarios.failure(at).transitions as readonly [Transition];
  const worse = { ...incident, severity: 'critical', version: 2 } as const;
  const transitions = [{ kind: 'changed', at, incident: worse } as const];
  expect(
    post({ ...scenarios.failure(at), transitions }).map(({ labels, endsAt }) => [labels['severity'], endsAt]),
  ).toEqual([
    ['critical', '2026-03-12T04:03:00.000Z'],
    ['minor', '2026-03-09T04:03:00.000Z'],
    ['major', '2026-03-09T04:03:00.000Z'],
  ]);
  // It is over with the severity with which it was told last, although it has become milder meanwhile.
  const told = { codes: ['status'], severity: 'critical', members: 1 } as const;
  const milder = { ...incident, told, state: 'resolved', resolvedAt: at } as const;
  const end = [{ kind: 'resolved', at, incident: milder } as const];
  expect(post({ ...scenarios.failure(at), transitions: end })).toMatchObject([
    { labels: { severity: 'critical' } },
  ]);
  // What has turned out to be another cause meanwhile ends as what it was told as, too.
  const origin = { level: 'origin', subject: 'https://orders.example' } as const;
  const wider = { ...milder, cause: origin, subjectLabel: 'https://orders.example', was: [incident] };
  expect(
    post({ ...scenarios.failure(at), transitions: [{ kind: 'resolved', at, incident: wider }] }),
  ).toMatchObject([
    { labels: { cause: 'origin', incident: 'AAA1' } },
    {
      labels: { cause: 'operation', service: 'orders', incident: 'AAA1' },
      endsAt: '2026-03-09T04:03:00.000Z',
    },
  ]);
  // Which services a host drags along can change while it is down.
  expect(post(scenarios.outage(at))[0]?.labels).not.toHaveProperty('service');
});

it('a recovery has the fingerprint of its alert, an end, and is resolved', () => {
  const to = channel(alertmanagerWebhook, { url: 'https://x.example/' });
  const parse = (part = '') =>
    JSON.parse(part) as { status: string; alerts: { fingerprint: string; endsAt: string; status: string }[] };
  const opened = scenarios.failure(at - 32 * 60_000);
  const fired = parse(to.render(opened)[0]);
  const resolved = parse(to.render(scenarios.recovery(at))[0]);
  expect([resolved.status, resolved.alerts[0]?.status, resolved.alerts[0]?.endsAt]).toEqual([
    'resolved',
    'resolved',
    '2026-03-09T04:03:00.000Z',
  ]);
  expect(resolved.alerts[0]?.fingerprint).toBe(fired.alerts[0]?.fingerprint);
});

it('a storm is cut and says by how much', () => {
  const [part = ''] = channel(alertmanagerWebhook, { url: 'https://x.example/' }).render(scenarios.storm(at));
  const { alerts, truncatedAlerts } = JSON.parse(part) as { alerts: unknown[]; truncatedAlerts: number };
  expect([alerts.length, truncatedAlerts]).toEqual([100, 9900]);
});

it.each([
  [1, '48 个接口现无失败'],
  [3, '48 个接口现无失败，另有 2 项异常未结束'],
])('what a message tells of is none of the other %i that are open', (open, expected) => {
  const told = scenarios.recovery(at);
  const transitions = told.transitions.map((one) => ({ ...one, kind: 'opened' as const }));
  const content = { ...told, transitions, totals: { failing: 0, checks: 48, open } };
  const [part = ''] = channel(webhook, { url: 'https://x.example/' }).render(content);
  expect((JSON.parse(part) as { counts: string }).counts).toBe(`新增 1 · ${expected}`);
});

it('a webhook carries versioned JSON without internals', () => {
  const [part = ''] = channel(webhook, { url: 'https://x.example/' }).render(scenarios.recovery(at));
  expect(JSON.parse(part)).toEqual({
    version: 1,
    headline: '🟢【恢复】orders：GET /orders/{orderId} 恢复，历时 32 分钟 #AAA1',
    counts: '恢复 1 · 48 个接口现无失败',
    cycle: 1,
    totals: { failing: 0, checks: 48, open: 0 },
    mentions: [],
    omitted: 0,
    incidents: [
      {
        event: 'resolved',
        at: '2026-03-09T04:03:00.000Z',
        id: 'AAA1',
        cause: { level: 'operation', subject: 'orders-1' },
        state: 'resolved',
        severity: 'major',
        verdict: 'fail',
        subjectLabel: 'GET /orders/{orderId}',
        services: ['orders'],
        tags: ['orders'],
        owners: ['zhangsan'],
        reason: { code: 'status', message: 'HTTP 500，期望：200' },
        members: {
          count: 1,
          of: 1,
          worst: [
            {
              checkId: 'orders-1',
              label: 'GET /orders/{orderId}',
              service: 'orders',
              message: 'HTTP 500，期望：200',
            },
          ],
        },
        expected: '200',
        found: '500',
        said: 'NullPointerException at OrderService.java:42',
        curl: "curl -H 'Authorization: ***' 'https://orders.example/orders/42'",
        history: {
          lastPassAt: '2026-03-09T03:16:00.000Z',
          lastEdit: { by: 'Zhang San', at: '2026-03-08T01:31:00.000Z' },
        },
        openedAt: '2026-03-09T03:31:00.000Z',
        since: '2026-03-09T03:31:00.000Z',
        lastSeenAt: '2026-03-09T03:31:00.000Z',
        resolvedAt: '2026-03-09T04:03:00.000Z',
        failingCycles: 3,
      },
    ],
  });
});

it('a webhook that is repeated has the same key and is taken once', async () => {
  const standIn = await webhookStandIn(() => at);
  const to = channel(webhook, standIn.input);
  await to.tell(scenarios.failure(at));
  await to.tell(scenarios.failure(at));
  await to.tell(scenarios.outage(at));
  expect([standIn.keys[0] === standIn.keys[1], standIn.seen.length]).toEqual([true, 2]);
  await standIn.close();
});

it('a webhook without a secret is not signed', async () => {
  const { sent, post } = recorder('');
  await channel(webhook, { url: 'https://x.example/' }).send('{}', { post });
  expect(Object.keys(sent[0]?.headers ?? {})).toEqual(['idempotency-key']);
});
