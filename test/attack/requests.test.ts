import { describe, expect, it } from 'vitest';
import { desk, fine, type Listening, listen, openApi } from './stage.ts';

const body = { content: { 'application/json': { schema: { type: 'object' }, example: { id: 1 } } } };
const secrets = ['only-for-orders', 'only-for-billing', 'from-the-environment', 'from-a-file'];

function header(name: string, example: string) {
  return { in: 'header', name, required: true, schema: { type: 'string' }, example };
}

function query(name: string, example: string) {
  return { ...header(name, example), in: 'query' };
}

async function attacked(paths: Readonly<Record<string, object>>, more: object = {}) {
  const service = await listen((_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
  );
  const here = await desk({
    services: [
      { name: 'orders', docs: './api.json', baseUrl: service.origin, credential: 'orders', retries: 0 },
    ],
    credentials: {
      orders: { scheme: 'bearer', token: 'only-for-orders' },
      billing: { scheme: 'bearer', token: 'only-for-billing' },
    },
  });
  await here.write('secret.txt', 'from-a-file');
  await here.write('api.json', openApi({ '/plain': { get: fine }, ...paths }, more));
  const { out, err } = await here.runWith({ SECRET: 'from-the-environment' }, 'check', '--json');
  return { service, out, err };
}

function seen({ asked, headers }: Listening): string {
  return JSON.stringify([asked, headers]);
}

describe('a document asks for nothing but what it is seen to ask for', () => {
  it('whatever its x-patrol says', async () => {
    const victim = await listen((_, response) => response.end());
    const xPatrol = {
      allow: true,
      safe: true,
      idempotent: true,
      body: { drop: 1 },
      headers: { Host: 'evil.example', 'X-HTTP-Method-Override': 'DELETE' },
      credential: 'billing',
      baseUrl: victim.origin,
      server: victim.origin,
      hosts: [victim.origin],
      network: { proxy: victim.origin, internal: ['*'] },
      params: { _method: 'DELETE' },
      retries: 5,
    };
    const { service, out } = await attacked({
      '/orders/1': {
        get: { ...fine, 'x-patrol': xPatrol },
        delete: { ...fine, 'x-patrol': xPatrol },
        post: { ...fine, requestBody: body, 'x-patrol': xPatrol, 'x-graphql': { query: '{ a }' } },
      },
    });
    expect(service.asked.toSorted()).toEqual(['GET /orders/1', 'GET /plain']);
    expect(victim.asked).toEqual([]);
    expect(new Set(service.headers.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer only-for-orders']),
    );
    expect(seen(service)).not.toContain('evil.example');
    const told = (JSON.parse(out) as { problems: { message: string }[] }).problems.map(
      ({ message }) => message,
    );
    for (const key of [
      'allow',
      'safe',
      'idempotent',
      'headers',
      'credential',
      'baseUrl',
      'hosts',
      'network',
      'retries',
    ])
      expect(told.filter((message) => message.includes(`x-patrol.${key} `))).toHaveLength(1);
  });

  it('whoever its examples would have the service call', async () => {
    const outside = 'https://public.example/x';
    const taking = (name: string, example: string) => ({
      get: { ...fine, parameters: [query(name, example)] },
    });
    const { service, out } = await attacked({
      '/preview': taking('url', outside),
      '/topics': taking('callback', outside),
      '/events': taking('webhook', outside),
      '/pictures': taking('imageSrc', '//public.example/a.png'),
      '/encoded': taking('u', Buffer.from(outside).toString('base64')),
      '/nested': taking('data', JSON.stringify({ target: [outside] })),
      '/handed-on': taking('page', `/proxy?url=${outside}`),
      [`/written?url=${outside}`]: { get: fine },
      '/back': taking('redirect_uri', outside),
    });
    expect(new Set(service.asked.map((one) => one.split('?')[0]))).toEqual(
      new Set(['GET /back', 'GET /plain']),
    );
    const { skipped } = JSON.parse(out) as { skipped: readonly { readonly hint?: string }[] };
    expect(skipped).toHaveLength(8);
    for (const { hint } of skipped) expect(hint).toContain('allow: unsure');
  });

  it('whatever headers and parameters it describes', async () => {
    const overrides = [
      'X-HTTP-Method-Override',
      'X-HTTP-Method',
      'X-Method-Override',
      'x_http_method_override',
    ];
    const left = [
      'Host',
      'X-Forwarded-For',
      'X-Forwarded-Host',
      'X-Original-URL',
      'X-Rewrite-URL',
      'Transfer-Encoding',
    ];
    const { service } = await attacked({
      ...Object.fromEntries(
        overrides.map((name) => [
          `/over/${name}`,
          { get: { ...fine, parameters: [header(name, 'DELETE')] } },
        ]),
      ),
      '/over/query': { get: { ...fine, parameters: [query('_method', 'DELETE')] } },
      '/over/path?_method=DELETE': { get: fine },
      ...Object.fromEntries(
        left.map((name, no) => [
          `/left/${no}`,
          { get: { ...fine, parameters: [header(name, 'evil.example')] } },
        ]),
      ),
      '/cookie': { get: { ...fine, parameters: [header('Cookie', 'session=evil.example')] } },
      '/authorization': { get: { ...fine, parameters: [header('Authorization', 'evil.example')] } },
    });
    expect(service.asked.filter((one) => one.includes('/over/'))).toEqual([]);
    expect(new Set(service.asked.filter((one) => one.includes('/left/')))).toEqual(
      new Set(left.map((_, no) => `GET /left/${no}`)),
    );
    expect(seen(service)).not.toContain('evil.example');
    expect(new Set(service.headers.map(({ host }) => host))).toEqual(new Set([`127.0.0.1:${service.port}`]));
  });

  it('whatever its servers put in front, its values hold and its headers claim', async () => {
    const at = (url: string, more: object = {}) => ({ get: { ...fine, servers: [{ url }], ...more } });
    const { service } = await attacked({
      '/1': at('/orders/delete'),
      '/x4': at('/admin/shutdown'),
      '/x5': { servers: [{ url: '/account/remove' }], get: fine },
      '/x8': at('/api/%64elete'),
      '/x9': {
        get: { ...fine, servers: [{ url: '/{at}', variables: { at: { default: 'a/../delete' } } }] },
      },
      '/templates': at('/send-mail/api'),
      '/act': { get: { ...fine, parameters: [{ ...query('action', ''), example: ['delete'] }] } },
      '/seg/{id}': { get: { ...fine, parameters: [{ ...query('id', 'x/delete'), in: 'path' }] } },
      '/graph': { get: { ...fine, parameters: [query('q', 'mutation{d}')] } },
      '/who': { get: { ...fine, parameters: [header('X-User', 'evil.example')] } },
      '/tenant': { get: { ...fine, parameters: [header('X-Tenant-Id', 'acme')] } },
    });
    expect(service.asked.toSorted()).toEqual(['GET /plain', 'GET /tenant']);
    expect(seen(service)).not.toContain('evil.example');
  });

  it('whatever its values make of a path or query', async () => {
    const values = [
      'deleteAll',
      'DeLeTe',
      'delete-all',
      'deleteById',
      'cancelOrder',
      '批量删除',
      '注销',
      '1:delete',
      'delete 1',
      'users/1/deleteAll',
      'resetPassword',
      'reset',
      'pay',
      'refund',
    ];
    const pairs: readonly (readonly [string, string])[] = [
      ['opType', 'DELETE'],
      ['操作', '删除'],
      ['service', 'user.delete'],
      ['r', 'user/delete'],
      ['submit', 'delete'],
      ['data', '{"action":"delete"}'],
      ['delete', '1'],
      ['logout', '1'],
      ['requestMethod', 'DELETE'],
      ['op', 'MKDIRS'],
      ['sql', 'DELETE FROM x'],
    ];
    const chosen = { ...query('optType', ''), example: undefined, schema: { enum: ['delete', 'add'] } };
    const { service } = await attacked({
      ...Object.fromEntries(
        values.map((value, no) => [
          `/path${no}/{id}`,
          { get: { ...fine, parameters: [{ ...query('id', value), in: 'path' }] } },
        ]),
      ),
      ...Object.fromEntries(
        pairs.map(([name, value], no) => [
          `/query${no}`,
          { get: { ...fine, parameters: [query(name, value)] } },
        ]),
      ),
      '/chosen': { get: { ...fine, parameters: [chosen] } },
      '/heapdump': { get: { ...fine, summary: 'List the heapdump' } },
      '/debug/pprof/profile': { get: fine },
      '/filtered': { get: { ...fine, parameters: [query('eventType', 'delete')] } },
      '/another/{what}': {
        get: {
          ...fine,
          parameters: [
            { ...query('what', ''), in: 'path', example: undefined, schema: { enum: ['delete', 'show'] } },
          ],
        },
      },
    });
    expect(service.asked.toSorted()).toEqual([
      'GET /another/show',
      'GET /filtered?eventType=delete',
      'GET /plain',
    ]);
  });

  it('whatever headers and cookies claim, under names that nobody has heard of', async () => {
    const names = ['X-Act-As', 'X-Skip-Auth', 'X-Staff-No', 'X-Route-To', 'SOAPAction', 'X-Frobnicate'];
    const cookies = ['role', 'uid', 'isAdmin', 'session'];
    const needing = (parameter: object) => ({ get: { ...fine, parameters: [parameter] } });
    const { service, out } = await attacked({
      ...Object.fromEntries(names.map((name, no) => [`/head${no}`, needing(header(name, 'evil'))])),
      ...Object.fromEntries(
        names.map((name, no) => [`/may${no}`, needing({ ...header(name, 'evil'), required: false })]),
      ),
      ...Object.fromEntries(
        cookies.map((name, no) => [`/cookie${no}`, needing({ ...header(name, 'evil'), in: 'cookie' })]),
      ),
      '/version': needing(header('X-GitHub-Api-Version', '2026-01-01')),
      // A token is the credential's to send; without one it is asked for bare.
      '/mine': needing(header('satoken', 'evil')),
    });
    expect(service.asked.toSorted()).toEqual([
      ...names.map((_, no) => `GET /may${no}`),
      'GET /mine',
      'GET /plain',
      'GET /version',
    ]);
    expect(seen(service)).not.toContain('evil');
    expect(out).toContain('needs the header X-Act-As');
  });

  it('whatever a redirect leads to', async () => {
    const targets = [
      '/graphql?query=mutation{a}',
      '/%E6%B3%A8%E9%94%80',
      '/x?%E6%93%8D%E4%BD%9C=%E5%88%A0%E9%99%A4',
      '/x?delete=1',
      '/x?service=user.delete',
      '/refund?id=1',
      '/x?data={%22action%22:%22delete%22}',
    ];
    const service = await listen((request, response) => {
      const no = /^\/(\d+)$/.exec(request.url ?? '')?.[1];
      if (no === undefined) response.end('{}');
      else response.writeHead(302, { location: targets[Number(no)] }).end();
    });
    const here = await desk({
      services: [{ name: 'orders', docs: './api.json', baseUrl: service.origin, retries: 0 }],
    });
    await here.write(
      'api.json',
      openApi(Object.fromEntries(targets.map((_, no) => [`/${no}`, { get: fine }]))),
    );
    await here.run('check');
    expect([...new Set(service.asked)].toSorted()).toEqual(targets.map((_, no) => `GET /${no}`));
  });

  it('with nothing filled in that the configuration fills in', async () => {
    const wanted = [
      '${env:SECRET}',
      '${file:./secret.txt}',
      '{{credentials.orders.token}}',
      '{{ "x" | env }}',
      '${SECRET}',
    ];
    const { service, out, err } = await attacked(
      Object.fromEntries(
        wanted.map((text, index) => [
          `/texts/${index}`,
          { get: { ...fine, summary: text, parameters: [query('q', text), header('X-Source', text)] } },
        ]),
      ),
      { servers: [{ url: 'https://${env:SECRET}.evil.example' }] },
    );
    const shown = `${service.asked.join()}${out}${err}`;
    for (const secret of secrets) expect(shown).not.toContain(secret);
    expect(service.asked.length).toBeGreaterThan(1);
    expect(seen(service)).not.toMatch(/from-the-environment|from-a-file/);
  });
});
