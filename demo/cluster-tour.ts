import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pc from 'picocolors';
import type { NodesView } from '../src/server/api/nodes.ts';
import { startServer as startDatabase } from '../src/store/postgres/server.fixture.ts';
import { demoEnvironment, writeDemo } from './config.ts';
import { faults } from './faults.ts';
import { type PatrolProcess, startPatrol } from './patrol-process.ts';
import { showCycle, showMessage, showStep } from './show.ts';
import { startDemoSystem } from './system.ts';
import { cycleWithMessage, goOn, introduce, patience, type Stage, type TourOptions } from './tour.ts';
import { startWecom, type Wecom } from './wecom.ts';

const noDatabase = `The second form of the demo needs PostgreSQL 14 or newer: install it here (apt-get install postgresql), or start one
and name it:
  docker run --rm -d -p 5432:5432 -e POSTGRES_PASSWORD=demo postgres
  TEST_DATABASE_URL=postgres://postgres:demo@127.0.0.1:5432/postgres npm run demo -- --cluster`;

interface Server {
  readonly port: number;
  readonly patrol: PatrolProcess;
}

/**
 * The demo's second form: several servers on one PostgreSQL, of which the one that leads is killed. What is shown of workers
 * comes between `killedLeader` and `nothingLost`.
 */
export async function runClusterTour(options: TourOptions): Promise<void> {
  const database = await startDatabase();
  if (database === undefined) throw new Error(noDatabase);
  const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-demo-'));
  const [system, wecom] = [await startDemoSystem(), await startWecom()];
  const servers: Server[] = [];
  try {
    const config = await writeDemo(system, folder, {
      webhook: wecom.webhook('693a91f6-7acc-4bc4-97a0-0ec2b1f35aaa'),
      more: { store: `${database.url}?search_path=demo_${process.pid}` },
    });
    const env = { ...demoEnvironment, APIPATROL_KEY: 'the key of all servers of the demo' };
    const serve = async (port: number): Promise<Server> => {
      const patrol = startPatrol(config, { env, port, detached: true });
      servers.push({ port, patrol });
      await patience(patrol.logged('the page is ready'), options.signal, patrol);
      return { port, patrol };
    };
    const first = await serve(await freePort());
    await patience(first.patrol.logged('this node leads'), options.signal, first.patrol);
    const second = await serve(await freePort());
    await patience(second.patrol.logged('this node follows'), options.signal, second.patrol);
    const commands = [first, second].map(({ port }) => `apipatrol serve --port ${port} -c ${config}`);
    introduce(system, wecom, options.print, commands);
    const about = { system, wecom, config, print: options.print };
    const next = await killedLeader({ ...about, patrol: first.patrol }, first, second, options.signal);
    await showNodes(second.port, options.print);
    await serve(first.port);
    options.print(`  ${pc.dim('the killed one is started again, and follows')}`);
    nothingLost(wecom, options.print);
    if (!options.once) await goOn({ ...about, patrol: second.patrol }, options.signal, next);
    options.print('\nStopped; the servers have ended cleanly.');
  } finally {
    for (const { patrol } of servers) patrol.signal('SIGTERM');
    await Promise.all(servers.map(({ patrol }) => patrol.exited));
    await Promise.all([system.close(), wecom.close()]);
    await rm(folder, { recursive: true, force: true });
    database.remove();
  }
}

/** Returns the number of the second server's next cycle. */
async function killedLeader(
  stage: Stage,
  first: Server,
  second: Server,
  signal: AbortSignal,
): Promise<number> {
  const { system, wecom, print } = stage;
  print(`  pages: ${[first, second].map(({ port }) => pc.underline(`http://127.0.0.1:${port}`)).join('  ')}`);
  await showNodes(second.port, print);
  print(`\n  ${showCycle(await patience(first.patrol.logged('cycle closed'), signal, first.patrol))}`);
  await patience(wecom.received(1), signal, first.patrol);
  for (const message of wecom.messages) print(showMessage(message));

  print(showStep(`A fault, told by the server that leads: ${faults['orders-500']}`));
  await system.faults.set('orders-500', true);
  await cycleWithMessage(stage, 2, signal);

  // Of what was on its way when a server is gone nobody knows whether it has arrived: it would be sent again, with the same number.
  await delay(2000, undefined, { signal });
  print(showStep('kill -9 of that server; meanwhile the fault is mended'));
  const killedAt = performance.now();
  first.patrol.signal('SIGKILL');
  await system.faults.set('orders-500', false);
  await patience(second.patrol.logged('this node leads'), signal, second.patrol);
  print(
    `  the other server leads after ${((performance.now() - killedAt) / 1000).toFixed(1)} s, and tells the end`,
  );
  await cycleWithMessage({ ...stage, patrol: second.patrol }, 1, signal);
  return 2;
}

/** What the page has below *Settings → Nodes*. */
async function showNodes(port: number, print: (text: string) => void): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/nodes`);
  const { items, lastFailover } = (await answer.json()) as NodesView;
  for (const { name, state, version } of items) print(`  ${pc.bold(name)} ${state} ${pc.dim(version)}`);
  if (lastFailover === undefined) return;
  const { from, to, unledMs } = lastFailover;
  print(
    `  ${pc.dim(`last fail-over: ${from} → ${to}, ${((unledMs ?? 0) / 1000).toFixed(1)} s at the most`)}`,
  );
}

function nothingLost({ messages }: Wecom, print: (text: string) => void): void {
  const contents = messages.map(({ content }) => content);
  print(
    showStep(
      `${contents.length} messages: the first report, the beginning and the end; ${new Set(contents).size} different ones`,
    ),
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
