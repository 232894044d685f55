import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { judgeContext, makeAnswer } from '../../../test/support/answers.ts';
import { makeCheck } from '../../../test/support/check-harness.ts';
import type { Check, Promised } from '../../model/check.ts';
import type { Json, JsonSchema } from '../../model/json.ts';
import { type Judgement, heldTo, judge } from '../judge.ts';
import { expectations } from './registry.ts';

const now = Date.parse('2026-01-01T00:00:00Z');

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
  return judge(makeAnswer(answer), made, heldTo(made, expectations), judgeContext({ now }));
}

function promise(...statuses: string[]): readonly Promised[] {
  return statuses.map((status) => ({ status, contentTypes: [] }));
}

function short({ verdict, reason }: Judgement): string {
  return [verdict, reason.code, inEnglish(reason.message)]
    .filter((text) => text !== '' && text !== 'none')
    .join(' | ');
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
    [200, promise('201', 'default'), 'pass'],
    [500, promise('200', '400', '500'), 'fail | status | HTTP 500, expected: 200'],
    [404, promise('200', '2XX', '302', '404'), 'fail | status | HTTP 404, expected: 200, 2xx, 302'],
    [302, promise('200', '404'), 'fail | status | HTTP 302, expected: 200'],
    [404, promise('200', '404'), 'fail | status | HTTP 404, expected: 200'],
    [500, promise('200', 'default'), 'fail | status | HTTP 500, expected: 200'],
    [500, [], 'fail | status | HTTP 500, expected: 2xx'],
  ])('%i with %j documented', (status, promises, expected) => {
    expect(short(verdict({ status }, { promises }))).toBe(expected);
  });

  it.each<[number, Json, string]>([
    [404, 404, 'pass'],
    [201, '2xx', 'pass'],
    [503, [200, '5XX'], 'pass'],
    [200, [201, '4xx'], 'fail | status | HTTP 200, expected: 201, 4xx'],
    [404, {}, 'fail | status | HTTP 404, expected: 2xx'],
  ])('%i with `status: %j` in the config', (status, settings, expected) => {
    const configured = JSON.stringify(settings) === '{}' ? 'documented' : settings;
    expect(short(verdict({ status }, { expect: { status: configured } }))).toBe(expected);
  });

  it('takes a kind that is only named for what is documented', () => {
    const named = [{ kind: 'status', settings: {} }];
    expect(short(verdict({ status: 404 }, { expectations: named }))).toBe(
      'fail | status | HTTP 404, expected: 2xx',
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
      { name: 'id', in: 'path', value: 'x'.repeat(99), origin: 'captured' },
      { name: 'filter', in: 'query', value: { a: 1 }, origin: 'generated' },
    ] as const;
    expect(inEnglish(verdict({ status: 422 }, { values }).reason.message)).toBe(
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
      'text/html',
      '<!doctype html><html><head><title>Back at 6 pm</title></head></html>',
      json,
      'fail | content-type | the answer is a page, "Back at 6 pm" (content type text/html, documented: application/json)',
    ],
    [
      'text/html',
      '<html><body><h1>Closed</h1> for maintenance</body></html>',
      json,
      'fail | content-type | the answer is a page, "Closed for maintenance" (content type text/html, documented: application/json)',
    ],
    [
      'text/plain',
      '{"a":1}',
      json,
      'degraded | content-type | content type text/plain, documented: application/json',
    ],
    [
      'application/json',
      '{"a":',
      json,
      'fail | content-type | the body is JSON that breaks off after 5 bytes: "{\\"a\\":"',
    ],
    [
      'application/json',
      '',
      withSchema,
      'fail | content-type | the body is empty, documented: application/json',
    ],
    ['application/json', '', json, 'pass'],
    [
      'application/json',
      '{"a":',
      [],
      'fail | content-type | the body is JSON that breaks off after 5 bytes: "{\\"a\\":"',
    ],
    ['application/json', '{"a":1,}', [], 'fail | content-type | the body is not JSON: "{\\"a\\":1,}"'],
    [
      'application/json',
      '<html><title>Login</title></html>',
      [],
      'fail | content-type | the body is a page, not JSON: "Login"',
    ],
    [
      'application/json',
      'busy',
      [{ status: '200', contentTypes: ['text/csv', 'application/json'] }],
      'fail | content-type | the body is not JSON: "busy"',
    ],
    ['application/json', 'ok', [{ status: '200', contentTypes: [], schema: { type: 'string' } }], 'pass'],
    [
      'application/json',
      'ok',
      [{ status: '200', contentTypes: ['text/plain'] }],
      'degraded | content-type | content type application/json, documented: text/plain',
    ],
    ['application/stream+json', '{}\n{}', [], 'pass'],
    [
      'text/plain',
      '',
      [{ status: '200', contentTypes: ['*/*'], schema: { type: 'string' } }],
      'fail | content-type | the body is empty, documented: */*',
    ],
    ['text/plain', '', [{ status: '200', contentTypes: [], schema: { type: 'string' } }], 'pass'],
  ])('%s with body %j', (type, body, promises, expected) => {
    expect(short(verdict({ headers: { 'Content-Type': type }, body }, { promises }))).toBe(expected);
  });

  it('takes anything where the config says so, also nothing', () => {
    for (const body of ['', 'busy', '{"a":'])
      expect(
        short(verdict({ body }, { promises: withSchema, expect: { 'content-type': '*/*', schema: 'off' } })),
      ).toBe('pass');
  });

  it.each<[readonly Promised[], string, string]>([
    [[], 'pass', 'info: the answer is a stream that does not end (text/event-stream): it was stopped'],
    [
      [{ status: '200', contentTypes: ['*/*'], schema: { type: 'object' } }],
      'pass',
      'info: the answer is a stream that does not end (text/event-stream): it was stopped',
    ],
    [json, 'fail', 'error: content type text/event-stream, documented: application/json'],
  ])('a stream that had to be stopped, documented as %j', (promises, expected, finding) => {
    for (const body of ['', 'data: 1\n\n']) {
      const headers = { 'Content-Type': 'text/event-stream' };
      const judged = verdict({ headers, body, endless: true }, { promises });
      const told = judged.findings.map(({ level, message }) => `${level}: ${inEnglish(message)}`);
      expect([judged.verdict, ...told.map((text) => text.replace(/, and its.*/, ''))]).toEqual([
        expected,
        finding,
      ]);
    }
  });

  const page = '<!DOCTYPE html><html><head><title>系统维护中</title></head></html>';
  it.each<[string, string, JsonSchema, string]>([
    ['text/html', page, { type: 'object' }, 'fail | content-type | the body is a page, not JSON'],
    [
      'text/plain',
      page,
      { allOf: [{ type: 'object' }] },
      'fail | content-type | the body is a page, not JSON',
    ],
    ['text/html', '<html>', { type: 'object' }, 'fail | content-type | the body is not JSON'],
    [
      'application/json',
      '{"a":',
      { type: 'array' },
      'fail | content-type | the body is JSON that breaks off after 5 bytes',
    ],
    ['text/plain', 'busy', { type: ['object', 'null'] }, 'fail | content-type | the body is not JSON'],
    ['application/json', '', { type: 'object' }, 'fail | content-type | the body is empty, documented: JSON'],
    ['application/json', '{}', { type: 'object' }, 'pass'],
    ['application/xml', '<a/>', { type: 'object' }, 'pass'],
    ['text/plain', '<?xml version="1.0"?><a/>', { type: 'object' }, 'pass'],
    ['application/vnd.ms-excel', 'x', { type: 'object' }, 'pass'],
    ['text/html', page, { type: 'string' }, 'pass'],
    ['text/html', page, {}, 'pass'],
    ['text/html', page, { oneOf: [{ type: 'object' }, { type: 'string' }] }, 'pass'],
  ])(
    '%s with body %j where the media type is left open and the schema is %j',
    (type, body, schema, expected) => {
      for (const contentTypes of [['*/*'], []]) {
        const promises = [{ status: '200', contentTypes, schema }];
        const judged = short(verdict({ headers: { 'Content-Type': type }, body }, { promises }));
        expect(judged.replace(/: ".*/s, '')).toBe(expected);
      }
    },
  );

  it('fails when the body is not in the encoding that it claims', () => {
    const answer = { headers: { 'content-encoding': 'br' }, body: 'x' };
    expect(short(verdict(answer))).toBe('fail | content-type | the body is not br, as content-encoding says');
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

describe('certificate', () => {
  const day = 86_400_000;

  it.each<[number, Json, string]>([
    [22, 'standing', 'pass'],
    [
      20,
      'standing',
      'degraded | certificate | the certificate of a.example ends in 20 days (2026-01-21, by Test CA)',
    ],
    [
      6,
      'standing',
      'fail | certificate | the certificate of a.example ends in 6 days (2026-01-07, by Test CA)',
    ],
    [-1, 'off', 'pass'],
    [20, { warn: '14d' }, 'pass'],
    [
      8,
      { fail: '10d' },
      'fail | certificate | the certificate of a.example ends in 8 days (2026-01-09, by Test CA)',
    ],
  ])('with %i days left and `certificate: %j`', (days, settings, expected) => {
    const written: Record<string, Json> = settings === 'standing' ? {} : { certificate: settings };
    const judged = verdict({ expiresAt: now + days * day }, { expect: written });
    expect(short(judged)).toBe(expected);
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
    const judged = verdict({ body: { id: 'x7', name: 1 } }, { promises });
    expect(short(judged)).toBe('fail | schema | /id: expected integer, found "x7" (string) (+1 more)');
    expect(judged.findings).toHaveLength(2);
  });

  it.each<[Json, string]>([
    ['warning', 'degraded | schema | /id: expected integer, found "x7" (string)'],
    ['off', 'pass'],
  ])('is taken as `schema: %s`', (level, expected) => {
    expect(short(verdict({ body: { id: 'x7' } }, { promises, expect: { schema: level } }))).toBe(expected);
  });

  it('is not asked of an answer whose status is wrong', () => {
    const judged = verdict(
      { status: 500, body: { id: 'x7' } },
      { promises: [{ ...promises[0]!, status: 'default' }] },
    );
    expect(judged.findings.map(({ kind }) => kind)).toEqual(['status']);
  });

  it('says that it was not checked when the body was cut', () => {
    const judged = verdict({ body: { id: '7' }, truncated: true }, { promises });
    expect(judged.verdict).toBe('pass');
    expect(inEnglish(judged.findings[0]?.message ?? '')).toBe(
      'the body is over the limit (10 bytes had arrived): its schema was not checked',
    );
  });

  it('says that it was not judged when the body is nested too deep for that', () => {
    const body = `${'{"id":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const judged = verdict({ body, headers: { 'content-type': 'application/json' } }, { promises });
    expect([judged.verdict, judged.findings.map(({ message }) => message)]).toEqual([
      'pass',
      ['the body is nested too deep to be judged (more than 1000 levels)'],
    ]);
  });
});

describe('envelope', () => {
  const ok = (example: Json, schema?: JsonSchema): readonly Promised[] => [
    { status: '200', contentTypes: [], examples: [example], schema },
  ];

  it.each<[string, Json, Json, string]>([
    ['keeps quiet on success', { code: 0, data: {} }, { code: 0, data: 1 }, 'pass'],
    ['knows texts of numbers', { code: '0', msg: '' }, { code: 0 }, 'pass'],
    [
      'says what the server says',
      { code: 0, message: 'ok', data: null },
      { code: 40_001, message: 'token 过期' },
      'fail | assertion | code is 40001 ("token 过期"), documented: 0',
    ],
    [
      'knows flags',
      { success: true, data: [] },
      { success: false },
      'fail | assertion | success is false, documented: true',
    ],
    [
      'knows other names',
      { errcode: 0, errmsg: 'ok' },
      { errcode: 1 },
      'fail | assertion | errcode is 1, documented: 0',
    ],
    [
      'knows codes by their message',
      { code: 20_000, msg: '操作成功' },
      { code: 0 },
      'fail | assertion | code is 0, documented: 20000',
    ],
    ['takes a code alone for data', { code: 0, name: 'x' }, { code: 7 }, 'pass'],
    [
      'takes a status of an order for data',
      { status: 'paid', data: 1, msg: 'success' },
      { status: 'new' },
      'pass',
    ],
    ['takes an example of a failure for none', { code: 500, msg: 'boom' }, { code: 501 }, 'pass'],
    ['leaves a missing field to the schema', { code: 0, data: 1 }, { data: 1 }, 'pass'],
    [
      'misses a shown envelope of which nothing is there',
      { code: 0, data: 1 },
      {},
      'fail | schema | the answer is empty: not even code of its envelope is there',
    ],
    ['leaves other bodies alone', { code: 0, data: 1 }, '<html>', 'pass'],
  ])('%s', (_, example, body, expected) => {
    const headers = { 'Content-Type': typeof body === 'string' ? 'text/html' : 'application/json' };
    expect(short(verdict({ body, headers }, { promises: ok(example) }))).toBe(expected);
  });

  it.each<[string, JsonSchema]>([
    ['an example of the whole', { example: { code: 0, data: {} } }],
    ['examples of the whole', { examples: [{ code: 0, data: {} }] }],
    ['an example of the property', { properties: { code: { type: 'integer', example: 0 }, data: {} } }],
    ['a constant', { properties: { code: { const: 0 }, data: {} } }],
    ['an enum of one', { properties: { code: { enum: [0] }, msg: {} } }],
    ['a default', { properties: { code: { default: 0 }, msg: {} } }],
    ['a generic result', { allOf: [{ $ref: '#/Result' }, { properties: { data: { type: 'string' } } }] }],
  ])('is found in %s of the schema', (_, schema) => {
    const schemas = { '#/Result': { properties: { code: { example: 0 }, msg: { type: 'string' } } } };
    const promises = [{ status: '200', contentTypes: [], schema }];
    expect(short(verdict({ body: { code: 1, data: {} } }, { promises, schemas }))).toContain(
      'code is 1, documented: 0',
    );
  });

  it('excuses a refusal of a value that we made up', () => {
    const values = [{ name: 'id', in: 'query', value: 1, origin: 'generated' }] as const;
    const judged = verdict(
      { body: { code: 404, msg: '不存在' } },
      { promises: ok({ code: 0, msg: '' }), values },
    );
    expect(short(judged)).toBe(
      'unknown | made-up-value | code is 404 ("不存在"), documented: 0, but we made up id=1; give it a real value under `params` (id)',
    );
  });

  it('excuses no trouble of the server itself, whatever the value', () => {
    const values = [{ name: 'id', in: 'query', value: 1, origin: 'generated' }] as const;
    const body = { code: 50001, msg: '系统繁忙，请稍后再试' };
    const judged = verdict({ body }, { promises: ok({ code: 0, msg: '' }), values });
    expect(short(judged)).toBe('fail | assertion | code is 50001 ("系统繁忙，请稍后再试"), documented: 0');
  });

  it.each<[Json, Json, string]>([
    ['$.code == 0', { code: 0 }, 'pass'],
    ['$.code == 0', { code: '0' }, 'pass'],
    ['$.code in [0, 1]', { code: 2 }, 'fail | assertion | code is 2, expected: in [0, 1]'],
    [['$.code is 0', '$.data exists'], { code: 0 }, 'fail | assertion | data is missing, expected: exists'],
    ["$['it\\'s'] is true", {}, "fail | assertion | $['it\\'s'] is missing, expected: true"],
    [
      '$.head.code == "0000"',
      { head: { code: '0001' } },
      'fail | assertion | $.head.code is "0001", expected: "0000"',
    ],
    ['off', { code: 2 }, 'pass'],
  ])('with `envelope: %j` and %j', (settings, body, expected) => {
    const promises = ok({ code: 0, data: {} });
    expect(short(verdict({ body }, { promises, expect: { envelope: settings } }))).toBe(expected);
  });

  it('is not asked of answers that fail by their status', () => {
    const judged = verdict({ status: 500, body: { code: 1 } }, { promises: ok({ code: 0, data: {} }) });
    expect(judged.findings.map(({ kind }) => kind)).toEqual(['status']);
  });
});

describe('that', () => {
  const body = {
    total: 3,
    price: '19.90',
    name: 'Li Lei',
    items: [
      { id: 1, tags: ['a', 'b'] },
      { id: 2, tags: [] },
    ],
    none: null,
    at: '2025-12-31T23:55:00Z',
    seconds: 1_767_225_300,
    'a b': true,
  };

  it.each([
    '$.total > 2',
    '$.total >= 3',
    '$.total ≤ 3',
    '$.total is 3',
    '$.total == 3',
    '$.total is not 4',
    '$.total != 4',
    '$.total is one of 1, 2, 3',
    '$.total is one of [3]',
    '$.total is not one of 1 or 2',
    '$.total is an integer',
    '$.price < 20',
    '$.price is 19.90',
    '$.name is Li Lei',
    "$.name is 'Li Lei'",
    '$.name is "Li Lei"',
    '$.name contains Lei',
    '$.name does not contain Han',
    '$.name starts with Li',
    '$.name ends with Lei',
    String.raw`$.name matches ^Li\b`,
    '$.name matches /lei|Lei/',
    '$.name does not match ^Han',
    '$.name has 6 characters',
    '$.items is a list',
    '$.items[0] is an object',
    '$.items has 2 items',
    '$.items has at least 2 items',
    '$.items has at most 2 items',
    '$.items has more than 1 item',
    '$.items has fewer than 3 items',
    '$.items is not empty',
    '$.items[1].tags is empty',
    '$.items[0].tags contains a',
    '$.items[*].id > 0',
    'every $.items[*].id is a number',
    'some $.items[*].id is 2',
    '$.items[?@.id == 2].id is 2',
    '$.none is null',
    '$.none is empty',
    '$.none does not exist',
    '$.nothing does not exist',
    "$['a b'] is true",
    '$.at is younger than 10m',
    '$.seconds is younger than 10m',
    '$.at is older than 1m',
    'header X-Version is 2',
    'header etag does not exist',
    'header content-type contains json',
    'status is 200',
    'size > 100',
    'size < 10kb',
    'body contains "Li Lei"',
  ])('%s', (text) => {
    const answer = { body, headers: { 'x-version': '2' } };
    expect(short(verdict(answer, { expect: { that: text } }))).toBe('pass');
  });

  it.each([
    ['$.total > 3', 'expected: $.total > 3, found: 3', '/total'],
    ['$.nothing is 1', 'expected: $.nothing is 1, found: nothing', undefined],
    ['$.nothing is not 1', 'expected: $.nothing is not 1, found: nothing', undefined],
    ['$.nothing is not empty', 'expected: $.nothing is not empty, found: nothing', undefined],
    ['$.name > 1', 'expected: $.name > 1, found: "Li Lei"', '/name'],
    ['$.total has 1 item', 'expected: $.total has 1 item, found: 3', '/total'],
    ['$.items[*].id < 2', 'expected: $.items[*].id < 2, found: 2', '/items/1/id'],
    ['some $.items[*].id > 2', 'expected: some $.items[*].id > 2, found: 1', '/items/0/id'],
    ['$.at is younger than 1m', 'expected: $.at is younger than 1m, found: "2025-12-31T23:55:00Z"', '/at'],
    ['$.name is older than 1m', 'expected: $.name is older than 1m, found: "Li Lei"', '/name'],
    ['header x-version exists', 'expected: header x-version exists, found: nothing', undefined],
    ['size < 10', expect.saying(/^expected: size < 10, found: \d+$/), undefined],
  ])('%s is not met', (text, message, pointer) => {
    const judged = verdict({ body }, { expect: { that: [text] } });
    expect(judged.verdict).toBe('fail');
    expect(judged.findings[0]).toMatchObject({ kind: 'that', message });
    expect(judged.findings[0]?.pointer).toBe(pointer);
  });

  it('of a path in something that is not JSON finds nothing', () => {
    expect(
      short(
        verdict({ body: 'x', headers: { 'Content-Type': 'text/plain' } }, { expect: { that: '$.a exists' } }),
      ),
    ).toBe('fail | assertion | expected: $.a exists, found: nothing');
  });

  it.each(['$.total ~ 2', '$.total > two'])('%s is refused when the config is read', (text) => {
    for (const kind of ['that', 'envelope']) {
      const { settings } = expectations.find((one) => one.kind === kind) ?? {};
      expect(settings?.safeParse([text]).error?.issues).toMatchObject([
        { path: [0], message: expect.stringContaining('is no condition: found "') },
      ]);
    }
  });
});

describe('drift', () => {
  const schemas: Readonly<Record<string, JsonSchema>> = {
    '#/Order': {
      properties: {
        id: {},
        items: { items: { $ref: '#/Item' } },
        parent: { $ref: '#/Order' },
        tags: { type: 'object' },
      },
    },
    '#/Item': {
      allOf: [{ properties: { sku: {} } }, { properties: { price: { properties: { amount: {} } } } }],
    },
  };

  it.each<[JsonSchema, Json, string]>([
    [
      { $ref: '#/Order' },
      { id: 1, items: [{ sku: 'x', price: { amount: 1 } }], parent: { id: 2 }, tags: { any: 1 } },
      '',
    ],
    [{ $ref: '#/Order' }, { id: 1, discount: 1 }, 'not documented: /discount'],
    [
      { $ref: '#/Order' },
      { items: [{ a: 1 }, { a: 2, price: { b: 1 } }] },
      'not documented: /items/*/a, /items/*/price/b',
    ],
    [{ $ref: '#/Order' }, { parent: { parent: { x: 1 } } }, 'not documented: /parent/parent/x'],
    [
      { $ref: '#/Order' },
      { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 },
      'not documented: /a, /b, /c, /d, /e (+2 more)',
    ],
    [{ oneOf: [{ properties: { a: {} } }, { properties: { b: {} } }, { type: 'null' }] }, { a: 1, b: 1 }, ''],
    [{ properties: { a: {} }, additionalProperties: true }, { b: 1 }, ''],
    [{ properties: { a: {} }, patternProperties: { '^x-': {} } }, { b: 1 }, ''],
    [{ properties: { a: {} }, allOf: [true] }, { b: 1 }, ''],
    [{ properties: { a: {} }, allOf: [{ $ref: '#/nowhere' }] }, { b: 1 }, ''],
    [{ type: 'object' }, { b: 1 }, ''],
    [{ type: 'array' }, [{ b: 1 }], ''],
  ])('of %j and %j', (schema, body, message) => {
    const judged = verdict({ body }, { schemas, promises: [{ status: '200', contentTypes: [], schema }] });
    expect(judged.verdict).toBe('pass');
    expect(judged.findings.map((finding) => inEnglish(finding.message)).join()).toBe(message);
  });

  it.each<[Json, string]>([
    ['warning', 'degraded | drift | not documented: /b'],
    ['off', 'pass'],
  ])('is taken as `drift: %s`', (level, expected) => {
    const promises = [{ status: '200', contentTypes: [], schema: { properties: { a: {} } } }];
    expect(short(verdict({ body: { b: 1 } }, { promises, expect: { drift: level } }))).toBe(expected);
  });
});

describe('graphql', () => {
  const post = (body: string, type = 'application/json'): Partial<Check> => ({
    method: 'POST',
    request: { method: 'POST', url: 'http://a.example/graphql', headers: { 'content-type': type }, body },
  });
  const get = (query: string): Partial<Check> => ({
    request: {
      method: 'GET',
      url: `http://a.example/graphql?query=${encodeURIComponent(query)}`,
      headers: {},
    },
  });
  const failed = { data: null, errors: [{ message: 'no such field "x"' }, { message: 'other' }] };
  // An envelope, whatever was asked: nothing is carried, and an error is.
  const asEnvelope =
    'fail | assertion | errors.0.message is "no such field \\"x\\"", and its text says that the call has failed';

  it.each<[string, Partial<Check>, Json, string]>([
    [
      'a query in JSON',
      post('{"query":"{ me { id } }"}'),
      failed,
      'fail | assertion | the query came back with an error: no such field "x" (+1 more)',
    ],
    ['a query as such', post('query { me { id } }', 'application/graphql'), failed, 'fail'],
    ['a query in the URL', get('{ me { id } }'), failed, 'fail'],
    [
      'a partial answer',
      post('{"query":"query { me }"}'),
      { ...failed, data: { me: { id: 1 } } },
      'degraded',
    ],
    [
      'errors that are no objects',
      post('{"query":"query { me }"}'),
      { errors: ['boom'] },
      'fail | assertion | the query came back with an error: "boom"',
    ],
    ['no errors', post('{"query":"{ me }"}'), { data: {} }, 'pass'],
    ['a search', post('{"query":"red shoes"}'), failed, asEnvelope],
    ['another body', post('query=x'), failed, asEnvelope],
    ['no GraphQL', {}, failed, asEnvelope],
    [
      '`graphql: off`',
      { ...post('{"query":"{ me }"}'), expectations: [{ kind: 'graphql', settings: 'off' }] },
      failed,
      'pass',
    ],
  ])('with %s', (_, check, body, expected) => {
    expect(short(verdict({ body }, check)).startsWith(expected)).toBe(true);
  });
});

describe('numbers of many digits', () => {
  const body = '{"code":0,"msg":"ok","data":{"id":1775389422113955841}}';
  const of = (schema: JsonSchema): readonly Promised[] => [{ status: '200', contentTypes: [], schema }];
  const id = (schema: JsonSchema): JsonSchema => ({
    properties: { data: { type: 'object', properties: { id: schema } } },
  });

  it.each<[string, Json, string]>([
    ['are equal', { that: '$.data.id is 1775389422113955841' }, 'pass'],
    [
      'differ in the last digit',
      { that: '$.data.id is 1775389422113955840' },
      'fail | assertion | expected: $.data.id is 1775389422113955840, found: 1775389422113955841',
    ],
    ['are numbers', { that: ['$.data.id is a number', '$.data.id is an integer', '$.data.id > 5'] }, 'pass'],
    ['are compared', { that: '$.data.id > 1775389422113955840' }, 'pass'],
    [
      'are no texts',
      { that: '$.data.id is a string' },
      'fail | assertion | expected: $.data.id is a string, found: 1775389422113955841',
    ],
    [
      'are too small',
      { that: '$.data.id > 1775389422113955841' },
      'fail | assertion | expected: $.data.id > 1775389422113955841, found: 1775389422113955841',
    ],
    ['are codes', { envelope: '$.data.id is 1775389422113955841' }, 'pass'],
    [
      'are other codes',
      { envelope: '$.data.id is 1775389422113955840' },
      'fail | assertion | $.data.id is 1775389422113955841 ("ok"), expected: 1775389422113955840',
    ],
  ])('%s', (_, expected, said) => {
    expect(short(verdict({ body }, { expect: expected as Readonly<Record<string, Json>> }))).toBe(said);
  });

  it.each<[JsonSchema, string]>([
    [{ type: 'integer', format: 'int64' }, 'pass'],
    [{ type: 'boolean' }, 'fail | schema | /data/id: expected boolean, found 1775389422113955841 (number)'],
  ])('judged by %j', (schema, said) => {
    expect(short(verdict({ body }, { promises: of(id(schema)) }))).toBe(said);
  });
});
