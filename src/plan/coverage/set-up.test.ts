import { describe, expect, it } from 'vitest';
import { envelopeSays } from '../../../test/support/sentences.ts';
import { check, result, start } from '../../incidents/world.fixture.ts';
import type { Check, FilledValue } from '../../model/check.ts';
import type { Result } from '../../model/result.ts';
import { waitingIn } from '../../model/set-up.ts';
import type { Skipped } from '../../model/check.ts';
import { inEnglish, inLanguage } from '../../messages/in-language.ts';
import { sentence } from '../../messages/sentence.ts';
import { serviceSetUp, setUpGroups } from './set-up-groups.ts';

const id: FilledValue = { name: 'id', in: 'query', value: '7', origin: 'example' };

/** An operation that has never worked, and what it answered. */
function waiting(id: string, more: Partial<Check>, found: Partial<Result>) {
  return {
    check: check(id, more),
    result: {
      ...result(id, 'fail 404', start),
      verdict: 'unknown',
      unproven: { verdict: 'fail', code: 'status' },
      ...found,
      reason: { code: 'never-passed', message: 'HTTP 404, expected: 200', ...found.reason },
    } as Result,
  };
}

function only(more: Partial<Check>, found: Partial<Result>) {
  const [group] = setUpGroups({ last: [waiting('a', more, found)], skipped: [] });
  return group?.items[0];
}

const said = (excerpt: string): Partial<Result> => ({ evidence: { curl: 'curl', excerpt } });

