import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { keep, makeCheck, run, sendJson, serve, testEngine } from '../../../test/support/check-harness.ts';
import type { Check, Promised } from '../../model/check.ts';
import type { SchemaPool } from '../../model/document.ts';
import type { Json, JsonSchema } from '../../model/json.ts';

function promising(schema: JsonSchema): Pick<Check, 'promises'> {
  const promised: Promised = { status: '200', contentTypes: ['application/json'], schema };
  return { promises: [promised] };
}

/** Each definition is two times the next one. */
function doubling(keyword: 'anyOf' | 'oneOf' | 'allOf', depth: number): SchemaPool {
  const links = Array.from({ length: depth }, (_, index): [string, JsonSchema] => {
    const next = { $ref: `#/S${index + 1}` };
    return [`#/S${index}`, { [keyword]: [next, { allOf: [next] }] }];
  });
  return { ...Object.fromEntries(links), [`#/S${depth}`]: { type: 'string' } };
}

/** What one check of a body comes to, and the longest time in which nothing else could run. */
async function judged(body: Json, more: Partial<Check>) {
  const server = keep(await serve((_, response) => sendJson(response, body)));
  const engine = keep(testEngine());
  // What runs for the first time is loaded and compiled first.
  await run(engine, [makeCheck(server.origin, '/warm', promising({ type: 'object' }))]);
  let last = performance.now();
  let longestMs = 0;
  const timer = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - last);
    last = performance.now();
  }, 1);
  const [result] = await run(engine, [makeCheck(server.origin, '/orders', more)]);
  clearInterval(timer);
  return { result, longestMs };
}

const manyProperties = Object.fromEntries(
  Array.from({ length: 20_000 }, (_, index) => [`p${index}`, { type: 'string', format: 'date-time' }]),
);

describe('an answer that takes very long to judge', { timeout: 120_000 }, () => {
  it.each<[string, Json, Partial<Check>]>([
    ['by doubling anyOf', { a: 1 }, { ...promising({ $ref: '#/S0' }), schemas: doubling('anyOf', 60) }],
    ['by doubling oneOf', { a: 1 }, { ...promising({ $ref: '#/S0' }), schemas: doubling('oneOf', 60) }],
    ['by doubling allOf', { a: 1 }, { ...promising({ $ref: '#/S0' }), schemas: doubling('allOf', 60) }],
    ['by very many properties', {}, promising({ type: 'object', properties: manyProperties })],
  ])('%s is said to be so, and holds up nobody', async (_, body, more) => {
    const { result, longestMs } = await judged(body, more);
    expect(result).toMatchObject({ verdict: 'pass' });
    expect(result?.findings.map(({ message }) => inEnglish(message))).toContain(
      'the answer is too large to be judged against its schema',
    );
    expect(longestMs).toBeLessThan(1000);
  });

  it('by sentences with queries inside queries is said to be so', async () => {
    const body = Array.from({ length: 200 }, (__, id) => ({ id, next: [[[[[[[[{ id: [[[[{}]]]] }]]]]]]]] }));
    const { result, longestMs } = await judged(body, {
      expectations: [{ kind: 'that', settings: ['$..[?@..[?@..[?@..*]]] exists'] }],
    });
    expect(result).toMatchObject({ verdict: 'pass' });
    expect(result?.findings.map(({ message }) => inEnglish(message))).toContain(
      'the answer is too large to be held against the conditions of `that`',
    );
    expect(longestMs).toBeLessThan(1000);
  });
});

describe('a large answer', { timeout: 120_000 }, () => {
  const list = Array.from({ length: 60_000 }, (_, id) => [id, [id]]);

  it('is judged as a small one is, beside everything else', async () => {
    const { result, longestMs } = await judged([...list, list[0] ?? null], promising({ uniqueItems: true }));
    expect(result).toMatchObject({
      verdict: 'degraded',
      reason: {
        message:
          'the body: expected no duplicate items (items 0 and 60000 are identical), found [[0,[0]],[1,[1]],[2,[2]],[3,[3]],[4,[4]],[5,[5]],[6,[6]],[7,[7]],[8,[8]],[9,[…',
      },
    });
    expect(longestMs).toBeLessThan(1000);
  });

  it('tells what it does not have documented once', async () => {
    const schema = { properties: { list: { type: 'array' } } };
    const server = keep(await serve((_, response) => sendJson(response, { list, extra: 1 })));
    const engine = keep(testEngine());
    const check = makeCheck(server.origin, '/orders', promising(schema));
    const [first] = await run(engine, [check]);
    expect(first?.findings.map(({ message }) => inEnglish(message))).toEqual(['not documented: /extra']);
    const [second] = await run(engine, [check]);
    expect(second?.findings).toEqual([]);
  });

  it('of a schema with very many definitions is held against all of them', async () => {
    const schemas: SchemaPool = Object.fromEntries(
      Array.from({ length: 800 }, (_, index) => [
        `#/S${index}`,
        {
          type: 'object',
          required: ['id'],
          properties: { id: { type: 'integer' }, next: { $ref: `#/S${index + 1}` } },
        },
      ]),
    );
    const body = { id: 1, next: { id: 2, next: { id: 'x' } } };
    const { result } = await judged(body, { ...promising({ $ref: '#/S0' }), schemas });
    expect(result).toMatchObject({
      verdict: 'fail',
      reason: { code: 'schema', message: '/next/next/id: expected integer, found "x" (string)' },
    });
  });
});

describe('a service whose answers take very long to judge', { timeout: 120_000 }, () => {
  it('does not keep the large answers of others waiting', async () => {
    const schemas = doubling('anyOf', 60);
    const server = keep(
      await serve((request, response) =>
        sendJson(
          response,
          request.url === '/good' ? Array.from({ length: 60_000 }, (_, id) => ({ id })) : { a: 1 },
        ),
      ),
    );
    const engine = keep(testEngine());
    const bad = Array.from({ length: 8 }, (_, index) =>
      makeCheck(server.origin, `/bad/${index}`, { ...promising({ $ref: '#/S0' }), schemas, service: 'bad' }),
    );
    const items = { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } };
    const good = makeCheck(server.origin, '/good', { ...promising(items), service: 'good' });
    const results = await run(engine, [...bad, good]);
    expect(results.at(-1)).toMatchObject({ verdict: 'pass', findings: [] });
    expect(results.map(({ verdict }) => verdict)).not.toContain('fail');
  });
});
