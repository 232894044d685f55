import { parseExactJson } from '../../lib/json/exact-json.ts';
import { parseDuration } from '../../lib/time/duration.ts';
import type { Effort } from '../../lib/effort.ts';
import { compileJsonPath, type JsonPath } from '../../lib/json/json-path.ts';
import { isObject, type Json } from '../../model/json.ts';
import { compilePattern } from '../schema/pattern.ts';

/** What a sentence is about. */
export type Subject =
  | { readonly kind: 'path'; readonly find: JsonPath; readonly some: boolean }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'body' }
  | { readonly kind: 'size' };

/** `undefined`: there is no such value. */
export type Predicate = (value: Json | undefined, now: number, effort: Effort) => boolean;

export interface Assertion {
  readonly text: string;
  readonly subject: Subject;
  /** `> 0`, `is a list` … */
  readonly predicate: string;
  /** It is about the type: a number of many digits is to be one still, not the text that keeps them. */
  readonly isOfType: boolean;
  readonly test: Predicate;
}

const longest = 4000;

const examples = '`$.data.total > 0`, `$.items is not empty`, `body contains ok`, `header etag exists`';

/** Reads `$.data.total > 0` and the like. Throws an `Error` that says what is wrong with the sentence. */
export function parseAssertion(text: string): Assertion {
  if (text.length > longest) throw new Error(`is longer than ${longest} characters`);
  const { subject, rest } = readSubject(text.trim());
  for (const [pattern, make] of predicates) {
    const match = pattern.exec(rest);
    if (match === null) continue;
    const test = make(match[1] ?? '', match[2] ?? '');
    return { text: text.trim(), subject, predicate: rest, isOfType: pattern === ofType, test };
  }
  throw new Error(
    `says nothing that can be checked about its subject ("${rest}"); write for example ${examples}`,
  );
}

