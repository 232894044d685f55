import { expect, it } from 'vitest';
import { locationsTrial } from './support/locations.ts';
import { hasPostgres } from './support/postgres.ts';

it.runIf(hasPostgres)(
  'workers at locations lose nothing and tell nothing twice, although workers are killed and whoever leads is killed and stopped',
  async () => {
    const report = await locationsTrial();
    const { lost, doubled, offGrid, silent, alone, unsigned } = report;
    if (lost.length + doubled.length + offGrid.length > 0) process.stderr.write(report.written);
    expect({ lost, doubled, offGrid, unsigned }).toEqual({ lost: [], doubled: [], offGrid: [], unsigned: 0 });
    expect(silent).toEqual(['opened', 'resolved']);
    expect(alone.map(({ event, subject }) => `${event} ${subject}`)).toEqual([
      'opened north from beijing',
      'resolved north from beijing',
    ]);
    expect(report.takenOverMs).toBeLessThan(10_000);
    for (const { at, ledAt } of report.blows) expect(ledAt - at).toBeLessThan(15_000);
  },
  400_000,
);
