import { inEnglish } from '../../messages/in-language.ts';
import { expect, it } from 'vitest';
import { credential, harness, never, startServer } from '../../../test/support/auth-harness.ts';
import { counting, failing, settings, setup, withTokens } from '../../../test/support/token-endpoint.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { Secret } from '../../lib/secrets/secret.ts';
import { silentLogger } from '../../lib/logger.ts';
import { Allowance } from './allowance.ts';
import { sheetOf } from '../sheet.ts';

const tooEarly =
  'credential "a": no new token is asked for now: 3 requests within a minute are the most there are';

it('lets three through in any minute, whatever the wall clock does', async () => {
  const clock = new ManualClock();
  const allowance = new Allowance(clock, sheetOf(undefined, 'a', silentLogger));
  const tries = async (atMs: number) => {
    await clock.advance(atMs - clock.monotonic());
    clock.jump(86_400_000);
    try {
      await allowance.take('POST http://sso/token');
      return true;
    } catch {
      return false;
    }
  };
  const start = clock.monotonic();
  const allowed: number[] = [];
  for (let at = 0; at < 180_000; at += 7000) if (await tries(start + at)) allowed.push(at / 1000);
  expect(allowed).toEqual([0, 7, 14, 63, 70, 77, 126, 133, 140]);
});

it('leaves a second for requests that arrive sooner after one another than they were sent', async () => {
  const clock = new ManualClock();
  const allowance = new Allowance(clock, sheetOf(undefined, 'a', silentLogger));
  for (let no = 0; no < 3; no++) await allowance.take('POST http://sso/token');
  await clock.advance(60_500);
  await expect(allowance.take('POST http://sso/token')).rejects.toThrow('no new token');
  await clock.advance(500);
  await allowance.take('POST http://sso/token');
});

it.each(['prepare', 'authorize', 'rejected'] as const)(
  'asks three times a minute for tokens that live a moment: %s',
  async (way) => {
    const { manager, state, token, clock } = setup(failing('later'));
    state.obtain = counting(() => clock, 50);
    for (let second = 0; second < 122; second++) {
      manager.beginCycle();
      if (way === 'prepare') {
        const stop = new AbortController();
        const prepared = manager.prepare(['a'], 240_000, stop.signal);
        await clock.advance(0);
        stop.abort();
        await prepared;
      } else await token();
      if (way === 'rejected') await manager.rejected('a', state.calls, never);
      await clock.advance(1000);
    }
    expect(state.calls).toBe(6);
    expect(inEnglish((await token()) ?? '')).toBe('t7');
  },
);

it('says so where a token is wanted, and asks again when it may', async () => {
  const { manager, state, token, clock } = setup(failing('later'));
  state.obtain = counting(() => clock, 50);
  for (let count = 0; count < 3; count++) {
    await token();
    await clock.advance(50);
  }
  expect(inEnglish((await token()) ?? '')).toBe(tooEarly);
  expect(manager.status()[0]).toMatchObject({ state: 'idle', nextTryAt: clock.now() + 60_850 });
  expect(manager.status()[0]).not.toHaveProperty('failure');
  expect(await manager.prepare(['a'], 240_000, AbortSignal.timeout(1000))).toEqual([]);
  await clock.advance(60_850);
  expect(inEnglish((await token()) ?? '')).toBe('t4');
});

it('leaves the last real failure standing while no more may be asked for', async () => {
  const { manager, token, state } = setup(
    failing('refused', 'POST http://sso/token answered 400: invalid_grant'),
  );
  for (let reading = 0; reading < 5; reading++) {
    expect(inEnglish((await token()) ?? '')).toContain('invalid_grant');
    manager.reconfigure({ a: settings('a') });
    expect(manager.status()[0]).toMatchObject({
      state: 'failing',
      failure: { message: expect.saying('invalid_grant') },
    });
  }
  expect(state.calls).toBe(3);
});

it('leaves it standing also when a sign-in takes several requests', async () => {
  const server = await startServer(() => ({ status: 401, body: { error: 'invalid_client' } }));
  const written = { tokenUrl: `${server.url}/token`, clientId: 'id', clientSecret: 's3cr3t' };
  const test = harness([credential('a', 'oauth2-client-credentials', written)]);
  for (let minute = 0; minute < 2; minute++) {
    expect(await test.sign('a')).toMatchObject({ message: expect.saying('invalid_client') });
    test.manager.reconfigure({ a: credential('a', 'oauth2-client-credentials', written) });
  }
  expect(inEnglish(test.manager.status()[0]?.failure?.message ?? '')).toContain('invalid_client');
  expect(server.requests).toHaveLength(3);
  await test.close();
  await server.close();
});

