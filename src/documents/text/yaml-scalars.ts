import { isMap, isScalar, isSeq, type Scalar, type YAMLMap } from 'yaml';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';

/** Keywords of JSON Schema whose numbers are compared and never sent: rounded ones do. */
export const boundKeywords: ReadonlySet<string> = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
]);

/** Where schemas and parameters give values of their own. */
const valueKeywords = ['example', 'x-example', 'default', 'const', 'enum', 'examples'] as const;

/**
 * A mapping whose values are as its own schema asks for: with `type: string` an unquoted `1.10` is the text `1.10`, with
 * `type: integer` an unquoted `0x1F` is the number 31.
 */
export function asMeant(node: YAMLMap, built: Record<string, Json>): Json {
  const schema = isObject(built['schema']) ? built['schema'] : built;
  const isTyped = 'type' in schema || schema !== built;
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const found = built[name];
    if (found === undefined) continue;
    if (boundKeywords.has(name) || isVersion(name, built)) built[name] = exactly(name, value, found);
    else if (isTyped && (valueKeywords as readonly string[]).includes(name))
      built[name] = valuesAsMeant(name, schema, value, found);
  }
  return built;
}

/** `info.version` is a text, and so is the version of the specification. */
function isVersion(name: string, built: Readonly<Record<string, Json>>): boolean {
  return name === 'version' ? 'title' in built : name === 'openapi' || name === 'swagger';
}

function exactly(name: string, node: unknown, found: Json): Json {
  if (!isPlainNumber(node)) return found;
  return boundKeywords.has(name) ? Number(node.value) : (node.source ?? found);
}

function valuesAsMeant(name: string, schema: JsonObject, node: unknown, found: Json): Json {
  const isList = name === 'enum' || (name === 'examples' && isSeq(node));
  if (isList && isSeq(node) && Array.isArray(found))
    return (found as readonly Json[]).map((item, index) => valueAsMeant(schema, node.items[index], item));
  if (name !== 'examples' || !isMap(node) || !isObject(found)) return valueAsMeant(schema, node, found);
  // A map of Example Objects (OpenAPI 3.1 §4.8.19).
  const examples: JsonObject = { type: 'object', properties: { value: schema } };
  return withMembers(node, found, () => examples);
}

/** A value by the schema that describes it; where the types of parts are said elsewhere (`$ref`), as it is. */
function valueAsMeant(schema: Json | undefined, node: unknown, value: Json): Json {
  if (!isObject(schema)) return value;
  if (isPlainNumber(node)) return scalarAsMeant(schema['type'], node, value);
  if (isSeq(node) && Array.isArray(value))
    return (value as readonly Json[]).map((item, index) =>
      valueAsMeant(schema['items'], node.items[index], item),
    );
  const properties = schema['properties'];
  if (!isMap(node) || !isObject(value) || !isObject(properties)) return value;
  return withMembers(node, value, (name) => (Object.hasOwn(properties, name) ? properties[name] : undefined));
}

function withMembers(node: YAMLMap, value: JsonObject, schemaOf: (name: string) => Json | undefined): Json {
  const nodes = new Map(
    node.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : '', pair.value]),
  );
  const members = Object.entries(value).map(([name, member]): [string, Json] => [
    name,
    valueAsMeant(schemaOf(name), nodes.get(name), member),
  ]);
  return Object.fromEntries(members);
}

function scalarAsMeant(type: Json | undefined, node: Scalar, value: Json): Json {
  const types: readonly (Json | undefined)[] = Array.isArray(type) ? (type as readonly Json[]) : [type];
  const isNumber = types.includes('integer') || types.includes('number');
  if (types.includes('string') && !isNumber) return node.source ?? value;
  const number = Number(node.value);
  const holds = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
  return isNumber && holds ? number : value;
}

function isPlainNumber(node: unknown): node is Scalar {
  return (
    isScalar(node) &&
    node.type === 'PLAIN' &&
    (typeof node.value === 'number' || typeof node.value === 'bigint')
  );
}
