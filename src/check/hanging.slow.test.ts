import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  advanceUntilDone,
  keep,
  makeCheck,
  never,
  sendJson,
  serve,
  testEngine,
  testLimits,
  until,
} from '../../test/support/check-harness.ts';
import { ManualClock } from '../lib/time/clock.ts';

describe('a check that is not ready', () => {
  it('keeps no other waiting, and is not called any more when all is stopped', async () => {
    const server = keep(await serve((_, response) => sendJson(response, {})));
    const [ready, waiting] = [makeCheck(server.origin, '/ready'), makeCheck(server.origin, '/waiting')];
    const stopping = new AbortController();
    const results = await keep(testEngine()).run([waiting, ready], {
      signal: stopping.signal,
      graceMs: 0,
      ready: ({ id }) =>
        id === waiting.id
          ? new Promise((resolve) => stopping.signal.addEventListener('abort', () => resolve()))
          : undefined,
      onResult: () => stopping.abort(),
    });
    expect(results.map(({ checkId, verdict }) => [checkId, verdict])).toEqual([[ready.id, 'pass']]);
    expect(server.requests.map(({ url }) => url)).toEqual(['/ready']);
  });
});

describe('an operation that hangs', () => {
  it('is called twice: each time it has waited for all the time there is', async () => {
    const clock = new ManualClock();
    const server = keep(await serve(() => undefined));
    const check = makeCheck(server.origin, '/', { retries: 2 });
    const began = clock.monotonic();
    const running = keep(testEngine({ clock })).run([check], { signal: never, graceMs: 0 });
    const [result] = await advanceUntilDone(clock, running);
    expect(result).toMatchObject({ verdict: 'fail', reason: { code: 'timeout' }, attempts: 2 });
    expect(clock.monotonic() - began).toBeLessThan(2 * check.timeouts.totalMs + 3000);
  });

  it('is called again when its connection broke while it waited: somebody has just restarted the server', async () => {
    const clock = new ManualClock();
    const waiting: ServerResponse[] = [];
    let isWell = false;
    const server = keep(
      await serve((_, response) => {
        if (isWell) sendJson(response, {});
        else waiting.push(response);
      }),
    );
    const checks = Array.from({ length: 4 }, (_, no) => makeCheck(server.origin, `/${no}`));
    const limits = { ...testLimits, ratePerOrigin: Infinity };
    const running = keep(testEngine({ clock, limits })).run(checks, {
      signal: never,
      graceMs: 0,
      confirmAfterMs: [],
    });
    await until(() => waiting.length === 4);
    await clock.advance(1500);
    isWell = true;
    for (const response of waiting) response.destroy();
    const results = await advanceUntilDone(clock, running);
    expect(results.map(({ verdict, reason }) => [verdict, reason.code])).toEqual(
      checks.map(() => ['degraded', 'flaky']),
    );
  });

  it('that breaks again and again fails', async () => {
    const clock = new ManualClock();
    let waiting: ServerResponse | undefined;
    const server = keep(
      await serve((_, response) => {
        waiting = response;
      }),
    );
    const check = makeCheck(server.origin, '/');
    const running = keep(testEngine({ clock })).run([check], {
      signal: never,
      graceMs: 0,
      confirmAfterMs: [],
    });
    for (const calls of [1, 2]) {
      await until(() => server.requests.length === calls && waiting !== undefined);
      await clock.advance(1500);
      waiting?.destroy();
      waiting = undefined;
      if (calls === 1) {
        await until(() => clock.sleeping > 0);
        await clock.advance(500);
      }
    }
    expect(await running).toMatchObject([{ verdict: 'fail', reason: { code: 'reset' }, attempts: 2 }]);
  });
});

