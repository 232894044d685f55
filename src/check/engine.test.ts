import { inEnglish } from '../messages/in-language.ts';
import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  keep,
  makeCheck,
  never,
  run,
  runAgainst,
  sendJson,
  serve,
  testEngine,
  testLimits,
  until,
} from '../../test/support/check-harness.ts';
import { ManualClock, systemClock } from '../lib/time/clock.ts';
import type { Check } from '../model/check.ts';
import type { Result } from '../model/result.ts';

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
      message: 'passed on attempt 2, after: HTTP 502, expected: 2xx',
    });
    expect(result?.findings).toEqual([
      {
        kind: 'status',
        level: 'warning',
        message: 'HTTP 502, expected: 2xx',
        expected: '2xx',
        found: '502',
      },
    ]);
    expect(result?.evidence?.excerpt).toBe('{}');
    expect(result?.evidence?.attempts?.map(({ status, code, message }) => [status, code, message])).toEqual([
      [502, 'status', 'HTTP 502, expected: 2xx'],
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

  it.each<[status: number, verdict: string, message: string]>([
    [200, 'unknown', 'HTTP 200, but we made up id=1; give it a real value under `params` (id)'],
    [500, 'unknown', 'HTTP 500, but we made up id=1; give it a real value under `params` (id)'],
    [404, 'unknown', 'HTTP 404, but we made up id=1; give it a real value under `params` (id)'],
    [405, 'fail', 'HTTP 405, expected: 2xx'],
  ])(
    'makes of HTTP %i to what was made up in place of captured values: %s',
    async (status, verdict, message) => {
      const result = await runAgainst([status], {
        repeatable: false,
        values: [{ name: 'id', in: 'path', value: 1, origin: 'generated' }],
        standIns: ['id'],
      });
      expect(result).toMatchObject({ verdict, reason: { message } });
    },
  );

  it.each([
    [200, 'pass'],
    [404, 'unknown'],
    [500, 'unknown'],
    [503, 'fail'],
  ] as const)('makes of HTTP %i to what has left the list that held it: %s', async (status, verdict) => {
    const result = await runAgainst([status], {
      repeatable: false,
      values: [{ name: 'id', in: 'path', value: 7, origin: 'captured', from: 'GET /orders', isKept: true }],
    });
    expect(result?.verdict).toBe(verdict);
  });

  it.each<[origin: 'generated' | 'captured' | 'config', verdict: string]>([
    ['generated', 'pass'],
    ['captured', 'pass'],
    ['config', 'pass'],
  ])('is told of data that is null as an absence, on the first day: %s', async (origin, verdict) => {
    const server = keep(await serve((_, response) => sendJson(response, { code: 0, msg: 'ok', data: null })));
    const schema = { required: ['data'], properties: { code: {}, msg: {}, data: { type: 'object' } } };
    const check = makeCheck(server.origin, '/notes/1', {
      repeatable: false,
      values: [{ name: 'id', in: 'path', value: 1, origin }],
      promises: [{ status: '200', contentTypes: ['application/json'], schema }],
    });
    const [result] = await run(keep(testEngine()), [check]);
    expect(result).toMatchObject({ verdict, findings: [{ level: verdict === 'pass' ? 'info' : 'error' }] });
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
    expect(inEnglish(result?.findings[0]?.message ?? '')).toMatch(
      /^the body is over the limit \(\d+ bytes had arrived\)/,
    );
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
      said.push(result?.findings.map(({ message }) => inEnglish(message)).join() ?? '');
    }
    expect(said).toEqual(['', 'not documented: /b', '', 'not documented: /c', '', '']);
  });

  it('keeps what is said once when the same answer is wrong and has to be confirmed', async () => {
    const server = keep(
      await serve((_, response) => sendJson(response, { id: '1775389422113955841', extra: 1 })),
    );
    const schema = {
      type: 'object',
      required: ['name'],
      properties: { id: { type: 'integer' }, name: { type: 'string' } },
    };
    const promises = [{ status: '200', contentTypes: [], schema }];
    const check = makeCheck(server.origin, '/', { promises });
    const [result] = await run(keep(testEngine()), [check], [1, 2]);
    expect([result?.verdict, result?.attempts]).toEqual(['fail', 3]);
    expect(result?.findings.map(({ message }) => message)).toEqual([
      'the body: expected property "name", found none',
      'the service writes numbers as text: /id: expected integer, found "1775389422113955841" (string)',
      'not documented: /extra',
    ]);
  });

  it('says what is said once of an answer that counts, not of a refusal before it', async () => {
    const bodies = [
      { code: 500, msg: 'broken', data: null, trace: 'a' },
      { code: 0, msg: 'ok', data: {}, trace: 'b' },
    ];
    const server = keep(await serve((_, response) => sendJson(response, bodies.shift() ?? {})));
    const schema = { type: 'object', properties: { code: {}, msg: {}, data: {} } };
    const promises = [
      { status: '200', contentTypes: [], schema, examples: [{ code: 0, msg: 'ok', data: {} }] },
    ];
    const engine = keep(testEngine());
    const check = makeCheck(server.origin, '/', { promises, repeatable: false });
    const [refused] = await run(engine, [check]);
    const [good] = await run(engine, [check]);
    expect([refused?.verdict, good?.verdict]).toEqual(['fail', 'pass']);
    expect(good?.findings.map(({ message }) => message)).toEqual(['not documented: /trace']);
  });

  it('is broken, not failing, when the patrol itself breaks', async () => {
    const result = await run(keep(testEngine()), [makeCheck('http://127.0.0.1:1', '/', { credential: 'x' })]);
    expect(result[0]).toMatchObject({
      verdict: 'unknown',
      reason: { code: 'internal', message: 'the patrol itself failed: no credential in this test' },
    });
  });
});

describe('a wall clock that is set while a failure is confirmed', () => {
  it.each([3, -3, 720])(
    'by %i hours leaves as much time between its attempts as there was',
    async (hours) => {
      let setMs = 0;
      const server = keep(
        await serve((_, response) => {
          sendJson(response, {}, 500);
          setMs = hours * 3_600_000;
        }),
      );
      const clock = { ...systemClock, now: () => systemClock.now() + setMs };
      const began = systemClock.monotonic();
      const [result] = await run(keep(testEngine({ clock })), [makeCheck(server.origin, '/orders')], [1, 2]);
      const tookMs = systemClock.monotonic() - began;
      const dates = [...(result?.evidence?.attempts ?? []).map(({ at }) => at), result?.at ?? 0];
      expect(dates).toHaveLength(4);
      for (const at of dates) {
        expect(at).toBeLessThanOrEqual(clock.now() + 1);
        expect(at).toBeGreaterThanOrEqual(clock.now() - tookMs - 2000);
      }
    },
  );
});
