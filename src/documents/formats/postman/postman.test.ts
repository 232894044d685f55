import { describe, expect, test } from 'vitest';
import { readText } from '../../../../test/support/scan.ts';
import type { Operation } from '../../../model/document.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { formatProblem } from '../../../messages/in-language.ts';
import type { ReadDocument } from '../format.ts';

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

function read(collection: JsonObject, files: Readonly<Record<string, Json>> = {}): Promise<ReadDocument> {
  const texts = Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, JSON.stringify(content)]),
  );
  return readText(JSON.stringify({ info: { name: 'Shop', schema }, ...collection }), texts, 'shop.json');
}

async function requestOf(request: Json, rest: JsonObject = {}): Promise<Operation> {
  const [operation] = (await read({ item: [{ name: 'one', request }], ...rest })).operations;
  if (operation === undefined) throw new Error('no operation');
  return operation;
}

describe('a Postman collection', () => {
  test.each([
    [schema, 'postman-2.1'],
    ['https://schema.getpostman.com/json/collection/v2.0.0/', 'postman-2.0'],
  ])('of %s is told from others', async (url, format) => {
    expect(await read({ info: { name: 'Shop', schema: url, version: '3' }, item: [] })).toMatchObject({
      format,
      title: 'Shop',
      version: '3',
      dialect: '2020-12',
    });
  });

  test('counts requests that have one method and path', async () => {
    const item = ['SHOW DATABASES', 'CREATE DATABASE a', 'DROP MEASUREMENT b'].map((q) => ({
      name: q,
      request: { method: 'GET', url: `https://a.example/query?q=${q}` },
    }));
    const { operations } = await read({
      item: [...item, { name: 'ping', request: 'https://a.example/ping' }],
    });
    expect(operations.map(({ key, ordinal }) => [key, ordinal])).toEqual([
      ['GET /query', 1],
      ['GET /query #2', 2],
      ['GET /query #3', 3],
      ['GET /ping', undefined],
    ]);
  });

  test('has folders as tags and knows where a request stands', async () => {
    const item = { name: 'list', request: { method: 'GET', url: 'https://a.example/orders' } };
    const { operations } = await read({
      item: [{ name: 'Orders', item: [{ name: 'Old', item: [item, 5] }] }, { name: 'empty' }],
    });
    expect(operations).toEqual([
      {
        key: 'GET /orders',
        method: 'GET',
        path: '/orders',
        summary: 'list',
        tags: ['Orders', 'Old'],
        deprecated: false,
        servers: [{ url: 'https://a.example', isWhole: true }],
        parameters: [],
        responses: [],
        extensions: {},
        pointer: '/item/0/item/0/item/0/request',
      },
    ]);
  });

  test.each<[string, Json]>([
    ['a text', 'https://a.example/v1/orders/:id?page=2'],
    [
      'its raw form and lists',
      { raw: 'https://a.example/v1/orders/:id?page=2', query: [{ key: 'page', value: '2' }] },
    ],
    [
      'parts',
      {
        protocol: 'https',
        host: ['a', 'example'],
        path: ['v1', 'orders', ':id'],
        query: [{ key: 'page', value: '2' }],
      },
    ],
    [
      'typed parts',
      {
        protocol: 'https://',
        host: 'a.example',
        path: ['v1', { type: 'string', value: 'orders' }, ':id'],
        query: [{ key: 'page', value: 2 }],
      },
    ],
    [
      'a text for its path',
      { protocol: 'https', host: 'a.example', path: 'v1/orders/:id', query: [{ key: 'page', value: '2' }] },
    ],
  ])('has URLs as %s', async (_, url) => {
    expect(await requestOf(typeof url === 'string' ? url : { url })).toMatchObject({
      key: 'GET /v1/orders/{id}',
      servers: [{ url: 'https://a.example' }],
      parameters: [
        { name: 'id', in: 'path', required: true, examples: [] },
        { name: 'page', in: 'query', schema: { type: 'integer' }, examples: [2] },
      ],
    });
  });

  test('gives values to path variables and to what is switched on', async () => {
    const url: Json = {
      raw: 'http://a.example:8080/:id/:name',
      host: ['a', 'example'],
      port: '8080',
      variable: [
        { key: 'id', value: '7' },
        { id: 'name', value: 'tea' },
      ],
      query: [
        { key: 'a', value: true },
        { key: 'b', value: '2', disabled: true },
      ],
    };
    const header = [
      { key: 'X-Trace', value: 't' },
      { key: 'Content-Type', value: 'text/plain' },
    ];
    const { parameters } = await requestOf({ url, header });
    expect(
      parameters.map(({ name, in: place, required, examples }) => [place, name, required, examples]),
    ).toEqual([
      ['path', 'id', true, [7]],
      ['path', 'name', true, ['tea']],
      ['query', 'a', true, [true]],
      ['query', 'b', false, [2]],
      ['header', 'X-Trace', true, ['t']],
    ]);
  });

  test('fills in variables of every level, the inner ones first', async () => {
    const inner = {
      name: 'one',
      request: 'https://{{host}}/{{id}}?q={{q}}&left={{left}}',
      variable: [{ key: 'id', value: '1' }],
    };
    const { operations } = await read({
      variable: [
        { key: 'host', value: 'outer.example' },
        { key: 'q', value: 'x' },
        { key: 'token', value: 'secret' },
        { key: 'left', value: 'no', disabled: true },
      ],
      item: [{ name: 'f', item: [inner], variable: [{ key: 'host', value: 'inner.example' }] }],
    });
    expect(operations[0]).toMatchObject({
      key: 'GET /{id}',
      servers: [{ url: 'https://inner.example' }],
      parameters: [
        { name: 'id', examples: [1] },
        { name: 'q', examples: ['x'] },
        { name: 'left', examples: [] },
      ],
    });
  });

  test('takes the environments beside it as its servers', async () => {
    const { operations, problems } = await read(
      { item: [{ name: 'one', request: '{{base}}/orders/{{id}}' }] },
      {
        'prod.postman_environment.json': {
          name: 'prod',
          values: [
            { key: 'base', value: 'https://prod.example/api', enabled: true },
            { key: 'key', type: 'secret', value: 's' },
          ],
        },
        'test.postman_environment.json': {
          name: 'test',
          values: [{ key: 'base', value: 'https://test.example/api' }],
        },
        'my.postman_globals.json': {
          name: 'g',
          values: [{ key: 'id', value: '5' }],
          _postman_variable_scope: 'globals',
        },
        'environment.json': { unrelated: true },
      },
    );
    expect(problems).toEqual([]);
    expect(operations[0]).toMatchObject({
      key: 'GET /orders/{id}',
      servers: [
        { url: 'https://prod.example/api', name: 'prod' },
        { url: 'https://test.example/api', name: 'test' },
      ],
      parameters: [{ name: 'id', examples: [5] }],
    });
  });

  test('says when nobody knows where its service is', async () => {
    const { problems } = await read({ item: [{ name: 'one', request: '{{base}}/orders' }] });
    expect(problems.map(formatProblem)).toEqual([
      'shop.json: does not say where its service is: the variable in front of the paths has no value\n  → Set `baseUrl` of the service, or export the environment into the same folder.',
    ]);
  });

  test.each<[string, Json, object]>([
    ['bearer', { type: 'bearer', bearer: [{ key: 'token', value: 'secret' }] }, { kind: 'bearer' }],
    ['bearer of v2.0', { type: 'bearer', bearer: { token: 'secret' } }, { kind: 'bearer' }],
    ['basic', { type: 'basic', basic: [{ key: 'password', value: 'secret' }] }, { kind: 'basic' }],
    ['digest', { type: 'digest' }, { kind: 'digest' }],
    ['jwt', { type: 'jwt' }, { kind: 'bearer' }],
    ['AWS', { type: 'awsv4' }, { kind: 'awsSigV4' }],
    ['hawk', { type: 'hawk' }, { kind: 'other' }],
    [
      'an API key',
      {
        type: 'apikey',
        apikey: [
          { key: 'key', value: 'X-Key' },
          { key: 'value', value: 'secret' },
        ],
      },
      { kind: 'apiKey', in: 'header', parameterName: 'X-Key' },
    ],
    [
      'an API key in the query',
      { type: 'apikey', apikey: { key: 'k', value: 'secret', in: 'query' } },
      { kind: 'apiKey', in: 'query', parameterName: 'k' },
    ],
    [
      'OAuth 2',
      {
        type: 'oauth2',
        oauth2: [
          { key: 'accessTokenUrl', value: 'https://t' },
          { key: 'grant_type', value: 'password_credentials' },
        ],
      },
      { kind: 'oauth2', flows: ['password'], tokenUrls: { password: 'https://t' } },
    ],
    [
      'OAuth 2 with PKCE',
      {
        type: 'oauth2',
        oauth2: [
          { key: 'accessTokenUrl', value: 'https://t' },
          { key: 'grant_type', value: 'authorization_code_with_pkce' },
        ],
      },
      { kind: 'oauth2', flows: ['authorizationCode'], tokenUrls: { authorizationCode: 'https://t' } },
    ],
    [
      'OAuth 2 without an address',
      { type: 'oauth2', oauth2: [{ key: 'accessTokenUrl', value: '{{t}}' }] },
      { kind: 'oauth2' },
    ],
  ])('signs in by %s, without its secrets', async (_, auth, scheme) => {
    const document = await read({ item: [{ name: 'one', request: 'https://a.example/a' }], auth });
    expect(Object.values(document.securitySchemes)).toEqual([scheme]);
    expect(document.operations[0]?.security).toEqual([
      { [Object.keys(document.securitySchemes)[0] ?? '']: [] },
    ]);
    expect(JSON.stringify(document)).not.toContain('secret');
  });

  test('inherits the sign-in from the folder around it', async () => {
    const request = (auth: Json | undefined) => ({
      name: 'r',
      request: { url: 'https://a.example/a', ...(auth === undefined ? {} : { auth }) },
    });
    const { operations } = await read({
      auth: { type: 'basic' },
      item: [
        request(undefined),
        {
          name: 'f',
          auth: { type: 'bearer' },
          item: [request(undefined), request(null), request({ type: 'noauth' }), request({})],
        },
      ],
    });
    expect(operations.map(({ security }) => security)).toEqual([
      [{ basic: [] }],
      [{ bearer: [] }],
      [{ bearer: [] }],
      [],
      [{ bearer: [] }],
    ]);
  });

  test('does not take the unset sign-in of a whole collection for a public one', async () => {
    expect((await requestOf('https://a.example/a', { auth: { type: 'noauth' } })).security).toBeUndefined();
  });

  test('knows a sign-in by its header and leaves the value out', async () => {
    const operation = await requestOf({
      url: 'https://a.example/a',
      header: 'Authorization: Bearer verysecret\n// X-Off: 1\nnothing',
    });
    expect(operation).toMatchObject({ security: [{ bearer: [] }], parameters: [] });
    expect(JSON.stringify(operation)).not.toContain('verysecret');
  });

  test.each<[string, JsonObject, unknown]>([
    [
      'JSON',
      { mode: 'raw', raw: '{"a": 1}', options: { raw: { language: 'json' } } },
      { contentType: 'application/json', examples: [{ a: 1 }] },
    ],
    [
      'text',
      { mode: 'raw', raw: 'hello', options: { raw: { language: 'text' } } },
      { contentType: 'text/plain', examples: ['hello'] },
    ],
    [
      'a form',
      {
        mode: 'urlencoded',
        urlencoded: [
          { key: 'a', value: '1' },
          { key: 'off', value: '1', disabled: true },
        ],
      },
      { contentType: 'application/x-www-form-urlencoded', examples: [{ a: '1' }] },
    ],
    [
      'a multipart form',
      {
        mode: 'formdata',
        formdata: [
          { key: 'a', value: '1' },
          { key: 'f', type: 'file', src: 'x' },
        ],
      },
      { contentType: 'multipart/form-data', schema: { properties: { f: { format: 'binary' } } } },
    ],
    [
      'GraphQL',
      { mode: 'graphql', graphql: { query: '{ a }' } },
      { contentType: 'application/json', examples: [{ query: '{ a }' }] },
    ],
  ])('sends %s', async (_, body, media) => {
    expect((await requestOf({ method: 'POST', url: 'https://a.example/a', body })).body?.media).toMatchObject(
      [media],
    );
  });

  test.each<[string, JsonObject]>([
    ['a file', { mode: 'file', file: { src: 'x' } }],
    ['a body that is switched off', { mode: 'raw', raw: 'x', disabled: true }],
    ['a body of an unknown kind', { mode: 'telepathy' }],
  ])('sends nothing that is known with %s', async (_, body) => {
    expect((await requestOf({ method: 'POST', url: 'https://a.example/a', body })).body).toBeUndefined();
  });

  test('promises what was answered before', async () => {
    const header = [{ key: 'Content-Type', value: 'application/json; charset=utf-8' }];
    const response: Json = [
      { code: 200, header, body: '{"id": 1}' },
      { code: 404, header: null, body: null },
      { name: 'unsaved' },
    ];
    const [operation] = (await read({ item: [{ name: 'one', request: 'https://a.example/a', response }] }))
      .operations;
    expect(operation?.responses).toMatchObject([
      { status: '200', media: [{ contentType: 'application/json', examples: [{ id: 1 }] }] },
      { status: '404', media: [] },
    ]);
  });

  test('says that scripts are not run', async () => {
    const event = [{ listen: 'test', script: { exec: ['pm.test()'] } }];
    const { problems } = await read({ item: [{ name: 'one', request: 'https://a.example/a', event }] });
    expect(problems).toMatchObject([{ level: 'info', code: 'scripts-ignored' }]);
    const none = await read({
      item: [{ name: 'one', request: 'https://a.example/a', event: [{ script: { exec: [''] } }] }],
    });
    expect(none.problems).toEqual([]);
  });

  test('may be one of the first version', async () => {
    const document = await readText(
      JSON.stringify({
        name: 'Old',
        order: ['2', '1'],
        folders: [{ name: 'F', order: ['1'] }],
        requests: [
          {
            id: '1',
            name: 'one',
            method: 'POST',
            url: 'https://a.example/1',
            headers: 'X-A: 1\n',
            dataMode: 'raw',
            rawModeData: '{"a":1}',
          },
          {
            id: '2',
            name: 'two',
            method: 'POST',
            url: 'https://a.example/2',
            dataMode: 'params',
            data: [{ key: 'a', value: 'b' }],
          },
          { id: '3', name: 'three', method: 'GET', url: '{{unknown}}/3' },
        ],
      }),
    );
    expect(document).toMatchObject({ format: 'postman-1.0', title: 'Old' });
    expect(document.operations).toMatchObject([
      { key: 'POST /2', tags: [], body: { media: [{ contentType: 'multipart/form-data' }] } },
      {
        key: 'POST /1',
        tags: ['F'],
        parameters: [{ name: 'X-A' }],
        body: { media: [{ examples: [{ a: 1 }] }] },
      },
      { key: 'GET /3', servers: [] },
    ]);
  });
});

