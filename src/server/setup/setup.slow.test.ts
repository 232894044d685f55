import { createServer } from 'node:https';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoClient } from '../../../demo/services/users.ts';
import { writeDemo } from '../../../demo/config.ts';
import { type DemoSystem, startDemoSystem } from '../../../demo/system.ts';
import { startWecom, type Wecom } from '../../../demo/wecom.ts';
import { loadConfig } from '../../config/load.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { Redactor } from '../../lib/secrets/secret.ts';
import { endpoints } from '../api/endpoints.ts';
import { certificateEndingIn } from '../../../test/trials/support/certificate.ts';
import { listen } from '../../../test/trials/support/listening.ts';
import { account, startSpringdoc } from '../../../test/support/springdoc.ts';
import { type SetupServer, startSetup } from './setup-server.ts';

let system: DemoSystem;
let wecom: Wecom;
let folder: string;
let file: string;
let setup: SetupServer;

beforeAll(async () => {
  [system, wecom] = [await startDemoSystem(), await startWecom()];
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-setup-'));
  await writeDemo(system, path.join(folder, 'demo'), { webhook: wecom.webhook('group') });
  file = path.join(folder, 'apipatrol.yaml');
  const tools = { env: {}, redactor: new Redactor(), clock: systemClock, log: silentLogger };
  setup = await startSetup({ file, root: folder, port: 0, ...tools });
});
afterAll(async () => {
  await setup.close();
  await Promise.all([system.close(), wecom.close()]);
  await rm(folder, { recursive: true });
});

async function post(step: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${setup.url}/api/v1/setup/${step}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  // oxlint-disable-next-line typescript/no-explicit-any
  return { status: response.status, body: (await response.json()) as any };
}

const docs = './demo/docs/orders.openapi.yaml';
const credential = () => ({
  scheme: 'oauth2-client-credentials',
  options: {
    tokenUrl: `${system.services.users.url}/oauth/token`,
    clientId: demoClient.id,
    clientSecret: demoClient.secret,
  },
});

