import { expect, test } from 'vitest';
import { readText } from '../../../../test/support/scan.ts';

test('resources and actions with parameters, bodies, attributes', async () => {
  const document = await readText(
    `FORMAT: 1A
HOST: https://api.example.com/v1

# Shop

# Group Orders

## Order [/orders/{id}{?expand,page}]

+ Parameters
    + id: 7 (number, required) - The id
    + expand (optional) - What to take in
        + Default: \`lines\`
        + Members
            + \`lines\`
            + \`payments\`
    + page (optional, number, \`1\`) ... The page

+ Attributes (object)
    + id: 7 (number, required)
    + lines (array[Line])

### Get an Order [GET]

+ Request
    + Headers

            Authorization: Bearer hidden

+ Response 200 (application/json)
    + Attributes (Order)

+ Response 404

### Change it [PATCH]

+ Request (application/json)

        { "note": "x" }

+ Response 200 (application/json; charset=utf-8)

    + Body

            {
              "id": 7,
              "tags": ["a"]
            }

## Create an Order [POST /orders]

+ Request (application/json)
    + Attributes
        + sku: A1 (string, required)
        + Include Audit

+ Response 201

# Data Structures

## Line (object)
+ sku: A1 (string)
+ size (enum[string])

## Audit
+ by (string)
+ inner
    + deep: 1 (number)
`,
    {},
    'shop.apib',
  );
  expect(JSON.stringify(document)).not.toContain('hidden');
  expect(document).toEqual({
    format: 'api-blueprint',
    title: 'Shop',
    dialect: '2020-12',
    problems: [],
    securitySchemes: { bearer: { kind: 'bearer' } },
    schemas: {
      '#/mson/Order': {
        type: 'object',
        properties: { id: { type: 'number' }, lines: { type: 'array', items: { $ref: '#/mson/Line' } } },
        required: ['id'],
      },
      '#/mson/Line': { type: 'object', properties: { sku: { type: 'string' }, size: {} } },
      '#/mson/Audit': {
        type: 'object',
        properties: {
          by: { type: 'string' },
          inner: { type: 'object', properties: { deep: { type: 'number' } } },
        },
      },
    },
    operations: [
      {
        key: 'GET /orders/{id}',
        method: 'GET',
        path: '/orders/{id}',
        summary: 'Get an Order',
        tags: ['Orders'],
        deprecated: false,
        servers: [{ url: 'https://api.example.com/v1' }],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            schema: { type: 'number' },
            examples: [7],
            description: 'The id',
          },
          {
            name: 'expand',
            in: 'query',
            required: false,
            schema: { type: 'string', enum: ['lines', 'payments'], default: 'lines' },
            examples: [],
            description: 'What to take in',
          },
          {
            name: 'page',
            in: 'query',
            required: false,
            schema: { type: 'number' },
            examples: [1],
            description: 'The page',
          },
        ],
        responses: [
          {
            status: '200',
            media: [{ contentType: 'application/json', schema: { $ref: '#/mson/Order' }, examples: [] }],
          },
          { status: '404', media: [] },
        ],
        security: [{ bearer: [] }],
        extensions: {},
        pointer: 'line 23',
      },
      {
        key: 'PATCH /orders/{id}',
        method: 'PATCH',
        path: '/orders/{id}',
        summary: 'Change it',
        tags: ['Orders'],
        deprecated: false,
        servers: [{ url: 'https://api.example.com/v1' }],
        parameters: expect.any(Array),
        body: {
          required: true,
          media: [
            {
              contentType: 'application/json',
              schema: {
                type: 'object',
                properties: { note: { type: ['string', 'null'] } },
              },
              examples: [{ note: 'x' }],
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
                    id: { type: ['number', 'null'] },
                    tags: { type: ['array', 'null'], items: { type: ['string', 'null'] } },
                  },
                },
                examples: [{ id: 7, tags: ['a'] }],
              },
            ],
          },
        ],
        extensions: {},
        pointer: 'line 35',
      },
      {
        key: 'POST /orders',
        method: 'POST',
        path: '/orders',
        summary: 'Create an Order',
        tags: ['Orders'],
        deprecated: false,
        servers: [{ url: 'https://api.example.com/v1' }],
        parameters: [],
        body: {
          required: true,
          media: [
            {
              contentType: 'application/json',
              schema: {
                allOf: [
                  { $ref: '#/mson/Audit' },
                  { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] },
                ],
              },
              examples: [],
            },
          ],
        },
        responses: [{ status: '201', media: [] }],
        extensions: {},
        pointer: 'line 50',
      },
    ],
  });
});

test.each([
  [
    'a method and URI as heading',
    '# GET /message\n+ Response 200 (text/plain)\n\n        Hello\n',
    ['GET /message'],
  ],
  [
    'a URI as heading, methods below',
    '# /message\n## GET\n+ Response 200\n## PUT\n+ Response 204\n',
    ['GET /message', 'PUT /message'],
  ],
  [
    'an action with a URI of its own',
    '# Tasks [/tasks{?a}]\n## One [GET /task/{id}]\n+ Response 200\n',
    ['GET /task/{id}'],
  ],
  [
    'reserved expansion',
    '# Files [/files/{+path}{#part}]\n## Get [GET]\n+ Response 200\n',
    ['GET /files/{path}{part}'],
  ],
  ['nothing below a heading without a URI', '# Group A\n## Get [GET]\n+ Response 200\n', []],
  ['headings in code', '# A [/a]\n## Get [GET]\n```\n# B [GET /b]\n```\n+ Response 200\n', ['GET /a']],
])('%s', async (_, text, expected) => {
  const { operations } = await readText(`FORMAT: 1A\n\n${text}`, {}, 'a.apib');
  expect(operations.map(({ key }) => key)).toEqual(expected);
});

test('a schema in the document is the promise; a fenced body is its example', async () => {
  const { operations } = await readText(
    'FORMAT: 1A\n# A [/a]\n## Get [GET]\n+ Response 200 (application/json)\n    + Body\n\n        ```json\n        {"a": 1}\n        ```\n\n    + Schema\n\n            {"type": "object"}\n',
    {},
    'a.apib',
  );
  expect(operations[0]?.responses).toEqual([
    {
      status: '200',
      media: [{ contentType: 'application/json', schema: { type: 'object' }, examples: [{ a: 1 }] }],
    },
  ]);
});

test("a resource's model stands for its answers", async () => {
  const { operations } = await readText(
    'FORMAT: 1A\n# Gist [/gists/{id}]\n+ Attributes\n    + id (string)\n+ Model (application/json)\n\n        {"id": "1"}\n\n## Get [GET]\n+ Response 200\n\n    [Gist][]\n',
    {},
    'a.apib',
  );
  expect(operations[0]?.responses).toEqual([{ status: '200', media: [] }]);
});

test('a payload without a type is JSON when it looks like it, and "Data Structures" is no title', async () => {
  const document = await readText(
    'FORMAT: 1A\n\n# Data Structures\n\n## Note (object)\n+ id: 1 (number)\n\n# Notes [/notes]\n\n## List [GET]\n\n+ Response 200\n\n        [{"id": 1}]\n',
  );
  expect(document.title).not.toBe('Data Structures');
  expect(document.operations[0]?.responses[0]?.media).toMatchObject([
    { contentType: 'application/json', examples: [[{ id: 1 }]] },
  ]);
});
