import type { Parameter, SentPair, Server } from '../../../model/document.ts';
import { groupBy } from '../../../lib/group-by.ts';
import { percentDecoded } from '../../../lib/text/text.ts';
import type { Json, JsonSchema } from '../../../model/json.ts';
import type { FoundOperation } from './assemble.ts';
import { beginningOf, typedValue } from './text.ts';
import { bodyOf, type RecordedBody, responsesOf, type RecordedAnswer } from './recorded-content.ts';
import { type RecordedAuth, securityOf, splitSecrets } from './recorded-security.ts';
import { hasPlaceholder, type Pair, pathNames, sentText, serverUrl, splitUrl } from './url-template.ts';
import { type Environment, fillIn } from './variables.ts';

/** One request as a client keeps it: Insomnia, Bruno, `.http`, HAR, curl. Texts may refer to variables: `{{x}}`. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly name?: string;
  /** In Markdown or HTML, as it was written. */
  readonly description?: string;
  readonly tags: readonly string[];
  readonly headers: readonly Pair[];
  /** Besides those in `url`. */
  readonly query?: readonly Pair[];
  /** Values for the path's parameters. */
  readonly pathValues?: readonly Pair[];
  readonly body?: RecordedBody;
  readonly auth?: RecordedAuth;
  readonly answers?: readonly RecordedAnswer[];
  /** The first one gives the values; each gives a server. */
  readonly environments?: readonly Environment[];
  readonly pointer: string;
}

/** Set by whoever sends the request, or of that moment only. */
const automaticHeader =
  /^(?::.*|host|connection|keep-alive|content-length|content-type|transfer-encoding|accept-encoding|accept-charset|user-agent|origin|referer|cache-control|pragma|dnt|te|upgrade.*|priority|if-.*|sec-.*|proxy-connection|postman-token|range|expect|date)$/i;

/** The operation that a recorded request calls, with what was sent as its examples. Secrets are left out. */
export function operationOf(request: RecordedRequest): FoundOperation {
  const environments = request.environments ?? [];
  const values = environments[0]?.values ?? {};
  const url = splitUrl(request.url);
  const path = fillPath(url.path, values);
  const query = fillPairs([...url.query, ...(request.query ?? [])], values);
  const headers = fillPairs(request.headers, values);
  const secrets = splitSecrets({ headers, query });
  const security = securityOf(request.auth, secrets);
  const body = bodyOf(request.body, headers, values);
  const description = beginningOf(request.description);
  const operation: FoundOperation['operation'] = {
    method: request.method.toUpperCase(),
    path,
    ...(request.name === undefined || request.name === '' ? {} : { summary: request.name }),
    description,
    tags: request.tags,
    deprecated: false,
    servers: serversOf(url.base, environments),
    parameters: [
      ...pathParameters(path, request.pathValues ?? [], values),
      ...parametersOf('query', secrets.query),
      ...parametersOf(
        'header',
        secrets.headers.filter((header) => !automaticHeader.test(header.name)),
      ),
    ],
    ...sentQueryOf(secrets.query),
    body,
    responses: responsesOf(request.answers ?? []),
    ...(security.requirement === undefined ? {} : { security: [security.requirement] }),
    extensions: {},
    pointer: request.pointer,
  };
  const written = secrets.query.filter((pair) => pair.disabled !== true);
  return { operation, schemes: security.schemes, written };
}

/** A variable in the path stays a parameter, unless its value spans segments. */
function fillPath(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(/\{([^{}]*)\}/g, (found, name: string) => {
    const value = Object.hasOwn(values, name) ? fillIn(values[name] ?? '', values) : '';
    return value.includes('/') ? value.replace(/^\/+|\/+$/g, '') : found;
  });
}

function fillPairs(pairs: readonly Pair[], values: Readonly<Record<string, string>>): Pair[] {
  return pairs
    .filter((pair) => pair.name.trim() !== '')
    .map((pair) => ({
      ...pair,
      name: fillIn(pair.name.trim(), values),
      value: fillIn(pair.value, values),
      ...(pair.written === undefined ? {} : { written: fillIn(pair.written, values) }),
    }));
}

/** Nothing where the parameters alone lead to the same query: one value each, encoded as usual. */
function sentQueryOf(query: readonly Pair[]): { readonly sentQuery?: readonly SentPair[] } {
  const sent = query.filter((pair) => pair.disabled !== true);
  const names = new Set(sent.map(({ name }) => name));
  if (names.size === sent.length && sent.every(({ written, value }) => written === undefined && value !== ''))
    return {};
  return {
    sentQuery: sent.map((pair) =>
      hasPlaceholder(pair.value) ? { name: pair.name } : { name: pair.name, text: sentText(pair) },
    ),
  };
}

