import { sentence } from '../../../messages/sentence.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { Problem } from '../../../model/problem.ts';
import { defineFormat, type RawDocument, type ReadDocument } from '../format.ts';
import { assemble, type FoundOperation } from '../shared/assemble.ts';
import { objectAt, objectsAt, objectsIn, textAt } from '../shared/text.ts';
import type { RecordedAnswer, RecordedBody } from '../shared/recorded-content.ts';
import { operationOf } from '../shared/recorded-request.ts';
import type { RecordedAuth } from '../shared/recorded-security.ts';
import type { Pair } from '../shared/url-template.ts';

const maxFolders = 50;

/** Hoppscotch: one collection or a list of them; folders are collections within. Versions 1 to 12 of its schema. */
export const hoppscotch = defineFormat({
  kind: 'hoppscotch',
  version: 7,
  detect: ({ data, items }) => (collectionsOf(data, items).some(isCollection) ? 0.9 : 0),
  read: async (raw) => readHoppscotch(raw),
});

function collectionsOf(
  data: JsonObject | undefined,
  items: readonly Json[] | undefined,
): readonly JsonObject[] {
  return data === undefined ? objectsIn(items) : [data];
}

function isCollection(data: JsonObject): boolean {
  return (
    (typeof data['v'] === 'number' || typeof data['v'] === 'string') &&
    typeof data['name'] === 'string' &&
    Array.isArray(data['folders']) &&
    Array.isArray(data['requests'])
  );
}

interface Found {
  readonly operations: FoundOperation[];
  graphql: number;
  scripted: number;
}

function readHoppscotch(raw: RawDocument): ReadDocument {
  const collections = collectionsOf(raw.data, raw.items);
  const found: Found = { operations: [], graphql: 0, scripted: 0 };
  for (const [index, collection] of collections.entries())
    walk(collection, [], raw.data === undefined ? `/${index}` : '', found);
  const title = collections.map((one) => textAt(one, 'name') ?? '').filter((name) => name !== '');
  return assemble({
    format: 'hoppscotch',
    title: title.join(', ') || raw.uri,
    found: found.operations,
    problems: problemsOf(raw.uri, found),
  });
}

function walk(collection: JsonObject, above: readonly JsonObject[], pointer: string, found: Found): void {
  if (above.length > maxFolders) return;
  const inside = [...above, collection];
  for (const [index, request] of objectsAt(collection, 'requests').entries()) {
    if (textAt(request, 'method') === undefined) found.graphql++;
    else found.operations.push(readRequest(request, inside, `${pointer}/requests/${index}`));
    if ((textAt(request, 'preRequestScript') ?? '').trim() !== '') found.scripted++;
  }
  for (const [index, folder] of objectsAt(collection, 'folders').entries())
    walk(folder, inside, `${pointer}/folders/${index}`, found);
}

function readRequest(request: JsonObject, inside: readonly JsonObject[], pointer: string): FoundOperation {
  const [, ...folders] = inside;
  // The first version had the URL in two parts.
  const url =
    textAt(request, 'endpoint') ?? `${textAt(request, 'url') ?? ''}${textAt(request, 'path') ?? ''}`;
  const nearest = [request, ...inside.toReversed()];
  return operationOf({
    method: textAt(request, 'method') ?? 'GET',
    url: variables(url),
    name: textAt(request, 'name'),
    description: textAt(request, 'description'),
    tags: folders.map((folder) => textAt(folder, 'name') ?? '').filter((name) => name !== ''),
    headers: headersOf(nearest),
    query: pairsAt(request, 'params'),
    body: bodyIn(objectAt(request, 'body')),
    auth: authIn(nearest),
    answers: answersIn(objectAt(request, 'responses')),
    environments: [{ values: valuesOf(request, inside) }],
    pointer,
  });
}

/** `<<name>>` → `{{name}}`. */
function variables(text: string): string {
  return text.replace(/<<([^<>]{1,200})>>/g, '{{$1}}');
}

function pairsAt(node: JsonObject, key: string): Pair[] {
  return objectsAt(node, key).map((pair) => ({
    name: textAt(pair, 'key') ?? '',
    value: variables(textAt(pair, 'value') ?? ''),
    ...(pair['active'] === false ? { disabled: true } : {}),
  }));
}

/** A header of the request, or of the folder nearest to it, wins over the same one further up. */
function headersOf(nearest: readonly JsonObject[]): Pair[] {
  const headers = new Map<string, Pair>();
  for (const header of nearest.flatMap((node) => pairsAt(node, 'headers'))) {
    const key = header.name.toLowerCase();
    if (header.name !== '' && !headers.has(key)) headers.set(key, header);
  }
  return [...headers.values()];
}

