import type { Socket } from 'node:net';
import type { NetworkSettings } from '../../../model/settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The way to a proxy could not be had: that says nothing about what lies behind it. */
export class ProxyError extends Error {}

/** The proxy found no way to the server. */
export class BehindProxyError extends Error {}

/** The proxy for an origin, by its source's settings, else by the environment as curl reads it. */
export function proxyFor(
  origin: string,
  network: NetworkSettings | undefined,
  env: Environment,
): URL | undefined {
  if (network?.proxy !== undefined) return network.proxy === 'none' ? undefined : new URL(network.proxy);
  const { protocol, hostname, port } = new URL(origin);
  const variable = protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  // The upper-case HTTP_PROXY can be set by a request to a CGI program (CVE-2016-5385): here nobody is one.
  const value = env[variable] ?? env[variable.toUpperCase()] ?? env['all_proxy'] ?? env['ALL_PROXY'];
  if (value === undefined || value === '') return undefined;
  const excluded = env['no_proxy'] ?? env['NO_PROXY'] ?? '';
  if (isExcluded(hostname, port, excluded)) return undefined;
  return new URL(value.includes('://') ? value : `http://${value}`);
}

/** `host`, `.domain`, `*.domain`, `host:port` or `*`, separated by commas or blanks. */
function isExcluded(hostname: string, port: string, list: string): boolean {
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = entry, only] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (only !== undefined && only !== port) return false;
      const bare = name.replace(/^\*?\./, '');
      return hostname === bare || hostname.endsWith(`.${bare}`);
    });
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
  const ended = (): void => finish(new ProxyError(`the proxy ${proxy.host} closed the connection`));
  const read = (chunk: Buffer): void => {
    answer += chunk.toString('latin1');
    if (answer.length > maxAnswerBytes) finish(new ProxyError(`the proxy ${proxy.host} does not speak HTTP`));
    else if (answer.includes('\r\n\r\n')) finish(judgeTunnel(answer, proxy, authority));
  };
  socket.on('data', read).once('end', ended);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
}

function judgeTunnel(answer: string, proxy: URL, authority: string): Error | undefined {
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? 0);
  if (status >= 200 && status < 300) return undefined;
  if (status >= 500)
    return new BehindProxyError(`the proxy ${proxy.host} cannot reach ${authority}: HTTP ${status}`);
  if (status === 0) return new ProxyError(`the proxy ${proxy.host} does not speak HTTP`);
  const what = status === 407 ? 'wants credentials' : `refuses a tunnel to ${authority}`;
  return new ProxyError(`the proxy ${proxy.host} ${what}: HTTP ${status}`);
}
