import { describe, expect, test } from 'vitest';
import { parseHttpRequest, parseHttpResponse } from './http-message.ts';
import { operationOf, parametersOf } from './recorded-request.ts';
import { typedValue } from './text.ts';
import { type Environment, fillIn, flatten } from './variables.ts';

const plain = { method: 'get', url: 'https://a.example.com/x', tags: [], headers: [], pointer: 'line 1' };

describe('the query that was sent', () => {
  test.each<[query: string, sent: readonly (string | undefined)[] | undefined]>([
    ['a=1&b=x%20y', undefined],
    ['name=%e4%b8%ad&p=a+b&pl=a%2Bb', ['name=%e4%b8%ad', 'p=a+b', 'pl=a%2Bb']],
    ['flag&b=', ['flag', 'b=']],
    ['a=1&b=2&a=3', ['a=1', 'b=2', 'a=3']],
    ['q=中 文#x', ['q=%E4%B8%AD%20%E6%96%87']],
    ['gbk=%D6%D0', ['gbk=%D6%D0']],
    ["q='a'|100%", ['q=%27a%27|100%25']],
    ['a+b=1&sign=2&t={{t}}', ['a+b=1', undefined, undefined]],
  ])('%s keeps its order and its encoding', (query, sent) => {
    const { operation } = operationOf({ ...plain, url: `https://a.example.com/x?${query}` });
    expect(operation.sentQuery?.map(({ text }) => text)).toEqual(sent);
  });

  test('has values for what a client fills in at the moment of the call', () => {
    const { operation } = operationOf({ ...plain, url: 'https://a.example.com/x?n=a-{{$randomInt}}' });
    expect(operation.parameters.map(({ examples }) => examples)).toEqual([['a-1']]);
  });
});

test('what is accepted goes along as it was written, what clients set by themselves does not', () => {
  const headers = [
    { name: 'Accept', value: 'application/json' },
    { name: 'User-Agent', value: 'a client' },
    { name: 'If-None-Match', value: '"1"' },
  ];
  const { parameters } = operationOf({ ...plain, headers }).operation;
  expect(parameters).toMatchObject([{ name: 'Accept', in: 'header', examples: ['application/json'] }]);
});

describe('secrets', () => {
  test.each([
    [{ name: 'Authorization', value: 'Bearer x' }, [{ bearer: [] }], []],
    [{ name: 'authorization', value: 'basic x' }, [{ basic: [] }], []],
    [{ name: 'Authorization', value: 'Digest x' }, [{ digest: [] }], []],
    [{ name: 'Authorization', value: 'AWS4-HMAC-SHA256 x' }, [{ awsSigV4: [] }], []],
    [{ name: 'Authorization', value: '{{token}}' }, [{ 'apiKey header authorization': [] }], []],
    [{ name: 'X-Api-Key', value: 'x' }, [{ 'apiKey header x-api-key': [] }], []],
    [{ name: 'Cookie', value: 'a=b' }, undefined, []],
    [{ name: 'Authorization', value: 'Bearer x', disabled: true }, undefined, []],
    [{ name: 'X-Secret', value: 'x', disabled: true }, undefined, []],
    [{ name: 'X-Trace', value: 'x' }, undefined, ['X-Trace']],
  ])('the header %j is no parameter but a way to sign in', (header, security, names) => {
    const { operation } = operationOf({ ...plain, headers: [header] });
    expect([operation.security, operation.parameters.map(({ name }) => name)]).toEqual([security, names]);
  });

  test('in the query sign in too, or lose their value', () => {
    const { operation, schemes } = operationOf({
      ...plain,
      url: 'https://a.example.com/x?api_key=1&sign=2&page=3',
    });
    expect(schemes).toEqual({
      'apiKey query api_key': { kind: 'apiKey', in: 'query', parameterName: 'api_key' },
    });
    expect(operation.parameters).toEqual([
      { name: 'sign', in: 'query', required: true, schema: { type: 'string' }, examples: [] },
      { name: 'page', in: 'query', required: true, schema: { type: 'integer' }, examples: [3] },
    ]);
  });

  test("a client's own setting wins over a header, a key goes with it", () => {
    const { operation } = operationOf({
      ...plain,
      auth: { kind: 'basic' },
      headers: [
        { name: 'Authorization', value: 'Bearer x' },
        { name: 'X-Api-Key', value: 'x' },
      ],
    });
    expect(operation.security).toEqual([{ basic: [], 'apiKey header x-api-key': [] }]);
  });
});

