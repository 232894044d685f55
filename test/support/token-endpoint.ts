import { z } from 'zod';
import { createTokenManager, type TokenManagerOptions } from '../../src/auth/manager.ts';
import { withHeaders } from '../../src/auth/credential-placement.ts';
import { defineScheme, type TokenOutcome, type TokenRetry } from '../../src/auth/scheme.ts';
import type { Send } from '../../src/auth/token/send.ts';
import { ManualClock } from '../../src/lib/time/clock.ts';
import { type Logger, silentLogger } from '../../src/lib/logger.ts';
import type { OutgoingRequest } from '../../src/model/check.ts';
import type { CredentialSettings } from '../../src/model/settings.ts';
import { never } from './auth-harness.ts';

export const request: OutgoingRequest = { method: 'GET', url: 'http://api.example/orders', headers: {} };

/** A scheme whose token endpoint is a function of the test. */
export function setup(
  first: () => Promise<TokenOutcome> | TokenOutcome,
  more: Partial<TokenManagerOptions> = {},
) {
  const clock = new ManualClock();
  const state = { obtain: first, calls: 0, previous: [] as (string | undefined)[] };
  const scheme = defineScheme({
    kind: 'fake',
    title: { en: 'fake', zh: '假' },
    example: {},
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

export function settings(name: string, options: object = {}): CredentialSettings {
  return { name, scheme: 'fake', options };
}

/** Tokens t1, t2 … that live for `ttlMs`. */
export function counting(clock: () => ManualClock, ttlMs?: number) {
  let count = 0;
  return (): TokenOutcome => ({
    ok: true,
    token: {
      value: { t: `t${++count}` },
      ...(ttlMs === undefined ? {} : { expiresAt: clock().now() + ttlMs }),
    },
  });
}

export const failing =
  (kind: TokenRetry['kind'], message = 'POST http://sso/token answered 503') =>
  () =>
    ({ ok: false, failure: { retry: { kind }, message } }) as const;

export function withTokens(ttlMs?: number) {
  const test = setup(() => failing('later')());
  test.state.obtain = counting(() => test.clock, ttlMs);
  return test;
}
