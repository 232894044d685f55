import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { aDocument, anOperation, aParameter, aService, planFor } from '../../../test/support/plan-inputs.ts';
import type { Operation, SecurityScheme } from '../../model/document.ts';
import type { ServiceSettings } from '../../model/settings.ts';

const schemes: Record<string, SecurityScheme> = {
  token: { kind: 'bearer' },
  key: { kind: 'apiKey', in: 'header', parameterName: 'X-Key' },
  queryKey: { kind: 'apiKey', in: 'query', parameterName: 'k' },
  login: { kind: 'basic' },
  sso: { kind: 'oauth2', tokenUrls: { clientCredentials: 'https://sso.internal/token' } },
  oidc: { kind: 'openIdConnect' },
  discovered: { kind: 'openIdConnect', discoveryUrl: '/realms/a/.well-known/openid-configuration' },
  user: { kind: 'oauth2', flows: ['password'], tokenUrls: { password: 'token' } },
  many: {
    kind: 'oauth2',
    flows: ['authorizationCode', 'clientCredentials'],
    tokenUrls: { authorizationCode: 'https://sso.internal/code', clientCredentials: '/oauth/token' },
  },
  browser: { kind: 'oauth2', flows: ['implicit'] },
  code: {
    kind: 'oauth2',
    flows: ['authorizationCode'],
    tokenUrls: { authorizationCode: 'https://sso.internal/token' },
  },
  bare: { kind: 'apiKey', in: 'header', parameterName: 'Authorization' },
  cert: { kind: 'mutualTls' },
};

interface Case {
  readonly security?: Operation['security'];
  readonly configured?: Record<string, SecurityScheme['kind'][]>;
  readonly service?: Partial<ServiceSettings>;
  readonly parameters?: Operation['parameters'];
}

function plan({ security, configured = {}, service = {}, parameters = [] }: Case) {
  const operation = anOperation('GET /orders', {
    parameters,
    security,
  });
  const names = Object.keys(configured);
  return planFor({
    documents: [aDocument([operation], { securitySchemes: schemes })],
    services: [aService(service)],
    credentials: Object.fromEntries(names.map((name) => [name, { name, scheme: 'x', options: {} }])),
    options: { satisfies: (name) => configured[name] ?? [] },
  });
}

function signer(given: Case): string {
  const { checks, skipped } = plan(given);
  return checks[0] === undefined
    ? `${skipped[0]?.code}: ${inEnglish(skipped[0]?.reason ?? '')}`
    : (checks[0].credential ?? 'nobody');
}

describe('a credential that the document does not ask for', () => {
  const optional = (security: Operation['security'], others: readonly Operation['security'][]) => {
    const operations = [security, ...others].map((each, no) => anOperation(`GET /${no}`, { security: each }));
    const { checks } = planFor({
      documents: [aDocument(operations, { securitySchemes: schemes })],
      services: [aService({ credential: 'a' })],
      credentials: { a: { name: 'a', scheme: 'x', options: {} } },
      options: { satisfies: () => ['bearer'] },
    });
    const own = checks.find(({ operation }) => operation === 'GET /0');
    return [own?.credential, own?.tokenOptional];
  };

  it.each<[string, Operation['security'], readonly Operation['security'][], readonly unknown[]]>([
    ['where it asks for one elsewhere', undefined, [[{ token: [] }]], ['a', true]],
    ['where it may be left out', [{}, { token: [] }], [], ['a', true]],
    ['where the operation asks for it', [{ token: [] }], [undefined], ['a', undefined]],
    ['where it asks for none anywhere', undefined, [undefined, []], ['a', undefined]],
    ['where the operation is public by word', [], [[{ token: [] }]], [undefined, undefined]],
  ])('may be missing %s', (_, security, others, expected) => {
    expect(optional(security, others)).toEqual(expected);
  });
});

