import { SaidError } from '../../messages/said-error.ts';
import type { Sentence } from '../../model/sentence.ts';
import { sentence } from '../../messages/sentence.ts';
import {
  addressKindSentence,
  caLines,
  connectionSentence,
  errorCodes,
  isOfCertificate,
  isOfUnknownCa,
  proxyFailureIn,
  tlsSentence,
} from '../../messages/network.ts';
import { Agent, type Dispatcher, request as undiciRequest } from 'undici';
import type { Clock } from '../../lib/time/clock.ts';
import { RefusedAddress } from '../../lib/net/addresses.ts';
import { messageOf } from '../../lib/errors.ts';
import { sha256 } from '../../lib/text/text.ts';
import { tellingConnector, tlsFailureOf, type TlsMeaning } from '../../lib/tls-failure.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import type { SchemeContext, SchemeResponse } from '../scheme.ts';
import { furtherWord } from '../../lib/wording/command.ts';
import { headerOf } from './answer.ts';

/** Sends one request of a scheme; redirects are answers like any other. Rejects only with a `TransportError`. */
export interface Send {
  /** @param credential Of whom it is: the way there is that of the services which use it. */
  (request: OutgoingRequest, signal: AbortSignal, credential?: string): Promise<SchemeResponse>;
  /** Closes the connections that it opened itself. */
  readonly close: () => Promise<void>;
}

/** No answer arrived. The message names method and address without query, so it is free of secrets. */
export class TransportError extends SaidError {
  override readonly name = 'TransportError';
}

export interface SendLimits {
  /** For the whole exchange, connection included. */
  readonly totalMs: number;
  /** Of the answer's body; the rest is cut off. */
  readonly bodyBytes: number;
}

/** What connects to the server of a request, with the client certificate that the request has. */
export type Reach = (request: OutgoingRequest, credential: string | undefined) => Dispatcher;

/** How schemes reach token endpoints. */
export function createSend(options: {
  /** Absent: every server in the plain way. Its connections are closed by whoever gave it. */
  readonly reach?: Reach;
  readonly clock: Clock;
  readonly limits: SendLimits;
  /** For requests that name none themselves: gateways refuse those without. */
  readonly userAgent?: string;
}): Send {
  const own = options.reach === undefined ? plainly() : undefined;
  const reach = options.reach ?? own?.reach;
  const named = (request: OutgoingRequest): OutgoingRequest =>
    options.userAgent === undefined
      ? request
      : { ...request, headers: { 'user-agent': options.userAgent, ...request.headers } };
  const send = (request: OutgoingRequest, signal: AbortSignal, credential?: string) =>
    exchange(named(request), reach?.(request, credential), signal, options.clock, options.limits);
  return Object.assign(send, { close: async () => own?.close() });
}

