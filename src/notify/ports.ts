import type { OutboxEntry } from '../model/message.ts';

/** A leased outbox row: one sender owns it until `leaseUntil`. */
export interface LeasedMessage {
  readonly id: number;
  readonly entry: OutboxEntry;
  /** Counts from 1. */
  readonly attempt: number;
  /** Set from the second attempt on: the bytes of the first. */
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
  /** The oldest message of the channel that is due and not leased; per-channel order is kept. */
  lease(channel: string, now: number, leaseMs: number): Promise<LeasedMessage | undefined>;
  freeze(id: number, rendered: readonly string[]): Promise<void>;
  partSent(id: number, partsSent: number): Promise<void>;
  settle(id: number, settlement: Settlement): Promise<void>;
  /** Epoch ms at which the next message becomes due, over all channels; `undefined` when nothing waits. */
  nextDueAt(): Promise<number | undefined>;
  /** Takes one of `perMinute` places of the channel's last 60 s; otherwise says when one is free. */
  takeToken(
    channel: string,
    perMinute: number,
    now: number,
  ): Promise<{ readonly ok: true } | { readonly ok: false; readonly freeAt: number }>;
}
