import { createHash } from 'node:crypto';
import type { Clock } from '../kit/clock.ts';
import { messageOf } from '../kit/errors.ts';
import type { Logger } from '../kit/logger.ts';
import { type Redactor, Secret } from '../kit/secret.ts';
import type { OutgoingRequest } from '../model/check.ts';
import type { Json } from '../model/json.ts';
import type { CredentialSettings } from '../model/settings.ts';
import type { Scheme, SharedOptions, Token } from './scheme.ts';
import { schemes as builtIn } from './schemes/registry.ts';
import type { Send } from './send.ts';
import { Slot, type SlotAnswer, type SlotFailure } from './slot.ts';

/** A credential that yields no token. One of these is one incident, however many checks depend on it. */
export interface CredentialFailure {
  readonly credential: string;
  /** Free of secrets. */
  readonly message: string;
  readonly hint?: string;
  /** True: it is not tried again until the configuration changes. */
  readonly permanent: boolean;
}

/** For people: what a credential is doing. Times are epoch ms. */
export interface CredentialStatus {
  readonly credential: string;
  readonly scheme: string;
  /** `static` schemes need no token; `idle` ones have not been used yet. */
  readonly state: 'static' | 'idle' | 'ready' | 'failing' | 'stopped';
  readonly obtainedAt?: number;
  readonly expiresAt?: number;
  readonly failure?: CredentialFailure;
  readonly nextTryAt?: number;
}

type Authorization =
  | { readonly ok: true; readonly request: OutgoingRequest; readonly generation: number }
  | { readonly ok: false; readonly message: string };

/** Keeps every credential's token and puts it on requests. */
export interface TokenManager {
  authorize(credential: string, request: OutgoingRequest, signal: AbortSignal): Promise<Authorization>;
  /** The server refused this generation of the token; true when the request may be sent once more. */
  rejected(credential: string, generation: number, signal: AbortSignal): Promise<boolean>;
  /** Whether an answer says that the token is not accepted: 401, or the credential's `rejectedWhen`. */
  refused(
    credential: string,
    status: number,
    json: () => Json | undefined,
    header?: (name: string) => string | undefined,
  ): boolean;
  /** Starts a cycle: every credential may be renewed by force once in it. */
  beginCycle(): void;
  /**
   * Before the first request of a cycle: makes sure that each named credential has a token that lasts for
   * `budgetMs` and a minute more. An endpoint that is unwell is asked again for up to 25 s. Returns those without.
   */
  prepare(
    names: readonly string[],
    budgetMs: number,
    signal: AbortSignal,
  ): Promise<readonly CredentialFailure[]>;
  /** Takes over a new configuration: what did not change keeps its token, what was final is tried again. */
  reconfigure(credentials: Readonly<Record<string, CredentialSettings>>): void;
  status(): readonly CredentialStatus[];
  close(): Promise<void>;
}

export interface TokenManagerOptions {
  readonly credentials: Readonly<Record<string, CredentialSettings>>;
  readonly schemes?: readonly Scheme[];
  readonly send: Send;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told every secret and every token, so that whatever it scrubs is free of them. */
  readonly redactor?: Redactor;
  /** 0 ≤ x < 1. */
  readonly random?: () => number;
}

const marginMs = 60_000;
const patienceMs = 25_000;

export function createTokenManager(options: TokenManagerOptions): TokenManager {
  return new Manager(options);
}

class Manager implements TokenManager {
  readonly #options: TokenManagerOptions;
  #slots = new Map<string, Slot>();

  constructor(options: TokenManagerOptions) {
    this.#options = options;
    this.reconfigure(options.credentials);
  }

  async authorize(name: string, request: OutgoingRequest, signal: AbortSignal): Promise<Authorization> {
    const slot = this.#slots.get(name);
    if (slot === undefined) return { ok: false, message: `credential "${name}" is not configured` };
    if (slot.scheme.obtain === undefined) return await this.#apply(slot, request, undefined, 0);
    const answer = await slot.current(signal);
    if (!answer.ok) return { ok: false, message: `credential "${name}": ${answer.failed.failure.message}` };
    return await this.#apply(slot, request, answer.held.token, answer.held.generation);
  }

  async rejected(name: string, generation: number, signal: AbortSignal): Promise<boolean> {
    const slot = this.#slots.get(name);
    return slot?.scheme.obtain !== undefined && (await slot.refused(generation, signal));
  }

  refused(
    name: string,
    status: number,
    json: () => Json | undefined,
    header: (name: string) => string | undefined = () => undefined,
  ): boolean {
    const options = this.#slots.get(name)?.settings.options as SharedOptions | undefined;
    const answer = { status, json, header };
    return status === 401 || options?.rejectedWhen?.some((rule) => rule.holds(answer)) === true;
  }

