import { describe, expect, it } from 'vitest';
import { makeAnswer } from '../../../test/support/answers.ts';
import { makeCheck } from '../../../test/support/check-harness.ts';
import type { Check, Promised } from '../../model/check.ts';
import type { Json } from '../../model/json.ts';
import { type Judgement, heldTo, judge } from '../judge.ts';
import { SchemaJudge } from '../schema/judge.ts';
import { expectations } from './registry.ts';

type AnswerOptions = Parameters<typeof makeAnswer>[0];

/** Judges an answer; `expect` is what a user would write in the config. */
function verdict(
  answer: AnswerOptions,
  check: Partial<Check> & { readonly expect?: Readonly<Record<string, Json>> } = {},
): Judgement {
  const { expect: written = {}, ...more } = check;
  const configured = Object.entries(written).map(([kind, settings]) => {
    const found = expectations.find((one) => one.kind === kind);
    return { kind, settings: found?.settings.parse(settings) };
  });
  const made = makeCheck('http://a.example', '/', { expectations: configured, ...more });
  return judge(makeAnswer(answer), made, heldTo(made, expectations), { schemas: new SchemaJudge() });
}

function promise(...statuses: string[]): readonly Promised[] {
  return statuses.map((status) => ({ status, contentTypes: [] }));
}

function short({ verdict, reason }: Judgement): string {
  return [verdict, reason.code, reason.message].filter((text) => text !== '' && text !== 'none').join(' | ');
}

it.each(expectations)('$kind says in a line what it is', ({ kind, summary }) => {
  expect(kind).toMatch(/^[a-z][a-z-]*$/);
  expect(summary).toMatch(/^\S.{10,119}$/);
});

describe('status', () => {
  it.each<[number, readonly Promised[], string]>([
    [200, [], 'pass'],
    [302, [], 'pass'],
    [204, promise('200', '204'), 'pass'],
    [206, promise('2XX'), 'pass'],
    [200, promise('404', 'default'), 'pass'],
    [304, promise('304', '200'), 'pass'],
    [202, promise('200'), 'degraded | status | HTTP 202, documented: 200'],
    [302, promise('200', '404'), 'fail | status | HTTP 302, documented: 200, 404'],
    [404, promise('200', '404'), 'fail | status | HTTP 404, documented: 200, 404'],
    [500, promise('200', 'default'), 'fail | status | HTTP 500, documented: 200, default'],
    [500, [], 'fail | status | HTTP 500, documented: nothing'],
  ])('%i with %j documented', (status, promises, expected) => {
    expect(short(verdict({ status }, { promises }))).toBe(expected);
  });

  it.each<[number, Json, string]>([
    [404, 404, 'pass'],
    [201, '2xx', 'pass'],
    [503, [200, '5XX'], 'pass'],
    [200, [201, '4xx'], 'fail | status | HTTP 200, expected: 201, 4xx'],
    [404, {}, 'fail | status | HTTP 404, documented: nothing'],
  ])('%i with `status: %j` in the config', (status, settings, expected) => {
    const configured = JSON.stringify(settings) === '{}' ? 'documented' : settings;
    expect(short(verdict({ status }, { expect: { status: configured } }))).toBe(expected);
  });

  it('takes a kind that is only named for what is documented', () => {
    const named = [{ kind: 'status', settings: {} }];
    expect(short(verdict({ status: 404 }, { expectations: named }))).toBe(
      'fail | status | HTTP 404, documented: nothing',
    );
  });

  it('does not excuse a made-up value when the config says which status is right', () => {
    const values = [{ name: 'id', in: 'path', value: 1, origin: 'generated' }] as const;
    expect(short(verdict({ status: 404 }, { values, expect: { status: 200 } }))).toBe(
      'fail | status | HTTP 404, expected: 200',
    );
  });

  it('names every made-up value, cut to a readable length', () => {
    const values = [
      { name: 'id', in: 'path', value: 'x'.repeat(99), origin: 'harvested' },
      { name: 'filter', in: 'query', value: { a: 1 }, origin: 'generated' },
    ] as const;
    expect(verdict({ status: 422 }, { values }).reason.message).toBe(
      `HTTP 422, but we made up id=${'x'.repeat(37)}…, filter={"a":1}; give them a real value under \`params\` (id, filter)`,
    );
  });
});

