import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  advanceUntilDone,
  keep,
  makeCheck,
  never,
  run,
  sendJson,
  serve,
  testEngine,
  testLimits,
  until,
} from '../../test/support/check-harness.ts';
import { ManualClock } from '../lib/time/clock.ts';

describe('an engine', () => {
  it('holds to its limits of concurrency, overall and for each origin', async () => {
    const most = { all: 0, a: 0, b: 0 };
    const now = { all: 0, a: 0, b: 0 };
    const listener =
      (name: 'a' | 'b'): RequestListener =>
      (_, response) => {
        for (const key of ['all', name] as const) most[key] = Math.max(most[key], ++now[key]);
        // Nothing is answered before as many are under way as may be, so that more would be seen.
        const answer = (): void => {
          if (most.all < 5 || most[name] < 3) {
            setTimeout(answer, 5);
            return;
          }
          now.all--;
          now[name]--;
          sendJson(response, {});
        };
        setTimeout(answer, 5);
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

  it('lets hosts that hang hold no place for long, so that the others are called', async () => {
    const clock = new ManualClock();
    const hung = keep(await serve(() => undefined));
    const well = keep(await serve((_, response) => sendJson(response, {})));
    const engine = keep(testEngine({ clock, limits: { ...testLimits, concurrency: 1 } }));
    const stop = new AbortController();
    const answered: string[] = [];
    const running = engine.run(
      [makeCheck(hung.origin, '/1'), makeCheck(hung.origin, '/2'), makeCheck(well.origin, '/3')],
      { signal: stop.signal, graceMs: 0, onResult: (_, check) => answered.push(check.operation) },
    );
    await until(() => hung.requests.length === 1);
    expect(well.requests).toHaveLength(0);
    await clock.advance(1000);
    await until(() => answered.length === 1);
    stop.abort();
    await clock.advance(1);
    await running;
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
    expect(result).toMatchObject({ verdict: 'pass', imprecise: true, lateMs: expect.any(Number) });
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

  it('slows down for an origin several operations of which ask for it in words, with HTTP 200', async () => {
    const server = keep(
      await serve((_, response) => sendJson(response, { code: 429, msg: '访问过于频繁，请稍候再试' })),
    );
    const engine = keep(testEngine());
    const checks = [1, 2, 3].map((no) => makeCheck(server.origin, `/${no}`));
    for (const result of await run(engine, checks))
      expect(result).toMatchObject({ verdict: 'unknown', attempts: 1 });
    expect(engine.takeSlowed()).toEqual({ [server.origin]: 'it says that it is called too often' });
  });

  it('slows down for an origin several operations of which ask for it', async () => {
    const clock = new ManualClock();
    let calls = 0;
    const server = keep(
      await serve((_, response) => {
        const status = ++calls <= 3 ? 429 : 200;
        response.writeHead(status, { 'retry-after': '5' }).end();
      }),
    );
    const engine = keep(
      testEngine({ clock, limits: { ...testLimits, perOrigin: 1, ratePerOrigin: Infinity } }),
    );
    const checks = Array.from({ length: 6 }, (_, i) => makeCheck(server.origin, `/${i}`, { retries: 0 }));
    const running = run(engine, checks);
    await until(() => calls === 3 && clock.sleeping === 1);
    await clock.advance(4999);
    expect(calls).toBe(3);
    const results = await advanceUntilDone(clock, running);
    expect(results.filter(({ verdict }) => verdict === 'pass')).toHaveLength(3);
  });

  it('puts off an operation that has a limit of its own, and no other', async () => {
    const clock = new ManualClock();
    const server = keep(
      await serve((request, response) => {
        response.writeHead(request.url === '/limited' ? 429 : 200, { 'retry-after': '3600' }).end();
      }),
    );
    const engine = keep(testEngine({ clock }));
    const limited = makeCheck(server.origin, '/limited');
    const checks = [limited, ...[1, 2, 3, 4].map((no) => makeCheck(server.origin, `/${no}`))];
    await advanceUntilDone(clock, run(engine, checks));
    expect(engine.takeSlowed()).toEqual({});
    const began = clock.monotonic();
    const ended = new Map<string, number>();
    const waiting: string[] = [];
    const running = engine.run(checks, {
      signal: never,
      graceMs: 0,
      onResult: ({ checkId }) => ended.set(checkId, clock.monotonic() - began),
      onWaiting: ({ id }) => waiting.push(id),
    });
    expect(waiting).toEqual([limited.id]);
    await advanceUntilDone(clock, running);
    expect(ended.get(limited.id)).toBeGreaterThan(59_000);
    for (const { id } of checks.slice(1)) expect(ended.get(id)).toBeLessThan(1000);
  });
});
