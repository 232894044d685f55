import type { BothLanguages, Sentence } from '../model/sentence.ts';
import type { ZodType, infer as Infer } from 'zod';
import type { Clock, WallClock } from '../lib/time/clock.ts';
import type { OutgoingRequest } from '../model/check.ts';
import type { TokenEndpoint } from '../model/credential-failure.ts';
import type { SecurityScheme } from '../model/document.ts';
import type { LoginReading } from '../model/sign-in.ts';
import type { Condition } from '../lib/condition/condition.ts';
import type { Run } from './run.ts';

/** What a scheme fetched: kept by the token manager, never printed. */
export interface Token {
  /** Whatever the scheme needs to sign a request: an access token, cookies … Secret. The first is "the" token. */
  readonly value: Readonly<Record<string, string>>;
  /** Epoch ms, by our own clock; absent when the issuer does not say: it is used until it is refused. */
  readonly expiresAt?: number;
  /** The issuer says something about its end that cannot be: `expires_in is not above zero`. */
  readonly unusableEnd?: string;
  readonly refreshToken?: string;
}

/**
 * `later`: the endpoint is unwell. `refused`: it does not take the account, which may be put right on its side.
 * `locked`: it says that the account is locked, and nothing against what was sent. `sparingly`: it has banned the account or counts towards a ban. `never`: final until the configuration changes.
 */
export type TokenRetry =
  | { readonly kind: 'later'; readonly afterMs?: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'locked' }
  | { readonly kind: 'sparingly' }
  | { readonly kind: 'never' };

/** Why no token could be had. `retry` tells the manager what to do about it; a person reads the rest. */
export interface TokenFailure {
  readonly retry: TokenRetry;
  /** `POST https://sso/token answered 401 invalid_client`; free of secrets. */
  readonly message: Sentence;
  readonly hint?: Sentence;
  /** Known once it was asked. */
  readonly endpoint?: TokenEndpoint;
}

export type TokenOutcome =
  | { readonly ok: true; readonly token: Token }
  | { readonly ok: false; readonly failure: TokenFailure };

/** The network and the clock as a scheme may use them. */
export interface SchemeContext {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Bounded in time and size; rejects only for transport failures. */
  readonly send: (request: OutgoingRequest) => Promise<SchemeResponse>;
  /** As `send`, for the request that asks for the token: rejects also when the address was asked too often lately. */
  readonly ask: (request: OutgoingRequest) => Promise<SchemeResponse>;
  /** What the scheme has found out about its endpoint, by names of its own; lost with the process. */
  readonly learned: Map<string, string>;
  /** Whether the settings of the credential name the host: another one, where an answer leads, gets nothing secret. */
  readonly isNamed: (target: URL) => boolean;
  /** Tells what an answer gave on the way and nobody may see; cookies are known without it. */
  readonly given: (value: string) => void;
  /** How far the server's clock is ahead of ours in ms, as the `Date` of its last answer says. */
  skewMs(): number;
  /** Runs a command; absent where the configuration does not allow it. */
  readonly run?: Run;
}

export interface SchemeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** Keys that every scheme's options have; see `schemes/options.ts`. */
export interface SharedOptions {
  /** Any of them says that the server does not accept the token. */
  readonly rejectedWhen?: readonly Condition[];
  /** Credentials that are put on a request before this one, also on the scheme's own requests. */
  readonly uses?: readonly string[];
  /** Hosts that it may be sent to beside those of the services that use it. */
  readonly hosts?: readonly string[];
}

/** Gives a header of an answer by its lower-case name. */
export type HeaderOf = (name: string) => string | undefined;

export interface MetChallenge {
  readonly token: Token;
  /** The challenge was to be expected: the request had no signature yet, or the server calls it outdated. */
  readonly expected: boolean;
}

/** One way to authenticate. A value, listed in `schemes/registry.ts`. */
export interface Scheme<S extends ZodType = ZodType> {
  /** As written in the config: `bearer`, `login` … */
  readonly kind: string;
  /** What people call it. */
  readonly title: BothLanguages;
  /** One line for the reference. */
  readonly summary: string;
  /**
   * Its options as nearly everybody writes them, secrets as expressions: for the reference, for the configuration that `init`
   * writes, and what the page asks for first, in this order.
   */
  readonly example: Readonly<Record<string, unknown>>;
  /** Shape of the config, secrets as `secretText`; descriptions become the reference. */
  readonly options: S;
  /** Kinds of the documents' security schemes that it can satisfy. */
  readonly satisfies: readonly SecurityScheme['kind'][];
  /** It puts the time on requests: a refusal whose `Date` differs is answered by correcting the clock. */
  readonly usesClock?: boolean;
  /**
   * For schemes whose token may take the place of what is configured, which is worth nothing from then on: whether
   * `token` has done so. Only with the newest one can another be had.
   */
  replaces?(this: void, options: Infer<S>, token: Token): boolean;
  /** Texts that nobody may see in the values of a token, where they are not the values themselves. */
  secretsIn?(this: void, values: Token['value']): readonly string[];
  /** Absent for schemes that need nothing from the network. */
  obtain?(options: Infer<S>, context: SchemeContext, previous?: Token): Promise<TokenOutcome>;
  /** What its endpoint's last answer says of the options that a person would have to look up in it. */
  read?(this: void, response: SchemeResponse): LoginReading;
  /** Makes a token of the challenge in a refusing answer; `undefined` when nothing can be made of it. */
  meetChallenge?(options: Infer<S>, header: HeaderOf, previous?: Token): MetChallenge | undefined;
  /**
   * Puts the credential on a request. Runs last, over the exact bytes that are sent; `clock` is the server's, `use`
   * counts from 1 the requests that the token has been put on.
   */
  apply(
    request: OutgoingRequest,
    options: Infer<S>,
    token: Token | undefined,
    clock: WallClock,
    use: number,
  ): OutgoingRequest | Promise<OutgoingRequest>;
  /** The client certificate that `apply` puts on a request: connections are opened with it that carry no request. */
  presents?(options: Infer<S>): OutgoingRequest['tls'];
  /** What a person wants to see when a signature is refused: the text that was signed. Masked by the caller. */
  explain?(request: OutgoingRequest, options: Infer<S>, clock: WallClock): readonly string[];
}

export function defineScheme<S extends ZodType>(scheme: Scheme<S>): Scheme {
  return scheme;
}
