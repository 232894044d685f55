import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ManualClock } from '../kit/clock.ts';
import { type Logger, silentLogger } from '../kit/logger.ts';
import { Redactor, Secret } from '../kit/secret.ts';
import type { OutgoingRequest } from '../model/check.ts';
import type { CredentialSettings } from '../model/settings.ts';
import { createTokenManager, type TokenManagerOptions } from './manager.ts';
import { withHeaders } from './place.ts';
import { defineScheme, type Token, type TokenOutcome, type TokenRetry } from './scheme.ts';
import { conditions } from './schemes/options.ts';
import type { Send } from './send.ts';
import type { Vault } from './vault.ts';

const never = new AbortController().signal;
const request: OutgoingRequest = { method: 'GET', url: 'http://api.example/orders', headers: {} };
const budgetMs = 900_000;

/** A scheme whose token endpoint is a function of the test. */
function setup(first: () => Promise<TokenOutcome> | TokenOutcome, more: Partial<TokenManagerOptions> = {}) {
  const clock = new ManualClock();
  const state = { obtain: first, calls: 0, previous: [] as (string | undefined)[] };
  const scheme = defineScheme({
    kind: 'fake',
    summary: 'A scheme for tests.',
    satisfies: [],
    options: z.looseObject({}),
    obtain: async (_options, _context, previous) => {
      state.calls++;
      state.previous.push(previous?.refreshToken);
      return await state.obtain();
    },
    apply: (outgoing, _options, token) => withHeaders(outgoing, { token: token?.value['t'] ?? '' }),
  });
  const logged: string[] = [];
  const write = (message: string, fields?: unknown) =>
    void logged.push(`${message} ${JSON.stringify(fields)}`);
  const log: Logger = { ...silentLogger, debug: write, warn: write };
  const manager = createTokenManager({
    credentials: { a: settings('a') },
    schemes: [scheme],
    send: Object.assign(() => Promise.reject(new Error('unused')), {
      close: () => Promise.resolve(),
    }) as Send,
    clock,
    log,
    random: () => 0.5,
    ...more,
  });
  const token = async () => {
    const answer = await manager.authorize('a', request, never);
    return answer.ok ? answer.request.headers['token'] : answer.message;
  };
  return { clock, state, manager, token, logged };
}

function settings(name: string, options: object = {}): CredentialSettings {
  return { name, scheme: 'fake', options };
}

/** Tokens t1, t2 … that live for `ttlMs`. */
function counting(clock: () => ManualClock, ttlMs?: number) {
  let count = 0;
  return (): TokenOutcome => ({
    ok: true,
    token: {
      value: { t: `t${++count}` },
      ...(ttlMs === undefined ? {} : { expiresAt: clock().now() + ttlMs }),
    },
  });
}

const failing =
  (kind: TokenRetry['kind'], message = 'POST http://sso/token answered 503') =>
  () =>
    ({ ok: false, failure: { retry: { kind }, message } }) as const;

function withTokens(ttlMs?: number) {
  const test = setup(() => failing('later')());
  test.state.obtain = counting(() => test.clock, ttlMs);
  return test;
}

