import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { addressKindSentence, connectionSentence, tlsSentence } from '../../messages/network.ts';
import { inEnglish } from '../../messages/in-language.ts';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { ClientPair } from '../../lib/net/way.ts';
import { type Dispatcher, errors, request as send } from 'undici';
import { RefusedAddress } from '../../lib/net/addresses.ts';
import { withDeadline } from '../../lib/time/deadline.ts';
import { tlsFailureOf } from '../../lib/tls-failure.ts';
import { Semaphore } from '../../lib/limits.ts';
import { changingWord } from '../../lib/wording/command.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import type { Problem } from '../../model/problem.ts';
import { limits } from '../limits.ts';
import type { Validator } from '../ports.ts';
import { type Fetched, hashOf } from './place.ts';
import { connectionHint, statusHint } from './fetch-hints.ts';
import { graphqlHint, isGraphqlEndpoint } from './graphql-endpoint.ts';
import { ServerTime } from './server-time.ts';
import { shownUrl, withoutUser } from './shown-url.ts';
import { normalForm } from '../../lib/text/normal-form.ts';
import { percentDecoded } from '../../lib/text/text.ts';
import { setTimeout } from 'node:timers/promises';

const maxRedirects = 5;
/** Requests for the documents of one service, whatever these refer to. */
const [atOnce, perSecond, burst] = [4, 50, 100] as const;
const timeouts = { connectAndHeadersMs: 15_000, betweenBytesMs: 15_000 };

export interface HttpClientOptions {
  readonly dispatcher: Dispatcher;
  /** For requests that are signed with a client certificate; absent: it is not shown. */
  readonly presenting?: (pair: ClientPair) => Dispatcher;
  /** What signs a request; its work is never sent to another origin. */
  readonly sign?: (
    request: OutgoingRequest,
    signal: AbortSignal,
  ) => Promise<
    | { readonly ok: true; readonly request: OutgoingRequest }
    | {
        readonly ok: false;
        readonly message: Sentence;
        /** Nobody has said that the document needs a signature: it is asked for without one. */
        readonly mayBePublic?: boolean;
      }
  >;
  /** What to do about an address that turns away a request that was not signed; with its answer, where that asks for it. */
  readonly unsignedHint?: (url: string, answer?: HttpAnswer) => Sentence | undefined;
  /** An address as it may be shown and stored; default: `shownUrl`, which knows no secrets. */
  readonly shown?: (url: string) => string;
}

/** An answer, whatever its status; `url` is where the redirects led. */
export interface HttpAnswer {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly bytes: Uint8Array;
}

