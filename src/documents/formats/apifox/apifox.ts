import { sentence } from '../../../messages/sentence.ts';
import type { Parameter, Server } from '../../../model/document.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { Problem } from '../../../model/problem.ts';
import { defineFormat, type RawDocument, type ReadDocument } from '../format.ts';
import { bodyIn, parametersIn, responsesIn } from './content.ts';
import { KnownSchemas } from './schema.ts';
import { assemble, type FoundOperation } from '../shared/assemble.ts';
import { beginningOf, objectAt, objectsAt, textAt, textsAt } from '../shared/text.ts';
import { type RecordedAuth, securityOf, splitSecrets } from '../shared/recorded-security.ts';
import { parametersOf } from '../shared/recorded-request.ts';
import { serverUrl, splitUrl, unlessDescribed } from '../shared/url-template.ts';
import { fillIn } from '../shared/variables.ts';

/** The export of an Apifox project (`apifoxProject`). */
export const apifox = defineFormat({
  kind: 'apifox',
  version: 6,
  detect: ({ data }) => {
    if (data === undefined) return 0;
    const own = data['apifoxProject'] !== undefined || objectAt(data, '$schema')['app'] === 'apifox';
    return own && Array.isArray(data['apiCollection']) ? 1 : 0;
  },
  read: async (raw) => readApifox(raw),
});

interface Entry {
  readonly api: JsonObject;
  readonly name: string;
  readonly folders: readonly JsonObject[];
  readonly pointer: string;
}

function readApifox(raw: RawDocument): ReadDocument {
  const data = raw.data ?? {};
  const known = schemaPool(data);
  const entries = apisIn(data['apiCollection'], [], '/apiCollection');
  const found = entries.map((entry) => readApi(entry, data, known));
  return assemble({
    format: 'apifox',
    title: textAt(objectAt(data, 'info'), 'name') ?? raw.uri,
    dialect: 'draft-07',
    found,
    schemas: known.cleaned(),
    problems: problemsOf(raw.uri, data),
  });
}

function apisIn(nodes: Json | undefined, folders: readonly JsonObject[], pointer: string): Entry[] {
  if (!Array.isArray(nodes) || folders.length > 50) return [];
  return (nodes as readonly Json[]).flatMap((node, index): Entry[] => {
    if (!isObject(node)) return [];
    const here = `${pointer}/${index}`;
    const api = node['api'];
    const nested = [
      ...apisIn(node['items'], [...folders, node], `${here}/items`),
      ...apisIn(node['children'], [...folders, node], `${here}/children`),
    ];
    if (!isObject(api) || textAt(api, 'path') === undefined) return nested;
    return [{ api, name: textAt(node, 'name') ?? '', folders, pointer: `${here}/api` }, ...nested];
  });
}

/** `#/definitions/123` as the interfaces refer to it. */
function schemaPool(data: JsonObject): KnownSchemas {
  const pool = new Map<string, JsonObject>();
  const walk = (nodes: Json | undefined, depth: number): void => {
    if (!Array.isArray(nodes) || depth > 50) return;
    for (const node of nodes as readonly Json[]) {
      if (!isObject(node)) continue;
      const schema = objectAt(node, 'schema')['jsonSchema'];
      const id = textAt(node, 'id');
      if (isObject(schema) && id !== undefined)
        pool.set(id.startsWith('#') ? id : `#/definitions/${id}`, schema);
      walk(node['items'], depth + 1);
      walk(node['children'], depth + 1);
    }
  };
  walk(data['schemaCollection'], 0);
  return new KnownSchemas(pool);
}

