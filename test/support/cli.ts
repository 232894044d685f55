import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const main = path.resolve(import.meta.dirname, '../../dist/cli/main.js');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface CliOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The built command, started as a user would start it, with what it wrote and how it ended. */
export async function cli(args: readonly string[], options: CliOptions): Promise<Ended> {
  const daemon = startCli(args, options);
  return daemon.ended;
}

export interface LogLine {
  readonly msg: string;
  readonly level: number;
  readonly [field: string]: unknown;
}

/** A running command whose JSON log lines can be waited for. */
export interface Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly lines: readonly LogLine[];
  readonly ended: Promise<Ended>;
  /** The first line, past or future, that fits; rejects when the command ends without one. */
  line(fits: (line: LogLine) => boolean): Promise<LogLine>;
  /** As `line`, counting only what comes after this call. */
  next(fits: (line: LogLine) => boolean): Promise<LogLine>;
  kill(signal: NodeJS.Signals): void;
}

export function startCli(args: readonly string[], { cwd, env = {} }: CliOptions): Running {
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: LogLine[] = [];
  const waiting = new Set<() => void>();
  let out = '';
  let err = '';
  let over = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const wake = (): void => {
    for (const look of waiting) look();
  };
  createInterface({ input: child.stdout }).on('line', (text) => {
    if (!text.startsWith('{"level"')) return;
    lines.push(JSON.parse(text) as LogLine);
    wake();
  });
  const ended = once(child, 'close').then(([code]) => {
    over = true;
    wake();
    return { code: code as number | null, out, err };
  });
  const find = (from: number, fits: (line: LogLine) => boolean): Promise<LogLine> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines.slice(from).find(fits);
        if (found === undefined && !over) return;
        waiting.delete(look);
        if (found === undefined) reject(new Error(`the command ended without that line:\n${out}\n${err}`));
        else resolve(found);
      };
      waiting.add(look);
      look();
    });
  return {
    child,
    lines,
    ended,
    line: (fits) => find(0, fits),
    next: (fits) => find(lines.length, fits),
    kill: (signal) => void child.kill(signal),
  };
}

export const closed = (line: LogLine): boolean => line.msg === 'cycle closed';
