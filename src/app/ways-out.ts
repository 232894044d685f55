import type { Agent } from 'undici';
import { referencesIn } from '../auth/chain.ts';
import type { SharedOptions } from '../auth/scheme.ts';
import type { Reach } from '../auth/token/send.ts';
import { type Guard, guardedAgent } from '../lib/net/guarded-agent.ts';
import { webPlaces } from '../lib/net/places.ts';
import type { ProxyEnvironment } from '../lib/net/proxy.ts';
import { type NetworkWords, wayOf } from '../lib/net/way.ts';
import { sha256 } from '../lib/text/text.ts';
import type { NetworkSettings, ServiceSettings, Settings } from '../model/settings.ts';

const keepAliveTimeout = 1000;

/** Connections to what credentials sign in at, each in the way of the services that they are for. */
export class SignInWays {
  readonly #settings: () => Settings;
  readonly #environment: ProxyEnvironment;
  readonly #guard: Guard;
  readonly #opened = new Map<string, Agent>();

  constructor(settings: () => Settings, environment: ProxyEnvironment, guard: Guard) {
    this.#settings = settings;
    this.#environment = environment;
    this.#guard = guard;
  }

  readonly reach: Reach = ({ url, tls }, credential) => {
    const network = networkOf(this.#settings(), new URL(url), credential);
    const key = sha256(JSON.stringify([network, tls]));
    const opened = this.#opened.get(key);
    if (opened !== undefined) return opened;
    const named = () => network.serverName !== undefined;
    const agent = guardedAgent(
      this.#environment,
      this.#guard,
      { keepAliveTimeout },
      wayOf(network, named, tls),
    );
    this.#opened.set(key, agent);
    return agent;
  };

  async close(): Promise<void> {
    await Promise.all([...this.#opened.values()].map((agent) => agent.destroy()));
  }
}

/**
 * How a server that a credential asks is reached: as the services whose own host it is, else as those that use the credential, else as
 * everything is. Where several say it, each one's authorities are trusted, and any certificate is only taken when all of them take any.
 */
export function networkOf(
  { services, credentials, network = {} }: Settings,
  { hostname }: URL,
  credential: string | undefined,
): NetworkWords {
  const users = services.filter((service) => usedBy(service, credentials).has(credential ?? ''));
  const isThere = (service: ServiceSettings) => hostsOf(service).includes(hostname);
  const own = [users.filter(isThere), services.filter(isThere)].find((some) => some.length > 0);
  if (own !== undefined) return merged(own.map((service) => service.network ?? {}));
  // The name of a service is not that of another server.
  const others = users.length === 0 ? [network] : users.map((service) => service.network ?? {});
  return { ...merged(others), serverName: undefined };
}

function merged(networks: readonly NetworkSettings[]): NetworkWords {
  const [proxy] = networks.flatMap((one) => one.proxy ?? []);
  const [serverName] = networks.flatMap((one) => one.serverName ?? []);
  const [family] = networks.flatMap((one) => one.family ?? []);
  const authorities = [...new Set(networks.flatMap(({ ca }) => ca ?? []))];
  return {
    proxy,
    serverName,
    family,
    ca: authorities.length === 0 ? undefined : authorities.join('\n'),
    verify: networks.every(({ verify }) => verify === false) ? false : undefined,
    resolve: Object.assign({}, ...networks.map(({ resolve }) => resolve)) as NetworkWords['resolve'],
  };
}

function hostsOf({ baseUrl, docs }: ServiceSettings): readonly string[] {
  const places = webPlaces(docs).map((place) => place.hostname);
  return baseUrl === undefined ? places : [new URL(baseUrl).hostname, ...places];
}

/** Names of the credentials that a service is called with, and of those that these need. */
function usedBy(
  { credential, docsCredential, overrides }: ServiceSettings,
  credentials: Settings['credentials'],
): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (name: string | undefined): void => {
    if (name === undefined || found.has(name)) return;
    found.add(name);
    const options = credentials[name]?.options;
    if (options === undefined) return;
    for (const other of [...referencesIn(options), ...((options as SharedOptions).uses ?? [])]) add(other);
  };
  for (const name of [credential, docsCredential, ...overrides.map((one) => one.credential)]) add(name);
  return found;
}
