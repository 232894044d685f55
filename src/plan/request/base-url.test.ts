import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { aDocument, anOperation, aService, planFor } from '../../../test/support/plan-inputs.ts';
import type { Operation, Server } from '../../model/document.ts';
import type { ServiceSettings } from '../../model/settings.ts';

function urlWith(servers: readonly Server[], uri: string, given: Partial<ServiceSettings> = {}): string {
  const { baseUrl: _, ...service } = aService();
  const documents = [aDocument([anOperation('GET /orders', { servers })], { uri })];
  const plan = planFor({ documents, services: [{ ...service, ...given }] });
  return (
    plan.checks[0]?.request.url ?? `${plan.skipped[0]?.code}: ${inEnglish(plan.skipped[0]?.reason ?? '')}`
  );
}

const file = 'docs/orders.yaml';
const web = 'https://docs.internal/v3/api-docs';

describe('a `baseUrl` that names a host only', () => {
  it.each<[says: string, servers: readonly string[], baseUrl: string, url: string]>([
    [
      'keeps the base path of a document without a host',
      ['/api/v1'],
      'http://h:9',
      'http://h:9/api/v1/orders',
    ],
    ['keeps that of another host', ['https://a.cn/api/v1/'], 'http://h:9/', 'http://h:9/api/v1/orders'],
    ['has nothing to keep of a bare host', ['https://a.cn'], 'http://h:9', 'http://h:9/orders'],
    [
      'keeps what several servers agree on',
      ['https://a.cn/v1', 'https://b.cn/v1'],
      'http://h',
      'http://h/v1/orders',
    ],
    ['keeps none of several', ['https://a.cn/v1', 'https://b.cn/v2'], 'http://h', 'http://h/orders'],
    ['keeps none that the path repeats', ['/orders'], 'http://h', 'http://h/orders/orders'],
    ['may say that there is none', ['/api/v1'], 'http://h:9/.', 'http://h:9/orders'],
  ])('%s', (_, servers, baseUrl, url) => {
    const named = servers.map((server) => ({ url: server }));
    expect(urlWith(named, file, { baseUrl })).toBe(url);
  });

  it('with a path is the whole address', () => {
    expect(urlWith([{ url: '/api/v1' }], file, { baseUrl: 'http://h/gw' })).toBe('http://h/gw/orders');
  });

  it('does not repeat what stands in the path already', () => {
    const operation = anOperation('GET /api/v1/orders', { servers: [{ url: '/api/v1' }] });
    const plan = planFor({
      documents: [aDocument([operation])],
      services: [aService({ baseUrl: 'http://h' })],
    });
    expect(plan.checks[0]?.request.url).toBe('http://h/api/v1/orders');
  });

  it('is told with what it was put together', () => {
    const operation = anOperation('GET /orders', { servers: [{ url: '/api/v1' }] });
    const plan = planFor({
      documents: [aDocument([operation])],
      services: [aService({ baseUrl: 'http://h' })],
    });
    expect(plan.problems).toMatchObject([
      {
        level: 'info',
        code: 'base-path',
        message: expect.saying('is called below http://h/api/v1'),
      },
    ]);
    expect(plan.checks).toMatchObject([
      { base: { baseUrl: 'http://h/.', hint: expect.saying('write `baseUrl: http://h/.`') } },
    ]);
  });
});

