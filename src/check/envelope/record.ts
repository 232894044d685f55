import { firstEntries } from '../../lib/json/first-entries.ts';
import { looseName, saysServersFault } from '../../lib/text/said.ts';
import type { Check } from '../../model/check.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { errorNames, isBlockName, isOfEnvelope, payloadNames } from './names.ts';
import type { Unsuccessful } from './usual.ts';
import { type Field, fieldAt, isEmpty, isPure, messageOf, mostFields, viewsOf } from './view.ts';
import {
  codeText,
  isFailingCode,
  isUsualSuccess,
  partsOf,
  refusalIn,
  saysFailure,
  saysTooOften,
} from './words.ts';

/** What a document says of the good answers of an operation, besides how a call went. */
export interface Shown {
  /** Bodies of a success. */
  readonly bodies: readonly JsonObject[];
  /** Loose names of the fields that say what the answer is of (`orderNo`) or how that is (`latencyMs`). */
  readonly own: ReadonlySet<string>;
}

/** As many as an author writes by hand. */
const mostBodies = 50;
/** Of a schema with more properties than these, so many are looked at. */
const mostDescribed = 1000;

/** By what checks promise: many operations promise the same. */
const known = new WeakMap<Check['promises'], { readonly schemas: Check['schemas']; readonly shown: Shown }>();

export function shownBy({ promises, schemas }: Pick<Check, 'promises' | 'schemas'>): Shown {
  const before = known.get(promises);
  if (before?.schemas === schemas) return before.shown;
  const shown = shownAnew({ promises, schemas });
  known.set(promises, { schemas, shown });
  return shown;
}

function shownAnew({ promises, schemas }: Pick<Check, 'promises' | 'schemas'>): Shown {
  const successes = promises.filter(({ status }) => status.startsWith('2'));
  const parts = successes.flatMap(({ schema }) => partsOf(schema, schemas));
  const bodies = [
    ...successes.flatMap(({ examples = [] }) => examples),
    ...parts.flatMap(({ example, examples }) => [
      ...(example === undefined ? [] : [example]),
      ...(Array.isArray(examples) ? (examples as readonly Json[]) : []),
    ]),
  ]
    .filter(isObject)
    .filter((body) => Object.keys(body).length <= mostFields)
    .slice(0, mostBodies);
  const described = parts.flatMap(({ properties }) => firstEntries(properties, mostDescribed));
  const isWrapped =
    bodies.some(hasPlace) || described.some(([name, property]) => isPayload(name) && !isScalar(property));
  if (isWrapped) return { bodies, own: none };
  const shown = bodies.flatMap(ownOf);
  return {
    bodies,
    own: new Set(shown.length > 0 ? shown : described.map(([name]) => looseName(name)).filter(isOwn)),
  };
}

const none: ReadonlySet<string> = new Set();

/** Loose names of the fields of its own that a body holds something in; none where it has a place for what was asked for. */
export function ownOf(body: JsonObject): readonly string[] {
  if (hasPlace(body)) return [];
  return Object.entries(body).flatMap(([name, value]) => {
    const loose = looseName(name);
    return isOwn(loose) && isFilled(value) ? [loose] : [];
  });
}

function isOwn(loose: string): boolean {
  return !isOfEnvelope(loose) && !isBlockName(loose);
}

function isFilled(value: Json): boolean {
  return !isEmpty(value) && value !== 0 && value !== false;
}

function isPayload(name: string): boolean {
  return payloadNames.includes(looseName(name));
}

function hasPlace(body: JsonObject): boolean {
  return Object.entries(body).some(([name, value]) => isPayload(name) && typeof value === 'object');
}

function isScalar(property: Json): boolean {
  const type = isObject(property) ? property['type'] : undefined;
  return typeof type === 'string' && type !== 'object' && type !== 'array';
}

/**
 * Whether an answer still is about what good answers are about: an error comes in place of that. What refuses whoever calls is about
 * nothing else.
 *
 * @param share Of the fields of its own that have to be there, at least.
 */
export function isAbout(
  body: JsonObject,
  own: ReadonlySet<string>,
  { field, share }: { readonly field: Field<Json>; readonly share: number },
): boolean {
  const itself = looseName(field.path[0] ?? '');
  const others = new Set([...own].filter((name) => name !== itself));
  if (others.size === 0 || field.path.length > 1 || isRefusal(field.value, body)) return false;
  return ownOf(body).filter((name) => others.has(name)).length >= others.size * share;
}

/** Whether what would be a failure is just what the document shows as the answer of a success. */
export function isShownAs({ field }: Unsuccessful, body: JsonObject, bodies: readonly JsonObject[]): boolean {
  const alike = bodies.flatMap((one) => {
    const value = valueIn(one, field.path);
    return value === undefined ? [] : [{ one, value }];
  });
  if (alike.some(({ value }) => isUsualSuccess(value))) return false;
  if (isRefusal(field.value, body) || isErrorsOwn(field, body)) return false;
  const names = new Set(Object.keys(body));
  return alike.some(
    ({ one, value }) =>
      codeText(value) === codeText(field.value) &&
      Object.entries(one).every(([name, filled]) => isEmpty(filled) || names.has(name)),
  );
}

function isRefusal(value: Json, body: JsonObject): boolean {
  return viewsOf(body).some((view) => {
    const text = messageOf(view);
    return refusalIn(value, text) !== undefined || saysTooOften(codeText(value), text);
  });
}

/** The call itself has failed, whoever wrote that down as an example. */
function isErrorsOwn({ path, value }: Field<Json>, body: JsonObject): boolean {
  const [top] = viewsOf(body);
  if (top === undefined || !isPure(top)) return false;
  const text = messageOf(top);
  if (text !== undefined && saysServersFault(text)) return true;
  const isEmptied = Object.entries(body).some(([name, one]) => isPayload(name) && isEmpty(one));
  return (
    isEmptied && (errorNames.includes(looseName(path[0] ?? '')) || isFailingCode(value) || saysFailure(text))
  );
}

function valueIn(body: JsonObject, path: readonly string[]): Json | undefined {
  const found = fieldAt(viewsOf(body), path);
  if (found !== undefined) return found.field.value;
  return path.reduce<Json | undefined>((value, name) => {
    if (Array.isArray(value)) return (value as readonly Json[])[Number(name)];
    return isObject(value) ? value[name] : undefined;
  }, body);
}
