import { inEnglish } from '../messages/in-language.ts';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  deadOrigin,
  keep,
  makeCheck,
  run,
  sendJson,
  serve,
  testEngine,
  type TestServer,
} from '../../test/support/check-harness.ts';
import type { Check } from '../model/check.ts';
import type { Result } from '../model/result.ts';
import type { Authorizer } from './ports.ts';

const promises = [{ status: '200', contentTypes: ['application/json'] }];

type Route = (request: IncomingMessage, response: ServerResponse) => void;

function site(routes: Readonly<Record<string, Route>>): RequestListener {
  return (request, response) => {
    const route = routes[request.url ?? ''];
    if (route === undefined) sendJson(response, {}, 404);
    else route(request, response);
  };
}

function to(location: string, status = 302, cookies: readonly string[] = []): Route {
  return (_, response) => {
    response.writeHead(status, { location, 'set-cookie': [...cookies] });
    response.end();
  };
}

const json: Route = (_, response) => sendJson(response, {});
const page =
  (html: string): Route =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(html);
  };

/** `verdict: message` for a call of `path`. */
async function call(server: TestServer, path: string, more: Partial<Check> = {}): Promise<string> {
  return shown(server, await callFor(server, path, more));
}

async function callFor(
  server: TestServer,
  path: string,
  more: Partial<Check> = {},
): Promise<Result | undefined> {
  const [result] = await run(keep(testEngine()), [makeCheck(server.origin, path, { promises, ...more })]);
  return result;
}

function shown(server: TestServer, result: Result | undefined): string {
  const { verdict, reason } = result ?? {};
  return `${verdict}: ${inEnglish(reason?.message ?? '').replaceAll(server.origin, '')}`;
}

