import { expect, test } from 'vitest';
import { readText } from '../../../../test/support/scan.ts';

const exported = (given: object) =>
  JSON.stringify({ clientName: 'Thunder Client', collectionName: 'Shop', ...given });

test('folders, what they hand down, and parameters in path and query', async () => {
  const document = await readText(
    exported({
      version: '1.2',
      folders: [
        { _id: 'f1', name: 'Shop', containerId: '' },
        {
          _id: 'f2',
          name: 'Orders',
          containerId: 'f1',
          settings: {
            headers: [{ name: 'X-Folder', value: 'f' }],
            auth: { type: 'bearer', bearer: 'hidden' },
          },
        },
      ],
      settings: {
        headers: [{ name: 'X-All', value: 'a' }],
        options: { baseUrl: 'https://shop.example.cn/api/' },
      },
      requests: [
        {
          _id: 'r1',
          containerId: 'f2',
          name: 'Get order',
          method: 'GET',
          url: 'orders/:id?expand=lines',
          headers: [{ name: 'X-Off', value: 'o', isDisabled: true }],
          params: [
            { name: 'expand', value: 'lines', isPath: false },
            { name: 'id', value: '7', isPath: true },
          ],
          preReq: { runFilters: [{}] },
        },
        {
          _id: 'r2',
          containerId: '',
          name: 'https://other.example.cn/ping',
          method: 'GET',
          url: 'https://other.example.cn/ping',
          auth: { type: 'none' },
        },
      ],
    }),
  );
  expect(JSON.stringify(document)).not.toContain('hidden');
  expect(document).toMatchObject({ format: 'thunder-client', title: 'Shop' });
  expect(document.problems.map(({ message }) => message)).toEqual(['scripts of 1 request are not run']);
  expect(document.operations).toMatchObject([
    {
      key: 'GET /api/orders/{id}',
      summary: 'Get order',
      tags: ['Shop', 'Orders'],
      servers: [{ url: 'https://shop.example.cn' }],
      parameters: [
        { name: 'id', in: 'path', examples: [7] },
        { name: 'expand', in: 'query', examples: ['lines'] },
        { name: 'X-All', in: 'header' },
        { name: 'X-Folder', in: 'header' },
        { name: 'X-Off', in: 'header', required: false },
      ],
      security: [{ bearer: [] }],
    },
    { key: 'GET /ping', servers: [{ url: 'https://other.example.cn' }], tags: [] },
  ]);
  expect(document.operations[1]).not.toHaveProperty('summary');
});

test.each([
  ['json', { type: 'json', raw: '{"a": 1}' }, ['application/json', ['a']]],
  [
    'a form',
    { type: 'formencoded', form: [{ name: 'a', value: '1' }] },
    ['application/x-www-form-urlencoded', ['a']],
  ],
  [
    'files',
    { type: 'formdata', form: [{ name: 'a', value: '1' }], files: [{ name: 'f', value: 'x.png' }] },
    ['multipart/form-data', ['a', 'f']],
  ],
  ['GraphQL', { type: 'graphql', graphql: { query: '{ a }' } }, ['application/json', ['query']]],
  ['XML', { type: 'xml', raw: '<a/>' }, ['application/xml', []]],
  ['text', { type: 'text', raw: 'a' }, ['text/plain', []]],
])('a body of %s', async (_, body, expected) => {
  const { operations } = await readText(
    exported({ requests: [{ name: 'r', method: 'POST', url: 'https://h.cn/a', body }] }),
  );
  const media = operations[0]?.body?.media[0];
  const schema = media?.schema as { properties?: object } | undefined;
  expect([media?.contentType, Object.keys(schema?.properties ?? {})]).toEqual(expected);
});

test.each([
  ['basic', { kind: 'basic' }],
  ['oauth2', { kind: 'oauth2' }],
  ['aws', { kind: 'awsSigV4' }],
  ['ntlm', { kind: 'other' }],
])('a sign-in by %s', async (type, scheme) => {
  const document = await readText(
    exported({ requests: [{ name: 'r', method: 'GET', url: 'https://h.cn/a', auth: { type } }] }),
  );
  expect(Object.values(document.securitySchemes)).toEqual([expect.objectContaining(scheme)]);
});

test('a collection as it is kept in a repository, with folders that contain each other', async () => {
  const document = await readText(
    JSON.stringify({
      _id: 'c',
      colName: 'Kept',
      folders: [
        { _id: 'a', name: 'A', containerId: 'b' },
        { _id: 'b', name: 'B', containerId: 'a' },
      ],
      requests: [
        { name: 'r', method: 'GET', url: '{{url}}/a', containerId: 'a', body: { type: 'json', raw: '' } },
      ],
    }),
  );
  expect(document).toMatchObject({ title: 'Kept', operations: [{ key: 'GET /a', tags: ['B', 'A'] }] });
});
