import { Effort, TooMuchWork } from '../../lib/effort.ts';
import type { ValueOrigin } from '../../model/check.ts';
import type { SchemaPool } from '../../model/document.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';
import { isUsable } from './placeholder.ts';
import { asArray, asSchemas, flatten, isSchema, merge, numberAt, own, typeOf } from './schema.ts';
import { numberByName, textByName } from './name-heuristics.ts';
import { dayOf, isoDate } from './days.ts';
import { matcher, textMatching } from './pattern.ts';

/** A value that fits a schema and where it comes from. */
export interface Sample {
  readonly value: Json;
  readonly origin: ValueOrigin;
  /** The operation in whose answer it was found. */
  readonly from?: string;
  /** It is no longer there. */
  readonly isKept?: true;
  /** It was made up, as what the answer of this operation holds has a configured secret in it. */
  readonly withheldFrom?: string;
}

export interface SampleContext {
  readonly pool: SchemaPool;
  /** Epoch ms; only its day matters, so that a generated value does not change from cycle to cycle. */
  readonly now: number;
  /** What the value is called, which says much about what it should look like. */
  readonly name: string;
  /** Tells equal items of one array apart. */
  readonly salt?: number;
  readonly depth?: number;
  /** What making it up may take; absent: as much as for one operation. */
  readonly effort?: Effort;
}

/** Deep enough for real bodies, shallow enough for a schema that contains itself. */
const maxDepth = 12;
const maxItems = 64;

/** What making up the values of one operation may take: some 20 ms. */
export const mostSteps = 20_000;

/**
 * The best value that the schema itself offers: documented (example, default, const, enum) before the smallest
 * one that fits. `undefined` when none can be made, for instance for a pattern with a look-ahead.
 */
export function sample(schema: JsonSchema, context: SampleContext): Sample | undefined {
  try {
    return sampled(schema, { ...context, effort: context.effort ?? new Effort(mostSteps) });
  } catch (error) {
    // All alternatives of all alternatives: nobody writes such a body by hand either.
    if (error instanceof TooMuchWork) return undefined;
    throw error;
  }
}

function sampled(schema: JsonSchema, context: SampleContext): Sample | undefined {
  if ((context.depth ?? 0) > maxDepth) return undefined;
  const flat = flatten(schema, context.pool);
  if (flat === undefined) return undefined;
  context.effort?.spend(10 + Object.keys(flat).length);
  return documented(flat, context) ?? generated(flat, context);
}

/** The sample in the form of a list item or a property: one step deeper. */
function nested(schema: JsonSchema, context: SampleContext, name: string, salt: number): Sample | undefined {
  return sampled(schema, { ...context, name, salt, depth: (context.depth ?? 0) + 1 });
}

function documented(flat: JsonObject, context: SampleContext): Sample | undefined {
  const salt = context.salt ?? 0;
  const examples = [flat['example'], ...asArray(flat['examples'])].filter((value) => isUsable(value));
  const example = examples[salt];
  if (example !== undefined) return { value: example, origin: 'example' };
  const fallback = flat['default'];
  if (salt === 0 && isUsable(fallback)) return { value: fallback, origin: 'default' };
  if (flat['const'] !== undefined) return { value: flat['const'], origin: 'enum' };
  const choices = asArray(flat['enum']).filter((value) => value !== null && value !== '');
  const choice = choices[salt];
  return choice === undefined ? undefined : { value: choice, origin: 'enum' };
}

function generated(flat: JsonObject, context: SampleContext): Sample | undefined {
  if ('enum' in flat) return undefined;
  for (const branch of [...asSchemas(flat['oneOf']), ...asSchemas(flat['anyOf'])]) {
    const chosen = sampleBranch(flat, branch, context);
    if (chosen !== undefined) return chosen;
  }
  if ('oneOf' in flat || 'anyOf' in flat) return undefined;
  switch (typeOf(flat)) {
    case 'object':
      return sampleObject(flat, context);
    case 'array':
      return sampleArray(flat, context);
    case 'boolean':
      return (context.salt ?? 0) > 1 ? undefined : made(context.salt === 1);
    case 'null':
      return made(null);
    case 'integer':
    case 'number':
      return made(sampleNumber(flat, context));
    case 'file':
      return undefined;
    case 'string':
    case undefined:
      return made(sampleText(flat, context));
  }
}

