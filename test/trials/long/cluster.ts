import { parseArgs } from 'node:util';
import { clusterTrial } from '../support/cluster.ts';
import { printTable, quantile, seconds } from './figures.ts';
import { randomOf } from './plan.ts';

const help = `npm run trial:cluster -- [--kills N] [--stops N] [--seed N]

Two nodes on one PostgreSQL, two services with faults: whoever leads is killed 50 times and stands still 20 times in
mid-cycle, unless said otherwise. Takes about 25 s for each.
`;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    stops: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(help);
else process.exitCode = await run(Number(values.kills), Number(values.stops));

async function run(kills: number, stops: number): Promise<number> {
  const report = await clusterTrial({ kills, stops, random: randomOf(Number(values.seed)) });
  const { lost, doubled, offGrid, inFlight, cycles, faults, messages, blows, handOverMs } = report;
  const takeOver = (kind: string): readonly number[] =>
    blows.filter((one) => one.kind === kind).map(({ at, ledAt }) => ledAt - at);
  const spread = (all: readonly number[]): string =>
    `${seconds(quantile(all, 0.5))}, ${seconds(Math.max(...all, 0))}`;
  printTable(`two nodes on one database, seed ${values.seed}`, [
    ['kill -9 of the leader in mid-cycle', `${kills}`],
    ['SIGSTOP of the leader in mid-cycle', `${stops}`],
    ['cycles, faults, messages', `${cycles}, ${faults}, ${messages}`],
    ['beginnings and ends not told, and told of nothing', `${lost.length}`, lost.length === 0],
    ['messages that came twice', `${doubled.length}`, doubled.length === 0],
    ['of those on their way when the leader was gone', `${inFlight}`],
    ['cycles beside the grid or left out', `${offGrid.length}`, offGrid.length === 0],
    ['from kill -9 until the other leads, p50, longest', spread(takeOver('killed'))],
    ['from SIGSTOP until the other leads, p50, longest', spread(takeOver('stopped'))],
    ['from SIGTERM until the other leads', seconds(handOverMs)],
  ]);
  const wrong = [...lost, ...doubled, ...offGrid];
  for (const one of wrong) process.stdout.write(`${one}\n`);
  if (wrong.length > 0) process.stdout.write(report.written);
  return wrong.length === 0 ? 0 : 1;
}
