import { type Condition, parseCondition, unmet, type Unmet } from '../../lib/condition/condition.ts';
import { conditionsOr } from '../../lib/zod.ts';
import { oneLine } from '../../lib/text/clean.ts';
import { ellipsize } from '../../lib/text/text.ts';
import { compileJsonPath, type JsonPath, pointerPart } from '../../lib/json/json-path.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Check } from '../../model/check.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import type { Sentence } from '../../model/sentence.ts';
import { detectEnvelope } from '../envelope/detect.ts';
import {
  carriesData,
  codeText,
  envelopeMessage,
  errorCodeIn,
  fieldOf,
  flagFields,
  isFailingCode,
  isUsualSuccess,
  partsOf,
  refusalIn,
  saysFailure,
} from '../envelope/words.ts';
import { type Answer, defineExpectation, type JudgeContext } from '../expectation.ts';
import { valueAt } from '../schema/violations.ts';
import { eitherOf, shownExactly } from '../schema/wording.ts';
import { saysServersFault, saysSuccess } from '../../lib/text/said.ts';
import type { EnvelopeMemory } from '../envelope/memory.ts';

/** Many systems answer HTTP 200 to everything and say in the body whether the call succeeded. */
export const envelope = defineExpectation({
  kind: 'envelope',
  summary:
    'what the body says about success: `$.code == 0`; default: as documented, else as is usual; or `off`',
  code: 'assertion',
  settings: conditionsOr(['documented', 'off']),
  standing: 'documented',
  prepare(settings, check): EnvelopePromise {
    if (settings === 'off') return { kind: 'configured', conditions: [] };
    if (settings !== 'documented') return { kind: 'configured', conditions: settings.map(parseCondition) };
    const detected = detectEnvelope(check);
    if (detected === undefined) return { kind: 'usual' };
    const { field, accepted } = detected;
    if (accepted.length === 0) return { kind: 'usual', field };
    return { kind: 'documented', rule: { name: field, find: compileJsonPath(fieldPath(field)), accepted } };
  },
  judge(answer, check, promise, context): readonly Finding[] {
    if (answer.status >= 300 || answer.truncated || saysNothing(promise, answer)) return [];
    const body = answer.exact();
    if (body === undefined) return [];
    const read = { body, plain: answer.json() ?? body };
    switch (promise.kind) {
      case 'configured':
        return promise.conditions.flatMap((one) => judgeCondition(one, answer, read, context));
      case 'documented':
        return judgeRule(promise.rule, read);
      case 'usual':
        return judgeUsual(promise.field, read, check, context);
    }
  },
});

/** Known without parsing the body: lists, pages and files are no envelopes. */
function saysNothing(promise: EnvelopePromise, answer: Answer): boolean {
  if (promise.kind === 'configured') return promise.conditions.length === 0;
  return promise.kind === 'usual' && promise.field === undefined && !/^\s{0,20}\{/.test(answer.text());
}

function fieldPath(field: string): string {
  return `$['${field.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}']`;
}

/** A body with the digits of its numbers as texts, and as it is. */
interface Read<P extends Json = Json> {
  readonly body: Json;
  readonly plain: P;
}

function judgeCondition(
  condition: Condition,
  answer: Answer,
  read: Read,
  context: JudgeContext,
): readonly Finding[] {
  const wrong = unmet(condition, answer, { now: context.now(), effort: context.effort });
  if (wrong === undefined) return [];
  const name = nameOf(condition.about);
  const expected = condition.predicate.text.replace(/^(?:is|equals|==?)(?:\s+|$)/i, '');
  return [findingOf(name, { ...wrong, expected, origin: 'expected' }, read)];
}

/** `$.code` is a field to whoever reads of it, like one of the document. */
function nameOf(about: string): string {
  return /^\$\.([\w-]+)$/.exec(about)?.[1] ?? about;
}

function judgeUsual(
  documented: string | undefined,
  { body, plain }: Read,
  check: Check,
  context: JudgeContext,
): readonly Finding[] {
  if (!isObject(plain)) return [];
  const read = { body, plain };
  const found = judgeUsualCode(read, documented, check.service, context);
  return found.length > 0 || describesError(check) ? found : judgeError(read);
}

function judgeUsualCode(
  read: Read<JsonObject>,
  documented: string | undefined,
  service: string,
  { envelopes }: JudgeContext,
): readonly Finding[] {
  const { plain } = read;
  const field = documented !== undefined && Object.hasOwn(plain, documented) ? documented : fieldOf(plain);
  const wrong = field === undefined ? undefined : unsuccessful(plain, field, { service, memory: envelopes });
  if (wrong === undefined) return [];
  const pointer = pointerPart(wrong.field);
  const value = valueAt(read.body, pointer);
  return [
    findingOf(
      wrong.field,
      { value, pointer, expected: eitherJson(wrong.expected), origin: 'expected' },
      read,
    ),
  ];
}

/** `{ "error": { "code": 500 } }` where an answer holds no such thing. */
function judgeError(read: Read<JsonObject>): readonly Finding[] {
  const name = errorCodeIn(read.plain);
  if (name === undefined) return [];
  const pointer = `/error${pointerPart(name)}`;
  const value = valueAt(read.body, pointer);
  const error = read.plain['error'];
  const told = { ...read, body: error ?? read.body };
  const wrong = { value, pointer, expected: eitherJson([0, 200]), origin: 'expected' } as const;
  return [findingOf(`error.${name}`, wrong, told)];
}

function describesError({ promises, schemas }: Check): boolean {
  return promises
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ schema }) => partsOf(schema, schemas))
    .some(({ properties }) => isObject(properties) && Object.hasOwn(properties, 'error'));
}