describe('a service that hangs', () => {
  const limits = { ...testLimits, perOrigin: 2, ratePerOrigin: Infinity };

  it('holds up no other service of its origin, nor those of its own operations that are answered', async () => {
    const clock = new ManualClock();
    const server = keep(
      await serve((request, response) => {
        if (request.url?.startsWith('/hung') !== true) sendJson(response, {});
      }),
    );
    const hung = [1, 2, 3].map((no) => makeCheck(server.origin, `/hung/${no}`, { service: 'users' }));
    const own = makeCheck(server.origin, '/own', { service: 'users' });
    const others = [1, 2, 3].map((no) => makeCheck(server.origin, `/other/${no}`, { service: 'orders' }));
    const answered: string[] = [];
    const running = keep(testEngine({ clock, limits })).run([...hung, own, ...others], {
      signal: never,
      graceMs: 0,
      onResult: ({ verdict }, { operation }) => verdict === 'pass' && answered.push(operation),
    });
    await until(() => server.requests.length === 2);
    await clock.advance(1000);
    await until(() => answered.length === 4);
    expect(answered.toSorted()).toEqual(['GET /other/1', 'GET /other/2', 'GET /other/3', 'GET /own']);
    const results = await advanceUntilDone(clock, running);
    expect(results.map(({ reason }) => reason.code)).toEqual([
      ...hung.map(() => 'timeout'),
      ...[own, ...others].map(() => 'none'),
    ]);
  });

  it('has four calls for each place at the most, while others are called', async () => {
    const clock = new ManualClock();
    const server = keep(
      await serve((request, response) => {
        if (request.url?.startsWith('/hung') !== true) sendJson(response, {});
      }),
    );
    const timeouts = { connectMs: 1000, firstByteMs: 60_000, totalMs: 60_000 };
    const hung = Array.from({ length: 20 }, (_, no) =>
      makeCheck(server.origin, `/hung/${no}`, { service: 'users', timeouts }),
    );
    const stop = new AbortController();
    const answered: string[] = [];
    const engine = keep(testEngine({ clock, limits }));
    const options = { signal: stop.signal, graceMs: 0, confirmAfterMs: [] };
    const running = engine.run(hung, options);
    for (const calls of [2, 4, 6, 8]) {
      await until(() => server.requests.length === calls);
      await clock.advance(1000);
    }
    const more = engine.run([makeCheck(server.origin, '/other', { service: 'orders' })], {
      ...options,
      onResult: ({ verdict }) => answered.push(verdict),
    });
    await more;
    expect(answered).toEqual(['pass']);
    expect(server.requests).toHaveLength(9);
    stop.abort();
    await clock.advance(1);
    await running;
  });
});

describe('a large service that begins to hang beside one that is well', () => {
  const limits = { ...testLimits, perOrigin: 4, ratePerOrigin: Infinity };
  const timeouts = { connectMs: 1000, firstByteMs: 10_000, totalMs: 10_000 };

  async function hangFor(
    seconds: number,
    isWellAgain: (second: number, url: string) => boolean = () => false,
  ): Promise<{
    readonly calls: number;
    readonly ended: readonly (readonly [second: number, verdict: string])[];
  }> {
    const clock = new ManualClock();
    let second = 0;
    let calls = 0;
    const server = keep(
      await serve((request, response) => {
        const url = request.url ?? '';
        if (url === '/other') return sendJson(response, {});
        calls++;
        if (isWellAgain(second, url)) sendJson(response, {});
      }),
    );
    const engine = keep(testEngine({ clock, limits }));
    const hung = Array.from({ length: 200 }, (_, no) =>
      makeCheck(server.origin, `/hung/${no}`, { service: 'users', timeouts }),
    );
    const other = makeCheck(server.origin, '/other', { service: 'orders', timeouts });
    const ended: (readonly [number, string])[] = [];
    const others: Promise<unknown>[] = [];
    const stop = new AbortController();
    const running = engine.run(hung, {
      signal: stop.signal,
      graceMs: 0,
      onResult: ({ verdict }) => ended.push([second, verdict]),
    });
    for (; second < seconds; second++) {
      if (second % 2 === 0) others.push(engine.run([other], { signal: never, graceMs: 0 }));
      await clock.advance(1000);
      for (let round = 0; round < 20; round++) await new Promise((resolve) => setImmediate(resolve));
    }
    stop.abort();
    await clock.advance(1);
    await Promise.all([running, ...others]);
    return { calls, ended: ended.filter(([, verdict]) => verdict !== 'unknown') };
  }

  it('is known to hang long before each of its operations has been called', async () => {
    const { ended } = await hangFor(26);
    expect(ended.filter(([, verdict]) => verdict === 'fail').length).toBeGreaterThanOrEqual(20);
    expect(ended.every(([second]) => second >= 20)).toBe(true);
  });

  it('is not made to wait twice for each operation that hangs once that is known', async () => {
    const { calls, ended } = await hangFor(60);
    expect(ended.length).toBeGreaterThan(60);
    expect(calls - ended.length).toBeLessThan(40);
  });

  it('is doubted again as soon as one of them is answered', async () => {
    const { ended } = await hangFor(45, (second) => second >= 30);
    expect(ended.filter(([second, verdict]) => second > 41 && verdict === 'fail')).toEqual([]);
    expect(ended.some(([, verdict]) => verdict === 'pass')).toBe(true);
  });
});

