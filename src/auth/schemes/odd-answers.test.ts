import { inEnglish } from '../../messages/in-language.ts';
import { afterEach, describe, expect, it } from 'vitest';
import {
  credential,
  harness,
  never,
  type Received,
  type Reply,
  startServer,
} from '../../../test/support/auth-harness.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function client(answer: (request: Received) => Reply, scheme = 'oauth2-client-credentials') {
  const server = await startServer(answer);
  const written =
    scheme === 'login'
      ? { url: `${server.url}/token`, json: {}, token: '$.data.token' }
      : { tokenUrl: `${server.url}/token`, clientId: 'id', clientSecret: 's3cr3t-of-ours' };
  const test = harness([credential('c', scheme, written)]);
  closers.push(server.close, test.close);
  const sent = async () => {
    const signed = await test.sign('c');
    return signed.ok ? signed.request.headers['authorization'] : signed.message;
  };
  return { ...test, server, sent };
}

const form = 'application/x-www-form-urlencoded';

describe('a token is found', () => {
  it.each<[string, Reply]>([
    [
      'with a life of null',
      { body: { access_token: 'abc', expires_in: null, refresh_token: null, scope: null } },
    ],
    ['with a negative life', { body: { access_token: 'abc', token_type: 'bearer', expires_in: -1 } }],
    ['with a life in words', { body: { access_token: 'abc', token_type: 'bearer', expires_in: 'never' } }],
    ['with a life of 0', { body: { access_token: 'abc', token_type: 'bearer', expires_in: 0 } }],
    ['with HTTP 201', { status: 201, body: { access_token: 'abc', token_type: 'Bearer', expires_in: 9 } }],
    [
      'as a form',
      { headers: { 'content-type': form }, body: 'access_token=abc&scope=repo%2Cgist&token_type=bearer' },
    ],
    [
      'as XML',
      {
        headers: { 'content-type': 'application/xml' },
        body: '<OAuth><access_token>abc</access_token></OAuth>',
      },
    ],
    [
      'with a byte order mark',
      { headers: { 'content-type': 'application/json' }, body: '\ufeff{"access_token":"abc"}' },
    ],
    ['called a page', { headers: { 'content-type': 'text/html' }, body: '{"access_token":"abc"}' }],
    ['in an envelope', { body: { code: 0, data: { access_token: 'abc', expires_in: 7200 } } }],
    ['in two envelopes', { body: { result: { token: { access_token: 'abc' } } } }],
    ['called a ticket', { body: { errcode: 0, ticket: 'abc', expires_in: 7200 } }],
    ['of a type that nobody knows', { body: { access_token: 'abc', token_type: 'DPoP', expires_in: 9 } }],
    ['of a type that is none', { body: { access_token: 'abc', token_type: 7, expires_in: '9' } }],
  ])('%s', async (_, reply) => {
    expect(inEnglish((await (await client(() => reply)).sent()) ?? '')).toBe('Bearer abc');
  });

  it('with all digits when it is a number', async () => {
    const { sent } = await client(() => ({ body: '{"access_token":1234567890123456789,"expires_in":60}' }));
    expect(inEnglish((await sent()) ?? '')).toBe('Bearer 1234567890123456789');
    const login = await client(() => ({ body: '{"data":{"token": 1234567890123456789}}' }), 'login');
    expect(inEnglish((await login.sent()) ?? '')).toBe('Bearer 1234567890123456789');
  });

  it('in a form by a login, too', async () => {
    const server = await startServer(() => ({ headers: { 'content-type': form }, body: 'sid=abc&ttl=60' }));
    const written = { url: server.url, json: {}, token: '$.sid', expiresIn: '$.ttl' };
    const test = harness([credential('c', 'login', written)]);
    closers.push(server.close, test.close);
    expect(await test.sign('c')).toMatchObject({ request: { headers: { authorization: 'Bearer abc' } } });
    expect(test.manager.status()[0]?.expiresAt).toBe(test.clock.now() + 60_000);
  });

  it('where a redirect of the same site leads, and not elsewhere', async () => {
    const { sent, server } = await client(({ path }) =>
      path === '/token'
        ? { status: 307, headers: { location: '/v2/token' } }
        : { body: { access_token: 'abc' } },
    );
    expect(inEnglish((await sent()) ?? '')).toBe('Bearer abc');
    expect(server.requests.map(({ path, body }) => [path, body])).toEqual([
      ['/token', 'grant_type=client_credentials'],
      ['/v2/token', 'grant_type=client_credentials'],
    ]);
    const foreign = await startServer(() => ({ body: { access_token: 'stolen' } }));
    closers.push(foreign.close);
    const away = await client(() => ({ status: 307, headers: { location: `${foreign.url}/t?code=c0de` } }));
    expect(inEnglish((await away.sent()) ?? '')).toContain(`answered 307: it leads to ${foreign.url}/t`);
    expect(inEnglish((await away.sent()) ?? '')).not.toContain('c0de');
    expect(inEnglish(away.manager.status()[0]?.failure?.hint ?? '')).toBe(
      'write the address that it leads to into the config',
    );
    expect(foreign.requests).toEqual([]);
  });
});

