import { describe, expect, it } from 'vitest';
import { formatProblem } from '../messages/in-language.ts';
import { loadConfig } from './load.ts';
import { problemsOf } from './load.fixture.ts';

describe('what is wrong', () => {
  it('is told all at once, each with its place, what was found and what is allowed', async () => {
    expect(
      await problemsOf(`
services:
  - docs: []
    baseUrl: ftp://user:pw@x
    intervall: 5m
    interval: 5s
    credential: 5
    expect: { status: ok, statuss: 3 }
    timeout: soon
    operations:
      - match: GET /x
        timeout: { conect: 3s, total: 5 }
      - match: hello
      - skip: true
credentials:
  a: { schem: bearer, token: x }
  b: { scheme: baerer, token: x }
  c: { scheme: bearer, token: 5, foo: 1 }
  d: { scheme: login, request: { url: nourl, metod: PUT } }
  e: { scheme: login, request: { url: http://x, method: GET } }
  f: { scheme: key, heder: x }
routes: []
timeZone: Asia/Shangai
limits: { body: 5, concurrency: 0, perOrigin: 1.5 }
grace: [1]
store: x
`),
    ).toEqual([
      'conf/apipatrol.yaml:3:11 services[0].docs: found a list of 0, expected at least 1 entry',
      'conf/apipatrol.yaml:4:14 services[0].baseUrl: "ftp://***@x" is not an http(s) URL; write for example https://orders.example',
      'conf/apipatrol.yaml:5:5 services[0].intervall: unknown key "intervall"; allowed: name, docs, baseUrl, server, params, headers, owners, credential, docsCredential, docsTrusted, locations, quorum, network, interval, timeout, retries, redirects, severity, latency, expect, operations\n  → Did you mean "interval"?',
      'conf/apipatrol.yaml:6:15 services[0].interval: "5s" is outside 10s to 24h',
      'conf/apipatrol.yaml:7:17 services[0].credential: found 5, expected a text\n  → Put it in quotes to make it a text.',
      'conf/apipatrol.yaml:8:23 services[0].expect.status: expected a number or a list (found "ok")',
      'conf/apipatrol.yaml:8:27 services[0].expect.statuss: unknown key "statuss"; allowed: status, schema\n  → Did you mean "status"?',
      'conf/apipatrol.yaml:9:14 services[0].timeout: "soon" is not a duration; write for example 15m, 2s, 250ms or 1h30m',
      'conf/apipatrol.yaml:12:20 services[0].operations[0].timeout.conect: unknown key "conect"; allowed: connect, firstByte, total\n  → Did you mean "connect"?',
      'conf/apipatrol.yaml:12:39 services[0].operations[0].timeout.total: 5 is not a duration; write for example 15m, 2s, 250ms or 1h30m',
      'conf/apipatrol.yaml:13:16 services[0].operations[1].match: "hello" is not a match; write `GET /orders/{id}`, `* /orders/**`, `operationId:getOrder` or `tag:orders`',
      'conf/apipatrol.yaml:14:9 services[0].operations[2].match: "match" is missing',
      'conf/apipatrol.yaml:16:6 credentials.a.scheme: "scheme" is missing; allowed: bearer, login, key\n  → Is "schem" meant to be it?',
      'conf/apipatrol.yaml:17:16 credentials.b.scheme: found "baerer"; allowed: bearer, login, key\n  → Did you mean "bearer"?',
      'conf/apipatrol.yaml:18:31 credentials.c.token: found ***, expected a text\n  → Put it in quotes to make it a text.',
      'conf/apipatrol.yaml:18:34 credentials.c.foo: unknown key "foo"; allowed: scheme, token',
      'conf/apipatrol.yaml:19:39 credentials.d.request.url: *** is not an http(s) URL; write for example https://orders.example',
      'conf/apipatrol.yaml:19:46 credentials.d.request.metod: unknown key "metod"; allowed: url, method\n  → Did you mean "method"?',
      'conf/apipatrol.yaml:20:6 credentials.e: needs another method than GET',
      'conf/apipatrol.yaml:21:6 credentials.f.header: "header" is missing\n  → Is "heder" meant to be it?',
      'conf/apipatrol.yaml:21:21 credentials.f.heder: unknown key "heder"; allowed: scheme, header, query\n  → Did you mean "header"?',
      'conf/apipatrol.yaml:22:9 routes: found a list of 0, expected at least 1 entry',
      'conf/apipatrol.yaml:23:11 timeZone: "Asia/Shangai" is not a time zone; write an IANA name such as Asia/Shanghai',
      'conf/apipatrol.yaml:24:17 limits.body: 5 is not a size; write for example 1MiB, 512KiB or 2MB',
      'conf/apipatrol.yaml:24:33 limits.concurrency: found 0, expected at least 1',
      'conf/apipatrol.yaml:24:47 limits.perOrigin: found 1.5, expected a whole number',
      'conf/apipatrol.yaml:25:8 grace: a list of 1 is not a duration; write for example 15m, 2s, 250ms or 1h30m',
      'conf/apipatrol.yaml:26:8 store: "x" is not the address of a PostgreSQL database; write postgres://user:password@host/database',
    ]);
  });

  it.each([
    ['interval: 9s', '"9s" is outside 10s to 24h'],
    ['interval: 25h', '"25h" is outside 10s to 24h'],
    ['interval: 0', '0 is not a duration; write for example 15m, 2s, 250ms or 1h30m'],
    ['retries: 6', 'found 6, expected at most 5'],
    ['severity: blocker', 'found "blocker"; allowed: critical, major, minor'],
    ['language: null', 'found nothing (null); allowed: zh, en'],
  ])('with %s is refused', async (line, message) => {
    const [key] = line.split(':');
    expect((await problemsOf(`docs: a\n${line}\n`))[0]).toContain(`${key}: ${message}`);
  });

  it('may be a name that is defined nowhere', async () => {
    expect(
      await problemsOf(`
services:
  - { name: orders, docs: a, credential: ordres, operations: [{ match: GET /a, credential: nobody }] }
  - { name: orders, docs: b }
credentials: { orders: { scheme: bearer, token: t } }
webhook: http://x
routes:
  - { to: [team, ops], services: [order] }
`),
    ).toEqual([
      'conf/apipatrol.yaml:3:42 services[0].credential: there is no credential "ordres"; defined: orders\n  → Did you mean "orders"?',
      'conf/apipatrol.yaml:3:92 services[0].operations[0].credential: there is no credential "nobody"; defined: orders',
      'conf/apipatrol.yaml:4:7 services[1].name: two services are called "orders"\n  → Rename one of them.',
      'conf/apipatrol.yaml:8:18 routes[0].to[1]: there is no channel "ops"; defined: team',
      'conf/apipatrol.yaml:8:35 routes[0].services[0]: there is no service "order"; defined: orders\n  → Did you mean "orders"?',
    ]);
    expect(await problemsOf('services: [{ docs: a, credential: x }]\n')).toEqual([
      'conf/apipatrol.yaml:1:35 services[0].credential: there is no credential "x"; there is no credential at all',
    ]);
  });

  it('may be a chain of credentials that breaks or bites its tail', async () => {
    const file = (text: string) => loadConfig('a.yaml', { env: {}, readFile: () => Promise.resolve(text) });
    const loaded = await file(`
docs: a
credentials:
  a: { scheme: bearer, token: t, uses: [gatewy, b] }
  b: { scheme: bearer, token: t, uses: a }
  gateway: { scheme: bearer, token: t }
  login: { scheme: login, url: "https://x/login", json: { key: "{{token.gatway}}", other: "{{token.gateway}}" } }
`);
    expect(loaded.ok ? [] : loaded.problems.map(formatProblem)).toEqual([
      'a.yaml:4:40 credentials.a.uses: there is no credential "gatewy"; defined: a, b, gateway, login\n  → Did you mean "gateway"?',
      'a.yaml:4:40 credentials.a.uses: the credential "a" needs itself, by way of gatewy, b',
      'a.yaml:5:40 credentials.b.uses: the credential "b" needs itself, by way of a',
      'a.yaml:7:64: there is no credential "gatway"; defined: a, b, gateway, login\n  → Did you mean "gateway"?',
    ]);
  });

  it('may stand in what an anchor merged in', async () => {
    expect(await problemsOf('x-a: &a\n  retries: many\nservices:\n  - { <<: [*a], docs: a }\n')).toEqual([
      'conf/apipatrol.yaml:2:12 services[0].retries: found "many", expected a number',
    ]);
  });
});

