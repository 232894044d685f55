import { inEnglish } from '../src/messages/in-language.ts';
import { performance } from 'node:perf_hooks';
import type { Dispatcher, Pool } from 'undici';
import { createEngine, type Engine } from '../src/check/engine.ts';
import { systemClock } from '../src/lib/time/clock.ts';
import { silentLogger } from '../src/lib/logger.ts';
import { Redactor } from '../src/lib/secrets/secret.ts';
import type { Check } from '../src/model/check.ts';
import type { Result } from '../src/model/result.ts';

export const connections = 32;

export function makeEngine(perSecond: number): Engine {
  return createEngine({
    authorizer: {
      authorize: () => Promise.reject(new Error('no credentials here')),
      rejected: () => Promise.resolve(false),
    },
    clock: systemClock,
    log: silentLogger,
    redactor: new Redactor(),
    limits: {
      concurrency: connections,
      perOrigin: connections,
      ratePerOrigin: perSecond,
      bodyBytes: 1 << 20,
    },
  });
}

export async function check(
  engine: Engine,
  checks: readonly Check[],
  spread?: { readonly fromEpochMs: number; readonly overMs: number },
): Promise<readonly Result[]> {
  const { signal } = new AbortController();
  const results = await engine.run(checks, {
    signal,
    graceMs: 0,
    spread,
  });
  const bad = results.find(({ verdict }) => verdict !== 'pass');
  if (bad !== undefined) throw new Error(`the target failed: ${inEnglish(bad.reason.message)}`);
  return results;
}

/** The least that a client can do: start each request when it is due and drop what comes back. */
export async function bare(pool: Pool, paths: readonly string[], perSecond: number): Promise<void> {
  let left = paths.length;
  await new Promise<void>((resolve, reject) => {
    const handler: Dispatcher.DispatchHandler = {
      onConnect: () => undefined,
      onHeaders: () => true,
      onData: () => true,
      onComplete: () => {
        if (--left === 0) resolve();
      },
      onError: reject,
    };
    const startedAt = performance.now();
    let next = 0;
    const tick = (): void => {
      const due = Math.min(paths.length, ((performance.now() - startedAt) * perSecond) / 1000);
      while (next < due) pool.dispatch({ path: paths[next++] ?? '/', method: 'GET' }, handler);
      if (next < paths.length) setTimeout(tick, 1);
    };
    tick();
  });
}

const schemas = {
  '#/components/schemas/Order': {
    type: 'object',
    required: ['id', 'status', 'items', 'total'],
    properties: {
      id: { type: 'integer' },
      status: { type: 'string', enum: ['new', 'paid', 'shipped'] },
      createdAt: { type: 'string', format: 'date-time' },
      customer: { $ref: '#/components/schemas/Customer' },
      items: { type: 'array', items: { $ref: '#/components/schemas/Item' } },
      total: { type: 'number' },
    },
  },
  '#/components/schemas/Customer': {
    type: 'object',
    properties: { id: { type: 'integer' }, name: { type: 'string' } },
  },
  '#/components/schemas/Item': {
    type: 'object',
    required: ['sku', 'quantity', 'price'],
    properties: {
      sku: { type: 'string', pattern: '^SKU-\\d+$' },
      title: { type: 'string' },
      quantity: { type: 'integer', minimum: 1 },
      price: { type: 'object', properties: { amount: { type: 'number' }, currency: { type: 'string' } } },
    },
  },
};

export function makeChecks(origin: string, count: number, path = '/orders/'): readonly Check[] {
  return Array.from({ length: count }, (_, n) => ({
    id: String(n),
    service: 'orders',
    documentId: 'orders:openapi.yaml',
    operation: `GET ${path}${n}`,
    tags: ['orders'],
    owners: [],
    severity: 'major',
    method: 'GET',
    origin,
    request: {
      method: 'GET',
      url: `${origin}${path}${n}`,
      headers: { accept: 'application/json', 'user-agent': 'apipatrol' },
    },
    values: [],
    expectations: [],
    promises: [
      {
        status: '200',
        contentTypes: ['application/json'],
        schema: { $ref: '#/components/schemas/Order' },
      },
    ],
    schemas,
    dialect: 'openapi-3.0',
    repeatable: true,
    intervalMs: 900_000,
    timeouts: { connectMs: 5000, firstByteMs: 10_000, totalMs: 20_000 },
    retries: 1,
    latency: { p95Ms: 2000 },
  }));
}

export async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
