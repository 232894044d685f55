import { inEnglish } from '../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { never } from '../../test/support/auth-harness.ts';
import { failing, settings, setup, withTokens } from '../../test/support/token-endpoint.ts';
import { ManualClock } from '../lib/time/clock.ts';
import { Redactor, Secret } from '../lib/secrets/secret.ts';
import type { Token } from './scheme.ts';
import { examined } from './token/answer.ts';
import type { SealedTokenStore } from './persistence/sealed-token-store.ts';

describe('a new configuration', () => {
  const secret = (value: string) => settings('a', { password: new Secret(value) });

  it('keeps the tokens of credentials that did not change', async () => {
    const { manager, token, state } = withTokens();
    manager.reconfigure({ a: secret('one') });
    await token();
    manager.reconfigure({ a: secret('one'), b: settings('b') });
    expect(inEnglish((await token()) ?? '')).toBe('t1');
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
    expect(inEnglish((await token()) ?? '')).toBe('new');
    await clock.advance(1000);
    expect(inEnglish((await late) ?? '')).toContain('interrupted');
    expect(inEnglish((await token()) ?? '')).toBe('new');
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
    expect(inEnglish((await token()) ?? '')).toBe('credential "a" is not configured');
    expect(await manager.rejected('a', 1, never)).toBe(false);
    expect(manager.refused('a', examined({ status: 200, headers: {}, body: '' }))).toBe(false);
  });

  it('is refused when it names a scheme that does not exist', () => {
    const { manager } = withTokens();
    expect(() => manager.reconfigure({ a: { name: 'a', scheme: 'magic', options: {} } })).toThrow(
      'credential "a": there is no scheme "magic"',
    );
  });
});

describe('forgetting', () => {
  it('signs in anew with the next request, and tries what was final once more', async () => {
    const { manager, token, state, clock } = withTokens();
    expect(inEnglish((await token()) ?? '')).toBe('t1');
    manager.forget('another');
    expect(inEnglish((await token()) ?? '')).toBe('t1');
    manager.forget('a');
    expect(inEnglish((await token()) ?? '')).toBe('t2');
    state.obtain = failing('never');
    manager.forget();
    await token();
    state.obtain = () => ({ ok: true, token: { value: { t: 'again' } } });
    manager.forget();
    await clock.advance(61_000);
    expect(inEnglish((await token()) ?? '')).toBe('again');
  });
});

describe('tokens over restarts', () => {
  function vaultInMemory() {
    const rows = new Map<string, string>();
    const vault: SealedTokenStore = {
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
    expect(inEnglish((await token()) ?? '')).toBe('kept');
    expect(state.calls).toBe(0);
  });

  it('are renewed when they have ended, with their refresh token', async () => {
    const { token, state } = await restart({ expiresAt: start + 3_600_000, refreshToken: 'r' }, 3_600_000);
    expect(inEnglish((await token()) ?? '')).toContain('answered 503');
    expect(state.previous).toEqual(['r']);
  });

  it('whose life is not known are used for ten minutes more at most', async () => {
    expect(inEnglish((await (await restart({}, 300_000)).token()) ?? '')).toBe('kept');
    expect(inEnglish((await (await restart({}, 600_000)).token()) ?? '')).toContain('answered 503');
  });

  it('are not used when the configuration was changed in between', async () => {
    const { token } = await restart({}, 0, { password: new Secret('new') });
    expect(inEnglish((await token()) ?? '')).toContain('answered 503');
  });

  it('are kept before they are used', async () => {
    const { rows, vault } = vaultInMemory();
    const order: string[] = [];
    const slow: SealedTokenStore = {
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
    expect(JSON.parse([...rows.values()].join('\n'))).toMatchObject({ token: { refreshToken: 'r1' } });
  });

  it('do without a vault that is broken', async () => {
    const broken = () => Promise.reject(new Error('disk full p4ssw0rd!'));
    const { token, logged } = setup(() => ({ ok: true, token: { value: { t: 't1' } } }), {
      vault: { load: broken, save: broken },
      credentials: { a: settings('a', { password: new Secret('p4ssw0rd!') }) },
    });
    expect(inEnglish((await token()) ?? '')).toBe('t1');
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
        failedAt: clock.now(),
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
    expect(inEnglish((await token()) ?? '')).toBe('credential "a": server says *** is wrong');
    expect(logged.join()).not.toContain('p4ssw0rd!');
    expect(redactor.scrub('p4ssw0rd!')).toBe('***');
  });

  it('in an exception of a scheme stay there', async () => {
    const { token } = setup(
      () => {
        throw new Error('boom p4ssw0rd!');
      },
      { credentials: { a: settings('a', { password: new Secret('p4ssw0rd!') }) } },
    );
    expect(inEnglish((await token()) ?? '')).toBe('credential "a": boom ***');
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
  expect(inEnglish((await waiting) ?? '')).toContain('interrupted');
});
