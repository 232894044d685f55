import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../src/store/postgres/server.fixture.ts';
import { cli, main } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';

const database = await startServer();
const key = '0123456789abcdef-locations';
const secret = 'tok-3f9a1c77d2-secret';
const operations = 24;
/** By then a batch of a worker that is gone has to be another's. */
const takenOverMs = 10_000;

interface Running {
  readonly child: ChildProcess;
  readonly written: () => string;
}

let folder: string;
let port: number;
let target: Server;
let sick: Server;
let proxy: Server;
let robot: Server;
/** When each call came, and to what. */
const calls: { readonly at: number; readonly url: string; readonly authorization: string | undefined }[] = [];
const messages: string[] = [];
const running = new Set<ChildProcess>();

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function listening(server: Server): Promise<Server> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { ...process.env, APIPATROL_KEY: key, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
  return { child, written: () => text };
}

const command = (...args: readonly string[]) => cli(args, { cwd: folder, env: { APIPATROL_KEY: key } });

async function token(location: string): Promise<string> {
  const { out } = await command('worker', 'token', '--location', location, '--expires', '1h');
  return out.split('\n')[0] ?? '';
}

/** By its own name: each has an identity of its own. */
async function join(
  name: string,
  location: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const worker = start([...workArgs(name, location), '--token', await token(location)], env);
  await expect.poll(worker.written).toContain('worker started');
  return worker;
}

function workArgs(name: string, location: string): readonly string[] {
  // The first server is not there: the second one is asked.
  const servers = `http://127.0.0.1:1,http://127.0.0.1:${port}`;
  return [
    'worker',
    '--location',
    location,
    '--server',
    servers,
    '--identity',
    `${name}.json`,
    '--log',
    'text',
  ];
}

function serve(): Running {
  return start(['serve', '--log', 'text']);
}

async function ended({ child }: Running): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  return child.exitCode;
}

async function sql(text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database?.url ?? '' });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

function told(part: string): readonly string[] {
  return messages.filter((message) => message.includes(part));
}

