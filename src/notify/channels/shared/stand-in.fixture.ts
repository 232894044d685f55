import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Ways of failing that every vendor has, each in its own words. */
export type Fault = 'busy' | 'limited' | 'gone' | 'too-long' | 'bad' | 'garbage' | 'cut' | 'unavailable';

/** A server that answers as the vendor does. */
export interface StandIn {
  /** The channel's options as a user writes them. */
  readonly input: object;
  /** Must never be seen in an outcome or a rendered part. */
  readonly secret: string;
  /** What a person would have read, in order. */
  readonly seen: readonly string[];
  /** Fails the next call this way. */
  fail(fault: Fault): void;
  close(): Promise<void>;
}

export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a string. */
  readonly body: unknown;
}

export interface Hook {
  readonly url: string;
  fail(fault: Fault): void;
  close(): Promise<void>;
}

/** An HTTP server whose faults are the vendor's own; `garbage` and `cut` are everybody's. */
export async function startHook(
  answer: (call: Call) => Reply,
  faults: Readonly<Partial<Record<Fault, Reply>>>,
): Promise<Hook> {
  const pending: Fault[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const url = new URL(request.url ?? '/', 'http://stand-in');
      const fault = pending.shift();
      if (fault === 'cut') return response.destroy();
      const call = { method: request.method ?? '', url, headers: request.headers, body };
      return reply(response, fault === undefined ? answer(call) : (faults[fault] ?? common[fault]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fail: (fault) => void pending.push(fault),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const common: Readonly<Record<Fault, Reply>> = {
  garbage: { body: '<html>Please sign in</html>' },
  unavailable: { status: 503, headers: { 'retry-after': '7' }, body: 'later' },
  limited: { status: 429, headers: { 'retry-after': '60' }, body: 'slow down' },
  busy: { status: 502, body: '' },
  gone: { status: 404, body: 'not here' },
  'too-long': { status: 413, body: '' },
  bad: { status: 400, body: '' },
  cut: { status: 500, body: '' },
};

function reply(response: ServerResponse, { status = 200, headers = {}, body }: Reply): void {
  response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
}

export function parseJson(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
