import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const monitor = new URL('stall-monitor.js', import.meta.url).href;
/** Looking costs something itself. */
const lookMs = 5;

/** How a round of all services went. */
export interface Cycle {
  readonly checked: number;
  readonly passed: number;
  /** Seconds since the last one had ended, or since the start. */
  readonly wallS: number;
  /** Of the whole process, since the last one had ended, or since the start. */
  readonly cpuS: number;
  /** The longest time in which nothing else could run, ms: what the thread itself computed meanwhile. */
  readonly stallMs: number;
  readonly rssMiB: number;
  /** Since the start. */
  readonly highestRssMiB: number;
}

/** The built daemon as a process, watched from outside. */
export class LargePatrol {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #at = performance.now();
  #cpuS = 0;

  constructor(folder: string, args: readonly string[], nodeArgs: readonly string[] = []) {
    if (!existsSync(command)) throw new Error('run npm run build first');
    this.#child = spawn(
      process.execPath,
      [...nodeArgs, '--import', monitor, command, ...args, '--log', 'json'],
      {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
        env: { ...process.env, STALL_TICK_MS: String(lookMs) },
      },
    );
    if (this.#child.stdout === null) throw new Error('nothing is heard of it');
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves when another cycle of each of so many services has closed. */
  async cycle(services: number): Promise<Cycle> {
    let [checked, passed] = [0, 0];
    for (let left = services; left > 0; ) {
      const line = await this.#lines.next();
      if (line.done === true) throw new Error('it ended without a cycle');
      const entry = JSON.parse(line.value) as Entry;
      if (entry.level === 'error' || entry.level === 'warn') console.error(line.value);
      if (entry.msg !== 'cycle closed') continue;
      left--;
      checked += entry.checked ?? 0;
      passed += entry.passed ?? 0;
    }
    const [at, cpuS] = [performance.now(), await cpuOf(this.#child.pid)];
    const found = { wallS: (at - this.#at) / 1000, cpuS: cpuS - this.#cpuS };
    [this.#at, this.#cpuS] = [at, cpuS];
    const status = await readFile(`/proc/${this.#child.pid}/status`, 'utf8');
    const [rssMiB, highestRssMiB] = [mibOf(status, 'VmRSS'), mibOf(status, 'VmHWM')];
    return { ...found, checked, passed, stallMs: await this.stall(), rssMiB, highestRssMiB };
  }

  /** Since it was last asked, ms. */
  async stall(): Promise<number> {
    this.#child.send('stall');
    const [{ cpuMs }] = (await once(this.#child, 'message')) as [{ readonly cpuMs: number }];
    return cpuMs;
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }
}

interface Entry {
  readonly msg: string;
  readonly level?: string;
  readonly checked?: number;
  readonly passed?: number;
}

async function cpuOf(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [user = 0, system = 0] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
  return (user + system) / 100;
}

function mibOf(status: string, name: string): number {
  return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
}
