import path from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from './load.ts';
import { registries } from './load.fixture.ts';
import { builtIn } from './registries.ts';

const file = path.resolve('conf/apipatrol.yaml');

function load(text: string, env: Record<string, string> = {}) {
  return loadConfig('conf/apipatrol.yaml', {
    env,
    registries,
    standsIn: true,
    readFile: (asked) => (asked === file ? Promise.resolve(text) : Promise.reject(new Error('ENOENT'))),
  });
}

it('makes up what the environment and files do not give, and leaves out what nothing made up fits', async () => {
  const loaded = await load(`
timeZone: Asia/Shanghai
services:
  - name: orders
    docs: http://\${env:HOST}/api.json
    baseUrl: \${env:BASE}
    interval: \${env:INTERVAL}
    retries: \${env:RETRIES}
credentials:
  c: { scheme: bearer, token: "\${file:token.key}" }
channels:
  team: { kind: wecom-robot, webhook: "\${env:WEBHOOK}" }
routes: [{ to: [team] }]
server: { port: "\${env:PORT}" }
`);
  expect(loaded).toMatchObject({
    ok: true,
    settings: {
      timeZone: 'Asia/Shanghai',
      services: [{ name: 'orders', intervalMs: 900_000 }],
      channels: { team: { kind: 'wecom-robot' } },
    },
    secrets: [],
  });
});

it.each([
  ['store: postgres://patrol:${env:PW}@db.example/patrol', 'PW', 1],
  ['store: "${env:DB}"', 'DB', 1],
  ['store: { url: "${env:DB}", path: data.db }', 'DB', 1],
  ['webhook: "${env:DB}"', 'DB', 0],
])('says what the address of the database lacks, and nothing else: %s', async (line, name, count) => {
  const loaded = await load(`${line}\nservices: [{ docs: a, baseUrl: "\${env:BASE}" }]\n`);
  const lacks = loaded.ok ? (loaded.storeLacks ?? []) : undefined;
  expect(lacks).toHaveLength(count);
  for (const one of lacks ?? [])
    expect(one).toMatchObject({ line: 1, message: { params: { name } }, code: 'missing-variable' });
});

it.each(builtIn.channels.map(({ kind, examples: [example] }) => [kind, example] as const))(
  'a channel %s with its addresses and secrets unset is no reason to refuse the file',
  async (kind, example) => {
    const unset = Object.fromEntries(
      Object.entries(example).map(([key, value]) => [
        key,
        typeof value === 'string' && /webhook|url|secret|token|password/i.test(key)
          ? '${env:NOTHING}'
          : value,
      ]),
    );
    const text = JSON.stringify({ services: [{ docs: 'a' }], channels: { c: { kind, ...unset } } });
    const given = { env: {}, standsIn: true, readFile: () => Promise.resolve(text) };
    expect(await loadConfig('apipatrol.yaml', given)).toMatchObject({ ok: true });
  },
);

it('keeps the secrets that are there, and refuses what is wrong for another reason', async () => {
  const written =
    'services: [{ docs: a }]\ncredentials:\n  a: { scheme: bearer, token: "${env:A}" }\n  b: { scheme: bearer, token: "${env:B}" }\n';
  const loaded = await load(written, { A: 'p4ss-w0rd' });
  expect(new Set(loaded.ok ? loaded.secrets.map((one) => one.reveal()) : [])).toEqual(new Set(['p4ss-w0rd']));
  expect(await load(`${written}intervall: 5m\n`)).toMatchObject({ ok: false });
});
