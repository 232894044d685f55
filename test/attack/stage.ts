import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach } from 'vitest';
import { cli, type Ended, main } from '../support/cli.ts';

/** How many of each kind are tried: few within `npm test`, many in `npm run test:attack`. */
export const isLong = process.env['APIPATROL_ATTACK'] === 'long';

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

export interface Listening {
  readonly origin: string;
  readonly port: number;
  /** `GET /path` of every request, in their order. */
  readonly asked: string[];
  /** The headers of every request. */
  readonly headers: Readonly<Record<string, unknown>>[];
}

/** A server on this machine that notes what it is asked. */
export async function listen(answer: RequestListener): Promise<Listening> {
  const asked: string[] = [];
  const headers: Readonly<Record<string, unknown>>[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    headers.push(request.headers);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, port, asked, headers };
}

export interface Desk {
  readonly folder: string;
  write(this: void, name: string, content: string): Promise<string>;
  /** Runs the built command in the folder. */
  run(this: void, ...args: readonly string[]): Promise<Ended>;
  runWith(this: void, env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended>;
}

/** A folder with a configuration, and the command beside it. */
export async function desk(config: object): Promise<Desk> {
  const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-attack-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  const write = async (name: string, content: string): Promise<string> => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    return file;
  };
  // JSON is YAML.
  await write('apipatrol.yaml', JSON.stringify(config));
  return {
    folder,
    write,
    run: (...args) => cli(args, { cwd: folder }),
    runWith: (env, ...args) => cli(args, { cwd: folder, env }),
  };
}

/** A document with these operations, each a `GET` unless it says otherwise. */
export function openApi(paths: Readonly<Record<string, object>>, more: object = {}): string {
  return JSON.stringify({ openapi: '3.1.0', info: { title: 'Orders', version: '1' }, paths, ...more });
}

/** Answers of an operation that are all there is to say about it. */
export const fine = { responses: { 200: { description: 'ok', content: { 'application/json': {} } } } };

export interface ServedPage {
  readonly port: number;
  /** The page, its API and what machines ask. */
  readonly origin: string;
  readonly complaints: () => string;
}

/** The built daemon with its page, over the configuration of the desk; resolves when it listens. */
export async function serve({ folder }: Pick<Desk, 'folder'>): Promise<ServedPage> {
  const child = spawn(process.execPath, [main, 'serve', '--port', '0', '--log', 'json'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  cleanups.push(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${complaints}`)));
    createInterface(child.stdout).on('line', (line) => {
      const found = /"http:\/\/[^"]*?:(\d+)/.exec(line)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
  });
  return { port, origin: `http://127.0.0.1:${port}`, complaints: () => complaints };
}
