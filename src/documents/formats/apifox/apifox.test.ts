import { expect, test } from 'vitest';
import { readText } from '../../../../test/support/scan.ts';

function project(items: readonly unknown[], rest: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    apifoxProject: '1.0.0',
    $schema: { app: 'apifox', type: 'project', version: '1.2.0' },
    info: { name: '商城' },
    apiCollection: [{ name: '根目录', items }],
    ...rest,
  });
}

test('a project: folders, environments as servers, schemas by reference, examples', async () => {
  const document = await readText(
    project(
      [
        {
          name: '订单',
          auth: { type: 'bearer', bearer: { token: 'hidden' } },
          items: [
            {
              name: '查询订单',
              api: {
                id: '1',
                method: 'get',
                path: '/orders/{orderId}',
                parameters: {
                  path: [
                    { name: 'orderId', required: true, type: 'integer', example: '7', description: '订单号' },
                  ],
                  query: [
                    { name: 'expand', required: false, type: 'string', example: '{{expand}}' },
                    { name: 'off', enable: false },
                    { name: 'size', required: true, schema: { type: 'integer', maximum: 100 }, example: 10 },
                  ],
                  header: [{ name: 'X-Tenant', required: true, type: 'string', example: 't1' }],
                },
                responses: [
                  {
                    id: '11',
                    name: '成功',
                    code: 200,
                    contentType: 'json',
                    jsonSchema: {
                      type: 'object',
                      properties: {},
                      'x-apifox-orders': ['01'],
                      'x-apifox-refs': { '01': { $ref: '#/definitions/900' } },
                      required: [],
                    },
                  },
                  {
                    id: '12',
                    name: '未找到',
                    code: 404,
                    contentType: 'json',
                    jsonSchema: { type: 'object', properties: {} },
                  },
                ],
                responseExamples: [
                  { responseId: '11', data: '{"id": 7, "token": "hidden"}' },
                  { responseId: '12', data: '{"message": "x"}' },
                ],
                tags: ['公开'],
                status: 'released',
                operationId: 'getOrder',
                serverId: '',
              },
            },
          ],
        },
      ],
      {
        environments: [
          {
            name: '测试',
            baseUrls: { default: '{{scheme}}://test.example.com/api' },
            variables: [{ name: 'scheme', value: 'https' }],
          },
          { name: '正式', baseUrl: 'https://example.com' },
          { name: '本地', baseUrl: '' },
        ],
        schemaCollection: [
          {
            items: [
              {
                name: '订单',
                id: '#/definitions/900',
                schema: {
                  jsonSchema: {
                    type: 'object',
                    properties: {
                      id: { type: 'integer', mock: {} },
                      lines: { type: 'array', items: { $ref: '#/definitions/901' } },
                      lost: { $ref: '#/definitions/1' },
                    },
                    'x-apifox-orders': ['id'],
                  },
                },
              },
              {
                items: [
                  {
                    id: 901,
                    schema: {
                      jsonSchema: { type: 'object', properties: { parent: { $ref: '#/definitions/900' } } },
                    },
                  },
                ],
              },
            ],
          },
        ],
        webSocketCollection: [{ items: [{ name: 'ws' }] }],
      },
    ),
  );
  expect(JSON.stringify(document)).not.toContain('hidden');
  expect(document).toEqual({
    format: 'apifox',
    title: '商城',
    dialect: 'draft-07',
    securitySchemes: { bearer: { kind: 'bearer' } },
    schemas: {
      '#/definitions/900': {
        type: 'object',
        properties: {
          id: { type: 'integer' },
          lines: { type: 'array', items: { $ref: '#/definitions/901' } },
          lost: {},
        },
      },
      '#/definitions/901': { type: 'object', properties: { parent: { $ref: '#/definitions/900' } } },
    },
    problems: [
      {
        level: 'info',
        code: 'not-http',
        message: '1 WebSocket interface is left out',
        file: 'api.yaml',
      },
    ],
    operations: [
      {
        key: 'GET /orders/{orderId}',
        method: 'GET',
        path: '/orders/{orderId}',
        operationId: 'getOrder',
        summary: '查询订单',
        tags: ['公开', '订单'],
        deprecated: false,
        servers: [
          { url: 'https://test.example.com/api', name: '测试' },
          { url: 'https://example.com', name: '正式' },
        ],
        parameters: [
          {
            name: 'orderId',
            in: 'path',
            required: true,
            schema: { type: 'integer' },
            examples: [7],
            description: '订单号',
          },
          { name: 'expand', in: 'query', required: false, schema: { type: 'string' }, examples: [] },
          {
            name: 'size',
            in: 'query',
            required: true,
            schema: { type: 'integer', maximum: 100 },
            examples: [10],
          },
          { name: 'X-Tenant', in: 'header', required: true, schema: { type: 'string' }, examples: ['t1'] },
        ],
        responses: [
          {
            status: '200',
            description: '成功',
            media: [
              {
                contentType: 'application/json',
                schema: { $ref: '#/definitions/900' },
                examples: [{ id: 7 }],
              },
            ],
          },
          {
            status: '404',
            description: '未找到',
            media: [
              {
                contentType: 'application/json',
                schema: {
                  type: 'object',
                  properties: { message: { type: ['string', 'null'] } },
                },
                examples: [{ message: 'x' }],
              },
            ],
          },
        ],
        security: [{ bearer: [] }],
        extensions: {},
        pointer: '/apiCollection/0/items/0/items/0/api',
      },
    ],
  });
});

