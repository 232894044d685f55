import { messageNames, noteNames, saysSuccess } from '../../lib/text/said.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { EnvelopeMemory } from './memory.ts';
import {
  ambiguousCodes,
  codeNames,
  envelopeFieldIn,
  failureFlags,
  flagNames,
  isStrongCode,
} from './names.ts';
import {
  carriesData,
  errorTextOf,
  type Field,
  type Fields,
  hasPayload,
  isPure,
  messageOf,
  mostFields,
  nameOf,
  viewsOf,
} from './view.ts';
import {
  codeText,
  isCodeText,
  isFailingCode,
  isFailingWord,
  isUsualSuccess,
  saysCallFailed,
  saysFailure,
  saysNothingFound,
  saysNoFailure,
  saysRefusal,
} from './words.ts';

/** What an envelope whose success nobody has described says of it. */
export interface Unsuccessful {
  readonly field: Field<Json>;
  /** What would have been success; empty: the value itself, were it not for the text. */
  readonly expected: readonly Json[];
  /** The message beside it. */
  readonly text?: string | undefined;
}

/** What is known of whoever answers. */
interface About {
  readonly service: string;
  readonly memory: EnvelopeMemory;
}

/** The field that makes a body an envelope, where its document shows none. */
export function envelopeFieldOf(view: Fields<Json>): Field<Json> | undefined {
  if (view.size > mostFields) return undefined;
  const refusing = refusingFlag(view);
  if (refusing !== undefined) return refusing;
  const company = {
    names: [...view.keys()],
    has: (name: string): boolean => view.has(name),
    hasNote: noteNames.some((name) => typeof view.get(name)?.value === 'string'),
    hasPayload: hasPayload(view),
    isPure: () => isPure(view),
  };
  const name = envelopeFieldIn(company) ?? ambiguousIn(view);
  const field = name === undefined ? undefined : view.get(name);
  return name !== undefined && field !== undefined && isCodeOf(name, field.value, view) ? field : undefined;
}

/** Whether a body that does not say that the call succeeded says so in an envelope's way. */
export function saysHowItWent(body: JsonObject): boolean {
  return viewsOf(body).some((view) => envelopeFieldOf(view) !== undefined);
}

function isCodeOf(name: string, value: Json, view: Fields<Json>): boolean {
  if (flagNames.includes(name)) return flagOf(name, value) !== undefined;
  const text = messageOf(view);
  const hasMessage = messageNames.some((one) => view.has(one));
  // A number and a note are what any list of codes is made of.
  if (!hasMessage && !hasPayload(view) && !saysRefusal(text)) return false;
  if (typeof value === 'number' || isCodeText(value)) return true;
  return typeof value === 'string' && !carriesData(view) && (isStrongCode(name) || saysRefusal(text));
}

/** Names that mean much else, where nothing beside them would be anything else. */
function ambiguousIn(view: Fields<Json>): string | undefined {
  return ambiguousCodes.find((name) => {
    const value = view.get(name)?.value;
    if (value === undefined || !isPure(view)) return false;
    const text = messageOf(view);
    if (text === undefined) return false;
    if (isFailingWord(value) || (isErrorCode(value) && saysRefusal(text))) return true;
    return codeText(value) === '0' && saysFailure(text);
  });
}

/** Nothing but a failure says `false` beside a code or text of an error. */
function refusingFlag(view: Fields<Json>): Field<Json> | undefined {
  const flag = flagNames.find((name) => name !== 'flag' && view.get(name)?.value === false);
  if (flag !== undefined) {
    const isToldWhy = codeNames.some((name) => isStrongOrCode(name) && isErrorCode(view.get(name)?.value));
    const isSaid = messageNames.some((name) => isText(view.get(name)?.value)) && isPure(view);
    return isToldWhy || isSaid || errorTextOf(view) !== undefined ? view.get(flag) : undefined;
  }
  if (!isPure(view) || carriesMore(view)) return undefined;
  const text = messageOf(view);
  const denied = flagNames.find((name) => isWrittenFalse(view.get(name)?.value));
  if (denied !== undefined) return view.get(denied);
  const failure = failureFlags.find((name) => isYes(view.get(name)?.value, text));
  if (failure !== undefined) return text === undefined ? undefined : view.get(failure);
  const other = mayBeFlags.find((name) => isNo(view.get(name)?.value));
  return other !== undefined && saysRefusal(text) ? view.get(other) : undefined;
}

function isWrittenFalse(value: Json | undefined): boolean {
  return typeof value === 'string' && /^false$/i.test(value);
}

/** A number may count errors: its text tells. */
function isYes(value: Json | undefined, text: string | undefined): boolean {
  return value === true || ((value === 1 || value === '1' || value === 'true') && saysFailure(text));
}

/** `N` and `F` stand for it in the systems of banks and in those of SAP. */
function isNo(value: Json | undefined): boolean {
  return value === false || (typeof value === 'string' && /^[nfe]$/i.test(value));
}

/**
 * What a flag says, however it is written: `"true"`, `"Y"`, `1`; `undefined`: nothing. A `flag` of 0 is success in as many services
 * as failure.
 */
