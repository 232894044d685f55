import { sentence } from '../../../messages/sentence.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Problem } from '../../../model/problem.ts';
import { defineFormat, type RawDocument, type ReadDocument } from '../format.ts';
import { assemble, type FoundOperation } from '../shared/assemble.ts';
import { objectAt, objectsAt, textAt } from '../shared/text.ts';
import type { RecordedBody } from '../shared/recorded-content.ts';
import { operationOf } from '../shared/recorded-request.ts';
import type { RecordedAuth } from '../shared/recorded-security.ts';
import type { Pair } from '../shared/url-template.ts';

/**
 * Collections of Thunder Client, exported or as kept in a repository (`tc_col_*.json`). Folders and requests are flat
 * lists; `containerId` names the folder above. https://docs.thunderclient.com
 */
export const thunderClient = defineFormat({
  kind: 'thunder-client',
  version: 7,
  detect: ({ data }) => (data !== undefined && isCollection(data) ? 0.95 : 0),
  read: async (raw) => readThunderClient(raw),
});

function isCollection(data: JsonObject): boolean {
  if (!Array.isArray(data['requests'])) return false;
  const client = textAt(data, 'clientName') ?? textAt(data, 'client');
  return client === 'Thunder Client' || ('colName' in data && '_id' in data);
}

function readThunderClient(raw: RawDocument): ReadDocument {
  const data = raw.data ?? {};
  const folders = new Map(objectsAt(data, 'folders').map((folder) => [textAt(folder, '_id') ?? '', folder]));
  const requests = objectsAt(data, 'requests');
  const found = requests.map((request, index) => {
    const above = foldersAbove(request, folders);
    return readRequest(request, above, data, `/requests/${index}`);
  });
  return assemble({
    format: 'thunder-client',
    title: textAt(data, 'collectionName') ?? textAt(data, 'colName') ?? raw.uri,
    found,
    problems: problemsOf(raw.uri, requests),
  });
}

/** From the outermost to the nearest. */
function foldersAbove(request: JsonObject, folders: ReadonlyMap<string, JsonObject>): JsonObject[] {
  const above: JsonObject[] = [];
  let folder = folders.get(textAt(request, 'containerId') ?? '');
  while (folder !== undefined && !above.includes(folder)) {
    above.unshift(folder);
    folder = folders.get(textAt(folder, 'containerId') ?? '');
  }
  return above;
}

function readRequest(
  request: JsonObject,
  above: readonly JsonObject[],
  data: JsonObject,
  pointer: string,
): FoundOperation {
  const settings = [data, ...above].map((node) => objectAt(node, 'settings'));
  const params = objectsAt(request, 'params');
  const isPath = params.map((param) => param['isPath'] === true);
  const pairs = pairsAt(request, 'params');
  const url = textAt(request, 'url') ?? '';
  return operationOf({
    method: textAt(request, 'method') ?? 'GET',
    url: `${baseUrlIn(settings, url)}${url}`,
    name: nameOf(request, url),
    description: textAt(request, 'docs'),
    tags: above.map((folder) => textAt(folder, 'name') ?? '').filter((name) => name !== ''),
    headers: [...settings.flatMap((one) => pairsAt(one, 'headers')), ...pairsAt(request, 'headers')],
    // What stands in the URL as well is listed there once more.
    query: pairs.filter(({ name }, index) => isPath[index] === false && !url.includes(`${name}=`)),
    pathValues: pairs.filter((_, index) => isPath[index] === true),
    body: bodyIn(objectAt(request, 'body')),
    auth: authIn([request, ...settings.toReversed().map((auth) => ({ auth: auth['auth'] ?? null }))]),
    pointer,
  });
}

/** A request that nobody named is called by its URL. */
function nameOf(request: JsonObject, url: string): string | undefined {
  const name = textAt(request, 'name');
  return name === url ? undefined : name;
}

/** The base address of the collection or of the nearest folder, for a URL that has none. */
function baseUrlIn(settings: readonly JsonObject[], url: string): string {
  if (/^(?:[a-z]+:\/\/|\{\{)/i.test(url)) return '';
  const base = settings
    .map((one) => textAt(objectAt(one, 'options'), 'baseUrl'))
    .findLast((one) => one !== undefined);
  if (base === undefined) return '';
  return url.startsWith('/') ? base.replace(/\/+$/, '') : `${base.replace(/\/+$/, '')}/`;
}

function pairsAt(node: JsonObject, key: string): Pair[] {
  return objectsAt(node, key)
    .map((pair) => ({
      name: textAt(pair, 'name') ?? textAt(pair, 'key') ?? '',
      value: textAt(pair, 'value') ?? '',
      ...(pair['isDisabled'] === true ? { disabled: true } : {}),
    }))
    .filter(({ name }) => name !== '');
}

function bodyIn(body: JsonObject): RecordedBody | undefined {
  const text = textAt(body, 'raw') ?? '';
  switch (textAt(body, 'type')) {
    case 'formencoded':
      return { contentType: 'application/x-www-form-urlencoded', fields: pairsAt(body, 'form') };
    case 'formdata': {
      const files = pairsAt(body, 'files').map((pair) => ({ ...pair, file: true }));
      return { contentType: 'multipart/form-data', fields: [...pairsAt(body, 'form'), ...files] };
    }
    case 'json':
      return text === '' ? undefined : { contentType: 'application/json', text };
    case 'xml':
      return text === '' ? undefined : { contentType: 'application/xml', text };
    case 'text':
      return text === '' ? undefined : { contentType: 'text/plain', text };
    case 'graphql': {
      const graphql = objectAt(body, 'graphql');
      return {
        contentType: 'application/json',
        text: JSON.stringify({ query: textAt(graphql, 'query') ?? '' }),
      };
    }
    default:
      return undefined;
  }
}

/** The nearest that is set, from the request up. */
function authIn(nodes: readonly JsonObject[]): RecordedAuth | undefined {
  for (const node of nodes) {
    const auth = objectAt(node, 'auth');
    const type = textAt(auth, 'type');
    if (type !== undefined && type !== 'inherit') return readAuth(type);
  }
  return undefined;
}

function readAuth(type: string): RecordedAuth {
  switch (type) {
    case 'none':
    case 'basic':
    case 'bearer':
      return { kind: type };
    case 'aws':
      return { kind: 'awsSigV4' };
    case 'oauth2':
      return { kind: 'oauth2' };
    default:
      return { kind: 'other' };
  }
}

function problemsOf(file: string, requests: readonly JsonObject[]): Problem[] {
  const scripted = requests.filter(
    (request) =>
      textAt(request, 'preReq') !== undefined ||
      objectsAt(objectAt(request, 'preReq'), 'runFilters').length > 0,
  );
  if (scripted.length === 0) return [];
  const message = sentence('scriptsNotRun', { n: scripted.length });
  return [{ level: 'info', code: 'scripts-ignored', message, file }];
}
