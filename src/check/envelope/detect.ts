import { firstEntries } from '../../lib/json/first-entries.ts';
import { messageNames, looseName, noteNames, saysSuccess } from '../../lib/text/said.ts';
import type { Check } from '../../model/check.ts';
import type { SchemaPool } from '../../model/document.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';
import { successesIn } from './described.ts';
import {
  ambiguousCodes,
  codeNames,
  envelopeFieldIn,
  flagNames,
  isBlockName,
  isOfEnvelope,
  isStrongCode,
  maybeEnvelopeIn,
  payloadNames,
} from './names.ts';
import { blocksOf, type Field, type Fields, hasPayload, isPure, messageOf, nameOf, viewsOf } from './view.ts';
import { codeText, isFailingCode, isFailingWord, isUsualSuccess, partsOf } from './words.ts';

/** A field of the body that says whether the call succeeded, whatever the HTTP status. */
export interface EnvelopeRule {
  /** `code`, `head.code` */
  readonly field: string;
  readonly path: readonly string[];
  /** Its values when it did; empty: the document does not say. */
  readonly accepted: readonly Json[];
  /** What says so: examples, a fixed value, the description of the field, or only its name and company. */
  readonly basis: 'example' | 'fixed' | 'description' | 'names';
  /** The description. */
  readonly quote?: string;
  /** Shown without company: only a word of failure that stands as alone says that a call has failed. */
  readonly isBare?: true;
}

/** As many as an author writes by hand. */
const mostExamples = 50;
/** A `code` alone may be anything; beside one of these it is an envelope's. */
const companions = [
  ...messageNames,
  ...noteNames.filter((name) => name === 'desc' || name === 'info'),
  ...payloadNames,
];
const fieldNames = [...flagNames, ...codeNames];

/** By what checks promise: each answer asks again, and many operations promise the same. */
const detected = new WeakMap<Check['promises'], Detected>();

interface Detected {
  readonly schemas: Check['schemas'];
  readonly rule: EnvelopeRule | undefined;
}

/** The envelope of a check's answers, as the document shows, describes, or at least names it. */
export function detectEnvelope(check: Check): EnvelopeRule | undefined {
  const { promises, schemas } = check;
  const known = detected.get(promises);
  if (known?.schemas === schemas) return known.rule;
  const rule = detect(check);
  detected.set(promises, { schemas, rule });
  return rule;
}

function detect(check: Pick<Check, 'promises' | 'schemas'>): EnvelopeRule | undefined {
  const successes = check.promises.filter(({ status }) => status.startsWith('2'));
  // Beside a documented success it describes errors.
  const promised =
    successes.length > 0 ? successes : check.promises.filter(({ status }) => status === 'default');
  const views = promised.flatMap(({ schema }) => propertiesOf(schema, check.schemas));
  const shown = detectShown(check);
  const rule = firstOf(views, described) ?? shown ?? firstOf(views, named) ?? detectBare(check);
  if (rule !== shown || shown === undefined) return rule;
  const isOnly = views.some((view) => isFixed(view.get(looseName(shown.path.at(-1) ?? ''))?.value ?? []));
  return isOnly ? { ...shown, basis: 'fixed' } : shown;
}

/** The field of a documented success that may tell how a call went, where nothing says that it does. */
export function undescribedField({ promises, schemas }: Check): string | undefined {
  const views = promises
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ schema }) => propertiesOf(schema, schemas));
  return firstOf(views, (view) => {
    const name = maybeEnvelopeIn([...view.keys()]);
    const field = name === undefined ? undefined : view.get(name);
    const hasMore = [...view.values()].some(({ value }) => !isScalar(value));
    return field !== undefined && hasMore && isScalar(field.value) ? nameOf(field) : undefined;
  });
}

function firstOf<T, R>(values: readonly T[], of: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = of(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isFixed(parts: readonly JsonObject[]): boolean {
  return parts.some(
    (part) => part['const'] !== undefined || (Array.isArray(part['enum']) && part['enum'].length === 1),
  );
}

/** `code: 0` and the like, as the examples of the documented success show it. */
function detectShown(check: Pick<Check, 'promises' | 'schemas'>): EnvelopeRule | undefined {
  const examples = examplesIn(check).flatMap(viewsOf);
  return detectFlag(examples) ?? detectCode(examples);
}

function examplesIn(check: Pick<Check, 'promises' | 'schemas'>): readonly JsonObject[] {
  return check.promises
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ examples = [], schema }) => [...examples, ...examplesOf(schema, check.schemas)])
    .filter(isObject)
    .slice(0, mostExamples);
}

