import { expect, test } from 'vitest';
import { readText } from '../../../../test/support/scan.ts';

function archive(...entries: readonly unknown[]): string {
  return JSON.stringify({
    log: { version: '1.2', pages: [{ title: 'https://shop.example.com/cart?x=1' }], entries },
  });
}

function entry(
  request: Readonly<Record<string, unknown>>,
  response: Readonly<Record<string, unknown>> = {},
): unknown {
  return { request: { headers: [], ...request }, response };
}

test('a recorded call becomes an operation that promises the recorded answer, without its secrets', async () => {
  const document = await readText(
    archive(
      entry(
        {
          method: 'get',
          url: 'https://shop.example.com/api/orders/7?page=2&access_token=hidden1&q=a%20b#top',
          headers: [
            { name: 'Authorization', value: 'Bearer hidden2' },
            { name: 'Cookie', value: 'sid=hidden3' },
            { name: 'User-Agent', value: 'Mozilla' },
            { name: ':authority', value: 'shop.example.com' },
            { name: 'X-Tenant', value: 't1' },
          ],
          queryString: [{ name: 'page', value: '2' }],
        },
        {
          status: 200,
          content: {
            mimeType: 'application/json; charset=utf-8',
            text: '{"id":7,"note":null,"session":{"token":"hidden4"},"lines":[{"sku":"a"},{"sku":"b","qty":1}]}',
          },
        },
      ),
    ),
  );
  expect(JSON.stringify(document)).not.toContain('hidden');
  expect(document).toEqual({
    format: 'har',
    title: 'https://shop.example.com/cart',
    dialect: '2020-12',
    schemas: {},
    problems: [],
    securitySchemes: {
      bearer: { kind: 'bearer' },
      'apiKey query access_token': { kind: 'apiKey', in: 'query', parameterName: 'access_token' },
    },
    operations: [
      {
        key: 'GET /api/orders/7',
        method: 'GET',
        path: '/api/orders/7',
        tags: [],
        deprecated: false,
        servers: [{ url: 'https://shop.example.com', isWhole: true }],
        parameters: [
          { name: 'page', in: 'query', required: true, schema: { type: 'integer' }, examples: [2] },
          { name: 'q', in: 'query', required: true, schema: { type: 'string' }, examples: ['a b'] },
          { name: 'X-Tenant', in: 'header', required: true, schema: { type: 'string' }, examples: ['t1'] },
        ],
        responses: [
          {
            status: '200',
            media: [
              {
                contentType: 'application/json',
                schema: {
                  type: 'object',
                  properties: {
                    id: { type: ['number', 'null'] },
                    note: {},
                    session: {
                      type: ['object', 'null'],
                      properties: { token: { type: ['string', 'null'] } },
                    },
                    lines: {
                      type: ['array', 'null'],
                      items: {
                        type: ['object', 'null'],
                        properties: { sku: { type: ['string', 'null'] }, qty: { type: ['number', 'null'] } },
                        'x-usual': ['sku'],
                      },
                    },
                  },
                },
                examples: [{ id: 7, note: null, session: {}, lines: [{ sku: 'a' }, { sku: 'b', qty: 1 }] }],
              },
            ],
          },
        ],
        security: [{ bearer: [], 'apiKey query access_token': [] }],
        extensions: {},
        pointer: '/log/entries/0',
      },
    ],
  });
});

test('calls of one method and URL are one operation: what not every call had is optional', async () => {
  const { operations } = await readText(
    archive(
      entry(
        { method: 'GET', url: 'https://a.example.com/x?page=1&sort=asc' },
        { status: 200, content: { mimeType: 'application/json', text: '{"a":1}' } },
      ),
      entry(
        { method: 'GET', url: 'https://a.example.com/x?page=2' },
        { status: 200, content: { mimeType: 'application/json', text: '{"a":2,"b":"x"}' } },
      ),
      entry({
        method: 'POST',
        url: 'https://a.example.com/x',
        postData: { mimeType: 'application/json', text: '{"name":"n","password":"p"}' },
      }),
      entry({ method: 'GET', url: 'https://b.example.com/x' }),
    ),
  );
  expect(operations.map(({ key, servers }) => [key, servers[0]?.url])).toEqual([
    ['GET /x', 'https://a.example.com'],
    ['POST /x', 'https://a.example.com'],
    ['GET /x #2', 'https://b.example.com'],
  ]);
  expect(operations[0]?.parameters).toEqual([
    { name: 'page', in: 'query', required: true, schema: { type: 'integer' }, examples: [1, 2] },
    { name: 'sort', in: 'query', required: false, schema: { type: 'string' }, examples: ['asc'] },
  ]);
  expect(operations[0]?.responses[0]?.media[0]?.schema).toEqual({
    type: 'object',
    properties: { a: { type: ['number', 'null'] }, b: { type: ['string', 'null'] } },
    'x-usual': ['a'],
  });
  expect(operations[1]?.body).toEqual({
    required: true,
    media: [
      {
        contentType: 'application/json',
        schema: {
          type: 'object',
          properties: { name: { type: ['string', 'null'] }, password: { type: ['string', 'null'] } },
        },
        examples: [{ name: 'n' }],
      },
    ],
  });
});

