import { rm } from 'node:fs/promises';
import { startCheapTarget } from './cheap-target.ts';
import type { Figure } from './figure.ts';
import { type Cycle, LargePatrol } from './large-patrol.ts';
import { type Extent, makeWorld } from './large-world.ts';
import { check, cpuSeconds, makeChecks, makeEngine } from './load.ts';

interface Size extends Extent {
  /** How much may be kept at once: with more room, garbage is collected later. */
  readonly heapMiB: number;
  readonly aims?: boolean;
}

const large: Size = { services: 200, operationsEach: 500, intervalS: 120, heapMiB: 1000, aims: true };

/** The built daemon with a hundred thousand operations: scanned, planned, called, judged, stored, twice. */
export function benchLarge(): Promise<readonly Figure[]> {
  return benchOf([large]);
}

/** The same with fewer, and with all of them behind one gateway. */
export function benchSizes(): Promise<readonly Figure[]> {
  const small: Size = { ...large, services: 20, intervalS: 60, heapMiB: 400, aims: false };
  return benchOf([small, { ...small, isOneHost: true }]);
}

/** What is more takes a quiet machine, and hours of patience on a busy one. */
export function benchHuge(): Promise<readonly Figure[]> {
  return benchOf([{ ...large, services: 600, intervalS: 600, heapMiB: 3000, aims: false }]);
}

async function benchOf(sizes: readonly Size[]): Promise<readonly Figure[]> {
  const target = await startCheapTarget();
  try {
    const aloneS = await checkAlone(target.port);
    const figures: Figure[] = [{ name: 'CPU of 10,000 checks alone', value: aloneS, unit: 's' }];
    for (const size of sizes) figures.push(...(await patrolOf(size, target.port, aloneS)));
    return figures;
  } finally {
    target.close();
  }
}

async function patrolOf(size: Size, port: number, aloneS: number): Promise<readonly Figure[]> {
  const folder = await makeWorld(size, port);
  const patrol = new LargePatrol(folder, ['run'], [`--max-old-space-size=${size.heapMiB}`]);
  try {
    const first = await patrol.cycle(size.services);
    const second = await patrol.cycle(size.services);
    return figuresOf(size, [first, second], aloneS);
  } finally {
    await patrol.stop();
    await rm(folder, { recursive: true });
  }
}

function figuresOf(
  { services, operationsEach, isOneHost, heapMiB, aims }: Size,
  [first, second]: readonly [Cycle, Cycle],
  aloneS: number,
): readonly Figure[] {
  const all = services * operationsEach;
  for (const { checked, passed } of [first, second])
    if (checked !== all || passed !== all) throw new Error(`${passed} of ${checked} passed, ${all} planned`);
  const per = all / 10_000;
  const aim = (value: number): Pick<Figure, 'aim'> => (aims === true ? { aim: value } : {});
  const figures: readonly Figure[] = [
    { name: 'from the start to the end of the first cycle', value: first.wallS, unit: 's' },
    {
      name: 'CPU of that beside the checks: start, documents, plan, store',
      value: first.cpuS - aloneS * per,
      unit: 's',
      ...aim(15),
    },
    {
      name: 'CPU per 10,000 results of the next cycle beside the checks',
      value: (second.cpuS / per - aloneS) * 1000,
      unit: 'ms',
      ...aim(150),
    },
    { name: 'longest stall of the first cycle', value: first.stallMs, unit: 'ms', ...aim(50) },
    { name: 'longest stall of the next cycle', value: second.stallMs, unit: 'ms', ...aim(50) },
    {
      name: `highest RSS, with a heap of at most ${heapMiB} MiB`,
      value: second.highestRssMiB,
      unit: 'MiB',
      ...aim(400),
    },
    { name: 'RSS after two cycles', value: second.rssMiB, unit: 'MiB' },
  ];
  const where = isOneHost === true ? 'one gateway' : `${services} hosts`;
  const label = `${all.toLocaleString('en')} operations, ${where}`;
  return figures.map((figure) => ({ ...figure, name: `${label}: ${figure.name}` }));
}

/** Seconds for 10,000 of them as fast as they come, in this process. */
async function checkAlone(port: number): Promise<number> {
  const engine = makeEngine(5000);
  const checks = makeChecks(`http://127.0.0.1:${port}`, 10_000).map((one) => ({
    ...one,
    promises: [{ status: '200', contentTypes: ['application/json'], schema: { type: 'object' } }],
  }));
  const rounds = 5;
  await check(engine, checks);
  const cpuS = await cpuSeconds(async () => {
    for (let round = 0; round < rounds; round++) await check(engine, checks);
  });
  await engine.close();
  return cpuS / rounds;
}