test('a repeated name is a list, an empty value no example', () => {
  expect(
    parametersOf('query', [
      { name: 'a', value: '1' },
      { name: 'a', value: '2' },
      { name: 'b', value: '' },
      { name: 'c', value: 'true' },
      { name: 'd', value: '{{d}}' },
    ]),
  ).toEqual([
    {
      name: 'a',
      in: 'query',
      required: true,
      schema: { type: 'array', items: { type: 'integer' } },
      examples: [[1, 2]],
    },
    { name: 'b', in: 'query', required: false, schema: { type: 'string' }, examples: [] },
    { name: 'c', in: 'query', required: true, schema: { type: 'boolean' }, examples: [true] },
    { name: 'd', in: 'query', required: true, schema: { type: 'string' }, examples: [] },
  ]);
});

test.each([
  ['7', 7],
  ['007', '007'],
  ['-3', -3],
  ['1.5', '1.5'],
  ['12345678901234567890', '12345678901234567890'],
  ['false', false],
])('%s is the value %j', (text, value) => {
  expect(typedValue(text)).toBe(value);
});

describe('variables', () => {
  test('may refer to others, also in circles', () => {
    expect(fillIn('{{a}}/{{ _.c }}/{{x}}', { a: '{{b}}', b: '1', c: '{{c}}' })).toBe('1/{{c}}/{{x}}');
  });

  test('are flattened to dotted names', () => {
    expect(flatten({ a: { b: 1, c: [true] }, d: null })).toEqual({ 'a.b': '1', 'a.c.0': 'true' });
  });

  test('in a path stay parameters, unless they span segments', () => {
    const environments = [{ values: { version: 'v1', base: '/api/v2/', id: '7' } }];
    const { operation } = operationOf({
      ...plain,
      url: 'https://a.example.com/{{base}}/{{version}}/{{id}}',
      environments,
    });
    expect([operation.path, operation.parameters.map(({ examples }) => examples)]).toEqual([
      '/api/v2/{version}/{id}',
      [['v1'], [7]],
    ]);
  });

  test('of each environment give a server', () => {
    const environments: readonly Environment[] = [
      { name: 'test', values: { host: 'https://t.example.com/api/' } },
      { name: 'prod', values: { host: 'https://p.example.com/api' } },
      { name: 'same', values: { host: 'https://p.example.com/api' } },
      { name: 'none', values: {} },
    ];
    expect(operationOf({ ...plain, url: '{{host}}/x', environments }).operation.servers).toEqual([
      { url: 'https://t.example.com/api', name: 'test' },
      { url: 'https://p.example.com/api', name: 'prod' },
    ]);
  });
});

