import type { SchemaPool } from '../../model/document.ts';
import { firstEntries } from '../../lib/json/first-entries.ts';
import { pointerPart } from '../../lib/json/json-path.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';

/** Fields of long lists repeat: the first items tell what there is. */
const itemsLookedAt = 10;
const maxFields = 20;
/** Of one object. No program knows more fields by name; which others such a schema may document is not asked. */
const mostProperties = 2000;

/** The shapes of the schemas of all documents: definitions are shared by operations, so are their shapes. */
export class Shapes {
  readonly #known = new WeakMap<JsonObject, Shape>();

  of(schemas: readonly JsonSchema[], pool: SchemaPool): Shape {
    const [only] = schemas;
    const target = schemas.length === 1 ? resolve(only, pool) : undefined;
    if (!isObject(target)) return new Shape(schemas, pool, this);
    let shape = this.#known.get(target);
    if (shape === undefined) {
      shape = new Shape([target], pool, this);
      this.#known.set(target, shape);
    }
    return shape;
  }
}

/** Follows a schema that is nothing but a reference. */
function resolve(schema: JsonSchema | undefined, pool: SchemaPool): JsonSchema | undefined {
  let target = schema;
  for (let hop = 0; hop < 10; hop++) {
    const ref = isObject(target) && Object.keys(target).length === 1 ? target['$ref'] : undefined;
    const next = typeof ref === 'string' ? pool[ref] : undefined;
    if (next === undefined) break;
    target = next;
  }
  return target;
}

/**
 * Which fields a schema knows of, at any depth, whatever combination of alternatives it is made of. Parts are worked
 * out when a body gets there, so cycles do no harm.
 */
export class Shape {
  readonly #pool: SchemaPool;
  readonly #shapes: Shapes;
  readonly #properties = new Map<string, JsonSchema[]>();
  readonly #required = new Set<Json>();
  readonly #items: JsonSchema[] = [];
  /** Of the values of a map. */
  readonly #others: JsonSchema[] = [];
  readonly #children = new Map<string, Shape>();
  #item: Shape | undefined;
  /** Other fields are documented as possible, or nothing is said about fields at all. */
  #isOpen = false;

  constructor(schemas: readonly JsonSchema[], pool: SchemaPool, shapes: Shapes) {
    this.#pool = pool;
    this.#shapes = shapes;
    const seen = new Set<JsonSchema>();
    for (const schema of schemas) this.#absorb(schema, seen);
    if (this.#properties.size === 0) this.#isOpen = true;
  }

  /** Pointers of the fields that are not documented, `*` for the items of lists. */
  undocumented(body: Json): readonly string[] {
    const found = new Set<string>();
    this.#walk(body, '', found);
    return [...found];
  }

  /** What is said of the field that the steps of a pointer lead to; `undefined` where nothing is. */
  field(steps: readonly string[]): 'required' | 'optional' | undefined {
    const [name, ...below] = steps;
    if (name === undefined) return undefined;
    const isItem = this.#items.length > 0 && /^\d+$/.test(name);
    const next = isItem ? this.#ofItems() : (this.#child(name) ?? this.#ofOthers());
    if (below.length > 0) return next?.field(below);
    if (isItem || next === undefined) return undefined;
    return this.#required.has(name) ? 'required' : 'optional';
  }

  #walk(value: Json, pointer: string, found: Set<string>): void {
    if (typeof value !== 'object' || value === null || found.size >= maxFields) return;
    if (Array.isArray(value)) {
      if (this.#items.length === 0) return;
      const item = this.#ofItems();
      const count = Math.min(value.length, itemsLookedAt);
      for (let index = 0; index < count; index++) item.#walk(value[index] as Json, `${pointer}/*`, found);
      return;
    }
    const object = value as JsonObject;
    for (const name in object) {
      const field = object[name] ?? null;
      const child = this.#child(name);
      if (child === undefined) {
        if (!this.#isOpen) found.add(pointer + pointerPart(name));
      } else if (typeof field === 'object' && field !== null) {
        child.#walk(field, pointer + pointerPart(name), found);
      }
    }
  }

  #ofItems(): Shape {
    this.#item = this.#item ?? this.#shapes.of(this.#items, this.#pool);
    return this.#item;
  }

  #ofOthers(): Shape | undefined {
    return this.#others.length === 0 ? undefined : this.#shapes.of(this.#others, this.#pool);
  }

  #child(name: string): Shape | undefined {
    const known = this.#children.get(name);
    if (known !== undefined) return known;
    const schemas = this.#properties.get(name);
    if (schemas === undefined) return undefined;
    const child = this.#shapes.of(schemas, this.#pool);
    this.#children.set(name, child);
    return child;
  }

  #absorb(schema: JsonSchema | undefined, seen: Set<JsonSchema>): void {
    if (!isObject(schema)) {
      this.#isOpen = true;
      return;
    }
    if (seen.has(schema)) return;
    seen.add(schema);
    const { $ref, properties, items, required, additionalProperties, unevaluatedProperties } = schema;
    if (typeof $ref === 'string') this.#absorb(this.#pool[$ref], seen);
    if (isObject(properties)) {
      const first = firstEntries(properties, mostProperties);
      for (const [name, property] of first) this.#add(name, property as JsonSchema);
      if (first.length === mostProperties) this.#isOpen = true;
    }
    if (Array.isArray(required)) for (const name of required as readonly Json[]) this.#required.add(name);
    if (isObject(items)) this.#items.push(items);
    if (isObject(additionalProperties)) this.#others.push(additionalProperties);
    // A closed object is for the schema to judge; an open or a mapped one takes any name.
    if (additionalProperties !== undefined || unevaluatedProperties !== undefined) this.#isOpen = true;
    if (isObject(schema['patternProperties'])) this.#isOpen = true;
    for (const part of partsOf(schema)) this.#absorb(part, seen);
  }

  #add(name: string, schema: JsonSchema): void {
    const known = this.#properties.get(name);
    if (known === undefined) this.#properties.set(name, [schema]);
    else known.push(schema);
  }
}

function partsOf(schema: JsonObject): readonly JsonSchema[] {
  const lists = [schema['allOf'], schema['anyOf'], schema['oneOf']].flatMap((list) =>
    Array.isArray(list) ? (list as readonly JsonSchema[]) : [],
  );
  const single = [schema['if'], schema['then'], schema['else']].filter(isObject);
  // `null` as an alternative says nothing about fields.
  return [...lists, ...single].filter((part) => !isObject(part) || part['type'] !== 'null');
}
