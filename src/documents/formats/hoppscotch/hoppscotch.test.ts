import { expect, test } from 'vitest';
import { readText } from '../../../../test/support/scan.ts';

const none = { authType: 'inherit', authActive: true };

test('folders, what they hand down, variables and saved answers', async () => {
  const document = await readText(
    JSON.stringify({
      v: 12,
      name: 'Shop',
      auth: { authType: 'bearer', authActive: true, token: 'hidden' },
      headers: [
        { key: 'X-Tenant', value: 't1', active: true },
        { key: 'X-Off', value: 'o', active: false },
      ],
      variables: [
        { key: 'base', initialValue: 'https://shop.example.cn/api', currentValue: '', secret: false },
        { key: 'pin', initialValue: 'hidden', currentValue: '', secret: true },
      ],
      requests: [],
      folders: [
        {
          v: 12,
          name: 'Orders',
          auth: none,
          headers: [{ key: 'x-tenant', value: 't2', active: true }],
          folders: [],
          requests: [
            {
              v: '15',
              name: 'Get order',
              method: 'GET',
              endpoint: '<<base>>/orders/:orderId',
              params: [
                { key: 'expand', value: '<<what>>', active: true },
                { key: 'pin', value: '<<pin>>', active: true },
              ],
              headers: [],
              requestVariables: [
                { key: 'orderId', value: '7', active: true },
                { key: 'what', value: 'lines', active: true },
              ],
              auth: none,
              body: { contentType: null, body: null },
              preRequestScript: '',
              testScript: '',
              responses: {
                found: {
                  name: 'found',
                  code: 200,
                  status: 'OK',
                  headers: [{ key: 'Content-Type', value: 'application/json' }],
                  body: '{"id": 7}',
                },
                odd: { name: 'odd' },
              },
            },
          ],
        },
      ],
    }),
  );
  expect(JSON.stringify(document)).not.toContain('hidden');
  expect(document).toMatchObject({ format: 'hoppscotch', title: 'Shop', problems: [] });
  expect(document.operations).toMatchObject([
    {
      key: 'GET /orders/{orderId}',
      summary: 'Get order',
      tags: ['Orders'],
      servers: [{ url: 'https://shop.example.cn/api' }],
      parameters: [
        { name: 'orderId', in: 'path', examples: [7] },
        { name: 'expand', in: 'query', examples: ['lines'] },
        { name: 'pin', in: 'query', examples: [] },
        { name: 'x-tenant', in: 'header', examples: ['t2'] },
        { name: 'X-Off', in: 'header', required: false },
      ],
      responses: [{ status: '200', media: [{ examples: [{ id: 7 }] }] }],
      security: [{ bearer: [] }],
      pointer: '/folders/0/requests/0',
    },
  ]);
});

const request = { v: '1', name: 'r', method: 'POST', endpoint: 'https://h.cn/a', params: [], headers: [] };
const collection = (requests: readonly object[]) => ({ v: 2, name: 'c', folders: [], requests });

test.each([
  ['json', { contentType: 'application/json', body: '{"a": "<<x>>" /* y */}' }, 'application/json', ['a']],
  [
    'form',
    { contentType: 'application/x-www-form-urlencoded', body: 'user: a\n# off: b\nnothing' },
    'application/x-www-form-urlencoded',
    ['user'],
  ],
  [
    'multipart',
    {
      contentType: 'multipart/form-data',
      body: [
        { key: 'a', value: '1', active: true, isFile: false },
        { key: 'f', value: [{}], active: true, isFile: true },
      ],
    },
    'multipart/form-data',
    ['a', 'f'],
  ],
])('a body of %s', async (_, body, contentType, names) => {
  const { operations } = await readText(JSON.stringify(collection([{ ...request, body }])));
  expect(operations[0]?.body?.media[0]?.contentType).toBe(contentType);
  const schema = operations[0]?.body?.media[0]?.schema as { properties?: object } | undefined;
  expect(Object.keys(schema?.properties ?? {})).toEqual(names);
});

test.each([
  ['nothing', { authType: 'none', authActive: true }, []],
  ['what is switched off', { authType: 'basic', authActive: false }, []],
  ['basic', { authType: 'basic', authActive: true, password: 'hidden' }, [{ kind: 'basic' }]],
  [
    'a key',
    { authType: 'api-key', authActive: true, key: 'k', addTo: 'QUERY_PARAMS' },
    [{ kind: 'apiKey', in: 'query' }],
  ],
  ['a JWT', { authType: 'jwt', authActive: true, addTo: 'HEADERS' }, [{ kind: 'bearer' }]],
  [
    'a JWT in the query',
    { authType: 'jwt', authActive: true, addTo: 'QUERY_PARAMS', paramName: 't' },
    [{ kind: 'apiKey' }],
  ],
  ['AWS', { authType: 'aws-signature', authActive: true }, [{ kind: 'awsSigV4' }]],
  ['something else', { authType: 'hawk', authActive: true }, [{ kind: 'other' }]],
  [
    'OAuth 2.0',
    {
      authType: 'oauth-2',
      authActive: true,
      grantTypeInfo: {
        grantType: 'CLIENT_CREDENTIALS',
        authEndpoint: 'https://sso.cn/token',
        clientSecret: 'hidden',
      },
    },
    [{ kind: 'oauth2' }],
  ],
])('a sign-in by %s', async (_, auth, schemes) => {
  const document = await readText(JSON.stringify(collection([{ ...request, auth }])));
  expect(JSON.stringify(document)).not.toContain('hidden');
  expect(Object.values(document.securitySchemes)).toMatchObject(schemes);
});

test('several collections in one file; GraphQL and scripts are named', async () => {
  const document = await readText(
    JSON.stringify([
      collection([
        { v: 1, url: 'https://h.cn', path: '/old', method: 'GET', name: 'old', preRequestScript: 'pw.x()' },
      ]),
      collection([{ v: 10, name: 'query', url: 'https://h.cn/graphql', query: '{ a }' }]),
    ]),
  );
  expect(document.operations).toMatchObject([{ key: 'GET /old', pointer: '/0/requests/0' }]);
  expect(document.problems.map(({ code, message }) => [code, message])).toEqual([
    ['not-http', '1 request is GraphQL and is left out'],
    ['scripts-ignored', 'scripts of 1 request are not run'],
  ]);
});
