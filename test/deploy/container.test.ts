import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { canContain, type Container, startContainer } from './container.ts';
import { assembleRoot, imageOf } from './image.ts';

if (!canContain)
  process.stderr.write('SKIPPED: the image cannot be tried here, because unshare is not permitted\n');

const image = imageOf();
const node = '/usr/local/bin/node';
let root: string;
let service: Server;
const running: Container[] = [];

beforeAll(async () => {
  if (!canContain) return;
  root = assembleRoot();
  service = createServer((_, response) => response.setHeader('content-type', 'application/json').end('[]'));
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  for (const one of running.splice(0)) if (one.isRunning) await one.stop('SIGKILL');
});

afterAll(() => {
  service?.close();
  if (root !== undefined) rmSync(path.dirname(root), { recursive: true });
});

/** A folder with a configuration that everybody can read, as one that is mounted. */
async function configured(): Promise<{ readonly config: string; readonly port: number }> {
  const config = mkdtempSync(path.join(tmpdir(), 'apipatrol-config-'));
  chmodSync(config, 0o755);
  const port = await freePort();
  const { port: own } = service.address() as { port: number };
  const paths = { '/orders': { get: { summary: 'List orders', responses: { 200: { description: 'ok' } } } } };
  const document = { openapi: '3.0.3', info: { title: 'Orders', version: '1' }, paths };
  writeFileSync(path.join(config, 'orders.yaml'), stringify(document));
  const settings = {
    docs: './orders.yaml',
    baseUrl: `http://127.0.0.1:${own}`,
    server: { port },
    store: { path: '/data/patrol.db' },
  };
  writeFileSync(path.join(config, 'apipatrol.yaml'), stringify(settings));
  return { config, port };
}

async function started(env: Readonly<Record<string, string>> = {}) {
  const { config, port } = await configured();
  const container = startContainer({ image, root, config, env });
  running.push(container);
  await expect.poll(() => container.said()).toContain('cycle closed');
  return { container, port };
}

describe.runIf(canContain)('the image, its root read-only, as nobody in particular', () => {
  it('patrols, answers the health check, shows its page, and ends when it is told to', async () => {
    const { container, port } = await started();
    expect(container.said()).toContain('"passed":1');
    expect(await container.exec(...image.healthcheck)).toMatchObject({ code: 0 });
    const ready = await container.exec('apipatrol', 'health', '--ready');
    expect(ready).toMatchObject({ code: 0, out: expect.stringContaining('✓ store  writable') as string });
    expect((await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: 'text/html' } })).status).toBe(200);
    expect(await container.exec('apipatrol', 'status')).toMatchObject({ code: 0 });
    expect(await container.stop('SIGTERM')).toBe(0);
    expect(container.said()).toContain('"msg":"stopped"');
  });

  it('lies beside another one on the same network that has a volume of its own', async () => {
    const both = [await started(), await started()];
    for (const { container } of both)
      expect(await container.exec(...image.healthcheck)).toMatchObject({ code: 0 });
  });

  it('has what is needed of time zones, fonts, certificates and git, and nothing to write to', async () => {
    const { container } = await started({ TZ: 'Asia/Shanghai' });
    const run = async (code: string) =>
      (await container.exec(node, '--input-type=module', '-e', code)).out.trim();
    expect(
      await run('console.log(process.pid > 0, process.getuid(), process.getgid(), new Date(0).getHours())'),
    ).toBe('true 65532 65532 8');
    const picture = '/opt/apipatrol/dist/notify/render/picture/picture.js';
    const drawn = `
      import { findFont, trendPicture } from '${picture}';
      const png = await trendPicture([], { language: 'zh', timeZone: 'Asia/Shanghai', now: 1.8e12 });
      console.log((await findFont()).hasChinese, Buffer.from(png.subarray(1, 4)).toString());`;
    expect(await run(drawn)).toBe('true PNG');
    expect((await container.exec('git', 'ls-remote', 'https://127.0.0.1:1/x.git')).out).toMatch(/connect/i);
    const write = `import fs from 'node:fs';
      for (const place of ['/opt/apipatrol/x', '/etc/apipatrol/x', '/home/patrol/x', '/data/x', '/tmp/x'])
        try { fs.writeFileSync(place, ''); console.log('written'); } catch ({ code }) { console.log(code); }`;
    expect(await run(write)).toBe('EROFS\nEROFS\nEROFS\nwritten\nwritten');
    expect((await container.exec('sh', '-c', 'true')).out).toContain('No such file');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends by %s in a command that ends by itself', async (signal) => {
    const { config } = await configured();
    const held = createServer(() => undefined);
    await new Promise<void>((resolve) => held.listen(0, '127.0.0.1', resolve));
    const { port } = held.address() as { port: number };
    const command = ['check', '/etc/apipatrol/orders.yaml', '--base-url', `http://127.0.0.1:${port}`];
    const container = startContainer({ image, root, config, command });
    running.push(container);
    await new Promise((resolve) => held.once('connection', resolve));
    expect(await container.stop(signal)).toBe(signal === 'SIGTERM' ? 143 : 130);
    held.close().closeAllConnections();
  });
});
