import type { SchemaPool } from '../../model/document.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import { kindsOf, nameOf } from './kinds.ts';
import { stepsOf } from './violations.ts';

/** Parts of a schema that are looked at for each step into a value. */
const mostParts = 200;

/** A violation inside a value of a kind says which kind was meant: `/bark: expected …, found … (type "dog": Dog)`. */
export function namingKind(finding: Finding, body: Json, schema: JsonSchema, pool: SchemaPool): Finding {
  const kind = meantKind(stepsOf(finding.pointer ?? ''), body, schema, pool);
  if (kind === undefined || finding.expected === undefined) return finding;
  return { ...finding, message: `${finding.message} (${kind})` };
}

/** The innermost kind on the way to a place, in words. */
function meantKind(
  steps: readonly string[],
  body: Json,
  schema: JsonSchema,
  pool: SchemaPool,
): string | undefined {
  let kind: string | undefined;
  let parts: readonly JsonSchema[] = [schema];
  let value: Json | undefined = body;
  for (const step of [...steps, undefined]) {
    const expanded = expand(parts, value, pool);
    kind = expanded.kind ?? kind;
    if (step === undefined || value === undefined || value === null) break;
    parts = expanded.parts.flatMap((part) => below(part, step));
    value = Array.isArray(value) ? (value as readonly Json[])[Number(step)] : (value as JsonObject)[step];
  }
  return kind;
}

/** Everything that a value is held against where it stands, with the kind that it says it is of. */
function expand(
  parts: readonly JsonSchema[],
  value: Json | undefined,
  pool: SchemaPool,
): { readonly parts: readonly JsonObject[]; readonly kind: string | undefined } {
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
  const named = isObject(properties) ? properties[step] : undefined;
  const found = [named, items, named === undefined ? additionalProperties : undefined];
  return found.filter(isObject);
}