describe('what has to be set up', () => {
  it('says that a value stands in for one that has a secret in it', () => {
    const stand: FilledValue = { ...id, value: '1', origin: 'generated', withheldFrom: 'GET /orders' };
    const why = only({ values: [stand] }, { status: 404 })?.why ?? '';
    expect(inEnglish(why)).toBe(
      'it answers HTTP 404 for id=1 (made up: the value from GET /orders contains a configured secret and is not sent)',
    );
    expect(inLanguage(why, 'zh')).toContain('GET /orders 返回的值中含有已配置的密钥');
  });

  it('names the values that nobody has given, and the line for them', () => {
    expect(only({ values: [id] }, { status: 404, ...said('{"msg":"无此订单"}') })).toEqual({
      checkId: 'a',
      service: 'orders',
      operation: 'GET /a',
      kind: 'value',
      called: true,
      status: 404,
      why: "it answers HTTP 404 for id=7 (the document's example)",
      said: '无此订单',
      lines: [
        'services:\n  - name: orders\n    operations:\n      - match: GET /a\n        params:\n          id: …',
        'services:\n  - name: orders\n    operations:\n      - match: GET /a\n        skip: true',
      ],
    });
  });

  it('asks for no header of the client, and for nothing that others of the service have been answered well with', () => {
    const accept: FilledValue = {
      name: 'Accept',
      in: 'header',
      value: 'application/json',
      origin: 'example',
    };
    const tenant: FilledValue = { name: 'X-Tenant', in: 'header', value: 't1', origin: 'example' };
    const broken = waiting('a', { values: [accept, tenant] }, { status: 500 });
    const well = { check: check('b', { values: [accept, tenant] }), result: result('b', 'ok', start) };
    const itemsOf = (last: readonly (typeof broken)[]) =>
      setUpGroups({ last, skipped: [] }).flatMap(({ items }) => items);
    expect(itemsOf([broken])).toMatchObject([
      { kind: 'value', lines: [expect.not.stringContaining('Accept'), expect.anything()] },
    ]);
    expect(itemsOf([broken, well])).toMatchObject([
      { kind: 'broken', lines: [expect.stringContaining('skip: true')] },
    ]);
  });

  it('asks for no value of what breaks over those that the service itself has given', () => {
    const own: FilledValue = { ...id, origin: 'captured', from: 'GET /list' };
    const item = only({ values: [own] }, { status: 500, ...said('{"msg":"NullPointerException"}') });
    expect(inEnglish(item?.why ?? '')).toBe(
      'it answers HTTP 500 for what the service itself has given: id=7 (captured from GET /list)',
    );
    expect(item).toMatchObject({
      kind: 'broken',
      lines: [expect.stringContaining('skip: true')],
    });
  });

  it('asks for no value where what the service itself lists is not there', () => {
    const own: FilledValue = { ...id, origin: 'captured', from: 'GET /list' };
    const item = only({ values: [own] }, { status: 404, ...said('{"msg":"无此订单"}') });
    expect(inEnglish(item?.why ?? '')).toContain(
      'it answers HTTP 404 for what the service itself lists: id=7 (captured from GET /list); another value hardly helps',
    );
    expect(item).toMatchObject({ kind: 'refused', lines: [expect.stringContaining('skip: true')] });
    expect(only({ values: [own] }, { status: 422 })?.kind).toBe('value');
  });

  it('asks nothing of what has worked and has no value just now', () => {
    const unproven = { verdict: 'fail', code: 'status', hasWorked: true } as const;
    const reason = { code: 'made-up-value', message: 'HTTP 404, but we made up id=1' } as const;
    const last = [waiting('a', { values: [id] }, { status: 404, reason, unproven })];
    const { groups, counts } = serviceSetUp('orders', start, { last, skipped: [] });
    expect(groups).toEqual([]);
    expect(counts).toMatchObject({ called: 1, pass: 1, failing: 0, value: 0 });
  });

  it('names the optional parameter that the answer asks for', () => {
    const item = only(
      { values: [id], leftOut: ['page', 'tenantId'] },
      { status: 400, ...said('{"message":"tenantId is required"}') },
    );
    expect(item).toMatchObject({
      kind: 'parameter',
      why: 'it answers HTTP 400 and asks for tenantId, which the document calls optional',
    });
    expect(item?.lines[0]).toContain('params:\n          tenantId: …');
  });

  it.each<[said: string, named: readonly string[]]>([
    ['{"error":"invalid parameter \\"step\\": cannot parse \\"a\\" to a valid duration"}', ['step']],
    ['{"msg":"step 参数格式不正确"}', ['step']],
    ['{"msg":"step must be a duration"}', ['step']],
    ['{"msg":"endTime: wrong format"}', ['endTime']],
    ['{"msg":"that is no step forward"}', ['endTime', 'step']],
  ])('blames what the answer names: %s', (excerpt, named) => {
    const values = ['endTime', 'step'].map(
      (name): FilledValue => ({ name, in: 'query', value: 'a', origin: 'generated' }),
    );
    const item = only({ values }, { status: 400, ...said(excerpt) });
    expect(inEnglish(item?.lines[0] ?? '').match(/(\w+): …/g)).toEqual(named.map((name) => `${name}: …`));
  });

  it('does not blame a small page or a default of the document, and names all that was left out at once', () => {
    const page: FilledValue = { name: 'pageSize', in: 'query', value: 5, origin: 'paging' };
    const group: FilledValue = { name: 'group', in: 'query', value: 'average', origin: 'default' };
    const item = only(
      { values: [page, group], leftOut: ['pageNum', 'roleId'] },
      { status: 500, ...said('{"msg":"NullPointerException"}') },
    );
    expect(item).toMatchObject({
      kind: 'broken',
      why: 'it answers HTTP 500 and has done so since it was first called; roleId, pageNum are optional and not sent',
    });
    expect(item?.lines[0]).toContain('params:\n          roleId: …\n          pageNum: …');
    expect(only({ values: [id, group] }, { status: 404 })?.lines[0]).not.toContain('group');
    // What was advised has been given: nothing else is asked for.
    const given: FilledValue = { name: 'roleId', in: 'query', value: 2, origin: 'config' };
    const then = only({ values: [page, given] }, { status: 500 });
    expect(then).toMatchObject({ kind: 'broken', lines: [expect.stringContaining('skip: true')] });
  });

  it('says of a record of somebody else that another value would do', () => {
    const userId: FilledValue = { name: 'userId', in: 'query', value: '1', origin: 'generated' };
    const item = only({ values: [userId] }, { status: 403, ...said('{"msg":"无权查看他人订单"}') });
    expect(item).toMatchObject({ kind: 'value', why: 'it answers HTTP 403 for userId=1 (made up)' });
  });

  it('compares with what else the credential is good for', () => {
    const own = { credential: 'sso' };
    const fine = { check: check('b', own), result: result('b', 'ok', start) };
    const [group] = setUpGroups({ last: [waiting('a', own, { status: 403 }), fine], skipped: [] });
    expect(group?.items[0]).toMatchObject({
      kind: 'permission',
      why: 'it answers HTTP 403 to the token of credential "sso"; another one of the service answers well, perhaps without looking at it: another credential, or a permission?',
    });
  });

  it('names the header in which the document has a token that goes elsewhere, and the line for it', () => {
    const own = { credential: 'sso', otherHeader: 'X-Access-Token' };
    const groups = (count: number) => {
      const ids = ['a', 'b', 'c'].slice(0, count);
      return setUpGroups({ last: ids.map((one) => waiting(one, own, { status: 401 })), skipped: [] });
    };
    const lines = 'credentials:\n  sso:\n    send:\n      name: X-Access-Token';
    const [one] = groups(1);
    expect([inEnglish(one?.why ?? ''), one?.lines]).toEqual([
      'it answers HTTP 401 to the token of credential "sso", which its document has in the header X-Access-Token and the configuration elsewhere',
      lines,
    ]);
    const [all] = groups(3);
    expect(inEnglish(all?.why ?? '')).toContain(
      '3 operations refuse the token of credential "sso", which their',
    );
    expect(all?.lines).toBe(lines);
  });

  it('says that others take it where it is known that they refuse without it', () => {
    const own = { credential: 'sso' };
    const guarded = { ...own, expectations: [{ kind: 'anonymous', settings: 'deny' }] };
    const [group] = setUpGroups({
      last: [
        waiting('a', own, { status: 403 }),
        { check: check('b', guarded), result: result('b', 'ok', start) },
        { check: check('c', own), result: result('c', 'ok', start) },
      ],
      skipped: [],
    });
    expect(inEnglish(group?.items[0]?.why ?? '')).toContain('2 others of the service take it');
  });

  describe('of a service that answers 403 for what does not exist', () => {
    const own = { credential: 'sso' };
    const madeUp: FilledValue = { name: 'id', in: 'path', value: '1', origin: 'generated' };
    const file = waiting('f', { ...own, operation: 'GET /files/{id}', values: [madeUp] }, { status: 403 });
    const fine = { check: check('b', own), result: result('b', 'ok', start) };

    it('takes the made-up id for what is refused, where the token is good for others', () => {
      const { groups, counts } = serviceSetUp('orders', start, { last: [file, fine], skipped: [] });
      expect(groups[0]).toMatchObject({
        kind: 'value',
        why: 'it answers HTTP 403 for id=1 (made up)',
        lines: expect.stringContaining('params:\n          id: …') as string,
      });
      expect(counts).toMatchObject({ value: 1, permission: 0 });
    });

    it('does not, where nothing takes the token, or it may not read the list of them either', () => {
      const list = waiting('l', { ...own, operation: 'GET /files' }, { status: 403 });
      for (const last of [[file], [file, fine, list]])
        expect(setUpGroups({ last, skipped: [] }).map(({ kind }) => kind)).toEqual(['permission']);
    });
  });

  it('blames the least certain value alone, and none that others take for the same', () => {
    const server: FilledValue = { name: 'server', in: 'path', value: 'localhost', origin: 'example' };
    const name = (origin: FilledValue['origin']): FilledValue => ({
      name: 'entry',
      in: 'path',
      value: 'a',
      origin,
    });
    const operation = 'GET /servers/{server}/config/{entry}';
    const at = (origin: FilledValue['origin']) =>
      waiting('a', { operation, values: [server, name(origin)] }, { status: 404 });
    const fine = {
      check: check('b', { operation: 'GET /servers/{server}', values: [server] }),
      result: result('b', 'ok', start),
    };
    const why = (...last: Parameters<typeof setUpGroups>[0]['last']) =>
      setUpGroups({ last, skipped: [] })[0]?.why;
    expect(inEnglish(why(at('generated')) ?? '')).toBe('it answers HTTP 404 for entry=a (made up)');
    expect(inEnglish(why(at('captured')) ?? '')).toBe(
      "it answers HTTP 404 for server=localhost (the document's example)",
    );
    expect(inEnglish(why(at('captured'), fine) ?? '')).toContain(
      'it answers HTTP 404 for what the service itself lists: entry=a (captured from another answer)',
    );
  });

  it('offers no way to accept what nobody can read', () => {
    const message = sentence('bodyBreaksOff', { bytes: 26, found: '"[1,"' });
    const found: Partial<Result> = {
      status: 200,
      unproven: { verdict: 'fail', code: 'content-type' },
      reason: { code: 'never-passed', message },
      findings: [{ kind: 'content-type', level: 'error', message }],
    };
    const [one, ...others] = setUpGroups({
      last: ['a', 'b'].map((id) => waiting(id, {}, found)),
      skipped: [],
    });
    expect(others).toEqual([]);
    expect(inEnglish(one?.why ?? '')).toBe(
      '2 operations have answered HTTP 200 with a body that cannot be read since they were first called',
    );
    const lines = [expect.stringContaining('skip: true') as string];
    expect(one?.items).toMatchObject([
      { kind: 'broken', lines },
      { kind: 'broken', lines },
    ]);
    expect(inEnglish(one?.items[0]?.why ?? '')).toBe(
      'it answers HTTP 200 with a body that cannot be read, whatever its document says: the body is JSON that breaks off after 26 bytes: "[1,"',
    );
  });

  it.each<[string, Partial<Check>, Partial<Result>, string, string]>([
    [
      'that nobody signs in',
      {},
      { status: 401 },
      'permission',
      'it answers HTTP 401, and nobody signs in for it',
    ],
    [
      'a success that is not as documented',
      {},
      {
        status: 200,
        findings: [{ kind: 'schema', level: 'error', message: '/total: expected number' }],
        reason: { code: 'never-passed', message: '/total: expected number' },
      },
      'document',
      'it answers HTTP 200, but never as its document says: /total: expected number',
    ],
    [
      'an error',
      {},
      { status: 500 },
      'broken',
      'it answers HTTP 500 and has done so since it was first called',
    ],
    [
      'an envelope by its code and words, not by the status of what it comes in',
      { values: [id] },
      {
        status: 200,
        findings: [{ kind: 'envelope', level: 'error', message: '' }],
        reason: {
          code: 'made-up-value',
          message: sentence('butMadeUp', {
            what: sentence('envelopeExpected', {
              what: envelopeSays('code', '500', '数据不存在'),
              wanted: '200',
            }),
            n: 1,
            values: ['id=7'],
            names: ['id'],
          }),
        },
      },
      'value',
      "it answers code 500 (数据不存在) for id=7 (the document's example)",
    ],
    [
      'an envelope whose code is missing',
      {},
      {
        status: 200,
        findings: [{ kind: 'envelope', level: 'error', message: '' }],
        reason: {
          code: 'never-passed',
          message: sentence('envelopeExpected', {
            what: sentence('envelopeMissing', { name: 'code' }),
            wanted: '0',
          }),
        },
      },
      'refused',
      'it answers code missing and has done so since it was first called',
    ],
    [
      'an envelope that asks for a sign-in',
      {},
      {
        status: 200,
        unproven: { verdict: 'fail', code: 'auth-rejected' },
        reason: {
          code: 'never-passed',
          message: sentence('noCredential', {
            what: envelopeSays('code', '401', '未登录'),
            service: 'orders',
          }),
        },
      },
      'permission',
      'it answers code 401 (未登录), and nobody signs in for it',
    ],
    [
      'an envelope that wants a permission',
      { credential: 'sso' },
      {
        status: 200,
        findings: [{ kind: 'envelope', level: 'error', message: '' }],
        unproven: { verdict: 'blocked', code: 'no-permission' },
        reason: {
          code: 'never-passed',
          message: sentence('noPermission', {
            what: envelopeSays('code', '403', '无权限'),
            credential: 'sso',
          }),
        },
      },
      'permission',
      'it answers code 403 (无权限) to the token of credential "sso"; no other operation of the service has taken it yet: another credential, or a permission?',
    ],
    [
      'a refusal of what was recorded without values',
      { leftOut: ['start', 'end', 'page'], blank: ['start', 'end'], values: [id] },
      { status: 400 },
      'value',
      'it answers HTTP 400; its request was recorded without a value for start, end',
    ],
    [
      'a refusal with something left out',
      { leftOut: ['from', 'to'] },
      { status: 400 },
      'refused',
      'it answers HTTP 400 and has done so since it was first called; from, to are optional and not sent',
    ],
  ])('tells %s', (_, more, found, kind, why) => {
    expect(only(more, found)).toMatchObject({ kind, why });
  });

  it('is nothing of what works, fails or was not called', () => {
    const last = ['ok', 'fail 500', 'blocked credential', 'unknown interrupted'].map((outcome, no) => ({
      check: check(`c${no}`),
      result: result(`c${no}`, outcome, start),
    }));
    expect(setUpGroups({ last, skipped: [] })).toEqual([]);
  });
});

