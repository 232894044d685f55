import { inEnglish } from '../../messages/in-language.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { aDocument, anOperation, aParameter, planFor } from '../../../test/support/plan-inputs.ts';
import { result, start } from '../../incidents/world.fixture.ts';
import { loadConfig } from '../../config/load.ts';
import type { Document, MediaType, Operation } from '../../model/document.ts';
import { isObject, type Json } from '../../model/json.ts';
import type { Result } from '../../model/result.ts';
import { setUpGroups } from '../coverage/set-up-groups.ts';

function json(given: Partial<MediaType>): MediaType {
  return { contentType: 'application/json', examples: [], ...given };
}

function login(key: string, body: Partial<MediaType>, answer: Partial<MediaType> = {}): Operation {
  return anOperation(key, {
    body: { required: true, media: [json(body)] },
    responses: [{ status: '200', media: [json(answer)] }],
  });
}

const text = { type: 'string' } as const;
const fields = (...names: readonly string[]) => ({
  type: 'object',
  required: names,
  properties: Object.fromEntries(names.map((name) => [name, text])),
});

function linesFor(operations: readonly Operation[], more: Partial<Document> = {}): string | undefined {
  const document = aDocument([...operations, anOperation('GET /a')], more);
  const { checks } = planFor({ documents: [document] });
  return checks.find(({ operation }) => operation === 'GET /a')?.signIn?.lines;
}

const bearer = ['credentials:', '  orders:', '    scheme: bearer', '    token: ${env:ORDERS_TOKEN}'];

it.each<[string, Document['securitySchemes'], readonly string[]]>([
  [
    'in a header that the document names',
    { said: { kind: 'apiKey', in: 'header', parameterName: 'satoken' } },
    ['    send:', '      name: satoken'],
  ],
  [
    'in a cookie',
    { said: { kind: 'apiKey', in: 'cookie', parameterName: 'sid' } },
    ['    send:', '      in: cookie', '      name: sid'],
  ],
  ['where it usually is', { said: { kind: 'apiKey', in: 'header', parameterName: 'Authorization' } }, []],
  [
    'where it usually is, as the document says several things',
    {
      one: { kind: 'apiKey', in: 'header', parameterName: 'satoken' },
      other: { kind: 'apiKey', in: 'header', parameterName: 'X-Auth' },
    },
    [],
  ],
])('a token of which no login is described goes %s', (_, securitySchemes, send) => {
  expect(linesFor([], { securitySchemes })?.trimEnd().split('\n')).toEqual([...bearer, ...send]);
});