function made(value: Json | undefined): Sample | undefined {
  return value === undefined ? undefined : { value, origin: 'generated' };
}

function sampleBranch(flat: JsonObject, branch: JsonSchema, context: SampleContext): Sample | undefined {
  const { oneOf: _one, anyOf: _any, ...base } = flat;
  const resolved = flatten(branch, context.pool);
  if (resolved === undefined || typeOf(resolved) === 'null') return undefined;
  return sampled(merge(base, resolved), { ...context, depth: (context.depth ?? 0) + 1 });
}

function sampleArray(flat: JsonObject, context: SampleContext): Sample | undefined {
  const fixed = asSchemas(flat['prefixItems'] ?? (Array.isArray(flat['items']) ? flat['items'] : undefined));
  const rest = isSchema(flat['items']) ? flat['items'] : true;
  const least = numberAt(flat, 'minItems') ?? 0;
  // An empty list says nothing in a URL, so a parameter gets one item where it may.
  const wanted = context.depth === undefined ? Math.max(1, least) : least;
  const count = Math.min(wanted, numberAt(flat, 'maxItems') ?? wanted);
  if (count < least || least > maxItems) return undefined;
  const items: Sample[] = [];
  for (let index = 0; index < count; index++) {
    const salt = flat['uniqueItems'] === true ? index : 0;
    const item = nested(fixed[index] ?? rest, context, context.name, salt);
    if (item === undefined) return items.length >= least ? joined(items, items.map(valueOf)) : undefined;
    items.push(item);
  }
  if (flat['uniqueItems'] === true && hasRepeats(items)) return undefined;
  return joined(items, items.map(valueOf));
}

function hasRepeats(items: readonly Sample[]): boolean {
  return new Set(items.map(({ value }) => JSON.stringify(value))).size < items.length;
}

function sampleObject(flat: JsonObject, context: SampleContext): Sample | undefined {
  const members: Record<string, Json> = {};
  const samples: Sample[] = [];
  const properties = isObject(flat['properties']) ? flat['properties'] : {};
  for (const name of wantedProperties(flat, properties, context.depth === undefined)) {
    const schema = own(properties, name) ?? flat['additionalProperties'] ?? true;
    if (isObject(schema) && schema['readOnly'] === true) continue;
    const member = nested(isSchema(schema) ? schema : true, context, name, 0);
    if (member === undefined) return undefined;
    samples.push(member);
    members[name] = member.value;
  }
  return joined(samples, members);
}

/** The required ones, and as many optional ones as `minProperties` asks for: a parameter without any says nothing. */
function wantedProperties(flat: JsonObject, properties: JsonObject, isParameter: boolean): readonly string[] {
  const names = new Set(asArray(flat['required']).filter((name) => typeof name === 'string'));
  const any = isParameter && Object.keys(properties).length > 0 ? 1 : 0;
  const least = Math.min(Math.max(numberAt(flat, 'minProperties') ?? 0, any), maxItems);
  for (const name of Object.keys(properties)) if (names.size < least) names.add(name);
  for (let extra = 1; names.size < least; extra++) names.add(`extra${extra}`);
  return [...names];
}

function valueOf(item: Sample): Json {
  return item.value;
}

/** Documented throughout, or as made up as the worst of its parts. */
function joined(parts: readonly Sample[], value: Json): Sample {
  const invented = parts.length === 0 || parts.some((part) => part.origin === 'generated');
  return { value, origin: invented ? 'generated' : (parts[0]?.origin ?? 'generated') };
}

