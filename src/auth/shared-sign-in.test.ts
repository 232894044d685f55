import { inEnglish } from '../messages/in-language.ts';
import type { Sentence } from '../model/sentence.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { credential, harness, never, startServer } from '../../test/support/auth-harness.ts';
import { counting, setup } from '../../test/support/token-endpoint.ts';
import { ManualClock, systemClock } from '../lib/time/clock.ts';
import { openStore, openTokensIn } from '../store/open.ts';
import { silentLogger } from '../lib/logger.ts';
import type { SignInSheets } from './ports.ts';
import { createSealedTokenStore, lockedTokenStore } from './persistence/sealed-token-store.ts';

const key = new Uint8Array(32).fill(7);
const closers: (() => Promise<unknown>)[] = [];
let folder = '';

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-shared-'));
  await (await openStore(database(), { clock: new ManualClock(), log: silentLogger })).close();
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
  rmSync(folder, { recursive: true });
});

const database = () => path.join(folder, 'patrol.db');

/** A connection of its own, as each process has. */
function connection() {
  const { tokens, close } = openTokensIn(database());
  closers.push(close);
  return tokens;
}

/** Each refresh token is good once; one that comes twice ends all of them (RFC 9700 §4.14.2). */
async function rotatingServer() {
  const state = { newest: 'first', count: 0, revoked: false, busy: false, atOnce: false };
  const server = await startServer(async ({ body }) => {
    state.atOnce ||= state.busy;
    state.busy = true;
    await new Promise((resolve) => setTimeout(resolve, 20));
    state.busy = false;
    if (new URLSearchParams(body).get('refresh_token') !== state.newest) state.revoked = true;
    if (state.revoked) return { status: 400, body: { error: 'invalid_grant' } };
    state.newest = `r${++state.count}`;
    return { body: { access_token: `a${state.count}`, refresh_token: state.newest, expires_in: 3600 } };
  });
  closers.push(server.close);
  return { state, server };
}

function processOf(url: string, more: Parameters<typeof harness>[1] = {}, tokens = connection()) {
  const written = { tokenUrl: `${url}/token`, clientId: 'id', refreshToken: 'first' };
  const one = harness([credential('c', 'oauth2-refresh-token', written)], {
    vault: createSealedTokenStore(tokens, key),
    sheets: tokens,
    ...more,
  });
  closers.push(one.close);
  const bearer = async () => {
    const signed = await one.sign('c');
    return signed.ok ? signed.request.headers['authorization'] : signed.message;
  };
  const test = () => one.manager.test('c', { method: 'GET', url: 'http://api.example/', headers: {} }, never);
  return { ...one, bearer, test };
}

it('two configurations with a credential of one name keep a token each', async () => {
  const { server } = await rotatingServer();
  const one = processOf(server.url);
  expect(inEnglish((await one.bearer()) ?? '')).toBe('Bearer a1');
  const elsewhere = await rotatingServer();
  expect(inEnglish((await processOf(elsewhere.server.url).bearer()) ?? '')).toBe('Bearer a1');
  const restarted = processOf(server.url);
  expect(inEnglish((await restarted.bearer()) ?? '')).toBe('Bearer a1');
  expect(server.requests).toHaveLength(1);
  expect(await connection().clear('c')).toBe(2);
});

it('a command uses the token of the patrol, and the patrol the one that a command has got', async () => {
  const { server, state } = await rotatingServer();
  const patrol = processOf(server.url);
  expect(inEnglish((await patrol.bearer()) ?? '')).toBe('Bearer a1');
  const check = processOf(server.url, { guest: true });
  expect(inEnglish((await check.bearer()) ?? '')).toBe('Bearer a1');
  const tried = processOf(server.url, { guest: true });
  expect((await tried.test()).steps.every(({ ok }) => ok)).toBe(true);
  expect(inEnglish((await tried.bearer()) ?? '')).toBe('Bearer a2');
  await tried.test();
  // No more may be asked for within this minute, nor is there any need to.
  expect(await patrol.manager.rejected('c', 1, never)).toBe(true);
  expect(inEnglish((await patrol.bearer()) ?? '')).toBe('Bearer a3');
  await patrol.clock.advance(3_600_000);
  expect(inEnglish((await patrol.bearer()) ?? '')).toBe('Bearer a4');
  expect(state.revoked).toBe(false);
});

