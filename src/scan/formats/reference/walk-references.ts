import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { step } from './pointer.ts';

/** Members that hold the author's data: a `$ref` in there is not ours. */
export function holdsData(key: string): boolean {
  return (
    key === 'example' ||
    key === 'examples' ||
    key === 'default' ||
    key === 'enum' ||
    key === 'const' ||
    key.startsWith('x-')
  );
}

/** Members whose own members are names that the author chose, never keywords. */
export const namedMembers: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'definitions',
  '$defs',
  'dependentSchemas',
  'paths',
  'responses',
  'schemas',
  'parameters',
  'requestBodies',
  'headers',
  'pathItems',
  'callbacks',
]);

/** Calls `visit` for every object that may carry `$ref`, `$id` or `$anchor`, outside the author's own data. */
export function walkReferences(
  root: Json | undefined,
  visit: (node: JsonObject, pointer: string) => void,
): void {
  const waiting: [Json | undefined, string, boolean][] = [[root, '', false]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, pointer, named] = next;
    if (Array.isArray(node)) {
      for (const [index, item] of node.entries()) waiting.push([item as Json, step(pointer, index), false]);
    } else if (isObject(node)) {
      visit(node, pointer);
      for (const [key, value] of Object.entries(node)) {
        if (typeof value !== 'object' || value === null) continue;
        // `examples` of a parameter or media type may itself be references (OpenAPI 3).
        if (!named && holdsData(key) && key !== 'examples') continue;
        waiting.push([value, step(pointer, key), !named && namedMembers.has(key)]);
      }
    }
  }
}
