export type Goal = 'availability' | 'latency';

/** How much of what an objective allows to go wrong has gone wrong. */
export interface BudgetView {
  /** Name of the objective. */
  readonly objective: string;
  readonly kind: Goal;
  /** Share that is to be good, 0–1. */
  readonly target: number;
  readonly windowMs: number;
  readonly good: number;
  readonly bad: number;
  /** Share of the budget that is left; below 0 when more has gone wrong than was allowed. */
  readonly left: number;
  /** Something has counted in this cycle. */
  readonly sampled: boolean;
  /** Windows in which it burns so fast that it will not last, worst first. */
  readonly burning: readonly Burn[];
}

export interface Burn {
  readonly longMs: number;
  readonly shortMs: number;
  /** 1: exactly what lasts for the objective's window. */
  readonly rate: number;
}

/** Answers that counted for an objective, and against it. */
export interface Tally {
  readonly good: number;
  readonly bad: number;
}

/** What counted at one time, epoch ms. */
export interface BudgetMoment {
  readonly at: number;
  readonly availability: Tally;
  readonly latency: Tally;
  /** So many of the bad ones belong to incidents, by goal; absent: none. */
  readonly explained?: Readonly<Record<Goal, number>>;
  /** So many of each check, by its id, of which that may still turn out; absent: of none. */
  readonly unexplained?: Readonly<Record<Goal, Readonly<Record<string, number>>>>;
}

/** All that an error budget remembers, so that it is the same after a restart. */
export interface BudgetMemory {
  /** Names the objective with all that decides what counts for it. */
  readonly objective: string;
  /** Services whose past, from before there was the objective, is in it. */
  readonly learnt: readonly string[];
  /** The oldest first. */
  readonly moments: readonly BudgetMoment[];
}
