import { describe, expect, test } from 'vitest';
import { readText } from '../../../../test/support/scan.ts';
import type { Operation } from '../../../model/document.ts';
import { formatProblem } from '../../../messages/in-language.ts';

/** The operation of a document that has one, from the YAML of its path item. */
async function operationOf(pathItem: string, rest = ''): Promise<Operation> {
  const text = `openapi: 3.1.0\n${rest}\npaths:\n  /orders/{id}:\n${pathItem.replaceAll(/^/gm, '    ')}`;
  const [operation] = (await readText(text)).operations;
  if (operation === undefined) throw new Error('no operation');
  return operation;
}

describe('an OpenAPI document', () => {
  test.each([
    ['"3.0.3"', 'openapi-3.0', 'openapi-3.0'],
    ['3.0', 'openapi-3.0', 'openapi-3.0'],
    ['3.1.0', 'openapi-3.1', '2020-12'],
    ['3.2.0', 'openapi-3.2', '2020-12'],
    ['3.1.0\njsonSchemaDialect: http://json-schema.org/draft-07/schema#', 'openapi-3.1', 'draft-07'],
    ['3.1.0\njsonSchemaDialect: http://json-schema.org/draft-04/schema#', 'openapi-3.1', 'draft-04'],
  ])('of version %s is told from others', async (version, format, dialect) => {
    expect(
      await readText(`openapi: ${version}\ninfo: { title: Orders, version: 1.2 }\ncomponents: {}`),
    ).toEqual({
      format,
      dialect,
      title: 'Orders',
      version: '1.2',
      operations: [],
      securitySchemes: {},
      schemas: {},
      problems: [],
    });
  });

  test('yields an operation for every method of every path, but none for webhooks and callbacks', async () => {
    const document = await readText(`
openapi: 3.2.0
paths:
  orders:
    get: {}
    POST: { callbacks: { paid: { '{$url}': { post: {} } } } }
    query: {}
    additionalOperations: { PURGE: {}, 'not a token': {} }
    x-get: {}
  x-internal: { get: {} }
webhooks: { paid: { post: {} } }`);
    expect(document.operations.map(({ key, pointer }) => [key, pointer])).toEqual([
      ['GET /orders', '/paths/orders/get'],
      ['POST /orders', '/paths/orders/POST'],
      ['QUERY /orders', '/paths/orders/query'],
      ['PURGE /orders', '/paths/orders/additionalOperations/PURGE'],
    ]);
  });

  test('numbers operations that differ only behind their path', async () => {
    const document = await readText(
      'openapi: 3.0.0\npaths:\n  /?a=1: {get: {}}\n  /?a={b}: {get: {}}\n  /#x: {get: {}}',
    );
    expect(document.operations.map(({ key, parameters }) => [key, parameters])).toEqual([
      ['GET /', [{ name: 'a', in: 'query', required: true, schema: { type: 'string' }, examples: ['1'] }]],
      ['GET / #2', [{ name: 'a', in: 'query', required: true, schema: { type: 'string' }, examples: [] }]],
      ['GET / #3', []],
    ]);
  });

  test('keeps what an operation says about itself', async () => {
    const operation = await operationOf(`
summary: of the path
x-owner: team
get:
  operationId: getOrder
  tags: [orders, 1]
  deprecated: true
  x-patrol: { safe: true }`);
    expect(operation).toEqual({
      key: 'GET /orders/{id}',
      method: 'GET',
      path: '/orders/{id}',
      operationId: 'getOrder',
      summary: 'of the path',
      tags: ['orders'],
      deprecated: true,
      servers: [],
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' }, examples: [] }],
      responses: [],
      extensions: { 'x-owner': 'team', 'x-patrol': { safe: true } },
      pointer: '/paths/~1orders~1{id}/get',
    });
  });

  test.each([
    ['the document', '', '', ['https://root']],
    ['the path', 'servers: [{url: https://path}]', '', ['https://path']],
    [
      'the operation',
      'servers: [{url: https://path}]',
      'servers: [{url: /v1}, {url: "https://{host}/", variables: {host: {default: own}}}]',
      ['/v1', 'https://own/'],
    ],
  ])('has the servers of %s', async (_, ofPath, ofOperation, urls) => {
    const operation = await operationOf(
      `${ofPath}\nget:\n  summary: x\n  ${ofOperation}`,
      'servers: [{url: https://root}]',
    );
    expect(operation.servers.map(({ url }) => url)).toEqual(urls);
  });

  test.each([
    ['openapi: 3.1.0\nservers: [{url: /v1}]', 'get: {}'],
    ['swagger: "2.0"\nhost: other.internal\nbasePath: /v1', 'get: {}'],
  ])('whose paths are whole addresses has the server and the path of these: %s', async (head, methods) => {
    const { operations } = await readText(
      `${head}\npaths:\n  http://orders.internal:8000/api/users/{id}/: { ${methods} }\n  /plain: { ${methods} }`,
    );
    expect(operations[0]).toMatchObject({
      key: 'GET /api/users/{id}/',
      servers: [{ url: 'http://orders.internal:8000' }],
      parameters: [{ name: 'id', in: 'path' }],
    });
    expect(operations[1]?.servers).not.toMatchObject([{ url: 'http://orders.internal:8000' }]);
  });

  test('names its servers and fills in their variables', async () => {
    const operation = await operationOf(
      'get: {}',
      `
servers:
  - url: '{scheme}://api.{env}.example.com/{left}'
    description: Live
    variables: { scheme: { default: https }, env: { enum: [prod, test] } }
  - { url: https://b, name: b, description: B }
  - { url: '' }`,
    );
    expect(operation.servers).toEqual([
      { url: 'https://api.prod.example.com/{left}', name: 'Live' },
      { url: 'https://b', name: 'b' },
    ]);
  });

  test('merges parameters of path and operation and follows their references', async () => {
    const operation = await operationOf(
      `
parameters:
  - { name: id, in: path, schema: { type: integer }, example: 7 }
  - { name: page, in: query, schema: { type: integer, example: 1 } }
get:
  parameters:
    - { name: page, in: query, required: true, schema: { $ref: '#/components/schemas/Page' } }
    - $ref: '#/components/parameters/Sort'
      description: overridden
    - { name: Accept, in: header, schema: {} }
    - { name: gone, in: path, schema: {} }
    - { in: query }`,
      `components:
  schemas: { Page: { type: integer, examples: [2, 3] } }
  parameters:
    Sort: { name: sort, in: query, style: form, explode: false, allowReserved: true, description: x, schema: {type: array}, examples: { a: { value: [up] }, b: { $ref: '#/components/examples/Down' }, c: { externalValue: x } } }
  examples: { Down: { dataValue: [down] } }`,
    );
    expect(operation.parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'integer' }, examples: [7] },
      {
        name: 'page',
        in: 'query',
        required: true,
        schema: { $ref: '#/components/schemas/Page' },
        examples: [2, 3],
      },
      {
        name: 'sort',
        in: 'query',
        required: false,
        schema: { type: 'array' },
        examples: [['up'], ['down']],
        description: 'overridden',
        style: 'form',
        explode: false,
        allowReserved: true,
      },
    ]);
  });

  test('reads a parameter that is serialized as a media type, and a whole query string', async () => {
    const operation = await operationOf(`
get:
  parameters:
    - { name: id, in: path, schema: { type: string } }
    - { name: filter, in: query, content: { 'application/json; v=1': { schema: { type: object }, example: { a: 1 } } } }
    - in: querystring
      required: true
      content: { application/x-www-form-urlencoded: { schema: { properties: { q: { type: string }, n: {} }, required: [q] }, example: { q: tea } } }
    - in: querystring
      name: other
      content: { application/json: {} }`);
    expect(operation.parameters.slice(1)).toEqual([
      {
        name: 'filter',
        in: 'query',
        required: false,
        schema: { type: 'object' },
        examples: [{ a: 1 }],
        contentType: 'application/json',
      },
      { name: 'q', in: 'query', required: true, schema: { type: 'string' }, examples: ['tea'] },
      { name: 'n', in: 'query', required: false, schema: {}, examples: [] },
    ]);
  });

  test.each([
    ['/a/{id}', '/a/{id}'],
    ['/a/{+id}', '/a/{id}'],
    ['/a/{id*}', '/a/{id}'],
    ['/a/{id=shelves/*}', '/a/{id}'],
    ['/a/:id', '/a/{id}'],
    ['/a/:id/{x}', '/a/{id}/{x}'],
    ['/a/${id}', '/a/{id}'],
    ['/a/<int:id>', '/a/{id}'],
    ['/a/{id:[0-9]{4}}', '/a/{id}'],
    ['/a/{id:\\d?}/x', '/a/{id}/x'],
    ['/a/{id}{?page,size}', '/a/{id}'],
    ['/a/:id.json', '/a/{id}.json'],
    ['/a/*id', '/a/{id}'],
    ['/a/b:archive', '/a/b:archive'],
  ])('reads the template %s', async (written, path) => {
    const text = `openapi: 3.0.0\npaths:\n  '${written}':\n    get: { parameters: [{ name: id, in: path, schema: { type: string } }] }`;
    const [operation] = (await readText(text)).operations;
    expect(operation?.path).toBe(path);
    expect(operation?.parameters.map(({ name }) => name).toSorted()).toEqual(
      [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').toSorted(),
    );
  });

  test.each([
    ['/apps/:id', '/apps/{id}', ['id integer']],
    ['/apps/:id/config/:type', '/apps/{id}/config/{type}', ['id string', 'type string']],
  ])(
    'reads %s, whose parameter is described by another name or not at all',
    async (written, path, expected) => {
      const text = `openapi: 3.0.0\npaths:\n  '${written}':\n    get: { parameters: [{ name: appId, in: path, schema: { type: integer } }] }`;
      const [operation] = (await readText(text)).operations;
      expect(operation?.path).toBe(path);
      expect(
        operation?.parameters.map(({ name, schema }) => `${name} ${String(Object(schema).type)}`),
      ).toEqual(expected);
    },
  );

  test('takes an example of JSON that was written as a text for what it stands for', async () => {
    const document = await readText(`openapi: 3.0.3
paths:
  /orders:
    get:
      responses:
        200:
          description: x
          content:
            application/json: { schema: { type: object }, example: '{"id": 1, /* one */ }' }
        201:
          description: x
          content:
            application/json: { schema: { type: string }, example: '{"id": 1}' }
            text/plain: { example: '{"id": 1}' }
            application/problem+json: { example: '{id' }`);
    const shown = document.operations[0]?.responses.flatMap(({ media }) =>
      media.map(({ examples }) => examples[0]),
    );
    expect(shown).toEqual([{ id: 1 }, '{"id": 1}', '{"id": 1}', '{id']);
  });

  test('reads bodies and responses with their media types, schemas and examples', async () => {
    const operation = await operationOf(
      `
post:
  requestBody: { $ref: '#/components/requestBodies/Order' }
  responses:
    200:
      description: fine
      content:
        Application/JSON;charset=utf-8: { schema: { $ref: '#/components/schemas/Order' }, examples: { a: { value: { id: 1 } }, b: 5 } }
        text/event-stream: { itemSchema: {} }
    4xx: { description: wrong }
    default: { $ref: '#/components/responses/Missing' }
    x-note: {}`,
      `components:
  requestBodies: { Order: { required: true, content: { application/json: { schema: { type: object }, examples: [{ a: 1 }], example: { b: 2 } } } } }
  schemas: { Order: { type: object, example: { id: 2 } } }`,
    );
    expect(operation.body).toEqual({
      required: true,
      media: [
        { contentType: 'application/json', schema: { type: 'object' }, examples: [{ b: 2 }, { a: 1 }] },
      ],
    });
    expect(operation.responses).toEqual([
      {
        status: '200',
        description: 'fine',
        media: [
          {
            contentType: 'application/json',
            schema: { $ref: '#/components/schemas/Order' },
            examples: [{ id: 1 }, 5, { id: 2 }],
          },
          { contentType: 'text/event-stream', examples: [] },
        ],
      },
      { status: '4XX', description: 'wrong', media: [] },
      { status: 'default', media: [] },
    ]);
  });

  test('knows who may call', async () => {
    const document = await readText(`
openapi: 3.1.0
security: [{ bearer: [] }]
paths:
  /a: { get: {} }
  /b: { get: { security: [] } }
  /c: { get: { security: [{ key: [], oauth: [read, 1] }, {}] } }
components:
  securitySchemes:
    bearer: { type: http, scheme: Bearer, description: JWT }
    basic: { type: http, scheme: basic }
    digest: { type: http, scheme: digest }
    hoba: { type: http, scheme: hoba }
    key: { type: apiKey, in: cookie, name: sid }
    aws: { type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: awsSigv4 }
    oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: https://t, scopes: { read: x } }, implicit: {} } }
    oidc: { type: openIdConnect, openIdConnectUrl: https://d }
    tls: { type: mutualTLS }
    odd: { type: magic }
    none: 5`);
    expect(document.operations.map(({ security }) => security)).toEqual([
      [{ bearer: [] }],
      [],
      [{ key: [], oauth: ['read'] }, {}],
    ]);
    expect(document.securitySchemes).toEqual({
      bearer: { kind: 'bearer', description: 'JWT' },
      basic: { kind: 'basic' },
      digest: { kind: 'digest' },
      hoba: { kind: 'other' },
      key: { kind: 'apiKey', in: 'cookie', parameterName: 'sid' },
      aws: { kind: 'awsSigV4' },
      oauth: {
        kind: 'oauth2',
        flows: ['clientCredentials', 'implicit'],
        tokenUrls: { clientCredentials: 'https://t' },
        scopes: ['read'],
      },
      oidc: { kind: 'openIdConnect', discoveryUrl: 'https://d' },
      tls: { kind: 'mutualTls' },
      odd: { kind: 'other' },
    });
  });

  test('takes an Authorization header that is declared as a parameter for what it is', async () => {
    const header = '{ name: authorization, in: header, required: true, schema: { type: string } }';
    const document = await readText(`
openapi: 3.1.0
paths:
  /a: { get: { parameters: [${header}] } }
  /b: { get: { parameters: [${header}], security: [] } }`);
    expect(document.operations.map(({ parameters, security }) => [parameters, security])).toEqual([
      [[], [{ 'header Authorization': [] }]],
      [[], []],
    ]);
    expect(document.securitySchemes).toEqual({
      'header Authorization': { kind: 'apiKey', in: 'header', parameterName: 'Authorization' },
    });
  });

  test.each([
    'paths: 5',
    'paths: [1]',
    'paths: {/a: 7}',
    'paths: {/a: {get: 7}}',
    'paths: {/a: {get: {parameters: {x: 1}, responses: [1], tags: 3, servers: 4, security: 5, requestBody: 6}}}',
    'components: 1',
    'info: x\nservers: [1, {url: 2}]',
  ])('of the wrong shape (%s) is read as far as it goes', async (text) => {
    const document = await readText(`openapi: 3.1.0\n${text}\n`);
    expect(document.operations.length).toBeLessThanOrEqual(1);
  });
});

