import { isObject, type Json, type JsonObject } from '../../../model/json.ts';

/** A non-empty text, trimmed; numbers count, since YAML makes them of versions. */
export function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** `x-*` members, but for the one by which the reader of GraphQL says what is asked: nobody else may say that. */
export function extensionsOf(value: JsonObject): JsonObject {
  const found: Record<string, Json> = {};
  for (const key in value) if (key.startsWith('x-') && key !== 'x-graphql') found[key] = value[key] ?? null;
  return found;
}

/** Lower case, without parameters: `application/json`. */
export function mediaTypeOf(value: string): string {
  return (value.split(';', 1)[0] ?? '').trim().toLowerCase();
}

/** Behind that a description no longer says what is done. */
const longestBeginning = 300;
const longestRead = 4000;

/** What a description in Markdown or HTML begins with, as plain text on one line; `undefined` when there is none. */
export function beginningOf(text: string | undefined): string | undefined {
  const plain = (text ?? '')
    .slice(0, longestRead)
    .replace(/```[^]*?(?:```|$)/g, '\n\n')
    .replace(/<br\s*\/?>|<\/(?:p|div|li|tr|h\d)>/gi, '\n\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/[*`]+/g, '')
    .replace(/^ {0,3}#{1,6} [^\n]*$/gm, '$&\n')
    .split(/\n\s*\n|\n(?=\s*(?:[-+>#•]|\d+[.)]))|(?<=\p{Script=Han})\s*\n/u)
    .map((part) =>
      part
        .replace(/^[\s#>+•-]+/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((part) => part !== '')
    .join('; ');
  return plain === '' ? undefined : plain.slice(0, longestBeginning);
}

/** Looks into data that a stranger wrote: what is not of the kind asked for is taken as absent. */

export function textAt(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : undefined;
}

export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isObject(value) ? value : {};
}

/** The objects in a list. */
export function objectsAt(object: JsonObject, key: string): readonly JsonObject[] {
  return objectsIn(object[key]);
}

export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function textsAt(object: JsonObject, key: string): readonly string[] {
  const value = object[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Whether a text is JSON or XML by its first character: none of the formats that are plain text. */
export function isMarkup(text: string): boolean {
  return /^\s*[{[<]/.test(text.slice(0, 1000));
}

/** Texts that read as a whole number or a boolean become one; `007` and phone-like numbers stay texts. */
export function typedValue(text: string): Json {
  if (/^(?:0|-?[1-9]\d{0,14})$/.test(text)) return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : text;
}