describe('a token', () => {
  it('is fetched once for a thousand checks that wait', async () => {
    const { state, token, clock } = setup(async () => {
      await clock.sleep(200);
      return { ok: true, token: { value: { t: 't1' } } };
    });
    const waiting = Promise.all(Array.from({ length: 1000 }, token));
    await clock.advance(200);
    expect(new Set(await waiting)).toEqual(new Set(['t1']));
    expect(state.calls).toBe(1);
  });

  it('is fetched to the end for the others when one gives up', async () => {
    const { manager, token, clock } = setup(async () => {
      await clock.sleep(200);
      return { ok: true, token: { value: { t: 't1' } } };
    });
    const impatient = new AbortController();
    const first = manager.authorize('a', request, impatient.signal);
    const second = token();
    impatient.abort();
    expect(await first).toEqual({ ok: false, message: 'credential "a": interrupted before a token arrived' });
    await clock.advance(200);
    expect(await second).toBe('t1');
  });

  it('is renewed behind the back of those who use it', async () => {
    const { clock, token, state } = withTokens(3_600_000);
    expect(await token()).toBe('t1');
    await clock.advance(3_540_000);
    expect(await token()).toBe('t1');
    await clock.advance(0);
    expect(await token()).toBe('t2');
    expect(state.calls).toBe(2);
  });

  it('is used until its end while the endpoint is down', async () => {
    const { clock, token, state } = withTokens(3_600_000);
    await token();
    state.obtain = failing('later');
    await clock.advance(3_590_000);
    expect(await token()).toBe('t1');
    await clock.advance(10_000);
    expect(await token()).toBe('credential "a": POST http://sso/token answered 503');
  });

  it('that ends in the middle of a cycle is replaced by those who need it', async () => {
    const { clock, token, state } = withTokens(60_000);
    await token();
    await clock.advance(60_000);
    expect(new Set(await Promise.all([token(), token(), token()]))).toEqual(new Set(['t2']));
    expect(state.calls).toBe(2);
  });

  it('survives a wall clock that is set back and is replaced when it is set forward', async () => {
    const { clock, token } = withTokens(3_600_000);
    expect(await token()).toBe('t1');
    clock.jump(-7_200_000);
    expect(await token()).toBe('t1');
    await clock.advance(3_600_000);
    expect(await token()).toBe('t2');
    clock.jump(3_600_000);
    expect(await token()).toBe('t3');
  });

  it('whose life is not known is used until it has been renewed', async () => {
    const { clock, token } = withTokens();
    expect(await token()).toBe('t1');
    await clock.advance(600_000);
    expect(await token()).toBe('t1');
    await clock.advance(0);
    expect(await token()).toBe('t2');
  });

  it('hands its refresh token to the next request', async () => {
    const { manager, state } = setup(() => ({
      ok: true,
      token: { value: { t: 't' }, refreshToken: 'again' },
    }));
    await manager.authorize('a', request, never);
    await manager.rejected('a', 1, never);
    expect(state.previous).toEqual([undefined, 'again']);
  });
});

