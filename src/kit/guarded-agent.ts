import { isIP } from 'node:net';
import { Agent, buildConnector, Pool, ProxyAgent } from 'undici';
import type { AddressPolicy, RefusedAddress } from './addresses.ts';
import { guardedLookup, literalRefusal } from './guarded-lookup.ts';
import { environmentProxy, type ProxyEnvironment } from './proxy.ts';

/** Who may be reached: what the configuration names, and the hosts that it lets have internal addresses. */
export interface Guard {
  readonly policy: AddressPolicy;
  readonly internal: readonly string[] | undefined;
}

/**
 * Connections for requests that a document causes. Every address is judged when it is connected to, so neither a
 * redirect nor a second answer of the name server leads past it; through a proxy, which looks names up itself, the
 * addresses that are written out.
 */
export function guardedAgent(env: ProxyEnvironment, guard: Guard, options: Agent.Options = {}): Agent {
  return new Agent({
    ...options,
    factory: (given, poolOptions) => {
      const origin = String(given);
      const proxy = environmentProxy(origin, env);
      if (proxy === undefined)
        return new Pool(origin, Object.assign({}, poolOptions, { connect: guardedConnector(origin, guard) }));
      const refused = writtenOut(origin, guard);
      if (refused !== undefined) throw refused;
      return new ProxyAgent({ uri: proxy.href, proxyTunnel: origin.startsWith('https:') });
    },
  });
}

const connectMs = 10_000;

function guardedConnector(origin: string, { policy, internal }: Guard): buildConnector.connector {
  const lookup = guardedLookup(origin, policy, internal, () => undefined);
  // The options of a socket are passed on, which the types of undici do not say.
  const connect = buildConnector({ timeout: connectMs, lookup });
  return (target, done) => {
    const refused = literalRefusal(origin, policy, internal, bareHost(target.hostname));
    if (refused === undefined) connect(target, done);
    else done(refused, null);
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
