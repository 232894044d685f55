import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import {
  deadOrigin,
  makeCheck,
  sendJson,
  serve,
  testEngine,
  testLimits,
} from '../../test/support/check-harness.ts';
import { ManualClock } from '../kit/clock.ts';
import { Redactor } from '../kit/secret.ts';
import type { Check } from '../model/check.ts';
import type { Result } from '../model/result.ts';
import type { Engine } from './engine.ts';
import type { Authorizer } from './ports.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

function keep<T extends { close(): Promise<void> }>(one: T): T {
  opened.push(one);
  return one;
}

const never = new AbortController().signal;

async function run(
  engine: Engine,
  checks: readonly Check[],
  confirmAfterMs: readonly number[] = [],
): Promise<readonly Result[]> {
  return engine.run(checks, { signal: never, graceMs: 100, confirmAfterMs });
}

/** Runs one check against a server that answers with the given statuses in turn, the last one for ever. */
async function runAgainst(
  statuses: readonly number[],
  more: Partial<Check>,
  confirmAfterMs: readonly number[] = [],
): Promise<Result | undefined> {
  let count = 0;
  const server = keep(
    await serve((_, response) => {
      const status = statuses[Math.min(count++, statuses.length - 1)] ?? 200;
      response.setHeader('retry-after', '0');
      sendJson(response, {}, status);
    }),
  );
  const [result] = await run(keep(testEngine()), [makeCheck(server.origin, '/orders', more)], confirmAfterMs);
  return result;
}

