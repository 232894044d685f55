import type { Steps } from '../../lib/yielder.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Check } from '../../model/check.ts';
import type { SchemaPool } from '../../model/document.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';
import { flatten, isSchema, typeOf } from '../values/schema.ts';
import { canBeLent, isIdLike, saysHow } from './id-like.ts';
import type { CaptureRule, FieldPick } from './capture-rule.ts';
import { fieldOf, fieldsFor, nounsOf, ownFields } from './field-names.ts';
import { type FieldIndex, indexFields, othersRules } from './documented-fields.ts';
import { pathOf, type Resource, resourceOf, showsOne, stemOf, viewedBy, wordsOf } from './resource.ts';
import { isQueryByName } from '../safety/posts.ts';

/**
 * Which checks can lend each other values: what the document links, then lists and the details below them, then
 * lists of what a parameter is called after (`orderId` ← `/orders`), then lists in the record above.
 */
export function* captureRules(checks: readonly Check[]): Steps<readonly CaptureRule[]> {
  const rules: CaptureRule[] = [];
  for (const group of groupBy(checks, (check) => `${check.service}\0${check.origin}`).values()) {
    rules.push(...linkRules(group));
    const needy = group.filter(({ values }) => values.some(canBeLent));
    if (needy.length === 0) continue;
    const lists = yield* indexLists(group);
    for (const check of needy) {
      yield;
      rules.push(...structureRules(check, lists));
    }
  }
  return rules;
}

interface List {
  readonly check: Check;
  readonly resource: Resource;
  /** Only its last words say that it is one of these: `/dept/tree`. */
  readonly isForm: boolean;
  readonly isOne: boolean;
  /** The plain list comes before its other forms (1), and these before what shows one record (2). */
  readonly unlikeness: number;
}

interface Lists {
  readonly byKey: ReadonlyMap<string, readonly List[]>;
  /** The list with the fewest parameters to get wrong first, then the one with the shortest path. */
  readonly byNoun: ReadonlyMap<string, readonly List[]>;
  readonly fields: FieldIndex;
}

function* indexLists(checks: readonly Check[]): Steps<Lists> {
  const lists: List[] = [];
  for (const check of checks) {
    yield;
    if (!reads(check) || check.method === 'HEAD' || check.method === 'OPTIONS') continue;
    const path = pathOf(check.operation);
    const isOne = showsOne(path);
    lists.push({ check, resource: resourceOf(path), isForm: false, isOne, unlikeness: isOne ? 2 : 0 });
    const viewed = viewedBy(path);
    if (viewed !== undefined)
      lists.push({ check, resource: viewed, isForm: true, isOne, unlikeness: isOne ? 2 : 1 });
  }
  const simplestFirst = lists.toSorted(
    (a, b) =>
      a.resource.parameters.length - b.resource.parameters.length ||
      a.unlikeness - b.unlikeness ||
      a.check.values.filter(canBeLent).length - b.check.values.filter(canBeLent).length ||
      a.check.operation.length - b.check.operation.length,
  );
  return {
    byKey: groupBy(simplestFirst, ({ resource }) => resource.key),
    byNoun: groupBy(simplestFirst, ({ resource }) => resource.noun),
    fields: yield* indexFields([...new Set(simplestFirst.map(({ check }) => check))]),
  };
}

/** What it answers may be learnt from, although only its name says that it changes nothing. */
function reads(check: Check): boolean {
  return check.repeatable || isQueryByName({ ...check, path: pathOf(check.operation) });
}

function structureRules(check: Check, lists: Lists): readonly CaptureRule[] {
  const path = pathOf(check.operation);
  return check.values.filter(canBeLent).flatMap(({ name, in: place }) => {
    const inPath = place === 'path';
    const owner = resourceOf(path, inPath ? name : undefined);
    const above = lists.byKey.get(owner.key)?.filter((list) => list.check.id !== check.id) ?? [];
    // The root of a service says what that is, where there is a list that is called as what is asked for.
    // Short words keep their plural: `dbs`.
    const called = owner.key === '/' ? [...nounsOf(name), stemOf(name), `${stemOf(name)}s`] : [];
    const better = called
      .flatMap((noun) => lists.byNoun.get(noun) ?? [])
      .find((list) => list.resource.parameters.length === 0 && canLend(list, check, name));
    if (better !== undefined) return [ruleFor(check, name, inPath, better, undefined)];
    if (above.length > 0) return above.slice(0, mostLists).map(ruleFrom(check, name, inPath, owner));
    const isWhole = isCalledAfterWhole(name);
    const nouns = [...nounsOf(name), ...(inPath ? [owner.noun] : []), ...(isWhole ? [stemOf(name)] : [])];
    const named = nouns
      .map((noun) => lists.byNoun.get(noun)?.find((list) => canLend(list, check, name)))
      .find((list) => list !== undefined);
    const rules = [
      ...(inPath ? insideRules(check, name, owner, lists) : []),
      ...(named === undefined ? [] : [ruleFor(check, name, inPath || isWhole, named, undefined)]),
    ];
    const below = rules.length > 0 ? rules : fieldRules(check, name, owner, lists);
    return below.length > 0 ? below : othersRules(check, name, lists.fields);
  });
}

