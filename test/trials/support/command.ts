import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';

const main = path.resolve(import.meta.dirname, '../../../dist/cli/main.js');

export interface Ended {
  readonly code: number | NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** Those that go on; none outlives the one who started it. */
const going = new Set<ChildProcess>();

function endAll(): void {
  for (const child of going) child.kill('SIGKILL');
}

/** The built command as a process with a home of its own. */
export class Command {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #out = '';
  #err = '';
  #isOver = false;

  /** @param program Another build of it. */
  constructor(
    folder: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
    program = main,
  ) {
    if (!existsSync(program)) throw new Error(`${program} is missing; run npm run build first`);
    this.#child = spawn(process.execPath, [program, ...args], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        TZ: 'Asia/Shanghai',
        LANG: 'en_US.UTF-8',
        NO_COLOR: '1',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (going.size === 0) process.once('exit', endAll);
    going.add(this.#child);
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#out += text;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#err += text;
    });
    this.ended = once(this.#child, 'close').then(([code, signal]) => {
      this.#isOver = true;
      going.delete(this.#child);
      if (going.size === 0) process.off('exit', endAll);
      return { code: (code ?? signal) as number | NodeJS.Signals, out: this.#out, err: this.#err };
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** All that it has written so far. */
  get written(): string {
    return this.#out + this.#err;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** As a service manager ends it. */
  async stop(): Promise<Ended> {
    this.signal('SIGTERM');
    return this.ended;
  }

  async kill(): Promise<void> {
    if (this.#isOver) return;
    this.signal('SIGKILL');
    await this.ended;
  }
}
