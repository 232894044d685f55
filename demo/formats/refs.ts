import { isObject, type Json, type JsonSchema } from '../../src/model/json.ts';
import type { DemoOperation } from '../operation.ts';

/** The schema with its bare `$ref` names turned into references of the document. */
export function withRefs(schema: JsonSchema, prefix: string): JsonSchema {
  return resolve(schema, prefix) as JsonSchema;
}

function resolve(value: Json, prefix: string): Json {
  if (Array.isArray(value)) return value.map((item: Json) => resolve(item, prefix));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, child]): [string, Json] => [
    key,
    key === '$ref' && typeof child === 'string' ? `${prefix}${child}` : resolve(child, prefix),
  ]);
  return Object.fromEntries(entries);
}

/** Path items: operations by path and lower-case method, each made by `make`. */
export function pathItems(
  operations: readonly DemoOperation[],
  make: (operation: DemoOperation) => Json,
): Record<string, Record<string, Json>> {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    const item = (paths[operation.path] ??= {});
    item[operation.method.toLowerCase()] = make(operation);
  }
  return paths;
}
