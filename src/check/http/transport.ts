import type { Sentence } from '../../model/sentence.ts';
import type { Dispatcher } from 'undici';
import type { Clock } from '../../lib/time/clock.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import type { ReasonCode } from '../../model/result.ts';
import type { ExchangeResult, Sending, SendOptions, HttpTransport } from './port.ts';
import type { Connection } from './connection.ts';
import { HttpExchange, type Landing } from './exchange.ts';
import { type Handshake, shakeHands } from './handshake.ts';
import { ConnectionPool, type PoolOptions, type Route } from './pool.ts';
import { proxyAuthorization } from '../../lib/net/tunnel.ts';

/** After this long without a request a connection and its client are forgotten. */
const forgetMs = 60_000;

/** HTTP/1.1 over kept-alive connections. */
export function createHttpTransport(options: PoolOptions): HttpTransport & {
  shakeHands(route: Route, timeoutMs: number): Promise<Handshake>;
} {
  const pool = new ConnectionPool(options);
  return {
    send: (request, sendOptions) => send(pool, options.clock, request, sendOptions),
    shakeHands: (route, timeoutMs) => shakeHands(route, timeoutMs, options),
    sweep: () => pool.sweep(forgetMs),
    close: () => pool.close(),
  };
}

function send(pool: ConnectionPool, clock: Clock, request: OutgoingRequest, options: SendOptions): Sending {
  let flight: HttpExchange | undefined;
  const { timeouts, maxBytes } = options;
  const { origin, vouchedBy, network } = options;
  const route: Route = { origin, vouchedBy, tls: request.tls, network };
  const key = pool.keyOf(route);
  const dispatch = dispatchOptions(request, route, pool.proxyOf(key, route));
  const outcome = new Promise<ExchangeResult>((resolve) => {
    const fly = (connection: Connection, sent: number): void => {
      const landed = (landing: Landing): void => {
        if (landing.reusable && options.repeatable) pool.giveBack(key, connection);
        else pool.discard(connection);
        // The server had closed the connection while it was idle: that says nothing about the operation.
        if (landing.stale && options.repeatable && sent === 1) fly(pool.open(key, route), 2);
        else resolve(sent === 1 ? landing.outcome : { ...landing.outcome, sent });
      };
      flight = new HttpExchange({ clock, connection, timeouts, maxBytes, landed });
      connection.dispatch(dispatch, flight);
    };
    // A server may close a kept-alive connection at any moment: what must not be sent twice has one to itself.
    fly(options.repeatable ? pool.take(key, route) : pool.open(key, route), 1);
  });
  return { outcome, cut: (code: ReasonCode, message: Sentence) => flight?.cut(code, message) };
}

function dispatchOptions(
  request: OutgoingRequest,
  { origin, network }: Route,
  proxy: URL | undefined,
): Dispatcher.DispatchOptions {
  const headers: string[] = [];
  for (const name in request.headers) headers.push(name, request.headers[name] ?? '');
  const path = pathOf(request.url, origin);
  const options: Dispatcher.DispatchOptions = {
    method: request.method,
    path,
    headers,
    body: request.body ?? null,
  };
  if (network?.fresh === true) options.reset = true;
  if (proxy === undefined || !origin.startsWith('http:')) return options;
  const authorization = proxyAuthorization(proxy);
  if (request.headers['host'] === undefined) headers.push('host', new URL(origin).host);
  if (authorization !== undefined) headers.push('proxy-authorization', authorization);
  return { ...options, path: origin + path };
}

/** The part of an absolute URL that goes into the request line. */
function pathOf(url: string, origin: string): string {
  const end = url.indexOf('#');
  const whole = end === -1 ? url : url.slice(0, end);
  const rest = whole.startsWith(origin) ? whole.slice(origin.length) : undefined;
  if (rest !== undefined && rest.startsWith('/')) return rest;
  const parsed = new URL(whole);
  return parsed.pathname + parsed.search;
}