beforeAll(async () => {
  if (database === undefined) return;
  folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-locations-'));
  port = await freePort();
  target = await listening(
    createServer((request, response) => {
      calls.push({ at: Date.now(), url: request.url ?? '', authorization: request.headers.authorization });
      response.setHeader('content-type', 'application/json');
      if (request.headers.authorization !== `Bearer ${secret}`) response.statusCode = 401;
      response.end(JSON.stringify({ id: 1 }));
    }),
  );
  sick = await listening(createServer((_, response) => response.writeHead(500).end(`{"seen":"${secret}"}`)));
  robot = await listening(
    createServer((request, response) => {
      let text = '';
      request.on('data', (piece: Buffer) => (text += piece.toString()));
      request.on('end', () => {
        messages.push(text);
        response.end('{}');
      });
    }),
  );
  // The way out of Beijing leads somewhere else.
  proxy = createServer((_, response) => response.writeHead(500).end());
  proxy.on('connect', (_, socket) => {
    const onward = connect(portOf(sick), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await listening(proxy);
  const schema = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
  const content = { 'application/json': { schema } };
  const paths = Object.fromEntries(
    Array.from({ length: operations }, (_, no) => [
      `/orders/${no}`,
      { get: { responses: { 200: { description: 'ok', content } } } },
    ]),
  );
  const document = { openapi: '3.0.3', info: { title: 'orders', version: '1' }, paths };
  writeFileSync(path.join(folder, 'api.json'), JSON.stringify(document));
  writeFileSync(
    path.join(folder, 'apipatrol.yaml'),
    `store: ${database.url}
language: en
interval: 10s
limits: { ratePerOrigin: 4 }
credentials:
  sso: { scheme: bearer, token: ${secret} }
locations:
  shanghai: { credentials: [sso] }
  beijing: { credentials: [sso] }
services:
  - name: orders
    docs: api.json
    baseUrl: http://localhost:${portOf(target)}
    credential: sso
    locations: [shanghai, beijing]
channels:
  team: { kind: webhook, url: "http://127.0.0.1:${portOf(robot)}/hook" }
server: { port: ${port}, metrics: public }
`,
  );
});

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  for (const server of [target, sick, proxy, robot]) server?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  database?.remove();
});

describe.skipIf(database === undefined)('workers at locations', () => {
  let server: Running;
  let beijing: Running;
  /** Messages until the last worker of shanghai was removed: where joining took longer than the server waits after its start, it was told before. */
  let before = 0;
  const shanghai: Running[] = [];

  it('join with a token of their location, and with no other', async () => {
    server = serve();
    await expect.poll(server.written).toContain('the page is ready');
    const refused = async (location: string, given: string): Promise<string> => {
      const worker = start([...workArgs('nobody', location), '--token', given]);
      expect(await ended(worker)).toBe(2);
      return worker.written();
    };
    expect(await refused('shanghai', 'apw_foreign')).toContain('there is no such token');
    expect(await refused('beijing', await token('shanghai'))).toContain(
      'the token is for the location shanghai, not for beijing',
    );
    expect(await refused('paris', await token('shanghai'))).toContain('there is no location "paris"');
    const expired = await token('shanghai');
    await sql('update worker_token set expires_at = 1 where used_by is null');
    expect(await refused('shanghai', expired)).toContain('the token has expired');
    const used = await token('shanghai');
    const first = start([...workArgs('sh0', 'shanghai'), '--token', used]);
    await expect.poll(first.written).toContain('worker started');
    expect(await refused('shanghai', used)).toContain('the token has been used');
    expect(statSync(path.join(folder, 'sh0.json')).mode & 0o077).toBe(0);
    shanghai.push(first, await join('sh1', 'shanghai'));
    beijing = await join('bj0', 'beijing', {
      HTTP_PROXY: `http://127.0.0.1:${portOf(proxy)}`,
      NO_PROXY: '127.0.0.1',
    });
  });

  it('a token that nobody has used is listed, and revoked', async () => {
    const made = await command('worker', 'token', '--location', 'beijing', '--expires', '1h');
    // Whoever writes it into a file has the token alone.
    expect(made.out).toMatch(/^apw_\S+\n$/);
    expect(made.err).toContain('Lets one worker join beijing until');
    const { items } = JSON.parse((await command('worker', 'tokens', '--json')).out) as {
      readonly items: readonly { readonly id: string; readonly location: string; readonly by: string }[];
    };
    const found = items.find(({ location }) => location === 'beijing');
    expect((await command('worker', 'tokens')).out).toContain(`${found?.id}  beijing`);
    const revoked = await command('worker', 'remove', found?.id ?? '');
    expect([revoked.code, revoked.out]).toEqual([0, expect.stringContaining('lets nobody join any more')]);
    const worker = start([...workArgs('nobody', 'beijing'), '--token', made.out.trim()]);
    expect(await ended(worker)).toBe(2);
    expect(worker.written()).toContain('there is no such token');
    const again = await command('worker', 'remove', found?.id ?? '');
    expect([again.code, again.err]).toEqual([
      expect.any(Number),
      expect.stringContaining('there is no worker'),
    ]);
    const short = await command('worker', 'token', '--location', 'beijing', '--expires', '1s');
    expect([short.code, short.err]).toEqual([
      2,
      expect.stringContaining('--expires 1s: allowed is from 1m to 30d'),
    ]);
  });

  it('of another version, or without what they were given, are refused with what to do', async () => {
    const { id, secret: own } = JSON.parse(readFileSync(path.join(folder, 'sh0.json'), 'utf8')) as {
      readonly id: string;
      readonly secret: string;
    };
    const ask = async (bearer: string, version: string, location = 'shanghai') => {
      const answer = await fetch(`http://127.0.0.1:${port}/work/lease`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
        body: JSON.stringify({ location, version, at: Date.now() }),
      });
      const { detail, hint } = (await answer.json()) as { readonly detail: string; readonly hint: string };
      return [answer.status, detail, hint];
    };
    expect(await ask(`${id}.${own}`, '7.0.0')).toEqual([
      409,
      expect.stringContaining('a worker of version 7.0.0 and a server of version'),
      expect.stringContaining('Install apipatrol'),
    ]);
    expect(await ask(`${id}.${own}`, '0.2.0', 'beijing')).toEqual([
      403,
      'this worker has joined the location shanghai, and asks for the work of beijing',
      expect.stringContaining('--location'),
    ]);
    expect(await ask(`${id}.wrong`, '0.2.0')).toEqual([
      401,
      expect.stringContaining('this worker is not known'),
      expect.stringContaining('apipatrol worker token'),
    ]);
    // What opens the API opens nothing here, and the other way round.
    const api = await fetch(`http://127.0.0.1:${port}/api/v1/workers`, {
      headers: { authorization: `Bearer ${id}.${own}` },
    });
    expect(api.status).toBe(401);
  });

  it('a failure that one of two sees is told as its own, and is none of the service', async () => {
    // It does get there, and gets HTTP 500.
    await expect.poll(() => told('only beijing gets another answer').length, { timeout: 90_000 }).toBe(1);
    expect(told('only beijing gets another answer')[0]).toContain(
      `${operations} of ${operations} operations fail from beijing`,
    );
    const { out } = await command('status');
    expect(out).toContain(`${operations} pass`);
    // What is open is of the location alone.
    expect(out).toMatch(/#\w+ orders: orders from beijing|#\w+ orders from beijing/);
    expect(out).not.toMatch(/\d+ fail\b/);
    expect(calls.every(({ authorization }) => authorization === `Bearer ${secret}`)).toBe(true);
  });

  it('are measured, by what alerts ask for', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    const text = await answer.text();
    expect(text).toMatch(/apipatrol_workers\{location="shanghai",state="(working|idle)"\} [12]/);
    expect(text).toContain('apipatrol_workers{location="beijing",state="silent"} 0');
    const asked = ['prometheus/alerts-locations.yaml', 'grafana/apipatrol.json'].flatMap((name) => {
      const file = readFileSync(path.resolve(import.meta.dirname, '../../deploy', name), 'utf8');
      return file.match(/apipatrol_(workers|batch)\w*/g) ?? [];
    });
    expect(new Set(asked)).toEqual(
      new Set(['apipatrol_workers', 'apipatrol_batches_waiting', 'apipatrol_batch_wait_seconds']),
    );
    for (const name of asked) expect(text).toContain(`${name}{location="`);
  });

  it('no secret is in what they keep, or in what is stored for them', async () => {
    const tables = ['work_batch', 'work_part', 'work_document', 'worker', 'worker_token', 'result_detail'];
    const rows = await Promise.all(tables.map((table) => sql(`select t::text as text from ${table} t`)));
    const hex = Buffer.from(secret).toString('hex');
    const text = JSON.stringify(rows);
    expect(text).not.toContain(secret);
    expect(text).not.toContain(hex);
    for (const name of ['sh0', 'bj0'])
      expect(readFileSync(path.join(folder, `${name}.json`), 'utf8')).not.toContain(secret);
    for (const one of [server, beijing, ...shanghai]) expect(one.written()).not.toContain(secret);
  });

  it('a batch of one that is killed is taken over by another of its location', async () => {
    const begun = (one: Running): number => one.written().split('batch begun').length;
    const before = shanghai.map(begun);
    await expect
      .poll(() => shanghai.findIndex((one, no) => begun(one) > (before[no] ?? 0)), { interval: 100 })
      .not.toBe(-1);
    const victim = shanghai.findIndex((one, no) => begun(one) > (before[no] ?? 0));
    const [batch] = /(?<=batch=)\S+/.exec(shanghai[victim]?.written().split('batch begun').at(-1) ?? '') ?? [
      '',
    ];
    shanghai[victim]?.child.kill('SIGKILL');
    const killedAt = Date.now();
    const heir = shanghai[1 - victim];
    await expect
      .poll(() => heir?.written().includes(`batch=${batch} attempt=2`), {
        interval: 50,
        timeout: takenOverMs,
      })
      .toBe(true);
    expect(Date.now() - killedAt).toBeLessThan(takenOverMs);
    // What had come of it is not called again.
    expect(Number(/attempt=2 .*checks=(\d+)/.exec(heir?.written() ?? '')?.[1])).toBeLessThanOrEqual(
      operations,
    );
    shanghai.splice(victim, 1);
  });

  it('one that is removed ends, and says what to do', async () => {
    before = messages.length;
    const { items } = JSON.parse((await command('worker', 'list', '--json')).out) as {
      readonly items: readonly { readonly id: string; readonly location: string; readonly state: string }[];
    };
    for (const { id } of items.filter(({ location }) => location === 'shanghai'))
      expect((await command('worker', 'remove', id)).code).toBe(0);
    const [last] = shanghai;
    expect(last === undefined ? 0 : await ended(last)).toBe(2);
    expect(last?.written()).toContain('this worker is not known: it was removed');
  });

  it('a location where nobody is left is told once, its operations are unknown, and its end is told', async () => {
    const toldSince = (part: string) => messages.slice(before).filter((one) => one.includes(part));
    // It gives back what it has in hand; nobody takes it.
    beijing.child.kill('SIGTERM');
    expect(await ended(beijing)).toBe(0);
    await expect
      .poll(() => toldSince('no worker at shanghai has been heard of').length, { timeout: 60_000 })
      .toBe(1);
    const status = await command('worker', 'status');
    expect(status.code).toBe(1);
    expect(status.out).toContain('✗ shanghai');
    await expect
      .poll(async () => (await command('status')).out, { timeout: 60_000, interval: 1000 })
      .toContain(`${operations} unknown`);
    await join('sh2', 'shanghai');
    await expect.poll(() => toldSince('location shanghai').length, { timeout: 60_000 }).toBe(2);
    expect(
      toldSince('no worker at shanghai has been heard of').filter((one) => one.includes('"opened"')),
    ).toHaveLength(1);
  });

  it('a server that is stopped ends, whatever workers have asked of it', async () => {
    server.child.kill('SIGTERM');
    expect(await ended(server)).toBe(0);
  });
});
