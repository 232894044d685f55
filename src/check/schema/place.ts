import type { SchemaPool } from '../../model/document.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import { kindsOf, nameOf } from './kinds.ts';
import { stepsOf } from './violations.ts';

/** Parts of a schema that are looked at for each step into a value. */
const mostParts = 200;

/**
 * Violations in the light of everything that the schema says of their places: one inside a value of a kind says which
 * kind was meant (`/bark: expected …, found … (type "dog": Dog)`), and nobody misses in an answer what is write-only by
 * any part of the schema, also by one beside the part that requires it.
 */
export function placed(
  findings: readonly Finding[],
  body: Json,
  schema: JsonSchema,
  pool: SchemaPool,
): readonly Finding[] {
  return findings.flatMap((finding): readonly Finding[] => {
    const { pointer, expected = '', message } = finding;
    if (pointer === undefined) return [finding];
    const { parts, kind } = placeAt(stepsOf(pointer), body, schema, pool);
    const [, missing] = /^property "(.+)"$/s.exec(expected) ?? [];
    if (missing !== undefined && parts.some((part) => isWriteOnly(part, missing, pool))) return [];
    return [kind === undefined ? finding : { ...finding, message: `${message} (${kind})` }];
  });
}

interface Place {
  /** Everything that a value is held against. */
  readonly parts: readonly JsonObject[];
  /** The innermost kind on the way, in words. */
  readonly kind: string | undefined;
}

function placeAt(steps: readonly string[], body: Json, schema: JsonSchema, pool: SchemaPool): Place {
  let value: Json | undefined = body;
  let place = expand([schema], value, pool);
  for (const step of steps) {
    const parts = place.parts.flatMap((part) => below(part, step));
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(step)];
    else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    const next = expand(parts, value, pool);
    place = { parts: next.parts, kind: next.kind ?? place.kind };
  }
  return place;
}

function isWriteOnly({ properties }: JsonObject, name: string, pool: SchemaPool): boolean {
  const property = isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  return (
    property !== undefined &&
    expand([property as JsonSchema], undefined, pool).parts.some(({ writeOnly }) => writeOnly === true)
  );
}

function expand(parts: readonly JsonSchema[], value: Json | undefined, pool: SchemaPool): Place {
  const found = new Set<JsonObject>();
  let kind: string | undefined;
  const add = (part: JsonSchema | undefined): void => {
    if (isObject(part) && found.size < mostParts) found.add(part);
  };
  for (const part of parts) add(part);
  for (const part of found) {
    const { $ref, allOf } = part;
    if (typeof $ref === 'string') add(pool[$ref]);
    if (Array.isArray(allOf)) for (const one of allOf as readonly JsonSchema[]) add(one);
    const kinds = isObject(value) ? kindsOf(part, pool) : undefined;
    if (kinds === undefined || !isObject(value)) {
      for (const list of [part['oneOf'], part['anyOf']])
        if (Array.isArray(list)) for (const one of list as readonly JsonSchema[]) add(one);
      continue;
    }
    const said = value[kinds.property];
    const ref = typeof said === 'string' ? kinds.refs.get(said) : undefined;
    if (ref === undefined) continue;
    kind = `${kinds.property} ${JSON.stringify(said)}: ${nameOf(ref)}`;
    add(pool[ref]);
  }
  return { parts: [...found], kind };
}

function below({ properties, items, additionalProperties }: JsonObject, step: string): readonly JsonSchema[] {
  const named = isObject(properties) && Object.hasOwn(properties, step) ? properties[step] : undefined;
  const found = [named, items, named === undefined ? additionalProperties : undefined];
  return found.filter(isObject);
}
