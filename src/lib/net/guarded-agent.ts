import { isIP, type LookupFunction } from 'node:net';
import { Agent, type buildConnector, Pool } from 'undici';
import type { AddressPolicy, RefusedAddress } from './addresses.ts';
import { guardedLookup, literalRefusal } from './guarded-lookup.ts';
import { environmentProxy, type ProxyEnvironment } from './proxy.ts';
import { throughProxy } from './through-proxy.ts';
import { tellingConnector } from '../tls-failure.ts';

/** Who may be reached: what the configuration names, and the hosts that it lets have internal addresses. */
export interface Guard {
  readonly policy: AddressPolicy;
  readonly internal: readonly string[] | undefined;
}

/** How origins are reached, as the configuration says it. */
export interface Way {
  /** `none`, or an address; absent: as the environment says. */
  readonly proxy?: string;
  /** Addresses of hosts; they are not looked up, and need no trust. */
  readonly resolve?: Readonly<Record<string, string>>;
  readonly family?: 4 | 6;
  readonly tls?: (origin: string) => TlsOptions;
}

interface TlsOptions {
  readonly rejectUnauthorized?: boolean;
  readonly ca?: string[];
  readonly servername?: string;
  /** PEM, of whoever connects. */
  readonly cert?: string;
  readonly key?: string;
}

/**
 * Connections for requests that a document causes. Every address is judged when it is connected to, so neither a
 * redirect nor a second answer of the name server leads past it; through a proxy, which looks names up itself, the
 * addresses that are written out.
 */
export function guardedAgent(
  env: ProxyEnvironment,
  guard: Guard,
  options: Agent.Options = {},
  way: Way = {},
): Agent {
  return new Agent({
    ...options,
    factory: (given, poolOptions) => {
      const origin = String(given);
      const proxy = proxyOf(origin, way, env);
      if (proxy === undefined)
        return new Pool(
          origin,
          Object.assign({}, poolOptions, { connect: guardedConnector(origin, guard, way) }),
        );
      const refused = writtenOut(origin, guard);
      if (refused !== undefined) throw refused;
      return throughProxy(origin, proxy, poolOptions, way.tls?.(origin) ?? {});
    },
  });
}

const connectMs = 10_000;

function proxyOf(origin: string, { proxy }: Way, env: ProxyEnvironment): URL | undefined {
  if (proxy === 'none') return undefined;
  return proxy === undefined ? environmentProxy(origin, env) : new URL(proxy);
}

function guardedConnector(
  origin: string,
  { policy, internal }: Guard,
  { resolve = {}, family, tls }: Way,
): buildConnector.connector {
  const asked = guardedLookup(origin, policy, internal, () => undefined);
  // The options of a socket are passed on, which the types of undici do not say.
  const connect = tellingConnector({
    timeout: connectMs,
    lookup: withAddresses(resolve, asked),
    ...tls?.(origin),
    ...(family === undefined ? {} : { family, autoSelectFamily: false }),
  });
  return (target, done) => {
    const refused = literalRefusal(origin, policy, internal, bareHost(target.hostname));
    if (refused === undefined) connect(target, done);
    else done(refused, null);
  };
}

/** Looks hosts up with `asked` unless their address is given. */
export function withAddresses(
  addresses: Readonly<Record<string, string>>,
  asked: LookupFunction,
): LookupFunction {
  return (hostname, options, callback) => {
    const address = Object.hasOwn(addresses, hostname) ? addresses[hostname] : undefined;
    if (address === undefined) {
      asked(hostname, options, callback);
      return;
    }
    const version = isIP(address);
    if (options.all === true) callback(null, [{ address, family: version }]);
    else callback(null, address, version);
  };
}

function writtenOut(origin: string, { policy, internal }: Guard): RefusedAddress | undefined {
  const host = bareHost(new URL(origin).hostname);
  const known = /^(?:.*\.)?localhost\.?$/.test(host)
    ? '127.0.0.1'
    : namesOfMetadata.has(host)
      ? metadata
      : host;
  return isIP(known) === 0 ? undefined : policy.refusal(origin, known, internal);
}

const metadata = '169.254.169.254';
const namesOfMetadata: ReadonlySet<string> = new Set([
  'metadata.google.internal',
  'metadata.goog',
  'metadata',
]);

function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
