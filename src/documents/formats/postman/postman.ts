import { sentence } from '../../../messages/sentence.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { Problem } from '../../../model/problem.ts';
import { defineFormat, type RawDocument, type ReadContext } from '../format.ts';
import { assemble, type FoundOperation } from '../shared/assemble.ts';
import { listOf, objectOf, textOf } from '../shared/text.ts';
import { legacyRequests } from './legacy.ts';
import { answersOf, contentOf } from './request.ts';
import { operationOf } from '../shared/recorded-request.ts';
import type { RecordedAuth } from '../shared/recorded-security.ts';
import { step } from '../reference/pointer.ts';
import type { Environment } from '../shared/variables.ts';
import { isSensitiveName } from '../../../lib/secrets/secret.ts';

/** Postman collections v2.0 and v2.1, and what is left of v1; exported environments beside them are taken in. */
export const postman = defineFormat({
  kind: 'postman',
  version: 7,
  detect(raw) {
    const { data } = raw;
    if (data === undefined) return 0;
    if (Array.isArray(data['item']) && isObject(data['info'])) return isPostmanSchema(data['info']) ? 1 : 0.6;
    return Array.isArray(data['requests']) && Array.isArray(data['order']) && 'name' in data ? 0.9 : 0;
  },
  async read(raw, context) {
    const data = raw.data ?? {};
    const files = await environmentsBeside(raw, context);
    const info = objectOf(data['info']);
    const legacy = Array.isArray(data['requests']);
    const collection = collect(data, files);
    const found = legacy ? legacyRequests(data, collection.environments) : collection.found;
    return assemble({
      format: legacy
        ? 'postman-1.0'
        : `postman-${/v(2\.\d)/.exec(textOf(info['schema']) ?? '')?.[1] ?? '2.1'}`,
      title: textOf(info['name']) ?? textOf(data['name']) ?? raw.uri,
      version: textOf(info['version']),
      found,
      problems: [...scriptNotice(raw), ...unresolved(found, raw)],
    });
  },
});

function isPostmanSchema(info: JsonObject): boolean {
  return /getpostman\.com|postman\.com/.test(textOf(info['schema']) ?? '') || '_postman_id' in info;
}

interface PostmanScope {
  readonly values: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly auth: RecordedAuth | undefined;
}

function collect(
  data: JsonObject,
  files: EnvironmentFiles,
): { readonly found: readonly FoundOperation[]; readonly environments: readonly Environment[] } {
  const values = { ...files.globals, ...valuesOf(data['variable']), ...valuesOf(data['variables']) };
  const found: FoundOperation[] = [];
  // `noauth` on the whole collection is what Postman writes when nobody has chosen anything.
  const auth = authOf(data['auth']);
  const scope = { values, tags: [], auth: auth?.kind === 'none' ? undefined : auth };
  for (const item of requestsIn(data['item'], scope, '/item'))
    found.push(toOperation(item, files.environments));
  return { found, environments: withValues(files.environments, values) };
}

interface PostmanItem {
  readonly item: JsonObject;
  readonly scope: PostmanScope;
  readonly pointer: string;
}

function* requestsIn(items: Json | undefined, scope: PostmanScope, pointer: string): Generator<PostmanItem> {
  for (const [index, item] of listOf(items).entries()) {
    if (!isObject(item)) continue;
    const here = step(pointer, index);
    if (item['request'] !== undefined) yield { item, scope, pointer: here };
    else yield* requestsIn(item['item'], scopeOf(item, scope), step(here, 'item'));
  }
}

function scopeOf(folder: JsonObject, around: PostmanScope): PostmanScope {
  const name = textOf(folder['name']);
  return {
    values: { ...around.values, ...valuesOf(folder['variable']) },
    tags: name === undefined ? around.tags : [...around.tags, name],
    auth: authOf(folder['auth']) ?? around.auth,
  };
}

function toOperation(
  { item, scope, pointer }: PostmanItem,
  environments: readonly Environment[],
): FoundOperation {
  const request = isObject(item['request']) ? item['request'] : { url: item['request'] ?? '/' };
  const auth = authOf(request['auth']) ?? authOf(item['auth']) ?? scope.auth;
  const found = operationOf({
    ...contentOf(request),
    name: textOf(item['name']),
    description: descriptionOf(request['description'] ?? item['description']),
    tags: scope.tags,
    auth,
    answers: answersOf(item['response']),
    environments: withValues(environments, { ...scope.values, ...valuesOf(item['variable']) }),
    pointer: step(pointer, 'request'),
  });
  if (auth?.kind !== 'none' || found.operation.security !== undefined) return found;
  return { ...found, operation: { ...found.operation, security: [] } };
}

