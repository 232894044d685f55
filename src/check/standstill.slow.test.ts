import { inEnglish } from '../messages/in-language.ts';
import { performance } from 'node:perf_hooks';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { describe, expect, it } from 'vitest';
import { keep, makeCheck, run, sendJson, serve, testEngine } from '../../test/support/check-harness.ts';
import type { Check } from '../model/check.ts';
import type { Result } from '../model/result.ts';

/** As SIGSTOP, a suspended machine or a long computation does. */
function standStill(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until) continue;
}

const timeouts = { connectMs: 1000, firstByteMs: 300, totalMs: 500 };

async function call(listener: RequestListener, more: Partial<Check> = {}): Promise<Result | undefined> {
  const server = keep(await serve(listener));
  const [result] = await run(
    keep(testEngine()),
    [makeCheck(server.origin, '/', { timeouts, ...more })],
    [10, 20],
  );
  return result;
}

describe('a call during which the patrol itself stood still', () => {
  it('reads the answer that has arrived meanwhile, and charges none of it to the server', async () => {
    const result = await call(
      (_, response) => {
        setImmediate(() => {
          standStill(900);
          sendJson(response, {});
        });
      },
      { expectations: [{ kind: 'latency', settings: 500 }] },
    );
    expect(result).toMatchObject({ verdict: 'pass', imprecise: true, attempts: 1 });
    expect(result?.phases.totalMs).toBeLessThan(500);
  });

  it('is made again when it failed, and is not called flaky for that', async () => {
    let count = 0;
    const result = await call((request, response) => {
      if (count++ > 0) sendJson(response, {});
      else
        setImmediate(() => {
          standStill(900);
          request.socket.destroy();
        });
    });
    expect(result).toMatchObject({ verdict: 'pass', reason: { code: 'none' }, attempts: 2 });
  });

  it.each<[string, Partial<Check>, number]>([
    ['again and again', {}, 4],
    ['and must not be made again', { repeatable: false, method: 'POST' }, 1],
  ])('%s says nothing when it fails', async (_, more, attempts) => {
    const result = await call((request) => {
      setImmediate(() => {
        standStill(600);
        request.socket.destroy();
      });
    }, more);
    expect(result).toMatchObject({ verdict: 'unknown', reason: { code: 'interrupted' }, attempts });
    expect(inEnglish(result?.reason.message ?? '')).toMatch(
      /^the patrol itself stood still during the call: /,
    );
  });

  it('excuses no certificate for another name', async () => {
    const own = await generate([{ name: 'commonName', value: 'other.example' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'other.example' }] }],
    });
    const server = createServer({ key: own.private, cert: own.cert }, (_, response) => response.end());
    server.on('connection', () => standStill(400));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    keep({ close: () => new Promise<void>((resolve) => server.close(() => resolve())) });
    const { port } = server.address() as AddressInfo;
    const check = makeCheck(`https://127.0.0.1:${port}`, '/', { network: { ca: own.cert } });
    expect(await run(keep(testEngine()), [check], [])).toMatchObject([
      { verdict: 'fail', reason: { code: 'tls' }, attempts: 1 },
    ]);
  });

  it('excuses no answer of the server, although the next one is better', async () => {
    let count = 0;
    const result = await call(
      (_, response) => {
        if (count++ > 0) sendJson(response, {});
        else
          setImmediate(() => {
            standStill(300);
            sendJson(response, {}, 500);
          });
      },
      { timeouts: { connectMs: 1000, firstByteMs: 3000, totalMs: 3000 } },
    );
    expect(result).toMatchObject({ verdict: 'degraded', reason: { code: 'flaky' }, attempts: 2 });
  });

  it('still fails when the server says so each time', async () => {
    const result = await call(
      (_, response) => {
        setImmediate(() => {
          standStill(300);
          sendJson(response, {}, 500);
        });
      },
      { timeouts: { connectMs: 1000, firstByteMs: 3000, totalMs: 3000 } },
    );
    expect(result).toMatchObject({ verdict: 'fail', status: 500 });
  });
});
