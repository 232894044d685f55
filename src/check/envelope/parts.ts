import type { SchemaPool } from '../../model/document.ts';
import { isObject, type JsonObject, type JsonSchema } from '../../model/json.ts';

/** Parts that a look takes in. */
const mostParts = 200;
const deepest = 8;

/** A schema and what it is put together from, nearest first; deep enough for a generic `Result<T>`. */
export function partsOf(schema: JsonSchema | undefined, pool: SchemaPool): readonly JsonObject[] {
  const parts = new Map<JsonObject, number>();
  const add = (part: JsonSchema | undefined, depth: number): void => {
    if (isObject(part) && !parts.has(part) && parts.size < mostParts) parts.set(part, depth);
  };
  add(schema, 0);
  for (const [part, depth] of parts) {
    if (depth > deepest) continue;
    const ref = part['$ref'];
    if (typeof ref === 'string') add(pool[ref], depth + 1);
    const all = Array.isArray(part['allOf']) ? (part['allOf'] as readonly JsonSchema[]) : [];
    for (const one of all) add(one, depth + 1);
    // A choice of one, or of one and `null`.
    for (const list of [part['oneOf'], part['anyOf']]) {
      const real = Array.isArray(list) ? (list as readonly JsonSchema[]).filter(isReal) : [];
      if (real.length === 1) add(real[0], depth + 1);
    }
  }
  return [...parts.keys()];
}

function isReal(part: JsonSchema): boolean {
  return isObject(part) && part['type'] !== 'null';
}
