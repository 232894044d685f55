import { sentence } from '../../../messages/sentence.ts';
import type { SchemaPool } from '../../../model/document.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../../model/json.ts';
import type { RawDocument } from '../format.ts';
import { holdsData, namedMembers } from './walk-references.ts';
import { step } from './pointer.ts';
import type { Located, References } from './references.ts';

/**
 * Gathers the schemas that operations reach. A schema is handed on as it is; only where it refers to another file
 * or to a name is it copied, with the reference rewritten to its key in the pool.
 */
export class SchemaCollector {
  readonly #references: References;
  readonly #pool = new Map<string, JsonSchema>();
  readonly #taken = new WeakMap<JsonObject, JsonObject>();
  readonly #named = new Map<RawDocument, NamedSchemas>();
  readonly #waiting: (readonly [key: string, target: Located])[] = [];

  constructor(references: References) {
    this.#references = references;
  }

  get pool(): SchemaPool {
    return Object.fromEntries(this.#pool);
  }

  /** A schema as it goes into the document; what is no schema accepts everything. */
  take(schema: Located<Json | undefined>): JsonSchema {
    const taken = this.#rewrite(schema.value, schema.file, schema.pointer);
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      const [key, target] = next;
      this.#pool.set(key, this.#rewrite(target.value, target.file, target.pointer));
    }
    return taken;
  }

  #rewrite(schema: Json | undefined, file: RawDocument, pointer: string): JsonSchema {
    if (isObject(schema)) return this.#object(schema, file, pointer);
    return typeof schema === 'boolean' ? schema : true;
  }

  #object(node: JsonObject, file: RawDocument, pointer: string): JsonObject {
    const known = this.#taken.get(node);
    if (known !== undefined) return known;
    const taken = rewritten(node, (key, value) => this.#value(key, value, file, pointer));
    this.#taken.set(node, taken);
    return taken;
  }

  /** `undefined` for what is left out. */
  #value(key: string, value: Json, file: RawDocument, pointer: string): Json | undefined {
    // Identifiers would move the base that references are resolved against.
    if (identifiers.has(key)) return undefined;
    if ((key === '$ref' || key === '$dynamicRef') && typeof value === 'string') {
      return this.#refer(value, file, pointer);
    }
    if (key === 'discriminator') return this.#discriminator(value, file, pointer);
    if (typeof value !== 'object' || value === null || holdsData(key)) return value;
    if (key === 'items' && Array.isArray(value)) this.#reportItems(file, step(pointer, key));
    return this.#member(key, value, file, step(pointer, key));
  }

  #member(key: string, value: Json, file: RawDocument, pointer: string): Json {
    if (Array.isArray(value)) {
      const items = value.map((item: Json, index) => this.#item(item, file, step(pointer, index)));
      return items.every((item, index) => item === value[index]) ? value : items;
    }
    if (!isObject(value)) return value;
    if (!namedMembers.has(key)) return this.#object(value, file, pointer);
    return rewritten(value, (name, member) => this.#item(member, file, step(pointer, name)));
  }

  #item(value: Json, file: RawDocument, pointer: string): Json {
    return isObject(value) ? this.#object(value, file, pointer) : value;
  }

  /**
   * In the form of OpenAPI 3 (Swagger 2 has the name of the property alone), names of schemas as references. A parent leads
   * to what is made of it, which nothing else may refer to.
   */
  #discriminator(value: Json, file: RawDocument, parent: string): Json {
    if (typeof value === 'string') return this.#discriminator({ propertyName: value }, file, parent);
    if (!isObject(value)) return value;
    const named = this.#named.get(file) ?? new NamedSchemas(file);
    this.#named.set(file, named);
    for (const heir of named.heirsOf(parent)) this.#refer(heir, file, parent);
    if (!isObject(value['mapping'])) return value;
    const mapping = Object.entries(value['mapping']).map(([kind, target]) => {
      if (typeof target !== 'string') return [kind, target] as const;
      const isReference = /[#/]|\.(?:json|ya?ml)$/.test(target);
      const reference = named.refOf(target) ?? (isReference ? target : undefined);
      return [
        kind,
        reference === undefined ? target : (this.#refer(reference, file, parent) ?? target),
      ] as const;
    });
    return { ...value, mapping: Object.fromEntries(mapping) };
  }

  /** Up to OpenAPI 3.0, `items` is one schema; later documents may name a dialect in which it is a list. */
  #reportItems(file: RawDocument, pointer: string): void {
    const { data } = this.#references.entry;
    const version = JSON.stringify(data?.['swagger'] ?? data?.['openapi']) ?? '';
    if (!/^"?(?:2|3(?:\.0|"?$))/.test(version)) return;
    const message = sentence('listOfSchemas');
    const hint = sentence('giveOneSchema');
    this.#references.report('list-of-items', message, file, pointer, { level: 'warning', hint });
  }

  /** The key of a reference's target, which is put into the pool. */
  #refer(reference: string, file: RawDocument, pointer: string): string | undefined {
    const target = this.#references.locate(reference, file, pointer);
    if (target === undefined) return undefined;
    const key = this.#references.keyOf(reference, target);
    if (!this.#pool.has(key)) {
      this.#pool.set(key, true);
      this.#waiting.push([key, target]);
    }
    return key;
  }
}

