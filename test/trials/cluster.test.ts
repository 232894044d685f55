import { expect, it } from 'vitest';
import { clusterTrial } from './support/cluster.ts';
import { checkCluster, type ClusterRecord } from './support/cluster-checker.ts';
import { hasPostgres } from './support/postgres.ts';

it.runIf(hasPostgres)(
  'two nodes on one database lose nothing and tell nothing twice, although whoever leads is killed and stopped in mid-cycle',
  async () => {
    const report = await clusterTrial({ kills: 3, stops: 2, random: Math.random });
    const { lost, doubled, offGrid } = report;
    if (lost.length + doubled.length + offGrid.length > 0) process.stderr.write(report.written);
    expect({ lost, doubled, offGrid }).toEqual({ lost: [], doubled: [], offGrid: [] });
    expect(report.blows).toHaveLength(5);
    for (const { at, ledAt } of report.blows) expect(ledAt - at).toBeLessThan(15_000);
    expect(report.handOverMs).toBeLessThan(5000);
  },
  400_000,
);

const t = 1_000_000;
const well: ClusterRecord = {
  intervalMs: 10_000,
  blows: [{ kind: 'killed', at: t + 22_000, ledAt: t + 31_000, calledAt: t + 31_500 }],
  faults: [{ service: 'north', operation: 'GET /a', from: t + 5000, to: t + 50_000 }],
  calls: { north: [t, t + 10_000, t + 20_000, t + 31_500, t + 40_000, t + 50_000] },
  told: [
    { at: t + 15_000, event: 'opened', id: 'A', services: ['north'], subject: 'GET /a' },
    { at: t + 61_000, event: 'resolved', id: 'A', services: ['north'], subject: 'GET /a' },
  ],
};
const [opened, resolved] = well.told;

it('what holds nodes against the truth finds nothing where all is well', () => {
  expect(checkCluster(well)).toEqual({ lost: [], doubled: [], inFlight: 0, offGrid: [], cycles: 6 });
});

it.each([
  { name: 'a beginning that is not told', record: { told: well.told.slice(1) }, found: { lost: 1 } },
  { name: 'an end that is not told', record: { told: well.told.slice(0, 1) }, found: { lost: 1 } },
  {
    name: 'what is told of nothing',
    record: { told: [...well.told, { ...opened, id: 'B', subject: 'GET /b' }] },
    found: { lost: 1 },
  },
  {
    name: 'what is told twice',
    record: { told: [...well.told, { ...resolved, at: t + 62_000 }] },
    found: { doubled: 1 },
  },
  {
    name: 'a cycle that comes twice',
    record: { calls: { north: [...(well.calls['north'] ?? []), t + 54_000] } },
    found: { offGrid: 1 },
  },
  {
    name: 'a cycle that does not come',
    record: { calls: { north: [t, t + 10_000, t + 20_000, t + 31_500, t + 50_000] } },
    found: { offGrid: 1 },
  },
])('finds $name', ({ record, found }) => {
  const findings = checkCluster({ ...well, ...record } as ClusterRecord);
  const counts = { lost: 0, doubled: 0, offGrid: 0, ...found };
  expect({
    lost: findings.lost.length,
    doubled: findings.doubled.length,
    offGrid: findings.offGrid.length,
  }).toEqual(counts);
});
