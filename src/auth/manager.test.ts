import { inEnglish } from '../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { never } from '../../test/support/auth-harness.ts';
import {
  counting,
  failing,
  request,
  settings,
  setup,
  withTokens,
} from '../../test/support/token-endpoint.ts';
import { conditions } from './schemes/options.ts';
import { examined } from './token/answer.ts';

const budgetMs = 240_000;

const answer = (status: number, body?: object) =>
  examined({ status, headers: {}, body: body === undefined ? '' : JSON.stringify(body) });

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
    expect(inEnglish((await second) ?? '')).toBe('t1');
  });

  it('is renewed behind the back of those who use it', async () => {
    const { clock, token, state } = withTokens(3_600_000);
    expect(inEnglish((await token()) ?? '')).toBe('t1');
    await clock.advance(3_540_000);
    expect(inEnglish((await token()) ?? '')).toBe('t1');
    await clock.advance(0);
    expect(inEnglish((await token()) ?? '')).toBe('t2');
    expect(state.calls).toBe(2);
  });

  it('is used until its end while the endpoint is down', async () => {
    const { clock, token, state } = withTokens(3_600_000);
    await token();
    state.obtain = failing('later');
    await clock.advance(3_590_000);
    expect(inEnglish((await token()) ?? '')).toBe('t1');
    await clock.advance(10_000);
    expect(inEnglish((await token()) ?? '')).toBe('credential "a": POST http://sso/token answered 503');
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
    expect(inEnglish((await token()) ?? '')).toBe('t1');
    clock.jump(-7_200_000);
    expect(inEnglish((await token()) ?? '')).toBe('t1');
    await clock.advance(3_600_000);
    expect(inEnglish((await token()) ?? '')).toBe('t2');
    clock.jump(3_600_000);
    expect(inEnglish((await token()) ?? '')).toBe('t3');
  });

  it('whose life is not known is used until it has been renewed', async () => {
    const { clock, token } = withTokens();
    expect(inEnglish((await token()) ?? '')).toBe('t1');
    await clock.advance(600_000);
    expect(inEnglish((await token()) ?? '')).toBe('t1');
    await clock.advance(0);
    expect(inEnglish((await token()) ?? '')).toBe('t2');
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
    expect(inEnglish((await token()) ?? '')).toBe('t2');
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
      {
        credential: 'a',
        message: 'POST http://sso/token answered 503',
        permanent: false,
        nextTryAt: expect.any(Number),
      },
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

  it('asks a refused account again after 1, 5 and every 15 minutes, and finds that it is taken again', async () => {
    const { clock, manager, state, token } = setup(failing('refused', 'invalid_client'));
    const askedAt: number[] = [];
    for (let second = 0; second <= 3100; second += 10) {
      const before = state.calls;
      await token();
      if (state.calls > before) askedAt.push(second);
      await clock.advance(10_000);
    }
    expect(askedAt).toEqual([0, 60, 360, 1260, 2160, 3060]);
    expect(manager.status()[0]).toMatchObject({ state: 'failing', failure: { message: 'invalid_client' } });
    state.obtain = counting(() => clock);
    await clock.advance(900_000);
    expect(await manager.prepare(['a'], budgetMs, never)).toEqual([]);
    expect(manager.status()[0]).toMatchObject({ state: 'ready' });
  });

  it('asks a refused account at once when a person says so, and waits no less after that', async () => {
    const { clock, manager, state } = setup(failing('refused', 'invalid_client'));
    await manager.prepare(['a'], budgetMs, never);
    await manager.retry('a', never);
    expect(state.calls).toBe(2);
    expect(manager.status()[0]).toMatchObject({ state: 'failing', nextTryAt: clock.now() + 300_000 });
    state.obtain = counting(() => clock);
    await manager.retry('a', never);
    expect(manager.status()[0]).toMatchObject({ state: 'ready' });
    await manager.retry('a', never);
    expect(state.calls).toBe(3);
  });

  it('says of a try that was not made that it was not, and what the last one came to', async () => {
    const { clock, manager, state } = setup(failing('later', 'redis down'));
    for (let n = 0; n < 3; n++) {
      await manager.retry('a', never);
      await clock.advance(2000);
    }
    expect([state.calls, manager.status()[0]?.isHeldBack]).toEqual([3, undefined]);
    await manager.retry('a', never);
    expect(state.calls).toBe(3);
    expect(manager.status()[0]).toMatchObject({ isHeldBack: true, failedAt: clock.now() - 2000 });
    await clock.advance(61_000);
    await manager.retry('a', never);
    expect([state.calls, manager.status()[0]?.isHeldBack]).toEqual([4, undefined]);
  });

  it('asks only once when it is banned, and the next time a quarter of an hour later', async () => {
    const { clock, manager, state } = setup(failing('sparingly', 'POST http://sso/login answered 200'));
    expect(await manager.prepare(['a'], budgetMs, never)).toHaveLength(1);
    await clock.advance(800_000);
    await manager.prepare(['a'], budgetMs, never);
    expect(state.calls).toBe(1);
    await clock.advance(100_000);
    await manager.prepare(['a'], budgetMs, never);
    expect(state.calls).toBe(2);
  });

  it('asks again soon where the account is locked, and ever more seldom', async () => {
    const { clock, manager, state } = setup(failing('locked', 'account is locked'));
    const calls: number[] = [];
    for (let minute = 0; minute <= 180; minute++) {
      await manager.prepare(['a'], budgetMs, never);
      calls[state.calls - 1] ??= minute;
      await clock.advance(60_000);
    }
    expect(calls).toEqual([0, 3, 13, 73]);
  });

  it('takes a lock that follows a refusal for one of its own making', async () => {
    const { clock, manager, state } = setup(failing('refused', 'wrong password'));
    await manager.prepare(['a'], budgetMs, never);
    state.obtain = failing('locked', 'account is locked');
    await clock.advance(61_000);
    expect(await manager.prepare(['a'], budgetMs, never)).toMatchObject([
      { message: 'account is locked', nextTryAt: clock.now() + 3_600_000 },
    ]);
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
    expect(inEnglish((await token()) ?? '')).toBe('t2');
  });

  it('does not take the new one with it when the report is late', async () => {
    const { manager, token, state } = withTokens();
    await token();
    await manager.rejected('a', 1, never);
    expect(await manager.rejected('a', 1, never)).toBe(true);
    expect(inEnglish((await token()) ?? '')).toBe('t2');
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
    expect(inEnglish((await token()) ?? '')).toBe('credential "a": POST http://sso/token answered 503');
  });

  it('is recognised by 401 and by the rules of the credential', () => {
    const rules = { rejectedWhen: conditions.parse('$.code == 40101') };
    const { manager } = setup(failing('later'), {
      credentials: { a: settings('a', rules), b: settings('b') },
    });
    expect(manager.refused('a', answer(401))).toBe(true);
    expect(manager.refused('a', answer(200, { code: 40101 }))).toBe(true);
    expect(manager.refused('a', answer(200, { code: 0 }))).toBe(false);
    expect(manager.refused('b', answer(200, { code: 40101 }))).toBe(false);
    expect(manager.refused('b', answer(403))).toBe(false);
  });
});