describe('preparing a cycle', () => {
  it('renews a token that would end in it', async () => {
    const { clock, manager, token } = withTokens(3_600_000);
    await token();
    await clock.advance(3_600_000 - budgetMs);
    expect(await manager.prepare(['a'], budgetMs, never)).toEqual([]);
    expect(await token()).toBe('t2');
  });

  it('leaves a token alone that outlasts it', async () => {
    const { clock, manager, state } = withTokens(3_600_000);
    await manager.prepare(['a', 'a'], budgetMs, never);
    await clock.advance(900_000);
    await manager.prepare(['a'], budgetMs, never);
    expect(state.calls).toBe(1);
  });

  it('does not renew again and again what never lives long enough', async () => {
    const { manager, state } = withTokens(300_000);
    await manager.prepare(['a'], budgetMs, never);
    await manager.prepare(['a'], budgetMs, never);
    expect(state.calls).toBe(1);
  });

  it('asks an endpoint that is unwell again, after 5 s and after 15 s', async () => {
    const { clock, manager, state } = setup(failing('later'));
    const prepared = manager.prepare(['a'], budgetMs, never);
    await clock.advance(25_000);
    expect(await prepared).toEqual([
      { credential: 'a', message: 'POST http://sso/token answered 503', permanent: false },
    ]);
    expect(state.calls).toBe(3);
  });

  it('is well when the second answer is', async () => {
    const { clock, manager, state } = setup(failing('later'));
    const prepared = manager.prepare(['a'], budgetMs, never);
    await clock.advance(1000);
    state.obtain = counting(() => clock);
    await clock.advance(5000);
    expect(await prepared).toEqual([]);
  });

  it('waits as long as the endpoint asks', async () => {
    const { clock, manager, state } = setup(() => ({
      ok: false,
      failure: { retry: { kind: 'later', afterMs: 20_000 }, message: 'busy' },
    }));
    const prepared = manager.prepare(['a'], budgetMs, never);
    await clock.advance(19_999);
    expect(state.calls).toBe(1);
    await clock.advance(1);
    expect(await prepared).toHaveLength(1);
    expect(state.calls).toBe(2);
  });

  it('asks only once when it is refused, and the next time a quarter of an hour later', async () => {
    const { clock, manager, state } = setup(failing('sparingly', 'POST http://sso/login answered 200'));
    expect(await manager.prepare(['a'], budgetMs, never)).toHaveLength(1);
    await clock.advance(800_000);
    await manager.prepare(['a'], budgetMs, never);
    expect(state.calls).toBe(1);
    await clock.advance(100_000);
    await manager.prepare(['a'], budgetMs, never);
    expect(state.calls).toBe(2);
  });

  it('never asks again after a final refusal, until the configuration is read again', async () => {
    const { clock, manager, state } = setup(failing('never', 'invalid_client'));
    const failure = { credential: 'a', message: 'invalid_client', permanent: true };
    expect(await manager.prepare(['a'], budgetMs, never)).toEqual([failure]);
    await clock.advance(86_400_000);
    expect(await manager.prepare(['a'], budgetMs, never)).toEqual([failure]);
    expect(state.calls).toBe(1);
    manager.reconfigure({ a: settings('a') });
    await manager.prepare(['a'], budgetMs, never);
    expect(state.calls).toBe(2);
  });

  it('recovers from an outage without a restart', async () => {
    const { clock, manager, state } = setup(failing('later'));
    for (let cycle = 0; cycle < 20; cycle++) {
      const prepared = manager.prepare(['a'], budgetMs, never);
      await clock.advance(budgetMs);
      expect(await prepared).toHaveLength(1);
    }
    state.obtain = counting(() => clock);
    expect(await manager.prepare(['a'], budgetMs, never)).toEqual([]);
  });

  it('ends when it is told to', async () => {
    const { manager } = setup(failing('later'));
    const stop = new AbortController();
    const prepared = manager.prepare(['a'], budgetMs, stop.signal);
    stop.abort();
    expect(await prepared).toEqual([]);
  });

  it('says which credentials there are when one is missing', async () => {
    const { manager } = withTokens();
    expect(await manager.prepare(['b'], budgetMs, never)).toEqual([
      {
        credential: 'b',
        message: 'is not configured',
        hint: 'credentials: configured are a',
        permanent: true,
      },
    ]);
  });
});

describe('a token that the server refuses', () => {
  it('is replaced once, for all who report it', async () => {
    const { manager, token, state } = withTokens();
    await token();
    const again = await Promise.all(Array.from({ length: 200 }, () => manager.rejected('a', 1, never)));
    expect(new Set(again)).toEqual(new Set([true]));
    expect(state.calls).toBe(2);
    expect(await token()).toBe('t2');
  });

  it('does not take the new one with it when the report is late', async () => {
    const { manager, token, state } = withTokens();
    await token();
    await manager.rejected('a', 1, never);
    expect(await manager.rejected('a', 1, never)).toBe(true);
    expect(await token()).toBe('t2');
    expect(state.calls).toBe(2);
  });

  it('is replaced at most once in a cycle', async () => {
    const { manager, token, state } = withTokens();
    await token();
    expect(await manager.rejected('a', 1, never)).toBe(true);
    expect(await manager.rejected('a', 2, never)).toBe(false);
    expect(state.calls).toBe(2);
    manager.beginCycle();
    expect(await manager.rejected('a', 2, never)).toBe(true);
  });

  it('leaves the credential without one when no new one can be had', async () => {
    const { manager, token, state } = withTokens();
    await token();
    state.obtain = failing('later');
    expect(await manager.rejected('a', 1, never)).toBe(false);
    expect(await token()).toBe('credential "a": POST http://sso/token answered 503');
  });

  it('is recognised by 401 and by the rules of the credential', () => {
    const rules = { rejectedWhen: conditions.parse('$.code == 40101') };
    const { manager } = setup(failing('later'), {
      credentials: { a: settings('a', rules), b: settings('b') },
    });
    expect(manager.refused('a', 401, () => undefined)).toBe(true);
    expect(manager.refused('a', 200, () => ({ code: 40101 }))).toBe(true);
    expect(manager.refused('a', 200, () => ({ code: 0 }))).toBe(false);
    expect(manager.refused('b', 200, () => ({ code: 40101 }))).toBe(false);
    expect(manager.refused('b', 403, () => undefined)).toBe(false);
  });
});

