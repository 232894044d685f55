import type { Check } from '../model/check.ts';
import type { Cycle, CycleStatistics } from '../model/cycle.ts';
import type { Incident, Transition } from '../model/incident.ts';
import type { OutboxEntry } from '../model/message.ts';
import type { Result } from '../model/result.ts';
import type { Outbox } from '../notify/ports.ts';
import type { DocumentCache } from '../scan/ports.ts';

/** Everything that outlives the process. Each call is one transaction: it happened as a whole or not at all. */
export interface Store {
  readonly documents: DocumentCache;
  readonly outbox: Outbox;

  /** Opens a cycle and closes as `interrupted` any that a crash left open. */
  beginCycle(dueAt: number, startedAt: number): Promise<Cycle>;
  /** Results as they come in, a batch at a time, so that a crash loses seconds and not a cycle. */
  appendResults(cycleId: number, results: readonly Result[], checks: readonly Check[]): Promise<void>;
  /** The last results, the incidents as they are now, what happened to them and whom to tell: all or nothing. */
  closeCycle(close: CycleClose): Promise<void>;

  /** Incidents that have not ended. */
  openIncidents(): Promise<readonly Incident[]>;
  /** Newest first. */
  cycles(range: TimeRange): Promise<readonly CycleStatistics[]>;
  /** Incidents that were open at any time in the range, newest first. */
  incidents(range: TimeRange): Promise<readonly Incident[]>;

  /** Deletes what is older than the retention, a little at a time; returns the number of rows that went. */
  prune(olderThan: number): Promise<number>;
  close(): Promise<void>;
}

export interface CycleClose {
  readonly statistics: CycleStatistics;
  readonly results: readonly Result[];
  readonly checks: readonly Check[];
  readonly transitions: readonly Transition[];
  readonly messages: readonly OutboxEntry[];
}

export interface TimeRange {
  readonly from: number;
  readonly to: number;
  readonly limit?: number;
}
