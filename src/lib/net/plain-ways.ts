import { lookup } from 'node:dns';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { tellingConnector } from '../tls-failure.ts';
import { withAddresses } from './guarded-agent.ts';
import { throughProxy } from './through-proxy.ts';
import { type NetworkWords, wayOf } from './way.ts';

/** Connections to what a configuration itself names: channels, providers, monitors. In the way that it says, whatever it says now. */
export class PlainWays {
  readonly #network: () => NetworkWords | undefined;
  readonly #options: Agent.Options;
  readonly #connectMs: number;
  #open: { readonly by: NetworkWords | undefined; readonly agent: Dispatcher } | undefined;

  constructor(network: () => NetworkWords | undefined, options: Agent.Options = {}, connectMs = 10_000) {
    this.#network = network;
    this.#options = options;
    this.#connectMs = connectMs;
  }

  get dispatcher(): Dispatcher {
    const by = this.#network();
    if (this.#open === undefined || this.#open.by !== by) {
      void this.#open?.agent.close();
      this.#open = { by, agent: agentFor(by, this.#options, this.#connectMs) };
    }
    return this.#open.agent;
  }
}

/** Without a proxy of its own HTTP_PROXY, HTTPS_PROXY and NO_PROXY count. */
function agentFor(network: NetworkWords = {}, options: Agent.Options, timeout: number): Dispatcher {
  const { proxy, resolve, family } = network;
  const tls = wayOf(network).tls?.('') ?? {};
  const connect = tellingConnector({
    timeout,
    ...tls,
    ...(resolve === undefined ? {} : { lookup: withAddresses(resolve, lookup) }),
    ...(family === undefined ? {} : { family, autoSelectFamily: false }),
  });
  if (proxy === 'none') return new Agent({ ...options, connect });
  if (proxy === undefined) return new EnvHttpProxyAgent({ ...options, connect, requestTls: tls });
  return new Agent({
    ...options,
    factory: (origin, given) => throughProxy(String(origin), new URL(proxy), given, tls),
  });
}