/**
 * The number nearest to 1 that the schema admits: ids and page numbers count from there. `salt` moves on to
 * others. `format: unix-time` is the moment itself, in seconds. `undefined` when the bounds leave no room.
 */
function sampleNumber(
  flat: JsonObject,
  context: { readonly salt?: number; readonly name: string; readonly now: number },
): number | undefined {
  const range = rangeOf(flat);
  if (flat['format'] === 'unix-time') return Math.floor(context.now / 1000) + (context.salt ?? 0);
  const named = (context.salt ?? 0) === 0 && !('multipleOf' in flat) ? numberByName(context) : undefined;
  if (named !== undefined && fits(named, range)) return named;
  const step = strideOf(flat);
  const start =
    step !== undefined && fits(step, range)
      ? step
      : nearestToOne(step === undefined ? anywhere(range) : multiples(range, step), range);
  const offset = (context.salt ?? 0) * (step ?? gap(range));
  if (start === undefined || offset === 0) return start;
  return [exact(start + offset), exact(start - offset)].find((value) => fits(value, range));
}

interface Range {
  readonly low: number;
  readonly high: number;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
}

/** Both spellings of exclusive bounds: a flag beside `minimum` (draft 4, OpenAPI 3.0) and a number of its own. */
function rangeOf(flat: JsonObject): Range {
  const minimum = numberAt(flat, 'minimum') ?? -Infinity;
  const maximum = numberAt(flat, 'maximum') ?? Infinity;
  const above = numberAt(flat, 'exclusiveMinimum') ?? -Infinity;
  const below = numberAt(flat, 'exclusiveMaximum') ?? Infinity;
  return {
    low: Math.max(minimum, above),
    high: Math.min(maximum, below),
    lowOpen: flat['exclusiveMinimum'] === true || above >= minimum,
    highOpen: flat['exclusiveMaximum'] === true || below <= maximum,
  };
}

function fits(value: number, range: Range): boolean {
  const above = range.lowOpen ? value > range.low : value >= range.low;
  const below = range.highOpen ? value < range.high : value <= range.high;
  return above && below && Number.isFinite(value);
}

function nearestToOne(candidates: readonly number[], range: Range): number | undefined {
  return candidates
    .filter((value) => fits(value, range))
    .toSorted((a, b) => Math.abs(a - 1) - Math.abs(b - 1))[0];
}

function anywhere({ low, high }: Range): readonly number[] {
  return [1, 0, low, high, low + 1, high - 1, (low + high) / 2];
}

function multiples({ low, high }: Range, step: number): readonly number[] {
  const [up, down] = [Math.ceil(low / step), Math.floor(high / step)];
  return [1, 0, up, up + 1, down, down - 1].map((count) => exact(count * step));
}

/** What values are multiples of; a broken step is stretched to a whole one for integers: 0.5 → 1, 0.3 → 3. */
function strideOf(flat: JsonObject): number | undefined {
  const whole = typeOf(flat) === 'integer';
  const step = numberAt(flat, 'multipleOf');
  if (step === undefined || step <= 0) return whole ? 1 : undefined;
  if (!whole || Number.isInteger(step)) return step;
  for (let count = 1; count <= 1000; count++) {
    const value = exact(step * count);
    if (Number.isInteger(value)) return value;
  }
  return step;
}

function gap({ low, high }: Range): number {
  return Number.isFinite(high - low) ? (high - low) / 128 : 1;
}

/** Without the dust of binary fractions: 0.1 · 3 is 0.3. */
function exact(value: number): number {
  return Number(value.toPrecision(15));
}

const longest = 4096;

interface TextContext {
  readonly now: number;
  readonly name: string;
  readonly salt?: number;
}