test('forms, files and encoded answers are understood', async () => {
  const { operations } = await readText(
    archive(
      entry({
        method: 'POST',
        url: 'https://a.example.com/form',
        postData: { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'a', value: '1' }] },
      }),
      entry({
        method: 'POST',
        url: 'https://a.example.com/file',
        postData: { mimeType: 'multipart/form-data', params: [{ name: 'f', fileName: 'x.png' }] },
      }),
      entry(
        { method: 'GET', url: 'https://a.example.com/b64' },
        {
          status: 200,
          content: {
            mimeType: 'application/json',
            encoding: 'base64',
            text: Buffer.from('[1]').toString('base64'),
          },
        },
      ),
    ),
  );
  expect(operations.map(({ body, responses }) => [body?.media[0], responses[0]?.media[0]?.examples])).toEqual(
    [
      [
        {
          contentType: 'application/x-www-form-urlencoded',
          schema: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
          examples: [{ a: '1' }],
        },
        undefined,
      ],
      [
        {
          contentType: 'multipart/form-data',
          schema: {
            type: 'object',
            properties: { f: { type: 'string', format: 'binary' } },
            required: ['f'],
          },
          examples: [],
        },
        undefined,
      ],
      [undefined, [[1]]],
    ],
  );
});

test('what a page loads to look right is offered but not called, what is no HTTP left out', async () => {
  const { operations, problems } = await readText(
    archive(
      {
        ...(entry({ method: 'GET', url: 'https://a.example.com/app.js' }) as object),
        _resourceType: 'script',
      },
      entry(
        { method: 'GET', url: 'https://a.example.com/logo.png' },
        { status: 200, content: { mimeType: 'image/png' } },
      ),
      entry({ method: 'GET', url: 'data:image/png;base64,AAAA' }),
    ),
  );
  expect(operations.map(({ path, extensions }) => [path, extensions])).toEqual([
    ['/app.js', { 'x-patrol': { skip: 'an asset of a page' } }],
    ['/logo.png', { 'x-patrol': { skip: 'an asset of a page' } }],
  ]);
  expect(problems.map(({ code }) => code)).toEqual(['not-http']);
});

test('calls of other sites than that of the page are left out, and the reader is told', async () => {
  const document = await readText(
    archive(
      entry({ method: 'GET', url: 'https://api.example.com/orders' }),
      entry({ method: 'GET', url: 'https://stats.tracker.net/collect?x=1' }),
      entry({ method: 'POST', url: 'https://stats.tracker.net/collect' }),
      entry({ method: 'GET', url: 'http://10.0.0.7:8080/users' }),
    ),
  );
  expect(document.operations.map(({ key }) => key)).toEqual(['GET /orders', 'GET /users']);
  expect(document.problems).toMatchObject([
    { code: 'foreign-host', message: '2 recorded calls of other sites than example.com are left out' },
  ]);
});

test('a query goes out as it was recorded, without the flags that only some calls had', async () => {
  const call = (url: string): ReturnType<typeof entry> => entry({ method: 'GET', url });
  const { operations } = await readText(
    archive(
      call('https://a.example.com/x?q=a+b&flag&all'),
      call('https://a.example.com/x?all&q=c'),
      call('https://a.example.com/%2Fy/%e4?n=1'),
    ),
  );
  expect(operations.map(({ path, sentQuery }) => [path, sentQuery])).toEqual([
    [
      '/x',
      [
        { name: 'q', text: 'q=a+b' },
        { name: 'all', text: 'all' },
      ],
    ],
    ['/%2Fy/%e4', undefined],
  ]);
});

test('what a browser was told about its copy (304) is not promised to who has none', async () => {
  const url = 'https://a.example.com/dict';
  const notModified = { status: 304, content: { mimeType: 'application/json' } };
  const { operations } = await readText(
    archive(
      entry({ method: 'GET', url, headers: [{ name: 'If-None-Match', value: '"7"' }] }, notModified),
      entry({ method: 'GET', url: `${url}/levels` }, notModified),
      entry({ method: 'GET', url: `${url}/levels` }, { status: 200, content: {} }),
    ),
  );
  expect(operations.map(({ responses }) => responses.map(({ status }) => status))).toEqual([[], ['200']]);
});
