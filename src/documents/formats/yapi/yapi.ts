import { isSensitiveName } from '../../../lib/secrets/secret.ts';
import { sentence } from '../../../messages/sentence.ts';
import type { MediaType, Parameter, RequestBody } from '../../../model/document.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { Problem } from '../../../model/problem.ts';
import { defineFormat, type RawDocument, type ReadDocument } from '../format.ts';
import { assemble, type FoundOperation } from '../shared/assemble.ts';
import { parseLenient } from '../shared/lenient-json.ts';
import { beginningOf, objectAt, objectsAt, objectsIn, textAt, textsAt, typedValue } from '../shared/text.ts';
import { jsonMedia } from '../shared/recorded-content.ts';
import { parametersOf } from '../shared/recorded-request.ts';
import { type RecordedAuth, securityOf, splitSecrets } from '../shared/recorded-security.ts';
import { hasPlaceholder, pathNames, splitUrl, unlessDescribed } from '../shared/url-template.ts';

/** YApi's export: a list of categories, each with its interfaces. One interface as its open API gives it is read too. */
export const yapi = defineFormat({
  kind: 'yapi',
  version: 7,
  detect: (raw) => (interfacesIn(raw).length > 0 ? 0.9 : isEmptyExport(raw) ? 0.6 : 0),
  read: async (raw) => readYapi(raw),
});

function readYapi(raw: RawDocument): ReadDocument {
  const problems: Problem[] = [];
  const entries = interfacesIn(raw);
  const found = entries.map((entry) => readInterface(entry, raw.uri, problems));
  const document = assemble({ format: 'yapi', title: raw.uri, dialect: 'draft-04', found, problems });
  const at = lastChangeIn(entries);
  return at === undefined ? document : { ...document, lastEdit: { at } };
}

function readInterface(
  { node, category, pointer }: Entry,
  file: string,
  problems: Problem[],
): FoundOperation {
  const { path, query } = splitUrl(textAt(node, 'path') ?? '/');
  const described = objectsAt(node, 'req_query');
  const secrets = splitSecrets({ headers: headersIn(node), query: unlessDescribed(query, described) });
  const security = securityOf(undefined, { auth: [...secrets.auth, ...cookiesIn(node)] });
  const body = bodyIn(node);
  const description = beginningOf(textAt(node, 'desc')) ?? beginningOf(textAt(node, 'markdown'));
  const answer = answerIn(node, file, pointer, problems);
  return {
    schemes: security.schemes,
    written: query,
    operation: {
      method: (textAt(node, 'method') ?? 'GET').toUpperCase(),
      path,
      summary: textAt(node, 'title') ?? '',
      description,
      tags: [...(category === '' ? [] : [category]), ...textsAt(node, 'tag')],
      deprecated: /废弃|弃用|deprecated/i.test(
        `${textAt(node, 'title') ?? ''} ${textsAt(node, 'tag').join(' ')}`,
      ),
      servers: [],
      parameters: [
        ...pathParameters(path, node),
        ...described.map((one) => parameterOf('query', one)),
        ...parametersOf('query', secrets.query),
        ...objectsAt(node, 'req_headers')
          .filter((one) => secrets.headers.some((kept) => kept.name === textAt(one, 'name')))
          .filter((one) => !/^(?:content-type|accept|cookie)$/i.test(textAt(one, 'name') ?? ''))
          .map((one) => parameterOf('header', one)),
      ],
      body,
      responses: answer,
      ...(security.requirement === undefined ? {} : { security: [security.requirement] }),
      extensions: {},
      pointer,
    },
  };
}

function headersIn(node: JsonObject): { name: string; value: string }[] {
  return objectsAt(node, 'req_headers').map((header) => ({
    name: textAt(header, 'name') ?? '',
    value: textAt(header, 'value') ?? textAt(header, 'example') ?? textAt(header, 'desc') ?? '',
  }));
}

/** `Cookie: PHPTOKEN=xxxx`: described by hand, and so what signs in, unlike the cookies of a recording. */
function cookiesIn(node: JsonObject): RecordedAuth[] {
  const written = headersIn(node).filter(({ name }) => /^cookie$/i.test(name));
  const names = written.flatMap(({ value }) =>
    value.split(';').flatMap((pair) => /^\s*([\w.-]{1,64})\s*=/.exec(pair)?.[1] ?? []),
  );
  const ofSignIn = names.filter((name) => isSensitiveName(name) || /token|sess|sid$|auth|ticket/i.test(name));
  return ofSignIn.length === 1
    ? ofSignIn.map((parameterName) => ({ kind: 'apiKey', in: 'cookie', parameterName }))
    : [];
}