  beginCycle(): void {
    for (const slot of this.#slots.values()) slot.beginCycle();
  }

  async prepare(names: readonly string[], budgetMs: number, signal: AbortSignal) {
    const wanted = [...new Set(names)];
    const failures = await Promise.all(wanted.map((name) => this.#prepareOne(name, budgetMs, signal)));
    return failures.filter((failure) => failure !== undefined);
  }

  reconfigure(credentials: Readonly<Record<string, CredentialSettings>>): void {
    const next = new Map<string, Slot>();
    for (const [name, settings] of Object.entries(credentials)) {
      next.set(name, this.#slotFor(name, settings));
    }
    for (const [name, slot] of this.#slots) if (next.get(name) !== slot) slot.close();
    this.#slots = next;
  }

  status(): readonly CredentialStatus[] {
    return [...this.#slots.values()].map((slot) => this.#statusOf(slot));
  }

  close(): Promise<void> {
    for (const slot of this.#slots.values()) slot.close();
    return Promise.resolve();
  }

  async #apply(
    slot: Slot,
    request: OutgoingRequest,
    token: Token | undefined,
    generation: number,
  ): Promise<Authorization> {
    try {
      const { settings, scheme } = slot;
      const signed = await scheme.apply(request, settings.options, token, this.#options.clock);
      return { ok: true, request: signed, generation };
    } catch (error) {
      return { ok: false, message: `credential "${slot.settings.name}": ${slot.scrub(messageOf(error))}` };
    }
  }

  async #prepareOne(name: string, budgetMs: number, signal: AbortSignal) {
    const slot = this.#slots.get(name);
    if (slot === undefined) return unknownCredential(name, [...this.#slots.keys()]);
    if (slot.scheme.obtain === undefined) return undefined;
    const { clock } = this.#options;
    const giveUpAt = clock.monotonic() + patienceMs;
    let answer: SlotAnswer = await slot.validFor(budgetMs + marginMs, signal);
    while (!answer.ok && !signal.aborted && answer.failed.retryAt <= giveUpAt) {
      await clock.sleep(answer.failed.retryAt - clock.monotonic(), signal);
      answer = await slot.validFor(budgetMs + marginMs, signal);
    }
    return answer.ok || signal.aborted ? undefined : failureOf(name, answer.failed);
  }

  #slotFor(name: string, settings: CredentialSettings): Slot {
    const existing = this.#slots.get(name);
    if (existing !== undefined && fingerprint(existing.settings) === fingerprint(settings)) {
      existing.forgive();
      return existing;
    }
    const { schemes = builtIn, send, clock, log, random = Math.random, redactor } = this.#options;
    const scheme = schemes.find((one) => one.kind === settings.scheme);
    if (scheme === undefined)
      throw new Error(`credential "${name}": there is no scheme "${settings.scheme}"`);
    const deps = { send, clock, log, random, redactor };
    return new Slot(settings, scheme, deps, existing === undefined ? 0 : existing.generation + 1);
  }

  #statusOf(slot: Slot): CredentialStatus {
    const { clock } = this.#options;
    const { held, failed, settings, scheme } = slot;
    const toWall = (monotonic: number) => clock.now() + (monotonic - clock.monotonic());
    return {
      credential: settings.name,
      scheme: scheme.kind,
      state: stateOf(slot),
      ...(held === undefined ? {} : { obtainedAt: toWall(held.obtainedAt) }),
      ...(held === undefined || !Number.isFinite(held.expiresAt)
        ? {}
        : { expiresAt: toWall(held.expiresAt) }),
      ...(failed === undefined ? {} : { failure: failureOf(settings.name, failed) }),
      ...(failed === undefined || !Number.isFinite(failed.retryAt)
        ? {}
        : { nextTryAt: toWall(failed.retryAt) }),
    };
  }
}

function stateOf({ scheme, held, failed }: Slot): CredentialStatus['state'] {
  if (scheme.obtain === undefined) return 'static';
  if (held !== undefined) return 'ready';
  if (failed === undefined) return 'idle';
  return failed.failure.retry.kind === 'never' ? 'stopped' : 'failing';
}

function failureOf(credential: string, { failure }: SlotFailure): CredentialFailure {
  return {
    credential,
    message: failure.message,
    ...(failure.hint === undefined ? {} : { hint: failure.hint }),
    permanent: failure.retry.kind === 'never',
  };
}

function unknownCredential(name: string, known: readonly string[]): CredentialFailure {
  const list = known.length === 0 ? 'there are none' : `configured are ${known.join(', ')}`;
  return { credential: name, message: 'is not configured', hint: `credentials: ${list}`, permanent: true };
}

/** Equal for equal options, secrets included; kept nowhere. */
function fingerprint({ scheme, options }: CredentialSettings): string {
  const text = JSON.stringify(
    [scheme, options],
    function reveal(this: Record<string, unknown>, key, value: unknown) {
      const original = this[key];
      return original instanceof Secret ? ['secret', original.reveal()] : value;
    },
  );
  return createHash('sha256').update(text).digest('hex');
}
