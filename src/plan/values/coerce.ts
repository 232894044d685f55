import type { Json, JsonObject } from '../../model/json.ts';
import { matcher } from './pattern.ts';
import { asArray, numberAt, typeOf } from './schema.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A scalar found elsewhere in the type that a parameter's schema asks for (`7` and `"7"` are the same in a URL);
 * `undefined` when it cannot be one of its values.
 */
export function coerced(value: Json, flat: JsonObject | undefined): Json | undefined {
  if (flat === undefined || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
  if ('enum' in flat && !asArray(flat['enum']).includes(value)) return undefined;
  switch (typeOf(flat)) {
    case 'integer':
      return numberWithin(flat, Number.isInteger(Number(value)) ? value : undefined);
    case 'number':
      return numberWithin(flat, value);
    case 'string':
      return textWithin(flat, String(value));
    case undefined:
      return value;
    case 'boolean':
    case 'array':
    case 'object':
    case 'null':
    case 'file':
      return undefined;
  }
}

/** Large ids stay text: a number would lose their last digits. */
function numberWithin(flat: JsonObject, value: string | number | undefined): Json | undefined {
  const number = Number(value);
  if (value === undefined || value === '' || Number.isNaN(number)) return undefined;
  const isWithin =
    number >= (numberAt(flat, 'minimum') ?? -Infinity) && number <= (numberAt(flat, 'maximum') ?? Infinity);
  if (!isWithin) return undefined;
  return Number.isSafeInteger(number) || !Number.isInteger(number) ? number : value;
}

function textWithin(flat: JsonObject, value: string): string | undefined {
  if (value.length < (numberAt(flat, 'minLength') ?? 0)) return undefined;
  if (value.length > (numberAt(flat, 'maxLength') ?? Infinity)) return undefined;
  if (flat['format'] === 'uuid' && !uuid.test(value)) return undefined;
  const pattern = flat['pattern'];
  const matches = typeof pattern === 'string' ? matcher(pattern) : undefined;
  return matches?.(value) === false ? undefined : value;
}