describe('a `baseUrl` with a path that addresses in the document have as well', () => {
  const whole = (url: string): readonly Server[] => [{ url, isWhole: true }];

  function urlsOf(
    baseUrl: string,
    ...operations: readonly (readonly [key: string, servers: readonly Server[]])[]
  ): readonly unknown[] {
    const all = operations.map(([key, servers]) => anOperation(key, { servers }));
    const plan = planFor({ documents: [aDocument(all)], services: [aService({ baseUrl })] });
    return plan.checks.map(({ request }) => request.url);
  }

  it('is not put in front of them again, were they of another host', () => {
    expect(urlsOf('http://h/api', ['GET /api/level', whole('http://h')])).toEqual(['http://h/api/level']);
    expect(urlsOf('http://t/api', ['GET /api/level', whole('http://h')])).toEqual(['http://t/api/level']);
    expect(urlsOf('http://h/api', ['GET /api', whole('http://h')])).toEqual(['http://h/api']);
  });

  it('stands in front of what the document has below its prefix', () => {
    expect(
      urlsOf(
        'http://h/settle/v1',
        ['GET /settle/v1/bill', whole('http://h')],
        ['GET /bills', [{ url: 'http://h/settle/v1' }]],
      ),
    ).toEqual(['http://h/settle/v1/bill', 'http://h/settle/v1/bills']);
  });

  it('has only the part in front that they do not have', () => {
    expect(urlsOf('https://gw/shop/settle/v1', ['GET /settle/v1/bill', whole('http://h')])).toEqual([
      'https://gw/shop/settle/v1/bill',
    ]);
  });

  it('is left away from an address beside them', () => {
    expect(
      urlsOf('http://t/api', ['GET /api/level', whole('http://h')], ['GET /version', whole('http://h')]),
    ).toEqual(['http://t/api/level', 'http://t/version']);
  });

  it('is in front of all where none of them has it: that of a gateway', () => {
    expect(urlsOf('http://gw/shop', ['GET /api/level', whole('http://h')])).toEqual([
      'http://gw/shop/api/level',
    ]);
    expect(urlsOf('http://gw/ap', ['GET /api/level', whole('http://h')])).toEqual(['http://gw/ap/api/level']);
  });

  it('is not repeated for paths of a server on the same host', () => {
    expect(urlsOf('http://h/api', ['GET /api/level', [{ url: 'http://h/' }]])).toEqual([
      'http://h/api/level',
    ]);
  });

  it('is put in front of paths that are relative to it, which is told', () => {
    const operation = anOperation('GET /user/list', { servers: [{ url: 'http://pod:8080' }] });
    const services = [aService({ baseUrl: 'http://gw/user' })];
    const plan = planFor({ documents: [aDocument([operation])], services });
    expect(plan.checks[0]?.request.url).toBe('http://gw/user/user/list');
    expect(plan.problems).toMatchObject([
      {
        level: 'info',
        message: expect.saying('is called below http://gw/user/user: `baseUrl` and its path'),
        hint: expect.saying('write `baseUrl: http://gw`'),
      },
    ]);
  });

  it('is advised only where it leads all operations to where they are', () => {
    const hintOf = (...operations: readonly Operation[]): string => {
      const documents = [aDocument(operations)];
      const [problem] = planFor({ documents, services: [aService({ baseUrl: 'http://h' })] }).problems;
      return inEnglish(problem?.hint ?? '');
    };
    const below = anOperation('GET /bills', { servers: [{ url: 'http://h/v1' }] });
    const advised = 'write `baseUrl: http://h/v1` to say so';
    expect(hintOf(below, anOperation('GET /v1/bill', { servers: whole('http://h') }))).toContain(advised);
    expect(hintOf(below, anOperation('GET /version', { servers: whole('http://h') }))).not.toContain(advised);
    expect(hintOf(below, anOperation('GET /a', { servers: [{ url: 'http://h/v2' }] }))).not.toContain(
      advised,
    );
  });

  it.each<[says: string, others: readonly Server[], baseUrl: string]>([
    ['with the prefix that all have', [{ url: 'http://10.1.2.3/v1' }], 'http://10.1.2.3/v1'],
    ['without one that some do not have', [{ url: 'http://10.1.2.3/v2' }], 'http://10.1.2.3'],
    ['with that of addresses written out', whole('http://10.1.2.3'), 'http://10.1.2.3/v1'],
  ])('is asked for in one line, %s', (_, others, baseUrl) => {
    const operations = [
      anOperation('GET /bills', { servers: [{ url: 'http://10.1.2.3/v1' }] }),
      anOperation('GET /v1/bill', { servers: others }),
    ];
    const { baseUrl: __, ...service } = aService();
    const { skipped } = planFor({
      documents: [aDocument(operations)],
      services: [service],
      options: { refusal: () => 'internal' },
    });
    expect(new Set(skipped.map(({ hint }) => hint))).toEqual(
      new Set([`services:\n  - name: ${service.name}\n    baseUrl: ${baseUrl}`]),
    );
  });
});

