import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli, main } from '../support/cli.ts';

const guide = await readFile(new URL('../../docs/guide/ci.md', import.meta.url), 'utf8');
/** Commands of the pipelines, with what is quoted around them taken off. */
const commands = [...guide.matchAll(/(npx apipatrol check .*?)'?$/gm)].map(([, command = '']) => command);

const document = {
  openapi: '3.0.3',
  info: { title: 'API', version: '1' },
  paths: {
    '/orders': { get: { summary: 'List orders', responses: { 200: { description: 'ok' } } } },
    '/broken': { get: { summary: 'List broken things', responses: { 200: { description: 'ok' } } } },
  },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-ci-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A service that listens a while later. */
function startLate(lateMs: number) {
  const server = createServer((request, response) => {
    const isBroken = request.url === '/broken';
    response.writeHead(isBroken ? 500 : 200, { 'content-type': 'application/json' });
    response.end(request.url === '/openapi.json' ? JSON.stringify(document) : '{}');
  });
  return new Promise<{ readonly url: string; readonly started: Promise<void>; close(): void }>((resolve) => {
    const place = createServer().listen(0, '127.0.0.1', () => {
      const { port } = place.address() as AddressInfo;
      place.close(() =>
        resolve({
          url: `http://127.0.0.1:${port}`,
          started: delay(lateMs).then(async () => {
            server.listen(port, '127.0.0.1');
            await once(server, 'listening');
          }),
          close: () => server.close().closeAllConnections(),
        }),
      );
    });
  });
}

async function shell(command: string, env: Readonly<Record<string, string>>) {
  const child = spawn('bash', ['-c', command.replace(/^npx apipatrol/, `${process.execPath} ${main}`)], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  let told = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, told };
}

it('the guide has a command for three pipelines', () => {
  expect(commands).toHaveLength(3);
});

it.each(commands)('%s', async (command) => {
  const service = await startLate(1500);
  try {
    const [{ code, told }] = await Promise.all([shell(command, { API: service.url }), service.started]);
    expect({ code, told }).toEqual({ code: 1, told: expect.stringContaining('/broken') });
    expect(told).not.toContain('MaxListeners');
    const written = command.includes('patrol.xml')
      ? await readFile(path.join(folder, 'patrol.xml'), 'utf8')
      : '<testsuites';
    expect(written).toContain('<testsuites');
  } finally {
    service.close();
  }
});

it('says what has not answered in time, and what a document without operations is', async () => {
  await writeFile(path.join(folder, 'empty.json'), JSON.stringify({ ...document, paths: {} }));
  const args = ['check', 'empty.json', '--base-url', 'http://127.0.0.1:1', '--wait', '1s'];
  const { code, err } = await cli(args, { cwd: folder });
  expect(code).toBe(2);
  expect(err).toContain('http://127.0.0.1:1 has not answered within 1s');
  expect(err).toContain('`paths` is empty');
  expect((await cli([...args, '--language', 'zh'], { cwd: folder })).err).toContain('`paths` 为空');
});

it('has nobody to tell when no patrol runs', async () => {
  await writeFile(
    path.join(folder, 'apipatrol.yaml'),
    'services: [{ docs: empty.json }]\nwebhook: https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=12345678-1234-1234-1234-123456789abc\n',
  );
  const { code, err } = await cli(['run-now'], { cwd: folder });
  expect([code, err]).toEqual([2, expect.stringContaining('no patrol runs on this configuration')]);
});

it('completes commands, options and their values in bash', async () => {
  const { out } = await cli(['completion', 'bash'], { cwd: folder });
  await writeFile(path.join(folder, 'completion.bash'), out);
  const complete = async (...words: readonly string[]): Promise<string> => {
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const asked = `. ./completion.bash; COMP_WORDS=(apipatrol ${quoted}); COMP_CWORD=${words.length}; _apipatrol; echo "\${COMPREPLY[*]}"`;
    return (await shell(asked, {})).told.trim();
  };
  expect(await complete('che')).toBe('check');
  expect(await complete('check', '--reporter', 'j')).toBe('junit json');
  expect(await complete('notify', 'te')).toBe('test');
  expect(await complete('check', '--wa')).toBe('--wait');
});
