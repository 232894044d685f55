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
