import { fork } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { type Dispatcher, Pool } from 'undici';
import { createEngine, type Engine } from '../src/check/engine.ts';
import { systemClock } from '../src/kit/clock.ts';
import { silentLogger } from '../src/kit/logger.ts';
import { Redactor } from '../src/kit/secret.ts';
import type { Check } from '../src/model/check.ts';
import type { Result } from '../src/model/result.ts';
import { startTarget, type Target } from './target.ts';

/** One measured number. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The value that is aimed at: at most this much. */
  readonly aim?: number;
}

const connections = 32;

/** What a check costs beside the same request by bare undici, how exact its times are, what it leaves behind. */
export async function benchCheck(): Promise<readonly Figure[]> {
  const target = await startTarget();
  try {
    return [
      ...(await cost(target, 1000, 10_000)),
      ...(await cost(target, 200, 4000)),
      ...(await latencyError(target)),
      ...(await memory(target)),
    ];
  } finally {
    target.close();
  }
}

async function cost(target: Target, perSecond: number, count: number): Promise<readonly Figure[]> {
  const engine = makeEngine(perSecond);
  const pool = new Pool(target.origin, { connections, pipelining: 1 });
  const checks = makeChecks(target.origin, count);
  const paths = checks.map(({ request }) => request.url.slice(target.origin.length));
  await check(engine, checks.slice(0, 1000));
  await bare(pool, paths.slice(0, 1000), perSecond);
  const ours: number[] = [];
  const ceiling: number[] = [];
  for (let round = 0; round < 3; round++) {
    ours.push((await cpuSeconds(() => check(engine, checks))) * (10_000 / count));
    ceiling.push((await cpuSeconds(() => bare(pool, paths, perSecond))) * (10_000 / count));
  }
  await Promise.all([engine.close(), pool.close()]);
  const [a, b] = [median(ours), median(ceiling)];
  return [
    {
      name: `CPU per 10,000 checks at ${perSecond}/s`,
      value: a,
      unit: 's',
      ...(perSecond === 1000 ? { aim: 1.5 } : {}),
    },
    { name: `CPU per 10,000 requests of bare undici at ${perSecond}/s`, value: b, unit: 's' },
    { name: `checks beside bare undici at ${perSecond}/s`, value: a / b, unit: '×', aim: 2 },
  ];
}

/** Both directions count: an answer that is timed too short is as wrong as one that is timed too long. */
async function latencyError(target: Target): Promise<readonly Figure[]> {
  const engine = makeEngine(200);
  const checks = makeChecks(target.origin, 2000, '/wait/');
  const results = await check(engine, checks);
  await engine.close();
  const waited = await target.waited();
  const errors = results
    .map(({ phases, checkId }) => Math.abs((phases.firstByteMs ?? 0) - (waited[checkId] ?? 0)))
    .toSorted((a, b) => a - b);
  return [0.5, 0.95, 0.99].map((quantile) => ({
    name: `latency error p${quantile * 100} at 50 ms and 200/s`,
    value: errors[Math.floor(errors.length * quantile)] ?? 0,
    unit: 'ms',
    ...(quantile === 0.99 ? { aim: 3 } : {}),
  }));
}

async function memory(target: Target): Promise<readonly Figure[]> {
  const child = fork(fileURLToPath(import.meta.url), ['memory', target.origin], {
    execArgv: ['--import', 'tsx'],
  });
  const bytes = await new Promise<number>((resolve) =>
    child.once('message', (message) => resolve(Number(message))),
  );
  return [{ name: 'RSS after a cycle of 5,000 checks', value: bytes / 2 ** 20, unit: 'MiB', aim: 200 }];
}

async function reportMemory(origin: string): Promise<void> {
  const engine = makeEngine(2000);
  await check(engine, makeChecks(origin, 5000));
  process.send?.(process.memoryUsage().rss);
  await engine.close();
  process.disconnect();
}

/** Runs 200,000 checks and tells of memory and handles on the way; they must not grow. */
export async function soak(): Promise<readonly Figure[]> {
  const target = await startTarget();
  const engine = makeEngine(10_000);
  const checks = makeChecks(target.origin, 10_000);
  const figures: Figure[] = [];
  for (let round = 1; round <= 20; round++) {
    await check(engine, checks);
    if (round !== 2 && round !== 20) continue;
    globalThis.gc?.();
    const { heapUsed } = process.memoryUsage();
    figures.push(
      { name: `heap after ${round * 10_000} checks`, value: heapUsed / 2 ** 20, unit: 'MiB' },
      {
        name: `handles after ${round * 10_000} checks`,
        value: process.getActiveResourcesInfo().length,
        unit: '',
      },
    );
  }
  await engine.close();
  target.close();
  return figures;
}

function makeEngine(perSecond: number): Engine {
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

async function check(engine: Engine, checks: readonly Check[]): Promise<readonly Result[]> {
  const results = await engine.run(checks, { signal: new AbortController().signal, graceMs: 0 });
  const bad = results.find(({ verdict }) => verdict !== 'pass');
  if (bad !== undefined) throw new Error(`the target failed: ${bad.reason.message}`);
  return results;
}

/** The least that a client can do: start each request when it is due and drop what comes back. */
async function bare(pool: Pool, paths: readonly string[], perSecond: number): Promise<void> {
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

function makeChecks(origin: string, count: number, path = '/orders/'): readonly Check[] {
  return Array.from({ length: count }, (_, n) => ({
    id: String(n),
    source: 'orders',
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

async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

if (process.argv[2] === 'memory' && process.argv[1] === fileURLToPath(import.meta.url)) {
  await reportMemory(process.argv[3] ?? '');
}
