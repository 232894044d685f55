/** A credential for which no token could be had. */
export interface CredentialFailure {
  readonly credential: string;
  /** `POST https://sso/token answered 401 invalid_client`; free of secrets. */
  readonly message: string;
  readonly hint?: string;
  /** Only a person can end it. */
  readonly permanent: boolean;
}
