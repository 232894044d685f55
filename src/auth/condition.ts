import type { Json } from '../model/json.ts';
import { type JsonPath, compileJsonPath } from './json-path.ts';

/** A statement about an answer, as written in the config: `$.code == 0`, `$.errcode in [40014, 42001]`. */
export interface Condition {
  readonly text: string;
  /** `json` is called only when the condition looks into the body. */
  holds(status: number, json: () => Json | undefined): boolean;
}

type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'exists' | 'missing';

const binary = /==|!=|<=|>=|<|>|\bin\b/g;
const unary = /^(.*\S)\s+(exists|missing)$/;

/**
 * Reads `PATH OPERATOR VALUE`: the path is a JSONPath or `status`; operators are `== != < <= > >= in`, and
 * `exists` and `missing` without a value; the value is JSON or a bare word. `undefined` when it cannot be read.
 */
export function parseCondition(text: string): Condition | undefined {
  const trimmed = text.trim();
  const alone = unary.exec(trimmed);
  if (alone !== null) return build(trimmed, alone[1] ?? '', alone[2] as Operator, null);
  // From the right, because filters inside a path may hold operators of their own.
  for (const match of [...trimmed.matchAll(binary)].reverse()) {
    const right = readValue(trimmed.slice(match.index + match[0].length).trim());
    if (right === undefined) continue;
    const condition = build(trimmed, trimmed.slice(0, match.index).trim(), match[0] as Operator, right);
    if (condition !== undefined) return condition;
  }
  return undefined;
}

function build(text: string, left: string, operator: Operator, right: Json): Condition | undefined {
  if (operator === 'in' && !Array.isArray(right)) return undefined;
  if (left === 'status') return { text, holds: (status) => compare(status, operator, right) };
  const path = compile(left);
  if (path === undefined) return undefined;
  return {
    text,
    holds: (_, json) => {
      const body = json();
      return compare(body === undefined ? undefined : path(body), operator, right);
    },
  };
}

function compile(expression: string): JsonPath | undefined {
  try {
    return expression.startsWith('$') ? compileJsonPath(expression) : undefined;
  } catch {
    return undefined;
  }
}

function readValue(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return /^[\w.-]+$/.test(text) ? text : undefined;
  }
}

/** A value that is not there fulfils nothing but `missing`. */
function compare(found: Json | undefined, operator: Operator, wanted: Json): boolean {
  if (operator === 'missing') return found === undefined || found === null;
  if (found === undefined) return false;
  switch (operator) {
    case 'exists':
      return found !== null;
    case '==':
      return same(found, wanted);
    case '!=':
      return !same(found, wanted);
    case 'in':
      return (wanted as readonly Json[]).some((one) => same(found, one));
    case '<':
      return Number(found) < Number(wanted);
    case '<=':
      return Number(found) <= Number(wanted);
    case '>':
      return Number(found) > Number(wanted);
    case '>=':
      return Number(found) >= Number(wanted);
  }
}

/** `0` and `"0"` are the same: servers are not consistent about it. */
function same(a: Json, b: Json): boolean {
  if (typeof a === 'object' || typeof b === 'object') return JSON.stringify(a) === JSON.stringify(b);
  return String(a) === String(b);
}
