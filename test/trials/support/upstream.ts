import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { listen } from './listening.ts';
import { until } from './until.ts';

export interface Asked {
  /** Epoch ms. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answer = (asked: Asked, response: ServerResponse) => void;

/** What a document describes in these trials: every path is answered like this. */
export const well: Answer = (_, response) => json(response, 200, { ok: true });

/** Takes the request and never answers. */
export const hang: Answer = () => undefined;

export const failing =
  (status = 500): Answer =>
  (_, response) =>
    json(response, status, { error: 'internal error' });

/** The page of a proxy whose upstream is gone. */
export const badGateway: Answer = (_, response) => {
  response.writeHead(502, { 'content-type': 'text/html' });
  response.end(
    '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
  );
};

export function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

/** A real HTTP server that remembers what was asked of it and behaves as it is told. */
export class Upstream {
  readonly asked: Asked[] = [];
  readonly port: number;
  readonly #sockets = new Set<Socket>();
  #server: ReturnType<typeof createServer>;
  #answer: Answer = well;

  static async start(): Promise<Upstream> {
    const server = createServer();
    return new Upstream(server, await listen(server));
  }

  private constructor(server: ReturnType<typeof createServer>, port: number) {
    this.port = port;
    this.#server = server;
    this.#serve();
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** From now on. */
  answers(answer: Answer): void {
    this.#answer = answer;
  }

  /** From now on these paths answer so, and the others well. */
  answersAt(paths: readonly string[], answer: Answer): void {
    this.#answer = (asked, response) => (paths.includes(asked.path) ? answer : well)(asked, response);
  }

  /** The process is gone: connections are refused. */
  async down(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** On the port that it had. */
  async up(): Promise<void> {
    this.#server = createServer();
    this.#serve();
    await listen(this.#server, this.port);
  }

  count(path: string, since = 0): number {
    return this.asked.filter((asked) => asked.path === path && asked.at >= since).length;
  }

  /** Once each of these has been asked for this often, counted from `since`. */
  async called(paths: readonly string[], times = 1, since = 0): Promise<void> {
    await until(`${times} calls of ${paths.join(', ')} at ${this.url}`, () =>
      paths.every((path) => this.count(path, since) >= times),
    );
  }

  /** Between two cycles: nothing has been asked for two seconds, which is when a fault is to begin. */
  async quiet(): Promise<void> {
    await until(`silence at ${this.url}`, () => Date.now() - (this.asked.at(-1)?.at ?? Date.now()) > 2000);
  }

  async close(): Promise<void> {
    if (this.#server.listening) await this.down();
  }

  #serve(): void {
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('request', (request, response) => {
      const at = Date.now();
      text(request).then(
        (body) => this.#take({ at, body }, request, response),
        () => response.destroy(),
      );
    });
  }

  #take(read: Pick<Asked, 'at' | 'body'>, request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const asked = { ...read, method: request.method ?? '', path, headers: request.headers };
    this.asked.push(asked);
    this.#answer(asked, response);
  }
}
