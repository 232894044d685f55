import { isObject, type Json, type JsonObject } from '../../model/json.ts';

/**
 * OpenAPI that stands inside of something else: in the settings script of a Swagger UI page, and in the Markdown that
 * documentation sites hand out for each page (Apifox, Apidog, GitBook, Mintlify, ReadMe): a few sentences, then a
 * fence with the OpenAPI of the interfaces on that page.
 */

/** The document in the settings script of a Swagger UI page: `window.onload = … "swaggerDoc": {…}`. */
export function inSettingsScript(text: string): string | undefined {
  const start = /^\s*window\.onload\s*=[^]{0,2000}?"swaggerDoc"\s*:\s*(?=\{)/.exec(text.slice(0, 4000))?.[0]
    .length;
  if (start === undefined) return undefined;
  let depth = 0;
  let inText = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (inText && char === '\\') at++;
    else if (char === '"') inText = !inText;
    else if (!inText && char === '{') depth++;
    else if (!inText && char === '}' && --depth === 0) return text.slice(start, at + 1);
  }
  return undefined;
}

const opening = /^(`{3,}|~{3,})\s*(?:ya?ml|json)?\b(.*)$/i;
const openapiStart =
  /^\s*(?:\{\s*(?:"_id"\s*:\s*"[^"]*"\s*,\s*)?)?["']?(?:openapi|swagger)["']?\s*:\s*["']?[23]/;
const specificationHeading =
  /^#{1,6}\s*(?:the\s+)?(?:openapi|swagger)(?:\s+(?:specification|definition|document|schema|spec|定义|规范|文档))?\s*$/i;

/**
 * The texts of the fences that are a page's OpenAPI: below a heading that says so and nothing else, with the name of
 * the file, the method and the path behind the fence, or squeezed into one line. An example in a handbook is neither,
 * and where more interfaces are described in words, the words are read.
 */
export function inPages(text: string): readonly string[] {
  if (!/^(?:`{3,}|~{3,})/m.test(text) || !/["']?(?:openapi|swagger|paths)["']?\s*:/.test(text)) return [];
  const lines = text.split(/\r?\n/);
  const found: string[] = [];
  const words: string[] = [];
  let before = '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, marks, info = ''] = opening.exec(line) ?? [];
    if (marks === undefined) {
      words.push(line);
      if (line.trim() !== '') before = line;
      continue;
    }
    let end = at + 1;
    while (end < lines.length && lines[end]?.trimEnd() !== marks) end++;
    const inner = lines.slice(at + 1, end);
    const content = inner.join('\n');
    if (isReference(before, info, content)) found.push(content);
    else for (const word of inner) words.push(word);
    before = '';
    at = end;
  }
  const told = new Set(words.join('\n').match(/\b(?:GET|POST|PUT|PATCH|DELETE)\b[\s`*|]{1,5}\/[\w{}/:.-]+/g));
  return told.size > found.length + 2 ? [] : found;
}

function isReference(before: string, info: string, content: string): boolean {
  const start = content.slice(0, 500);
  const named = /\S\s+(?:get|post|put|patch|delete|head|options)\s+\/\S*\s*$/i.test(info);
  if (named && /^paths:\s*\n\s+path:/.test(start)) return true;
  if (!openapiStart.test(start)) return false;
  if (named || specificationHeading.test(before)) return true;
  return /^(?:#{1,6}\s|>)/.test(before) && !content.trim().includes('\n');
}

/** What the page is about: its first heading that is no address. */
export function titleOf(text: string): string | undefined {
  const heading = /^#{1,2}\s+(?!source:)(\S.*)$/im.exec(text)?.[1];
  return heading?.replace(/[#*`]+/g, '').trim();
}

/**
 * One document out of several. What was said for a whole document is said for its interfaces; a schema of which the
 * pages say different things may be either.
 */
export function asOne(documents: readonly JsonObject[]): JsonObject | undefined {
  const told = documents.filter((one) => isObject(one['paths']));
  const [first, ...others] = told;
  if (first === undefined || others.length === 0) return first;
  const paths: Record<string, Json> = {};
  for (const document of told) {
    for (const [path, item] of Object.entries(document['paths'] as JsonObject)) {
      if (!isObject(item)) continue;
      const known = paths[path];
      paths[path] = { ...withDefaults(item, document), ...(isObject(known) ? known : {}) };
    }
  }
  const components = documents
    .map((one) => one['components'])
    .filter((one): one is JsonObject => isObject(one))
    .reduce(joined, {});
  return { ...first, paths, components };
}

const methods = /^(?:get|post|put|patch|delete|head|options|trace)$/;

