import type { ZodType, infer as Infer } from 'zod';
import type { Clock } from '../kit/clock.ts';
import type { OutgoingRequest } from '../model/check.ts';
import type { SecurityScheme } from '../model/document.ts';
import type { Condition } from './condition.ts';

/** What a scheme fetched: kept by the token manager, never printed. */
export interface Token {
  /** Whatever the scheme needs to sign a request: an access token, cookies … Secret. */
  readonly value: Readonly<Record<string, string>>;
  /** Epoch ms, by our own clock; absent when the issuer does not say. */
  readonly expiresAt?: number;
  readonly refreshToken?: string;
}

/**
 * `later`: the endpoint is unwell. `sparingly`: it said no, perhaps for good; asking often may lock the account.
 * `never`: final until the configuration changes.
 */
export type TokenRetry =
  | { readonly kind: 'later'; readonly afterMs?: number }
  | { readonly kind: 'sparingly' }
  | { readonly kind: 'never' };

/** Why no token could be had. `retry` tells the manager what to do about it; a person reads the rest. */
export interface TokenFailure {
  readonly retry: TokenRetry;
  /** `POST https://sso/token answered 401 invalid_client`; free of secrets. */
  readonly message: string;
  readonly hint?: string;
}

export type TokenOutcome =
  | { readonly ok: true; readonly token: Token }
  | { readonly ok: false; readonly failure: TokenFailure };

/** The network and the clock as a scheme may use them. */
export interface SchemeContext {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Bounded in time and size; rejects only for transport failures. */
  send(request: OutgoingRequest): Promise<SchemeResponse>;
}

export interface SchemeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** Keys that every scheme's options have; see `schemes/options.ts`. */
export interface SharedOptions {
  /** Any of them says that the server does not accept the token. */
  readonly rejectedWhen?: readonly Condition[] | undefined;
}

/** One way to authenticate. A value, listed in `schemes/registry.ts`. */
export interface Scheme<S extends ZodType = ZodType> {
  /** As written in the config: `bearer`, `login` … */
  readonly kind: string;
  /** One line for the reference. */
  readonly summary: string;
  /** Shape of the config, secrets as `secretText`; descriptions become the reference. */
  readonly options: S;
  /** Kinds of the documents' security schemes that it can satisfy. */
  readonly satisfies: readonly SecurityScheme['kind'][];
  /** Absent for schemes that need nothing from the network. */
  obtain?(options: Infer<S>, context: SchemeContext, previous?: Token): Promise<TokenOutcome>;
  /** Puts the credential on a request. Runs last, over the exact bytes that are sent. */
  apply(
    request: OutgoingRequest,
    options: Infer<S>,
    token: Token | undefined,
    clock: Clock,
  ): OutgoingRequest | Promise<OutgoingRequest>;
}

export function defineScheme<S extends ZodType>(scheme: Scheme<S>): Scheme {
  return scheme;
}
