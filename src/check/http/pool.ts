import type { Clock } from '../../lib/time/clock.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import type { ProxyEnvironment } from '../../lib/net/proxy.ts';
import { sha256 } from '../../lib/text/text.ts';
import type { NetworkSettings } from '../../model/settings.ts';
import type { AddressPolicy } from '../../lib/net/addresses.ts';
import { Connection } from './connection.ts';
import { proxyFor } from './proxy.ts';

/** What connections must have in common to be shared. */
export interface Route {
  readonly origin: string;
  /** Origin by which addresses are judged; absent: `origin`. */
  readonly vouchedBy?: string;
  readonly tls: OutgoingRequest['tls'];
  readonly network: NetworkSettings | undefined;
}

export interface PoolOptions {
  readonly clock: Clock;
  readonly policy: () => AddressPolicy;
  readonly environment: ProxyEnvironment;
}

/** The connections to all origins. How many there are is decided by whoever limits the calls. */
export class ConnectionPool {
  readonly #idle = new Map<string, Connection[]>();
  readonly #all = new Set<Connection>();
  readonly #networks = new WeakMap<NetworkSettings, number>();
  readonly #proxies = new Map<string, URL | undefined>();
  readonly #options: PoolOptions;
  #networkCount = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Requests with the same key may share connections. */
  keyOf({ origin, vouchedBy, tls, network }: Route): string {
    if (tls === undefined && network === undefined && vouchedBy === undefined) return origin;
    const certificate = tls === undefined ? '' : sha256(tls.cert + (tls.ca ?? ''));
    return `${origin} ${certificate} ${network === undefined ? '' : this.#numberOf(network)} ${vouchedBy ?? ''}`;
  }

  proxyOf(key: string, { origin, network }: Route): URL | undefined {
    if (!this.#proxies.has(key)) {
      this.#proxies.set(key, proxyFor(origin, network, this.#options.environment));
    }
    return this.#proxies.get(key);
  }

  /** The connection that was used last, so that the others can age; a new one when all are busy. */
  take(key: string, route: Route): Connection {
    const idle = this.#idle.get(key);
    for (let last = idle?.pop(); last !== undefined; last = idle?.pop()) {
      if (!last.isOutdated) return last;
      this.discard(last);
    }
    return this.open(key, route);
  }

  open(key: string, route: Route): Connection {
    const connection = new Connection({ ...this.#options, ...route, proxy: this.proxyOf(key, route) });
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
      if (keep.length === 0) {
        this.#idle.delete(key);
        this.#proxies.delete(key);
      } else this.#idle.set(key, keep);
    }
  }

  async close(): Promise<void> {
    const all = [...this.#all];
    this.#idle.clear();
    this.#all.clear();
    await Promise.all(all.map((connection) => connection.destroy()));
  }

  #numberOf(network: NetworkSettings): number {
    const known = this.#networks.get(network);
    if (known !== undefined) return known;
    this.#networks.set(network, ++this.#networkCount);
    return this.#networkCount;
  }
}
