import { expect, test } from 'vitest';
import type { JsonObject } from '../../model/json.ts';
import { formats } from '../formats/registry.ts';
import { parseData } from './parse.ts';
import { readDocument } from '../read.ts';

const openapi = (path: string, title = 'Orders'): string =>
  `openapi: 3.0.1\ninfo:\n  title: '${title}'\n  version: '1'\npaths:\n  ${path}:\n    get:\n      responses:\n        '200': {description: ''}\n`;

async function operations(text: string): Promise<string[]> {
  const context = {
    load: () => Promise.reject(new Error('no other files')),
    list: () => Promise.resolve([]),
  };
  const raw = { uri: 'page.md', bytes: Buffer.from(text) };
  const read = await readDocument(raw, formats, context, new AbortController().signal);
  return read.kind === 'read' ? read.document.operations.map(({ method, path }) => `${method} ${path}`) : [];
}

function data(text: string): JsonObject {
  const parsed = parseData(text);
  if (parsed.kind !== 'data') throw new Error(parsed.kind);
  return parsed.value as JsonObject;
}

const squeezed = JSON.stringify({ openapi: '3.0.3', info: {}, paths: { '/stock': { get: {} } } });

test.each([
  [
    'below a heading that says so',
    `# List orders\n\n## OpenAPI Specification\n\n\`\`\`yaml\n${openapi('/orders')}\`\`\`\n`,
  ],
  [
    'in JSON, after an id of its own',
    `# List\n\n# OpenAPI definition\n\`\`\`json\n{\n  "_id": "/a.json",\n  "openapi": "3.0.0", "paths": {"/orders": {"get": {}}}}\n\`\`\``,
  ],
  [
    'with file, method and path behind the fence',
    `# List\n\n> All of them.\n\n## Reference\n\n\`\`\`\`yaml api/orders.json get /orders\n${openapi('/orders').replace("''", '"```"')}\n\`\`\`\`\n`,
  ],
  ['squeezed into a line', `# Stock\n\n## How much\n\n> In pieces.\n\n\`\`\`json\n${squeezed}\n\`\`\`\n`],
])('OpenAPI of a page, %s', async (_, text) => {
  expect(await operations(text)).toEqual([text.includes('/stock') ? 'GET /stock' : 'GET /orders']);
});

test.each([
  [
    'an example after words',
    `# Handbook\n\n## OpenAPI Specification\n\nWe write:\n\n\`\`\`yaml\n${openapi('/orders')}\`\`\`\n`,
  ],
  ['an example below another heading', `# Tool\n\n## Usage\n\n\`\`\`yaml\n${openapi('/orders')}\`\`\`\n`],
  ['part of one', '# Tool\n\n## OpenAPI\n\n```yaml\ncomponents:\n  schemas: {}\nopenapi-version: 3\n```\n'],
  ['none that can be read', '# Tool\n\n## OpenAPI\n\n```yaml\nopenapi: 3.0.1\npaths: [\n```\n'],
])('no OpenAPI of a page: %s', (_, text) => {
  expect(parseData(text)).toEqual({ kind: 'text' });
});

test('interfaces in words win against a specification of one of them', async () => {
  const words = ['/a', '/b', '/c', '/d'].map((path) => `### GET ${path}\n\nAnswers.\n`).join('\n');
  const text = `# API\n\n${words}\n## OpenAPI\n\n\`\`\`yaml\n${openapi('/a')}\`\`\`\n`;
  expect(await operations(text)).toEqual(['GET /a', 'GET /b', 'GET /c', 'GET /d']);
});

test('a page gives its title to a document that has none', () => {
  const text = `# Source: https://docs.test/x.md\n\n# List \`orders\`\n\n## OpenAPI\n\n\`\`\`yaml\n${openapi('/orders', '')}\`\`\`\n`;
  expect(data(text)).toMatchObject({ info: { title: 'List orders' } });
});

