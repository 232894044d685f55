import { isObject, type Json, type JsonObject, type JsonSchema } from '../../../model/json.ts';

const maxDepth = 100;

/** What copies of schemas may take in one document, in characters. */
const copyBudget = 5_000_000;

/** The schemas of a project as they are written, by the `$ref` that leads to them. */
export class KnownSchemas {
  readonly #schemas: ReadonlyMap<string, JsonObject>;
  readonly #sizes = new Map<string, number>();
  #left = copyBudget;

  constructor(schemas: ReadonlyMap<string, JsonObject>) {
    this.#schemas = schemas;
  }

  has(reference: string): boolean {
    return this.#schemas.has(reference);
  }

  /** A schema to be copied: `undefined` when there is none, or when enough has been copied. */
  toCopy(reference: string): JsonObject | undefined {
    const schema = this.#schemas.get(reference);
    if (schema === undefined) return undefined;
    const size = this.#sizes.get(reference) ?? JSON.stringify(schema).length;
    this.#sizes.set(reference, size);
    this.#left -= size;
    return this.#left < 0 ? undefined : schema;
  }

  /** All of them as plain JSON Schema. */
  cleaned(): Record<string, JsonObject> {
    return Object.fromEntries([...this.#schemas].map(([id, schema]) => [id, cleanSchema(schema, this)]));
  }
}

/**
 * Apifox keeps JSON Schema with marks of its own: `x-apifox-refs` takes the members of other schemas into an object,
 * `mock` is for its mock server. Both are turned into plain JSON Schema; a `$ref` to nowhere is no condition.
 */
export function cleanSchema(schema: JsonObject, known: KnownSchemas, depth = 0): JsonObject {
  if (depth > maxDepth) return {};
  const reference = schema['$ref'];
  if (typeof reference === 'string' && !known.has(reference)) return {};
  const plain: Record<string, Json> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'mock' || key.startsWith('x-apifox')) continue;
    plain[key] = cleanMember(key, value, known, depth);
  }
  if (Array.isArray(plain['required'])) plain['required'] = ownNames(plain['required'], schema);
  const parts = includedRefs(schema, known, depth);
  if (parts.length === 0) return plain;
  const own = Object.keys(isObject(plain['properties']) ? plain['properties'] : {}).length > 0;
  const [only] = parts;
  return own || parts.length > 1 || only === undefined
    ? { allOf: [...parts, ...(own ? [plain] : [])] }
    : only;
}

/** The ids that stand for whole schemas are no members. */
function ownNames(names: readonly Json[], schema: JsonObject): readonly Json[] {
  const refs = schema['x-apifox-refs'];
  return isObject(refs) ? names.filter((name) => typeof name !== 'string' || !(name in refs)) : names;
}

function includedRefs(schema: JsonObject, known: KnownSchemas, depth: number): JsonObject[] {
  const refs = schema['x-apifox-refs'];
  if (!isObject(refs)) return [];
  return Object.values(refs).flatMap((ref): JsonObject[] => {
    if (!isObject(ref)) return [];
    const reference = ref['$ref'];
    if (typeof reference !== 'string' || !known.has(reference)) return [];
    const changes = ref['x-apifox-overrides'];
    if (!isObject(changes) || Object.keys(changes).length === 0) return [{ $ref: reference }];
    const target = known.toCopy(reference);
    return target === undefined
      ? []
      : [cleanSchema(overridden(target, changes, ref['required']), known, depth + 1)];
  });
}

/** A schema with members changed (a schema) or left out (`null`) where it is taken in. */
function overridden(target: JsonObject, changes: JsonObject, required: Json | undefined): JsonObject {
  const properties = isObject(target['properties']) ? target['properties'] : {};
  const all = Object.entries({ ...properties, ...changes }).filter(([, value]) => value !== null);
  const kept = Array.isArray(target['required'])
    ? target['required'].filter((name: Json) => typeof name !== 'string' || !(name in changes))
    : [];
  const names: readonly Json[] = [...kept, ...(Array.isArray(required) ? (required as Json[]) : [])];
  return {
    ...target,
    properties: Object.fromEntries(all),
    required: names.filter((name) => all.some(([key]) => key === name)),
  };
}

function cleanMember(key: string, value: Json, known: KnownSchemas, depth: number): Json {
  const inner = (one: Json): JsonSchema =>
    isObject(one) ? cleanSchema(one, known, depth + 1) : one !== false;
  if ((key === 'properties' || key === 'patternProperties' || key === 'definitions') && isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inner(one)]));
  }
  if (/^(?:allOf|anyOf|oneOf|prefixItems)$/.test(key) && Array.isArray(value))
    return value.map((one: Json) => inner(one));
  if (/^(?:items|additionalProperties|not|contains)$/.test(key) && isObject(value)) return inner(value);
  return value;
}
