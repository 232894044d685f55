import type { Finding } from '../../../../src/server/api/operations.ts';
import { withoutPointer } from './finding-text.ts';

/** A line of a schema as a person reads it: name, what it is, whether it must be there. */
export interface SchemaLine {
  readonly key: string;
  readonly depth: number;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly note?: string;
  /** What the answer did against it. */
  readonly broken?: string;
}

type Schema = Readonly<Record<string, unknown>>;

const deepest = 7;
const mostLines = 400;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * Writes a schema out. `$ref`s are followed in `pool` until a schema comes back to itself. Findings are put at the
 * line that they are about: `/items/3/total` at `items` → each → `total`.
 */
export function schemaLines(
  schema: unknown,
  pool: Readonly<Record<string, unknown>>,
  findings: readonly Finding[],
): readonly SchemaLine[] {
  const broken = new Map<string, string>();
  for (const { pointer, message } of findings) {
    if (pointer !== undefined)
      broken.set(pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*'), withoutPointer(message, pointer));
  }
  const lines: SchemaLine[] = [];
  const write = (
    given: unknown,
    name: string,
    place: string,
    required: boolean,
    depth: number,
    trail: readonly string[],
  ): void => {
    if (lines.length >= mostLines) return;
    const refs = [...trail];
    let one = given;
    while (isSchema(one) && typeof one['$ref'] === 'string' && !refs.includes(one['$ref'])) {
      refs.push(one['$ref']);
      one = pool[one['$ref']];
    }
    const merged = isSchema(one) ? withAllOf(one, pool) : {};
    const note = text(merged['description']) ?? text(merged['title']);
    const found = broken.get(place);
    lines.push({
      key: `${place} ${lines.length}`,
      depth,
      name,
      type: typeOf(merged),
      required,
      note,
      broken: found,
    });
    broken.delete(place);
    if (depth >= deepest) return;
    const must = Array.isArray(merged['required']) ? merged['required'] : [];
    const properties = isSchema(merged['properties']) ? merged['properties'] : {};
    for (const [key, inner] of Object.entries(properties)) {
      const pointer = `${place}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      write(inner, key, pointer, must.includes(key), depth + 1, refs);
    }
    if (isSchema(merged['items'])) write(merged['items'], '[ ]', `${place}/*`, false, depth + 1, refs);
  };
  write(schema, '', '', false, 0, []);
  return lines;
}

/** The properties of all parts together: what is meant by `allOf` nearly always. */
function withAllOf(schema: Schema, pool: Readonly<Record<string, unknown>>): Schema {
  const parts = schema['allOf'];
  if (!Array.isArray(parts)) return schema;
  const whole: Record<string, unknown> = { ...schema };
  for (const part of parts as readonly unknown[]) {
    const found = isSchema(part) && typeof part['$ref'] === 'string' ? pool[part['$ref']] : part;
    if (!isSchema(found)) continue;
    whole['type'] ??= found['type'];
    whole['properties'] = { ...asObject(whole['properties']), ...asObject(found['properties']) };
    whole['required'] = [...asArray(whole['required']), ...asArray(found['required'])];
  }
  return whole;
}

const asObject = (value: unknown): Schema => (isSchema(value) ? value : {});
const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function typeOf(schema: Schema): string {
  const types = Array.isArray(schema['type']) ? schema['type'].join(' | ') : text(schema['type']);
  const format = text(schema['format']);
  const values = asArray(schema['enum']).map((value) => JSON.stringify(value));
  const either = [...asArray(schema['oneOf']), ...asArray(schema['anyOf'])];
  const inferred = isSchema(schema['properties']) ? 'object' : either.length > 0 ? 'one of several' : 'any';
  const base = types ?? inferred;
  const limits = limitsOf(schema);
  return [
    format === undefined ? base : `${base} <${format}>`,
    values.length === 0 ? '' : values.slice(0, 6).join(' · ') + (values.length > 6 ? ' …' : ''),
    limits,
    schema['nullable'] === true ? '| null' : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function limitsOf(schema: Schema): string {
  const { minimum, maximum, minLength, maxLength, pattern } = schema;
  const range = (low: unknown, high: unknown, what: string): string => {
    const [from, to] = [low, high].map((end) => (typeof end === 'number' ? String(end) : ''));
    return from === '' && to === '' ? '' : `${what}${from}…${to}`;
  };
  return [
    range(minimum, maximum, ''),
    range(minLength, maxLength, 'length '),
    typeof pattern === 'string' ? `/${pattern}/` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