describe('a text that is not YAML or not a mapping', () => {
  it.each([
    [
      '',
      'conf/apipatrol.yaml:1:1: the file is empty\n  → Write at least `docs:` and `webhook:`, or let `apipatrol init` write the file.',
    ],
    [
      '# only a comment\n',
      'conf/apipatrol.yaml:1:1: the file is empty\n  → Write at least `docs:` and `webhook:`, or let `apipatrol init` write the file.',
    ],
    [
      '- docs\n',
      'conf/apipatrol.yaml:1:1: the file is not a mapping of keys to values\n  → Write at least `docs:` and `webhook:`, or let `apipatrol init` write the file.',
    ],
    [
      'docs: x\n\tfoo: 1\n',
      'conf/apipatrol.yaml:2:1: the line is indented with a tab\n  → YAML is indented with spaces.',
    ],
    [
      '# mine\nservices:\n  - docs: a.yaml\nservices:\n  - name: a\n    credential: none\n',
      'conf/apipatrol.yaml:4:1: the key "services" stands twice in one mapping\n  → Put what stands below the second one (but for `- name:`) into the entry of that service under line 2',
    ],
    [
      'docs: x\nlanguage: en\ndocs: y\n',
      'conf/apipatrol.yaml:3:1: the key "docs" stands twice in one mapping\n  → Keep one of them.',
    ],
    [
      'channels: { x: { kind: wecom-robot, webhook: ${env:W} } }\n',
      'conf/apipatrol.yaml:1:47: not valid YAML: Unexpected flow-map-start at node end\n  → Inside { } and [ ], put texts with ${…} in quotes: "${env:NAME}".',
    ],
    ['a: "y"\ndocs: "x\nb: 1\n', 'conf/apipatrol.yaml:2:7: not valid YAML: Missing closing "quote'],
    ['docs: "x\n', 'conf/apipatrol.yaml:1:7: not valid YAML: Missing closing "quote'],
    [
      'docs: a.yaml\n---\ndocs: b.yaml\n',
      'conf/apipatrol.yaml:2:1: the file holds several YAML documents, divided by ---\n  → Keep one of them;',
    ],
    [
      'docs: a.yaml\n  baseUrl: http://a.example\n',
      'conf/apipatrol.yaml:1:7: not valid YAML: Nested mappings are not allowed in compact mappings\n  → Keys of one mapping begin in the same column',
    ],
    [
      'docs: *.yaml\n',
      'conf/apipatrol.yaml:1:7: not valid YAML: what begins with * refers to an anchor, and there is none of that name\n  → A text that starts with * needs quotes, for example: "*.yaml".',
    ],
  ])('%j is told with its place', async (text, expected) => {
    const problems = await problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });

  it('may hide a bomb of aliases', async () => {
    const levels = Array.from({ length: 9 }, (_, i) => `x-${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]`);
    const problems = await problemsOf(`docs: a\nx-0: &a0 [1]\n${levels.join('\n')}\n`);
    expect(problems).toEqual([expect.stringContaining('Excessive alias count')]);
  });
});

it('a call may not have to end before it begins', async () => {
  expect(await problemsOf('docs: a\ntimeout: 0s\n')).toEqual([
    'conf/apipatrol.yaml:2:10 timeout: "0s" is no time at all; write for example 15s',
  ]);
});

it('names of users that read the same, or mix scripts that look alike', async () => {
  const users = (...names: readonly string[]) =>
    problemsOf(
      `services: [{ docs: a }]\nserver:\n  signIn:\n    users:\n${names
        .map((name) => `      - { name: ${JSON.stringify(name)}, role: viewer, password: scrypt$x }\n`)
        .join('')}`,
    );
  expect(await users('boss', 'li', 'ＢＯＳＳ')).toEqual([
    'conf/apipatrol.yaml:7:17 server.signIn.users[2].name: reads the same as the user "boss"; give each a name of its own (found "ＢＯＳＳ")',
  ]);
  expect(await users('bоss')).toEqual([
    'conf/apipatrol.yaml:5:17 server.signIn.users[0].name: mixes Cyrillic and Latin, which look alike (found "bоss")',
  ]);
  expect((await users('boss '))[0]).toContain('or blanks around it');
});
