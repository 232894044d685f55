import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Secret } from '../lib/secrets/secret.ts';
import { formatProblem, inLanguage } from '../messages/in-language.ts';
import { loadConfig } from './load.ts';
import { registries, settingsOf, problemsOf, folder } from './load.fixture.ts';
import { builtIn } from './registries.ts';

describe('the three-line configuration', () => {
  it('is a service, a channel, a route and the defaults for everything else', async () => {
    const settings = await settingsOf(
      'docs: ./orders.yaml\nwebhook: https://qyapi.example/send?key=k1k1k1\n',
    );
    expect(settings).toEqual({
      intervalMs: 900_000,
      services: [
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
      server: { host: '127.0.0.1', port: 8420, metrics: 'signed-in' },
      summaries: [],
      allowExec: false,
      language: 'zh',
      logLevel: 'info',
    });
  });

  it('may say where the service answers', async () => {
    const settings = await settingsOf(
      'docs: https://api.example/v3/api-docs\nbaseUrl: https://api.example\n',
    );
    expect(settings.services[0]).toMatchObject({
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
  ])('names the service of %s after it: %s', async (docs, name) => {
    expect((await settingsOf(`docs: "${docs}"`)).services[0]?.name).toBe(name);
  });

  it.each(['git@git.corp:team/users.git#:docs', 'ssh://git.corp/users.git', 'file:///srv/users.git'])(
    'leaves the address %s as it is',
    async (docs) => {
      expect((await settingsOf(`docs: "${docs}"`)).services[0]?.docs).toEqual([docs]);
    },
  );

  it('excludes the long form', async () => {
    expect(await problemsOf('docs: a.yaml\nservices: [{docs: b.yaml}]\n')).toEqual([
      'conf/apipatrol.yaml:1:1 docs: "docs" and "services" exclude each other\n  → Move "docs" into an entry of "services".',
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
      'conf/apipatrol.yaml:1:1: neither "services" nor "docs" is given\n  → Say where the documents are: docs: ./openapi.yaml',
    ]);
  });

  it.each(
    builtIn.channels.flatMap(({ kind, address }) => (address === undefined ? [] : [[address.example, kind]])),
  )('knows whose robot it is by its address: %s', async (webhook, kind) => {
    const read = () => Promise.resolve(`docs: a\nwebhook: ${webhook}\n`);
    const loaded = await loadConfig('a.yaml', { env: {}, readFile: read });
    expect(loaded).toMatchObject({ settings: { channels: { team: { name: 'team', kind } } } });
  });

  it('says what addresses look like when it knows none of that form', async () => {
    const read = () => Promise.resolve('docs: a\nwebhook: https://chat.example/rooms/secret-4711\n');
    const loaded = await loadConfig('a.yaml', { env: {}, readFile: read });
    const [problem = ''] = loaded.ok ? [] : loaded.problems.map(formatProblem);
    expect(problem).toContain(
      'webhook: https://chat.example/… is no address of a channel; such addresses are https://',
    );
    expect(problem).not.toContain('4711');
  });

  it.each([
    ['https://qyapi.weixin.qq.com/cgi-bin/webhook/sent?key=secret-4711', '企业微信群机器人', 'WeCom robot'],
    ['https://open.feishu.cn/open-apis/bot/v1/hook/secret-4711', '飞书机器人', 'Feishu robot'],
    ['https://oapi.dingtalk.com/robot?access_token=secret-4711', '钉钉机器人', 'DingTalk robot'],
  ])('shows the one that is nearest: %s', async (webhook, zh, en) => {
    const read = () => Promise.resolve(`docs: a\nwebhook: ${webhook}\n`);
    const loaded = await loadConfig('a.yaml', { env: {}, readFile: read });
    const [problem] = loaded.ok ? [] : loaded.problems;
    const said = [inLanguage(problem?.message ?? '', 'zh'), inLanguage(problem?.message ?? '', 'en')];
    expect(said[0]).toMatch(
      new RegExp(`^${new URL(webhook).origin}/… 不是渠道地址；渠道地址形如 https://\\S+（${zh}）$`),
    );
    expect(said[1]).toContain(`(${en})`);
    expect(inLanguage(problem?.hint ?? '', 'zh')).toContain('复制 Webhook 地址');
    expect(said.join('')).not.toContain('4711');
  });

  it('takes an address out of what was pasted around it', async () => {
    const read = () =>
      Promise.resolve('docs: a\nwebhook: "机器人：https://hooks.slack.com/services/T0/B0/x1。"\n');
    const loaded = await loadConfig('a.yaml', { env: {}, readFile: read });
    expect(loaded).toMatchObject({ settings: { channels: { team: { kind: 'slack-webhook' } } } });
  });

  it('tells the address of the robot apart from something else', async () => {
    expect(await problemsOf('docs: a\nwebhook: qyapi-secret\n')).toEqual([
      'conf/apipatrol.yaml:2:10 webhook: *** is not an address',
    ]);
  });
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

it.each(['GET /query #3', '"GET /query #3"'])(
  'an operation of several on one path is named, also where YAML sees a comment: %s',
  async (match) => {
    const { services } = await settingsOf(
      `services:\n  - name: db\n    docs: ./db.json\n    operations:\n      - match: ${match}\n        allow: true\n      - match: GET /a # 3 of them\n        skip: true\nwebhook: https://qyapi.example/send?key=k1k1k1\n`,
    );
    expect(services[0]?.overrides.map((one) => one.match)).toEqual(['GET /query #3', 'GET /a']);
  },
);
