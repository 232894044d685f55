import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import type { DemoAnswer, DemoOperation, DemoRequest } from './operation.ts';

export interface ServiceOptions {
  readonly operations: readonly DemoOperation[];
  /** Whether the request carries what the service signs in with. */
  readonly isSignedIn: (request: IncomingMessage) => boolean;
  /** The body of its 401, 404, 405 and 415 answers. */
  readonly refuse: (status: number, message: string) => DemoAnswer;
  /** Changes an answer before it is sent; a fault, or nothing. */
  readonly interfere: (operation: DemoOperation, answer: DemoAnswer) => Promise<DemoAnswer>;
}

/** One HTTP server of the demo system. Keeps its port while it is down. */
export class DemoService {
  readonly #options: ServiceOptions;
  #server: Server;
  #port: number;
  /** Requests answered so far, by `METHOD /path/template`, the unknown ones under `unknown`. */
  readonly requests = new Map<string, number>();
  readonly #waiting = new Set<() => void>();

  private constructor(options: ServiceOptions, port: number) {
    this.#options = options;
    this.#port = port;
    this.#server = this.#create();
  }

  static async start(options: ServiceOptions, port: number): Promise<DemoService> {
    const service = new DemoService(options, port);
    await service.up();
    return service;
  }

  /** `http://127.0.0.1:54321` */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async up(): Promise<void> {
    if (this.#server.listening) return;
    this.#server = this.#create();
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Connections are refused from now on, open ones are cut. */
  async down(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** Resolves when the operation has been asked for `count` times since the start. */
  requested(operation: string, count: number): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if ((this.requests.get(operation) ?? 0) < count) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  #create(): Server {
    return createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const found = findOperation(this.#options.operations, request.method ?? 'GET', url.pathname);
    const name = found === undefined ? 'unknown' : `${found.operation.method} ${found.operation.path}`;
    this.requests.set(name, (this.requests.get(name) ?? 0) + 1);
    for (const look of this.#waiting) look();
    const body = parseBody(request.headers['content-type'], await readText(request));
    if (found === undefined)
      return send(response, this.#options.refuse(404, `no operation at ${url.pathname}`));
    const { operation, path } = found;
    if (operation.secured && !this.#options.isSignedIn(request)) {
      return send(response, this.#options.refuse(401, 'token missing, invalid or expired'));
    }
    const asked: DemoRequest = { path, query: url.searchParams, headers: request.headers, body };
    send(response, await this.#options.interfere(operation, operation.handle(asked)));
  }
}

function findOperation(operations: readonly DemoOperation[], method: string, pathname: string) {
  // Literal paths before templates: `/users/me` is not the user called "me".
  const byWildcards = operations.toSorted((a, b) => a.path.split('{').length - b.path.split('{').length);
  for (const operation of byWildcards) {
    if (operation.method !== method) continue;
    const path = matchPath(operation.path, pathname);
    if (path !== undefined) return { operation, path };
  }
  return undefined;
}

function matchPath(template: string, pathname: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const found = pathname.split('/');
  if (wanted.length !== found.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = found[index] ?? '';
    if (!part.startsWith('{')) {
      if (part !== value) return undefined;
      continue;
    }
    if (value === '') return undefined;
    values[part.slice(1, -1)] = decodeURIComponent(value);
  }
  return values;
}

function parseBody(contentType: string | undefined, body: string): unknown {
  if (contentType?.startsWith('application/x-www-form-urlencoded') === true) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, answer: DemoAnswer): void {
  const body = answer.body === undefined ? undefined : JSON.stringify(answer.body);
  const type = body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(answer.status, { ...type, ...answer.headers });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