describe('a new configuration', () => {
  const secret = (value: string) => settings('a', { password: new Secret(value) });

  it('keeps the tokens of credentials that did not change', async () => {
    const { manager, token, state } = withTokens();
    manager.reconfigure({ a: secret('one') });
    await token();
    manager.reconfigure({ a: secret('one'), b: settings('b') });
    expect(await token()).toBe('t1');
    expect(state.calls).toBe(1);
  });

  it('drops the token when the secret was changed, and what arrives late for the old one', async () => {
    const { manager, token, state, clock } = withTokens();
    manager.reconfigure({ a: secret('one') });
    state.obtain = async () => {
      await clock.sleep(1000);
      return { ok: true, token: { value: { t: 'late' } } };
    };
    const late = token();
    manager.reconfigure({ a: secret('two') });
    state.obtain = () => ({ ok: true, token: { value: { t: 'new' } } });
    expect(await token()).toBe('new');
    await clock.advance(1000);
    expect(await late).toContain('interrupted');
    expect(await token()).toBe('new');
  });

  it('makes reports about tokens of the old one stale', async () => {
    const { manager, token, state } = withTokens();
    await token();
    manager.reconfigure({ a: secret('two') });
    expect(await manager.rejected('a', 1, never)).toBe(true);
    expect(state.calls).toBe(2);
  });

  it('forgets credentials that are gone', async () => {
    const { manager, token } = withTokens();
    manager.reconfigure({});
    expect(await token()).toBe('credential "a" is not configured');
    expect(await manager.rejected('a', 1, never)).toBe(false);
    expect(manager.refused('a', 200, () => undefined)).toBe(false);
  });

  it('is refused when it names a scheme that does not exist', () => {
    const { manager } = withTokens();
    expect(() => manager.reconfigure({ a: { name: 'a', scheme: 'magic', options: {} } })).toThrow(
      'credential "a": there is no scheme "magic"',
    );
  });
});

describe('tokens over restarts', () => {
  function vaultInMemory() {
    const rows = new Map<string, string>();
    const vault: Vault = {
      load: (name) => Promise.resolve(rows.get(name)),
      save: (name, text) => Promise.resolve(void rows.set(name, text)),
    };
    return { rows, vault };
  }

  /** Two processes one after the other; the second has an endpoint that is down. */
  async function restart(token: Partial<Token>, pauseMs: number, second: object = {}) {
    const { vault } = vaultInMemory();
    const first = setup(() => ({ ok: true, token: { value: { t: 'kept' }, ...token } }), { vault });
    await first.token();
    const next = setup(failing('later'), { vault, credentials: { a: settings('a', second) } });
    await next.clock.advance(pauseMs);
    return next;
  }

  const start = new ManualClock().now();

  it('are used again', async () => {
    const { token, state } = await restart({ expiresAt: start + 3_600_000 }, 60_000);
    expect(await token()).toBe('kept');
    expect(state.calls).toBe(0);
  });

  it('are renewed when they have ended, with their refresh token', async () => {
    const { token, state } = await restart({ expiresAt: start + 3_600_000, refreshToken: 'r' }, 3_600_000);
    expect(await token()).toContain('answered 503');
    expect(state.previous).toEqual(['r']);
  });

  it('whose life is not known are used for ten minutes more at most', async () => {
    expect(await (await restart({}, 300_000)).token()).toBe('kept');
    expect(await (await restart({}, 600_000)).token()).toContain('answered 503');
  });

  it('are not used when the configuration was changed in between', async () => {
    const { token } = await restart({}, 0, { password: new Secret('new') });
    expect(await token()).toContain('answered 503');
  });

  it('are kept before they are used', async () => {
    const { rows, vault } = vaultInMemory();
    const order: string[] = [];
    const slow: Vault = {
      ...vault,
      save: async (name, text) => {
        await Promise.resolve();
        order.push('kept');
        await vault.save(name, text);
      },
    };
    const { token } = setup(() => ({ ok: true, token: { value: { t: 't1' }, refreshToken: 'r1' } }), {
      vault: slow,
    });
    await token();
    order.push('used');
    expect(order).toEqual(['kept', 'used']);
    expect(JSON.parse(rows.get('a') ?? '')).toMatchObject({ token: { refreshToken: 'r1' } });
  });

  it('do without a vault that is broken', async () => {
    const broken = () => Promise.reject(new Error('disk full p4ssw0rd!'));
    const { token, logged } = setup(() => ({ ok: true, token: { value: { t: 't1' } } }), {
      vault: { load: broken, save: broken },
      credentials: { a: settings('a', { password: new Secret('p4ssw0rd!') }) },
    });
    expect(await token()).toBe('t1');
    expect(logged.slice(0, 2)).toEqual([
      'the token of the last run could not be read {"credential":"a","reason":"disk full ***"}',
      'a token could not be kept for the next start {"credential":"a","reason":"disk full ***"}',
    ]);
  });
});

