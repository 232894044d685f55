import { inEnglish } from '../../messages/in-language.ts';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpServer, type IncomingMessage, request as httpRequest } from 'node:http';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { createServer as createHttpsServer } from 'node:https';
import type { SecureContextOptions, TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../../test/support/check-harness.ts';
import { type Clock, systemClock } from '../../lib/time/clock.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import type { NetworkSettings } from '../../model/settings.ts';
import type { ExchangeResult, HttpTransport } from './port.ts';
import type { ProxyEnvironment } from '../../lib/net/proxy.ts';
import { AddressPolicy } from '../../lib/net/addresses.ts';
import { createHttpTransport } from './transport.ts';
import { proxyFor } from './proxy.ts';

type Pair = Awaited<ReturnType<typeof generate>>;

const expiresAt = Date.parse('2040-01-01T00:00:00Z');
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

function transport(environment: ProxyEnvironment = {}, trusted?: ReadonlySet<string>): HttpTransport {
  const policy = new AddressPolicy(trusted);
  const made = createHttpTransport({ clock: systemClock, policy: () => policy, environment });
  opened.push(made);
  return made;
}

function send(
  via: HttpTransport,
  origin: string,
  network?: NetworkSettings,
  tls?: OutgoingRequest['tls'],
  method = 'GET',
): Promise<ExchangeResult> {
  return via.send(
    { method, url: `${origin}/path?q=1`, headers: {}, tls },
    {
      origin,
      timeouts: { connectMs: 2000, firstByteMs: 2000, totalMs: 3000 },
      maxBytes: 10_000,
      repeatable: true,
      network,
    },
  ).outcome;
}

async function bodyOf(outcome: Promise<ExchangeResult>): Promise<string> {
  const landed = await outcome;
  return landed.ok ? landed.body.toString() : `${landed.code}: ${inEnglish(landed.message)}`;
}

/** The time of this host, until another one is set. */
function shiftable(): Clock & { wall?: number } {
  const clock: Clock & { wall?: number } = {
    now: () => clock.wall ?? systemClock.now(),
    monotonic: () => systemClock.monotonic(),
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
    after: (ms, then) => systemClock.after(ms, then),
  };
  return clock;
}

/** Closes it from this side, until the other one has noticed. */
async function closed(socket: Socket): Promise<void> {
  socket.end();
  await once(socket, 'close');
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server && typeof server.closeAllConnections === 'function') {
      server.closeAllConnections();
    }
  });
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('a secure origin', () => {
  let authority: Pair;
  let client: Pair;
  let origin = '';
  const server = createSecureServer({ allowHTTP1: true });

  beforeAll(async () => {
    authority = await generate([{ name: 'commonName', value: 'localhost' }], {
      notAfterDate: new Date(expiresAt),
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    });
    client = await generate([{ name: 'commonName', value: 'patrol' }]);
    server.setSecureContext({ key: authority.private, cert: authority.cert, ca: client.cert });
    Object.assign(server, { requestCert: true, rejectUnauthorized: false });
    server.on('request', (request, response) => {
      const socket = (request.stream?.session?.socket ?? request.socket) as TLSSocket;
      const peer = socket.getPeerCertificate();
      const name = 'subject' in peer ? String(peer.subject.CN) : 'nobody';
      response.end(`${request.httpVersion} ${name} ${String(socket.servername)}`);
    });
    origin = `https://localhost:${await listen(server)}`;
  });
  afterAll(() => {
    server.close();
  });

  /** Lets in whoever shows the client certificate. */
  async function strictServer(
    versions: SecureContextOptions,
  ): Promise<{ readonly port: number; readonly strict: Server }> {
    const strict = createHttpsServer(
      {
        key: authority.private,
        cert: authority.cert,
        ca: client.cert,
        requestCert: true,
        rejectUnauthorized: true,
        ...versions,
      },
      (_, response) => response.end(),
    );
    strict.on('tlsClientError', () => undefined);
    return { port: await listen(strict), strict };
  }

  it('is called when its authority is trusted, and its certificate read', async () => {
    const outcome = await send(transport(), origin, { ca: authority.cert });
    expect(outcome).toMatchObject({
      ok: true,
      certificate: { subject: 'localhost', issuer: 'localhost', expiresAt },
    });
    expect(outcome.phases.tlsMs).toBeGreaterThan(0);
  });

  it('has its certificate also over a connection that is kept', async () => {
    const via = transport();
    const network = { ca: authority.cert };
    await send(via, origin, network);
    const second = await send(via, origin, network);
    expect(second).toMatchObject({ certificate: { expiresAt } });
    expect(second.phases.tlsMs).toBeUndefined();
  });

  it.each([
    ['is kept', false],
    ['would be resumed', true],
  ])(
    'is connected to as by a new client when a certificate has ended since, though the connection %s',
    async (_, closes) => {
      const clock = shiftable();
      const stranger = await generate([{ name: 'commonName', value: 'localhost' }]);
      const ticketKeys = randomBytes(48);
      const sockets = new Set<Socket>();
      const changing = createHttpsServer(
        { key: authority.private, cert: authority.cert, ticketKeys },
        (_, response) => response.end('well'),
      );
      changing.on('connection', (socket: Socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
      });
      const port = await listen(changing);
      opened.push({ close: () => close(changing) });
      const policy = new AddressPolicy(undefined);
      const via = createHttpTransport({ clock, policy: () => policy, environment: {} });
      opened.push(via);
      const network = { ca: authority.cert };
      const call = (): Promise<string> => bodyOf(send(via, `https://localhost:${port}`, network));
      expect(await call()).toBe('well');
      changing.setSecureContext({ key: stranger.private, cert: stranger.cert, ticketKeys });
      if (closes) await Promise.all([...sockets].map(closed));
      expect(await call()).toBe('well');
      if (closes) await Promise.all([...sockets].map(closed));
      clock.wall = expiresAt;
      expect(await call()).toMatch(/^tls: /);
    },
  );

  it.each<[string, (pair: Pair) => NetworkSettings | undefined, RegExp]>([
    ['whose authority is not trusted', () => undefined, /^tls: the certificate is self-signed/],
    [
      'whose certificate is for another name',
      ({ cert }) => ({ ca: cert, serverName: 'other.example' }),
      /^tls: the certificate is for another host name/,
    ],
    ['that is not to be verified', () => ({ verify: false }), /^1\.1 nobody localhost$/],
  ])('%s', async (_, network, expected) => {
    expect(await bodyOf(send(transport(), origin, network(authority)))).toMatch(expected);
  });

  it('says both of what it may be when nobody knows who signed its certificate', async () => {
    const names = [{ name: 'commonName', value: 'leaf' }];
    const leaf = await generate(names, { ca: { key: authority.private, cert: authority.cert } });
    const server = createHttpsServer({ key: leaf.private, cert: leaf.cert });
    opened.push({ close: () => close(server) });
    const found = await bodyOf(send(transport(), `https://localhost:${await listen(server)}`));
    expect(found).toBe(
      'tls: the issuer of the certificate is not known here: its authority is not trusted (name it as network.ca), or the server does not send an intermediate certificate (UNABLE_TO_VERIFY_LEAF_SIGNATURE: unable to verify the first certificate)',
    );
  });

  it('is shown a client certificate', async () => {
    const tls = { cert: client.cert, key: client.private, ca: authority.cert };
    expect(await bodyOf(send(transport(), origin, undefined, tls))).toBe('1.1 patrol localhost');
  });

  it.each<['TLSv1.2' | 'TLSv1.3', RegExp]>([
    ['TLSv1.2', /^tls: the server refuses the TLS handshake: it requires a client certificate, or/],
    ['TLSv1.3', /^tls: the server requires a client certificate \(tlsv13 alert certificate required\)$/],
  ])('of %s that lets nobody in without one says so', async (version, expected) => {
    const { port, strict } = await strictServer({ minVersion: version, maxVersion: version });
    for (const method of ['GET', 'HEAD']) {
      const outcome = send(
        transport(),
        `https://localhost:${port}`,
        { ca: authority.cert },
        undefined,
        method,
      );
      expect(await bodyOf(outcome)).toMatch(expected);
    }
    await close(strict);
  });

  it('that closes without a word after the handshake is told with what that may be', async () => {
    const { port, strict } = await strictServer({});
    const stranger = await generate([{ name: 'commonName', value: 'stranger' }]);
    const tls = { cert: stranger.cert, key: stranger.private };
    const outcome = send(transport(), `https://localhost:${port}`, { ca: authority.cert }, tls);
    expect(await bodyOf(outcome)).toMatch(
      /^reset: .*; it said nothing after the TLS handshake, as where a client certificate is missing or not accepted$/,
    );
    await close(strict);
  });

  it('is offered HTTP/2', async () => {
    const network = { ca: authority.cert, http2: true };
    const via = transport();
    expect(await bodyOf(send(via, origin, network))).toBe('2.0 nobody localhost');
    const second = await send(via, origin, network);
    expect(Object.keys(second.phases)).toEqual(['firstByteMs', 'downloadMs', 'totalMs']);
  });

  it('is found at the address that the config gives, under its own name', async () => {
    const { port } = new URL(origin);
    const network = { ca: authority.cert, serverName: 'localhost', resolve: { 'api.internal': '127.0.0.1' } };
    const via = transport({}, new Set());
    expect(await bodyOf(send(via, `https://api.internal:${port}`, network))).toBe('1.1 nobody localhost');
  });

  it('is connected to anew for every call when that is wanted', async () => {
    const network = { ca: authority.cert, fresh: true };
    const via = transport();
    const phases = [await send(via, origin, network), await send(via, origin, network)].map(
      (one) => one.phases,
    );
    expect(phases.map(({ connectMs, tlsMs }) => connectMs !== undefined && tlsMs !== undefined)).toEqual([
      true,
      true,
    ]);
  });

  it('is reached through the tunnel of a proxy', async () => {
    const asked: string[] = [];
    const proxy = createHttpServer();
    proxy.on('connect', (request: IncomingMessage, socket) => {
      asked.push(`${request.url} ${request.headers['proxy-authorization']}`);
      const { port } = new URL(origin);
      const onward = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => undefined);
      socket.on('error', () => undefined);
    });
    const port = await listen(proxy);
    opened.push({ close: () => close(proxy) });
    const network = { ca: authority.cert, proxy: `http://me:pa%24s@127.0.0.1:${port}` };
    expect(await bodyOf(send(transport(), origin, network))).toBe('1.1 nobody localhost');
    expect(asked).toEqual([`${origin.slice('https://'.length)} Basic ${btoa('me:pa$s')}`]);
  });
});