function judgeRule({ name, find, accepted }: Rule, read: Read): readonly Finding[] {
  const [found] = find(read.body);
  // That a documented field is missing is for the schema to say.
  if (found === undefined || isAccepted(found.value, accepted)) return [];
  return [findingOf(name, { ...found, expected: eitherJson(accepted), origin: 'documented' }, read)];
}

function eitherJson(values: readonly Json[]): Sentence | undefined {
  return values.length === 0 ? undefined : eitherOf(values.map((value) => JSON.stringify(value)));
}

interface Wrong extends Unmet {
  /** Absent: the value itself might be a success. */
  readonly expected: Sentence | undefined;
  readonly origin: 'documented' | 'expected';
}

function findingOf(
  name: string,
  { value, pointer = '', expected, origin }: Wrong,
  { body, plain }: Read,
): Finding {
  const shown = value === undefined ? undefined : shownExactly(valueAt(plain, pointer), value);
  const words = isObject(body) ? envelopeMessage(body) : undefined;
  const told =
    shown === undefined
      ? sentence('envelopeMissing', { name })
      : sentence('envelopeIs', { name, value: shown });
  const what =
    words === undefined
      ? told
      : sentence('envelopeSaying', { what: told, said: ellipsize(oneLine(words), 120) });
  const found = shown ?? sentence('missing');
  if (expected === undefined) {
    const message = sentence('envelopeDenied', { what });
    return { kind: 'envelope', level: 'error', message, pointer, expected: sentence('aSuccess'), found };
  }
  const message = sentence(origin === 'documented' ? 'envelopeDocumented' : 'envelopeExpected', {
    what,
    wanted: expected,
  });
  return { kind: 'envelope', level: 'error', message, pointer, expected, found };
}

/** A field of the body and what stands there when the call has succeeded, as the document shows it. */
interface Rule {
  readonly name: string;
  readonly find: JsonPath;
  readonly accepted: readonly Json[];
}

/** How an envelope is read: by what the configuration or the document says of success, or by what is usual. */
type EnvelopePromise =
  | { readonly kind: 'configured'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'documented'; readonly rule: Rule }
  /** Nobody says what success is; `field` as far as the document names it. */
  | { readonly kind: 'usual'; readonly field?: string };

/** `"0"` and `0` are the same code. */
function isAccepted(value: Json, accepted: readonly Json[]): boolean {
  return accepted.some((one) => isSame(one, value));
}

function isSame(a: Json, b: Json): boolean {
  if (typeof a === 'number' && typeof b === 'string') return String(a) === b;
  return a === b || (typeof a === 'string' && typeof b === 'number' && a === String(b));
}

/** What an envelope whose success nobody has described says of it. */
interface Unsuccessful {
  readonly field: string;
  readonly value: Json;
  /** What would have been success; empty: the value itself, were it not for the text. */
  readonly expected: readonly Json[];
}

/** Fields that mean other things as well say failure only in so many words. */
const ambiguous: ReadonlySet<string> = new Set(['status', 'state', 'ret']);

/**
 * A usual value is success, and so is any other that has come with data, unless the code or the text says failure.
 * `undefined`: the call has succeeded, as far as the body says.
 */
function unsuccessful(
  body: JsonObject,
  field: string,
  { service, memory }: { readonly service: string; readonly memory: EnvelopeMemory },
): Unsuccessful | undefined {
  const flag = flagFields.find((name) => body[name] === false);
  const said = flag ?? field;
  const value = Object.hasOwn(body, said) ? body[said] : undefined;
  if (value === undefined || (typeof value === 'object' && value !== null)) return undefined;
  const text = envelopeMessage(body);
  const hasData = carriesData(body);
  const learnt = memory.successes(service, said);
  const failure = { field: said, value, expected: expectedOf(value, learnt) };
  if (value === false) return failure;
  if (isUsualSuccess(value)) {
    const isContradicted = !hasData && isDenied(value, text, learnt);
    if (hasData && !saysFailure(text)) memory.learn(service, said, value);
    if (!isContradicted) return undefined;
    return learnt.size > 0 && !learnt.has(codeText(value)) ? failure : { ...failure, expected: [] };
  }
  if (memory.isArbitrary(service, said) && !saysFailure(text)) return undefined;
  if (isFailingCode(value)) return failure;
  if (hasData && !saysFailure(text)) {
    memory.learn(service, said, value);
    return undefined;
  }
  if (learnt.has(codeText(value)) && !saysFailure(text)) return undefined;
  if (saysSuccess(text) || value === null) return undefined;
  return ambiguous.has(said) && !saysFailure(text) && !Number.isInteger(value) ? undefined : failure;
}

/**
 * Nothing is carried, and the text says failure: `0` is failure where 1 is success, and some write the code of success
 * whatever has happened.
 */
function isDenied(value: Json, text: string | undefined, learnt: ReadonlySet<string>): boolean {
  if (refusalIn('', text) !== undefined) return true;
  if (text === undefined || !saysFailure(text)) return false;
  if (saysServersFault(text)) return true;
  if (learnt.has(codeText(value))) return false;
  return learnt.size > 0 || codeText(value) === '0';
}

function expectedOf(value: Json, learnt: ReadonlySet<string>): readonly Json[] {
  if (typeof value === 'boolean') return [true];
  if (learnt.size > 0) return [...learnt].map((text) => (typeof value === 'number' ? Number(text) : text));
  if (typeof value === 'number') return [0, 200];
  return typeof value === 'string' && /^-?\d+$/.test(value) ? ['0', '200'] : ['SUCCESS', 'OK', '0'];
}
