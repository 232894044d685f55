import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RunningProcess {
  readonly stop: () => Promise<void>;
}

const patienceMs = 120_000;
const keptChars = 4000;

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a server and waits until this address answers at all. */
export async function startProcess(
  { command, args, cwd, env = {} }: Command,
  answersAt: string,
): Promise<RunningProcess> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const keep = (more: string): void => {
    text = (text + more).slice(-keptChars);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  child.on('error', ({ message }) => keep(message));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      child.kill();
      await Promise.race([ended, sleep(5000)]);
      child.kill('SIGKILL');
    }
    await ended;
  };
  const until = Date.now() + patienceMs;
  while (!(await answers(answersAt))) {
    if (child.exitCode !== null || child.pid === undefined) throw new Error(`${command} ended: ${text}`);
    if (Date.now() > until) {
      await stop();
      throw new Error(`${command} did not answer at ${answersAt}: ${text}`);
    }
    await sleep(200);
  }
  return { stop };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { redirect: 'manual' }).then(
    async (response) => {
      await response.body?.cancel();
      return true;
    },
    () => false,
  );
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
