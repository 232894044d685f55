import { inEnglish } from '../messages/in-language.ts';
import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { keep, makeCheck, run, sendJson, serve, testEngine } from '../../test/support/check-harness.ts';
import { Redactor } from '../lib/secrets/secret.ts';
import type { Authorizer } from './ports.ts';

describe('a check with a credential', () => {
  function authorizer(tokens: string[], accepted: () => string): Authorizer & { rejections: number } {
    return {
      rejections: 0,
      authorize: (_, request) =>
        Promise.resolve({
          ok: true,
          generation: 1,
          request: { ...request, headers: { ...request.headers, 'x-team-pass': tokens[0] ?? '' } },
        }),
      rejected() {
        this.rejections++;
        tokens.shift();
        return Promise.resolve(tokens[0] === accepted());
      },
    };
  }

  const guarded: RequestListener = (request, response) =>
    sendJson(response, {}, request.headers['x-team-pass'] === 'good-token' ? 200 : 401);

  it('shows none of the sessions that its answers have given it', async () => {
    const sessions = ['C449375B894C08D862641B2FECF47B19', 'AbCdEfGhIjKlMnOpQrStUvWxYz'];
    const server = keep(
      await serve((request, response) => {
        const [own = '', other = ''] = request.url === '/a' ? sessions : sessions.toReversed();
        response.setHeader('set-cookie', `SESSION=${own}; Path=/`);
        sendJson(response, { message: `session ${own} is new, ${other} is not` }, 500);
      }),
    );
    const tokens = authorizer(['good-token'], () => 'good-token');
    const engine = keep(testEngine({ authorizer: tokens }));
    const said = async (path: string): Promise<string | undefined> => {
      const [result] = await run(engine, [makeCheck(server.origin, path, { credential: 'orders' })]);
      return result?.evidence?.excerpt;
    };
    expect(await said('/a')).toBe(`{"message":"session *** is new, ${sessions[1] ?? ''} is not"}`);
    expect(await said('/b')).toBe('{"message":"session *** is new, *** is not"}');
    // What one server hands out takes nothing out of what others say.
    const [open] = await run(engine, [makeCheck(server.origin, '/b')]);
    expect(open?.evidence?.excerpt).toContain(`session ${sessions[1] ?? ''} is new`);
  });

  it('passes with a renewed token when the first one was refused', async () => {
    const server = keep(await serve(guarded));
    const tokens = authorizer(['old', 'good-token'], () => 'good-token');
    const check = makeCheck(server.origin, '/', { credential: 'orders' });
    const [result] = await run(keep(testEngine({ authorizer: tokens })), [check], [1]);
    expect(result).toMatchObject({ verdict: 'pass', attempts: 2 });
    expect(tokens.rejections).toBe(1);
  });

  it.each([
    ['no newer token is at hand', 'never', 1],
    ['the newer one is refused as well', 'also-bad', 2],
  ])('fails as rejected when %s, and is not confirmed', async (_, accepted, attempts) => {
    const server = keep(await serve(guarded));
    const tokens = authorizer(['old', 'also-bad'], () => accepted);
    const check = makeCheck(server.origin, '/', { credential: 'orders' });
    const [result] = await run(keep(testEngine({ authorizer: tokens })), [check], [1, 2]);
    expect(result).toMatchObject({ verdict: 'fail', attempts, status: 401 });
    expect(result?.reason).toEqual({
      code: 'auth-rejected',
      message: 'HTTP 401: the server does not accept the token of credential "orders"',
    });
  });

  it('is blocked when its token was refused and there is no other to be had', async () => {
    const server = keep(await serve(guarded));
    const tokens = authorizer(['old'], () => 'never');
    const lost: Authorizer = {
      ...tokens,
      authorize: (name, request, signal) =>
        tokens.rejections > 0
          ? Promise.resolve({ ok: false, message: 'the token endpoint answered 503' })
          : tokens.authorize(name, request, signal),
      rejected: (...about) => tokens.rejected(...about),
    };
    const check = makeCheck(server.origin, '/', { credential: 'orders' });
    const [result] = await run(keep(testEngine({ authorizer: lost })), [check], [1]);
    expect(result).toMatchObject({
      verdict: 'blocked',
      reason: { code: 'credential', message: 'the token endpoint answered 503' },
    });
  });

  it('has failed when it failed twice before there was no token left to call it with', async () => {
    const server = keep(await serve((_, response) => sendJson(response, {}, 503)));
    const tokens = authorizer(['good-token'], () => 'good-token');
    const run3 = async (left: number) => {
      let asked = 0;
      const ending: Authorizer = {
        rejected: () => Promise.resolve(false),
        authorize: (...about) =>
          asked++ < left
            ? tokens.authorize(...about)
            : Promise.resolve({ ok: false, message: 'the token endpoint answered 503' }),
      };
      const check = makeCheck(server.origin, '/', { credential: 'orders' });
      return await run(keep(testEngine({ authorizer: ending })), [check], [1, 2]);
    };
    expect(await run3(2)).toMatchObject([{ verdict: 'fail', status: 503, attempts: 2 }]);
    expect(await run3(1)).toMatchObject([{ verdict: 'blocked', reason: { code: 'credential' } }]);
  });

  it('asks the credential which answers refuse its token', async () => {
    const server = keep(await serve((_, response) => sendJson(response, { code: 40_101 })));
    const byBody: Authorizer = {
      ...authorizer(['old'], () => 'none'),
      refused: (_, answer) => answer.status === 200 && answer.text().includes('40101'),
    };
    const check = makeCheck(server.origin, '/', { credential: 'orders' });
    const [result] = await run(keep(testEngine({ authorizer: byBody })), [check]);
    expect(result).toMatchObject({ verdict: 'fail', reason: { code: 'auth-rejected' } });
  });

  it('is blocked when there is no token', async () => {
    const server = keep(await serve(guarded));
    const none: Authorizer = {
      authorize: () => Promise.resolve({ ok: false, message: 'POST /token answered 500' }),
      rejected: () => Promise.resolve(false),
    };
    const check = makeCheck(server.origin, '/', { credential: 'orders' });
    const [result] = await run(keep(testEngine({ authorizer: none })), [check], [1]);
    expect(result).toMatchObject({
      verdict: 'blocked',
      reason: { code: 'credential', message: 'POST /token answered 500' },
      attempts: 0,
    });
    expect(server.requests).toHaveLength(0);
  });

  describe('of which the document asks none', () => {
    const none: Authorizer = {
      authorize: () => Promise.resolve({ ok: false, message: 'POST /token answered 500' }),
      rejected: () => Promise.resolve(false),
    };
    const runOpen = async (answer: RequestListener, given: Authorizer) => {
      const server = keep(await serve(answer));
      const check = makeCheck(server.origin, '/', { credential: 'orders', tokenOptional: true });
      const [result] = await run(keep(testEngine({ authorizer: given })), [check], [1]);
      return { result, sent: server.requests.map(({ headers }) => headers['x-team-pass']) };
    };

    it('is signed while there is a token, and called without one while there is none', async () => {
      const open: RequestListener = (_, response) => sendJson(response, {});
      const tokens = authorizer(['good-token'], () => 'good-token');
      expect(await runOpen(open, tokens)).toMatchObject({
        result: { verdict: 'pass' },
        sent: ['good-token'],
      });
      expect(await runOpen(open, none)).toMatchObject({ result: { verdict: 'pass' }, sent: [undefined] });
    });

    it('fails by what it answers without one', async () => {
      const { result } = await runOpen((_, response) => sendJson(response, {}, 500), none);
      expect(result).toMatchObject({ verdict: 'fail', status: 500 });
    });

    it.each([
      ['HTTP 401', 401, {}],
      ['HTTP 403', 403, {}],
      ['its body', 200, { code: 401, msg: '未登录或登录已过期', data: null }],
    ])('is blocked where it turns out to need one all the same: %s', async (_, status, body) => {
      const { result } = await runOpen((_request, response) => sendJson(response, body, status), none);
      expect(result).toMatchObject({ verdict: 'blocked', reason: { code: 'credential' } });
    });

    it('is called without one when its token is refused and there is no other', async () => {
      const tokens = authorizer(['old'], () => 'never');
      const lost: Authorizer = {
        authorize: (...about) => (tokens.rejections > 0 ? none : tokens).authorize(...about),
        rejected: (...about) => tokens.rejected(...about),
      };
      const { result, sent } = await runOpen(
        (request, response) =>
          sendJson(response, {}, request.headers['x-team-pass'] === undefined ? 200 : 401),
        lost,
      );
      expect(result).toMatchObject({ verdict: 'pass', attempts: 2 });
      expect(sent).toEqual(['old', undefined]);
    });
  });

  it('is said to lack one when the server wants it', async () => {
    const server = keep(await serve(guarded));
    const [result] = await run(keep(testEngine()), [makeCheck(server.origin, '/')]);
    expect(inEnglish(result?.reason.message ?? '')).toBe(
      'HTTP 401, and no credential is configured: set `credential` for service "orders"',
    );
  });

  it.each([
    [401, 'pass', ''],
    [302, 'pass', ''],
    [503, 'pass', ''],
    [200, 'fail', 'HTTP 200 to a call without a credential, expected: 401 or 403'],
    [404, 'fail', 'HTTP 404 to a call without a credential, expected: 401 or 403'],
  ])('that must be denied without it and gets %i is %s', async (status, verdict, message) => {
    const server = keep(
      await serve((request, response) =>
        sendJson(response, {}, request.headers['x-team-pass'] === undefined ? status : 200),
      ),
    );
    const tokens = authorizer(['good-token'], () => 'good-token');
    const check = makeCheck(server.origin, '/', {
      credential: 'orders',
      expectations: [{ kind: 'anonymous', settings: 'deny' }],
    });
    const [result] = await run(keep(testEngine({ authorizer: tokens })), [check]);
    expect(result).toMatchObject({ verdict, attempts: 2, reason: { message } });
  });

  it('is not asked for without it when it fails with it, or has none', async () => {
    const server = keep(await serve((_, response) => sendJson(response, {}, 500)));
    const expectations = [{ kind: 'anonymous', settings: 'deny' }];
    const tokens = authorizer(['good-token'], () => 'good-token');
    const checks = [
      makeCheck(server.origin, '/', { credential: 'orders', expectations }),
      makeCheck(server.origin, '/', { expectations }),
    ];
    const results = await run(keep(testEngine({ authorizer: tokens })), checks);
    expect(results.map(({ attempts }) => attempts)).toEqual([1, 1]);
  });

  it('shows no secret in its evidence', async () => {
    const redactor = new Redactor();
    redactor.add('echoed-secret');
    const server = keep(
      await serve((_, response) => {
        response.setHeader('set-cookie', 'sid=1');
        response.setHeader('x-echo', 'echoed-secret');
        sendJson(response, { echo: 'echoed-secret' }, 500);
      }),
    );
    const tokens: Authorizer = {
      rejected: () => Promise.resolve(false),
      authorize: (_, request) =>
        Promise.resolve({
          ok: true,
          generation: 1,
          request: {
            ...request,
            url: `${request.url}&api_sig=s1&page=1`,
            headers: { ...request.headers, 'x-team-pass': 'p1' },
            body: `${String(request.body)}&pass=b1`,
          },
        }),
    };
    const check = makeCheck(server.origin, "/a'b?q=1&token=t1", {
      method: 'POST',
      credential: 'orders',
      repeatable: false,
    });
    const planned = { ...check, request: { ...check.request, body: 'a=1' } };
    const [result] = await run(keep(testEngine({ authorizer: tokens, redactor })), [planned]);
    const url = `${server.origin}/a'\\''b?q=1&token=***&api_sig=***&page=***`;
    expect(result?.evidence?.curl).toBe(
      `curl -sS -X POST -H 'accept: application/json' -H 'x-team-pass: ***' --data-raw '***' '${url}'`,
    );
    expect(result?.evidence?.responseHeaders).toMatchObject({ 'set-cookie': '***', 'x-echo': '***' });
    expect(result?.evidence?.excerpt).toBe('{"echo":"***"}');
  });
});
