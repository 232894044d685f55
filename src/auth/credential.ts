import { SaidError, saidBy } from '../messages/said-error.ts';
import { sentence } from '../messages/sentence.ts';
import { mapTexts, type Sentence } from '../model/sentence.ts';
import type { Clock } from '../lib/time/clock.ts';
import { whicheverEnds } from '../lib/time/deadline.ts';
import type { Logger } from '../lib/logger.ts';
import { isSecretLooking, secretsOfAnswer, secretsOfCookies } from '../lib/secrets/given-secrets.ts';
import type { Redactor } from '../lib/secrets/secret.ts';
import type { OutgoingRequest } from '../model/check.ts';
import type { TokenEndpoint } from '../model/credential-failure.ts';
import type { CredentialSettings } from '../model/settings.ts';
import type { Allowance } from './token/allowance.ts';
import { dataOf, headerOf, linesOf } from './token/answer.ts';
import { circleFrom, referencesIn, resolveReferences } from './chain.ts';
import { demandFit, trimmed, UnfitForHeaders } from './credential-placement.ts';
import { fingerprintOf, keeperOf } from './persistence/kept-token.ts';
import { OwnPlaces } from './own-places.ts';
import { KnownSecrets } from './known-secrets.ts';
import type { Run } from './run.ts';
import type {
  HeaderOf,
  Scheme,
  SchemeContext,
  SharedOptions,
  Token,
  TokenFailure,
  TokenOutcome,
} from './scheme.ts';
import { describe, type Send, TransportError } from './token/send.ts';
import { ServerClock } from './token/expiry.ts';
import type { Sheet } from './sheet.ts';
import { type Renewal, TokenCache } from './token/token-cache.ts';
import { broken, dependentOn, type TokenCacheFailure } from './token/token-cache-failure.ts';
import { inTurn } from './persistence/turn.ts';
import type { SealedTokenStore } from './persistence/sealed-token-store.ts';

export type Authorization =
  | { readonly ok: true; readonly request: OutgoingRequest; readonly generation: number }
  | { readonly ok: false; readonly message: Sentence };

/** Without a token for schemes that need none. */
export type Readiness =
  | { readonly ok: true; readonly token: Token | undefined }
  | { readonly ok: false; readonly failed: TokenCacheFailure };

export interface CredentialDependencies {
  readonly send: Send;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: () => number;
  readonly redactor: Redactor | undefined;
  readonly vault: SealedTokenStore | undefined;
  /** What other processes know of it too. */
  readonly sheet: Sheet;
  /** Not the patrol itself, but a command beside it. */
  readonly guest: boolean;
  readonly run: (() => Run | undefined) | undefined;
  /** What has been asked for under its name, also with an earlier configuration. */
  readonly allowance: Allowance;
  /** Other credentials of the same configuration, for those that need them. */
  readonly lookup: (name: string) => Credential | undefined;
}

/** One credential of the configuration at work: its token, and what it needs from others. */
export class Credential {
  readonly settings: CredentialSettings;
  readonly scheme: Scheme;
  readonly slot: TokenCache;
  readonly fingerprint: string;
  /** Credentials that this one cannot do without. */
  readonly needs: readonly string[];
  readonly #uses: readonly string[];
  readonly #places: OwnPlaces;
  readonly #references: readonly string[];
  readonly #deps: CredentialDependencies;
  readonly #secrets: KnownSecrets;
  readonly #learned = new Map<string, string>();
  readonly serverClock: ServerClock;
  #used: { readonly token: Token | undefined; count: number } = { token: undefined, count: 0 };

