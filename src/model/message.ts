import type { Transition, TransitionKind } from './incident.ts';

/**
 * A message on its way: committed together with the transitions that caused it, sent later, never lost.
 * Content is kept as data and rendered at the first attempt, so that what is sent can still be merged.
 */
export interface OutboxEntry {
  /** Same content, same key: inserting it twice is inserting it once. */
  readonly dedupKey: string;
  readonly channel: string;
  readonly createdAt: number;
  readonly content: MessageContent;
}

export interface MessageContent {
  readonly cycleId: number;
  /** Worst first. */
  readonly transitions: readonly Transition[];
  /** How many more there were of each kind that are not listed in `transitions`: a storm is told by its counts. */
  readonly omitted?: Readonly<Partial<Record<TransitionKind, number>>>;
  /** For the first line: how many are failing now, of how many. */
  readonly totals: { readonly failing: number; readonly checks: number };
  /** Channel user ids to mention. */
  readonly mentions: readonly string[];
}