/** An operation that is not called. */
function left(id: string, code: Skipped['code'], reason: string, hint?: string): Skipped {
  const { service, documentId } = check(id);
  return {
    id,
    service,
    documentId,
    operation: `GET /${id}`,
    tags: [],
    code,
    reason,
    hint,
  };
}

function sentences(last: readonly ReturnType<typeof waiting>[], skipped: readonly Skipped[] = []) {
  return setUpGroups({ last, skipped }).map(({ why, lines }) => [why, lines]);
}

describe('what has the same cause', () => {
  const tenant: FilledValue = { name: 'tenantId', in: 'query', value: 't', origin: 'generated' };

  it('is told once, with the one line that helps all, before what helps one alone', () => {
    const needy = ['a', 'b', 'c'].map((name) => waiting(name, { values: [tenant] }, { status: 404 }));
    const own = waiting('d', { values: [id] }, { status: 404 });
    const missing = {
      ...left('e', 'no-value', 'no value for the required query parameter tenantId is documented'),
      needs: 'query tenantId',
    };
    expect(sentences([own, ...needy], [missing])).toEqual([
      ['4 operations need tenantId', 'services:\n  - name: orders\n    params:\n      tenantId: …'],
      ["it answers HTTP 404 for id=7 (the document's example)", expect.stringContaining('id: …')],
    ]);
  });

  it('is told with every parameter that all of them need, and with none that is only beside it', () => {
    const value = (name: string, origin: FilledValue['origin']): FilledValue => ({
      name,
      in: 'path',
      value: 'x',
      origin,
    });
    const values = [value('server', 'example'), value('zone', 'generated'), value('key', 'generated')];
    const needy = ['a', 'b', 'c'].map((name) =>
      waiting(name, { operation: `GET /{server}/{zone}/{key}/${name}`, values }, { status: 404 }),
    );
    expect(sentences(needy)).toEqual([
      [
        '3 operations need zone, key',
        'services:\n  - name: orders\n    params:\n      zone: …\n      key: …',
      ],
    ]);
  });

  it('may be a token that others take', () => {
    const own = { credential: 'sso' };
    const refused = ['a', 'b'].map((name) => waiting(name, own, { status: 403 }));
    const fine = ['c', 'd'].map((name) => ({ check: check(name, own), result: result(name, 'ok', start) }));
    expect(setUpGroups({ last: [...refused, ...fine], skipped: [] })).toMatchObject([
      {
        kind: 'permission',
        count: 2,
        why: '2 operations refuse the token of credential "sso"; 2 others of the service answer well, perhaps without looking at it: another credential, or a permission?',
        items: [{ operation: 'GET /a' }, { operation: 'GET /b' }],
      },
    ]);
  });

  it('may be why they are not called; what is left out on purpose comes last and is nobody’s work', () => {
    const own = (...paths: readonly string[]): string =>
      [
        'services:\n  - name: orders\n    operations:',
        ...paths.map((path) => `      - match: GET ${path}\n        allow: unsure`),
      ].join('\n');
    const setUp = serviceSetUp('orders', start, {
      last: [{ check: check('z'), result: result('z', 'ok', start) }],
      skipped: [
        left('a', 'side-effect', 'may change something: "reset" in its path', 'own line'),
        left('b', 'unsafe-method', 'PUT may change data', 'own line'),
        left('c', 'unsure', 'nothing says that it only reads: "flurb" in its path is not known', own('/c')),
        left('d', 'unsure', 'nothing says that it only reads: "blarg" in its path is not known', own('/d')),
        left('e', 'reads-by-name', 'POST may change data; by its name it only reads', 'line of e'),
        left('f', 'reads-by-name', 'POST may change data; by its name it only reads', 'line of f'),
        left('g', 'no-credential', 'its document asks for sso; no credential is configured for it', 'sso'),
        left('h', 'no-credential', 'its document asks for sso; no credential is configured for it', 'sso'),
        left('i', 'no-credential', 'its document asks for sso; no credential is configured for it', 'sso'),
      ],
    });
    expect(setUp.groups.map(({ why, count, lines }) => [why, count, lines])).toEqual([
      [
        '3 operations are not called: its document asks for sso; no credential is configured for it',
        3,
        'sso',
      ],
      ['2 operations are not called: nothing says that they only read', 2, own('/c', '/d')],
      ['2 operations only read by their names, but their methods may change data', 2, undefined],
      ['may change something: "reset" in its path', 1, 'own line'],
    ]);
    expect(waitingIn(setUp.groups)).toBe(7);
    expect(setUp.counts).toMatchObject({ called: 1, pass: 1, notCalled: { unsure: 2, 'unsafe-method': 1 } });
  });

  it('counts each operation that is called once', () => {
    const last = [
      { check: check('ok'), result: result('ok', 'ok', start) },
      { check: check('bad'), result: result('bad', 'fail 500', start) },
      waiting('a', { values: [id] }, { status: 404 }),
      waiting('b', {}, { status: 403 }),
      waiting('c', {}, { status: 200, findings: [{ kind: 'schema', level: 'error', message: 'wrong' }] }),
      waiting('d', {}, { status: 500 }),
    ];
    expect(serviceSetUp('orders', start, { last, skipped: [] }).counts).toEqual({
      called: 6,
      pass: 1,
      failing: 1,
      differ: 1,
      value: 1,
      permission: 1,
      refused: 1,
      notCalled: {},
    });
  });
});

