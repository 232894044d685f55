import type * as rfc9535 from 'jsonpath-rfc9535/parser';
import { isObject, type Json } from '../../model/json.ts';
import { Effort, TooMuchWork } from '../effort.ts';
import { runQuery, stepsTo } from './json-query.ts';
import { lazy } from '../lazy.ts';

const parser = lazy((require) => require('jsonpath-rfc9535/parser') as typeof rfc9535);

/** A value and where it stands in its document (RFC 6901). */
export interface Located {
  readonly value: Json;
  readonly pointer: string;
}

/**
 * Finds all values of a document that a path names, in document order. Throws `TooMuchWork` when that is more than
 * `effort` allows: filters inside filters look at everything for everything.
 */
export type JsonPath = (document: Json, effort?: Effort) => readonly Located[];

/** Some 25 ms: what a path over an answer may take where nobody says anything else. */
const mostSteps = 150_000;
const longestPath = 1000;

const step = /\.([\p{L}_][\p{L}\p{N}_-]*)|\[(\d+)\]|\['([^'\\]*)'\]|\["([^"\\]*)"\]/uy;

/**
 * Compiles a JSONPath (RFC 9535). A path that names one place is walked directly, because rules run on every
 * answer; anything else goes to the full engine. Throws a `SyntaxError` when it is not a JSONPath.
 */
export function compileJsonPath(expression: string): JsonPath {
  if (expression.length > longestPath) throw new SyntaxError(`is longer than ${longestPath} characters`);
  const steps = singular(expression);
  if (steps !== undefined) return (document) => walk(document, steps);
  const query = parser().default(expression);
  return (document, effort = new Effort(mostSteps)) =>
    runQuery(document, query, effort).map((found) => ({
      value: found.value,
      pointer: stepsTo(found, effort).map(pointerPart).join(''),
    }));
}

/** Finds the first value that a path names; `undefined` when there is none. */
export type FirstByPath = (document: Json) => Json | undefined;

/** As `compileJsonPath`, for the first value alone; none either where finding it would be too much work. */
export function compileFirstByPath(expression: string): FirstByPath {
  const find = compileJsonPath(expression);
  return (document) => {
    try {
      return find(document)[0]?.value;
    } catch (error) {
      if (error instanceof TooMuchWork) return undefined;
      throw error;
    }
  };
}

/** The escaped form of one name in a JSON pointer. */
export function pointerPart(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
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
