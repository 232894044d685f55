import type { Sentence } from '../../../model/sentence.ts';
import { sentence } from '../../../messages/sentence.ts';
import { isSensitiveName } from '../../../lib/secrets/secret.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { Problem } from '../../../model/problem.ts';
import { defineFormat, type RawDocument, type ReadContext, type ReadDocument } from '../format.ts';
import { contentTypes, nearestOfName } from './lang.ts';
import { assemble, type FoundOperation } from '../shared/assemble.ts';
import { objectAt, objectsAt, objectsIn, textAt } from '../shared/text.ts';
import type { RecordedAnswer, RecordedBody, RecordedField } from '../shared/recorded-content.ts';
import { operationOf } from '../shared/recorded-request.ts';
import type { RecordedAuth } from '../shared/recorded-security.ts';
import type { Pair } from '../shared/url-template.ts';
import type { Environment } from '../shared/variables.ts';

/**
 * OpenCollection, the YAML form of Bruno's collections (https://docs.usebruno.com/opencollection-yaml): one file that
 * holds everything, or `opencollection.yml` with a file beside it for each request, folder and environment.
 */
export const openCollection = defineFormat({
  kind: 'opencollection',
  version: 7,
  detect: ({ data }) => (data !== undefined && textAt(data, 'opencollection') !== undefined ? 0.95 : 0),
  read: (raw, context) => readCollection(raw, raw.data ?? {}, context),
});

/** A request with the folders above it, outermost first. */
interface CollectionItem {
  readonly node: JsonObject;
  readonly above: readonly JsonObject[];
  readonly tags: readonly string[];
  readonly pointer: string;
}

async function readCollection(
  raw: RawDocument,
  data: JsonObject,
  context: ReadContext,
): Promise<ReadDocument> {
  const problems: Problem[] = [];
  const files = await readFiles(raw, context, problems);
  const items = [...itemsWithin(data, [data], [], ''), ...itemsIn(files, data)];
  const environments = environmentsOf(data, files);
  const requests = items.filter(({ node }) => detailsOf(node) !== undefined);
  const found = requests.map((item) => readRequest(item, environments));
  problems.push(...problemsOf(raw.uri, items));
  const title = textAt(objectAt(data, 'info'), 'name') ?? raw.uri;
  return assemble({ format: 'opencollection', title, found, problems });
}

