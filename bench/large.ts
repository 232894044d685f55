import { rm } from 'node:fs/promises';
import { startCheapTarget } from './cheap-target.ts';
import type { Figure } from './figure.ts';
import { type Cycle, LargePatrol } from './large-patrol.ts';
import { type Extent, makeWorld } from './large-world.ts';
import { check, cpuSeconds, makeChecks, makeEngine } from './load.ts';

/** The built daemon with a hundred thousand operations: scanned, planned, called, judged, stored, twice. */
export async function benchLarge(): Promise<readonly Figure[]> {
  const target = await startCheapTarget();
  try {
    const alone = await checkAlone(target.port);
    return [
      { name: 'CPU of 10,000 checks alone', value: alone, unit: 's' },
      ...(await patrolOf({ services: 200, operationsEach: 500, intervalS: 90 }, target.port, alone)),
      ...(await patrolOf(
        { services: 200, operationsEach: 500, intervalS: 90, isOneHost: true },
        target.port,
        alone,
      )),
    ];
  } finally {
    target.close();
  }
}

async function patrolOf(extent: Extent, port: number, alone: number): Promise<readonly Figure[]> {
  const folder = await makeWorld(extent, port);
  const patrol = new LargePatrol(folder, ['run'], (process.env.NODE_ARGS ?? '').split(' ').filter(Boolean));
  const all = extent.services * extent.operationsEach;
  const label = `${all.toLocaleString('en')} operations, ${extent.isOneHost === true ? 'one gateway' : `${extent.services} hosts`}`;
  try {
    const first = await patrol.cycle(extent.services);
    console.error(first);
    const second = await patrol.cycle(extent.services);
    console.error(second);
    return figuresOf(label, all, [first, second], alone);
  } finally {
    await patrol.stop();
    await rm(folder, { recursive: true });
  }
}

function figuresOf(
  label: string,
  all: number,
  [first, second]: readonly [Cycle, Cycle],
  alone: number,
): readonly Figure[] {
  for (const { checked, passed } of [first, second])
    if (checked !== all || passed !== all) throw new Error(`${passed} of ${checked} passed, ${all} planned`);
  const per = all / 10_000;
  return [
    { name: `${label}: from the start to the end of the first cycle`, value: first.wallS, unit: 's' },
    { name: `${label}: CPU of that beside the checks`, value: first.cpuS - alone * per, unit: 's', aim: 15 },
    {
      name: `${label}: CPU per 10,000 results of the next cycle beside the checks`,
      value: (second.cpuS / per - alone) * 1000,
      unit: 'ms',
      aim: 150,
    },
    { name: `${label}: longest stall of the first cycle`, value: first.stallMs, unit: 'ms', aim: 50 },
    { name: `${label}: longest stall of the next cycle`, value: second.stallMs, unit: 'ms', aim: 50 },
    { name: `${label}: highest RSS`, value: second.highestRssMiB, unit: 'MiB', aim: 400 },
    { name: `${label}: RSS after two cycles`, value: second.rssMiB, unit: 'MiB' },
  ];
}

/** Seconds for 10,000 of them as fast as they come, in this process. */
async function checkAlone(port: number): Promise<number> {
  const engine = makeEngine(5000);
  const checks = makeChecks(`http://127.0.0.1:${port}`, 10_000).map((one) => ({
    ...one,
    promises: [{ status: '200', contentTypes: ['application/json'] }],
  }));
  await check(engine, checks);
  const cpuS = await cpuSeconds(async () => {
    for (let round = 0; round < 5; round++) await check(engine, checks);
  });
  await engine.close();
  return cpuS / 5;
}