describe('the status', () => {
  it('tells what each credential is doing', async () => {
    const { manager, token, clock, state } = withTokens(3_600_000);
    const start = clock.now();
    expect(manager.status()).toEqual([{ credential: 'a', scheme: 'fake', state: 'idle' }]);
    await token();
    expect(manager.status()).toMatchObject([
      { state: 'ready', obtainedAt: start, expiresAt: start + 3_600_000 },
    ]);
    await clock.advance(3_600_000);
    state.obtain = failing('later');
    await token();
    expect(manager.status()).toMatchObject([
      { state: 'failing', nextTryAt: clock.now() + 5000, failure: { permanent: false } },
    ]);
    await clock.advance(5000);
    state.obtain = failing('never');
    await token();
    expect(manager.status()).toEqual([
      {
        credential: 'a',
        scheme: 'fake',
        state: 'stopped',
        failure: { credential: 'a', message: 'POST http://sso/token answered 503', permanent: true },
      },
    ]);
  });
});

describe('secrets', () => {
  it('are masked in whatever a scheme says about a failure, and told to the redactor', async () => {
    const redactor = new Redactor();
    const options = { password: new Secret('p4ssw0rd!') };
    const { token, logged } = setup(failing('later', 'server says p4ssw0rd! is wrong'), {
      credentials: { a: settings('a', options) },
      redactor,
    });
    expect(await token()).toBe('credential "a": server says *** is wrong');
    expect(logged.join()).not.toContain('p4ssw0rd!');
    expect(redactor.scrub('p4ssw0rd!')).toBe('***');
  });

  it('of tokens that were replaced are forgotten after the next one', async () => {
    const redactor = new Redactor();
    const test = setup(failing('later'), { redactor });
    let count = 0;
    test.state.obtain = () => ({ ok: true, token: { value: { t: `long-token-${++count}` } } });
    for (const generation of [1, 2, 3]) {
      await test.token();
      test.manager.beginCycle();
      await test.manager.rejected('a', generation, never);
    }
    expect(redactor.scrub('long-token-1 long-token-2 long-token-3 long-token-4')).toBe(
      'long-token-1 long-token-2 *** ***',
    );
  });

  it('in an exception of a scheme stay there', async () => {
    const { token } = setup(
      () => {
        throw new Error('boom p4ssw0rd!');
      },
      { credentials: { a: settings('a', { password: new Secret('p4ssw0rd!') }) } },
    );
    expect(await token()).toBe('credential "a": boom ***');
  });
});

it('stops fetching when it is closed', async () => {
  const { manager, token, clock } = setup(async () => {
    await clock.sleep(1000);
    return { ok: true, token: { value: { t: 't1' } } };
  });
  const waiting = token();
  await manager.close();
  await clock.advance(1000);
  expect(await waiting).toContain('interrupted');
});
