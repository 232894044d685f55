import { expect, test } from 'vitest';
import { readText } from '../../../../test/support/scan.ts';

test('requests between separators, with variables, an environment, a body and no secrets', async () => {
  const document = await readText(
    `@tenant = t1
# == Orders ==
### 查询订单
# @name getOrder
< {%
  request.variables.set('x', 1)
%}
GET {{baseUrl}}/orders/{{orderId}}
    ?page=1
    &size=10 HTTP/1.1
Authorization: Bearer {{token}}
#Authorization: Bearer hidden
X-Tenant: {{tenant}}

> {% client.test() %}

###
# 新建订单
POST {{baseUrl}}/orders
Content-Type: application/json

{
  "sku": "a", "secret": "hidden"
}

<> 2024-01-01.json

###
https://other.example.com/health

### Live
WEBSOCKET ws://x
`,
    {
      'http-client.env.json': JSON.stringify({
        dev: { baseUrl: 'http://localhost:8080/api', orderId: 7 },
        prod: { baseUrl: 'https://example.com/api' },
      }),
    },
    'orders.http',
  );
  expect(JSON.stringify(document)).not.toContain('hidden');
  expect(document).toEqual({
    format: 'http-file',
    title: 'orders.http',
    dialect: '2020-12',
    schemas: {},
    securitySchemes: { bearer: { kind: 'bearer' } },
    problems: [
      {
        level: 'info',
        code: 'scripts-ignored',
        message: '1 script before requests is not run',
        file: 'orders.http',
      },
      {
        level: 'info',
        code: 'not-http',
        message: '1 request is not plain HTTP (WebSocket, gRPC …) and is left out',
        file: 'orders.http',
      },
    ],
    operations: [
      {
        key: 'GET /orders/{orderId}',
        method: 'GET',
        path: '/orders/{orderId}',
        summary: '查询订单',
        tags: [],
        deprecated: false,
        servers: [
          { url: 'http://localhost:8080/api', name: 'dev' },
          { url: 'https://example.com/api', name: 'prod' },
        ],
        parameters: [
          { name: 'orderId', in: 'path', required: true, schema: { type: 'integer' }, examples: [7] },
          { name: 'page', in: 'query', required: true, schema: { type: 'integer' }, examples: [1] },
          { name: 'size', in: 'query', required: true, schema: { type: 'integer' }, examples: [10] },
          { name: 'X-Tenant', in: 'header', required: true, schema: { type: 'string' }, examples: ['t1'] },
        ],
        responses: [],
        security: [{ bearer: [] }],
        extensions: {},
        pointer: 'line 8',
      },
      {
        key: 'POST /orders',
        method: 'POST',
        path: '/orders',
        summary: '新建订单',
        tags: [],
        deprecated: false,
        servers: [
          { url: 'http://localhost:8080/api', name: 'dev' },
          { url: 'https://example.com/api', name: 'prod' },
        ],
        parameters: [],
        body: {
          required: true,
          media: [
            {
              contentType: 'application/json',
              schema: {
                type: 'object',
                properties: { sku: { type: ['string', 'null'] }, secret: { type: ['string', 'null'] } },
              },
              examples: [{ sku: 'a' }],
            },
          ],
        },
        responses: [],
        extensions: {},
        pointer: 'line 19',
      },
      {
        key: 'GET /health',
        method: 'GET',
        path: '/health',
        tags: [],
        deprecated: false,
        servers: [{ url: 'https://other.example.com', isWhole: true }],
        parameters: [],
        responses: [],
        extensions: {},
        pointer: 'line 29',
      },
    ],
  });
});

test.each([
  ['one request without a separator', 'GET https://a.example.com/x\n', ['GET /x']],
  ['curl between separators', '### A\ncurl -X PUT https://a.example.com/x\n', ['PUT /x']],
  [
    'a form over several lines',
    '###\nPOST /f\nContent-Type: application/x-www-form-urlencoded\n\na=1\n&b=2\n',
    ['POST /f'],
  ],
  ['a body from a file', '###\nPOST /f\nContent-Type: application/json\n\n< ./body.json\n', ['POST /f']],
  [
    'headings in place of comments',
    '# == 1. 客户 ==\n### 1.1 总量\nGET {{baseUrl}}/a/b?times[0]=2024-01-01 00:00:00&x=1\ntenant-id: {{id}}\n',
    ['GET /a/b'],
  ],
])('%s', async (_, text, expected) => {
  const { operations, format } = await readText(text, {}, 'a.http');
  expect([format, operations.map(({ key }) => key)]).toEqual(['http-file', expected]);
});

test('a value with a space belongs to the URL', async () => {
  const { operations } = await readText(
    '###\nGET /a?times[0]=2024-01-01 00:00:00&x=1 HTTP/1.1\n',
    {},
    'a.http',
  );
  expect(operations[0]?.parameters.map(({ name, examples }) => [name, examples])).toEqual([
    ['times[0]', ['2024-01-01 00:00:00']],
    ['x', [1]],
  ]);
});
