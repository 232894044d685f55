import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it, test } from 'vitest';
import { judgeContext, makeAnswer } from '../../../test/support/answers.ts';
import { keep, makeCheck, run, sendJson, serve, testEngine } from '../../../test/support/check-harness.ts';
import type { Check } from '../../model/check.ts';
import type { Json, JsonSchema } from '../../model/json.ts';
import { inLanguage } from '../../messages/in-language.ts';
import { expectations } from '../expectations/registry.ts';
import { heldTo, judge } from '../judge.ts';
import type { Authorizer } from '../ports.ts';
import { successesIn } from './described.ts';
import { refusalIn, type RefusalKind } from './words.ts';

type Schemas = Check['schemas'];

function checkOf(schema?: JsonSchema, schemas: Schemas = {}): Check {
  const promises = [{ status: '200', contentTypes: [], schema }];
  return makeCheck('http://a.example', '/', { promises, schemas });
}

function said(body: Json, check: Check, context = judgeContext()): string {
  const answer = makeAnswer({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  const { verdict, reason } = judge(answer, check, heldTo(check, expectations), context);
  return reason.message === '' ? verdict : `${verdict}: ${inEnglish(reason.message)}`;
}

const integer = { type: 'integer', format: 'int32' };
const text = { type: 'string' };
const r = { type: 'object', properties: { code: integer, msg: text, data: { type: 'object' } } };

describe('an envelope that the document names and does not describe', () => {
  test.each<[Json, string]>([
    [{ code: 0, msg: 'ok', data: { id: 1 } }, 'pass'],
    [{ code: 200, msg: '操作成功', data: null }, 'pass'],
    [{ code: 200, msg: null, data: null }, 'pass'],
    [{ code: 20_000, msg: 'success', data: null }, 'pass'],
    [{ code: 1, msg: '', data: { id: 1 } }, 'pass'],
    [{ code: 401, msg: '未登录', data: null }, 'fail: code is 401 ("未登录"), expected: 0 or 200'],
    [{ code: 500, msg: '系统异常', data: null }, 'fail: code is 500 ("系统异常"), expected: 0 or 200'],
    [{ code: 500, msg: '系统异常' }, 'fail: code is 500 ("系统异常"), expected: 0 or 200'],
    [{ code: 500, msg: '', data: { trace: 'x' } }, 'fail: code is 500, expected: 0 or 200'],
    [{ code: 50_013, msg: 'busy' }, 'fail: code is 50013 ("busy"), expected: 0 or 200'],
    [{ code: -1, msg: 'no' }, 'fail: code is -1 ("no"), expected: 0 or 200'],
    [{ code: 1, msg: '查询失败', data: null }, 'fail: code is 1 ("查询失败"), expected: 0 or 200'],
    [{ code: 1, msg: '参数错误', data: { field: 'x' } }, 'fail: code is 1 ("参数错误"), expected: 0 or 200'],
    [{ code: 1001, msg: '库存为零', data: null }, 'fail: code is 1001 ("库存为零"), expected: 0 or 200'],
    [
      { code: 0, msg: '请先登录', data: null },
      'fail: code is 0 ("请先登录"), and its text says that the call has failed',
    ],
    [
      { code: 0, msg: '参数错误', data: null },
      'fail: code is 0 ("参数错误"), and its text says that the call has failed',
    ],
    [
      { code: 200, msg: '系统异常，请稍后重试', data: null },
      'fail: code is 200 ("系统异常，请稍后重试"), and its text says that the call has failed',
    ],
    [{ code: 200, msg: '数据不存在', data: null }, 'pass'],
    [{ code: 0, msg: '获取服务器时间成功', data: null }, 'pass'],
    [{ code: 0, msg: 'ok, 异常 0 条', data: { list: [1] } }, 'pass'],
    [
      { code: 429, msg: '请求过于频繁', data: null },
      'unknown: code is 429 ("请求过于频繁"), expected: 0 or 200: the server limits how often we may call; lower `limits.ratePerOrigin`',
    ],
    [
      { code: 500, msg: '访问过于频繁，请稍候再试' },
      'unknown: code is 500 ("访问过于频繁，请稍候再试"), expected: 0 or 200: the server limits how often we may call; lower `limits.ratePerOrigin`',
    ],
    [{}, 'pass'],
  ])('%j', (body, expected) => {
    expect(said(body, checkOf(r))).toBe(expected);
  });

  const refs: Schemas = {
    '#/Result': { $ref: '#/Base' },
    '#/Base': { type: 'object', properties: { errcode: integer, errmsg: text } },
    '#/Page': { allOf: [{ $ref: '#/Base' }, { properties: { result: { type: 'array', items: {} } } }] },
  };
  test.each<[string, JsonSchema, Json, string]>([
    [
      'behind references',
      { $ref: '#/Result' },
      { errcode: 40_001, errmsg: 'no' },
      'fail: errcode is 40001 ("no"), expected: 0 or 200',
    ],
    [
      'composed',
      { $ref: '#/Page' },
      { errcode: 7, errmsg: 'no', result: [] },
      'fail: errcode is 7 ("no"), expected: 0 or 200',
    ],
    [
      'a choice of one',
      { oneOf: [{ $ref: '#/Page' }, { type: 'null' }] },
      { errcode: 500, errmsg: 'x' },
      'fail: errcode is 500 ("x"), expected: 0 or 200',
    ],
    [
      'a flag',
      { properties: { success: { type: 'boolean' }, message: text, data: {} } },
      { success: false, message: 'no' },
      'fail: success is false ("no"), expected: true',
    ],
    [
      'a word',
      { properties: { status: text, message: text, data: {} } },
      { status: 'error', message: 'db down' },
      'fail: status is "error" ("db down"), expected: "SUCCESS" or "OK" or "0"',
    ],
    [
      'a status of something',
      { properties: { status: text, message: text, data: {} } },
      { status: 'ARCHIVED', message: 'hello', data: null },
      'pass',
    ],
    [
      'a status without company',
      { properties: { status: integer, name: text } },
      { status: 3, name: 'x' },
      'pass',
    ],
    ['a code of something', { properties: { code: text, name: text } }, { code: '404', name: 'x' }, 'pass'],
    [
      'a code that is no scalar',
      { properties: { code: { type: 'object', properties: {} }, message: text } },
      { code: {}, message: 'x' },
      'pass',
    ],
    [
      'texts',
      { properties: { code: text, message: text, data: {} } },
      { code: 'A0230', message: 'x' },
      'fail: code is "A0230" ("x"), expected: "SUCCESS" or "OK" or "0"',
    ],
    [
      'zeros',
      { properties: { code: text, message: text, data: {} } },
      { code: '00000', message: '', data: null },
      'pass',
    ],
  ])('%s', (_, schema, body, expected) => {
    expect(said(body, checkOf(schema, refs))).toBe(expected);
  });
});

describe('an envelope that only the answer shows', () => {
  test.each<[Json, string]>([
    [{ code: 401, msg: '未登录' }, 'fail: code is 401 ("未登录"), expected: 0 or 200'],
    [
      { code: 500, message: 'boom', data: null, timestamp: 1 },
      'fail: code is 500 ("boom"), expected: 0 or 200',
    ],
    [{ success: false, message: 'no', data: null }, 'fail: success is false ("no"), expected: true'],
    [{ success: false, errorCode: 'SYS_ERR' }, 'fail: success is false, expected: true'],
    [{ ok: false, error: 'channel_not_found' }, 'fail: ok is false ("channel_not_found"), expected: true'],
    [{ success: false, errorCode: null }, 'pass'],
    [{ ok: false, code: 0 }, 'pass'],
    [{ ok: false, host: 'a' }, 'pass'],
    [{ error: { code: 500 } }, 'fail: error.code is 500, expected: no error'],
    [
      { jsonrpc: '2.0', id: 1, error: { code: -32_601, message: 'no method' } },
      'fail: error.code is -32601 ("no method"), expected: no error',
    ],
    [{ error: null, status: 'ok' }, 'pass'],
    [{ error: { code: 0 } }, 'pass'],
    [{ error: { code: 500 }, job: 'j1' }, 'pass'],
    [{ code: 0, msg: 'ok', data: [] }, 'pass'],
    [{ code: 'USD', message: 'US dollar' }, 'pass'],
    [{ code: 500, name: 'x' }, 'pass'],
    [{ status: 500, message: 'x' }, 'pass'],
    [[{ code: 500, msg: 'x' }], 'pass'],
    [
      {
        ...Object.fromEntries('a b c d e f g h i j'.split(' ').map((name) => [name, 1])),
        code: 500,
        msg: 'x',
      },
      'pass',
    ],
  ])('%j', (body, expected) => {
    expect(said(body, checkOf())).toBe(expected);
    expect(said(body, checkOf({}))).toBe(expected);
  });
});

test('an error that the document describes as what is asked for is no failure', () => {
  const schema = { properties: { error: { properties: { code: integer } } } };
  expect(said({ error: { code: 500 } }, checkOf(schema))).toBe('pass');
});

describe('a word of success that stands alone in the document', () => {
  const shown = (example: Json): Check =>
    makeCheck('http://a.example', '/', {
      promises: [{ status: '200', contentTypes: [], schema: {}, examples: [example] }],
    });
  const choice = (values: readonly string[]): Check =>
    checkOf({ properties: { status: { type: 'string', enum: [...values] }, list: { type: 'array' } } });
  const failed = 'fail: status is "error", documented: "success"';
  test.each<[string, Check, Json, string]>([
    ['in an example', shown({ status: 'success' }), { status: 'error' }, failed],
    ['beside data', shown({ status: 'success', list: [1], n: 5 }), { status: 'error' }, failed],
    ['of a record', shown({ status: 'success', amount: 5 }), { status: 'error', amount: 5 }, 'pass'],
    ['another word', shown({ status: 'success' }), { status: 'pending' }, 'pass'],
    [
      'one of two',
      choice(['success', 'error']),
      { status: 'error' },
      'fail: status is "error", expected: "SUCCESS" or "OK" or "0"',
    ],
    ['one of many', choice(['success', 'pending', 'failed']), { status: 'failed' }, 'pass'],
    ['of data', choice(['success', 'error']), { status: 'success', list: [] }, 'pass'],
  ])('%s', (_, check, body, expected) => {
    expect(said(body, check)).toBe(expected);
  });
});

describe('records of which the document names a code and a text', () => {
  const record = (...names: readonly string[]): Check =>
    checkOf({ properties: Object.fromEntries(names.map((name) => [name, {}])) });
  test.each<[string, Check, Json]>([
    [
      'a line of a log',
      record('id', 'code', 'message', 'at'),
      { id: 1, code: 500, message: 'Timeout', at: 3 },
    ],
    ['a city', record('code', 'desc', 'level'), { code: 330_100, desc: '杭州市', level: 2 }],
    [
      'an order',
      record('id', 'status', 'reason', 'items'),
      { id: 1, status: 'error', reason: 'x', items: [1] },
    ],
    [
      'a job',
      record('id', 'state', 'error', 'result'),
      { id: 1, state: 'failed', error: 'boom', result: null },
    ],
    ['a check', record('result', 'message'), { result: 'fail', message: 'too short' }],
  ])('%s', (_, check, body) => {
    expect(said(body, check)).toBe('pass');
  });
});

describe('an envelope that the document describes', () => {
  const of = (description: string, more: object = {}): JsonSchema => ({
    properties: { code: { ...integer, description, ...more }, msg: text, data: {} },
  });
  test.each<[string, number, string]>([
    ['1 成功 0 失败', 1, 'pass'],
    ['1 成功 0 失败', 0, 'fail: code is 0 ("x"), documented: 1'],
    ['200-成功，其他失败', 0, 'fail: code is 0 ("x"), documented: 200'],
    ['业务状态码', 0, 'pass'],
  ])('%s: %j', (description, code, expected) => {
    expect(said({ code, msg: 'x', data: null }, checkOf(of(description)))).toBe(expected);
  });

  it('before what an example shows', () => {
    expect(said({ code: 1, msg: 'x', data: null }, checkOf(of('1 成功', { example: 0 })))).toBe('pass');
  });

  test.each<[string, readonly Json[]]>([
    ['0 成功', [0]],
    ['0成功，1失败', [0]],
    ['1成功 0失败', [1]],
    ['200-成功，其他失败', [200]],
    ['状态码：0 正常', [0]],
    ['0=success', [0]],
    ['0：成功；非0：失败', [0]],
    ['返回码，0表示成功', [0]],
    ['0 means success', [0]],
    ['0 on success, otherwise an error code', [0]],
    ['成功返回 200', [200]],
    ['状态码：成功 200, 失败 500', [200]],
    ['000000:成功', ['000000']],
    ['SUCCESS 成功 FAIL 失败', ['SUCCESS']],
    ['true 成功', [true]],
    ['非0失败', []],
    ['是否成功', []],
    ['业务状态码', []],
    ['HTTP status', []],
    ['whether it was a success', []],
  ])('%s', (description, expected) => {
    expect(successesIn(description)).toEqual(expected);
  });
});

describe('words of a call that has failed, beside the documented code of success', () => {
  const shown = (...examples: readonly Json[]): Check =>
    makeCheck('http://a.example', '/', { promises: [{ status: '200', contentTypes: [], examples }] });
  const ok = { code: 200, msg: 'ok', data: 4 };
  const count = shown(ok);
  const described = checkOf({
    properties: { code: { ...integer, description: '200 成功，其他失败' }, msg: text, data: {} },
  });

  test.each<[Json, Check, string]>([
    [{ code: 200, msg: '查询失败', data: null }, count, 'fail: code is 200 ("查询失败"), and its text'],
    [{ code: 200, msg: '查询失败' }, count, 'fail: code is 200 ("查询失败"), and its text'],
    [{ code: 200, msg: 'internal error', data: {} }, count, 'fail'],
    [{ code: 200, msg: '系统异常，请联系管理员', data: [] }, described, 'fail'],
    [
      { success: true, message: 'Request failed', data: null },
      shown({ success: true, message: '', data: {} }),
      'fail',
    ],
  ])('%j fails', (body, check, expected) => {
    const context = judgeContext();
    for (let at = 0; at < 3; at++) said(ok, count, context);
    expect(said(body, check, context).startsWith(expected)).toBe(true);
  });

  test.each<[Json, Check]>([
    [{ code: 200, msg: '查询失败', data: 4 }, count],
    [{ code: 200, msg: '查询失败', data: false }, count],
    [{ code: 200, msg: '查询失败', data: null, total: 3 }, count],
    [{ code: 200, msg: '没有异常', data: null }, count],
    [{ code: 200, msg: '处理失败 0 条', data: null }, count],
    [{ code: 200, msg: '暂无数据', data: null }, count],
    [{ code: 200, msg: '余额不足', data: null }, described],
    [{ code: 200, msg: '查询失败', data: null }, shown({ code: 200, msg: '查询失败', data: null })],
  ])('%j passes', (body, check) => {
    expect(said(body, check)).toBe('pass');
  });

  it('is left alone where the configuration says what success is', () => {
    const check = { ...count, expectations: [{ kind: 'envelope', settings: ['$.code == 200'] }] };
    expect(said({ code: 200, msg: '查询失败', data: null }, check)).toBe('pass');
  });
});

it('takes a code that has come with data for success, and its contrary for none', () => {
  const context = judgeContext();
  const check = checkOf(r);
  const answers: readonly Json[] = [
    { code: 1, msg: '', data: { id: 1 } },
    { code: 1, msg: '', data: null },
    { code: 0, msg: '查询失败', data: null },
  ];
  expect(answers.map((body) => said(body, check, context))).toEqual([
    'pass',
    'pass',
    'fail: code is 0 ("查询失败"), expected: 1',
  ]);
});

test.each<[Json, string | undefined, RefusalKind | undefined]>([
  [401, undefined, 'token'],
  ['401', '', 'token'],
  [40_101, 'x', 'token'],
  [403, 'x', 'either'],
  ['403', '禁止访问', 'either'],
  [403, '请先登录', 'token'],
  [403, '没有权限', 'permission'],
  [403, 'Access denied', 'permission'],
  [403, '登录状态已过期', 'token'],
  [-1, '未登录', 'token'],
  [500, '登录已过期，请重新登录', 'token'],
  [1, 'token失效', 'token'],
  [1, 'token 无效', 'token'],
  [1, '无效的token', 'token'],
  [1, '请先登录', 'token'],
  [1, 'You are not logged in', 'token'],
  [1, 'invalid token', 'token'],
  [42_001, 'access_token expired', 'token'],
  [40_001, 'invalid credential, access_token is invalid or not latest', 'token'],
  [500, '系统异常', undefined],
  [400, '订单已过期', undefined],
  [404, 'not found', undefined],
  [40_400, 'x', undefined],
])('%j %s means %s', (code, words, expected) => {
  expect(refusalIn(code, words)).toBe(expected);
});

describe('an envelope that refuses the caller', () => {
  function authorizer(good: boolean): Authorizer & { readonly seen: string[] } {
    const seen: string[] = [];
    let token = 'old';
    return {
      seen,
      authorize: (_, request) =>
        Promise.resolve({ ok: true, generation: 1, request: { ...request, headers: { 'x-pass': token } } }),
      rejected() {
        seen.push('rejected');
        token = 'new';
        return Promise.resolve(good);
      },
    };
  }
  const check = (origin: string, more: Partial<Check> = {}): Check =>
    makeCheck(origin, '/', { promises: [{ status: '200', contentTypes: [], schema: r }], ...more });

  it('has the token renewed once, and passes then', async () => {
    const server = keep(
      await serve((request, response) =>
        sendJson(
          response,
          request.headers['x-pass'] === 'new'
            ? { code: 0, msg: 'ok', data: { a: 1 } }
            : { code: 401, msg: '登录已过期' },
        ),
      ),
    );
    const tokens = authorizer(true);
    const [result] = await run(keep(testEngine({ authorizer: tokens })), [
      check(server.origin, { credential: 'c' }),
    ]);
    expect(result).toMatchObject({ verdict: 'pass', attempts: 2 });
    expect(tokens.seen).toEqual(['rejected']);
  });

  it.each<[string, Json, readonly string[], string, string]>([
    [
      'the token',
      { code: 401, msg: '未登录' },
      ['rejected'],
      'code is 401 ("未登录"): the server does not accept the token of credential "c"',
      'code 为 401（“未登录”）：服务不接受凭证“c”的令牌',
    ],
    [
      'for want of a permission',
      { code: 403, msg: '没有权限' },
      [],
      'code is 403 ("没有权限"): credential "c" lacks a permission for it',
      'code 为 403（“没有权限”）：凭证“c”没有相应权限',
    ],
    [
      'for want of a permission, in no word that says so',
      { code: 403, msg: '禁止访问' },
      ['rejected'],
      'code is 403 ("禁止访问"): the server does not accept the token of credential "c"',
      'code 为 403（“禁止访问”）：服务不接受凭证“c”的令牌',
    ],
  ])('blocks: %s', async (_, body, seen, message, chinese) => {
    const server = keep(await serve((__, response) => sendJson(response, body)));
    const tokens = authorizer(true);
    const [result] = await run(keep(testEngine({ authorizer: tokens })), [
      check(server.origin, { credential: 'c' }),
    ]);
    const code = seen.length === 0 ? 'no-permission' : 'auth-rejected';
    expect(result).toMatchObject({ verdict: 'blocked', reason: { code, message } });
    expect(tokens.seen).toEqual(seen);
    expect(inLanguage(result?.reason.message ?? '', 'zh')).toBe(chinese);
  });

  it('asks for a credential where there is none, whatever values were made up', async () => {
    const server = keep(await serve((_, response) => sendJson(response, { code: 401, msg: '请先登录' })));
    const values = [{ name: 'id', in: 'query', value: 1, origin: 'generated' }] as const;
    const [result] = await run(keep(testEngine()), [check(server.origin, { values })]);
    expect(result).toMatchObject({
      verdict: 'fail',
      reason: {
        code: 'auth-rejected',
        message:
          'code is 401 ("请先登录"), and no credential is configured: set `credential` for service "orders"',
      },
    });
  });

  it.each(['没有权限', '禁止访问'])(
    'says that a permission is missing where nobody signs in: %s',
    async (msg) => {
      const server = keep(await serve((_, response) => sendJson(response, { code: 403, msg })));
      const engine = keep(testEngine());
      const values = [{ name: 'id', in: 'query', value: 1, origin: 'generated' }] as const;
      const [plain, guessed] = await run(engine, [check(server.origin), check(server.origin, { values })]);
      const message = `code is 403 ("${msg}"), and no credential is configured: set \`credential\` for service "orders"`;
      expect(plain).toMatchObject({ verdict: 'fail', reason: { code: 'no-permission', message } });
      // It may be somebody else's.
      expect(guessed).toMatchObject({ verdict: 'unknown', reason: { code: 'made-up-value' } });
    },
  );

  it('is left alone where the configuration says so', async () => {
    const server = keep(await serve((_, response) => sendJson(response, { code: 401, msg: '请先登录' })));
    const off = [{ kind: 'envelope', settings: 'off' }];
    const [result] = await run(keep(testEngine()), [check(server.origin, { expectations: off })]);
    expect(result).toMatchObject({ verdict: 'pass' });
  });
});

describe('an envelope that all good answers of an operation have had', () => {
  const rows = { code: 200, msg: 'ok', total: 1, rows: [{ id: 1 }] };
  const [object, none] = [
    { code: 0, msg: 'ok', data: { id: 1 } },
    { code: 0, msg: 'ok' },
  ];
  const times = (n: number, ...bodies: readonly Json[]): readonly Json[] =>
    Array.from({ length: n }, (_, at) => bodies[at % bodies.length] ?? {});
  test.each<[string, readonly Json[], Json, string]>([
    ['gone after five', times(5, rows), {}, 'fail: code, rows missing from the answer, which all before had'],
    ['gone after four', times(4, rows), {}, 'pass'],
    [
      'in place of which a list comes',
      times(5, rows),
      [],
      'fail: code, rows missing from the answer, which all before had',
    ],
    [
      'without its code',
      times(5, object),
      { data: 1 },
      'fail: code missing from the answer, which all before had',
    ],
    [
      'without its list',
      times(5, rows),
      { code: 200, msg: 'ok' },
      'fail: rows missing from the answer, which all before had',
    ],
    ['with an empty list', times(5, rows), { code: 200, msg: 'ok', rows: [] }, 'pass'],
    ['with null for its list', times(5, rows), { code: 200, msg: 'ok', rows: null }, 'pass'],
    ['without what it carries, which is no list', times(10, object), none, 'pass'],
    [
      'without what it has carried twenty times',
      times(20, object),
      none,
      'fail: data missing from the answer, which all before had',
    ],
    ['without what it has carried now and then', times(30, object, none), none, 'pass'],
    ['which some came without', times(30, rows, {}), {}, 'pass'],
    [
      'that says failure in its own way',
      times(5, rows),
      { code: 500, msg: '系统异常' },
      'fail: code is 500 ("系统异常"), expected: 200',
    ],
  ])('%s', (_, before, now, expected) => {
    const [check, context] = [checkOf({}), judgeContext()];
    for (const body of before) expect(said(body, check, context)).toBe('pass');
    expect(said(now, check, context)).toBe(expected);
  });

  it('is missed for as long as it is gone', () => {
    const [check, context] = [checkOf({}), judgeContext()];
    for (const body of times(6, rows)) expect(said(body, check, context)).toBe('pass');
    for (const body of times(30, {})) expect(said(body, check, context)).toMatch(/^fail: code, rows missing/);
    expect(said(rows, check, context)).toBe('pass');
  });

  it('may carry nothing for a value of ours', () => {
    const values = [{ name: 'id', in: 'path', value: 7, origin: 'captured', from: 'GET /a' }] as const;
    const check: Check = { ...checkOf({}), values };
    const context = judgeContext();
    for (const body of times(20, object)) said(body, check, context);
    expect(said(none, check, context)).toBe('pass');
    expect(said({}, check, context)).toBe('fail: code, data missing from the answer, which all before had');
  });
});

it('an error in the place of a documented word of success is told with that word', () => {
  const schema: JsonSchema = {
    type: 'object',
    properties: { status: { type: 'string', enum: ['ok'] }, data: { type: 'object' } },
  };
  const promises = [{ status: '200', contentTypes: ['application/json'], schema }];
  const check = makeCheck('http://a.example', '/a', { promises });
  const body = { error: { code: 5031, message: 'shard 3 lost' } };
  const { reason } = judge(makeAnswer({ body }), check, heldTo(check, expectations), judgeContext());
  expect(inEnglish(reason.message)).toContain('expected: status "ok"');
});