describe('a proxy', () => {
  it('gets requests for plain HTTP as they are, and credentials', async () => {
    const server = await serve((request, response) => response.end(`${request.headers.host} ${request.url}`));
    opened.push(server);
    const seen: string[] = [];
    const proxy = createHttpServer((request, response) => {
      seen.push(`${request.url} ${request.headers['proxy-authorization']}`);
      httpRequest(request.url ?? '', { headers: { host: request.headers.host } }, (answer) =>
        answer.pipe(response),
      ).end();
    });
    const port = await listen(proxy);
    opened.push({ close: () => close(proxy) });
    const via = transport({ http_proxy: `me:pass@127.0.0.1:${port}` });
    expect(await bodyOf(send(via, server.origin))).toBe(`${new URL(server.origin).host} /path?q=1`);
    expect(seen).toEqual([`${server.origin}/path?q=1 Basic ${btoa('me:pass')}`]);
    expect(await bodyOf(send(via, server.origin, { proxy: 'none' }))).toContain('/path?q=1');
    expect(seen).toHaveLength(1);
  });

  it.each([
    [
      'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n',
      /^self: the proxy 127\.0\.0\.1:\d+ wants credentials: HTTP 407$/,
    ],
    [
      'HTTP/1.1 403 Forbidden\r\n\r\n',
      /^self: the proxy 127\.0\.0\.1:\d+ refuses a tunnel to a\.example:443: HTTP 403$/,
    ],
    [
      'HTTP/1.1 503 Service Unavailable\r\n\r\n',
      /^connect-refused: the proxy \S+ cannot reach a\.example:443: HTTP 503$/,
    ],
    ['SSH-2.0\r\n\r\n', /^self: the proxy \S+ does not speak HTTP$/],
    ['x'.repeat(20_000), /^self: the proxy \S+ does not speak HTTP$/],
    ['', /^self: the proxy \S+ closed the connection$/],
  ])('that answers %j', async (answer, expected) => {
    const proxy = createHttpServer();
    proxy.on('connect', (_request: IncomingMessage, socket) => {
      socket.on('error', () => undefined);
      socket.end(answer);
    });
    const port = await listen(proxy);
    opened.push({ close: () => close(proxy) });
    const network = { proxy: `http://127.0.0.1:${port}` };
    expect(await bodyOf(send(transport(), 'https://a.example', network))).toMatch(expected);
  });

  it('that is not there is our own trouble', async () => {
    const server = await serve(() => undefined);
    await server.close();
    const found = await bodyOf(send(transport(), 'https://a.example', { proxy: server.origin }));
    expect(found).toMatch(/^self: the proxy 127\.0\.0\.1:\d+ cannot be reached: connect ECONNREFUSED/);
  });
});

