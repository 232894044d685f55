import type { Parameter, SchemaPool } from '../../model/document.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { selectsAction } from '../../lib/wording/command.ts';
import { safeMethods } from '../../model/settings.ts';
import { hasDotSegments, normalForm } from '../../lib/text/normal-form.ts';
import { textByName } from './name-heuristics.ts';
import type { Candidate, PlanContext } from '../candidate.ts';
import { isOfDay } from './days.ts';
import { coerced } from './coerce.ts';
import { isIdLike } from '../capture/id-like.ts';
import { pagingValue } from './paging.ts';
import { isForReaders, isUsableFor } from './placeholder.ts';
import { isOrder } from '../harmless.ts';
import { type Sample, sample } from './sample.ts';
import { asArray, flatten, isSchema, numberAt, own, typeOf } from './schema.ts';
import { isTextPair, timeRangeValue } from './time-range.ts';
import { breaksForKnown } from './trials.ts';

/**
 * The values that a parameter may be sent with, the best first: captured from an answer of the service where it says which record
 * is meant, documented as default or choice, documented as example, captured for anything else, made up.
 */
export function* offersFor(
  parameter: Parameter,
  candidate: Candidate,
  context: PlanContext,
): Iterable<Sample> {
  const orders: Sample[] = [];
  let isOffered = false;
  for (const offer of allOffers(parameter, candidate, context)) {
    if (isEmptyInPath(parameter, offer.value)) continue;
    if (offer.origin === 'generated' && isNotMadeUp(parameter, isOffered, candidate)) continue;
    if (isOrder(parameter, offer.value, candidate)) orders.push(offer);
    else if (orders.length === 0 || offer.origin !== 'generated') {
      isOffered = true;
      yield offer;
    }
  }
  // Where the document knows nothing but orders, made-up ones help nobody: it is refused for these.
  if (!isOffered) yield* orders;
}

/** Nobody guesses what is to be done, nor how a program that calls is to name itself where its document says so. */
function isNotMadeUp(
  { name, in: place }: Parameter,
  isOffered: boolean,
  { operation: { path } }: Candidate,
): boolean {
  return place === 'header' ? isOffered : selectsAction(name, path);
}

function* allOffers(parameter: Parameter, candidate: Candidate, context: PlanContext): Iterable<Sample> {
  const [only] = parameter.examples;
  if (parameter.isFixed === true && only !== undefined) return yield { value: only, origin: 'example' };
  const { schemas: pool } = candidate.document;
  const flat = flatten(parameter.schema, pool);
  const isId = isIdLike(parameter);
  const json = jsonFormat(parameter, flat, candidate);
  if (json !== undefined) return yield { value: json, origin: 'enum' };
  const captured = capturedValue(parameter, flat, candidate, context);
  if (captured !== undefined && isId) yield captured;
  const examples = examplesOf(parameter, flat).filter((value) => isUsableFor(parameter.name, value, isId));
  const stated = statedValue(parameter, flat, { examples, isId, candidate });
  if (stated !== undefined) yield stated;
  for (const value of examples) yield { value, origin: 'example' };
  if (captured !== undefined && !isId) yield captured;
  const { parameters } = candidate.operation;
  if (captured !== undefined && isId && breaksForKnown(context.trials.of(candidate.id))) return;
  const border = timeRangeValue(parameter, pool, context.now, parameters);
  if (border !== undefined) yield { value: border, origin: 'generated' };
  const isOfWindow = flat !== undefined && isTextPair(parameter, flat, parameters);
  const page = isOfWindow ? undefined : pagingValue(parameter, pool);
  if (page !== undefined) yield { value: page, origin: 'paging' };
  if (flat === undefined) return;
  const { name } = parameter;
  const wanted = { pool, now: context.now, name, effort: candidate.effort };
  const made = sample(undocumented(flat), wanted);
  if (made !== undefined) yield made;
  if (made?.origin !== 'generated' || isId || isOfDay(made.value) || textByName(wanted) !== undefined) return;
  // What says how rather than which may be said in another way.
  const other = sample(undocumented(flat), { ...wanted, salt: 1 });
  if (other?.origin === 'generated') yield other;
}

/** What a document has in place of a value that only its readers know; absent when it has another one as well. */
export function readersValue(parameter: Parameter, { document }: Candidate): Json | undefined {
  const flat = flatten(parameter.schema, document.schemas);
  return [...examplesOf(parameter, flat), flat?.['default']].find((value) => isForReaders(value));
}

const mostExamples = 5;

function examplesOf({ examples }: Parameter, flat: JsonObject | undefined): readonly Json[] {
  const own = [flat?.['example'], ...asArray(flat?.['examples'])];
  return [...examples, ...own].filter((value) => value !== undefined).slice(0, mostExamples);
}

/** What a choice does is read from its words; of so many one will do that orders nothing. */
const mostChoices = 200;

