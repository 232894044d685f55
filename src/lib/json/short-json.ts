import { isObject, type Json } from '../../model/json.ts';
import { ellipsize } from '../text/text.ts';

/** The beginning of a value as JSON, at most `bytes` long: what comes after it is not even looked at. */
export function shortJson(value: Json, bytes: number): string {
  let text = '';
  for (const part of parts(value)) {
    text += part;
    if (text.length > bytes) break;
  }
  return ellipsize(text.slice(0, bytes + 1), bytes);

  function* parts(one: Json): Generator<string> {
    if (Array.isArray(one)) yield* list(one as readonly Json[]);
    else if (isObject(one)) yield* object(one);
    else yield JSON.stringify(typeof one === 'string' ? one.slice(0, bytes + 1) : one);
  }

  function* list(items: readonly Json[]): Generator<string> {
    yield '[';
    let between = '';
    for (const item of items) {
      yield between;
      yield* parts(item);
      between = ',';
    }
    yield ']';
  }

  function* object(fields: { readonly [key: string]: Json }): Generator<string> {
    yield '{';
    let between = '';
    for (const name in fields) {
      yield `${between}${JSON.stringify(name.slice(0, bytes + 1))}:`;
      yield* parts(fields[name] ?? null);
      between = ',';
    }
    yield '}';
  }
}
