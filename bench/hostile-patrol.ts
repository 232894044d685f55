import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Hostile, harmless } from './hostile-world.ts';

const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const monitor = new URL('stall-monitor.js', import.meta.url).href;

/** Longest time in which nothing else could run, ms. */
export interface Stall {
  readonly wallMs: number;
  /** What the thread itself computed meanwhile: other programs on the machine do not count. */
  readonly cpuMs: number;
}

export interface Row {
  readonly service: string;
  readonly verdict?: string;
  readonly message?: string;
}

/** The built daemon over hostile services and a good one, with their servers in this process. */
export interface HostilePatrol {
  /** Has the services that were harmless so far turn hostile. */
  turn(hostiles: readonly Hostile[]): Promise<void>;
  /** Since it was last asked. */
  stall(): Promise<Stall>;
  /** How late cycles of the good services began, ms, one number a cycle, since it was last asked. */
  lateness(): readonly number[];
  /** Resolves when another `count` cycles of the good service have ended. */
  goodCycles(count: number): Promise<void>;
  api(
    method: string,
    at: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Resolves with the code or the signal. */
  stop(): Promise<number | NodeJS.Signals>;
  /** Starts the daemon again over the same folder. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const good = 'good';
/** More of them, for more cycles whose beginning can be measured. */
const goodOnes = Array.from({ length: 10 }, (_, n) => (n === 0 ? good : `${good}-${n}`));

export async function startHostilePatrol(hostiles: readonly Hostile[]): Promise<HostilePatrol> {
  if (!existsSync(command)) throw new Error('run npm run build first');
  const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-hostile-'));
  const turned = new Map<string, Hostile>();
  const server = createServer((request, response) => {
    const name = request.url?.split(/[/?]/)[1] ?? '';
    const hostile = turned.get(name);
    if (name === good) server.emit(good);
    if (name === 'cgi-bin')
      return void response.setHeader('content-type', 'application/json').end('{"errcode":0,"errmsg":"ok"}');
    if (hostile !== undefined) return hostile.answer(response);
    response.setHeader('content-type', 'application/json').end('{"a":1}');
  });
  const port = await listen(server);
  const origin = `http://127.0.0.1:${port}`;
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(path.join(folder, name), { recursive: true });
    await writeFile(path.join(folder, name, `${name}.json`), text);
  };
  const names = [...goodOnes, ...hostiles.map(({ name }) => name)];
  for (const name of names) await write(name, harmless(name, origin));
  const config = {
    interval: '10s',
    services: names.map((name) => ({ name, docs: `./${name}`, baseUrl: origin })),
    webhook: `${origin}/cgi-bin/webhook/send?key=abcdef01-2345-6789-abcd-ef0123456789`,
  };
  // JSON is YAML.
  await writeFile(path.join(folder, 'apipatrol.yaml'), JSON.stringify(config));
  const pagePort = await freePort();
  const late: number[] = [];
  let child = launch(folder, pagePort, late);
  await ready(child, pagePort);
  const exited = async (): Promise<number | NodeJS.Signals> => {
    if (child.exitCode !== null) return child.exitCode;
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals];
    return code ?? signal;
  };
  return {
    async turn(list) {
      for (const hostile of list) {
        const own = path.join(folder, hostile.name);
        await rm(own, { recursive: true });
        await mkdir(own);
        await writeFile(path.join(own, hostile.file), hostile.document(origin));
        for (const [name, text] of Object.entries(hostile.parts ?? {}))
          await writeFile(path.join(own, name), text);
        turned.set(hostile.name, hostile);
      }
    },
    async stall() {
      child.send('stall');
      const [stall] = (await once(child, 'message')) as [Stall];
      return stall;
    },
    lateness: () => late.splice(0),
    async goodCycles(count) {
      for (let cycle = 0; cycle < count; cycle++) await once(server, good);
    },
    async api(method, at, body) {
      const response = await fetch(`http://127.0.0.1:${pagePort}/api/v1${at}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json().catch(() => undefined) };
    },
    async stop() {
      const ended = exited();
      child.kill('SIGTERM');
      return ended;
    },
    async start() {
      child = launch(folder, pagePort, late);
      await ready(child, pagePort);
    },
    async close() {
      const ended = exited();
      child.kill('SIGKILL');
      await ended;
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true });
    },
  };
}

/** @param late Gets how late each cycle of a good service began. */
function launch(cwd: string, port: number, late: number[]): ChildProcess {
  const args = ['--import', monitor, command, 'serve', '--port', String(port), '--log', 'json'];
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  if (child.stdout === null) throw new Error('nothing is heard of it');
  createInterface(child.stdout).on('line', (line) => {
    const { msg, service = '', latenessMs } = JSON.parse(line) as Closed;
    if (msg === 'cycle closed' && goodOnes.includes(service) && latenessMs !== undefined)
      late.push(latenessMs);
  });
  return child;
}

interface Closed {
  readonly msg: string;
  readonly service?: string;
  readonly latenessMs?: number;
}

/** Resolves when its first cycle has ended. */
async function ready(child: ChildProcess, port: number): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (response?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}