it('processes that need a token at the same moment ask for one', async () => {
  const { server, state } = await rotatingServer();
  // One connection: those of one thread would wait for each other in vain.
  const tokens = connection();
  const all = Array.from({ length: 4 }, () => processOf(server.url, { clock: systemClock }, tokens));
  const got = await Promise.all(all.map(({ bearer }) => bearer()));
  expect(got).toEqual(Array(4).fill('Bearer a1'));
  expect(state).toMatchObject({ revoked: false, atOnce: false, count: 1 });
});

it('what is configured is not sent while the newest token cannot be read', async () => {
  const { server, state } = await rotatingServer();
  await processOf(server.url).bearer();
  const others = [
    createSealedTokenStore(connection(), new Uint8Array(32).fill(8)),
    lockedTokenStore('no key file'),
  ];
  for (const vault of others) {
    const answer = await processOf(server.url, { guest: true, vault }).bearer();
    expect(inEnglish(answer ?? '')).toMatch(
      /^credential "c": the patrol keeps the newest token, and it cannot be read here: /,
    );
  }
  expect(state).toMatchObject({ revoked: false, count: 1 });
});

it('says that a refresh token was replaced and nothing keeps the new one', async () => {
  const { server } = await rotatingServer();
  const alone = harness(
    [
      credential('c', 'oauth2-refresh-token', {
        tokenUrl: `${server.url}/token`,
        clientId: 'id',
        refreshToken: 'first',
      }),
    ],
    { guest: true },
  );
  closers.push(alone.close);
  await alone.sign('c');
  expect(alone.logged.join('\n')).toContain('has replaced the configured refresh token');
});

it.each<[string, (clock: ManualClock) => ManualClock]>([
  ['at once', (clock) => clock],
  ['with the wall clock put forward', (clock) => (clock.jump(3_600_000), clock)],
  ['with the wall clock put back', (clock) => (clock.jump(-86_400_000), clock)],
  ['on a machine that was started anew', (clock) => new ManualClock(clock.now())],
])('three requests a minute are the most over restarts, %s', async (_, next) => {
  const { server, state } = await rotatingServer();
  let clock = new ManualClock();
  const restart = async () => {
    const one = processOf(server.url, { clock });
    await one.test();
    await one.close();
  };
  for (let count = 0; count < 6; count++) {
    await restart();
    clock = next(clock);
  }
  expect(state.count).toBe(3);
  await clock.advance(61_000);
  await restart();
  expect(state.count).toBe(4);
});

it('credentials that come and go with the configuration ask no more often', async () => {
  const { manager, state, token, clock } = setup(() => ({ ok: true, token: { value: { t: 't' } } }));
  state.obtain = counting(() => clock);
  const settings = { name: 'a', scheme: 'fake', options: {} };
  for (let count = 0; count < 6; count++) {
    await token();
    manager.reconfigure({});
    manager.reconfigure({ a: settings });
  }
  expect(state.calls).toBe(3);
});

it('a process that was killed while it signed in is waited for ten seconds, whatever the clock has done', async () => {
  const clock = new ManualClock();
  const sheet = { turn: { holder: 'killed', until: clock.now() + 10_000 }, asked: [] };
  const shared = connection();
  await shared.change('a', () => ({ sheet: JSON.stringify(sheet), answer: undefined }));
  const start = (sheets: SignInSheets) => {
    const test = setup(
      counting(() => clock),
      { clock, sheets },
    );
    let got: Sentence | undefined;
    void test.token().then((token) => {
      got = token;
    });
    return () => got;
  };
  const waiting = start(shared);
  await clock.advance(9000);
  expect(waiting()).toBeUndefined();
  await clock.advance(2000);
  expect(inEnglish(waiting() ?? '')).toBe('t1');
  clock.jump(-86_400_000);
  await shared.change('a', () => ({ sheet: JSON.stringify(sheet), answer: undefined }));
  const after = start(shared);
  await clock.advance(0);
  expect(inEnglish(after() ?? '')).toBe('t1');
});
