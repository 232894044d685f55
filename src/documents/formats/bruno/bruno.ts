import { sentence } from '../../../messages/sentence.ts';
import { isSensitiveName } from '../../../lib/secrets/secret.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Problem } from '../../../model/problem.ts';
import { defineFormat, type RawDocument, type ReadContext, type ReadDocument } from '../format.ts';
import { assemble, type FoundOperation } from '../shared/assemble.ts';
import { type BruBlock, bruBlocks, bruPairs, contentTypes, nearestOfName } from './lang.ts';
import { textAt } from '../shared/text.ts';
import type { RecordedBody } from '../shared/recorded-content.ts';
import { operationOf } from '../shared/recorded-request.ts';
import type { RecordedAuth } from '../shared/recorded-security.ts';
import type { Pair } from '../shared/url-template.ts';
import type { Environment } from '../shared/variables.ts';

/**
 * Bruno. The document is the collection's `bruno.json`: the requests, folders and environments beside it are parts of
 * it and no documents of their own.
 */
export const bruno = defineFormat({
  kind: 'bruno',
  version: 8,
  detect: ({ data }) => (isCollection(data) ? 0.9 : 0),
  read: (raw, context) => readCollection(raw, raw.data ?? {}, context),
});

function isCollection(data: JsonObject | undefined): boolean {
  return (
    data !== undefined &&
    data['type'] === 'collection' &&
    textAt(data, 'name') !== undefined &&
    textAt(data, 'version') !== undefined &&
    data['item'] === undefined
  );
}

const methodBlock = /^(?:get|post|put|delete|patch|head|options|trace|connect|http)$/;

interface BruFile {
  /** Relative to the collection, with slashes. */
  readonly path: string;
  readonly blocks: readonly BruBlock[];
}