/**
 * GETs documents: bounded in bytes, time and redirects. Where a request may go is judged by the dispatcher when it
 * connects, after every redirect anew.
 */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #places = new Semaphore(atOnce);
  readonly #pace = new Pace(perSecond, burst);

  constructor(options: HttpClientOptions) {
    this.#options = options;
  }

  /** The document at `url`, conditionally when it was read before. */
  async fetch(
    url: string,
    validator: Validator | undefined,
    signal: AbortSignal,
    time: ServerTime,
  ): Promise<Fetched> {
    const answer = await this.send({ method: 'GET', url, headers: conditions(validator) }, signal, time);
    if ('level' in answer) return { kind: 'failed', problem: answer };
    if (answer.status === 304) return { kind: 'unchanged' };
    const refused = this.refusal(this.shown(url), answer);
    if (refused !== undefined) return { kind: 'failed', problem: refused };
    const etag = headerOf(answer, 'etag');
    const lastModified = headerOf(answer, 'last-modified');
    const contentType = headerOf(answer, 'content-type');
    return {
      kind: 'content',
      bytes: answer.bytes,
      validator: {
        etag,
        lastModified,
        bytes: answer.bytes.length,
        hash: await hashOf(answer.bytes),
      },
      contentType,
    };
  }

  /** An address as it may be shown and stored. */
  shown(url: string): string {
    return (this.#options.shown ?? shownUrl)(url);
  }

  /** What is wrong with an answer that is no success. */
  refusal(url: string, answer: HttpAnswer): Problem | undefined {
    const { status } = answer;
    if (status >= 200 && status < 300) return undefined;
    if (status !== 401 && status !== 403)
      return {
        ...failure(url, sentence('answeredStatus', { status }), 'url-status'),
        hint: isGraphqlEndpoint(answer) ? graphqlHint : statusHint(status),
      };
    return {
      ...failure(url, sentence('answeredNotAllowed', { status }), 'document-unauthorized'),
      hint: this.#options.unsignedHint?.(url, answer) ?? sentence('giveDocumentCredential'),
    };
  }

  unsignedHint(url: string): Sentence | undefined {
    return this.#options.unsignedHint?.(url);
  }

  /** A request with its redirects followed; a problem when there was no answer, also within the time that is left. */
  async send(
    request: OutgoingRequest,
    signal: AbortSignal,
    time = new ServerTime(limits.serverMs),
  ): Promise<HttpAnswer | Problem> {
    if (!URL.canParse(request.url)) return failure(request.url, sentence('isNoUrl'), 'bad-url');
    const leave = await this.#places.acquire();
    const ended = time.begin();
    try {
      if (time.isSpent) return tooSlow(this.shown(request.url), time);
      return await this.#send(request, signal, time);
    } finally {
      ended();
      leave();
    }
  }

  async #send(
    request: OutgoingRequest,
    signal: AbortSignal,
    time: ServerTime,
  ): Promise<HttpAnswer | Problem> {
    const { signal: bounded, done } = withDeadline(signal, time.restMs);
    const shown = this.shown(request.url);
    const plain = { ...request, url: withoutUser(request.url) };
    const named = { ...plain, headers: { ...request.headers, ...basicOf(request.url) } };
    try {
      const signed = (await this.#options.sign?.(named, bounded)) ?? { ok: true, request: named };
      if (!signed.ok) {
        const open =
          signed.mayBePublic === true ? await this.#follow(plain, named, shown, bounded) : undefined;
        if (open !== undefined && isOpen(open)) return open;
        return failure(shown, sentence('notSignedIn', { why: signed.message }), 'document-unauthorized');
      }
      return await this.#follow(plain, signed.request, shown, bounded);
    } catch (error) {
      if (error instanceof Refused) return error.problem;
      if (error instanceof RefusedAddress) return refusedAddress(shown, error);
      if (bounded.aborted && !signal.aborted) {
        time.spend();
        return tooSlow(shown, time);
      }
      const message = sentence('notFetched', { why: reasonOf(error) });
      return { ...failure(shown, message, 'url-unreachable'), hint: connectionHint(error, shown) };
    } finally {
      done();
    }
  }

  async #follow(
    plain: OutgoingRequest,
    signed: OutgoingRequest,
    shown: string,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    let { url } = signed;
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const keeps = hop === 0 || keepsSignature(new URL(url), new URL(plain.url));
      const answer = await this.#once({ ...(keeps ? signed : plain), url }, shown, signal);
      const location = headerOf(answer, 'location');
      if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer;
      url = this.#redirected(location, url, shown);
    }
    throw new Refused(
      failure(shown, sentence('redirectsTooOften', { n: maxRedirects }), 'too-many-redirects'),
    );
  }

  #redirected(location: string, from: string, start: string): string {
    const target = URL.canParse(location, from) ? new URL(location, from) : undefined;
    if (target === undefined || !/^https?:$/.test(target.protocol)) {
      throw new Refused(failure(start, sentence('redirectsToNoHttp'), 'bad-redirect'));
    }
    if (changingWord(target) !== undefined) {
      const where = this.shown(target.href);
      throw new Refused({
        ...failure(start, sentence('redirectsToMore', { where }), 'bad-redirect'),
        hint: sentence('nameTheDocument', { where }),
      });
    }
    return target.href;
  }

  async #once(request: OutgoingRequest, shown: string, signal: AbortSignal): Promise<HttpAnswer> {
    const { method, url, body, tls } = request;
    const { dispatcher, presenting } = this.#options;
    await this.#pace.turn(signal);
    const answer = await send(url, {
      method,
      dispatcher: (tls && presenting?.(tls)) ?? dispatcher,
      headers: { ...ownHeaders, ...request.headers },
      headersTimeout: timeouts.connectAndHeadersMs,
      bodyTimeout: timeouts.betweenBytesMs,
      signal,
      body,
    });
    const raw = await boundedBody(answer.body, shown);
    const bytes = await decompress(raw, String(answer.headers['content-encoding'] ?? ''), shown);
    return { url, status: answer.statusCode, headers: answer.headers, bytes };
  }
}

const ownHeaders = {
  accept: 'application/json, application/yaml, text/markdown, */*;q=0.5',
  'accept-encoding': 'gzip',
  'user-agent': 'apipatrol',
};

class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(inEnglish(problem.message));
    this.problem = problem;
  }
}

export function headerOf(answer: HttpAnswer, name: string): string | undefined {
  const value = answer.headers[name];
  return typeof value === 'object' ? value[0] : value;
}

