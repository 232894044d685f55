import { inEnglish } from '../../messages/in-language.ts';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/time/clock.ts';
import type { Method } from '../../model/document.ts';
import type { ExchangeResult, HttpTransport } from './port.ts';
import { AddressPolicy } from '../../lib/net/addresses.ts';
import { createHttpTransport } from './transport.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

interface Served {
  readonly origin: string;
  /** Requests so far, by connection. */
  readonly requests: readonly number[];
}

/** Answers every request with these bytes. */
async function serve(answer: (socket: Socket, count: number) => void): Promise<Served> {
  const requests: number[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    const index = requests.push(0) - 1;
    let asked = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      asked += chunk.toString('latin1');
      if (!asked.includes('\r\n\r\n')) return;
      asked = '';
      requests[index] = (requests[index] ?? 0) + 1;
      answer(socket, requests[index]);
    });
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
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { origin: `http://127.0.0.1:${port}`, requests };
}

function transport(): HttpTransport {
  const policy = new AddressPolicy(undefined);
  const made = createHttpTransport({ clock: systemClock, policy: () => policy, environment: {} });
  opened.push(made);
  return made;
}

function call(
  via: HttpTransport,
  origin: string,
  method: Method = 'GET',
  repeatable = true,
): Promise<ExchangeResult> {
  return via.send(
    { method, url: `${origin}/`, headers: {} },
    {
      origin,
      timeouts: { connectMs: 2000, firstByteMs: 3000, totalMs: 5000 },
      maxBytes: 10_000,
      repeatable,
    },
  ).outcome;
}

async function told(outcome: Promise<ExchangeResult>): Promise<string> {
  const landed = await outcome;
  return landed.ok
    ? `${landed.status} ${landed.body.toString()}`
    : `${landed.code}: ${inEnglish(landed.message)}`;
}

