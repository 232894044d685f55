import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Examined } from '../../lib/condition/condition.ts';
import { exactJsonOf } from '../../lib/json/json-of.ts';
import { type Json, isObject } from '../../model/json.ts';
import type { SchemeResponse } from '../scheme.ts';

/** First value of a header. */
export function headerOf(response: Pick<SchemeResponse, 'headers'>, name: string): string | undefined {
  const value = response.headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

/** All values of a header. */
export function linesOf({ headers }: Pick<SchemeResponse, 'headers'>, name: string): readonly string[] {
  const value = headers[name] ?? [];
  return typeof value === 'string' ? [value] : value;
}

/** As the conditions of a sign-in see it. */
export function examined(response: SchemeResponse): Examined {
  const data = (): Json | undefined => dataOf(response);
  return {
    status: response.status,
    bytes: Buffer.byteLength(response.body),
    header: (name) => headerOf(response, name),
    text: () => response.body,
    json: data,
    exact: data,
  };
}

/**
 * What an answer says as data: JSON, a form (GitHub without `Accept`), or the leaves of XML by their names;
 * `undefined` for pages and plain text. Its label is not asked: JSON is often called `text/html`.
 */
export function dataOf(response: Pick<SchemeResponse, 'headers' | 'body'>): Json | undefined {
  return exactJsonOf(response.body) ?? formOf(response) ?? xmlLeaves(response.body);
}

function formOf({ headers, body }: Pick<SchemeResponse, 'headers' | 'body'>): Json | undefined {
  const isForm = mediaTypeOf({ headers }) === 'application/x-www-form-urlencoded';
  if (!isForm && !/^(?:[\w.-]+=[^&\s<>]*&)*access_token=[^&\s<>]+(?:&|$)/.test(body.trim())) return undefined;
  return Object.fromEntries(new URLSearchParams(body.trim()));
}

/** Pages are left alone: what stands in them are no values. */
function xmlLeaves(body: string): Json | undefined {
  const text = body.trim();
  if (!text.startsWith('<') || /^(?:<!--[^]{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(text))
    return undefined;
  const leaves = [...text.matchAll(/<(?:\w+:)?([A-Za-z_][\w.-]{0,60})(?:\s[^<>]{0,300})?>([^<>]*)(?=<\/)/g)];
  const values = leaves.map(([, name = '', value = '']) => [name, unescaped(value.trim())] as const);
  const present = values.filter(([, value]) => value !== '');
  return present.length === 0 ? undefined : Object.fromEntries(present);
}

function unescaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (all, name: string) => entities[name] ?? all);
}

export function mediaTypeOf(response: Pick<SchemeResponse, 'headers'>): string | undefined {
  const type = headerOf(response, 'content-type')?.split(';')[0]?.trim().toLowerCase();
  return type === undefined || !/^[\w.+-]+\/[\w.+-]+$/.test(type) ? undefined : type;
}

const mostKeys = 12;
const deepest = 3;

/**
 * An answer that may hold a token, as anybody may see it: the names of its keys, and numbers under names that say how
 * it went. A value never stands there: whatever it is called, it may be the token.
 */
export function namesIn(response: Pick<SchemeResponse, 'headers' | 'body'>): Sentence {
  if (response.body.trim() === '') return sentence('isEmpty');
  const keys = keyPaths(dataOf(response) ?? null, '', 1);
  const shown = keys.slice(0, mostKeys).join(', ');
  if (keys.length > 0) return sentence('hasKeys', { keys: `${shown}${keys.length > mostKeys ? ' …' : ''}` });
  const type = mediaTypeOf(response);
  const n = Buffer.byteLength(response.body);
  return type === undefined ? sentence('isBytes', { n }) : sentence('isBytesOf', { n, type });
}

function keyPaths(value: Json, path: string, depth: number): readonly string[] {
  if (Array.isArray(value)) return depth > deepest ? [] : keyPaths(value[0] ?? null, `${path}[0]`, depth);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const place = path === '' ? nameShown(key) : `${path}.${nameShown(key)}`;
    const inside = depth < deepest ? keyPaths(item, place, depth + 1) : [];
    return inside.length > 0 ? inside : [`${place}${outcomeShown(key, item)}`];
  });
}

/** A map may have tokens for keys. */
function nameShown(key: string): string {
  return /^[A-Za-z_$@-][\w$.@-]{0,31}$/.test(key) && !/\d(?:.*\d){2}/.test(key) ? key : '…';
}

/** `code 40013` is what a person needs to look it up; a token is longer, and an OAuth error is a word. */
function outcomeShown(key: string, value: Json): string {
  const isOutcome =
    /^(?:(?:err(?:or)?|ret|resp|result|return)_?)?(?:code|no)$|^(?:ret|status|success|ok|error)$/i.test(key);
  if (!isOutcome) return '';
  const text = typeof value === 'object' ? '' : String(value);
  const isPlain = typeof value === 'boolean' || /^-?\d{1,6}$/.test(text) || /^[a-z]+(?:_[a-z]+)+$/.test(text);
  return isPlain && text.length <= 60 ? ` ${text}` : '';
}
