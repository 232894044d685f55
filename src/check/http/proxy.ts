import { SaidError } from '../../messages/said-error.ts';
import { proxySentence } from '../../messages/network.ts';
import type { Socket } from 'node:net';
import { openTunnel as tunnel } from '../../lib/net/tunnel.ts';
import { environmentProxy, type ProxyEnvironment } from '../../lib/net/proxy.ts';
import type { NetworkSettings } from '../../model/settings.ts';

/** The way to a proxy could not be had: that says nothing about what lies behind it. */
export class ProxyError extends SaidError {}

/** The proxy found no way to the server. */
export class BehindProxyError extends SaidError {}

/** The proxy for an origin, by its service's settings, else by the environment. */
export function proxyFor(
  origin: string,
  network: NetworkSettings | undefined,
  environment: ProxyEnvironment,
): URL | undefined {
  if (network?.proxy !== undefined) return network.proxy === 'none' ? undefined : new URL(network.proxy);
  return environmentProxy(origin, environment);
}

/** Asks the proxy at the other end of `socket` for a tunnel; calls back once. */
export function openTunnel(
  socket: Socket,
  proxy: URL,
  authority: string,
  done: (error?: Error) => void,
): void {
  tunnel(socket, proxy, authority, (failure) => {
    if (failure === undefined) return done();
    const said = proxySentence(failure);
    done(failure.trouble === 'no-way' ? new BehindProxyError(said) : new ProxyError(said));
  });
}
