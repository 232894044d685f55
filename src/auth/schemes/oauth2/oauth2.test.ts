import { inEnglish } from '../../../messages/in-language.ts';
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OAuth2Server } from 'oauth2-mock-server';
import { Provider } from 'oidc-provider';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  credential,
  type Harness,
  harness,
  never,
  type Received,
  type Reply,
  startServer,
} from '../../../../test/support/auth-harness.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

function open(scheme: string, written: object, more: Parameters<typeof harness>[1] = {}): Harness {
  const test = harness([credential('c', scheme, { clientId: 'patrol', ...written })], more);
  closers.push(test.close);
  return test;
}

async function serve(answer: (request: Received) => Reply | Promise<Reply>) {
  const server = await startServer(answer);
  closers.push(server.close);
  return server;
}

describe('against a certified authorization server', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const server = createServer();
  let issuer = '';

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] as [] };
    const jwk = (key: typeof publicKey, kid: string) => ({
      ...(key.export({ format: 'jwk' }) as { kty: string }),
      kid,
    });
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'basic',
          client_secret: 's3cr3t',
          token_endpoint_auth_method: 'client_secret_basic',
          ...client,
        },
        {
          client_id: 'post',
          client_secret: 's3cr3t',
          token_endpoint_auth_method: 'client_secret_post',
          ...client,
        },
        {
          client_id: 'secret-jwt',
          client_secret: 'a-secret-of-at-least-32-characters',
          token_endpoint_auth_method: 'client_secret_jwt',
          ...client,
        },
        {
          client_id: 'key',
          token_endpoint_auth_method: 'private_key_jwt',
          jwks: { keys: [jwk(publicKey, 'k1'), jwk(ec.publicKey, 'k2')] },
          ...client,
        },
      ],
      features: { clientCredentials: { enabled: true }, resourceIndicators: { enabled: false } },
      scopes: ['orders'],
      ttl: { ClientCredentials: 1800 },
    });
    provider.on('server_error', (_, error) => {
      throw error;
    });
    const callback = provider.callback();
    server.on('request', (request, response) => void callback(request, response));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each<[string, object]>([
    ['a secret in the Authorization header', { clientId: 'basic', clientSecret: 's3cr3t' }],
    ['a secret in the body', { clientId: 'post', clientSecret: 's3cr3t', clientAuth: 'post' }],
    [
      'a secret that signs',
      {
        clientId: 'secret-jwt',
        clientSecret: 'a-secret-of-at-least-32-characters',
        clientAuth: 'secret-jwt',
      },
    ],
    ['an RSA key', { clientId: 'key', privateKey: pem, keyId: 'k1' }],
    ['an RSA key with another algorithm', { clientId: 'key', privateKey: pem, algorithm: 'PS256' }],
    [
      'an EC key with escaped line breaks',
      {
        clientId: 'key',
        privateKey: ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString().replaceAll('\n', '\\n'),
        keyId: 'k2',
      },
    ],
  ])('a client proves itself with %s', async (_, written) => {
    const { sign, manager, clock } = open('oauth2-client-credentials', {
      issuer,
      scope: 'orders',
      ...written,
    });
    expect(await sign('c')).toMatchObject({
      ok: true,
      request: { headers: { authorization: expect.saying(/^Bearer [\w-]{20,}$/) } },
    });
    expect(manager.status()[0]?.expiresAt).toBe(clock.now() + 1_800_000);
  });

  it('a token endpoint need not be discovered', async () => {
    const written = {
      tokenUrl: `${issuer}/token`,
      clientId: 'key',
      privateKey: pem,
      assertionAudience: issuer,
    };
    expect(await open('oauth2-client-credentials', written).sign('c')).toMatchObject({ ok: true });
  });

  it.each<[string, object, string]>([
    [
      'a wrong secret',
      { clientId: 'basic', clientSecret: 'wr0ng-s3cr3t' },
      '/token answered 401, the client was refused: {"error":"invalid_client","error_description":"client authentication failed"}',
    ],
  ])('%s is no outage, and is tried again', async (_, written, message) => {
    const { sign, manager, clock } = open('oauth2-client-credentials', { issuer, ...written });
    expect(await sign('c')).toEqual({ ok: false, message: `credential "c": POST ${issuer}${message}` });
    expect(manager.status()[0]).toMatchObject({ state: 'failing', nextTryAt: clock.now() + 60_000 });
  });

  it('an issuer that calls itself otherwise is named', async () => {
    const other = issuer.replace('127.0.0.1', 'localhost');
    const { manager } = open('oauth2-client-credentials', {
      issuer: other,
      clientId: 'basic',
      clientSecret: 's3cr3t',
    });
    expect(await manager.prepare(['c'], 1000, AbortSignal.timeout(300))).toEqual([]);
    expect(inEnglish(manager.status()[0]?.failure?.message ?? '')).toContain(
      `/.well-known/openid-configuration answered 200, and names the issuer ${issuer}, not ${other}`,
    );
  });
});

