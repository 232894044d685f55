export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** A JSON Schema as the document has it, in the dialect that its document names; `true` and `false` included. */
export type JsonSchema = boolean | JsonObject;

/** Keyword of ours: names of properties that several samples of an answer have in common, and no document requires. */
export const usualFields = 'x-usual';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