describe('the first run', () => {
  it('says that there is no configuration yet', async () => {
    const meta = await (await fetch(`${setup.url}/api/v1/meta`)).json();
    expect(endpoints.getMeta.answer.parse(meta)).toMatchObject({ setup: true, signIn: [] });
    expect((await fetch(`${setup.url}/api/v1/overview`)).status).toBe(404);
    const schemes = await (await fetch(`${setup.url}/api/v1/setup/schemes`)).json();
    const { items } = endpoints.setupSchemes.answer.parse(schemes);
    expect(items.map(({ kind }) => kind)).toContain('bearer');
  });

  it('knows what addresses of channels look like, in the language of the page', async () => {
    const headers = { 'accept-language': 'zh' };
    const answer = await (await fetch(`${setup.url}/api/v1/setup/channels`, { headers })).json();
    const { items } = endpoints.setupChannels.answer.parse(answer);
    expect(items[0]).toMatchObject({ title: '企业微信群机器人', found: expect.stringContaining('群设置') });
    for (const { kind, example } of items)
      expect([example, items.find(({ form }) => new RegExp(form).test(example))?.kind]).toEqual([
        example,
        kind,
      ]);
  });

  it('shows what would be called', async () => {
    const { body } = await post('scan', {
      docs,
      baseUrl: system.services.orders.url,
      credential: credential(),
    });
    expect(endpoints.setupScan.answer.parse(body)).toEqual(body);
    expect(body).toMatchObject({ checkCount: 13, skippedCount: 4, documents: [{ title: 'Order service' }] });
    expect(body.checks[0].url).toContain(system.services.orders.url);
  });

  it('says what is wrong with an answer', async () => {
    const missing = await post('scan', { docs: './nothing.yaml' });
    expect(missing.status).toBe(200);
    expect(missing.body).toMatchObject({ checkCount: 0, problems: [{ level: 'error' }] });
    const wrong = await post('sign-in', { docs, credential: { scheme: 'bearer', options: { tokn: 'x' } } });
    expect(wrong.status).toBe(422);
    expect(JSON.stringify(wrong.body.errors)).toContain('tokn');
  });

  it.each([
    '${env:PATH}',
    '${env:PATH:-x}',
    '${file:/etc/hostname}',
    'a${file:secret}',
    '$$$${env:X}${env:PATH}',
  ])('sends nobody what the patrol can read: %s', async (written) => {
    const drafts: readonly (readonly [step: string, body: object])[] = [
      ['scan', { docs: `http://127.0.0.1:9/x?y=${written}` }],
      ['scan', { docs, baseUrl: `http://127.0.0.1:9/${written}` }],
      ['sign-in', { docs, credential: { scheme: 'bearer', options: { token: written } } }],
      ['sign-in', { docs, credential: { scheme: 'login', options: { json: { deep: [written] } } } }],
      ['message', { webhook: `${wecom.webhook('group')}&x=${written}` }],
      ['config', { docs, credential: { scheme: 'bearer', options: { token: written } } }],
    ];
    for (const [step, body] of drafts) {
      const answer = await post(step, body);
      expect([step, answer.status, answer.body.detail, answer.body.hint]).toEqual([
        step,
        422,
        expect.stringContaining('takes nothing from the environment or from files: ${'),
        expect.stringContaining('once the configuration is saved'),
      ]);
    }
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  it("reads documents with a CA of one's own, and writes it and the language of the page", async () => {
    const { ca, key, cert } = await certificateEndingIn(100);
    const document = { openapi: '3.0.3', info: { title: 'Own', version: '1' }, paths: { '/a': { get: {} } } };
    const server = createServer({ key, cert }, (_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(document));
    });
    const docs = `https://127.0.0.1:${await listen(server)}/v3/api-docs`;
    expect((await post('scan', { docs })).body).toMatchObject({ isOfUnknownCa: true, documents: [] });
    const read = (await post('scan', { docs, ca })).body;
    expect(endpoints.setupScan.answer.parse(read)).toEqual(read);
    expect(read).toMatchObject({ isOfUnknownCa: false, documents: [{ title: 'Own' }] });
    const wrong = await post('scan', { docs, ca: 'what is this' });
    expect([wrong.status, JSON.stringify(wrong.body.errors)]).toEqual([
      422,
      expect.stringContaining('"/body/ca"'),
    ]);
    for (const language of ['en', 'zh'] as const) {
      const own = path.join(folder, `own-${language}.yaml`);
      const tools = { env: {}, redactor: new Redactor(), clock: systemClock, log: silentLogger };
      const page = await startSetup({ file: own, root: folder, port: 0, ...tools });
      await fetch(`${page.url}/api/v1/setup/config`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': language },
        body: JSON.stringify({ docs, ca }),
      });
      await page.close();
      const loaded = await loadConfig(own, { env: {}, readFile: (name) => readFile(name, 'utf8') });
      expect(loaded).toMatchObject({ ok: true, settings: { language } });
      expect(JSON.stringify(loaded)).toContain('-----BEGIN CERTIFICATE-----');
    }
    await new Promise((done) => server.close(done));
  });

  it('signs in once, and shows no secret', async () => {
    const { body } = await post('sign-in', {
      docs,
      baseUrl: system.services.orders.url,
      credential: credential(),
    });
    expect(endpoints.setupSignIn.answer.parse(body)).toEqual(body);
    expect(body).toMatchObject({ ok: true });
    expect(JSON.stringify(body)).not.toContain(demoClient.secret);
  });

  it.each([
    { says: 'bearer', takes: 'application/json' },
    { says: 'none', takes: 'application/x-www-form-urlencoded' },
    { says: 'bearer', showsAnswer: false },
  ] as const)('proposes the login of a document and proves it: %j', async (options) => {
    const shop = await startSpringdoc(options);
    const { body: scanned } = await post('scan', { docs: `localhost:${shop.port}/doc.html` });
    expect(endpoints.setupScan.answer.parse(scanned)).toEqual(scanned);
    expect(scanned).toMatchObject({ docs: `http://localhost:${shop.port}/doc.html`, name: 'Order Center' });
    const [login] = scanned.signIns;
    expect(login).toMatchObject({ operation: 'POST /auth/login', credential: { scheme: 'login' } });
    const answers = (password: string) => {
      const place = 'takes' in options && options.takes !== 'application/json' ? 'form' : 'json';
      const written = { ...login.credential.options, [place]: { username: account.username, password } };
      return { docs: scanned.docs, credential: { scheme: 'login', options: written } };
    };
    const wrong = (await post('sign-in', answers('not it'))).body;
    expect(wrong).toMatchObject({ ok: false, verdict: 'refused', learned: {} });
    expect(JSON.parse(wrong.answer)).toEqual({ code: 401, msg: '用户名或密码错误', data: null });
    const { body } = await post('sign-in', answers(account.password));
    expect(endpoints.setupSignIn.answer.parse(body)).toEqual(body);
    expect(body).toMatchObject({ ok: true, verdict: 'verified', operation: 'GET /users/me' });
    expect({ ...login.credential.options, ...body.learned }).toMatchObject({
      token: '$.data.token',
      success: '$.code == 200',
    });
    expect(JSON.stringify(body)).not.toContain(account.password);
    expect(JSON.parse(body.answer)).toMatchObject({ code: 200, data: { token: '***' } });
    const sent = 'takes' in options ? options.takes : 'application/json';
    expect(new Set(shop.logins.map(({ type }) => type))).toEqual(new Set([sent]));
    await shop.close();
  });

  it.each([
    { shownTo: 'basic', options: { ...account } },
    { shownTo: 'login', options: { json: { ...account } } },
  ] as const)('reads a document that is shown to some alone: $shownTo', async ({ shownTo, options }) => {
    const shop = await startSpringdoc({ shownTo });
    const docs = `${shop.url}/v3/api-docs`;
    const ways = shownTo === 'login' ? { url: '/auth/login' } : {};
    const given = (password: string) => ({
      scheme: shownTo,
      options:
        'json' in options
          ? { ...ways, json: { ...options.json, password } }
          : { ...ways, ...options, password },
    });
    const scan = async (docsCredential?: unknown) => (await post('scan', { docs, docsCredential })).body;
    expect(await scan()).toMatchObject({ isLocked: true, documents: [], docsLearned: {} });
    expect(await scan(given('not it'))).toMatchObject({ isLocked: true, documents: [] });
    const scanned = await scan(given(account.password));
    expect(endpoints.setupScan.answer.parse(scanned)).toEqual(scanned);
    expect(scanned).toMatchObject({ isLocked: false, documents: [{ title: 'Order Center' }] });
    expect(scanned.docsLearned).toEqual(
      shownTo === 'login' ? { token: '$.data.token', success: '$.code == 200' } : {},
    );
    expect(JSON.stringify(scanned)).not.toContain(account.password);

    // The document is read again for each answer that follows, and by the patrol.
    const docsCredential = given(account.password);
    const known = { ...docsCredential, options: { ...docsCredential.options, ...scanned.docsLearned } };
    const [login] = scanned.signIns;
    const credential = {
      scheme: 'login',
      options: { ...login.credential.options, json: { ...account } },
    };
    const trial = (await post('sign-in', { docs, docsCredential: known, credential })).body;
    expect(trial).toMatchObject({ verdict: 'verified', operation: 'GET /users/me' });
    const wrong = { scheme: 'basic', options: { usrname: 'x' } };
    const refused = await post('scan', { docs, docsCredential: wrong });
    expect([refused.status, JSON.stringify(refused.body.errors)]).toEqual([
      422,
      expect.stringContaining('/body/docsCredential/options'),
    ]);

    const own = path.join(folder, `${shownTo}.yaml`);
    const tools = { env: {}, redactor: new Redactor(), clock: systemClock, log: silentLogger };
    const second = await startSetup({ file: own, root: folder, port: 0, ...tools });
    const saved = await fetch(`${second.url}/api/v1/setup/config`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ docs, docsCredential: known }),
    });
    expect([saved.status, (await stat(own)).mode & 0o777]).toEqual([201, 0o600]);
    expect(await saved.text()).not.toContain(account.password);
    await second.close();
    expect(await loadConfig(own, { env: {} })).toMatchObject({
      ok: true,
      settings: {
        services: [{ docsCredential: 'docs' }],
        credentials: { docs: { scheme: shownTo } },
      },
    });
    await shop.close();
  });

  it('sends a message', async () => {
    const { body } = await post('message', { webhook: wecom.webhook('group') });
    expect(endpoints.setupMessage.answer.parse(body)).toEqual(body);
    expect(body.ok).toBe(true);
    expect(wecom.messages).toHaveLength(1);
  });

  it('is nobody else’s to steer', async () => {
    const body = { docs };
    expect((await post('config', body, { origin: 'https://evil.example' })).status).toBe(403);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  it('writes the configuration once, for this user alone', async () => {
    const answers = {
      docs,
      baseUrl: system.services.orders.url,
      webhook: wecom.webhook('group'),
      credential: credential(),
    };
    const { status, body } = await post('config', answers);
    expect(status).toBe(201);
    expect(body.file).toBe(file);
    expect(body.text).not.toContain(demoClient.secret);
    await setup.saved;
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const loaded = await loadConfig(file, { env: {} });
    expect(loaded).toMatchObject({
      ok: true,
      settings: { services: [{ baseUrl: system.services.orders.url, credential: 'main' }] },
    });
    expect((await post('config', answers)).status).toBe(409);
  });

  it('can leave the channel for later', async () => {
    const other = path.join(folder, 'other.yaml');
    const tools = { env: {}, redactor: new Redactor(), clock: systemClock, log: silentLogger };
    const second = await startSetup({ file: other, root: folder, port: 0, ...tools });
    const response = await fetch(`${second.url}/api/v1/setup/config`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ docs }),
    });
    expect(response.status).toBe(201);
    await second.close();
    expect(await loadConfig(other, { env: {} })).toMatchObject({ ok: true, settings: { channels: {} } });
  });
});
