import { createServer, type Server } from 'node:http';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Node } from '../app/node/node.ts';
import { loadConfig } from '../config/load.ts';
import { silentLogger } from '../lib/logger.ts';
import { Redactor } from '../lib/secrets/secret.ts';
import { systemClock } from '../lib/time/clock.ts';
import { startServer as startDatabase } from '../store/postgres/server.fixture.ts';
import { nodeMetricHelp } from './public/node-metrics.ts';
import { isSelected, samplesOf, selectorsIn } from './scraped.fixture.ts';
import { type PatrolServer, startServer } from './server.ts';

const database = await startDatabase();
const env = { APIPATROL_KEY: 'a key that all nodes have' };

interface Served {
  readonly node: Node;
  readonly server: PatrolServer;
  readonly ended: Promise<void>;
}

let folder: string;
let upstream: Server;
let leader: Served;
let follower: Served;

async function configured(name: string, service: string): Promise<string> {
  const { port } = upstream.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const file = path.join(folder, name, 'apipatrol.yaml');
  const config = {
    interval: '10s',
    store: `${database?.url ?? ''}?search_path=nodes`,
    services: [{ name: service, docs: `${url}/openapi.json`, baseUrl: url }],
  };
  await writeFile(file, JSON.stringify(config));
  return file;
}

async function open(configFile: string): Promise<Node> {
  const config = await loadConfig(configFile, { env });
  if (!config.ok) throw new Error(JSON.stringify(config.problems));
  const url = config.settings.store.url?.reveal() ?? '';
  const root = path.dirname(configFile);
  const tools = { clock: systemClock, log: silentLogger, redactor: new Redactor() };
  return Node.open({ configFile, config, env, root, url, ...tools });
}

async function serve(configFile: string): Promise<Served> {
  const node = await open(configFile);
  const tools = { clock: systemClock, log: silentLogger, redactor: new Redactor() };
  const server = await startServer({ patrol: node, configFile, host: '127.0.0.1', port: 0, ...tools });
  return { node, server, ended: node.run() };
}

