import { isObject, type Json } from '../../model/json.ts';
import type { Effort } from '../effort.ts';
import { messageOf } from '../errors.ts';
import { parseExactJson } from '../json/exact-json.ts';
import { compilePattern, type Pattern } from '../text/pattern.ts';
import { parseDuration } from '../time/duration.ts';

/** `undefined`: there is no such value. `now`: epoch ms by the wall clock. Throws `TooMuchWork`. */
type Test = (value: Json | undefined, now: number, effort: Effort) => boolean;

/** What a condition says of its subject. */
export interface Predicate {
  /** `> 0`, `is a list` … */
  readonly text: string;
  /** It is about the type: a number of many digits is to be one still, not the text that keeps them. */
  readonly isOfType: boolean;
  readonly test: Test;
}

/** @param about What stands before it, for whoever wrote it. */
export function parsePredicate(text: string, about: string): Predicate {
  refuseUnknownOperator(text, about);
  for (const [pattern, make] of predicates) {
    const match = pattern.exec(text);
    if (match === null) continue;
    return { text, isOfType: pattern === ofType, test: make(match[1] ?? '', match[2] ?? '') };
  }
  const found = text === '' ? 'nothing' : `"${text}"`;
  throw new ConditionError(`${found} behind ${about}`, 'what is to be true of it');
}

const operators: ReadonlySet<string> = new Set(['=', '==', '!=', '>=', '<=', '>', '<', '≥', '≤', '≠']);

/** `===` and `=>` are of other languages; read as `==` with a text behind it, they would never hold, and `!==` always. */
function refuseUnknownOperator(text: string, about: string): void {
  const [found] = /^[=!<>≤≥≠]+/.exec(text) ?? [];
  if (found === undefined || operators.has(found)) return;
  throw new ConditionError(`"${found}" behind ${about}`, '`==`, `!=`, `>=`, `<=`, `>` or `<`');
}

type Make = (value: string, other: string) => Test;

const ofType = /^is (?:an? )?(string|number|integer|boolean|list|array|object|null)$/i;

