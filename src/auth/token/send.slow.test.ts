import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { Agent } from 'undici';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it } from 'vitest';
import { never, type Received, type Reply, startServer } from '../../../test/support/auth-harness.ts';
import { ManualClock, systemClock } from '../../lib/time/clock.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import { tellingConnector } from '../../lib/tls-failure.ts';
import { createSend, mayLead, TransportError } from './send.ts';

const limits = { totalMs: 5000, bodyBytes: 1000 };
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function serve(answer: (request: Received) => Reply) {
  const server = await startServer(answer);
  closers.push(server.close);
  return server;
}

function sender(clock = systemClock) {
  const send = createSend({ clock, limits });
  closers.push(send.close);
  return send;
}

describe('sending', () => {
  it('passes method, headers and body on and hands the answer back, redirects included', async () => {
    const server = await serve(() => ({
      status: 302,
      headers: { location: '/next', 'set-cookie': ['a=1', 'b=2'] },
      body: 'moved',
    }));
    const answer = await sender()(
      { method: 'POST', url: `${server.url}/login?x=1`, headers: { 'x-a': 'b' }, body: 'hello' },
      never,
    );
    expect(server.requests).toMatchObject([
      { method: 'POST', url: '/login?x=1', body: 'hello', headers: { 'x-a': 'b' } },
    ]);
    expect(answer).toMatchObject({
      status: 302,
      headers: { location: '/next', 'set-cookie': ['a=1', 'b=2'] },
      body: 'moved',
    });
  });

  it('says who asks, unless the request says so itself', async () => {
    const server = await serve(() => ({}));
    const send = createSend({ clock: systemClock, limits, userAgent: 'apipatrol/1' });
    closers.push(send.close);
    await send({ method: 'GET', url: server.url, headers: {} }, never);
    await send({ method: 'GET', url: server.url, headers: { 'user-agent': 'mobile' } }, never);
    expect(server.requests.map(({ headers }) => headers['user-agent'])).toEqual(['apipatrol/1', 'mobile']);
  });

  it('cuts a body that is too long', async () => {
    const server = await serve(() => ({ body: 'x'.repeat(5000) }));
    const answer = await sender()({ method: 'GET', url: server.url, headers: {} }, never);
    expect(answer.body).toHaveLength(1000);
  });

  it.each<[string, Buffer, string]>([
    ['text/plain; charset=gbk', Buffer.from([0xc3, 0xdc, 0xc2, 0xeb]), '密码'],
    ['text/plain; charset=nonsense', Buffer.from('密码'), '密码'],
    ['text/plain', Buffer.from('密码'), '密码'],
  ])('reads %s', async (type, bytes, expected) => {
    const server = await raw(
      `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${bytes.length}\r\n\r\n`,
      bytes,
    );
    const answer = await sender()({ method: 'GET', url: server, headers: {} }, never);
    expect(answer.body).toBe(expected);
  });

  it('says what failed without the query', async () => {
    const server = await startServer(() => ({}));
    await server.close();
    const sent = sender()({ method: 'GET', url: `${server.url}/login?password=p4ss`, headers: {} }, never);
    await expect(sent).rejects.toThrow(TransportError);
    await expect(sent).rejects.toThrow(/^GET http:\/\/127\.0\.0\.1:\d+\/login failed: connect ECONNREFUSED/);
  });

  it('gives up when its time is over', async () => {
    const clock = new ManualClock();
    const silent = await raw('', Buffer.alloc(0));
    const sent = sender(clock)({ method: 'GET', url: silent, headers: {} }, never);
    await Promise.all([
      expect(sent).rejects.toThrow(/^GET http:\S+ did not answer within 5 s$/),
      clock.advance(5000),
    ]);
  });

  it('gives up when the caller does', async () => {
    const silent = await raw('', Buffer.alloc(0));
    const stop = new AbortController();
    const sent = sender()({ method: 'GET', url: silent, headers: {} }, stop.signal);
    stop.abort();
    await expect(sent).rejects.toThrow(/was interrupted$/);
    await expect(sender()({ method: 'GET', url: silent, headers: {} }, stop.signal)).rejects.toThrow(
      /was interrupted$/,
    );
  });

  it('does not name an address that is not a URL', async () => {
    const sent = sender()({ method: 'GET', url: 'no url?password=p4ss', headers: {} }, never);
    await expect(sent).rejects.toThrow(/^GET \(not a URL\) failed: Invalid URL$/);
  });
});

/** A server that answers every connection with these bytes, or with nothing at all. */
async function raw(head: string, body: Buffer): Promise<string> {
  const sockets: import('node:net').Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    if (head !== '') socket.once('data', () => socket.end(Buffer.concat([Buffer.from(head), body])));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as import('node:net').AddressInfo;
  return `http://127.0.0.1:${port}`;
}

describe('a server that lets nobody in without a client certificate', () => {
  it.each<['TLSv1.2' | 'TLSv1.3', RegExp]>([
    [
      'TLSv1.2',
      /failed: the server refuses the TLS handshake: it requires a client certificate, or .*`scheme: mtls`/,
    ],
    [
      'TLSv1.3',
      /failed: the server requires a client certificate \(tlsv13 alert certificate required\); name a credential with `scheme: mtls` under `uses` of this one$/,
    ],
  ])('of %s is told as that, with what to configure', async (version, expected) => {
    const own = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    });
    const client = await generate([{ name: 'commonName', value: 'client' }]);
    const server = createHttpsServer({
      key: own.private,
      cert: own.cert,
      ca: client.cert,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: version,
      maxVersion: version,
    });
    server.on('tlsClientError', () => undefined);
    const port = await new Promise<number>((resolve) => {
      server.listen(0, () => resolve((server.address() as AddressInfo).port));
    });
    closers.push(async () => server.close());
    const url = `https://localhost:${port}/token`;
    const agent = new Agent({ connect: tellingConnector({ ca: own.cert }) });
    const reach = ({ tls }: OutgoingRequest) =>
      tls === undefined ? agent : new Agent({ connect: tellingConnector(tls) });
    const send = createSend({ reach, clock: systemClock, limits });
    closers.push(() => agent.destroy());
    for (const method of ['GET', 'POST'])
      await expect(send({ method, url, headers: {}, body: 'a=1' }, never)).rejects.toThrow(expected);
    // With one that is not accepted there is nothing to name.
    const stranger = await generate([{ name: 'commonName', value: 'stranger' }]);
    const tls = { cert: stranger.cert, key: stranger.private, ca: own.cert };
    await expect(send({ method: 'POST', url, headers: {}, tls }, never)).rejects.toThrow(
      /failed: (?!.*mtls)/,
    );
  });
});

describe('where an answer may lead what signs in', () => {
  it.each([
    ['/oauth/token', '/oauth/token/', true],
    ['/tok', '/users/7/delete', false],
    ['/del', '/users/7/delete', false],
    ['/auth/delete', '/users/7/delete', false],
    ['/auth/del', '/users/7/del', false],
    ['/del/purge', '/del/everything', false],
    ['/auth/del', '/auth/del/', true],
    ['/auth/del', '/Auth/Del', true],
    ['/auth/del', '/auth/del?action=delete', false],
    ['/login', '/sso/createSession', true],
  ])('from %s to %s: %s', (first, target, expected) => {
    expect(mayLead(`http://a.example${first}`, new URL(target, 'http://a.example'))).toBe(expected);
  });
});
