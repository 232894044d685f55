import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startPatrol } from '../../demo/patrol-process.ts';
import { desk, listen, openApi } from './stage.ts';

const tokens = ['9f86d081884c7d65', 'tK9vQ2mZx7LpR4sW8nYb3HcD6f'];

it.each(tokens)(
  'who has the address of a document is let in, and nobody is shown it: %s',
  async (token) => {
    const asked: string[] = [];
    const service = await listen((request, response) => {
      asked.push(request.url ?? '');
      const isDocument = request.url === `/t/${token}/openapi.json`;
      if (request.url === `/t/${token}/parts/answer.json`) return void response.end('{"description":"ok"}');
      response.writeHead(isDocument ? 200 : 500, { 'content-type': 'application/json' });
      const responses = { 200: { $ref: './parts/answer.json' } };
      const document = {
        ...JSON.parse(openApi({ '/orders': { get: { responses } } })),
        servers: [{ url: './v1' }],
      };
      response.end(isDocument ? JSON.stringify(document) : `{"path":"${request.url}"}`);
    });
    const messages: string[] = [];
    const robot = await listen((request, response) => {
      request.on('data', (chunk: Buffer) => messages.push(chunk.toString()));
      request.on('end', () => response.end('{"errcode":0,"errmsg":"ok"}'));
    });
    const broken = `${service.origin}/t/${token.replace(/.$/, 'e')}/openapi.json`;
    const here = await desk({
      services: [{ name: 'orders', docs: [`${service.origin}/t/${token}/openapi.json`, broken] }],
      channels: { ops: { kind: 'webhook', url: `${robot.origin}/hook` } },
      routes: [{ to: ['ops'] }],
      store: { path: './patrol.db' },
    });
    const out: string[] = [];
    for (const args of [['scan'], ['scan', '--json'], ['check'], ['check', '--json']]) {
      const ended = await here.run(...args);
      out.push(ended.out, ended.err);
    }
    const patrol = startPatrol(path.join(here.folder, 'apipatrol.yaml'), { env: {} });
    await patrol.logged('cycle closed', 1);
    await expect.poll(() => messages.length, { timeout: 30_000 }).toBeGreaterThan(0);
    for (const args of [['status'], ['status', '--json'], ['why', 'GET /orders'], ['report', '--json']]) {
      const ended = await here.run(...args);
      out.push(ended.out, ended.err);
    }
    patrol.signal('SIGTERM');
    await patrol.exited;
    expect(asked).toContain(`/t/${token}/v1/orders`);
    expect(asked).toContain(`/t/${token}/parts/answer.json`);
    const files = (await readdir(here.folder)).filter((name) => name.startsWith('patrol.db'));
    const kept = await Promise.all(files.map((name) => readFile(path.join(here.folder, name), 'latin1')));
    const shown = [...out, ...kept, ...messages, JSON.stringify(patrol.records)].join('\n');
    expect(out.join('\n')).toContain(`/t/${token.slice(0, 3)}***/openapi.json`);
    expect(shown.match(new RegExp(`.{0,80}${token.slice(0, 12)}.{0,20}`, 'g')) ?? []).toEqual([]);
  },
  90_000,
);
