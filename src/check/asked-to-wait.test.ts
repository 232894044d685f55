import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  advanceUntilDone,
  keep,
  makeCheck,
  run,
  sendJson,
  serve,
  testEngine,
} from '../../test/support/check-harness.ts';
import { ManualClock } from '../lib/time/clock.ts';

const confirmed = [2000, 8000];

/** Calls operations of a service whose server answers as given; with how long that took. */
async function patrolled(listener: RequestListener, count: number) {
  const clock = new ManualClock();
  const server = keep(await serve(listener));
  const checks = Array.from({ length: count }, (_, i) => makeCheck(server.origin, `/${i}`));
  const since = clock.monotonic();
  const running = run(keep(testEngine({ clock })), checks, confirmed);
  const results = await advanceUntilDone(clock, running);
  return { results, tookMs: clock.monotonic() - since, calls: server.requests.map(({ url }) => url) };
}

function unavailable(retryAfter: string): RequestListener {
  return (_, response) => response.writeHead(503, { 'retry-after': retryAfter }).end();
}

describe('a service that is down and asks to be left alone', () => {
  it.each([
    ['0', ''],
    ['10', '; it asks to be left alone for 10s'],
    ['3600', '; it asks to be left alone for 1h'],
    ['99999999999', '; it asks to be left alone for 365d'],
  ])('fails within half a minute, whatever it asks for: %s', async (retryAfter, wish) => {
    const { results, tookMs } = await patrolled(unavailable(retryAfter), 4);
    expect(results.map(({ verdict, status, reason }) => [verdict, status, reason.message])).toEqual(
      Array.from({ length: 4 }, () => ['fail', 503, `HTTP 503, expected: 2xx${wish}`]),
    );
    expect(tookMs).toBeLessThan(20_000);
  });

  it('is not called three times for each operation', async () => {
    const { results, calls } = await patrolled(unavailable('3600'), 20);
    expect(results.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 20 }, () => 'fail'));
    expect(new Set(calls).size).toBe(20);
    expect(calls.length).toBeLessThan(50);
  });

  it('is not said to be down for an operation that alone is', async () => {
    const listener: RequestListener = (request, response) => {
      if (request.url === '/0') unavailable('3600')(request, response);
      else sendJson(response, {});
    };
    const { results, tookMs } = await patrolled(listener, 6);
    expect(results.map(({ verdict }) => verdict)).toEqual(['fail', 'pass', 'pass', 'pass', 'pass', 'pass']);
    expect(tookMs).toBeLessThan(20_000);
  });

  it('confirms each failure on its own while others are answered', async () => {
    let calls = 0;
    const listener: RequestListener = (request, response) => {
      if (++calls <= 3) unavailable('1')(request, response);
      else sendJson(response, {});
    };
    const { results } = await patrolled(listener, 6);
    expect(results.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  });
});
