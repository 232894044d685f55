import { constants, createHash, generateKeyPairSync, privateDecrypt } from 'node:crypto';
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

async function system(written: (url: string) => object, answer: (request: Received) => Reply) {
  const server = await startServer(answer);
  const test = harness([credential('c', 'login', { url: `${server.url}/login`, ...written(server.url) })]);
  closers.push(server.close, test.close);
  return { ...test, server, api: { url: `${server.url}/orders` } };
}

describe('a login as a browser does it', () => {
  it('fetches a CSRF token first, keeps cookies, and sends the session with the checks', async () => {
    const { sign, server, api } = await system(
      (url) => ({
        before: [{ url: `${url}/login`, take: { csrf: { regex: 'name="_csrf" value="([^"]+)"' } } }],
        form: { username: 'patrol', password: '{{password}}', _csrf: '{{csrf}}' },
        values: { password: 'p4ss' },
        success: 'header location does not contain error',
      }),
      ({ method, body, headers }): Reply => {
        if (method === 'GET') {
          return { headers: { 'set-cookie': 'pre=1; Path=/' }, body: '<input name="_csrf" value="c-42">' };
        }
        const known = body === 'username=patrol&password=p4ss&_csrf=c-42' && headers.cookie === 'pre=1';
        const location = known ? '/home' : '/login?error';
        return {
          status: 302,
          headers: { location, 'set-cookie': ['SESSION=s-1; Path=/; HttpOnly', 'x=1; Path=/admin'] },
        };
      },
    );
    expect(await sign('c', api)).toMatchObject({
      ok: true,
      request: { headers: { cookie: 'pre=1; SESSION=s-1' } },
    });
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /login',
      'POST /login',
    ]);
  });

  it('notices a wrong password although the answer is a redirect', async () => {
    const { sign } = await system(
      () => ({ form: { password: 'x' }, success: 'header location does not contain error' }),
      () => ({ status: 302, headers: { location: '/login?error', 'set-cookie': 'SESSION=anonymous' } }),
    );
    expect(await sign('c')).toMatchObject({
      message: expect.saying(
        /answered 302, and `header location does not contain error` does not hold: it leads to \/login$/,
      ),
    });
  });

  it('follows redirects through a sign-on server, to the cookie at their end', async () => {
    const { sign, api, server } = await system(
      () => ({ form: { password: 'x' }, followRedirects: true, headers: { 'x-own': '1' } }),
      ({ path, url }) => {
        if (path === '/login')
          return { status: 302, headers: { location: '/cas?ticket=ST-1', 'set-cookie': 'TGC=t' } };
        if (url === '/cas?ticket=ST-1') {
          return { status: 302, headers: { location: 'home', 'set-cookie': 'SESSION=s-2; Path=/' } };
        }
        return { body: 'home' };
      },
    );
    expect(await sign('c', api)).toMatchObject({ request: { headers: { cookie: 'TGC=t; SESSION=s-2' } } });
    expect(server.requests.map((one) => [one.method, one.url, one.headers['x-own']])).toEqual([
      ['POST', '/login', '1'],
      ['GET', '/cas?ticket=ST-1', undefined],
      ['GET', '/home', undefined],
    ]);
  });

  it.each([
    ['302', '/orders/7/delete'],
    ['303', '/api/user/resetPassword?id=1'],
    ['307', '/logout'],
    ['308', '/login/../orders/7/cancel'],
    ['302', 'ftp://127.0.0.1/home'],
  ])('is not led by a %s to %s', async (status, location) => {
    const { sign, server } = await system(
      () => ({ form: { password: 'x' }, followRedirects: true }),
      () => ({ status: Number(status), headers: { location } }),
    );
    await sign('c');
    expect(server.requests.map(({ path }) => path)).toEqual(['/login']);
  });

  it.each([
    '/connect/authorize?client_id=a',
    '/sso/createSession',
    '/oauth/grant',
    '/authorize/resume?state=1',
  ])('is led by a redirect to a step of signing in: %s', async (location) => {
    const { sign, server } = await system(
      () => ({ form: { password: 'x' }, followRedirects: true }),
      ({ path }): Reply =>
        path === '/login'
          ? { status: 302, headers: { location } }
          : { headers: { 'set-cookie': 'SESSION=s' } },
    );
    expect(await sign('c')).toMatchObject({ ok: true });
    expect(server.requests).toHaveLength(2);
  });

  it('does not go round in circles, nor to what is not an address', async () => {
    const { sign, server } = await system(
      () => ({ followRedirects: true }),
      () => ({ status: 302, headers: { location: '/login' } }),
    );
    expect(await sign('c')).toMatchObject({ message: expect.saying('without a cookie') });
    expect(server.requests).toHaveLength(3);
    const other = await system(
      () => ({ followRedirects: true }),
      () => ({ status: 302, headers: { location: 'http://' } }),
    );
    expect(await other.sign('c')).toMatchObject({ ok: false });
  });

  it('hashes and encrypts the password as the page does, with a key that the server hands out', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const der = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    let seen: { plain?: string; md5?: string } = {};
    const { sign } = await system(
      (url) => ({
        before: [{ url: `${url}/key`, take: { key: '$.data.key', salt: { header: 'x-salt' } } }],
        json: { user: 'patrol', rsa: '{{password | rsa: key}}', md5: '{{password | append: salt | md5}}' },
        values: { password: 'p4ss' },
        token: { header: 'X-Auth-Token' },
      }),
      ({ path, body }): Reply => {
        if (path === '/key') return { headers: { 'x-salt': 'pepper' }, body: { data: { key: der } } };
        const { rsa, md5 } = JSON.parse(body) as { rsa: string; md5: string };
        const block = privateDecrypt(
          { key: privateKey, padding: constants.RSA_NO_PADDING },
          Buffer.from(rsa, 'base64'),
        );
        seen = { plain: block.subarray(block.indexOf(0, 2) + 1).toString(), md5 };
        return { headers: { 'x-auth-token': 'tok-9' } };
      },
    );
    expect(await sign('c')).toMatchObject({ request: { headers: { authorization: 'Bearer tok-9' } } });
    expect(seen).toEqual({ plain: 'p4ss', md5: createHash('md5').update('p4sspepper').digest('hex') });
  });

  it('sends multipart bodies, addresses and headers with values in them', async () => {
    const { sign, server } = await system(
      (url) => ({
        url: `${url}/login?at={{now}}&u={{user}}`,
        headers: { 'X-Request': '{{uuid}}' },
        multipart: { user: '{{user}}', 'pass"word': 'x' },
        values: { user: 'ä b' },
        token: { cookie: 'T' },
        cookies: 'all',
      }),
      () => ({ headers: { 'set-cookie': 'T=tok-3' } }),
    );
    expect(await sign('c')).toMatchObject({
      request: { headers: { authorization: 'Bearer tok-3', cookie: 'T=tok-3' } },
    });
    const [request] = server.requests;
    expect(request?.url).toBe(`/login?at=${Date.UTC(2026, 0, 1)}&u=%C3%A4%20b`);
    expect(request?.headers['x-request']).toMatch(/^[0-9a-f-]{36}$/);
    const form = await new Response(request?.body, {
      headers: { 'content-type': request?.headers['content-type'] ?? '' },
    }).formData();
    expect([...form]).toEqual([
      ['user', 'ä b'],
      ['pass"word', 'x'],
    ]);
  });

  it.each<[string, Reply, RegExp]>([
    ['it fails', { status: 500 }, /^credential "c": GET http:\S+\/key answered 500$/],
    [
      'it lacks what is to be taken',
      { body: { data: {} } },
      /^credential "c": GET http:\S+\/key answered 200, without a value for "key" at \$\.data\.key: it has data$/,
    ],
  ])('says which request before the login is to blame when %s', async (_, reply, message) => {
    const { sign, manager } = await system(
      (url) => ({ before: [{ url: `${url}/key`, take: { key: '$.data.key' } }], json: {}, token: '$.t' }),
      () => reply,
    );
    expect(await sign('c')).toMatchObject({ message: expect.saying(message) });
    expect(manager.status()[0]).toMatchObject({ state: 'failing', failure: { permanent: false } });
  });

  it.each<[object, string]>([
    [{ json: { p: '{{pass}}' } }, 'there is no value \\"pass\\"; known here are now, nowSeconds, uuid'],
    [{ json: { p: ['{{now | md7}}'] } }, '{{now | md7}}: there is no filter \\"md7\\"; did you mean md5?'],
    [{ values: { password: 'x' }, body: '{{passwort}}' }, 'known here are now, nowSeconds, uuid, password'],
    [
      { before: [{ url: 'http://h/{{csrf}}', take: { csrf: '$.a' } }] },
      'there is no value \\"csrf\\"; known here are now, nowSeconds, uuid',
    ],
  ])('refuses %j', (written, message) => {
    expect(() => credential('c', 'login', { url: 'http://h', ...written })).toThrow(message);
  });
});
