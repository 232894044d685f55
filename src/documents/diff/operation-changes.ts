import { isDeepStrictEqual } from 'node:util';
import type {
  DocumentedResponse,
  MediaType,
  Operation,
  Parameter,
  RequestBody,
} from '../../model/document.ts';
import type { Steps } from '../../lib/yielder.ts';
import { breaks, differs, type Finding, under } from './finding.ts';
import type { Direction, SchemaComparison } from './schema-changes.ts';

/** What a caller of an operation notices; texts for people and examples do not count. */
export function* operationChanges(
  before: Operation,
  after: Operation,
  schemas: SchemaComparison,
): Steps<readonly Finding[]> {
  return [
    ...flagChanges(before, after),
    ...securityChanges(before, after),
    ...(yield* parameterChanges(before.parameters, after.parameters, schemas)),
    ...(yield* bodyChanges(before.body, after.body, schemas)),
    ...(yield* responseChanges(before.responses, after.responses, schemas)),
  ];
}

function flagChanges(before: Operation, after: Operation): readonly Finding[] {
  const found: Finding[] = [];
  if (before.deprecated !== after.deprecated)
    found.push(differs(after.deprecated ? 'deprecated now' : 'no longer deprecated'));
  if (!isDeepStrictEqual(before.servers, after.servers)) found.push(differs('servers changed'));
  for (const name of new Set([...Object.keys(before.extensions), ...Object.keys(after.extensions)])) {
    if (!isDeepStrictEqual(before.extensions[name], after.extensions[name]))
      found.push(differs(`${name} changed`));
  }
  return found;
}

function securityChanges(before: Operation, after: Operation): readonly Finding[] {
  if (isDeepStrictEqual(before.security, after.security)) return [];
  if (isPublic(before) && !isPublic(after)) return [breaks('needs a sign-in now')];
  return [differs(isPublic(after) && !isPublic(before) ? 'needs no sign-in any more' : 'sign-in changed')];
}

function isPublic({ security }: Operation): boolean {
  if (security === undefined || security.length === 0) return true;
  return security.some((requirement) => Object.keys(requirement).length === 0);
}

function* parameterChanges(
  before: readonly Parameter[],
  after: readonly Parameter[],
  schemas: SchemaComparison,
): Steps<readonly Finding[]> {
  const label = (parameter: Parameter): string => `${parameter.in} parameter "${parameter.name}"`;
  const old = new Map(before.map((parameter) => [label(parameter), parameter]));
  const fresh = new Map(after.map((parameter) => [label(parameter), parameter]));
  const found = [...old.keys()].filter((name) => !fresh.has(name)).map((name) => differs(`${name} removed`));
  for (const [name, parameter] of fresh) {
    const previous = old.get(name);
    if (previous !== undefined)
      found.push(...under(name, yield* changesOfParameter(previous, parameter, schemas)));
    else found.push(parameter.required ? breaks(`required ${name} added`) : differs(`${name} added`));
  }
  return found;
}

function* changesOfParameter(
  before: Parameter,
  after: Parameter,
  schemas: SchemaComparison,
): Steps<readonly Finding[]> {
  const found: Finding[] = [];
  if (before.required !== after.required)
    found.push(after.required ? breaks('required now') : differs('no longer required'));
  const written = ({ style, explode, contentType, allowReserved }: Parameter) => [
    style,
    explode,
    contentType,
    allowReserved,
  ];
  if (!isDeepStrictEqual(written(before), written(after))) found.push(breaks('written in another way'));
  return [...found, ...(yield* schemas.compare(before.schema, after.schema, 'request'))];
}

function* bodyChanges(
  before: RequestBody | undefined,
  after: RequestBody | undefined,
  schemas: SchemaComparison,
): Steps<readonly Finding[]> {
  if (before === undefined && after === undefined) return [];
  if (before === undefined)
    return [after?.required === true ? breaks('required request body added') : differs('request body added')];
  if (after === undefined) return [differs('request body removed')];
  const required = after.required && !before.required ? [breaks('required now')] : [];
  const media = yield* mediaChanges(before.media, after.media, 'request', schemas);
  return under('request body', [...required, ...media]);
}

function* responseChanges(
  before: readonly DocumentedResponse[],
  after: readonly DocumentedResponse[],
  schemas: SchemaComparison,
): Steps<readonly Finding[]> {
  const old = new Map(before.map((response) => [response.status, response]));
  const fresh = new Map(after.map((response) => [response.status, response]));
  const found: Finding[] = [...old.keys()]
    .filter((status) => !fresh.has(status))
    .map((status) => ({ breaking: status.startsWith('2'), text: `response ${status} removed` }));
  for (const [status, response] of fresh) {
    const previous = old.get(status);
    if (previous === undefined) {
      found.push(differs(`response ${status} added`));
      continue;
    }
    const media = yield* mediaChanges(previous.media, response.media, 'response', schemas);
    found.push(...under(`response ${status}`, media));
  }
  return found;
}

function* mediaChanges(
  before: readonly MediaType[],
  after: readonly MediaType[],
  direction: Direction,
  schemas: SchemaComparison,
): Steps<readonly Finding[]> {
  const old = new Map(before.map((media) => [media.contentType, media]));
  const fresh = new Map(after.map((media) => [media.contentType, media]));
  const found = [...old.keys()].filter((type) => !fresh.has(type)).map((type) => breaks(`${type} removed`));
  const shared = [...old.keys()].filter((type) => fresh.has(type));
  for (const [type, media] of fresh) {
    const previous = old.get(type);
    if (previous === undefined) {
      found.push(differs(`${type} added`));
      continue;
    }
    const changes = yield* schemas.compare(previous.schema, media.schema, direction);
    found.push(...(shared.length > 1 ? under(type, changes) : changes));
  }
  return found;
}
