import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Pool } from 'undici';
import type { Engine } from '../src/check/engine.ts';
import type { Check } from '../src/model/check.ts';
import type { Figure } from './figure.ts';
import { bare, check, connections, cpuSeconds, makeChecks, makeEngine, median } from './load.ts';
import { startTarget, type Target } from './target.ts';

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

if (process.argv[2] === 'memory' && process.argv[1] === fileURLToPath(import.meta.url)) {
  await reportMemory(process.argv[3] ?? '', Number(process.argv[4]));
}
