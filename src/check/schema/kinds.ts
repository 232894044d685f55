import { isObject, type Json, type JsonObject } from '../../model/json.ts';

/** Which schema a value is meant to follow, by what stands in one of its properties (OpenAPI's `discriminator`). */
export interface Kinds {
  readonly property: string;
  /** Values of the property with the references of their schemas. */
  readonly refs: ReadonlyMap<string, string>;
  /** Other values are not documented: the document maps them, and lists the alternatives. */
  readonly isClosed: boolean;
}

/** `undefined` where there is no discriminator, or nothing that it leads to. */
export function kindsOf(schema: JsonObject): Kinds | undefined {
  const { discriminator } = schema;
  if (!isObject(discriminator) || typeof discriminator['propertyName'] !== 'string') return undefined;
  const mapping = isObject(discriminator['mapping']) ? discriminator['mapping'] : {};
  const mapped = Object.entries(mapping).flatMap(([kind, target]): [string, string][] =>
    typeof target === 'string' ? [[kind, refOf(target)]] : [],
  );
  const known = new Set(mapped.map(([, ref]) => ref));
  const listed = [...listOf(schema['oneOf']), ...listOf(schema['anyOf'])];
  // Without a mapping the name of the schema is the value (OpenAPI 3.0.3, 4.8.25).
  const named = listed
    .flatMap((part) => (isObject(part) && typeof part['$ref'] === 'string' ? [part['$ref']] : []))
    .filter((ref) => !known.has(ref))
    .map((ref): [string, string] => [ref.slice(ref.lastIndexOf('/') + 1), ref]);
  const refs = new Map([...named, ...mapped]);
  if (refs.size === 0) return undefined;
  const isClosed = mapped.length > 0 && listed.length > 0;
  return { property: discriminator['propertyName'], refs, isClosed };
}

function refOf(target: string): string {
  return /[#/.]/.test(target) ? target : `#/components/schemas/${target}`;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