describe('who signs a request', () => {
  it.each<[says: string, given: Case, expected: string]>([
    ['nobody when nothing asks for it', {}, 'nobody'],
    [
      'nobody when the operation is public',
      { security: [], service: { credential: 'a' }, configured: { a: ['bearer'] } },
      'nobody',
    ],
    ["the service's credential", { service: { credential: 'a' }, configured: { a: [] } }, 'a'],
    [
      "the service's credential whatever the document asks for",
      { security: [{ key: [] }], service: { credential: 'a' }, configured: { a: ['bearer'] } },
      'a',
    ],
    [
      "the operation's credential",
      {
        security: [],
        service: { credential: 'a', overrides: [{ match: 'GET /*', credential: 'b' }] },
        configured: { a: [], b: [] },
      },
      'b',
    ],
    [
      'nobody when the config says so, whatever the document asks for',
      {
        security: [{ token: [] }],
        service: { credential: 'a', overrides: [{ match: 'GET /*', credential: 'none' }] },
        configured: { a: ['bearer'] },
      },
      'nobody',
    ],
    [
      'the credential that is called like the scheme',
      { security: [{ token: [] }], configured: { a: ['bearer'], token: ['bearer'] } },
      'token',
    ],
    [
      'the only credential of the kind',
      { security: [{ token: [] }], configured: { a: ['bearer'], b: ['basic'] } },
      'a',
    ],
    [
      'the first alternative that can be met',
      { security: [{ key: [] }, { token: [] }], configured: { a: ['bearer'] } },
      'a',
    ],
    [
      'nobody when signing is optional and nothing is configured',
      { security: [{ token: [] }, {}] },
      'nobody',
    ],
    [
      'one credential that meets both schemes',
      { security: [{ token: [], key: [] }], configured: { a: ['bearer', 'apiKey'] } },
      'a',
    ],
    [
      'whatever fills a bare Authorization header',
      { security: [{ bare: [] }], configured: { a: ['basic'] } },
      'a',
    ],
    [
      'nobody yet: none is configured',
      { security: [{ token: [] }] },
      'no-credential: its document asks for token; no credential is configured for it',
    ],
    [
      'nobody yet: none for both',
      { security: [{ token: [], key: [] }, { sso: [] }], configured: { a: ['bearer'] } },
      'no-credential: its document asks for token and key, or sso; no credential is configured for it',
    ],
    [
      'nobody yet: several would do',
      { security: [{ token: [] }], configured: { a: ['bearer'], b: ['bearer'] } },
      'no-credential: its document asks for token; a, b would all do',
    ],
    [
      'nobody yet: the configured one does not exist',
      { service: { credential: 'gone' } },
      'no-credential: no credential is called gone',
    ],
    [
      'nobody yet: a scheme that is not described',
      { security: [{ other: [] }] },
      'no-credential: its document asks for other; no credential is configured for it',
    ],
  ])('is %s', (_, given, expected) => {
    expect(signer(given)).toBe(expected);
  });

  it.each<[scheme: string, lines: string[]]>([
    ['token', ['scheme: bearer', 'token: ${env:TOKEN}']],
    ['key', ['scheme: api-key', 'in: header', 'name: X-Key', 'value: ${env:KEY}']],
    ['queryKey', ['scheme: api-key', 'in: query', 'name: k', 'value: ${env:QUERY_KEY}']],
    ['login', ['scheme: basic', 'username: ${env:LOGIN_USERNAME}', 'password: ${env:LOGIN_PASSWORD}']],
    [
      'sso',
      [
        'scheme: oauth2-client-credentials',
        'tokenUrl: https://sso.internal/token',
        'clientId: ${env:SSO_CLIENT_ID}',
        'clientSecret: ${env:SSO_CLIENT_SECRET}',
      ],
    ],
    [
      'oidc',
      [
        'scheme: oauth2-client-credentials',
        'tokenUrl: https://…',
        'clientId: ${env:OIDC_CLIENT_ID}',
        'clientSecret: ${env:OIDC_CLIENT_SECRET}',
      ],
    ],
    [
      'discovered',
      [
        'scheme: oauth2-client-credentials',
        'issuer: https://orders.internal/realms/a',
        'clientId: ${env:DISCOVERED_CLIENT_ID}',
        'clientSecret: ${env:DISCOVERED_CLIENT_SECRET}',
      ],
    ],
    [
      'user',
      [
        'scheme: oauth2-password',
        'tokenUrl: https://orders.internal/token',
        'username: ${env:USER_USERNAME}',
        'password: ${env:USER_PASSWORD}',
      ],
    ],
    [
      'many',
      [
        'scheme: oauth2-client-credentials',
        'tokenUrl: https://orders.internal/oauth/token',
        'clientId: ${env:MANY_CLIENT_ID}',
        'clientSecret: ${env:MANY_CLIENT_SECRET}',
      ],
    ],
    ['browser', ['scheme: bearer', 'token: ${env:BROWSER_TOKEN}']],
    ['bare', ['scheme: bearer', 'token: ${env:BARE_TOKEN}']],
    ['cert', ['scheme: mtls', 'cert: ${file:/path/client.crt}', 'key: ${file:/path/client.key}']],
    ['鉴权', ['scheme: bearer', 'token: ${env:API_TOKEN}']],
  ])('hints at the credential that %s wants', (scheme, lines) => {
    const hint = plan({ security: [{ [scheme]: [] }] }).skipped[0]?.hint;
    expect(hint).toBe(
      [
        'credentials:',
        `  ${scheme}:`,
        ...lines.map((line) => `    ${line}`),
        'services:',
        '  - name: orders',
        `    credential: ${scheme}`,
      ].join('\n'),
    );
  });

  it.each(['browser', 'code'])(
    'says of %s that a person signs in there, and what does without one',
    (scheme) => {
      expect(signer({ security: [{ [scheme]: [] }] })).toBe(
        `no-credential: its document asks for ${scheme}, where a person signs in with a browser: a token that lives long will do, or oauth2-refresh-token, oauth2-password, oauth2-client-credentials`,
      );
    },
  );

  it.each([
    ['token', 'POST /token', 'https://orders.internal/api/v1/token'],
    ['token', 'GET /token', 'https://orders.internal/api/token'],
    ['/sso/token', 'GET /a', 'https://orders.internal/sso/token'],
    ['https://sso.internal/token', 'POST /token', 'https://sso.internal/token'],
    ['ftp://sso.internal/token', 'GET /a', 'https://…'],
    ['{issuer}/token', 'GET /a', 'https://…'],
  ])('resolves the token endpoint %s beside %s to %s', (address, other, expected) => {
    const { skipped } = planFor({
      documents: [
        aDocument([anOperation('GET /orders', { security: [{ user: [] }] }), anOperation(other)], {
          securitySchemes: {
            user: { kind: 'oauth2', flows: ['password'], tokenUrls: { password: address } },
          },
        }),
      ],
      services: [aService({ baseUrl: 'https://orders.internal/api/v1' })],
    });
    expect(skipped.find(({ code }) => code === 'no-credential')?.hint).toContain(`tokenUrl: ${expected}\n`);
  });

  it('does not make up tokens that a document describes as ordinary parameters', () => {
    const parameters = [aParameter('X-Access-Token', 'header'), aParameter('page')];
    expect(signer({ parameters })).toBe(
      'no-credential: its document asks for a token in the header X-Access-Token; no credential is configured for it',
    );
    expect(signer({ parameters, service: { params: { 'X-Access-Token': 'abc' } } })).toBe('nobody');
    expect(signer({ parameters, service: { headers: { 'X-Access-Token': 'abc' } } })).toBe('nobody');
    const signed = plan({ parameters, service: { credential: 'a' }, configured: { a: ['apiKey'] } })
      .checks[0];
    expect(signed?.values.map(({ name }) => name)).toEqual(['page']);
  });

  it.each([
    ['token', 'query', 'token is not made up: it is a secret that only its owner knows'],
    ['access_token', 'query', 'access_token is not made up: it is a secret that only its owner knows'],
    ['token', 'cookie', expect.saying('needs the cookie token')],
  ] as const)('asks for a %s in the %s where the credential puts it elsewhere', (name, place, reason) => {
    const header = { name: 'a', scheme: 'api-key', options: { in: 'header', name: 'x-token', value: '' } };
    const here = { ...header, options: { in: place, name, value: '' } };
    const parameters = [aParameter(name, place, { examples: ['eyJ0'] })];
    const planWith = (a: typeof header | typeof here) =>
      planFor({
        documents: [aDocument([anOperation('GET /orders', { parameters })])],
        services: [aService({ credential: 'a' })],
        credentials: { a },
      });
    expect(planWith(header).skipped[0]).toMatchObject({
      code: 'no-value',
      reason: reason as string,
      hint: expect.saying(`${name}: …`) as string,
    });
    expect(planWith(here).checks[0]?.values).toEqual([]);
  });

  it('leaves to the credential what its scheme puts in', () => {
    const parameters = [aParameter('k'), aParameter('q')];
    const signed = plan({ parameters, security: [{ queryKey: [] }], configured: { queryKey: [] } }).checks[0];
    expect(signed?.request.url).toBe('https://orders.internal/orders?q=a');
  });
});

