import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { RawDocument } from '../format.ts';
import { step } from './pointer.ts';

/** The schemas that a file gives names to: `components.schemas` of OpenAPI, `definitions` of Swagger 2. */
export class NamedSchemas {
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
