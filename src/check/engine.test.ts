import { afterEach, describe, expect, it } from 'vitest';
import {
  deadOrigin,
  makeCheck,
  sendJson,
  serve,
  type TestServer,
  testEngine,
} from '../../test/support/check-harness.ts';
import type { Check } from '../model/check.ts';
import type { Result } from '../model/result.ts';
import type { Engine } from './engine.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

function keep<T extends { close(): Promise<void> }>(one: T): T {
  opened.push(one);
  return one;
}

async function run(engine: Engine, checks: readonly Check[], confirmAfterMs: readonly number[] = []) {
  return engine.run(checks, { signal: new AbortController().signal, graceMs: 100, confirmAfterMs });
}

describe('an engine', () => {
  it('passes an answer that keeps the promises of its document', async () => {
    const server = keep(await serve((_, response) => sendJson(response, { id: 1 })));
    const engine = keep(testEngine());
    const check = makeCheck(server.origin, '/orders/1', {
      promises: [
        {
          status: '200',
          contentTypes: ['application/json'],
          schema: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
        },
      ],
    });
    const [result] = await run(engine, [check]);
    expect(result).toMatchObject({ checkId: check.id, verdict: 'pass', status: 200, bytes: 8, attempts: 1 });
    expect(result?.evidence).toBeUndefined();
    expect(result?.phases.connectMs).toBeGreaterThan(0);
    const [again] = await run(engine, [check]);
    expect(Object.keys(again?.phases ?? {})).toEqual(['firstByteMs', 'downloadMs', 'totalMs']);
  });
});