function pathParameters(path: string, node: JsonObject): Parameter[] {
  const described = objectsAt(node, 'req_params');
  return pathNames(path).map((name) => {
    const known = described.find((one) => textAt(one, 'name') === name) ?? { name };
    return { ...parameterOf('path', known), required: true };
  });
}

function parameterOf(place: Parameter['in'], node: JsonObject): Parameter {
  const example = textAt(node, 'example') ?? textAt(node, 'value') ?? '';
  const usable = example !== '' && !hasPlaceholder(example) && !example.startsWith('@');
  const value = typedValue(example);
  const type =
    usable && typeof value === 'number'
      ? 'integer'
      : usable && typeof value === 'boolean'
        ? 'boolean'
        : 'string';
  const description = textAt(node, 'desc') ?? '';
  return {
    name: textAt(node, 'name') ?? '',
    in: place,
    required: isYes(node['required']),
    schema: { type },
    examples: usable ? [value] : [],
    ...(description === '' ? {} : { description }),
  };
}

function isYes(value: Json | undefined): boolean {
  return value === '1' || value === 1 || value === true;
}

function bodyIn(node: JsonObject): RequestBody | undefined {
  const method = (textAt(node, 'method') ?? '').toUpperCase();
  if (/^(?:GET|HEAD|OPTIONS)$/.test(method)) return undefined;
  switch (textAt(node, 'req_body_type')) {
    case 'form':
      return formBody(node);
    case 'json': {
      const media = jsonBody(textAt(node, 'req_body_other') ?? '', node['req_body_is_json_schema'] === true);
      return media === undefined ? undefined : { required: true, media: [media] };
    }
    case 'file':
      return { required: true, media: [{ contentType: 'application/octet-stream', examples: [] }] };
    case 'raw': {
      const text = textAt(node, 'req_body_other') ?? '';
      return text === ''
        ? undefined
        : { required: true, media: [{ contentType: 'text/plain', examples: [text] }] };
    }
    default:
      return undefined;
  }
}

function formBody(node: JsonObject): RequestBody | undefined {
  const fields = objectsAt(node, 'req_body_form').filter((field) => (textAt(field, 'name') ?? '') !== '');
  if (fields.length === 0) return undefined;
  const properties = Object.fromEntries(
    fields.map((field): [string, JsonObject] => [
      textAt(field, 'name') ?? '',
      {
        type: 'string',
        ...(field['type'] === 'file' ? { format: 'binary' } : {}),
        ...(textAt(field, 'example') ? { example: textAt(field, 'example') ?? '' } : {}),
      },
    ]),
  );
  const required = fields
    .filter((field) => isYes(field['required']))
    .map((field) => textAt(field, 'name') ?? '');
  const files = fields.some((field) => field['type'] === 'file');
  const schema: JsonObject = { type: 'object', properties, ...(required.length === 0 ? {} : { required }) };
  const contentType = files ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  return { required: required.length > 0, media: [{ contentType, schema, examples: [] }] };
}

/** A JSON Schema or a sample, both kept as text; samples hold Mock.js templates. */
function jsonBody(text: string, isSchema: boolean): MediaType | undefined {
  const parsed = parseLenient(text);
  if (parsed === undefined) return undefined;
  if (isObject(parsed.value) && (isSchema || looksLikeSchema(parsed.value))) {
    return { contentType: 'application/json', schema: cleanSchema(parsed.value), examples: [] };
  }
  const { value, mocked } = withoutMock(parsed.value);
  return jsonMedia('application/json', [value], parsed.exact && !mocked);
}

function looksLikeSchema(value: JsonObject): boolean {
  return (
    typeof value['$schema'] === 'string' ||
    (value['type'] === 'object' && isObject(value['properties'])) ||
    (value['type'] === 'array' && isObject(value['items']))
  );
}

/** Mock settings and empty titles are no part of JSON Schema. */
function cleanSchema(schema: JsonObject, depth = 0): JsonObject {
  if (depth > 100) return {};
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => key !== 'mock' && key !== '$schema' && key !== '$$ref')
      .map(([key, value]): [string, Json] => [key, cleanMember(key, value, depth)]),
  );
}

