import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startPatrol } from '../../demo/patrol-process.ts';
import { echoesOf } from '../support/echoes.ts';
import { takenApart } from '../support/taken-apart.ts';
import { desk, isLong, listen, openApi } from './stage.ts';

const token = 'tK9vQ2mZx7LpR4sW8nYb3HcD6f';
const echoes = [...echoesOf(token), ...takenApart(token)];

/** A service that says in each of its answers, in other words, which token it was sent. */
async function echoing() {
  const service = await listen((request, response) => {
    const [, kind, index] = /^\/(\w+)\/(\d+)/.exec(request.url ?? '') ?? [];
    const echo = echoes[Number(index)]?.[1] ?? '';
    const status = kind === 'broken' ? 500 : 200;
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'x-sent': encodeURIComponent(echo),
    });
    const code = kind === 'refused' ? 500 : 0;
    response.end(JSON.stringify({ code, msg: `sent: ${echo}`, a: kind === 'shape' ? `you: ${echo}` : 1 }));
  });
  const robot = await listen((request, response) => {
    request.on('data', (chunk: Buffer) => messages.push(chunk.toString()));
    request.on('end', () => response.end('{"errcode":0,"errmsg":"ok"}'));
  });
  const messages: string[] = [];
  const here = await desk({
    services: [{ name: 'orders', docs: './api.json', baseUrl: service.origin, credential: 'one' }],
    credentials: { one: { scheme: 'bearer', token: '${env:ECHO_TOKEN}' } },
    channels: { ops: { kind: 'webhook', url: `${robot.origin}/hook` } },
    routes: [{ to: ['ops'] }],
    limits: { ratePerOrigin: 500, perOrigin: 10 },
    store: { path: './patrol.db' },
  });
  const schema = {
    type: 'object',
    required: ['code', 'a'],
    properties: {
      code: { type: 'integer', description: '0 success' },
      msg: { type: 'string' },
      a: { type: 'integer' },
    },
  };
  const responses = { 200: { description: 'ok', content: { 'application/json': { schema } } } };
  const paths = echoes.flatMap((_, index) =>
    ['broken', 'refused', 'shape'].map((kind) => [`/${kind}/${index}`, { get: { responses } }] as const),
  );
  await here.write('api.json', openApi(Object.fromEntries(paths)));
  return { here, messages };
}

/** The forms of which a text shows half, at the beginning or at the end. */
function shown(text: string): readonly string[] {
  const bare = bareOf(text);
  return echoes
    .map(([name, echo]) => [name, bareOf(echo)] as const)
    .filter(([, form]) => {
      const half = Math.max(12, Math.ceil(form.length / 2));
      return bare.includes(form.slice(0, half)) || bare.includes(form.slice(-half));
    })
    .map(([name]) => name);
}

function bareOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^A-Za-z0-9]+/g, '')
    .toLowerCase();
}

const env = { ECHO_TOKEN: token };

const reporters = isLong ? ['json', 'junit', 'github', 'html', 'markdown'] : ['json'];

it.each([[[]], ...reporters.map((kind) => [['--reporter', kind]])])(
  'no token is shown by check %j',
  async (more) => {
    const { here } = await echoing();
    const { out, err } = await here.runWith(env, 'check', ...more);
    expect(out).toContain('***');
    expect(shown(`${out}\n${err}`)).toEqual([]);
  },
  60_000,
);

it('no token is kept, logged or sent', async () => {
  const { here, messages } = await echoing();
  const patrol = startPatrol(path.join(here.folder, 'apipatrol.yaml'), { env });
  await patrol.logged('cycle closed', 1);
  await expect.poll(() => messages.length, { timeout: 30_000 }).toBeGreaterThan(0);
  patrol.signal('SIGTERM');
  await patrol.exited;
  const files = (await readdir(here.folder)).filter((name) => name.startsWith('patrol.db'));
  const kept = await Promise.all(files.map((name) => readFile(path.join(here.folder, name), 'utf8')));
  expect(shown(kept.join('\n'))).toEqual([]);
  expect(shown(JSON.stringify(patrol.records))).toEqual([]);
  expect(shown(messages.join('\n'))).toEqual([]);
  const why = await here.runWith(env, 'why', 'GET /broken/0');
  expect(why.out).toContain('***');
  const report = await here.runWith(env, 'report', '--json');
  expect(shown(`${why.out}\n${report.out}`)).toEqual([]);
}, 60_000);
