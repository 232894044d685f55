import { sentence } from '../../messages/sentence.ts';
import { SaidError } from '../../messages/said-error.ts';
import { nearest } from '../../lib/text/text.ts';
import { filters, needsArgument } from './filters.ts';

/** A text with `{{name | filter:argument}}` in it. */
export interface CredentialTemplate {
  /** As written. */
  readonly text: string;
  /** Names that it asks for, in the order in which they appear. */
  readonly names: readonly string[];
  /** Throws when a value is missing or a filter cannot work with it. `encode` is applied to each value. */
  render(values: Values, encode?: (text: string) => string): string;
}

export type Values = (name: string) => string | undefined;

export type Compiled =
  | { readonly ok: true; readonly template: CredentialTemplate }
  | { readonly ok: false; readonly message: string };

type Part = string | Expression;
type Operand = { readonly literal: string } | { readonly name: string };

interface Expression {
  readonly operand: Operand;
  readonly steps: readonly { readonly filter: string; readonly arguments: readonly Operand[] }[];
}

const placeholder = /\{\{([^{}]*)\}\}/g;
const name = /^[A-Za-z][\w.:-]*$/;
const literal = /^'([^']*)'$/;

export function compileTemplate(text: string): Compiled {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(placeholder)) {
    const expression = parseExpression(match[1] ?? '');
    if (typeof expression === 'string') return { ok: false, message: `${match[0]}: ${expression}` };
    parts.push(text.slice(end, match.index), expression);
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return { ok: true, template: { text, names: namesIn(parts), render: (...how) => render(parts, ...how) } };
}

/** The expression, or what is wrong with it. */
function parseExpression(source: string): Expression | string {
  const [first = '', ...rest] = source.split(outsideQuotes('|')).map((part) => part.trim());
  const operand = parseOperand(first);
  if (operand === undefined) return "expected a name or a 'text', as in {{password | md5}}";
  const steps = [];
  for (const step of rest) {
    const [, filter = '', after] = /^([\w-]+)(?:\s*:\s*(.*))?$/.exec(step) ?? [];
    const known = Object.hasOwn(filters, filter);
    if (!known) return `there is no filter "${step}"; ${suggestion(filter)}`;
    const parsed =
      after === undefined ? [] : after.split(outsideQuotes(',')).map((one) => parseOperand(one.trim()));
    if (parsed.includes(undefined)) return `"${after ?? ''}" is neither a name nor a 'text'`;
    if (needsArgument.has(filter) && parsed.length === 0)
      return `${filter} needs a value, as in ${filter}:key`;
    steps.push({ filter, arguments: parsed.filter((one) => one !== undefined) });
  }
  return { operand, steps };
}

/** The mark where it does not stand between quotes: an even number of them follows. */
function outsideQuotes(mark: '|' | ','): RegExp {
  return new RegExp(`\\${mark}(?=(?:[^']*'[^']*')*[^']*$)`);
}

function suggestion(filter: string): string {
  const near = nearest(filter, Object.keys(filters));
  return near === undefined ? `there are ${Object.keys(filters).join(', ')}` : `did you mean ${near}?`;
}

function parseOperand(source: string): Operand | undefined {
  const text = literal.exec(source)?.[1];
  if (text !== undefined) return { literal: text };
  return name.test(source) ? { name: source } : undefined;
}

function namesIn(parts: readonly Part[]): readonly string[] {
  const operands = parts.flatMap((part) =>
    typeof part === 'string' ? [] : [part.operand, ...part.steps.flatMap((step) => step.arguments)],
  );
  return [...new Set(operands.flatMap((operand) => ('name' in operand ? [operand.name] : [])))];
}

function render(
  parts: readonly Part[],
  values: Values,
  encode: (text: string) => string = (text) => text,
): string {
  return parts.map((part) => (typeof part === 'string' ? part : encode(evaluate(part, values)))).join('');
}

function evaluate({ operand, steps }: Expression, values: Values): string {
  return steps.reduce(
    (text, step) => {
      const argument = step.arguments.map((one) => valueOf(one, values)).join(',');
      try {
        return filters[step.filter]?.(text, argument) ?? text;
      } catch {
        // The library's own message may quote the key.
        throw new SaidError(sentence('filterUnfit', { filter: step.filter }));
      }
    },
    valueOf(operand, values),
  );
}

function valueOf(operand: Operand, values: Values): string {
  if ('literal' in operand) return operand.literal;
  const value = values(operand.name);
  if (value === undefined) throw new SaidError(sentence('valueUnknown', { name: operand.name }));
  return value;
}
