import { isObject, type Json, type JsonObject, type JsonSchema } from '../../../model/json.ts';
import { parseLenient } from '../shared/lenient-json.ts';
import { step } from '../reference/pointer.ts';
import type { Located, References } from '../reference/references.ts';

/**
 * Values that a parameter or media type gives: its `example`, its `examples` (a map of Example Objects; lists are
 * met in the wild), then those of its schema.
 */
export function examplesOf(holder: Located<JsonObject>, references: References): readonly Json[] {
  const { example, examples } = holder.value;
  const found: Json[] = [
    ...(example === undefined ? [] : [example]),
    ...(Array.isArray(examples) ? (examples as readonly Json[]) : []),
  ];
  if (isObject(examples)) {
    for (const name of Object.keys(examples)) {
      const value = exampleValue(holder, name, references);
      if (value !== undefined) found.push(value);
    }
  }
  const schema = references.member(holder, 'schema');
  return schema === undefined ? found : [...found, ...schemaExamples(schema.value)];
}

/** `value` of OpenAPI 3.0 and 3.1, `dataValue` of 3.2; `externalValue` and `serializedValue` are not data. */
function exampleValue(holder: Located<JsonObject>, name: string, references: References): Json | undefined {
  const { file, pointer, value } = holder;
  const examples = value['examples'];
  const raw = isObject(examples) ? examples[name] : undefined;
  const place = { value: raw, file, pointer: step(step(pointer, 'examples'), name) };
  const resolved = references.follow(place)?.value;
  if (resolved === undefined) return isObject(raw) ? undefined : raw;
  return resolved['dataValue'] ?? resolved['value'];
}

/** Examples of JSON that were written as a text (`example: '{"id": 1}'`) as what they stand for. */
export function asMedia(
  contentType: string,
  schema: JsonSchema | undefined,
  examples: readonly Json[],
): readonly Json[] {
  const isText = isObject(schema) && schema['type'] === 'string';
  if (isText || !/[/+]json$|^\*\/\*$/.test(contentType)) return examples;
  return examples.map((example) => {
    const looksJson = typeof example === 'string' && /^\s*[[{]/.test(example);
    return looksJson ? (parseLenient(example)?.value ?? example) : example;
  });
}

export function schemaExamples(schema: JsonObject): readonly Json[] {
  const { example, examples } = schema;
  return [
    ...(example === undefined ? [] : [example]),
    ...(Array.isArray(examples) ? (examples as readonly Json[]) : []),
  ];
}