describe('the address of an operation', () => {
  it.each<[says: string, servers: readonly string[], uri: string, url: string]>([
    ["the document's server", ['https://a.internal/v1'], file, 'https://a.internal/v1/orders'],
    ['without a double slash', ['https://a.internal/v1/'], file, 'https://a.internal/v1/orders'],
    ['the first that can be called', ['{scheme}://a', 'wss://a', 'https://b'], file, 'https://b/orders'],
    ['relative to the document', ['/v1'], web, 'https://docs.internal/v1/orders'],
    ['beside the document', ['v1'], web, 'https://docs.internal/v3/v1/orders'],
    ['where the document was, when it says nothing', [], web, 'https://docs.internal/orders'],
    [
      'where the document was, when it names the machine it runs on',
      ['http://localhost:8080'],
      'https://gw.corp.cn/orders/v2/api-docs',
      'https://gw.corp.cn/orders/orders',
    ],
    [
      'the same with its context path once',
      ['http://127.0.0.1:8080/shop'],
      'https://gw.corp.cn/shop/v3/api-docs/admin',
      'https://gw.corp.cn/shop/orders',
    ],
    [
      'the same below what a gateway puts in front',
      ['http://localhost:8080/shop'],
      'https://gw.corp.cn/team/v3/api-docs',
      'https://gw.corp.cn/team/shop/orders',
    ],
    [
      'where the document was, when it names a pod',
      ['http://10.42.0.7:8080/'],
      'https://gw.corp.cn/orders/v2/api-docs?group=a',
      'https://gw.corp.cn/orders/orders',
    ],
    [
      'where the document was, when it names a container',
      ['http://order-service:8080/'],
      'https://gw.corp.cn/v3/api-docs',
      'https://gw.corp.cn/orders',
    ],
    [
      'on this machine, when the document is there too',
      ['http://localhost:8080'],
      'http://localhost:9090/v3/api-docs',
      'http://localhost:8080/orders',
    ],
    [
      'the one that a file on a server for documents names',
      ['http://10.42.0.7:8080'],
      'https://wiki.corp.cn/files/shop.json',
      'http://10.42.0.7:8080/orders',
    ],
    ['with the scheme of the document', ['//api.internal'], web, 'https://api.internal/orders'],
    [
      'with https, when a file leaves the scheme open',
      ['//api.internal'],
      file,
      'https://api.internal/orders',
    ],
    [
      'with http, when only host and port are given',
      ['localhost:8080/api'],
      file,
      'http://localhost:8080/api/orders',
    ],
    ['with https, when only a host is given', ['api.shop.cn/v1'], file, 'https://api.shop.cn/v1/orders'],
    ['without userinfo, query and fragment', ['https://u:p@a/v1?x=1#f'], file, 'https://a/v1/orders'],
    ['missing, when a file says nothing', [], file, 'no-base-url: its document names no server'],
    [
      'missing, when a file only has a path',
      ['/v1'],
      file,
      "no-base-url: its document's server /v1 is not an address that can be called",
    ],
    [
      'missing, when a variable is open',
      ['https://{host}'],
      file,
      "no-base-url: its document's server https://{host} is not an address that can be called",
    ],
    [
      'missing, when it is only an example',
      ['https://api.example.com'],
      file,
      "no-base-url: its document's server https://api.example.com is not an address that can be called",
    ],
    ['not HTTP', ['wss://a.internal'], file, 'not-http: its server speaks wss, not HTTP'],
  ])('is %s', (_, servers, uri, url) => {
    expect(
      urlWith(
        servers.map((url) => ({ url })),
        uri,
      ),
    ).toBe(url);
  });

  const named = [
    { url: 'https://prod.internal', name: 'Production' },
    { url: 'https://stage.internal', name: 'Staging' },
  ];

  it.each<[given: Partial<ServiceSettings>, url: string]>([
    [{ baseUrl: 'https://mine.internal/x/' }, 'https://mine.internal/x/orders'],
    [{ baseUrl: 'https://mine.internal', server: 'Staging' }, 'https://mine.internal/orders'],
    [{ server: 'staging' }, 'https://stage.internal/orders'],
    [{ server: 'https://stage.internal/' }, 'https://stage.internal/orders'],
    [{ server: 'Stagin' }, 'no-base-url: no usable server Stagin: its document has Production, Staging'],
  ])('follows the config %j', (given, url) => {
    expect(urlWith(named, file, given)).toBe(url);
  });

  it('is no address that would be refused, unless there is no other', () => {
    const { baseUrl: _, ...service } = aService({ network: { internal: ['10.0.0.9'] } });
    const asked: unknown[] = [];
    const options = {
      refusal: (...given: readonly unknown[]) => {
        asked.push(given);
        return 'refused';
      },
    };
    const planned = (...servers: readonly string[]) =>
      planFor({
        documents: [aDocument([anOperation('GET /orders', { servers: servers.map((url) => ({ url })) })])],
        services: [service],
        options,
      });
    const alone = planned('http://10.0.0.5:8080/api');
    expect(alone.skipped).toMatchObject([
      {
        code: 'no-base-url',
        reason: 'its server http://10.0.0.5:8080 is an internal address, which only its document names',
        hint: 'services:\n  - name: orders\n    baseUrl: http://10.0.0.5:8080/api',
      },
    ]);
    expect(asked).toEqual([['http://10.0.0.5:8080', '10.0.0.5', ['10.0.0.9']]]);
    const [check] = planned('http://localhost:8080', 'https://a.internal').checks;
    expect(check?.request.url).toBe('https://a.internal/orders');
  });

  it.each([
    [
      'http://localhost:3000/api',
      'http://127.0.0.1:15425/documentation/json',
      'http://127.0.0.1:15425/api/orders',
    ],
    ['http://localhost:3000', 'http://localhost:8080/gw/openapi.json', 'http://localhost:8080/gw/orders'],
    ['http://[::1]:3000', 'http://localhost:8080/openapi.json', 'http://localhost:8080/orders'],
    ['http://10.0.0.5:3000', 'http://localhost:8080/openapi.json', 'http://localhost:8080/orders'],
    [
      'http://10.244.3.7:8080/shop-api',
      'http://127.0.0.1:17121/shop-api/v3/api-docs',
      'http://127.0.0.1:17121/shop-api/orders',
    ],
    ['http://10.0.0.5:3000', 'http://localhost:8080/collected/shop.json', undefined],
    ['http://10.0.0.5:3000', 'https://docs.corp.cn/collected/shop.json', undefined],
    ['http://8.8.8.8', 'http://localhost:8080/openapi.json', undefined],
    ['http://localhost:3000', 'http://10.0.0.5:8080/openapi.json', 'http://10.0.0.5:8080/orders'],
    ['http://localhost:3000', 'docs/orders.yaml', undefined],
  ])('%s of the document %s, which may not be called, is %s', (server, uri, expected) => {
    const { baseUrl: _, ...service } = aService();
    const refusal = (origin: string) => (origin === new URL(server).origin ? 'refused' : undefined);
    const { checks } = planFor({
      documents: [aDocument([anOperation('GET /orders', { servers: [{ url: server }] })], { uri })],
      services: [service],
      options: { refusal },
    });
    expect(checks[0]?.request.url).toBe(expected);
  });

  it.each<[says: string, server: string, internal: readonly string[], url: string]>([
    ['a container name', 'http://shop:8080/api', [], 'http://127.0.0.1:17121/api/orders'],
    ['one that was named', 'http://shop:8080/api', ['shop'], 'http://shop:8080/api/orders'],
    ['an address that may be called', 'http://10.0.0.5/api', [], 'http://10.0.0.5/api/orders'],
    ['a domain', 'http://shop.cn/api', [], 'http://shop.cn/api/orders'],
  ])('of a document that a service of this machine serves, with %s', (_, server, internal, url) => {
    const uri = 'http://127.0.0.1:17121/v3/api-docs';
    expect(urlWith([{ url: server }], uri, { network: { internal } })).toBe(url);
  });

  it('hints at what is missing', () => {
    const { baseUrl: _, ...service } = aService();
    const documents = [aDocument([anOperation('GET /orders')])];
    expect(planFor({ documents, services: [service] }).skipped[0]?.hint).toBe(
      'services:\n  - name: orders\n    baseUrl: https://…',
    );
    expect(
      inEnglish(planFor({ documents, services: [{ ...service, server: 'x' }] }).skipped[0]?.reason ?? ''),
    ).toBe('no usable server x: its document names none');
  });

  it('keeps what is percent-encoded in a path and encodes the rest', () => {
    const plan = planFor({ documents: [aDocument([anOperation('GET /a%20b/订单')])] });
    expect(plan.checks[0]?.request.url).toBe('https://orders.internal/a%20b/%E8%AE%A2%E5%8D%95');
  });
});

