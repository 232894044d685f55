import { inEnglish } from '../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import {
  advanceUntilDone,
  deadOrigin,
  keep,
  makeCheck,
  run,
  sendJson,
  serve,
  testEngine,
  testLimits,
} from '../../test/support/check-harness.ts';
import { ManualClock } from '../lib/time/clock.ts';
import type { Check } from '../model/check.ts';
import type { Result } from '../model/result.ts';
import type { Authorizer } from './ports.ts';

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
    expect(inEnglish(spared[0]?.reason.message ?? '')).toMatch(
      /^not called, because http:\/\/127\.0\.0\.1:\d+ does not answer: connection refused \(/,
    );
    expect(results.reduce((sum, { attempts }) => sum + attempts, 0)).toBeLessThan(10);
  });

  it('is known since the call that found it out began', async () => {
    const clock = new ManualClock();
    const server = keep(await serve(() => undefined));
    const began = clock.now();
    const checks = Array.from({ length: 40 }, (_, i) => makeCheck(server.origin, `/${i}`));
    const results = await advanceUntilDone(clock, run(keep(testEngine({ clock })), checks, [1000]));
    const spared = results.filter(({ reason }) => reason.code === 'origin-down');
    const failed = results.filter(({ reason }) => reason.code === 'timeout');
    expect(spared.length).toBeGreaterThan(10);
    expect(clock.now() - began).toBeGreaterThan(2000);
    const starts = new Set(failed.map(({ at }) => at));
    expect(spared.every(({ at }) => starts.has(at))).toBe(true);
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
    const engine = keep(testEngine({ connectivityCheck: { problem: () => Promise.resolve(problem) } }));
    const checks = Array.from({ length: 8 }, (_, i) => makeCheck(origin, `/${i}`));
    const results = await run(engine, checks, [1]);
    expect(results[0]).toMatchObject({ verdict, reason: { code } });
    if (code !== 'self') return;
    expect(new Set(results.map(({ reason }) => reason.code))).toEqual(new Set(['self']));
    expect(inEnglish(results[0]?.reason.message ?? '')).toBe(
      `the network of this host is at fault: ${problem}`,
    );
  });

  it('is not held against ourselves while another one answers', async () => {
    const server = keep(await serve((_, response) => sendJson(response, {})));
    const engine = keep(testEngine({ connectivityCheck: { problem: () => Promise.resolve('no network') } }));
    const dead = makeCheck('http://nowhere.invalid', '/');
    const resultBeside = async (origin: string, more: Partial<Check>): Promise<Result | undefined> => {
      const alive = Array.from({ length: 40 }, (_, i) => makeCheck(origin, `/${i}`, more));
      return (await run(engine, [dead, ...alive], [200]))[0];
    };
    const other = `http://alive.example:${new URL(server.origin).port}`;
    const network = { resolve: { 'alive.example': '127.0.0.1' } };
    expect(await resultBeside(other, { network })).toMatchObject({
      verdict: 'fail',
      reason: { code: 'dns' },
    });
    // This host answers itself without any network.
    expect(await resultBeside(server.origin, {})).toMatchObject({ reason: { code: 'self' } });
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

describe('a host of several services', () => {
  it('is not taken to be down because one of them breaks every connection, and no answer of another is lost', async () => {
    const server = keep(
      await serve((request, response) => {
        if (request.url?.startsWith('/p/') === true) request.socket.resetAndDestroy();
        else if (request.url?.startsWith('/q/') === true) sendJson(response, {}, 502);
        else sendJson(response, {});
      }),
    );
    const of = (service: string): readonly Check[] =>
      [1, 2, 3, 4, 5, 6].map((no) => makeCheck(server.origin, `/${service}/${no}`, { service }));
    const engine = keep(testEngine());
    const [p, q, z] = await Promise.all(['p', 'q', 'z'].map((name) => run(engine, of(name), [50, 200])));
    expect(p?.map(({ reason }) => reason.code)).toEqual(p?.map(() => 'reset'));
    expect(q?.map(({ verdict, status }) => `${verdict} ${status}`)).toEqual(q?.map(() => 'fail 502'));
    expect(z?.map(({ verdict }) => verdict)).toEqual(z?.map(() => 'pass'));
  });
});

describe('a service of which some operations hang', () => {
  it('is not taken for a host that hangs while the others have not been tried', async () => {
    const clock = new ManualClock();
    const server = keep(
      await serve((request, response) => {
        if (request.url?.startsWith('/hangs') !== true) sendJson(response, {});
      }),
    );
    const hanging = ['/hangs/1', '/hangs/2', '/hangs/3', '/hangs/4', '/hangs/5', '/hangs/6', '/hangs/7'];
    const checks = [...hanging, '/1', '/2', '/3'].map((path) => makeCheck(server.origin, path));
    const results = await advanceUntilDone(clock, run(keep(testEngine({ clock })), checks, [1000]));
    expect(results.slice(hanging.length).map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass']);
    expect(results.slice(0, hanging.length).map(({ reason }) => reason.code)).not.toContain('origin-down');
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
      ['unknown', 'interrupted', 'interrupted before a failure was confirmed: HTTP 500, expected: 2xx'],
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

  it('takes many runs side by side on one signal without a warning', async () => {
    const warnings: string[] = [];
    const warn = ({ name }: Error): number => warnings.push(name);
    process.on('warning', warn);
    const server = keep(await serve((_, response) => sendJson(response, {})));
    const engine = keep(testEngine());
    const { signal } = new AbortController();
    const runs = Array.from({ length: 20 }, (_, i) =>
      engine.run([makeCheck(server.origin, `/${i}`)], { signal, graceMs: 100 }),
    );
    await Promise.all(runs);
    process.off('warning', warn);
    expect(warnings).toEqual([]);
  });
});
