import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import type { Clock } from '../../../kit/clock.ts';
import type { OutgoingRequest } from '../../../model/check.ts';
import type { AddressPolicy } from './addresses.ts';
import { RefusedAddress } from './failure.ts';
import { guardedLookup, literalRefusal } from './lookup.ts';

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
  readonly policy: () => AddressPolicy;
  readonly tls: OutgoingRequest['tls'];
  /** Called when a connection is begun, before anything has happened. */
  begun(opening: Opening, socket: Socket): void;
}

/** Makes the sockets of one connection and notes when each step was done. */
export function makeConnector(options: ConnectorOptions): buildConnector.connector {
  let session: Buffer | undefined;
  return (target, done) => {
    const secure = target.protocol === 'https:';
    const opening: Opening = { startedAt: options.clock.monotonic() };
    const host = target.hostname.replace(/^\[|\]$/g, '');
    const policy = options.policy();
    const refusal = literalRefusal(options.origin, policy, host);
    if (refusal !== undefined) {
      done(new RefusedAddress(refusal), null);
      return;
    }
    const address = {
      host,
      port: Number(target.port === '' ? (secure ? 443 : 80) : target.port),
      lookup: guardedLookup(options.origin, policy, () => {
        opening.lookedUpAt = options.clock.monotonic();
      }),
      highWaterMark: secure ? 16_384 : 65_536,
    };
    const socket = secure
      ? connectTls({
          ...address,
          ...options.tls,
          servername: target.servername ?? (isIP(host) === 0 ? host : ''),
          ALPNProtocols: ['http/1.1'],
          ...(session === undefined ? {} : { session }),
        }).on('session', (next) => {
          session = next;
        })
      : connectTcp(address);
    socket.setNoDelay(true);
    options.begun(opening, socket);
    report(socket, secure, opening, options.clock, done);
  };
}

function report(
  socket: Socket | TLSSocket,
  secure: boolean,
  opening: Opening,
  clock: Clock,
  done: buildConnector.Callback,
): void {
  let open = true;
  socket.once('connect', () => {
    opening.connectedAt = clock.monotonic();
  });
  socket.once(secure ? 'secureConnect' : 'connect', () => {
    if (secure) opening.securedAt = clock.monotonic();
    open = false;
    done(null, socket);
  });
  // Stays for the life of the socket: an error that comes after the answer has been read is nobody's concern.
  socket.on('error', (error) => {
    if (!open) return;
    open = false;
    done(error, null);
  });
}
