import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { desk, fine, isLong, openApi, serve, type ServedPage } from './stage.ts';

/** The text of a whole exchange over one connection; ends when the server ends it, or after its first answer. */
async function exchange(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    answer += text;
    if (answer.includes('\r\n\r\n')) setImmediate(() => socket.end());
  });
  socket.on('error', () => socket.destroy());
  socket.write(request, 'latin1');
  await new Promise<void>((resolve) => whenClosed(socket, resolve));
  return answer;
}

function whenClosed(socket: Socket, then: () => void): void {
  if (socket.closed) then();
  else socket.once('close', then);
}

const get = (path: string, host: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;

describe('what is sent to the page', { timeout: 240_000 }, () => {
  it('is answered, refused or cut off', async () => {
    const page = await open();
    const { port } = page;
    const own = `127.0.0.1:${port}`;
    // A page of a stranger whose name has come to mean this machine.
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', '169.254.169.254'])
      expect(await exchange(port, get('/api/v1/overview', host))).toMatch(/^HTTP\/1\.1 421 /);
    for (const target of [`http://evil.example/healthz`, `http://127.0.0.1:1/api/v1/overview`])
      expect(await exchange(port, get(target, own))).toMatch(/^HTTP\/1\.1 421 /);
    expect(await exchange(port, get(`http://${own}/healthz`, own))).toMatch(/^HTTP\/1\.1 200 /);
    for (const path of [
      '/../../../etc/passwd',
      '/..%2f..%2f..%2fetc/passwd',
      '/%2e%2e/%2e%2e/package.json',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/assets/%2e%2e/%2e%2e/cli/main.js',
      '/assets/..%5c..%5ccli%5cmain.js',
      '/..\\..\\package.json',
      '/index.html%00.js',
      '/%252e%252e/package.json',
    ])
      expect(await exchange(port, get(path, own))).toMatch(/^HTTP\/1\.1 40[04] /);
    // More than the parser takes is refused, or the connection reset before all of it is written.
    for (const framing of [
      'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
      'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
      'Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello',
      'Content-Length: 1\n\n',
      `X: ${'a'.repeat(17_000)}\r\n\r\n`,
    ])
      expect(await exchange(port, `POST /api/v1/silences HTTP/1.1\r\nHost: ${own}\r\n${framing}`)).toMatch(
        /^(?:HTTP\/1\.1 4\d\d [^]*)?$/,
      );
    expect(await exchange(port, 'GET /healthz HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    await stillThere(page);
  });

  it('slowly holds up nobody else', async () => {
    const page = await open();
    const sockets = Array.from({ length: isLong ? 3000 : 300 }, () => {
      const socket = connect(page.port, '127.0.0.1');
      socket.on('error', () => socket.destroy());
      socket.write('GET /healthz HTTP/1.1\r\nHost: 127');
      return socket;
    });
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    await stillThere(page);
    // They are cut off, however they trickle.
    if (isLong) {
      const trickle = setInterval(() => {
        for (const socket of sockets) if (socket.writable) socket.write('x');
      }, 2000);
      await Promise.all(
        sockets.map((socket) => new Promise<void>((resolve) => whenClosed(socket.resume(), resolve))),
      );
      clearInterval(trickle);
    }
    for (const socket of sockets) socket.destroy();
  });

  it('as a body without an end is not taken', async () => {
    const page = await open();
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(0x20)),
    });
    const sent = fetch(`${page.origin}/api/v1/silences`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    });
    const status = await sent.then((answer) => answer.status).catch(() => 'cut off');
    expect([413, 'cut off']).toContain(status);
    await stillThere(page);
  });

  async function open(): Promise<ServedPage> {
    const made = await desk({ services: [{ name: 'orders', docs: './api.json' }] });
    await made.write('api.json', openApi({ '/orders': { get: fine } }));
    return serve(made);
  }

  async function stillThere({ origin }: ServedPage): Promise<void> {
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  }
});