function cleanMember(key: string, value: Json, depth: number): Json {
  if ((key === 'properties' || key === 'patternProperties' || key === 'definitions') && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        isObject(inner) ? cleanSchema(inner, depth + 1) : true,
      ]),
    );
  }
  if (key === 'items' && isObject(value)) return cleanSchema(value, depth + 1);
  if (/^(?:allOf|anyOf|oneOf)$/.test(key)) return objectsIn(value).map((one) => cleanSchema(one, depth + 1));
  return value;
}

/** `"list|1-10": [{ "id|+1": 1, "name": "@cname" }]` → names without rules, templates without a value. */
function withoutMock(value: Json, depth = 0): { value: Json; mocked: boolean } {
  if (depth > 100) return { value: null, mocked: true };
  if (typeof value === 'string') {
    const mocked = /^@[a-z]/i.test(value) || hasPlaceholder(value);
    return { value: mocked ? null : value, mocked };
  }
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => withoutMock(item, depth + 1));
    return { value: items.map((item) => item.value), mocked: items.some((item) => item.mocked) };
  }
  if (!isObject(value)) return { value, mocked: false };
  let mocked = false;
  const entries = Object.entries(value).map(([key, inner]): [string, Json] => {
    const bar = key.indexOf('|');
    const clean = withoutMock(inner, depth + 1);
    mocked ||= clean.mocked || bar > 0;
    return [bar > 0 ? key.slice(0, bar) : key, clean.value];
  });
  return { value: Object.fromEntries(entries), mocked };
}

function answerIn(
  node: JsonObject,
  file: string,
  pointer: string,
  problems: Problem[],
): FoundOperation['operation']['responses'] {
  const text = textAt(node, 'res_body') ?? '';
  const type = textAt(node, 'res_body_type');
  if (type === 'raw') return [{ status: '200', media: [] }];
  const unshown = type === 'json' ? [{ contentType: 'application/json', examples: [] }] : [];
  // The form of an interface says JSON until somebody chooses otherwise, and no status.
  if (text.trim() === '') return unshown.length === 0 ? [] : [{ status: '2XX', media: unshown }];
  const media = jsonBody(text, node['res_body_is_json_schema'] === true);
  if (media !== undefined) return [{ status: '200', media: [media] }];
  problems.push({
    level: 'info',
    code: 'sample-unreadable',
    message: sentence('sampleNotJson'),
    file,
    pointer: `${pointer}/res_body`,
  });
  return [{ status: '200', media: unshown }];
}

/** One interface of an export. */
interface Entry {
  readonly node: JsonObject;
  readonly category: string;
  readonly pointer: string;
}

function interfacesIn(raw: RawDocument): Entry[] {
  const items = raw.items ?? (Array.isArray(raw.data?.['data']) ? raw.data['data'] : undefined);
  const start = raw.items === undefined ? '/data' : '';
  if (items !== undefined) {
    return items.flatMap((category, index) =>
      isObject(category) ? entriesOf(category, `${start}/${index}`) : [],
    );
  }
  const single = objectAt(raw.data ?? {}, 'data');
  return isInterface(single) && single['req_query'] !== undefined
    ? [{ node: single, category: '', pointer: '/data' }]
    : [];
}

function entriesOf(category: JsonObject, pointer: string): Entry[] {
  return objectsAt(category, 'list').flatMap((node, index) =>
    isInterface(node)
      ? [{ node, category: textAt(category, 'name') ?? '', pointer: `${pointer}/list/${index}` }]
      : [],
  );
}

function isInterface(node: JsonObject): boolean {
  const marks = [
    'req_query',
    'req_headers',
    'req_body_type',
    'res_body_type',
    'res_body',
    'catid',
    'query_path',
  ];
  return (
    textAt(node, 'path') !== undefined &&
    textAt(node, 'method') !== undefined &&
    marks.some((mark) => mark in node)
  );
}

/** Categories without interfaces are an export of a new project. */
function isEmptyExport(raw: RawDocument): boolean {
  return (
    (raw.items?.length ?? 0) > 0 &&
    objectsIn(raw.items).every((item) => Array.isArray(item['list']) && 'add_time' in item)
  );
}

/** Epoch s of a time that can be shown. */
const latest = 32_503_680_000;

/** When an interface was last saved, epoch ms; the export has times, but of people only their numbers. */
function lastChangeIn(entries: readonly Entry[]): number | undefined {
  const times = entries.map(({ node }) => node['up_time']).filter((time) => typeof time === 'number');
  const last = times.reduce((a, b) => Math.max(a, b), 0);
  return last > 0 && last < latest ? last * 1000 : undefined;
}
