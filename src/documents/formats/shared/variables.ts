import type { Json } from '../../../model/json.ts';

/** A set of values under which a collection of requests can be sent: `production`, `local`. */
export interface Environment {
  readonly name?: string;
  readonly values: Readonly<Record<string, string>>;
}

const reference = /\{\{\s*(?:_\.)?([^{}\s|]+)\s*\}\}/g;
const maxRounds = 10;
const maxChars = 100_000;

/** Replaces `{{name}}` by its value where there is one; values may refer to others. What is unknown stays as it is. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  let filled = text;
  for (let round = 0; round < maxRounds && filled.includes('{{') && filled.length < maxChars; round++) {
    const next = filled.replace(reference, (found, name: string) =>
      Object.hasOwn(values, name) ? (values[name] ?? found) : found,
    );
    if (next === filled) break;
    filled = next;
  }
  return filled;
}

/** Nested variables by their dotted paths, as texts: `{ a: { b: 1 } }` → `{ 'a.b': '1' }`. */
export function flatten(value: Json | undefined, prefix = '', depth = 0): Record<string, string> {
  if (value === null || value === undefined || depth > 8) return {};
  if (typeof value !== 'object') return prefix === '' ? {} : { [prefix]: String(value) };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, inner]: [string, Json]) =>
      flatten(inner, prefix === '' ? key : `${prefix}.${key}`, depth + 1),
    ),
  ) as Record<string, string>;
}