/** `{ "status": "success", … }` without a message and without a field for what was asked for. */
function detectBare(check: Pick<Check, 'promises' | 'schemas'>): EnvelopeRule | undefined {
  for (const example of examplesIn(check)) {
    const [view] = viewsOf(example);
    const name = fieldNames.find((one) => isSuccessWord(view?.get(one)?.value));
    const field = name === undefined ? undefined : view?.get(name);
    if (field === undefined) continue;
    return {
      field: nameOf(field),
      path: field.path,
      accepted: [field.value],
      basis: 'example',
      isBare: true,
    };
  }
  return undefined;
}

function isSuccessWord(value: Json | undefined): boolean {
  return typeof value === 'string' && /^(?:success|succeeded|ok)$/i.test(value);
}

/** What a body that says of itself that the call succeeded is made of. */
export interface Envelope {
  /** The field at the top of the body that says so, or the block in which it is said. */
  readonly code: string;
  /** The field that carries what was asked for; absent: there is none. */
  readonly payload?: string;
  readonly isList: boolean;
}

/** `undefined` where a body is no envelope, or one of a failure. */
export function envelopeIn(body: Json | undefined): Envelope | undefined {
  if (!isObject(body)) return undefined;
  for (const view of viewsOf(body)) {
    const [code] = codeIn(view)?.path ?? [];
    if (code === undefined) continue;
    const field = payloadNames.map((name) => view.get(name)).find((one) => one?.path.length === 1);
    const [payload] = field?.path ?? [];
    const isList = Array.isArray(field?.value);
    return payload === undefined ? { code, isList } : { code, payload, isList };
  }
  return undefined;
}

/** The field that says of a body that the call succeeded. */
function codeIn(view: Fields<Json>): Field<Json> | undefined {
  if (!isEnvelope(view)) return undefined;
  const name =
    flagNames.find((one) => view.get(one)?.value === true) ??
    codeNames.find((one) => isSuccess(view, one)) ??
    (isToldBesideStatus(view) ? 'status' : undefined);
  return name === undefined ? undefined : view.get(name);
}

/** `{ status: 1, info: 'ok', data }`: an order has a status and a text as well, and more beside them. */
function isToldBesideStatus(view: Fields<Json>): boolean {
  const value = view.get('status')?.value;
  if (typeof value !== 'number' && typeof value !== 'string') return false;
  return hasPayload(view) && isPure(view) && !isFailingCode(value) && saysSuccess(messageOf(view));
}

/** What an envelope carries, where it is one by its fields alone and says that the call succeeded. */
export function payloadIn(body: Json): { readonly field: string; readonly value: Json } | undefined {
  const field = envelopeIn(body)?.payload;
  const value = field === undefined || !isObject(body) ? undefined : body[field];
  return field === undefined || value === undefined ? undefined : { field, value };
}

function detectFlag(views: readonly Fields<Json>[]): EnvelopeRule | undefined {
  for (const name of flagNames) {
    const view = views.find((one) => one.get(name)?.value === true && isEnvelope(one));
    const field = view?.get(name);
    if (field !== undefined)
      return { field: nameOf(field), path: field.path, accepted: [true], basis: 'example' };
  }
  return undefined;
}

function detectCode(views: readonly Fields<Json>[]): EnvelopeRule | undefined {
  for (const name of codeNames) {
    const found = views
      .filter((view) => isEnvelope(view) && isSuccess(view, name))
      .flatMap((view) => view.get(name) ?? []);
    const [first] = found;
    if (first === undefined) continue;
    const alike = found.filter((one) => nameOf(one) === nameOf(first));
    const accepted = [...new Set(alike.map(({ value }) => value))];
    return { field: nameOf(first), path: first.path, accepted, basis: 'example' };
  }
  return undefined;
}

function isEnvelope(view: Fields<Json>): boolean {
  return companions.some((name) => view.has(name));
}

function isSuccess(view: Fields<Json>, name: string): boolean {
  const value = view.get(name)?.value;
  if (typeof value !== 'number' && typeof value !== 'string') return false;
  // Some count their codes from 20000: then the message beside it tells.
  return isUsualSuccess(value) || (name !== 'status' && saysSuccess(messageOf(view)));
}

type Properties = Fields<readonly JsonObject[]>;

/** The properties of a schema that can make an envelope, whatever it is put together from; then those of each block in it. */
function propertiesOf(schema: JsonSchema | undefined, pool: SchemaPool): readonly Properties[] {
  const top = new Map<string, Field<readonly JsonObject[]>>();
  for (const [name, parts] of propertyParts(partsOf(schema, pool), pool)) {
    const loose = looseName(name);
    const before = top.get(loose);
    top.set(loose, { path: before?.path ?? [name], value: [...(before?.value ?? []), ...parts] });
  }
  return [top, ...blocksOf(top, (parts) => propertyParts(parts, pool))];
}

/** Of a schema with more properties than these, so many are looked at. */
const mostProperties = 200;

