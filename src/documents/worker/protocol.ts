import type { JsonSchema } from '../../model/json.ts';
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
  /** A piece of the document as JSON: small enough that parsing it holds up nobody. */
  | { readonly kind: 'operations'; readonly json: string }
  | { readonly kind: 'schemas'; readonly json: string }
  /** The rest of the outcome as JSON, when all pieces have been sent. */
  | { readonly kind: 'outcome'; readonly json: string };

/** About 2 ms of `JSON.parse`. */
export const partChars = 200_000;

export type SchemaEntry = readonly [key: string, schema: JsonSchema];