// oxlint-disable-next-line typescript/no-explicit-any
async function call({ server }: Served, method: string, at: string, body?: unknown): Promise<any> {
  const response = await fetch(server.url + at, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}

interface Row {
  readonly id: string;
  readonly state: string;
}

async function rows(served: Served): Promise<readonly Row[]> {
  const { items } = (await call(served, 'GET', '/api/v1/operations')) as { readonly items: readonly Row[] };
  return items;
}

/** Resolves with the first event of this kind that comes from now on. */
async function next({ server }: Served, kind: string): Promise<() => Promise<string>> {
  const { body } = await fetch(`${server.url}/api/v1/events`, { signal: AbortSignal.timeout(20_000) });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  return async () => {
    for (let text = ''; ; ) {
      const read = await reader?.read();
      if (read === undefined || read.done) throw new Error(`no ${kind}, but ${text}`);
      text += read.value;
      if (text.includes(`"kind":"${kind}"`)) {
        await reader?.cancel();
        return kind;
      }
    }
  };
}

describe.skipIf(database === undefined)('two nodes on one database', () => {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-nodes-'));
    for (const name of ['one', 'other', 'stranger']) await mkdir(path.join(folder, name));
    upstream = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      const get = { get: { responses: { 200: { description: 'ok' } } } };
      const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
      const list = {
        type: 'array',
        items: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] },
      };
      const items = {
        get: {
          responses: { 200: { description: 'ok', content: { 'application/json': { schema: list } } } },
        },
      };
      const document = {
        openapi: '3.0.3',
        info: { title: 'x', version: '1' },
        paths: { '/a': get, '/items': items, '/items/{id}': { ...get, parameters: [id] } },
      };
      const answers = { '/openapi.json': document, '/items': [{ id: 4711 }] };
      response.end(JSON.stringify(answers[request.url as keyof typeof answers] ?? {}));
    });
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    leader = await serve(await configured('one', 'shop'));
    await vi.waitUntil(() => leader.node.role.role === 'leader', { timeout: 30_000 });
    follower = await serve(await configured('other', 'shop'));
    await vi.waitUntil(() => follower.node.role.leader !== undefined, { timeout: 30_000 });
  });

  afterAll(async () => {
    for (const { node, server, ended } of [leader, follower]) {
      node.stop();
      await ended;
      await server.close();
    }
    await new Promise((resolve) => upstream.close(resolve));
    await rm(folder, { recursive: true });
    database?.remove();
  });

  it('say who leads, and both are ready', async () => {
    await expect.poll(() => call(leader, 'GET', '/readyz')).toMatchObject({ ready: true, role: 'leader' });
    const node = `process ${process.pid}`;
    expect(await call(follower, 'GET', '/readyz')).toMatchObject({
      ready: true,
      role: 'follower',
      checks: expect.arrayContaining([
        { name: 'node', ok: true, detail: expect.stringContaining(`this node follows`) },
      ]),
    });
    expect((await call(follower, 'GET', '/api/v1/overview')).node).toEqual({
      role: 'follower',
      leader: expect.stringContaining(node),
      differs: false,
    });
  });

  it('show who there is, on both pages alike', async () => {
    const seen = (one: Served): Promise<unknown> => call(one, 'GET', '/api/v1/nodes');
    const node = (state: string, isHere: boolean): unknown =>
      expect.objectContaining({
        state,
        isHere,
        version: expect.any(String),
        name: expect.stringContaining(`process ${process.pid}`),
        isClockOff: false,
      });
    for (const one of [leader, follower])
      await expect
        .poll(() => seen(one))
        .toMatchObject({
          items: expect.arrayContaining([node('leader', one === leader), node('follower', one === follower)]),
          leader: { since: expect.any(Number) },
          leaseAgeMs: expect.any(Number),
        });
  });

  it('measure what the rules and the dashboard that are deployed beside them ask for', async () => {
    const scrape = async ({ server }: Served): Promise<string> =>
      (await fetch(`${server.url}/metrics`)).text();
    for (const one of [leader, follower])
      expect(await scrape(one)).toMatch(
        /apipatrol_nodes\{state="leader"\} 1\n.*follower"\} 1\n.*silent"\} 0\n/,
      );
    const exposed = samplesOf(await scrape(follower));
    for (const file of ['prometheus/alerts.yaml', 'grafana/apipatrol.json']) {
      const text = await readFile(new URL(`../../deploy/${file}`, import.meta.url), 'utf8');
      const asked = selectorsIn(text.replaceAll('\\"', '"')).filter(({ name }) =>
        Object.hasOwn(nodeMetricHelp, name),
      );
      expect(asked.length).toBeGreaterThan(2);
      expect(asked.filter((one) => !exposed.some((sample) => isSelected(sample, one)))).toEqual([]);
    }
  });

  it('show the same operations with the same last results', async () => {
    await expect
      .poll(async () => (await rows(leader)).map(({ state }) => state))
      .toEqual(['pass', 'pass', 'pass']);
    const shown = async (one: Served): Promise<unknown> =>
      (await rows(one)).map(({ id, state }) => ({ id, state }));
    await expect.poll(() => shown(follower)).toEqual(await shown(leader));
    const nextCycles = async (): Promise<unknown> =>
      (await call(follower, 'GET', '/api/v1/overview')).nextCycles;
    await expect.poll(nextCycles).toEqual([{ service: 'shop', at: expect.any(Number) }]);
  });

  it('show the same requests, also of what takes a value from the answer of another one', async () => {
    const requests = async (one: Served): Promise<unknown> => {
      const all = await rows(one);
      const details = await Promise.all(all.map(({ id }) => call(one, 'GET', `/api/v1/operations/${id}`)));
      return details.map(({ operation, request, values }) => ({ operation, request, values }));
    };
    await expect.poll(async () => JSON.stringify(await requests(leader))).toContain('/items/4711');
    await expect.poll(() => requests(follower)).toEqual(await requests(leader));
  });

  it('refuse who tries to sign in too often, whichever of them is asked', async () => {
    const tryOn = async ({ server }: Served): Promise<number> => {
      const body = JSON.stringify({ name: 'nobody', password: 'wrong password' });
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`${server.url}/api/v1/session`, { method: 'POST', headers, body })).status;
    };
    const found: number[] = [];
    for (const one of [leader, follower, leader, follower, leader, follower, leader])
      found.push(await tryOn(one));
    expect(found).toEqual([401, 401, 401, 401, 401, 429, 429]);
  });

  it('end without a word when the port is taken', async () => {
    const warned: string[] = [];
    const log = { ...silentLogger, warn: (message: string) => void warned.push(message) };
    const file = await configured('other', 'shop');
    const node = await open(file);
    const tools = { clock: systemClock, log, redactor: new Redactor() };
    const port = Number(new URL(leader.server.url).port);
    await expect(
      startServer({ patrol: node, configFile: file, host: '127.0.0.1', port, ...tools }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await node.close();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(warned).toEqual([]);
  });

  it.each([
    ['follower', 'leader'],
    ['leader', 'follower'],
  ])('tell what is done on the page of the %s those who look at that of the %s', async (one, other) => {
    const [here, there] = one === 'leader' ? [leader, follower] : [follower, leader];
    const told = await next(there, 'silences');
    await call(here, 'POST', '/api/v1/silences', { matcher: { subject: '*' }, forMs: 60_000, reason: other });
    expect(await told()).toBe('silences');
    const { items } = (await call(there, 'GET', '/api/v1/silences')) as {
      items: readonly { reason: string }[];
    };
    expect(items.map(({ reason }) => reason)).toContain(other);
  });

  it('tell of cycles on both pages', async () => {
    const told = await next(follower, 'cycle-closed');
    await call(follower, 'POST', '/api/v1/cycles');
    expect(await told()).toBe('cycle-closed');
  });

  it('pass on what only the leader can do, and let nobody write what is the leader’s', async () => {
    const [first] = await rows(follower);
    const result = await call(follower, 'POST', `/api/v1/operations/${first?.id ?? ''}/check`);
    expect(result).toMatchObject({ verdict: 'pass' });
    expect(follower.node.edits).toBeUndefined();
    expect(leader.node.edits).toBeDefined();
  });

  it('are one patrol: one that has no service in common is refused', async () => {
    await expect(open(await configured('stranger', 'other shop'))).rejects.toMatchObject({
      code: 'foreign',
      said: expect.saying('patrols other services (shop)'),
    });
  });

  it('change places when the leader ends, without a cycle in between', async () => {
    leader.node.stop();
    await leader.ended;
    await expect.poll(() => follower.node.role.role).toBe('leader');
    await expect.poll(() => call(follower, 'GET', '/readyz')).toMatchObject({ ready: true, role: 'leader' });
    expect(await rows(follower)).toHaveLength(3);
    const { items, failovers, lastFailover } = await call(follower, 'GET', '/api/v1/nodes');
    expect(items).toHaveLength(1);
    expect([failovers, lastFailover.unledMs < 5000]).toEqual([1, true]);
  });
});