describe('a redirect within the site', () => {
  it.each<[string, Readonly<Record<string, Route>>]>([
    ['to the address with a slash', { '/x': to('/x/', 308), '/x/': json }],
    ['by a relative address', { '/x': to('y', 301), '/y': json }],
    ['over several steps', { '/x': to('/y', 303), '/y': to('/z', 307), '/z': json }],
    [
      'with an address that is not ASCII',
      { '/x': to(Buffer.from('/订单').toString('latin1')), '/%E8%AE%A2%E5%8D%95': json },
    ],
    [
      'that needs the cookie that it sets',
      {
        '/x': (request, response) =>
          request.headers.cookie === 'seen=1'
            ? json(request, response)
            : to('/x', 302, ['seen=1; Path=/'])(request, response),
      },
    ],
  ])('is followed: %s', async (_, routes) => {
    const server = keep(await serve(site(routes)));
    expect(await call(server, '/x')).toBe('pass: ');
  });

  it('is noted once', async () => {
    const server = keep(await serve(site({ '/x': to('/x/', 308), '/x/': json })));
    const engine = keep(testEngine());
    const check = makeCheck(server.origin, '/x', { promises });
    const notes = async (): Promise<readonly string[]> =>
      (await run(engine, [check])).flatMap(({ findings }) =>
        findings.map(({ message }) => inEnglish(message)),
      );
    expect([await notes(), await notes()]).toEqual([[`redirected: HTTP 308 → ${server.origin}/x/`], []]);
  });

  it('takes the headers and the credential along, and replaces cookies that are set on the way', async () => {
    const server = keep(
      await serve(site({ '/x': to('/y', 302, ['a=2; Path=/', 'c=3; Path=/elsewhere']), '/y': json })),
    );
    const authorizer: Authorizer = {
      authorize: (_, request) =>
        Promise.resolve({
          ok: true,
          generation: 1,
          request: { ...request, headers: { ...request.headers, 'x-key': 'k' } },
        }),
      rejected: () => Promise.resolve(false),
    };
    const check = makeCheck(server.origin, '/x', { credential: 'orders', promises });
    const signed = { ...check, request: { ...check.request, headers: { cookie: 'a=1; b=1' } } };
    await run(keep(testEngine({ authorizer })), [signed]);
    expect(server.requests[1]?.headers).toMatchObject({ 'x-key': 'k', cookie: 'b=1; a=2' });
  });

  it('that is documented is what was promised, and is not followed', async () => {
    const server = keep(await serve(site({ '/x': to('/y') })));
    const documented = [{ status: '302', contentTypes: [] }];
    expect(await call(server, '/x', { promises: documented })).toBe('pass: ');
    const expectations = [{ kind: 'status', settings: '3xx' }];
    expect(await call(server, '/x', { expectations })).toBe('pass: ');
    expect(server.requests).toHaveLength(2);
  });

  it('whose end is not as promised says by which way it got there', async () => {
    const server = keep(await serve(site({ '/x': to('/gone?ticket=secret') })));
    expect(await call(server, '/x')).toBe('fail: HTTP 404, expected: 200 (after HTTP 302 → /gone?…)');
  });

  it('in a circle, or without an end, is told with the way', async () => {
    const routes = Object.fromEntries(Array.from({ length: 20 }, (_, no) => [`/${no}`, to(`/${no + 1}`)]));
    const server = keep(await serve(site({ '/a': to('/b'), '/b': to('/a'), ...routes })));
    expect(await call(server, '/a')).toBe('fail: redirected in a circle: HTTP 302 → /b, HTTP 302 → /a');
    expect(await call(server, '/0')).toMatch(
      /^fail: redirected more than 10 times: HTTP 302 → \/1, .*→ \/10$/,
    );
    expect(server.requests).toHaveLength(13);
  });

  it('has no more time than the call', async () => {
    const server = keep(await serve(site({ '/x': to('/slow'), '/slow': () => undefined })));
    const timeouts = { connectMs: 1000, firstByteMs: 150, totalMs: 200 };
    expect(await call(server, '/x', { timeouts })).toMatch(
      /^fail: HTTP 302 → \/slow: no answer within \d+ms$/,
    );
  });

  it('is not followed when it must not be', async () => {
    const server = keep(await serve(site({ '/x': to('/x/', 308), '/x/': json })));
    const expected = 'fail: HTTP 308 → /x/, expected: 200';
    expect(await call(server, '/x', { redirects: 'off' })).toBe(expected);
    expect(
      await call(server, '/x', {
        method: 'POST',
        request: { method: 'POST', url: `${server.origin}/x`, headers: {} },
      }),
    ).toBe(expected);
    expect(server.requests).toHaveLength(2);
  });

  it('without a usable address is an answer like any other', async () => {
    const server = keep(
      await serve(site({ '/x': to('http://'), '/y': (_, response) => response.writeHead(302).end() })),
    );
    expect(await call(server, '/x')).toBe('fail: HTTP 302, expected: 200');
    expect(await call(server, '/y')).toBe('fail: HTTP 302, expected: 200');
  });
});

describe('a redirect to another host', () => {
  it('is told with its target, without what its query carries', async () => {
    const server = keep(await serve(site({ '/x': to('http://user:pw@elsewhere.example/a?code=4711#top') })));
    expect(await call(server, '/x')).toBe('fail: HTTP 302 → http://elsewhere.example/a?…, expected: 200');
  });

  it('is followed on request, and tells the other host nothing of who asks', async () => {
    const other = keep(await serve(site({ '/a': json })));
    const target = other.origin.replace('127.0.0.1', 'localhost');
    const server = keep(await serve(site({ '/x': to(`${target}/a`, 302, ['mine=1; Path=/']) })));
    const headers = { accept: 'application/json', authorization: 'Bearer t', cookie: 'a=1', 'x-key': 'k' };
    const request = { method: 'GET', url: `${server.origin}/x`, headers } as const;
    expect(await call(server, '/x', { redirects: 'follow', request })).toBe('pass: ');
    const { authorization, cookie, 'x-key': key, accept } = other.requests[0]?.headers ?? {};
    expect([authorization, cookie, key, accept]).toEqual([
      undefined,
      undefined,
      undefined,
      'application/json',
    ]);
  });

  it('is not followed to an internal address that only the answer names', async () => {
    const other = keep(await serve(site({ '/a': json })));
    const server = keep(
      await serve(site({ '/x': to(`${other.origin.replace('127.0.0.1', '127.0.0.2')}/a`) })),
    );
    const engine = keep(testEngine({ trustedOrigins: new Set([server.origin]) }));
    const check = makeCheck(server.origin, '/x', { promises, redirects: 'follow' });
    const [result] = await run(engine, [check]);
    expect(shown(server, result)).toMatch(/^fail: HTTP 302 → http:\/\/127\.0\.0\.2:\d+\/a, expected: 200$/);
    expect(other.requests).toHaveLength(0);
  });

  it('that does not answer is a fault of where it leads, not of the origin', async () => {
    const dead = (await deadOrigin()).replace('127.0.0.1', 'localhost');
    const server = keep(await serve(site({ '/x': to(`${dead}/a`) })));
    const result = await callFor(server, '/x', { redirects: 'follow' });
    expect(result?.reason.code).toBe('status');
    expect(shown(server, result)).toMatch(/^fail: HTTP 302 → http:\/\/localhost:\d+\/a: connection refused/);
  });

  it('is not followed with a body that would be sent twice', async () => {
    const other = keep(await serve(site({ '/a': json })));
    const server = keep(
      await serve(
        site({
          '/x': to(`${other.origin.replace('127.0.0.1', 'localhost')}/a`, 307),
          '/y': to('/done', 303),
          '/done': json,
        }),
      ),
    );
    const post = (path: string) =>
      ({ method: 'POST', url: server.origin + path, headers: {}, body: '{}' }) as const;
    const more = { redirects: 'follow', method: 'POST' } as const;
    expect(await call(server, '/x', { ...more, request: post('/x') })).toMatch(/^fail: HTTP 307 → /);
    expect(await call(server, '/y', { ...more, request: post('/y') })).toBe('pass: ');
    expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /x',
      'POST /y',
      'GET /done',
    ]);
  });
});

