import type { SchemaPool } from '../../../model/document.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../../model/json.ts';
import type { RawDocument } from '../../format.ts';
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
    let changed = false;
    const entries: [string, Json][] = [];
    for (const [key, value] of Object.entries(node)) {
      const entry = this.#entry(key, value, file, pointer);
      if (entry === undefined || entry[0] !== key || entry[1] !== value) changed = true;
      if (entry !== undefined) entries.push(entry);
    }
    const taken = changed ? Object.fromEntries(entries) : node;
    this.#taken.set(node, taken);
    return taken;
  }

  #entry(key: string, value: Json, file: RawDocument, pointer: string): [string, Json] | undefined {
    // Identifiers would move the base that references are resolved against.
    if (identifiers.has(key)) return undefined;
    if ((key === '$ref' || key === '$dynamicRef') && typeof value === 'string') {
      const target = this.#refer(value, file, pointer);
      return target === undefined ? undefined : ['$ref', target];
    }
    if (typeof value !== 'object' || value === null || holdsData(key)) return [key, value];
    return [key, this.#member(key, value, file, step(pointer, key))];
  }

  #member(key: string, value: Json, file: RawDocument, pointer: string): Json {
    if (Array.isArray(value)) {
      const items = value.map((item: Json, index) => this.#item(item, file, step(pointer, index)));
      return items.every((item, index) => item === value[index]) ? value : items;
    }
    if (!isObject(value)) return value;
    if (key === 'discriminator') return this.#discriminator(value, file, pointer);
    if (!namedMembers.has(key)) return this.#object(value, file, pointer);
    const members = Object.entries(value).map(
      ([name, member]) => [name, this.#item(member, file, step(pointer, name))] as const,
    );
    return members.every(([name, member]) => member === value[name]) ? value : Object.fromEntries(members);
  }

  #item(value: Json, file: RawDocument, pointer: string): Json {
    return isObject(value) ? this.#object(value, file, pointer) : value;
  }

  #discriminator(value: JsonObject, file: RawDocument, pointer: string): JsonObject {
    if (!isObject(value['mapping'])) return value;
    const mapping = Object.entries(value['mapping']).map(([name, reference]) => {
      const isReference = typeof reference === 'string' && /[#/]|\.(?:json|ya?ml)$/.test(reference);
      return [name, isReference ? (this.#refer(reference, file, pointer) ?? reference) : reference] as const;
    });
    return { ...value, mapping: Object.fromEntries(mapping) };
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
