import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Received, type Reply, startServer } from '../support/auth-harness.ts';
import { cli } from '../support/cli.ts';

let folder = '';
let server: Awaited<ReturnType<typeof startServer>> | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-proof-'));
});
afterEach(async () => {
  await server?.close();
  await rm(folder, { recursive: true });
});

const rows = { body: [{ id: 1 }] };
const isSigned = ({ headers }: Received) => headers.authorization === 'Bearer right';

async function tried(credential: object, answer: (request: Received) => Reply) {
  server = await startServer(answer);
  const operation = { summary: 'list', responses: { 200: { description: 'ok' } } };
  const document = {
    openapi: '3.0.3',
    info: { title: 'items', version: '1' },
    paths: { '/items': { get: operation } },
  };
  const service = { name: 'items', docs: './api.json', baseUrl: server.url, credential: 'c' };
  const config = { credentials: { c: credential }, services: [service] };
  await writeFile(path.join(folder, 'api.json'), JSON.stringify(document));
  // JSON is YAML.
  const text = JSON.stringify(config).replaceAll('SERVER', server.url);
  await writeFile(path.join(folder, 'apipatrol.yaml'), text);
  const ended = await cli(['auth', 'test', '--json'], { cwd: folder });
  const [trial] = JSON.parse(ended.out) as readonly { readonly verdict: string; readonly why: string }[];
  const shown = await cli(['auth', 'test'], { cwd: folder });
  return { code: ended.code, verdict: trial?.verdict, why: trial?.why, shown: shown.out };
}

const bearer = (token: string) => ({ scheme: 'bearer', token });

it('calls a credential good that an operation takes, and refuses to go without', async () => {
  const answer = (request: Received) => (isSigned(request) ? rows : { status: 401 });
  expect(await tried(bearer('right'), answer)).toMatchObject({ code: 0, verdict: 'verified' });
});

it('does so also where an envelope refuses', async () => {
  const answer = (request: Received) => (isSigned(request) ? rows : { body: { code: 401, msg: '未登录' } });
  expect(await tried(bearer('right'), answer)).toMatchObject({ code: 0, verdict: 'verified' });
});

it.each<[string, Reply]>([
  ['HTTP 401', { status: 401 }],
  ['an envelope with HTTP 200', { body: { code: 401, msg: '未登录' } }],
])('calls one refused that is answered %s', async (_, refusal) => {
  const answer = (request: Received) => (isSigned(request) ? rows : refusal);
  const trial = await tried(bearer('wrong'), answer);
  expect(trial).toMatchObject({ code: 1, verdict: 'refused' });
  expect(trial.shown).toMatch(/^✗ c bearer: refused/);
});

it('says that nothing proves one which is taken like none at all', async () => {
  const trial = await tried(bearer('wrong'), () => rows);
  expect(trial).toMatchObject({
    code: 0,
    verdict: 'not verified',
    why: 'the operation is answered without it as well',
  });
  expect(trial.shown).toMatch(/^\? c bearer: not verified/);
});

it('calls a sign-in failed that answers HTTP 200 with an error, whatever cookies come with it', async () => {
  const login = { scheme: 'login', url: 'SERVER/login', json: { user: 'a', password: 'b' } };
  const refusal = { headers: { 'set-cookie': 'JSESSIONID=1' }, body: { code: 500, msg: '密码错误' } };
  const trial = await tried(login, ({ path: asked }) => (asked === '/login' ? refusal : rows));
  expect(trial).toMatchObject({ code: 1, verdict: 'refused' });
  expect(trial.shown).toContain('✗ POST ');
  expect(trial.shown).toContain('answered 200, and says that it failed');
});

it.each<[string, string, string, boolean, object]>([
  ['verified that alone reads them', 'right', 'verified', true, { code: 0 }],
  ['refused that cannot read them', 'wrong', 'refused', true, { code: 1 }],
  ['not verified without which they are read as well', 'wrong', 'not verified', false, { code: 0 }],
])('of a credential for documents calls one %s', async (_, token, verdict, isLocked, ended) => {
  server = await startServer((request) =>
    isSigned(request) || !isLocked
      ? { body: { openapi: '3.0.3', info: { title: 'items', version: '1' }, paths: {} } }
      : { status: 401 },
  );
  const service = { name: 'items', docs: `${server.url}/api.json`, docsCredential: 'd' };
  const config = { credentials: { d: bearer(token) }, services: [service] };
  await writeFile(path.join(folder, 'apipatrol.yaml'), JSON.stringify(config));
  const { code, out } = await cli(['auth', 'test', '--json'], { cwd: folder });
  expect({ code, trial: JSON.parse(out)[0] }).toMatchObject({ ...ended, trial: { verdict } });
  expect(out).toContain(`${server.url}/api.json`);
});