describe('which proxy', () => {
  const environment = {
    https_proxy: 'http://p:1',
    HTTP_PROXY: 'p:2',
    no_proxy: 'localhost,.corp,10.0.0.1:8080 *.dev',
  };

  it.each<[string, NetworkSettings | undefined, ProxyEnvironment, string | undefined]>([
    ['https://a.example', undefined, environment, 'http://p:1'],
    ['http://a.example', undefined, environment, 'http://p:2'],
    ['http://a.example', undefined, { all_proxy: 'http://p:3' }, 'http://p:3'],
    ['http://a.example', { proxy: 'http://own:9' }, environment, 'http://own:9'],
    ['http://a.example', { proxy: 'none' }, environment, undefined],
    ['http://localhost:80', undefined, environment, undefined],
    ['https://api.corp', undefined, environment, undefined],
    ['https://corp', undefined, environment, undefined],
    ['https://api.dev', undefined, environment, undefined],
    ['http://10.0.0.1:8080', undefined, environment, undefined],
    ['http://10.0.0.1:81', undefined, environment, 'http://p:2'],
    ['https://a.example', undefined, { HTTPS_PROXY: 'p:1', NO_PROXY: '*' }, undefined],
    ['https://a.example', undefined, { https_proxy: '' }, undefined],
    ['https://a.example', undefined, {}, undefined],
  ])('%s with %j', (origin, network, env, expected) => {
    expect(proxyFor(origin, network, env)?.origin).toBe(expected);
  });
});
