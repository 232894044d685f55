import type { Json } from '../../model/json.ts';
import { compileFirstByPath, type FirstByPath } from '../../lib/json/json-path.ts';

/** What a condition may look at. */
export interface Judged {
  readonly status: number;
  /** Called only by conditions that look into the body; `undefined` when it is not JSON. */
  readonly json: () => Json | undefined;
  /** By lower-case name. */
  readonly header?: (name: string) => string | undefined;
}

/** A statement about an answer, as written in the config: `$.code == 0`, `$.errcode in [40014, 42001]`. */
export interface Condition {
  readonly text: string;
  holds(answer: Judged): boolean;
}

type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'contains' | 'lacks' | 'exists' | 'missing';
type Subject = (answer: Judged) => Json | undefined;

const binary = /==|!=|<=|>=|<|>|\b(?:in|contains|lacks)\b/g;
const unary = /^(.*\S)\s+(exists|missing)$/;

/**
 * Reads `SUBJECT OPERATOR VALUE`. The subject is a JSONPath, `status` or `header:name`; operators are
 * `== != < <= > >= in contains lacks`, and `exists` and `missing` without a value; the value is JSON, a text
 * in single quotes or a bare word. `undefined` when it cannot be read.
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
  const subject = subjectOf(left);
  if (subject === undefined) return undefined;
  return { text, holds: (answer) => compare(subject(answer), operator, right) };
}

function subjectOf(left: string): Subject | undefined {
  if (left === 'status') return ({ status }) => status;
  const header = /^header:([\w-]+)$/.exec(left)?.[1]?.toLowerCase();
  if (header !== undefined) return (answer) => answer.header?.(header);
  const path = compile(left);
  if (path === undefined) return undefined;
  return ({ json }) => {
    const body = json();
    return body === undefined ? undefined : path(body);
  };
}

function compile(expression: string): FirstByPath | undefined {
  try {
    return expression.startsWith('$') ? compileFirstByPath(expression) : undefined;
  } catch {
    return undefined;
  }
}

function readValue(text: string): Json | undefined {
  try {
    return JSON.parse(inDoubleQuotes(text)) as Json;
  } catch {
    return /^[\w./?=-]+$/.test(text) ? text : undefined;
  }
}

/** Texts in single quotes (RFC 9535 §2.3.1.1), as filters have them, as JSON writes them. */
function inDoubleQuotes(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|'((?:[^'\\]|\\.)*)'/g, (whole, single: string | undefined) =>
    single === undefined ? whole : `"${single.replaceAll("\\'", "'").replace(/\\.|"/g, escaped)}"`,
  );
}

function escaped(found: string): string {
  return found === '"' ? '\\"' : found;
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
    case 'contains':
      return contains(found, wanted);
    case 'lacks':
      return !contains(found, wanted);
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

function contains(found: Json, wanted: Json): boolean {
  if (Array.isArray(found)) return (found as readonly Json[]).some((one) => same(one, wanted));
  return typeof found === 'string' && typeof wanted !== 'object' && found.includes(String(wanted));
}
