import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Token } from '../api/access.ts';
import { type Answer, serve, type Served } from '../../../test/support/served.ts';
import { endpoints } from '../api/endpoints.ts';
import { hashPassword } from './password.ts';

let served: Served;
const password = 'a long password';

beforeAll(async () => {
  const hash = await hashPassword(password);
  served = await serve({
    server: {
      url: 'https://patrol.example',
      signIn: {
        users: [
          { name: 'boss', password: hash, role: 'admin' },
          { name: 'zhang', password: hash, role: 'operator', services: ['orders'] },
          { name: 'guest', password: hash, role: 'viewer' },
        ],
        proxy: { from: ['127.0.0.0/8'], groupsHeader: 'X-Groups', roles: { operator: ['sre'] } },
      },
    },
  });
}, 90_000);
afterAll(() => served.close());

interface SignedIn {
  readonly headers: Readonly<Record<string, string>>;
  readonly answer: Answer;
}

async function signIn(name: string): Promise<SignedIn> {
  const answer = await served.call('POST', '/session', { body: { name, password } });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { answer, headers: { cookie, 'x-csrf-token': answer.body.csrf } };
}

describe('signing in', () => {
  it('sets a cookie that no script can read', async () => {
    const { answer } = await signIn('boss');
    expect(answer.status).toBe(201);
    expect(endpoints.signIn.answer.parse(answer.body)).toMatchObject({
      user: 'boss',
      role: 'admin',
      via: 'local',
    });
    const [session, known] = answer.headers.getSetCookie();
    expect(session).toMatch(
      /^apipatrol_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=86400; Secure$/,
    );
    expect(known).toMatch(
      /^apipatrol_known=v1\.[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=7776000; Secure$/,
    );
  });

  it('refuses a wrong password and an unknown name alike, and after five times waits', async () => {
    const attempt = (name: string) =>
      served.call('POST', '/session', { body: { name, password: 'wrong password' } });
    expect((await attempt('nobody')).body.detail).toBe('name or password is wrong');
    for (let time = 0; time < 5; time++) expect((await attempt('guest')).status).toBe(401);
    const limited = await attempt('guest');
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(800);
    expect((await signIn('boss')).answer.status).toBe(201);
  });

  it('ends with signing out', async () => {
    const { headers } = await signIn('boss');
    expect((await served.get('/session', headers)).body).toMatchObject({ user: 'boss' });
    const out = await served.call('DELETE', '/session', { headers });
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await served.get('/session', headers)).status).toBe(401);
  });

  it('is offered to whoever is not signed in', async () => {
    expect((await served.get('/meta')).body).toMatchObject({ signIn: ['local', 'proxy'], setup: false });
    const { status, headers, body } = await served.get('/overview');
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(body.hint).toContain('API token');
  });
});

describe('every endpoint asks for its role', () => {
  const all = Object.values(endpoints).filter(({ id, role }) => role !== 'public' && !id.startsWith('setup'));
  const call = ({ method, path }: (typeof all)[number], headers: Readonly<Record<string, string>>) =>
    served.call(method.toUpperCase(), path.replace(/\{\w+\}/, 'nothing'), { headers });

  it.each(all)('$id', async (endpoint) => {
    const nobody = await call(endpoint, {});
    expect(nobody.status).toBe(401);
    if (endpoint.role === 'viewer') return;
    const vouched = { 'x-forwarded-user': 'li', 'x-groups': endpoint.role === 'admin' ? 'sre' : 'none' };
    const { body: session } = await served.get('/session', vouched);
    const below = await call(endpoint, { ...vouched, 'x-csrf-token': String(session.csrf ?? '') });
    expect(below.status).toBe(endpoint.role === 'admin' ? 403 : 401);
  });
});

