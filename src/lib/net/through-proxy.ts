import { buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import { tellingConnector } from '../tls-failure.ts';
import { openTunnel, proxyAuthorization, ProxyFailure } from './tunnel.ts';

const connectMs = 10_000;

/**
 * Connections to one origin through a proxy. The tunnel of undici asks a proxy that closes without a word for ever again, and
 * says of no failure that it is the proxy's.
 */
export function throughProxy(
  origin: string,
  proxy: URL,
  options: Pool.Options,
  tls: buildConnector.BuildOptions,
): Dispatcher {
  if (!/^https?:$/.test(proxy.protocol)) return new ProxyAgent({ uri: proxy.href, requestTls: tls });
  if (origin.startsWith('https:'))
    return new Pool(origin, { ...options, connect: tunnelConnector(proxy, tls) });
  // A proxy takes requests for plain HTTP as they are; many refuse a tunnel to anything but 443.
  const { host } = new URL(origin);
  const connect: buildConnector.connector = (_target, done) => connectTo(proxy, host, done);
  const own = headersFor(host, proxy);
  return new Pool(proxy.origin, { ...options, connect }).compose(
    (dispatch) => (asked, handler) =>
      dispatch(
        { ...asked, path: `${origin}${asked.path}`, headers: withHeaders(asked.headers, own) },
        handler,
      ),
  );
}

type Headers = Dispatcher.DispatchOptions['headers'];

function headersFor(host: string, proxy: URL): readonly (readonly [string, string])[] {
  const authorization = proxyAuthorization(proxy);
  const named = ['host', host] as const;
  return authorization === undefined ? [named] : [named, ['proxy-authorization', authorization]];
}

function withHeaders(headers: Headers, own: ReturnType<typeof headersFor>): Headers {
  if (Array.isArray(headers)) return [...own.flat(), ...headers];
  return { ...Object.fromEntries(own), ...(headers as Record<string, string> | undefined) };
}

function tunnelConnector(proxy: URL, tls: buildConnector.BuildOptions): buildConnector.connector {
  const secure = tellingConnector({ timeout: connectMs, ...tls });
  return (target, done) => {
    const authority = `${target.hostname}:${target.port || 443}`;
    connectTo(proxy, authority, (...opened) => {
      const [error, socket] = opened;
      if (error !== null) return done(error, null);
      const broken = (cause: Error): void => end(new ProxyFailure('closed', failing, { cause }));
      const failing = { proxy, target: authority };
      const patience = setTimeout(() => end(new ProxyFailure('silent', failing)), connectMs);
      let isOver = false;
      const end = (failure?: ProxyFailure): void => {
        if (isOver) return;
        isOver = true;
        clearTimeout(patience);
        socket.off('error', broken);
        if (failure === undefined) return secure({ ...target, httpSocket: socket }, done);
        socket.on('error', () => undefined).destroy();
        done(failure, null);
      };
      socket.on('error', broken);
      openTunnel(socket, proxy, authority, end);
    });
  };
}

function connectTo(proxy: URL, target: string, done: buildConnector.Callback): void {
  const { protocol, hostname, host, port } = proxy;
  const connect = buildConnector({ timeout: connectMs });
  connect(
    { protocol, hostname, host, port: port === '' ? (protocol === 'https:' ? '443' : '80') : port },
    (...opened) => {
      const [cause] = opened;
      if (cause === null) done(...opened);
      else done(new ProxyFailure('unreachable', { proxy, target }, { cause }), null);
    },
  );
}
