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
