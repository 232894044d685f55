import type { Condition } from '../../lib/condition/condition.ts';
import type { JsonPath } from '../../lib/json/json-path.ts';
import type { Json } from '../../model/json.ts';

/** A field of the body and what stands there when the call has succeeded, as the document shows it. */
export interface Rule {
  readonly name: string;
  readonly find: JsonPath;
  readonly accepted: readonly Json[];
}

/** How an envelope is read: by what the configuration or the document says of success, or by what is usual. */
export type EnvelopePromise =
  | { readonly kind: 'configured'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'documented'; readonly rule: Rule }
  /** Nobody says what success is; `field` as far as the document names it. */
  | { readonly kind: 'usual'; readonly field?: string };

/** `"0"` and `0` are the same code. */
export function isAccepted(value: Json, accepted: readonly Json[]): boolean {
  return accepted.some((one) => isSame(one, value));
}

function isSame(a: Json, b: Json): boolean {
  if (typeof a === 'number' && typeof b === 'string') return String(a) === b;
  return a === b || (typeof a === 'string' && typeof b === 'number' && a === String(b));
}
