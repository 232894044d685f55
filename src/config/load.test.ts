import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineScheme } from '../auth/scheme.ts';
import { defineExpectation } from '../check/expectation.ts';
import { Redactor, Secret } from '../kit/secret.ts';
import { duration, httpUrl, secretText } from '../kit/zod.ts';
import { formatProblem } from '../model/problem.ts';
import type { Settings } from '../model/settings.ts';
import { defineChannel } from '../notify/channel.ts';
import { loadConfig } from './load.ts';
import type { Registries } from './registries.ts';
import { secretsOf } from './secrets.ts';

const robotOptions = z.strictObject({
  webhook: secretText.refine((address) => address.reveal().startsWith('http'), {
    error: 'is not an address',
  }),
});

const registries: Registries = {
  schemes: [
    defineScheme({
      kind: 'bearer',
      summary: 'A fixed token.',
      satisfies: ['bearer'],
      options: z.strictObject({ token: secretText }),
      apply: (request) => request,
    }),
    defineScheme({
      kind: 'login',
      summary: 'A login request.',
      satisfies: ['bearer'],
      // Nested and not strict: unknown keys in it must be found all the same.
      options: z
        .object({
          request: z.object({ url: httpUrl, method: z.string().default('POST') }),
          ttl: duration.optional(),
        })
        .refine(({ request }) => request.method !== 'GET', { error: 'needs another method than GET' }),
      apply: (request) => request,
    }),
    defineScheme({
      kind: 'key',
      summary: 'One of two ways.',
      satisfies: ['apiKey'],
      options: z.union([z.strictObject({ header: secretText }), z.strictObject({ query: secretText })]),
      apply: (request) => request,
    }),
  ],
  channels: [
    defineChannel({
      kind: 'wecom-robot',
      summary: 'A robot.',
      options: robotOptions,
      limits: { perMinute: 20 },
      render: () => ({ parts: [] }),
      send: () => Promise.resolve({ kind: 'sent' }),
    }),
  ],
  expectations: [
    defineExpectation({
      kind: 'status',
      code: 'status',
      summary: 'Statuses that are right.',
      settings: z.union([z.int(), z.array(z.int())]),
      judge: () => [],
    }),
    defineExpectation({
      kind: 'schema',
      code: 'schema',
      summary: 'The documented schema.',
      settings: z.union([z.literal('off'), z.strictObject({ strict: z.boolean() })]),
      judge: () => [],
    }),
  ],
};

const load = (text: string, env: Record<string, string> = {}, files: Record<string, string> = {}) =>
  loadConfig('conf/apipatrol.yaml', {
    env,
    registries,
    hostTimeZone: 'Europe/Berlin',
    readFile: (file) => {
      const known: Record<string, string> = { [path.resolve('conf/apipatrol.yaml')]: text };
      for (const [name, content] of Object.entries(files)) known[path.resolve('conf', name)] = content;
      const found = known[file];
      return found === undefined ? Promise.reject(new Error(`ENOENT: ${file}`)) : Promise.resolve(found);
    },
  });

async function settingsOf(
  text: string,
  env?: Record<string, string>,
  files?: Record<string, string>,
): Promise<Settings> {
  const loaded = await load(text, env, files);
  if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join('\n'));
  return loaded.settings;
}

async function problemsOf(
  text: string,
  env?: Record<string, string>,
  files?: Record<string, string>,
): Promise<string[]> {
  const loaded = await load(text, env, files);
  return loaded.ok ? [] : loaded.problems.map(formatProblem);
}

const folder = path.resolve('conf');

