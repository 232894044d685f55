import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isFirstReport, startWecom, type Wecom } from '../demo/wecom.ts';
import { ManualClock } from '../src/lib/time/clock.ts';
import { silentLogger } from '../src/lib/logger.ts';
import { openStore } from '../src/store/open.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Each with a database and a group of its own, so that two processors have something to do. */
const lanes = ['a', 'b'];

/** As JSON. */
function withoutDuration(body: unknown): string {
  return (JSON.stringify(body) ?? '').replace(/(时间：自 [\d:]+ 起)[^\\]*/, '$1');
}

const killsALane = 100;
/** From one process to the next: a lease has ended by then. */
const pauseMs = 61_000;

/** Between these a message has been sent and nobody has written it down. */
const uncertain = ['in the call', 'after the call', 'before partSent', 'after partSent', 'before settle'];

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-kill-'));
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  // In one file: two hundred processes that find and compile their modules for themselves would take minutes.
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['@photostructure/sqlite'] },
    build: {
      ssr: path.join(root, 'test/support/killed-sender.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
    },
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Lane {
  readonly database: string;
  readonly wecom: Wecom;
  readonly clock: ManualClock;
  /** At which steps processes were killed, and how often. */
  readonly kills: ReadonlyMap<string, number>;
}

/** Processes one after another, each killed at another step, and two at the end that are left alone. */
async function killAtEveryStep(name: string): Promise<Lane> {
  const clock = new ManualClock();
  const wecom = await startWecom({ clock, keepApart: isFirstReport });
  const database = path.join(folder, `${name}.db`);
  let no = 0;
  const run = (step: string) => {
    clock.jump(pauseMs);
    const id = `K${String(no++).padStart(3, '0')}`;
    return runProcess([database, wecom.webhook('ops'), `${clock.now()}`, id, step]);
  };
  const steps = JSON.parse((await run('')).said) as readonly string[];
  const kills = new Map<string, number>();
  for (let killed = 0, turn = 0; killed < killsALane; turn++) {
    const step = steps[turn % steps.length] ?? '';
    if (!(await run(step)).killed) continue;
    killed++;
    kills.set(step, (kills.get(step) ?? 0) + 1);
    // Whoever is killed again and again while he sends the same message repeats it again and again.
    if (uncertain.includes(step)) await run('');
  }
  await run('');
  await run('');
  return { database, wecom, clock, kills };
}

async function runProcess(
  args: readonly string[],
): Promise<{ readonly said: string; readonly killed: boolean }> {
  const child = spawn(process.execPath, [path.join(folder, 'killed-sender.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { said: said.trim(), killed: signal === 'SIGKILL' };
}

it('a process that is killed at every step, 200 times, loses no message and repeats at most one', async () => {
  for (const { database, wecom, clock, kills } of await Promise.all(lanes.map(killAtEveryStep))) {
    expect([...kills.keys()]).toEqual(
      expect.arrayContaining(['before the commit', 'after the commit', 'before lease', ...uncertain]),
    );
    const store = await openStore(database, { clock, log: silentLogger });
    const committed = (await store.openIncidents()).map(({ id }) => id);
    expect(await store.gallery.unsent(10)).toEqual([]);
    await store.close();
    await wecom.close();

    const told = wecom.messages.map(({ content }) => /#(K\d+)/.exec(content)?.[1] ?? '');
    expect([...new Set(told)].toSorted()).toEqual(committed.toSorted());
    for (const id of committed) {
      const bodies = wecom.messages.filter((_, index) => told[index] === id).map(({ raw }) => raw);
      expect(bodies.length).toBeLessThanOrEqual(2);
      // What is told late says for how long it has gone on by then.
      const [first, last] = [bodies[0], bodies.at(-1)].map((body) => withoutDuration(body));
      expect(last).toEqual(first);
    }
    const repeated = told.length - committed.length;
    const maybeTwice = uncertain.reduce((sum, name) => sum + (kills.get(name) ?? 0), 0);
    expect(repeated).toBeGreaterThan(0);
    expect(repeated).toBeLessThanOrEqual(maybeTwice);
  }
}, 600_000);