describe('a request that changes something', () => {
  it('needs the token of the session', async () => {
    const { headers } = await signIn('boss');
    const silence = { body: { matcher: { subject: 'x' }, reason: 'csrf' } };
    const without = await served.call('POST', '/silences', {
      ...silence,
      headers: { cookie: headers['cookie'] ?? '' },
    });
    expect(without).toMatchObject({ status: 403, body: { hint: 'Load the page again.' } });
    const other = await signIn('boss');
    const wrong = { cookie: headers['cookie'] ?? '', 'x-csrf-token': other.headers['x-csrf-token'] ?? '' };
    expect((await served.call('POST', '/silences', { ...silence, headers: wrong })).status).toBe(403);
    expect((await served.call('POST', '/silences', { ...silence, headers })).status).toBe(201);
  });

  it.each<Readonly<Record<string, string>>>([
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'null' },
  ])('is refused from another site: %o', async (foreign) => {
    const { headers } = await signIn('boss');
    const answer = await served.call('DELETE', '/session', { headers: { ...headers, ...foreign } });
    expect(answer).toMatchObject({ status: 403, body: { detail: 'the request comes from another site' } });
  });

  it('is taken from the page at its public address', async () => {
    const { headers } = await signIn('boss');
    const from = { ...headers, origin: 'https://patrol.example' };
    expect((await served.call('DELETE', '/session', { headers: from })).status).toBe(204);
  });
});

describe('a role for some services', () => {
  it('sees and silences those alone', async () => {
    const { headers } = await signIn('zhang');
    const operations = await served.get('/operations', headers);
    expect(new Set(operations.body.items.map(({ service }: { service: string }) => service))).toEqual(
      new Set(['orders']),
    );
    const overview = await served.get('/overview', headers);
    expect(overview.body.services).toHaveLength(1);
    const documents = await served.get('/documents', headers);
    expect(documents.body.items).toHaveLength(1);
    const all = await served.get('/operations', (await signIn('boss')).headers);
    const foreign = all.body.items.find(({ service }: { service: string }) => service === 'users').id;
    expect((await served.get(`/operations/${foreign}`, headers)).status).toBe(404);
    const silence = (services?: string[]) =>
      served.call('POST', '/silences', {
        headers,
        body: { matcher: { services, subject: '*' }, reason: 'r' },
      });
    expect((await silence()).status).toBe(403);
    expect((await silence(['users'])).status).toBe(403);
    expect((await silence(['orders'])).status).toBe(201);
  });
});

describe('a proxy in front', () => {
  it('vouches for people', async () => {
    const { status, body } = await served.get('/session', {
      'x-forwarded-user': 'li',
      'x-groups': 'dev, sre',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ user: 'li', role: 'operator', via: 'proxy' });
    expect((await served.get('/session', { 'x-forwarded-user': 'li', 'x-groups': 'dev' })).status).toBe(401);
  });
});

describe('users and API tokens', () => {
  it('are made, used, changed and removed', async () => {
    const { headers } = await signIn('boss');
    const made = await served.call('POST', '/users', {
      headers,
      body: { name: 'wang', password, role: 'viewer' },
    });
    expect(made).toMatchObject({ status: 201, body: { name: 'wang', role: 'viewer', from: 'store' } });
    expect(
      (await served.call('POST', '/users', { headers, body: { name: 'boss', password, role: 'viewer' } }))
        .status,
    ).toBe(409);
    const short = await served.call('POST', '/users', {
      headers,
      body: { name: 'x', password: 'short', role: 'viewer' },
    });
    expect(short.body.errors).toEqual([
      { pointer: '/body/password', message: 'is shorter than 10 characters' },
    ]);
    const wang = await signIn('wang');
    expect(wang.answer.status).toBe(201);
    const changed = await served.call('PATCH', '/users/wang', { headers, body: { role: 'operator' } });
    expect(changed.body.role).toBe('operator');
    expect((await served.get('/session', wang.headers)).status).toBe(401);
    expect((await served.call('PATCH', '/users/boss', { headers, body: { role: 'viewer' } })).status).toBe(
      409,
    );
    const again = await signIn('wang');
    const { people } = served.daemon.store;
    const account = await people.account('wang');
    await people.putAccount({ ...account!, role: 'viewer' });
    expect((await served.get('/session', again.headers)).body.role).toBe('viewer');
    const { body: users } = await served.get('/users', headers);
    expect(users.items.map(({ name }: { name: string }) => name)).toEqual(['boss', 'zhang', 'guest', 'wang']);
    expect(users.items[0]).toMatchObject({ from: 'config', lastSeenAt: expect.any(Number) });
    expect(users.items[2].lastSeenAt).toBeUndefined();
    expect(JSON.stringify(users)).not.toContain('scrypt');
    expect((await served.call('DELETE', '/users/wang', { headers })).status).toBe(200);
    expect((await served.call('DELETE', '/users/wang', { headers })).status).toBe(404);
  });

  it('a token lets a program in, without a cookie and without CSRF', async () => {
    const { headers } = await signIn('boss');
    const { body: made } = await served.call('POST', '/tokens', {
      headers,
      body: { name: 'ci', role: 'operator' },
    });
    expect(endpoints.createToken.answer.parse(made)).toEqual(made);
    const bearer = { authorization: `Bearer ${made.token}` };
    const silence = { body: { matcher: { subject: 'x' }, reason: 'deploy' }, headers: bearer };
    expect(await served.call('POST', '/silences', silence)).toMatchObject({
      status: 201,
      body: { by: 'token:ci' },
    });
    expect((await served.get('/users', bearer)).status).toBe(403);
    const { body: tokens } = await served.get('/tokens', headers);
    expect(tokens.items).toMatchObject([{ name: 'ci', lastUsedAt: expect.any(Number) }]);
    expect(JSON.stringify(tokens)).not.toContain(made.token);
    expect((await served.call('DELETE', `/tokens/${made.id}`, { headers })).status).toBe(204);
    expect((await served.get('/overview', bearer)).status).toBe(401);
    const audit = await served.get('/audit', headers);
    expect(audit.body.items.map(({ action }: { action: string }) => action)).toContain('remove-token');
  });
});

