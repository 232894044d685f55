import type { Baselines } from '../../incidents/latency/baselines.ts';
import type { ErrorBudgets } from '../../incidents/slo/budgets.ts';
import type { RecentLatencies } from '../../incidents/latency/recent.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { HabitMemory, TrialMemory } from '../../model/proof.ts';
import type { Proofs } from './proofs.ts';
import type { SetUps } from './set-ups.ts';
import type { Store } from '../../store/store.ts';

/** What a judgement stands on beside the results: the store, and what is remembered of earlier ones. */
export interface Memory {
  readonly store: Store;
  readonly clock: Clock;
  readonly recent: RecentLatencies;
  readonly baselines: Baselines;
  readonly proofs: Proofs;
  readonly trials: TrialMemory;
  readonly habits: HabitMemory;
  readonly setUps: SetUps;
  /** Another one when the objectives change. */
  readonly budgets: ErrorBudgets;
}