/** In this order: the longer form before the one that it begins with. */
const predicates: readonly (readonly [RegExp, Make])[] = [
  [/^exists?$/i, () => (value) => !isMissing(value)],
  [/^(?:does not|doesn't) exist$/i, () => isMissing],
  [/^is not empty$/i, () => (value) => value !== undefined && !isEmpty(value)],
  [/^is empty$/i, () => (value) => value !== undefined && isEmpty(value)],
  [ofType, (type) => (value) => isA(value, type)],
  [/^is (younger|older) than (.+)$/is, age],
  [/^(?:is (?:one of|in)|in) (.+)$/is, (list) => oneOf(readList(list))],
  [/^(?:is not (?:one of|in)|not in) (.+)$/is, (list) => not(oneOf(readList(list)))],
  [/^(is not\s|!=|≠)\s*(.+)$/is, (sign, literal) => not(oneOf([readOperand(sign, literal)]))],
  [/^((?:is|equals)\s|==|=(?!=))\s*(.+)$/is, (sign, literal) => oneOf([readOperand(sign, literal)])],
  [/^(>=|<=|≥|≤|>|<)\s*(.+)$/s, compare],
  [/^(?:does not|doesn't) contain (.+)$/is, (literal) => not(contains(readLiteral(literal)))],
  [/^contains (.+)$/is, (literal) => contains(readLiteral(literal))],
  [/^(?:does not|doesn't) match (.+)$/is, (pattern) => not(matches(pattern))],
  [/^matches (.+)$/is, matches],
  [/^starts with (.+)$/is, (literal) => onText((text) => text.startsWith(asText(readLiteral(literal))))],
  [/^ends with (.+)$/is, (literal) => onText((text) => text.endsWith(asText(readLiteral(literal))))],
  [/^has (?:(at least|at most|more than|fewer than) )?(\d+) (?:items?|entries|characters?)$/i, amount],
];

function not(test: Test): Test {
  return (value, now, effort) => value !== undefined && !test(value, now, effort);
}

function onText(test: (text: string, effort: Effort) => boolean): Test {
  return (value, _now, effort) => value !== undefined && test(asText(value), effort);
}

/** JSON has no word for a value that is not there but `null`, and many servers write it. */
function isMissing(value: Json | undefined): boolean {
  return value === undefined || value === null;
}

function oneOf(wanted: readonly Json[]): Test {
  return (value) => value !== undefined && wanted.some((one) => isSame(one, value));
}

/** `0` and `"0"` are the same: a header, and many a number in JSON, is a text, and servers are not consistent about it. */
function isSame(wanted: Json, value: Json): boolean {
  if (typeof wanted === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return wanted === String(value);
  if (typeof value !== 'string' || value.trim() === '')
    return JSON.stringify(wanted) === JSON.stringify(value);
  if (typeof wanted === 'number') return Number(value) === wanted;
  return wanted === value || (typeof wanted === 'boolean' && value === String(wanted));
}

function contains(wanted: Json): Test {
  return (value) => {
    if (Array.isArray(value)) return (value as readonly Json[]).some((one) => isSame(wanted, one));
    return value !== undefined && asText(value).includes(asText(wanted));
  };
}

function matches(written: string): Test {
  const pattern = readPattern(/^\/(.*)\/$/s.exec(written)?.[1] ?? written);
  return onText((text, effort) => {
    effort.spend(1 + text.length * pattern.cost);
    return pattern.test(text);
  });
}

function readPattern(source: string): Pattern {
  try {
    return compilePattern(source);
  } catch (error) {
    throw new ConditionError(`"${source}"`, `a regular expression: ${messageOf(error)}`);
  }
}

function compare(operator: string, written: string): Test {
  const limit = readAmount(written);
  if (limit === undefined)
    throw new ConditionError(`"${written}" behind ${operator}`, 'a number or a size such as 10kb');
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

function amount(how: string, written: string): Test {
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

function age(how: string, written: string): Test {
  const limit = parseDuration(written);
  if (limit === undefined)
    throw new ConditionError(`"${written}" behind ${how} than`, 'a duration such as 10m');
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

/** A sign behind a sign is none that there is (`== = 0`), and hardly a text without quotation marks. */
function readOperand(sign: string, written: string): Json {
  if (/^(?:[=<>≤≥≠]|!=)/.test(written))
    throw new ConditionError(
      `"${written}" behind ${sign.trim()}`,
      'a value, in quotation marks if it is a text',
    );
  return readLiteral(written);
}

/** JSON where it is JSON, also with single quotes, else the text itself, so that texts need no quotes. */
function readLiteral(written: string): Json {
  try {
    return parseExactJson(inDoubleQuotes(written));
  } catch {
    if (/^'[^']*$|^"[^"]*$/.test(written))
      throw new ConditionError(`"${written}"`, 'a quotation mark at the end of the text as well');
    return /^'(.*)'$/s.exec(written)?.[1] ?? written;
  }
}

/** Texts in single quotes (RFC 9535 §2.3.1.1), as filters have them, as JSON writes them. */
function inDoubleQuotes(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|'((?:[^'\\]|\\.)*)'/g, (whole, single: string | undefined) =>
    single === undefined ? whole : `"${single.replaceAll("\\'", "'").replace(/\\.|"/g, escaped)}"`,
  );
}

function escaped(found: string): string {
  return found === '"' ? '\\"' : found;
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

/** A condition that cannot be read: what was found, what was expected, and where all of them are described. */
export class ConditionError extends Error {
  override readonly name = 'ConditionError';

  constructor(found: string, expected: string) {
    super(
      `is no condition: found ${found}, expected ${expected}; write for example \`$.code == 0\`, ` +
        '`$.data.rows is not empty`, `header etag exists` (docs/guide/conditions.md)',
    );
  }
}
