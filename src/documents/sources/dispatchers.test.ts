import { inEnglish } from '../../messages/in-language.ts';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect as connectTcp } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AddressPolicy } from '../../lib/net/addresses.ts';
import type { Guard } from '../../lib/net/guarded-agent.ts';
import type { NetworkSettings, ServiceSettings } from '../../model/settings.ts';
import { Dispatchers } from './dispatchers.ts';
import { HttpClient } from './http-client.ts';

const signal = new AbortController().signal;
const everybody = (): Guard => ({ policy: new AddressPolicy(undefined), internal: undefined });
const seen: string[] = [];
let ca = '';
let plain: Server;
let secure: ReturnType<typeof createHttpsServer>;
let proxy: Server;

const portOf = (server: { address(): AddressInfo | string | null }) => (server.address() as AddressInfo).port;
const listen = (server: Pick<Server, 'listen'>) =>
  new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

beforeAll(async () => {
  const names = [{ type: 2 as const, value: 'docs.corp.test' }];
  const keys = await generate([{ name: 'commonName', value: 'docs.corp.test' }], {
    extensions: [{ name: 'subjectAltName', altNames: names }],
  });
  ca = keys.cert;
  plain = createHttpServer((request, response) => response.end(`plain ${request.headers.host}`));
  secure = createHttpsServer({ key: keys.private, cert: keys.cert }, (_, response) => response.end('secure'));
  proxy = createHttpServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? '-'}`);
    response.end('through the proxy');
  });
  proxy.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url}`);
    const tunnel = connectTcp(portOf(secure), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on('error', () => socket.destroy());
    socket.on('error', () => tunnel.destroy());
  });
  await Promise.all([listen(plain), listen(secure), listen(proxy)]);
});
afterAll(async () => {
  for (const server of [plain, secure, proxy]) {
    server.closeAllConnections();
    server.close();
  }
});

/** What reading a document comes to, and what the proxy saw of it. */
async function read(url: string, network: NetworkSettings | undefined, baseUrl?: string) {
  seen.length = 0;
  const dispatchers = new Dispatchers(everybody, {});
  const service = {
    name: 'corp',
    network,
    baseUrl,
  } as ServiceSettings;
  try {
    const answer = await new HttpClient({ dispatcher: dispatchers.of(service) }).send(
      { method: 'GET', url, headers: {} },
      signal,
    );
    return 'bytes' in answer ? Buffer.from(answer.bytes).toString() : answer.message;
  } finally {
    await dispatchers.close();
  }
}

it('goes through the proxy of the service', async () => {
  const uri = `http://user:p4ss@127.0.0.1:${portOf(proxy)}`;
  expect(inEnglish(await read('http://docs.corp.test/openapi.json', { proxy: uri }))).toBe(
    'through the proxy',
  );
  expect(seen).toEqual([
    `GET http://docs.corp.test/openapi.json Basic ${Buffer.from('user:p4ss').toString('base64')}`,
  ]);
});

it('makes a tunnel for https, and trusts the authorities of the service', async () => {
  const uri = `http://127.0.0.1:${portOf(proxy)}`;
  expect(inEnglish(await read('https://docs.corp.test/openapi.json', { proxy: uri, ca }))).toBe('secure');
  expect(seen).toEqual(['CONNECT docs.corp.test:443']);
  expect(inEnglish(await read('https://docs.corp.test/openapi.json', { proxy: uri }))).toContain(
    'self-signed certificate',
  );
});

it('finds hosts where the service says they are', async () => {
  const url = `http://docs.corp.test:${portOf(plain)}/`;
  expect(inEnglish(await read(url, { resolve: { 'docs.corp.test': '127.0.0.1' } }))).toBe(
    `plain docs.corp.test:${portOf(plain)}`,
  );
  const https = `https://docs.corp.test:${portOf(secure)}/`;
  const resolve = { 'docs.corp.test': '127.0.0.1' };
  expect(inEnglish(await read(https, { resolve, ca }))).toBe('secure');
  expect(inEnglish(await read(https, { resolve, verify: false }))).toBe('secure');
  expect(inEnglish(await read(https, { resolve }))).toContain('self-signed certificate');
});

it('asks for the name of the service, but only of the service', async () => {
  const url = `https://127.0.0.1:${portOf(secure)}/`;
  const network = { ca, serverName: 'docs.corp.test' };
  expect(inEnglish(await read(url, network))).toBe('secure');
  expect(inEnglish(await read(url, network, 'https://127.0.0.1/api'))).toBe('secure');
  expect(inEnglish(await read(url, network, 'https://orders.corp.test'))).toContain('cannot be fetched');
});

it('opens new connections when the way is another one', async () => {
  const dispatchers = new Dispatchers(everybody, {});
  const over = (network: NetworkSettings) => dispatchers.of({ name: 'a', network } as ServiceSettings);
  const own = over({ proxy: 'none' });
  expect(over({ proxy: 'none' })).toBe(own);
  expect(over({ family: 4 })).not.toBe(own);
  await dispatchers.close();
});

it('shows the client certificate that a request is signed with', async () => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'patrol' }]);
  const own = await generate([{ name: 'commonName', value: 'docs.corp.test' }]);
  const options = { key: own.private, cert: own.cert, requestCert: true, rejectUnauthorized: false };
  const mutual = createHttpsServer(options, ({ socket }, response) =>
    response.end(`hello ${String((socket as TLSSocket).getPeerCertificate().subject?.CN ?? 'stranger')}`),
  );
  await listen(mutual);
  const dispatchers = new Dispatchers(everybody, {});
  const service = { name: 'corp', network: { verify: false } } as ServiceSettings;
  const client = new HttpClient({
    dispatcher: dispatchers.of(service),
    presenting: (pair) => dispatchers.of(service, pair),
  });
  const asked = { method: 'GET', url: `https://127.0.0.1:${portOf(mutual)}/`, headers: {} } as const;
  for (const [tls, expected] of [
    [undefined, 'hello stranger'],
    [{ cert, key }, 'hello patrol'],
  ] as const) {
    const answer = await client.send({ ...asked, tls }, signal);
    expect('bytes' in answer && Buffer.from(answer.bytes).toString()).toBe(expected);
  }
  await dispatchers.close();
  mutual.closeAllConnections();
  mutual.close();
});
