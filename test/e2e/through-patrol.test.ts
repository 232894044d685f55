import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PatrolProcess } from '../../demo/patrol-process.ts';
import { setStage, type Stage } from '../support/stage.ts';

let stage: Stage;
let patrol: PatrolProcess;
let socket: string;
let id: string;

beforeAll(async () => {
  stage = await setStage();
  socket = path.join(stage.folder, '.apipatrol/patrol.sock');
  patrol = stage.patrol();
  await patrol.logged('cycle closed');
  // What has never worked tells nobody.
  await stage.system.faults.set('orders-500', true);
  patrol.runNow();
  await patrol.logged('cycle closed', 2);
  id = JSON.parse((await stage.cli('status', '--json')).out).incidents[0].id;
});
afterAll(() => stage.close());

/** The kinds of live events until one of this kind comes. */
async function heard(kind: string, act: () => Promise<unknown>): Promise<readonly string[]> {
  const client = new Client('http://patrol', { socketPath: socket });
  let text = '';
  let acting: Promise<unknown> | undefined;
  const kinds = (): readonly string[] => [...text.matchAll(/^event: (\S+)\n/gm)].map(([, one = '']) => one);
  try {
    const { body } = await client.request({ method: 'GET', path: '/api/v1/events' });
    for await (const chunk of body) {
      text += String(chunk);
      if (kinds().includes('hello')) acting ??= act();
      if (kinds().includes(kind)) break;
    }
    await acting;
  } finally {
    await client.destroy();
  }
  return kinds();
}

const actions = async (): Promise<readonly string[]> =>
  JSON.parse((await stage.cli('audit', '--json')).out).entries.map(
    ({ by, action }: { by: string; action: string }) => `${by.replace(/:.*/, '')} ${action}`,
  );

/** How often somebody has signed in to the user service. */
const signIns = (): number => stage.system.services.users.requests.get('POST /auth/login') ?? 0;

describe('while a patrol runs, commands go through it', () => {
  it('over a socket that is for its user alone', async () => {
    expect((await stat(socket)).mode & 0o777).toBe(0o600);
  });

  it('so that whoever looks on hears of it', async () => {
    expect(await heard('incidents', () => stage.cli('ack', id))).toContain('incidents');
    const add = ['silence', 'add', '--for', '1h', '--incident', id, '--reason', 'release'];
    const silenced = await heard('silences', async () => {
      expect((await stage.cli(...add)).out).toMatch(new RegExp(`^silence 1 until .*\\n {2}fits #${id} GET `));
    });
    expect(silenced).toContain('silences');
    expect(await actions()).toEqual(['cli silence', 'cli acknowledge']);
  });

  it('and what it refuses is told with what to do, also to programs', async () => {
    expect(await stage.cli('ack', 'ZZZZ')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^there is no incident #ZZZZ\n {2}→ Open are #\w{4} GET .*\.\n$/),
    });
    const { code, out } = await stage.cli('auth', 'clear', 'nobody', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      problems: [{ code: 'not-found', message: 'there is no credential "nobody"' }],
    });
    const long = ['silence', 'add', '--for', '400d', '--subject', '*', '--reason', 'x'];
    expect((await stage.cli(...long)).err).toBe('/body/forMs: is longer than a year\n');
  });

  it('tokens are forgotten in its memory too: the next cycle signs in anew', async () => {
    const before = signIns();
    expect((await stage.cli('auth', 'clear', '--json')).code).toBe(0);
    patrol.runNow();
    await patrol.logged('cycle closed', 3);
    expect(signIns()).toBeGreaterThan(before);
  });
});

describe('after it was killed', () => {
  it('commands work on the store, whatever it has left behind', async () => {
    patrol.signal('SIGKILL');
    await patrol.exited;
    expect((await stat(socket)).isSocket()).toBe(true);
    expect(await stage.cli('comment', id, 'killed')).toMatchObject({
      code: 0,
      out: `written down with #${id}\n`,
    });
    expect((await stage.cli('ack', 'ZZZZ')).err).toContain(`Open are #${id} GET `);
    expect((await actions())[0]).toBe('cli comment');
  });

  it('the next one takes its place', async () => {
    const next = stage.patrol();
    await next.logged('cycle closed');
    expect(await heard('incidents', () => stage.cli('ack', id, '--undo'))).toContain('incidents');
  });
});

it('where nobody has patrolled yet there is nothing to change, but there may be users', async () => {
  const empty = await setStage();
  expect(await empty.cli('silence', 'end', '1')).toMatchObject({ code: 2 });
  expect(await empty.cli('user', 'list')).toMatchObject({
    code: 0,
    out: 'nobody; apipatrol user add NAME adds somebody\n',
  });
  expect(await empty.cli('user', 'remove', 'zhangsan')).toMatchObject({
    code: 2,
    err: 'there is no user zhangsan\n  → apipatrol user list shows who there is.\n',
  });
  await empty.close();
});
