import { expect, it } from 'vitest';
import type { CycleStatistics } from '../model/cycle.ts';
import type { ServiceSettings } from '../model/settings.ts';
import { lastCycles } from './stalled.ts';

const minute = 60_000;
const now = 100 * minute;

function cycle(cycleId: number, scope: readonly string[], startedAt: number): CycleStatistics {
  return { cycleId, scope, startedAt, byService: {} } as unknown as CycleStatistics;
}

async function last(
  cycles: readonly CycleStatistics[],
  names: readonly string[],
): Promise<readonly string[]> {
  const services = names.map((name) => ({ name, intervalMs: 15 * minute })) as unknown as ServiceSettings[];
  const newestFirst = cycles.toSorted((a, b) => b.startedAt - a.startedAt);
  const found = await lastCycles({ cycles: () => Promise.resolve(newestFirst) }, { services }, now);
  return found.map(({ service, cycle: { cycleId } }) => `${service} #${cycleId}`);
}

it('each service has its own last cycle, the oldest is told first', async () => {
  const cycles = [
    cycle(1, ['slow'], now - 14 * minute),
    cycle(2, ['fast'], now - 2 * minute),
    cycle(3, ['fast'], now),
  ];
  expect(await last(cycles, ['fast', 'slow'])).toEqual(['slow #1', 'fast #3']);
});

it('one cycle for all is told once', async () => {
  expect(await last([cycle(1, ['a', 'b'], now)], ['a', 'b'])).toEqual([]);
});
