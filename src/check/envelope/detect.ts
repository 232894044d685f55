import { messageFields, saysSuccess } from '../../lib/text/said.ts';
import type { Check } from '../../model/check.ts';
import type { SchemaPool } from '../../model/document.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';
import {
  codeFields,
  codeText,
  envelopeFieldIn,
  envelopeMessage,
  flagFields,
  isUsualSuccess,
  partsOf,
  payloadFields,
} from './words.ts';

/** A top-level field of the body that says whether the call succeeded, whatever the HTTP status. */
export interface EnvelopeRule {
  readonly field: string;
  /** Its values when it did; empty: the document does not say. */
  readonly accepted: readonly Json[];
  /** What says so: examples, a fixed value, the description of the field, or only its name and company. */
  readonly basis: 'example' | 'fixed' | 'description' | 'names';
  /** The description. */
  readonly quote?: string;
}

/** As many as an author writes by hand. */
const mostExamples = 50;
/** A `code` alone may be anything; beside one of these it is an envelope's. */
const companions = [...messageFields, ...payloadFields];
const fields = [...flagFields, ...codeFields];

/** The envelope of a check's answers, as the document shows, describes, or at least names it. */
export function detectEnvelope(check: Check): EnvelopeRule | undefined {
  const successes = check.promises.filter(({ status }) => status.startsWith('2'));
  // Beside a documented success it describes errors.
  const promised =
    successes.length > 0 ? successes : check.promises.filter(({ status }) => status === 'default');
  const schemas = promised.map(({ schema }) => propertiesOf(schema, check.schemas));
  const shown = detectShown(check);
  const rule = schemas.map(described).find(isRule) ?? shown ?? schemas.map(named).find(isRule);
  if (rule !== shown || shown === undefined) return rule;
  return schemas.some((properties) => isFixed(properties.get(shown.field) ?? []))
    ? { ...shown, basis: 'fixed' }
    : shown;
}

function isRule(rule: EnvelopeRule | undefined): rule is EnvelopeRule {
  return rule !== undefined;
}

function isFixed(parts: readonly JsonObject[]): boolean {
  return parts.some(
    (part) => part['const'] !== undefined || (Array.isArray(part['enum']) && part['enum'].length === 1),
  );
}

/** `code: 0` and the like, as the examples of the documented success show it. */
function detectShown(check: Check): EnvelopeRule | undefined {
  const examples = check.promises
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ examples = [], schema }) => [...examples, ...examplesOf(schema, check.schemas)])
    .filter(isObject)
    .slice(0, mostExamples);
  return detectFlag(examples) ?? detectCode(examples);
}

/** What a body that says of itself that the call succeeded is made of. */
export interface Envelope {
  /** The field that says so. */
  readonly code: string;
  /** The field that carries what was asked for; absent: there is none. */
  readonly payload?: string;
  readonly isList: boolean;
}

/** `undefined` where a body is no envelope, or one of a failure. */
export function envelopeIn(body: Json | undefined): Envelope | undefined {
  if (!isObject(body) || !isEnvelope(body)) return undefined;
  const code =
    flagFields.find((name) => body[name] === true) ?? codeFields.find((name) => isSuccess(body, name));
  if (code === undefined) return undefined;
  const payload = payloadFields.find((name) => Object.hasOwn(body, name));
  const isList = payload !== undefined && Array.isArray(body[payload]);
  return payload === undefined ? { code, isList } : { code, payload, isList };
}

/** What an envelope carries, where it is one by its fields alone and says that the call succeeded. */
export function payloadIn(body: Json): { readonly field: string; readonly value: Json } | undefined {
  const field = envelopeIn(body)?.payload;
  const value = field === undefined || !isObject(body) ? undefined : body[field];
  return field === undefined || value === undefined ? undefined : { field, value };
}

function detectFlag(examples: readonly JsonObject[]): EnvelopeRule | undefined {
  const field = flagFields.find((name) =>
    examples.some((example) => example[name] === true && isEnvelope(example)),
  );
  return field === undefined ? undefined : { field, accepted: [true], basis: 'example' };
}

function detectCode(examples: readonly JsonObject[]): EnvelopeRule | undefined {
  for (const field of codeFields) {
    const accepted = examples
      .filter((example) => isEnvelope(example) && isSuccess(example, field))
      .map((example) => example[field])
      .filter((value) => value !== undefined);
    if (accepted.length > 0) return { field, accepted: [...new Set(accepted)], basis: 'example' };
  }
  return undefined;
}

function isEnvelope(example: JsonObject): boolean {
  return companions.some((name) => Object.hasOwn(example, name));
}

function isSuccess(example: JsonObject, field: string): boolean {
  const value = example[field];
  if (typeof value !== 'number' && typeof value !== 'string') return false;
  // Some count their codes from 20000: then the message beside it tells.
  return isUsualSuccess(value) || (field !== 'status' && saysSuccess(envelopeMessage(example)));
}

