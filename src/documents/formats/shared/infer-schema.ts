import { isExact } from '../../../lib/json/exact-json.ts';
import { isObject, type Json, type JsonObject, type JsonSchema, usualFields } from '../../../model/json.ts';

const maxDepth = 24;
const maxItems = 200;
const maxProperties = 500;

/**
 * A loose JSON Schema that all examples fulfil: types only, `x-usual` for what several of them always have, null-tolerant, no
 * enum and no format, so that another answer of the same kind fulfils it too. Numbers are never narrowed to integers.
 * `undefined` when there is nothing to learn from.
 */
export function inferSchema(examples: readonly Json[]): JsonSchema | undefined {
  const schema = infer(examples, 0);
  return Object.keys(schema).length === 0 ? undefined : schema;
}

function infer(values: readonly Json[], depth: number): JsonObject {
  const known = values.filter((value) => value !== null);
  if (known.length === 0 || depth > maxDepth) return {};
  const kinds = new Set(known.map(kindOf));
  if (kinds.delete('long number') && [...kinds].every((kind) => kind === 'number'))
    return { type: depth === 0 ? ['number', 'string'] : ['number', 'string', 'null'] };
  if (kinds.size !== 1) return {};
  const [kind] = kinds;
  const nullable = depth === 0 ? kind : [kind ?? '', 'null'];
  if (kind === 'object')
    return { type: nullable ?? 'object', ...inferProperties(known.filter(isObject), depth) };
  if (kind === 'array') {
    const items = infer(
      known.flatMap((value) => (Array.isArray(value) ? value.slice(0, maxItems) : [])),
      depth + 1,
    );
    return Object.keys(items).length === 0
      ? { type: nullable ?? 'array' }
      : { type: nullable ?? 'array', items };
  }
  return { type: nullable ?? 'string' };
}

function inferProperties(objects: readonly JsonObject[], depth: number): JsonObject {
  const names = new Set(objects.flatMap((object) => Object.keys(object)));
  // A map from ids to values looks like an object with hundreds of properties; its keys are data.
  if (names.size > maxProperties || looksLikeMap(names)) return {};
  // One sample does not say that a field is always there, and several only that it is usual.
  const usual =
    objects.length < 2
      ? []
      : [...names].filter((name) => objects.every((object) => Object.hasOwn(object, name)));
  const properties = Object.fromEntries(
    [...names].map((name) => [
      name,
      infer(
        objects.flatMap((object) => (Object.hasOwn(object, name) ? [object[name] ?? null] : [])),
        depth + 1,
      ),
    ]),
  );
  if (names.size === 0) return {};
  return { properties, ...(usual.length === 0 ? {} : { [usualFields]: usual }) };
}

const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Keys that are numbers, dates, addresses or UUIDs are ids of the moment, not names of fields. */
function looksLikeMap(names: ReadonlySet<string>): boolean {
  return (
    names.size > 0 && [...names].every((name) => /^[\d._:@#-]*\d[\d._:@#-]*$|^[0-9a-f-]{24,}$/i.test(name))
  );
}

type Kind = 'object' | 'array' | 'string' | 'number' | 'boolean';

/** A number that a double cannot hold is read as a text: it was written as either. */
function kindOf(value: Json): Kind | 'long number' {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'string' && decimal.test(value) && !isExact(value)) return 'long number';
  const kind = typeof value;
  return kind === 'string' || kind === 'number' || kind === 'boolean' ? kind : 'object';
}