describe('the three-line configuration', () => {
  it('is a source, a channel, a route and the defaults for everything else', async () => {
    const settings = await settingsOf(
      'docs: ./orders.yaml\nwebhook: https://qyapi.example/send?key=k1k1k1\n',
    );
    expect(settings).toEqual({
      intervalMs: 900_000,
      sources: [
        {
          name: 'orders',
          docs: [path.join(folder, 'orders.yaml')],
          root: folder,
          headers: {},
          owners: [],
          intervalMs: 900_000,
          timeouts: { connectMs: 3000, firstByteMs: 10_000, totalMs: 15_000 },
          retries: 2,
          severity: 'major',
          latency: { p95Ms: 2000 },
          params: {},
          expect: [],
          overrides: [],
        },
      ],
      credentials: {},
      channels: {
        team: { name: 'team', kind: 'wecom-robot', options: { webhook: expect.any(Secret) } },
      },
      routes: [{ to: ['team'] }],
      limits: { concurrency: 64, perOrigin: 4, ratePerOrigin: 20, bodyBytes: 1_048_576 },
      store: {
        path: path.join(folder, '.apipatrol/patrol.db'),
        retentionMs: 30 * 86_400_000,
        historyMs: 366 * 86_400_000,
      },
      graceMs: 10_000,
      timeZone: 'Europe/Berlin',
      calendar: { timeZone: 'Europe/Berlin', holidays: [], workdays: [] },
      maintenance: [],
      slo: [],
      server: { host: '127.0.0.1', port: 8420, metrics: 'open' },
      digest: [],
      allowExec: false,
      language: 'zh',
      logLevel: 'info',
    });
  });

  it('may say where the service answers', async () => {
    const settings = await settingsOf(
      'docs: https://api.example/v3/api-docs\nbaseUrl: https://api.example\n',
    );
    expect(settings.sources[0]).toMatchObject({
      name: 'api.example',
      docs: ['https://api.example/v3/api-docs'],
      baseUrl: 'https://api.example',
    });
  });

  it.each([
    ['./docs/orders/**/*.{yaml,json}', 'orders'],
    ['./petstore.openapi.json', 'petstore'],
    ['./users', 'users'],
    ['*.yaml', 'docs'],
    ['https://api.example:8443/swagger.json', 'api.example'],
    ['https://git.corp/team/orders.git#main:docs', 'orders'],
    ['git@git.corp:team/users.git', 'users'],
  ])('names the source of %s after it: %s', async (docs, name) => {
    expect((await settingsOf(`docs: "${docs}"`)).sources[0]?.name).toBe(name);
  });

  it.each(['git@git.corp:team/users.git#:docs', 'ssh://git.corp/users.git', 'file:///srv/users.git'])(
    'leaves the address %s as it is',
    async (docs) => {
      expect((await settingsOf(`docs: "${docs}"`)).sources[0]?.docs).toEqual([docs]);
    },
  );

  it('excludes the long form', async () => {
    expect(await problemsOf('docs: a.yaml\nsources: [{docs: b.yaml}]\n')).toEqual([
      'conf/apipatrol.yaml:1:1 docs: "docs" and "sources" exclude each other\n  → Move "docs" into an entry of "sources".',
    ]);
    expect(
      await problemsOf(
        'docs: a\nwebhook: http://x\nchannels: {team: {kind: wecom-robot, webhook: http://y}}',
      ),
    ).toEqual([
      'conf/apipatrol.yaml:2:1 webhook: "webhook" is short for a channel called team, and "channels" has one too\n  → Keep one of them.',
    ]);
  });

  it('needs documents', async () => {
    expect(await problemsOf('webhook: http://x\n')).toEqual([
      'conf/apipatrol.yaml:1:1: neither "sources" nor "docs" is given\n  → Say where the documents are: docs: ./openapi.yaml',
    ]);
  });

  it.each([
    ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abcdefgh', 'wecom-robot'],
    ['https://oapi.dingtalk.com/robot/send?access_token=abcdefgh', 'dingtalk-robot'],
    ['https://open.feishu.cn/open-apis/bot/v2/hook/abcdefgh', 'feishu-robot'],
    ['https://hooks.slack.com/services/T0/B0/abcdefgh', 'slack-webhook'],
  ])('knows whose robot it is by its address: %s', async (webhook, kind) => {
    const read = () => Promise.resolve(`docs: a\nwebhook: ${webhook}\n`);
    const loaded = await loadConfig('a.yaml', { env: {}, readFile: read });
    expect(loaded).toMatchObject({ settings: { channels: { team: { name: 'team', kind } } } });
  });

  it('tells the address of the robot apart from something else', async () => {
    expect(await problemsOf('docs: a\nwebhook: qyapi-secret\n')).toEqual([
      'conf/apipatrol.yaml:2:10 webhook: *** is not an address',
    ]);
  });
});

