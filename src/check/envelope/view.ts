import { looseName, messageNames, noteNames } from '../../lib/text/said.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { errorNames, isBlockName, isOfEnvelope, payloadNames } from './names.ts';
import { saysNoFailure } from './words.ts';

/** A field of a body (its value), or of a schema (what describes it). */
export interface Field<V> {
  /** Its keys from the top of the body. */
  readonly path: readonly string[];
  readonly value: V;
}

/**
 * What an envelope is read from, by loose names: the fields at the top of a body, or those of a block in it that says how the call went
 * (`{ head: { code, msg }, body }`) with those beside it.
 */
export type Fields<V> = ReadonlyMap<string, Field<V>>;

/** Envelopes have few fields; an object of many is what the operation is about. */
export const mostFields = 10;
/** Of a larger one whose field is known, so many are looked at. */
const mostSeen = 64;

/** `head.code` */
export function nameOf({ path }: Pick<Field<unknown>, 'path'>): string {
  return path.join('.');
}

/** The fields of an object, and those of each block in it. */
export function viewsOf(body: JsonObject): readonly Fields<Json>[] {
  const top = new Map<string, Field<Json>>();
  let seen = 0;
  for (const name in body) {
    if (++seen > mostSeen) break;
    const value = body[name];
    if (value !== undefined) addRead(top, { path: [name], value });
  }
  return [top, ...blocksOf(top, fieldsIn), ...soapBodyOf(top)];
}

/** Taobao's `ret: ["FAIL_SYS_SESSION_EXPIRED::令牌过期"]` is a code and a message. */
function addRead(fields: Map<string, Field<Json>>, field: Field<Json>): void {
  const [line, ...others] = Array.isArray(field.value) ? (field.value as readonly Json[]) : [];
  const parts = typeof line === 'string' && others.length === 0 ? line.split('::') : [];
  const [code = '', text = ''] = parts;
  if (parts.length !== 2 || looseName(field.path.join('')) !== 'ret') return add(fields, field);
  add(fields, { path: field.path, value: code });
  if (!fields.has('msg')) fields.set('msg', { path: field.path, value: text });
}

/** Of SOAP that was made JSON: `{ "soap:Envelope": { "soap:Body": { … } } }`. */
function soapBodyOf(top: Fields<Json>): readonly Fields<Json>[] {
  const [whole, ...others] = [...top];
  if (whole === undefined || others.length > 0 || !/(?:^|:)envelope$/.test(whole[0])) return [];
  const [, { path, value }] = whole;
  const body = Object.entries(isObject(value) ? value : {}).find(([name]) =>
    /(?:^|:)body$/.test(looseName(name)),
  );
  if (body === undefined || !isObject(body[1])) return [];
  const view = new Map<string, Field<Json>>();
  for (const [name, one] of Object.entries(body[1]).slice(0, mostSeen)) {
    view.set(looseName(name).replace(/^.*:/, ''), { path: [...path, body[0], name], value: one });
  }
  return [view];
}

/**
 * @param inside The fields of a block; `undefined`: it is none.
 */
export function blocksOf<V>(
  top: Fields<V>,
  inside: (value: V) => readonly (readonly [string, V])[] | undefined,
): readonly Fields<V>[] {
  return [...top].flatMap(([loose, { path, value }]) => {
    const own = isBlockName(loose) ? inside(value) : undefined;
    if (own === undefined || own.length === 0 || own.length > mostFields) return [];
    const view = new Map<string, Field<V>>();
    for (const [name, one] of own) add(view, { path: [...path, name], value: one });
    for (const [name, field] of top) if (name !== loose && !view.has(name)) view.set(name, field);
    return [view];
  });
}

function fieldsIn(value: Json): readonly (readonly [string, Json])[] | undefined {
  return isObject(value) ? Object.entries(value) : undefined;
}

function add<V>(fields: Map<string, Field<V>>, field: Field<V>): void {
  const loose = looseName(field.path.at(-1) ?? '');
  if (!fields.has(loose)) fields.set(loose, field);
}

