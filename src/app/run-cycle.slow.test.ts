import { inEnglish } from '../messages/in-language.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startWecom } from '../../demo/wecom.ts';
import { sendJson, serve, type TestServer } from '../../test/support/check-harness.ts';
import { loadConfig } from '../config/load.ts';
import { systemClock } from '../lib/time/clock.ts';
import { type Logger, silentLogger } from '../lib/logger.ts';
import { Redactor } from '../lib/secrets/secret.ts';
import { createMessenger } from './daemon/messenger.ts';
import { buildParts } from './composition.ts';
import { type Assignment, type CycleReport, patrol, type Watcher } from './run-cycle.ts';
import { inMemory } from '../store/sqlite/file/files.ts';
import { openStore } from '../store/open.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

async function serveHere(listener: Parameters<typeof serve>[0]): Promise<TestServer> {
  const server = await serve(listener);
  opened.push(() => server.close());
  return server;
}

interface Logged {
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A patrol over one document with the given paths; `yaml` goes under its service. */
async function patrolOf(document: Readonly<Record<string, unknown>>, yaml: string, top = '') {
  const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-patrol-'));
  opened.push(() => rm(folder, { recursive: true }));
  const write = (content: Readonly<Record<string, unknown>>) =>
    writeFile(
      path.join(folder, 'orders.json'),
      JSON.stringify({ openapi: '3.1.0', info: { title: 'Orders', version: '1' }, ...content }),
    );
  await write(document);
  const file = path.join(folder, 'apipatrol.yaml');
  await writeFile(file, `${top}\nservices:\n  - name: orders\n    docs: ./orders.json\n${yaml}`);
  const config = await loadConfig(file, { env: {} });
  if (!config.ok) throw new Error(JSON.stringify(config.problems));
  const logged: Logged[] = [];
  const note = (message: string, fields: Readonly<Record<string, unknown>> = {}): void =>
    void logged.push({ message, fields });
  const log: Logger = { ...silentLogger, info: note, warn: note };
  const { settings } = config;
  const store = await openStore(inMemory, { clock: systemClock, log });
  const redactor = new Redactor();
  const parts = await buildParts({
    settings,
    store,
    clock: systemClock,
    log,
    redactor,
    root: folder,
    env: {},
  });
  opened.push(
    () => store.close(),
    () => parts.close(),
  );
  const sender = createMessenger({
    store,
    settings: () => settings,
    linkKey: undefined,
    clock: systemClock,
    log,
    redactor,
  });
  return {
    write,
    logged,
    send: () => sender.deliverDue(new AbortController().signal),
    cycle: (more: Partial<Assignment> = {}, watcher: Watcher = {}): Promise<CycleReport> =>
      patrol(
        parts,
        { settings, dueAt: systemClock.now(), services: ['orders'], missed: 0, ...more },
        new AbortController().signal,
        watcher,
      ),
  };
}

const ok = { 200: { description: 'fine', content: { 'application/json': { schema: {} } } } };
const id = { name: 'orderId', in: 'path', required: true, schema: { type: 'string' } };
const ordersAndDetails = {
  paths: {
    '/orders/{orderId}': { get: { parameters: [id], responses: ok } },
    '/orders': { get: { responses: ok } },
  },
};

it('asks for what a list has just named, within the same cycle, and in a spread one for what is known', async () => {
  const server = await serveHere(({ url }, response) => {
    if (url === '/orders') sendJson(response, { items: [{ orderId: 'A-17' }] });
    else sendJson(response, {}, url === '/orders/A-17' ? 200 : 404);
  });
  const { cycle } = await patrolOf(ordersAndDetails, `    baseUrl: ${server.origin}\n`);
  const { results, plan, statistics } = await cycle();
  expect(results.map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
  expect(plan.checks.find(({ operation }) => operation.includes('{'))?.values).toEqual([
    { name: 'orderId', in: 'path', value: 'A-17', origin: 'captured', from: 'GET /orders' },
  ]);
  expect(statistics.coverage).toEqual({
    orders: { documented: 2, called: 2, certain: 1, uncertain: 1, capturable: 1, skipped: {} },
  });
  const again = await cycle({ dueAt: systemClock.now() - 3000, pace: { apartMs: 1, withinMs: 1 } });
  expect(again.results.map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
});

it('lets the next cycle call what is well while a call hangs, which is not made twice', async () => {
  let answer = (): void => undefined;
  const server = await serveHere(({ url }, response) => {
    if (url !== '/orders') return sendJson(response, {}, url === '/orders/A-17' ? 200 : 404);
    const list = (): void => sendJson(response, { items: [{ orderId: 'A-17' }] });
    if (server.requests.length > 2) answer = list;
    else list();
    return undefined;
  });
  const { cycle } = await patrolOf(ordersAndDetails, `    baseUrl: ${server.origin}\n`);
  await cycle();
  const onGrid = { intervalsMs: [15 * 60_000] };
  let hanging: Promise<CycleReport> | undefined;
  await new Promise<void>((called) => {
    hanging = cycle(onGrid, { called });
  });
  const next = await cycle(onGrid);
  expect(next.statistics).toMatchObject({ heldUp: 1, checked: 1, counts: { pass: 1 } });
  answer();
  const { statistics } = (await hanging) ?? next;
  expect(statistics).toMatchObject({ checked: 2, counts: { pass: 2 } });
  expect(statistics.heldUp).toBeUndefined();
  expect(server.requests.filter(({ url }) => url === '/orders')).toHaveLength(2);
});

it('calls what needs no token, cycle after cycle, while the token endpoint hangs, and the rest once it has answered', async () => {
  let signIn = (): void => undefined;
  const server = await serveHere(({ url, headers }, response) => {
    const answer = (status = 200): void =>
      sendJson(response, { access_token: 'tok-1', expires_in: 3600 }, status);
    if (url === '/token') signIn = answer;
    else answer(url === '/open' || headers.authorization === 'Bearer tok-1' ? 200 : 401);
  });
  const { cycle } = await patrolOf(
    {
      paths: {
        '/mine': { get: { security: [{ sso: [] }], responses: ok } },
        '/open': { get: { security: [], responses: ok } },
      },
    },
    `    baseUrl: ${server.origin}\n    credential: sso\n`,
    `credentials: { sso: { scheme: oauth2-client-credentials, tokenUrl: "${server.origin}/token", clientId: a, clientSecret: secret-of-a } }`,
  );
  const onGrid = { intervalsMs: [15 * 60_000] };
  let hanging: Promise<CycleReport> | undefined;
  await new Promise<void>((called) => {
    hanging = cycle(onGrid, { called });
  });
  const next = await cycle(onGrid);
  expect(next.statistics).toMatchObject({ heldUp: 1, checked: 1, counts: { pass: 1 } });
  signIn();
  expect((await hanging)?.statistics).toMatchObject({ checked: 2, counts: { pass: 2 } });
});

it('does not let a document lead it to internal addresses, unless the config says so', async () => {
  const server = await serveHere((_, response) => sendJson(response, {}));
  const document = { servers: [{ url: server.origin }], paths: { '/orders': { get: { responses: ok } } } };
  const refused = await (await patrolOf(document, '')).cycle();
  expect(refused.results).toEqual([]);
  expect(inEnglish(refused.plan.skipped[0]?.reason ?? '')).toContain(
    'is an internal address, which only its document names',
  );
  expect(server.requests).toHaveLength(0);
  const allowed = await (await patrolOf(document, '    network: { internal: [127.0.0.1] }\n')).cycle();
  expect(allowed.results[0]?.verdict).toBe('pass');
});

it('blames itself when the connectivity check does not answer either', async () => {
  const dead = 'http://name.invalid';
  const { cycle } = await patrolOf(
    { paths: { '/orders': { post: { responses: ok } } } },
    // What must not be called twice is not looked at again, so it is quick.
    `    baseUrl: ${dead}\n    operations: [{ match: POST /orders, allow: true }]\n`,
    'connectivityCheck: { url: http://canary.invalid }',
  );
  const { results } = await cycle();
  expect(results[0]).toMatchObject({ verdict: 'unknown', reason: { code: 'self' } });
  expect(inEnglish(results[0]?.reason.message ?? '')).toContain(
    'http://canary.invalid cannot be reached either',
  );
});

it('is not held up by a dead host, whose operations have one trouble together', async () => {
  const dead = await serveHere(() => undefined);
  await dead.close();
  const paths = Array.from({ length: 500 }, (_, index) => [`/things/${index}`, { post: { responses: ok } }]);
  const { cycle } = await patrolOf(
    { paths: Object.fromEntries(paths) },
    // What must not be called twice is not looked at again, so it is quick.
    `    baseUrl: ${dead.origin}\n    operations: [{ match: POST /**, allow: true }]\n`,
  );
  const { results, open, statistics } = await cycle();
  expect(results).toHaveLength(500);
  expect(statistics.counts).toMatchObject({ fail: 500, unknown: 0 });
  expect(open).toMatchObject([
    {
      cause: { level: 'origin', subject: dead.origin },
      members: { count: 500 },
      reason: { code: 'connect-refused' },
    },
  ]);
});

it('counts what was good only when asked again, and says which origin it went easy on', async () => {
  let calls = 0;
  const server = await serveHere(({ url }, response) => {
    const isBad = calls++ === 0;
    if (isBad) response.setHeader('retry-after', '0');
    sendJson(response, { url }, isBad ? 503 : 200);
  });
  const { cycle } = await patrolOf(
    { paths: { '/orders': { get: { responses: ok } } } },
    `    baseUrl: ${server.origin}\n`,
  );
  const { statistics, results } = await cycle();
  expect(results[0]).toMatchObject({ verdict: 'degraded', reason: { code: 'flaky' }, attempts: 2 });
  expect(results[0]?.evidence?.attempts).toMatchObject([{ status: 503 }, { status: 200 }]);
  expect(statistics).toMatchObject({ flaky: 1, slowed: { [server.origin]: 'HTTP 503' } });
});

it('says of what begins to fail when it last worked, and how its document has changed since', async () => {
  const server = await serveHere((_, response) => sendJson(response, { id: 'A' }));
  const promise = (type: string) => ({
    paths: {
      '/orders': {
        post: {
          responses: {
            200: {
              description: 'fine',
              content: { 'application/json': { schema: { type: 'object', properties: { id: { type } } } } },
            },
          },
        },
      },
    },
  });
  const { cycle, write } = await patrolOf(
    promise('string'),
    `    baseUrl: ${server.origin}\n    operations: [{ match: POST /orders, allow: true }]\n`,
  );
  const good = await cycle();
  await write(promise('integer'));
  await cycle();
  const { transitions, open } = await cycle();
  expect(transitions).toMatchObject([{ kind: 'opened', incident: { subjectLabel: 'POST /orders' } }]);
  expect(transitions[0]?.incident.history).toEqual({
    lastPassAt: expect.closeTo(good.results[0]?.at ?? 0, -2),
    change: { at: expect.any(Number), details: [expect.saying('integer')] },
  });
  expect(open[0]?.history).toEqual(transitions[0]?.incident.history);
  expect(transitions[0]?.incident).toMatchObject({ expected: 'integer', found: '"A" (string)' });
});

it('tells of a new document in one line, and of a changed one what is different', async () => {
  const server = await serveHere((_, response) => sendJson(response, {}));
  const { cycle, logged, write } = await patrolOf(ordersAndDetails, `    baseUrl: ${server.origin}\n`);
  const first = await cycle();
  expect(first.changes).toMatchObject([{ kind: 'found' }]);
  expect(logged.filter(({ message }) => message.startsWith('document'))).toEqual([
    { message: 'document found', fields: { service: 'orders', uri: 'orders.json', operations: 2 } },
  ]);
  const required = { name: 'tenant', in: 'query', required: true, schema: { type: 'string' } };
  await write({
    paths: {
      '/orders': { get: { parameters: [required], responses: ok } },
      '/health': { get: { responses: ok } },
    },
  });
  const second = await cycle();
  expect(second.changes).toMatchObject([{ kind: 'changed' }]);
  expect(logged.findLast(({ message }) => message === 'document changed')?.fields).toEqual({
    service: 'orders',
    uri: 'orders.json',
    added: ['GET /health'],
    removed: ['GET /orders/{orderId}'],
    breaking: [expect.stringMatching(/^GET \/orders: .*tenant/)],
  });
});

it('tells where a route asks for it that a document has changed so that callers break, once', async () => {
  const wecom = await startWecom();
  opened.push(() => wecom.close());
  const server = await serveHere((_, response) => sendJson(response, {}));
  const robot = (key: string) => `{ kind: wecom-robot, webhook: "${wecom.webhook(key)}" }`;
  const { cycle, write, send } = await patrolOf(
    ordersAndDetails,
    `    baseUrl: ${server.origin}\n`,
    `channels: { ops: ${robot('ops')}, dev: ${robot('dev')} }
routes: [{ to: [ops] }, { to: [dev], severity: critical, documentChanges: breaking }]`,
  );
  await cycle();
  const required = { name: 'tenant', in: 'query', required: true, schema: { type: 'string' } };
  await write({ paths: { '/orders': { get: { parameters: [required], responses: ok } } } });
  await cycle();
  await cycle();
  await send();
  expect(wecom.messages.filter(({ content }) => content.includes('文档变更'))).toMatchObject([
    {
      key: 'dev',
      content: `📄【文档变更】orders：orders.json 有 2 处不兼容变更
<font color="comment">删除接口 1 · 变更接口 1</font>

**GET /orders/{orderId}** <font color="comment">已删除</font>

**GET /orders** <font color="comment">不兼容</font>
> 变更：新增必填的 query 参数“tenant”`,
    },
  ]);
});
