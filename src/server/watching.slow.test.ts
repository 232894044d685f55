import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storyOf } from '../../web/src/pages/incidents/story.ts';
import { serve, type Served } from '../../test/support/served.ts';
import type { Incident } from '../model/incident.ts';
import { systemClock } from '../lib/time/clock.ts';
import { accountOf } from '../cli/commands/why/account.ts';
import { LiveState } from './live/live-state.ts';
import { metricHelp } from './public/metrics.ts';
import { nodeMetricHelp } from './public/node-metrics.ts';
import { isSelected, samplesOf, selectorsIn } from './scraped.fixture.ts';

let served: Served;

beforeAll(async () => {
  const statusPage = { title: 'Shop <api>', services: ['orders', 'users'] };
  const slo = [{ name: 'all', availability: 99 }];
  served = await serve({ language: 'en', slo, server: { metrics: 'public', statusPage } });
}, 90_000);
afterAll(() => served.close());

describe('/metrics', () => {
  it('has what the reference lists, and counts', async () => {
    await served.get('//metrics');
    await served.system.faults.set('orders-500', true);
    await served.cycle();
    const { status, headers, body } = await served.get('//metrics');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const [name, help] of Object.entries(metricHelp)) expect(body).toContain(`# HELP ${name} ${help}`);
    expect(body).toContain('apipatrol_operations{service="orders",state="fail"} 1');
    expect(body).toContain('apipatrol_operations{service="payments",state="skipped"} 2');
    expect(body).toContain('apipatrol_results_total{service="orders",verdict="fail"} 1');
    expect(body).toContain('apipatrol_cycles_total{outcome="complete"} 3');
    expect(body).toContain('apipatrol_incidents_open{severity="major",level="operation"} 1');
    expect(body).toContain('apipatrol_channel_up{channel="wecom"} 1');
    expect(body).toMatch(/apipatrol_response_seconds_count\{service="users"\} \d+/);
    expect(body).toContain('process_cpu_seconds_total');
    await served.system.faults.set('orders-500', false);
  });

  it('is described in the reference, all of it', async () => {
    const page = await readFile(new URL('../../docs/reference/metrics.md', import.meta.url), 'utf8');
    for (const name of Object.keys(metricHelp)) expect(page).toContain(`| \`${name}\` |`);
    for (const help of Object.values(metricHelp)) expect(page).toContain(help);
  });
});

describe('what is deployed beside it', () => {
  it.each(['prometheus/alerts.yaml', 'grafana/apipatrol.json'])(
    '%s asks for what a patrol exposes after a cycle with failures',
    async (name) => {
      await served.get('//metrics');
      await served.system.faults.set('orders-500', true);
      await served.cycle();
      const exposed = samplesOf((await served.get('//metrics')).body);
      await served.system.faults.set('orders-500', false);
      const text = await readFile(new URL(`../../deploy/${name}`, import.meta.url), 'utf8');
      const all = selectorsIn(text.replaceAll('\\"', '"'));
      // A single one has none of these: `nodes.slow.test.ts`, and none of locations: `test/e2e/locations.test.ts`.
      const isOfLocations = (one: string): boolean => /^apipatrol_(workers$|batch)/.test(one);
      const asked = all.filter(({ name: one }) => !Object.hasOwn(nodeMetricHelp, one) && !isOfLocations(one));
      expect(asked.length).toBeGreaterThan(5);
      expect(asked.filter((selector) => !exposed.some((sample) => isSelected(sample, selector)))).toEqual([]);
      // What expressions group by, texts insert and panels are named by: labels that there are.
      const labels = [...text.matchAll(/\$labels\.(\w+)|legendFormat": "\{\{(\w+)\}\}|by \(([\w, ]+)\)/g)];
      const used = labels
        .flatMap(([, ...found]) => found.flatMap((one) => (one ?? '').split(/,\s*/)))
        .filter(Boolean);
      const known = new Set([
        'instance',
        'location',
        ...exposed.flatMap((sample) => Object.keys(sample.labels)),
      ]);
      expect(used.filter((label) => !known.has(label))).toEqual([]);
    },
  );
});