function readApi(
  { api, name, folders, pointer }: Entry,
  data: JsonObject,
  known: KnownSchemas,
): FoundOperation {
  const url = splitUrl(textAt(api, 'path') ?? '/');
  const parameters = parametersIn(api, url.path, known);
  const secrets = splitSecrets({
    headers: parameters.filter((one) => one.in === 'header').map(pairOf),
    query: unlessDescribed(url.query, objectsAt(objectAt(api, 'parameters'), 'query')),
  });
  const security = securityOf(authIn([api, ...folders.toReversed()]), secrets);
  const body = bodyIn(api, known);
  const tags = [
    ...textsAt(api, 'tags'),
    ...folders.slice(1).map((folder) => textAt(folder, 'name') ?? ''),
  ].filter((tag) => tag !== '');
  const own = serverUrl(url.base);
  const operationId = textAt(api, 'operationId') ?? '';
  const description = beginningOf(textAt(api, 'description'));
  return {
    schemes: security.schemes,
    written: url.query,
    operation: {
      method: (textAt(api, 'method') ?? 'get').toUpperCase(),
      path: url.path,
      ...(operationId === '' ? {} : { operationId }),
      ...(name === '' ? {} : { summary: name }),
      description,
      tags: [...new Set(tags)],
      deprecated: /^(?:deprecated|obsolete)$/.test(textAt(api, 'status') ?? ''),
      servers: own === undefined ? serversOf(api, folders, data) : [{ url: own }],
      parameters: [
        ...parameters.filter(
          (one) =>
            one.in !== 'cookie' &&
            (one.in !== 'header' || secrets.headers.some((kept) => kept.name === one.name)),
        ),
        ...parametersOf('query', secrets.query),
      ],
      body,
      responses: responsesIn(api, known),
      ...(security.requirement === undefined ? {} : { security: [security.requirement] }),
      extensions: {},
      pointer,
    },
  };
}

function pairOf(parameter: Parameter): { name: string; value: string } {
  const [example] = parameter.examples;
  return {
    name: parameter.name,
    value: typeof example === 'string' ? example : (parameter.description ?? ''),
  };
}

/** The base address in each environment, for the service that the interface or its folder belongs to. */
function serversOf(api: JsonObject, folders: readonly JsonObject[], data: JsonObject): Server[] {
  const chosen = [api, ...folders.toReversed()]
    .map((node) => textAt(node, 'serverId'))
    .find((id) => id !== undefined && id !== '');
  return objectsAt(data, 'environments').flatMap((environment): Server[] => {
    const urls = objectAt(environment, 'baseUrls');
    const variables = Object.fromEntries(
      objectsAt(environment, 'variables').map((one) => [
        textAt(one, 'name') ?? '',
        textAt(one, 'value') ?? textAt(one, 'initialValue') ?? '',
      ]),
    );
    const base = textAt(urls, chosen ?? 'default') ?? textAt(environment, 'baseUrl') ?? '';
    const url = serverUrl(fillIn(base, variables));
    const name = textAt(environment, 'name');
    return url === undefined ? [] : [name === undefined ? { url } : { url, name }];
  });
}

function authIn(nodes: readonly JsonObject[]): RecordedAuth | undefined {
  for (const node of nodes) {
    const auth = objectAt(node, 'auth');
    switch (textAt(auth, 'type')) {
      case undefined:
      case 'inherit':
        continue;
      case 'noauth':
        return { kind: 'none' };
      case 'bearer':
        return { kind: 'bearer' };
      case 'basic':
        return { kind: 'basic' };
      case 'digest':
        return { kind: 'digest' };
      case 'awsv4':
        return { kind: 'awsSigV4' };
      case 'oauth2':
        return { kind: 'oauth2' };
      case 'apikey':
        return apiKeyIn(auth);
      default:
        return { kind: 'other' };
    }
  }
  return undefined;
}

/** Written as in Postman: a list of keys and values, or an object. */
function apiKeyIn(auth: JsonObject): RecordedAuth {
  const list = objectsAt(auth, 'apikey');
  const value = (key: string): string | undefined =>
    textAt(list.find((one) => one['key'] === key) ?? {}, 'value') ?? textAt(objectAt(auth, 'apikey'), key);
  return {
    kind: 'apiKey',
    in: value('in') === 'query' ? 'query' : 'header',
    parameterName: value('key') ?? 'x-api-key',
  };
}

function problemsOf(file: string, data: JsonObject): Problem[] {
  const others = [...objectsAt(data, 'socketCollection'), ...objectsAt(data, 'webSocketCollection')].reduce(
    (sum, one) => sum + objectsAt(one, 'items').length,
    0,
  );
  if (others === 0) return [];
  return [{ level: 'info', code: 'not-http', message: sentence('webSocketsLeftOut', { n: others }), file }];
}
