import type { OutboxEntry } from '../model/message.ts';

/** A leased outbox row: one sender owns it until `leaseUntil`. */
export interface LeasedMessage {
  readonly id: number;
  readonly entry: OutboxEntry;
  /** Counts from 1. */
  readonly attempt: number;
  /** The bytes of the first attempt, from `freeze` on. */
  readonly rendered?: readonly string[];
  /** Parts that have been accepted already. */
  readonly partsSent: number;
}

export type Settlement =
  | { readonly state: 'sent'; readonly at: number; readonly receipt?: string }
  | { readonly state: 'pending'; readonly notBefore: number; readonly code: string; readonly message: string }
  | { readonly state: 'dead'; readonly code: string; readonly message: string };

/** Where messages wait; rows are put in by the commit that caused them, not through this port. */
export interface Outbox {
  /**
   * The oldest waiting message of the channel, when it is due and not leased. Order is kept: while the oldest has
   * to wait, the ones behind it wait too, so that no recovery overtakes its alert.
   */
  lease(channel: string, now: number, leaseMs: number): Promise<LeasedMessage | undefined>;
  freeze(id: number, rendered: readonly string[]): Promise<void>;
  partSent(id: number, partsSent: number): Promise<void>;
  /** Ends the lease. */
  settle(id: number, settlement: Settlement): Promise<void>;
  /**
   * Epoch ms at which `lease` has something to give: the earliest over the channels (all when absent) of the time
   * at which each one's oldest waiting message is due and its lease has ended; `undefined` when nothing waits.
   */
  nextDueAt(channels?: readonly string[]): Promise<number | undefined>;
  /** Takes one of `perMinute` places of the bucket's last 60 s; otherwise says when one is free. */
  takeToken(
    bucket: string,
    perMinute: number,
    now: number,
  ): Promise<{ readonly ok: true } | { readonly ok: false; readonly freeAt: number }>;
}
