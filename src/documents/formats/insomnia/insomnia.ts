import { sentence } from '../../../messages/sentence.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { Problem } from '../../../model/problem.ts';
import { defineFormat, type RawDocument, type ReadDocument } from '../format.ts';
import { assemble, type FoundOperation } from '../shared/assemble.ts';
import { objectAt, objectsAt, objectsIn, textAt } from '../shared/text.ts';
import type { RecordedBody } from '../shared/recorded-content.ts';
import { operationOf } from '../shared/recorded-request.ts';
import type { RecordedAuth } from '../shared/recorded-security.ts';
import type { Pair } from '../shared/url-template.ts';
import { type Environment, flatten } from '../shared/variables.ts';

/** Insomnia: version 4 is a flat list with parents (JSON or YAML), version 5 a YAML tree. */
export const insomnia = defineFormat({
  kind: 'insomnia',
  version: 7,
  detect: ({ data }) => (data !== undefined && (isV4(data) || isV5(data)) ? 0.95 : 0),
  read: async (raw) => readInsomnia(raw),
});

function isV4(data: JsonObject): boolean {
  return data['_type'] === 'export' && Array.isArray(data['resources']);
}

function isV5(data: JsonObject): boolean {
  return /^(?:collection|spec)\.insomnia\.rest\/5/.test(textAt(data, 'type') ?? '');
}

/** A request or folder, in the shape of version 4, with the folders above it. */
interface InsomniaItem {
  readonly node: JsonObject;
  readonly folders: readonly JsonObject[];
  readonly pointer: string;
}

interface Collection {
  readonly title: string | undefined;
  readonly requests: readonly InsomniaItem[];
  readonly environments: readonly Environment[];
  /** WebSocket, gRPC and the like. */
  readonly others: number;
}

function readInsomnia(raw: RawDocument): ReadDocument {
  const data = raw.data ?? {};
  const collection = isV4(data) ? readV4(data) : readV5(data);
  const found = collection.requests.map((item) => readRequest(item, collection.environments));
  return assemble({
    format: isV4(data) ? 'insomnia-4' : 'insomnia-5',
    title: collection.title ?? raw.uri,
    found,
    problems: problemsOf(raw.uri, collection),
  });
}

function readV4(data: JsonObject): Collection {
  const resources = objectsAt(data, 'resources');
  const byId = new Map(resources.map((resource) => [textAt(resource, '_id') ?? '', resource]));
  const ofType = (type: string): readonly JsonObject[] =>
    resources.filter((resource) => resource['_type'] === type);
  const requests = resources.flatMap((node, index): InsomniaItem[] =>
    node['_type'] === 'request'
      ? [{ node, folders: foldersAbove(node, byId), pointer: `/resources/${index}` }]
      : [],
  );
  const titles = ofType('workspace').map((workspace) => textAt(workspace, 'name') ?? '');
  return {
    title: titles.filter((title) => title !== '').join(', ') || undefined,
    requests,
    environments: environmentsV4(ofType('environment')),
    others:
      ofType('websocket_request').length + ofType('grpc_request').length + ofType('socketio_request').length,
  };
}

function foldersAbove(node: JsonObject, byId: ReadonlyMap<string, JsonObject>): JsonObject[] {
  const folders: JsonObject[] = [];
  let parent = byId.get(textAt(node, 'parentId') ?? '');
  while (parent !== undefined && parent['_type'] === 'request_group' && folders.length < 50) {
    folders.unshift(parent);
    parent = byId.get(textAt(parent, 'parentId') ?? '');
  }
  return folders;
}

/** A base environment holds defaults for the ones below it; alone it is the environment. */
function environmentsV4(resources: readonly JsonObject[]): Environment[] {
  const ids = new Set(resources.map((resource) => textAt(resource, '_id')));
  const bases = resources.filter((resource) => !ids.has(textAt(resource, 'parentId')));
  const shared = Object.assign({}, ...bases.map((base) => flatten(base['data']))) as Record<string, string>;
  const subs = resources.filter((resource) => !bases.includes(resource));
  return withBase(shared, subs);
}

function withBase(shared: Record<string, string>, subs: readonly JsonObject[]): Environment[] {
  if (subs.length === 0) return [{ values: shared }];
  return subs.map((sub) => ({
    name: textAt(sub, 'name') ?? '',
    values: { ...shared, ...flatten(sub['data']) },
  }));
}

function readV5(data: JsonObject): Collection {
  const requests: InsomniaItem[] = [];
  let others = 0;
  const walk = (nodes: Json | undefined, folders: readonly JsonObject[], pointer: string): void => {
    if (!Array.isArray(nodes) || folders.length > 50) return;
    for (const [index, node] of (nodes as readonly Json[]).entries()) {
      if (!isObject(node)) continue;
      const here = `${pointer}/${index}`;
      if (Array.isArray(node['children'])) walk(node['children'], [...folders, node], `${here}/children`);
      else if (textAt(node, 'method') !== undefined) requests.push({ node, folders, pointer: here });
      else others++;
    }
  };
  walk(data['collection'], [], '/collection');
  const base = data['environments'];
  const environments = Array.isArray(base)
    ? withBase({}, objectsIn(base))
    : withBase(
        flatten(objectAt(data, 'environments')['data']),
        objectsAt(objectAt(data, 'environments'), 'subEnvironments'),
      );
  return { title: textAt(data, 'name'), requests, environments, others };
}

