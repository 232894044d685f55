import { isObject, type Json } from '../../../model/json.ts';
import { percentDecoded } from '../../../lib/text/text.ts';

/** One more step of an RFC 6901 pointer. */
export function step(pointer: string, key: string | number): string {
  const isPlain = typeof key === 'number' || !/[~/]/.test(key);
  return `${pointer}/${isPlain ? key : key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The keys of a pointer in its URI fragment form (RFC 6901 §6). */
export function keysOf(fragment: string): readonly string[] {
  if (fragment === '') return [];
  return fragment
    .slice(1)
    .split('/')
    .map((key) => (/[%~]/.test(key) ? percentDecoded(key).replaceAll('~1', '/').replaceAll('~0', '~') : key));
}

/** A member by key or index; what objects inherit does not count. */
export function memberOf(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return /^\d+$/.test(key) ? (value[Number(key)] as Json | undefined) : undefined;
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
