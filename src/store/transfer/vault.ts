/** What signing in has given is sealed with a key: the one of the new place may be another. */
export interface Vault {
  /** Whether all that is sealed can be read with the key of the new place. */
  isSameKey(sealed: readonly SealedToken[]): boolean;
  /** The same sealed with the key of the new place; `undefined`: nobody can read it. */
  reseal(token: SealedToken): string | undefined;
  /** What was sealed with the key of the new place is the same as what the old key opens. */
  isSame(before: SealedToken, after: SealedToken): boolean;
}

export interface SealedToken {
  readonly credential: string;
  readonly sealed: string;
}