describe('who takes the secret only in the body', () => {
  const refusal = { status: 401, body: { error: 'invalid_client' } };
  it('gets it there after having refused it in the header, and from then on', async () => {
    const { sent, server, manager } = await client(({ body }) =>
      body.includes('client_secret=s3cr3t-of-ours') ? { body: { access_token: 'abc' } } : refusal,
    );
    expect(inEnglish((await sent()) ?? '')).toBe('Bearer abc');
    manager.forget();
    await sent();
    expect(server.requests.map(({ headers }) => headers.authorization !== undefined)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is not asked twice when the config says where it goes, or when something else is wrong', async () => {
    const { sent, server } = await client(() => ({ status: 400, body: { error: 'invalid_scope' } }));
    expect(inEnglish((await sent()) ?? '')).toContain('invalid_scope');
    expect(server.requests).toHaveLength(1);
  });
});

describe('a success that holds no token where one is looked for', () => {
  const secrets = ['gho_16C7e42F292c6912', '3f0c9a7be1f64c6f9f1d7e2b11aa22bb', 'c2lnbmF0dXJlc2ln'];
  const [first, second, third] = secrets;
  it.each<[string, Reply]>([
    ['as text', { headers: { 'content-type': 'text/plain' }, body: `${first}.${third}` }],
    ['as data alone', { body: { code: 0, data: second } }],
    ['under other names', { body: { code: 0, result: { sessionCode: second, x: [first] } } }],
    ['in an answer that is cut off', { body: `{"access_token":"${first}` }],
    ['as a key', { body: { [second ?? '']: 1 } }],
    ['in headers', { headers: { 'x-subject': first ?? '', location: `/home#${third}` }, body: '' }],
  ])('is never quoted: %s', async (_, reply) => {
    for (const scheme of ['oauth2-client-credentials', 'login']) {
      const { sent, manager, logged, clock } = await client(() => reply, scheme);
      const message = await sent();
      await clock.advance(60_000);
      const { steps } = await manager.test(
        'c',
        { method: 'GET', url: 'http://api.example/', headers: {} },
        never,
      );
      const everything = JSON.stringify([message, manager.status(), logged, steps]);
      for (const secret of secrets) expect(everything).not.toContain(secret);
      expect(inEnglish(message ?? '')).toMatch(/answered 200, .*: it (?:has|is) /);
    }
  });
});

it('that is expired on arrival is used until it is refused, and trying it out says so', async () => {
  const { sent, server, manager, clock } = await client(() => ({
    body: { access_token: 'abc', token_type: 'Bearer', expires_in: 0 },
  }));
  for (let second = 0; second < 120; second++) {
    expect(inEnglish((await sent()) ?? '')).toBe('Bearer abc');
    await manager.prepare(['c'], 240_000, never);
    await clock.advance(1000);
  }
  expect(server.requests).toHaveLength(1);
  const { steps } = await manager.test(
    'c',
    { method: 'GET', url: 'http://api.example/', headers: {} },
    never,
  );
  expect(steps[1]?.details).toContainEqual(
    'its life is unknown: expires_in is not above zero; it is used until it is refused, and renewed every 10 minutes',
  );
});