async function one(api: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { operations } = await readText(
    project([{ name: 'x', api: { method: 'post', path: '/x', ...api } }]),
  );
  return operations[0];
}

test.each([
  [
    'a JSON body',
    {
      type: 'application/json',
      jsonSchema: { type: 'object', properties: { a: { type: 'string' } } },
      example: '{"a": "b"}',
    },
    {
      contentType: 'application/json',
      schema: { type: 'object', properties: { a: { type: 'string' } } },
      examples: [{ a: 'b' }],
    },
  ],
  [
    'examples with variables',
    { type: 'application/json', examples: [{ value: '{"a": {{b}}}' }] },
    { contentType: 'application/json', examples: [] },
  ],
  [
    'a form',
    {
      type: 'multipart/form-data',
      parameters: [
        { name: 'a', required: true, type: 'boolean', example: 'true' },
        { name: 'f', type: 'file' },
        { name: 'off', enable: false },
      ],
    },
    {
      contentType: 'multipart/form-data',
      schema: {
        type: 'object',
        properties: { a: { type: 'boolean' }, f: { type: 'string', format: 'binary' } },
        required: ['a'],
      },
      examples: [{ a: true }],
    },
  ],
])('%s', async (_, requestBody, media) => {
  expect(await one({ requestBody })).toMatchObject({ body: { required: true, media: [media] } });
});

test('objects that take in others keep both', async () => {
  const text = project(
    [
      {
        name: 'x',
        api: {
          method: 'post',
          path: '/x',
          responses: [
            {
              id: 1,
              code: 200,
              contentType: 'json',
              jsonSchema: {
                type: 'object',
                properties: { own: { type: 'string' } },
                'x-apifox-refs': { a: { $ref: '#/definitions/1' }, b: { $ref: '#/definitions/2' } },
              },
            },
          ],
        },
      },
    ],
    {
      schemaCollection: [
        {
          items: [
            {
              id: '#/definitions/1',
              schema: {
                jsonSchema: {
                  allOf: [{ type: 'object', additionalProperties: { mock: 1, type: 'string' } }],
                },
              },
            },
          ],
        },
      ],
    },
  );
  const { operations, schemas } = await readText(text);
  expect(operations[0]?.responses[0]?.media[0]?.schema).toEqual({
    allOf: [{ $ref: '#/definitions/1' }, { type: 'object', properties: { own: { type: 'string' } } }],
  });
  expect(schemas).toEqual({
    '#/definitions/1': { allOf: [{ type: 'object', additionalProperties: { type: 'string' } }] },
  });
});

