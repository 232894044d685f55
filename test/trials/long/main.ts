import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { sleep } from '../support/until.ts';
import { check } from './checker.ts';
import { type Figure, growth, printTable, quantile, seconds } from './figures.ts';
import { hungTrial } from './hung.ts';
import { planFaults, planKills, randomOf } from './plan.ts';
import { World } from './world.ts';

const help = `npm run trial:long -- [MINUTES] [--seed N] [--kills N] [--healthy]

Ten services of 200 operations each at an interval of a minute, for an hour unless said otherwise. They break and recover by
the seed, and the patrol is killed 60 times in the first two thirds of the time. --healthy: an interval of ten seconds,
36 cycles, nothing breaks, nobody may be told anything. --hung: the same with three services that hang entirely and single
operations of the others that fail now and then.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    kills: { type: 'string' },
    healthy: { type: 'boolean', default: false },
    hung: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const services = Array.from({ length: 10 }, (_, index) => `service-${index}`);
const minuteMs = 60_000;
const healthyCycles = 36;

if (values.help) process.stdout.write(help);
else if (values.healthy) process.exitCode = await healthy();
else if (values.hung) process.exitCode = await hung();
else process.exitCode = await troubled(Number(positionals[0] ?? 60));

async function troubled(minutes: number): Promise<number> {
  const durationMs = minutes * minuteMs;
  const random = randomOf(Number(values.seed));
  const faults = planFaults(services, durationMs, random);
  const kills = planKills(Number(values.kills ?? Math.round(minutes)), durationMs, random);
  const world = await World.set(services, 200, '1m');
  const startedAt = Date.now();
  world.start();
  await world.follow(faults, startedAt, durationMs, [
    ...kills.map((at) => ({ at, do: () => world.kill() })),
    ...Array.from({ length: durationMs / 5000 }, (_, index) => ({
      at: index * 5000,
      do: () => world.measure(),
    })),
  ]);
  const status = await world.trial.status();
  const code = await world.stop();
  const { told, incidents, refused } = world.trial.robots;
  const record = {
    startedAt,
    endedAt: Date.now(),
    intervalMs: minuteMs,
    faults,
    kills: kills.length,
    told,
    incidents,
  };
  const found = check(record);
  const calm = world.measures.filter(({ at }) => at > startedAt + (durationMs * 2) / 3 + minuteMs);
  const wrong = [
    ...found.wrong,
    ...(status.code === 0 ? [] : [`status ended with ${status.code}: ${status.out}`]),
    ...(code === 0 ? [] : [`the patrol ended with ${code}`]),
    ...refused.map(({ key, errcode }) => `robot ${key} refused a message with ${errcode}`),
  ];
  await report(
    `${minutes} minutes, 2,000 operations of 10 services at 1 min, seed ${values.seed}`,
    [
      ['faults that lasted two intervals or more', `${found.checked}`],
      ['kill -9, each followed by a start', `${kills.length}`],
      ['messages in the groups', `${told.length}`],
      ['beginnings and ends not told, and false alarms', `${found.wrong.length}`, found.wrong.length === 0],
      ['messages that came twice', `${found.doubled}`, found.doubled <= kills.length],
      ['from the fault to the message, p50', seconds(quantile(found.tellMs, 0.5))],
      ['from the fault to the message, longest', seconds(quantile(found.tellMs, 1))],
      ['from the recovery to the message, p50', seconds(quantile(found.recoverMs, 0.5))],
      ['from the recovery to the message, longest', seconds(quantile(found.recoverMs, 1))],
      ['MiB of RSS that the last third of the time adds', growth(calm.map(({ rssMiB }) => rssMiB))],
      ['handles that it adds', growth(calm.map(({ handles }) => handles))],
    ],
    world,
    wrong,
  );
  return wrong.length === 0 ? 0 : 1;
}

async function healthy(): Promise<number> {
  // No more than the limit of calls a second lets through between two ticks.
  const world = await World.set(services, 20, '10s');
  world.start();
  await sleep((healthyCycles + 2) * 10_000);
  const status = await world.trial.status();
  const code = await world.stop();
  const { told } = world.trial.robots;
  const wrong = [
    ...told.map(({ key, text }) => `robot ${key}: ${text}`),
    ...(status.code === 0 && code === 0 ? [] : [`status ${status.code}, patrol ${code}`]),
  ];
  const row: Figure = ['messages of 36 healthy cycles of 10 services', `${told.length}`, told.length === 0];
  await report('a healthy system, 10 services at 10 s', [row], world, wrong);
  return wrong.length === 0 ? 0 : 1;
}

async function hung(): Promise<number> {
  const { world, figures, wrong } = await hungTrial(services, randomOf(Number(values.seed)));
  await report(`3 of 10 services hung at 10 s, seed ${values.seed}`, figures, world, wrong);
  return wrong.length === 0 ? 0 : 1;
}

async function report(
  title: string,
  figures: readonly Figure[],
  world: World,
  wrong: readonly string[],
): Promise<void> {
  const lateness = world.trial.look((database) =>
    database.cycles().map(({ dueAt, startedAt }) => startedAt - dueAt),
  );
  const [p50, p99, longest] = [0.5, 0.99, 1].map((share) => quantile(lateness, share) ?? 0);
  printTable(`${title} · ${cpus().length} cores, Node ${process.version}`, [
    ...figures,
    ['cycles stored', `${lateness.length}`],
    ['start of a cycle after its due time, p50', `${p50} ms`],
    ['start of a cycle after its due time, p99', `${p99} ms`, (p99 ?? 0) <= 50],
    ['start of a cycle after its due time, longest', `${longest} ms`],
  ]);
  for (const one of wrong) process.stdout.write(`✗ ${one}\n`);
  await world.trial.close();
}
