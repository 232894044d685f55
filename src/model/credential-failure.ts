import type { Sentence } from './sentence.ts';
/** A credential for which no token could be had. */
export interface CredentialFailure {
  readonly credential: string;
  /** `POST https://sso/token answered 401 invalid_client`; free of secrets. */
  readonly message: Sentence;
  readonly hint?: Sentence;
  /** The origin that was asked last, and the status that it answered; without one no answer came. */
  readonly endpoint?: TokenEndpoint;
  /** Only a person can end it. */
  readonly permanent: boolean;
  /** When it is tried again, epoch ms; absent: nobody knows, or not before something changes. */
  readonly nextTryAt?: number;
}

export interface TokenEndpoint {
  readonly origin: string;
  readonly status?: number;
}
