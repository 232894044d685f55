import { expect, it } from 'vitest';
import { desk, fine, isLong, listen, openApi } from './stage.ts';

const value = (name: string, where: string, example: string, more: object = {}) => ({
  name,
  in: where,
  required: true,
  schema: { type: 'string' },
  example,
  ...more,
});
const withParameter = (...parameters: object[]) => ({ get: { ...fine, parameters } });

/** Values that try to be more than a value. */
const injections = {
  '/header': withParameter(value('x-tenant-id', 'header', 'v\r\nX-Injected: 1')),
  '/header-name': withParameter(value('x-app-id\r\nX-Injected', 'header', '1')),
  '/cookie': withParameter(value('lang', 'cookie', 'a; admin=1\r\nX-Injected: 1')),
  '/cookie-name': withParameter(value('lang=1; admin', 'cookie', '1')),
  '/query': withParameter(value('q', 'query', 'a&admin=1#x\r\nX-Injected: 1')),
  '/reserved': withParameter(value('q', 'query', 'a&admin=1', { allowReserved: true })),
  '/path/{id}': withParameter(value('id', 'path', '1 HTTP/1.1\r\nX-Injected: 1\r\n')),
  '/up/{id}': withParameter(value('id', 'path', '../../admin/delete')),
  '/framing': withParameter(
    value('Transfer-Encoding', 'header', 'chunked'),
    value('Content-Length', 'header', '5'),
    value('Upgrade', 'header', 'h2c'),
    value('Expect', 'header', '100-continue'),
  ),
  '/\r\nGET /injected HTTP/1.1': { get: fine },
  '//evil.example/elsewhere': { get: fine },
  '/\\\\evil.example/elsewhere': { get: fine },
};

it('values and names of a document stay what they are when they are sent', async () => {
  const service = await listen((_, response) =>
    response.setHeader('content-type', 'application/json').end('{}'),
  );
  const { run, write } = await desk({
    services: [{ name: 'orders', docs: './api.json', baseUrl: service.origin }],
  });
  await write('api.json', openApi(injections));
  await run('check');
  expect(service.asked.length).toBeGreaterThan(7);
  expect(service.asked.filter((line) => line.includes('delete'))).toEqual([]);
  for (const [index, headers] of service.headers.entries()) {
    const { cookie = '', ...others } = headers;
    expect(Object.keys(others)).not.toContain('x-injected');
    expect(Object.keys(others).filter((name) => /^(?:transfer-encoding|upgrade|expect)$/.test(name))).toEqual(
      [],
    );
    // One pair: what separates pairs is escaped.
    expect(String(cookie).split(';')).toHaveLength(1);
    expect(
      new URL(service.asked[index]?.slice(4) ?? '', service.origin).searchParams.get('admin'),
    ).toBeNull();
  }
});

const servers = [
  'file:///etc/passwd',
  'data:application/json,{}',
  'javascript:alert(1)',
  'gopher://127.0.0.1:25/',
  'unix:/var/run/docker.sock',
  'http://user:pw@127.0.0.1:PORT',
  'http://①②⑦.⓪.⓪.①:PORT',
  'http://[::ffff:7f00:1]:PORT',
  'http://localhost。:PORT',
  '//127.0.0.1:PORT',
  'http://127.0.0.1:PORT\r\nX: y',
];

it.each(isLong ? servers : servers.slice(4, 9))('the server of a document is not asked: %s', async (url) => {
  const victim = await listen((_, response) => response.end('{}'));
  const { run, write } = await desk({ services: [{ name: 'orders', docs: './api.json' }] });
  const written = url.replace('PORT', `${victim.port}`);
  await write('api.json', openApi({ '/orders': { get: fine } }, { servers: [{ url: written }] }));
  await run('check');
  expect(victim.asked).toEqual([]);
});

it('names of prototypes are names', async () => {
  const service = await listen((_, response) =>
    response.setHeader('content-type', 'application/json').end('{"a":1}'),
  );
  const { run, write } = await desk({
    services: ['json', 'yaml'].map((name) => ({ name, docs: `./api.${name}`, baseUrl: service.origin })),
  });
  const text = openApi({
    '/toString': { get: { ...fine, operationId: 'constructor', tags: ['__proto__'] } },
  });
  await write('api.json', text.replace('"info"', '"__proto__":{"polluted":1},"info"'));
  await write(
    'api.yaml',
    'openapi: 3.0.0\ninfo: &i {title: y, version: "1", __proto__: {polluted: 1}}\nx: {<<: *i}\npaths:\n  /yaml:\n    get: {<<: {__proto__: {x: 1}}, responses: {200: {description: ok}}}\n',
  );
  const { err } = await run('check');
  expect(service.asked.toSorted()).toEqual(['GET /toString', 'GET /yaml']);
  expect(err).not.toMatch(/Error|polluted/);
});
