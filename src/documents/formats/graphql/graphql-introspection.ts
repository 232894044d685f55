import { isObject, type JsonObject } from '../../../model/json.ts';
import { objectAt } from '../shared/text.ts';

/** The answer of an introspection query, bare or as it came over the wire. */
export function introspectionIn(data: JsonObject | undefined): JsonObject | undefined {
  if (data === undefined) return undefined;
  if (isObject(data['__schema'])) return data;
  const inner = objectAt(data, 'data');
  return isObject(inner['__schema']) ? inner : undefined;
}
