import type { ErrorObject } from 'ajv';
import { shortJson } from '../../lib/json/short-json.ts';
import { paramsOf, sentence } from '../../messages/sentence.ts';
import { type Json, usualFields } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import { isSentence, type Param, type Sentence } from '../../model/sentence.ts';
import { knownKind } from './kinds.ts';
import { mapValue } from './usual.ts';

/** A value as it was judged, and with all digits of its numbers. */
export interface Violating {
  readonly value: Json | undefined;
  readonly exact: Json | undefined;
}

interface Described {
  readonly expected: Sentence;
  readonly found: Sentence;
}

export function describe(error: ErrorObject, { value, exact }: Violating): Described {
  const name = detailOf(error);
  if (isMissing(error)) return { expected: sentence('propertyNamed', { name }), found: none };
  if (isExtra(error)) return { expected: noOtherProperties, found: sentence('propertyFound', { name }) };
  const found = exact === undefined ? nothing : shownExactly(value, exact);
  const isOfType = error.keyword === 'type' || error.keyword === mapValue;
  return {
    expected: expectedBy(error),
    found: isOfType && typeof found === 'string' ? `${found} (${typeOf(value)})` : found,
  };
}

const none = sentence('none');
const nothing = sentence('nothing');
const noOtherProperties = sentence('noOtherProperties');
const alternatives = sentence('alternatives');

/** Keywords that say how much is the least or the most. */
const counting = {
  minItems: 'fewestItems',
  maxItems: 'mostItems',
  items: 'mostItems',
  unevaluatedItems: 'mostItems',
  minLength: 'fewestCharacters',
  maxLength: 'mostCharacters',
  minProperties: 'fewestProperties',
  maxProperties: 'mostProperties',
} as const;

/** What a keyword asks for. */
function expectedBy(error: ErrorObject): Sentence {
  const params = error.params as Readonly<Record<string, unknown>>;
  const { keyword } = error;
  switch (keyword) {
    case 'type':
    case mapValue:
      return eitherOf([params['type']].flat().map(String));
    case knownKind:
      return sentence('oneOfKinds', { values: show(params['allowedValues'] as Json) });
    case 'enum':
      return sentence('oneOfValues', { values: show(params['allowedValues'] as Json) });
    case 'const':
      return show(params['allowedValue'] as Json);
    case 'anyOf':
      return alternatives;
    case 'format':
      return sentence('formatNamed', { name: String(params['format']) });
    case 'pattern':
      return sentence('patternGiven', { pattern: String(params['pattern']) });
    case 'false schema':
      return sentence('nothingHere');
    case 'not':
      return sentence('ruledOut');
    case 'multipleOf':
      return sentence('multipleOfFactor', { factor: Number(params['multipleOf']) });
    case 'uniqueItems':
      return sentence('noDuplicates', { one: Number(params['j']), other: Number(params['i']) });
    case 'contains':
      return thatFit(Number(params['minContains']), params['maxContains']);
    case 'propertyNames':
      return sentence('noSuchName', { name: String(params['propertyName']) });
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `${String(params['comparison'])} ${String(params['limit'])}`;
    default:
      if (isCounting(keyword)) return sentence(counting[keyword], { n: Number(params['limit']) });
      return error.message ?? keyword;
  }
}

function isCounting(keyword: string): keyword is keyof typeof counting {
  return Object.hasOwn(counting, keyword);
}

function thatFit(least: number, most: unknown): Sentence {
  if (most === undefined) return sentence('fewestThatFit', { n: least });
  return sentence('countThatFits', { least, most: Number(most) });
}

const theBody = sentence('wholeBody');

export function messageOf(error: ErrorObject, described: Described): Sentence {
  const where = error.instancePath === '' ? theBody : error.instancePath;
  const name = detailOf(error);
  if (isMissing(error)) return sentence('propertyMissing', { where, name });
  return isExtra(error)
    ? sentence('propertyExtra', { where, name })
    : sentence('violated', { where, expected: described.expected, found: described.found });
}

function isMissing({ keyword }: ErrorObject): boolean {
  return keyword === 'required' || keyword === usualFields;
}

function isExtra({ keyword }: ErrorObject): boolean {
  return keyword === 'additionalProperties' || keyword === 'unevaluatedProperties';
}

/** What is said of a value, of the same value as a part of another one that stands at `at`. */
export function below(told: Sentence, at: string): Sentence {
  if (at === '' || typeof told === 'string' || told.params === undefined) return told;
  const { where, what } = told.params;
  const params = {
    ...told.params,
    ...(where === undefined ? {} : { where: typeof where === 'string' ? at + where : at }),
    ...(isSentence(what) ? { what: below(what, at) } : {}),
  };
  return { ...told, params };
}

/** Of which property it is. */
export function detailOf(error: ErrorObject): string {
  const params = error.params as Readonly<Record<string, unknown>>;
  const name = params['missingProperty'] ?? params['additionalProperty'] ?? params['unevaluatedProperty'];
  return typeof name === 'string' ? name : '';
}

/** `string or null`, `0 or 200` */
export function eitherOf([first = '', ...others]: readonly string[]): Sentence {
  return others.reduce<Sentence>((one, other) => sentence('eitherOr', { one, other }), first);
}

/** The types that a violation names as expected; empty: it is about something else. */
export function typesIn(expected: Sentence | undefined): readonly string[] {
  if (typeof expected === 'string') return [expected];
  const { one, other } = paramsOf(expected, 'eitherOr') ?? {};
  return isSentence(one) && isSentence(other) ? [...typesIn(one), ...typesIn(other)] : [];
}

/** The name of the property that is missing. */
export function missingIn({ expected }: Finding): string | undefined {
  return textIn(paramsOf(expected, 'propertyNamed')?.name);
}

/** The name of the property that a closed object has all the same. */
export function extraIn({ found }: Finding): string | undefined {
  return textIn(paramsOf(found, 'propertyFound')?.name);
}

export function typeOf(value: Json | undefined): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A value as a person may read it; a number with all its digits, which `exact` keeps as a text. */
export function shownExactly(value: Json | undefined, exact: Json): string {
  return typeof value === 'number' && typeof exact === 'string' ? exact : show(exact);
}

function show(value: Json | undefined): string {
  return value === undefined ? 'nothing' : shortJson(value, 80);
}

function textIn(param: Param | undefined): string | undefined {
  return typeof param === 'string' ? param : undefined;
}