const identifiers: ReadonlySet<string> = new Set(['$id', '$anchor', '$dynamicAnchor', '$schema']);

/** The object itself when nothing in it changes; `undefined` leaves a member out. */
function rewritten(holder: JsonObject, rewrite: (key: string, value: Json) => Json | undefined): JsonObject {
  let copy: Record<string, Json> | undefined;
  const keys = Object.keys(holder);
  for (const [index, key] of keys.entries()) {
    const value = holder[key] as Json;
    const taken = rewrite(key, value);
    const name = key === '$dynamicRef' && typeof value === 'string' ? '$ref' : key;
    if (copy === undefined && (taken !== value || name !== key)) {
      copy = {};
      for (const before of keys.slice(0, index)) setOwn(copy, before, holder[before] as Json);
    }
    if (copy !== undefined && taken !== undefined) setOwn(copy, name, taken);
  }
  return copy ?? holder;
}

/** Also a member called `__proto__`, which an assignment would take for something else. */
function setOwn(holder: Record<string, Json>, name: string, value: Json): void {
  if (name === '__proto__')
    Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
  else holder[name] = value;
}

/** The schemas that a file gives names to: `components.schemas` of OpenAPI, `definitions` of Swagger 2. */
class NamedSchemas {
  readonly #place: string;
  readonly #schemas: JsonObject;
  /** By reference of a schema: references of those that are made of it by `allOf`. */
  readonly #heirs = new Map<string, string[]>();

  constructor({ data }: RawDocument) {
    const components = data?.['components'];
    const schemas = isObject(components) ? components['schemas'] : data?.['definitions'];
    this.#place = isObject(components) ? '/components/schemas' : '/definitions';
    this.#schemas = isObject(schemas) ? schemas : {};
    for (const [name, schema] of Object.entries(this.#schemas)) {
      for (const part of isObject(schema) ? listOf(schema['allOf']) : []) {
        const parent = isObject(part) ? part['$ref'] : undefined;
        if (typeof parent !== 'string') continue;
        this.#heirs.set(parent, [...(this.#heirs.get(parent) ?? []), this.#refOf(name)]);
      }
    }
  }

  /** The reference of a schema by its name; `undefined` when there is none of that name. */
  refOf(name: string): string | undefined {
    return Object.hasOwn(this.#schemas, name) ? this.#refOf(name) : undefined;
  }

  /** References of everything that is made of the schema at a pointer, heirs of heirs included. */
  heirsOf(pointer: string): ReadonlySet<string> {
    const found = new Set(this.#heirs.get(`#${pointer}`));
    for (const heir of found) for (const next of this.#heirs.get(heir) ?? []) found.add(next);
    return found;
  }

  #refOf(name: string): string {
    return `#${step(this.#place, name)}`;
  }
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