function readSubject(text: string): { readonly subject: Subject; readonly rest: string } {
  const header = /^header\s+([\w-]+)\s+(.+)$/is.exec(text);
  if (header !== null) {
    return { subject: { kind: 'header', name: (header[1] ?? '').toLowerCase() }, rest: header[2] ?? '' };
  }
  const word = /^(body|size)\s+(.+)$/is.exec(text);
  if (word !== null) {
    return { subject: { kind: word[1]?.toLowerCase() === 'size' ? 'size' : 'body' }, rest: word[2] ?? '' };
  }
  const path = /^(?:(some|every)\s+)?(\$(?:\[(?:'[^']*'|"[^"]*"|[^\]'"])*\]|[^\s[])*)\s*(.+)$/is.exec(text);
  if (path === null) throw new Error(`has no subject; write for example ${examples}`);
  const find = compileJsonPath(path[2] ?? '$');
  return { subject: { kind: 'path', find, some: path[1]?.toLowerCase() === 'some' }, rest: path[3] ?? '' };
}

type Make = (value: string, other: string) => Predicate;

const ofType = /^is (?:an? )?(string|number|integer|boolean|list|array|object|null)$/i;

/** In this order: the longer form before the one that it begins with. */
const predicates: readonly (readonly [RegExp, Make])[] = [
  [/^exists?$/i, () => (value) => value !== undefined],
  [/^(?:does not|doesn't) exist$/i, () => (value) => value === undefined],
  [/^is not empty$/i, () => (value) => value !== undefined && !isEmpty(value)],
  [/^is empty$/i, () => (value) => value !== undefined && isEmpty(value)],
  [ofType, (type) => (value) => isA(value, type)],
  [/^is (younger|older) than (.+)$/is, age],
  [/^is (?:one of|in) (.+)$/is, (list) => oneOf(readList(list))],
  [/^is not (?:one of|in) (.+)$/is, (list) => not(oneOf(readList(list)))],
  [/^(?:is not|!=|≠) (.+)$/is, (literal) => not(oneOf([readLiteral(literal)]))],
  [/^(?:is|==?|equals) (.+)$/is, (literal) => oneOf([readLiteral(literal)])],
  [/^(>=|<=|≥|≤|>|<)\s*(.+)$/s, compare],
  [/^(?:does not|doesn't) contain (.+)$/is, (literal) => not(contains(readLiteral(literal)))],
  [/^contains (.+)$/is, (literal) => contains(readLiteral(literal))],
  [/^(?:does not|doesn't) match (.+)$/is, (pattern) => not(matches(pattern))],
  [/^matches (.+)$/is, matches],
  [/^starts with (.+)$/is, (literal) => onText((text) => text.startsWith(asText(readLiteral(literal))))],
  [/^ends with (.+)$/is, (literal) => onText((text) => text.endsWith(asText(readLiteral(literal))))],
  [/^has (?:(at least|at most|more than|fewer than) )?(\d+) (?:items?|entries|characters?)$/i, amount],
];

function not(predicate: Predicate): Predicate {
  return (value, now, effort) => value !== undefined && !predicate(value, now, effort);
}

function onText(test: (text: string, effort: Effort) => boolean): Predicate {
  return (value, _now, effort) => value !== undefined && test(asText(value), effort);
}

function oneOf(wanted: readonly Json[]): Predicate {
  const texts = new Set(wanted.map((value) => JSON.stringify(value)));
  // A header, and many a number in JSON, is a text.
  return (value) =>
    value !== undefined && (texts.has(JSON.stringify(value)) || wanted.some((one) => isLoosely(one, value)));
}

function isLoosely(wanted: Json, value: Json): boolean {
  if (typeof value !== 'string' || value.trim() === '') return false;
  return typeof wanted === 'number'
    ? Number(value) === wanted
    : typeof wanted === 'boolean' && value === String(wanted);
}

function contains(wanted: Json): Predicate {
  return (value) => {
    if (Array.isArray(value))
      return (value as readonly Json[]).some((one) => JSON.stringify(one) === JSON.stringify(wanted));
    return value !== undefined && asText(value).includes(asText(wanted));
  };
}

function matches(written: string): Predicate {
  const pattern = compilePattern(/^\/(.*)\/$/s.exec(written)?.[1] ?? written);
  return onText((text, effort) => {
    effort.spend(1 + text.length * pattern.cost);
    return pattern.test(text);
  });
}

function compare(operator: string, written: string): Predicate {
  const limit = readAmount(written);
  if (limit === undefined) throw new Error(`compares with "${written}", which is not a number or a size`);
  const whole = wholeNumber(written.trim());
  return (value) => {
    const exact = wholeNumber(value);
    if (whole !== undefined && exact !== undefined) return isMet(exact, whole);
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && !Number.isNaN(number) && isMet(number, limit);
  };

  function isMet<N extends number | bigint>(number: N, limit: N): boolean {
    if (operator === '>') return number > limit;
    if (operator === '<') return number < limit;
    return operator === '>=' || operator === '≥' ? number >= limit : number <= limit;
  }
}

/** With all its digits; no longer than numbers that anybody writes. */
function wholeNumber(value: Json | undefined): bigint | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^-?\d{1,40}$/.test(text) ? BigInt(text) : undefined;
}

function amount(how: string, written: string): Predicate {
  const limit = Number(written);
  return (value) => {
    const count = countOf(value);
    if (count === undefined) return false;
    switch (how.toLowerCase()) {
      case 'at least':
        return count >= limit;
      case 'at most':
        return count <= limit;
      case 'more than':
        return count > limit;
      case 'fewer than':
        return count < limit;
      default:
        return count === limit;
    }
  };
}

function age(how: string, written: string): Predicate {
  const limit = parseDuration(written);
  if (limit === undefined)
    throw new Error(`compares an age with "${written}", which is not a duration such as 10m`);
  return (value, now) => {
    const at = timeOf(value);
    if (at === undefined) return false;
    return how.toLowerCase() === 'younger' ? now - at < limit : now - at > limit;
  };
}

/** Epoch ms of a timestamp: ISO 8601, `2026-01-01 08:00:00` in local time, seconds or milliseconds since 1970. */
function timeOf(value: Json | undefined): number | undefined {
  const number = typeof value === 'string' && /^\d{9,14}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number') return number < 1e11 ? number * 1000 : number;
  const at = typeof number === 'string' ? Date.parse(number) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

const units: Readonly<Record<string, number>> = { b: 1, kb: 1000, mb: 1e6, kib: 1024, mib: 1024 ** 2 };

function readAmount(written: string): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?(?:e\d+)?)\s*([a-z]*)$/i.exec(written.trim());
  const unit = match?.[2] === '' ? 1 : units[match?.[2]?.toLowerCase() ?? ''];
  return match === null || unit === undefined ? undefined : Number(match[1]) * unit;
}

/** JSON where it is JSON, else the text itself, so that texts need no quotes. */
function readLiteral(written: string): Json {
  try {
    return parseExactJson(written);
  } catch {
    return /^'(.*)'$/s.exec(written)?.[1] ?? written;
  }
}

function readList(written: string): readonly Json[] {
  const whole = readLiteral(written);
  if (Array.isArray(whole)) return whole as readonly Json[];
  return written.split(/\s*,\s*|\s+or\s+/).map(readLiteral);
}

function isA(value: Json | undefined, type: string): boolean {
  switch (type.toLowerCase()) {
    case 'list':
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type.toLowerCase();
  }
}

function isEmpty(value: Json): boolean {
  return value === null || countOf(value) === 0;
}

function countOf(value: Json | undefined): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