describe('what stands in the list of a query is sent as it is', () => {
  const read = async (url: unknown): Promise<unknown[]> => {
    const { operations } = await readText(
      JSON.stringify({
        info: { name: 'n', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
        item: [{ name: 'one', request: { method: 'GET', url } }],
      }),
    );
    const [one] = operations;
    return [
      one?.path,
      one?.parameters.map(({ examples }) => examples[0]),
      one?.sentQuery?.map(({ text }) => text),
    ];
  };

  test.each<[string, unknown, unknown[]]>([
    [
      'encoded or not',
      {
        raw: 'https://a.example/x',
        query: [
          { key: 'n', value: '%E4%B8%AD' },
          { key: 'q', value: '(a)+OR+b&c' },
        ],
      },
      ['/x', ['中', '(a) OR b&c'], ['n=%E4%B8%AD', 'q=(a)+OR+b%26c']],
    ],
    [
      'flags and empty values too',
      {
        raw: 'https://a.example/x?f&e=',
        query: [
          { key: 'f', value: null },
          { key: 'e', value: '' },
          { key: 'off', value: '1', disabled: true },
        ],
      },
      ['/x', [undefined, undefined, 1], ['f', 'e=']],
    ],
    [
      'a variable of the path as well',
      { raw: 'https://a.example/:k/t', path: [':k', 't'], variable: [{ key: 'k', value: 'a%2Fb' }] },
      ['/{k}/t', ['a/b'], undefined],
    ],
    [
      'a variable before an ending',
      { raw: 'https://a.example/t/:id.json', variable: [{ key: 'id', value: '12' }] },
      ['/t/{id}.json', [12], undefined],
    ],
    [
      'a variable that is all of its segment',
      { raw: 'https://a.example/t/:id.json', variable: [{ key: 'id.json', value: '12.json' }] },
      ['/t/{id.json}', ['12.json'], undefined],
    ],
  ])('%s', async (_, url, expected) => {
    expect(await read(url)).toEqual(expected);
  });
});
