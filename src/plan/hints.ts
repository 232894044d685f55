import { stringify } from 'yaml';
import { isObject } from '../model/json.ts';

/** Config lines that change settings of one source, ready to paste into `apipatrol.yaml`. */
export function sourceLines(source: string, keys: Readonly<Record<string, unknown>>): string {
  return yaml({ sources: [{ name: source, ...keys }] });
}

/** Config lines that change settings of one operation. */
export function operationLines(
  source: string,
  match: string,
  keys: Readonly<Record<string, unknown>>,
): string {
  return sourceLines(source, { operations: [{ match, ...keys }] });
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

/** `match:` for one operation; a repeated one shares it with the first. */
export function matchFor({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`;
}
