import { setMaxListeners } from 'node:events';
import type { Clock } from '../kit/clock.ts';
import { messageOf } from '../kit/errors.ts';
import type { Logger } from '../kit/logger.ts';
import { Redactor, secretsIn } from '../kit/secret.ts';
import { SingleFlight } from '../kit/single-flight.ts';
import type { CredentialSettings } from '../model/settings.ts';
import { lifetimeOf, refusalWaitMs, retryWaitMs } from './lifetime.ts';
import type { Scheme, Token, TokenFailure, TokenOutcome, TokenRetry } from './scheme.ts';
import type { Send } from './send.ts';

/** A token in use. Deadlines are monotonic; `wallExpiresAt` also notices a machine that slept. */
export interface Held {
  readonly token: Token;
  readonly generation: number;
  readonly obtainedAt: number;
  readonly refreshAt: number;
  readonly expiresAt: number;
  readonly wallExpiresAt: number;
}

export interface SlotFailure {
  readonly failure: TokenFailure;
  /** Failures in a row. */
  readonly attempts: number;
  /** How many of them said no without saying whether it is final. */
  readonly refusals: number;
  /** Monotonic; infinite when it is final. */
  readonly retryAt: number;
}

export type SlotAnswer =
  | { readonly ok: true; readonly held: Held }
  | { readonly ok: false; readonly failed: SlotFailure };

export interface SlotDependencies {
  readonly send: Send;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: () => number;
  readonly redactor: Redactor | undefined;
}

/** The token of one credential: fetched once for all who wait, renewed before its end, dropped when refused. */
export class Slot {
  readonly settings: CredentialSettings;
  readonly scheme: Scheme;
  readonly #deps: SlotDependencies;
  readonly #flight = new SingleFlight<void>();
  readonly #closing = new AbortController();
  /** Knows this credential's own secrets, whatever the program's redactor knows. */
  readonly #redactor = new Redactor();
  readonly #rememberedTokens: (readonly string[])[] = [];
  #generation: number;
  #held: Held | undefined;
  #last: Token | undefined;
  #failed: SlotFailure | undefined;
  #forcedThisCycle = false;

  /** `generation` is where counting goes on, so that reports about an earlier configuration's tokens are stale. */
  constructor(settings: CredentialSettings, scheme: Scheme, deps: SlotDependencies, generation: number) {
    this.settings = settings;
    this.scheme = scheme;
    this.#deps = deps;
    this.#generation = generation;
    for (const secret of secretsIn(settings.options)) this.#remember(secret.reveal());
  }

  get generation(): number {
    return this.#generation;
  }

  get failed(): SlotFailure | undefined {
    return this.#failed;
  }