/** The parts of the collection by their paths; other YAML beside it is not its own. */
async function readFiles(
  raw: RawDocument,
  context: ReadContext,
  problems: Problem[],
): Promise<ReadonlyMap<string, JsonObject>> {
  const files = new Map<string, JsonObject>();
  for (const reference of await context.list('**/*.{yml,yaml}', raw.uri)) {
    if (context.signal.aborted) break;
    const loaded = await context.load(reference, raw.uri);
    if ('level' in loaded) problems.push(loaded);
    else if (loaded.uri !== raw.uri && loaded.data !== undefined) {
      files.set(reference.replace(/^\.\//, ''), loaded.data);
    }
  }
  return files;
}

function itemsIn(files: ReadonlyMap<string, JsonObject>, collection: JsonObject): readonly CollectionItem[] {
  return [...files]
    .filter(([file, node]) => typeOf(node) !== undefined && !/(?:^|\/)folder\.ya?ml$/.test(file))
    .map(([file, node]) => {
      const folders = file.split('/').slice(0, -1);
      const paths = folders.map((_, index) => folders.slice(0, index + 1).join('/'));
      const known = paths.flatMap((path): readonly JsonObject[] => {
        const folder = files.get(`${path}/folder.yml`) ?? files.get(`${path}/folder.yaml`);
        return folder === undefined ? [] : [folder];
      });
      return { node, above: [collection, ...known], tags: folders, pointer: file };
    });
}

/** Folders and requests that stand in the file itself. */
function itemsWithin(
  holder: JsonObject,
  above: readonly JsonObject[],
  tags: readonly string[],
  pointer: string,
): readonly CollectionItem[] {
  if (tags.length > 50) return [];
  return objectsAt(holder, 'items').flatMap((node, index): readonly CollectionItem[] => {
    const at = `${pointer}/items/${index}`;
    if (!Array.isArray(node['items'])) return [{ node, above, tags, pointer: at }];
    const name = textAt(objectAt(node, 'info'), 'name') ?? '';
    return itemsWithin(node, [...above, node], name === '' ? tags : [...tags, name], at);
  });
}

function typeOf(node: JsonObject): string | undefined {
  const type = textAt(objectAt(node, 'info'), 'type');
  return type !== undefined && /^(?:http|graphql|grpc|websocket|ws)$/.test(type) ? type : undefined;
}

function detailsOf(node: JsonObject): JsonObject | undefined {
  const details = node['http'] ?? node['graphql'];
  return isObject(details) && textAt(details, 'url') !== undefined ? details : undefined;
}

function readRequest(
  { node, above, tags, pointer }: CollectionItem,
  environments: readonly Environment[],
): FoundOperation {
  const details = detailsOf(node) ?? {};
  const url = textAt(details, 'url') ?? '/';
  const [collection, ...folders] = above.map((holder) =>
    variablesIn(objectAt(holder, 'request')['variables']),
  );
  const own = variablesIn(objectAt(node, 'runtime')['variables']);
  const params = objectsAt(details, 'params');
  const asked = new Set(new URLSearchParams(url.split('?')[1] ?? '').keys());
  return operationOf({
    method: textAt(details, 'method') ?? (node['graphql'] === undefined ? 'GET' : 'POST'),
    url,
    name: textAt(objectAt(node, 'info'), 'name'),
    description: textAt(node, 'docs') ?? textAt(objectAt(node, 'docs'), 'content'),
    tags,
    headers: nearestOfName(
      [...above.map((holder) => objectAt(holder, 'request')), details].flatMap((holder) =>
        objectsAt(holder, 'headers').map(toPair),
      ),
    ),
    // The client repeats the URL's query among the parameters.
    query: params
      .filter((one) => one['type'] !== 'path')
      .map(toPair)
      .filter(({ name }) => !asked.has(name)),
    pathValues: params.filter((one) => one['type'] === 'path').map(toPair),
    body: bodyIn(chosen(details['body']), node['graphql'] !== undefined),
    auth: authOf(details['auth'], above),
    answers: objectsAt(node, 'examples').flatMap(toAnswer),
    // An environment wins over the collection, what is nearer to the request over both.
    environments: environments.map((one) => ({
      ...one,
      values: Object.assign({}, collection, one.values, ...folders, own) as Record<string, string>,
    })),
    pointer,
  });
}

function toPair(entry: JsonObject): Pair {
  const pair = { name: textAt(entry, 'name') ?? '', value: textAt(entry, 'value') ?? '' };
  return entry['disabled'] === true ? { ...pair, disabled: true } : pair;
}

/** Where there are variants, the selected one. */
function chosen(body: Json | undefined): JsonObject {
  if (!Array.isArray(body)) return isObject(body) ? body : {};
  const variants = objectsIn(body);
  return objectAt(variants.find((one) => one['selected'] === true) ?? variants[0] ?? {}, 'body');
}

function bodyIn(body: JsonObject, isGraphql: boolean): RecordedBody | undefined {
  if (isGraphql) {
    const query = textAt(body, 'query');
    return query === undefined
      ? undefined
      : { contentType: 'application/json', text: JSON.stringify({ query }) };
  }
  const type = textAt(body, 'type') ?? '';
  const contentType = contentTypes[type];
  if (contentType !== undefined) return { contentType, text: textAt(body, 'data') };
  const fields = objectsAt(body, 'data').map(toField);
  if (type === 'form-urlencoded') return { contentType: 'application/x-www-form-urlencoded', fields };
  return type === 'multipart-form' ? { contentType: 'multipart/form-data', fields } : undefined;
}

function toField(entry: JsonObject): RecordedField {
  return entry['type'] === 'file' ? { ...toPair(entry), file: true } : toPair(entry);
}

/** `inherit` and nothing ask the folders above, then the collection; `none` does not. */
function authOf(auth: Json | undefined, above: readonly JsonObject[]): RecordedAuth | undefined {
  const said = [...above.map((holder) => objectAt(holder, 'request')['auth']), auth];
  const nearest = said.findLast((one) => one !== undefined && one !== null && one !== 'inherit');
  if (!isObject(nearest)) return undefined;
  const type = textAt(nearest, 'type') ?? '';
  switch (type) {
    case 'none':
      return undefined;
    case 'basic':
    case 'bearer':
    case 'digest':
      return { kind: type };
    case 'awsv4':
      return { kind: 'awsSigV4' };
    case 'apikey': {
      const place = /query/.test(textAt(nearest, 'placement') ?? '') ? 'query' : 'header';
      return { kind: 'apiKey', in: place, parameterName: textAt(nearest, 'key') ?? 'x-api-key' };
    }
    case 'oauth2':
      return oauth2(nearest);
    default:
      return { kind: 'other' };
  }
}

function oauth2(auth: JsonObject): RecordedAuth {
  const flow = textAt(auth, 'flow')?.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const tokenUrl = textAt(auth, 'accessTokenUrl');
  return {
    kind: 'oauth2',
    flow,
    ...(tokenUrl === undefined || tokenUrl.includes('{{') ? {} : { tokenUrl }),
  };
}

function toAnswer(example: JsonObject): RecordedAnswer | readonly never[] {
  const response = objectAt(example, 'response');
  const { status } = response;
  if (typeof status !== 'number') return [];
  const body = objectAt(response, 'body');
  const header = objectsAt(response, 'headers')
    .map(toPair)
    .find(({ name }) => /^content-type$/i.test(name));
  return {
    status,
    contentType: header?.value ?? contentTypes[textAt(body, 'type') ?? ''],
    text: textAt(body, 'data'),
  };
}

function environmentsOf(data: JsonObject, files: ReadonlyMap<string, JsonObject>): readonly Environment[] {
  const apart = [...files].filter(([file]) => /^environments\/[^/]+$/.test(file)).map(([, node]) => node);
  const all = [...objectsAt(objectAt(data, 'config'), 'environments'), ...apart].map((node) => {
    const name = textAt(node, 'name');
    return { name, values: variablesIn(node['variables']) };
  });
  return all.length === 0 ? [{ values: {} }] : all;
}

/** Values are texts, typed (`{ type, data }`) or variants of which one is selected; secrets have none. */
function variablesIn(variables: Json | undefined): Record<string, string> {
  const usable = objectsIn(variables).filter((one) => one['disabled'] !== true && one['secret'] !== true);
  return Object.fromEntries(
    usable.flatMap((one) => {
      const name = textAt(one, 'name');
      const variants = objectsAt(one, 'value');
      const variant = variants.find((each) => each['selected'] === true) ?? variants[0];
      const holder = variant ?? one;
      const value = textAt(objectAt(holder, 'value'), 'data') ?? textAt(holder, 'value');
      return name === undefined || value === undefined || isSensitiveName(name)
        ? []
        : [[name, value] as const];
    }),
  );
}

function problemsOf(file: string, items: readonly CollectionItem[]): readonly Problem[] {
  const scripted = items.filter(
    ({ node }) => objectsAt(objectAt(node, 'runtime'), 'scripts').length > 0,
  ).length;
  const others = items.filter(({ node }) => isObject(node['grpc']) || isObject(node['websocket'])).length;
  return [
    ...(scripted === 0 ? [] : [notice('scripts-ignored', sentence('scriptsNotRun', { n: scripted }), file)]),
    ...(others === 0 ? [] : [notice('not-http', sentence('notPlainHttp', { n: others }), file)]),
  ];
}

function notice(code: string, message: Sentence, file: string): Problem {
  return { level: 'info', code, message, file };
}