function propertyParts(
  parts: readonly JsonObject[],
  pool: SchemaPool,
): readonly (readonly [string, readonly JsonObject[]])[] {
  return parts
    .flatMap(({ properties }) => firstEntries(properties, mostProperties))
    .slice(0, mostProperties)
    .map(([name, property]) => [name, partsIn(property, pool)] as const);
}

function partsIn(property: Json, pool: SchemaPool): readonly JsonObject[] {
  const parts = partsOf(property as JsonSchema, pool);
  return parts.length > 0 ? parts : [{}];
}

function described(view: Properties): EnvelopeRule | undefined {
  if (!companions.some((name) => view.has(name))) return undefined;
  for (const name of fieldNames) {
    const field = view.get(name);
    for (const { description } of field?.value ?? []) {
      const accepted = typeof description === 'string' ? successesIn(description) : [];
      if (field === undefined || accepted.length === 0 || typeof description !== 'string') continue;
      if (!accepted.every((value) => fits(value, field.value))) continue;
      return { field: nameOf(field), path: field.path, accepted, basis: 'description', quote: description };
    }
  }
  return undefined;
}

/** A text in a field of numbers is a word of the sentence, not a value. */
function fits(value: Json, parts: readonly JsonObject[]): boolean {
  const types = parts.flatMap(({ type }) => (type === undefined ? [] : [type].flat()));
  if (types.length === 0 || types.includes('string')) return true;
  return typeof value === 'boolean' ? types.includes('boolean') : !/[^\d-]/.test(codeText(value));
}

function named(view: Properties): EnvelopeRule | undefined {
  const isScalarField = (name: string): boolean => isScalar(view.get(name)?.value ?? []);
  const hasPayload = payloadNames.some((one) => view.has(one) && (one !== 'info' || !isScalarField(one)));
  const hasNote = ['desc', 'info', 'reason', 'description'].some(
    (one) => view.has(one) && isScalarField(one),
  );
  const name =
    envelopeFieldIn({
      names: [...view.keys()],
      has: (one) => view.has(one),
      // A code and a note are what any list of codes is made of.
      hasNote: hasNote && (hasPayload || [...view.keys()].some(isStrongCode)),
      hasPayload,
      isPure: () => [...view.keys()].every(isOfEnvelope),
    }) ?? ambiguousCodes.find((one) => isToldInWords(view.get(one)?.value ?? []));
  const field = name === undefined ? undefined : view.get(name);
  if (field === undefined || !isScalar(field.value)) return undefined;
  return { field: nameOf(field), path: field.path, accepted: [], basis: 'names' };
}

/** A choice of nothing but words of success and of failure. */
function isToldInWords(parts: readonly JsonObject[]): boolean {
  return parts.some(({ enum: values }) => {
    if (!Array.isArray(values) || values.length < 2) return false;
    const words = values as readonly Json[];
    return (
      words.every((one) => isFailingWord(one) || isSuccessWord(one)) &&
      words.some(isSuccessWord) &&
      words.some(isFailingWord)
    );
  });
}

function isScalar(parts: readonly JsonObject[]): boolean {
  return parts.every(({ type, properties, items }) => {
    if (properties !== undefined || items !== undefined) return false;
    return ![type].flat().some((one) => one === 'object' || one === 'array');
  });
}

/** The examples that a schema carries as a whole, else one put together from those of its properties. */
function examplesOf(schema: JsonSchema | undefined, pool: SchemaPool): readonly Json[] {
  const parts = partsOf(schema, pool);
  const whole = parts.flatMap(({ example, examples }) => [
    ...(example === undefined ? [] : [example]),
    ...(Array.isArray(examples) ? (examples as readonly Json[]) : []),
  ]);
  if (whole.length > 0) return whole;
  const [made] = madeOf(parts, pool, 1);
  return made === undefined ? [] : [made];
}

/** Of properties and what is directly in them. */
function madeOf(parts: readonly JsonObject[], pool: SchemaPool, depth: number): readonly JsonObject[] {
  const entries = propertyParts(parts, pool)
    .filter(([name]) => isOfEnvelope(looseName(name)) || isBlockName(looseName(name)))
    .map(([name, own]): [string, Json] => {
      const inside = depth > 0 && isBlockName(looseName(name)) ? madeOf(own, pool, depth - 1)[0] : undefined;
      return [name, shown(own) ?? inside ?? null];
    });
  return entries.length === 0 ? [] : [Object.fromEntries(entries)];
}

/** The one value that the parts of a property's schema show. */
function shown(parts: readonly JsonObject[]): Json | undefined {
  for (const part of parts) {
    const list = [part['enum'], part['examples']].find((one) => Array.isArray(one) && one.length === 1);
    const value =
      part['const'] ?? part['example'] ?? (list as readonly Json[] | undefined)?.[0] ?? part['default'];
    if (value !== undefined) return value;
  }
  return undefined;
}