type Properties = ReadonlyMap<string, readonly JsonObject[]>;

/** The properties of a schema that can make an envelope, whatever it is put together from. */
function propertiesOf(schema: JsonSchema | undefined, pool: SchemaPool): Properties {
  const found = new Map<string, JsonObject[]>();
  for (const { properties } of partsOf(schema, pool)) {
    if (!isObject(properties)) continue;
    for (const name of [...fields, ...companions]) {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (property !== undefined) found.set(name, [...(found.get(name) ?? []), ...partsIn(property, pool)]);
    }
  }
  return found;
}

function partsIn(property: Json, pool: SchemaPool): readonly JsonObject[] {
  const parts = partsOf(property as JsonSchema, pool);
  return parts.length > 0 ? parts : [{}];
}

function described(properties: Properties): EnvelopeRule | undefined {
  if (!companions.some((name) => properties.has(name))) return undefined;
  for (const field of fields) {
    for (const { description } of properties.get(field) ?? []) {
      const accepted = typeof description === 'string' ? successesIn(description) : [];
      if (accepted.length === 0 || typeof description !== 'string') continue;
      if (!accepted.every((value) => fits(value, properties.get(field) ?? []))) continue;
      return { field, accepted, basis: 'description', quote: description };
    }
  }
  return undefined;
}

/** A text in a field of numbers is a word of the sentence, not a value. */
function fits(value: Json, parts: readonly JsonObject[]): boolean {
  const types = parts.flatMap(({ type }) => (type === undefined ? [] : [type].flat()));
  if (types.length === 0 || types.includes('string')) return true;
  return typeof value === 'boolean' ? types.includes('boolean') : !/[^\d-]/.test(codeText(value));
}

function named(properties: Properties): EnvelopeRule | undefined {
  const field = envelopeFieldIn((name) => properties.has(name));
  if (field === undefined || !isScalar(properties.get(field) ?? [])) return undefined;
  return { field, accepted: [], basis: 'names' };
}

function isScalar(parts: readonly JsonObject[]): boolean {
  return parts.every(({ type, properties, items }) => {
    if (properties !== undefined || items !== undefined) return false;
    return ![type].flat().some((one) => one === 'object' || one === 'array');
  });
}

/** The examples that a schema carries as a whole, else one put together from those of its properties. */
function examplesOf(schema: JsonSchema | undefined, pool: SchemaPool): readonly Json[] {
  const whole = partsOf(schema, pool).flatMap(({ example, examples }) => [
    ...(example === undefined ? [] : [example]),
    ...(Array.isArray(examples) ? (examples as readonly Json[]) : []),
  ]);
  if (whole.length > 0) return whole;
  const entries = [...propertiesOf(schema, pool)].map(([name, parts]): [string, Json] => [
    name,
    shown(parts) ?? null,
  ]);
  return entries.length === 0 ? [] : [Object.fromEntries(entries)];
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

/** Longer texts describe something else as well. */
const longest = 400;

const value = String.raw`(-?\d{1,8}|true|false|[A-Z][A-Z_]{1,20})`;
const good = String.raw`(?:成功|正常|ok\b|success\w*|succe[es]d\w*|normal\b)`;
const bad = String.raw`(?:失败|错误|异常|fail\w*|error\w*)`;
const edge = String.raw`(?<![\w.非])`;
const before = new RegExp(
  String.raw`${edge}["'“‘\x60]?${value}["'”’\x60]?\s*(?:[-–—:：=＝,，、>(（.]+|代表|表示|则?为|是|即|时|means|is|if|on|for|when|(?:the|call|request|it)\s)*\s*(?:请求|操作|调用|处理|查询|返回|响应|the |call |request |it |was |is ){0,3}${good}`,
  'gi',
);
const after = new RegExp(
  String.raw`${good}(?:时|的?返回码?|状态码|的?代码|的?值|码)?\s*(?:则?为|是|返回|[:：=＝]|is|\s)\s*["'“]?${value}(?![\w.]|["'”]?\s*[-–—:：=＝]?\s*${bad})`,
  'gi',
);

/** The values that a description names as success: `0 成功`, `200-成功，其他失败`, `成功返回 0`, `0 on success`. */
export function successesIn(description: string): readonly Json[] {
  const text = description.slice(0, longest);
  const found = valuesOf(text, before);
  return found.length > 0 ? found : valuesOf(text, after);
}

function valuesOf(text: string, pattern: RegExp): readonly Json[] {
  return [...new Set([...text.matchAll(pattern)].flatMap(([, found]) => meant(found ?? '')))];
}

function meant(text: string): readonly Json[] {
  if (/^(?:true|false)$/i.test(text)) return [text.toLowerCase() === 'true'];
  if (/^-?(?:0|[1-9]\d*)$/.test(text)) return [Number(text)];
  // A word in capitals is a value, a word of the sentence is none.
  return /^[A-Z]/.test(text) || /^\d/.test(text) ? [text] : [];
}
