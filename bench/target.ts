import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

/**
 * The server that benchmarks call, in a process of its own so that its cost is not counted. It lives no longer
 * than the one who started it.
 *
 * `GET /orders/<n>` answers a JSON order at once. `GET /wait/<n>` answers 50 ms after the request arrived; how long
 * it really took for request n can be read at `GET /waited`.
 */
export interface Target {
  readonly origin: string;
  /** Milliseconds that the target kept request n, by n. */
  waited(): Promise<Readonly<Record<string, number>>>;
  close(): void;
}

export const waitMs = 50;

export async function startTarget(): Promise<Target> {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), { execArgv: ['--import', 'tsx'] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)));
    child.once('exit', (code) => reject(new Error(`the target ended with ${code}`)));
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    waited: async () => (await fetch(`${origin}/waited`)).json() as Promise<Record<string, number>>,
    close: () => child.kill(),
  };
}

/** About a kilobyte, as a list or a detail view has. */
export function order(id: number): object {
  const items = Array.from({ length: 8 }, (_, line) => ({
    sku: `SKU-${1000 + line}`,
    title: `Article number ${line}`,
    quantity: 1 + (line % 3),
    price: { amount: 19.9 + line, currency: 'CNY' },
  }));
  const createdAt = '2026-01-01T08:00:00Z';
  return { id, status: 'paid', createdAt, customer: { id: 7, name: 'Li Lei' }, items, total: 187.2 };
}

function listen(): void {
  const body = JSON.stringify(order(1));
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const waited: Record<string, number> = {};
  const server = createServer((request, response) => {
    const arrivedAt = performance.now();
    const [, kind, id = ''] = (request.url ?? '').split('/');
    if (kind === 'waited') {
      response.end(JSON.stringify(waited));
    } else if (kind === 'wait') {
      setTimeout(() => {
        waited[id] = performance.now() - arrivedAt;
        response.writeHead(200, headers).end(body);
      }, waitMs);
    } else {
      response.writeHead(200, headers).end(body);
    }
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.once('disconnect', () => process.exit());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) listen();
