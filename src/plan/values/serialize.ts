import type { Parameter } from '../../model/document.ts';
import { isObject, type Json } from '../../model/json.ts';
import { own } from './schema.ts';

/**
 * OpenAPI 3.1 §4.8.12 and RFC 6570: how a parameter's value is written in its place. Everything that comes out for
 * a URL is percent-encoded.
 */
type Style = Pick<Parameter, 'name' | 'style' | 'explode' | 'allowReserved' | 'contentType' | 'in'>;

type Encode = (text: string) => string;

/** A path segment, or a part of it. */
export function pathText(parameter: Style, value: Json): string {
  const encode: Encode = parameter.allowReserved === true ? encodeReserved : encodeText;
  if (parameter.contentType !== undefined) return encode(contentText(parameter.contentType, value));
  const explode = parameter.explode ?? false;
  const name = encodeText(parameter.name);
  switch (parameter.style) {
    case 'label':
      return `.${expand(value, explode, explode ? '.' : ',', encode)}`;
    case 'matrix':
      return matrixText(name, value, explode, encode);
    default:
      return expand(value, explode, ',', encode);
  }
}

/** `name=value` pairs in order, to be joined by `&`; none for an empty list or object. */
export function queryPairs(parameter: Style, value: Json): readonly string[] {
  const encode: Encode = parameter.allowReserved === true ? encodeReserved : encodeText;
  const name = encodeText(parameter.name);
  if (parameter.contentType !== undefined)
    return [`${name}=${encode(contentText(parameter.contentType, value))}`];
  const style = parameter.style ?? 'form';
  const explode = parameter.explode ?? style === 'form';
  if (style === 'deepObject' && isObject(value)) return deepPairs(parameter.name, value, encode);
  if (Array.isArray(value) && explode) return items(value).map((item) => `${name}=${encode(text(item))}`);
  if (isObject(value) && explode) {
    return Object.entries(value).map(([key, item]) => `${encodeText(key)}=${encode(text(item))}`);
  }
  const isList = Array.isArray(value) || isObject(value);
  if (isList && flatItems(value).length === 0) return [];
  return [
    `${name}=${flatItems(value)
      .map(encode)
      .join(own(separators, style) ?? ',')}`,
  ];
}

/** `name=`: a place for a value, and none is given. */
export function isBlankPair(text: string): boolean {
  return /^[^=]*=$/.test(text);
}

/** `name` or `name=`. */
export function isEmptyPair(text: string): boolean {
  return !/=./.test(text);
}

const separators: Readonly<Record<string, string>> = {
  spaceDelimited: '%20',
  pipeDelimited: '%7C',
  tabDelimited: '%09',
};

/** A header's value: `simple` style, nothing percent-encoded but what HTTP cannot carry (RFC 9110 §5.5). */
export function headerText(parameter: Style, value: Json): string {
  const plain =
    parameter.contentType === undefined
      ? expand(value, parameter.explode ?? false, ',', (part) => part)
      : contentText(parameter.contentType, value);
  return safeHeader(plain);
}

export function safeHeader(value: string): string {
  return value.trim().replace(/[^\u0020-\u007e]+/gu, (run) => encodeText(run));
}

/** `name=value` pairs, to be joined by `; `. */
export function cookiePairs(parameter: Style, value: Json): readonly string[] {
  return queryPairs({ ...parameter, allowReserved: false, style: 'form' }, value);
}

function matrixText(name: string, value: Json, explode: boolean, encode: Encode): string {
  if (!explode || (!Array.isArray(value) && !isObject(value))) {
    return `;${name}=${expand(value, false, ',', encode)}`;
  }
  if (isObject(value)) return `;${expand(value, true, ';', encode)}`;
  return items(value)
    .map((item) => `;${name}=${encode(text(item))}`)
    .join('');
}

function deepPairs(prefix: string, value: Json, encode: Encode): readonly string[] {
  if (Array.isArray(value)) return items(value).flatMap((item) => deepPairs(prefix, item, encode));
  if (!isObject(value)) return [`${encodeText(prefix)}=${encode(text(value))}`];
  return Object.entries(value).flatMap(([key, item]) => deepPairs(`${prefix}[${key}]`, item, encode));
}

function expand(value: Json, explode: boolean, separator: string, encode: Encode): string {
  if (isObject(value) && explode) {
    const pairs = Object.entries(value).map(([key, item]) => `${encode(key)}=${encode(text(item))}`);
    return pairs.join(separator);
  }
  return flatItems(value).map(encode).join(separator);
}

/** A list's items; an object's keys and values in turn; any other value alone. */
function flatItems(value: Json): readonly string[] {
  if (Array.isArray(value)) return items(value).map(text);
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => [key, text(item)]);
  return [text(value)];
}

function items(value: Json): readonly Json[] {
  return value as readonly Json[];
}

/** Deeper structures have no defined form (OpenAPI 3.1 §4.8.12.4); JSON is what servers then expect. */
export function text(value: Json): string {
  if (typeof value === 'string') return wellFormed(value);
  if (value === null) return '';
  if (typeof value === 'number') return inDecimals(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** As people write it: `1e+21` is no number to many servers, and `+` is a blank in a query. */
function inDecimals(value: number): string {
  const short = String(value);
  if (!short.includes('e')) return short;
  return Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(mostDecimals).replace(/0+$/, '');
}

const mostDecimals = 20;

/** A documented pattern spans segments: `projects/[^/]+`. */
export function spansSegments({ schema }: Pick<Parameter, 'schema'>): boolean {
  const pattern = typeof schema === 'object' ? schema['pattern'] : undefined;
  return typeof pattern === 'string' && pattern.replace(/\[[^\]]*\]/g, '').includes('/');
}

function contentText(contentType: string, value: Json): string {
  return /[/+]json$/.test(contentType) || typeof value !== 'string' ? JSON.stringify(value) : value;
}

/** RFC 6570 `{+x}`: reserved characters stay, except those that would end or split a query parameter. */
function encodeReserved(value: string): string {
  const encoded = encodeURI(wellFormed(value)).replace(/%25(?=[0-9a-f]{2})/gi, '%');
  return encoded.replace(/[#&+[\]]/g, encodeText);
}

/** Half a surrogate pair cannot be percent-encoded. */
function wellFormed(value: string): string {
  return value.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** A lone surrogate in a document is no reason to plan nothing. */
function encodeText(text: string): string {
  return encodeURIComponent(wellFormed(text));
}
