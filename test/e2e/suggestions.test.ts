import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer } from '../support/auth-harness.ts';
import { cli } from '../support/cli.ts';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const services = ['items', "it's b"];
let folder = '';
let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-suggestions-'));
  server = await startServer(({ path: asked }) => ({ status: asked === '/items' ? 500 : 200, body: [] }));
  const get = { summary: 'list', responses: { 200: { description: 'ok' } } };
  const paths = { '/items': { get, post: get }, '/other ones': { get }, '/all': { get } };
  const document = { openapi: '3.0.3', info: { title: 'items', version: '1' }, paths };
  const config = { services: services.map((name) => ({ name, docs: './api.json', baseUrl: server.url })) };
  await writeFile(path.join(folder, 'api.json'), JSON.stringify(document));
  await writeFile(path.join(folder, 'my patrol.yaml'), JSON.stringify(config));
  await patrolOnce();
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function patrolOnce(): Promise<void> {
  const args = [main, 'run', '-c', 'my patrol.yaml'];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = once(child, 'exit');
  let closed = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"cycle closed"') && ++closed === services.length) child.kill('SIGTERM');
  }
  await exited;
}

const here = (...args: readonly string[]) => cli([...args, '-c', 'my patrol.yaml'], { cwd: folder });

/** A line as somebody copies it into a shell, which knows the command by its name. */
async function pasted(line: string): Promise<string> {
  const script = `apipatrol() { '${process.execPath}' '${main}' "$@"; }; ${line}`;
  const env = { ...process.env, NO_COLOR: '1' };
  const { stdout } = await promisify(execFile)('sh', ['-c', script], { cwd: folder, env });
  return stdout;
}

function suggestedIn(text: string): readonly string[] {
  return [...text.matchAll(/apipatrol [a-z].*/g)]
    .map(([line]) => line)
    .filter((line) => !line.startsWith('apipatrol run'));
}

it('why lists a command for each operation that is meant perhaps, and takes it', async () => {
  const { code, err } = await here('why', 'GET /items');
  expect(code).toBe(2);
  const lines = err.split('\n').filter((line) => line.startsWith('  apipatrol '));
  expect(lines).toEqual([
    "  apipatrol why 'GET /items' --service items -c 'my patrol.yaml'",
    "  apipatrol why 'GET /items' --service 'it'\\''s b' -c 'my patrol.yaml'",
  ]);
  const told = await Promise.all(lines.map(pasted));
  expect(told.map((text) => text.split('\n')[0])).toEqual(services.map((name) => `GET /items ${name}`));
});

it.each([
  ['why', '/nothing'],
  ['why', 'GET /all', '--service', 'nope'],
  ['why', 'GET /all', '--service', 'items'],
  ['why', 'GET /items', '--service', 'items'],
  ['scan'],
  ['scan', '--only', '/nothing'],
  ['check', '--only', "/nothing'"],
  ['check', '--only', '/all'],
])('%s %s: every command that it prints is taken', async (...args) => {
  const { out, err } = await here(...args);
  for (const line of suggestedIn(`${out}\n${err}`)) {
    expect(line).toContain("-c 'my patrol.yaml'");
    const ended = await pasted(line).catch((error: unknown) => error as { code: number });
    // Something may well fail when it is called; what is asked must not be refused.
    const code = typeof ended === 'string' ? 0 : ended.code;
    expect({ line, isTaken: code < 2 }).toEqual({ line, isTaken: true });
  }
});

it('suggests nothing that needs a configuration to who checks a document without one', async () => {
  const { out, err } = await cli(['check', 'api.json', '--base-url', server.url], { cwd: folder });
  expect(out).toContain('3 checked');
  expect(out).toContain('POST /items: ');
  expect(`${out}${err}`).not.toContain('apipatrol scan');
});