/** The field at a path, with what it is read with. */
export function fieldAt(
  views: readonly Fields<Json>[],
  path: readonly string[],
): { readonly view: Fields<Json>; readonly field: Field<Json> } | undefined {
  const whole = JSON.stringify(path);
  for (const view of views) {
    const field = view.get(looseName(path.at(-1) ?? ''));
    if (field !== undefined && JSON.stringify(field.path) === whole) return { view, field };
  }
  return undefined;
}

/** What went wrong, in the words of a body that is an envelope. */
export function messageIn(body: JsonObject): string | undefined {
  return viewsOf(body)
    .map(messageOf)
    .find((text) => text !== undefined);
}

/** The same of one view. */
export function messageOf(view: Fields<Json>): string | undefined {
  return textIn(view, messageNames) ?? errorTextOf(view)?.text ?? textIn(view, noteNames);
}

function textIn(view: Fields<Json>, names: readonly string[]): string | undefined {
  return names.map((name) => view.get(name)?.value).find(isText);
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

/** What an error is, and its words. */
export interface Told {
  readonly field: Field<Json>;
  /** Its own fields, where it has some. */
  readonly about: Fields<Json>;
  readonly text: string | undefined;
}

const nothing: Fields<Json> = new Map();

/** The error that a body names; `undefined`: it names none. */
export function errorTextOf(view: Fields<Json>): Told | undefined {
  for (const name of errorNames) {
    const field = view.get(name);
    const value = Array.isArray(field?.value) ? (field.value as readonly Json[])[0] : field?.value;
    if (field === undefined || value === undefined || isEmpty(value)) continue;
    const at = Array.isArray(field.value) ? [...field.path, '0'] : field.path;
    if (isText(value)) {
      if (!isOfNone(value)) return { field: { path: at, value }, about: nothing, text: value };
    } else if (isObject(value)) {
      const about = new Map<string, Field<Json>>();
      for (const [key, one] of Object.entries(value).slice(0, mostSeen))
        add(about, { path: [...at, key], value: one });
      const text = textIn(about, messageNames) ?? textIn(about, noteNames);
      return { field: { path: at, value }, about, text };
    }
  }
  return undefined;
}

function isOfNone(text: string): boolean {
  return meansNone.test(text) || saysNoFailure(text);
}

const meansNone = /^(?:none|null|nil|no|false|0+|ok|success|n\/?a|-)$/i;

/** Something is carried that is not empty. */
export function carriesData(view: Fields<Json>): boolean {
  return payloads(view).some((value) => !isEmpty(value));
}

/** There is a place for what was asked for. */
export function hasPayload(view: Fields<Json>): boolean {
  return payloads(view).length > 0;
}

function payloads(view: Fields<Json>): readonly Json[] {
  return payloadNames.flatMap((name) => {
    const field = view.get(name);
    // `info` is a message in some.
    const isMessage = name === 'info' && typeof field?.value === 'string';
    return field === undefined || isMessage ? [] : [field.value];
  });
}

/** There is nothing that would have been asked for: all that is not part of an envelope is empty. */
export function isPure(view: Fields<Json>): boolean {
  for (const [loose, { value, path }] of view) {
    if (isOfEnvelope(loose) || isEmpty(value) || value === 0 || value === false) continue;
    // Of JSON-RPC.
    if (loose === 'id' && view.has('jsonrpc')) continue;
    if (path.length === 1 && isBlockName(loose)) continue;
    return false;
  }
  return true;
}

export function isEmpty(value: Json): boolean {
  if (value === null || value === '') return true;
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

/** Nothing is carried: it is empty, the answer to several questions none of which was answered, or Meituan's `"data": "ng"`. */
export function isHollow(view: Fields<Json>): boolean {
  return payloads(view).every(
    (value) =>
      isEmpty(value) ||
      value === 'ng' ||
      (isObject(value) && Object.values(value).every((one) => one === null)),
  );
}
