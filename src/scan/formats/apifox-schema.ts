import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';

const maxDepth = 100;

/**
 * Apifox keeps JSON Schema with marks of its own: `x-apifox-refs` takes the members of other schemas into an object,
 * `mock` is for its mock server. Both are turned into plain JSON Schema; a `$ref` to nowhere is no condition.
 */
export function cleanSchema(schema: JsonObject, known: ReadonlySet<string>, depth = 0): JsonObject {
  if (depth > maxDepth) return {};
  const reference = schema['$ref'];
  if (typeof reference === 'string' && !known.has(reference)) return {};
  const plain: Record<string, Json> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'mock' || key.startsWith('x-apifox')) continue;
    plain[key] = cleanMember(key, value, known, depth);
  }
  const parts = includedRefs(schema, known);
  if (parts.length === 0) return plain;
  const own = Object.keys(isObject(plain['properties']) ? plain['properties'] : {}).length > 0;
  const [only] = parts;
  return own || parts.length > 1 || only === undefined
    ? { allOf: [...parts, ...(own ? [plain] : [])] }
    : only;
}

function includedRefs(schema: JsonObject, known: ReadonlySet<string>): JsonObject[] {
  const refs = schema['x-apifox-refs'];
  if (!isObject(refs)) return [];
  return Object.values(refs).flatMap((ref): JsonObject[] => {
    const target = isObject(ref) ? ref['$ref'] : undefined;
    return typeof target === 'string' && known.has(target) ? [{ $ref: target }] : [];
  });
}

function cleanMember(key: string, value: Json, known: ReadonlySet<string>, depth: number): Json {
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