describe('bodies', () => {
  test.each([
    [
      'JSON without a media type',
      { text: '{"a": 1}' },
      [],
      {
        contentType: 'application/json',
        schema: { type: 'object', properties: { a: { type: ['number', 'null'] } } },
        examples: [{ a: 1 }],
      },
    ],
    ['a text', { text: 'hello' }, [], { contentType: 'text/plain', examples: ['hello'] }],
    [
      'a form in a text',
      { text: 'a=1\n&b=2' },
      [{ name: 'content-type', value: 'application/x-www-form-urlencoded; charset=utf-8' }],
      {
        contentType: 'application/x-www-form-urlencoded',
        schema: {
          type: 'object',
          properties: { a: { type: 'string' }, b: { type: 'string' } },
          required: ['a', 'b'],
        },
        examples: [{ a: '1', b: '2' }],
      },
    ],
    [
      'JSON that is none',
      { contentType: 'application/json', text: 'oops' },
      [],
      { contentType: 'application/json', examples: ['oops'] },
    ],
    ['XML', { contentType: 'text/xml', text: '<a/>' }, [], { contentType: 'text/xml', examples: ['<a/>'] }],
    [
      'a list',
      { text: '[1]' },
      [],
      {
        contentType: 'application/json',
        schema: { type: 'array', items: { type: ['number', 'null'] } },
        examples: [[1]],
      },
    ],
  ])('%s', (_, body, headers, media) => {
    expect(operationOf({ ...plain, method: 'POST', headers, body }).operation.body).toEqual({
      required: true,
      media: [media],
    });
  });

  test.each([[{ text: '  ' }], [{ fields: [] }], [{ text: '', contentType: 'application/json' }]])(
    '%j is none',
    (body) => {
      expect(operationOf({ ...plain, method: 'POST', body }).operation.body).toBeUndefined();
    },
  );
});

test('answers of one status are one response, whatever type they have', () => {
  const answers = [
    { status: 200, contentType: 'application/json', text: '{"a": 1}' },
    { status: 200, contentType: 'text/html', text: '<p>' },
    { status: 200, contentType: 'application/json', text: 'cut off' },
    { status: 204 },
    { status: 0 },
  ];
  expect(operationOf({ ...plain, answers }).operation.responses).toEqual([
    {
      status: '200',
      media: [
        {
          contentType: 'application/json',
          schema: { type: 'object', properties: { a: { type: ['number', 'null'] } } },
          examples: [{ a: 1 }],
        },
        { contentType: 'text/html', examples: [] },
      ],
    },
    { status: '204', media: [] },
  ]);
});

describe('HTTP as text', () => {
  test('a request over several lines', () => {
    expect(
      parseHttpRequest(
        'post https://a.example.com/x\n  ?a=1\n  &b=2\n# note\nContent-Type: text/plain\n\nbody\nmore',
      ),
    ).toEqual({
      method: 'POST',
      url: 'https://a.example.com/x?a=1&b=2',
      headers: [{ name: 'Content-Type', value: 'text/plain' }],
      body: { text: 'body\nmore' },
    });
  });

  test('a body right below the headers, as people forget the empty line', () => {
    expect(parseHttpRequest('POST /x HTTP/1.1\nHost: a\n{"a": 1}')).toEqual({
      method: 'POST',
      url: '/x',
      headers: [{ name: 'Host', value: 'a' }],
      body: { text: '{"a": 1}' },
    });
  });

  test.each(['', 'hello world', 'GETTING /x', '{"a": 1}'])('%j is no request', (text) => {
    expect(parseHttpRequest(text)).toBeUndefined();
  });

  test('a response with and without a body', () => {
    expect([
      parseHttpResponse('HTTP/1.1 204 No Content\n'),
      parseHttpResponse('HTTP/2 200\nContent-Type: text/plain\n\nok'),
      parseHttpResponse('ok'),
    ]).toEqual([{ status: 204 }, { status: 200, contentType: 'text/plain', text: 'ok' }, undefined]);
  });
});

test.each([
  ['{{$guid}}', { type: 'string', format: 'uuid' }],
  ['{{$timestamp}}', { type: 'integer', format: 'unix-time' }],
  ['{{$randomInt}}', { type: 'integer', minimum: 0, maximum: 1000 }],
  ['{{$randomInt 5 10}}', { type: 'integer', minimum: 5, maximum: 9 }],
  ['{{$unknown}}', { type: 'string' }],
])('what a client puts in at the moment of the call is described: %s', (value, schema) => {
  const { operation } = operationOf({
    method: 'GET',
    url: `https://a.example.com/x?v=${value}`,
    tags: [],
    headers: [],
    pointer: '',
  });
  expect(operation.parameters).toMatchObject([{ name: 'v', schema, examples: [] }]);
});
