import { isObject, type Json } from '../../model/json.ts';

/** Those that come first in an object, no more than `most`: whatever wrote it may have put any number into it. */
export function firstEntries(value: Json | undefined, most: number): readonly (readonly [string, Json])[] {
  const entries: (readonly [string, Json])[] = [];
  if (!isObject(value)) return entries;
  for (const name in value) {
    if (entries.length >= most) break;
    const own = value[name];
    if (own !== undefined && Object.hasOwn(value, name)) entries.push([name, own]);
  }
  return entries;
}
