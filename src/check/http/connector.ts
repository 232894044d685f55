import { sentence } from '../../messages/sentence.ts';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import type { Clock } from '../../lib/time/clock.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import type { NetworkSettings } from '../../model/settings.ts';
import type { AddressPolicy } from '../../lib/net/addresses.ts';
import { type Certificate, readCertificate, readSpan, type Span } from './certificate.ts';
import { guardedLookup, literalRefusal } from '../../lib/net/guarded-lookup.ts';
import { authoritiesWith } from '../../lib/net/authorities.ts';
import { isTlsError } from '../../lib/tls-failure.ts';
import { openTunnel, ProxyError } from './proxy.ts';

/** Monotonic times at which the steps of a new connection were done. */
export interface Opening {
  readonly startedAt: number;
  lookedUpAt?: number;
  connectedAt?: number;
  securedAt?: number;
}

export interface ConnectorOptions {
  readonly clock: Clock;
  readonly origin: string;
  /** Origin by which addresses are judged; absent: `origin`. */
  readonly vouchedBy?: string;
  readonly policy: () => AddressPolicy;
  readonly tls: OutgoingRequest['tls'];
  readonly network: NetworkSettings | undefined;
  readonly proxy: URL | undefined;
  /** Called when a connection is begun, before anything has happened. */
  begun(opening: Opening, socket: Socket): void;
  /** `span`: of what was validated; absent where the session of an earlier connection goes on, and nothing was. */
  secured(certificate: Certificate | undefined, span: Span | undefined): void;
  /** TLS broke the connection after it was secured: since 1.3 a server judges a client's certificate only then. */
  alerted?(alert: Error): void;
}

/** Makes the sockets of one connection and notes when each step was done. */
export function makeConnector(options: ConnectorOptions): buildConnector.connector {
  const secure = new SecureLayer(options);
  return (target, done) => {
    const opening: Opening = { startedAt: options.clock.monotonic() };
    const end = onlyOnce(done);
    const judgedAs = options.vouchedBy ?? options.origin;
    const place = placeOf(options, target.hostname, target.port, target.protocol);
    const refusal =
      place.isTrusted || options.proxy !== undefined
        ? undefined
        : literalRefusal(judgedAs, options.policy(), options.network?.internal, place.host);
    if (refusal !== undefined) {
      end(refusal, null);
      return;
    }
    const address = {
      host: place.host,
      port: place.port,
      family: options.network?.family ?? 0,
      highWaterMark: 65_536,
      lookup: guardedLookup(
        judgedAs,
        options.proxy === undefined ? options.policy() : undefined,
        options.network?.internal,
        () => {
          opening.lookedUpAt = options.clock.monotonic();
        },
      ),
    };
    const socket = connectTcp(address);
    socket.setNoDelay(true);
    options.begun(opening, socket);
    socket.on('error', (error) => end(asProxyError(error, options.proxy, opening), null));
    socket.once('connect', () => {
      const through = (error?: Error): void => {
        opening.connectedAt = options.clock.monotonic();
        if (error !== undefined) {
          socket.destroy();
          end(error, null);
        } else if (target.protocol === 'https:') secure.over(socket, target, opening, end);
        else end(null, socket);
      };
      if (options.proxy === undefined || target.protocol !== 'https:') through();
      else openTunnel(socket, options.proxy, `${target.hostname}:${target.port || 443}`, through);
    });
  };
}

/** TLS on top of a connected socket. */
class SecureLayer {
  readonly #options: ConnectorOptions;
  #session: Buffer | undefined;

  constructor(options: ConnectorOptions) {
    this.#options = options;
  }

  over(socket: Socket, target: buildConnector.Options, opening: Opening, end: buildConnector.Callback): void {
    const { network, clock } = this.#options;
    const host = bareHost(target.hostname);
    const secure: TLSSocket = connectTls({
      socket,
      // Addresses are not asked for by name (RFC 6066 §3), but the certificate must be for them all the same.
      host,
      ...this.#trust(),
      servername: network?.serverName ?? target.servername ?? (isIP(host) === 0 ? host : ''),
      ALPNProtocols: network?.http2 === true ? ['h2', 'http/1.1'] : ['http/1.1'],
      session: this.#session,
    });
    secure.on('session', (session) => {
      // Who watches how connections come about wants to see whole handshakes.
      if (network?.fresh !== true) this.#session = session;
    });
    secure.on('error', (error) => {
      if (opening.securedAt !== undefined && isTlsError(error)) this.#options.alerted?.(error);
      end(error, null);
    });
    secure.once('secureConnect', () => {
      opening.securedAt = clock.monotonic();
      const span = secure.isSessionReused() ? undefined : readSpan(secure, clock.now());
      this.#options.secured(readCertificate(secure), span);
      end(null, secure);
    });
  }

  #trust(): { cert?: string; key?: string; ca?: string[]; rejectUnauthorized: boolean } {
    const { tls, network } = this.#options;
    const own = [network?.ca, tls?.ca].filter((pem) => pem !== undefined);
    return {
      ...(tls === undefined ? {} : { cert: tls.cert, key: tls.key }),
      ...(own.length === 0 ? {} : { ca: authoritiesWith(...own) }),
      rejectUnauthorized: network?.verify !== false,
    };
  }
}

interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** The config says where it is. */
  readonly isTrusted: boolean;
}

function placeOf(
  { proxy, network }: ConnectorOptions,
  hostname: string,
  port: string,
  protocol: string,
): Endpoint {
  if (proxy !== undefined) {
    return { host: bareHost(proxy.hostname), port: Number(proxy.port || 80), isTrusted: true };
  }
  const host = bareHost(hostname);
  const resolved = network?.resolve?.[host];
  return {
    host: resolved ?? host,
    port: Number(port || (protocol === 'https:' ? 443 : 80)),
    isTrusted: resolved !== undefined,
  };
}

function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function asProxyError(error: Error, proxy: URL | undefined, opening: Opening): Error {
  if (proxy === undefined || opening.connectedAt !== undefined) return error;
  return new ProxyError(sentence('proxyUnreachable', { proxy: proxy.host, why: error.message }));
}

/** Sockets go on to report errors when nobody waits for them any more. */
function onlyOnce(done: buildConnector.Callback): buildConnector.Callback {
  let open = true;
  return (...result) => {
    if (!open) return;
    open = false;
    done(...result);
  };
}
