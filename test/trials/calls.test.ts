import { createServer as createHttpsServer } from 'node:https';
import { createServer as createPlainServer, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { certificateEndingIn, loopback } from './support/certificate.ts';
import { checked, checkedOf, different } from './support/checked.ts';
import { listen } from './support/listening.ts';
import { intervalMs, openapi } from './support/scene.ts';
import { trial } from './support/trial.ts';
import { sleep } from './support/until.ts';
import { json } from './support/upstream.ts';

trial(
  'a certificate that ends in three days is told once and stays told, although sessions are resumed',
  async (trial) => {
    const { ca, key, cert } = await certificateEndingIn(3);
    const resumed: boolean[] = [];
    const server = createHttpsServer(
      { key, cert, ticketKeys: randomBytes(48), sessionTimeout: 86_400 },
      (request, response) => {
        resumed.push((request.socket as unknown as { isSessionReused(): boolean }).isSessionReused());
        json(response, 200, { ok: true });
      },
    );
    // Shorter than an interval: every cycle connects anew, and resumes.
    server.keepAliveTimeout = 2000;
    const port = await listen(server);
    try {
      await trial.write('ca.pem', ca);
      await trial.configure({
        network: { ca: '${file:./ca.pem}' },
        services: [await trial.service('secure', { url: `https://127.0.0.1:${port}` }, ['/a'])],
        channels: { team: trial.robots.channel() },
      });
      trial.run();
      const told = await trial.robots.untilBegun('team', 1, 90_000);
      expect(told.text).toContain('证书');
      expect(told.text).toMatch(/\b3 天/);
      await sleep(6 * intervalMs);
      expect(trial.robots.told).toHaveLength(1);
      expect((await trial.status()).code).toBe(1);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
);

trial('a certificate for an address is taken for that address', async (trial) => {
  const { ca, key, cert } = await certificateEndingIn(300, [loopback]);
  const server = createHttpsServer({ key, cert }, (_, response) => json(response, 200, { ok: true }));
  const port = await listen(server);
  try {
    await trial.write('ca.pem', ca);
    await trial.configure({
      network: { ca: '${file:./ca.pem}' },
      services: [await trial.service('secure', { url: `https://127.0.0.1:${port}` }, ['/a'])],
    });
    const results = checked(await trial.command('check', '--json'));
    expect(different(results, { 'GET /a': 'pass' })).toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

const leavings = ['reset', 'end', 'end-at-once', 'part-of-an-answer'] as const;
type Leaving = (typeof leavings)[number];

trial(
  'a server that has closed a kept-alive connection is no failure, and nothing is written twice',
  async (trial) => {
    const left = await Promise.all(leavings.map(leavingServer));
    try {
      const document = JSON.parse(openapi(['/a', '/b', '/d'])) as { paths: Record<string, unknown> };
      document.paths['/c'] = { post: { responses: { 200: { description: 'ok' } } } };
      await trial.write('kept.json', JSON.stringify(document));
      await trial.configure({
        limits: { perOrigin: 1 },
        services: left.map(({ how, url }) => ({
          name: how,
          docs: './kept.json',
          baseUrl: url,
          operations: [{ match: 'POST /c', allow: true }],
        })),
      });
      const results = checkedOf(await trial.command('check', '--json'));
      const wrong = left.flatMap(({ how }) => {
        const own = new Map(
          results.filter(({ service }) => service === how).map((one) => [one.operation, one]),
        );
        // Once a part of an answer has come, it is the server's fault that the rest has not.
        const get = how === 'part-of-an-answer' ? 'pass or degraded' : 'pass';
        const wanted = { 'GET /a': get, 'GET /b': get, 'GET /d': get, 'POST /c': 'pass' };
        return different(own, wanted).map((one) => `${how}: ${one}`);
      });
      expect(wrong).toEqual([]);
      for (const { how, asked } of left) {
        const written = asked.filter(({ line, answered }) => line.startsWith('POST') && answered);
        expect(written, `written where the server leaves so: ${how}`).toHaveLength(1);
      }
    } finally {
      for (const { server } of left) server.close();
    }
  },
);

/** Answers the first request of each connection, and leaves at the second. */
async function leavingServer(how: Leaving) {
  const asked: { readonly line: string; readonly answered: boolean }[] = [];
  const server = createPlainServer((socket) => {
    let nth = 0;
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      const answered = ++nth === 1 || how === 'end-at-once';
      asked.push({ line: data.toString().split('\r\n')[0] ?? '', answered });
      if (!answered) return leave(socket, how);
      socket.write(
        'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"ok":true}',
      );
      if (how === 'end-at-once') socket.end();
    });
  });
  return { how, asked, server, url: `http://127.0.0.1:${await listen(server)}` };
}

function leave(socket: Socket, how: Leaving): void {
  if (how === 'end') return void socket.end();
  if (how === 'part-of-an-answer') socket.write('HTTP/1.1 200 OK\r\n');
  socket.resetAndDestroy();
}

trial(
  'redirects: followed within the site, told with their target, a sign-in page named as such',
  async (trial) => {
    const server = await trial.upstream();
    server.answers(({ method, path, headers }, response) => {
      const cookies = headers.cookie ?? '';
      const to = (status: number, location: string, cookie: string[] = []) =>
        void response.writeHead(status, { location, 'set-cookie': cookie }).end();
      if (method === 'POST' && path === '/login')
        return to(302, '/sso', ['pre=1; Path=/', 'lang=zh; Path=/']);
      if (path === '/sso')
        return /pre=1/.test(cookies) ? to(302, '/home', ['SESSION=abc; Path=/']) : json(response, 401, {});
      if (path === '/slash') return to(308, '/slash/');
      if (path === '/loop') return to(302, '/loop');
      if (path === '/page') return to(302, '/login.html?next=%2Fpage');
      if (path === '/login.html')
        return void response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<html><form action="/login"><input type="password" name="p"></form></html>');
      json(response, /SESSION=abc/.test(cookies) ? 200 : 401, { ok: true });
    });
    await trial.configure({
      services: [
        await trial.service('site', server, ['/x', '/slash', '/loop', '/page'], { credential: 'form' }),
      ],
      credentials: {
        form: {
          scheme: 'login',
          url: `${server.url}/login`,
          form: { u: 'a', p: 'b' },
          followRedirects: true,
          success: 'status == 200',
        },
      },
    });
    const results = checked(await trial.command('check', '--json'));
    const wanted = { 'GET /x': 'pass', 'GET /slash': 'pass', 'GET /loop': 'fail', 'GET /page': 'blocked' };
    expect(different(results, wanted)).toEqual([]);
    expect(results.get('GET /loop')?.reason.message).toContain('/loop');
    expect(results.get('GET /page')?.reason.message).toContain('/login.html');
  },
);

const sent = Buffer.from('{"name":"中文","n":1}');
const gbk = Buffer.concat([
  Buffer.from('{"name":"'),
  Buffer.from([0xd6, 0xd0, 0xce, 0xc4]),
  Buffer.from('","n":1}'),
]);
const plain = 'application/json';

/** Everything that a browser and curl read: content coding, type, bytes. */
const encodings: Readonly<Record<string, readonly [string | undefined, string, Buffer]>> = {
  '/gzip': ['gzip', plain, gzipSync(sent)],
  '/gzip-upper': ['GZip', plain, gzipSync(sent)],
  '/deflate': ['deflate', plain, deflateSync(sent)],
  '/deflate-raw': ['deflate', plain, deflateRawSync(sent)],
  '/br': ['br', plain, brotliCompressSync(sent)],
  '/double': ['gzip, gzip', plain, gzipSync(gzipSync(sent))],
  '/identity': ['identity', plain, sent],
  '/utf8-as-coding': ['utf-8', plain, sent],
  '/none-as-coding': ['none', plain, sent],
  '/aws-chunked': ['aws-chunked', plain, sent],
  '/gzip-gbk': ['gzip', `${plain};charset=GBK`, gzipSync(gbk)],
  '/gbk': [undefined, `${plain}; charset=gb2312`, gbk],
  '/gbk-unlabelled': [undefined, plain, gbk],
  '/quoted': [undefined, `${plain}; charset="utf8"`, sent],
  '/bom': [undefined, plain, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), sent])],
  '/utf16': [undefined, `${plain}; charset=utf-16`, Buffer.from(`\uFEFF${sent.toString()}`, 'utf16le')],
  '/gzip-and-newline': ['gzip', plain, Buffer.concat([gzipSync(sent), Buffer.from('\n\n')])],
};

trial('answers in every coding and charset that curl takes are read, a cut one is not', async (trial) => {
  const server = await trial.upstream();
  server.answers(({ path }, response) => {
    const cut = ['gzip', plain, gzipSync(sent).subarray(0, -6)] as const;
    const [coding, type, bytes] = encodings[path] ?? cut;
    response.writeHead(200, {
      'content-type': type,
      ...(coding === undefined ? {} : { 'content-encoding': coding }),
    });
    response.end(bytes);
  });
  const schema = {
    type: 'object',
    required: ['n', 'name'],
    properties: { n: { type: 'integer' }, name: { type: 'string', enum: ['中文'] } },
  };
  const responses = { 200: { description: 'ok', content: { [plain]: { schema } } } };
  const paths = Object.fromEntries(
    [...Object.keys(encodings), '/half'].map((one) => [one, { get: { responses } }]),
  );
  const info = { title: 'Codings', version: '1' };
  await trial.write('codings.json', JSON.stringify({ openapi: '3.0.3', info, paths }));
  const ended = await trial.command('check', './codings.json', '--base-url', server.url, '--json');
  const wanted = Object.fromEntries(Object.keys(encodings).map((one) => [`GET ${one}`, 'pass']));
  expect(different(checked(ended), { ...wanted, 'GET /half': 'fail' })).toEqual([]);
});
