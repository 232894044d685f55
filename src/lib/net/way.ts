import { authoritiesWith } from './authorities.ts';
import type { Way } from './guarded-agent.ts';

/** What a configuration says of the way to servers; each key as under `network`. */
export interface NetworkWords {
  readonly proxy?: string;
  readonly ca?: string;
  readonly verify?: boolean;
  readonly serverName?: string;
  readonly resolve?: Readonly<Record<string, string>>;
  readonly family?: 4 | 6;
}

/** PEM. With `ca`, servers are held against that instead of the usual authorities. */
export interface ClientPair {
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
}

/**
 * The way to servers that are reached as `network` says.
 *
 * @param isNamed Whether `serverName` is the name of the server at an origin; absent: of none.
 */
export function wayOf(
  network: NetworkWords = {},
  isNamed: (origin: string) => boolean = () => false,
  pair?: ClientPair,
): Way {
  const { proxy, resolve, family, serverName } = network;
  const trust = trustOf(network, pair);
  const named = serverName === undefined ? {} : { servername: serverName };
  return {
    proxy,
    resolve,
    family,
    tls: (origin) => ({ ...trust, ...(isNamed(origin) ? named : {}) }),
  };
}

function trustOf({ ca, verify }: NetworkWords, pair: ClientPair | undefined) {
  const own = ca === undefined ? [] : [ca];
  const rejectUnauthorized = verify !== false;
  if (pair === undefined)
    return { rejectUnauthorized, ...(ca === undefined ? {} : { ca: authoritiesWith(ca) }) };
  const { cert, key, ca: instead } = pair;
  if (instead !== undefined) return { rejectUnauthorized, cert, key, ca: [instead, ...own] };
  return { rejectUnauthorized, cert, key, ...(ca === undefined ? {} : { ca: authoritiesWith(ca) }) };
}
