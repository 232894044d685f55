import type { Steps } from '../../lib/yielder.ts';
import type { Check } from '../../model/check.ts';
import type { SchemaPool } from '../../model/document.ts';
import { isObject, type Json, type JsonSchema } from '../../model/json.ts';
import { asSchemas, flatten, isSchema } from '../values/schema.ts';
import type { CaptureRule } from './capture-rule.ts';
import { fieldOf } from './field-names.ts';
import { canBeLent, namesRecord } from './id-like.ts';
import { pathOf, resourceOf, showsOne } from './resource.ts';

/** Checks by the stems of fields that name a record and that their documents give to good answers, the simplest first. */
export type FieldIndex = ReadonlyMap<string, readonly Check[]>;

/** Where one holds nothing, another one may. */
const mostLenders = 2;
/** So many are remembered for each field, as some may need the value themselves. */
const mostKnown = 6;
/** Of what is documented of one answer, so much is looked at. */
const mostParts = 300;
const mostLevels = 8;

/** @param checks Whose answers may be learnt from, the simplest first. */
export function* indexFields(checks: readonly Check[]): Steps<FieldIndex> {
  const index = new Map<string, Check[]>();
  for (const check of checks) {
    yield;
    for (const stem of fieldsOf(check)) {
      const known = index.get(stem) ?? [];
      if (known.length < mostKnown) known.push(check);
      index.set(stem, known);
    }
  }
  return index;
}

/**
 * Where nothing lists what a parameter is called after, records of other kinds may name it: `teacherId` in those of `/courses`. Only under
 * that very name, and only where it can mean nothing else.
 */
export function othersRules(to: Check, parameter: string, index: FieldIndex): readonly CaptureRule[] {
  if (!namesRecord(parameter)) return [];
  const field = fieldOf(parameter);
  const lenders = (index.get(field) ?? []).filter(
    ({ id, values }) => id !== to.id && !values.some((one) => one.name === parameter && canBeLent(one)),
  );
  return lenders.slice(0, mostLenders).map(({ id, operation }, at): CaptureRule => {
    const path = pathOf(operation);
    const { noun } = resourceOf(path);
    const pick = { fields: [field], noun, isInside: false, own: [field], isOne: showsOne(path) };
    return { from: id, to: to.id, parameter, pick, carry: {}, beside: [], fixed: {}, rank: -1 - at / 10 };
  });
}

/** A plan is made anew more often than a document. */
const fieldsKnown = new WeakMap<Check['promises'], readonly string[]>();

function fieldsOf({ promises, schemas }: Check): readonly string[] {
  const known = fieldsKnown.get(promises);
  if (known !== undefined) return known;
  const names = new Set<string>();
  for (const { status, schema, examples = [] } of promises) {
    if (!status.startsWith('2')) continue;
    if (schema !== undefined) addDocumented(schema, schemas, names);
    for (const example of examples) addShown(example, names);
  }
  const fields = [...new Set([...names].filter(namesRecord).map(fieldOf))];
  fieldsKnown.set(promises, fields);
  return fields;
}

function addDocumented(schema: JsonSchema, pool: SchemaPool, names: Set<string>): void {
  const waiting = [{ schema, level: 0 }];
  for (const { schema: one, level } of waiting) {
    const flat = level > mostLevels ? undefined : flatten(one, pool);
    if (flat === undefined) continue;
    const { properties, items, anyOf, oneOf } = flat;
    const members = isObject(properties) ? Object.entries(properties) : [];
    for (const [name] of members) names.add(name);
    const below = [...members.map(([, value]) => value), items].filter(isSchema);
    for (const part of [...below, ...asSchemas(anyOf), ...asSchemas(oneOf)]) {
      if (waiting.length >= mostParts) return;
      waiting.push({ schema: part, level: level + 1 });
    }
  }
}

function addShown(example: Json, names: Set<string>): void {
  const waiting: Json[] = [example];
  for (const value of waiting) {
    const parts = Array.isArray(value) ? (value as readonly Json[]).slice(0, 3) : [];
    const members = isObject(value) ? Object.entries(value) : [];
    for (const [name] of members.slice(0, mostParts)) names.add(name);
    for (const part of [...parts, ...members.map(([, one]) => one)]) {
      if (waiting.length >= mostParts) return;
      waiting.push(part);
    }
  }
}
