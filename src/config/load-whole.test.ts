import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../messages/in-language.ts';
import { loadConfig } from './load.ts';
import { secretsOf } from './validation/secrets.ts';
import { registries, settingsOf, problemsOf, folder } from './load.fixture.ts';

const authority = `${rootCertificates[0]}\n`;

describe('a whole configuration', () => {
  const text = `
interval: 5m
latency: { p95: 1s }
timeout: 5s
expect: { status: 200, schema: off }
services:
  - name: orders
    docs: [ ./docs/orders/*.yaml, ../shared/common.json ]
    server: staging
    credential: sso
    headers: { X-Tenant: "42" }
    owners: [zhangsan]
    timeout: { total: 20s }
    retries: 0
    redirects: off
    severity: critical
    params: { orderId: 1001, ids: [1, 2] }
    expect: { status: [200, 204] }
    operations:
      - match: get /orders/{id}
        interval: 1h
        timeout: { firstByte: 1s }
        latency: { p95: 500ms }
        expect: { schema: { strict: true } }
        headers: { X-Debug: "1" }
      - { match: /orders/**, skip: being rebuilt, owners: [lisi] }
      - { match: "tag:search", allow: true, body: { q: a } }
  - docs: ./users.json
  - docs: ./more/users.json
credentials:
  sso: { scheme: login, request: { url: https://sso.example/login }, ttl: 1h }
channels:
  ops: { kind: wecom-robot, webhook: "http://robot", language: en }
  dev: { kind: wecom-robot, webhook: "http://robot2" }
routes:
  - { to: [ops], services: [orders, users-2], severity: critical }
  - { to: [dev], tags: [search] }
limits: { perOrigin: 2, body: 512 KiB }
store: { path: /var/lib/patrol.db, retention: 7d }
timeZone: Asia/Tokyo
language: en
logLevel: debug
grace: 3s
`;

  it('is turned into what the program uses, defaults inherited from the top', async () => {
    const settings = await settingsOf(text);
    const [orders, users, more] = settings.services;
    expect(orders).toEqual({
      name: 'orders',
      docs: [path.join(folder, 'docs/orders/*.yaml'), path.resolve('shared/common.json')],
      root: path.resolve('.'),
      server: 'staging',
      credential: 'sso',
      headers: { 'x-tenant': '42' },
      owners: ['zhangsan'],
      intervalMs: 300_000,
      timeouts: { connectMs: 3000, firstByteMs: 5000, totalMs: 20_000 },
      retries: 0,
      redirects: 'off',
      severity: 'critical',
      latency: { p95Ms: 1000 },
      params: { orderId: 1001, ids: [1, 2] },
      paramPlaces: { orderId: 'conf/apipatrol.yaml:17:24', ids: 'conf/apipatrol.yaml:17:35' },
      expect: [
        { kind: 'status', settings: [200, 204] },
        { kind: 'schema', settings: 'off' },
      ],
      overrides: [
        {
          match: 'GET /orders/{id}',
          at: 'conf/apipatrol.yaml:20:9',
          intervalMs: 3_600_000,
          timeouts: { firstByteMs: 1000 },
          latency: { p95Ms: 500 },
          expect: [{ kind: 'schema', settings: { strict: true } }],
          headers: { 'x-debug': '1' },
        },
        { match: '* /orders/**', at: 'conf/apipatrol.yaml:26:9', skip: 'being rebuilt', owners: ['lisi'] },
        { match: 'tag:search', at: 'conf/apipatrol.yaml:27:9', allow: true, body: { q: 'a' } },
      ],
    });
    expect([users?.name, more?.name]).toEqual(['users', 'users-2']);
    expect(users?.timeouts).toEqual({ connectMs: 3000, firstByteMs: 5000, totalMs: 5000 });
    expect(settings.credentials).toEqual({
      sso: {
        name: 'sso',
        scheme: 'login',
        options: { request: { url: 'https://sso.example/login', method: 'POST' }, ttl: 3_600_000 },
      },
    });
    expect(settings.channels['ops']).toMatchObject({ name: 'ops', kind: 'wecom-robot', language: 'en' });
    expect(settings.routes).toEqual([
      { to: ['ops'], services: ['orders', 'users-2'], severity: 'critical' },
      { to: ['dev'], tags: ['search'] },
    ]);
    expect(settings.limits).toMatchObject({ perOrigin: 2, bodyBytes: 524_288 });
    expect(settings.store).toMatchObject({ path: '/var/lib/patrol.db', retentionMs: 7 * 86_400_000 });
    expect(settings).toMatchObject({
      timeZone: 'Asia/Tokyo',
      language: 'en',
      logLevel: 'debug',
      graceMs: 3000,
    });
  });

  it('says for all or for one service how servers are reached', async () => {
    const settings = await settingsOf(
      `
network: { proxy: "http://u:proxy-pass-1@proxy:3128", family: 4, ca: "\${file:ca.pem}" }
services:
  - { docs: a, docsCredential: key, network: { proxy: none, verify: false, resolve: { a.example: 10.0.0.1 } } }
  - { docs: b }
credentials: { key: { scheme: bearer, token: t } }
`,
      {},
      { 'ca.pem': authority },
    );
    const ca = authority.trimEnd();
    const [one, other] = settings.services;
    const resolve = { 'a.example': '10.0.0.1' };
    expect(one?.network).toEqual({ proxy: 'none', family: 4, ca, verify: false, resolve });
    expect(one?.docsCredential).toBe('key');
    expect(other?.network).toEqual({ proxy: 'http://u:proxy-pass-1@proxy:3128', family: 4, ca });
    expect(secretsOf(settings).map((secret) => secret.reveal())).toContain('proxy-pass-1');
    expect(
      await problemsOf(
        'docs: a\nnetwork: { proxy: "ftp://u:canary@p", ca: ca.pem, family: 5, resolve: { a: nowhere } }\n',
      ),
    ).toEqual([
      'conf/apipatrol.yaml:2:19 network.proxy: "ftp://***@p" is not a proxy; write http://host:port or none',
      'conf/apipatrol.yaml:2:43 network.ca: "ca.pem" is not a certificate in PEM; write ${file:ca.pem}',
      'conf/apipatrol.yaml:2:59 network.family: found 5; allowed: 4, 6',
      'conf/apipatrol.yaml:2:76 network.resolve.a: "nowhere" is not an IP address',
    ]);
  });

  it('names times in which nothing is told, and what tells whether it is us', async () => {
    const settings = await settingsOf(`
docs: a
timeZone: Asia/Shanghai
maintenance:
  - { name: release, cron: 0 2 * * 6, duration: 2h }
  - { name: batch, cron: 30 1 * * *, duration: 30m, timeZone: UTC, services: [a], causes: [service], onlyOn: [2026-10-01] }
connectivityCheck: { url: "https://intranet.example/health" }
allowExec: true
`);
    expect(settings.maintenance).toEqual([
      {
        name: 'release',
        cron: '0 2 * * 6',
        durationMs: 7_200_000,
        timeZone: 'Asia/Shanghai',
        matcher: { subject: '*' },
      },
      {
        name: 'batch',
        cron: '30 1 * * *',
        durationMs: 1_800_000,
        timeZone: 'UTC',
        matcher: { services: ['a'], levels: ['service'] },
        onlyOn: ['2026-10-01'],
      },
    ]);
    expect(settings).toMatchObject({ connectivityUrl: 'https://intranet.example/health', allowExec: true });
    expect(
      await problemsOf('docs: a\nmaintenance: [{ name: x, cron: at night, duration: 2h, services: [b] }]\n'),
    ).toEqual([
      'conf/apipatrol.yaml:2:32 maintenance[0].cron: "at night" is not a cron expression; write for example 0 2 * * 6 for Saturdays at 2',
    ]);
    expect(
      await problemsOf('docs: a\nmaintenance: [{ name: x, cron: 0 2 * * 6, duration: 2h, services: [b] }]\n'),
    ).toEqual(['conf/apipatrol.yaml:2:68 maintenance[0].services[0]: there is no service "b"; defined: a']);
  });

  it('names objectives, in percent, and summaries, each to every channel unless it names some', async () => {
    const settings = await settingsOf(`
docs: a
webhook: https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x
slo:
  - { name: everything, availability: 99.5 }
  - { name: checkout, tags: [checkout], availability: 99.9, latency: 95, window: 7d }
summaries:
  - {}
  - { every: week, at: "18:30", on: fri, to: [team] }
`);
    expect(settings.slo).toEqual([
      { name: 'everything', availability: 0.995, windowMs: 30 * 86_400_000 },
      { name: 'checkout', tags: ['checkout'], availability: 0.999, latency: 0.95, windowMs: 7 * 86_400_000 },
    ]);
    expect(settings.summaries).toEqual([
      { every: 'day', at: '09:00', to: ['team'] },
      { every: 'week', at: '18:30', on: 'fri', to: ['team'] },
    ]);
    expect(
      await problemsOf(`
docs: a
slo:
  - { name: x, availability: 100 }
  - { name: y, services: [b], latency: 95 }
  - { name: y, availability: 99 }
  - { name: z }
summaries: [{ to: [nobody], at: 9am }]
`),
    ).toEqual([
      'conf/apipatrol.yaml:4:30 slo[0].availability: 100 is not a percentage from 50 to 99.99; write for example 99.9',
      'conf/apipatrol.yaml:8:33 summaries[0].at: "9am" is not a time of day; write for example 09:00',
    ]);
    expect(
      await problemsOf(`
docs: a
slo:
  - { name: y, services: [b], latency: 95 }
  - { name: y, availability: 99 }
  - { name: z }
summaries: [{ to: [nobody] }]
`),
    ).toEqual([
      'conf/apipatrol.yaml:4:27 slo[0].services[0]: there is no service "b"; defined: a',
      'conf/apipatrol.yaml:5:13 slo[1].name: two objectives are called "y"\n  → Rename one of them.',
      'conf/apipatrol.yaml:6:5 slo[2]: "z" has neither "availability" nor "latency"\n  → Write for example availability: 99.9.',
      'conf/apipatrol.yaml:7:20 summaries[0].to[0]: there is no channel "nobody"; there is no channel at all',
    ]);
  });

  it('reads who owns what from a file, and says which line is none', async () => {
    const load = async (owners: string) => {
      const readFile = (file: string) =>
        Promise.resolve(file.endsWith('OWNERS') ? owners : 'docs: a\nownersFile: ./OWNERS\n');
      return loadConfig('conf/apipatrol.yaml', { env: {}, readFile });
    };
    const loaded = await load(
      '# who\n\n* @boss\nGET /orders/** @zhangsan lisi # two\n/users wangwu\ntag:pay a\n',
    );
    if (!loaded.ok) throw new Error('refused');
    expect(loaded.settings.services[0]?.overrides.map(({ match, owners }) => [match, owners])).toEqual([
      ['* *', ['boss']],
      ['GET /orders/**', ['zhangsan', 'lisi']],
      ['* /users', ['wangwu']],
      ['tag:pay', ['a']],
    ]);
    expect(loaded.files.map((file) => path.basename(file))).toEqual(['apipatrol.yaml', 'OWNERS']);
    const refused = await load('orders.yaml @zhangsan\n');
    expect(refused.ok ? [] : refused.problems.map(formatProblem)).toEqual([
      './OWNERS:1:1: "orders.yaml" is no operation; write for example GET /orders/** zhangsan',
    ]);
  });

  it('takes a Liquid text for the messages of a channel, and says where it is none', async () => {
    const channel = (template: string) =>
      `docs: a\nchannels:\n  ops:\n    kind: wecom-robot\n    webhook: http://robot\n    template: "${template}"\n`;
    const settings = await settingsOf(channel('{{ headline }}'));
    expect(settings.channels['ops']?.template).toBe('{{ headline }}');
    expect(await problemsOf(channel('{{ headline | loud }}'))).toEqual([
      'conf/apipatrol.yaml:6:15 channels.ops.template: is no Liquid template: undefined filter: loud, line:1, col:1',
    ]);
  });

  it('says who is told when, and who is told else', async () => {
    const settings = await settingsOf(`
docs: a
channels:
  ops: { kind: wecom-robot, webhook: "http://robot1", fallback: [boss] }
  boss: { kind: wecom-robot, webhook: "http://robot2" }
routes:
  - to: [ops]
    when: workday 09:00-18:00
    quiet: [22:00-08:00, sun 00:00-24:00]
    causes: [origin, credential]
    owners: [zhangsan]
    escalate: [{ after: 30m, to: [boss] }]
    documentChanges: breaking
calendar: { holidays: [2026-10-01], workdays: [2026-10-10] }
`);
    expect(settings.channels['ops']?.fallback).toEqual(['boss']);
    expect(settings.routes).toEqual([
      {
        to: ['ops'],
        when: [{ from: 540, to: 1080, days: ['workday'] }],
        quiet: [
          { from: 1320, to: 480 },
          { from: 0, to: 1440, days: ['sun'] },
        ],
        causes: ['origin', 'credential'],
        owners: ['zhangsan'],
        escalate: [{ afterMs: 1_800_000, to: ['boss'] }],
        documentChanges: 'breaking',
      },
    ]);
    expect(settings.calendar).toEqual({
      timeZone: 'Europe/Berlin',
      holidays: ['2026-10-01'],
      workdays: ['2026-10-10'],
    });
    expect(
      await problemsOf(`
docs: a
channels: { ops: { kind: wecom-robot, webhook: "http://robot", fallback: [ops, bos] } }
routes: [{ to: [ops], when: evenings, escalate: [{ after: 5, to: [nobody] }] }]
calendar: { holidays: [10/1] }
`),
    ).toEqual([
      'conf/apipatrol.yaml:4:29 routes[0].when: "evenings" is not a part of the day; write for example 22:00-08:00, mon-fri 09:00-18:00 or holiday 00:00-24:00',
      'conf/apipatrol.yaml:4:59 routes[0].escalate[0].after: 5 is not a duration; write for example 15m, 2s, 250ms or 1h30m',
      'conf/apipatrol.yaml:5:24 calendar.holidays[0]: "10/1" is not a date; write for example 2026-10-01',
    ]);
    expect(
      await problemsOf(
        'docs: a\nchannels: { ops: { kind: wecom-robot, webhook: "http://robot", fallback: [ops, bos] } }\n' +
          'routes: [{ to: [ops], escalate: [{ after: 5m, to: [nobody] }] }]\n',
      ),
    ).toEqual([
      'conf/apipatrol.yaml:2:75 channels.ops.fallback[0]: the channel "ops" cannot stand in for itself',
      'conf/apipatrol.yaml:2:80 channels.ops.fallback[1]: there is no channel "bos"; defined: ops\n  → Did you mean "ops"?',
      'conf/apipatrol.yaml:3:52 routes[0].escalate[0].to[0]: there is no channel "nobody"; defined: ops',
    ]);
  });

  it('may have sections that are empty', async () => {
    const settings = await settingsOf(
      'services:\n  - docs: a\n    headers:\n    operations:\ncredentials:\nchannels:\nlimits:\nexpect:\n',
    );
    expect(settings).toMatchObject({ credentials: {}, channels: {}, limits: { perOrigin: 4 } });
  });

  it('takes anchors, merge keys and keys of its own for them', async () => {
    const settings = await settingsOf(`
x-common: &common { docs: a.yaml, retries: 1 }
services:
  - { <<: *common, name: one }
  - { <<: *common, name: two, retries: 3 }
`);
    expect(settings.services.map(({ name, retries }) => [name, retries])).toEqual([
      ['one', 1],
      ['two', 3],
    ]);
  });

  it.each([
    ['Etc/UTC', 'zh', 'Asia/Shanghai'],
    ['UTC', 'en', 'UTC'],
    ['America/Lima', 'zh', 'America/Lima'],
  ])('on a machine in %s with language %s tells the time of %s', async (hostTimeZone, language, expected) => {
    const loaded = await loadConfig('a.yaml', {
      env: {},
      registries,
      hostTimeZone,
      readFile: () => Promise.resolve(`docs: a\nlanguage: ${language}\n`),
    });
    expect(loaded).toMatchObject({ settings: { timeZone: expected } });
  });
});

it('no credential is needed for what is sent as it is', async () => {
  const settings = await settingsOf(
    'services: [{ docs: a, credential: none, operations: [{ match: GET /x, credential: none }] }]',
  );
  expect(settings.services).toMatchObject([{ credential: 'none', overrides: [{ credential: 'none' }] }]);
});

it('keeps every digit of an id, and what goes out as text as it is written', async () => {
  const params =
    '{ userId: 1234567890123456789, zip: 01234, version: 1.10, phone: +8613800000000, page: 7, x: [1.0] }';
  const settings = await settingsOf(
    `services: [{ docs: a, params: ${params}, timeout: { total: 5s }, retries: 1 }]`,
  );
  expect(settings.services[0]?.params).toEqual({
    userId: '1234567890123456789',
    zip: '01234',
    version: '1.10',
    phone: '+8613800000000',
    page: 7,
    x: ['1.0'],
  });
});