describe('a whole configuration', () => {
  const text = `
interval: 5m
latency: { p95: 1s }
timeout: 5s
expect: { status: 200, schema: off }
sources:
  - name: orders
    docs: [ ./docs/orders/*.yaml, ../shared/common.json ]
    server: staging
    credential: sso
    headers: { X-Tenant: "42" }
    owners: [zhangsan]
    timeout: { total: 20s }
    retries: 0
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
  - { to: [ops], sources: [orders, users-2], severity: critical }
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
    const [orders, users, more] = settings.sources;
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
      severity: 'critical',
      latency: { p95Ms: 1000 },
      params: { orderId: 1001, ids: [1, 2] },
      expect: [
        { kind: 'status', settings: [200, 204] },
        { kind: 'schema', settings: 'off' },
      ],
      overrides: [
        {
          match: 'GET /orders/{id}',
          at: 'conf/apipatrol.yaml:19:9',
          intervalMs: 3_600_000,
          timeouts: { firstByteMs: 1000 },
          latency: { p95Ms: 500 },
          expect: [{ kind: 'schema', settings: { strict: true } }],
          headers: { 'x-debug': '1' },
        },
        { match: '* /orders/**', at: 'conf/apipatrol.yaml:25:9', skip: 'being rebuilt', owners: ['lisi'] },
        { match: 'tag:search', at: 'conf/apipatrol.yaml:26:9', allow: true, body: { q: 'a' } },
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
      { to: ['ops'], sources: ['orders', 'users-2'], severity: 'critical' },
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

  it('says for all or for one source how servers are reached', async () => {
    const settings = await settingsOf(
      `
network: { proxy: "http://u:proxy-pass-1@proxy:3128", family: 4, ca: "\${file:ca.pem}" }
sources:
  - { docs: a, docsCredential: key, network: { proxy: none, verify: false, resolve: { a.example: 10.0.0.1 } } }
  - { docs: b }
credentials: { key: { scheme: bearer, token: t } }
`,
      {},
      { 'ca.pem': '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n' },
    );
    const ca = '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----';
    const [one, other] = settings.sources;
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
  - { name: batch, cron: 30 1 * * *, duration: 30m, timeZone: UTC, sources: [a], causes: [service], onlyOn: [2026-10-01] }
selfCheck: { canary: "https://intranet.example/health" }
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
        matcher: { sources: ['a'], levels: ['service'] },
        onlyOn: ['2026-10-01'],
      },
    ]);
    expect(settings).toMatchObject({ canary: 'https://intranet.example/health', allowExec: true });
    expect(
      await problemsOf('docs: a\nmaintenance: [{ name: x, cron: at night, duration: 2h, sources: [b] }]\n'),
    ).toEqual([
      'conf/apipatrol.yaml:2:32 maintenance[0].cron: "at night" is not a cron expression; write for example 0 2 * * 6 for Saturdays at 2',
    ]);
    expect(
      await problemsOf('docs: a\nmaintenance: [{ name: x, cron: 0 2 * * 6, duration: 2h, sources: [b] }]\n'),
    ).toEqual(['conf/apipatrol.yaml:2:67 maintenance[0].sources[0]: there is no source "b"; defined: a']);
  });

  it('names objectives, in percent, and summaries, each to every channel unless it names some', async () => {
    const settings = await settingsOf(`
docs: a
webhook: https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x
slo:
  - { name: everything, availability: 99.5 }
  - { name: checkout, tags: [checkout], availability: 99.9, latency: 95, window: 7d }
digest:
  - {}
  - { every: week, at: "18:30", on: fri, to: [team] }
`);
    expect(settings.slo).toEqual([
      { name: 'everything', availability: 0.995, windowMs: 30 * 86_400_000 },
      { name: 'checkout', tags: ['checkout'], availability: 0.999, latency: 0.95, windowMs: 7 * 86_400_000 },
    ]);
    expect(settings.digest).toEqual([
      { every: 'day', at: '09:00', to: ['team'] },
      { every: 'week', at: '18:30', on: 'fri', to: ['team'] },
    ]);
    expect(
      await problemsOf(`
docs: a
slo:
  - { name: x, availability: 100 }
  - { name: y, sources: [b], latency: 95 }
  - { name: y, availability: 99 }
  - { name: z }
digest: [{ to: [nobody], at: 9am }]
`),
    ).toEqual([
      'conf/apipatrol.yaml:4:30 slo[0].availability: 100 is not a percentage from 50 to 99.99; write for example 99.9',
      'conf/apipatrol.yaml:8:30 digest[0].at: "9am" is not a time of day; write for example 09:00',
    ]);
    expect(
      await problemsOf(`
docs: a
slo:
  - { name: y, sources: [b], latency: 95 }
  - { name: y, availability: 99 }
  - { name: z }
digest: [{ to: [nobody] }]
`),
    ).toEqual([
      'conf/apipatrol.yaml:4:26 slo[0].sources[0]: there is no source "b"; defined: a',
      'conf/apipatrol.yaml:5:13 slo[1].name: two objectives are called "y"\n  → Rename one of them.',
      'conf/apipatrol.yaml:6:5 slo[2]: "z" has neither "availability" nor "latency"\n  → Write for example availability: 99.9.',
      'conf/apipatrol.yaml:7:17 digest[0].to[0]: there is no channel "nobody"; there is no channel at all',
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
    expect(loaded.settings.sources[0]?.overrides.map(({ match, owners }) => [match, owners])).toEqual([
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
      'sources:\n  - docs: a\n    headers:\n    operations:\ncredentials:\nchannels:\nlimits:\nexpect:\n',
    );
    expect(settings).toMatchObject({ credentials: {}, channels: {}, limits: { perOrigin: 4 } });
  });

  it('takes anchors, merge keys and keys of its own for them', async () => {
    const settings = await settingsOf(`
x-common: &common { docs: a.yaml, retries: 1 }
sources:
  - { <<: *common, name: one }
  - { <<: *common, name: two, retries: 3 }
`);
    expect(settings.sources.map(({ name, retries }) => [name, retries])).toEqual([
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

describe('notices', () => {
  it('say that an interval is not the usual one, and that nobody is told', async () => {
    const loaded = await load('interval: 5m\nsources: [{docs: a, interval: 1h}, {docs: b, interval: 15m}]\n');
    expect(loaded.ok && loaded.notices.map(formatProblem)).toEqual([
      'conf/apipatrol.yaml:1:11 interval: the interval is 5m instead of the usual 15m',
      'conf/apipatrol.yaml:2:31 sources[0].interval: the interval is 1h instead of the usual 15m',
      'conf/apipatrol.yaml: there is no channel: incidents are recorded and nobody is told\n' +
        '  → Add `webhook:` with the address of a WeCom group robot, or `channels:`.',
    ]);
  });
});

it('a card with nowhere to lead to is worth a notice', async () => {
  const card = (more: string) =>
    `sources: [{ docs: a }]\nchannels:\n  ops: { kind: wecom-robot, webhook: k, format: news${more} }\n`;
  const said = async (text: string) => {
    const readFile = () => Promise.resolve(text);
    const loaded = await loadConfig('conf/apipatrol.yaml', { env: {}, readFile });
    return (loaded.ok ? loaded.notices : loaded.problems).map(formatProblem);
  };
  expect(await said(card(''))).toEqual([
    'conf/apipatrol.yaml:3:49 channels.ops.format: a card or news leads to a page, and there is none: messages are sent as markdown\n' +
      '  → Set `server.url`, or `link` of the channel.',
  ]);
  expect(await said(card(', link: "https://wiki.example"'))).toEqual([]);
  expect(await said(`${card('')}server: { url: "https://patrol.example" }\n`)).toEqual([]);
});

describe('what is filled in', () => {
  it('comes from the environment, from files and from defaults, whole or in part', async () => {
    const settings = await settingsOf(
      'docs: "${env:DIR}/${env:FILE:-api}.yaml"\nbaseUrl: ${env:BASE:-https://x.example}\n' +
        'x-one: $${env:NOT}\nwebhook: http://robot/${file:./robot.key}\nretries: ${env:N}\n' +
        'limits: { ratePerOrigin: "${env:R}" }\n',
      { DIR: './d', N: '3', R: '2.5', EMPTY: '' },
      { 'robot.key': 'k-e-y\n' },
    );
    expect(settings.sources[0]).toMatchObject({
      docs: [path.join(folder, 'd/api.yaml')],
      baseUrl: 'https://x.example',
      retries: 3,
    });
    expect(settings.limits.ratePerOrigin).toBe(2.5);
    const { webhook } = settings.channels['team']!.options as { webhook: Secret };
    expect(webhook.reveal()).toBe('http://robot/k-e-y');
  });

  it('stays a text where a text is wanted, and becomes true or false where that is', async () => {
    const settings = await settingsOf(
      'sources:\n- docs: a\n  operations: [{match: GET /a, allow: "${env:YES}", params: {n: "${env:N}"}}]\n' +
        'credentials: { c: { scheme: bearer, token: "${env:N}" } }',
      { YES: 'true', N: '123' },
    );
    expect(settings.sources[0]?.overrides[0]).toMatchObject({ allow: true, params: { n: '123' } });
    expect((settings.credentials['c']!.options as { token: Secret }).token.reveal()).toBe('123');
  });

  it('keeps $${ for whoever wants the text itself', async () => {
    const settings = await settingsOf('sources: [{docs: a, params: {q: "$${env:X}"}}]');
    expect(settings.sources[0]?.params).toEqual({ q: '${env:X}' });
  });

  it('is listed among the files to watch, readable or not', async () => {
    const good = await load('docs: ${file:d}\nwebhook: http://x\n', {}, { d: 'a.yaml' });
    expect(good.files).toEqual([path.join(folder, 'apipatrol.yaml'), path.join(folder, 'd')]);
    const bad = await load('docs: ${file:missing}\n');
    expect(bad).toMatchObject({
      ok: false,
      files: [path.join(folder, 'apipatrol.yaml'), path.join(folder, 'missing')],
    });
  });

  it.each([
    [
      'docs: a\nwebhook: ${env:WECOM_WEBHOK}\n',
      [
        'conf/apipatrol.yaml:2:10: the environment variable WECOM_WEBHOK is not set\n' +
          '  → Set it, or give a default: ${env:WECOM_WEBHOK:-default}. Did you mean WECOM_WEBHOOK?',
      ],
    ],
    [
      'docs: ${env:EMPTY}',
      [
        'conf/apipatrol.yaml:1:7: the environment variable EMPTY is empty\n' +
          '  → Set it, or give a default: ${env:EMPTY:-default}.',
      ],
    ],
    [
      'docs: a\nretries: ${RETRIES}\n',
      [
        'conf/apipatrol.yaml:2:10: ${RETRIES} is not understood; allowed: ${env:NAME}, ${env:NAME:-default}, ${file:path}\n' +
          '  → Write ${env:RETRIES} for an environment variable, or $${RETRIES} for the text itself.',
      ],
    ],
    [
      'docs: a\nwebhook: ${file:k}\n',
      [
        `conf/apipatrol.yaml:2:10: the file ${path.join(folder, 'k')} cannot be read: ENOENT: ${path.join(folder, 'k')}\n` +
          '  → Relative paths are relative to the configuration file.',
      ],
    ],
  ])('is missed with its place: %j', async (text, expected) => {
    expect(await problemsOf(text, { WECOM_WEBHOOK: 'x', EMPTY: '' })).toEqual(expected);
  });

  it('is never shown, whatever is wrong with it', async () => {
    const env = { S: 'canary-value-1' };
    const text = `
sources:
  - docs: a
    baseUrl: \${env:S}
    interval: \${env:S}
    retries: "\${env:S}"
    severity: \${env:S}
    operations: [{ match: "\${env:S}" }]
credentials: { c: { scheme: "\${env:S}" }, d: { scheme: login, request: { url: "x\${env:S}" } } }
channels: { x: { kind: wecom-robot, webhook: "\${env:S}" } }
`;
    const problems = await problemsOf(text, env);
    expect(problems).toHaveLength(8);
    expect(problems.join('\n')).not.toContain('canary');
    expect(problems[0]).toBe(
      'conf/apipatrol.yaml:4:14 sources[0].baseUrl: *** is not an http(s) URL; write for example https://orders.example',
    );
  });
});

describe('a secret', () => {
  it('is handed to the redactor, the key inside of an address too', async () => {
    const loaded = await load(`
sources:
  - docs: a
    headers: { X-Api-Key: literal-key-1, Accept: text/plain }
    params: { token: [param-token-1] }
    operations: [{ match: GET /a, headers: { Authorization: Bearer-abc-1 } }]
webhook: http://u:pass%20word@robot/send?key=robot-key-1&x=visible-1
credentials: { c: { scheme: bearer, token: token-1 } }
`);
    const redactor = new Redactor();
    for (const secret of loaded.ok ? loaded.secrets : []) redactor.add(secret);
    for (const hidden of [
      'literal-key-1',
      'param-token-1',
      'Bearer-abc-1',
      'robot-key-1',
      'token-1',
      'pass word',
    ]) {
      expect(redactor.scrub(`a ${hidden} b`)).toBe('a *** b');
    }
    expect(redactor.scrub('a visible-1 text/plain b')).toBe('a visible-1 text/plain b');
  });

  it('is not shown when it stands where it should not', async () => {
    const problems = await problemsOf(`
sources: [{ docs: a, headers: { Authorization: [canary] } , baseUrl: "htp://u:canary@x?token=canary" }]
credentials: { c: { scheme: bearer, token: { value: canary } }, d: { scheme: bearer, token: "" } }
webhook: canary
`);
    expect(problems).toHaveLength(5);
    expect(problems.join('\n')).not.toContain('canary');
  });
});

it('no credential is needed for what is sent as it is', async () => {
  const settings = await settingsOf(
    'sources: [{ docs: a, credential: none, operations: [{ match: GET /x, credential: none }] }]',
  );
  expect(settings.sources).toMatchObject([{ credential: 'none', overrides: [{ credential: 'none' }] }]);
});

describe('what is wrong', () => {
  it('is told all at once, each with its place, what was found and what is allowed', async () => {
    expect(
      await problemsOf(`
sources:
  - docs: []
    baseUrl: ftp://user:pw@x
    intervall: 5m
    interval: 30s
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
      'conf/apipatrol.yaml:3:11 sources[0].docs: found a list of 0, expected at least 1 entry',
      'conf/apipatrol.yaml:4:14 sources[0].baseUrl: "ftp://***@x" is not an http(s) URL; write for example https://orders.example',
      'conf/apipatrol.yaml:5:5 sources[0].intervall: unknown key "intervall"; allowed: name, docs, baseUrl, server, params, headers, owners, credential, docsCredential, network, interval, timeout, retries, severity, latency, expect, operations\n  → Did you mean "interval"?',
      'conf/apipatrol.yaml:6:15 sources[0].interval: "30s" is outside 1m to 24h',
      'conf/apipatrol.yaml:7:17 sources[0].credential: found 5, expected a text\n  → Put it in quotes to make it a text.',
      'conf/apipatrol.yaml:8:23 sources[0].expect.status: expected a number or a list (found "ok")',
      'conf/apipatrol.yaml:8:27 sources[0].expect.statuss: unknown key "statuss"; allowed: status, schema\n  → Did you mean "status"?',
      'conf/apipatrol.yaml:9:14 sources[0].timeout: "soon" is not a duration; write for example 15m, 2s, 250ms or 1h30m',
      'conf/apipatrol.yaml:12:20 sources[0].operations[0].timeout.conect: unknown key "conect"; allowed: connect, firstByte, total\n  → Did you mean "connect"?',
      'conf/apipatrol.yaml:12:39 sources[0].operations[0].timeout.total: 5 is not a duration; write for example 15m, 2s, 250ms or 1h30m',
      'conf/apipatrol.yaml:13:16 sources[0].operations[1].match: "hello" is not a match; write `GET /orders/{id}`, `* /orders/**`, `operationId:getOrder` or `tag:orders`',
      'conf/apipatrol.yaml:14:9 sources[0].operations[2].match: "match" is missing',
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
      'conf/apipatrol.yaml:26:8 store: found "x", expected a mapping',
    ]);
  });

  it.each([
    ['interval: 59s', '"59s" is outside 1m to 24h'],
    ['interval: 25h', '"25h" is outside 1m to 24h'],
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
sources:
  - { name: orders, docs: a, credential: ordres, operations: [{ match: GET /a, credential: nobody }] }
  - { name: orders, docs: b }
credentials: { orders: { scheme: bearer, token: t } }
webhook: http://x
routes:
  - { to: [team, ops], sources: [order] }
`),
    ).toEqual([
      'conf/apipatrol.yaml:3:42 sources[0].credential: there is no credential "ordres"; defined: orders\n  → Did you mean "orders"?',
      'conf/apipatrol.yaml:3:92 sources[0].operations[0].credential: there is no credential "nobody"; defined: orders',
      'conf/apipatrol.yaml:4:7 sources[1].name: two sources are called "orders"\n  → Rename one of them.',
      'conf/apipatrol.yaml:8:18 routes[0].to[1]: there is no channel "ops"; defined: team',
      'conf/apipatrol.yaml:8:34 routes[0].sources[0]: there is no source "order"; defined: orders\n  → Did you mean "orders"?',
    ]);
    expect(await problemsOf('sources: [{ docs: a, credential: x }]\n')).toEqual([
      'conf/apipatrol.yaml:1:34 sources[0].credential: there is no credential "x"; there is no credential at all',
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
  login: { scheme: login, url: "https://x/login", json: { key: "{{token:gatway}}", other: "{{token:gateway}}" } }
`);
    expect(loaded.ok ? [] : loaded.problems.map(formatProblem)).toEqual([
      'a.yaml:4:40 credentials.a.uses: there is no credential "gatewy"; defined: a, b, gateway, login\n  → Did you mean "gateway"?',
      'a.yaml:4:40 credentials.a.uses: the credential "a" needs itself, by way of gatewy, b',
      'a.yaml:5:40 credentials.b.uses: the credential "b" needs itself, by way of a',
      'a.yaml:7:64: there is no credential "gatway"; defined: a, b, gateway, login\n  → Did you mean "gateway"?',
    ]);
  });

  it('may stand in what an anchor merged in', async () => {
    expect(await problemsOf('x-a: &a\n  retries: many\nsources:\n  - { <<: [*a], docs: a }\n')).toEqual([
      'conf/apipatrol.yaml:2:12 sources[0].retries: found "many", expected a number',
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
      'docs: x\nlanguage: en\ndocs: y\n',
      'conf/apipatrol.yaml:3:1: the key "docs" stands twice in one mapping\n  → Keep one of them.',
    ],
    [
      'channels: { x: { kind: wecom-robot, webhook: ${env:W} } }\n',
      'conf/apipatrol.yaml:1:47: not valid YAML: Unexpected flow-map-start at node end\n  → Inside { } and [ ], put texts with ${…} in quotes: "${env:NAME}".',
    ],
    ['docs: "x\n', 'conf/apipatrol.yaml:2:1: not valid YAML: Missing closing "quote'],
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
      'conf/apipatrol.yaml:1:7: not valid YAML: *.yaml refers to an anchor that does not exist\n  → A text that starts with * needs quotes: "*.yaml".',
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

describe('a file on disk', () => {
  it('is read with its byte order mark, and told apart from a folder, a giant and nothing', async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'apipatrol-config-'));
    try {
      const file = path.join(dir, 'apipatrol.yaml');
      const read = () => loadConfig(file, { env: {}, registries });
      const problem = async () => {
        const loaded = await read();
        return loaded.ok ? [] : loaded.problems.map(formatProblem);
      };
      expect(await problem()).toEqual([
        `${file}: there is no such file\n  → Let \`apipatrol init\` write one, or name another with --config.`,
      ]);
      await writeFile(file, '\uFEFFdocs: a.yaml\n');
      expect(await read()).toMatchObject({ ok: true });
      await writeFile(file, Buffer.from('\uFEFFdocs: a.yaml\n', 'utf16le'));
      expect((await problem()).join()).toContain('cannot be read: it is UTF-16; save it as UTF-8');
      // "订单" as an editor on a Chinese Windows saves it.
      await writeFile(
        file,
        Buffer.concat([Buffer.from('docs: '), Buffer.from([0xb6, 0xa9, 0xb5, 0xa5]), Buffer.from('.yaml\n')]),
      );
      expect((await problem()).join()).toContain('cannot be read: it is not UTF-8, perhaps GBK');
      await writeFile(file, 'x'.repeat(4 * 1024 * 1024 + 1));
      expect((await problem())[0]).toContain('cannot be read: it is larger than 4 MiB');
      await rm(file);
      await mkdir(file);
      expect((await problem())[0]).toContain('cannot be read: it is a folder');
    } finally {
      await rm(dir, { recursive: true });
    }
  });
});
