import type { Steps } from '../yielder.ts';

/** So many values are written in a step: less than a ms. */
const valuesInStep = 1000;

/** As `JSON.stringify` writes what JSON can say, and what is `undefined` in it; `''`: nothing. */
export function* jsonText(value: unknown): Steps<string> {
  let count = 0;
  function* textOf(one: unknown): Steps<string> {
    if (++count % valuesInStep === 0) yield;
    if (typeof one !== 'object' || one === null) return JSON.stringify(one) ?? '';
    const parts: string[] = [];
    if (Array.isArray(one)) {
      for (const item of one) parts.push((yield* textOf(item)) || 'null');
      return `[${parts.join(',')}]`;
    }
    for (const [name, item] of Object.entries(one)) {
      const text = yield* textOf(item);
      if (text !== '') parts.push(`${JSON.stringify(name)}:${text}`);
    }
    return `{${parts.join(',')}}`;
  }
  return yield* textOf(value);
}
