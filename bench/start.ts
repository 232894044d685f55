import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../src/lib/time/clock.ts';
import { CycleScheduler } from '../src/schedule/scheduler.ts';
import type { Figure } from './figure.ts';

const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const starts = 7;
const ticks = 300;
const tickMs = 50;

/** How soon a start calls something, and how exactly later cycles start. */
export async function benchStart(): Promise<readonly Figure[]> {
  const cold = await firstRequests();
  const late = (await gridLateness()).toSorted((a, b) => a - b);
  const at = (quantile: number): number => late[Math.floor(late.length * quantile)] ?? 0;
  return [
    { name: 'process start to first request, median', value: cold[starts >> 1] ?? 0, unit: 'ms', aim: 1000 },
    { name: 'process start to first request, longest', value: cold.at(-1) ?? 0, unit: 'ms' },
    { name: `start of a cycle after its due time, p50 of ${ticks}`, value: at(0.5), unit: 'ms' },
    { name: `start of a cycle after its due time, p99 of ${ticks}`, value: at(0.99), unit: 'ms', aim: 10 },
  ];
}

async function firstRequests(): Promise<readonly number[]> {
  if (!existsSync(command)) throw new Error('run npm run build first');
  const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-bench-'));
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json').end('{}');
    server.emit('asked', request);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await writeFile(path.join(folder, 'api.json'), JSON.stringify(documentFor(port)));
  await writeFile(
    path.join(folder, 'apipatrol.yaml'),
    `docs: ./api.json\nbaseUrl: http://127.0.0.1:${port}\nwebhook: abcdef01-2345-6789-abcd-ef0123456789\n`,
  );
  const times: number[] = [];
  for (let run = 0; run < starts; run++) {
    const began = performance.now();
    const child = spawn(process.execPath, [command, 'run'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const ended = once(child, 'exit');
    await Promise.race([
      once(server, 'asked'),
      ended.then(() => Promise.reject(new Error('it did not start'))),
    ]);
    times.push(performance.now() - began);
    child.kill('SIGTERM');
    await ended;
  }
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true });
  return times.toSorted((a, b) => a - b);
}

function documentFor(port: number): object {
  const get = { responses: { 200: { description: 'ok', content: { 'application/json': {} } } } };
  return {
    openapi: '3.1.0',
    info: { title: 'one', version: '1' },
    servers: [{ url: `http://127.0.0.1:${port}` }],
    paths: { '/one': { get } },
  };
}

async function gridLateness(): Promise<readonly number[]> {
  const stop = new AbortController();
  const late: number[] = [];
  const scheduler = new CycleScheduler({
    clock: systemClock,
    lanes: () => [{ service: 'one', intervalMs: tickMs }],
    async start({ dueAt }) {
      late.push(Math.abs(systemClock.now() - dueAt));
      if (late.length > ticks) stop.abort();
    },
    isHeldUp: () => false,
    onLate: () => undefined,
  });
  await scheduler.run(stop.signal);
  return late.slice(1);
}
