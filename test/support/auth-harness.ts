import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTokenManager, type TokenManager, type TokenManagerOptions } from '../../src/auth/manager.ts';
import { schemes } from '../../src/auth/schemes/registry.ts';
import { createSend } from '../../src/auth/token/send.ts';
import { ManualClock } from '../../src/lib/time/clock.ts';
import { type Logger, silentLogger } from '../../src/lib/logger.ts';
import type { OutgoingRequest } from '../../src/model/check.ts';
import type { CredentialSettings } from '../../src/model/settings.ts';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export interface Reply {
  /** -1 cuts the connection instead of answering. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as JSON when it is not a string. */
  readonly body?: unknown;
}

/** A real server on a free port of the loopback interface that records what it was sent. */
export async function startServer(answer: (request: Received) => Reply | Promise<Reply>) {
  const requests: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = request.url ?? '/';
      const received = {
        method: request.method ?? '',
        url,
        path: url.split('?', 1)[0] ?? '',
        headers: request.headers,
        rawHeaders: request.rawHeaders,
        body: Buffer.concat(chunks).toString(),
      };
      requests.push(received);
      void Promise.resolve(answer(received)).then(({ status = 200, headers = {}, body = '' }) => {
        if (status === -1) return void request.socket.destroy();
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        const type = typeof body === 'string' ? {} : { 'content-type': 'application/json' };
        response.writeHead(status, { ...type, ...(headers as Record<string, string | string[]>) }).end(text);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** As the config would make it: `written` is checked by the scheme's own schema. */
export function credential(name: string, scheme: string, written: unknown): CredentialSettings {
  const found = schemes.find((one) => one.kind === scheme);
  if (found === undefined) throw new Error(`no scheme ${scheme}`);
  return { name, scheme, options: found.options.parse(written) };
}

export interface Harness {
  readonly clock: ManualClock;
  readonly manager: TokenManager;
  /** Every log line. */
  readonly logged: string[];
  /** Authorizes a plain GET, or `request`. */
  readonly sign: (name: string, request?: Partial<OutgoingRequest>) => ReturnType<TokenManager['authorize']>;
  readonly close: () => Promise<void>;
}

export const never = new AbortController().signal;

/** A manager over real connections and a clock that stands still; `random` is 0.5, so that nothing is varied. */
export function harness(
  credentials: readonly CredentialSettings[],
  more: Partial<TokenManagerOptions> = {},
): Harness {
  const clock = new ManualClock();
  const logged: string[] = [];
  const write = (message: string, fields?: unknown) =>
    void logged.push(`${message} ${JSON.stringify(fields)}`);
  const log: Logger = { ...silentLogger, debug: write, info: write, warn: write, error: write };
  const send = createSend({ clock, limits: { totalMs: 10_000, bodyBytes: 1_000_000 } });
  const manager = createTokenManager({
    credentials: Object.fromEntries(credentials.map((one) => [one.name, one])),
    send,
    clock,
    log,
    random: () => 0.5,
    ...more,
  });
  const base: OutgoingRequest = { method: 'GET', url: 'http://api.example/orders?page=1', headers: {} };
  return {
    clock,
    manager,
    logged,
    sign: (name, request = {}) => manager.authorize(name, { ...base, ...request }, never),
    close: async () => {
      await manager.close();
      await send.close();
    },
  };
}
