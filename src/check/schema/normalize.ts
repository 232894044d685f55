import { isObject, type Json, type JsonObject, type JsonSchema, usualFields } from '../../model/json.ts';
import type { SchemaDialect } from '../../model/document.ts';
import { type InPlaceLoops, loopingRef } from './in-place.ts';
import { knownKind, type Kinds } from './kinds.ts';
import { mapValue } from './usual.ts';

/** A plain JSON Schema (2020-12) object, built by us: every keyword has the shape that the standard asks for. */
export type PlainSchema = Record<string, unknown>;

export interface NormalizeOptions {
  readonly dialect: SchemaDialect;
  /** Gives the address under which the target of a `$ref` can be found; `undefined` when there is none. */
  refer(ref: string): string | undefined;
  /** What tells the kinds of a schema apart. */
  kinds(schema: JsonObject): Kinds | undefined;
  /** The target itself. */
  target(ref: string): JsonSchema | undefined;
  readonly loops: Pick<InPlaceLoops, 'isLoop' | 'meetsLoop'>;
}

const numbers = ['maximum', 'minimum', 'exclusiveMaximum', 'exclusiveMinimum'] as const;
const counts = [
  'maxLength',
  'minLength',
  'maxItems',
  'minItems',
  'maxProperties',
  'minProperties',
  'maxContains',
  'minContains',
] as const;
const single = [
  'contains',
  'not',
  'if',
  'then',
  'else',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'propertyNames',
] as const;
const maps = ['properties', 'patternProperties', 'dependentSchemas'] as const;
const types = new Set(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string']);

/** Deeper than this, a schema is not a description but an attack; what lies deeper accepts anything. */
const maxDepth = 100;
/** References and parts that are followed in search of a property. */
const maxParts = 6;

/**
 * Any dialect to JSON Schema 2020-12 for answers: `nullable` and boolean `exclusiveMinimum` translated, write-only
 * properties not required, what is malformed or unknown left out. Real documents are full of both.
 */
export function normalizeSchema(
  schema: JsonSchema | undefined,
  options: NormalizeOptions,
): PlainSchema | boolean {
  return new Normalizer(options).schema(schema, 0, false);
}

class Normalizer {
  readonly #options: NormalizeOptions;

  constructor(options: NormalizeOptions) {
    this.#options = options;
  }

  /** `choice`: inside `anyOf` and the like, where a sloppy `format` must not decide between branches. */
  schema(source: unknown, depth: number, choice: boolean): PlainSchema | boolean {
    if (typeof source === 'boolean') return source;
    if (!isObject(source) || depth > maxDepth) return true;
    const plain = this.#isBareRef(source) ? this.#ref(source) : this.#keywords(source, depth, choice);
    return isNullable(source) ? nullable(plain) : plain;
  }

  /** Up to OpenAPI 3.0, keywords beside a `$ref` do not count. */
  #isBareRef(source: JsonObject): boolean {
    return typeof source['$ref'] === 'string' && this.#options.dialect !== '2020-12';
  }

  #ref(source: JsonObject): PlainSchema {
    const ref = source['$ref'] ?? source['$dynamicRef'];
    const target = typeof ref === 'string' ? this.#options.refer(ref) : undefined;
    if (typeof ref !== 'string' || target === undefined) return {};
    return this.#options.loops.isLoop(ref) ? { [loopingRef]: target } : { $ref: target };
  }

  #keywords(source: JsonObject, depth: number, choice: boolean): PlainSchema {
    const plain: PlainSchema = this.#ref(source);
    copyType(source, plain);
    copyValues(source, plain);
    copyBounds(source, plain);
    this.#required(source, plain);
    if (Array.isArray(source[usualFields])) plain[usualFields] = source[usualFields];
    if (typeof source['format'] === 'string' && !choice) plain['format'] = source['format'];
    this.#subschemas(source, plain, depth + 1, choice);
    this.#items(source, plain, depth + 1, choice);
    return plain;
  }

  /** A property that is write-only wherever it is described is not in answers. */
  #required(source: JsonObject, plain: PlainSchema): void {
    const required = source['required'];
    if (!Array.isArray(required)) return;
    const names = required.filter((name): name is string => typeof name === 'string');
    const writeOnly = this.#writeOnlyOf(source);
    const expected = names.filter((name) => !writeOnly.has(name));
    if (expected.length > 0) plain['required'] = [...new Set(expected)];
  }

  /** Names of the properties that are write-only in the schema or in what it is put together from. */
  #writeOnlyOf(source: JsonObject): ReadonlySet<string> {
    const names = new Set<string>();
    const depths = new Map<JsonObject, number>([[source, 0]]);
    for (const [part, depth] of depths) {
      const { properties, allOf } = part;
      if (isObject(properties)) {
        for (const name of Object.keys(properties)) if (this.#isWriteOnly(properties[name])) names.add(name);
      }
      const parts = Array.isArray(allOf) ? (allOf as readonly JsonSchema[]) : [];
      for (const next of [this.#targetOf(part), ...parts]) {
        if (isObject(next) && !depths.has(next) && depth < maxParts) depths.set(next, depth + 1);
      }
    }
    return names;
  }

  #isWriteOnly(property: Json | undefined): boolean {
    if (!isObject(property)) return false;
    return property['writeOnly'] === true || this.#targetOf(property)?.['writeOnly'] === true;
  }

  #targetOf(source: JsonObject): JsonObject | undefined {
    const target = typeof source['$ref'] === 'string' ? this.#options.target(source['$ref']) : undefined;
    return isObject(target) ? target : undefined;
  }

  #subschemas(source: JsonObject, plain: PlainSchema, depth: number, choice: boolean): void {
    for (const keyword of single) {
      if (!(keyword in source) || this.#isUndecidable(keyword, source)) continue;
      plain[keyword] =
        keyword === 'additionalProperties' && isAnyObject(source[keyword])
          ? { [mapValue]: true }
          : this.schema(source[keyword], depth, choice || keyword === 'not' || keyword === 'if');
    }
    for (const keyword of maps) {
      const map = source[keyword];
      if (isObject(map)) plain[keyword] = this.#map(map, depth, choice);
    }
    if (Array.isArray(source['allOf'])) plain['allOf'] = this.#list(source['allOf'], depth, choice);
    // That several alternatives fit is the document's ambiguity; that none does is the answer's fault.
    const choices = [source['anyOf'], source['oneOf']]
      .filter((list) => Array.isArray(list) && list.length > 0)
      .map((list) => ({ anyOf: this.#list(list as readonly unknown[], depth, true) }));
    if (this.#kinds(source, plain, choices)) return;
    const [only, other] = choices;
    if (only !== undefined && other === undefined) plain['anyOf'] = only.anyOf;
    if (other !== undefined) plain['allOf'] = [...((plain['allOf'] as unknown[]) ?? []), ...choices];
  }

  /** A value of a known kind follows the schema of that kind; false where nothing tells kinds apart. */
  #kinds(source: JsonObject, plain: PlainSchema, choices: readonly PlainSchema[]): boolean {
    const kinds = this.#options.kinds(source);
    if (kinds === undefined) return false;
    const { property, refs, isClosed, names } = kinds;
    const known = [...refs].filter(([, ref]) => this.#options.refer(ref) !== undefined);
    if (known.length === 0) return false;
    const values = known.map(([kind]) => kind);
    const is = (test: PlainSchema): PlainSchema => ({
      properties: { [property]: test },
      required: [property],
    });
    const branches = known.map(([kind, ref]) => ({
      if: { not: is({ const: kind }) },
      else: this.#ref({ $ref: ref }),
    }));
    const others: readonly PlainSchema[] = isClosed
      ? [is({ [knownKind]: values })]
      : choices.map((choice) => ({ if: is({ enum: values }), else: choice }));
    const possible = [...new Set([...values, ...names])];
    const named = names.length === 0 ? [] : [{ properties: { [property]: { enum: possible } } }];
    plain['allOf'] = [...((plain['allOf'] as unknown[]) ?? []), ...branches, ...others, ...named];
    return true;
  }

  /** Where a loop is cut nothing speaks against the value: its contrary must not be concluded from that. */
  #isUndecidable(keyword: string, source: JsonObject): boolean {
    const condition = keyword === 'then' || keyword === 'else' ? 'if' : keyword;
    if (condition !== 'not' && condition !== 'if') return false;
    return this.#options.loops.meetsLoop(source[condition] as JsonSchema);
  }

  /** `items` as a list is what 2020-12 calls `prefixItems`. */
  #items(source: JsonObject, plain: PlainSchema, depth: number, choice: boolean): void {
    const { items, prefixItems, additionalItems } = source;
    // Swagger 2 and OpenAPI 3 know no lists of items: nothing can be meant by one.
    if (Array.isArray(items) && /^(?:swagger|openapi)/.test(this.#options.dialect)) return;
    if (Array.isArray(items) && items.length > 0) {
      plain['prefixItems'] = this.#list(items, depth, choice);
      if (additionalItems !== undefined) plain['items'] = this.schema(additionalItems, depth, choice);
      return;
    }
    if (Array.isArray(prefixItems) && prefixItems.length > 0) {
      plain['prefixItems'] = this.#list(prefixItems, depth, choice);
    }
    if (items !== undefined && !Array.isArray(items)) plain['items'] = this.schema(items, depth, choice);
  }

  #map(map: JsonObject, depth: number, choice: boolean): PlainSchema {
    const plain: PlainSchema = {};
    for (const [name, schema] of Object.entries(map)) {
      if (name !== '__proto__') plain[name] = this.schema(schema, depth, choice);
    }
    return plain;
  }

  #list(list: readonly unknown[], depth: number, choice: boolean): (PlainSchema | boolean)[] {
    return list.map((schema) => this.schema(schema, depth, choice));
  }
}

/** So generators for Java write the values of a `Map<String, Object>`, which may be anything. */
function isAnyObject(schema: Json | undefined): boolean {
  return (
    isObject(schema) && schema['type'] === 'object' && Object.keys(schema).every((key) => anyKeys.has(key))
  );
}

const anyKeys: ReadonlySet<string> = new Set(['type', 'description', 'title', 'nullable']);

function isNullable(source: JsonObject): boolean {
  return source['nullable'] === true || source['x-nullable'] === true;
}

function nullable(plain: PlainSchema | boolean): PlainSchema | boolean {
  // Not as a choice of two: so the violations of what is not null come out by themselves.
  return typeof plain === 'boolean' ? true : { if: { type: 'null' }, else: plain };
}

function copyType(source: JsonObject, plain: PlainSchema): void {
  const type = source['type'];
  const known = (Array.isArray(type) ? type : [type]).filter(
    (name): name is string => typeof name === 'string' && types.has(name),
  );
  // One type that we do not know (`file`, `date`) makes the list useless: any value may be meant.
  if (known.length === 0 || (Array.isArray(type) && known.length < type.length)) return;
  plain['type'] = known.length === 1 ? known[0] : [...new Set(known)];
}

function copyValues(source: JsonObject, plain: PlainSchema): void {
  if (Array.isArray(source['enum']) && source['enum'].length > 0) {
    plain['enum'] = [...new Set([...(source['enum'] as readonly Json[]), ...meantValues(source)])];
  }
  if ('const' in source) plain['const'] = source['const'];
  if (typeof source['pattern'] === 'string') plain['pattern'] = source['pattern'];
  if (source['uniqueItems'] === true) plain['uniqueItems'] = true;
  if (typeof source['multipleOf'] === 'number' && source['multipleOf'] > 0) {
    plain['multipleOf'] = source['multipleOf'];
  }
}

/**
 * Values that a list means without saying so: `null` where the type names it, and numbers or flags that YAML has made
 * of texts (`enum: [1, 2]` beside `type: string`), or the other way round.
 */
function meantValues(source: JsonObject): readonly Json[] {
  const values = source['enum'] as readonly Json[];
  const types: readonly Json[] = Array.isArray(source['type'])
    ? (source['type'] as readonly Json[])
    : [source['type'] ?? ''];
  const texts = types.includes('string')
    ? values.filter((value) => typeof value === 'number' || typeof value === 'boolean').map(String)
    : [];
  const numbers = types.some((type) => type === 'integer' || type === 'number')
    ? values.filter((value) => typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value)).map(Number)
    : [];
  return [...(types.includes('null') ? [null] : []), ...texts, ...numbers];
}

function copyBounds(source: JsonObject, plain: PlainSchema): void {
  for (const keyword of numbers) {
    if (typeof source[keyword] === 'number') plain[keyword] = source[keyword];
  }
  // Draft 4, Swagger 2 and OpenAPI 3.0: a flag that makes the bound itself exclusive.
  if (source['exclusiveMinimum'] === true) exclude(plain, 'minimum', 'exclusiveMinimum');
  if (source['exclusiveMaximum'] === true) exclude(plain, 'maximum', 'exclusiveMaximum');
  for (const keyword of counts) {
    const value = source[keyword];
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) plain[keyword] = value;
  }
}

function exclude(plain: PlainSchema, bound: string, exclusive: string): void {
  if (plain[bound] === undefined) return;
  plain[exclusive] = plain[bound];
  delete plain[bound];
}
