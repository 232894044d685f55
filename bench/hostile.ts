import type { Figure } from './figure.ts';
import { startHostilePatrol } from './hostile-patrol.ts';
import { floods } from './hostile-floods.ts';
import { hostiles as fewer } from './hostile-world.ts';

const cycles = 4;
const hostiles = [...fewer, ...floods];

/**
 * The daemon patrols harmless services for a while, then all but one of them turn hostile at the same time: their
 * documents are read, planned and compared, their answers judged, while the good one goes on.
 */
export async function benchHostile(): Promise<readonly Figure[]> {
  const patrol = await startHostilePatrol(hostiles);
  try {
    await patrol.goodCycles(2);
    await patrol.stall();
    await patrol.goodCycles(cycles);
    const before = await patrol.stall();
    patrol.lateness();
    await patrol.turn(hostiles);
    await patrol.goodCycles(cycles);
    await patrol.api('POST', '/silences', {
      matcher: { subject: `${'*a'.repeat(30)}*z` },
      forMs: 3_600_000,
      reason: 'asterisks',
    });
    await patrol.goodCycles(cycles);
    const after = await patrol.stall();
    const late = patrol.lateness().toSorted((a, b) => a - b);
    return [
      {
        name: `longest time that nothing else could run, ${hostiles.length} hostile services`,
        value: after.cpuMs,
        unit: 'ms',
        aim: 50,
      },
      { name: 'the same by the clock', value: after.wallMs, unit: 'ms' },
      { name: 'the same while the services were harmless', value: before.cpuMs, unit: 'ms' },
      { name: 'the same by the clock', value: before.wallMs, unit: 'ms' },
      {
        name: `start of a cycle of ${late.length} of good services after its due time, p99`,
        value: late[Math.ceil(late.length * 0.99) - 1] ?? Number.NaN,
        unit: 'ms',
        aim: 50,
      },
    ];
  } finally {
    await patrol.close();
  }
}
