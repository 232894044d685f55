import type { Clock } from '../../../kit/clock.ts';
import type { OutgoingRequest } from '../../../model/check.ts';
import { sha256 } from '../../../kit/text.ts';
import type { AddressPolicy } from './addresses.ts';
import { Connection } from './connection.ts';

/** The connections to all origins. How many there are is decided by whoever limits the calls. */
export class ConnectionPool {
  readonly #idle = new Map<string, Connection[]>();
  readonly #all = new Set<Connection>();
  readonly #options: { readonly clock: Clock; readonly policy: () => AddressPolicy };

  constructor(options: { readonly clock: Clock; readonly policy: () => AddressPolicy }) {
    this.#options = options;
  }

  /** The connection that was used last, so that the others can age; a new one when all are busy. */
  take(key: string, origin: string, tls: OutgoingRequest['tls']): Connection {
    return this.#idle.get(key)?.pop() ?? this.open(origin, tls);
  }

  open(origin: string, tls: OutgoingRequest['tls']): Connection {
    const connection = new Connection({ ...this.#options, origin, tls });
    this.#all.add(connection);
    return connection;
  }

  giveBack(key: string, connection: Connection): void {
    connection.idleSince = this.#options.clock.monotonic();
    const idle = this.#idle.get(key);
    if (idle === undefined) this.#idle.set(key, [connection]);
    else idle.push(connection);
  }

  discard(connection: Connection): void {
    this.#all.delete(connection);
    void connection.destroy();
  }

  /** Forgets connections that nobody has used for `idleMs`. */
  sweep(idleMs: number): void {
    const oldest = this.#options.clock.monotonic() - idleMs;
    for (const [key, idle] of this.#idle) {
      const keep = idle.filter((connection) => connection.idleSince >= oldest);
      for (const connection of idle) if (!keep.includes(connection)) this.discard(connection);
      if (keep.length === 0) this.#idle.delete(key);
      else this.#idle.set(key, keep);
    }
  }

  async close(): Promise<void> {
    const all = [...this.#all];
    this.#idle.clear();
    this.#all.clear();
    await Promise.all(all.map((connection) => connection.destroy()));
  }
}

/** Requests with the same key may share connections. */
export function connectionKey(origin: string, tls: OutgoingRequest['tls']): string {
  return tls === undefined ? origin : `${origin} ${sha256(tls.cert + (tls.ca ?? ''))}`;
}