function valuesOf(request: JsonObject, inside: readonly JsonObject[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const variable of inside.flatMap((one) => objectsAt(one, 'variables'))) {
    const value = textAt(variable, 'currentValue') || textAt(variable, 'initialValue');
    if (variable['secret'] !== true && value !== undefined)
      values[textAt(variable, 'key') ?? ''] = variables(value);
  }
  for (const { name, value, disabled } of pairsAt(request, 'requestVariables'))
    if (disabled !== true && value !== '') values[name] = value;
  return values;
}

function bodyIn(body: JsonObject): RecordedBody | undefined {
  const contentType = textAt(body, 'contentType');
  const fields = objectsAt(body, 'body');
  if (fields.length > 0) {
    const pairs = pairsAt(body, 'body');
    return {
      contentType,
      fields: pairs.map((pair, index) => ({ ...pair, file: fields[index]?.['isFile'] === true })),
    };
  }
  const text = textAt(body, 'body');
  if (contentType === undefined || text === undefined || text === '') return undefined;
  if (contentType !== 'application/x-www-form-urlencoded') return { contentType, text: variables(text) };
  return { contentType, fields: formLines(variables(text)) };
}

/** A form as lines of `name: value`; a `#` in front leaves one out. */
function formLines(text: string): Pair[] {
  return text.split('\n').flatMap((line): Pair[] => {
    const match = /^\s*(#?)\s*([^:]+?)\s*:\s*(.*)$/.exec(line);
    if (match === null) return [];
    const [, off = '', name = '', value = ''] = match;
    return [{ name, value, ...(off === '' ? {} : { disabled: true }) }];
  });
}

function authIn(nearest: readonly JsonObject[]): RecordedAuth | undefined {
  for (const node of nearest) {
    const auth = objectAt(node, 'auth');
    const type = textAt(auth, 'authType');
    if (type === undefined || type === 'inherit') continue;
    return auth['authActive'] === false ? { kind: 'none' } : readAuth(type, auth);
  }
  return undefined;
}

function readAuth(type: string, auth: JsonObject): RecordedAuth {
  const place = /QUERY/i.test(textAt(auth, 'addTo') ?? '') ? 'query' : 'header';
  switch (type) {
    case 'none':
    case 'basic':
    case 'bearer':
    case 'digest':
      return { kind: type };
    case 'aws-signature':
      return { kind: 'awsSigV4' };
    case 'api-key':
      return { kind: 'apiKey', in: place, parameterName: textAt(auth, 'key') ?? 'x-api-key' };
    case 'jwt':
      return place === 'header'
        ? { kind: 'bearer' }
        : { kind: 'apiKey', in: 'query', parameterName: textAt(auth, 'paramName') ?? 'token' };
    case 'oauth-2': {
      const grant = objectAt(auth, 'grantTypeInfo');
      const tokenUrl = textAt(grant, 'tokenEndpoint') ?? textAt(grant, 'authEndpoint');
      const flow = textAt(grant, 'grantType')
        ?.toLowerCase()
        .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
      return {
        kind: 'oauth2',
        flow,
        ...(tokenUrl === undefined || !/^https?:\/\/[^<]*$/.test(tokenUrl) ? {} : { tokenUrl }),
      };
    }
    default:
      return { kind: 'other' };
  }
}

/** Answers that were saved as examples. */
function answersIn(responses: JsonObject): RecordedAnswer[] {
  return Object.values(responses)
    .filter(isObject)
    .flatMap((response): RecordedAnswer[] => {
      const status = response['code'];
      const type = pairsAt(response, 'headers').find(({ name }) => /^content-type$/i.test(name))?.value;
      return typeof status === 'number'
        ? [{ status, contentType: type, text: textAt(response, 'body') }]
        : [];
    });
}

function problemsOf(file: string, { graphql, scripted }: Found): Problem[] {
  const problems: Problem[] = [];
  if (graphql > 0) {
    const message = sentence('graphqlLeftOut', { n: graphql });
    problems.push({ level: 'info', code: 'not-http', message, file, hint: sentence('nameSchemaInstead') });
  }
  if (scripted > 0) {
    const message = sentence('scriptsNotRun', { n: scripted });
    problems.push({ level: 'info', code: 'scripts-ignored', message, file });
  }
  return problems;
}