describe('what is said to readers of Chinese', () => {
  const origins = ['example', 'default', 'enum', 'paging', 'captured', 'generated'] as const;
  const values = origins.flatMap((origin): readonly FilledValue[] => [
    { name: 'id', in: 'query', value: '7', origin },
    { name: 'name', in: 'query', value: 'Ann Lee', origin },
    { name: 'body', in: 'body', value: {}, origin },
    ...(origin === 'captured' ? [{ ...id, origin, from: 'GET /list' }] : []),
  ]);
  const blank = waiting('a', { leftOut: ['开始', '结束'], blank: ['开始', '结束'] }, { status: 400 });
  const refused = values.flatMap((value) => [
    waiting('a', { values: [value] }, {}),
    ...values.map((other) => waiting('a', { values: [{ ...value, name: 'first', value: '1' }, other] }, {})),
  ]);
  const others: readonly ReturnType<typeof waiting>[] = [
    waiting('a', {}, {}),
    waiting('a', { leftOut: ['lang'] }, { status: 500 }),
    waiting('a', { leftOut: ['lang', 'page'] }, { status: 400 }),
    waiting('a', { leftOut: ['lang'] }, { status: 400, ...said('{"message":"lang is required"}') }),
    waiting('a', {}, { status: 401 }),
    waiting('a', { credential: 'sso' }, { status: 403 }),
    waiting(
      'a',
      {},
      {
        status: 200,
        reason: {
          code: 'never-passed',
          message: sentence('statusExpected', { status: '200', expected: '201' }),
        },
      },
    ),
  ];

  it('is in Chinese but for what is quoted', () => {
    const quoted = /HTTP|GET|Ann Lee|\b(?:id|name|first|list|sso|lang|page)\b/g;
    for (const one of [blank, ...refused, ...others]) {
      for (const last of [[one], [one, { ...one, check: { ...one.check, id: 'b' } }]]) {
        for (const { why } of setUpGroups({ last, skipped: [] })) {
          const chinese = inLanguage(why, 'zh');
          expect([why, chinese.replace(quoted, '').match(/[a-z]{2,}/gi)]).toEqual([why, null]);
        }
      }
    }
  });
});