async function readCollection(
  raw: RawDocument,
  data: JsonObject,
  context: ReadContext,
): Promise<ReadDocument> {
  const problems: Problem[] = [];
  const files: BruFile[] = [];
  for (const reference of await context.list('**/*.bru', raw.uri)) {
    if (context.signal.aborted) break;
    const loaded = await context.load(reference, raw.uri);
    if ('level' in loaded) problems.push(loaded);
    else files.push({ path: reference.replace(/^\.\//, ''), blocks: bruBlocks(loaded.text) });
  }
  const environments = environmentsIn(files);
  const requests = files.filter(isRequestFile);
  const found = requests.map((file) => readRequest(file, parentsOf(file, files), environments));
  problems.push(...problemsOf(raw.uri, files, requests));
  return assemble({ format: 'bruno', title: textAt(data, 'name') ?? raw.uri, found, problems });
}

function blockOf(file: BruFile, name: string): BruBlock | undefined {
  return file.blocks.find((block) => block.name === name);
}

function isRequestFile(file: BruFile): boolean {
  const type = bruPairs(blockOf(file, 'meta')).find((pair) => pair.name === 'type')?.value;
  return (
    (type === undefined || type === 'http' || type === 'graphql') &&
    file.blocks.some((block) => methodBlock.test(block.name))
  );
}

function environmentsIn(files: readonly BruFile[]): Environment[] {
  const shared = variablesOf(files.find((file) => file.path === 'collection.bru'));
  const named = files
    .filter((file) => /^environments\/[^/]+\.bru$/.test(file.path))
    .map((file) => ({
      name: file.path.slice('environments/'.length, -'.bru'.length),
      values: { ...shared, ...variablesOf(file) },
    }));
  return named.length === 0 ? [{ values: shared }] : named;
}

function variablesOf(file: BruFile | undefined): Record<string, string> {
  const blocks =
    file?.blocks.filter((block) => block.name === 'vars' || block.name === 'vars:pre-request') ?? [];
  const pairs = blocks
    .flatMap(bruPairs)
    .filter(({ name, disabled }) => disabled !== true && !isSensitiveName(name));
  return Object.fromEntries(pairs.map((pair) => [pair.name, pair.value]));
}

/** `collection.bru` and the `folder.bru` files above a request, outermost first. */
function parentsOf(file: BruFile, files: readonly BruFile[]): BruFile[] {
  const folders = file.path.split('/').slice(0, -1);
  const paths = [
    'collection.bru',
    ...folders.map((_, index) => `${folders.slice(0, index + 1).join('/')}/folder.bru`),
  ];
  return paths.flatMap((path) => files.filter((one) => one.path === path));
}

function readRequest(
  file: BruFile,
  parents: readonly BruFile[],
  environments: readonly Environment[],
): FoundOperation {
  const verb = file.blocks.find((block) => methodBlock.test(block.name));
  const settings = Object.fromEntries(bruPairs(verb).map((pair) => [pair.name, pair.value]));
  const meta = Object.fromEntries(bruPairs(blockOf(file, 'meta')).map((pair) => [pair.name, pair.value]));
  // The collection's own are in every environment already, which wins over them.
  const nearer = [...parents.filter((one) => one.path !== 'collection.bru'), file];
  const own = Object.assign({}, ...nearer.map(variablesOf)) as Record<string, string>;
  const folders = file.path.split('/').slice(0, -1);
  return operationOf({
    method: verb?.name === 'http' ? (settings['method'] ?? 'GET') : (verb?.name ?? 'get'),
    url: settings['url'] ?? '/',
    name: meta['name'],
    description: blockOf(file, 'docs')?.lines.join('\n'),
    tags: folders,
    headers: nearestOfName([...parents, file].flatMap((one) => bruPairs(blockOf(one, 'headers')))),
    query: extraQuery(settings['url'] ?? '', [
      ...bruPairs(blockOf(file, 'params:query')),
      ...bruPairs(blockOf(file, 'query')),
    ]),
    pathValues: bruPairs(blockOf(file, 'params:path')),
    body: bodyIn(file, settings['body'] ?? 'none'),
    auth: authOf(settings['auth'] ?? 'none', file, parents),
    environments: environments.map((one) => ({ ...one, values: { ...one.values, ...own } })),
    pointer: `${file.path} line ${verb?.line ?? 1}`,
  });
}

/** The client repeats the URL's query in a block of its own: only what the URL does not have is new. */
function extraQuery(url: string, pairs: readonly Pair[]): Pair[] {
  const query = url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';
  const names = new Set(query.split('&').map((part) => part.split('=', 1)[0]));
  return pairs.filter((pair) => !names.has(pair.name) && !names.has(encodeURIComponent(pair.name)));
}

function bodyIn(file: BruFile, kind: string): RecordedBody | undefined {
  const contentType = contentTypes[kind];
  if (contentType !== undefined) {
    const block = blockOf(file, `body:${kind}`) ?? blockOf(file, 'body');
    return block === undefined ? undefined : { contentType, text: block.lines.join('\n') };
  }
  if (kind === 'formUrlEncoded') {
    return {
      contentType: 'application/x-www-form-urlencoded',
      fields: bruPairs(blockOf(file, 'body:form-urlencoded')),
    };
  }
  if (kind === 'multipartForm') {
    const fields = bruPairs(blockOf(file, 'body:multipart-form')).map((pair) => ({
      ...pair,
      value: pair.value.replace(/\s*@contentType\([^()]*\)\s*$/, ''),
      file: pair.value.startsWith('@file('),
    }));
    return { contentType: 'multipart/form-data', fields };
  }
  if (kind !== 'graphql') return undefined;
  const query = blockOf(file, 'body:graphql')?.lines.join('\n') ?? '';
  return { contentType: 'application/json', text: JSON.stringify({ query }) };
}

/** `inherit` asks the folders above, then the collection. */
function authOf(mode: string, file: BruFile, parents: readonly BruFile[]): RecordedAuth | undefined {
  if (mode !== 'inherit') return readAuth(mode, file);
  const parent = parents.findLast((one) => {
    const set = bruPairs(blockOf(one, 'auth')).find((pair) => pair.name === 'mode')?.value;
    return set !== undefined && set !== 'inherit';
  });
  if (parent === undefined) return undefined;
  return readAuth(
    bruPairs(blockOf(parent, 'auth')).find((pair) => pair.name === 'mode')?.value ?? 'none',
    parent,
  );
}

function readAuth(mode: string, file: BruFile): RecordedAuth | undefined {
  const settings = Object.fromEntries(
    bruPairs(blockOf(file, `auth:${mode}`)).map((pair) => [pair.name, pair.value]),
  );
  switch (mode) {
    case 'none':
      return undefined;
    case 'basic':
    case 'bearer':
    case 'digest':
      return { kind: mode };
    case 'awsv4':
      return { kind: 'awsSigV4' };
    case 'apikey':
      return {
        kind: 'apiKey',
        in: settings['placement'] === 'queryparams' ? 'query' : 'header',
        parameterName: settings['key'] ?? 'x-api-key',
      };
    case 'oauth2': {
      const tokenUrl = settings['access_token_url'];
      const flow = settings['grant_type']?.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
      return {
        kind: 'oauth2',
        flow,
        ...(tokenUrl === undefined || tokenUrl.includes('{{') ? {} : { tokenUrl }),
      };
    }
    default:
      return { kind: 'other' };
  }
}

function problemsOf(file: string, files: readonly BruFile[], requests: readonly BruFile[]): Problem[] {
  const problems: Problem[] = [];
  const scripted = requests.filter((one) => blockOf(one, 'script:pre-request') !== undefined).length;
  const others = files.filter(
    (one) =>
      !isRequestFile(one) &&
      /^(?:grpc|ws)/.test(bruPairs(blockOf(one, 'meta')).find((pair) => pair.name === 'type')?.value ?? ''),
  ).length;
  if (scripted > 0)
    problems.push({
      level: 'info',
      code: 'scripts-ignored',
      message: sentence('scriptsNotRun', { n: scripted }),
      file,
    });
  if (others > 0) {
    const message = sentence('notPlainHttp', { n: others });
    problems.push({ level: 'info', code: 'not-http', message, file });
  }
  return problems;
}
