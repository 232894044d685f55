import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { aDocument, anOperation, aParameter, aService, planFor } from '../../../test/support/plan-inputs.ts';
import type { Document, Operation, SecurityScheme } from '../../model/document.ts';
import type { ServiceSettings } from '../../model/settings.ts';
import { CredentialHosts } from './credential-hosts.ts';

interface Case {
  /** Of the document. */
  readonly server?: string;
  readonly uri?: string;
  readonly operation?: Partial<Operation>;
  readonly service?: Partial<ServiceSettings>;
  readonly others?: readonly ServiceSettings[];
  readonly hosts?: readonly string[];
}

const nowhere = { baseUrl: undefined } as unknown as Partial<ServiceSettings>;
const scheme: SecurityScheme = { kind: 'bearer' };

/** Which credential goes where, or why the operation is left out, and the line that allows it. */
function outcome({
  server,
  uri = '/docs/orders.yaml',
  operation = {},
  service = {},
  others = [],
  hosts,
}: Case) {
  const servers = server === undefined ? [] : [{ url: server }];
  const documented: Partial<Document> = { uri, securitySchemes: { corp: scheme, stock: scheme } };
  const services = [
    aService({ ...(server === undefined ? {} : nowhere), credential: 'corp', ...service }),
    ...others,
  ];
  const { checks, skipped } = planFor({
    documents: [aDocument([anOperation('GET /items', { servers, ...operation })], documented)],
    services,
    credentials: Object.fromEntries(
      ['corp', 'stock'].map((name) => [name, { name, scheme: 'x', options: {} }]),
    ),
    options: { hosts: new CredentialHosts(services, (name) => (name === 'corp' ? (hosts ?? []) : [])) },
  });
  const [check] = checks;
  if (check !== undefined) return `${check.credential ?? 'nobody'} to ${check.origin}`;
  return `${skipped[0]?.code}: ${inEnglish(skipped[0]?.reason ?? '')}\n${inEnglish(skipped[0]?.hint ?? '')}`;
}

const refused = (
  host: string,
) => `foreign-host: credential corp is not sent to ${host}, which only its document names
credentials:
  corp:
    hosts:
      - ${host}`;

const docs = ['https://docs.corp.example/v1/openapi.json'];
const uri = 'https://docs.corp.example/v1/openapi.json';

describe("a service's credential", () => {
  it.each<[string, Case, string]>([
    ['to its base URL', {}, 'corp to https://orders.internal'],
    [
      'to the address of its document',
      { service: { docs }, uri, server: '/v2' },
      'corp to https://docs.corp.example',
    ],
    [
      'to that address when it is asked more safely',
      { service: { docs: ['http://api.corp.example/o.json'] }, server: 'https://api.corp.example' },
      'corp to https://api.corp.example',
    ],
    [
      'to a server that the config chooses by its address',
      { service: { server: 'https://api.corp.example' }, server: 'https://api.corp.example' },
      'corp to https://api.corp.example',
    ],
    [
      'to a host that its settings name',
      { server: 'https://a.example', hosts: ['a.example'] },
      'corp to https://a.example',
    ],
    [
      'to hosts of a domain',
      { server: 'https://x.y.corp.cn:8443', hosts: ['*.corp.cn'] },
      'corp to https://x.y.corp.cn:8443',
    ],
    [
      'to any host, if that is meant',
      { server: 'https://evil.example', hosts: ['*'] },
      'corp to https://evil.example',
    ],
    [
      'to a port alone',
      { server: 'http://a.example:81', hosts: ['A.example:81'] },
      'corp to http://a.example:81',
    ],
    [
      'not to another port',
      { server: 'http://a.example:82', hosts: ['a.example:81'] },
      refused('a.example:82'),
    ],
    [
      'not to a host that ends alike',
      { server: 'https://evil-corp.cn', hosts: ['*.corp.cn'] },
      refused('evil-corp.cn'),
    ],
    ['not to a server that a file names', { server: 'http://evil.example/api' }, refused('evil.example')],
    [
      'not to a server that a document names',
      { service: { docs }, uri, server: 'http://evil.example' },
      refused('evil.example'),
    ],
    [
      'not to another port of its host',
      { service: { docs }, uri, server: 'https://docs.corp.example:444' },
      refused('docs.corp.example:444'),
    ],
    [
      'not to its own host in the clear',
      { service: { docs }, uri, server: 'http://docs.corp.example' },
      refused('docs.corp.example'),
    ],
    [
      'not to a server that the config chooses by a name of the document',
      {
        service: { server: 'prod' },
        operation: { servers: [{ name: 'prod', url: 'https://evil.example' }] },
        server: '',
      },
      refused('evil.example'),
    ],
    ['not where a path leads', { operation: { path: '@evil.example/items' } }, refused('evil.example')],
    [
      'not where a path goes on',
      { operation: { path: '.evil.example/items' } },
      refused('orders.internal.evil.example'),
    ],
    [
      'not at all for what is public',
      { server: 'https://evil.example', operation: { security: [] } },
      'nobody to https://evil.example',
    ],
  ])('goes %s', (_, given, expected) => {
    expect(outcome(given)).toBe(expected);
  });
});

