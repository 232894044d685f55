import type { Socket } from 'node:net';
import { Client, type Dispatcher } from 'undici';
import type { Clock } from '../../../kit/clock.ts';
import type { OutgoingRequest } from '../../../model/check.ts';
import type { AddressPolicy } from './addresses.ts';
import { makeConnector, type Opening } from './connector.ts';

export interface ConnectionOptions {
  readonly clock: Clock;
  readonly origin: string;
  readonly policy: () => AddressPolicy;
  readonly tls: OutgoingRequest['tls'];
}

/**
 * One connection to an origin: kept alive, opened again when it is needed and gone. One client a connection and
 * not a pool, because only so is it known which socket a request went over and whether that one was new.
 */
export class Connection {
  readonly #client: Client;
  #opening: Opening | undefined;
  #socket: Socket | undefined;
  idleSince = 0;

  constructor(options: ConnectionOptions) {
    this.#client = new Client(options.origin, {
      connect: makeConnector({
        ...options,
        begun: (opening, socket) => {
          this.#opening = opening;
          this.#socket = socket;
        },
      }),
      pipelining: 1,
      maxHeaderSize: 65_536,
      // Timeouts are our own: the client's are a second coarse.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.#opening = undefined;
    this.#client.dispatch(options, handler);
  }

  /** How the socket of the present request was opened; `undefined` when an earlier request had opened it. */
  get opening(): Opening | undefined {
    return this.#opening;
  }

  /** Closes the socket, also one that is still being opened. */
  async destroy(): Promise<void> {
    this.#socket?.destroy();
    await this.#client.destroy();
  }
}
