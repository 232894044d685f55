import type { Check } from '../../model/check.ts';
import type { JsonSchema } from '../../model/json.ts';
import type { Judgement } from '../judge.ts';
import type { Reply } from '../http/port.ts';

export type SchemaEntry = readonly [ref: string, schema: JsonSchema];

/** An answer and what it is to be held against. */
export interface Question {
  readonly kind: 'judge';
  readonly number: number;
  /** Given when the thread does not know it by its key yet; without its schemas and its request. */
  readonly check: { readonly key: number; readonly value?: Check };
  /** The document whose schemas have been sent. */
  readonly pool: number;
  readonly reply: Reply;
  readonly maxBytes: number;
  readonly now: number;
  /** What has been told of this check. */
  readonly known: readonly string[];
}

/** What the main thread says to a judging thread, which looks at one answer at a time. */
export type ToThread =
  | { readonly kind: 'schemas'; readonly pool: number; readonly entries: readonly SchemaEntry[] }
  | Question;

export type FromThread =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'judged';
      readonly number: number;
      readonly judgement: Judgement;
      /** What the judgement tells for the first time. */
      readonly news: readonly string[];
    }
  /** Something of ours broke. */
  | { readonly kind: 'broken'; readonly number: number; readonly message: string };

/**
 * What judging one answer may take where everything else runs: some 10 ms for an ordinary answer that is at its end,
 * some 40 ms for a hostile one.
 */
export const inline = {
  /** Of the body, unpacked. */
  bytes: 256 * 1024,
  steps: 60_000,
  /** Parts of a schema with all that it leads to: they are compiled when they are first needed. */
  nodes: 150,
} as const;

/** On a thread of its own. */
export const aside = {
  steps: 2_000_000,
  nodes: 10_000,
  /** From the question to the answer; the thread is ended then. */
  judgeMs: 5_000,
  memoryMb: 512,
} as const;