describe('an address of somebody else in a document of the service', () => {
  const whole = (url: string) => ({ servers: [{ url, isWhole: true as const }] });
  const own = ['a', 'b', 'c'].map((name) => anOperation(`GET /shop/v1/${name}`, whole('http://shop.cn')));
  const quoted = anOperation('GET /track', whole('http://express.cn'));
  const relative = anOperation('GET /d', { servers: [{ url: 'http://shop.cn/shop/v1' }] });
  const fates = (given: Partial<ServiceSettings>, others: readonly Operation[] = [quoted]) => {
    const { baseUrl: _, ...service } = aService();
    const plan = planFor({
      documents: [
        aDocument([...own, ...others], { uri: file }),
        aDocument([relative], { uri: 'docs/more.json' }),
      ],
      services: [{ ...service, credential: 'sso', ...given }],
      credentials: { sso: { name: 'sso', scheme: 'bearer', options: {} } },
    });
    return {
      called: plan.checks.map(({ request }) => request.url),
      left: plan.skipped.map(({ operation, code, hint }) => `${operation} ${code}: ${inEnglish(hint ?? '')}`),
    };
  };

  it('is not asked of our host, and said', () => {
    const { called, left } = fates({ baseUrl: 'http://shop.cn/shop/v1' });
    expect(called).toEqual(['a', 'b', 'c', 'd'].map((name) => `http://shop.cn/shop/v1/${name}`));
    expect(left).toEqual([expect.stringMatching(/^GET \/track foreign-host: [^]*skip: true/)]);
  });

  it('is asked of it where several hosts of one owner, or as many of another, are replaced', () => {
    const sibling = anOperation('GET /users', whole('http://user.shop.cn'));
    expect(fates({ baseUrl: 'http://gate' }, [sibling]).left).toEqual([]);
    const many = ['/x', '/y'].map((path) => anOperation(`GET ${path}`, whole('http://express.cn')));
    expect(fates({ baseUrl: 'http://gate' }, many).left).toEqual([]);
  });

  it('has no advice that gives the service a second address or the token to that host', () => {
    const { called, left } = fates({});
    expect(called).toEqual([]);
    expect(left.filter((one) => one.includes('express.cn'))).toEqual([]);
    expect(left.filter((one) => one.startsWith('GET /track'))).toEqual([
      expect.stringContaining('skip: true'),
    ]);
  });
});