describe('a request without anybody', () => {
  const asked = async (authorization: string | undefined, language: string) => {
    const { status, body, headers } = await served.get('/overview', {
      'accept-language': language,
      ...(authorization === undefined ? {} : { authorization }),
    });
    return [status, body.detail, body.hint, headers.get('www-authenticate')];
  };
  const make = async () => {
    const { headers } = await signIn('boss');
    const { body } = await served.call('POST', '/tokens', {
      headers,
      body: { name: 'ci', role: 'viewer' },
    });
    return { headers, id: body.id as string, secret: body.token as string };
  };
  const notGood =
    'the API token is not good: it has expired, was revoked, is void, or is not one of this patrol';
  const invalid = 'Bearer error="invalid_token"';
  const malformed = [
    401,
    'the Authorization header is not `Bearer` and a token',
    'Send `Authorization: Bearer apt_…`: the word, one space and the token as it was shown.',
    'Bearer error="invalid_request"',
  ];

  it('is told how one is let in', async () => {
    expect(await asked(undefined, 'en')).toEqual([
      401,
      'nobody is signed in',
      expect.stringContaining('send an API token as `Authorization: Bearer …`'),
      'Bearer',
    ]);
  });

  it('is told that its token is none of this patrol, or was revoked', async () => {
    const { headers, id, secret } = await make();
    await served.call('DELETE', `/tokens/${id}`, { headers });
    for (const token of ['apt_of-another-patrol', secret, `${secret}x`])
      expect(await asked(`Bearer ${token}`, 'en')).toEqual([
        401,
        notGood,
        expect.stringContaining('Make a new one under Settings → API tokens'),
        invalid,
      ]);
    expect(await asked(`Bearer ${secret}`, 'zh')).toEqual([
      401,
      'API 令牌无效：已过期、已撤销、已失效，或不属于本巡检',
      expect.stringContaining('请在“设置 → API 令牌”中生成新的令牌'),
      invalid,
    ]);
  });

  it.each(['apt_x', 'Bearer', 'Bearer a b', 'Token apt_x', 'Basic dTpw'])(
    'is told how a token is sent: %s',
    async (authorization) => {
      expect(await asked(authorization, 'en')).toEqual(malformed);
      expect((await asked(authorization, 'zh'))[1]).toBe('Authorization 请求头不是“Bearer 令牌”的形式');
    },
  );
});

describe('a token with scopes', () => {
  const ask = async (body: object) => {
    const { headers } = await signIn('boss');
    return served.call('POST', '/tokens', { headers, body });
  };

  it('does what it was made for and nothing else', async () => {
    const { body: made } = await ask({ name: 'cd', role: 'operator', scopes: ['silences:write'] });
    expect(endpoints.createToken.answer.parse(made)).toEqual(made);
    expect(made).toMatchObject({ role: 'operator', scopes: ['silences:write'] });
    const headers = { authorization: `Bearer ${made.token}` };
    expect((await served.get('/session', headers)).body).toMatchObject({ scopes: ['silences:write'] });
    const body = { matcher: { subject: 'x' }, reason: 'deploy' };
    expect((await served.call('POST', '/silences', { body, headers })).status).toBe(201);
    for (const path of ['/overview', '/events', '/config', '/audit'])
      expect((await served.get(path, headers)).status).toBe(403);
    const refused = await served.call('POST', '/cycles', { headers });
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toBe('that takes the scope checks:run; token:cd has silences:write');
    expect(refused.headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_scope", scope="checks:run"',
    );
  });

  it('is not made for more than its role may', async () => {
    const { status, body } = await ask({ name: 'x', role: 'viewer', scopes: ['read', 'audit:read'] });
    expect([status, body.detail]).toEqual([
      422,
      'the scope audit:read takes the role operator; the token is to be viewer',
    ]);
    expect((await ask({ name: 'x', role: 'viewer', scopes: ['all'] })).status).toBe(422);
  });
});

