import { isDeepStrictEqual } from 'node:util';
import type {
  DocumentedResponse,
  MediaType,
  Operation,
  Parameter,
  RequestBody,
} from '../../model/document.ts';
import type { Steps } from '../../lib/yielder.ts';
import { sentence } from '../../messages/sentence.ts';
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
    found.push(differs(sentence(after.deprecated ? 'deprecatedNow' : 'noLongerDeprecated')));
  if (!isDeepStrictEqual(before.servers, after.servers)) found.push(differs(sentence('serversChanged')));
  for (const name of new Set([...Object.keys(before.extensions), ...Object.keys(after.extensions)])) {
    if (!isDeepStrictEqual(before.extensions[name], after.extensions[name]))
      found.push(differs(sentence('extensionChanged', { name })));
  }
  return found;
}

function securityChanges(before: Operation, after: Operation): readonly Finding[] {
  if (isDeepStrictEqual(before.security, after.security)) return [];
  if (isPublic(before) && !isPublic(after)) return [breaks(sentence('needsSignInNow'))];
  return [differs(sentence(isPublic(after) && !isPublic(before) ? 'needsNoSignIn' : 'signInChanged'))];
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
  const placed = (parameter: Parameter) => [`${parameter.in} ${parameter.name}`, parameter] as const;
  const named = ({ in: place, name }: Parameter) => ({ place, name });
  const old = new Map(before.map(placed));
  const fresh = new Map(after.map(placed));
  const found = [...old]
    .filter(([key]) => !fresh.has(key))
    .map(([, parameter]) => differs(sentence('parameterRemoved', named(parameter))));
  for (const [key, parameter] of fresh) {
    const previous = old.get(key);
    if (previous !== undefined) {
      const changes = yield* changesOfParameter(previous, parameter, schemas);
      found.push(...under(sentence('parameterAt', named(parameter)), changes));
    } else if (parameter.required) found.push(breaks(sentence('requiredParameterAdded', named(parameter))));
    else found.push(differs(sentence('parameterAdded', named(parameter))));
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
    found.push(after.required ? breaks(sentence('requiredNow')) : differs(sentence('noLongerRequired')));
  const written = ({ style, explode, contentType, allowReserved }: Parameter) => [
    style,
    explode,
    contentType,
    allowReserved,
  ];
  if (!isDeepStrictEqual(written(before), written(after))) found.push(breaks(sentence('writtenOtherwise')));
  return [...found, ...(yield* schemas.compare(before.schema, after.schema, 'request'))];
}

function* bodyChanges(
  before: RequestBody | undefined,
  after: RequestBody | undefined,
  schemas: SchemaComparison,
): Steps<readonly Finding[]> {
  if (before === undefined && after === undefined) return [];
  if (before === undefined)
    return [
      after?.required === true ? breaks(sentence('requiredBodyAdded')) : differs(sentence('bodyAdded')),
    ];
  if (after === undefined) return [differs(sentence('bodyRemoved'))];
  const required = after.required && !before.required ? [breaks(sentence('requiredNow'))] : [];
  const media = yield* mediaChanges(before.media, after.media, 'request', schemas);
  return under(sentence('requestBody'), [...required, ...media]);
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
    .map((status) => ({ breaking: status.startsWith('2'), what: sentence('responseRemoved', { status }) }));
  for (const [status, response] of fresh) {
    const previous = old.get(status);
    if (previous === undefined) {
      found.push(differs(sentence('responseAdded', { status })));
      continue;
    }
    const media = yield* mediaChanges(previous.media, response.media, 'response', schemas);
    found.push(...under(sentence('responseWith', { status }), media));
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
  const found = [...old.keys()]
    .filter((type) => !fresh.has(type))
    .map((type) => breaks(sentence('mediaRemoved', { type })));
  const shared = [...old.keys()].filter((type) => fresh.has(type));
  for (const [type, media] of fresh) {
    const previous = old.get(type);
    if (previous === undefined) {
      found.push(differs(sentence('mediaAdded', { type })));
      continue;
    }
    const changes = yield* schemas.compare(previous.schema, media.schema, direction);
    found.push(...(shared.length > 1 ? under(type, changes) : changes));
  }
  return found;
}
