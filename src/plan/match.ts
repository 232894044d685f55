import { anything, belowHere, compileGlob, type GlobPart, withinSegment } from '../lib/text/glob.ts';
import type { Operation } from '../model/document.ts';

export type OperationMatcher = (
  operation: Pick<Operation, 'method' | 'path' | 'query' | 'ordinal' | 'operationId' | 'tags'>,
) => boolean;

/**
 * What `match:` in the config and `--only` on the command line mean: `GET /orders/{id}`, a glob over method and
 * path (`* /orders/**`, `GET,HEAD /orders/*`), a path alone, `operationId:x` or `tag:y`. `*` stays within a path
 * segment and `**` does not; a `*` right after the last letters means "begins with" (`/orders*`). The name in `{…}`
 * does not matter. A path without a query is that of all its operations (`/api.php`), with one of the one that it chooses
 * (`/api.php?act=view`). ` #3` behind the path is the third of those that have one method and address.
 */
export function operationMatcher(pattern: string): OperationMatcher {
  const text = pattern.trim();
  if (text.startsWith('operationId:')) {
    const id = text.slice('operationId:'.length).trim();
    return (operation) => operation.operationId === id;
  }
  if (text.startsWith('tag:')) {
    const tag = text.slice('tag:'.length).trim();
    return (operation) => operation.tags.includes(tag);
  }
  const [, methods, path, ordinal] = /^(?:([A-Za-z*|,]+)\s+)?(\S.*?)(?: +#(\d+))?$/.exec(text) ?? [];
  const isMethod = methodMatcher(methods);
  const isPath = pathMatcher(path ?? '');
  const isAddress = ({ path: own, query }: Pick<Operation, 'path' | 'query'>): boolean =>
    isPath(own) || (query !== undefined && isPath(`${own}?${query}`));
  const isMeant = (operation: Pick<Operation, 'ordinal'>): boolean =>
    ordinal === undefined || Number(ordinal) === (operation.ordinal ?? 1);
  return (operation) => isMethod(operation.method) && isMeant(operation) && isAddress(operation);
}

function methodMatcher(methods: string | undefined): (method: string) => boolean {
  if (methods === undefined || methods === '*') return () => true;
  const wanted = new Set(methods.toUpperCase().split(/[|,]/));
  return (method) => wanted.has(method) || wanted.has('*');
}

function pathMatcher(glob: string): (path: string) => boolean {
  if (glob === '*') return () => true;
  const parts = anonymous(glob)
    .replace(/(?<=[^/*])\*$/, '**')
    .split(/(\/\*\*(?=\/|$)|\*\*|\*)/)
    .map((part) => globParts[part] ?? part);
  const matches = compileGlob(parts);
  return (path) => matches(anonymous(path));
}

const globParts: Readonly<Record<string, GlobPart>> = {
  '/**': belowHere,
  '**': anything,
  '*': withinSegment,
};

/** Without the names of parameters: documents and people call the same one differently. */
function anonymous(path: string): string {
  return path.replace(/\{[^{}/]*\}/g, '{}');
}

/** Which operations a person asked for; each given list narrows further. */
export interface PlanFilter {
  /** `GET /orders*`, as in the config's `match`. */
  readonly only?: readonly string[];
  readonly tags?: readonly string[];
  readonly services?: readonly string[];
  /** Ids of checks. */
  readonly checks?: ReadonlySet<string>;
}

export function filterOf(
  filter: PlanFilter = {},
): (service: string, operation: Operation, id: string) => boolean {
  const only = filter.only?.map((pattern) => operationMatcher(pattern));
  return (service, operation, id) =>
    (filter.checks === undefined || filter.checks.has(id)) &&
    (filter.services === undefined || filter.services.includes(service)) &&
    (filter.tags === undefined || filter.tags.some((tag) => operation.tags.includes(tag))) &&
    (only === undefined || only.some((matches) => matches(operation)));
}
