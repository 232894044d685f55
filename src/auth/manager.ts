import { sentence } from '../messages/sentence.ts';
import { type Examined, holds } from '../lib/condition/condition.ts';
import type { Clock } from '../lib/time/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Redactor } from '../lib/secrets/secret.ts';
import type { OutgoingRequest } from '../model/check.ts';
import type { CredentialFailure } from '../model/credential-failure.ts';
import type { CredentialSettings } from '../model/settings.ts';
import { Allowance } from './token/allowance.ts';
import { type Authorization, Credential } from './credential.ts';
import { fingerprintOf } from './persistence/kept-token.ts';
import type { SignInSheets } from './ports.ts';
import type { Run } from './run.ts';
import type { HeaderOf, Scheme, SharedOptions } from './scheme.ts';
import { schemes as builtIn } from './schemes/registry.ts';
import type { Send } from './token/send.ts';
import { sheetOf } from './sheet.ts';
import type { Renewal } from './token/token-cache.ts';
import { type Trial, tryCredential } from './trial.ts';
import type { SealedTokenStore } from './persistence/sealed-token-store.ts';
import type { TokenCacheFailure } from './token/token-cache-failure.ts';

/** Keeps every credential's token and puts it on requests. */
export interface TokenManager {
  authorize(credential: string, request: OutgoingRequest, signal: AbortSignal): Promise<Authorization>;
  /**
   * The server refused this generation of the token; true when the request may be sent once more, `later` when it is
   * too early to ask for another token. `header` gives the headers of the refusing answer: schemes that are challenged
   * or sign the time cannot do without.
   */
  rejected(credential: string, generation: number, signal: AbortSignal, header?: HeaderOf): Promise<Renewal>;
  /** What connections to the services of a credential are opened with; `undefined` when it is no client certificate. */
  clientCertificate(credential: string): OutgoingRequest['tls'];
  /** Whether an answer says that the token is not accepted: 401, or the credential's `rejectedWhen`. */
  refused(credential: string, answer: Examined): boolean;
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
  /** Drops the token of a credential, or of all, and what is known of failures: the next request signs in anew. */
  forget(credential?: string): void;
  /** Signs in at once with one that has no token, however long it was to wait; one that has a token keeps it. */
  retry(credential: string, signal: AbortSignal): Promise<void>;
  /** Signs in anew and signs `sample`, step by step; the token is used from then on. For whoever tries a credential. */
  test(credential: string, sample: OutgoingRequest, signal: AbortSignal): Promise<Trial>;
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
  /** Keeps tokens over restarts; without it a restart signs in anew. */
  readonly vault?: SealedTokenStore;
  /** Coordinates sign-ins with other processes, earlier ones included; without it this one is on its own. */
  readonly sheets?: SignInSheets;
  /** This is not the patrol but a command beside it: see `keeperOf`. Default: no. */
  readonly guest?: boolean;
  /** Runs the commands of `exec` credentials; while it gives nothing, they are refused. */
  readonly run?: () => Run | undefined;
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
  #credentials: ReadonlyMap<string, Credential> = new Map();
  /** By name, also of credentials that are gone: a configuration that is changed to and fro buys no requests. */
  readonly #allowances = new Map<string, Allowance>();

  constructor(options: TokenManagerOptions) {
    this.#options = options;
    this.reconfigure(options.credentials);
  }

  async authorize(name: string, request: OutgoingRequest, signal: AbortSignal): Promise<Authorization> {
    const credential = this.#credentials.get(name);
    if (credential === undefined) return { ok: false, message: sentence('credentialUnknown', { name }) };
    const authorized = await credential.authorize(request, signal);
    return authorized.ok
      ? authorized
      : { ok: false, message: sentence('ofCredential', { name, why: authorized.message }) };
  }

