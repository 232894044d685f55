import { firstEntries } from '../../lib/json/first-entries.ts';
import { pointerPart } from '../../lib/json/json-path.ts';
import type { SchemaPool } from '../../model/document.ts';
import { isObject, type Json, type JsonSchema } from '../../model/json.ts';

/** Of what is documented of one answer, so many fields are looked at, and so deep. */
const mostFields = 40;
const mostParts = 300;
const mostLevels = 6;
const mostHops = 10;

/**
 * Pointers (`*` for the items of lists) of the fields that a schema gives to records of lists, and of what holds or accompanies a list in
 * what is none. A field of one record may be left out while it has no value, which nobody documents.
 */
export function fieldsDocumented(schema: JsonSchema, pool: SchemaPool): readonly string[] {
  const names = new Set<string>();
  const waiting = [{ schema, at: '', level: 0 }];
  for (const { schema: one, at, level } of waiting) {
    if (level > mostLevels || waiting.length >= mostParts || names.size >= mostFields) break;
    const { properties, items } = membersOf(one, pool);
    const kinds = [...properties].map(([name, value]) => [name, value, kindOf(value, pool)] as const);
    const isPage = kinds.some(([, , kind]) => kind === 'array');
    for (const [name, value, kind] of kinds) {
      const pointer = at + pointerPart(name);
      if (at !== '' && (at.endsWith('/*') || isPage || kind === 'array')) names.add(pointer);
      waiting.push({ schema: value, at: pointer, level: level + 1 });
    }
    if (items !== undefined) waiting.push({ schema: items, at: `${at}/*`, level: level + 1 });
  }
  return [...names].slice(0, mostFields);
}

function kindOf(schema: JsonSchema, pool: SchemaPool): 'array' | 'other' {
  return membersOf(schema, pool).items === undefined ? 'other' : 'array';
}

interface Members {
  readonly properties: ReadonlyMap<string, JsonSchema>;
  readonly items?: JsonSchema;
}

/** With what it refers to and is put together from; alternatives are left out: which of them it is differs. */
function membersOf(schema: JsonSchema, pool: SchemaPool): Members {
  const properties = new Map<string, JsonSchema>();
  let items: JsonSchema | undefined;
  const parts: (Json | undefined)[] = [schema];
  for (const part of parts) {
    if (!isObject(part) || parts.length > mostHops) continue;
    const { $ref, allOf, properties: own, items: of } = part;
    if (typeof $ref === 'string') parts.push(pool[$ref]);
    if (Array.isArray(allOf)) parts.push(...(allOf as readonly Json[]));
    for (const [name, value] of firstEntries(own, mostParts)) properties.set(name, value as JsonSchema);
    if (isObject(of)) items ??= of;
  }
  return { properties, items };
}
