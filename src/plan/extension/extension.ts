import type { OverrideSettings } from '../../model/settings.ts';

/**
 * What an operation's `x-patrol` says, in the terms of an override. A document is input from a stranger: it may narrow
 * what is done and never widen it.
 */
export interface PatrolExtension
  extends Pick<
    OverrideSettings,
    'intervalMs' | 'timeouts' | 'latency' | 'params' | 'body' | 'severity' | 'skip' | 'owners' | 'expect'
  > {
  readonly allow?: false;
  readonly tags?: readonly string[];
  /** Of its `x-owner`, which was not written for us. */
  readonly documentedOwners?: readonly string[];
}
