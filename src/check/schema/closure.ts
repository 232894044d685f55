import type { SchemaPool } from '../../model/document.ts';
import { kindsOf } from './kinds.ts';
import { isObject, type JsonSchema } from '../../model/json.ts';

/** Everything that a schema leads to. */
export interface Closure {
  readonly refs: readonly string[];
  /** How much of it there is: its parts, with long lists and texts counted as several. */
  readonly nodes: number;
}

/** Their keys are names, whatever they are called. */
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions']);
/** What says nothing about answers. */
const asides = new Set([
  'description',
  'title',
  'example',
  'examples',
  'default',
  '$comment',
  'externalDocs',
  'xml',
]);

/** `undefined` when there is more of it than `mostNodes`: nobody looks at the rest. */
export function closureOf(
  schemas: readonly JsonSchema[],
  pool: SchemaPool,
  mostNodes: number,
): Closure | undefined {
  const refs = new Set<string>();
  const waiting: { readonly value: unknown; readonly isMap: boolean }[] = [];
  const add = (value: unknown, isMap = false): void => {
    if (typeof value === 'object' && value !== null) {
      nodes += Array.isArray(value) ? value.length / 20 : isMap ? 0 : 1;
      waiting.push({ value, isMap });
    } else if (typeof value === 'string') nodes += value.length / 500;
  };
  let nodes = 0;
  for (const schema of schemas) add(schema);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, isMap } = next;
    if (nodes > mostNodes) return undefined;
    if (Array.isArray(value)) for (const item of value as readonly unknown[]) add(item);
    if (!isObject(value)) continue;
    for (const key in value) {
      if (nodes > mostNodes) return undefined;
      if (!isMap && (asides.has(key) || key.startsWith('x-'))) continue;
      add(value[key], !isMap && maps.has(key));
    }
    if (isMap) continue;
    for (const ref of [value['$ref'], value['$dynamicRef'], ...(kindsOf(value, pool)?.refs.values() ?? [])]) {
      if (typeof ref !== 'string' || refs.has(ref) || pool[ref] === undefined) continue;
      refs.add(ref);
      add(pool[ref]);
    }
  }
  return nodes > mostNodes ? undefined : { refs: [...refs], nodes };
}
