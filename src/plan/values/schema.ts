import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';
import type { SchemaPool } from '../../model/document.ts';

/** Hops of `$ref` and nested `allOf` after which a schema is taken as cyclic. */
const maxDepth = 32;

/**
 * The schema with its own `$ref` and `allOf` folded in, one level deep: nothing below `properties` or `items` is
 * touched. `undefined` when it admits no value, is cyclic, or refers to something that the document does not have.
 */
export function flatten(schema: JsonSchema, pool: SchemaPool): JsonObject | undefined {
  return fold(schema, pool, new Set(), 0);
}

/** @param folded References that are in already: a second time they add nothing, but the time of all that is below. */
function fold(
  schema: JsonSchema,
  pool: SchemaPool,
  folded: Set<string>,
  depth: number,
): JsonObject | undefined {
  if (schema === false || depth > maxDepth) return undefined;
  if (schema === true) return {};
  const { $ref, allOf, ...beside } = schema;
  let flat: JsonObject = beside;
  if (typeof $ref === 'string' && !folded.has($ref)) {
    const target = own(pool, $ref);
    if (target === undefined) return undefined;
    const resolved = fold(target, pool, folded, depth + 1);
    if (resolved === undefined) return undefined;
    folded.add($ref);
    flat = merge(resolved, beside);
  }
  for (const part of asSchemas(allOf)) {
    const resolved = fold(part, pool, folded, depth + 1);
    if (resolved === undefined) return undefined;
    flat = merge(resolved, flat);
  }
  return flat;
}

/** Both at once, as `allOf` means it; where only one can win, `over` does. */
export function merge(under: JsonObject, over: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...under, ...over };
  for (const [key, combine] of Object.entries(combiners)) {
    const [a, b] = [under[key], over[key]];
    if (a !== undefined && b !== undefined) merged[key] = combine(a, b);
  }
  return merged;
}

const combiners: Readonly<Record<string, (a: Json, b: Json) => Json>> = {
  properties: (a, b) => mergeProperties(a, b),
  required: (a, b) => [...new Set([...asArray(a), ...asArray(b)])],
  minimum: (a, b) => Math.max(Number(a), Number(b)),
  maximum: (a, b) => Math.min(Number(a), Number(b)),
  minLength: (a, b) => Math.max(Number(a), Number(b)),
  maxLength: (a, b) => Math.min(Number(a), Number(b)),
  minItems: (a, b) => Math.max(Number(a), Number(b)),
  maxItems: (a, b) => Math.min(Number(a), Number(b)),
  enum: (a, b) => intersection(asArray(a), asArray(b)),
};

function mergeProperties(a: Json, b: Json): Json {
  if (!isObject(a) || !isObject(b)) return b;
  const merged: Record<string, Json> = { ...a, ...b };
  for (const name of Object.keys(b)) {
    const [under, over] = [a[name], b[name]];
    if (under !== undefined && over !== undefined) merged[name] = { allOf: [under, over] };
  }
  return merged;
}

function intersection(a: readonly Json[], b: readonly Json[]): readonly Json[] {
  const known = new Set(a.map((value) => JSON.stringify(value)));
  return b.filter((value) => known.has(JSON.stringify(value)));
}

/** A member by a name from a document, which may be `constructor`. */
export function own<T>(holder: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(holder, name) ? holder[name] : undefined;
}

export function asArray(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

export function asSchemas(value: Json | undefined): readonly JsonSchema[] {
  return asArray(value).filter((item) => isSchema(item));
}

export function isSchema(value: Json | undefined): value is JsonSchema {
  return typeof value === 'boolean' || isObject(value);
}

/** A count or bound as the schema states it; `undefined` for anything that is not a finite number. */
export function numberAt(schema: JsonObject, key: string): number | undefined {
  const value = schema[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export type SchemaType = 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'null' | 'file';

/** JSON Schema's own and those of programming languages, which many generators write; what else they write says nothing. */
const known: Readonly<Record<string, SchemaType>> = {
  string: 'string',
  str: 'string',
  text: 'string',
  integer: 'integer',
  int: 'integer',
  int32: 'integer',
  int64: 'integer',
  long: 'integer',
  short: 'integer',
  number: 'number',
  float: 'number',
  double: 'number',
  decimal: 'number',
  boolean: 'boolean',
  bool: 'boolean',
  array: 'array',
  list: 'array',
  object: 'object',
  map: 'object',
  null: 'null',
  file: 'file',
};

/** The first type that is not `null`; inferred from its keywords when a schema leaves it out. */
export function typeOf(flat: JsonObject): SchemaType | undefined {
  const stated = (Array.isArray(flat['type']) ? asArray(flat['type']) : [flat['type']]) as readonly Json[];
  const types = stated.flatMap((item) =>
    typeof item === 'string' ? (own(known, item.toLowerCase()) ?? []) : [],
  );
  const type = types.find((item) => item !== 'null');
  if (type !== undefined) return type;
  if (stated.includes('null')) return 'null';
  if ('properties' in flat || 'additionalProperties' in flat || 'required' in flat) return 'object';
  if ('items' in flat || 'prefixItems' in flat) return 'array';
  if ('minimum' in flat || 'maximum' in flat || 'multipleOf' in flat) return 'number';
  return 'pattern' in flat || 'format' in flat || 'minLength' in flat ? 'string' : undefined;
}