describe('content type', () => {
  const json: readonly Promised[] = [{ status: '200', contentTypes: ['application/json'] }];
  const withSchema: readonly Promised[] = [
    { status: '200', contentTypes: ['application/json'], schema: true },
  ];

  it.each<[string, string, readonly Promised[], string]>([
    ['application/problem+json', '{}', json, 'pass'],
    ['text/csv', 'a,b', [{ status: '200', contentTypes: ['text/*'] }], 'pass'],
    ['image/png', 'x', [{ status: '200', contentTypes: ['*/*'] }], 'pass'],
    ['image/png', 'x', [], 'pass'],
    [
      'text/html',
      '<html>',
      json,
      'fail | content-type | content type text/html, documented: application/json',
    ],
    [
      'text/plain',
      '{"a":1}',
      json,
      'degraded | content-type | content type text/plain, documented: application/json',
    ],
    ['application/json', '{"a":', json, 'fail | content-type | the body is not JSON: "{\\"a\\":"'],
    [
      'application/json',
      '',
      withSchema,
      'fail | content-type | the body is empty, documented: application/json',
    ],
    ['application/json', '', json, 'pass'],
  ])('%s with body %j', (type, body, promises, expected) => {
    expect(short(verdict({ headers: { 'Content-Type': type }, body }, { promises }))).toBe(expected);
  });

  it.each([
    [{ status: 204 }, {}],
    [{ body: '{"a":', truncated: true }, {}],
    [{ body: '' }, { method: 'HEAD' }],
  ])('is not asked of %j %j', (answer, more) => {
    const promises = [{ status: '2XX', contentTypes: ['application/json'], schema: true }];
    expect(verdict(answer, { promises, ...more }).verdict).toBe('pass');
  });

  it('is what the config says', () => {
    expect(
      short(
        verdict(
          { body: '<a/>', headers: { 'Content-Type': 'text/xml' } },
          { expect: { 'content-type': 'text/csv' } },
        ),
      ),
    ).toBe('degraded | content-type | content type text/xml, documented: text/csv');
  });
});

describe('latency', () => {
  it.each<[Json, number, string]>([
    ['2s', 2000, 'pass'],
    ['2s', 2001, 'degraded | latency | took 2s1ms, expected: ≤ 2s'],
    [{ max: '100ms' }, 101, 'degraded | latency | took 101ms, expected: ≤ 100ms'],
  ])('`latency: %j` and %i ms', (settings, totalMs, expected) => {
    expect(short(verdict({ totalMs }, { expect: { latency: settings } }))).toBe(expected);
  });
});

describe('schema', () => {
  const promises: readonly Promised[] = [
    {
      status: '200',
      contentTypes: ['application/json'],
      schema: { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } },
    },
  ];

  it('fails for each way in which the body is not as documented', () => {
    const judged = verdict({ body: { id: '7', name: 1 } }, { promises });
    expect(short(judged)).toBe('fail | schema | /id: expected integer, found "7" (string) (+1 more)');
    expect(judged.findings).toHaveLength(2);
  });

  it.each<[Json, string]>([
    ['warning', 'degraded | schema | /id: expected integer, found "7" (string)'],
    ['off', 'pass'],
  ])('is taken as `schema: %s`', (level, expected) => {
    expect(short(verdict({ body: { id: '7' } }, { promises, expect: { schema: level } }))).toBe(expected);
  });

  it('is not asked of an answer whose status is wrong', () => {
    const judged = verdict(
      { status: 500, body: { id: '7' } },
      { promises: [{ ...promises[0]!, status: 'default' }] },
    );
    expect(judged.findings.map(({ kind }) => kind)).toEqual(['status']);
  });

  it('says that it was not checked when the body was cut', () => {
    const judged = verdict({ body: { id: '7' }, truncated: true }, { promises });
    expect(judged.verdict).toBe('pass');
    expect(judged.findings[0]?.message).toBe(
      'the body is over the limit (10 bytes had arrived): its schema was not checked',
    );
  });
});