/** Plain, or with its type beside it. */
function descriptionOf(written: Json | undefined): string | undefined {
  return isObject(written) ? textOf(written['content']) : textOf(written);
}

/** An environment's values win over the collection's; without environments the collection's stand alone. */
function withValues(
  environments: readonly Environment[],
  values: Readonly<Record<string, string>>,
): readonly Environment[] {
  if (environments.length === 0) return [{ values }];
  return environments.map((environment) => ({
    ...environment,
    values: { ...values, ...environment.values },
  }));
}

function scriptNotice(raw: RawDocument): readonly Problem[] {
  if (!/"exec"\s*:\s*(?:\[\s*"(?!"\s*\])|")/.test(raw.text)) return [];
  return [
    {
      level: 'info',
      code: 'scripts-ignored',
      message: sentence('hasScripts'),
      file: raw.uri,
    },
  ];
}

function unresolved(found: readonly FoundOperation[], raw: RawDocument): readonly Problem[] {
  if (found.every(({ operation }) => operation.servers.length > 0)) return [];
  return [
    {
      level: 'warning',
      code: 'no-server',
      message: sentence('noServiceAddress'),
      file: raw.uri,
      hint: sentence('setBaseUrlOrExport'),
    },
  ];
}

/** A Postman `auth` without its secrets; `undefined` means "as the folder around it". */
function authOf(auth: Json | undefined): RecordedAuth | undefined {
  if (!isObject(auth)) return undefined;
  const type = textOf(auth['type']);
  const setting = (name: string): string | undefined => settingOf(auth[type ?? ''], name);
  switch (type) {
    case undefined:
      return undefined;
    case 'noauth':
      return { kind: 'none' };
    case 'basic':
    case 'bearer':
    case 'digest':
      return { kind: type };
    case 'jwt':
      return { kind: 'bearer' };
    case 'awsv4':
      return { kind: 'awsSigV4' };
    case 'apikey':
      return {
        kind: 'apiKey',
        in: setting('in') === 'query' ? 'query' : 'header',
        parameterName: setting('key') ?? 'Authorization',
      };
    case 'oauth2':
      return oauth2(setting('accessTokenUrl'), setting('grant_type'));
    default:
      return { kind: 'other' };
  }
}

function oauth2(tokenUrl: string | undefined, grant: string | undefined): RecordedAuth {
  const flow =
    grant === 'password_credentials'
      ? 'password'
      : grant?.startsWith('authorization_code') === true
        ? 'authorizationCode'
        : grant === 'implicit'
          ? 'implicit'
          : 'clientCredentials';
  // A variable may hold a secret path; without its value the address is of no use.
  const isUsable = tokenUrl !== undefined && !tokenUrl.includes('{{');
  return {
    kind: 'oauth2',
    ...(grant === undefined && !isUsable ? {} : { flow }),
    ...(isUsable ? { tokenUrl } : {}),
  };
}

/** Settings are a list of `{ key, value }` since v2.1 and a map before. */
function settingOf(settings: Json | undefined, name: string): string | undefined {
  if (isObject(settings)) return textOf(settings[name]);
  const entry = listOf(settings).find((one) => isObject(one) && one['key'] === name);
  return isObject(entry) ? textOf(entry['value']) : undefined;
}

type Values = Readonly<Record<string, string>>;

/** Variables of a collection, folder or environment file by name; secret ones are left out. */
function valuesOf(variables: Json | undefined): Values {
  return Object.fromEntries(
    listOf(variables)
      .filter(isObject)
      .flatMap((variable): [string, string][] => {
        const name = textOf(variable['key']) ?? textOf(variable['id']);
        const value = textOf(variable['value']);
        const off = variable['disabled'] === true || variable['enabled'] === false;
        if (name === undefined || value === undefined || off) return [];
        return variable['type'] === 'secret' || isSensitiveName(name) ? [] : [[name, value]];
      }),
  );
}

interface EnvironmentFiles {
  readonly globals: Values;
  readonly environments: readonly Environment[];
}

/** The environments and globals that were exported into the collection's folder. */
async function environmentsBeside(raw: RawDocument, context: ReadContext): Promise<EnvironmentFiles> {
  const names = await context.list('*{environment,globals}*.json', raw.uri);
  const files = await Promise.all(names.slice(0, 50).map((name) => context.load(name, raw.uri)));
  let globals: Values = {};
  const environments: Environment[] = [];
  for (const file of files) {
    const data = 'level' in file ? undefined : file.data;
    if (data === undefined || !Array.isArray(data['values'])) continue;
    const values = valuesOf(data['values']);
    if (data['_postman_variable_scope'] === 'globals') globals = { ...globals, ...values };
    else environments.push({ name: textOf(data['name']) ?? 'environment', values });
  }
  return { globals, environments };
}
