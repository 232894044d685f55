import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { request } from 'undici';
import { PlainWays } from '../lib/net/plain-ways.ts';
import type { NetworkWords } from '../lib/net/way.ts';
import type { Clock } from '../lib/time/clock.ts';
import { messageOf } from '../lib/errors.ts';
import { sentence } from '../messages/sentence.ts';
import type { ReasonCode } from '../model/result.ts';
import type { Sentence } from '../model/sentence.ts';

/** Whether it is us: asked when nobody answers. */
export interface ConnectivityCheck {
  /** What is wrong with the network of this host, after a call that nobody has answered; `undefined`: nothing, as it seems. */
  problem(code: ReasonCode): Promise<Sentence | undefined>;
}

/** The network of this host as the connectivity check looks at it. */
export interface HostNetwork {
  /** Resolves when the URL gives any answer at all. */
  reach(url: string): Promise<void>;
  /** Resolves when one of this host's name servers answers, whatever it says. */
  askNameServers(): Promise<void>;
  /** Contents of a file of the system, or `undefined` where there is none. */
  read(path: string): Promise<string | undefined>;
}

/** Everybody who fails at the same time gets the same answer. */
const validMs = 15_000;

/**
 * With a url, that decides. Without one: no route to anywhere, a default gateway that the link layer cannot find, or
 * name servers that do not answer when names could not be resolved.
 * @param url URL of something that is up whenever the network is.
 */
export function createConnectivityCheck(options: {
  readonly clock: Clock;
  readonly network?: HostNetwork;
  readonly url?: string;
}): ConnectivityCheck {
  const { clock, network = hostNetwork, url } = options;
  const known = new Map<string, { readonly at: number; readonly problem: Promise<Sentence | undefined> }>();
  return {
    problem(code) {
      const key = url === undefined && code === 'no-resolver' ? 'dns' : 'network';
      const last = known.get(key);
      if (last !== undefined && clock.monotonic() - last.at < validMs) return last.problem;
      const problem = url === undefined ? lookAround(network, key === 'dns') : ask(network, url);
      known.set(key, { at: clock.monotonic(), problem });
      return problem;
    },
  };
}

async function ask(network: HostNetwork, url: string): Promise<Sentence | undefined> {
  try {
    await network.reach(url);
    return undefined;
  } catch (error) {
    return sentence('urlUnreachable', { url, why: messageOf(error) });
  }
}

async function lookAround(network: HostNetwork, namesFail: boolean): Promise<Sentence | undefined> {
  const routes = await network.read('/proc/net/route');
  if (
    routes !== undefined &&
    !leadSomewhere(routes) &&
    !leadSomewhere(await network.read('/proc/net/ipv6_route'))
  )
    return sentence('noRouteToAny');
  const gateway = routes === undefined ? undefined : defaultGateway(routes);
  if (gateway !== undefined) {
    const neighbours = (await network.read('/proc/net/arp')) ?? '';
    if (isUnreachable(neighbours, gateway)) return sentence('gatewaySilent', { gateway });
  }
  if (!namesFail) return undefined;
  try {
    await network.askNameServers();
    return undefined;
  } catch (error) {
    return sentence('nameServersSilent', { why: messageOf(error) });
  }
}

/** An intranet need not have a default route; one entry beside the loopback's is enough. */
function leadSomewhere(routes: string | undefined): boolean {
  const lines = (routes ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('Iface'));
  return lines.some((line) => !/^lo\s|\slo$/.test(line));
}

/** The gateway in the kernel's table of routes: hexadecimal, least significant byte first. */
function defaultGateway(routes: string): string | undefined {
  for (const line of routes.split('\n').slice(1)) {
    const [, destination, gateway] = line.split('\t');
    if (destination !== '00000000' || gateway === undefined) continue;
    return [6, 4, 2, 0].map((at) => Number.parseInt(gateway.slice(at, at + 2), 16)).join('.');
  }
  return undefined;
}

/** An entry whose flags are 0 was asked for and has not answered. */
function isUnreachable(neighbours: string, gateway: string): boolean {
  return neighbours.split('\n').some((line) => {
    const [address, , flags] = line.split(/\s+/);
    return address === gateway && flags === '0x0';
  });
}

const ofHost: Omit<HostNetwork, 'reach'> = {
  async askNameServers() {
    const resolver = new Resolver({ timeout: 1500, tries: 1 });
    try {
      await resolver.resolve4('example.com');
    } catch (error) {
      // Any answer shows that somebody is there, also one that refuses names of the internet; these say that nobody is.
      if (['ETIMEOUT', 'ECONNREFUSED'].includes(codeOf(error))) throw error;
    }
  },
  read: (path) => readFile(path, 'utf8').catch(() => undefined),
};

/** The real one. */
export const hostNetwork: HostNetwork = networkBy(undefined);

/** The real one, of which an address is reached as the configuration says. */
export function networkBy(words: NetworkWords | undefined): HostNetwork {
  const ways = new PlainWays(() => words, { keepAliveTimeout: 1, keepAliveMaxTimeout: 1 });
  return { ...ofHost, reach: (url) => reach(url, ways) };
}

async function reach(url: string, { dispatcher }: PlainWays): Promise<void> {
  const { body } = await request(url, { dispatcher, method: 'HEAD', signal: AbortSignal.timeout(5000) });
  await body.dump();
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