/** A request with a client certificate gets connections of its own. */
function plainly(): { readonly reach: Reach; readonly close: () => Promise<void> } {
  const agents = new Map<string, Agent>();
  return {
    reach({ tls = {} }) {
      const key = sha256(JSON.stringify(tls));
      const agent = agents.get(key) ?? new Agent({ connect: tellingConnector(tls) });
      agents.set(key, agent);
      return agent;
    },
    close: async () => {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
}

async function exchange(
  request: OutgoingRequest,
  dispatcher: Dispatcher | undefined,
  signal: AbortSignal,
  clock: Clock,
  limits: SendLimits,
): Promise<SchemeResponse> {
  const cancel = new AbortController();
  const giveUp = () => cancel.abort();
  // Not `AbortSignal.any`, which keeps a trace of every request in a signal that lives as long as the program.
  signal.addEventListener('abort', giveUp, { once: true });
  const inTime = clock.after(limits.totalMs, giveUp);
  try {
    signal.throwIfAborted();
    const answer = await undiciRequest(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      signal: cancel.signal,
      dispatcher,
    });
    const headers = definedOnly(answer.headers);
    const bytes = await readAtMost(answer.body, limits.bodyBytes);
    return { status: answer.statusCode, headers, body: decode(bytes, headers['content-type']) };
  } catch (error) {
    throw new TransportError(reason(error, request, { signal, cancel: cancel.signal, limits }));
  } finally {
    inTime();
    signal.removeEventListener('abort', giveUp);
  }
}

interface Limited {
  /** The caller gives up. */
  readonly signal: AbortSignal;
  /** The time is over. */
  readonly cancel: AbortSignal;
  readonly limits: SendLimits;
}

function reason(error: unknown, sent: OutgoingRequest, { signal, cancel, limits }: Limited): Sentence {
  const request = describe(sent);
  if (signal.aborted) return sentence('requestInterrupted', { request });
  if (cancel.aborted) return sentence('requestUnanswered', { request, time: `${limits.totalMs / 1000} s` });
  if (error instanceof RefusedAddress) {
    const { origin, address } = error;
    const kind = addressKindSentence(error.kind);
    return sentence('requestNotSent', { request, origin, kind, address });
  }
  const tls = tlsFailureOf(error);
  if (tls === undefined)
    return withRemedy(sentence('requestFailed', { request, why: failureOf(error) }), error);
  const failed = sentence('requestFailed', { request, why: tlsSentence(tls) });
  const isWanted = sent.tls === undefined && ofClientCertificate.has(tls.meaning);
  return isWanted ? sentence('nameClientCertificate', { what: failed }) : failed;
}

/** The client says it of a connection that ended without an answer. */
function failureOf(error: unknown): Sentence {
  const why = messageOf(error);
  if (why === 'other side closed') return sentence('connectionClosed');
  const isOfPlace = isOfCertificate(error) || proxyFailureIn(error) !== undefined;
  return isOfPlace ? connectionSentence(error) : why;
}

function withRemedy(what: Sentence, error: unknown): Sentence {
  if (!errorCodes(error).some((code) => isOfUnknownCa(code))) return what;
  return sentence('trustCaOfSignIn', { what, lines: caLines });
}

const ofClientCertificate: ReadonlySet<TlsMeaning> = new Set<TlsMeaning>([
  'clientCertificateRequired',
  'clientCertificateRefused',
  'handshakeRefused',
]);

/** `POST https://sso.example/token`: no query, no user info. */
export function describe(request: Pick<OutgoingRequest, 'method' | 'url'>): string {
  if (!URL.canParse(request.url)) return `${request.method} (not a URL)`;
  const { origin, pathname } = new URL(request.url);
  return `${request.method} ${origin}${pathname}`;
}

function definedOnly(headers: Readonly<Record<string, string | string[] | undefined>>) {
  return Object.fromEntries(Object.entries(headers).filter((entry) => entry[1] !== undefined)) as Record<
    string,
    string | readonly string[]
  >;
}

async function readAtMost(body: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit);
}

function decode(bytes: Uint8Array, contentType: string | readonly string[] | undefined): string {
  const charset = /charset="?([\w-]+)/i.exec(String(contentType))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** A trailing slash, then another scheme: more is a circle. */
const mostHops = 3;

interface Answered {
  /** Where the answer came from. */
  readonly request: OutgoingRequest;
  readonly response: SchemeResponse;
}

/**
 * Sends a request, and the same to where a 307 or 308 sends it (RFC 9110 §15.4.8) as long as that is the same site: what
 * signs in is shown to nobody else, and nothing is changed by it.
 */
export async function sendWithin(send: SchemeContext['send'], first: OutgoingRequest): Promise<Answered> {
  let request = first;
  let response = await send(request);
  for (let hop = 0; hop < mostHops; hop++) {
    const url = [307, 308].includes(response.status) ? targetOf(first.url, request.url, response) : undefined;
    if (url === undefined) break;
    request = { ...request, url };
    response = await send(request);
  }
  return { request, response };
}

function targetOf(first: string, from: string, response: SchemeResponse): string | undefined {
  const location = headerOf(response, 'location');
  if (location === undefined || !URL.canParse(location, from)) return undefined;
  const [here, there] = [new URL(from), new URL(location, from)];
  const isSecured =
    here.protocol === 'http:' && there.protocol === 'https:' && here.port === '' && there.port === '';
  const isSame = here.origin === there.origin || (here.hostname === there.hostname && isSecured);
  return isSame && mayLead(first, there) ? there.href : undefined;
}

/** Whoever answers chooses the address: signing in leads to nothing that by its words changes something. */
export function mayLead(first: string, target: URL): boolean {
  if (!/^https?:$/.test(target.protocol)) return false;
  const word = furtherWord(new URL(first), target);
  if (word === undefined) return true;
  return stepWord.test(word) && signInPart.test(target.pathname);
}

/** `/connect/authorize`, `/sso/createSession`, `/oauth/grant`: how steps of signing in are called. */
const signInPart =
  /(?:^|[/._-])(?:log-?in|log-?on|sign-?in|sign-?on|sso|cas|passport|oauth2?|authorize|authenticate|saml2?|idp|oidc|session)(?:$|[/._-])/i;
const stepWord = /^(?:connect|callback|create|set|bind|confirm|resume|grant|dispatch|launch)$/;
