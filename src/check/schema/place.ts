import { sentence } from '../../messages/sentence.ts';
import type { SchemaPool } from '../../model/document.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import { kindsOf, nameOf } from './kinds.ts';
import { stepsOf, valueAt } from './violations.ts';
import { missingIn } from './wording.ts';

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
): readonly Placed[] {
  return findings.flatMap((finding) => {
    const { pointer } = finding;
    if (pointer === undefined) return [finding];
    const { parts, own, kind } = placeAt(stepsOf(pointer), body, schema, pool);
    if (isMissedInVain(finding, parts, pool)) return [];
    const { message } = finding;
    const what = isMoment(finding, body, parts) ? sentence('inEpochNumbers', { what: message }) : message;
    return [{ ...finding, message: kind === undefined ? what : sentence('ofKind', { what, ...kind }), own }];
  });
}

/** Whether the property that a violation misses is write-only by one of the `parts`. */
export function isMissedInVain(finding: Finding, parts: readonly JsonObject[], pool: SchemaPool): boolean {
  const missing = missingIn(finding);
  return missing !== undefined && parts.some((part) => isWriteOnly(part, missing, pool));
}

/** Seconds or milliseconds since 1970 where a date is documented as text. */
function isMoment({ expected, pointer = '' }: Finding, body: Json, parts: readonly JsonObject[]): boolean {
  const value = expected === 'string' ? valueAt(body, pointer) : undefined;
  const isEpoch = typeof value === 'number' && /^1\d{9}(?:\d{3})?$/.test(String(value));
  return isEpoch && parts.some(({ format }) => format === 'date-time' || format === 'date');
}

/** What a value is held against whatever alternatives there are: references and parts that all count. */
export function jointParts(schemas: readonly JsonSchema[], pool: SchemaPool): readonly JsonObject[] {
  const found = new Set<JsonObject>();
  const add = (part: JsonSchema | undefined): void => {
    if (isObject(part) && found.size < mostParts) found.add(part);
  };
  for (const schema of schemas) add(schema);
  for (const { $ref, allOf } of found) {
    if (typeof $ref === 'string') add(pool[$ref]);
    if (Array.isArray(allOf)) for (const one of allOf as readonly JsonSchema[]) add(one);
  }
  return [...found];
}

/** A violation, with what stands at its place in the schema. */
export type Placed = Finding & Partial<Pick<SchemaPlace, 'own'>>;

interface SchemaPlace {
  /** Everything that a value is held against. */
  readonly parts: readonly JsonObject[];
  /** Of those, what it is held against before its own references, parts and alternatives are followed. */
  readonly own: readonly JsonObject[];
  /** The innermost kind on the way. */
  readonly kind: KindMet | undefined;
}

/** What the property that tells kinds apart says, as JSON, and the schema that is meant. */
interface KindMet {
  readonly property: string;
  readonly value: string;
  readonly name: string;
}

function placeAt(steps: readonly string[], body: Json, schema: JsonSchema, pool: SchemaPool): SchemaPlace {
  let value: Json | undefined = body;
  let place = expand([schema], value, pool);
  for (const step of steps) {
    const parts = place.parts.flatMap((part) => below(part, step));
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(step)];
    else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    const next = expand(parts, value, pool);
    place = { ...next, kind: next.kind ?? place.kind };
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

function expand(parts: readonly JsonSchema[], value: Json | undefined, pool: SchemaPool): SchemaPlace {
  const found = new Set<JsonObject>();
  let kind: KindMet | undefined;
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
    kind = { property: kinds.property, value: JSON.stringify(said), name: nameOf(ref) };
    add(pool[ref]);
  }
  return { parts: [...found], own: parts.filter(isObject), kind };
}

function below({ properties, items, additionalProperties }: JsonObject, step: string): readonly JsonSchema[] {
  const named = isObject(properties) && Object.hasOwn(properties, step) ? properties[step] : undefined;
  const found = [named, items, named === undefined ? additionalProperties : undefined];
  return found.filter(isObject);
}