  constructor(
    settings: CredentialSettings,
    scheme: Scheme,
    deps: CredentialDependencies,
    generation: number,
  ) {
    this.settings = settings;
    this.scheme = scheme;
    this.#deps = deps;
    this.fingerprint = fingerprintOf(settings);
    this.#secrets = new KnownSecrets(settings.options, deps.redactor);
    this.#references = referencesIn(settings.options);
    this.#uses = (settings.options as SharedOptions).uses ?? [];
    this.#places = new OwnPlaces(settings.options);
    this.needs = [...new Set([...this.#references, ...this.#uses])];
    const { clock, log, random } = deps;
    this.serverClock = new ServerClock(clock);
    const { replaces } = scheme;
    const keeper = keeperOf({
      vault: deps.vault,
      log,
      credential: settings.name,
      fingerprint: this.fingerprint,
      scrub: (text) => this.scrub(text),
      replaces: replaces === undefined ? undefined : (token) => replaces(settings.options, token),
      guest: deps.guest,
    });
    this.slot = new TokenCache(
      {
        name: settings.name,
        clock,
        log,
        random,
        obtain: (signal, previous) => this.obtain(signal, previous, deps.send),
        scrub: (text) => this.scrub(text),
        waitMs: () => deps.allowance.waitMs(),
        livedOut: (ageMs) => deps.allowance.returnFor(ageMs),
        inTurn: (signal, work) => inTurn(deps.sheet, clock, signal, work),
        keep: (kept) => keeper.keep(kept),
        news: async () => {
          const kept = await keeper.news();
          if (kept === undefined) return undefined;
          this.#secrets.addToken(this.#secretsOf(kept.token));
          const token = trimmed(kept.token);
          return (await this.#unusable(token)) === undefined ? { ...kept, token } : undefined;
        },
      },
      generation,
    );
  }

  get name(): string {
    return this.settings.name;
  }

  /** Grows with every new token, its own and those of the credentials that it needs. */
  get generation(): number {
    return this.#chain().reduce((sum, one) => sum + one.slot.generation, this.slot.generation);
  }

  /** Takes out its own secrets and those of the credentials that it needs. */
  scrub(text: string): string {
    return this.#chain().reduce((clean, other) => other.#secrets.scrub(clean), this.#secrets.scrub(text));
  }

  async authorize(request: OutgoingRequest, signal: AbortSignal): Promise<Authorization> {
    const ready = await this.ready(undefined, signal);
    if (!ready.ok) return { ok: false, message: ready.failed.failure.message };
    const generation = this.generation;
    try {
      return { ok: true, request: await this.sign(request, ready.token, signal), generation };
    } catch (error) {
      if (error instanceof UnfitForHeaders && this.scheme.obtain === undefined) await this.#giveUp();
      return { ok: false, message: mapTexts(saidBy(error), (text) => this.scrub(text)) };
    }
  }

  /** What the config has cannot be sent: that is told as a failure of the credential and not of each operation. */
  async #giveUp(): Promise<void> {
    const unfit = await this.#unfitAnywhere(undefined);
    if (unfit !== undefined) this.slot.giveUp(broken(unfit.said, unfit.hint));
  }

  /** Puts what it uses, then itself, on a request. Throws when that cannot be done. */
  async sign(
    request: OutgoingRequest,
    token: Token | undefined,
    signal: AbortSignal,
  ): Promise<OutgoingRequest> {
    const { tokenHeader, ...bare } = request;
    // It is for this one's token: those that it uses go where they say themselves.
    const used = await this.#withUsed(bare, signal);
    const before = tokenHeader === undefined ? used : { ...used, tokenHeader };
    const use = this.#countUse(token);
    const signed = await this.scheme.apply(before, this.options(), token, this.serverClock, use);
    demandFit(before, signed, 'latin-1');
    return signed;
  }

  #countUse(token: Token | undefined): number {
    if (token !== this.#used.token) this.#used = { token, count: 0 };
    return ++this.#used.count;
  }

  /** The client certificate of the connections over which requests go that it has signed; no token is needed to know. */
  clientCertificate(seen: Set<Credential> = new Set()): OutgoingRequest['tls'] {
    if (seen.has(this)) return undefined;
    seen.add(this);
    const used = this.#uses.map((name) => this.#deps.lookup(name)?.clientCertificate(seen));
    return this.scheme.presents?.(this.settings.options) ?? used.findLast((one) => one !== undefined);
  }

  /** Makes sure that there are tokens, its own and those it needs; with `ms`, ones that last that long. */
  async ready(ms: number | undefined, signal: AbortSignal): Promise<Readiness> {
    if (this.needs.length > 0) {
      const missing = await this.readyOthers(ms, signal);
      if (missing !== undefined) return { ok: false, failed: missing };
    }
    const { slot } = this;
    if (this.scheme.obtain === undefined) return { ok: true, token: slot.held?.token };
    const answer = await (ms === undefined ? slot.current(signal) : slot.validFor(ms, signal));
    return answer.ok ? { ok: true, token: answer.held.token } : answer;
  }

  /** The server refused what was signed with `generation`; true when the request may be sent again. */
  async refused(generation: number, signal: AbortSignal, header: HeaderOf): Promise<Renewal> {
    if (this.generation > generation) return (await this.ready(undefined, signal)).ok;
    if (this.#meetChallenge(header) || this.#correctsClock(header)) return true;
    let answer: Renewal = false;
    for (const { scheme, slot } of [this as Credential, ...this.#chain()]) {
      if (scheme.obtain === undefined) continue;
      const renewed = await slot.refused(slot.generation, signal);
      if (renewed === true) return true;
      if (renewed === 'later') answer = 'later';
    }
    return answer;
  }

  /** Signs in anew through `send`; only where a token can be had with no other is it made of the newest one. */
  async renew(signal: AbortSignal, send: Send): Promise<TokenOutcome> {
    return await this.slot.renew(async (closed, newest) => {
      const previous = this.scheme.replaces === undefined ? undefined : newest;
      const either = whicheverEnds(signal, closed);
      try {
        return await this.obtain(either.signal, previous, send);
      } finally {
        either.done();
      }
    });
  }

  /** Fetches a token through `send`, whatever is kept. Rejects with `TooOften` when no more may be asked for. */
  async obtain(signal: AbortSignal, previous: Token | undefined, send: Send): Promise<TokenOutcome> {
    const { clock } = this.#deps;
    const run = this.#deps.run?.();
    const asked: Asked = {};
    const sendSigned = async (request: OutgoingRequest) => {
      const target = new URL(request.url);
      const { origin } = target;
      asked.endpoint = { origin };
      asked.isBare = this.#uses.length > 0 && !this.#places.admit(target);
      const sent = asked.isBare ? request : await this.#withUsed(request, signal);
      const response = await send(sent, signal, this.name);
      asked.endpoint = { origin, status: response.status };
      this.serverClock.learn(headerOf(response, 'date'));
      const cookies = secretsOfCookies(linesOf(response, 'set-cookie'));
      this.#secrets.addGiven([...cookies, ...secretsOfAnswer(dataOf(response))]);
      return response;
    };
    const context: SchemeContext = {
      clock,
      signal,
      learned: this.#learned,
      isNamed: (target) => this.#places.admit(target),
      given: (value) => {
        if (isSecretLooking(value)) this.#secrets.addGiven([value]);
      },
      skewMs: () => this.serverClock.skewMs,
      send: sendSigned,
      ask: async (request) => {
        await this.#deps.allowance.take(describe(request));
        return await sendSigned(request);
      },
      run,
    };
    await this.#deps.allowance.begin();
    const outcome = await this.scheme.obtain?.(this.options(), context, previous).catch(withoutAnswer);
    if (outcome === undefined) return { ok: true, token: { value: {} } };
    if (!outcome.ok) return { ok: false, failure: this.#toldFrom(outcome.failure, asked) };
    const token = trimmed(outcome.token);
    this.#secrets.addToken(this.#secretsOf(token));
    const failure = await this.#unusable(token);
    return failure === undefined ? { ok: true, token } : { ok: false, failure };
  }

  /** A place that nobody has named may have refused for want of what did not go there. */
  #toldFrom(failure: TokenFailure, { endpoint, isBare }: Asked): TokenFailure {
    const { origin, status = 0 } = endpoint ?? {};
    if (isBare !== true || origin === undefined || status >= 500) return { ...failure, endpoint };
    const hint = sentence('usedStaysHome', {
      names: this.#uses,
      host: new URL(origin).host,
      name: this.name,
    });
    return { ...failure, endpoint, hint };
  }

  #secretsOf({ value, refreshToken }: Token): readonly string[] {
    const values = this.scheme.secretsIn?.(value) ?? Object.values(value);
    return refreshToken === undefined ? values : [...values, refreshToken];
  }

  /** Why nothing can be sent with a token, found out before anybody is called with it. */
  async #unusable(token: Token): Promise<TokenFailure | undefined> {
    const retry = { kind: 'later' } as const;
    const empty = Object.entries(token.value).find(([, text]) => text === '');
    if (empty !== undefined) return { retry, message: sentence('tokenEmpty', { name: empty[0] }) };
    const unfit = await this.#unfitAnywhere(token);
    return unfit === undefined ? undefined : { retry, message: unfit.said, hint: unfit.hint };
  }

  /** Whether it is the credential, whatever the request is. */
  async #unfitAnywhere(token: Token | undefined): Promise<UnfitForHeaders | undefined> {
    const sample: OutgoingRequest = { method: 'GET', url: 'https://service.example/', headers: {} };
    try {
      const signed = await this.scheme.apply(sample, this.options(), token, this.serverClock, 1);
      demandFit(sample, signed, token === undefined ? 'latin-1' : 'ascii');
      return undefined;
    } catch (error) {
      return error instanceof UnfitForHeaders ? error : undefined;
    }
  }

  /** The options with other credentials' tokens filled in. */
  options(): unknown {
    const { options } = this.settings;
    if (this.#references.length === 0) return options;
    return resolveReferences(options, (name, field) => this.#tokenOf(name, field));
  }

  /** Why a credential that this one needs is not there; `undefined` when all are. */
  async readyOthers(ms: number | undefined, signal: AbortSignal): Promise<TokenCacheFailure | undefined> {
    const needsOf = (name: string) => this.#deps.lookup(name)?.needs ?? [];
    const circle = circleFrom(this.name, needsOf);
    if (circle !== undefined)
      return broken(sentence('credentialCircle', { circle }), sentence('breakCircle'));
    for (const name of this.needs) {
      const other = this.#deps.lookup(name);
      if (other === undefined) return broken(sentence('needsUnknownCredential', { name }));
      if (this.#references.includes(name) && other.scheme.obtain === undefined) {
        return broken(sentence('needsTokenOfNone', { name, scheme: other.scheme.kind }));
      }
      const ready = await other.ready(ms, signal);
      if (!ready.ok) return dependentOn(name, ready.failed);
    }
    return undefined;
  }

  #tokenOf(name: string, field: string | undefined): string {
    const value = this.#deps.lookup(name)?.slot.held?.token.value ?? {};
    const found = field === undefined ? Object.values(value)[0] : value[field];
    if (found !== undefined) return found;
    const known = Object.keys(value).join(', ');
    const about = { name, field: field ?? 'token' };
    throw new SaidError(
      known === '' ? sentence('noValues', about) : sentence('noSuchValue', { ...about, known }),
    );
  }

  async #withUsed(request: OutgoingRequest, signal: AbortSignal): Promise<OutgoingRequest> {
    let next = request;
    for (const name of this.#uses) {
      const signed = await this.#deps.lookup(name)?.authorize(next, signal);
      if (signed === undefined) throw new Error(`credential "${name}" is not configured`);
      if (!signed.ok) throw new SaidError(sentence('ofCredential', { name, why: signed.message }));
      next = signed.request;
    }
    return next;
  }

  /** Everything it needs, directly and indirectly; free of circles. */
  #chain(): readonly Credential[] {
    if (this.needs.length === 0) return [];
    const found = new Map<string, Credential>();
    const visit = (names: readonly string[]) => {
      for (const name of names) {
        const other = this.#deps.lookup(name);
        if (other === undefined || other === this || found.has(name)) continue;
        found.set(name, other);
        visit(other.needs);
      }
    };
    visit(this.needs);
    return [...found.values()];
  }

  #correctsClock(header: HeaderOf): boolean {
    if (this.scheme.usesClock !== true || !this.serverClock.learn(header('date'))) return false;
    const seconds = Math.round(this.serverClock.skewMs / 1000);
    this.#deps.log.warn('the server’s clock differs; signatures follow it', {
      credential: this.name,
      seconds,
    });
    this.slot.advance();
    return true;
  }

  #meetChallenge(header: HeaderOf): boolean {
    const met = this.scheme.meetChallenge?.(this.options(), header, this.slot.held?.token);
    // A challenge in answer to a signed request may mean a wrong password: not to be repeated with every check.
    if (met === undefined || !(met.expected || this.slot.force())) return false;
    this.slot.replace(met.token);
    return true;
  }
}

/** Of the requests of one sign-in, the last. */
interface Asked {
  endpoint?: TokenEndpoint;
  /** It went without what the credential uses. */
  isBare?: boolean;
}

function withoutAnswer(error: unknown): TokenOutcome {
  if (!(error instanceof TransportError)) throw error;
  return { ok: false, failure: { retry: { kind: 'later' }, message: error.said } };
}
