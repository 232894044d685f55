import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createEngine, type Engine, type EngineOptions } from '../../src/check/engine.ts';
import { type ManualClock, systemClock } from '../../src/lib/time/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { Redactor } from '../../src/lib/secrets/secret.ts';
import type { Check } from '../../src/model/check.ts';
import type { Result } from '../../src/model/result.ts';
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
    service: 'orders',
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

/** Closed when the test ends. */
export function keep<T extends { close(): Promise<void> }>(one: T): T {
  onTestFinished(() => one.close());
  return one;
}

export const never = new AbortController().signal;

export async function run(
  engine: Engine,
  checks: readonly Check[],
  confirmAfterMs: readonly number[] = [],
): Promise<readonly Result[]> {
  return engine.run(checks, { signal: never, graceMs: 100, confirmAfterMs });
}

/** Runs one check against a server that answers with the given statuses in turn, the last one for ever. */
export async function runAgainst(
  statuses: readonly number[],
  more: Partial<Check>,
  confirmAfterMs: readonly number[] = [],
): Promise<Result | undefined> {
  let count = 0;
  const server = keep(
    await serve((_, response) => {
      const status = statuses[Math.min(count++, statuses.length - 1)] ?? 200;
      response.setHeader('retry-after', '0');
      sendJson(response, {}, status);
    }),
  );
  const [result] = await run(keep(testEngine()), [makeCheck(server.origin, '/orders', more)], confirmAfterMs);
  return result;
}

/** Moves the clock on, real I/O in between, until the run has ended. */
export async function advanceUntilDone<T>(clock: ManualClock, running: Promise<T>): Promise<T> {
  const state = { done: false };
  void running.finally(() => {
    state.done = true;
  });
  while (!state.done) {
    for (let round = 0; round < 20; round++) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(100);
  }
  return running;
}

/** Lets real I/O go on until `condition` holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
