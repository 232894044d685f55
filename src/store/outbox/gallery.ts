import type { Sentence } from '../../model/sentence.ts';
import type { ChangeSet } from '../../model/document.ts';
import type { MessageContent, OutboxEntry } from '../../model/message.ts';
import type { ReasonCode, Verdict } from '../../model/result.ts';

/** What people look at and no cycle needs. Lists are newest first. */
export interface Gallery {
  /** What the results of a cycle came to, as cheaply as they can be read. */
  outcomes(cycleId: number): Promise<readonly PictureOutcome[]>;
  /** Check id → how many of its results in cycles that started in the range had this reason. */
  countReason(
    code: ReasonCode,
    range: { readonly from: number; readonly to: number },
  ): Promise<ReadonlyMap<string, number>>;
  /** Messages of a channel, whichever queue they are in. */
  messages(channel: string, page: Page): Promise<readonly StoredMessage[]>;
  /** Messages of all channels that wait or were given up, oldest first. */
  unsent(limit: number): Promise<readonly UnsentMessage[]>;
  /** The number of the message with this key. */
  messageId(dedupKey: string): Promise<number | undefined>;
  /** The same without what they say. */
  queued(): Promise<readonly QueuedMessage[]>;
  /** With the messages about them, or none of it. */
  addChanges(changes: readonly ChangeSet[], at: number, messages?: readonly OutboxEntry[]): Promise<void>;
  /** Of one document or of all. */
  changes(page: Page, documentId?: string): Promise<readonly StoredChange[]>;
}

export interface Page {
  readonly limit: number;
  /** Only rows with a smaller number. */
  readonly before?: number;
}

export interface PictureOutcome {
  readonly checkId: string;
  readonly verdict: Verdict;
  /** Absent when no answer arrived. */
  readonly totalMs?: number;
}

export interface StoredMessage {
  readonly id: number;
  readonly createdAt: number;
  /** `superseded`: told by a later message that stands for several. */
  readonly state: 'pending' | 'sent' | 'undelivered' | 'superseded';
  readonly attempts: number;
  readonly settledAt?: number;
  readonly receipt?: string;
  /** The last refusal, and what it means. */
  readonly problem?: Sentence;
  readonly hint?: Sentence;
  /** It was sent and no answer came: people may have it already. */
  readonly mayHaveArrived?: boolean;
  readonly content: MessageContent;
  /** What was sent, from the first attempt on. */
  readonly rendered?: readonly string[];
}

export interface UnsentMessage extends StoredMessage {
  readonly channel: string;
  /** It was not taken as it is, in no form; the channel itself may be well. */
  readonly refused: boolean;
  /** It waits until morning. */
  readonly held: boolean;
  /** Epoch ms of the next attempt; 0 when it is due. */
  readonly notBefore: number;
}

export type QueuedMessage = Omit<UnsentMessage, 'content' | 'rendered'>;

export type StoredChange = ChangeSet & { readonly id: number; readonly at: number };