describe('a redirect to where people sign in', () => {
  it.each<[string, Readonly<Record<string, Route>>, string]>([
    [
      'on another host',
      { '/x': to('https://sso.example/auth?redirect_uri=x') },
      'HTTP 302 → https://sso.example/auth?…',
    ],
    [
      'of the same host',
      { '/x': to('/login.html'), '/login.html': page('<html>login</html>') },
      'HTTP 302 → /login.html',
    ],
    [
      'by what it asks for',
      { '/x': to('/welcome'), '/welcome': page('<input name=p type="password">') },
      'HTTP 302 → /welcome',
    ],
    [
      'by its title',
      { '/x': to('/a'), '/a': to('/b'), '/b': page('<title>统一登录</title>') },
      'HTTP 302 → /a, HTTP 302 → /b',
    ],
    ['that is not there', { '/x': to('/login') }, 'HTTP 302 → /login'],
    [
      'that fails',
      { '/x': to('/user/toLogin'), '/user/toLogin': (_q, r) => sendJson(r, {}, 502) },
      'HTTP 302 → /user/toLogin',
    ],
    [
      'that answers in JSON',
      { '/x': to('/login'), '/login': (_q, r) => sendJson(r, { code: 401, msg: '未登录' }) },
      'HTTP 302 → /login',
    ],
    [
      'that sends to itself',
      { '/x': to('/login'), '/login': to('/login') },
      'HTTP 302 → /login, HTTP 302 → /login',
    ],
    [
      'that does not answer',
      { '/x': to('/sign_in'), '/sign_in': (_q, r) => r.destroy() },
      'HTTP 302 → /sign_in',
    ],
    [
      'and on to a page that is not there',
      { '/x': to('/sso/check'), '/sso/check': to('/portal') },
      'HTTP 302 → /sso/check, HTTP 302 → /portal',
    ],
    ['in a page that is a program', { '/x': to('/#/login?from=x') }, 'HTTP 302 → /#/login'],
    [
      'elsewhere in such a page',
      { '/x': to('http://h.example/#/login') },
      'HTTP 302 → http://h.example/#/login',
    ],
    ['by what leads back', { '/x': to('/welcome?next=/x') }, 'HTTP 302 → /welcome?…'],
    [
      'elsewhere, by what leads back',
      { '/x': to('http://h.example/?returnUrl=http%3A%2F%2Fa%2Fx') },
      'HTTP 302 → http://h.example/?…',
    ],
    ...[
      '/unauth',
      '/session-expired',
      '/users/sign_in',
      '/auth',
      '/error/401',
      '/notLogin',
      '/loginPage',
      '/cas',
    ].map((place): [string, Readonly<Record<string, Route>>, string] => [
      `at ${place}`,
      { '/x': to(place) },
      `HTTP 302 → ${place}`,
    ]),
  ])('%s says nothing of the operation', async (_, routes, way) => {
    const server = keep(await serve(site(routes)));
    expect(await call(server, '/x')).toBe(
      `blocked: ${way}, where one signs in: set \`credential\` for service "orders"`,
    );
  });

  it('is a refused token where there is one: it is renewed once', async () => {
    const server = keep(
      await serve((request, response) =>
        request.headers['x-key'] === 'new'
          ? sendJson(response, {})
          : to('https://sso.example/login')(request, response),
      ),
    );
    const keys = ['old', 'new'];
    const authorizer: Authorizer = {
      authorize: (_, request) =>
        Promise.resolve({
          ok: true,
          generation: 1,
          request: { ...request, headers: { 'x-key': keys[0] ?? '' } },
        }),
      rejected: () => Promise.resolve(keys.shift() !== undefined),
    };
    const check = makeCheck(server.origin, '/x', { credential: 'orders', promises });
    const [result] = await run(keep(testEngine({ authorizer })), [check]);
    expect(shown(server, result)).toBe('pass: ');
    keys[0] = 'also old';
    const [second] = await run(keep(testEngine({ authorizer })), [check]);
    expect(shown(server, second)).toBe(
      'blocked: HTTP 302 → https://sso.example/login, where one signs in: the server does not accept what credential "orders" gives',
    );
  });

  it.each<[string, Readonly<Record<string, Route>>, string]>([
    [
      'that lets whoever comes in with a ticket',
      {
        '/x': (request, response) =>
          request.headers.cookie === 't=1' ? json(request, response) : to('/sso/check')(request, response),
        '/sso/check': to('/x', 302, ['t=1; Path=/']),
      },
      'pass: ',
    ],
    [
      'that only has such a word on its way',
      { '/x': to('/passport/users'), '/passport/users': json },
      'pass: ',
    ],
    [
      'of a service that is called like one',
      { '/sso/x': to('/sso/x/'), '/sso/x/': (_q, r) => sendJson(r, {}, 404) },
      'fail: HTTP 404, expected: 200 (after HTTP 302 → /sso/x/)',
    ],
    [
      'with a word that only begins like one',
      { '/x': to('/castle') },
      'fail: HTTP 404, expected: 200 (after HTTP 302 → /castle)',
    ],
  ])('is none, %s', async (_, routes, expected) => {
    const server = keep(await serve(site(routes)));
    expect(await call(server, Object.keys(routes)[0] ?? '', {})).toBe(expected);
  });

  it('is no sign-in for the operation that people sign in with, nor for a page of the site', async () => {
    const server = keep(
      await serve(
        site({
          '/login': to('/login/'),
          '/login/': page('<title>Log in</title>'),
          '/x': to('/help'),
          '/help': page('<h1>Help</h1>'),
        }),
      ),
    );
    const html = [{ status: '200', contentTypes: ['text/html'] }];
    expect(await call(server, '/login', { promises: html })).toBe('pass: ');
    expect(await call(server, '/x')).toBe(
      'fail: the answer is a page, "Help" (content type text/html, documented: application/json) (after HTTP 302 → /help)',
    );
  });
});