describe('how one would sign in', () => {
  it.each<[string, Operation, readonly string[]]>([
    [
      'by the fields and the answer that the document describes',
      login(
        'POST /auth/login',
        { schema: fields('username', 'password') },
        { schema: { type: 'object', properties: { code: {}, data: fields('accessToken', 'expires') } } },
      ),
      [
        'url: https://orders.internal/auth/login',
        'json:',
        '  username: ${env:ORDERS_USERNAME}',
        '  password: ${env:ORDERS_PASSWORD}',
        'token: $.data.accessToken',
      ],
    ],
    [
      'by what was sent and answered once',
      login(
        'POST /user/login',
        { examples: [{ account: 'zhang', pwd: 'x', tenant: 't1' }] },
        { examples: [{ code: 0, token: 'abc' }] },
      ),
      [
        'url: https://orders.internal/user/login',
        'json:',
        '  account: ${env:ORDERS_USERNAME}',
        '  pwd: ${env:ORDERS_PASSWORD}',
        '  tenant: …',
        'token: $.token',
      ],
    ],
    [
      'with a form, and cookies where the answer is not described',
      login('POST /login', {
        contentType: 'application/x-www-form-urlencoded',
        schema: fields('user', 'password'),
      }),
      [
        'url: https://orders.internal/login',
        'form:',
        '  user: ${env:ORDERS_USERNAME}',
        '  password: ${env:ORDERS_PASSWORD}',
      ],
    ],
  ])('is the login of the document, %s', (_, operation, expected) => {
    expect(linesFor([operation])?.split('\n')).toEqual([
      'credentials:',
      '  orders:',
      '    scheme: login',
      ...expected.map((line) => `    ${line}`),
    ]);
  });

  const answered = { examples: [{ code: 0, data: { token: 'abc' } }] };
  const signOn = login('POST /login', { schema: fields('username', 'password') }, answered);
  const lines = (...more: readonly string[]): readonly string[] => [
    'url: https://orders.internal/login',
    'json:',
    '  username: ${env:X_USERNAME}',
    '  password: ${env:X_PASSWORD}',
    ...more,
  ];

  /** What is advised for an operation that asks for `scheme`, from `scheme: login` on, names of variables left out. */
  function advisedFor(scheme: Document['securitySchemes'][string], operation = signOn): readonly string[] {
    const asking = anOperation('GET /a', { security: [{ key: [] }] });
    const document = aDocument([operation, asking], { securitySchemes: { key: scheme } });
    const { skipped } = planFor({ documents: [document], options: { satisfies: () => [] } });
    const { hint = '' } = skipped.find(({ operation: of }) => of === 'GET /a') ?? {};
    const own = inEnglish(hint)
      .split('\n')
      .map((line) => line.slice(4).replace(/env:\w+_(USERNAME|PASSWORD)/, 'env:X_$1'));
    const end = own.findIndex((line) => /^(?:hosts|ices|)(?::|$)/.test(line));
    return own.slice(3, end === -1 ? undefined : end);
  }

  it.each<[string, Partial<Document['securitySchemes'][string]>, readonly string[]]>([
    ['a header of its own', { in: 'header', parameterName: 'X-Auth' }, ['send:', '  name: X-Auth']],
    ['a plain header', { in: 'header', parameterName: 'token' }, ['send:', '  name: token']],
    ['a cookie', { in: 'cookie', parameterName: 'satoken' }, ['send:', '  in: cookie', '  name: satoken']],
    ['the query', { in: 'query', parameterName: 'ticket' }, ['send:', '  in: query', '  name: ticket']],
    [
      'a cookie of another name',
      { in: 'cookie', parameterName: 'PHPTOKEN' },
      ['send:', '  in: cookie', '  name: PHPTOKEN'],
    ],
    ['Authorization', { in: 'header', parameterName: 'Authorization' }, []],
    [
      'Authorization with nothing before it',
      { in: 'header', parameterName: 'Authorization', description: '直接放 token，不需要 Bearer 前缀' },
      ['send:', '  name: Authorization', '  prefix: ""'],
    ],
    [
      'Authorization with a word before it',
      { in: 'header', parameterName: 'Authorization', description: 'Token {token}' },
      ['send:', '  name: Authorization', '  prefix: "Token "'],
    ],
    [
      'a header of its own with a word before it',
      { in: 'header', parameterName: 'X-Auth', description: 'Bearer <token>' },
      ['send:', '  name: X-Auth', '  prefix: "Bearer "'],
    ],
  ])('has its token put into %s, as the document says', (_, scheme, send) => {
    expect(advisedFor({ kind: 'apiKey', ...scheme })).toEqual(lines('token: $.data.token', ...send));
  });

  it('leaves the cookie of a session to the server that sets it', () => {
    expect(advisedFor({ kind: 'apiKey', in: 'cookie', parameterName: 'JSESSIONID' })).toEqual(lines());
  });

  it('finds a token that the document does not show, and one that is all of what is given', () => {
    const silent = login('POST /login', { schema: fields('username', 'password') });
    const key = { kind: 'apiKey', in: 'header', parameterName: 'X-Auth' } as const;
    expect(advisedFor(key, silent).find((line) => line.startsWith('token:'))).toContain('$..[');
    const schema = { type: 'object', properties: { code: { type: 'integer' }, data: text } };
    const bare = login('POST /login', { schema: fields('username', 'password') }, { schema });
    expect(advisedFor(key, bare)).toContain('token: $.data');
  });

  it('takes what is sent in the query', () => {
    const parameters = ['username', 'password'].map((name) => aParameter(name));
    const inQuery = { ...signOn, parameters, body: undefined };
    expect(advisedFor({ kind: 'bearer' }, inQuery)).toEqual([
      'url: https://orders.internal/login?username={{ username }}&password={{ password }}',
      'values:',
      '  username: ${env:X_USERNAME}',
      '  password: ${env:X_PASSWORD}',
      'token: $.data.token',
    ]);
  });

  it('is not what a program has of its own', () => {
    expect(advisedFor({ kind: 'apiKey', in: 'header', parameterName: 'X-API-Key' })).not.toContain('json:');
  });

  it('goes where a header parameter, or the text above, has it', () => {
    const ticket = aParameter('X-Ticket', 'header', { required: false });
    expect(linesFor([signOn, anOperation('GET /b', { parameters: [ticket] })])).toContain('name: X-Ticket');
    const said = { kind: 'apiKey', in: 'header', parameterName: 'X-Pass' } as const;
    expect(linesFor([signOn], { securitySchemes: { said } })).toContain('name: X-Pass');
  });

  it.each<[string, Operation]>([
    ['a captcha', login('POST /login', { schema: fields('username', 'password', 'captcha') })],
    ['no password', login('POST /login', { schema: fields('mobile', 'smsCode') })],
    ['an id in its path', login('POST /tenants/{id}/login', { schema: fields('username', 'password') })],
    ['another name', login('POST /orders', { schema: fields('username', 'password') })],
  ])('is a token where what looks like a login has %s', (_, operation) => {
    expect(linesFor([operation])?.split('\n')).toEqual(bearer);
  });

  it.each<[string, string]>([
    ['Token-based authentication with required prefix "Token"', 'Token '],
    ['格式：Token 空格 + 令牌', 'Token '],
    ['Example: `Authorization: Token 9944b09199c62bcf9418`', 'Token '],
    ['前缀为 JWT', 'JWT '],
    ['Add the prefix `Session` in front', 'Session '],
  ])('has the word before its token from "%s"', (description, prefix) => {
    const key = { kind: 'apiKey', in: 'header', parameterName: 'Authorization', description } as const;
    expect(advisedFor(key)).toContain(`  prefix: "${prefix}"`);
    const silent = anOperation('GET /other');
    expect(advisedFor(key, silent).join('\n')).toContain(`prefix: "${prefix}"`);
  });

  it('never sends what is only answered', () => {
    const { properties } = fields('username', 'password', 'token');
    const schema = {
      type: 'object',
      required: ['username', 'password', 'token'],
      properties: { ...properties, token: { type: 'string', readOnly: true } },
    };
    const own = login('POST /login', { schema }, answered);
    expect(advisedFor({ kind: 'bearer' }, own)).toEqual(lines('token: $.data.token'));
  });

  it.each<[string, Partial<Operation>]>([
    ['POST /api-token-auth/', {}],
    ['POST /api/token-auth', {}],
    ['POST /v1/session', { summary: 'Sign in' }],
    ['POST /v1/sessions', { summary: 'Create session' }],
    ['POST /v1/sessions', { summary: '', operationId: 'createSession' }],
    ['POST /v1/sessions', { summary: '登录' }],
  ])('is %s as well', (key, more) => {
    const own = { ...login(key, { schema: fields('username', 'password') }, answered), ...more };
    expect(advisedFor({ kind: 'bearer' }, own)[0]).toBe(`url: https://orders.internal${key.slice(5)}`);
  });

  it('is no session of something else', () => {
    const own = login('POST /sessions', { schema: fields('username', 'password') }, answered);
    expect(advisedFor({ kind: 'bearer' }, { ...own, summary: 'Record training' })).not.toContain('json:');
  });

  it('is a GET with a password where no POST is there', () => {
    const parameters = ['name', 'pwd'].map((name) => aParameter(name));
    const byGet = { ...anOperation('GET /user/doLogin', { parameters }), responses: signOn.responses };
    const satoken = { kind: 'apiKey', in: 'header', parameterName: 'satoken' } as const;
    expect(advisedFor(satoken, byGet)).toEqual([
      'url: https://orders.internal/user/doLogin?name={{ name }}&pwd={{ pwd }}',
      'method: GET',
      'values:',
      '  name: ${env:X_USERNAME}',
      '  pwd: ${env:X_PASSWORD}',
      'token: $.data.token',
      'send:',
      '  name: satoken',
    ]);
  });

  it('is for the token that it answers, where a cookie would do as well', () => {
    const asking = anOperation('GET /a', { security: [{ cookieAuth: [] }, { tokenAuth: [] }] });
    const document = aDocument([signOn, asking], {
      securitySchemes: {
        cookieAuth: { kind: 'apiKey', in: 'cookie', parameterName: 'sessionid' },
        tokenAuth: {
          kind: 'apiKey',
          in: 'header',
          parameterName: 'Authorization',
          description: 'Token-based authentication with required prefix "Token"',
        },
      },
    });
    const { skipped } = planFor({ documents: [document], options: { satisfies: () => [] } });
    const { hint = '' } = skipped.find(({ operation: of }) => of === 'GET /a') ?? {};
    expect(hint).toContain('tokenAuth:');
    expect(hint).toContain('token: $.data.token');
    expect(hint).toContain('prefix: "Token "');
  });

  it('has a token in a document without an end', () => {
    const schema = { type: 'object', properties: { next: { $ref: '#/n' } } };
    const endless = login('POST /login', { schema: fields('name', 'password') }, { schema: { $ref: '#/n' } });
    expect(linesFor([endless], { schemas: { '#/n': schema } })).toContain('scheme: login');
  });

  it('is what is advised for a document that asks for a bearer token as well', () => {
    const document = aDocument(
      [
        login('POST /login', { schema: fields('username', 'password') }),
        anOperation('GET /a', { security: [{ token: [] }] }),
      ],
      { securitySchemes: { token: { kind: 'bearer' } } },
    );
    const { skipped } = planFor({ documents: [document], options: { satisfies: () => [] } });
    expect(skipped.map(({ hint = '' }) => inEnglish(hint)).join('\n')).toContain(
      'url: https://orders.internal/login',
    );
  });
});

