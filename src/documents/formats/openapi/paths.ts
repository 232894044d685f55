import { sentence } from '../../../messages/sentence.ts';
import type { Method, Operation, Parameter } from '../../../model/document.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { step } from '../reference/pointer.ts';
import type { Located, References } from '../reference/references.ts';
import { objectOf } from '../shared/text.ts';
import type { Pair } from '../shared/url-template.ts';

/** One method of one path, found but not yet read. */
export interface FoundOperation {
  readonly method: Method;
  readonly path: string;
  /** Where it is answered, when its path is written as a whole address: `https://orders.internal`. */
  readonly origin?: string;
  /** Parameters that stand in the path itself: `/search?type=user`. */
  readonly query: readonly Parameter[];
  /** The same as it is written there. */
  readonly written: readonly Pair[];
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
    if (pathItem === undefined) {
      reportNoMapping(paths, template, references);
      continue;
    }
    const [, origin, below] = /^(https?:\/\/[^/?#{}\s]+)(.*)$/is.exec(template) ?? [];
    const { path, query, written } = splitTemplate(below ?? template);
    for (const [key, value, pointer] of methodsOf(pathItem)) {
      if (!isObject(value)) reportNoMapping(pathItem, key, references);
      const raw = { value: isObject(value) ? value : {}, file: pathItem.file, pointer };
      const operation = references.follow(raw) ?? raw;
      const found = { method: key.toUpperCase(), path, query, written, pathItem, operation };
      yield origin === undefined ? found : { ...found, origin };
    }
  }
}

/** A path or method of which something else was written than what it holds: a slip, or the document was cut off there. */
function reportNoMapping(
  { value, file, pointer }: Located<JsonObject>,
  key: string,
  references: References,
): void {
  const found = value[key];
  // A `$ref` that leads nowhere has been told.
  if (found === undefined || isObject(found)) return;
  const text = Array.isArray(found) ? '[…]' : JSON.stringify(found).slice(0, 40);
  references.report('no-mapping', sentence('holdsNoMapping', { found: text }), file, step(pointer, key), {
    level: 'warning',
  });
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
function splitTemplate(template: string): Pick<FoundOperation, 'path' | 'query' | 'written'> {
  // `{?page,size}` (RFC 6570) names parameters that are described as such; marks within braces belong to a pattern.
  const bare = template.replace(/\{[?&][^{}]*\}/g, '');
  const outside = bare.replace(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, (found) => 'x'.repeat(found.length));
  const hash = outside.indexOf('#');
  const withoutFragment = hash === -1 ? bare : bare.slice(0, hash);
  const mark = outside.slice(0, withoutFragment.length).indexOf('?');
  const path = mark === -1 ? withoutFragment : withoutFragment.slice(0, mark);
  const query = mark === -1 ? [] : [...new URLSearchParams(withoutFragment.slice(mark + 1))];
  return {
    path: path.startsWith('/') ? path : `/${path}`,
    written: query.map(([name, value]) => ({ name, value })),
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
 * Makes template and path parameters agree: `/users/:id`, `${id}`, `<int:id>`, `{id:\\d+}` and `{name=shelves/*}` are
 * named as their parameter is, a placeholder that is nowhere described becomes a text, a parameter without a placeholder
 * is left out. Where one of each remains, they are the same.
 */
export function matchTemplate(
  path: string,
  parameters: readonly Parameter[],
): { readonly path: string; readonly parameters: readonly Parameter[] } {
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const described = new Set(inPath.map(({ name }) => name));
  const plain = withoutPatterns(path.replaceAll('${', '{'))
    .replaceAll(/\{([^{}]+)\}/g, (_, name: string) => `{${plainName(name, described)}}`)
    .replaceAll(/\/[:*]([A-Za-z_]\w*)(?=[/.]|$)/g, '/{$1}')
    .replaceAll(/<(?:[a-z]+(?:\([^()<>]*\))?:)?([A-Za-z_]\w*)>/g, '{$1}');
  const used = new Set([...plain.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? ''));
  const kept = parameters.filter((parameter) => parameter.in !== 'path' || used.has(parameter.name));
  const undescribed = [...used].filter((name) => !described.has(name));
  const unused = inPath.filter(({ name }) => !used.has(name));
  const [meant] = undescribed.length === 1 && unused.length === 1 ? unused : [];
  const added = undescribed.map((name) =>
    meant === undefined ? undescribedParameter(name) : { ...meant, name },
  );
  return { path: plain, parameters: [...added, ...kept] };
}

/** `{id:[0-9]{4}}` → `{id}`: routers put a pattern behind the name. */
function withoutPatterns(path: string): string {
  let result = '';
  let depth = 0;
  let isPattern = false;
  for (const char of path) {
    if (char === '}') depth = Math.max(0, depth - 1);
    if (depth === 0) isPattern = false;
    if (depth === 1 && char === ':' && !result.endsWith('{')) isPattern = true;
    if (!isPattern) result += char;
    if (char === '{') depth++;
  }
  return result;
}

function plainName(name: string, described: ReadonlySet<string>): string {
  if (described.has(name)) return name;
  const plain = name
    .trim()
    .replace(/=.*$/, '')
    .replace(/^[+;?&#./:*$]/, '')
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