function readRequest(
  { node, folders, pointer }: InsomniaItem,
  environments: readonly Environment[],
): FoundOperation {
  const inherited = Object.assign({}, ...folders.map((folder) => flatten(folder['environment']))) as Record<
    string,
    string
  >;
  const values = environments.map((one) => ({ ...one, values: { ...one.values, ...inherited } }));
  return operationOf({
    method: textAt(node, 'method') ?? 'GET',
    url: plainTemplates(textAt(node, 'url') ?? ''),
    name: textAt(node, 'name'),
    description: textAt(node, 'description') ?? textAt(objectAt(node, 'meta'), 'description'),
    tags: folders.map((folder) => textAt(folder, 'name') ?? '').filter((name) => name !== ''),
    headers: [...folders.flatMap((folder) => pairsAt(folder, 'headers')), ...pairsAt(node, 'headers')],
    query: pairsAt(node, 'parameters'),
    pathValues: pairsAt(node, 'pathParameters'),
    body: bodyIn(objectAt(node, 'body')),
    auth: authIn([node, ...folders.toReversed()]),
    environments: values,
    pointer,
  });
}

/** Template tags (`{% response … %}`) have no value of their own. */
function plainTemplates(text: string): string {
  return text.replace(/\{%[^{}]*%\}/g, '{{computed}}');
}

function pairsAt(node: JsonObject, key: string): Pair[] {
  return objectsAt(node, key).map((pair) => ({
    name: textAt(pair, 'name') ?? '',
    value: plainTemplates(textAt(pair, 'value') ?? ''),
    ...(pair['disabled'] === true ? { disabled: true } : {}),
  }));
}

function bodyIn(body: JsonObject): RecordedBody | undefined {
  const contentType = textAt(body, 'mimeType');
  const params = objectsAt(body, 'params');
  if (params.length > 0) {
    const pairs = pairsAt(body, 'params');
    return {
      contentType,
      fields: pairs.map((pair, index) => ({ ...pair, file: params[index]?.['type'] === 'file' })),
    };
  }
  const text = textAt(body, 'text');
  if (text === undefined || text === '') return undefined;
  return {
    contentType: contentType === 'application/graphql' ? 'application/json' : contentType,
    text: plainTemplates(text),
  };
}

/** The nearest that is set, from the request up through its folders. */
function authIn(nodes: readonly JsonObject[]): RecordedAuth | undefined {
  for (const node of nodes) {
    const auth = objectAt(node, 'authentication');
    const type = textAt(auth, 'type');
    if (type === undefined || auth['disabled'] === true) continue;
    return readAuth(type, auth);
  }
  return undefined;
}

function readAuth(type: string, auth: JsonObject): RecordedAuth {
  switch (type) {
    case 'basic':
    case 'bearer':
    case 'digest':
      return { kind: type };
    case 'iam':
      return { kind: 'awsSigV4' };
    case 'none':
      return { kind: 'none' };
    case 'apikey': {
      const place = textAt(auth, 'addTo');
      const where = place === 'queryParams' ? 'query' : place === 'cookie' ? 'cookie' : 'header';
      return { kind: 'apiKey', in: where, parameterName: textAt(auth, 'key') ?? 'x-api-key' };
    }
    case 'oauth2': {
      const tokenUrl = textAt(auth, 'accessTokenUrl');
      const flow = textAt(auth, 'grantType')?.replace(/_([a-z])/g, (_, letter: string) =>
        letter.toUpperCase(),
      );
      return {
        kind: 'oauth2',
        flow,
        ...(tokenUrl === undefined || tokenUrl.includes('{') ? {} : { tokenUrl }),
      };
    }
    default:
      return { kind: 'other' };
  }
}

function filled(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== '';
}

function problemsOf(file: string, collection: Collection): Problem[] {
  const scripted = collection.requests.filter(
    ({ node }) =>
      filled(textAt(node, 'preRequestScript')) || filled(textAt(objectAt(node, 'scripts'), 'preRequest')),
  );
  const problems: Problem[] = [];
  if (scripted.length > 0) {
    problems.push({
      level: 'info',
      code: 'scripts-ignored',
      message: sentence('scriptsNotRun', { n: scripted.length }),
      file,
    });
  }
  if (collection.others > 0) {
    const message = sentence('notPlainHttp', { n: collection.others });
    problems.push({ level: 'info', code: 'not-http', message, file });
  }
  return problems;
}
