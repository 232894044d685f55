import { afterEach, describe, expect, it } from 'vitest';
import { credential, harness, never, type Reply, startServer } from '../../test/support/auth-harness.ts';
import { inEnglish } from '../messages/in-language.ts';
import { Redactor } from '../lib/secrets/secret.ts';
import { sha256 } from '../lib/text/text.ts';
import type { SealedTokenStore } from './persistence/sealed-token-store.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const session = 'C449375B894C08D862641B2FECF47B19';
const visitor = 'AbCdEfGhIjKlMnOpQrStUvWxYz';

function inMemory(): SealedTokenStore {
  const kept = new Map<string, string>();
  return {
    load: (name) => Promise.resolve(kept.get(name)),
    save: (name, text) => Promise.resolve(void kept.set(name, text)),
  };
}

/** A system with one way to sign in, and who patrols it: started as often as wanted. */
async function system(written: (url: string) => object, answers: Readonly<Record<string, () => Reply>>) {
  const server = await startServer(({ path }) => answers[path]?.() ?? { status: 404 });
  closers.push(server.close);
  const at = { url: `${server.url}/login`, form: { p: 'Pw-Canary!Xk29&mQz71' } };
  const vault = inMemory();
  const start = () => {
    const redactor = new Redactor();
    const test = harness([credential('c', 'login', { ...at, ...written(server.url) })], { redactor, vault });
    closers.push(test.close);
    return { ...test, redactor };
  };
  return { start, server };
}

describe('what signing in gives is secret by its origin', () => {
  it('each cookie of a session, also after a restart', async () => {
    const cookies = [`JSESSIONID=${session}; Path=/`, `remember=s%3A${visitor}; Path=/`, 'lang=zh-CN'];
    const { start, server } = await system(() => ({}), {
      '/login': () => ({ headers: { 'set-cookie': cookies } }),
    });
    for (const { sign, redactor } of [start(), start()]) {
      expect(await sign('c')).toMatchObject({ ok: true });
      expect(redactor.scrub(`session ${session} unknown, s:${visitor} in zh-CN`)).toBe(
        'session *** unknown, *** in zh-CN',
      );
    }
    expect(server.requests).toHaveLength(1);
  });

  it('a session beside the token, and what was taken on the way', async () => {
    const { start } = await system(
      (url) => ({
        before: [{ url: `${url}/form`, take: { csrf: '$.csrf', theme: '$.theme' } }],
        token: '$.token',
      }),
      {
        '/form': () => ({ body: { csrf: 'q1w2e3r4t5y6', theme: 'default' } }),
        '/login': () => ({ headers: { 'set-cookie': `SESSION=${session}` }, body: { token: visitor } }),
      },
    );
    const { sign, redactor } = start();
    await sign('c');
    expect(redactor.scrub(`${session} q1w2e3r4t5y6 ${visitor} default`)).toBe('*** *** *** default');
  });

  it('a session that came to nothing', async () => {
    const { start } = await system(() => ({}), {
      '/login': () => ({
        status: 401,
        headers: { 'set-cookie': `SESSION=${session}` },
        body: { code: 401, message: `session ${session} is not signed in` },
      }),
    });
    const { sign } = start();
    const answer = await sign('c');
    expect(answer.ok ? '' : inEnglish(answer.message)).toContain('session *** is not signed in');
  });

  it('a token that was replaced long ago', async () => {
    let count = 0;
    const tokenOf = (of: number) => sha256(String(of)).slice(0, 24);
    const { start } = await system(() => ({ token: '$.token' }), {
      '/login': () => ({ body: { token: tokenOf(count++) } }),
    });
    const { clock, manager, redactor } = start();
    for (let round = 0; round < 66; round++) {
      manager.forget('c');
      await clock.advance(60_000);
      await manager.authorize('c', { method: 'GET', url: 'http://api.example/', headers: {} }, never);
    }
    expect(count).toBe(66);
    const seen = Array.from({ length: count }, (_, of) => tokenOf(of)).filter(
      (token) => redactor.scrub(`first ${token}`) !== 'first ***',
    );
    expect(seen).toEqual([tokenOf(0), tokenOf(1)]);
    expect(redactor.scrub(`older: ${tokenOf(12).slice(0, 16)}`)).toBe('older: ***');
  });
});
