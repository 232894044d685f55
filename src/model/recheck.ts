import type { CredentialFailure } from './credential-failure.ts';
import type { Result } from './result.ts';

/** What a look between two cycles found. It counts for incidents, not for statistics. */
export interface Recheck {
  /** When it was judged, epoch ms. */
  readonly at: number;
  readonly results: readonly Result[];
  readonly credentialFailures: readonly CredentialFailure[];
}
