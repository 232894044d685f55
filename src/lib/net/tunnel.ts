import type { Socket } from 'node:net';

/** `credentials`: it wants some. `refused`: it lets nobody through to there. `no-way`: it does not get there itself. */
type ProxyTrouble = 'unreachable' | 'silent' | 'closed' | 'not-http' | 'credentials' | 'refused' | 'no-way';

/** What went wrong on the way through a proxy. */
export class ProxyFailure extends Error {
  readonly trouble: ProxyTrouble;
  /** `host:port` */
  readonly proxy: string;
  /** Where to, `host:port`. */
  readonly target: string;
  /** What it answered; 0: nothing. */
  readonly status: number;

  constructor(
    trouble: ProxyTrouble,
    { proxy, target, status = 0 }: { readonly proxy: URL; readonly target: string; readonly status?: number },
    options?: ErrorOptions,
  ) {
    super(`proxy ${proxy.host}: ${trouble}`, options);
    this.trouble = trouble;
    this.proxy = proxy.host;
    this.target = target;
    this.status = status;
  }
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
  target: string,
  done: (failure?: ProxyFailure) => void,
): void {
  const authorization = proxyAuthorization(proxy);
  const lines = [`CONNECT ${target} HTTP/1.1`, `host: ${target}`];
  if (authorization !== undefined) lines.push(`proxy-authorization: ${authorization}`);
  let answer = '';
  const finish = (failure?: ProxyFailure): void => {
    socket.off('data', read).off('end', ended);
    socket.pause();
    done(failure);
  };
  const ended = (): void => finish(new ProxyFailure('closed', { proxy, target }));
  const read = (chunk: Buffer): void => {
    answer += chunk.toString('latin1');
    if (answer.length > maxAnswerBytes) finish(new ProxyFailure('not-http', { proxy, target }));
    else if (answer.includes('\r\n\r\n')) finish(judgeTunnel(answer, proxy, target));
  };
  socket.on('data', read).once('end', ended);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
}

function judgeTunnel(answer: string, proxy: URL, target: string): ProxyFailure | undefined {
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? 0);
  if (status >= 200 && status < 300) return undefined;
  return new ProxyFailure(troubleOf(status), { proxy, target, status });
}

function troubleOf(status: number): ProxyTrouble {
  if (status >= 500) return 'no-way';
  if (status === 0) return 'not-http';
  return status === 407 ? 'credentials' : 'refused';
}