/** The smallest text that fits `format`, `pattern` and the lengths; `undefined` when none can be proved to. */
function sampleText(flat: JsonObject, context: TextContext): string | undefined {
  const least = numberAt(flat, 'minLength') ?? 0;
  const most = Math.min(numberAt(flat, 'maxLength') ?? longest, longest);
  const fits = (text: string) => text.length >= least && text.length <= most;
  const format = typeof flat['format'] === 'string' ? flat['format'] : undefined;
  const formatted = format === undefined ? [] : (own(formats, format)?.(context, least) ?? []);
  const pattern = typeof flat['pattern'] === 'string' ? flat['pattern'] : undefined;
  if (pattern !== undefined) {
    const matches = formatted.length === 0 ? undefined : matcher(pattern);
    return (
      formatted.find((text) => fits(text) && matches?.(text) === true) ?? textMatching(pattern, least, most)
    );
  }
  if (formatted.length > 0) return formatted.find((text) => fits(text));
  const named = format === undefined && (context.salt ?? 0) === 0 ? textByName(context) : undefined;
  if (named !== undefined && fits(named)) return named;
  const plain = plainText(context, least, most);
  return fits(plain) ? plain : undefined;
}

/** `1` for what counts or identifies, `a` otherwise, stretched to the least length. */
function plainText({ name, salt = 0 }: TextContext, least: number, most: number): string {
  if (most === 0) return '';
  const letter = /(?:id|no|num|number|code|key|序号|编号|编码)s?$/i.test(name) ? '1' : 'a';
  const text = salt === 0 ? letter : `${letter}${salt.toString(36)}`.slice(-Math.max(1, most));
  return text.padEnd(Math.min(least, longest), letter);
}

/** By `format`: one or more texts, the best first. A format that is not here constrains nothing. */
const formats: Readonly<Record<string, (context: TextContext, least: number) => readonly string[]>> = {
  date: ({ now, salt = 0 }) => [isoDate(dayOf(now, -1 - salt))],
  'date-time': ({ now, salt = 0 }) => [new Date(dayOf(now, -1 - salt)).toISOString()],
  time: ({ salt = 0 }) => [`00:00:${String(salt % 60).padStart(2, '0')}Z`],
  duration: ({ salt = 0 }) => [`P${1 + salt}D`],
  email: ({ salt = 0 }, least) => [`a${number(salt)}@example.com`.padStart(least, 'a')],
  'idn-email': ({ salt = 0 }, least) => [`a${number(salt)}@example.com`.padStart(least, 'a')],
  hostname: ({ salt = 0 }) => [`a${number(salt)}.example.com`],
  'idn-hostname': ({ salt = 0 }) => [`a${number(salt)}.example.com`],
  ipv4: ({ salt = 0 }) => [`192.0.2.${1 + salt}`],
  ip: ({ salt = 0 }) => [`192.0.2.${1 + salt}`],
  ipv6: ({ salt = 0 }) => [`2001:db8::${1 + salt}`],
  uri: webAddress,
  url: webAddress,
  iri: webAddress,
  'uri-reference': webAddress,
  'iri-reference': webAddress,
  'uri-template': webAddress,
  uuid: ({ salt = 0 }) => [`00000000-0000-4000-8000-${(1 + salt).toString(16).padStart(12, '0')}`],
  byte: ({ salt = 0 }, least) => [
    Buffer.from(`a${number(salt)}`).toString('base64'),
    'YWFh'.repeat(Math.ceil(least / 4)),
  ],
  'json-pointer': ({ salt = 0 }) => [`/a${number(salt)}`],
  'relative-json-pointer': ({ salt = 0 }) => [`${salt}`],
  regex: ({ salt = 0 }) => [`a${number(salt)}`],
  int32: ({ salt = 0 }) => [`${1 + salt}`],
  int64: ({ salt = 0 }) => [`${1 + salt}`],
  uint64: ({ salt = 0 }) => [`${1 + salt}`],
  number: ({ salt = 0 }) => [`${1 + salt}`],
};

function webAddress({ salt = 0 }: TextContext, least: number): readonly string[] {
  return [`https://example.com/${number(salt)}`.padEnd(least, 'a')];
}

function number(salt: number): string {
  return salt === 0 ? '' : String(salt);
}