async function byteByByte(socket: Socket, bytes: Buffer): Promise<void> {
  for (const byte of bytes) {
    socket.write(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const ok = 'HTTP/1.1 200 OK\r\n';
const sized = 'Content-Length: 2\r\n\r\n{}';
const chunked = 'Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n';

describe('an answer that every client takes is taken', () => {
  it.each<[string, string, string?]>([
    ['204 with a length', 'HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n', '204 '],
    ['204 with a length and a body', `HTTP/1.1 204 No Content\r\n${sized}`, '204 '],
    ['204 in chunks', 'HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', '204 '],
    ['304 with a length', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 20\r\n\r\n', '304 '],
    ['a length beside chunks', `${ok}Content-Length: 2\r\n${chunked}`],
    ['chunks beside a wrong length', `${ok}${chunked.replace('\r\n\r\n', '\r\nContent-Length: 70\r\n\r\n')}`],
    ['twice the same length', `${ok}Content-Length: 2\r\n${sized}`],
    ['twice the same length in one line', `${ok}Content-Length: 2, 2\r\n\r\n{}`],
    ['a length with a sign', `${ok}Content-Length: +2\r\n\r\n{}`],
    ['a length between tabs', `${ok}Content-Length:\t2\t\r\n\r\n{}`],
    ['chunked twice', `${ok}Transfer-Encoding: chunked\r\n${chunked}`],
    ['identity beside a length', `${ok}Transfer-Encoding: identity\r\n${sized}`],
    ['a 100 that nobody asked for', `HTTP/1.1 100 Continue\r\n\r\n${ok}${sized}`],
    ['two of them, with headers', `HTTP/1.1 100 Continue\r\nDate: x\r\n\r\n`.repeat(2) + ok + sized],
    ['102', `HTTP/1.1 102 Processing\r\n\r\n${ok}${sized}`],
    ['early hints', `HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n${ok}${sized}`],
    ['line feeds alone', 'HTTP/1.1 200 OK\nContent-Length: 2\n\n{}'],
    ['line feeds here and there', `${ok}Content-Length: 2\nX: y\r\n\n{}`],
    ['line feeds alone, chunked', 'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\n{}\n0\n\n'],
    ['no reason', `HTTP/1.1 200\r\n${sized}`],
    ['a reason in Chinese', `HTTP/1.1 200 成功\r\n${sized}`],
    ['blanks in the first line', `HTTP/1.1  200  OK\r\n${sized}`],
    ['a lower-case protocol', `http/1.1 200 OK\r\n${sized}`],
    ['a protocol that it does not speak', `HTTP/2 200 OK\r\n${sized}`],
    ['lower-case names', `${ok}content-length: 2\r\n\r\n{}`],
    ['a blank before the colon', `${ok}X-A : 2\r\nContent-Length : 2\r\n\r\n{}`],
    ['no blank behind the colon', `${ok}Content-Length:2\r\n\r\n{}`],
    ['a folded header', `${ok}X-Long: a\r\n b\r\n\tc\r\n${sized}`],
    ['a header folded at once', `${ok}Connection:\r\n keep-alive\r\n${sized}`],
    [
      'names with blanks and letters of other scripts',
      `${ok}X Powered By: y\r\nX-名: z\r\nX(A): b\r\n${sized}`,
    ],
    ['a header without a name', `${ok}: x\r\n${sized}`],
    ['Chinese in a header', `${ok}X-Name: 中文\r\n${sized}`],
    ['control characters in a header', `${ok}X-Name: a\u0001b\r\n${sized}`],
    ['a lone carriage return in a header', `${ok}X-Name: a\rb\r\n${sized}`],
    ['an upgrade on offer', `${ok}Upgrade: h2,h2c\r\nConnection: Upgrade, Keep-Alive\r\n${sized}`],
    ['lines behind the body', `${ok}${sized}\r\n\r\n`],
    ['an empty line before it', `\r\n${ok}${sized}`],
    [
      'chunk extensions and trailers',
      `${ok}Transfer-Encoding: chunked\r\n\r\n2;a="b"\r\n{}\r\n0;x\r\nX-T: 1\r\nodd trailer\r\n\r\n`,
    ],
    ['padded chunk sizes', `${ok}Transfer-Encoding: chunked\r\n\r\n0002  \r\n{}\r\n000 \r\n\r\n`],
    ['a status of its own', `HTTP/1.1 999 Mine\r\n${sized}`, '999 {}'],
  ])('%s', async (_, answer, expected = '200 {}') => {
    const bytes = Buffer.from(answer);
    const whole = await serve((socket) => void socket.write(bytes));
    expect(await told(call(transport(), whole.origin))).toBe(expected);
    const dripping = await serve((socket) => void byteByByte(socket, bytes));
    expect(await told(call(transport(), dripping.origin))).toBe(expected);
  });

  it.each<[string, string]>([
    ['HTTP/1.0 without a length', 'HTTP/1.0 200 OK\r\n\r\n{}'],
    ['HTTP/1.1 without a length', `${ok}\r\n{}`],
    ['a length longer than anything', `${ok}Content-Length: 99999999999999999999\r\n\r\n{}`],
    ['identity without a length', `${ok}Transfer-Encoding: identity\r\n\r\n{}`],
  ])('%s, which ends with the connection', async (_, answer) => {
    const { origin } = await serve((socket) => void socket.end(answer));
    expect(await told(call(transport(), origin))).toBe('200 {}');
  });

  it('to HEAD, with the length that GET would have, or in chunks that do not come', async () => {
    for (const framing of [
      'Content-Length: 2',
      'Transfer-Encoding: chunked',
      'Content-Length: 2\r\nTransfer-Encoding: chunked',
    ]) {
      const { origin } = await serve((socket) => void socket.write(`${ok}${framing}\r\n\r\n`));
      expect(await told(call(transport(), origin, 'HEAD'))).toBe('200 ');
    }
  });

  it('and its headers are those that it has', async () => {
    const { origin } = await serve(
      (socket) => void socket.write(`${ok}X-Long: a\r\n  b\r\nX-B : c\r\n${sized}`),
    );
    const landed = await call(transport(), origin);
    const headers = landed.ok ? landed.rawHeaders.map((one) => Buffer.from(one).toString()) : [];
    expect(headers).toEqual(['X-Long', 'a b', 'X-B', 'c', 'Content-Length', '2']);
  });

  it('and what it leaves behind does not reach the next one', async () => {
    const { origin, requests } = await serve(
      (socket) => void socket.write(`HTTP/1.1 204 No Content\r\n${sized}`),
    );
    const via = transport();
    expect([await told(call(via, origin)), await told(call(via, origin))]).toEqual(['204 ', '204 ']);
    expect(requests).toEqual([1, 1]);
  });
});

describe('an answer that nobody can make sense of is refused with the reason', () => {
  it.each<[string, string, string]>([
    [
      'two lengths',
      `${ok}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} `,
      'protocol: the answer has two lengths: content-length 2, 3',
    ],
    [
      'a length below zero',
      `${ok}Content-Length: -1\r\n\r\n{}`,
      'protocol: the answer has no length: content-length "-1"',
    ],
    [
      'a length in words',
      `${ok}Content-Length: two\r\n\r\n{}`,
      'protocol: the answer has no length: content-length "two"',
    ],
    [
      'a line without a colon',
      `${ok}garbage\r\n${sized}`,
      'protocol: a header line of the answer has no colon: "garbage"',
    ],
    ['a NUL byte', `${ok}X: a\0b\r\n${sized}`, 'protocol: a header of the answer has a NUL byte in it'],
    [
      'another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n',
      'protocol: the server switches to another protocol, which was not asked for',
    ],
    [
      'interim answers without an end',
      'HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000),
      'protocol: more than 20 interim answers (HTTP 100) and no other',
    ],
    ['no status', `HTTP/1.1 000 None\r\n${sized}`, 'protocol: the answer has no status'],
    [
      'no HTTP',
      'SSH-2.0-OpenSSH_9.2\r\n\r\n',
      'protocol: the answer is not HTTP (Response does not match the HTTP/1.1 protocol (Expected HTTP/, RTSP/ or ICE/))',
    ],
    [
      'chunks that are none',
      `${ok}Transfer-Encoding: chunked\r\n\r\n{"a":1}\r\n`,
      'protocol: the answer is not HTTP (Response does not match the HTTP/1.1 protocol (Invalid character in chunk size)), after 0 bytes of the body',
    ],
  ])('%s', async (_, answer, expected) => {
    const { origin } = await serve((socket) => void socket.write(answer));
    expect(await told(call(transport(), origin))).toBe(expected);
  });

  it('also one that is shorter than it says', async () => {
    const { origin } = await serve((socket) => void socket.end(`${ok}Content-Length: 5\r\n\r\n{}`));
    expect(await told(call(transport(), origin))).toMatch(/^reset: .*, after 2 bytes of the body$/);
  });

  it('and one of which only the beginning comes is said to be that', async () => {
    const { origin } = await serve((socket) => void socket.write('HTTP/1.1 200 OK\r\nX-'));
    const landed = transport().send(
      { method: 'GET', url: `${origin}/`, headers: {} },
      {
        origin,
        timeouts: { connectMs: 2000, firstByteMs: 100, totalMs: 5000 },
        maxBytes: 100,
        repeatable: true,
      },
    );
    expect(await told(landed.outcome)).toBe('timeout: only the beginning of an answer within 100ms');
  });
});

describe('a kept-alive connection that the server has given up', () => {
  const ending: readonly [string, (socket: Socket) => void][] = [
    ['resets', (socket) => socket.resetAndDestroy()],
    ['closes', (socket) => void socket.end()],
    [
      'resets after the beginning of an answer',
      (socket) => void socket.write('HTTP/1.1 200 OK\r\n', () => socket.resetAndDestroy()),
    ],
  ];

  it.each(ending)('costs no GET when it %s', async (_, end) => {
    const { origin, requests } = await serve((socket, count) =>
      count > 1 ? end(socket) : void socket.write(`${ok}${sized}`),
    );
    const via = transport();
    await call(via, origin);
    expect(await told(call(via, origin))).toBe('200 {}');
    expect(requests).toEqual([2, 1]);
  });

  it.each(ending)(
    'never carries what must not be sent twice, so that nothing happens when it %s',
    async (_, end) => {
      const { origin, requests } = await serve((socket, count) =>
        count > 1 ? end(socket) : void socket.write(`${ok}${sized}`),
      );
      const via = transport();
      await call(via, origin);
      expect(await told(call(via, origin, 'POST', false))).toBe('200 {}');
      expect(requests).toEqual([1, 1]);
    },
  );

  it('is not what carried something that must not be sent twice: nothing else goes over that one', async () => {
    const { origin, requests } = await serve((socket) => void socket.write(`${ok}${sized}`));
    const via = transport();
    await call(via, origin, 'POST', false);
    await call(via, origin);
    await call(via, origin, 'POST', false);
    expect(requests).toEqual([1, 1, 1]);
  });

  it('is no excuse for a new one that breaks: what must not be sent twice is sent once', async () => {
    const { origin, requests } = await serve((socket) => socket.resetAndDestroy());
    expect(await told(call(transport(), origin, 'POST', false))).toMatch(/^reset: /);
    expect(requests).toEqual([1]);
  });
});

describe('an answer that goes on beside its data', () => {
  const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
  it.each([
    ['a chunk extension', '1;', 'a'.repeat(1000)],
    ['trailers', 'b\r\n{"ok":true}\r\n0\r\n', 'x-a: b\r\n'.repeat(100)],
    ['extensions larger than the chunks', '', `1;${'a'.repeat(8000)}\r\nx\r\n`],
  ])('without end is given up: %s', async (_, begin, more) => {
    let written = 0;
    const { origin } = await serve((socket) => {
      socket.write(chunked + begin);
      const flood = (): void => {
        while (!socket.destroyed && socket.write(more)) written += more.length;
      };
      socket.on('drain', flood);
      flood();
    });
    expect(await call(transport(), origin)).toMatchObject({
      ok: false,
      code: 'protocol',
      message: expect.saying('the answer goes on without end beside its data'),
    });
    expect(written).toBeLessThan(64 << 20);
  });

  it('in small chunks with a few trailers is read', async () => {
    const text = JSON.stringify({ items: Array.from({ length: 2000 }, (_, no) => no) });
    const chunks = Array.from(text, (one) => `1;n=v\r\n${one}\r\n`).join('');
    const { origin } = await serve((socket) => {
      socket.write(`${chunked}${chunks}0\r\n${'x-sum: abc\r\n'.repeat(50)}\r\n`);
    });
    const outcome = await call(transport(), origin);
    expect(outcome.ok && outcome.body.toString() === text).toBe(true);
  });
});
