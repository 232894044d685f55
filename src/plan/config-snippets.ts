import { mapTexts, type Sentence } from '../model/sentence.ts';
import { sentence } from '../messages/sentence.ts';
import { stringify } from 'yaml';
import type { Operation } from '../model/document.ts';
import { ellipsize } from '../lib/text/text.ts';
import { isObject } from '../model/json.ts';

/** Config lines that change settings of one service, ready to paste into `apipatrol.yaml`. */
export function serviceLines(service: string, keys: Readonly<Record<string, unknown>>): string {
  return yaml({ services: [{ name: service, ...keys }] });
}

/** Config lines that change settings of one operation. */
export function operationLines(
  service: string,
  operation: Pick<Operation, 'key' | 'ordinal' | 'method' | 'path' | 'query' | 'operationId'>,
  keys: Readonly<Record<string, unknown>>,
): string {
  return serviceLines(service, { operations: [{ match: matchFor(operation), ...keys }] });
}

/** Config lines that have an operation called which may change something: with what it would do. */
export function allowLines(
  service: string,
  operation: Pick<Operation, 'key' | 'ordinal' | 'method' | 'path' | 'query' | 'operationId' | 'summary'>,
  reason: Sentence,
): Sentence {
  const why = mapTexts(reason, onOneLine);
  const { summary } = operation;
  const does =
    summary === undefined
      ? why
      : sentence('because', { what: why, why: onOneLine(ellipsize(summary, longestSummary)) });
  const lines = operationLines(service, operation, { allow: true });
  const at = lines.search(/^ *- match/m);
  const indent = /^ */.exec(lines.slice(at))?.[0] ?? '';
  return sentence('linesWithCare', {
    head: `${lines.slice(0, at)}${indent}`,
    does,
    match: `${indent}${lines.slice(at + indent.length)}`,
  });
}

const longestSummary = 200;

/** What documents say stays within the comment. */
const onOneLine = (text: string): string => text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');

/** Method and path, with which of several it is; queries of GraphQL all have the same. */
function matchFor({
  key,
  ordinal,
  method,
  path,
  query,
  operationId,
}: Parameters<typeof operationLines>[1]): string {
  const isQuery = operationId !== undefined && !key.includes(' /');
  if (isQuery) return `operationId:${operationId}`;
  const which = ordinal ?? / #(\d+)$/.exec(key)?.[1];
  const address = query === undefined ? path : `${path}?${query}`;
  return which === undefined ? `${method} ${address}` : `${method} ${address} #${which}`;
}

/** Block style, as people write it. */
export function yaml(lines: Readonly<Record<string, unknown>>): string {
  return block(lines).join('\n');
}

function block(lines: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(lines).flatMap(([key, value]) => {
    const name = scalar(key);
    if (isObject(value)) return [`${name}:`, ...block(value).map((line) => `  ${line}`)];
    if (!Array.isArray(value)) return [`${name}: ${scalar(value)}`];
    const items = value.flatMap((item) =>
      isObject(item)
        ? block(item).map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`)
        : [`  - ${scalar(item)}`],
    );
    return [`${name}:`, ...items];
  });
}

/** Words that mean themselves; everything else is quoted by the library, which is slow for thousands of hints. */
const plain = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z][A-Za-z_-]*(?: \/[\w/{}.~-]*)?$/i;

function scalar(value: unknown): string {
  if (typeof value !== 'string') return stringify(value).trimEnd();
  if (plain.test(value)) return value;
  return /[\p{C}\p{Zl}\p{Zp}]/u.test(value)
    ? JSON.stringify(value)
    : stringify(value, { lineWidth: 0 }).trimEnd();
}

/** Stands for a value that only a person knows. */
export const blank = '…';
