import type { Check, FilledValue } from './check.ts';
import type { Result } from './result.ts';

/** That an operation has once worked: where, with which values, and how far. Kept over restarts. */
export interface Proof {
  readonly checkId: string;
  /** Digest of the origin and the credential that it was called with. */
  readonly place: string;
  /** Digest of the values that somebody has written down for it. */
  readonly values: string;
  /** The answer was as its document says; otherwise it was only a success. */
  readonly matched: boolean;
  /** It has never held anything, as an empty list: what is in it has not been shown to be as documented. */
  readonly isHollow?: true;
}

/**
 * Whether what a call came to may be blamed on the operation rather than on the way that we call it.
 *
 * @param isTokenTaken More operations of the service answer well to the same credential than refuse it.
 * @param isProven Whether other operations of the service have answered well to the same value.
 */
export type MayBlame = (
  check: Check,
  result: Result,
  isTokenTaken?: boolean,
  isProven?: (value: FilledValue) => boolean,
) => boolean;

/** What came of the values of one operation, so that a restart does not begin anew. Kept over restarts. */
export interface KeptTrial {
  readonly checkId: string;
  /** JSON of digests and names, of whoever tries values; empty when there is nothing to remember any more. */
  readonly tried: string;
}

/** What all good answers of one operation have had. Kept over restarts. */
export interface KeptHabit {
  readonly checkId: string;
  /** JSON, of whoever judges answers: names of fields and counts. */
  readonly habit: string;
}

/** Whoever learns habits: what there is to store, until it has been stored. */
export interface HabitMemory {
  news(): readonly KeptHabit[];
  adopt(kept: readonly KeptHabit[]): void;
}

/** Whoever tries values: what there is to store, until it has been stored. */
export interface TrialMemory {
  news(): readonly KeptTrial[];
  adopt(kept: readonly KeptTrial[]): void;
}
