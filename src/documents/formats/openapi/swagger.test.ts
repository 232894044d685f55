import { describe, expect, test } from 'vitest';
import { readText } from '../../../../test/support/scan.ts';
import type { Operation } from '../../../model/document.ts';
import { formatProblem } from '../../../messages/in-language.ts';

async function operationOf(operation: string, rest = '', uri = 'api.yaml'): Promise<Operation> {
  const text = `swagger: "2.0"\n${rest}\npaths:\n  /orders/{id}:\n    post:\n${operation.replaceAll(/^/gm, '      ')}`;
  const [found] = (await readText(text, {}, uri)).operations;
  if (found === undefined) throw new Error('no operation');
  return found;
}

describe('a Swagger 2 document', () => {
  test('is read in the words of OpenAPI 3', async () => {
    const document = await readText(`
swagger: 2.0
info: { title: Orders, version: "1" }
securityDefinitions:
  basic: { type: basic }
  key: { type: apiKey, in: query, name: k }
  app: { type: oauth2, flow: application, tokenUrl: https://t, scopes: { read: x } }
  code: { type: oauth2, flow: accessCode, authorizationUrl: https://a, tokenUrl: https://t }
paths:
  /a: { get: { tags: [x], operationId: a, summary: s, deprecated: true, security: [{ key: [] }], x-a: 1 }, x-b: 2 }
definitions: { Unused: {} }`);
    expect(document).toEqual({
      format: 'swagger-2.0',
      dialect: 'swagger-2.0',
      title: 'Orders',
      version: '1',
      operations: [
        {
          key: 'GET /a',
          method: 'GET',
          path: '/a',
          operationId: 'a',
          summary: 's',
          tags: ['x'],
          deprecated: true,
          servers: [],
          parameters: [],
          responses: [],
          security: [{ key: [] }],
          extensions: { 'x-a': 1, 'x-b': 2 },
          pointer: '/paths/~1a/get',
        },
      ],
      securitySchemes: {
        basic: { kind: 'basic' },
        key: { kind: 'apiKey', in: 'query', parameterName: 'k' },
        app: {
          kind: 'oauth2',
          flows: ['clientCredentials'],
          tokenUrls: { clientCredentials: 'https://t' },
          scopes: ['read'],
        },
        code: {
          kind: 'oauth2',
          flows: ['authorizationCode'],
          tokenUrls: { authorizationCode: 'https://t' },
          scopes: [],
        },
      },
      schemas: {},
      problems: [],
    });
  });

  test.each([
    ['no host', '', [], 'api.yaml'],
    ['a base path alone', 'basePath: v1', ['/v1'], 'api.yaml'],
    ['a host without schemes', 'host: a.example\nbasePath: /v1', ['https://a.example/v1'], 'api.yaml'],
    ['an address', 'host: 10.0.0.5:8080\nbasePath: api', ['http://10.0.0.5:8080/api'], 'api.yaml'],
    [
      'a host that is a URL without schemes',
      'host: http://a.example',
      ['http://a.example'],
      'https://d.example/a',
    ],
    ['this machine', 'host: localhost:8080', ['http://localhost:8080'], 'api.yaml'],
    ['the scheme of its own URL', 'host: a.example', ['http://a.example'], 'http://docs.example/api.yaml'],
    [
      'several schemes',
      'host: a.example\nschemes: [http, wss, https]',
      ['https://a.example', 'http://a.example'],
      'api.yaml',
    ],
    ['a host that is a URL', 'host: https://a.example/\nschemes: [https]', ['https://a.example'], 'api.yaml'],
  ])('has its servers from %s', async (_, rest, urls, uri) => {
    expect((await operationOf('summary: x', rest, uri)).servers.map(({ url }) => url)).toEqual(urls);
  });

  test('has the type of a parameter in the parameter', async () => {
    const { parameters } = await operationOf(
      `
parameters:
  - { name: id, in: path, type: integer, format: int64, minimum: 1, x-example: 9, description: d }
  - { $ref: '#/parameters/Page' }
  - { name: plain, in: query, schema: { type: string } }
  - { name: X-Trace, in: header, type: string, required: true, example: t }
  - { name: Content-Type, in: header, type: string }
  - { in: query }`,
      'parameters: { Page: { name: page, in: query, type: string, enum: [a], default: a, allowEmptyValue: true } }',
    );
    expect(parameters).toEqual([
      {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'integer', format: 'int64', minimum: 1 },
        examples: [9],
        description: 'd',
      },
      {
        name: 'page',
        in: 'query',
        required: false,
        schema: { type: 'string', enum: ['a'], default: 'a' },
        examples: [],
      },
      { name: 'plain', in: 'query', required: false, schema: { type: 'string' }, examples: [] },
      {
        name: 'X-Trace',
        in: 'header',
        required: true,
        schema: { type: 'string', example: 't' },
        examples: ['t'],
      },
    ]);
  });

  test.each([
    ['query', '', { style: 'form', explode: false }],
    ['header', ', collectionFormat: csv', { style: 'simple', explode: false }],
    ['query', ', collectionFormat: multi', { style: 'form', explode: true }],
    ['query', ', collectionFormat: ssv', { style: 'spaceDelimited', explode: false }],
    ['query', ', collectionFormat: pipes', { style: 'pipeDelimited', explode: false }],
    ['query', ', collectionFormat: tsv', { style: 'tabDelimited', explode: false }],
  ])('serializes a list in the %s%s', async (place, format, expected) => {
    const text = `parameters:\n  - { name: l, in: ${place}, type: array, items: { type: string }${format} }`;
    const { parameters } = await operationOf(text);
    expect(parameters.find(({ name }) => name === 'l')).toMatchObject(expected);
  });

  test('has a body of the types that it consumes', async () => {
    const text =
      "parameters:\n  - { name: b, in: body, required: true, schema: { $ref: '#/definitions/Order' } }";
    const rest = 'consumes: [application/xml]\ndefinitions: { Order: { type: object, example: { a: 1 } } }';
    const media = (contentType: string) => ({
      contentType,
      schema: { $ref: '#/definitions/Order' },
      examples: [{ a: 1 }],
    });
    expect((await operationOf(text, rest)).body).toEqual({
      required: true,
      media: [media('application/xml')],
    });
    expect(
      (await operationOf(`consumes: [application/json; charset=utf-8, 1]\n${text}`, rest)).body?.media,
    ).toEqual([media('application/json')]);
    expect((await operationOf(text, rest.replace(/^.*\n/, ''))).body?.media).toEqual([
      media('application/json'),
    ]);
  });

  test.each([
    ['', '', 'application/x-www-form-urlencoded'],
    ['', '{ name: f, in: formData, type: file, required: true }', 'multipart/form-data'],
    ['consumes: [multipart/form-data, application/json]', '', 'multipart/form-data'],
  ])('has a form (%s %s)', async (consumes, file, contentType) => {
    const fields = ['{ name: a, in: formData, type: integer }', file].filter((field) => field !== '');
    const { body } = await operationOf(`${consumes}\nparameters: [${fields.join(', ')}]`);
    const hasFile = file !== '';
    expect(body).toEqual({
      required: hasFile,
      media: [
        {
          contentType,
          schema: {
            type: 'object',
            properties: {
              a: { type: 'integer' },
              ...(hasFile ? { f: { type: 'string', format: 'binary' } } : {}),
            },
            required: hasFile ? ['f'] : [],
          },
          examples: [],
        },
      ],
    });
  });

  test('has answers of the types that it produces', async () => {
    const { responses } = await operationOf(
      `
produces: [application/json, text/csv]
responses:
  200: { description: ok, schema: { $ref: '#/definitions/A' }, examples: { Application/JSON: { a: 2 } } }
  201: { schema: { type: file } }
  400: { $ref: '#/responses/Bad' }
  404: { description: gone }
  500: 7
  x-note: {}`,
      'definitions: { A: { example: { a: 1 } } }\nresponses: { Bad: { examples: { application/problem+json: { e: 1 } } } }',
    );
    const schema = { $ref: '#/definitions/A' };
    expect(responses).toEqual([
      {
        status: '200',
        description: 'ok',
        media: [
          { contentType: 'application/json', schema, examples: [{ a: 2 }, { a: 1 }] },
          { contentType: 'text/csv', schema, examples: [{ a: 1 }] },
        ],
      },
      {
        status: '201',
        media: [
          { contentType: 'application/json', examples: [] },
          { contentType: 'text/csv', examples: [] },
        ],
      },
      { status: '400', media: [{ contentType: 'application/problem+json', examples: [{ e: 1 }] }] },
      { status: '404', description: 'gone', media: [] },
      { status: '500', media: [] },
    ]);
  });

  test('answers JSON or bytes where it does not say what', async () => {
    const { responses } = await operationOf(
      'responses: { 200: { schema: { type: object } }, 201: { schema: { type: file } } }',
    );
    expect(responses.map(({ media }) => media)).toEqual([
      [{ contentType: '*/*', schema: { type: 'object' }, examples: [] }],
      [{ contentType: 'application/octet-stream', examples: [] }],
    ]);
  });

  test('takes a declared Authorization header for the sign-in', async () => {
    const text = 'parameters: [{ name: Authorization, in: header, type: string, required: true }]';
    expect(await operationOf(text)).toMatchObject({
      parameters: [{ name: 'id' }],
      security: [{ 'header Authorization': [] }],
    });
  });

  test('has discriminators in the form of OpenAPI 3', async () => {
    const document = await readText(
      `swagger: "2.0"
paths: { /a: { get: { responses: { 200: { schema: { $ref: "#/definitions/Pet" } } } } } }
definitions: { Pet: { discriminator: kind, properties: { kind: { type: string } } }, Cat: { allOf: [{ $ref: "#/definitions/Pet" }] } }`,
    );
    expect(document.schemas).toMatchObject({
      '#/definitions/Pet': { discriminator: { propertyName: 'kind' } },
      '#/definitions/Cat': {},
    });
  });

  test('reports what it cannot read', async () => {
    const document = await readText(
      'swagger: "2.0"\npaths: { /a: { get: { parameters: [{ in: path }, { in: body }, { $ref: "#/x" }], responses: { 200: { schema: { $ref: "#/definitions/A" } } } } } }',
    );
    expect(document.problems.map(formatProblem)).toEqual([
      'api.yaml:2:66 /paths/~1a/get/parameters/2: refers to "#/x", which does not exist',
      'api.yaml:2:36 /paths/~1a/get/parameters/0: has no name or no place (`in`)',
      'api.yaml:2:112 /paths/~1a/get/responses/200/schema: refers to "#/definitions/A", which does not exist',
    ]);
  });
});
