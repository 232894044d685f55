import { check } from './checker.ts';
import { type Figure, quantile, seconds } from './figures.ts';
import { type Fault, type Random } from './plan.ts';
import { type Calls, holdTicks } from './ticks.ts';
import { World } from './world.ts';

const intervalMs = 10_000;
const cycles = 36;
const operations = 10;
/** From the first call to the first fault: passing once is what makes a check worth an alarm. */
const warmUpMs = 4 * intervalMs;
/** After the last fault, for its recovery to be told. */
const calmMs = 120_000;
const hungServices = 3;

export interface HungTrial {
  readonly world: World;
  readonly figures: readonly Figure[];
  readonly wrong: readonly string[];
}

/** Some of the services hang entirely all the time, one operation of each other one fails or hangs now and then. */
export async function hungTrial(services: readonly string[], random: Random): Promise<HungTrial> {
  const world = await World.set(services, operations, '10s');
  const faults = planHung(services, random);
  world.start();
  await world.firstCall();
  const startedAt = Date.now();
  await world.follow(faults, startedAt, cycles * intervalMs + calmMs);
  const endedAt = Date.now();
  const status = await world.trial.status();
  const code = await world.stop();
  const { told, incidents } = world.trial.robots;
  const record = { startedAt, endedAt, intervalMs, faults, kills: 0, told, incidents };
  const found = check(record);
  const hung = new Set(services.slice(0, hungServices));
  const healthy = check({
    ...record,
    faults: faults.filter(({ service }) => !hung.has(service)),
    incidents: incidents.filter(({ key }) => !hung.has(key)),
    told: told.filter(({ key }) => !hung.has(key)),
  });
  const ticks = holdTicks(
    world.ticks().filter((tick) => tick >= startedAt && tick < endedAt - intervalMs),
    services.filter((name) => !hung.has(name)).map((name) => callsOf(world, name, faults, startedAt)),
  );
  const longest = quantile(healthy.tellMs, 1) ?? Infinity;
  return {
    world,
    wrong: [
      ...found.wrong,
      ...ticks.missed,
      ...(status.code === 0 && code === 0 ? [] : [`status ${status.code}, patrol ${code}: ${status.out}`]),
    ],
    figures: [
      ['faults of single operations in the seven others', `${healthy.checked}`],
      ['from such a fault to the message, p50', seconds(quantile(healthy.tellMs, 0.5))],
      ['from such a fault to the message, longest', seconds(longest), longest <= 30_000],
      ['from the recovery to the message, longest', seconds(quantile(found.recoverMs, 1))],
      ['beginnings and ends not told, and false alarms', `${found.wrong.length}`, found.wrong.length === 0],
      ['false alarms in the seven others', `${healthy.falseAlarms}`, healthy.falseAlarms === 0],
      ['ticks of operations that were well', `${ticks.due}`],
      [
        'of them held more than a second late, or not at all',
        `${ticks.missed.length}`,
        ticks.missed.length === 0,
      ],
    ],
  };
}

function planHung(services: readonly string[], random: Random): readonly Fault[] {
  const endMs = cycles * intervalMs;
  return services.flatMap((service, index): Fault[] => {
    if (index < hungServices) return [{ service, kind: 'hang', from: warmUpMs, to: endMs }];
    // Two operations of each, one after the other: the same one again soon after would be the same incident.
    return [0, 1].map((half) => {
      const share = (endMs - warmUpMs) / 2;
      const from = Math.round(warmUpMs + half * share + random() * (share - 10 * intervalMs));
      return {
        service,
        kind: (index + half) % 2 === 0 ? 'stuck' : 'operation',
        from: from - (from % operations) + half,
        to: from + 7 * intervalMs,
      };
    });
  });
}

function callsOf(world: World, service: string, faults: readonly Fault[], startedAt: number): Calls {
  const own = faults.filter((fault) => fault.service === service);
  return {
    service,
    at: world.callsOf(service),
    troubles: own.map((fault) => {
      const path = world.pathOf(fault);
      const [from, to] = [startedAt + fault.from, startedAt + fault.to];
      return { from, to, path };
    }),
  };
}
