import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Image } from './image.ts';

/** Mounts of its own, which need root. */
export const canContain = spawnSync('unshare', ['-mpf', 'true']).status === 0;

/** As an engine starts it with `--read-only --network host`: root read-only, `/data` and `/tmp` writable, numbers of processes of its own. */
const enter = `
set -e
mount --make-rprivate /
mount --bind "$ROOT" "$ROOT"
mount -t proc proc "$ROOT/proc"
mount --rbind /dev "$ROOT/dev"
mount -t tmpfs tmpfs "$ROOT/tmp"
mount --bind "$DATA" "$ROOT/data"
mount --bind "$CONFIG" "$ROOT/etc/apipatrol"
mount -o remount,bind,ro "$ROOT/etc/apipatrol"
mount -o remount,bind,ro "$ROOT"
exec /usr/sbin/chroot --userspec="$AS" "$ROOT" /usr/bin/env -i -C "$IN" "$@"
`;

export interface Container {
  /** Of its first process, on this machine. */
  readonly pid: number;
  /** What it has written. */
  said(): string;
  /** Runs a program in it, as `docker exec` does. */
  exec(...command: readonly string[]): Promise<{ readonly code: number; readonly out: string }>;
  /** Sends a signal to its first process; resolves with its exit code. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
  readonly isRunning: boolean;
}

export interface Contained {
  readonly image: Image;
  readonly root: string;
  readonly config: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: as the image says. */
  readonly command?: readonly string[];
}

export function startContainer({
  image,
  root,
  config,
  env = {},
  command = image.command,
}: Contained): Container {
  const data = mkdtempSync(path.join(tmpdir(), 'apipatrol-data-'));
  const [uid = '', gid = ''] = image.user.split(':');
  chownSync(data, Number(uid), Number(gid));
  const pairs = Object.entries({ ...image.env, ...env }).map(([name, value]) => `${name}=${value}`);
  const program = [...pairs, ...image.entrypoint, ...command];
  const child = spawn('unshare', ['-mpf', '--kill-child', 'sh', '-c', enter, 'sh', ...program], {
    env: {
      PATH: process.env['PATH'],
      ROOT: root,
      DATA: data,
      CONFIG: config,
      AS: image.user,
      IN: image.workdir,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  return {
    get pid() {
      return firstOf(child);
    },
    said: () => said,
    get isRunning() {
      return child.exitCode === null && child.signalCode === null;
    },
    exec: (...words) =>
      new Promise((resolve) => {
        const into = ['-t', String(firstOf(child)), '-m', '-p', '-r', '-S', uid, '-G', gid];
        const within = ['/usr/bin/env', '-i', '-C', image.workdir, ...pairs, ...words];
        execFile('nsenter', [...into, ...within], (error, out, err) => {
          resolve({ code: Number(error?.code ?? 0), out: out + err });
        });
      }),
    async stop(signal) {
      const ended = once(child, 'close') as Promise<[number | null]>;
      process.kill(firstOf(child), signal);
      const [code] = await ended;
      return code;
    },
  };
}

function firstOf({ pid }: ChildProcess): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim());
}
