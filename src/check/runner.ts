import type { Check } from '../model/check.ts';
import type { Result } from '../model/result.ts';
import type { RunOptions } from './scheduling/run.ts';

/** Whoever calls checks: in this process, or at locations. */
export interface Runner {
  /**
   * Calls the checks and judges what comes back; in the order of `checks`, without those that were not called.
   * Never rejects for what a watched system does.
   */
  run(checks: readonly Check[], options: RunOptions): Promise<readonly Result[]>;
}
