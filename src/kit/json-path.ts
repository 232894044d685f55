import type * as rfc9535 from 'jsonpath-rfc9535';
import { isObject, type Json } from '../model/json.ts';
import { lazy } from './lazy.ts';

const library = lazy((require) => require('jsonpath-rfc9535') as typeof rfc9535);

/** A value and where it stands in its document (RFC 6901). */
export interface Located {
  readonly value: Json;
  readonly pointer: string;
}

/** Finds all values of a document that a path names, in document order. */
export type JsonPath = (document: Json) => readonly Located[];

const step = /\.([\p{L}_][\p{L}\p{N}_-]*)|\[(\d+)\]|\['([^'\\]*)'\]|\["([^"\\]*)"\]/uy;

/**
 * Compiles a JSONPath (RFC 9535). A path that names one place is walked directly, because rules run on every
 * answer; anything else goes to the full engine. Throws a `SyntaxError` when it is not a JSONPath.
 */
export function compileJsonPath(expression: string): JsonPath {
  const steps = singular(expression);
  if (steps !== undefined) return (document) => walk(document, steps);
  search(null, expression);
  return (document) => search(document, expression);
}

/** Finds the first value that a path names; `undefined` when there is none. */
export type FirstByPath = (document: Json) => Json | undefined;

/** As `compileJsonPath`, for the first value alone. */
export function compileFirstByPath(expression: string): FirstByPath {
  const find = compileJsonPath(expression);
  return (document) => find(document)[0]?.value;
}

/** The escaped form of one name in a JSON pointer. */
export function pointerPart(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function search(document: Json, expression: string): readonly Located[] {
  const found: Located[] = [];
  library().exec(document as Parameters<typeof rfc9535.exec>[0], expression, (value, path) => {
    found.push({ value, pointer: path.map(pointerPart).join('') });
  });
  return found;
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

function walk(document: Json, steps: readonly (string | number)[]): readonly Located[] {
  let value: Json | undefined = document;
  for (const key of steps) {
    if (typeof key === 'number') value = Array.isArray(value) ? (value as readonly Json[])[key] : undefined;
    else value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value === undefined ? [] : [{ value, pointer: steps.map(pointerPart).join('') }];
}
