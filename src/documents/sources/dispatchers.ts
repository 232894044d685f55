import type { Agent } from 'undici';
import { type Guard, guardedAgent } from '../../lib/net/guarded-agent.ts';
import type { ProxyEnvironment } from '../../lib/net/proxy.ts';
import { type ClientPair, wayOf } from '../../lib/net/way.ts';
import { sha256 } from '../../lib/text/text.ts';
import type { ServiceSettings } from '../../model/settings.ts';

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

  /** @param pair Of whoever asks; servers that want a certificate are told it. */
  of(service: ServiceSettings, pair?: ClientPair): Agent {
    const { name, network = {}, baseUrl, server, docs } = service;
    const settings = JSON.stringify([network, baseUrl, server, docs]);
    const key = pair === undefined ? name : `${name} ${sha256(JSON.stringify(pair))}`;
    const known = this.#opened.get(key);
    if (known?.settings === settings) return known.agent;
    void known?.agent.close();
    // The service's own name is not that of a server which only keeps its documents.
    const isService = (origin: string) =>
      baseUrl === undefined || new URL(baseUrl).hostname === new URL(origin).hostname;
    const way = wayOf(network, isService, pair);
    const agent = guardedAgent(this.#environment, this.#guardOf(service), { keepAliveTimeout }, way);
    this.#opened.set(key, { settings, agent });
    return agent;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#opened.values()].map(({ agent }) => agent.close()));
  }
}
