import type { DocumentedResponse, MediaType, RequestBody } from '../../../model/document.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { groupBy } from '../../../lib/group-by.ts';
import { isSensitiveName } from '../../../lib/secrets/secret.ts';
import { inferSchema } from './infer-schema.ts';
import { parseLenient, parseStrict } from './lenient-json.ts';
import { hasPlaceholder, type Pair, parseQuery } from './url-template.ts';
import { fillIn } from './variables.ts';

/** What a request carries: a text, or the fields of a form. */
export interface RecordedBody {
  readonly contentType?: string;
  readonly text?: string;
  readonly fields?: readonly RecordedField[];
}

export interface RecordedField extends Pair {
  readonly file?: boolean;
}

export interface RecordedAnswer {
  readonly status: number;
  readonly contentType?: string;
  readonly text?: string;
}

const form = 'application/x-www-form-urlencoded';
const maxExampleChars = 64_000;

/** The body with its fields' types, and what was sent as an example unless something in it is still a variable. */
export function bodyOf(
  body: RecordedBody | undefined,
  headers: readonly Pair[],
  values: Readonly<Record<string, string>>,
): RequestBody | undefined {
  if (body === undefined) return undefined;
  const header = headers.find((one) => /^content-type$/i.test(one.name) && one.disabled !== true)?.value;
  const given = mediaTypeName(header ?? body.contentType);
  const text = body.text === undefined ? undefined : fillIn(body.text, values);
  const media =
    body.fields === undefined
      ? textMedia(given, text)
      : formMedia(given ?? form, fillFields(body.fields, values));
  return media === undefined ? undefined : { required: true, media: [media] };
}

function fillFields(
  fields: readonly RecordedField[],
  values: Readonly<Record<string, string>>,
): RecordedField[] {
  return fields
    .filter((field) => field.disabled !== true && field.name !== '')
    .map((field) => ({ ...field, value: fillIn(field.value, values) }));
}

function textMedia(given: string | undefined, text: string | undefined): MediaType | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  if (given === form) {
    const pairs = parseQuery(text.trim().replace(/\s*[\r\n]+\s*/g, ''));
    return formMedia(form, pairs);
  }
  if (given !== undefined && !isJson(given)) {
    const usable = !hasPlaceholder(text) && text.length <= maxExampleChars;
    return { contentType: given, examples: usable ? [text] : [] };
  }
  const parsed = parseLenient(text);
  if (parsed === undefined || (given === undefined && typeof parsed.value !== 'object')) {
    return { contentType: given ?? 'text/plain', examples: hasPlaceholder(text) ? [] : [text] };
  }
  const usable = parsed.exact && !hasPlaceholder(text) && text.length <= maxExampleChars;
  return jsonMedia(given ?? 'application/json', [parsed.value], usable);
}

function formMedia(contentType: string, fields: readonly RecordedField[]): MediaType | undefined {
  if (fields.length === 0) return undefined;
  const properties = Object.fromEntries(
    fields.map((field): [string, JsonObject] => [
      field.name,
      field.file === true ? { type: 'string', format: 'binary' } : { type: 'string' },
    ]),
  );
  const usable = fields.every((field) => field.file !== true && !hasPlaceholder(field.value));
  const example = Object.fromEntries(fields.map((field): [string, Json] => [field.name, field.value]));
  return {
    contentType,
    schema: { type: 'object', properties, required: Object.keys(properties) },
    examples: usable ? [withoutSecrets(example)] : [],
  };
}

/** A JSON media type that learns its schema from examples and keeps them, without their secrets. */
export function jsonMedia(contentType: string, examples: readonly Json[], keep = true): MediaType {
  const schema = inferSchema(examples);
  const kept = keep ? examples.map((example) => withoutSecrets(example)) : [];
  return { contentType, schema, examples: kept.slice(0, 3) };
}

/**
 * One response a status, with the schema that all its recorded answers fulfil. 304 tells a client that its own copy is
 * good: who sends no `If-None-Match` of that client is promised nothing by it.
 */
export function responsesOf(answers: readonly RecordedAnswer[]): DocumentedResponse[] {
  const usable = answers.filter(({ status }) => status >= 100 && status <= 599 && status !== 304);
  return [...groupBy(usable, (answer) => String(answer.status))].map(([status, group]) => ({
    status,
    media: answerMedia(group),
  }));
}

function answerMedia(answers: readonly RecordedAnswer[]): MediaType[] {
  const byType = groupBy(answers, (answer) => mediaTypeName(answer.contentType) ?? '');
  return [...byType].flatMap(([contentType, group]): MediaType[] => {
    const values = group.flatMap((answer) => {
      const value = answer.text === undefined ? undefined : parseStrict(answer.text);
      return value === undefined ? [] : [value];
    });
    if (contentType === '' || isJson(contentType)) {
      const small = group.every((answer) => (answer.text?.length ?? 0) <= maxExampleChars);
      if (values.length > 0)
        return [jsonMedia(contentType === '' ? 'application/json' : contentType, values, small)];
    }
    return contentType === '' ? [] : [{ contentType, examples: [] }];
  });
}

export function isJson(contentType: string): boolean {
  return /(?:\/|\+)json$/.test(contentType);
}

/** `application/JSON; charset=utf-8` → `application/json`; `undefined` for what is not a media type. */
export function mediaTypeName(value: string | undefined): string | undefined {
  const name = value?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+*-]+$/.test(name) ? name : undefined;
}

/** The value without what is secret by its name, at any depth. */
export function withoutSecrets(value: Json, depth = 0): Json {
  if (depth > 100) return null;
  if (Array.isArray(value)) return value.map((item: Json) => withoutSecrets(item, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => typeof inner === 'object' || !isSensitiveName(name))
      .map(([name, inner]) => [name, withoutSecrets(inner, depth + 1)]),
  );
}
