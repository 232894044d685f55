import { inEnglish } from '../messages/in-language.ts';
import { afterEach, expect, it } from 'vitest';
import {
  credential,
  harness,
  never,
  type Received,
  type Reply,
  startServer,
} from '../../test/support/auth-harness.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const sample = { method: 'GET' as const, url: 'http://api.example/orders', headers: { accept: '*/*' } };

async function trial(written: object, answer: (request: Received) => Reply) {
  const server = await startServer(answer);
  const test = harness([credential('c', 'login', { url: `${server.url}/login`, ...written })]);
  closers.push(server.close, test.close);
  return { ...test, server, ...(await test.manager.test('c', sample, never)) };
}

it('shows each step of a sign-in with secrets masked', async () => {
  const { steps, server, manager, clock } = await trial(
    { json: { user: 'patrol', password: 'p4ssw0rd!' }, token: '$.data.t', ttl: '1h' },
    () => ({
      headers: { date: 'x', connection: 'close' },
      body: { data: { t: 'token-without-a-telling-name' } },
    }),
  );
  expect(steps).toEqual([
    {
      title: `POST ${server.url}/login`,
      ok: true,
      details: [
        '> accept: application/json, */*;q=0.5',
        '> content-type: application/json',
        '> {"user":"patrol","password":"***"}',
        '< 200 after 0 ms',
        '< content-type: application/json',
        '< date: x',
        '< connection: close',
        '< transfer-encoding: chunked',
        '< it has data.t',
      ],
    },
    {
      title: 'token',
      ok: true,
      details: ['has token', `ends ${new Date(clock.now() + 3_600_000).toISOString()}, in 3600 s`],
    },
    { title: 'signing GET http://api.example/orders', ok: true, details: ['authorization: ***'] },
  ]);
  expect(manager.status()[0]?.state).toBe('ready');
});

it('ends where it fails', async () => {
  const { steps } = await trial({ json: {}, token: '$.t' }, () => ({ status: 401, body: 'no' }));
  expect(steps.map(({ title, ok }) => [inEnglish(title).replace(/http\S+/, ''), ok])).toEqual([
    ['POST ', false],
    ['token', false],
  ]);
  expect(steps[1]?.details).toEqual([
    expect.saying(/answered 401: no$/),
    'check the user name, client id and secrets in the config',
  ]);
});

it('shows that nobody answers', async () => {
  const { manager, server } = await trial({ json: {}, token: '$.t' }, () => ({}));
  await server.close();
  const { steps } = await manager.test('c', sample, never);
  expect(steps).toMatchObject([
    {
      ok: false,
      details: [expect.any(String), expect.any(String), '> {}', expect.saying('ECONNREFUSED')],
    },
    { title: 'token', ok: false },
  ]);
});

it('shows what a static credential puts on a request, and never its value', async () => {
  const test = harness([
    credential('q', 'api-key', { in: 'query', name: 'k', value: 'sup3r-secret' }),
    credential('h', 'api-key', { name: 'X-App', value: 'sup3r-secret' }),
    credential('broken', 'bearer', { token: 't', uses: 'nobody' }),
  ]);
  closers.push(test.close);
  const title = 'signing GET http://api.example/orders';
  expect((await test.manager.test('q', sample, never)).steps).toEqual([
    { title, ok: true, details: ['address: http://api.example/orders?k=***'] },
  ]);
  expect((await test.manager.test('h', sample, never)).steps).toEqual([
    { title, ok: true, details: ['x-app: ***'] },
  ]);
  expect((await test.manager.test('broken', sample, never)).steps).toEqual([
    { title: 'broken', ok: false, details: ['needs credential "nobody", which is not configured'] },
  ]);
  expect((await test.manager.test('nobody', sample, never)).steps).toEqual([
    {
      title: 'nobody',
      ok: false,
      details: ['is not configured', 'credentials: configured are q, h, broken'],
    },
  ]);
});
