import { isObject, type Json, type JsonObject } from '../../model/json.ts';

type Entries = readonly (readonly [string, Json])[];

/** Of an object with very many names each look at the first of them takes milliseconds; schemas are looked at again and again. */
const known = new WeakMap<JsonObject, { readonly most: number; readonly entries: Entries }>();
const worthKnowing = 200;

/** Those that come first in an object, no more than `most`: whatever wrote it may have put any number into it. */
export function firstEntries(value: Json | undefined, most: number): Entries {
  if (!isObject(value)) return [];
  const before = known.get(value);
  if (before !== undefined && before.most >= most) return before.entries.slice(0, most);
  const entries = readEntries(value, most);
  if (entries.length >= Math.min(most, worthKnowing)) known.set(value, { most, entries });
  return entries;
}

function readEntries(value: JsonObject, most: number): Entries {
  const entries: (readonly [string, Json])[] = [];
  for (const name in value) {
    if (entries.length >= most) break;
    const own = value[name];
    if (own !== undefined && Object.hasOwn(value, name)) entries.push([name, own]);
  }
  return entries;
}
