import { fork } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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
      ...(await schemaShare(target)),
      ...(await jitter(target)),
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

/** The same checks with and without their schemas. */
async function schemaShare(target: Target): Promise<readonly Figure[]> {
  const engine = makeEngine(1000);
  const judged = makeChecks(target.origin, 5000);
  const plain = judged.map((one) => ({
    ...one,
    promises: [{ status: '200', contentTypes: ['application/json'] }],
  }));
  await check(engine, judged.slice(0, 1000));
  const withSchemas: number[] = [];
  const without: number[] = [];
  for (let round = 0; round < 3; round++) {
    withSchemas.push(await cpuSeconds(() => check(engine, judged)));
    without.push(await cpuSeconds(() => check(engine, plain)));
  }
  await engine.close();
  const [all, rest] = [median(withSchemas), median(without)];
  return [
    {
      name: 'share of the CPU that parsing and judging bodies takes',
      value: (100 * (all - rest)) / all,
      unit: '%',
      aim: 10,
    },
  ];
}

/** Two cycles spread over 10 s: how far each check is from the same moment of the cycle before. */
async function jitter(target: Target): Promise<readonly Figure[]> {
  const engine = makeEngine(1000);
  const checks = makeChecks(target.origin, 1000);
  const overMs = 10_000;
  await check(engine, checks);
  const starts: Map<string, number>[] = [];
  for (let round = 0; round < 2; round++) {
    const fromEpochMs = Date.now() + 500;
    const results = await check(engine, checks, { fromEpochMs, overMs });
    starts.push(new Map(results.map(({ checkId, at }) => [checkId, at - fromEpochMs])));
  }
  await engine.close();
  const [first, second] = starts;
  const off = checks
    .map(({ id }) => Math.abs((first?.get(id) ?? 0) - (second?.get(id) ?? 0)))
    .toSorted((a, b) => a - b);
  return [0.5, 0.99].map((quantile) => ({
    name: `jitter of the interval p${quantile * 100} over 1,000 spread checks`,
    value: off[Math.floor(off.length * quantile)] ?? 0,
    unit: 'ms',
    ...(quantile === 0.99 ? { aim: 10 } : {}),
  }));
}

async function memory(target: Target): Promise<readonly Figure[]> {
  const small = await memoryOf(target, 5000);
  const large = await memoryOf(target, 100_000);
  return [
    { name: 'RSS after a cycle of 5,000 checks', value: small / 2 ** 20, unit: 'MiB', aim: 200 },
    { name: 'RSS after a cycle of 100,000 operations', value: large / 2 ** 20, unit: 'MiB', aim: 512 },
  ];
}

function memoryOf(target: Target, count: number): Promise<number> {
  const child = fork(fileURLToPath(import.meta.url), ['memory', target.origin, String(count)], {
    execArgv: ['--import', 'tsx'],
  });
  return new Promise((resolve) => child.once('message', (message) => resolve(Number(message))));
}

async function reportMemory(origin: string, count: number): Promise<void> {
  const engine = makeEngine(10_000);
  await check(engine, makeChecks(origin, count));
  process.send?.(process.memoryUsage().rss);
  await engine.close();
  process.disconnect();
}

/** Runs 200,000 checks; what is there after the first 20,000 must be all that is there at the end. */
export async function soak(): Promise<readonly Figure[]> {
  const target = await startTarget();
  const before = handles();
  const engine = makeEngine(10_000);
  const checks = makeChecks(target.origin, 10_000);
  const early = await leftBy(2, engine, checks);
  const late = await leftBy(18, engine, checks);
  await engine.close();
  const left = handles() - before;
  target.close();
  return [
    { name: 'heap after 20,000 checks', value: early.heapMiB, unit: 'MiB' },
    { name: 'heap that 180,000 more checks add', value: late.heapMiB - early.heapMiB, unit: 'MiB', aim: 2 },
    { name: 'RSS that they add', value: late.rssMiB - early.rssMiB, unit: 'MiB', aim: 30 },
    { name: 'sockets and timers left when the engine is closed', value: left, unit: '', aim: 0 },
  ];
}

async function leftBy(rounds: number, engine: Engine, checks: readonly Check[]) {
  for (let round = 0; round < rounds; round++) await check(engine, checks);
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapMiB: heapUsed / 2 ** 20, rssMiB: rss / 2 ** 20 };
}

function handles(): number {
  return process.getActiveResourcesInfo().length;
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
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

async function check(
  engine: Engine,
  checks: readonly Check[],
  spread?: { readonly fromEpochMs: number; readonly overMs: number },
): Promise<readonly Result[]> {
  const { signal } = new AbortController();
  const results = await engine.run(checks, {
    signal,
    graceMs: 0,
    ...(spread === undefined ? {} : { spread }),
  });
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
  await reportMemory(process.argv[3] ?? '', Number(process.argv[4]));
}
