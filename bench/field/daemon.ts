import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startWecom } from '../../demo/wecom.ts';
import { configure, type Place, program } from './checked.ts';

export interface Patrolled {
  /** What the group read, in order; the first report among them. */
  readonly messages: readonly string[];
  readonly alarms: readonly Alarm[];
  /** Numbers of operations by their state at the end. */
  readonly states: Readonly<Record<string, number>>;
}

/** An incident that was opened. */
export interface Alarm {
  readonly id: string;
  readonly cause: { readonly level: string; readonly subject: string };
  /** `GET /orders/{orderId}`, or a host. */
  readonly label: string;
  readonly reason: { readonly code: string; readonly message: string };
}

const cycles = 4;
const intervalMs = 10_000;
const pollMs = 250;
const patienceMs = 240_000;

/** The built daemon on the real clock for four cycles, with a stand-in for the robot. */
export async function patrol(place: Place, port: number): Promise<Patrolled> {
  const wecom = await startWecom();
  const config = await configure(place, {
    webhook: wecom.webhook('team'),
    interval: `${intervalMs / 1000}s`,
    server: { port },
  });
  const child = spawn(process.execPath, [program, 'serve', '--config', config, '--log', 'json'], {
    cwd: path.dirname(config),
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'close');
  const api = `http://127.0.0.1:${port}/api/v1`;
  try {
    await someCycles(api, () => child.exitCode !== null);
    const { items } = await read<{ readonly items: readonly Alarm[] }>(
      `${api}/incidents?state=all&limit=100`,
    );
    const { counts } = await read<Overview>(`${api}/overview`);
    return { messages: wecom.messages.map(({ content }) => content), alarms: items, states: counts };
  } finally {
    child.kill('SIGTERM');
    await ended;
    await wecom.close();
  }
}

interface Overview {
  readonly counts: Readonly<Record<string, number>>;
  readonly lastCycle?: { readonly id: number };
}

async function someCycles(api: string, hasEnded: () => boolean): Promise<void> {
  const closed = new Set<number>();
  const until = Date.now() + patienceMs;
  while (closed.size < cycles) {
    if (hasEnded()) throw new Error('apipatrol serve ended before its time');
    if (Date.now() > until) throw new Error(`${cycles} cycles did not close in ${patienceMs / 1000} s`);
    const { lastCycle } = await read<Overview>(`${api}/overview`).catch((): Overview => ({ counts: {} }));
    if (lastCycle !== undefined) closed.add(lastCycle.id);
    await sleep(pollMs);
  }
}

async function read<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered HTTP ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
