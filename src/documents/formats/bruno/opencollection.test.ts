import { describe, expect, it } from 'vitest';
import { readText } from '../../../../test/support/scan.ts';
import type { ReadDocument } from '../format.ts';

const files = {
  'environments/prod.yml':
    'name: prod\nvariables:\n  - name: host\n    value: https://shop.test/api\n  - { name: orderId, value: { type: number, data: "7" } }\n  - { secret: true, name: token }\n  - { name: access_token, value: hidden }\n',
  'environments/test.yml':
    'name: test\nvariables:\n  - { name: host, value: "https://test.shop.test/api" }\n',
  'orders/folder.yml':
    'info: { name: Orders, type: folder }\nrequest:\n  headers: [{ name: X-Tenant, value: t2 }]\n  variables: [{ name: page, value: "3" }]\n',
  'orders/get order.yml': `info:
  name: Get order
  type: http
  seq: 1
http:
  method: GET
  url: "{{host}}/orders/:id?expand=lines&note={{access_token}}"
  params:
    - { name: expand, value: lines, type: query }
    - { name: page, value: "{{page}}", type: query }
    - { name: debug, value: "1", type: query, disabled: true }
    - { name: id, value: "{{orderId}}", type: path }
  auth: inherit
runtime:
  scripts: [{ type: before-request, code: "const x = 1;" }]
examples:
  - name: found
    response:
      status: 200
      headers: [{ name: Content-Type, value: application/json }]
      body: { type: json, data: '{"id": 7}' }
`,
  'orders/create.yml': `info: { name: Create, type: http }
http:
  method: post
  url: "{{host}}/orders"
  body:
    - { title: small, body: { type: json, data: '{"sku": "a"}' } }
    - { title: large, selected: true, body: { type: json, data: '{"sku": "b"}' } }
  auth: { type: basic, username: u, password: hidden }
`,
  'query.yml':
    'info: { name: Query, type: graphql }\ngraphql:\n  url: "{{host}}/graphql"\n  body: { query: "{ orders { id } }" }\n  auth: { type: none }\n',
  'live.yml': 'info: { name: Live, type: websocket }\nwebsocket: { url: "wss://x" }\n',
  'compose.yml': 'services: { db: { image: postgres } }\n',
};
const collection = `opencollection: 1.0.0
info: { name: Shop }
request:
  headers: [{ name: X-Tenant, value: t1 }]
  variables: [{ name: host, value: / }, { name: page, value: "1" }]
  auth: { type: apikey, key: X-Key, value: hidden, placement: header }
bundled: false
`;

/** `GET https://… query=… header=… auth` for each operation. */
function calls({ operations }: ReadDocument): readonly string[] {
  return operations.map(({ method, path, servers, parameters, security, body }) =>
    [
      method,
      servers.map(({ url, name }) => (name === undefined ? url : `${name} ${url}`)).join(' or '),
      path,
      ...parameters.map(
        ({ in: place, name, examples }) =>
          `${place}:${name}=${examples.map((one) => JSON.stringify(one)).join('|')}`,
      ),
      ...(body?.media.map(({ contentType, examples }) => `${contentType} ${JSON.stringify(examples)}`) ?? []),
      ...(security ?? []).map((one) => `[${Object.keys(one).join()}]`),
    ].join(' '),
  );
}

describe('OpenCollection', () => {
  it('is read from the files beside it: folders, variables, inherited auth, environments as servers', async () => {
    const document = await readText(collection, files, 'opencollection.yml');
    expect(document.title).toBe('Shop');
    expect(JSON.stringify(document)).not.toContain('hidden');
    const servers = 'prod https://shop.test/api or test https://test.shop.test/api';
    expect(calls(document)).toEqual([
      `GET ${servers} /orders/{id} path:id=7 query:expand="lines" query:note= query:page=3 query:debug=1 header:X-Tenant="t2" [apiKey header x-key]`,
      `POST ${servers} /orders header:X-Tenant="t2" application/json [{"sku":"b"}] [basic]`,
      `POST ${servers} /graphql header:X-Tenant="t1" application/json [{"query":"{ orders { id } }"}]`,
    ]);
    expect(document.operations[0]).toMatchObject({
      summary: 'Get order',
      tags: ['orders'],
      responses: [{ status: '200', media: [{ contentType: 'application/json', examples: [{ id: 7 }] }] }],
      pointer: 'orders/get order.yml',
    });
    expect(document.problems.map(({ message }) => message)).toEqual([
      'scripts of 1 request are not run',
      '1 request is not plain HTTP (WebSocket, gRPC …) and is left out',
    ]);
  });

  it('is read from one file that holds everything', async () => {
    const bundled = `opencollection: 1.0.0
info: { name: Shop }
config:
  environments:
    - name: prod
      variables: [{ name: host, value: [{ title: a, value: "https://a.test" }, { title: b, selected: true, value: "https://b.test" }] }]
items:
  - info: { name: Orders, type: folder }
    request: { auth: { type: oauth2, flow: client_credentials, accessTokenUrl: "https://sso.test/token" } }
    items:
      - info: { name: List, type: http }
        http: { method: GET, url: "{{host}}/orders" }
  - info: { name: Send, type: http }
    http: { method: POST, url: "{{host}}/files", body: { type: multipart-form, data: [{ name: f, type: file, value: "./a.txt" }] } }
`;
    const document = await readText(bundled, {}, 'shop.yml');
    expect(calls(document)).toEqual([
      'GET prod https://b.test /orders [oauth2]',
      'POST prod https://b.test /files multipart/form-data []',
    ]);
    expect(document.operations[0]?.tags).toEqual(['Orders']);
  });
});
