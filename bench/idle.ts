import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startServer } from '../src/store/postgres/server.fixture.ts';
import type { Figure } from './figure.ts';

const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const locations = ['shanghai', 'beijing'];
const settledMs = 40_000;
const measuredMs = 60_000;
/** Of Linux: times in `/proc` are counted in these. */
const tickMs = 10;

/** The built server with a worker at each of two locations, once the first cycle is over and there is nothing to do. */
export async function benchIdle(): Promise<readonly Figure[]> {
  if (!existsSync(command)) throw new Error('run npm run build first');
  const database = await startServer();
  if (database === undefined) throw new Error('there is no PostgreSQL here; name one with TEST_DATABASE_URL');
  const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-bench-'));
  const children: ChildProcess[] = [];
  try {
    const port = 18_420;
    await writeFile(path.join(folder, 'api.json'), JSON.stringify(document));
    await writeFile(path.join(folder, 'apipatrol.yaml'), configOf(database.url, port));
    const env = { ...process.env, APIPATROL_KEY: 'key-of-the-benchmark' };
    const start = (...args: readonly string[]): ChildProcess => {
      const child = spawn(process.execPath, [command, ...args], { cwd: folder, env, stdio: 'ignore' });
      children.push(child);
      return child;
    };
    const server = start('serve');
    await answering(`http://127.0.0.1:${port}/healthz`);
    const workers = locations.map((location) => {
      const made = ['worker', 'token', '--location', location];
      const token = spawnSync(process.execPath, [command, ...made], { cwd: folder, env }).stdout.toString();
      const where = ['--server', `http://127.0.0.1:${port}`, '--identity', `${location}.json`];
      return start('worker', '--location', location, ...where, '--token', token.trim());
    });
    await sleep(settledMs);
    const before = await Promise.all([server, ...workers].map(cpuMs));
    await sleep(measuredMs);
    const after = await Promise.all([server, ...workers].map(cpuMs));
    const [ofServer = 0, ...ofWorkers] = after.map(
      (ms, no) => ((ms - (before[no] ?? 0)) * 1000) / measuredMs,
    );
    const sum = ofWorkers.reduce((one, other) => one + other, ofServer);
    return [
      { name: 'CPU of the server', value: ofServer, unit: 'ms/s' },
      { name: 'CPU of each worker', value: (sum - ofServer) / locations.length, unit: 'ms/s' },
      { name: 'CPU of the server and its two workers', value: sum, unit: 'ms/s', aim: 20 },
    ];
  } finally {
    for (const child of children) {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    database.remove();
    await rm(folder, { recursive: true });
  }
}

const document = {
  openapi: '3.0.3',
  info: { title: 'orders', version: '1' },
  paths: { '/orders': { get: { responses: { 200: { description: 'ok' } } } } },
};

function configOf(store: string, port: number): string {
  const service = {
    name: 'orders',
    docs: 'api.json',
    baseUrl: 'http://127.0.0.1:9',
    interval: '1h',
    locations,
  };
  const there = Object.fromEntries(locations.map((name) => [name, null]));
  // JSON is YAML.
  return JSON.stringify({ store, server: { port }, locations: there, services: [service] });
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const isThere = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    await sleep(200);
  }
  throw new Error('the server does not answer');
}

async function cpuMs({ pid }: ChildProcess): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [user = 0, system = 0] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
  return (user + system) * tickMs;
}