/** A server of an address that stands in the document as it is called. */
export function writtenOut(server: Server): Server {
  return /^https?:\/\/[^/]+$/.test(server.url) ? { ...server, isWhole: true } : server;
}

function serversOf(base: string, environments: readonly Environment[]): Server[] {
  const servers: Server[] = [];
  const none: readonly Environment[] = [{ values: {} }];
  for (const environment of base.includes('{{') && environments.length > 0 ? environments : none) {
    const url = serverUrl(fillIn(base, environment.values));
    if (url === undefined || servers.some((server) => server.url === url)) continue;
    const named = base.includes('{{') && environment.name !== undefined;
    servers.push(
      named ? { url, name: environment.name } : base.includes('{{') ? { url } : writtenOut({ url }),
    );
  }
  return servers;
}

function pathParameters(
  path: string,
  given: readonly Pair[],
  values: Readonly<Record<string, string>>,
): Parameter[] {
  return pathNames(path).map((name) => {
    const written = fillIn(given.find((pair) => pair.name === name)?.value ?? values[name] ?? '', values);
    const value = percentDecoded(written);
    return { name, in: 'path', required: true, ...describeValue([value]) };
  });
}

/** Repeated names become one parameter with a list of values. */
export function parametersOf(place: 'query' | 'header', pairs: readonly Pair[]): Parameter[] {
  const byName = groupBy(pairs, (pair) => (place === 'header' ? pair.name.toLowerCase() : pair.name));
  return [...byName].map(([key, group]) => {
    const sent = group.filter((pair) => pair.disabled !== true);
    const chosen = (sent.length > 0 ? sent : group).map((pair) => pair.value);
    return {
      name: place === 'header' ? (group[0]?.name ?? key) : key,
      in: place,
      required: sent.some((pair) => pair.value !== ''),
      ...describeValue(place === 'header' ? chosen.slice(0, 1) : chosen),
    };
  });
}

function describeValue(written: readonly string[]): Pick<Parameter, 'schema' | 'examples'> {
  const values = written.map(withMoments);
  const known = values.filter((value) => value !== '' && !hasPlaceholder(value)).map(typedValue);
  const dynamic = values.length === 1 ? dynamicSchema(values[0] ?? '') : undefined;
  if (dynamic !== undefined) return { schema: dynamic, examples: [] };
  if (values.length > 1) {
    const items = { type: typeOf(known) };
    return { schema: { type: 'array', items }, examples: known.length === values.length ? [known] : [] };
  }
  return { schema: { type: typeOf(known) }, examples: known };
}

/** What clients put in at the moment of the call: Postman's, and those of `.http` files, which take bounds. */
const dynamicValues: Readonly<Record<string, JsonSchema>> = {
  guid: { type: 'string', format: 'uuid' },
  uuid: { type: 'string', format: 'uuid' },
  randomUUID: { type: 'string', format: 'uuid' },
  randomInt: { type: 'integer', minimum: 0, maximum: 1000 },
  randomBoolean: { type: 'boolean' },
  randomEmail: { type: 'string', format: 'email' },
  isoTimestamp: { type: 'string', format: 'date-time' },
  timestamp: { type: 'integer', format: 'unix-time' },
};

/** Where other text stands around them: as good as any that the client would put in. */
const moments: Readonly<Record<string, string>> = {
  guid: '00000000-0000-4000-8000-000000000001',
  uuid: '00000000-0000-4000-8000-000000000001',
  randomUUID: '00000000-0000-4000-8000-000000000001',
  randomInt: '1',
};

function withMoments(value: string): string {
  if (dynamicSchema(value) !== undefined) return value;
  return value.replace(/\{\{\s*\$(?:random\.)?(\w+)\s*\}\}/g, (found, name: string) =>
    Object.hasOwn(moments, name) ? (moments[name] ?? found) : found,
  );
}

function dynamicSchema(value: string): JsonSchema | undefined {
  const [, name = '', bounds] = /^\{\{\s*\$(?:random\.)?(\w+)\s*([^{}]*)\}\}$/.exec(value.trim()) ?? [];
  const schema = Object.hasOwn(dynamicValues, name) ? dynamicValues[name] : undefined;
  const [, low, high] = /^(\d{1,15})\s+(\d{1,15})\s*$/.exec(bounds ?? '') ?? [];
  if (name !== 'randomInt' || low === undefined) return schema;
  return { type: 'integer', minimum: Number(low), maximum: Number(high) - 1 };
}

function typeOf(values: readonly Json[]): string {
  const kinds = new Set(values.map((value) => typeof value));
  if (kinds.size !== 1) return 'string';
  if (kinds.has('number')) return 'integer';
  return kinds.has('boolean') ? 'boolean' : 'string';
}
