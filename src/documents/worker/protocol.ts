import type { Operation } from '../../model/document.ts';
import type { Json, JsonSchema } from '../../model/json.ts';
import type { Problem } from '../../model/problem.ts';
import type { RawBytes } from '../text/raw-document.ts';

/** What the main thread says to a reading thread, which reads one document at a time. */
export type ToWorker =
  | { readonly kind: 'read'; readonly raw: RawBytes }
  | { readonly kind: 'answer'; readonly call: number; readonly value: RawBytes | Problem | readonly string[] }
  /** The part has arrived and everything else had its turn. */
  | { readonly kind: 'more' };

export type FromWorker =
  | {
      readonly kind: 'call';
      readonly call: number;
      readonly method: 'load' | 'list';
      readonly reference: string;
      readonly from: string;
    }
  /** Pieces of the document as JSON: so few that parsing them holds up nobody. */
  | { readonly kind: 'pieces'; readonly json: string }
  /** The rest of the outcome as JSON, when all pieces have been sent. */
  | { readonly kind: 'outcome'; readonly json: string };

/** About 2 ms of `JSON.parse`. */
export const partChars = 200_000;

/**
 * What belongs at `key` of a container, however deep that stands in the document: those of `roots` come first, then each that was
 * sent `open`, which is empty and filled by later pieces.
 */
export type Piece = readonly [into: number, key: string, value: Json, open?: true];

/** Where the first pieces belong, in the order of the containers' numbers. */
export interface Roots {
  readonly operations: readonly Operation[];
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}
