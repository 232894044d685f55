import { inspect } from 'node:util';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  credential,
  harness,
  never,
  type Received,
  type Reply,
  startServer,
} from '../../test/support/auth-harness.ts';
import type { CredentialSettings } from '../model/settings.ts';
import { runCommand } from './run.ts';
import { schemes } from './schemes/registry.ts';
import { Redactor } from '../lib/secrets/secret.ts';

/** A marked secret, awkward on purpose: every encoding changes it. */
const canary = (name: string) => `CANARY-${name}/"+&ü=%`;

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** One credential of every scheme that holds a secret which could be recognised. */
function credentials(url: string): readonly CredentialSettings[] {
  const oauth = { tokenUrl: `${url}/token`, clientId: 'patrol' };
  return [
    credential('bearer', 'bearer', { token: canary('bearer') }),
    credential('query', 'api-key', { in: 'query', name: 'k', value: canary('query') }),
    credential('cookie', 'api-key', { in: 'cookie', name: 'k', value: encodeURIComponent(canary('cookie')) }),
    credential('keys', 'api-key', { keys: [{ in: 'header', name: 'X-A', value: canary('keys') }] }),
    credential('basic', 'basic', { username: 'patrol', password: canary('basic') }),
    credential('digest', 'digest', { username: 'patrol', password: canary('digest') }),
    credential('login', 'login', {
      url: `${url}/login?u=patrol`,
      json: { user: 'patrol', p: canary('login-by-another-name'), password: canary('login') },
      token: '$.data.t',
      success: '$.code == 0',
    }),
    credential('form', 'login', {
      url: `${url}/login?p={{p}}`,
      before: [{ url: `${url}/before?p={{p}}`, take: { csrf: '$.csrf' } }],
      form: { p: '{{p}}', csrf: '{{csrf}}' },
      values: { p: canary('form') },
      token: '$.data.t',
    }),
    credential('raw', 'login', { url: `${url}/login`, body: canary('raw'), token: '$.data.t' }),
    credential('basic-client', 'oauth2-client-credentials', {
      ...oauth,
      clientSecret: canary('basic-client'),
    }),
    credential('post-client', 'oauth2-client-credentials', {
      ...oauth,
      clientSecret: canary('post-client'),
      clientAuth: 'post',
    }),
    credential('user', 'oauth2-password', { ...oauth, username: 'u', password: canary('user') }),
    credential('renewed', 'oauth2-refresh-token', { ...oauth, refreshToken: canary('renewed') }),
    credential('key', 'oauth2-client-credentials', { ...oauth, privateKey: pem }),
    credential('sign', 'signature', { key: 'k', secret: canary('sign'), preset: 'sorted-md5' }),
    credential('aws', 'aws-sigv4', {
      accessKeyId: 'a',
      secretAccessKey: canary('aws'),
      region: 'r',
      service: 's',
    }),
    credential('exec', 'exec', {
      command: [
        process.execPath,
        '-e',
        'console.log(process.env.X); process.exit(Number(process.env.Y ?? 0))',
      ],
      env: { X: canary('exec'), Y: '0', SOME_TOKEN: canary('exec') },
    }),
    credential('chained', 'bearer', { token: '{{token.login}}', uses: ['query'] }),
  ];
}

/** Answers that echo all they were sent, as error pages and debug modes do. */
const echoes: Readonly<Record<string, (request: Received) => Reply>> = {
  'a refusal that repeats the request': (request) => ({ status: 401, body: echo(request) }),
  'an outage that repeats the request': (request) => ({ status: 502, body: `<pre>${echo(request)}</pre>` }),
  'an OAuth2 error that repeats the request': (request) => ({
    status: 400,
    body: { error: 'invalid_client', error_description: echo(request) },
  }),
  'a success that is none': (request) => ({ body: { code: 1, echo: echo(request) } }),
  'a token in the wrong place': () => ({
    body: { code: 0, result: { jwt: canary('token'), access_token: canary('token') } },
  }),
  'an answer that is cut off': (request) => ({ body: echo(request).repeat(200) }),
  'no answer at all': () => ({ status: -1 }),
  'a token': () => ({
    body: {
      code: 0,
      csrf: 'c',
      data: { t: canary('token') },
      access_token: canary('token'),
      refresh_token: canary('refresh'),
      token_type: 'bearer',
    },
  }),
};

function echo({ url, headers, body }: Received): string {
  const basic = Buffer.from((headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString();
  const isForm = headers['content-type']?.includes('form') === true;
  return JSON.stringify({ url, headers, body, basic, form: isForm ? [...new URLSearchParams(body)] : [] });
}

/** Pieces of a canary that survive its encodings, and the beginning of what base64 makes of it. */
const traces = [
  /CANARY/i,
  /Q0FOQVJZ/,
  /NBTkFSW/,
  /DQU5BUl/,
  new RegExp((pem.split('\n')[3] ?? '').replaceAll('+', '\\+')),
];

describe('marked secrets', () => {
  let reply: (request: Received) => Reply = () => ({});
  let server: Awaited<ReturnType<typeof startServer>>;
  beforeAll(async () => {
    server = await startServer((request) => reply(request));
  });
  afterAll(() => server.close());

  it('cover every scheme that has one', () => {
    const covered = new Set(credentials('http://h').map((one) => one.scheme));
    expect(schemes.map((scheme) => scheme.kind).filter((kind) => !covered.has(kind))).toEqual(['mtls']);
  });

  it.each(Object.entries(echoes))('are in nothing that is said about %s', async (_, answer) => {
    reply = answer;
    const all = credentials(server.url);
    const test = harness(all, { run: () => runCommand });
    const said: unknown[] = [inspect(all, { depth: 20 }), JSON.stringify(all)];
    await Promise.all(
      all.map(async ({ name }) => {
        const signed = await test.sign(name);
        if (!signed.ok) said.push(signed.message);
        const sample = { method: 'GET' as const, url: `${server.url}/orders`, headers: {} };
        said.push(await test.manager.test(name, sample, never));
        const challenge = (header: string) =>
          header === 'www-authenticate' ? 'Digest realm="a", nonce="n"' : undefined;
        await test.manager.rejected(name, 1, never, challenge);
      }),
    );
    said.push(test.manager.status(), test.logged);
    expect(leaksIn(inspect(said, { depth: 20, maxStringLength: null, maxArrayLength: null }))).toEqual([]);
    await test.close();
  });

  it('are known to the redactor of the program, tokens included', async () => {
    reply = echoes['a token'] ?? reply;
    const redactor = new Redactor();
    const all = credentials(server.url);
    const test = harness(all, { run: () => runCommand, redactor });
    const wire: string[] = [];
    for (const { name } of all) {
      const signed = await test.sign(name);
      wire.push(JSON.stringify(signed));
    }
    expect(leaksIn(redactor.scrub(wire.join('\n')))).toEqual([]);
    await test.close();
  });
});

/** Where a trace is found, with what stands around it. */
function leaksIn(text: string): readonly string[] {
  return traces.flatMap((trace) => {
    const at = text.search(trace);
    return at < 0 ? [] : [text.slice(Math.max(0, at - 200), at + 100)];
  });
}