function flagOf(name: string, value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = codeText(value);
  if (/^(?:true|y|yes|s)$/i.test(text) || (name !== 'flag' && text === '1')) return true;
  return /^(?:false|n|no|f)$/i.test(text) || (name !== 'flag' && text === '0') ? false : undefined;
}

/** They are flags in some. */
const mayBeFlags = ['flag', 'status', 'state', 'result', 'code', 'ret'];

function isStrongOrCode(name: string): boolean {
  return name === 'code' || isStrongCode(name);
}

function isText(value: Json | undefined): boolean {
  return typeof value === 'string' && value !== '';
}

/** Of what was asked for there is something besides a flag. */
function carriesMore(view: Fields<Json>): boolean {
  const plain = new Map([...view].filter(([, { value }]) => typeof value !== 'boolean' && !isNo(value)));
  return carriesData(plain);
}

export function isErrorCode(value: Json | undefined): value is string | number {
  return (typeof value === 'string' || typeof value === 'number') && value !== '' && !isUsualSuccess(value);
}

/**
 * A usual value is success, and so is any other that has come with data, unless the code or the text says failure.
 * `undefined`: the call has succeeded, as far as the body says.
 */
export function unsuccessful(
  view: Fields<Json>,
  found: Field<Json>,
  { service, memory }: About,
): Unsuccessful | undefined {
  const flag = flagNames.map((name) => view.get(name)).find((one) => one?.value === false);
  const field = flag ?? found;
  const { value } = field;
  if (typeof value === 'object' && value !== null) return undefined;
  const said = nameOf(field);
  const text = messageOf(view);
  const hasData = carriesData(view);
  const learnt = memory.successes(service, said);
  const failure = { field, expected: expectedOf(value, learnt), text };
  if (value === false) return failure;
  if (isFailureFlag(field) && isYes(value, text))
    return { ...failure, expected: [value === true ? false : 0] };
  const flagged = flagIn(field);
  if (flagged === true && !hasData)
    return isDenied(true, text, learnt) ? { ...failure, expected: [] } : undefined;
  if (flagged === false && !(hasData && !saysFailure(text)))
    return { ...failure, expected: [opposite(value)] };
  if (isUsualSuccess(value)) {
    const isContradicted = !hasData && isDenied(value, text, learnt);
    if (hasData && !saysFailure(text)) memory.learn(service, said, value);
    else if (!isContradicted) memory.seesUsual(service, said);
    if (!isContradicted) return undefined;
    return learnt.size > 0 && !learnt.has(codeText(value)) ? failure : { ...failure, expected: [] };
  }
  if (memory.isArbitrary(service, said) && !saysFailure(text)) return undefined;
  if (isFailingCode(value)) return failure;
  if (hasData && !saysFailure(text)) {
    memory.learn(service, said, value);
    return undefined;
  }
  if (learnt.has(codeText(value)) && !saysCallFailed(text)) return undefined;
  if (saysSuccess(text)) memory.learn(service, said, value);
  if (saysSuccess(text) || saysNoFailure(text) || value === null) return undefined;
  // Nothing says that it is one of failure: many have codes of success of their own (1, 100, 20000).
  if (saysNothingFound(text) && learnt.size === 0 && !memory.isUsual(service, said)) return undefined;
  return isAmbiguous(field) && !saysFailure(text) && !Number.isInteger(value) ? undefined : failure;
}

/** Of a flag that is written in another way than as one. */
function flagIn({ path, value }: Field<Json>): boolean | undefined {
  const name = path.at(-1)?.toLowerCase().replaceAll(/[_-]/g, '') ?? '';
  return typeof value !== 'boolean' && flagNames.includes(name) ? flagOf(name, value) : undefined;
}

function opposite(value: Json): Json {
  if (typeof value === 'number') return 1;
  const text = codeText(value);
  if (text === '0') return '1';
  if (/^f$/i.test(text)) return 'S';
  return text.length > 2 ? 'true' : 'Y';
}

/** Fields that mean other things as well say failure only in so many words. */
function isAmbiguous({ path }: Field<Json>): boolean {
  return ambiguousCodes.includes(path.at(-1)?.toLowerCase() ?? '');
}

function isFailureFlag({ path }: Field<Json>): boolean {
  return failureFlags.includes(path.at(-1)?.toLowerCase() ?? '');
}

/**
 * Nothing is carried, and the text says failure: `0` is failure where 1 is success, and some write the code of success
 * whatever has happened.
 */
function isDenied(value: Json, text: string | undefined, learnt: ReadonlySet<string>): boolean {
  if (saysCallFailed(text)) return true;
  if (!saysFailure(text)) return false;
  if (learnt.has(codeText(value))) return false;
  return learnt.size > 0 || codeText(value) === '0';
}

function expectedOf(value: Json, learnt: ReadonlySet<string>): readonly Json[] {
  if (typeof value === 'boolean') return [true];
  if (learnt.has(codeText(value))) return [];
  if (learnt.size > 0) return [...learnt].map((text) => (typeof value === 'number' ? Number(text) : text));
  if (typeof value === 'number') return [0, 200];
  return typeof value === 'string' && /^-?\d+$/.test(value) ? ['0', '200'] : ['SUCCESS', 'OK', '0'];
}
