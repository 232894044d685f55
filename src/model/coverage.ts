import type { SkipCode } from './check.ts';

/** How much of what is documented is patrolled. Numbers of operations. */
export interface Coverage {
  readonly documented: number;
  /** `certain + uncertain` */
  readonly called: number;
  /** Called with values that somebody has given: a failure counts. */
  readonly certain: number;
  /** Called with at least one value that was made up: a 4xx is `unknown`. */
  readonly uncertain: number;
  /** Those of the uncertain whose values other answers can supply. */
  readonly capturable: number;
  readonly skipped: Readonly<Partial<Record<SkipCode, number>>>;
}
