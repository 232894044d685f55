import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './load.ts';
import { builtIn } from './registries.ts';
import { configTemplate, schemaReference, type TemplateAnswers, variablesIn } from './template.ts';

const schema = './schema.json';

async function load(text: string) {
  const env = Object.fromEntries(
    variablesIn(text).map((name) => [name, 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x']),
  );
  const loaded = await loadConfig('/srv/apipatrol.yaml', { env, readFile: () => Promise.resolve(text) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 1));
  return loaded.settings;
}

describe('the configuration for a start', () => {
  it('is valid as it is, for every way to sign in', async () => {
    for (const { kind } of builtIn.schemes) {
      const text = configTemplate({ docs: './docs', credential: { scheme: kind }, schema });
      if (text.includes('cert: ${file:')) continue; // only a certificate is one
      const settings = await load(text);
      expect(settings.credentials['main']?.scheme).toBe(kind);
      expect(settings.services[0]?.credential).toBe('main');
    }
  });

  it('holds the answers', async () => {
    const answers: TemplateAnswers = {
      docs: ['./a.yaml', 'https://x.example/v3/api-docs'],
      webhook: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a',
      credential: { scheme: 'bearer', options: { token: 'plain' } },
      schema,
    };
    const text = configTemplate(answers);
    expect(text).toContain('# yaml-language-server: $schema=./schema.json\n');
    expect(text).toContain('  - docs: [ ./a.yaml, https://x.example/v3/api-docs ]\n');
    expect(text).toContain('\nwebhook: https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a\n');
    expect(text).toContain('    scheme: bearer\n    token: plain\n');
    expect(variablesIn(text)).toEqual([]);
    expect((await load(text)).services[0]?.docs).toEqual(['/srv/a.yaml', 'https://x.example/v3/api-docs']);
  });

  it('has its comments in Chinese for those who read Chinese', async () => {
    const text = configTemplate({ docs: './docs', schema, language: 'zh' });
    expect((await load(text)).services).toHaveLength(1);
    const remarks = text
      .split('\n')
      .flatMap(
        (line) =>
          /(?:^# |  # )(?!\s*(?:yaml-language-server|credentials:|[\w-]+: ))(.+)$/.exec(line)?.[1] ?? [],
      )
      .filter((remark) => !/^\s*(?:#|-|\w+:)/.test(remark));
    expect(remarks.length).toBeGreaterThan(8);
    expect(remarks.filter((remark) => !/\p{Script=Han}/u.test(remark) && remark !== '')).toEqual([]);
  });

  it('takes the address of every channel that is one', async () => {
    const addressed = builtIn.channels.filter(({ address }) => address !== undefined);
    expect(addressed.length).toBeGreaterThan(3);
    for (const { kind, address } of addressed) {
      const { channels } = await load(configTemplate({ docs: 'a', webhook: address?.example ?? '', schema }));
      expect(channels['team']?.kind).toBe(kind);
    }
  });

  it('asks the environment for secrets that were not given', async () => {
    const login = configTemplate({ docs: '*.yaml', credential: { scheme: 'login' }, schema });
    expect(variablesIn(login)).toEqual(['LOGIN_PASSWORD', 'WECOM_WEBHOOK']);
    const oauth2 = configTemplate({ docs: 'a', credential: { scheme: 'oauth2-client-credentials' }, schema });
    expect(variablesIn(oauth2)).toEqual(['CLIENT_SECRET', 'WECOM_WEBHOOK']);
  });

  it('has no credential when there is none, and shows how to add one', async () => {
    const text = configTemplate({ docs: 'a.yaml', schema });
    expect((await load(text)).credentials).toEqual({});
    const uncommented = text
      .replace('    # credential', '    credential')
      .replaceAll(/^# (credentials:|  main:|    (?:scheme|token):.*)$/gm, '$1');
    expect((await load(uncommented)).credentials['main']?.scheme).toBe('bearer');
  });

  it('can be uncommented line by line', async () => {
    const text = configTemplate({ docs: 'a.yaml', credential: { scheme: 'bearer' }, schema });
    const all = text.replaceAll(
      /^( *)# (?=\s*(?:- )?(?:name|baseUrl|owners|params|operations|match|allow|skip|interval|latency|timeout|language):?)/gm,
      '$1',
    );
    expect((await load(all)).services[0]).toMatchObject({
      name: 'orders',
      owners: ['zhangsan'],
      params: { orderId: 1001 },
      overrides: [
        { match: 'POST /orders/search', allow: true },
        { match: 'tag:internal', skip: true },
      ],
    });
  });
});

describe('the reference to the JSON Schema', () => {
  const project = path.resolve(import.meta.dirname, '../..');

  it('is relative below the folder of the package and absolute elsewhere', () => {
    expect(schemaReference(path.dirname(project))).toBe(
      `./${path.basename(project)}/docs/reference/apipatrol.schema.json`,
    );
    expect(schemaReference(path.join(project, 'src'))).toBe(
      path.join(project, 'docs/reference/apipatrol.schema.json'),
    );
  });
});
