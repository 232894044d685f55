import type {
  ChangeSet,
  Document,
  DocumentedResponse,
  MediaType,
  Operation,
  OperationChange,
  Parameter,
  RequestBody,
  SchemaPool,
} from '../../model/document.ts';
import { inSteps, type Steps, type Yielder } from '../../lib/yielder.ts';
import { breaks, differs, type Finding, referencesIn, same, under } from './finding.ts';
import { type Direction, SchemaComparison } from './schema-changes.ts';
import { inEnglish } from '../../messages/in-language.ts';
import type { Logger } from '../../lib/logger.ts';
import { isDeepStrictEqual } from 'node:util';
import { sentence } from '../../messages/sentence.ts';

/**
 * What is different between two states of one document, operation by operation; `undefined` when no operation
 * is. Texts for people (summary, description, examples, where it stands in the file) do not count.
 */
export async function compareDocuments(
  before: Document | undefined,
  after: Document | undefined,
  breathe: Yielder,
): Promise<ChangeSet | undefined> {
  const one = after ?? before;
  if (one === undefined || before === after) return undefined;
  const old = byKey(before);
  const fresh = byKey(after);
  const changed =
    before === undefined || after === undefined ? [] : await changedOperations(before, after, breathe);
  const added = [...fresh.keys()].filter((key) => !old.has(key));
  const removed = [...old.keys()].filter((key) => !fresh.has(key));
  if (added.length + removed.length + changed.length === 0) return undefined;
  const kind = before === undefined ? 'found' : after === undefined ? 'gone' : 'changed';
  return { kind, documentId: one.id, service: one.service, uri: one.uri, added, removed, changed };
}

function byKey(document: Document | undefined): ReadonlyMap<string, Operation> {
  return new Map(document?.operations.map((operation) => [operation.key, operation]));
}

async function changedOperations(
  before: Document,
  after: Document,
  breathe: Yielder,
): Promise<readonly OperationChange[]> {
  const old = byKey(before);
  const touched = await touchedReferences(before.schemas, after.schemas, breathe);
  const schemas = new SchemaComparison(before.schemas, after.schemas);
  const changed: OperationChange[] = [];
  for (const operation of after.operations) {
    await breathe();
    const previous = old.get(operation.key);
    if (previous === undefined) continue;
    const isSame = await inSteps(same(previous, operation), breathe);
    if (isSame && (touched.size === 0 || (await refersToNone(operation, touched, breathe)))) continue;
    const found = await inSteps(operationChanges(previous, operation, schemas), breathe);
    if (found.length === 0) continue;
    const breaking = found.some((finding) => finding.breaking);
    const worstFirst = found.toSorted((a, b) => Number(b.breaking) - Number(a.breaking));
    changed.push({ key: operation.key, breaking, details: worstFirst.map(({ what }) => what) });
  }
  return changed;
}

/** References whose schemas differ, themselves or in what they refer to. */
async function touchedReferences(
  before: SchemaPool,
  after: SchemaPool,
  breathe: Yielder,
): Promise<ReadonlySet<string>> {
  const touched = new Set<string>();
  for (const key of Object.keys(after)) {
    await breathe();
    if (!(await inSteps(same(before[key], after[key]), breathe))) touched.add(key);
  }
  if (touched.size === 0) return touched;
  const users = new Map<string, string[]>();
  for (const [key, schema] of Object.entries(after)) {
    await breathe();
    for (const reference of await inSteps(referencesIn(schema), breathe)) {
      const known = users.get(reference);
      if (known === undefined) users.set(reference, [key]);
      else known.push(key);
    }
  }
  // A set is iterated in order of insertion, what is added meanwhile included.
  for (const key of touched) for (const user of users.get(key) ?? []) touched.add(user);
  return touched;
}

async function refersToNone(
  value: unknown,
  references: ReadonlySet<string>,
  breathe: Yielder,
): Promise<boolean> {
  const found = await inSteps(referencesIn(value), breathe);
  return ![...found].some((reference) => references.has(reference));
}

/** One line: of a new document only its size, of a changed one what is different. */
export function logChange(change: ChangeSet, log: Logger): void {
  const { kind, service, uri, added, removed, changed } = change;
  if (kind === 'found') log.info('document found', { service, uri, operations: added.length });
  else if (kind === 'gone') log.info('document gone', { service, uri, operations: removed.length });
  else {
    log.info('document changed', {
      service,
      uri,
      ...some('added', added),
      ...some('removed', removed),
      ...some(
        'changed',
        changed.filter(({ breaking }) => !breaking).map(({ key }) => key),
      ),
      ...some(
        'breaking',
        changed.flatMap(({ key, breaking, details }) =>
          breaking ? `${key}: ${details.map(inEnglish).join('; ')}` : [],
        ),
      ),
    });
  }
}

/** The first few of a list for the log, and how many there are; nothing for an empty one. */
function some(name: string, list: readonly string[]): Readonly<Record<string, unknown>> {
  if (list.length === 0) return {};
  return { [name]: list.length > 5 ? [...list.slice(0, 5), `and ${list.length - 5} more`] : list };
}

/** What a caller of an operation notices; texts for people and examples do not count. */
function* operationChanges(
  before: Operation,
  after: Operation,
  schemas: SchemaComparison,
): Steps<readonly Finding[]> {
  return [
    ...(yield* flagChanges(before, after)),
    ...securityChanges(before, after),
    ...(yield* parameterChanges(before.parameters, after.parameters, schemas)),
    ...(yield* bodyChanges(before.body, after.body, schemas)),
    ...(yield* responseChanges(before.responses, after.responses, schemas)),
  ];
}

function* flagChanges(before: Operation, after: Operation): Steps<readonly Finding[]> {
  const found: Finding[] = [];
  if (before.deprecated !== after.deprecated)
    found.push(differs(sentence(after.deprecated ? 'deprecatedNow' : 'noLongerDeprecated')));
  if (!(yield* same(before.servers, after.servers))) found.push(differs(sentence('serversChanged')));
  for (const name of new Set([...Object.keys(before.extensions), ...Object.keys(after.extensions)])) {
    if (!(yield* same(before.extensions[name], after.extensions[name])))
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