  /** The token that may be used now, if there is one. */
  get held(): Held | undefined {
    const held = this.#held;
    if (held === undefined || this.#leftMs(held) > 0) return held;
    return undefined;
  }

  /** A usable token, waiting for one only when there is none; a token near its end is renewed behind its back. */
  async current(signal: AbortSignal): Promise<SlotAnswer> {
    const held = this.held;
    if (held === undefined) return await this.#fetchUnlessWaiting(signal);
    if (this.#deps.clock.monotonic() >= held.refreshAt && this.#mayAsk()) void this.#fetch();
    return { ok: true, held };
  }

  /** As `current`, and renews a token that ends within `ms` unless a new one would not last longer either. */
  async validFor(ms: number, signal: AbortSignal): Promise<SlotAnswer> {
    const held = this.held;
    if (held === undefined) return await this.#fetchUnlessWaiting(signal);
    const { clock } = this.#deps;
    const wanted = Math.min(ms, held.refreshAt - held.obtainedAt);
    const lasts = this.#leftMs(held) >= wanted && clock.monotonic() < held.refreshAt;
    if (lasts || !this.#mayAsk()) return { ok: true, held };
    await raced(this.#fetch(), signal);
    return this.#answer();
  }

  /**
   * The server refused `generation`. A newer token, or one being fetched already, is the answer; otherwise one
   * forced fetch in a cycle. True when the request may be sent again.
   */
  async refused(generation: number, signal: AbortSignal): Promise<boolean> {
    if (generation === this.#generation && this.#held !== undefined && this.#forcedThisCycle) return false;
    if (generation === this.#generation && this.#held !== undefined) {
      this.#forcedThisCycle = true;
      this.#held = undefined;
    }
    const answer = await this.current(signal);
    return answer.ok && answer.held.generation > generation;
  }

  beginCycle(): void {
    this.#forcedThisCycle = false;
  }

  /** A person looked at the configuration again: what was final is worth another try. */
  forgive(): void {
    this.#failed = undefined;
  }

  close(): void {
    this.#closing.abort();
  }

  scrub(text: string): string {
    return this.#redactor.scrub(text);
  }

  async #fetchUnlessWaiting(signal: AbortSignal): Promise<SlotAnswer> {
    if (this.#mayAsk()) await raced(this.#fetch(), signal);
    return this.#answer();
  }

  #answer(): SlotAnswer {
    const held = this.held;
    return held === undefined ? { ok: false, failed: this.#failed ?? interrupted } : { ok: true, held };
  }

  #mayAsk(): boolean {
    return this.#failed === undefined || this.#deps.clock.monotonic() >= this.#failed.retryAt;
  }

  #leftMs(held: Held): number {
    const { clock } = this.#deps;
    return Math.min(held.expiresAt - clock.monotonic(), held.wallExpiresAt - clock.now());
  }

  #fetch(): Promise<void> {
    return this.#flight.run('token', async () => {
      const startedAt = this.#deps.clock.monotonic();
      const outcome = await this.#obtain();
      if (this.#closing.signal.aborted) return;
      if (outcome.ok) this.#keep(outcome.token, startedAt);
      else this.#fail(outcome.failure);
    });
  }

  async #obtain(): Promise<TokenOutcome> {
    const { clock, send } = this.#deps;
    const { signal } = this.#closing;
    try {
      const context = { clock, signal, send: (request: Parameters<Send>[0]) => send(request, signal) };
      const outcome = await this.scheme.obtain?.(this.settings.options, context, this.#last);
      return outcome ?? { ok: true, token: { value: {} } };
    } catch (error) {
      return { ok: false, failure: { retry: { kind: 'later' }, message: messageOf(error) } };
    }
  }

  #keep(token: Token, startedAt: number): void {
    const { clock, log, random } = this.#deps;
    // Its life began when the request left: what the way took is taken off.
    const tookMs = clock.monotonic() - startedAt;
    const ttlMs = token.expiresAt === undefined ? undefined : token.expiresAt - clock.now() + tookMs;
    const lifetime = lifetimeOf(ttlMs, random);
    this.#rememberToken(token);
    this.#last = token;
    this.#failed = undefined;
    this.#held = {
      token,
      generation: ++this.#generation,
      obtainedAt: startedAt,
      refreshAt: startedAt + lifetime.refreshAfterMs,
      expiresAt: startedAt + lifetime.expireAfterMs,
      wallExpiresAt: token.expiresAt ?? Number.POSITIVE_INFINITY,
    };
    log.debug('token obtained', { credential: this.settings.name, generation: this.#generation, ttlMs });
  }

  #fail(raw: TokenFailure): void {
    const { clock, log } = this.#deps;
    const attempts = (this.#failed?.attempts ?? 0) + 1;
    const refusals = (this.#failed?.refusals ?? 0) + (raw.retry.kind === 'sparingly' ? 1 : 0);
    const failure: TokenFailure = {
      retry: raw.retry,
      message: this.scrub(raw.message),
      ...(raw.hint === undefined ? {} : { hint: this.scrub(raw.hint) }),
    };
    const retryAt = clock.monotonic() + this.#waitMs(failure.retry, attempts, refusals);
    this.#failed = { failure, attempts, refusals, retryAt };
    log.warn('no token', { credential: this.settings.name, attempts, reason: failure.message });
  }

  #waitMs(retry: TokenRetry, attempts: number, refusals: number): number {
    switch (retry.kind) {
      case 'never':
        return Number.POSITIVE_INFINITY;
      case 'sparingly':
        return refusalWaitMs(refusals);
      case 'later':
        return Math.max(retryWaitMs(attempts, this.#deps.random), retry.afterMs ?? 0);
    }
  }

  /** Requests with the token before this one may still be under way; older ones are forgotten. */
  #rememberToken(token: Token): void {
    const values = [...Object.values(token.value), token.refreshToken ?? ''];
    for (const value of values) this.#remember(value);
    this.#rememberedTokens.push(values);
    const [oldest = []] = this.#rememberedTokens.length > 2 ? this.#rememberedTokens.splice(0, 1) : [];
    for (const value of oldest) {
      this.#redactor.remove(value);
      this.#deps.redactor?.remove(value);
    }
  }

  #remember(value: string): void {
    this.#redactor.add(value);
    this.#deps.redactor?.add(value);
  }
}

const interrupted: SlotFailure = {
  failure: { retry: { kind: 'later' }, message: 'interrupted before a token arrived' },
  attempts: 0,
  refusals: 0,
  retryAt: 0,
};

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
