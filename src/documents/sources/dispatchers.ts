import { rootCertificates } from 'node:tls';
import type { Agent } from 'undici';
import { type Guard, guardedAgent, type Way } from '../../lib/net/guarded-agent.ts';
import type { ProxyEnvironment } from '../../lib/net/proxy.ts';
import type { NetworkSettings, ServiceSettings } from '../../model/settings.ts';

interface Opened {
  readonly settings: string;
  readonly agent: Agent;
}

const keepAliveTimeout = 1000;

/**
 * Reaches the documents of a service the way in which its servers are reached (proxy, certificates, addresses), and goes
 * nowhere internal but where that service's settings lead.
 */
export class Dispatchers {
  readonly #guardOf: (service: ServiceSettings) => Guard;
  readonly #environment: ProxyEnvironment;
  readonly #opened = new Map<string, Opened>();

  constructor(guardOf: (service: ServiceSettings) => Guard, environment: ProxyEnvironment) {
    this.#guardOf = guardOf;
    this.#environment = environment;
  }

  of(service: ServiceSettings): Agent {
    const { name, network = {}, baseUrl, server, docs } = service;
    const settings = JSON.stringify([network, baseUrl, server, docs]);
    const known = this.#opened.get(name);
    if (known?.settings === settings) return known.agent;
    void known?.agent.close();
    const way = wayOf(network, baseUrl);
    const agent = guardedAgent(this.#environment, this.#guardOf(service), { keepAliveTimeout }, way);
    this.#opened.set(name, { settings, agent });
    return agent;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#opened.values()].map(({ agent }) => agent.close()));
  }
}

function wayOf(network: NetworkSettings, baseUrl: string | undefined): Way {
  const { proxy, resolve, family } = network;
  return { proxy, resolve, family, tls: (origin) => tlsFor(origin, network, baseUrl) };
}

function tlsFor(
  origin: string,
  { ca, verify, serverName }: NetworkSettings,
  baseUrl: string | undefined,
): ReturnType<NonNullable<Way['tls']>> {
  // The service's own name is not that of a server which only keeps its documents.
  const isService = baseUrl === undefined || new URL(baseUrl).hostname === new URL(origin).hostname;
  return {
    rejectUnauthorized: verify !== false,
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    ...(serverName === undefined || !isService ? {} : { servername: serverName }),
  };
}
