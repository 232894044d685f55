import { afterEach, describe, expect, it } from 'vitest';
import { credential, harness, never, startServer } from '../../test/support/auth-harness.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const sample = { method: 'GET', url: 'http://api.example/orders', headers: {} } as const;

async function signIn(scheme: 'login' | 'oauth2-client-credentials', token: string, more: object = {}) {
  const server = await startServer(() => ({ body: { access_token: token } }));
  const written =
    scheme === 'login'
      ? { url: server.url, json: {}, token: '$.access_token' }
      : { tokenUrl: server.url, clientId: 'id', clientSecret: 's3cr3t-of-ours' };
  const test = harness([credential('c', scheme, { ...written, ...more })]);
  closers.push(server.close, test.close);
  return test;
}

const schemes = ['login', 'oauth2-client-credentials'] as const;

describe.each(schemes)('a token of %s', (scheme) => {
  it.each(['abc\r\n', ' abc ', '\n\tabc', 'abc\u00a0'])('without its margins: %j', async (token) => {
    const { sign } = await signIn(scheme, token);
    expect(await sign('c')).toMatchObject({ request: { headers: { authorization: 'Bearer abc' } } });
  });

  it.each([
    ['s3cr\r\net', 'it has a line break'],
    ['s3cr\u0000et', 'it has a control character'],
    ['s3cr\u007fet', 'it has a control character'],
    ['s3crét', 'it has a character that is not ASCII'],
    ['令牌', 'it has a character that is not ASCII'],
  ])('that no header can carry is a failure of the credential: %j', async (token, fault) => {
    const { sign, manager } = await signIn(scheme, token);
    const message = `the token cannot be sent: ${fault}, which the header authorization cannot carry`;
    expect(await sign('c')).toEqual({ ok: false, message: `credential "c": ${message}` });
    expect(manager.status()[0]).toMatchObject({ state: 'failing', failure: { message } });
    const { steps } = await manager.test('c', sample, never);
    expect(steps.at(-1)).toMatchObject({ title: 'token', ok: false, details: [message, expect.anything()] });
  });

  it('goes into the query as it is', async () => {
    const { sign } = await signIn(scheme, '令牌', { send: { in: 'query', name: 't', prefix: '' } });
    expect(await sign('c')).toMatchObject({ ok: true });
  });
});

it('that is nothing but white space is none', async () => {
  const { sign, manager } = await signIn('login', ' \n');
  expect(await sign('c')).toMatchObject({ ok: false });
  expect(manager.status()[0]).toMatchObject({ state: 'failing' });
});

it('of the config is treated alike', async () => {
  const test = harness([
    credential('good', 'bearer', { token: 'abc\n' }),
    credential('key', 'api-key', { value: ' abc\r\n' }),
    credential('bad', 'bearer', { token: 'a\nbc' }),
  ]);
  closers.push(test.close);
  expect(await test.sign('good')).toMatchObject({ request: { headers: { authorization: 'Bearer abc' } } });
  expect(await test.sign('key')).toMatchObject({ request: { headers: { 'x-api-key': 'abc' } } });
  expect(await test.sign('bad')).toMatchObject({
    ok: false,
    message: expect.saying('a line break'),
  });
  expect(test.manager.status()[2]).toMatchObject({
    failure: { message: expect.saying('a line break') },
  });
  expect((await test.manager.test('bad', sample, never)).steps.at(-1)).toMatchObject({ ok: false });
});