describe('a redirect of several calls to one place whose name says nothing', () => {
  /** Lets in whoever has the key that is accepted; every renewal gives another. */
  async function world(accepted: () => string) {
    const renewals: string[] = [];
    const server = keep(
      await serve((request, response) => {
        if (request.url === '/home') sendJson(response, {}, 404);
        else if (['any', request.headers['x-key']].includes(accepted())) sendJson(response, {});
        else to('/home')(request, response);
      }),
    );
    const authorizer: Authorizer = {
      authorize: (_, request) => {
        const headers = { ...request.headers, 'x-key': `k${renewals.length}` };
        return Promise.resolve({ ok: true, generation: renewals.length, request: { ...request, headers } });
      },
      rejected: (name, generation) => {
        if (generation === renewals.length) renewals.push(name);
        return Promise.resolve(true);
      },
    };
    const engine = keep(testEngine({ authorizer }));
    const checks = ['/a', '/b', '/c'].map((path) =>
      makeCheck(server.origin, path, { credential: 'orders', promises }),
    );
    const verdicts = async () => (await run(engine, checks)).map(({ verdict }) => verdict);
    return { renewals, verdicts };
  }

  it('is a sign-in when a new token helps, each time that it is lost', async () => {
    let accepted = 'k0';
    const { renewals, verdicts } = await world(() => accepted);
    expect(await verdicts()).toEqual(['pass', 'pass', 'pass']);
    accepted = 'k1';
    expect(await verdicts()).toEqual(['pass', 'pass', 'pass']);
    accepted = 'k2';
    expect(await verdicts()).toEqual(['pass', 'pass', 'pass']);
    expect(renewals).toHaveLength(2);
  });

  it('stays a sign-in while no new token helps, and is over when it lets in again', async () => {
    let accepted = 'k0';
    const { verdicts } = await world(() => accepted);
    await verdicts();
    accepted = 'k1';
    await verdicts();
    accepted = 'none';
    expect(await verdicts()).toEqual(['blocked', 'blocked', 'blocked']);
    accepted = 'any';
    expect(await verdicts()).toEqual(['pass', 'pass', 'pass']);
  });

  it('is a failure when none has ever helped, for which ever fewer tokens are asked', async () => {
    const { renewals, verdicts } = await world(() => 'none');
    const seen = new Set<string>();
    for (let cycle = 0; cycle < 6; cycle += 1) for (const verdict of await verdicts()) seen.add(verdict);
    expect([...seen]).toEqual(['fail']);
    expect(renewals.length).toBeLessThan(7);
  });
});

