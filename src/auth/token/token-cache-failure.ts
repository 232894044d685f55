import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { TokenFailure } from '../scheme.ts';

/** Why a credential has no token, and when it is tried again. */
export interface TokenCacheFailure {
  readonly failure: TokenFailure;
  /** Failures in a row. */
  readonly attempts: number;
  /** How many of them said no to the account. */
  readonly refusals: number;
  /** One of them was about what was sent: a lock that follows is our own doing. */
  readonly isRefused?: true;
  /** Nothing went wrong: no more may be asked for yet. */
  readonly postponed?: true;
  /** When it failed, monotonic; absent: it never came to that. */
  readonly failedAt?: number;
  /** Since then another try was due, and was not made: no more may be asked for yet. */
  readonly isHeldBack?: true;
  /** Monotonic; infinite when it is final. */
  readonly retryAt: number;
}

export const interrupted: TokenCacheFailure = {
  failure: { retry: { kind: 'later' }, message: sentence('interruptedBeforeToken') },
  attempts: 0,
  refusals: 0,
  // Whoever waits for it would wait for nothing: the slot is closed, or the caller gone.
  retryAt: Number.POSITIVE_INFINITY,
};

export const endedAtOnce: TokenCacheFailure = {
  failure: { retry: { kind: 'later' }, message: sentence('tokenEndedAtOnce') },
  attempts: 0,
  refusals: 0,
  retryAt: 0,
};

/** The configuration has to be changed before it works. */
export function broken(message: Sentence, hint?: Sentence): TokenCacheFailure {
  const failure: TokenFailure = {
    retry: { kind: 'never' },
    message,
    hint,
  };
  return { failure, attempts: 1, refusals: 0, retryAt: Number.POSITIVE_INFINITY };
}

/** A credential is of no use without the one that it needs. */
export function dependentOn(name: string, failed: TokenCacheFailure): TokenCacheFailure {
  return {
    ...failed,
    failure: {
      ...failed.failure,
      message: sentence('needsCredential', { name, why: failed.failure.message }),
    },
  };
}
