import type { JsonPath } from '../../lib/json/json-path.ts';
import type { Json } from '../../model/json.ts';

/** A place in the body and what stands there when the call has succeeded. */
export interface Rule {
  readonly name: string;
  readonly find: JsonPath;
  readonly accepted: readonly Json[];
  readonly origin: 'documented' | 'expected';
}

/** How an envelope is read. */
export interface EnvelopePromise {
  readonly rules: readonly Rule[];
  /** Nobody says what success is; `field` as far as the document names it. Absent: the rules say all there is. */
  readonly usual: { readonly field?: string } | undefined;
}

/** `"0"` and `0` are the same code. */
export function isAccepted(value: Json, accepted: readonly Json[]): boolean {
  return accepted.some((one) => isSame(one, value));
}

function isSame(a: Json, b: Json): boolean {
  if (typeof a === 'number' && typeof b === 'string') return String(a) === b;
  return a === b || (typeof a === 'string' && typeof b === 'number' && a === String(b));
}