describe('advice for what answers that nobody is signed in', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-pasted-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** The problems that a configuration has with them. */
  async function pasted(lines: string): Promise<readonly unknown[]> {
    const written = parse(lines.replaceAll('…', 'x')) as { services?: object[]; credentials?: object };
    const services = (written.services ?? [{}]).map((service) => ({
      ...service,
      docs: './docs.json',
      baseUrl: 'https://orders.internal',
    }));
    const file = path.join(folder, 'apipatrol.yaml');
    await writeFile(file, stringify({ ...written, services }));
    const env = { ORDERS_USERNAME: 'u', ORDERS_PASSWORD: 'p', ORDERS_TOKEN: 't' };
    const loaded = await loadConfig(file, { env });
    return loaded.ok ? [] : loaded.problems;
  }

  const signOns = [[login('POST /auth/login', { schema: fields('username', 'password') })], []];
  const tenant = aParameter('X-Tenant', 'header', { examples: ['t1'] });

  function refused(operations: readonly Operation[], status: number) {
    const ids = ['a', 'b', 'c'].map((name) => anOperation(`GET /${name}`, { parameters: [tenant] }));
    const { checks } = planFor({ documents: [aDocument([...operations, ...ids])] });
    return checks.map((check) => ({
      check,
      result: {
        ...result(check.id, 'fail 404', start),
        status,
        verdict: 'unknown',
        unproven: { verdict: 'blocked', code: 'auth-rejected' },
        reason: { code: 'never-passed', message: `HTTP ${status}` },
      } as Result,
    }));
  }

  it.each(signOns)(
    'is accepted by the configuration as a whole, for one and for all',
    async (...operations) => {
      const last = refused(operations, 401);
      for (const some of [last.slice(0, 1), last]) {
        for (const { lines = '', items } of setUpGroups({ last: some, skipped: [] })) {
          const all = [lines, ...items.flatMap((item) => item.lines)].map(inEnglish);
          for (const one of all) expect({ one, problems: await pasted(one) }).toEqual({ one, problems: [] });
          const first: Json = parse(all[0] ?? '') as Json;
          expect(isObject(first) && Object.keys(first)).toEqual(['credentials', 'services']);
        }
      }
    },
  );

  it('is to sign in before it is another value', () => {
    const [group] = setUpGroups({ last: refused([], 401).slice(0, 1), skipped: [] });
    expect(group?.items[0]?.lines).toEqual([
      expect.stringContaining('credential: orders'),
      expect.stringContaining('X-Tenant: …'),
      expect.stringContaining('skip: true'),
    ]);
  });
});
