import { expect, test } from 'vitest';
import { readText } from '../../../../test/support/scan.ts';

const collection = JSON.stringify({ version: '1', name: 'Shop', type: 'collection' });

test('a collection is one document: requests, folders, inherited auth, environments as servers', async () => {
  const document = await readText(
    collection,
    {
      'environments/prod.bru':
        'vars {\n  host: https://example.com\n  orderId: 7\n  token: hidden\n}\nvars:secret [\n  token\n]\n',
      'environments/test.bru': 'vars {\n  host: https://test.example.com\n}\n',
      'collection.bru':
        "headers {\n  X-Tenant: t1\n  @description('''\n    several\n    lines\n  ''')\n  token: {{token}}\n}\n\nauth {\n  mode: bearer\n}\n\nauth:bearer {\n  token: hidden\n}\n",
      'orders/folder.bru': 'meta {\n  name: Orders\n}\n\nheaders {\n  X-Tenant: t2\n}\n',
      'orders/get order.bru':
        'meta {\n  name: Get order\n  type: http\n  seq: 1\n}\n\nget {\n  url: {{host}}/orders/:id?expand=lines\n  body: none\n  auth: inherit\n}\n\nparams:query {\n  expand: lines\n  ~debug: 1\n}\n\nparams:path {\n  id: {{orderId}}\n}\n\nscript:pre-request {\n  const x = { a: 1 };\n}\n',
      'orders/create.bru':
        'meta {\n  name: Create\n  type: http\n}\n\npost {\n  url: {{host}}/orders\n  body: json\n  auth: basic\n}\n\nbody:json {\n  {\n    "sku": "a",\n    "lines": [\n      { "n": 1 }\n    ]\n  }\n}\n',
      'live.bru': 'meta {\n  name: Live\n  type: ws\n}\n\nws {\n  url: ws://x\n}\n',
    },
    'bruno.json',
  );
  expect(JSON.stringify(document)).not.toContain('hidden');
  expect(document).toEqual({
    format: 'bruno',
    title: 'Shop',
    dialect: '2020-12',
    schemas: {},
    securitySchemes: {
      bearer: { kind: 'bearer' },
      basic: { kind: 'basic' },
      'apiKey header token': { kind: 'apiKey', in: 'header', parameterName: 'token' },
    },
    problems: [
      {
        level: 'info',
        code: 'scripts-ignored',
        message: 'scripts of 1 request are not run',
        file: 'bruno.json',
      },
      {
        level: 'info',
        code: 'not-http',
        message: '1 request is not plain HTTP (WebSocket, gRPC …) and is left out',
        file: 'bruno.json',
      },
    ],
    operations: [
      {
        key: 'GET /orders/{id}',
        method: 'GET',
        path: '/orders/{id}',
        summary: 'Get order',
        tags: ['orders'],
        deprecated: false,
        servers: [
          { url: 'https://example.com', name: 'prod' },
          { url: 'https://test.example.com', name: 'test' },
        ],
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'integer' }, examples: [7] },
          { name: 'expand', in: 'query', required: true, schema: { type: 'string' }, examples: ['lines'] },
          { name: 'debug', in: 'query', required: false, schema: { type: 'integer' }, examples: [1] },
          { name: 'X-Tenant', in: 'header', required: true, schema: { type: 'string' }, examples: ['t2'] },
        ],
        responses: [],
        security: [{ bearer: [], 'apiKey header token': [] }],
        extensions: {},
        pointer: 'orders/get order.bru line 7',
      },
      {
        key: 'POST /orders',
        method: 'POST',
        path: '/orders',
        summary: 'Create',
        tags: ['orders'],
        deprecated: false,
        servers: [
          { url: 'https://example.com', name: 'prod' },
          { url: 'https://test.example.com', name: 'test' },
        ],
        parameters: [
          { name: 'X-Tenant', in: 'header', required: true, schema: { type: 'string' }, examples: ['t2'] },
        ],
        body: {
          required: true,
          media: [
            {
              contentType: 'application/json',
              schema: {
                type: 'object',
                properties: {
                  sku: { type: ['string', 'null'] },
                  lines: {
                    type: ['array', 'null'],
                    items: {
                      type: ['object', 'null'],
                      properties: { n: { type: ['number', 'null'] } },
                    },
                  },
                },
              },
              examples: [{ sku: 'a', lines: [{ n: 1 }] }],
            },
          ],
        },
        responses: [],
        security: [{ basic: [], 'apiKey header token': [] }],
        extensions: {},
        pointer: 'orders/create.bru line 6',
      },
    ],
  });
});