/** Not what it would have to be lent itself: `/cats/breed/{breed}` knows no breed. */
function canLend({ check: { id, values } }: List, to: Check, parameter: string): boolean {
  return id !== to.id && !values.some((one) => one.name === parameter && canBeLent(one));
}

/** `?folder=` is one of `/config/folders`. */
function isCalledAfterWhole(parameter: string): boolean {
  return wordsOf(parameter).length === 1 && parameter.length > 2 && !saysHow(parameter);
}

/** Of the lists above it, the nearest may have items with a field that is called so: `/books` for `/books/by-isbn/{isbn}`. */
function fieldRules(check: Check, name: string, owner: Resource, lists: Lists): readonly CaptureRule[] {
  if (saysHow(name)) return [];
  for (let key = owner.key; key.lastIndexOf('/') > 0; ) {
    key = key.slice(0, key.lastIndexOf('/'));
    const list = key.endsWith('{}')
      ? undefined
      : lists.byKey.get(key)?.find((one) => canLend(one, check, name));
    if (list === undefined) continue;
    const { noun } = list.resource;
    const own = fieldOf(name);
    const pick = pickOf({ parameter: name, fields: own === 'id' ? [own, `${noun}id`] : [own], noun });
    return [{ ...ruleFor(check, name, true, list, owner), pick }];
  }
  return [];
}

/** `/orders/{id}`, else each of `/orders`, holds the items for `/orders/{id}/items/{itemId}` where nothing lists them. */
function insideRules(check: Check, name: string, owner: Resource, lists: Lists): readonly CaptureRule[] {
  const above = owner.key.slice(0, owner.key.lastIndexOf('/'));
  const record = above.endsWith('/{}')
    ? lists.byKey.get(above)?.find((list) => list.check.id !== check.id)
    : undefined;
  const pick = { fields: fieldsFor(name, owner.noun, true), noun: owner.noun, isInside: true };
  if (record !== undefined) return [{ ...ruleFor(check, name, true, record, owner), pick }];
  const parameter = owner.parameters.at(-1);
  const list = above.endsWith('/{}') ? lists.byKey.get(above.slice(0, -3))?.[0] : undefined;
  if (list === undefined || parameter === undefined || owner.parameters.length > 1) return [];
  const { noun } = list.resource;
  const within = { parameter, fields: fieldsFor(parameter, noun, true), noun };
  return [{ ...ruleFor(check, name, true, list, owner), pick: { ...pick, within } }];
}

/** Where one holds nothing, another one may. */
const mostLists = 2;

function ruleFrom(
  to: Check,
  parameter: string,
  inPath: boolean,
  owner: Resource,
): (list: List, index: number) => CaptureRule {
  return (list, index) => {
    const rule = ruleFor(to, parameter, inPath, list, owner);
    return { ...rule, rank: rule.rank - index / 10 };
  };
}

function ruleFor(
  to: Check,
  parameter: string,
  inPath: boolean,
  { check, resource, isForm, isOne }: List,
  owner: Resource | undefined,
): CaptureRule {
  const keysOf = mapOf(check);
  const usual = fieldsFor(parameter, resource.noun, inPath, isForm);
  const isByName = isCalledAfterWhole(parameter) && isKnownByName(check);
  const fields = isByName ? [...new Set([stemOf(parameter), 'nam', ...usual])] : usual;
  const shared = owner?.parameters ?? [];
  const carried = resource.parameters.flatMap((own, index): [string, string][] => {
    const theirs = shared[index];
    return theirs === undefined ? [] : [[own, theirs]];
  });
  return {
    from: check.id,
    to: to.id,
    parameter,
    pick: keysOf === undefined ? pickOf({ parameter, fields, noun: resource.noun, isOne }) : { keysOf },
    carry: Object.fromEntries(carried),
    beside: besideOf(to, parameter, new Set(carried.map(([, theirs]) => theirs))),
    fixed: {},
    // A deeper list was asked about one parent, so what it yields belongs together.
    rank: owner === undefined ? 0 : 1 + shared.length,
  };
}

function pickOf(given: {
  readonly parameter: string;
  readonly fields: readonly string[];
  readonly noun: string;
  readonly isOne?: boolean;
}): FieldPick {
  const { parameter, ...pick } = given;
  return { ...pick, isInside: false, own: ownFields(parameter, pick.noun) };
}

/** Members that answers come in. */
const envelopes: readonly string[] = ['data', 'result', 'items', 'content', 'payload', 'body'];
const mostEnvelopes = 2;
/** A list may lend to thousands. */
const mapsKnown = new WeakMap<Check, { readonly at: string | undefined }>();

