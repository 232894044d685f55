import type { Method, Operation, Parameter } from '../../../model/document.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { step } from '../reference/pointer.ts';
import type { Located, References } from '../reference/references.ts';
import { objectOf } from './text.ts';

/** One method of one path, found but not yet read. */
export interface FoundOperation {
  readonly method: Method;
  readonly path: string;
  /** Parameters that stand in the path itself: `/search?type=user`. */
  readonly query: readonly Parameter[];
  readonly pathItem: Located<JsonObject>;
  readonly operation: Located<JsonObject>;
}

const methods: ReadonlySet<string> = new Set([
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
]);

/** Every method of every path, in the document's order. */
export function* findOperations(
  paths: Located<JsonObject>,
  references: References,
): Generator<FoundOperation> {
  for (const template of Object.keys(paths.value)) {
    if (template.startsWith('x-')) continue;
    const pathItem = references.member(paths, template);
    if (pathItem === undefined) continue;
    const { path, query } = splitTemplate(template);
    for (const [key, value, pointer] of methodsOf(pathItem)) {
      const raw = { value: isObject(value) ? value : {}, file: pathItem.file, pointer };
      const operation = references.follow(raw) ?? raw;
      yield { method: key.toUpperCase(), path, query, pathItem, operation };
    }
  }
}

function* methodsOf(pathItem: Located<JsonObject>): Generator<readonly [string, Json, string]> {
  for (const [key, value] of Object.entries(pathItem.value)) {
    if (methods.has(key.toLowerCase())) yield [key, value, step(pathItem.pointer, key)];
  }
  const more = step(pathItem.pointer, 'additionalOperations');
  for (const [key, value] of Object.entries(objectOf(pathItem.value['additionalOperations']))) {
    if (/^[\w!#$%&'*+.^`|~-]+$/.test(key)) yield [key, value, step(more, key)];
  }
}

/** Paths may not hold a query or fragment, but documents of RPC-like services do it to tell operations apart. */
function splitTemplate(template: string): { readonly path: string; readonly query: readonly Parameter[] } {
  const [withoutFragment = ''] = template.split('#', 1);
  const mark = withoutFragment.indexOf('?');
  const path = mark === -1 ? withoutFragment : withoutFragment.slice(0, mark);
  const query = mark === -1 ? [] : [...new URLSearchParams(withoutFragment.slice(mark + 1))];
  return {
    path: path.startsWith('/') ? path : `/${path}`,
    query: query.map(([name, value]) => ({
      name,
      in: 'query',
      required: true,
      schema: { type: 'string' },
      examples: /^\{.*\}$/.test(value) ? [] : [value],
    })),
  };
}

/**
 * Makes template and path parameters agree: `/users/:id` and `{name=shelves/*}` are named as their parameter is,
 * a placeholder that is nowhere described becomes a text, a parameter without a placeholder is left out.
 */
export function matchTemplate(
  path: string,
  parameters: readonly Parameter[],
): { readonly path: string; readonly parameters: readonly Parameter[] } {
  const described = new Set(
    parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name),
  );
  const plain = path
    .replaceAll(/\{([^{}]+)\}/g, (_, name: string) => `{${plainName(name, described)}}`)
    .replaceAll(/\/:([A-Za-z_]\w*)(?=\/|$)/g, (whole, name: string) =>
      described.has(name) ? `/{${name}}` : whole,
    );
  const used = new Set([...plain.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? ''));
  const kept = parameters.filter((parameter) => parameter.in !== 'path' || used.has(parameter.name));
  const undescribed = [...used].filter((name) => !described.has(name));
  return { path: plain, parameters: [...undescribed.map(undescribedParameter), ...kept] };
}

function plainName(name: string, described: ReadonlySet<string>): string {
  if (described.has(name)) return name;
  const plain = name
    .trim()
    .replace(/=.*$/, '')
    .replace(/^[+;?&#./]/, '')
    .replace(/[*+?]$/, '');
  return plain === '' ? name : plain;
}

function undescribedParameter(name: string): Parameter {
  return { name, in: 'path', required: true, schema: { type: 'string' }, examples: [] };
}

/** The key of an operation in its document; a repeated one is numbered. */
export function numberRepeats(operations: readonly Operation[]): readonly Operation[] {
  const seen = new Map<string, number>();
  return operations.map((operation) => {
    const count = (seen.get(operation.key) ?? 0) + 1;
    seen.set(operation.key, count);
    return count === 1 ? operation : { ...operation, key: `${operation.key} #${count}` };
  });
}
