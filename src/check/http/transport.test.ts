import { inEnglish } from '../../messages/in-language.ts';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { deadOrigin, serve } from '../../../test/support/check-harness.ts';
import { type Clock, ManualClock, systemClock } from '../../lib/time/clock.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import type { Failure, ExchangeResult, SendOptions, HttpTransport } from './port.ts';
import type { ProxyEnvironment } from '../../lib/net/proxy.ts';
import { AddressPolicy } from '../../lib/net/addresses.ts';
import { createHttpTransport } from './transport.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

function transport(
  clock: Clock = systemClock,
  trusted?: ReadonlySet<string>,
  environment: ProxyEnvironment = {},
): HttpTransport {
  const policy = new AddressPolicy(trusted);
  const made = createHttpTransport({ clock, policy: () => policy, environment });
  opened.push(made);
  return made;
}

/** A server that speaks bytes: `talk` gets the socket and the number of the request on it. */
async function raw(talk: (socket: Socket, count: number) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let count = 0;
    socket.on('error', () => undefined);
    socket.on('data', () => talk(socket, ++count));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

function send(
  via: HttpTransport,
  origin: string,
  more: Partial<SendOptions> & { request?: Partial<OutgoingRequest> } = {},
): Promise<ExchangeResult> {
  const { request, ...options } = more;
  return via.send(
    { method: 'GET', url: `${origin}/`, headers: {}, ...request },
    {
      origin,
      timeouts: { connectMs: 1000, firstByteMs: 2000, totalMs: 3000 },
      maxBytes: 10_000,
      repeatable: true,
      ...options,
    },
  ).outcome;
}

async function failure(outcome: Promise<ExchangeResult>): Promise<Pick<Failure, 'code' | 'message'>> {
  const landed = await outcome;
  if (landed.ok) throw new Error(`answered ${landed.status}`);
  return { code: landed.code, message: landed.message };
}

/** Lets real I/O go on until `condition` holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

describe('a request', () => {
  it('goes out as it was planned, without the fragment', async () => {
    const server = await serve((request, response) => {
      response.setHeader('x-seen', [request.method, request.url, request.headers['x-a']].join(' '));
      request.pipe(response);
    });
    opened.push(server);
    const outcome = await send(transport(), server.origin, {
      request: { method: 'POST', url: `${server.origin}/a?b=%20#c`, headers: { 'x-a': '1' }, body: 'text' },
    });
    if (!outcome.ok) throw new Error(inEnglish(outcome.message));
    const headers = outcome.rawHeaders.map((bytes) => Buffer.from(bytes).toString());
    expect(headers[headers.indexOf('x-seen') + 1]).toBe('POST /a?b=%20 1');
    expect(outcome.body.toString()).toBe('text');
  });

  it('gets a path when its URL has none', async () => {
    const server = await serve((request, response) => response.end(request.url));
    opened.push(server);
    const outcome = await send(transport(), server.origin, { request: { url: `${server.origin}?a=1` } });
    expect(outcome.ok && outcome.body.toString()).toBe('/?a=1');
  });

  it('is not harmed by 1xx answers before the real one', async () => {
    const origin = await raw((socket) => socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${ok}`));
    expect(await send(transport(), origin)).toMatchObject({ ok: true, status: 200, bytes: 2 });
  });

  it.each<[string, (socket: Socket, count: number) => void, Failure['code'], string | RegExp]>([
    ['closed', (socket) => socket.end(), 'reset', /^the server closed the connection \(/],
    [
      'reset',
      (socket) => socket.resetAndDestroy(),
      'reset',
      /^the server reset the connection \(.*ECONNRESET/,
    ],
    ['not HTTP', (socket) => socket.write('SSH-2.0\r\n\r\n'), 'protocol', /^the answer is not HTTP \(/],
    [
      'broken off',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n123'),
      'reset',
      /^the server closed the connection \(.*\), after 3 bytes of the body$/,
    ],
    [
      'full of headers',
      (socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(70_000)}\r\n\r\n`),
      'protocol',
      /^the headers of the answer are over 64 KiB/,
    ],
  ])('says so when the answer is %s', async (_, talk, code, message) => {
    const found = await failure(send(transport(), await raw(talk), { repeatable: false }));
    expect(found).toEqual({ code, message: expect.saying(message) });
  });

  it('says so when nobody listens or the name does not exist', async () => {
    const origin = await deadOrigin();
    expect(await failure(send(transport(), origin))).toEqual({
      code: 'connect-refused',
      message: `connection refused (connect ECONNREFUSED ${origin.slice('http://'.length)})`,
    });
    expect(await failure(send(transport(), 'http://nowhere.invalid'))).toMatchObject({ code: 'dns' });
  });

  it('says so when the other side does not speak TLS', async () => {
    const origin = await raw((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const found = await failure(send(transport(), origin.replace('http', 'https')));
    expect(found).toMatchObject({
      code: 'tls',
      message: expect.saying(/^the server does not speak TLS there but, most likely, plain HTTP/) as string,
    });
  });

  it('says so when it cannot be built', async () => {
    const origin = await raw(() => undefined);
    const found = await failure(send(transport(), origin, { request: { headers: { 'x-a': 'a\nb' } } }));
    expect(found).toMatchObject({ code: 'internal' });
  });
});

describe('a kept-alive connection', () => {
  it('that the server has closed is replaced without a word', async () => {
    let connections = 0;
    const origin = await raw((socket, count) => {
      if (count === 1) connections++;
      if (count === 1) socket.write(ok);
      else socket.destroy();
    });
    const via = transport();
    expect(await send(via, origin)).toMatchObject({ ok: true, sent: 1 });
    const second = await send(via, origin);
    expect(second).toMatchObject({ ok: true, sent: 2 });
    expect(second.phases.connectMs).toBeDefined();
    expect(connections).toBe(2);
  });

  it('is closed when nobody has used it for a minute', async () => {
    const clock = new ManualClock();
    let closed = 0;
    const origin = await raw((socket) => {
      socket.on('close', () => closed++);
      socket.write(ok);
    });
    const via = transport(clock);
    await send(via, origin);
    via.sweep();
    await clock.advance(60_001);
    via.sweep();
    await until(() => closed === 1);
  });

  it('is not shared by requests with different client certificates', async () => {
    const server = await serve((_, response) => response.end());
    opened.push(server);
    const via = transport();
    await send(via, server.origin);
    const other = await send(via, server.origin, { request: { tls: { cert: 'c', key: 'k' } } });
    expect(other.phases.connectMs).toBeDefined();
  });
});

describe('time', () => {
  it.each([
    [1999, undefined],
    [2000, { code: 'timeout', message: 'no answer within 2s' }],
  ])('is up %i ms after the request was sent when there is no first byte', async (ms, expected) => {
    const clock = new ManualClock();
    let asked = false;
    const origin = await raw(() => {
      asked = true;
    });
    let found: unknown;
    const via = transport(clock);
    const sending = via.send(
      { method: 'GET', url: `${origin}/`, headers: {} },
      {
        origin,
        timeouts: { connectMs: 1000, firstByteMs: 2000, totalMs: 3000 },
        maxBytes: 1,
        repeatable: true,
      },
    );
    void failure(sending.outcome).then((landed) => {
      found = landed;
    });
    await until(() => asked);
    await clock.advance(ms);
    expect(found).toEqual(expected);
    sending.cut('interrupted', 'enough');
  });

  it('is up in the middle of a body', async () => {
    const clock = new ManualClock();
    let started = false;
    const origin = await raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n123');
      started = true;
    });
    const outcome = send(transport(clock), origin);
    await until(() => started);
    for (let round = 0; round < 50; round++) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(3000);
    const landed = await outcome;
    expect(landed).toMatchObject({
      code: 'timeout',
      message: 'only 3 bytes of the body within 3s',
      bytes: 3,
    });
    expect(landed.phases.totalMs).toBe(3000);
  });

  it('is up when no connection comes about', async () => {
    const clock = new ManualClock();
    // TEST-NET-1 (RFC 5737): nobody answers there, or there is no way to it.
    const outcome = failure(send(transport(clock), 'http://192.0.2.1'));
    await clock.advance(1000);
    expect(['connect-timeout', 'connect-refused']).toContain((await outcome).code);
  });
});

describe('an address', () => {
  it.each([
    ['http://169.254.169.254', undefined, 'a cloud metadata address (169.254.169.254)'],
    ['http://127.0.0.1:9', new Set(['https://other.example']), 'an internal address (127.0.0.1)'],
    ['http://[::1]:9', new Set<string>(), 'an internal address (::1)'],
    ['http://localhost:9', new Set<string>(), 'an internal address'],
  ])('%s is not called for a document when trust is %s', async (origin, trusted, reason) => {
    const found = await failure(send(transport(systemClock, trusted), origin));
    expect(found.code).toBe('refused-address');
    expect(inEnglish(found.message)).toContain(`not called: ${origin} is ${reason}`);
    expect(inEnglish(found.message)).toContain('set it as `baseUrl`');
  });

  it('that the config names may be internal', async () => {
    const server = await serve((_, response) => response.end());
    opened.push(server);
    expect(await send(transport(systemClock, new Set([server.origin])), server.origin)).toMatchObject({
      ok: true,
    });
  });
});

it('a body beyond the limit is cut off and the connection given up', async () => {
  let closed = false;
  const server = await serve((request, response) => {
    request.socket.on('close', () => {
      closed = true;
    });
    response.end('x'.repeat(5_000_000));
  });
  opened.push(server);
  const outcome = await send(transport(), server.origin, { maxBytes: 1000 });
  expect(outcome).toMatchObject({ ok: true, truncated: true, status: 200 });
  expect(outcome.ok && outcome.body.length).toBe(1000);
  await until(() => closed);
});

describe('a stream that does not end', () => {
  it.each([
    ['is stopped after a second', 60_000],
    ['is stopped when there is no more time', 500],
  ])('%s', async (_, totalMs) => {
    const clock = new ManualClock();
    let closed = false;
    const origin = await raw((socket) => {
      socket.on('close', () => {
        closed = true;
      });
      socket.write(
        'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n',
      );
    });
    const read = new Promise((resolve) => {
      subscribe('undici:request:headers', resolve);
      opened.push({ close: async () => void unsubscribe('undici:request:headers', resolve) });
    });
    let landed: ExchangeResult | undefined;
    const timeouts = { connectMs: 60_000, firstByteMs: 60_000, totalMs };
    const outcome = send(transport(clock), origin, { timeouts }).then((found) => {
      landed = found;
    });
    await read;
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(totalMs === 500 ? 500 : 999);
    expect(landed === undefined).toBe(totalMs > 500);
    await clock.advance(1);
    await outcome;
    expect(landed).toMatchObject({
      ok: true,
      status: 200,
      truncated: true,
      endless: true,
      phases: { downloadMs: 0 },
    });
    expect(landed?.ok === true && landed.body.toString()).toBe('data: 1\n\n');
    await until(() => closed);
  });

  it('is read to its end when it has one', async () => {
    const server = await serve((_, response) =>
      response.setHeader('content-type', 'text/event-stream').end('data: 1\n\n'),
    );
    opened.push(server);
    const outcome = await send(transport(), server.origin);
    expect(outcome).toMatchObject({ ok: true, truncated: false, bytes: 9 });
    expect(outcome).not.toHaveProperty('endless');
  });
});
