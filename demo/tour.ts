import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pc from 'picocolors';
import { demoEnvironment, writeDemo } from './config.ts';
import { faults } from './faults.ts';
import { type PatrolProcess, setUpList, startPatrol } from './patrol-process.ts';
import { showCycle, showMessage, showStep, showText } from './show.ts';
import { type DemoSystem, startDemoSystem } from './system.ts';
import { startWecom, type Wecom } from './wecom.ts';

export interface TourOptions {
  /** End after the recovery instead of going on until `signal`. */
  readonly once: boolean;
  readonly signal: AbortSignal;
  readonly print: (text: string) => void;
}

export interface Stage {
  readonly system: DemoSystem;
  readonly wecom: Wecom;
  readonly patrol: PatrolProcess;
  readonly config: string;
  readonly print: (text: string) => void;
}

/** A message takes one cycle and what confirms it, about 20 s; a slow machine gets more. */
const patienceMs = 90_000;
/** Between the cycles after the tour: nobody watches a demo for 15 minutes. */
const restMs = 15_000;

/** Starts everything, shows an alert and its recovery, goes on if wanted, takes everything down again. */
export async function runTour(options: TourOptions): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-demo-'));
  const system = await startDemoSystem();
  const wecom = await startWecom();
  try {
    const config = await writeDemo(system, folder, {
      webhook: wecom.webhook('693a91f6-7acc-4bc4-97a0-0ec2b1f35aaa'),
    });
    introduce(system, wecom, options.print, [`apipatrol run -c ${config}`]);
    const patrol = startPatrol(config, { env: demoEnvironment, detached: true });
    const stage: Stage = { system, wecom, patrol, config, print: options.print };
    try {
      await alertAndRecovery(stage, options.signal);
      if (!options.once) await goOn(stage, options.signal);
    } finally {
      patrol.signal('SIGTERM');
      await patrol.exited;
    }
    options.print(options.signal.aborted || options.once ? '\nStopped; the patrol has ended cleanly.' : '');
  } finally {
    await Promise.all([system.close(), wecom.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param commands What patrols. */
export function introduce(
  system: DemoSystem,
  wecom: Wecom,
  print: (text: string) => void,
  commands: readonly string[],
): void {
  const { orders, users, payments } = system.services;
  print(
    [
      showStep('Three services, each with a document of its own'),
      `  orders    ${orders.url}   OpenAPI 3.1, OAuth2 client credentials`,
      `  users     ${users.url}   Swagger 2.0, login request, code/data envelopes`,
      `  payments  ${payments.url}   Postman collection, API key`,
      showStep('A stand-in for the WeCom group robot'),
      `  ${pc.underline(wecom.url)}   open it to see the group`,
      showStep('The patrol'),
      ...commands.map((one) => `  ${one}`),
    ].join('\n'),
  );
}

async function alertAndRecovery(stage: Stage, signal: AbortSignal): Promise<void> {
  const { system, wecom, patrol, config, print } = stage;
  print(`  ${showCycle(await patience(patrol.logged('cycle closed'), signal, patrol))}`);

  print(showStep('The first report: what is patrolled from now on, and what has to be set up'));
  await patience(wecom.received(1), signal, patrol);
  for (const message of wecom.messages) print(showMessage(message));
  print(`  ${pc.dim('$ apipatrol set-up')}`);
  print(showText(await setUpList(config, demoEnvironment)));

  print(showStep(`A fault: ${faults['orders-500']}`));
  await system.faults.set('orders-500', true);
  await cycleWithMessage(stage, 2, signal);

  print(showStep('The fault is mended'));
  await system.faults.set('orders-500', false);
  await cycleWithMessage(stage, 3, signal);
}

/** Runs the cycle with this number and shows the message that comes of it. */
export async function cycleWithMessage(stage: Stage, cycle: number, signal: AbortSignal): Promise<void> {
  const { wecom, patrol, print } = stage;
  const known = wecom.messages.length;
  patrol.runNow();
  print(`  ${showCycle(await patience(patrol.logged('cycle closed', cycle), signal, patrol))}`);
  await patience(wecom.received(known + 1), signal, patrol);
  for (const message of wecom.messages.slice(known)) print(showMessage(message));
}

/** @param firstCycle Its number, of this process. */
export async function goOn(stage: Stage, signal: AbortSignal, firstCycle = 4): Promise<void> {
  const { system, wecom, patrol, print } = stage;
  print(showStep('On it goes until Ctrl+C. Break something yourself:'));
  for (const [name, effect] of Object.entries(faults)) {
    print(`  curl -X PUT ${system.controlUrl}/faults/${name.padEnd(18)} ${pc.dim(`# ${effect}`)}`);
  }
  print(
    `  ${pc.dim(`DELETE instead of PUT mends it. A cycle runs every ${restMs / 1000} s here, every 15 minutes else.`)}\n`,
  );
  let shown = wecom.messages.length;
  const showNew = () => {
    for (const one of wecom.messages.slice(shown)) print(showMessage(one));
    shown = wecom.messages.length;
  };
  for (let cycle = firstCycle; !signal.aborted; cycle++) {
    await delay(restMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    showNew();
    patrol.runNow();
    const closed = await patience(patrol.logged('cycle closed', cycle), signal, patrol).catch(
      () => undefined,
    );
    if (closed !== undefined) print(`  ${showCycle(closed)}`);
    showNew();
  }
}

/** The result, or an error that says what the patrol said, when it takes too long or the user has seen enough. */
export async function patience<T>(
  wanted: Promise<T>,
  signal: AbortSignal,
  patrol: PatrolProcess,
): Promise<T> {
  const tooLong = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  const given = new Promise<never>((_, reject) => {
    tooLong.addEventListener(
      'abort',
      () =>
        reject(
          new Error(
            signal.aborted ? 'interrupted' : `nothing happened in ${patienceMs / 1000} s\n${tail(patrol)}`,
          ),
        ),
      { once: true },
    );
  });
  return Promise.race([wanted, given]);
}

function tail(patrol: PatrolProcess): string {
  const last = patrol.records.slice(-10).map((record) => JSON.stringify(record));
  return [...last, patrol.complaints()].join('\n');
}
