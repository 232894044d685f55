import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { listen } from './listening.ts';
import { until } from './until.ts';

/** Answers every request and closes: whoever comes again has to get through again. Says a dot for each. */
const script = `
const { createServer } = require('node:http');
for (const port of process.argv.slice(1))
  createServer((request, response) => {
    process.stdout.write('.');
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
    response.end('{"ok":true}');
  }).listen({ port: Number(port), host: '127.0.0.1', backlog: 1 });
`;

/** More than a queue of one takes in. */
const crowd = 4;

/**
 * Servers that can be cut off as by a dead network: their process is stopped and their queues are full, so that the kernel
 * drops whatever is sent to them.
 */
export class Island {
  readonly urls: readonly string[];
  readonly #ports: readonly number[];
  readonly #child: ChildProcess;
  #fillers: readonly Socket[] = [];
  #answered = 0;

  static async start(servers: number): Promise<Island> {
    const ports = await Promise.all(Array.from({ length: servers }, freePort));
    return new Island(ports);
  }

  private constructor(ports: readonly number[]) {
    this.#ports = ports;
    this.urls = ports.map((port) => `http://127.0.0.1:${port}`);
    this.#child = spawn(process.execPath, ['-e', script, ...ports.map(String)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child.stdout?.on('data', (dots: Buffer) => {
      this.#answered += dots.length;
    });
  }

  async answered(times: number): Promise<void> {
    await until(`${times} answers of ${this.urls.join(', ')}`, () => this.#answered >= times);
  }

  cutOff(): void {
    this.#child.kill('SIGSTOP');
    this.#fillers = this.#ports.flatMap((port) => Array.from({ length: crowd }, () => silent(port)));
  }

  reconnect(): void {
    this.#child.kill('SIGCONT');
    for (const socket of this.#fillers) socket.destroy();
    this.#fillers = [];
  }

  async close(): Promise<void> {
    this.reconnect();
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await closed;
  }
}

function silent(port: number): Socket {
  return connect({ port, host: '127.0.0.1' }).on('error', () => undefined);
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}
