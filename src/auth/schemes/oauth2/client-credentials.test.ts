import { afterEach, describe, expect, it } from 'vitest';
import {
  credential,
  harness,
  type Received,
  type Reply,
  startServer,
} from '../../../../test/support/auth-harness.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function issuer(written: object, answer: (request: Received) => Reply) {
  const server = await startServer(answer);
  const one = credential('c', 'oauth2-client-credentials', {
    tokenUrl: `${server.url}/token`,
    clientId: 'patrol',
    clientSecret: 's3cr3t+/&',
    ...written,
  });
  const test = harness([one]);
  closers.push(server.close, test.close);
  return { ...test, server };
}

const issued = { body: { access_token: 'at-1', token_type: 'Bearer', expires_in: 3600 } };

describe('OAuth2 client credentials', () => {
  it('sign in with HTTP Basic', async () => {
    const { sign, server, manager, clock } = await issuer({}, () => issued);
    expect(await sign('c')).toMatchObject({
      ok: true,
      request: { headers: { authorization: 'Bearer at-1' } },
    });
    const [request] = server.requests;
    expect(request?.headers.authorization).toBe(
      `Basic ${Buffer.from('patrol:s3cr3t%2B%2F%26').toString('base64')}`,
    );
    expect(request?.body).toBe('grant_type=client_credentials');
    expect(manager.status()[0]?.expiresAt).toBe(clock.now() + 3_600_000);
  });

  it('sign in with the body, and ask for what the config says', async () => {
    const wanted = { clientAuth: 'post', scope: 'a b', audience: 'api', resource: 'https://api.example/' };
    const { sign, server } = await issuer(wanted, () => issued);
    await sign('c');
    expect(Object.fromEntries(new URLSearchParams(server.requests[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'patrol',
      client_secret: 's3cr3t+/&',
      scope: 'a b',
      audience: 'api',
      resource: 'https://api.example/',
    });
  });

  it('are content with servers that forget the media type and the type of the token', async () => {
    const { sign } = await issuer({}, () => ({
      headers: { 'content-type': 'text/plain' },
      body: '{"access_token":"at-1","expires_in":"3600"}',
    }));
    expect(await sign('c')).toMatchObject({ ok: true });
  });

  it.each<[string, Reply, string]>([
    [
      'invalid_client',
      { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' }, body: { error: 'invalid_client' } },
      'answered 401, the client was refused: {"error":"invalid_client"}',
    ],
    [
      'invalid_scope',
      { status: 400, body: { error: 'invalid_scope', error_description: 'no s3cr3t+/& here' } },
      'answered 400: {"error":"invalid_scope","error_description":"no *** here"}',
    ],
    ['an outage', { status: 502, body: '<html>' }, 'answered 502: <html>'],
    [
      'a page',
      { body: '<html>' },
      'answered 200, without a usable token (no media type): it is 6 bytes without a media type',
    ],
    [
      'a vendor error',
      { body: { errcode: 40013 } },
      'answered 200, without a usable token (application/json): it has errcode 40013',
    ],
  ])('tell a person about %s', async (_, reply, message) => {
    const { sign, manager, server } = await issuer({}, () => reply);
    const full = `POST ${server.url}/token ${message}`;
    expect(await sign('c')).toEqual({ ok: false, message: `credential "c": ${full}` });
    expect(manager.status()[0]?.failure).toMatchObject({ message: full, permanent: false });
  });

  it('tell a person when nobody answers', async () => {
    const { sign, server } = await issuer({}, () => issued);
    await server.close();
    expect(await sign('c')).toMatchObject({
      message: expect.saying(/^credential "c": POST http:\S+\/token failed: connect ECONNREFUSED/),
    });
  });

  it('wait as long as a busy server asks', async () => {
    const { sign, manager, clock } = await issuer({}, () => ({
      status: 429,
      headers: { 'retry-after': '120' },
    }));
    await sign('c');
    expect(manager.status()[0]?.nextTryAt).toBe(clock.now() + 120_000);
  });
});