describe('a check', () => {
  it('passes when the answer keeps the promises of its document', async () => {
    const server = keep(await serve((_, response) => sendJson(response, { id: 1 })));
    const schema = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
    const check = makeCheck(server.origin, '/orders/1', {
      promises: [{ status: '200', contentTypes: ['application/json'], schema }],
    });
    const [result] = await run(keep(testEngine()), [check]);
    expect(result).toMatchObject({
      checkId: check.id,
      verdict: 'pass',
      reason: { code: 'none', message: '' },
      status: 200,
      bytes: 8,
      attempts: 1,
      findings: [],
    });
    expect(result?.evidence).toBeUndefined();
  });

  it('has the phases of its connection only when it opened one', async () => {
    const server = keep(await serve((_, response) => sendJson(response, {})));
    const engine = keep(testEngine());
    const check = makeCheck(server.origin.replace('127.0.0.1', 'localhost'), '/orders');
    const [first] = await run(engine, [check]);
    const [second] = await run(engine, [check]);
    const phases = ['dnsMs', 'connectMs', 'firstByteMs', 'downloadMs', 'totalMs'];
    expect(Object.keys(first?.phases ?? {})).toEqual(phases);
    expect(Object.keys(second?.phases ?? {})).toEqual(['firstByteMs', 'downloadMs', 'totalMs']);
    for (const result of [first, second]) {
      const { totalMs = 0, ...parts } = result?.phases ?? {};
      const sum = Object.values(parts).reduce((total, ms) => total + ms, 0);
      expect(totalMs).toBeGreaterThanOrEqual(sum - 0.001);
    }
  });

  it.each<[string, readonly number[], Partial<Check>, readonly number[], Partial<Result>]>([
    ['fails when every confirmation fails', [500], {}, [1, 2], { verdict: 'fail', attempts: 3 }],
    [
      'is flaky when a confirmation passes',
      [500, 500, 200],
      {},
      [1, 2],
      { verdict: 'degraded', attempts: 3 },
    ],
    ['is flaky when a retry passes', [503, 200], { retries: 1 }, [1], { verdict: 'degraded', attempts: 2 }],
    ['is retried, then confirmed', [503], { retries: 2 }, [1, 2], { verdict: 'fail', attempts: 5 }],
    ['is not retried for a 500', [500], { retries: 2 }, [], { verdict: 'fail', attempts: 1 }],
    [
      'is called once when it is not repeatable',
      [503],
      { retries: 2, repeatable: false },
      [1],
      { attempts: 1 },
    ],
    ['is unknown when the server limits us', [429], { retries: 1 }, [1], { verdict: 'unknown', attempts: 2 }],
  ])('%s', async (_, statuses, more, confirmAfterMs, expected) => {
    expect(await runAgainst(statuses, more, confirmAfterMs)).toMatchObject(expected);
  });

  it('says what had failed when it is flaky, and keeps the evidence of that', async () => {
    const result = await runAgainst([502, 200], { retries: 1 });
    expect(result?.reason).toEqual({
      code: 'flaky',
      message: 'passed on attempt 2, after: HTTP 502, documented: nothing',
    });
    expect(result?.findings).toEqual([
      {
        kind: 'status',
        level: 'warning',
        message: 'HTTP 502, documented: nothing',
        expected: 'nothing',
        found: '502',
      },
    ]);
    expect(result?.evidence?.excerpt).toBe('{}');
    expect(result?.evidence?.attempts?.map(({ status, code, message }) => [status, code, message])).toEqual([
      [502, 'status', 'HTTP 502, documented: nothing'],
      [200, 'none', ''],
    ]);
  });

  it('waits as long as the server asks before a retry', async () => {
    const clock = new ManualClock();
    const answers: RequestListener[] = [
      (_, response) => response.writeHead(503, { 'retry-after': '3' }).end(),
      (_, response) => response.writeHead(204).end(),
    ];
    const server = keep(await serve((request, response) => answers.shift()?.(request, response)));
    const running = run(keep(testEngine({ clock })), [makeCheck(server.origin, '/', { retries: 1 })]);
    await until(() => server.requests.length === 1 && clock.sleeping === 1);
    await clock.advance(2999);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1);
    expect((await running)[0]).toMatchObject({ verdict: 'degraded', attempts: 2 });
  });

  it('is looked at again 2 s and 8 s after it failed', async () => {
    const clock = new ManualClock();
    const server = keep(await serve((_, response) => sendJson(response, {}, 500)));
    const engine = keep(testEngine({ clock }));
    const running = engine.run([makeCheck(server.origin, '/')], { signal: never, graceMs: 0 });
    for (const [count, ms] of [
      [1, 2000],
      [2, 6000],
      [3, 0],
    ] as const) {
      await until(() => server.requests.length === count && (count === 3 || clock.sleeping === 1));
      await clock.advance(ms);
    }
    expect((await running)[0]).toMatchObject({ verdict: 'fail', attempts: 3 });
  });

  it('is unknown when a value that we made up was refused', async () => {
    const result = await runAgainst([404], {
      values: [
        { name: 'orderId', in: 'path', value: 1, origin: 'generated' },
        { name: 'lang', in: 'query', value: 'zh', origin: 'example' },
      ],
    });
    expect(result).toMatchObject({ verdict: 'unknown', attempts: 1 });
    expect(result?.reason).toEqual({
      code: 'made-up-value',
      message: 'HTTP 404, but we made up orderId=1; give it a real value under `params` (orderId)',
    });
  });

  it('fails with 404 when all values are real', async () => {
    const values = [{ name: 'orderId', in: 'path', value: 7, origin: 'config' }] as const;
    expect(await runAgainst([404], { values })).toMatchObject({
      verdict: 'fail',
      reason: { code: 'status' },
    });
  });

  it('is cut at the limit of the body, and its schema left alone', async () => {
    const server = keep(await serve((_, response) => sendJson(response, { text: 'x'.repeat(300_000) })));
    const promises = [{ status: '200', contentTypes: ['application/json'], schema: { type: 'array' } }];
    const engine = keep(testEngine({ limits: { ...testLimits, bodyBytes: 1000 } }));
    const [result] = await run(engine, [makeCheck(server.origin, '/', { promises })]);
    expect(result).toMatchObject({ verdict: 'pass' });
    expect(result?.findings[0]?.message).toMatch(/^the body is over the limit \(\d+ bytes had arrived\)/);
  });

  it('says once that a field is not documented, also when it comes and goes', async () => {
    const bodies = [{ a: 1 }, { a: 1, b: 1 }, { a: 1, b: 1 }, { a: 1, c: 1 }, { a: 1 }, { a: 1, c: 1 }];
    const server = keep(await serve((_, response) => sendJson(response, bodies.shift())));
    const promises = [{ status: '200', contentTypes: [], schema: { properties: { a: {} } } }];
    const engine = keep(testEngine());
    const check = makeCheck(server.origin, '/', { promises });
    const said: string[] = [];
    while (bodies.length > 0) {
      const [result] = await run(engine, [check]);
      said.push(result?.findings.map(({ message }) => message).join() ?? '');
    }
    expect(said).toEqual(['', 'not documented: /b', '', 'not documented: /c', '', '']);
  });

  it('is broken, not failing, when the patrol itself breaks', async () => {
    const result = await run(keep(testEngine()), [makeCheck('http://127.0.0.1:1', '/', { credential: 'x' })]);
    expect(result[0]).toMatchObject({
      verdict: 'unknown',
      reason: { code: 'internal', message: 'the patrol itself failed: no credential in this test' },
    });
  });
});

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

  it('asks the credential which answers refuse its token', async () => {
    const server = keep(await serve((_, response) => sendJson(response, { code: 40_101 })));
    const byBody: Authorizer = {
      ...authorizer(['old'], () => 'none'),
      refused: (_, status, json) => status === 200 && JSON.stringify(json()).includes('40101'),
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

  it('is said to lack one when the server wants it', async () => {
    const server = keep(await serve(guarded));
    const [result] = await run(keep(testEngine()), [makeCheck(server.origin, '/')]);
    expect(result?.reason.message).toBe(
      'HTTP 401, and no credential is configured: set `credential` for source "orders"',
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

describe('an engine', () => {
  it('holds to its limits of concurrency, overall and for each origin', async () => {
    const most = { all: 0, a: 0, b: 0 };
    const now = { all: 0, a: 0, b: 0 };
    const listener =
      (name: 'a' | 'b'): RequestListener =>
      (_, response) => {
        for (const key of ['all', name] as const) most[key] = Math.max(most[key], ++now[key]);
        setTimeout(() => {
          now.all--;
          now[name]--;
          sendJson(response, {});
        }, 5);
      };
    const a = keep(await serve(listener('a')));
    const b = keep(await serve(listener('b')));
    const engine = keep(testEngine({ limits: { ...testLimits, concurrency: 5, perOrigin: 3 } }));
    const checks = Array.from({ length: 20 }, (_, i) =>
      makeCheck(i % 2 === 0 ? a.origin : b.origin, `/${i}`),
    );
    const seen: string[] = [];
    const results = await engine.run(checks, {
      signal: never,
      graceMs: 0,
      onResult: (result, check) => seen.push(`${check.id} ${result.verdict}`),
    });
    expect(results.map(({ checkId }) => checkId)).toEqual(checks.map(({ id }) => id));
    expect(seen.toSorted()).toEqual(checks.map(({ id }) => `${id} pass`).toSorted());
    expect(most).toEqual({ all: 5, a: 3, b: 3 });
  });

  it('spaces its calls to an origin, and takes a new rate at once', async () => {
    const clock = new ManualClock();
    const server = keep(await serve((_, response) => sendJson(response, {})));
    const engine = keep(testEngine({ clock, limits: { ...testLimits, ratePerOrigin: 10 } }));
    const running = run(
      engine,
      [1, 2, 3, 4].map((n) => makeCheck(server.origin, `/${n}`)),
    );
    await until(() => server.requests.length === 1 && clock.sleeping === 1);
    await clock.advance(99);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1);
    await until(() => server.requests.length === 2);
    engine.configure({ ...testLimits, ratePerOrigin: 1000 });
    await clock.advance(100);
    await until(() => server.requests.length === 3);
    await clock.advance(1);
    expect(await running).toHaveLength(4);
  });

  it('calls other checks while one waits for its confirmation', async () => {
    const clock = new ManualClock();
    const server = keep(
      await serve((request, response) => sendJson(response, {}, request.url === '/bad' ? 500 : 200)),
    );
    const engine = keep(testEngine({ clock, limits: { ...testLimits, concurrency: 1, perOrigin: 1 } }));
    const checks = ['/bad', '/1', '/2', '/3'].map((path) => makeCheck(server.origin, path));
    const done: string[] = [];
    const running = engine.run(checks, {
      signal: never,
      graceMs: 0,
      confirmAfterMs: [2000],
      onResult: (_, check) => done.push(check.request.url.slice(server.origin.length)),
    });
    await until(() => clock.sleeping > 0);
    for (let ms = 0; ms < 5; ms++) await clock.advance(1);
    await until(() => done.length === 3);
    expect(done).toEqual(['/1', '/2', '/3']);
    await clock.advance(2000);
    await running;
    expect(done.at(-1)).toBe('/bad');
  });

  it('marks times that were taken while it was too busy itself', async () => {
    const server = keep(
      await serve((_, response) => {
        // The server is in the same process: it keeps the engine busy as well.
        const until = performance.now() + 60;
        while (performance.now() < until) continue;
        sendJson(response, {});
      }),
    );
    const expectations = [{ kind: 'latency', settings: 1 }];
    const [result] = await run(keep(testEngine()), [makeCheck(server.origin, '/', { expectations })]);
    expect(result).toMatchObject({ verdict: 'pass', imprecise: true });
  });

  it('goes on when the one who is told of results throws', async () => {
    const server = keep(await serve((_, response) => sendJson(response, {})));
    const results = await keep(testEngine()).run([makeCheck(server.origin, '/')], {
      signal: never,
      graceMs: 0,
      onResult: () => {
        throw new Error('disk full');
      },
    });
    expect(results).toHaveLength(1);
  });

  it('has nothing to do without checks', async () => {
    expect(await run(keep(testEngine()), [])).toEqual([]);
  });
});

describe('a run over a window', () => {
  it('starts each check at its own place of the window, the same in every run', async () => {
    const clock = new ManualClock();
    const server = keep(await serve((_, response) => sendJson(response, {})));
    const engine = keep(testEngine({ clock }));
    const checks = Array.from({ length: 10 }, (_, i) => makeCheck(server.origin, `/${i}`));
    const runs: number[][] = [];
    for (const _ of [1, 2]) {
      const from = clock.now() + 500;
      const running = engine.run(checks, {
        signal: never,
        graceMs: 0,
        spread: { fromEpochMs: from, overMs: 10_000 },
      });
      runs.push((await advanceUntilDone(clock, running)).map(({ at }) => at - from));
    }
    expect(runs[1]).toEqual(runs[0]);
    const starts = runs[0]?.toSorted((a, b) => a - b) ?? [];
    expect(starts[0]).toBeGreaterThanOrEqual(0);
    expect(starts.at(-1)).toBeLessThan(10_100);
    const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
    expect(new Set(gaps)).toEqual(new Set([1000]));
  });

  it('looks again later whether an origin that was down still is', async () => {
    const clock = new ManualClock();
    let isDown = true;
    const server = keep(
      await serve((request, response) => {
        if (isDown) request.socket.destroy();
        else sendJson(response, {});
      }),
    );
    const checks = Array.from({ length: 60 }, (_, i) => makeCheck(server.origin, `/${i}`));
    const running = keep(testEngine({ clock })).run(checks, {
      signal: never,
      graceMs: 0,
      confirmAfterMs: [100],
      spread: { fromEpochMs: clock.now(), overMs: 60_000 },
      onResult: ({ at, reason }) => {
        if (reason.code === 'origin-down' && at - 1_767_225_600_000 > 20_000) isDown = false;
      },
    });
    const results = await advanceUntilDone(clock, running);
    const count = (code: string): number => results.filter(({ reason }) => reason.code === code).length;
    expect(count('none')).toBeGreaterThan(15);
    expect(count('origin-down')).toBeGreaterThan(15);
    expect(count('reset')).toBeLessThan(12);
  });

  it('slows down for an origin that asks for it', async () => {
    const clock = new ManualClock();
    let calls = 0;
    const server = keep(
      await serve((_, response) => {
        const status = ++calls === 1 ? 429 : 200;
        response.writeHead(status, { 'retry-after': '5' }).end();
      }),
    );
    const engine = keep(testEngine({ clock, limits: { ...testLimits, perOrigin: 1 } }));
    const checks = Array.from({ length: 4 }, (_, i) => makeCheck(server.origin, `/${i}`));
    const running = run(engine, checks);
    await until(() => calls === 1 && clock.sleeping === 1);
    await clock.advance(4999);
    expect(calls).toBe(1);
    const results = await advanceUntilDone(clock, running);
    expect(results.map(({ verdict }) => verdict).toSorted()).toEqual(['pass', 'pass', 'pass', 'unknown']);
  });
});

describe('an origin that does not answer', () => {
  it('is called a few times, and its other operations are settled from that', async () => {
    const origin = await deadOrigin();
    const checks = Array.from({ length: 500 }, (_, i) => makeCheck(origin, `/${i}`));
    const results = await run(keep(testEngine()), checks, [5, 10]);
    const failed = results.filter(({ verdict }) => verdict === 'fail');
    const spared = results.filter(({ reason }) => reason.code === 'origin-down');
    expect(failed.length + spared.length).toBe(500);
    expect(failed.length).toBeGreaterThanOrEqual(3);
    expect(failed.every(({ reason }) => reason.code === 'connect-refused')).toBe(true);
    expect(spared[0]).toMatchObject({ verdict: 'unknown', attempts: 0 });
    expect(spared[0]?.reason.message).toMatch(
      /^not called, because http:\/\/127\.0\.0\.1:\d+ does not answer: connection refused \(/,
    );
    expect(results.reduce((sum, { attempts }) => sum + attempts, 0)).toBeLessThan(10);
  });

  it('is taken up again by all when a probe gets an answer', async () => {
    let calls = 0;
    const server = keep(
      await serve((request, response) => {
        if (++calls <= 4) request.destroy();
        else sendJson(response, {});
      }),
    );
    const checks = Array.from({ length: 20 }, (_, i) => makeCheck(server.origin, `/${i}`));
    const results = await run(keep(testEngine()), checks, [5, 10]);
    const counts = results.map(({ verdict, reason }) => `${verdict} ${reason.code}`).toSorted();
    expect([...new Set(counts)]).toEqual(['degraded flaky', 'pass none']);
  });

  it('is down when checks that cannot be repeated find it so, one at a time', async () => {
    const origin = await deadOrigin();
    const checks = Array.from({ length: 50 }, (_, i) => makeCheck(origin, `/${i}`, { repeatable: false }));
    const results = await run(keep(testEngine()), checks, [5, 10]);
    const failed = results.filter(({ verdict }) => verdict === 'fail').length;
    expect([failed, results.length]).toEqual([6, 50]);
  });

  it.each<[string, string | undefined, string, string]>([
    ['http://nowhere.invalid', 'the default gateway 10.0.0.1 does not answer', 'unknown', 'self'],
    ['http://nowhere.invalid', undefined, 'fail', 'dns'],
    ['http://127.0.0.1:9', 'the default gateway 10.0.0.1 does not answer', 'fail', 'connect-refused'],
  ])('at %s is held against ourselves when %s', async (origin, problem, verdict, code) => {
    const engine = keep(testEngine({ selfCheck: { problem: () => Promise.resolve(problem) } }));
    const checks = Array.from({ length: 8 }, (_, i) => makeCheck(origin, `/${i}`));
    const results = await run(engine, checks, [1]);
    expect(results[0]).toMatchObject({ verdict, reason: { code } });
    if (code !== 'self') return;
    expect(new Set(results.map(({ reason }) => reason.code))).toEqual(new Set(['self']));
    expect(results[0]?.reason.message).toBe(`the network of this host is at fault: ${problem}`);
  });

  it('is not held against ourselves while another one answers', async () => {
    const server = keep(await serve((_, response) => sendJson(response, {})));
    const engine = keep(testEngine({ selfCheck: { problem: () => Promise.resolve('no network') } }));
    const dead = makeCheck('http://nowhere.invalid', '/');
    const alive = Array.from({ length: 40 }, (_, i) => makeCheck(server.origin, `/${i}`));
    const results = await run(engine, [dead, ...alive], [200]);
    expect(results[0]).toMatchObject({ verdict: 'fail', reason: { code: 'dns' } });
  });

  it('does not hide that a single operation hangs', async () => {
    const clock = new ManualClock();
    const server = keep(
      await serve((request, response) => {
        if (request.url !== '/hangs') sendJson(response, {});
      }),
    );
    const checks = ['/hangs', '/1', '/2', '/3', '/4', '/5'].map((path) => makeCheck(server.origin, path));
    const running = run(keep(testEngine({ clock })), checks, [1000]);
    const results = await advanceUntilDone(clock, running);
    expect(results.map(({ verdict }) => verdict)).toEqual(['fail', 'pass', 'pass', 'pass', 'pass', 'pass']);
    expect(results[0]?.reason).toEqual({ code: 'timeout', message: 'no answer within 2s' });
  });
});

describe('a run that is stopped', () => {
  it('starts nothing more, lets what is in flight end, and reports only what it knows', async () => {
    const stop = new AbortController();
    const server = keep(
      await serve((request, response) => {
        if (request.url === '/fails') {
          sendJson(response, {}, 500);
          return;
        }
        stop.abort();
        setTimeout(() => sendJson(response, {}), 5);
      }),
    );
    const engine = keep(testEngine({ limits: { ...testLimits, perOrigin: 1 } }));
    const checks = ['/fails', '/in-flight', '/late'].map((path) => makeCheck(server.origin, path));
    const results = await engine.run(checks, { signal: stop.signal, graceMs: 5000 });
    expect(results.map(({ verdict, reason }) => [verdict, reason.code, reason.message])).toEqual([
      ['unknown', 'interrupted', 'interrupted before a failure was confirmed: HTTP 500, documented: nothing'],
      ['pass', 'none', ''],
    ]);
    expect(server.requests).toHaveLength(2);
  });

  it('cuts what has not ended when the grace period is over', async () => {
    const stop = new AbortController();
    const server = keep(await serve(() => stop.abort()));
    const [result] = await keep(testEngine()).run([makeCheck(server.origin, '/')], {
      signal: stop.signal,
      graceMs: 10,
    });
    expect(result).toMatchObject({
      verdict: 'unknown',
      reason: { code: 'interrupted', message: 'cut off when the patrol was stopped' },
    });
  });

  it('does not take a credential that came too late for a missing one', async () => {
    const stop = new AbortController();
    const slow: Authorizer = {
      rejected: () => Promise.resolve(false),
      authorize: (_, _request, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve({ ok: false, message: 'aborted' }));
          stop.abort();
        }),
    };
    const check = makeCheck('http://127.0.0.1:1', '/', { credential: 'orders' });
    const results = await keep(testEngine({ authorizer: slow })).run([check], {
      signal: stop.signal,
      graceMs: 1,
    });
    expect(results[0]).toMatchObject({ verdict: 'unknown', reason: { code: 'interrupted' } });
  });

  it('does nothing when it is stopped before it starts', async () => {
    const checks = [makeCheck('http://127.0.0.1:1', '/')];
    expect(await keep(testEngine()).run(checks, { signal: AbortSignal.abort(), graceMs: 0 })).toEqual([]);
  });
});

/** Moves the clock on, real I/O in between, until the run has ended. */
async function advanceUntilDone<T>(clock: ManualClock, running: Promise<T>): Promise<T> {
  const state = { done: false };
  void running.finally(() => {
    state.done = true;
  });
  while (!state.done) {
    for (let round = 0; round < 20; round++) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(100);
  }
  return running;
}

/** Lets real I/O go on until `condition` holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