describe('what a document asks for', () => {
  const stock = aService({ name: 'stock', baseUrl: 'https://stock.internal', credential: 'stock' });
  const wiki = aService({ name: 'wiki', docs: ['https://wiki.internal/api.md'], docsCredential: 'corp' });
  const unclaimed = { credential: undefined } as unknown as Partial<ServiceSettings>;
  const asksFor = `no-credential: its document asks for stock; no credential is configured for it
credentials:
  orders-stock:
    scheme: bearer
    token: \${env:ORDERS_STOCK_TOKEN}
services:
  - name: orders
    credential: orders-stock`;

  it.each<[string, Case, string]>([
    [
      'by x-patrol',
      { operation: { extensions: { 'x-patrol': { credential: 'stock' } } }, others: [stock] },
      // It is not the document's to say at all: the call is signed as the configuration says.
      'corp to https://orders.internal',
    ],
    [
      'by its security',
      { service: unclaimed, operation: { security: [{ stock: [] }] }, others: [stock, wiki] },
      asksFor,
    ],
    [
      'by its security, for a server of its own',
      {
        service: unclaimed,
        operation: { security: [{ stock: [] }] },
        others: [stock],
        server: 'https://evil.example',
      },
      asksFor,
    ],
  ])('is not the credential of another service: %s', (_, given, expected) => {
    expect(outcome(given)).toBe(expected);
  });

  it('is another one of its alternatives, if that may be sent', () => {
    const security: Operation['security'] = [{ stock: [] }, { corp: [] }];
    const claimed = {
      overrides: [{ match: 'GET /other', credential: 'corp' }],
    } as unknown as Partial<ServiceSettings>;
    expect(outcome({ service: { ...unclaimed, ...claimed }, operation: { security }, others: [stock] })).toBe(
      'corp to https://orders.internal',
    );
    expect(
      outcome({ service: unclaimed, operation: { security: [{ stock: [] }, {}] }, others: [stock] }),
    ).toBe('nobody to https://orders.internal');
  });

  it('is none that no service names, when there are several services or it has hosts of its own', () => {
    const operation = { security: [{ corp: [] }] };
    expect(outcome({ service: unclaimed, operation })).toBe('corp to https://orders.internal');
    expect(outcome({ service: unclaimed, operation, others: [stock] })).toContain(
      'no service names credential corp: with several services a document cannot choose it',
    );
  });

  it('is that of another service where both have one address', () => {
    const beside = aService({ name: 'stock', baseUrl: 'https://orders.internal/stock', credential: 'stock' });
    expect(outcome({ service: unclaimed, operation: { security: [{ stock: [] }] }, others: [beside] })).toBe(
      'stock to https://orders.internal',
    );
  });

  it('is one that no service names, at home alone', () => {
    const security = [{ corp: [] }];
    expect(outcome({ service: unclaimed, operation: { security } })).toBe('corp to https://orders.internal');
    expect(outcome({ service: unclaimed, operation: { security }, server: 'https://evil.example' })).toBe(
      refused('evil.example'),
    );
  });

  it('is not one that another service reads its documents with', () => {
    const said = outcome({
      service: unclaimed,
      operation: { security: [{ corp: [] }] },
      others: [wiki, stock],
    });
    expect(said).toContain('no credential is configured for it');
    expect(said).not.toContain('credential: corp');
  });

  it('is asked for under a name that no other credential has', () => {
    const services = [aService(unclaimed), aService({ name: 'stock', credential: 'orders' })];
    const names = ['orders', 'orders-login', 'stock', 'orders-stock'];
    const credentials = Object.fromEntries(names.map((name) => [name, { name, scheme: 'x', options: {} }]));
    const hintFor = (operation: Partial<Operation>): string => {
      const document = aDocument([anOperation('GET /items', operation)], {
        securitySchemes: { stock: { kind: 'apiKey', in: 'header', parameterName: 'X-Key' } },
      });
      const hosts = new CredentialHosts(services, () => ['elsewhere.example']);
      const { skipped } = planFor({ documents: [document], services, credentials, options: { hosts } });
      return inEnglish(skipped[0]?.hint ?? '');
    };
    const parameters = [aParameter('X-Access-Token', 'header')];
    expect(hintFor({ parameters })).toMatch(
      /^credentials:\n {2}orders-login-2:[^]*credential: orders-login-2$/,
    );
    expect(hintFor({ security: [{ stock: [] }] })).toMatch(/^credentials:\n {2}orders-stock-2:/);
  });

  it("is offered where it is nobody's yet, or signs in at the same place", () => {
    const settings = [aService({ ...unclaimed }), stock, wiki];
    const hostsWith = (named: readonly string[], signIns: readonly string[]) =>
      new CredentialHosts(
        settings,
        () => named,
        () => signIns,
      );
    const [orders = aService()] = settings;
    const isMeant = (hosts: CredentialHosts, name: string): boolean =>
      hosts.isMeantFor(name, orders, 'https://orders.internal/items');
    expect(isMeant(hostsWith([], []), 'free')).toBe(true);
    expect(isMeant(hostsWith([], ['https://sso.internal/token']), 'free')).toBe(true);
    expect(isMeant(hostsWith([], ['https://stock.internal/login']), 'free')).toBe(false);
    expect(isMeant(hostsWith(['stock.internal'], []), 'free')).toBe(false);
    expect(isMeant(hostsWith(['*.internal'], []), 'stock')).toBe(true);
    expect(isMeant(hostsWith([], ['https://orders.internal/login']), 'stock')).toBe(true);
    expect(isMeant(hostsWith([], ['https://sso.internal/token']), 'stock')).toBe(false);
    // Another port of one host is another service, as on a developer's machine.
    expect(isMeant(hostsWith([], ['https://orders.internal:8443/login']), 'stock')).toBe(false);
    expect(isMeant(hostsWith([], ['http://orders.internal:8080/login']), 'stock')).toBe(false);
    expect(isMeant(hostsWith([], ['https://orders.internal:8443/login']), 'free')).toBe(true);
    expect(isMeant(hostsWith([], ['https://stock.internal:8443/login']), 'free')).toBe(false);
    expect(isMeant(hostsWith(['orders.internal'], []), 'stock')).toBe(true);
    expect(isMeant(hostsWith(['orders.internal:8443'], []), 'stock')).toBe(false);
    expect(isMeant(hostsWith([], []), 'corp')).toBe(false);
  });

  it('of two credentials is the one that may go there', () => {
    const beside = aService({ name: 'stock', baseUrl: 'https://orders.internal/stock', credential: 'stock' });
    const security = [{ other: [] }];
    const document = aDocument([anOperation('GET /items', { security })], {
      securitySchemes: { other: scheme },
    });
    const services = [aService(unclaimed), beside, wiki];
    const { checks } = planFor({
      documents: [document],
      services,
      credentials: Object.fromEntries(
        ['stock', 'corp'].map((name) => [name, { name, scheme: 'x', options: {} }]),
      ),
      options: { satisfies: () => ['bearer'], hosts: new CredentialHosts(services, () => []) },
    });
    expect(checks[0]?.credential).toBe('stock');
  });
});