it('keeps the page out of frames and foreign scripts out of the page', async () => {
  const { headers } = await served.get('/meta');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('content-security-policy')).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

describe('a server for this machine alone where people sign in', () => {
  it('is answered by its own names, and by that of nobody else', async () => {
    const users = [{ name: 'boss', password: await hashPassword(password), role: 'admin' }];
    const local = await serve({ server: { signIn: { users } } });
    const statusAs = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const url = `${local.server.url}/api/v1/meta`;
        request(url, { headers: { host } }, (answer) => resolve(answer.resume().statusCode))
          .on('error', reject)
          .end();
      });
    for (const host of ['localhost', '127.0.0.1:8420', '[::1]']) expect(await statusAs(host)).toBe(200);
    for (const host of ['evil.example', '127.0.0.1.evil.example']) expect(await statusAs(host)).toBe(421);
    await local.close();
  }, 90_000);
});

describe('tokens of somebody who loses a right', () => {
  const made = async (name: string) => {
    const boss = (await signIn('boss')).headers;
    const body = { name, password, role: 'admin' };
    expect((await served.call('POST', '/users', { headers: boss, body })).status).toBe(201);
    const own = (await signIn(name)).headers;
    const make = async (headers: Readonly<Record<string, string>>, token: string, role: string) =>
      (await served.call('POST', '/tokens', { headers, body: { name: token, role } })).body.token as string;
    const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
    const admin = bearer(await make(own, `${name}-admin`, 'admin'));
    const viewer = bearer(await make(own, `${name}-viewer`, 'viewer'));
    const second = bearer(await make(admin, `${name}-second`, 'admin'));
    const statuses = () =>
      Promise.all(
        [admin, viewer, second].map(async (headers) => (await served.get('/session', headers)).status),
      );
    return { boss, statuses };
  };
  const names = (tokens: readonly { readonly name: string }[]) => tokens.map(({ name }) => name).toSorted();

  it('end when that one is removed, and those that these have made', async () => {
    const { boss, statuses } = await made('qian');
    expect(await statuses()).toEqual([200, 200, 200]);
    const { body } = await served.call('DELETE', '/users/qian', { headers: boss });
    expect(names(body.revokedTokens)).toEqual(['qian-admin', 'qian-second', 'qian-viewer']);
    expect(await statuses()).toEqual([401, 401, 401]);
    const { items } = (await served.get('/tokens', boss)).body;
    const ended = items.filter((token: Token) => token.ended?.user === 'qian');
    expect(names(ended)).toEqual(['qian-admin', 'qian-second', 'qian-viewer']);
    expect(ended[0].ended).toMatchObject({ because: 'removed' });
    expect((await served.call('DELETE', `/tokens/${ended[0].id}`, { headers: boss })).status).toBe(204);
    const { body: left } = await served.get('/tokens', boss);
    expect(names(left.items)).not.toContain(ended[0].name);
  });

  it('go on and are named when they are to be kept', async () => {
    const { boss, statuses } = await made('sun');
    const { body } = await served.call('DELETE', '/users/sun?keepTokens=true', { headers: boss });
    expect(names(body.keptTokens)).toEqual(['sun-admin', 'sun-second', 'sun-viewer']);
    expect(body.revokedTokens).toEqual([]);
    expect(await statuses()).toEqual([200, 200, 200]);
  });

  it('end as far as they may do more than a user who is demoted', async () => {
    const { boss, statuses } = await made('zhou');
    const { body } = await served.call('PATCH', '/users/zhou', { headers: boss, body: { role: 'viewer' } });
    expect(names(body.revokedTokens)).toEqual(['zhou-admin', 'zhou-second']);
    expect(body.revokedTokens[0].ended).toMatchObject({ user: 'zhou', because: 'changed' });
    expect(await statuses()).toEqual([401, 200, 401]);
  });
});
