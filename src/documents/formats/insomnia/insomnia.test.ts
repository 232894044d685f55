import { expect, test } from 'vitest';
import { readText } from '../../../../test/support/scan.ts';

test('an export of version 4: folders, environments as servers, variables as examples', async () => {
  const document = await readText(
    JSON.stringify({
      _type: 'export',
      __export_format: 4,
      resources: [
        { _id: 'wrk', _type: 'workspace', name: 'Shop' },
        {
          _id: 'fld',
          _type: 'request_group',
          parentId: 'wrk',
          name: 'Orders',
          authentication: { type: 'bearer', token: 'hidden' },
        },
        {
          _id: 'req',
          _type: 'request',
          parentId: 'fld',
          name: 'Get order',
          method: 'GET',
          url: '{{ _.base_url }}/orders/{{ _.orderId }}',
          parameters: [
            { name: 'expand', value: 'lines' },
            { name: 'debug', value: '1', disabled: true },
          ],
          headers: [{ name: 'X-Tenant', value: '{{ _.tenant }}' }],
        },
        {
          _id: 'req2',
          _type: 'request',
          parentId: 'wrk',
          name: 'Sign in',
          method: 'POST',
          url: 'https://sso.example.com/token',
          body: {
            mimeType: 'application/x-www-form-urlencoded',
            params: [
              { name: 'user', value: 'a' },
              { name: 'password', value: 'hidden' },
            ],
          },
          authentication: { type: 'basic', username: 'u', password: 'hidden' },
          preRequestScript: 'insomnia.test()',
        },
        { _id: 'ws', _type: 'websocket_request', parentId: 'wrk', url: 'ws://x' },
        { _id: 'env', _type: 'environment', parentId: 'wrk', data: { orderId: 7, tenant: 't1' } },
        {
          _id: 'env1',
          _type: 'environment',
          parentId: 'env',
          name: 'staging',
          data: { base_url: 'https://staging.example.com/api/' },
        },
        {
          _id: 'env2',
          _type: 'environment',
          parentId: 'env',
          name: 'production',
          data: { base_url: 'https://example.com/api' },
        },
      ],
    }),
  );
  expect(JSON.stringify(document)).not.toContain('hidden');
  expect(document.operations).toEqual([
    {
      key: 'GET /orders/{orderId}',
      method: 'GET',
      path: '/orders/{orderId}',
      summary: 'Get order',
      tags: ['Orders'],
      deprecated: false,
      servers: [
        { url: 'https://staging.example.com/api', name: 'staging' },
        { url: 'https://example.com/api', name: 'production' },
      ],
      parameters: [
        { name: 'orderId', in: 'path', required: true, schema: { type: 'integer' }, examples: [7] },
        { name: 'expand', in: 'query', required: true, schema: { type: 'string' }, examples: ['lines'] },
        { name: 'debug', in: 'query', required: false, schema: { type: 'integer' }, examples: [1] },
        { name: 'X-Tenant', in: 'header', required: true, schema: { type: 'string' }, examples: ['t1'] },
      ],
      responses: [],
      security: [{ bearer: [] }],
      extensions: {},
      pointer: '/resources/2',
    },
    {
      key: 'POST /token',
      method: 'POST',
      path: '/token',
      summary: 'Sign in',
      tags: [],
      deprecated: false,
      servers: [{ url: 'https://sso.example.com', isWhole: true }],
      parameters: [],
      body: {
        required: true,
        media: [
          {
            contentType: 'application/x-www-form-urlencoded',
            schema: {
              type: 'object',
              properties: { user: { type: 'string' }, password: { type: 'string' } },
              required: ['user', 'password'],
            },
            examples: [{ user: 'a' }],
          },
        ],
      },
      responses: [],
      security: [{ basic: [] }],
      extensions: {},
      pointer: '/resources/3',
    },
  ]);
  expect([document.format, document.title, document.problems.map(({ message }) => message)]).toEqual([
    'insomnia-4',
    'Shop',
    ['scripts of 1 request are not run', '1 request is not plain HTTP (WebSocket, gRPC …) and is left out'],
  ]);
});

test('a file of version 5: a tree in YAML', async () => {
  const document = await readText(`type: collection.insomnia.rest/5.0
name: Weather
collection:
  - name: Forecasts
    children:
      - name: Today
        url: "{{ _.host }}/today/:city?lang={% response 'body' %}"
        method: GET
        pathParameters:
          - { name: city, value: Lyon }
        authentication: { type: apikey, key: X-Key, value: hidden, addTo: header }
        scripts: { preRequest: "x" }
      - name: Live
        url: wss://weather.test/live
  - name: Report
    url: "{{ _.host }}/report"
    method: POST
    body: { mimeType: application/json, text: '{"at": "{{ _.at }}"}' }
    authentication: { type: oauth2, grantType: client_credentials, accessTokenUrl: https://sso.example.com/token }
environments:
  name: Base
  data: { host: https://weather.example.com }
  subEnvironments:
    - name: Staging
      data: { host: https://staging.weather.example.com }
`);
  expect(document.title).toBe('Weather');
  expect(
    document.operations.map(({ key, tags, servers, parameters, security }) => ({
      key,
      tags,
      servers,
      parameters,
      security,
    })),
  ).toEqual([
    {
      key: 'GET /today/{city}',
      tags: ['Forecasts'],
      servers: [{ url: 'https://staging.weather.example.com', name: 'Staging' }],
      parameters: [
        { name: 'city', in: 'path', required: true, schema: { type: 'string' }, examples: ['Lyon'] },
        { name: 'lang', in: 'query', required: true, schema: { type: 'string' }, examples: [] },
      ],
      security: [{ 'apiKey header x-key': [] }],
    },
    {
      key: 'POST /report',
      tags: [],
      servers: [{ url: 'https://staging.weather.example.com', name: 'Staging' }],
      parameters: [],
      security: [{ oauth2: [] }],
    },
  ]);
  expect(document.operations[1]?.body?.media[0]?.examples).toEqual([]);
  expect(document.securitySchemes['oauth2']).toEqual({
    kind: 'oauth2',
    flows: ['clientCredentials'],
    tokenUrls: { clientCredentials: 'https://sso.example.com/token' },
  });
});

test.each([
  [{ type: 'digest' }, [{ digest: [] }]],
  [{ type: 'iam' }, [{ awsSigV4: [] }]],
  [{ type: 'ntlm' }, [{ other: [] }]],
  [{ type: 'none' }, undefined],
  [{ type: 'basic', disabled: true }, undefined],
  [{ type: 'apikey', key: 'k', addTo: 'queryParams' }, [{ 'apiKey query k': [] }]],
  [{ type: 'apikey', key: 'k', addTo: 'cookie' }, [{ 'apiKey cookie k': [] }]],
])('authentication %j is read as %j', async (authentication, expected) => {
  const request = {
    _id: 'r',
    _type: 'request',
    url: 'https://a.example.com/x',
    method: 'GET',
    authentication,
  };
  const { operations } = await readText(
    JSON.stringify({ _type: 'export', __export_format: 4, resources: [request] }),
  );
  expect(operations[0]?.security).toEqual(expected);
});
