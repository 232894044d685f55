import type { Sentence } from './sentence.ts';
/** A credential for which no token could be had. */
export interface CredentialFailure {
  readonly credential: string;
  /** `POST https://sso/token answered 401 invalid_client`; free of secrets. */
  readonly message: Sentence;
  readonly hint?: Sentence;
  /** Only a person can end it. */
  readonly permanent: boolean;
}
