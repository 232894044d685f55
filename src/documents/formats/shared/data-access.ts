import { isObject, type Json, type JsonObject } from '../../../model/json.ts';

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
