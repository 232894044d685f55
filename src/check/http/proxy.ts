import { SaidError } from '../../messages/said-error.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Socket } from 'node:net';
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

export function proxyAuthorization(proxy: URL): string | undefined {
  if (proxy.username === '') return undefined;
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

const maxAnswerBytes = 16_384;

/** Asks the proxy at the other end of `socket` for a tunnel (RFC 9110 §9.3.6); calls back once. */
export function openTunnel(
  socket: Socket,
  proxy: URL,
  authority: string,
  done: (error?: Error) => void,
): void {
  const authorization = proxyAuthorization(proxy);
  const lines = [`CONNECT ${authority} HTTP/1.1`, `host: ${authority}`];
  if (authorization !== undefined) lines.push(`proxy-authorization: ${authorization}`);
  let answer = '';
  const finish = (error?: Error): void => {
    socket.off('data', read).off('end', ended);
    socket.pause();
    done(error);
  };
  const ended = (): void => finish(new ProxyError(sentence('proxyClosed', { proxy: proxy.host })));
  const read = (chunk: Buffer): void => {
    answer += chunk.toString('latin1');
    if (answer.length > maxAnswerBytes)
      finish(new ProxyError(sentence('proxyNotHttp', { proxy: proxy.host })));
    else if (answer.includes('\r\n\r\n')) finish(judgeTunnel(answer, proxy, authority));
  };
  socket.on('data', read).once('end', ended);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
}

function judgeTunnel(answer: string, proxy: URL, authority: string): Error | undefined {
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? 0);
  if (status >= 200 && status < 300) return undefined;
  if (status >= 500)
    return new BehindProxyError(sentence('proxyCannotReach', { proxy: proxy.host, host: authority, status }));
  if (status === 0) return new ProxyError(sentence('proxyNotHttp', { proxy: proxy.host }));
  if (status === 407) return new ProxyError(sentence('proxyWantsCredentials', { proxy: proxy.host, status }));
  return new ProxyError(sentence('proxyRefusesTunnel', { proxy: proxy.host, host: authority, status }));
}
