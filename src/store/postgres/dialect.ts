import type { Value } from '../sql/sql.ts';

/** In PostgreSQL a parameter has a type; what it is compared with may be of another one. */
function typeOf(value: Value): string {
  if (typeof value === 'number' || typeof value === 'bigint') return '::bigint';
  if (typeof value === 'string') return '::text';
  return value === null ? '' : '::bytea';
}

/** In the order in which they are applied; what they look for stands in the SQL of the repositories alone. */
const rewritten: readonly (readonly [RegExp, string])[] = [
  [/\bcross join (\w+ \w+) indexed by \w+ on\b/g, 'join $1 on'],
  [/((?:\w+\.)?\w+) ->> '(\w+)'/g, "(($1)::json ->> '$2')"],
];

const known = new Map<string, string>();

/** The same statement for PostgreSQL. `?` is the parameter after the highest one so far, as SQLite counts. */
export function toPostgres(sql: string, values: readonly Value[]): string {
  const types = values.map(typeOf);
  const key = `${types.join()} ${sql}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  let last = 0;
  const numbered = sql.replaceAll(/\?(\d*)/g, (_, digits: string) => {
    const no = digits === '' ? last + 1 : Number(digits);
    last = Math.max(last, no);
    return `$${no}${types[no - 1] ?? ''}`;
  });
  const text = rewritten.reduce((one, [what, by]) => one.replaceAll(what, by), numbered);
  known.set(key, text);
  return text;
}

/** What no text of PostgreSQL holds: the character 0, and halves of characters, also as JSON writes them. */
const unstorable = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi;

/** A value as the driver takes it; whole numbers only, as in the embedded database. */
export function toParameter(value: Value): string | Uint8Array | null {
  if (value === null || value instanceof Uint8Array) return value;
  if (typeof value === 'number') return String(Math.round(value));
  if (typeof value === 'bigint') return String(value);
  const text = value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;
  return text.includes('\\u') ? text.replaceAll(unstorable, '$1\\ufffd') : text;
}
