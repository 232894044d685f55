import { describe, expect, it } from 'vitest';
import { lateChanges, settingsDiff } from './diff.ts';
import { loadConfig } from './load.ts';

async function diff(before: string, after: string, compare = settingsDiff): Promise<readonly string[]> {
  const load = async (text: string) => {
    const loaded = await loadConfig('/etc/apipatrol/apipatrol.yaml', {
      env: {},
      readFile: () => Promise.resolve(text),
      hostTimeZone: 'Asia/Shanghai',
    });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    return loaded.settings;
  };
  return compare(await load(before), await load(after));
}

const base = `
services:
  - name: orders
    docs: ./orders.yaml
    headers: { X-Tenant: one }
    params: { orderId: 1 }
    operations:
      - { match: GET /a, skip: true }
      - { match: GET /b, retries: 1 }
  - { name: users, docs: ./users.yaml }
credentials:
  sso: { scheme: bearer, token: secret-token-1 }
  login: { scheme: login, url: "http://x/login", json: { password: secret-pass-1 }, token: $.data.token, success: $.code == 0 }
channels:
  ops: { kind: wecom-robot, webhook: "http://127.0.0.1/cgi-bin/webhook/send?key=secret-key-1" }
`;

const change = (from: string, to: string): string => {
  expect(base).toContain(from);
  return base.replace(from, to);
};

describe('what a reload changes', () => {
  it('is nothing when only comments, order of keys and line numbers differ', async () => {
    expect(await diff(base, `# a comment\n\n${base}`)).toEqual([]);
  });

  const signIns = (key: string): string => `
services:
  - { name: orders, docs: ./orders.yaml, baseUrl: "http://b", credential: keyed }
  - { name: users, docs: ./users.yaml, baseUrl: "http://b", credential: oauth }
credentials:
  keyed:
    scheme: login
    url: "http://x/login?tenant=Acme-North"
    headers: { X-Key: "${key}", X-App: "Portal One {{ nonce }}" }
    before: [{ url: "http://x/csrf", headers: { X-Key: "${key}" }, take: { nonce: $.nonce, other: { regex: "n=(a+)" } } }]
    json: { user: Somebody Else, inner: [{ note: "${key}" }], password: secret-pass-1 }
    token: $.data.token
    success: $.code == 0
  oauth: { scheme: oauth2-client-credentials, tokenUrl: "http://x/token", clientId: Some Client, clientSecret: secret-pass-2, parameters: { audience: "Api Of ${key}" } }
  digest: { scheme: digest, username: Some Body, password: secret-pass-3 }
`;

  it('is told of what takes effect after a restart', async () => {
    const late = `${base}logLevel: debug\nserver: { port: 9000, url: "http://p" }\nstore: { path: ./other.db }\n`;
    expect(await diff(base, late, lateChanges)).toEqual(['store.path', 'server.port', 'logLevel']);
    expect(await diff(late, late, lateChanges)).toEqual([]);
  });

  it('is nothing when the same file is read again, whatever signs in how', async () => {
    expect(await diff(signIns('Key-Of-One'), signIns('Key-Of-One'))).toEqual([]);
  });

  it('is what a sign-in sends, also where nobody knows whether that is secret', async () => {
    const changes = await diff(signIns('Key-Of-One'), signIns('Key-Of-Two'));
    expect(changes).toContain('credential keyed: headers.X-Key changed');
    expect(changes.join()).not.toContain('Key-Of');
  });

  it.each([
    ['docs: ./orders.yaml', 'docs: ./orders.yaml\n    retries: 0', ['service orders: retries 2 → 0']],
    ['docs: ./orders.yaml', 'docs: ./orders2.yaml', ['service orders: docs changed']],
    [
      'docs: ./orders.yaml',
      'docs: ./orders.yaml\n    baseUrl: http://b',
      ['service orders: baseUrl default → http://b'],
    ],
    ['docs: ./orders.yaml', 'docs: ./orders.yaml\n    interval: 5m', ['service orders: interval 15m → 5m']],
    [
      'docs: ./orders.yaml',
      'docs: ./orders.yaml\n    timeout: 1s',
      [
        'service orders: timeouts.connect 3s → 1s',
        'service orders: timeouts.firstByte 10s → 1s',
        'service orders: timeouts.total 15s → 1s',
      ],
    ],
    [
      'docs: ./orders.yaml',
      'docs: ./orders.yaml\n    network: { proxy: none }',
      ['service orders: network.proxy changed'],
    ],
    ['X-Tenant: one', 'X-Tenant: two', ['service orders: headers.x-tenant changed']],
    [
      'orderId: 1',
      'orderId: 2, page: 1',
      ['service orders: params.orderId changed', 'service orders: params.page changed'],
    ],
    ['skip: true', 'skip: broken', ['service orders: operations "GET /a" changed']],
    [
      'GET /b',
      'GET /c',
      ['service orders: operations "GET /b" changed', 'service orders: operations "GET /c" changed'],
    ],
    [
      '- { match: GET /a, skip: true }\n      - { match: GET /b, retries: 1 }',
      '- { match: GET /b, retries: 1 }\n      - { match: GET /a, skip: true }',
      ['service orders: operations in another order'],
    ],
    [
      '  - { name: users, docs: ./users.yaml }',
      '  - { name: people, docs: ./users.yaml }',
      ['service users removed', 'service people added'],
    ],
    ['secret-token-1', 'secret-token-2', ['credential sso: token changed']],
    ['secret-pass-1', 'secret-pass-2', ['credential login: json.password changed']],
    ['$.code == 0', '$.code == 1', ['credential login: success changed']],
    ['sso: { scheme: bearer', 'sso2: { scheme: bearer', ['credential sso removed', 'credential sso2 added']],
    ['secret-key-1', 'secret-key-2', ['channel ops: webhook changed']],
    [
      'channels:',
      'language: en\nlimits: { perOrigin: 8 }\nchannels:',
      ['limits.perOrigin 4 → 8', 'language zh → en'],
    ],
    ['channels:', 'interval: 5m\nchannels:', ['interval 15m → 5m']],
    ['channels:', 'routes: [{ to: [ops], severity: critical }]\nchannels:', ['routes changed']],
  ])('is a line for each change: %s → %s', async (from, to, lines) => {
    expect(await diff(base, change(from, to))).toEqual(lines);
  });
});