describe('against an authorization server whose answers are bent', () => {
  const mock = new OAuth2Server();
  beforeAll(async () => {
    await mock.issuer.keys.generate('RS256');
    await mock.start(0, '127.0.0.1');
  });
  afterAll(() => mock.stop());
  beforeEach(() => {
    mock.service.removeAllListeners('beforeResponse');
  });
  const written = () => ({ tokenUrl: `${mock.issuer.url ?? ''}/token`, clientSecret: 's3cr3t' });

  it('the password grant yields a token, or the ID token where the system wants that', async () => {
    const user = { username: 'u', password: 'p4ss' };
    const claims = async (present: string) => {
      const signed = await open('oauth2-password', { ...written(), ...user, present }).sign('c');
      const jwt = signed.ok ? (signed.request.headers['authorization'] ?? '') : '';
      return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as object;
    };
    expect(await claims('access-token')).toMatchObject({ sub: 'u' });
    expect(await claims('id-token')).toMatchObject({ sub: 'johndoe' });
  });

  it('a missing ID token is named', async () => {
    const { sign } = open('oauth2-client-credentials', { ...written(), present: 'id-token' });
    expect(await sign('c')).toMatchObject({
      ok: false,
      message: expect.saying('without an id_token'),
    });
  });

  it('an outage is over when the server says so', async () => {
    let down = true;
    mock.service.on('beforeResponse', (response) => {
      if (down) {
        response.statusCode = 503;
        response.body = { error: 'temporarily_unavailable' };
      }
    });
    const { sign, clock } = open('oauth2-password', { ...written(), username: 'u', password: 'p4ss' });
    expect(await sign('c')).toMatchObject({ ok: false, message: expect.saying('answered 503') });
    down = false;
    await clock.advance(5000);
    expect(await sign('c')).toMatchObject({ ok: true });
  });

  it('a token without an end is used until it has been renewed', async () => {
    mock.service.on('beforeResponse', (response) => {
      response.body = { ...(response.body as object), expires_in: undefined };
    });
    const { sign, manager } = open('oauth2-client-credentials', written());
    await sign('c');
    expect(manager.status()[0]).toMatchObject({ state: 'ready' });
    expect(manager.status()[0]).not.toHaveProperty('expiresAt');
  });
});

describe('a client assertion', () => {
  it('is made once more by the clock of the server when ours is wrong', async () => {
    const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const issuedAt: number[] = [];
    const server = await serve(({ body }) => {
      const assertion = new URLSearchParams(body).get('client_assertion') ?? '';
      const claims = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString()) as {
        iat: number;
      };
      issuedAt.push(claims.iat);
      const date = new Date(Date.UTC(2026, 0, 1, 1)).toUTCString();
      if (issuedAt.length === 1) return { status: 401, headers: { date }, body: { error: 'invalid_client' } };
      return { headers: { date }, body: { access_token: 'a', token_type: 'bearer' } };
    });
    const { sign } = open('oauth2-client-credentials', { tokenUrl: server.url, privateKey: key });
    expect(await sign('c')).toMatchObject({ ok: true });
    // The manual clock stands at midnight; the server says it is one o'clock.
    expect((issuedAt[1] ?? 0) - (issuedAt[0] ?? 0)).toBeGreaterThanOrEqual(3599);
  });
});

describe('the options of a client', () => {
  it.each<[object, string]>([
    [{ clientSecret: 's' }, 'needs `tokenUrl` or `issuer`'],
    [{ issuer: 'https://h', clientAuth: 'post' }, 'needs `clientSecret` for `clientAuth: post`'],
    [
      { issuer: 'https://h', clientAuth: 'private-key-jwt' },
      'needs `privateKey` for `clientAuth: private-key-jwt`',
    ],
    [{ issuer: 'https://h', privateKey: 'abc' }, 'is not a private key in PEM'],
    [{ tokenUrl: 'ftp://h' }, 'is not an http(s) URL'],
  ])('refuse %j', (written, message) => {
    expect(() => credential('c', 'oauth2-client-credentials', { clientId: 'x', ...written })).toThrow(
      message,
    );
  });

  it('allow a user to sign in without any client', async () => {
    const server = await serve(() => ({ body: { access_token: 'a', token_type: 'bearer' } }));
    const user = { tokenUrl: server.url, username: 'u', password: 'p4ss' };
    const { sign } = open('oauth2-password', { ...user, clientId: undefined });
    expect(await sign('c')).toMatchObject({ ok: true, request: { headers: { authorization: 'Bearer a' } } });
    const [asked] = server.requests;
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
      grant_type: 'password',
      username: 'u',
      password: 'p4ss',
    });
    expect(asked?.headers).not.toHaveProperty('authorization');
    expect(() => credential('c', 'oauth2-password', { ...user, clientSecret: 's' })).toThrow(
      'needs `clientId` for `clientSecret`',
    );
  });

  it('allow a public client', async () => {
    const server = await serve(() => ({ body: { access_token: 'a', token_type: 'bearer' } }));
    const { sign } = open('oauth2-password', {
      tokenUrl: server.url,
      username: 'u',
      password: 'p4ss',
      parameters: { tenant: 't1', client_secret_hint: 'x' },
    });
    await sign('c');
    expect(Object.fromEntries(new URLSearchParams(server.requests[0]?.body))).toMatchObject({
      grant_type: 'password',
      client_id: 'patrol',
      tenant: 't1',
    });
    expect(
      await open('oauth2-password', { tokenUrl: server.url, username: 'u', password: 'x' }).manager.rejected(
        'c',
        0,
        never,
      ),
    ).toBe(true);
  });
});