  async rejected(name: string, generation: number, signal: AbortSignal, header: HeaderOf = () => undefined) {
    return (await this.#credentials.get(name)?.refused(generation, signal, header)) ?? false;
  }

  clientCertificate(name: string) {
    return this.#credentials.get(name)?.clientCertificate();
  }

  refused(name: string, answer: Examined) {
    const options = this.#credentials.get(name)?.settings.options as SharedOptions | undefined;
    const now = this.#options.clock.now();
    return answer.status === 401 || options?.rejectedWhen?.some((rule) => holds(rule, answer, now)) === true;
  }

  beginCycle(): void {
    for (const credential of this.#credentials.values()) credential.slot.beginCycle();
  }

  async prepare(names: readonly string[], budgetMs: number, signal: AbortSignal) {
    const wanted = [...new Set(names)];
    const failures = await Promise.all(wanted.map((name) => this.#prepareOne(name, budgetMs, signal)));
    return failures.filter((failure) => failure !== undefined);
  }

  reconfigure(credentials: Readonly<Record<string, CredentialSettings>>): void {
    const before = this.#credentials;
    const next = Object.entries(credentials).map(([name, settings]): [string, Credential] => [
      name,
      this.#next(before.get(name), settings),
    ]);
    this.#credentials = new Map(next);
    for (const [name, credential] of before) {
      if (this.#credentials.get(name) !== credential) credential.slot.close();
    }
  }

  status(): readonly CredentialStatus[] {
    return [...this.#credentials.values()].map((credential) => statusOf(credential, this.#options.clock));
  }

  forget(name?: string): void {
    for (const one of this.#credentials.values())
      if (name === undefined || one.name === name) one.slot.forget();
  }

  async retry(name: string, signal: AbortSignal): Promise<void> {
    const credential = this.#credentials.get(name);
    credential?.slot.waitNoLonger();
    await credential?.ready(undefined, signal);
  }

  async test(name: string, sample: OutgoingRequest, signal: AbortSignal): Promise<Trial> {
    const credential = this.#credentials.get(name);
    const { send, clock } = this.#options;
    if (credential === undefined) {
      const { message, hint = '' } = notConfigured(name, [...this.#credentials.keys()]);
      return { steps: [{ title: name, ok: false, details: [message, hint] }] };
    }
    return await tryCredential(credential, sample, send, clock, signal);
  }

  close(): Promise<void> {
    for (const credential of this.#credentials.values()) credential.slot.close();
    return Promise.resolve();
  }

  async #prepareOne(name: string, budgetMs: number, signal: AbortSignal) {
    const credential = this.#credentials.get(name);
    if (credential === undefined) return notConfigured(name, [...this.#credentials.keys()]);
    const { clock } = this.#options;
    const giveUpAt = clock.monotonic() + patienceMs;
    let ready = await credential.ready(budgetMs + marginMs, signal);
    while (!ready.ok && !signal.aborted && ready.failed.retryAt <= giveUpAt) {
      await clock.sleep(ready.failed.retryAt - clock.monotonic(), signal);
      ready = await credential.ready(budgetMs + marginMs, signal);
    }
    if (ready.ok || signal.aborted || ready.failed.postponed === true) return undefined;
    return failureOf(name, ready.failed, wallOf(clock));
  }

  #next(existing: Credential | undefined, settings: CredentialSettings): Credential {
    if (existing?.fingerprint === fingerprintOf(settings)) {
      existing.slot.forgive();
      return existing;
    }
    const { schemes = builtIn, send, clock, log, random = Math.random, redactor, vault, run } = this.#options;
    const scheme = schemes.find((one) => one.kind === settings.scheme);
    if (scheme === undefined) {
      throw new Error(`credential "${settings.name}": there is no scheme "${settings.scheme}"`);
    }
    const lookup = (name: string) => this.#credentials.get(name);
    const { sheets, guest = false } = this.#options;
    const sheet = sheetOf(sheets, settings.name, log);
    const allowance = this.#allowances.get(settings.name) ?? new Allowance(clock, sheet);
    this.#allowances.set(settings.name, allowance);
    const deps = { send, clock, log, random, redactor, vault, sheet, guest, run, allowance, lookup };
    return new Credential(settings, scheme, deps, existing === undefined ? 0 : existing.slot.generation + 1);
  }
}

/** For people: what a credential is doing. Times are epoch ms. */
export interface CredentialStatus {
  readonly credential: string;
  readonly scheme: string;
  /** `static` schemes need no token; `idle` ones have no token and nothing went wrong. */
  readonly state: 'static' | 'idle' | 'ready' | 'failing' | 'stopped';
  readonly obtainedAt?: number;
  readonly expiresAt?: number;
  readonly failure?: CredentialFailure;
  /** When that was; absent: it is no answer to a sign-in. */
  readonly failedAt?: number;
  /** Since then another try was due and was not made: as many as may be were made within a minute. */
  readonly isHeldBack?: true;
  readonly nextTryAt?: number;
}

function wallOf(clock: Clock): (monotonic: number) => number {
  return (monotonic) => clock.now() + (monotonic - clock.monotonic());
}

function statusOf({ name, scheme, slot }: Credential, clock: Clock): CredentialStatus {
  const { held, failed } = slot;
  const toWall = wallOf(clock);
  return {
    credential: name,
    scheme: scheme.kind,
    state: stateOf({ scheme, slot }),
    ...(held === undefined ? {} : { obtainedAt: toWall(held.obtainedAt) }),
    ...(held === undefined || !Number.isFinite(held.expiresAt) ? {} : { expiresAt: toWall(held.expiresAt) }),
    ...(failed === undefined || failed.postponed === true
      ? {}
      : { failure: failureOf(name, failed, toWall) }),
    ...(failed?.failedAt === undefined ? {} : { failedAt: toWall(failed.failedAt) }),
    ...(failed?.isHeldBack === true ? { isHeldBack: true } : {}),
    ...(failed === undefined || !Number.isFinite(failed.retryAt)
      ? {}
      : { nextTryAt: toWall(failed.retryAt) }),
  };
}

function stateOf({ scheme, slot }: Pick<Credential, 'scheme' | 'slot'>): CredentialStatus['state'] {
  if (scheme.obtain === undefined) return 'static';
  if (slot.held !== undefined) return 'ready';
  if (slot.failed === undefined || slot.failed.postponed === true) return 'idle';
  return slot.failed.failure.retry.kind === 'never' ? 'stopped' : 'failing';
}

function failureOf(
  credential: string,
  { failure, retryAt }: TokenCacheFailure,
  toWall: (monotonic: number) => number,
): CredentialFailure {
  return {
    credential,
    message: failure.message,
    hint: failure.hint,
    endpoint: failure.endpoint,
    permanent: failure.retry.kind === 'never',
    ...(Number.isFinite(retryAt) ? { nextTryAt: Math.round(toWall(retryAt)) } : {}),
  };
}

function notConfigured(name: string, known: readonly string[]): CredentialFailure {
  const hint = known.length === 0 ? sentence('noCredentials') : sentence('credentialsAre', { names: known });
  return { credential: name, message: sentence('notConfigured'), hint, permanent: true };
}
