import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { Agent, type buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import { environmentProxy, type ProxyEnvironment } from '../../kit/proxy.ts';
import type { NetworkSettings, SourceSettings } from '../../model/settings.ts';

interface Opened {
  readonly key: string;
  readonly agent: Agent;
}

/** Reaches the documents of a service the way in which its servers are reached: proxy, certificates, addresses. */
export class Dispatchers {
  readonly #shared: Dispatcher;
  readonly #environment: ProxyEnvironment;
  readonly #opened = new Map<string, Opened>();

  /** @param shared For services without a `network` of their own. */
  constructor(shared: Dispatcher, environment: ProxyEnvironment) {
    this.#shared = shared;
    this.#environment = environment;
  }

  of({ name, network, baseUrl }: Pick<SourceSettings, 'name' | 'network' | 'baseUrl'>): Dispatcher {
    if (network === undefined || !concernsWay(network)) return this.#shared;
    const key = JSON.stringify([network, baseUrl]);
    const known = this.#opened.get(name);
    if (known?.key === key) return known.agent;
    void known?.agent.close();
    const agent = open(network, baseUrl, this.#environment);
    this.#opened.set(name, { key, agent });
    return agent;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#opened.values()].map(({ agent }) => agent.close()));
  }
}

/** The others say how checks are made. */
function concernsWay({ proxy, ca, verify, serverName, resolve, family }: NetworkSettings): boolean {
  return [proxy, ca, verify, serverName, resolve, family].some((value) => value !== undefined);
}

function open(network: NetworkSettings, baseUrl: string | undefined, env: ProxyEnvironment): Agent {
  return new Agent({
    factory: (url) => {
      const origin = String(url);
      const tls = tlsFor(origin, network, baseUrl);
      const proxy = proxyFor(origin, network, env);
      if (proxy === undefined)
        return new Pool(origin, { keepAliveTimeout, connect: { ...tls, ...placeOf(network) } });
      // A proxy takes requests for plain HTTP as they are; many refuse a tunnel to anything but 443.
      return new ProxyAgent({ uri: proxy.href, proxyTunnel: origin.startsWith('https:'), requestTls: tls });
    },
  });
}

function proxyFor(origin: string, { proxy }: NetworkSettings, env: ProxyEnvironment): URL | undefined {
  if (proxy === 'none') return undefined;
  return proxy === undefined ? environmentProxy(origin, env) : new URL(proxy);
}

function tlsFor(
  origin: string,
  { ca, verify, serverName }: NetworkSettings,
  baseUrl: string | undefined,
): buildConnector.BuildOptions {
  // The service's own name is not that of a server which only keeps its documents.
  const isService = baseUrl === undefined || new URL(baseUrl).hostname === new URL(origin).hostname;
  return {
    timeout: connectMs,
    rejectUnauthorized: verify !== false,
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    ...(serverName === undefined || !isService ? {} : { servername: serverName }),
  };
}

const connectMs = 10_000;
const keepAliveTimeout = 1000;

function placeOf({ resolve = {}, family }: NetworkSettings) {
  const found: LookupFunction = (hostname, options, callback) => {
    const address = resolve[hostname];
    if (address === undefined) {
      lookup(hostname, options, callback);
      return;
    }
    const version = isIP(address);
    if (options.all === true) callback(null, [{ address, family: version }]);
    else callback(null, address, version);
  };
  return { lookup: found, ...(family === undefined ? {} : { family, autoSelectFamily: false }) };
}
