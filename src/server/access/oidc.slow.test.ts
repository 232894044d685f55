import { OAuth2Server } from 'oauth2-mock-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve, type Served } from '../../../test/support/served.ts';

let served: Served;
let provider: OAuth2Server;
let groups: readonly string[] = ['sre'];
let person = { sub: 'johndoe', preferred_username: 'zhang' };
const url = 'http://patrol.example';

beforeAll(async () => {
  provider = new OAuth2Server();
  await provider.issuer.keys.generate('RS256');
  await provider.start(0, '127.0.0.1');
  provider.service.on('beforeTokenSigning', (token: { payload: Record<string, unknown> }) => {
    Object.assign(token.payload, person, { groups });
  });
  provider.service.on('beforeUserinfo', (answer: { body: unknown }) => {
    answer.body = { sub: person.sub };
  });
  const issuer = provider.issuer.url ?? '';
  const oidc = { issuer, clientId: 'patrol', roles: { operator: ['sre'] } };
  served = await serve({ server: { url, signIn: { oidc } } });
}, 90_000);
afterAll(async () => {
  await served.close();
  await provider.stop();
});

/** As a browser: to the provider and back. */
async function journey(back = '/incidents') {
  const out = await served.get(`//auth/oidc/login?back=${encodeURIComponent(back)}`);
  expect(out.status).toBe(302);
  const cookie = out.headers.get('set-cookie')?.split(';')[0] ?? '';
  const provided = await fetch(out.headers.get('location') ?? '', { redirect: 'manual' });
  const callback = new URL(provided.headers.get('location') ?? '');
  expect(callback.href.startsWith(`${url}/auth/oidc/callback?`)).toBe(true);
  return { cookie, callback: `/${callback.pathname}${callback.search}` };
}

it('lets in whom the provider knows and a group gives a role', async () => {
  const { cookie, callback } = await journey();
  const back = await served.get(callback, { cookie });
  expect([back.status, back.headers.get('location')]).toEqual([302, '/incidents']);
  const session = back.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { body } = await served.get('/session', { cookie: session });
  expect(body).toMatchObject({ user: 'zhang', role: 'operator', via: 'oidc' });
  expect((await served.get(callback, { cookie })).status).toBe(400);
});

it('tells people apart whose names read alike, by who they are at the provider', async () => {
  const nameOf = async (who: typeof person): Promise<string> => {
    person = who;
    const { cookie, callback } = await journey();
    const back = await served.get(callback, { cookie });
    const session = back.headers.get('set-cookie')?.split(';')[0] ?? '';
    return String((await served.get('/session', { cookie: session })).body['user']);
  };
  const first = await nameOf({ sub: 'u1', preferred_username: 'paul' });
  const second = await nameOf({ sub: 'u2', preferred_username: 'Paul' });
  expect(first).toBe('paul');
  expect(second).toMatch(/^Paul \([0-9a-f]{8}\)$/);
  expect(await nameOf({ sub: 'u2', preferred_username: 'paul' })).toBe(second.replace('Paul', 'paul'));
  expect(await nameOf({ sub: 'u1', preferred_username: 'paul' })).toBe('paul');
  person = { sub: 'johndoe', preferred_username: 'zhang' };
});

it('refuses an answer that this browser has not asked for', async () => {
  const { callback } = await journey();
  expect((await served.get(callback)).status).toBe(400);
  expect((await served.get('//auth/oidc/callback?code=x&state=y')).status).toBe(400);
});

it('refuses whom no group gives a role', async () => {
  groups = ['sales'];
  const { cookie, callback } = await journey();
  expect(await served.get(callback, { cookie })).toMatchObject({
    status: 403,
    body: { detail: 'zhang has no role here' },
  });
  groups = ['sre'];
});

it('sends nobody on to another site', async () => {
  for (const elsewhere of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
    const { cookie, callback } = await journey(elsewhere);
    expect((await served.get(callback, { cookie })).headers.get('location')).toBe('/');
  }
});
