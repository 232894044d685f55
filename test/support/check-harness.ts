import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEngine, type Engine, type EngineOptions } from '../../src/check/engine.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { silentLogger } from '../../src/kit/logger.ts';
import { Redactor } from '../../src/kit/secret.ts';
import type { Check } from '../../src/model/check.ts';
import type { LimitSettings } from '../../src/model/settings.ts';

export interface TestServer {
  readonly origin: string;
  readonly requests: readonly IncomingMessage[];
  close(): Promise<void>;
}

/** A real server on a free port. */
export async function serve(listener: RequestListener): Promise<TestServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** An origin at which nothing listens. */
export async function deadOrigin(): Promise<string> {
  const server = await serve(() => undefined);
  await server.close();
  return server.origin;
}

export const testLimits: LimitSettings = {
  concurrency: 16,
  perOrigin: 4,
  ratePerOrigin: 10_000,
  bodyBytes: 1 << 20,
};

export function testEngine(options: Partial<EngineOptions> = {}): Engine {
  return createEngine({
    authorizer: {
      authorize: () => Promise.reject(new Error('no credential in this test')),
      rejected: () => Promise.resolve(false),
    },
    clock: systemClock,
    log: silentLogger,
    redactor: new Redactor(),
    limits: testLimits,
    random: () => 0,
    ...options,
  });
}

let count = 0;

/** A check of `GET <origin><path>`. */
export function makeCheck(origin: string, path: string, more: Partial<Check> = {}): Check {
  const method = more.method ?? 'GET';
  return {
    id: `check-${++count}`,
    source: 'orders',
    documentId: 'orders:openapi.yaml',
    operation: `${method} ${path}`,
    tags: [],
    owners: [],
    severity: 'major',
    method,
    origin,
    request: { method, url: origin + path, headers: { accept: 'application/json' } },
    values: [],
    expectations: [],
    promises: [],
    schemas: {},
    dialect: '2020-12',
    repeatable: true,
    intervalMs: 900_000,
    timeouts: { connectMs: 1000, firstByteMs: 2000, totalMs: 3000 },
    retries: 0,
    latency: { p95Ms: 2000 },
    ...more,
  };
}
