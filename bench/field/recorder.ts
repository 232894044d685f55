import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** One request as it arrived, and the answer as the server gave it. */
export interface Exchange {
  /** Epoch ms at which the request arrived. */
  readonly at: number;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** 502 when the server could not be reached. */
  readonly status: number;
  readonly contentType: string | undefined;
  /** Decoded; empty when there was none. */
  readonly body: string;
}

/** A door in front of a server: passes everything on as it is and writes down what went through. */
export interface Recorder {
  readonly origin: string;
  /** In the order of the answers. */
  readonly exchanges: readonly Exchange[];
  close(): void;
}

export async function startRecorder(serverOrigin: string): Promise<Recorder> {
  const exchanges: Exchange[] = [];
  const server = createServer((incoming, outgoing) => {
    passOn(serverOrigin, incoming, outgoing).then(
      (exchange) => exchanges.push(exchange),
      (error: unknown) => outgoing.destroy(error instanceof Error ? error : undefined),
    );
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function passOn(
  serverOrigin: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<Exchange> {
  const at = Date.now();
  const method = incoming.method ?? 'GET';
  const target = incoming.url ?? '/';
  const sent = await buffer(incoming);
  const answer = await ask(serverOrigin, { method, target, headers: incoming.headers, body: sent });
  const { 'transfer-encoding': _chunked, ...headers } = answer.headers;
  outgoing.writeHead(answer.status, headers).end(answer.body);
  const contentType = answer.headers['content-type'];
  const body = decoded(answer.body, answer.headers['content-encoding']).toString('utf8');
  return { at, method, target, status: answer.status, contentType, body };
}

interface Ask {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function ask(origin: string, { method, target, headers, body }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { connection: _hop, ...passed } = headers;
    const { hostname, port } = new URL(origin);
    // A connection of its own for each: one that was kept may just be closing.
    const agent = false;
    const outgoing = request({ hostname, port, path: target, method, headers: passed, agent }, (answer) => {
      buffer(answer).then(
        (bytes) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: bytes }),
        reject,
      );
    });
    outgoing.on('error', (error) =>
      resolve({ status: 502, headers: {}, body: Buffer.from(`the server did not answer: ${error.message}`) }),
    );
    outgoing.end(body);
  });
}

function decoded(body: Buffer, encoding: string | undefined): Buffer {
  if (body.length === 0) return body;
  if (encoding === 'gzip') return gunzipSync(body);
  if (encoding === 'deflate') return inflateSync(body);
  if (encoding === 'br') return brotliDecompressSync(body);
  return body;
}
