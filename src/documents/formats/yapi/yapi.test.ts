import { expect, test } from 'vitest';
import { readText } from '../../../../test/support/scan.ts';

function schemaText(schema: unknown): string {
  return JSON.stringify({ $schema: 'http://json-schema.org/draft-04/schema#', ...(schema as object) });
}

test('an export becomes operations: parameters, JSON Schema in text, secrets left out', async () => {
  const document = await readText(
    JSON.stringify([
      {
        index: 0,
        name: '订单',
        add_time: 1,
        list: [
          {
            title: '查询订单',
            method: 'GET',
            path: '/orders/:orderId',
            tag: ['公开'],
            status: 'done',
            req_params: [{ name: 'orderId', example: '7', desc: '订单号' }],
            req_query: [
              { name: 'expand', required: '1', example: 'lines', desc: '' },
              { name: 'page', required: '0', example: '1' },
              { name: 'at', required: '1', example: '@date' },
            ],
            req_headers: [
              { name: 'Content-Type', value: 'application/json', required: '1' },
              { name: 'Authorization', value: 'Bearer hidden', required: '1' },
              { name: 'X-Tenant', value: 't1', required: '1' },
            ],
            req_body_type: 'raw',
            res_body_type: 'json',
            res_body_is_json_schema: true,
            res_body: schemaText({
              type: 'object',
              properties: {
                code: { type: 'integer', mock: { mock: '0' } },
                list: { type: 'array', items: { type: 'string', mock: {} } },
              },
              required: ['code'],
            }),
          },
        ],
      },
      { index: 1, name: '空', list: [] },
    ]),
  );
  expect(JSON.stringify(document)).not.toContain('hidden');
  expect(document).toEqual({
    format: 'yapi',
    title: 'api.yaml',
    dialect: 'draft-04',
    schemas: {},
    problems: [],
    securitySchemes: { bearer: { kind: 'bearer' } },
    operations: [
      {
        key: 'GET /orders/{orderId}',
        method: 'GET',
        path: '/orders/{orderId}',
        summary: '查询订单',
        tags: ['订单', '公开'],
        deprecated: false,
        servers: [],
        parameters: [
          {
            name: 'orderId',
            in: 'path',
            required: true,
            schema: { type: 'integer' },
            examples: [7],
            description: '订单号',
          },
          { name: 'expand', in: 'query', required: true, schema: { type: 'string' }, examples: ['lines'] },
          { name: 'page', in: 'query', required: false, schema: { type: 'integer' }, examples: [1] },
          { name: 'at', in: 'query', required: true, schema: { type: 'string' }, examples: [] },
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
                    code: { type: 'integer' },
                    list: { type: 'array', items: { type: 'string' } },
                  },
                  required: ['code'],
                },
                examples: [],
              },
            ],
          },
        ],
        security: [{ bearer: [] }],
        extensions: {},
        pointer: '/0/list/0',
      },
    ],
  });
});

async function one(
  node: Readonly<Record<string, unknown>>,
): Promise<{ body: unknown; responses: unknown; codes: readonly string[] }> {
  const list = [{ title: 'x', method: 'POST', path: '/x', req_headers: [], ...node }];
  const { operations, problems } = await readText(JSON.stringify([{ name: 'c', list }]));
  return {
    body: operations[0]?.body,
    responses: operations[0]?.responses,
    codes: problems.map(({ code }) => code),
  };
}

test('forms, samples and templates of Mock.js', async () => {
  const form = await one({
    req_body_type: 'form',
    req_body_form: [
      { name: 'a', type: 'text', required: '1', example: '1' },
      { name: 'f', type: 'file', required: '0' },
    ],
  });
  expect(form.body).toEqual({
    required: true,
    media: [
      {
        contentType: 'multipart/form-data',
        schema: {
          type: 'object',
          properties: { a: { type: 'string', example: '1' }, f: { type: 'string', format: 'binary' } },
          required: ['a'],
        },
        examples: [],
      },
    ],
  });
  const sample = await one({
    req_body_type: 'json',
    req_body_other: '{ "sku": "a", // 编号\n "qty": 1 }',
    res_body_type: 'json',
    res_body: '{ "code": 0, "list|1-10": [{ "id|+1": 1, "name": "@cname" }] }',
  });
  expect(sample).toEqual({
    body: {
      required: true,
      media: [
        {
          contentType: 'application/json',
          schema: {
            type: 'object',
            properties: { sku: { type: ['string', 'null'] }, qty: { type: ['number', 'null'] } },
          },
          examples: [{ sku: 'a', qty: 1 }],
        },
      ],
    },
    responses: [
      {
        status: '200',
        media: [
          {
            contentType: 'application/json',
            schema: {
              type: 'object',
              properties: {
                code: { type: ['number', 'null'] },
                list: {
                  type: ['array', 'null'],
                  items: {
                    type: ['object', 'null'],
                    properties: { id: { type: ['number', 'null'] }, name: {} },
                  },
                },
              },
            },
            examples: [],
          },
        ],
      },
    ],
    codes: [],
  });
});