const page = {
  type: 'object',
  properties: { code: { type: 'integer' }, data: { type: 'string' }, trace: { type: 'string' } },
  required: ['code', 'data', 'trace'],
};

function answering(jsonSchema: object, schema: object = page): string {
  return project(
    [
      {
        name: 'x',
        api: {
          method: 'get',
          path: '/x',
          responses: [{ id: 1, code: 200, contentType: 'json', jsonSchema }],
        },
      },
    ],
    { schemaCollection: [{ items: [{ id: '#/definitions/1', schema: { jsonSchema: schema } }] }] },
  );
}

function taken(overrides: object, more: object = {}): object {
  return {
    type: 'object',
    properties: {},
    'x-apifox-refs': { '01J': { $ref: '#/definitions/1', 'x-apifox-overrides': overrides, ...more } },
  };
}

test.each([
  ['nothing changed', taken({}), { $ref: '#/definitions/1' }],
  [
    'a member changed and one left out',
    taken({ data: { type: 'array', mock: {} }, trace: null }),
    {
      type: 'object',
      properties: { code: { type: 'integer' }, data: { type: 'array' } },
      required: ['code'],
    },
  ],
  [
    'a member changed that must be there',
    taken({ data: { type: 'array' } }, { required: ['data', 'nowhere'] }),
    {
      type: 'object',
      properties: { code: { type: 'integer' }, data: { type: 'array' }, trace: { type: 'string' } },
      required: ['code', 'trace', 'data'],
    },
  ],
])('a schema that is taken in with %s', async (_, jsonSchema, expected) => {
  const { operations } = await readText(answering(jsonSchema));
  expect(operations[0]?.responses[0]?.media[0]?.schema).toEqual(expected);
});

test('the id of what is taken in is no member that must be there', async () => {
  const { operations } = await readText(
    answering({ ...taken({}), properties: { a: {} }, required: ['a', '01J'] }),
  );
  expect(operations[0]?.responses[0]?.media[0]?.schema).toEqual({
    allOf: [{ $ref: '#/definitions/1' }, { type: 'object', properties: { a: {} }, required: ['a'] }],
  });
});

test('schemas that take in themselves, changed, end', async () => {
  const both = {
    a: { $ref: '#/definitions/1', 'x-apifox-overrides': { x: null } },
    b: { $ref: '#/definitions/1', 'x-apifox-overrides': { y: null } },
  };
  const endless = { type: 'object', properties: {}, 'x-apifox-refs': both };
  const { operations } = await readText(answering(taken({ x: null }), endless));
  expect(operations).toHaveLength(1);
});

test.each([
  [{ type: 'basic' }, [{ basic: [] }]],
  [{ type: 'digest' }, [{ digest: [] }]],
  [{ type: 'awsv4' }, [{ awsSigV4: [] }]],
  [{ type: 'oauth2' }, [{ oauth2: [] }]],
  [{ type: 'hawk' }, [{ other: [] }]],
  [{ type: 'noauth' }, undefined],
  [{ type: 'inherit' }, undefined],
  [
    {
      type: 'apikey',
      apikey: [
        { key: 'key', value: 'K' },
        { key: 'in', value: 'query' },
      ],
    },
    [{ 'apiKey query k': [] }],
  ],
  [{ type: 'apikey', apikey: { key: 'K', in: 'header' } }, [{ 'apiKey header k': [] }]],
])('auth %j is read as %j', async (auth, security) => {
  expect(((await one({ auth })) as { security: unknown }).security).toEqual(security);
});

test('the query that stands in the address is sent, what is described beside it once', async () => {
  const api = {
    method: 'get',
    path: '/gateway?action=stock.page&page=1&access_token=hidden',
    parameters: { query: [{ name: 'page', type: 'integer', example: '2' }] },
  };
  const { operations } = await readText(project([{ name: '库存', api }]));
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