describe('health', () => {
  it('says that the process answers', async () => {
    expect(await served.get('//healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('is ready while the configuration is good, the store can be written and cycles are on time', async () => {
    expect(await served.get('//readyz')).toMatchObject({
      status: 200,
      body: {
        ready: true,
        checks: [
          { name: 'configuration', ok: true },
          { name: 'store', ok: true },
          { name: 'cycle', ok: true },
          { name: 'documents', ok: true },
        ],
      },
    });
  });

  it('says how it is in the language of whoever asks', async () => {
    const { body } = await served.get('//readyz', { 'accept-language': 'zh' });
    expect(body.checks).toMatchObject([
      { name: 'configuration', detail: '有效' },
      { name: 'store', detail: '可写入' },
      { name: 'cycle', detail: expect.stringMatching(/^最近一轮于 \d+ 秒前完成$/) },
      { name: 'documents', detail: '可读取' },
    ]);
  });
});

function incidentOf(more: Partial<Incident>, at: number): Incident {
  return {
    id: 'PUB1',
    fingerprint: 'operation:public',
    cause: { level: 'operation', subject: 'public' },
    subjectLabel: 'GET /internal/path',
    services: ['users'],
    tags: [],
    owners: ['zhangsan'],
    members: { count: 1, of: 1, worst: [] },
    state: 'firing',
    severity: 'major',
    verdict: 'fail',
    reason: { code: 'status', message: 'secret-host' },
    said: 'server said',
    openedAt: at,
    lastSeenAt: at,
    failingCycles: 1,
    version: 1,
    ...more,
  };
}

describe('the public status', () => {
  it('says how the chosen services are, and nothing else', async () => {
    const page = await served.get('//status');
    expect(page.status).toBe(200);
    expect(page.body).toContain('<h1>Shop &lt;api&gt;</h1>');
    expect(page.body).toContain('orders');
    expect(page.body).not.toContain('payments');
    expect(page.body).not.toContain('http-equiv="refresh"');
    expect(page.body.match(/<script[^>]*>[^<]*/g)).toEqual(['<script src="status.js" defer>']);
    expect(page.body).toContain(
      'aria-label="users: 100.00 % in 90 days; days with failures among the last 90: 0"',
    );
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    const { body } = await served.get('//status.json');
    expect(body.services.map(({ name }: { name: string }) => name)).toEqual(['orders', 'users']);
    const { days, ...users } = body.services[1];
    expect(users).toEqual({ name: 'users', state: 'ok', rate: 1, rate90: 1, p95Ms: expect.any(Number) });
    expect([days.length, days.at(-1)]).toEqual([90, { date: expect.any(String), rate: 1 }]);
    expect((await served.get('/meta')).body.statusPage).toBe(true);
  });

  it.each([
    ['certificate', 'ok'],
    ['tls', 'failing'],
  ] as const)('of a host of whose certificate people are told (%s): %s', async (code, shown) => {
    const { store } = served.daemon;
    const before = await store.openIncidents();
    const at = systemClock.now();
    const told: Incident = {
      id: 'C3RT',
      fingerprint: 'certificate:https://users.example',
      cause: { level: 'origin', subject: 'https://users.example' },
      subjectLabel: 'https://users.example',
      services: ['users'],
      tags: [],
      owners: [],
      members: { count: 0, of: 0, worst: [] },
      state: 'firing',
      severity: 'major',
      verdict: 'fail',
      reason: { code, message: 'the certificate ends' },
      openedAt: at,
      lastSeenAt: at,
      failingCycles: 1,
      version: 1,
    };
    await store.record({
      open: [...before, told],
      transitions: [{ kind: 'opened', at, incident: told }],
      messages: [],
    });
    await systemClock.sleep(1100);
    const { body } = await served.get('//status.json');
    expect(body.services[1]).toMatchObject({ name: 'users', state: shown });
    const over = { ...told, state: 'resolved', resolvedAt: at } as const;
    await store.record({
      open: before,
      transitions: [{ kind: 'resolved', at, incident: over }],
      messages: [],
    });
  });

  it.each(['ok', 'unfit'] as const)('an incident is told without what is inside: %s', async (kind) => {
    const { store } = served.daemon;
    const before = await store.openIncidents();
    const at = systemClock.now();
    const told = incidentOf(kind === 'ok' ? {} : { reason: { code: 'budget', message: 'secret-host' } }, at);
    await store.record({
      open: [...before, told],
      transitions: [{ kind: 'opened', at, incident: told }],
      messages: [],
    });
    await served.get('//status.json');
    await systemClock.sleep(1100);
    const pages = await Promise.all(
      [
        'status',
        'status/embed',
        'status.json',
        'status.atom',
        'status.rss',
        'badges/users.svg',
        'status.svg',
      ].map(async (path) => (await served.get(`//${path}`)).body),
    );
    for (const page of pages)
      expect(JSON.stringify(page)).not.toMatch(/secret-host|\/internal\/path|server said|zhangsan/);
    expect(pages[2].services[1].state).toBe(kind === 'ok' ? 'failing' : 'ok');
    expect(pages[3].includes('users: partial outage (ongoing)')).toBe(kind === 'ok');
    expect(pages[4].includes('users: partial outage (ongoing)')).toBe(kind === 'ok');
    const over = { ...told, state: 'resolved', resolvedAt: at } as const;
    await store.record({
      open: before,
      transitions: [{ kind: 'resolved', at, incident: over }],
      messages: [],
    });
  });

  it('shows what an operator has written, in the language of whoever reads it', async () => {
    const text = 'Back at noon <b>';
    const made = await served.call('POST', '/status-page/posts', { body: { kind: 'notice', text } });
    expect([made.status, made.body.by]).toEqual([201, 'page']);
    await systemClock.sleep(1100);
    const zh = (await served.get('//status', { 'accept-language': 'zh-CN' })).body;
    expect(zh).toContain('<html lang="zh-CN">');
    expect(zh).toContain('公告：所有服务');
    expect(zh).toContain('Back at noon &lt;b&gt;');
    expect((await served.get('//status?lang=en', { 'accept-language': 'zh-CN' })).body).toContain(
      'Notice: all services',
    );
    const changed = await served.call('PATCH', `/status-page/posts/${made.body.id}`, {
      body: { text: 'Back at one' },
    });
    expect(changed.body).toMatchObject({ text: 'Back at one', changedAt: expect.any(Number) });
    expect((await served.call('DELETE', `/status-page/posts/${made.body.id}`)).status).toBe(204);
    expect((await served.call('DELETE', `/status-page/posts/${made.body.id}`)).status).toBe(404);
    const unfit = await served.call('POST', '/status-page/posts', { body: { kind: 'maintenance', text } });
    expect([unfit.status, unfit.body.errors]).toEqual([
      422,
      [{ pointer: '/body/until', message: 'maintenance needs a time at which it ends' }],
    ]);
  });

  it('may stand in frames of others, embedded alone', async () => {
    const { headers } = await served.get('//status/embed');
    expect(headers.get('content-security-policy')).toMatch(/frame-ancestors \*$/);
    expect(headers.get('x-frame-options')).toBeNull();
  });

  it.each([
    ['users.svg?show=uptime', 'users uptime: 100.00 %'],
    ['users.svg?show=uptime-24h&label=shop', 'shop: 100.00 %'],
    ['users.svg?show=p95', /users p95: \d/],
    ['users.svg?lang=zh', 'users: 正常'],
  ])('draws %s', async (path, label) => {
    expect((await served.get(`//badges/${path}`)).body).toMatch(
      typeof label === 'string' ? `aria-label="${label}"` : label,
    );
  });

  it('draws badges', async () => {
    const { status, headers, body } = await served.get('//badges/users.svg');
    expect([status, headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(body).toContain('aria-label="users: operational"');
    expect((await served.get('//badges/payments.svg')).status).toBe(404);
  });
});

it('an incident ends at one moment, wherever somebody reads it', async () => {
  const { store } = served.daemon;
  const before = await store.openIncidents();
  const at = systemClock.now();
  const wellSince = at - 15_000;
  const known = { openedAt: at - 60_000, lastSeenAt: at - 20_000, wellSince };
  const over = {
    ...incidentOf({ id: 'END1', version: 2, ...known }, at),
    state: 'resolved',
    resolvedAt: at,
  } as const;
  const begun = incidentOf({ id: 'END1', openedAt: over.openedAt }, at);
  await store.record({
    open: [...before, begun],
    transitions: [{ kind: 'opened', at: over.openedAt, incident: begun }],
    messages: [],
  });
  await store.record({
    open: before,
    transitions: [{ kind: 'resolved', at, incident: over }],
    messages: [],
  });
  const page = (await served.get('/status-page')).body;
  expect(page.incidents.find(({ id }: { id: string }) => id === 'END1')).toMatchObject({
    failedUntil: wellSince,
  });
  const detail = (await served.get('/incidents/END1')).body;
  expect(detail.failedUntil).toBe(wellSince);
  expect(storyOf(detail).findLast(({ kind }) => kind === 'transition')?.at).toBe(wellSince);
  const story = await store.story('END1');
  const account = story && (await accountOf(store, story, served.daemon.config.settings, at));
  expect(account?.events.findLast(({ kind }) => kind === 'incident')?.at).toBe(wellSince);
});

describe('what outlives a restart', () => {
  it('is read from the store: the last day and the last results', async () => {
    const { body } = await served.get('/operations');
    const users = body.items.find(({ path }: { path: string }) => path === '/users').id;
    const board = new LiveState(systemClock);
    await board.recall(served.daemon.store);
    expect(board.day.strip(users, systemClock.now())).toMatch(/p\.?$/);
    expect(board.lastResult(users)).toMatchObject({ verdict: 'pass' });
    expect(board.lastCycle).toMatchObject({ outcome: 'complete' });
  });
});

describe('a configuration that is read again', () => {
  it('is refused with its place, and makes the patrol not ready', async () => {
    const good = await readFile(served.config, 'utf8');
    const told = served.next('configuration');
    await writeFile(served.config, `${good}\nintervall: 1m\n`);
    const { status, body } = await served.call('POST', '/config/reload');
    expect(status).toBe(200);
    expect(body.refused.problems).toMatchObject([
      { code: 'unknown-key', hint: expect.stringContaining('interval') },
    ]);
    expect(await told).toMatchObject({ ok: false });
    expect((await served.get('//readyz')).status).toBe(503);
    await writeFile(served.config, good);
    const again = await served.call('POST', '/config/reload');
    expect(again.body.refused).toBeUndefined();
    expect((await served.get('//readyz')).status).toBe(200);
  });
});

it.each(['/reports?', '/reports/file?form=json&'])(
  '%s ends now where it is asked for beyond',
  async (path) => {
    const asked = systemClock.now() + 3_600_000;
    const { status, body } = await served.get(`${path}to=${asked}`);
    expect(status).toBe(200);
    const { from, to } = 'text' in body ? JSON.parse(body.text) : body;
    expect(from).toBeLessThan(to);
    expect(to).toBeLessThanOrEqual(systemClock.now());
  },
);