/** Its default, or one of its choices: the one that is shown as an example, else the first. */
function statedValue(
  parameter: Parameter,
  flat: JsonObject | undefined,
  {
    examples,
    isId,
    candidate,
  }: { readonly examples: readonly Json[]; readonly isId: boolean; readonly candidate: Candidate },
): Sample | undefined {
  const fallback = flat?.['default'];
  if (isUsableFor(parameter.name, fallback, isId) && !isOrder(parameter, fallback, candidate))
    return { value: fallback, origin: 'default' };
  const choices = flat?.['const'] === undefined ? asArray(flat?.['enum']) : [flat['const']];
  const usable = choices.filter((value) => value !== null && value !== '');
  const isHarmless = (value: Json): boolean => !isOrder(parameter, value, candidate);
  const shown = examples.find((value) => usable.includes(value) && isHarmless(value));
  if (shown !== undefined) return { value: shown, origin: 'example' };
  const first = usable.slice(0, mostChoices).find(isHarmless) ?? usable[0];
  return first === undefined ? undefined : { value: first, origin: 'enum' };
}

function undocumented(flat: JsonObject): JsonObject {
  const { example: _example, examples: _examples, default: _default, ...bare } = flat;
  return bare;
}

/** Where the form of an answer may be chosen, the one that can be looked into. */
function jsonFormat(
  { name }: Parameter,
  flat: JsonObject | undefined,
  { operation }: Candidate,
): Json | undefined {
  if (!/^(?:(?:output|response|return)[-_]?)?(?:format|content[-_]?type|type)$|^(?:alt|output)$/i.test(name))
    return undefined;
  const choice = asArray(flat?.['enum']).find(
    (value) => typeof value === 'string' && /^(?:application\/)?json$/i.test(value),
  );
  const types = operation.responses
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ media }) => media);
  return types.length === 0 || types.some(({ contentType }) => /json$|^\*\/\*$/.test(contentType))
    ? choice
    : undefined;
}

/** Ids that exist are for reading only: a write that is allowed must not hit what somebody else needs. */
function capturedValue(
  parameter: Parameter,
  flat: JsonObject | undefined,
  candidate: Candidate,
  { captured }: PlanContext,
): Sample | undefined {
  const { id, operation } = candidate;
  const found = own(captured.get(id) ?? {}, parameter.name);
  if (found === undefined || found.isSecret === true || !safeMethods.has(operation.method)) return undefined;
  const item = itemOf(flat, candidate.document.schemas);
  const value = coerced(found.value, item ?? flat) ?? asCode(found.value, parameter, item ?? flat);
  if (value === undefined || isAnotherPath(parameter, value) || isOrder(parameter, value, candidate))
    return undefined;
  const { from, isKept } = found;
  const sample = { value: item === undefined ? value : [value], origin: 'captured', from } as const;
  return isKept === true ? { ...sample, isKept } : sample;
}

/** What a list is one of, when a list of one will do. */
function itemOf(flat: JsonObject | undefined, pool: SchemaPool): JsonObject | undefined {
  if (flat === undefined || typeOf(flat) !== 'array' || (numberAt(flat, 'minItems') ?? 0) > 1)
    return undefined;
  const { items = {} } = flat;
  return isSchema(items) ? flatten(items, pool) : undefined;
}

/** `G-20` where a number or a UUID is documented: how the service writes its ids is better known from its answers. */
function asCode(value: Json, parameter: Parameter, flat: JsonObject | undefined): Json | undefined {
  const type = flat === undefined ? undefined : typeOf(flat);
  const isNumber = type === 'integer' || type === 'number';
  const isOtherwise = (isNumber || flat?.['format'] === 'uuid') && flat?.['enum'] === undefined;
  const isCode = typeof value === 'string' && /^(?=.*\d)(?=.*[A-Za-z-])\w[\w.-]{0,63}$/.test(value);
  return isOtherwise && isCode && isIdLike(parameter) ? value : undefined;
}

/**
 * What leaves its segment however it is encoded: for servers that undo `%2F` before they look for an operation, a part of it that is
 * empty or dots; for some, a backslash or what stands behind `;`. What it would do as a path of its own, `isOrder` judges.
 */
function isAnotherPath(parameter: Parameter, value: Json): boolean {
  if (parameter.in !== 'path' || typeof value !== 'string') return false;
  if (/[\\;\p{C}]/u.test(value)) return true;
  const parts = normalForm(value).split('/');
  return hasDotSegments(value) || (parts.length > 1 && parts.some((part) => part.trim() === ''));
}

/** An empty path segment, or one that URLs drop, calls another operation. */
export function isEmptyInPath(parameter: Parameter, value: Json): boolean {
  if (parameter.in !== 'path') return false;
  const isBare = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return isBare || (typeof value === 'string' && /^\s*\.{0,2}\s*$/.test(value));
}
