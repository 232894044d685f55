import type { Steps } from '../../lib/yielder.ts';
import type { SchemaPool } from '../../model/document.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';
import { limits } from '../limits.ts';

/** What a schema says once its `$ref` is followed and its `allOf` is laid together. */
export interface SchemaView {
  readonly types: ReadonlySet<string> | undefined;
  readonly properties: ReadonlyMap<string, JsonSchema>;
  readonly required: ReadonlySet<string>;
  readonly items: JsonSchema | undefined;
  readonly values: JsonSchema | undefined;
  readonly enum: readonly Json[] | undefined;
  readonly alternatives: readonly JsonSchema[] | undefined;
  /** The other keywords. */
  readonly keywords: JsonObject;
}

/** Parts of a schema that one look takes in; a hostile `allOf` may be wide, deep or a circle. */
const maxParts = 200;

export function* viewSchema(schema: JsonSchema | undefined, pool: SchemaPool): Steps<SchemaView> {
  const parts = partsOf(schema, pool);
  const properties = new Map<string, JsonSchema>();
  const required = new Set<string>();
  for (const part of parts) {
    const own = isObject(part['properties']) ? part['properties'] : {};
    for (const name of Object.keys(own)) {
      yield;
      const property = own[name];
      if (isSchema(property)) properties.set(name, property);
    }
    for (const name of listOf(part['required'])) {
      yield;
      if (typeof name === 'string') required.add(name);
    }
  }
  const keywords: JsonObject = Object.assign({}, ...parts.toReversed()) as JsonObject;
  const alternatives = listOf(keywords['oneOf'] ?? keywords['anyOf']).filter(isSchema);
  return {
    types: typesOf(keywords, properties.size > 0),
    properties,
    required,
    items: isSchema(keywords['items']) ? keywords['items'] : undefined,
    values: isObject(keywords['additionalProperties']) ? keywords['additionalProperties'] : undefined,
    enum: enumOf(keywords),
    alternatives: alternatives.length === 0 ? undefined : alternatives,
    keywords,
  };
}

function enumOf(keywords: JsonObject): readonly Json[] | undefined {
  if (keywords['const'] !== undefined) return [keywords['const']];
  return Array.isArray(keywords['enum']) ? (keywords['enum'] as readonly Json[]) : undefined;
}

/** The schema itself and whatever it is composed of, nearest first. */
function partsOf(schema: JsonSchema | undefined, pool: SchemaPool): readonly JsonObject[] {
  const parts: JsonObject[] = [];
  const seen = new Set<JsonObject>();
  const waiting: (Json | undefined)[] = [schema];
  while (waiting.length > 0 && parts.length < maxParts) {
    const part = followed(waiting.shift(), pool);
    if (!isObject(part) || seen.has(part)) continue;
    seen.add(part);
    parts.push(part);
    waiting.push(...listOf(part['allOf']).slice(0, maxParts));
  }
  return parts;
}

function followed(schema: Json | undefined, pool: SchemaPool): Json | undefined {
  let here = schema;
  for (let hop = 0; hop < limits.refChain && isObject(here) && typeof here['$ref'] === 'string'; hop++) {
    here = pool[here['$ref']];
  }
  return here;
}

/** OpenAPI 3.0 says `nullable` where JSON Schema has the type `null`; an object often goes without its type. */
function typesOf(keywords: JsonObject, hasProperties: boolean): ReadonlySet<string> | undefined {
  const { type } = keywords;
  const named = typeof type === 'string' ? [type] : listOf(type).filter((one) => typeof one === 'string');
  if (named.length === 0 && !hasProperties) return undefined;
  const types = new Set(named.length > 0 ? named : ['object']);
  if (keywords['nullable'] === true || keywords['x-nullable'] === true) types.add('null');
  return types;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function isSchema(value: Json | undefined): value is JsonSchema {
  return isObject(value) || typeof value === 'boolean';
}