it('keeps a refused token for the others while no new one may be asked for', async () => {
  const { manager, token, state } = withTokens();
  await token();
  for (const generation of [1, 2]) {
    manager.beginCycle();
    expect(await manager.rejected('a', generation, never)).toBe(true);
  }
  manager.beginCycle();
  expect(await manager.rejected('a', 3, never)).toBe('later');
  expect(inEnglish((await token()) ?? '')).toBe('t3');
  expect(state.calls).toBe(3);
});

it('says why the login gave none, also while no more may be asked for', async () => {
  const { manager, token, state, clock } = withTokens(3_600_000);
  await token();
  manager.beginCycle();
  expect(await manager.rejected('a', 1, never)).toBe(true);
  await clock.advance(10_000);
  state.obtain = failing('refused', 'POST http://sso/token answered 401');
  await manager.test('a', { method: 'GET', url: 'http://api.example/', headers: {} }, never);
  expect(inEnglish((await token()) ?? '')).toBe('t2');
  manager.beginCycle();
  expect(await manager.rejected('a', 2, never)).toBe(false);
  expect(inEnglish((await token()) ?? '')).toContain('answered 401');
  expect(manager.status()[0]).toMatchObject({ state: 'failing', failure: { permanent: false } });
  expect(state.calls).toBe(3);
});

it('counts on over a changed configuration, over forgetting and over trying out', async () => {
  const { manager, token, state, clock } = withTokens();
  await token();
  manager.reconfigure({ a: settings('a', { password: new Secret('another') }) });
  await token();
  manager.forget('a');
  await manager.test('a', { method: 'GET', url: 'http://api.example/', headers: {} }, never);
  expect(inEnglish((await token()) ?? '')).toBe('t3');
  manager.forget('a');
  expect(inEnglish((await token()) ?? '')).toBe(tooEarly);
  expect(state.calls).toBe(3);
  await clock.advance(61_000);
  expect(inEnglish((await token()) ?? '')).toBe('t4');
});

it('ends when it is closed in the middle of preparing', async () => {
  const { manager, clock } = setup(async () => {
    await clock.sleep(1000);
    return { ok: true, token: { value: { t: 't1' } } };
  });
  const prepared = manager.prepare(['a'], 240_000, never);
  manager.reconfigure({});
  await clock.advance(1000);
  expect(await prepared).toMatchObject([{ message: 'interrupted before a token arrived' }]);
});

it.each([10, 20, 30, 40, 45])('never runs out for tokens that live %d s and live it', async (seconds) => {
  const { manager, state, token, clock } = withTokens(seconds * 1000);
  const asked: number[] = [];
  const asking = state.obtain;
  state.obtain = () => (asked.push(clock.monotonic()), asking());
  const without: unknown[] = [];
  for (let second = 0; second < 300; second++) {
    // Three services, each of which is called every ten seconds.
    if ([0, 2, 5].includes(second % 10)) {
      manager.beginCycle();
      without.push(...(await manager.prepare(['a'], 240_000, never)));
    }
    expect(inEnglish((await token()) ?? '')).toMatch(/^t\d+$/);
    await clock.advance(1000);
  }
  expect(without).toEqual([]);
  const lived = asked.slice(1).map((at, no) => at - (asked[no] ?? 0));
  expect(Math.min(...lived)).toBeGreaterThanOrEqual(seconds * 750);
});

it('holds for tokens that are refused before their time', async () => {
  const { manager, state, token, clock } = withTokens(20_000);
  const renewed: (boolean | 'later')[] = [];
  for (let cycle = 0; cycle < 7; cycle++) {
    manager.beginCycle();
    await token();
    renewed.push(await manager.rejected('a', state.calls, never));
    await clock.advance(10_000);
  }
  expect(renewed).toEqual([true, true, 'later', 'later', 'later', 'later', 'later']);
  // Those that nobody could replace have lived their life.
  expect(state.calls).toBe(5);
});
