import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { request as ask } from 'node:http';
import { OAuth2Server } from 'oauth2-mock-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, serve, type Served } from '../support/served.ts';
import { hashPassword } from '../../src/server/access/password.ts';

const password = 'a long password';
let served: Served;
let provider: OAuth2Server;
const url = 'http://patrol.example';

beforeAll(async () => {
  provider = new OAuth2Server();
  await provider.issuer.keys.generate('RS256');
  await provider.start(0, '127.0.0.1');
  const issuer = provider.issuer.url ?? '';
  const hash = await hashPassword(password);
  served = await serve({
    server: {
      url,
      proxies: ['127.0.9.0/24'],
      signIn: {
        users: [
          { name: 'boss', password: hash, role: 'admin' },
          { name: 'victim', password: hash, role: 'admin' },
          { name: 'leaver', password: hash, role: 'viewer' },
          { name: 'other', password: hash, role: 'viewer' },
        ],
        oidc: { issuer, clientId: 'patrol', roles: { operator: ['sre'], admin: ['root'] } },
      },
    },
  });
}, 120_000);
afterAll(async () => {
  await served.close();
  await provider.stop();
});

/** From another address of this machine. */
function post(
  body: object,
  from: string,
  cookie = '',
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; cookies: readonly string[] }> {
  return new Promise((resolve, reject) => {
    const sent = ask(
      `${served.server.url}/api/v1/session`,
      {
        method: 'POST',
        localAddress: from,
        headers: { 'content-type': 'application/json', cookie, ...headers },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, cookies: answer.headers['set-cookie'] ?? [] }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}

const count = (answers: readonly { readonly status: number }[], status: number): number =>
  answers.filter((answer) => answer.status === status).length;

async function signIn(name: string): Promise<Readonly<Record<string, string>>> {
  const answer = await served.call('POST', '/session', { body: { name, password } });
  expect(answer.status).toBe(201);
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { cookie, 'x-csrf-token': String(answer.body.csrf) };
}

describe('guessing passwords', () => {
  it('at once is no more than one after the other', async () => {
    const attempts = Array.from({ length: 60 }, () =>
      post({ name: 'guess-me', password: 'wrong' }, '127.0.1.1'),
    );
    const answers = await Promise.all(attempts);
    expect([count(answers, 401), count(answers, 429)]).toEqual([5, 55]);
  });

  it('from many addresses is no more than ten for one name', async () => {
    const attempts = Array.from({ length: 40 }, (_, index) =>
      post({ name: 'spread', password: 'wrong' }, `127.0.2.${index + 1}`),
    );
    const answers = await Promise.all(attempts);
    expect([count(answers, 401), count(answers, 429)]).toEqual([10, 30]);
  });

  it('for many names is no more than twenty from one address', async () => {
    const attempts = Array.from({ length: 40 }, (_, index) =>
      post({ name: `user-${index}`, password: 'wrong' }, '127.0.3.1'),
    );
    const answers = await Promise.all(attempts);
    expect([count(answers, 401), count(answers, 429)]).toEqual([20, 20]);
  });

  it('behind a proxy keeps out nobody but the guesser', async () => {
    const through = (forwarded: string, name: string, word = 'wrong') =>
      post({ name, password: word }, '127.0.9.1', '', { 'x-forwarded-for': forwarded });
    const guesses = Array.from({ length: 40 }, (_, index) =>
      // Whatever a client writes there itself stands left of what the proxy adds.
      through(`203.0.113.${index}, 198.51.100.1`, `behind-${index}`),
    );
    const answers = await Promise.all(guesses);
    expect([count(answers, 401), count(answers, 429)]).toEqual([20, 20]);
    expect((await through('198.51.100.2', 'other', password)).status).toBe(201);
    expect((await through('198.51.100.1', 'other', password)).status).toBe(429);
    const { desk } = served.daemon.store;
    const noted = await desk.audit({ from: 0, to: Number.MAX_SAFE_INTEGER, limit: 50 });
    expect(noted.map(({ note }) => note)).toContain('from 198.51.100.2');
  });

  it('from addresses that somebody makes up is from one', async () => {
    const attempts = Array.from({ length: 40 }, (_, index) =>
      post({ name: `made-up-${index}`, password: 'wrong' }, '127.0.10.1', '', {
        'x-forwarded-for': `203.0.113.${index}`,
      }),
    );
    const answers = await Promise.all(attempts);
    expect([count(answers, 401), count(answers, 429)]).toEqual([20, 20]);
  });

  it('does not keep out whoever has signed in before', async () => {
    const first = await post({ name: 'victim', password }, '127.0.4.1');
    expect(first.status).toBe(201);
    const known = first.cookies.find((cookie) => cookie.startsWith('apipatrol_known='))?.split(';')[0] ?? '';
    const strangers = Array.from({ length: 40 }, (_, index) =>
      post({ name: 'victim', password: 'wrong' }, `127.0.5.${index + 1}`),
    );
    expect(count(await Promise.all(strangers), 401)).toBe(10);
    expect((await post({ name: 'victim', password }, '127.0.4.1')).status).toBe(429);
    expect((await post({ name: 'victim', password }, '127.0.4.1', known)).status).toBe(201);
    // It opens nothing, and is good for the name that it was given to.
    const guesses = Array.from({ length: 20 }, () =>
      post({ name: 'victim', password: 'wrong' }, '127.0.4.1', known),
    );
    expect(count(await Promise.all(guesses), 401)).toBeLessThanOrEqual(5);
    expect((await served.get('/session', { cookie: known })).status).toBe(401);
    expect(count([await post({ name: 'guess-me', password: 'wrong' }, '127.0.1.1', known)], 429)).toBe(1);
  });
});

describe('an id token', () => {
  let claimed: Record<string, unknown> = {};

  beforeAll(() => {
    provider.service.on('beforeTokenSigning', (token: { payload: Record<string, unknown> }) => {
      Object.assign(token.payload, { preferred_username: 'zhang', groups: ['sre'], ...claimed });
    });
    provider.service.on('beforeUserinfo', (answer: { body: unknown }) => {
      answer.body = { sub: 'johndoe' };
    });
  });
  afterEach(() => {
    claimed = {};
  });

  /** As a browser: to the provider and back. */
  async function begin(cookies = ''): Promise<{ readonly cookie: string; readonly callback: string }> {
    const out = await served.get('//auth/oidc/login', { cookie: cookies });
    const cookie = out.headers.get('set-cookie')?.split(';')[0] ?? '';
    const provided = await fetch(out.headers.get('location') ?? '', { redirect: 'manual' });
    const callback = new URL(provided.headers.get('location') ?? '');
    return { cookie, callback: `/${callback.pathname}${callback.search}` };
  }

  const part = (token: string, index: number): object =>
    JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString()) as object;
  const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  /** A whole sign-in in which somebody between the provider and us makes another token of the one that is sent. */
  async function journey(forge?: (token: string) => string): Promise<Answer> {
    const { cookie, callback } = await begin();
    if (forge !== undefined)
      provider.service.once('beforeResponse', (answer: { body: { id_token: string } }) => {
        answer.body.id_token = forge(answer.body.id_token);
      });
    return served.get(callback, { cookie });
  }

  const root = (token: string): string =>
    encoded({ ...part(token, 1), groups: ['root'], preferred_username: 'admin' });

  it('of the provider lets in', async () => {
    expect((await journey()).status).toBe(302);
    expect((await journey((token) => token)).status).toBe(302);
  });

  it.each<readonly [string, (token: string) => string]>([
    [
      'whose payload has been changed',
      (token) => [token.split('.')[0], root(token), token.split('.')[2]].join('.'),
    ],
    [
      'signed with another key',
      (token) => {
        const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        const signed = `${token.split('.')[0]}.${root(token)}`;
        return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
      },
    ],
    [
      'signed with a key that it brings along',
      (token) => {
        const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        const head = { alg: 'RS256', kid: 'mine', jwk: publicKey.export({ format: 'jwk' }) };
        const signed = `${encoded(head)}.${root(token)}`;
        return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
      },
    ],
    [
      'signed with the public key as a secret',
      (token) => {
        const signed = `${encoded({ ...part(token, 0), alg: 'HS256' })}.${root(token)}`;
        const [jwk] = provider.issuer.keys.toJSON();
        const key = createPublicKey({
          key: { kty: 'RSA', n: jwk?.['n'] ?? '', e: jwk?.['e'] ?? '' },
          format: 'jwk',
        });
        const secret = key.export({ type: 'spki', format: 'pem' });
        return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
      },
    ],
    ['that nobody has signed', (token) => `${encoded({ alg: 'none' })}.${root(token)}.`],
    ['whose signature is gone', (token) => `${token.split('.')[0]}.${root(token)}.`],
    ['that is none', () => 'x.y.z'],
  ])('%s does not', async (_, forge) => {
    const answer = await journey(forge);
    expect(answer.status).toBe(401);
    expect(answer.headers.getSetCookie().join()).not.toContain('apipatrol_session');
  });

  it.each([
    ['of another issuer', { iss: 'https://evil.example' }],
    ['for another client', { aud: 'somebody-else' }],
    ['of another sign-in', { nonce: 'other' }],
    ['that is over', { exp: 1 }],
    ['without an end', { exp: undefined }],
  ])('%s does not', async (_, claims) => {
    claimed = claims;
    expect((await journey()).status).toBe(401);
  });

  it('is not undone by a thousand sign-ins of strangers', async () => {
    const mine = await begin();
    for (let stranger = 0; stranger < 1005; stranger++)
      expect((await served.get('//auth/oidc/login')).status).toBe(302);
    expect((await served.get(mine.callback, { cookie: mine.cookie })).status).toBe(302);
  }, 60_000);

  it('is asked for in two tabs of one browser', async () => {
    const first = await begin();
    const second = await begin(first.cookie);
    expect((await served.get(first.callback, { cookie: second.cookie })).status).toBe(302);
    expect((await served.get(second.callback, { cookie: second.cookie })).status).toBe(302);
    expect((await served.get(second.callback, { cookie: second.cookie })).status).toBe(400);
  });

  it('does not come back to where its sign-in was not begun', async () => {
    const { cookie, callback } = await begin();
    const [name = '', value = ''] = cookie.split('=');
    const changed = `${name}=${value.slice(0, -4)}AAAA`;
    expect((await served.get(callback, { cookie: changed })).status).toBe(400);
    expect((await served.get(callback)).status).toBe(400);
  });

  it.each(['boss', 'BOSS', ' Boss', 'ｂｏｓｓ', 'boѕs', 'bо\u200Bss'])(
    'does not name somebody as a local user, nor so that it reads the same: %j',
    async (given) => {
      claimed = { preferred_username: given };
      const answer = await journey();
      expect([answer.status, String(answer.body.detail)]).toEqual([
        403,
        expect.stringMatching(/a local user has the name|mixes Cyrillic and Latin/),
      ]);
    },
  );

  it.each([
    ['li\u0000\u001b[31m\r\nadmin', 'li[31m admin'],
    ['\u202Egnaw\u2066', 'gnaw'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['  王 \u3000 芳 ', '王 芳'],
    ['\u200b\u200d', 'johndoe'],
    [['a', 'list'], 'johndoe'],
  ])('names somebody as it can be shown: %j', async (given, shown) => {
    claimed = { preferred_username: given };
    const answer = await journey();
    const session = answer.headers.getSetCookie().find((one) => one.startsWith('apipatrol_session=')) ?? '';
    const { body } = await served.get('/session', { cookie: session.split(';')[0] ?? '' });
    expect(body.user).toBe(shown);
  });
});

describe('live events', () => {
  /** Resolves when the stream has ended. */
  async function listen(
    headers: Readonly<Record<string, string>>,
  ): Promise<{ readonly ended: Promise<void> }> {
    const answer = await fetch(`${served.server.url}/api/v1/events`, { headers });
    expect(answer.status).toBe(200);
    const read = async (): Promise<void> => {
      for await (const _ of answer.body ?? []) continue;
    };
    return { ended: read() };
  }
  const soon = <T>(work: Promise<T>) =>
    Promise.race([
      work.then(() => 'ended'),
      new Promise<string>((resolve) => {
        setTimeout(resolve, 5000, 'still open').unref();
      }),
    ]);

  it('end with the user, the token, the session', async () => {
    const boss = await signIn('boss');
    const add = { headers: boss, body: { name: 'temp', password, role: 'viewer' } };
    expect((await served.call('POST', '/users', add)).status).toBe(201);
    const user = await listen(await signIn('temp'));
    expect((await served.call('DELETE', '/users/temp', { headers: boss })).status).toBe(200);
    expect(await soon(user.ended)).toBe('ended');
    const { body: token } = await served.call('POST', '/tokens', {
      headers: boss,
      body: { name: 'watch', role: 'viewer' },
    });
    const program = await listen({ authorization: `Bearer ${token.token}` });
    await served.call('DELETE', `/tokens/${token.id}`, { headers: boss });
    expect(await soon(program.ended)).toBe('ended');
    const other = await signIn('other');
    const own = await listen(other);
    await served.call('DELETE', '/session', { headers: other });
    expect(await soon(own.ended)).toBe('ended');
  });

  it('end with the line in the configuration', async () => {
    const leaver = await listen(await signIn('leaver'));
    const boss = await signIn('boss');
    const text = await readFile(served.config, 'utf8');
    await writeFile(served.config, text.replace('name: leaver', 'name: somebody'));
    await served.call('POST', '/config/reload', { headers: boss });
    expect(await soon(leaver.ended)).toBe('ended');
    await writeFile(served.config, text);
    await served.call('POST', '/config/reload', { headers: boss });
  });

  it('are bounded for one, and others still get theirs', async () => {
    const boss = await signIn('boss');
    const { body: token } = await served.call('POST', '/tokens', {
      headers: boss,
      body: { name: 'greedy', role: 'viewer' },
    });
    const headers = { authorization: `Bearer ${token.token}` };
    const stop = new AbortController();
    const answers = await Promise.all(
      Array.from({ length: 60 }, () =>
        fetch(`${served.server.url}/api/v1/events`, { headers, signal: stop.signal }),
      ),
    );
    expect([count(answers, 200), count(answers, 429)]).toEqual([20, 40]);
    const other = await fetch(`${served.server.url}/api/v1/events`, { headers: boss, signal: stop.signal });
    expect(other.status).toBe(200);
    stop.abort();
  });
});

describe('names and texts of people', () => {
  const bad = ['a\u0000b', 'a\nb', 'a\u001b[31mb', 'a\u202Eb', 'a\u0085b', 'a\u2028b', '\ud800'];

  it.each(bad)('refuse what steers a screen: %j', async (name) => {
    const headers = await signIn('boss');
    const call = (path: string, body: object) => served.call('POST', path, { headers, body });
    const text = name.replace('\n', '\r');
    expect([
      (await call('/users', { name, password, role: 'viewer' })).status,
      (await call('/tokens', { name, role: 'viewer' })).status,
      (await call('/silences', { matcher: { subject: 'x' }, reason: name })).status,
      (await call('/silences', { matcher: { subject: name }, reason: 'r' })).status,
      (await call('/silences', { matcher: { tags: [name] }, reason: 'r' })).status,
      (await call('/incidents/ZZZZ/comments', { text })).status,
      (await call('/incidents/ZZZZ/ack', { note: text })).status,
      (await served.call('POST', '/session', { body: { name, password: 'wrong' } })).status,
    ]).toEqual([422, 422, 422, 422, 422, 422, 422, 422]);
  });

  it('are refused where they read like those of others', async () => {
    const headers = await signIn('boss');
    const make = (name: string) =>
      served.call('POST', '/users', { headers, body: { name, password, role: 'viewer' } });
    expect((await make('José')).status).toBe(201);
    for (const twin of ['BOSS', 'ｂｏｓｓ', 'jose\u0301', 'JOSÉ', 'José '])
      expect([twin, (await make(twin)).status]).toEqual([twin, 409]);
    for (const mixed of ['bоss', 'bοss']) {
      const { status, body } = await make(mixed);
      expect([status, body.detail]).toEqual([
        422,
        expect.stringMatching(/name: mixes \w+ and Latin, which look/),
      ]);
    }
    expect((await make('сосо')).status).toBe(201);
    expect((await make('coco')).status).toBe(409);
  });

  it('keep markup as text', async () => {
    const headers = await signIn('boss');
    const reason = '<img src=x onerror=alert(1)> **bold** [a](javascript:b)';
    const body = { matcher: { subject: 'nothing' }, reason };
    const made = await served.call('POST', '/silences', { headers, body });
    expect(made.body.reason).toBe(reason);
    const listed = await served.get('/silences', headers);
    expect(listed.headers.get('content-type')).toBe('application/json');
    expect(listed.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
