import type { Check } from '../../model/check.ts';
import type { SchemaPool } from '../../model/document.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';

/** A top-level field of the body that says whether the call succeeded, whatever the HTTP status. */
export interface EnvelopeRule {
  readonly field: string;
  /** Its values when it did. */
  readonly accepted: readonly Json[];
}

/** Field names by which such envelopes are known. */
const codeFields = (
  'code errcode errCode err_code errorCode error_code errno ret rc retcode retCode ret_code returnCode ' +
  'resultCode result_code respCode resp_code status'
).split(' ');
const flagFields = ['success', 'succeeded', 'isSuccess', 'ok'];
const messageFields = [
  'message',
  'msg',
  'errmsg',
  'errMsg',
  'err_msg',
  'error_msg',
  'desc',
  'info',
  'retMsg',
];
/** A `code` alone may be anything; beside one of these it is an envelope's. */
const companions = new Set([
  ...messageFields,
  'data',
  'result',
  'results',
  'payload',
  'body',
  'content',
  'rows',
]);

const success = /^(?:0+|200|success|ok|s)$/i;
const successText = /success|\bok\b|成功|正常/i;

/** As many as an author writes by hand. */
const mostExamples = 50;

/** `code: 0` and the like, as the examples of the documented success show it. */
export function detectEnvelope(check: Check): EnvelopeRule | undefined {
  const examples = check.promises
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ examples = [], schema }) => [...examples, ...examplesOf(schema, check.schemas)])
    .filter(isObject)
    .slice(0, mostExamples);
  return detectFlag(examples) ?? detectCode(examples);
}

/** What went wrong in the envelope's own words. */
export function envelopeMessage(body: JsonObject): string | undefined {
  const text = messageFields
    .map((field) => body[field])
    .find((value) => typeof value === 'string' && value !== '');
  return typeof text === 'string' ? text : undefined;
}

/** What an envelope carries, where it is one by its fields alone and says that the call succeeded. */
export function payloadIn(body: Json): { readonly field: string; readonly value: Json } | undefined {
  if (!isObject(body)) return undefined;
  const succeeded =
    flagFields.some((name) => body[name] === true) || codeFields.some((name) => isSuccess(body, name));
  if (!succeeded) return undefined;
  const field = payloadFields.find((name) => Object.hasOwn(body, name));
  const value = field === undefined ? undefined : body[field];
  return field === undefined || value === undefined ? undefined : { field, value };
}

const payloadFields = ['data', 'result', 'results', 'payload', 'body', 'content'];

function detectFlag(examples: readonly JsonObject[]): EnvelopeRule | undefined {
  const field = flagFields.find((name) =>
    examples.some((example) => example[name] === true && isEnvelope(example)),
  );
  return field === undefined ? undefined : { field, accepted: [true] };
}

function detectCode(examples: readonly JsonObject[]): EnvelopeRule | undefined {
  for (const field of codeFields) {
    const accepted = examples
      .filter((example) => isEnvelope(example) && isSuccess(example, field))
      .map((example) => example[field])
      .filter((value) => value !== undefined);
    if (accepted.length > 0) return { field, accepted: [...new Set(accepted)] };
  }
  return undefined;
}

function isEnvelope(example: JsonObject): boolean {
  return [...companions].some((name) => Object.hasOwn(example, name));
}

function isSuccess(example: JsonObject, field: string): boolean {
  const value = example[field];
  if (typeof value !== 'number' && typeof value !== 'string') return false;
  // Some count their codes from 20000: then the message beside it tells.
  return (
    success.test(String(value)) || (field !== 'status' && successText.test(envelopeMessage(example) ?? ''))
  );
}

/** The examples that a schema carries as a whole, else one put together from those of its properties. */
function examplesOf(schema: JsonSchema | undefined, pool: SchemaPool): readonly Json[] {
  const parts = partsOf(schema, pool);
  const whole = parts.flatMap(({ example, examples }) => [
    ...(example === undefined ? [] : [example]),
    ...(Array.isArray(examples) ? (examples as readonly Json[]) : []),
  ]);
  if (whole.length > 0) return whole;
  const entries = parts
    .flatMap(({ properties }) => (isObject(properties) ? tellingOf(properties) : []))
    .map(([name, property]): [string, Json] => [name, shown(partsOf(property as JsonSchema, pool)) ?? null]);
  return entries.length === 0 ? [] : [Object.fromEntries(entries)];
}

/** There may be thousands of properties; these few make an envelope. */
function tellingOf(properties: JsonObject): readonly (readonly [string, Json])[] {
  const names = new Set([...codeFields, ...flagFields, ...companions]);
  return [...names].flatMap((name) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return property === undefined ? [] : [[name, property] as const];
  });
}

/** The one value that the parts of a property's schema show. */
function shown(parts: readonly JsonObject[]): Json | undefined {
  for (const part of parts) {
    const list = [part['enum'], part['examples']].find((one) => Array.isArray(one) && one.length === 1);
    const value =
      part['const'] ?? part['example'] ?? (list as readonly Json[] | undefined)?.[0] ?? part['default'];
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Parts that a look takes in. */
const mostParts = 200;

/** A schema and what it is put together from, nearest first; deep enough for a generic `Result<T>`. */
function partsOf(schema: JsonSchema | undefined, pool: SchemaPool): readonly JsonObject[] {
  const parts = new Map<JsonObject, number>();
  const add = (part: JsonSchema | undefined, depth: number): void => {
    if (isObject(part) && !parts.has(part) && parts.size < mostParts) parts.set(part, depth);
  };
  add(schema, 0);
  for (const [part, depth] of parts) {
    if (depth > 3) continue;
    const ref = part['$ref'];
    if (typeof ref === 'string') add(pool[ref], depth + 1);
    const all = Array.isArray(part['allOf']) ? (part['allOf'] as readonly JsonSchema[]) : [];
    for (const one of all) add(one, depth + 1);
  }
  return [...parts.keys()];
}
