import { afterEach, describe, expect, it } from 'vitest';
import {
  credential,
  harness,
  type Received,
  type Reply,
  startServer,
} from '../../test/support/auth-harness.ts';
import { inEnglish } from '../messages/in-language.ts';
import type { CredentialFailure } from '../model/credential-failure.ts';
import type { TokenManager } from './manager.ts';
import { OwnPlaces } from './own-places.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function serve(answer: (request: Received) => Reply) {
  const server = await startServer(answer);
  closers.push(server.close);
  return server;
}

/** Every way to put something on a request. */
const used = [
  credential('query', 'api-key', { in: 'query', name: 'apikey', value: 'gw-key' }),
  credential('header', 'api-key', { name: 'X-Gw-Key', value: 'gw-key' }),
  credential('cookie', 'api-key', { in: 'cookie', name: 'gwk', value: 'gw-key' }),
  credential('bearer', 'bearer', { token: 'gw-key' }),
  credential('basic', 'basic', { username: 'gw', password: 'gw-key' }),
  credential('signature', 'signature', { preset: 'sorted-md5', key: 'pub', secret: 'gw-key' }),
  credential('nested', 'api-key', { name: 'X-Nested', value: 'gw-key', uses: 'bearer' }),
];

/** A login at a host that sends it on to another one. */
async function sentOn(status: number, uses: string | readonly string[], more: object = {}) {
  const elsewhere = await serve(() => ({ body: { t: 'tok' } }));
  const home = await serve(({ path }) =>
    path === '/login'
      ? { status, headers: { location: '/hop' } }
      : { status, headers: { location: `${elsewhere.url}/final` } },
  );
  const test = harness([
    ...used,
    credential('c', 'login', {
      url: `${home.url}/login`,
      followRedirects: true,
      form: { password: 'p' },
      token: '$.t',
      uses,
      ...more,
    }),
  ]);
  closers.push(test.close);
  return { ...test, home, elsewhere };
}

function failureOf(manager: TokenManager): Partial<CredentialFailure> {
  return manager.status().find(({ credential: name }) => name === 'c')?.failure ?? {};
}

const bare = /gw-key|apikey|pub|nonce|cookie|authorization|x-gw-key|x-nested/i;

describe('a login that is sent on to a host which nobody has named', () => {
  it.each([301, 302, 303, 307, 308].flatMap((status) => used.map(({ name }) => [status, name] as const)))(
    'with %d goes there without the credential "%s" that it uses',
    async (status, name) => {
      const { sign, home, elsewhere } = await sentOn(status, name);
      expect(await sign('c')).toMatchObject({ ok: true });
      const [final] = elsewhere.requests;
      expect([final?.url, final?.body]).toEqual(['/final', '']);
      expect(final?.rawHeaders.join('\n')).not.toMatch(bare);
      expect(home.requests.map((one) => bare.test(`${one.url} ${one.rawHeaders.join('\n')}`))).toEqual([
        true,
        true,
      ]);
    },
  );

  it('carries it there where its settings name the host', async () => {
    const { sign, elsewhere } = await sentOn(302, ['query', 'header'], { hosts: ['127.0.0.1'] });
    expect(await sign('c')).toMatchObject({ ok: true });
    expect(elsewhere.requests[0]).toMatchObject({
      url: '/final?apikey=gw-key',
      headers: { 'x-gw-key': 'gw-key' },
    });
  });

  it('says what to do when it is refused there', async () => {
    const { manager, sign, elsewhere } = await sentOn(302, ['query', 'header'], { token: '$.none' });
    expect(await sign('c')).toMatchObject({ ok: false });
    const { host } = new URL(elsewhere.url);
    expect(inEnglish(failureOf(manager).hint ?? '')).toBe(
      `credential "c" does not name ${host}, so what it uses (query, header) did not go there; ` +
        `if that is meant to, add under the credential: \`hosts: ["${host}"]\``,
    );
  });
});

describe('an issuer that names a token endpoint elsewhere', () => {
  async function discovered(more: object = {}) {
    const elsewhere = await serve(() => ({ body: { access_token: 'tok', token_type: 'Bearer' } }));
    const home = await serve(() => ({
      body: {
        issuer: home.url,
        token_endpoint: `${elsewhere.url}/token`,
        mtls_endpoint_aliases: { token_endpoint: `${elsewhere.url}/mtls` },
      },
    }));
    const test = harness([
      ...used,
      credential('c', 'oauth2-client-credentials', {
        issuer: home.url,
        clientId: 'id',
        clientSecret: 'secret',
        uses: 'header',
        ...more,
      }),
    ]);
    closers.push(test.close);
    return { ...test, home, elsewhere };
  }

  it.each<[object, string]>([
    [{}, 'token'],
    [{ clientAuth: 'tls' }, 'mtls'],
    [{ clientAuth: 'post' }, 'token'],
  ])('gets nothing there with %j, and it is said what to do', async (more, path) => {
    const { sign, manager, home, elsewhere } = await discovered(more);
    expect(await sign('c')).toMatchObject({ ok: false });
    expect(elsewhere.requests).toEqual([]);
    const { message = '', hint = '' } = failureOf(manager);
    expect(inEnglish(message)).toContain(
      `GET ${home.url}/.well-known/openid-configuration answered 200, and names the token endpoint ${elsewhere.url}/${path}: ` +
        'only the configuration may say that secrets go to another host',
    );
    expect(inEnglish(hint)).toBe(
      `if it is the right one, add under the credential: \`hosts: ["${new URL(elsewhere.url).host}"]\``,
    );
  });

  it('is asked there once its host is named', async () => {
    const { sign, elsewhere } = await discovered({ hosts: ['127.0.0.1'] });
    expect(await sign('c')).toMatchObject({ ok: true });
    expect(elsewhere.requests.map(({ path, headers }) => [path, headers['x-gw-key']])).toEqual([
      ['/token', 'gw-key'],
    ]);
  });
});

it.each<[object, string, boolean]>([
  [{ url: 'http://sso.example/login' }, 'https://sso.example/x', true],
  [{ url: 'https://sso.example/login' }, 'http://sso.example/x', false],
  [{ url: 'https://sso.example/login' }, 'https://sso.example:8443/x', false],
  [{ url: 'https://sso.example/{{ token.a }}' }, 'https://sso.example/x', true],
  [{ url: 'https://a.example', before: [{ url: 'https://b.example' }] }, 'https://b.example/x', true],
  [
    { tokenUrl: 'https://sso.example/t', hosts: ['*.corp.example:8443'] },
    'https://b.corp.example:8443/',
    true,
  ],
  [{ tokenUrl: 'https://sso.example/t', hosts: ['*.corp.example:8443'] }, 'https://b.corp.example/', false],
  [{ token: 'fixed' }, 'https://sso.example/', false],
])('the places of %j admit %s: %s', (options, url, expected) => {
  expect(new OwnPlaces(options).admit(new URL(url))).toBe(expected);
});