describe('a document that signs its operations in several ways', () => {
  const operations = Object.entries({ orders: 'token', users: 'key', stock: 'queryKey', shops: 'login' }).map(
    ([name, scheme]) => anOperation(`GET /${name}`, { security: [{ [scheme]: [] }] }),
  );
  const documents = [aDocument(operations, { securitySchemes: schemes })];
  const planned = (keys: Record<string, { readonly scheme: string; readonly options: object }>) =>
    planFor({
      documents,
      credentials: Object.fromEntries(
        Object.entries(keys).map(([name, { scheme, options }]) => [name, { name, scheme, options }]),
      ),
      options: {
        satisfies: (name) =>
          (({ bearer: ['bearer'], 'api-key': ['apiKey'], basic: ['basic'] }) as const)[
            keys[name]?.scheme as 'bearer'
          ] ?? [],
      },
    });

  it('is advised to have a credential for each, none of which is that of the whole service', () => {
    const hints = planned({}).skipped.map(({ hint = '' }) =>
      inEnglish(hint)
        .split('\n')
        .map((line) => line.trim()),
    );
    expect(hints.map(([, name]) => name)).toEqual(['token:', 'key:', 'queryKey:', 'login:']);
    expect(hints.every((lines) => lines.includes('- orders.internal'))).toBe(true);
    expect(hints.flat()).not.toContain('services:');
  });

  it('is not advised to send them to a host that it alone names', () => {
    const { baseUrl: _, ...service } = aService();
    const servers = [{ url: 'https://elsewhere.example' }];
    const away = operations.map((operation) => ({ ...operation, servers }));
    const elsewhere = [aDocument(away, { securitySchemes: schemes })];
    const { skipped } = planFor({ documents: elsewhere, services: [service] });
    expect(skipped).toHaveLength(4);
    expect(skipped.map(({ hint = '' }) => inEnglish(hint)).join(' ')).not.toContain('elsewhere');
  });

  it('uses each for what asks for it, keys by where they go, whatever they are called', () => {
    const { checks, skipped } = planned({
      main: { scheme: 'bearer', options: {} },
      a: { scheme: 'api-key', options: { name: 'K', in: 'query' } },
      b: { scheme: 'api-key', options: { name: 'x-key' } },
    });
    expect(checks.map(({ operation, credential }) => [operation, credential])).toEqual([
      ['GET /orders', 'main'],
      ['GET /users', 'b'],
      ['GET /stock', 'a'],
    ]);
    expect(skipped.map(({ operation }) => operation)).toEqual(['GET /shops']);
  });
});