async function one(file: string): Promise<unknown> {
  const { operations } = await readText(collection, { 'a.bru': file }, 'bruno.json');
  const [operation] = operations;
  return {
    media: operation?.body?.media[0],
    security: operation?.security,
    query: operation?.parameters.map(({ name }) => name),
  };
}

test.each([
  ['body: xml', 'body:xml {\n  <a/>\n}', { contentType: 'application/xml', examples: ['<a/>'] }],
  ['body: text', 'body:text {\n  hi\n}', { contentType: 'text/plain', examples: ['hi'] }],
  [
    'body: formUrlEncoded',
    "body:form-urlencoded {\n  a: 1\n  ~b: 2\n  c: '''\n    long\n    text\n  '''\n}",
    {
      contentType: 'application/x-www-form-urlencoded',
      schema: {
        type: 'object',
        properties: { a: { type: 'string' }, c: { type: 'string' } },
        required: ['a', 'c'],
      },
      examples: [{ a: '1', c: 'long\ntext' }],
    },
  ],
  [
    'body: multipartForm',
    'body:multipart-form {\n  a: 1 @contentType(text/plain)\n  f: @file(x.png)\n}',
    {
      contentType: 'multipart/form-data',
      schema: {
        type: 'object',
        properties: { a: { type: 'string' }, f: { type: 'string', format: 'binary' } },
        required: ['a', 'f'],
      },
      examples: [],
    },
  ],
  [
    'body: json',
    'body:json {\n  {"id": {{id}}}\n}',
    {
      contentType: 'application/json',
      schema: { type: 'object', properties: { id: {} } },
      examples: [],
    },
  ],
  ['body: file', '', undefined],
  ['body: none', 'body:json {\n  {}\n}', undefined],
])('%s', async (setting, block, expected) => {
  const file = `meta {\n  name: A\n}\n\npost {\n  url: https://a.example.com/x\n  ${setting}\n}\n\n${block}\n`;
  expect(await one(file)).toMatchObject({ media: expected });
});

test('a GraphQL body is sent as JSON', async () => {
  const file =
    'post {\n  url: https://a.example.com/graphql\n  body: graphql\n}\n\nbody:graphql {\n  { a }\n}\n';
  expect(await one(file)).toMatchObject({
    media: { contentType: 'application/json', examples: [{ query: '{ a }' }] },
  });
});

test.each([
  ['auth: digest', '', [{ digest: [] }]],
  ['auth: awsv4', '', [{ awsSigV4: [] }]],
  ['auth: ntlm', '', [{ other: [] }]],
  ['auth: none', '', undefined],
  ['auth: inherit', '', undefined],
  [
    'auth: apikey',
    'auth:apikey {\n  key: k\n  value: v\n  placement: queryparams\n}',
    [{ 'apiKey query k': [] }],
  ],
  [
    'auth: oauth2',
    'auth:oauth2 {\n  grant_type: client_credentials\n  access_token_url: https://s.example.com/t\n}',
    [{ oauth2: [] }],
  ],
])('%s', async (setting, block, expected) => {
  const file = `http {\n  method: PURGE\n  url: https://a.example.com/x\n  ${setting}\n}\n\n${block}\n`;
  expect(await one(file)).toMatchObject({ security: expected });
});

test('a file that cannot be read is a problem, the others are read', async () => {
  const { problems, operations } = await readText(
    collection,
    { '../outside.bru': '', 'gone.bru': 'get {\n  url: /x\n}\n' },
    'bruno.json',
  );
  expect([problems.length, operations.map(({ key }) => key)]).toEqual([0, ['GET /x']]);
});

test('an environment wins over the collection, a folder and a request over both', async () => {
  const document = await readText(
    collection,
    {
      'collection.bru': 'vars:pre-request {\n  host: http://local.test\n  a: 1\n  b: 1\n  c: 1\n}\n',
      'environments/prod.bru': 'vars {\n  host: https://prod.test\n  b: 2\n  c: 2\n}\n',
      'x/folder.bru': 'vars:pre-request {\n  c: 3\n}\n',
      'x/get.bru':
        'meta {\n  name: x\n  type: http\n}\n\nget {\n  url: {{host}}/x?a={{a}}&b={{b}}&c={{c}}\n}\n',
    },
    'bruno.json',
  );
  const [operation] = document.operations;
  expect(operation?.servers).toEqual([{ url: 'https://prod.test', name: 'prod' }]);
  expect(operation?.parameters.map(({ examples }) => examples[0])).toEqual([1, 2, 3]);
});
