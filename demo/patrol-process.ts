import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** One line of the patrol's JSON log. */
export type LogRecord = { readonly msg: string; readonly level: number } & Readonly<Record<string, unknown>>;

/** The built command as a process of its own, as a user runs it. */
export interface PatrolProcess {
  readonly pid: number;
  /** Everything it has logged so far. */
  readonly records: readonly LogRecord[];
  /** What it has written to stderr so far. */
  readonly complaints: () => string;
  /**
   * Resolves with the `count`th (from 1) record with this message; rejects when the process ends before. `cycle closed`
   * means the `count`th cycle of every service, added up.
   */
  logged(message: string, count?: number): Promise<LogRecord>;
  /** Lets it run a cycle now, outside the grid. */
  runNow(): void;
  signal(signal: NodeJS.Signals): void;
  /** Resolves with its exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
}

const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

export function startPatrol(
  config: string,
  options: {
    readonly env: Readonly<Record<string, string>>;
    readonly args?: readonly string[];
    /** With the page; default: without. */
    readonly port?: number;
    /** In a process group of its own: Ctrl+C reaches only whoever started it. */
    readonly detached?: boolean;
  },
): PatrolProcess {
  if (!existsSync(command)) throw new Error(`${command} is missing; run npm run build first`);
  const child = spawn(
    process.execPath,
    [
      command,
      ...(options.port === undefined ? ['run'] : ['serve', '--port', String(options.port)]),
      '-c',
      config,
      '--log',
      'json',
      ...(options.args ?? []),
    ],
    {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: options.detached ?? false,
    },
  );
  return watchProcess(child);
}

/** What `apipatrol set-up` prints. */
export async function setUpList(config: string, given: Readonly<Record<string, string>>): Promise<string> {
  const env = { ...process.env, ...given, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [command, 'set-up', '-c', config, '--language', 'en'],
    {
      env,
    },
  );
  return stdout;
}

function watchProcess(child: ChildProcess): PatrolProcess {
  const records: LogRecord[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of waiting) look();
  };
  let complaints = '';
  let over = false;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      records.push(JSON.parse(line) as LogRecord);
      wake();
    });
  }
  const exited = once(child, 'close').then(([code, signal]) => {
    over = true;
    wake();
    return (code ?? signal) as number | NodeJS.Signals;
  });
  return {
    pid: child.pid ?? 0,
    records,
    complaints: () => complaints,
    logged: (message, count = 1) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found =
            message === 'cycle closed' ? roundOf(records, count, over) : nth(records, message, count);
          if (found === undefined && !over) return;
          waiting.delete(look);
          if (found !== undefined) resolve(found);
          else
            reject(
              new Error(`the patrol ended before "${message}" was logged ${count} times: ${complaints}`),
            );
        };
        waiting.add(look);
        look();
      }),
    runNow: () => void child.kill('SIGUSR2'),
    signal: (signal) => void child.kill(signal),
    exited,
  };
}

function nth(records: readonly LogRecord[], message: string, count: number): LogRecord | undefined {
  return records.filter(({ msg }) => msg === message)[count - 1];
}

const added = ['checked', 'passed', 'degraded', 'failed', 'blocked', 'unknown'];

/** The `count`th cycles of all services as one; of a process that has ended, those that there are. */
function roundOf(records: readonly LogRecord[], count: number, isOver: boolean): LogRecord | undefined {
  const services = records.find(({ msg }) => msg === 'patrol started')?.['services'] as
    | readonly string[]
    | undefined;
  const cycles = (services ?? []).flatMap(
    (service) =>
      records.filter((one) => one.msg === 'cycle closed' && one['service'] === service)[count - 1] ?? [],
  );
  const [last] = cycles.slice(-1);
  if (last === undefined || (!isOver && cycles.length < (services?.length ?? 0))) return undefined;
  const sum = (field: string) => cycles.reduce((all, one) => all + Number(one[field] ?? 0), 0);
  const outcome = cycles.some((one) => one['outcome'] === 'interrupted') ? 'interrupted' : 'complete';
  return { ...last, ...Object.fromEntries(added.map((field) => [field, sum(field)])), outcome };
}
