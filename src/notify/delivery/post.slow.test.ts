import { createServer, type RequestListener, type Server } from 'node:http';
import { codeSentence } from '../../messages/network.ts';
import { type AddressInfo, connect } from 'node:net';
import { Agent } from 'undici';
import { afterEach, expect, it } from 'vitest';
import { createPost } from './post.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=secret`;
}

it('posts JSON and gives status, headers and body back', async () => {
  let seen = '';
  const url = await serve((request, response) => {
    request.on('data', (chunk: Buffer) => {
      seen = `${request.method} ${request.url} ${request.headers['content-type']} ${String(request.headers['x-a'])} ${String(chunk)}`;
      response.writeHead(202, { 'Retry-After': '3', 'set-cookie': ['a=1', 'b=2'] }).end('界');
    });
  });
  const answer = await createPost()(url, '{"a":"界"}', { 'x-a': '1' });
  expect(seen).toBe('POST /hook?key=secret application/json; charset=utf-8 1 {"a":"界"}');
  expect(answer).toMatchObject({
    status: 202,
    headers: { 'retry-after': '3', 'set-cookie': 'a=1, b=2' },
    body: '界',
  });
});

it('reads only the beginning of an endless answer', async () => {
  const url = await serve((_, response) => {
    const more = () => {
      if (!response.destroyed && response.write('x'.repeat(16_384))) setImmediate(more);
    };
    response.on('drain', more);
    more();
  });
  const answer = await createPost()(url, '{}');
  expect('body' in answer && answer.body.length).toBeGreaterThanOrEqual(64 * 1024);
  expect('body' in answer && answer.body.length).toBeLessThan(256 * 1024);
});

it('says that nothing has arrived when nobody listens, and not where it was', async () => {
  const url = await serve(() => undefined);
  await new Promise((resolve) => server?.close(resolve));
  expect(await createPost()(url, '{}')).toEqual({ failure: codeSentence('ECONNREFUSED'), arrived: 'no' });
});

it('says that it may have arrived when the connection is cut', async () => {
  const url = await serve((request) => request.socket.destroy());
  expect(await createPost()(url, '{}')).toEqual({
    failure: codeSentence('UND_ERR_SOCKET'),
    arrived: 'maybe',
  });
});

it('says that nothing has arrived when the connection is cut before anything was said', async () => {
  const url = await serve(() => undefined);
  server?.on('connection', (socket) => socket.resetAndDestroy());
  expect(await createPost()(url, '{}')).toMatchObject({ arrived: 'no' });
});

it('says that nothing has arrived when the system does not take the whole for a connection that is gone', async () => {
  const url = await serve((_, response) => response.end('{}'));
  const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' });
  const dispatcher = new Agent({
    connect(options, callback) {
      const socket = connect(Number(options.port), options.hostname);
      socket._writev = (_, done) => done(gone);
      socket.once('connect', () => callback(null, socket));
    },
  });
  expect(await createPost({ dispatcher })(url, '{}')).toEqual({ failure: 'EPIPE', arrived: 'no' });
});

it('says that it may have arrived when the answer is cut', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"errcode":');
    setImmediate(() => response.destroy());
  });
  expect(await createPost()(url, '{}')).toMatchObject({ arrived: 'maybe' });
});

it('says that it may have arrived when no answer comes in time', async () => {
  const url = await serve(() => undefined);
  const post = createPost({ timeouts: { connectMs: 1000, totalMs: 2000 } });
  expect(await post(url, '{}')).toEqual({ failure: 'no answer within 2000 ms', arrived: 'maybe' });
});

it('says what is wrong with an address that is none', async () => {
  expect(await createPost()('no address', '{}')).toEqual({
    failure: 'ERR_INVALID_URL',
    arrived: 'no',
  });
});