/** User and password of a URL as the header that they stand for (RFC 7617); undici leaves them out. */
function basicOf(url: string): Record<string, string> {
  const { username, password } = new URL(url);
  if (username === '' && password === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function conditions(validator: Validator | undefined): Record<string, string> {
  return {
    ...(validator?.etag === undefined ? {} : { 'if-none-match': validator.etag }),
    ...(validator?.lastModified === undefined ? {} : { 'if-modified-since': validator.lastModified }),
  };
}

/** Whoever redirects chooses what the credential is used for: the same place behind a prefix, or another document. */
/** Shown to whoever asks; a page is where one signs in. */
function isOpen(answer: HttpAnswer): boolean {
  const isPage = /\bhtml\b/i.test(headerOf(answer, 'content-type') ?? '');
  return answer.status === 304 || (answer.status >= 200 && answer.status < 300 && !isPage);
}

function keepsSignature(target: URL, start: URL): boolean {
  if (target.origin !== start.origin) return false;
  const place = start.pathname.replace(/\/$/, '');
  const isSame =
    place !== '' && target.pathname.replace(/\/$/, '').endsWith(place) && target.search === start.search;
  return isSame || looksLikeDocument(target);
}

function refusedAddress(url: string, { origin, address, kind }: RefusedAddress): Problem {
  const isElsewhere = !URL.canParse(url) || new URL(url).origin !== origin;
  const found = { kind: addressKindSentence(kind), address };
  const message = isElsewhere
    ? sentence('leadsToAddressNotNamed', { origin, ...found })
    : sentence('addressNotNamed', found);
  return {
    ...failure(url, message, 'address-refused'),
    hint: sentence(kind === 'internal' ? 'nameOriginOrInternal' : 'nameOrigin', { origin }),
  };
}

async function boundedBody(body: AsyncIterable<Uint8Array>, url: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop destroys the stream and with it the connection.
    if (size > limits.fileBytes) throw new Refused(tooLarge(url));
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size);
}

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

async function decompress(bytes: Uint8Array, encoding: string, url: string): Promise<Uint8Array> {
  const name = encoding.trim().toLowerCase();
  if (bytes.length === 0 || !Object.hasOwn(decoders, name)) return bytes;
  try {
    return await decoders[name as keyof typeof decoders](bytes, { maxOutputLength: limits.fileBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new Refused(tooLarge(url));
    throw error;
  }
}

function tooLarge(url: string): Problem {
  return failure(url, sentence('moreThanBytes', { limit: limits.fileBytes }), 'file-too-large');
}

function failure(url: string, message: Sentence, code: string): Problem {
  return { level: 'error', code, message, file: url };
}

/** Its server has had the time that it has for all of it. */
export function tooSlow(url: string, { limitMs }: ServerTime): Problem {
  return failure(url, sentence('serverTooSlow', { seconds: limitMs / 1000 }), 'too-slow');
}

function reasonOf(error: unknown): Sentence {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError)
    return sentence('noAnswerWithin', { time: `${timeouts.betweenBytesMs / 1000} s` });
  const tls = tlsFailureOf(error);
  return tls === undefined ? connectionSentence(error) : tlsSentence(tls);
}

/** What an address that a document or a server names may be asked for: a GET can do more than read. */

const extension = /\.(?:json[5c]?|ya?ml|mdx?|markdown|graphqls?|gql|apib|har|http|bru|html?)$/i;
/** What frameworks call their documents and the pages over them, and springdoc's and others' groups below. */
const usualName =
  /\/(?:[\w-]*(?:api-?docs?|openapi|swagger|redoc|scalar|rapidoc)[\w-]*|docs?|documentation|schema|(?:api|docs)-json|spec|doc\.html)\/?$|\/(?:api-?docs|openapi|swagger)\/(?:v?[\d.]+|[\w-]+)\/?$/i;

/** By its name it is a document and nothing else, in one plain spelling. */
export function looksLikeDocument({ pathname, search }: URL): boolean {
  const plain = percentDecoded(pathname);
  if (search !== '' || plain.normalize('NFKC') !== normalForm(pathname) || /[;?#%\\]/.test(plain))
    return false;
  return (extension.test(plain) || usualName.test(plain)) && changingWord({ pathname, search }) === undefined;
}

/** Lets `burst` turns go at once, and from then on `perSecond` of them. */
class Pace {
  readonly #perSecond: number;
  readonly #burst: number;
  #free: number;
  #at = performance.now();

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#free = burst;
  }

  /** Resolves when it is the caller's turn; rejects when `signal` ends the waiting. */
  async turn(signal: AbortSignal): Promise<void> {
    const now = performance.now();
    this.#free = Math.min(this.#burst, this.#free + ((now - this.#at) / 1000) * this.#perSecond) - 1;
    this.#at = now;
    if (this.#free < 0) await setTimeout((-this.#free / this.#perSecond) * 1000, undefined, { signal });
  }
}
