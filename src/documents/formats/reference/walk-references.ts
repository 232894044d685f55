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
  visit: (node: JsonObject, pointer: () => string) => void,
): void {
  const waiting: Step[] = [{ node: root, key: '', above: undefined, named: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, named } = next;
    const here = next;
    if (Array.isArray(node)) {
      for (const [key, item] of (node as readonly Json[]).entries()) {
        if (typeof item === 'object') waiting.push({ node: item, key, above: here, named: false });
      }
    } else if (isObject(node)) {
      visit(node, () => pointerOf(here));
      for (const key in node) {
        const value = node[key];
        if (typeof value !== 'object' || value === null) continue;
        // `examples` of a parameter or media type may themselves be references (OpenAPI 3).
        if (!named && holdsData(key) && key !== 'examples') continue;
        waiting.push({ node: value, key, above: here, named: !named && namedMembers.has(key) });
      }
    }
  }
}

interface Step {
  readonly node: Json | undefined;
  readonly key: string | number;
  readonly above: Step | undefined;
  /** Its members are names and no keywords. */
  readonly named: boolean;
}

/** Worked out for the few places that are named: a large document has a million. */
function pointerOf({ key, above }: Step): string {
  return above === undefined ? '' : step(pointerOf(above), key);
}