test('the pages of a site are one document', () => {
  const page = (document: object): string =>
    `# Page\n\n## Do\n\n\`\`\`json\n${JSON.stringify({ openapi: '3.0.3', info: { title: 'T' }, ...document })}\n\`\`\`\n`;
  const text = [
    page({
      servers: [{ url: 'https://a.test' }],
      security: [{ key: [] }],
      paths: { '/a': { get: { summary: 'one' } } },
      components: { schemas: { Same: {}, Other: { type: 'string' } }, securitySchemes: { key: {} } },
    }),
    page({
      servers: [{ url: 'https://b.test' }],
      paths: { '/a': { put: { security: [] }, summary: 'both' } },
      components: { schemas: { Same: {}, Other: { type: 'object' }, New: {} } },
    }),
    page({ components: { schemas: { Alone: {} } } }),
  ].join('\n');
  expect(data(text)).toMatchObject({
    info: { title: 'T' },
    paths: {
      '/a': {
        get: { summary: 'one', servers: [{ url: 'https://a.test' }], security: [{ key: [] }] },
        put: { servers: [{ url: 'https://b.test' }], security: [] },
        summary: 'both',
      },
    },
    components: {
      schemas: {
        Same: {},
        Other: { anyOf: [{ type: 'string' }, { type: 'object' }] },
        New: {},
        Alone: {},
      },
      securitySchemes: { key: {} },
    },
  });
});

test('what Mintlify wrote in its own way is one interface', () => {
  const page = {
    paths: {
      path: '/orders/{id}',
      method: 'post',
      servers: [{ url: 'https://a.test' }],
      request: {
        security: [
          { title: 'key', parameters: { query: {}, header: { 'X-Key': { type: 'apiKey' } }, cookie: {} } },
          { title: 'token', parameters: { header: { Authorization: { type: 'http', scheme: 'bearer' } } } },
        ],
        parameters: {
          path: { id: { schema: [{ type: 'string', required: true }] } },
          query: { size: { schema: [{ type: 'integer', required: false }] } },
        },
        body: {
          'application/json': {
            schemaArray: [
              {
                type: 'object',
                properties: { n: { allOf: [{ type: 'integer' }] } },
                required: true,
                refIdentifier: '#/components/schemas/Order',
                requiredProperties: ['n'],
              },
            ],
          },
        },
      },
      response: {
        '200': { 'application/json': { schemaArray: [{ type: 'object' }, { type: 'array' }] } },
        '404': { '_mintlify/placeholder': { schemaArray: [{ type: 'any' }] } },
      },
    },
    components: { schemas: { Part: {} } },
  };
  const text = `# Order\n\n## OpenAPI\n\n\`\`\`\`yaml api.yaml post /orders/{id}\n${toYaml(page)}\n\`\`\`\`\n`;
  expect(data(text)).toMatchObject({
    servers: [{ url: 'https://a.test' }],
    paths: {
      '/orders/{id}': {
        post: {
          deprecated: false,
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'size', in: 'query', required: false, schema: { type: 'integer' } },
          ],
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: { n: { allOf: [{ type: 'integer' }] } },
                  required: ['n'],
                  title: 'Order',
                },
              },
            },
          },
          responses: {
            '200': {
              content: { 'application/json': { schema: { anyOf: [{ type: 'object' }, { type: 'array' }] } } },
            },
            '404': { content: {} },
          },
          security: [{ 'X-Key': [] }, { Authorization: [] }],
        },
      },
    },
    components: {
      schemas: { Part: {} },
      securitySchemes: {
        'X-Key': { type: 'apiKey', in: 'header', name: 'X-Key' },
        Authorization: { type: 'http', scheme: 'bearer' },
      },
    },
  });
});

/** The first two levels in blocks as Mintlify writes them, the rest in a line. */
function toYaml(page: Record<string, Record<string, unknown>>): string {
  return Object.entries(page)
    .map(([key, node]) => {
      const members = Object.entries(node).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`);
      return [`${key}:`, ...members].join('\n');
    })
    .join('\n');
}