describe('references', () => {
  test('stay references: only what operations reach is kept, under the name by which they call it', async () => {
    const document = await readText(`
openapi: 3.1.0
paths:
  /a: { get: { responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/Node' } } } } } } }
components:
  schemas:
    Node: { properties: { next: { $ref: '#/components/schemas/Node' }, name: { $ref: '#/components/schemas/A%20b~1c' } } }
    A b/c: { type: string, default: { $ref: data } }
    Unused: {}`);
    expect(document.schemas).toEqual({
      '#/components/schemas/Node': {
        properties: {
          next: { $ref: '#/components/schemas/Node' },
          name: { $ref: '#/components/schemas/A%20b~1c' },
        },
      },
      '#/components/schemas/A%20b~1c': { type: 'string', default: { $ref: 'data' } },
    });
    expect(document.problems).toEqual([]);
  });

  test('lead into other files, back, and in circles', async () => {
    const document = await readText(
      `
openapi: 3.1.0
paths:
  $ref: paths.yaml
components: { schemas: { Local: { type: string } } }`,
      {
        'paths.yaml': `
/a:
  parameters: [{ $ref: 'shared/parameters.yaml#/Page' }]
  get: { responses: { default: { content: { application/json: { schema: { $ref: shared/order.yaml } } } } } }`,
        'shared/parameters.yaml':
          'Page: { name: page, in: query, schema: { $ref: "../api.yaml#/components/schemas/Local" } }',
        'shared/order.yaml': `
properties:
  self: { $ref: '#' }
  line: { $ref: 'lines.yaml#/Line' }
  local: { $ref: '../api.yaml#/components/schemas/Local' }
discriminator: { mapping: { a: 'lines.yaml#/Line', b: Plain } }`,
        'shared/lines.yaml':
          'Line: { properties: { order: { $ref: order.yaml }, tag: { $ref: "#/Tag" } } }\nTag: { enum: [x] }',
      },
    );
    expect(document.problems).toEqual([]);
    expect(document.operations[0]).toMatchObject({
      pointer: '/~1a/get',
      parameters: [{ name: 'page', schema: { $ref: '#/components/schemas/Local' } }],
      responses: [{ media: [{ schema: { $ref: 'shared/order.yaml#' } }] }],
    });
    expect(document.schemas).toEqual({
      '#/components/schemas/Local': { type: 'string' },
      'shared/order.yaml#': {
        properties: {
          self: { $ref: 'shared/order.yaml#' },
          line: { $ref: 'shared/lines.yaml#/Line' },
          local: { $ref: '#/components/schemas/Local' },
        },
        discriminator: { mapping: { a: 'shared/lines.yaml#/Line', b: 'Plain' } },
      },
      'shared/lines.yaml#/Line': {
        properties: { order: { $ref: 'shared/order.yaml#' }, tag: { $ref: 'shared/lines.yaml#/Tag' } },
      },
      'shared/lines.yaml#/Tag': { enum: ['x'] },
    });
  });

  test('lead to the kinds of a value: by name, and to the heirs of a parent', async () => {
    const document = await readText(`
openapi: 3.0.3
paths:
  /a: { get: { responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } } } }
components:
  schemas:
    Pet: { properties: { k: { type: string }, b: { $ref: '#/components/schemas/Box' } }, discriminator: { propertyName: k } }
    Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { type: object }] }
    Lion: { allOf: [{ $ref: '#/components/schemas/Cat' }] }
    Box: { oneOf: [{ type: object }], discriminator: { propertyName: k, mapping: { big: My.Big, none: Nobody } } }
    My.Big: { type: object }
    Other: { type: object }`);
    expect(document.problems).toEqual([]);
    expect(Object.keys(document.schemas).toSorted()).toEqual(
      ['Box', 'Cat', 'Lion', 'My.Big', 'Pet'].map((name) => `#/components/schemas/${name}`),
    );
    expect(document.schemas['#/components/schemas/Box']).toMatchObject({
      discriminator: { mapping: { big: '#/components/schemas/My.Big', none: 'Nobody' } },
    });
  });

  test('of an array are no list in OpenAPI 3.0', async () => {
    const schema = '{ type: array, items: [{ type: string }, { type: integer }] }';
    const text = (version: string): string =>
      `openapi: ${version}\npaths: { /a: { get: { responses: { 200: { content: { application/json: { schema: ${schema} } } } } } } }`;
    const { problems } = await readText(text('3.0.3'));
    expect(problems.map(formatProblem)).toEqual([
      'api.yaml:2:97 /paths/~1a/get/responses/200/content/application~1json/schema/items: is a list of schemas, where one was expected: what the array holds is not judged\n  → Give one schema, or `oneOf` of them.',
    ]);
    expect((await readText(text('3.1.0'))).problems).toEqual([]);
  });

  test('may use anchors, identifiers and names alone', async () => {
    const document = await readText(`
openapi: 3.1.0
paths:
  /a:
    get:
      parameters:
        - { name: a, in: query, schema: { $ref: '#node' } }
        - { name: b, in: query, schema: { $ref: 'https://example.com/tree' } }
        - { name: c, in: query, schema: { $ref: Named } }
components:
  schemas:
    Tree: { $id: https://example.com/tree, $dynamicAnchor: node, items: { $dynamicRef: '#node' } }
    Named: { type: string }`);
    expect(document.problems).toEqual([]);
    expect(document.operations[0]?.parameters.map(({ schema }) => schema)).toEqual([
      { $ref: '#/components/schemas/Tree' },
      { $ref: '#/components/schemas/Tree' },
      { $ref: '#/components/schemas/Named' },
    ]);
    expect(document.schemas['#/components/schemas/Tree']).toEqual({
      items: { $ref: '#/components/schemas/Tree' },
    });
  });

  test('may mean the document by its `$self` and a schema by the `$id` around them', async () => {
    const document = await readText(`
openapi: 3.2.0
$self: https://example.com/api.yaml
paths:
  /a:
    get:
      parameters:
        - { $ref: 'https://example.com/api.yaml#/components/parameters/Q' }
        - { $ref: 'https://example.com/api.yaml#/components/parameters/None' }
components:
  parameters: { Q: { name: q, in: query, schema: { $ref: 'https://example.com/tree' } } }
  schemas:
    Tree: { $id: https://example.com/tree, items: { $ref: '#/$defs/leaf' }, $defs: { leaf: { type: string } } }`);
    expect(document.problems).toMatchObject([
      { code: 'ref-not-found', pointer: '/paths/~1a/get/parameters/1' },
    ]);
    expect(document.schemas).toMatchObject({
      '#/components/schemas/Tree': { items: { $ref: '#/components/schemas/Tree/$defs/leaf' } },
      '#/components/schemas/Tree/$defs/leaf': { type: 'string' },
    });
  });

  test('that lead nowhere are reported once each and accept everything', async () => {
    const document = await readText(
      `
openapi: 3.1.0
paths:
  /a: { $ref: '#/x/a' }
  /b:
    get:
      parameters:
        - { $ref: '#/components/parameters/None' }
        - { name: q, in: query, schema: { $ref: '#/components/schemas/None', type: string } }
        - { name: r, in: query, schema: { $ref: 'gone.yaml#/A' } }
        - { name: s, in: query, schema: { $ref: '#nowhere' } }
x: { a: { $ref: '#/x/b' }, b: { $ref: '#/x/a' } }`,
    );
    expect(
      document.operations.map(({ key, parameters }) => [key, parameters.map(({ schema }) => schema)]),
    ).toEqual([['GET /b', [{ type: 'string' }, {}, {}]]]);
    expect(document.problems.map(formatProblem)).toEqual([
      'api.yaml:4:9 /paths/~1a: refers to itself in a circle',
      'api.yaml:8:13 /paths/~1b/get/parameters/0: refers to "#/components/parameters/None", which does not exist',
      'api.yaml:9:43 /paths/~1b/get/parameters/1/schema: refers to "#/components/schemas/None", which does not exist',
      'api.yaml:10:43 /paths/~1b/get/parameters/2/schema: refers to "gone.yaml#/A": gone.yaml does not exist',
      'api.yaml:11:43 /paths/~1b/get/parameters/3/schema: refers to "#nowhere", which does not exist',
    ]);
  });

  test('may pass through references', async () => {
    const document = await readText(`
openapi: 3.1.0
paths:
  /a: { get: { parameters: [{ name: q, in: query, schema: { $ref: '#/components/responses/Ok/content/text~1plain/schema' } }] } }
components:
  responses: { Ok: { $ref: '#/components/responses/Real' }, Real: { content: { text/plain: { schema: { maxLength: 3 } } } } }`);
    expect(document.problems).toEqual([]);
    expect(Object.values(document.schemas)).toEqual([{ maxLength: 3 }]);
  });

  test('do not follow what is data', async () => {
    const document = await readText(`
openapi: 3.1.0
paths:
  /a: { get: { parameters: [{ name: q, in: query, example: { $ref: other.yaml }, schema: { properties: { default: { $ref: '#/components/schemas/A' }, $id: { type: string } } } }] } }
components: { schemas: { A: { const: { $ref: '#/nowhere' } } } }`);
    expect(document.problems).toEqual([]);
    expect(document.operations[0]?.parameters[0]).toMatchObject({
      examples: [{ $ref: 'other.yaml' }],
      schema: { properties: { default: { $ref: '#/components/schemas/A' }, $id: { type: 'string' } } },
    });
  });
});