describe('a redirect to what may change something', () => {
  const routes = (seen: string[], target: string): Parameters<typeof site>[0] => ({
    '/old': to(target),
    [target]: (request, response) => {
      seen.push(request.url ?? '');
      json(request, response);
    },
  });

  it.each([
    '/delete/all',
    '/users/1/d%65lete',
    '/jobs/run',
    '/orders?action=delete',
    '/logout',
    '/graphql?query=mutation%7Ba%7D',
    '/x?x=%7B%22query%22:%22mutation%7Ba%7D%22%7D',
    '/%E6%B3%A8%E9%94%80',
    '/x?delete=1',
    '/x?service=user.delete',
    '/refund?id=1',
    '/actuator/heapdump',
  ])('is not followed, and told: %s', async (target) => {
    const seen: string[] = [];
    const server = await serve(site(routes(seen, target)));
    expect(await call(server, '/old')).toMatch(
      /^fail: redirects to what may change something: HTTP 302 → .*, not followed; `redirects: follow` allows it$/,
    );
    expect(seen).toEqual([]);
  });

  it('is not followed by who repeats the call by hand either, at whatever step it comes', async () => {
    const server = await serve(
      site({ '/old': to('/users/7/delete'), '/a': to('/old'), '/in': to('/out'), '/out': to('/in') }),
    );
    for (const path of ['/old', '/a', '/in']) {
      const { evidence } = (await callFor(server, path)) ?? {};
      expect(evidence?.curl).toBe(`curl -sS -H 'accept: application/json' ${server.origin}${path}`);
    }
  });

  it('is followed where the configuration says so', async () => {
    const seen: string[] = [];
    const server = await serve(site(routes(seen, '/delete/all')));
    await call(server, '/old', { redirects: 'follow' });
    expect(seen).toEqual(['/delete/all']);
  });

  it('is followed where the operation itself is that', async () => {
    const server = await serve(site({ '/delete/all': to('/delete/all/'), '/delete/all/': json }));
    expect(await call(server, '/delete/all')).toMatch(/^pass/);
  });

  it.each(['/users/7/delete', '/delete/everything', '/delete/all?delete=1'])(
    'is not followed from an operation that is something of the kind itself: %s',
    async (target) => {
      const seen: string[] = [];
      const server = await serve(site({ ...routes(seen, target), '/delete/all': to(target) }));
      expect(await call(server, '/delete/all')).toMatch(/^fail: redirects to what may change something/);
      expect(seen).toEqual([]);
    },
  );
});
