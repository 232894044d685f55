import { stringify } from 'yaml';

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

export function yaml(lines: unknown): string {
  return stringify(lines, { lineWidth: 0 }).trimEnd();
}

/** Stands for a value that only a person knows. */
export const blank = '…';

/** `match:` for one operation; a repeated one shares it with the first. */
export function matchFor({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`;
}