describe('operations of a host that hang while its others are answered', () => {
  const timeouts = { connectMs: 4000, firstByteMs: 4000, totalMs: 4000 };
  const limits = { ...testLimits, ratePerOrigin: Infinity };
  const options = { signal: never, graceMs: 0, confirmAfterMs: [] };

  it.each([
    ['before any of them has ended', 3],
    ['when most of them have ended', 5],
  ])('are no reason to leave out the others in a cycle that begins %s', async (_, beginsAtSecond) => {
    const clock = new ManualClock();
    const patient = { connectMs: 4000, firstByteMs: 20_000, totalMs: 20_000 };
    const held: ServerResponse[] = [];
    let isHolding = false;
    const server = keep(
      await serve((request, response) => {
        if (request.url?.startsWith('/hung') === true) return;
        if (isHolding) held.push(response);
        else sendJson(response, {});
      }),
    );
    const hung = Array.from({ length: 10 }, (_, no) => makeCheck(server.origin, `/hung/${no}`, { timeouts }));
    const well = Array.from({ length: 40 }, (_, no) =>
      makeCheck(server.origin, `/well/${no}`, { timeouts: patient }),
    );
    const engine = keep(testEngine({ clock, limits }));
    await advanceUntilDone(clock, engine.run([...well, ...hung], options));

    isHolding = true;
    const before = server.requests.length;
    const ended: string[] = [];
    let cycle: ReturnType<typeof engine.run> | undefined;
    const looking = engine.run(hung, { ...options, onResult: ({ checkId }) => ended.push(checkId) });
    for (let second = 0; second <= 7; second++) {
      const hungCalls = (): number => server.requests.length - before - held.length;
      await until(() => hungCalls() === Math.min(10, 3 * (second + 1)));
      await until(() => ended.length === Math.min(10, 3 * Math.max(0, second - 3)));
      if (second === beginsAtSecond) cycle = engine.run([...well, ...hung], options);
      await clock.advance(1000);
    }
    await looking;
    isHolding = false;
    for (const response of held) sendJson(response, {});
    if (cycle === undefined) throw new Error('no cycle has begun');
    const results = await advanceUntilDone(clock, cycle);
    expect(results.map(({ reason }) => reason.code)).toEqual([
      ...well.map(() => 'none'),
      ...hung.map(() => 'timeout'),
    ]);
  });

  it.each([
    ['', false],
    ['by another process ', true],
  ])('are called %safter the others, a few of which tell that their host hangs', async (_, isRestarted) => {
    const clock = new ManualClock();
    let isDown = false;
    const server = keep(
      await serve((request, response) => {
        if (!isDown && request.url?.startsWith('/hung') !== true) sendJson(response, {});
      }),
    );
    const hung = Array.from({ length: 10 }, (_, no) => makeCheck(server.origin, `/hung/${no}`, { timeouts }));
    const well = Array.from({ length: 40 }, (_, no) => makeCheck(server.origin, `/well/${no}`, { timeouts }));
    const engine = keep(testEngine({ clock, limits }));
    const last = await advanceUntilDone(clock, engine.run([...hung, ...well], options));
    const next = isRestarted ? keep(testEngine({ clock, limits, last })) : engine;
    isDown = true;
    const before = server.requests.length;
    const results = await advanceUntilDone(clock, next.run([...hung, ...well], options));
    const called = server.requests.slice(before).map(({ url }) => url);
    expect(called.every((url) => url?.startsWith('/well'))).toBe(true);
    expect(called.length).toBeLessThanOrEqual(20);
    expect(results.every(({ verdict }) => verdict !== 'pass')).toBe(true);
  });
});
