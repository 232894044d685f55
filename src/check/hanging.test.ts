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
import { ManualClock } from '../kit/clock.ts';

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
