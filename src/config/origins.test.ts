import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConfigValue, configOrigins } from './origins.ts';

let folder: string;
let values: readonly ConfigValue[];
const at = (name: string) => values.find((one) => one.path === name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-origins-'));
  const file = path.join(folder, 'apipatrol.yaml');
  await writeFile(
    file,
    `services:
  - docs: [a.yaml, b.yaml]
    baseUrl: \${env:BASE}
    headers: { X-Api-Key: abcdef, X-Gate-Key: gate-2026, X-Route: 9f86d081884c7d65, X-Region: cn-north-1 }
credentials:
  main:
    scheme: bearer
    token: very-secret
  other:
    scheme: bearer
    token: \${env:TOKEN}
  apiKey: { scheme: api-key, name: X-Key, value: hush-hush }
  token:
    scheme: login
    url: https://sso.example/login
    headers: { X-Gate-Key: gk-2026-a, X-Sign: s1gned-by-us, X-Any: hello-there, Content-Type: application/json }
    json: { user: patrol, password: open-sesame, loginPwd: patrol-2026x }
    token: $.data.token
channels:
  team: { kind: wecom-robot, webhook: 12345678-1234 }
interval: 10m
`,
  );
  values = await configOrigins(file);
});
afterAll(() => rm(folder, { recursive: true }));

it('says where each value stands', () => {
  expect(at('interval')).toEqual({
    path: 'interval',
    value: '10m',
    origin: { kind: 'file', line: 21, column: 11 },
  });
  expect(at('services[0].docs')?.value).toEqual(['a.yaml', 'b.yaml']);
  expect(at('credentials.main.scheme')).toMatchObject({ value: 'bearer', origin: { line: 7 } });
});

it('shows references as they were written', () => {
  expect(at('services[0].baseUrl')?.value).toBe('${env:BASE}');
  expect(at('credentials.other.token')?.value).toBe('${env:TOKEN}');
});

it('shows no secret', () => {
  expect(at('credentials.main.token')?.value).toBe('***');
  expect(at('channels.team.webhook')?.value).toBe('***');
  expect(at('services[0].headers.X-Api-Key')?.value).toBe('***');
  expect(at('services[0].headers.X-Gate-Key')?.value).toBe('***');
  expect(at('services[0].headers.X-Route')?.value).toBe('***');
  expect(at('services[0].headers.X-Region')?.value).toBe('cn-north-1');
  for (const name of ['X-Gate-Key', 'X-Sign', 'X-Any'])
    expect(at(`credentials.token.headers.${name}`)?.value).toBe('***');
  expect(at('credentials.token.headers.Content-Type')?.value).toBe('application/json');
  expect(JSON.stringify(values)).not.toMatch(
    /very-secret|12345678|abcdef|hush-hush|open-sesame|patrol-2026x/,
  );
});

it('does not take a credential for a secret because of its name, nor the place of a token for a token', () => {
  expect(at('credentials.apiKey.scheme')?.value).toBe('api-key');
  expect(at('credentials.apiKey.name')?.value).toBe('X-Key');
  expect(at('credentials.apiKey.value')?.value).toBe('***');
  expect(at('credentials.token.token')?.value).toBe('$.data.token');
  expect(at('credentials.token.json.password')?.value).toBe('***');
  expect(at('credentials.token.json.user')?.value).toBe('patrol');
});

it('lists defaults', () => {
  expect(at('language')).toEqual({ path: 'language', value: 'zh', origin: { kind: 'default' } });
  expect(at('limits.perOrigin')).toEqual({ path: 'limits.perOrigin', value: 4, origin: { kind: 'default' } });
  expect(at('server.port')?.value).toBe(8420);
});