function withDefaults(item: JsonObject, document: JsonObject): JsonObject {
  const defaults = Object.fromEntries(
    [
      ['servers', item['servers'] ?? document['servers']],
      ['security', document['security']],
    ].filter(([, value]) => value !== undefined),
  ) as JsonObject;
  return Object.fromEntries(
    Object.entries(item).map(([key, value]) =>
      methods.test(key) && isObject(value) ? [key, { ...defaults, ...value }] : [key, value],
    ),
  );
}

function joined(all: JsonObject, more: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...all };
  for (const [kind, entries] of Object.entries(more)) {
    const known = result[kind];
    if (!isObject(entries)) continue;
    const group: Record<string, Json> = { ...(isObject(known) ? known : {}) };
    for (const [name, value] of Object.entries(entries)) {
      const other = group[name];
      const differs = other !== undefined && JSON.stringify(other) !== JSON.stringify(value);
      group[name] = differs && kind === 'schemas' ? { anyOf: [other, value] } : (other ?? value);
    }
    result[kind] = group;
  }
  return result;
}

/**
 * What Mintlify wrote below its pages before it wrote OpenAPI: one interface, with `path` and `method` below `paths`
 * and its schemas in `schemaArray`. As OpenAPI; `undefined` when it is something else.
 */
export function fromMintlify(page: JsonObject): JsonObject | undefined {
  const paths = objectIn(page, 'paths');
  const { path, method } = paths;
  if (typeof path !== 'string' || typeof method !== 'string') return undefined;
  const request = objectIn(paths, 'request');
  const content = contentOf(objectIn(request, 'body'));
  const security = objectsIn(request['security']).map(requirementOf);
  const operation: JsonObject = {
    deprecated: paths['deprecated'] === true,
    parameters: parametersOf(objectIn(request, 'parameters')),
    ...(Object.keys(content).length === 0 ? {} : { requestBody: { required: true, content } }),
    responses: Object.fromEntries(
      Object.entries(objectIn(paths, 'response')).map(([status, media]) => [
        status,
        { content: contentOf(isObject(media) ? media : {}) },
      ]),
    ),
    security: security.map(({ names }) => Object.fromEntries(names.map((name) => [name, []]))),
  };
  return {
    openapi: '3.1.0',
    info: { title: '', version: '' },
    servers: objectsIn(paths['servers']),
    paths: { [path]: { [method.toLowerCase()]: operation } },
    components: {
      ...objectIn(page, 'components'),
      securitySchemes: Object.assign({}, ...security.map(({ schemes }) => schemes)) as JsonObject,
    },
  };
}

function objectIn(node: JsonObject, key: string): JsonObject {
  const value = node[key];
  return isObject(value) ? value : {};
}

function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter((one): one is JsonObject => isObject(one)) : [];
}

function parametersOf(groups: JsonObject): JsonObject[] {
  return ['path', 'query', 'header'].flatMap((place) =>
    Object.entries(objectIn(groups, place)).map(([name, parameter]): JsonObject => {
      const [schema = {}] = objectsIn(isObject(parameter) ? parameter['schema'] : undefined);
      return {
        name,
        in: place,
        required: place === 'path' || schema['required'] === true,
        schema: plain(schema),
      };
    }),
  );
}

function contentOf(media: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(media).flatMap(([type, node]) => {
      if (type.startsWith('_') || !isObject(node)) return [];
      const [schema, ...others] = objectsIn(node['schemaArray']).map(plain);
      if (schema === undefined) return [[type, {}]];
      return [[type, { schema: others.length === 0 ? schema : { anyOf: [schema, ...others] } }]];
    }),
  ) as JsonObject;
}

function plain(schema: JsonObject): JsonObject {
  const { required, requiredProperties, refIdentifier, ...rest } = schema;
  const listed = Array.isArray(required) ? required : requiredProperties;
  return {
    ...(rest['type'] === 'any'
      ? { ...rest, type: ['object', 'array', 'string', 'number', 'boolean', 'null'] }
      : rest),
    ...(Array.isArray(listed) ? { required: listed } : {}),
    ...(typeof refIdentifier === 'string' ? { title: refIdentifier.replace(/^.*\//, '') } : {}),
  };
}

function requirementOf(alternative: JsonObject): { names: string[]; schemes: JsonObject } {
  const groups = objectIn(alternative, 'parameters');
  const entries = ['header', 'query', 'cookie'].flatMap((place) =>
    Object.entries(objectIn(groups, place)).map(([name, scheme]): [string, Json] => {
      const type = isObject(scheme) ? scheme['type'] : undefined;
      return [
        name,
        type === 'http' && isObject(scheme)
          ? { type, scheme: scheme['scheme'] ?? 'bearer' }
          : { type: 'apiKey', in: place, name },
      ];
    }),
  );
  return { names: entries.map(([name]) => name), schemes: Object.fromEntries(entries) };
}