/**
 * Where a good answer holds records by their names, as its document says (`additionalProperties` that are objects of known
 * members): JSON pointer; else `undefined`.
 */
function mapOf(check: Check): string | undefined {
  const known = mapsKnown.get(check);
  if (known !== undefined) return known.at;
  const at = findMap(check);
  mapsKnown.set(check, { at });
  return at;
}

function findMap({ promises, schemas }: Check): string | undefined {
  const good = promises.find(({ status, schema }) => status.startsWith('2') && schema !== undefined);
  return good?.schema === undefined ? undefined : mapIn(good.schema, schemas, mostEnvelopes);
}

function mapIn(schema: JsonSchema, pool: SchemaPool, levels: number): string | undefined {
  const flat = flatten(schema, pool);
  if (flat === undefined) return undefined;
  const { properties, additionalProperties: others } = flat;
  if (!isObject(properties)) {
    const record = isSchema(others) ? flatten(others, pool) : undefined;
    return record !== undefined && typeOf(record) === 'object' && 'properties' in record ? '' : undefined;
  }
  for (const name of levels > 0 ? envelopes : []) {
    const inner = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const found = isSchema(inner) ? mapIn(inner, pool, levels - 1) : undefined;
    if (found !== undefined) return `/${name}${found}`;
  }
  return undefined;
}

const byName = new WeakMap<Check, boolean>();

/** Whether its document describes the items of a list with a name and with no id: what else answers hold is nobody's to ask for. */
function isKnownByName(check: Check): boolean {
  const known = byName.get(check);
  if (known !== undefined) return known;
  const good = check.promises.find(({ status, schema }) => status.startsWith('2') && schema !== undefined);
  const item = good?.schema === undefined ? undefined : itemIn(good.schema, check.schemas, mostEnvelopes);
  const members = isObject(item?.['properties']) ? Object.keys(item['properties']).map(stemOf) : [];
  const required = Array.isArray(item?.['required']) ? item['required'] : [];
  const is = required.includes('name') && !members.includes('id');
  byName.set(check, is);
  return is;
}

function itemIn(schema: JsonSchema, pool: SchemaPool, levels: number): JsonObject | undefined {
  const flat = flatten(schema, pool);
  if (isSchema(flat?.['items'])) return flatten(flat['items'], pool);
  const properties = flat?.['properties'];
  if (!isObject(properties) || levels === 0) return undefined;
  for (const inner of Object.values(properties)) {
    const item = isSchema(inner) ? itemIn(inner, pool, levels - 1) : undefined;
    if (item !== undefined) return item;
  }
  return undefined;
}

/** Parameters that say which record is meant go together. */
function besideOf({ values }: Check, parameter: string, carried: ReadonlySet<string>): readonly string[] {
  return values
    .filter((one) => canBeLent(one) && isIdLike(one))
    .map(({ name }) => name)
    .filter((name) => name !== parameter && !carried.has(name));
}

/** OpenAPI 3.1 §4.8.20: a link names its target and where each parameter comes from. */
function linkRules(checks: readonly Check[]): readonly CaptureRule[] {
  const linking = checks.filter(({ promises }) => promises.some(({ links = [] }) => links.length > 0));
  if (linking.length === 0) return [];
  const targets = new Map(checks.flatMap((check) => namesOf(check).map((name) => [name, check] as const)));
  return linking.flatMap((from) =>
    from.promises.flatMap(({ links = [] }) =>
      links.flatMap(({ target, parameters }) => {
        const to = targets.get(`${from.documentId}\0${target}`);
        return to === undefined || to.id === from.id ? [] : linkRule(from, to, parameters);
      }),
    ),
  );
}

function namesOf({ documentId, operation, operationId }: Check): readonly string[] {
  return [operation, ...(operationId === undefined ? [] : [operationId])].map(
    (name) => `${documentId}\0${name}`,
  );
}

function linkRule(
  from: Check,
  to: Check,
  parameters: Readonly<Record<string, Json>>,
): readonly CaptureRule[] {
  const carry: Record<string, string> = {};
  const fixed: Record<string, Json> = {};
  const picked: [string, string][] = [];
  for (const [name, expression] of Object.entries(parameters)) {
    const [, pointer] =
      /^\$response\.body#?(.*)$/.exec(typeof expression === 'string' ? expression : '') ?? [];
    const [, own] =
      /^\$request\.(?:path|query)\.(.+)$/.exec(typeof expression === 'string' ? expression : '') ?? [];
    if (pointer !== undefined) picked.push([name, pointer]);
    else if (own !== undefined) carry[own] = name;
    else if (typeof expression !== 'string' || !expression.startsWith('$')) fixed[name] = expression;
  }
  const shared = { from: from.id, to: to.id, carry, beside: [], fixed, rank: 1000 };
  return picked.map(([parameter, pointer]) => ({ ...shared, parameter, pick: { pointer } }));
}