test.each([
  ['no body', { req_body_type: 'json', req_body_other: '' }, { body: undefined, responses: [], codes: [] }],
  [
    'a raw body',
    { req_body_type: 'raw', req_body_other: 'hi' },
    {
      body: { required: true, media: [{ contentType: 'text/plain', examples: ['hi'] }] },
      responses: [],
      codes: [],
    },
  ],
  [
    'a file',
    { req_body_type: 'file' },
    {
      body: { required: true, media: [{ contentType: 'application/octet-stream', examples: [] }] },
      responses: [],
      codes: [],
    },
  ],
  [
    'a form without fields',
    { req_body_type: 'form', req_body_form: [] },
    { body: undefined, responses: [], codes: [] },
  ],
  [
    'a raw answer',
    { res_body_type: 'raw', res_body: 'ok' },
    { body: undefined, responses: [{ status: '200', media: [] }], codes: [] },
  ],
  [
    'an answer that is prose',
    { res_body_type: 'json', res_body: 'see wiki' },
    {
      body: undefined,
      responses: [{ status: '200', media: [{ contentType: 'application/json', examples: [] }] }],
      codes: ['sample-unreadable'],
    },
  ],
  [
    'an answer of which nothing but its type is said',
    { res_body_type: 'json', res_body: '' },
    {
      body: undefined,
      responses: [{ status: '2XX', media: [{ contentType: 'application/json', examples: [] }] }],
      codes: [],
    },
  ],
])('%s', async (_, node, expected) => {
  expect(await one(node)).toEqual(expected);
});

test('the answer of its open API for one interface is read too', async () => {
  const node = {
    title: 'x',
    method: 'DELETE',
    path: '/x/{id}',
    req_query: [],
    req_body_type: 'form',
    status: 'undone',
  };
  const { operations } = await readText(JSON.stringify({ errcode: 0, data: node }));
  expect(operations.map(({ key, pointer }) => [key, pointer])).toEqual([['DELETE /x/{id}', '/data']]);
});

test('an export of a new project has no operations', async () => {
  const { format, operations } = await readText(
    JSON.stringify([{ name: '公共分类', add_time: 1, list: [] }]),
  );
  expect([format, operations]).toEqual(['yapi', []]);
});

test('an export says when an interface was last saved, unless that cannot be true', async () => {
  const list = (...times: readonly unknown[]) =>
    times.map((up_time, index) => ({ title: 'x', method: 'GET', path: `/x/${index}`, catid: 1, up_time }));
  const read = async (...times: readonly unknown[]) =>
    (await readText(JSON.stringify([{ name: 'a', add_time: 1, list: list(...times) }]))).lastEdit;
  expect(await read(1_588_578_072, 1_595_493_398, undefined)).toEqual({ at: 1_595_493_398_000 });
  expect(await read()).toBeUndefined();
  expect(await read('yesterday', -1)).toBeUndefined();
  expect(await read(1e30)).toBeUndefined();
});

test('the query that stands in the address chooses what is called and is sent', async () => {
  const path = '/gateway?action=stock.page&page=1&token=hidden';
  const { operations } = await readText(
    JSON.stringify([
      {
        name: '库存',
        list: [
          {
            title: '库存',
            method: 'GET',
            path,
            catid: 1,
            query_path: { path: '/gateway', params: [{ name: 'action', value: 'stock.page' }] },
            req_query: [{ name: 'page', required: '0', example: '2' }],
          },
        ],
      },
    ]),
  );
  expect(JSON.stringify(operations)).not.toContain('hidden');
  expect(operations.map(({ key, parameters }) => [key, parameters])).toEqual([
    [
      'GET /gateway?action=stock.page',
      [
        { name: 'page', in: 'query', required: false, schema: { type: 'integer' }, examples: [2] },
        {
          name: 'action',
          in: 'query',
          required: true,
          schema: { type: 'string', const: 'stock.page' },
          examples: ['stock.page'],
          isFixed: true,
        },
      ],
    ],
  ]);
});

test.each([
  [
    'PHPTOKEN=xxxx',
    { 'apiKey cookie phptoken': { kind: 'apiKey', in: 'cookie', parameterName: 'PHPTOKEN' } },
  ],
  [
    'lang=zh; PHPTOKEN=xxxx',
    { 'apiKey cookie phptoken': { kind: 'apiKey', in: 'cookie', parameterName: 'PHPTOKEN' } },
  ],
  ['lang=zh', {}],
  ['', {}],
])('a cookie that is described as a header signs in by its name: %s', async (value, schemes) => {
  const document = await readText(
    JSON.stringify([
      {
        name: '订单',
        list: [{ title: '订单', method: 'GET', path: '/orders', req_headers: [{ name: 'Cookie', value }] }],
      },
    ]),
  );
  expect(document).toMatchObject({ securitySchemes: schemes });
  expect(Object.keys(document?.operations[0]?.security?.[0] ?? {})).toEqual(Object.keys(schemes));
  expect(JSON.stringify(document)).not.toContain('xxxx');
});
