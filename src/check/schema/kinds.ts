import type { ErrorObject, FuncKeywordDefinition } from 'ajv';
import type { SchemaPool } from '../../model/document.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';

/** Which schema a value is meant to follow, by what stands in one of its properties (OpenAPI's `discriminator`). */
export interface Kinds {
  readonly property: string;
  /** Values of the property with the references of their schemas. */
  readonly refs: ReadonlyMap<string, string>;
  /** Other values are not documented: the document maps them, and lists the alternatives. */
  readonly isClosed: boolean;
  /** Of schemas, which are values as well, where the document maps values of a parent and its heirs; else empty. */
  readonly names: readonly string[];
}

/** `undefined` where there is no discriminator, or nothing that it leads to. */
export function kindsOf(schema: JsonObject, pool: SchemaPool): Kinds | undefined {
  const { discriminator } = schema;
  if (!isObject(discriminator) || typeof discriminator['propertyName'] !== 'string') return undefined;
  const mapping = isObject(discriminator['mapping']) ? discriminator['mapping'] : {};
  const mapped = Object.entries(mapping).flatMap(([kind, target]): [string, string][] =>
    typeof target === 'string' ? [[kind, refOf(target, pool)]] : [],
  );
  const known = new Set(mapped.map(([, ref]) => ref));
  const listed = [...listOf(schema['oneOf']), ...listOf(schema['anyOf'])];
  const alternatives = listed.flatMap((part) =>
    isObject(part) && typeof part['$ref'] === 'string' ? [part['$ref']] : [],
  );
  // A parent that lists none has those that are made of it.
  const heirs = listed.length > 0 ? { names: [], refs: [] } : heirsOf(schema, pool);
  const meant = listed.length > 0 ? alternatives : heirs.refs;
  // Without a mapping the name of the schema is the value (OpenAPI 3.0.3, 4.8.25).
  const named = meant.filter((ref) => !known.has(ref)).map((ref): [string, string] => [nameOf(ref), ref]);
  const values = new Set(mapped.map(([kind]) => kind));
  const refs = new Map([...mapped, ...named.filter(([kind]) => !values.has(kind))]);
  if (refs.size === 0) return undefined;
  const property = discriminator['propertyName'];
  if (mapped.length === 0) return { property, refs, isClosed: false, names: [] };
  if (listed.length > 0) return { property, refs, isClosed: true, names: [] };
  return { property, refs, isClosed: false, names: [...heirs.names, ...[...known].map(nameOf)] };
}

/** `#/components/schemas/Dog`: `Dog`. */
export function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

/** A name of a schema, which may have dots as generators for .NET and Java write it, or a reference. */
function refOf(target: string, pool: SchemaPool): string {
  const named = `#/components/schemas/${target}`;
  return /[#/]/.test(target) || (target.includes('.') && pool[named] === undefined) ? target : named;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** What is made of a schema by `allOf`, and how it and they are called. */
interface Heirs {
  readonly names: string[];
  readonly refs: string[];
}

/** By parent; of a pool as long as it has as many schemas. */
const families = new WeakMap<SchemaPool, { readonly size: number; readonly of: Map<JsonSchema, Heirs> }>();

function heirsOf(schema: JsonObject, pool: SchemaPool): Heirs {
  const entries = Object.entries(pool);
  const known = families.get(pool);
  if (known?.size === entries.length) return known.of.get(schema) ?? { names: [], refs: [] };
  const parents = entries.filter(([, one]) => isObject(one) && 'discriminator' in one);
  const of = new Map(
    parents.map(([ref, one]): [JsonSchema, Heirs] => [one, { names: [nameOf(ref)], refs: [] }]),
  );
  for (const [ref, heir] of parents.length === 0 ? [] : entries) {
    for (const ancestor of ancestorsOf(heir, pool)) {
      const family = of.get(ancestor);
      family?.names.push(nameOf(ref));
      family?.refs.push(ref);
    }
  }
  families.set(pool, { size: entries.length, of });
  return heirsOf(schema, pool);
}

const mostAncestors = 20;

function ancestorsOf(heir: JsonSchema, pool: SchemaPool): ReadonlySet<JsonSchema> {
  const found = new Set<JsonSchema>();
  const add = (one: JsonSchema): void => {
    for (const part of isObject(one) ? listOf(one['allOf']) : []) {
      const parent = isObject(part) && typeof part['$ref'] === 'string' ? pool[part['$ref']] : undefined;
      if (parent !== undefined && parent !== heir && found.size < mostAncestors) found.add(parent);
    }
  };
  add(heir);
  for (const one of found) add(one);
  return found;
}

/** Stands where a value must be one of the known kinds: who reads an answer cannot even tell what another one is. */
export const knownKind = 'knownKind';

export function knownKindKeyword(): FuncKeywordDefinition {
  const validate: FuncKeywordDefinition['validate'] & { errors?: Partial<ErrorObject>[] } = (
    kinds: readonly string[],
    data: unknown,
  ) => {
    validate.errors = [{ keyword: knownKind, params: { allowedValues: kinds } }];
    return typeof data === 'string' && kinds.includes(data);
  };
  return { keyword: knownKind, schemaType: 'array', errors: true, validate };
}
