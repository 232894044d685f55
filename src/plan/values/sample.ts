import { Effort, TooMuchWork } from '../../lib/effort.ts';
import type { ValueOrigin } from '../../model/check.ts';
import type { SchemaPool } from '../../model/document.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';
import { isUsable } from './placeholder.ts';
import { sampleNumber } from './sample-number.ts';
import { sampleText } from './sample-text.ts';
import { asArray, asSchemas, flatten, isSchema, merge, numberAt, own, typeOf } from './schema.ts';

/** A value that fits a schema and where it comes from. */
export interface Sample {
  readonly value: Json;
  readonly origin: ValueOrigin;
  /** The operation in whose answer it was found. */
  readonly from?: string;
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
