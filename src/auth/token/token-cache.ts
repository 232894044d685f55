import { saidBy } from '../../messages/said-error.ts';
import { sentence } from '../../messages/sentence.ts';
import { mapTexts } from '../../model/sentence.ts';
import { inEnglish } from '../../messages/in-language.ts';
import { setMaxListeners } from 'node:events';
import type { Clock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { SingleFlight } from '../../lib/single-flight.ts';
import { ellipsize } from '../../lib/text/text.ts';
import { TooOften } from './allowance.ts';
import { type KeptToken, NotOurs } from '../persistence/kept-token.ts';
import {
  banWaitMs,
  lockWaitMs,
  hasLivedOut,
  type Lifetime,
  lifetimeOf,
  marginFor,
  refusalWaitMs,
  retryWaitMs,
} from './expiry.ts';
import type { Token, TokenFailure, TokenOutcome, TokenRetry } from '../scheme.ts';
import { endedAtOnce, interrupted, type TokenCacheFailure } from './token-cache-failure.ts';

/** A token in use. Deadlines are monotonic; `wallExpiresAt` also notices a machine that slept. */
export interface Held {
  readonly token: Token;
  readonly generation: number;
  /** When it was asked for. */
  readonly obtainedAt: number;
  /** When it was there. */
  readonly arrivedAt: number;
  readonly refreshAt: number;
  readonly expiresAt: number;
  readonly wallExpiresAt: number;
}

export type TokenCacheAnswer =
  | { readonly ok: true; readonly held: Held }
  | { readonly ok: false; readonly failed: TokenCacheFailure };

/** Whether a refused token was replaced; `later`: perhaps it will be, but no more may be asked for now. */
export type Renewal = boolean | 'later';

export interface TokenCacheDependencies {
  readonly name: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** Never rejects for what the network did with it; `previous` may hold a refresh token. */
  readonly obtain: (signal: AbortSignal, previous: Token | undefined) => Promise<TokenOutcome>;
  /** Takes secrets out of messages. */
  readonly scrub: (text: string) => string;
  /** How long until a token may be asked for again; 0: now. */
  readonly waitMs: () => Promise<number>;
  /** Told once of a token that came `ageMs` ago and has been good for its life. */
  readonly livedOut: (ageMs: number) => Promise<void>;
  /** Lets the processes that share the credential ask for tokens one after another. Rejects with `NotOurTurn`. */
  readonly inTurn: (signal: AbortSignal, work: () => Promise<void>) => Promise<void>;
  /** Told every token before it is used. */
  readonly keep: (kept: KeptToken) => Promise<void>;
  /** The token that another process has got since the last look. Rejects with `NotOurs`. */
  readonly news: () => Promise<KeptToken | undefined>;
}

/** The token of one credential: fetched once for all who wait, renewed before its end, dropped when refused. */
export class TokenCache {
  readonly #deps: TokenCacheDependencies;
  readonly #flight = new SingleFlight<void>();
  readonly #closing = new AbortController();
  #generation: number;
  #held: Held | undefined;
  /** The generation that was told of as having lived out. */
  #livedOut: number | undefined;
  #last: Token | undefined;
  #failed: TokenCacheFailure | undefined;
  #forcedThisCycle = false;

  /** `generation` is where counting goes on, so that reports about an earlier configuration's tokens are stale. */
  constructor(deps: TokenCacheDependencies, generation: number) {
    this.#deps = deps;
    this.#generation = generation;
  }

  get generation(): number {
    return this.#generation;
  }

  get failed(): TokenCacheFailure | undefined {
    return this.#failed;
  }

  /** The token that may be used now, if there is one. */
  get held(): Held | undefined {
    const held = this.#held;
    if (held === undefined || this.#leftMs(held) > 0) return held;
    return undefined;
  }

  /** A usable token, waiting for one only when there is none; a token near its end is renewed behind its back. */
  async current(signal: AbortSignal): Promise<TokenCacheAnswer> {
    const held = this.held;
    if (held === undefined) return await this.#fetchUnlessWaiting(signal);
    if (this.#deps.clock.monotonic() >= held.refreshAt && this.#mayAsk()) void this.#fetch();
    return { ok: true, held };
  }

  /** As `current`, and renews a token that ends within `ms` unless a new one would not last longer either. */
  async validFor(ms: number, signal: AbortSignal): Promise<TokenCacheAnswer> {
    const held = this.held ?? (await this.#fetchUnlessWaiting(signal), this.held);
    if (held === undefined) return this.#answer();
    const wanted = marginFor(ms, held.expiresAt - held.obtainedAt);
    const lasts = this.#leftMs(held) >= wanted && this.#deps.clock.monotonic() < held.refreshAt;
    if (!lasts && this.#mayAsk()) await raced(this.#fetch(), signal);
    return this.#answer();
  }

  /**
   * The server refused `generation`. A newer token, or one being fetched already, is the answer; otherwise one
   * forced fetch in a cycle. True when the request may be sent again. While none may be asked for, the token is kept:
   * what refuses it may be one operation, and the others need it; unless the last request failed, which is the reason then.
   */
  async refused(generation: number, signal: AbortSignal): Promise<Renewal> {
    const isInUse = () => generation === this.#generation && this.#held !== undefined;
    const hasFailed = this.#failed !== undefined && this.#failed.postponed !== true;
    if (isInUse() && !hasFailed && (await this.#waitedFor()) > 0) {
      await this.#look();
      if (isInUse()) return 'later';
    }
    // Another of those who were refused may have dropped it meanwhile.
    if (isInUse()) {
      if (!this.force()) return false;
      this.#held = undefined;
    }
    const answer = await this.current(signal);
    return answer.ok && answer.held.generation > generation;
  }

  /** Takes the one forced renewal that a cycle has; false when it has been taken. */
  force(): boolean {
    const free = !this.#forcedThisCycle;
    this.#forcedThisCycle = true;
    return free;
  }

  /** Takes a token that was made without asking anybody. */
  replace(token: Token): void {
    const now = this.#deps.clock.monotonic();
    this.#hold(token, now, now, { refreshAfterMs: Infinity, expireAfterMs: Infinity });
  }

  /** What it has cannot be used, and the next would be the same: the config has to be changed. */
  giveUp(failed: TokenCacheFailure): void {
    this.#held = undefined;
    this.#failed = failed;
  }

  /** Something about the requests was corrected: what is reported about earlier ones is stale. */
  advance(): void {
    this.#generation++;
  }

  beginCycle(): void {
    this.#forcedThisCycle = false;
  }

  /** A person looked at the configuration again: what was final is worth another try. */
  forgive(): void {
    if (this.#failed === undefined) return;
    this.#failed = { ...this.#failed, attempts: 0, refusals: 0, retryAt: this.#deps.clock.monotonic() };
  }

  /** A person asks for it: the next try is due. What is known of failures stays, so that the one after it comes no sooner. */
  waitNoLonger(): void {
    if (this.#failed === undefined) return;
    this.#failed = { ...this.#failed, retryAt: this.#deps.clock.monotonic() };
  }

  /** The next request gets a new token, and not one made of the old (a refresh token). */
  forget(): void {
    this.#held = undefined;
    this.#last = undefined;
    this.#failed = undefined;
  }

  close(): void {
    this.#closing.abort();
  }

  async #fetchUnlessWaiting(signal: AbortSignal): Promise<TokenCacheAnswer> {
    if (this.#mayAsk()) await raced(this.#fetch(), signal);
    return this.#answer();
  }

  #answer(): TokenCacheAnswer {
    const held = this.held;
    if (held !== undefined) return { ok: true, held };
    return { ok: false, failed: this.#failed ?? (this.#held === undefined ? interrupted : endedAtOnce) };
  }

  #mayAsk(): boolean {
    return this.#failed === undefined || this.#deps.clock.monotonic() >= this.#failed.retryAt;
  }

  #leftMs(held: Held): number {
    const { clock } = this.#deps;
    return Math.min(held.expiresAt - clock.monotonic(), held.wallExpiresAt - clock.now());
  }

  /** Asks for a token by `obtain` although there may be a good one. */
  async renew(obtain: TokenCacheDependencies['obtain']): Promise<TokenOutcome> {
    let outcome: TokenOutcome | undefined;
    await this.#flight.settled();
    await this.#flight.run('token', () =>
      this.#alone(async () => {
        await this.#adoptNews();
        outcome = await this.#ask(obtain);
      }),
    );
    return outcome ?? { ok: false, failure: (this.#failed ?? interrupted).failure };
  }

  /** Whether another process has got a token takes no request. */
  #look(): Promise<void> {
    return this.#flight.run('token', () => this.#alone(async () => void (await this.#adoptNews())));
  }

  #fetch(): Promise<void> {
    return this.#flight.run('token', () =>
      this.#alone(async () => {
        if (await this.#adoptNews()) return;
        const waitMs = await this.#waitedFor();
        if (waitMs > 0) this.#postpone(waitMs);
        else await this.#ask(this.#deps.obtain);
      }),
    );
  }

  /** How long until a token may be asked for; one in place of a token that has lived out may be at any time. */
  async #waitedFor(): Promise<number> {
    const held = this.#held;
    if (held !== undefined && held.generation !== this.#livedOut) {
      if (hasLivedOut(held.expiresAt - held.obtainedAt, this.#leftMs(held))) {
        this.#livedOut = held.generation;
        await this.#deps.livedOut(this.#deps.clock.monotonic() - held.arrivedAt);
      }
    }
    return await this.#deps.waitMs();
  }

  async #alone(work: () => Promise<void>): Promise<void> {
    try {
      await this.#deps.inTurn(this.#closing.signal, work);
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#fail(failureOf(error));
    }
  }

  async #ask(obtain: TokenCacheDependencies['obtain']): Promise<TokenOutcome> {
    const { clock, keep } = this.#deps;
    const startedAt = clock.monotonic();
    const outcome = await obtain(this.#closing.signal, this.#last).catch(asOutcome);
    if (this.#closing.signal.aborted) return { ok: false, failure: interrupted.failure };
    if (outcome instanceof TooOften) {
      this.#postpone(outcome.waitMs);
      return { ok: false, failure: failureOf(outcome) };
    }
    if (!outcome.ok) this.#fail(outcome.failure);
    else {
      const arrivedAt = clock.monotonic();
      await keep({ token: outcome.token, obtainedAt: clock.now() });
      this.#hold(outcome.token, startedAt, arrivedAt);
    }
    return outcome;
  }

  /** True when another process, an earlier one included, has got a token that is still good. */
  async #adoptNews(): Promise<boolean> {
    const kept = await this.#deps.news();
    if (kept === undefined || this.#closing.signal.aborted) return false;
    const { clock } = this.#deps;
    const ageMs = Math.max(0, clock.now() - kept.obtainedAt);
    const arrivedAt = clock.monotonic() - ageMs;
    const held = this.#hold(kept.token, arrivedAt, arrivedAt);
    this.#held = clock.monotonic() < held.refreshAt ? held : undefined;
    return this.held !== undefined;
  }

  #hold(token: Token, startedAt: number, arrivedAt: number, fixed?: Lifetime): Held {
    const { clock, log, random, name } = this.#deps;
    // Its life began when the request left: what the way took is taken off.
    const ageMs = clock.monotonic() - startedAt;
    const ttlMs = token.expiresAt === undefined ? undefined : token.expiresAt - clock.now() + ageMs;
    const { refreshAfterMs, expireAfterMs } = fixed ?? lifetimeOf(ttlMs, random);
    this.#last = token;
    this.#failed = undefined;
    this.#held = {
      token,
      generation: ++this.#generation,
      obtainedAt: startedAt,
      arrivedAt,
      refreshAt: startedAt + refreshAfterMs,
      expiresAt: startedAt + expireAfterMs,
      wallExpiresAt: token.expiresAt ?? Number.POSITIVE_INFINITY,
    };
    log.debug('token obtained', { credential: name, generation: this.#generation, ttlMs });
    return this.#held;
  }

  /** Not a failure of the endpoint: what is known of those stays. */
  #postpone(waitMs: number): void {
    const { clock } = this.#deps;
    const failure: TokenFailure = {
      retry: { kind: 'later' },
      message: new TooOften(waitMs).said,
      hint: sentence('seeTokenLife'),
    };
    const known = this.#failed ?? { failure, attempts: 0, refusals: 0, postponed: true };
    this.#failed = { ...known, isHeldBack: true, retryAt: clock.monotonic() + waitMs };
  }

  #fail(raw: TokenFailure): void {
    const { clock, log, scrub, name } = this.#deps;
    const attempts = (this.#failed?.attempts ?? 0) + 1;
    const refusals = (this.#failed?.refusals ?? 0) + (raw.retry.kind === 'later' ? 0 : 1);
    const isRefused = this.#failed?.isRefused ?? (tellsOfAccount.has(raw.retry.kind) ? true : undefined);
    const retry = raw.retry.kind === 'locked' && isRefused === true ? sparingly : raw.retry;
    const failure: TokenFailure = {
      retry,
      message: mapTexts(raw.message, (text) => ellipsize(scrub(text), longestText)),
      ...(raw.hint === undefined ? {} : { hint: mapTexts(raw.hint, scrub) }),
      endpoint: raw.endpoint,
    };
    const retryAt = clock.monotonic() + this.#waitMs(failure.retry, attempts, refusals);
    const failedAt = clock.monotonic();
    this.#failed = {
      failure,
      attempts,
      refusals,
      ...(isRefused === true ? { isRefused } : {}),
      failedAt,
      retryAt,
    };
    log.warn('no token', { credential: name, attempts, reason: inEnglish(failure.message) });
  }

  #waitMs(retry: TokenRetry, attempts: number, refusals: number): number {
    switch (retry.kind) {
      case 'never':
        return Number.POSITIVE_INFINITY;
      case 'refused':
        return refusalWaitMs(refusals);
      case 'locked':
        return lockWaitMs(refusals);
      case 'sparingly':
        return banWaitMs(refusals);
      case 'later':
        return Math.max(retryWaitMs(attempts, this.#deps.random), retry.afterMs ?? 0);
    }
  }
}

const sparingly: TokenRetry = { kind: 'sparingly' };
const tellsOfAccount: ReadonlySet<TokenRetry['kind']> = new Set<TokenRetry['kind']>(['refused', 'sparingly']);

/** Of what a server says, in bytes. */
const longestText = 400;

function asOutcome(error: unknown): TokenOutcome | TooOften {
  return error instanceof TooOften ? error : { ok: false, failure: failureOf(error) };
}

function failureOf(error: unknown): TokenFailure {
  if (error instanceof NotOurs) return { retry: { kind: 'never' }, message: error.said, hint: error.hint };
  return { retry: { kind: 'later' }, message: saidBy(error) };
}

/** Waits for `work`, but not after `signal` aborts; the work itself goes on for the others. */
async function raced(work: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  let leave: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => {
    leave = resolve;
  });
  // A whole cycle may wait on one signal: that is no leak to be warned of.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', leave, { once: true });
  await Promise.race([work, gone]);
  signal.removeEventListener('abort', leave);
}
