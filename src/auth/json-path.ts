import { query } from 'jsonpath-rfc9535';
import { type Json, isObject } from '../model/json.ts';

/** Finds the first value in a document; `undefined` when there is none. */
export type JsonPath = (document: Json) => Json | undefined;

const step = /\.([A-Za-z_][\w-]*)|\[(\d+)\]|\['([^'\\]*)'\]|\["([^"\\]*)"\]/y;

/**
 * Compiles a JSONPath (RFC 9535). A path that names one place is walked directly, because body rules run on every
 * answer; anything else goes to the full engine. Throws a `SyntaxError` when it is not a JSONPath.
 */
export function compileJsonPath(expression: string): JsonPath {
  const steps = singular(expression);
  if (steps !== undefined) return (document) => walk(document, steps);
  query(null, expression);
  return (document) => query(document as Parameters<typeof query>[0], expression)[0];
}

function singular(expression: string): readonly (string | number)[] | undefined {
  if (!expression.startsWith('$')) return undefined;
  const steps: (string | number)[] = [];
  step.lastIndex = 1;
  let end = 1;
  for (let match = step.exec(expression); match !== null; match = step.exec(expression)) {
    const [, dotted, index, single, double] = match;
    steps.push(index === undefined ? (dotted ?? single ?? double ?? '') : Number(index));
    end = step.lastIndex;
  }
  return end === expression.length ? steps : undefined;
}

function walk(document: Json, steps: readonly (string | number)[]): Json | undefined {
  let value: Json | undefined = document;
  for (const key of steps) {
    if (typeof key === 'number') value = Array.isArray(value) ? (value as readonly Json[])[key] : undefined;
    else value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}
