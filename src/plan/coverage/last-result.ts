import type { Check } from '../../model/check.ts';
import type { Result } from '../../model/result.ts';

/** A check with what it came to last. */
export interface LastResult {
  readonly check: Check;
  readonly result: Result;
}