describe('a token in the headers or parameters of the config', () => {
  const away = { ...nowhere, docs: ['/docs/orders.yaml'] };
  it.each<[Partial<ServiceSettings>]>([
    [{ headers: { authorization: 'Bearer abc' } }],
    [{ params: { access_token: 'abc' } }],
    [{ overrides: [{ match: 'GET /items', headers: { 'x-api-key': 'abc' } }] }],
  ])('is sent to its service alone: %j', (given) => {
    const operation = anOperation('GET /items', { servers: [{ url: 'https://evil.example/api' }] });
    const there = planFor({
      documents: [aDocument([operation])],
      services: [aService({ ...away, ...given })],
    });
    expect(there.skipped).toMatchObject([{ code: 'foreign-host', reason: expect.saying('evil.example') }]);
    expect(there.skipped[0]?.hint).toContain('baseUrl: https://evil.example');
    const home = planFor({ documents: [aDocument([operation])], services: [aService(given)] });
    expect(home.checks).toHaveLength(1);
  });
});

describe('the host that a request names', () => {
  it('is not for a document to say', () => {
    const operation = anOperation('GET /items', {
      parameters: ['Host', 'X-Forwarded-Host'].map((name) =>
        aParameter(name, 'header', { examples: ['evil.example'] }),
      ),
      extensions: { 'x-patrol': { headers: { HOST: 'evil.example' } } },
    });
    const { checks, problems } = planFor({ documents: [aDocument([operation])], services: [aService()] });
    expect(JSON.stringify(checks[0]?.request)).not.toContain('evil.example');
    expect(problems.map(({ message }) => message)).toEqual([
      'GET /items: x-patrol.headers is for the configuration alone to say (headers change what a request is); it is ignored',
      'GET /items: the header Host is not sent: it belongs to the connection, not to the document',
      'GET /items: the header X-Forwarded-Host is not sent: it says for whom or through which host the request comes',
    ]);
    const own = planFor({
      documents: [aDocument([anOperation('GET /items')])],
      services: [aService({ headers: { host: 'orders.example' } })],
    });
    expect(own.checks[0]?.request.headers['host']).toBe('orders.example');
  });
});
