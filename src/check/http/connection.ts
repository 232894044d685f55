import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Client, type Dispatcher } from 'undici';
import type { Clock } from '../../lib/time/clock.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import type { NetworkSettings } from '../../model/settings.ts';
import type { AddressPolicy } from '../../lib/net/addresses.ts';
import type { Certificate, Span } from './certificate.ts';
import { makeConnector, type Opening } from './connector.ts';
import { Listening, maxHeadBytes } from './listening.ts';

export interface ConnectionOptions {
  readonly clock: Clock;
  readonly origin: string;
  readonly vouchedBy?: string;
  readonly policy: () => AddressPolicy;
  readonly tls: OutgoingRequest['tls'];
  readonly network: NetworkSettings | undefined;
  readonly proxy: URL | undefined;
}

/**
 * One connection to an origin: kept alive, opened again when it is needed and gone. One client a connection and
 * not a pool, because only so is it known which socket a request went over and whether that one was new.
 */
export class Connection {
  readonly #client: Client;
  readonly #clock: Clock;
  #listening: Listening | undefined;
  #heardAt: number | undefined;
  #opening: Opening | undefined;
  #socket: Socket | undefined;
  #certificate: Certificate | undefined;
  #span: Span | undefined;
  #alert: Error | undefined;
  idleSince = 0;

  constructor(options: ConnectionOptions) {
    this.#clock = options.clock;
    const connect = makeConnector({
      ...options,
      begun: (opening, socket) => {
        this.#opening = opening;
        this.#socket = socket;
        this.#alert = undefined;
      },
      secured: (certificate, span) => {
        // A resumed session shows none: it is still the one that it began with.
        this.#certificate = certificate ?? this.#certificate;
        this.#span = span ?? this.#span;
      },
      alerted: (alert) => {
        this.#alert = alert;
      },
    });
    // A proxy for plain HTTP takes requests like a server; one for https is a tunnel below.
    const proxy = options.origin.startsWith('http:') ? options.proxy : undefined;
    this.#client = new Client(proxy?.origin ?? options.origin, {
      connect: (target, done) => {
        connect(target, (...opened) => {
          if (opened[1] !== null) this.#listen(opened[1]);
          done(...opened);
        });
      },
      allowH2: options.network?.http2 === true,
      pipelining: 1,
      maxHeaderSize: maxHeadBytes,
      // Timeouts are our own: the client's are a second coarse.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.#opening = undefined;
    this.#heardAt = undefined;
    this.#listening?.expect();
    this.#client.dispatch(options, handler);
  }

  /** How the socket of the present request was opened; `undefined` when an earlier request had opened it. */
  get opening(): Opening | undefined {
    return this.#opening;
  }

  /** When the first bytes of the present answer came; monotonic. */
  get heardAt(): number | undefined {
    return this.#heardAt;
  }

  /** The server leaves it unclear where its answers end: the next request gets another connection. */
  get isOdd(): boolean {
    return this.#listening?.isOdd === true;
  }

  /** What TLS itself said when it broke the connection, also when all that a request saw of it is that it was closed. */
  get alert(): Error | undefined {
    return this.#alert;
  }

  get certificate(): Certificate | undefined {
    return this.#certificate;
  }

  /**
   * A certificate that was seen with it has ended or begun since then: neither a kept connection nor a resumed session
   * validates it again, so that only another connection shows what a new client gets.
   */
  get isOutdated(): boolean {
    if (this.#span === undefined) return false;
    const now = this.#clock.now();
    return now < this.#span.from || now >= this.#span.until;
  }

  /** Closes the socket, also one that is still being opened. */
  async destroy(): Promise<void> {
    const { connected } = this.#client.stats;
    const destroyed = this.#client.destroy();
    if (!connected) this.#socket?.destroy();
    await destroyed;
  }

  #listen(socket: Socket | TLSSocket): void {
    const isHttp2 = 'alpnProtocol' in socket && socket.alpnProtocol === 'h2';
    this.#listening = isHttp2
      ? undefined
      : new Listening(socket, () => {
          this.#heardAt ??= this.#clock.monotonic();
        });
  }
}
