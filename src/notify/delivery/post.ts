import { caLines, codeSentence, isOfUnknownCa } from '../../messages/network.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { subscribe } from 'node:diagnostics_channel';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type Dispatcher, request } from 'undici';
import { PlainWays } from '../../lib/net/plain-ways.ts';
import type { NetworkWords } from '../../lib/net/way.ts';
import type { Post, PostFailure, PostResponse } from '../channels/channel.ts';

export interface PostOptions {
  /** Default: a pool of our own, in the way that `network` says. */
  readonly dispatcher?: Dispatcher;
  /** As it is now; absent: HTTP_PROXY, HTTPS_PROXY and NO_PROXY alone count. */
  readonly network?: () => NetworkWords | undefined;
  readonly timeouts?: { readonly connectMs: number; readonly totalMs: number };
  /**
   * Asked when there is a connection, before anything is said: whoever has stood still until then may have been taken for dead,
   * and another process sends what this one was about to. Absent: there is no other.
   */
  readonly mayPost?: () => Promise<boolean>;
}

/** A server that hangs up on everybody has done so by then, before anything was said to it. */
const listenMs = 25;

/** The whole call has to end well inside the lease of a message (`sender.ts`). */
const defaultTimeouts = { connectMs: 5000, totalMs: 10_000 };
/** The answers of chat servers have a few hundred bytes. */
const answerBytes = 64 * 1024;

/** The network of the channels. A failure names the system's error code and never the URL, which is a secret. */
export function createPost(options: PostOptions = {}): Post {
  const timeouts = options.timeouts ?? defaultTimeouts;
  const { mayPost, network = () => undefined } = options;
  // Messages are rare: a socket kept open would only keep the process alive.
  const ways = new PlainWays(network, { keepAliveTimeout: 1, keepAliveMaxTimeout: 1 }, timeouts.connectMs);
  const send = (url: string, body: string | Uint8Array | undefined, headers = {}) =>
    post(options.dispatcher ?? ways.dispatcher, timeouts.totalMs, { url, body, headers, mayPost });
  return Object.assign(send, { network });
}

const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' };

interface Outgoing {
  readonly url: string;
  readonly body: string | Uint8Array | undefined;
  readonly mayPost: PostOptions['mayPost'];
  readonly headers: Readonly<Record<string, string>>;
}

async function post(
  dispatcher: Dispatcher,
  totalMs: number,
  outgoing: Outgoing,
): Promise<PostResponse | PostFailure> {
  const signal = AbortSignal.timeout(totalMs);
  const { body, headers } = letterOf(outgoing);
  try {
    const response = await request(outgoing.url, {
      dispatcher,
      signal,
      headers,
      ...(body === undefined ? { method: 'GET' } : { method: 'POST', body }),
    });
    const answer = await readBounded(response.body);
    return { status: response.statusCode, headers: flatten(response.headers), body: answer };
  } catch (error) {
    const arrived = body !== undefined && onTheWay.has(body) && !isCutShort(error) ? 'maybe' : 'no';
    return {
      failure: signal.aborted ? sentence('noAnswerWithin', { time: `${totalMs} ms` }) : systemCode(error),
      arrived,
    };
  }
}

/** Bodies of which the last byte was given to a connection. */
const onTheWay = new WeakSet<object>();
// Published after the bytes went to a connection that was open then; a generator is asked for them before that.
subscribe('undici:request:bodyChunkSent', (event) => {
  const { request: sent } = event as { readonly request: { readonly body: unknown } };
  if (sent.body instanceof Readable) onTheWay.add(sent.body);
});

/** The system did not take it all: nobody can have read the whole. */
function isCutShort(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error && error.syscall === 'write';
}

class Superseded extends Error {
  override readonly name = 'Superseded';
}

/** The request's headers and, in one piece, its body, which is asked for once there is a connection. */
function letterOf({ body, headers, mayPost }: Outgoing) {
  if (body === undefined) return { headers, body };
  const bytes = Buffer.from(body);
  async function* dictate() {
    await delay(listenMs);
    if ((await mayPost?.()) === false) throw new Superseded();
    yield bytes;
  }
  return {
    headers: { ...jsonHeaders, ...headers, 'content-length': String(bytes.length) },
    body: Readable.from(dictate(), { objectMode: false }),
  };
}

async function readBounded(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= answerBytes) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function flatten(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

/** `ECONNREFUSED`, `UND_ERR_SOCKET` …: messages of errors can carry addresses, codes cannot. */
function systemCode(error: unknown): Sentence {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
    const why = codeSentence(error.code);
    return isOfUnknownCa(error.code) ? sentence('trustCaOfChannel', { why, lines: caLines }) : why;
  }
  return error instanceof Error ? error.name : 'unknown error';
}
