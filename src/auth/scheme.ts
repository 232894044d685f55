import type { ZodType, infer as Infer } from 'zod';
import type { Clock } from '../kit/clock.ts';
import type { OutgoingRequest } from '../model/check.ts';
import type { SecurityScheme } from '../model/document.ts';

/** What a scheme fetched: kept by the token manager, never printed. */
export interface Token {
  /** Whatever the scheme needs to sign a request: an access token, cookies … Secret. */
  readonly value: Readonly<Record<string, string>>;
  /** Epoch ms, by our own clock; absent when the issuer does not say. */
  readonly expiresAt?: number;
  readonly refreshToken?: string;
}

/** Why no token could be had. `retry` tells the manager what to do about it; a person reads the rest. */
export interface TokenFailure {
  readonly retry: { readonly kind: 'later'; readonly afterMs?: number } | { readonly kind: 'never' };
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
