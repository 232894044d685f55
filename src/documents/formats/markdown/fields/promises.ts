import type { DocumentedResponse, MediaType } from '../../../../model/document.ts';
import {
  isObject,
  type Json,
  type JsonObject,
  type JsonSchema,
  usualFields,
} from '../../../../model/json.ts';
import { inferSchema } from '../../shared/infer-schema.ts';
import type { Details } from './details.ts';
import { type Field, schemaOfFields } from './fields.ts';
import { insideFields } from './parameters.ts';
import type { SampleAnswer } from './samples.ts';
import { withoutSecrets } from '../../shared/recorded-content.ts';

const contentType = 'application/json';

/** What a section promises to answer: learned from its samples, else from its tables. */
export function promisesOf(
  details: Pick<Details, 'groups' | 'responses' | 'answered'>,
): DocumentedResponse[] {
  const tables = details.groups.filter((group) => group.role === 'response');
  const statuses = [
    ...new Set([...details.responses.map((one) => one.status), ...tables.map((one) => one.status)]),
  ];
  if (statuses.length === 0) return details.answered ? [{ status: '200', media: [] }] : [];
  return statuses.map((status) => {
    const samples = details.responses.filter((one) => one.status === status);
    const rows = tables.filter((one) => one.status === status);
    // A list without a name at the root: its rows describe what is in it.
    const listed = rows.some((group) => group.rows.some((row) => /^anonymous$/i.test(row.name.trim())));
    const fields = rows.flatMap(insideFields);
    return {
      status,
      media: samples.length > 0 ? [sampledMedia(samples, fields)] : tableMedia(listed ? [] : fields),
    };
  });
}

/** Tables leave the envelope out as often as not: they promise types, never presence. */
function tableMedia(fields: readonly Field[]): MediaType[] {
  const schema = schemaOfFields(fields, false);
  return isObject(schema['properties']) ? [{ contentType, schema, examples: [] }] : [];
}

function sampledMedia(samples: readonly SampleAnswer[], fields: readonly Field[]): MediaType {
  const values = samples.map((sample) => unknownsAsNull(sample.value, true));
  const schema = inferSchema(values);
  const examples = samples.every((sample) => sample.exact)
    ? samples.map((sample) => withoutSecrets(sample.value))
    : [];
  if (schema === undefined) return { contentType, examples: examples.slice(0, 3) };
  const loose = relaxed(schema, doubts(fields), values.some(isGenerated));
  return { contentType, schema: loose, examples: examples.slice(0, 3) };
}

const typeWords =
  /^(?:int|integer|long|number|float|double|bool|boolean|object|array|list|timestamp|short|byte|bigdecimal|any)\b.{0,20}$/i;

/** `"id": "long"` names a type and `{}` stands for "some object": neither tells what the value will be. */
function unknownsAsNull(value: Json, root: boolean): Json {
  if (typeof value === 'string') return typeWords.test(value) ? null : value;
  if (Array.isArray(value)) return value.map((item: Json) => unknownsAsNull(item, false));
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  if (entries.length === 0 && !root) return null;
  return Object.fromEntries(entries.map(([name, inner]) => [name, unknownsAsNull(inner, false)]));
}

/** A sample that a tool made from a schema: mostly empty texts and zeros. It tells types, not what is always there. */
function isGenerated(value: Json): boolean {
  const leaves = leavesOf(value);
  const empty = leaves.filter(
    (leaf) => leaf === '' || leaf === 0 || leaf === false || leaf === null || leaf === 'string',
  );
  return leaves.length >= 4 && empty.length * 2 > leaves.length;
}

function leavesOf(value: Json): Json[] {
  if (typeof value !== 'object' || value === null) return [value];
  return (Array.isArray(value) ? (value as readonly Json[]) : Object.values(value)).flatMap(leavesOf);
}

interface Doubts {
  /** Types by field name, as the tables have them. */
  readonly types: ReadonlyMap<string, string>;
  readonly optional: ReadonlySet<string>;
}

function doubts(fields: readonly Field[]): Doubts {
  const types = new Map<string, string>();
  for (const field of fields) {
    const { type } = field.schema;
    if (typeof type === 'string') types.set(field.path.at(-1) ?? '', type === 'integer' ? 'number' : type);
  }
  const optional = fields.filter((field) => field.required === false).map((field) => field.path.at(-1) ?? '');
  return { types, optional: new Set(optional) };
}

/** Where table and sample differ nothing is promised; what a table calls optional is. */
function relaxed(schema: JsonSchema, doubt: Doubts, generated: boolean): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const { properties, items, [usualFields]: usual, ...rest } = schema;
  const kept =
    generated || !Array.isArray(usual) ? [] : usual.filter((name) => !doubt.optional.has(String(name)));
  return {
    ...rest,
    ...(isObject(properties) ? { properties: relaxedProperties(properties, doubt, generated) } : {}),
    ...(isObject(items) ? { items: relaxed(items, doubt, generated) } : {}),
    ...(kept.length === 0 ? {} : { [usualFields]: kept }),
  };
}

function relaxedProperties(properties: JsonObject, doubt: Doubts, generated: boolean): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, inner]): [string, JsonSchema] => {
      const told = doubt.types.get(name);
      const seen = isObject(inner) && Array.isArray(inner['type']) ? inner['type'][0] : undefined;
      const differ = told !== undefined && typeof seen === 'string' && told !== seen;
      return [name, differ || !isObject(inner) ? {} : relaxed(inner, doubt, generated)];
    }),
  );
}
