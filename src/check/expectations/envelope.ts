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
import { errorIn } from '../envelope/errors.ts';
import { errorNames, hasPlaceForData } from '../envelope/names.ts';
import { isAbout, isShownAs, ownOf, type Shown, shownBy } from '../envelope/record.ts';
import { envelopeFieldOf, type Unsuccessful, unsuccessful } from '../envelope/usual.ts';
import {
  carriesData,
  type Field,
  type Fields,
  fieldAt,
  isPure,
  messageIn,
  messageOf,
  mostFields,
  nameOf,
  viewsOf,
} from '../envelope/view.ts';
import { codeText, isFailingWord, partsOf, saysCallFailed } from '../envelope/words.ts';
import { type Answer, defineExpectation, type JudgeContext } from '../expectation.ts';
import { isQuery } from '../graphql-query.ts';
import { valueAt } from '../schema/violations.ts';
import { eitherOf, shownExactly } from '../schema/wording.ts';
import { looseName } from '../../lib/text/said.ts';

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
    if (isQuery(check)) return documentedOf(check);
    const { promises, schemas } = check;
    const known = documented.get(promises);
    if (known?.schemas === schemas) return known.promise;
    const promise = documentedOf(check);
    documented.set(promises, { schemas, promise });
    return promise;
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
        return judgeRule(promise, read);
      case 'usual':
        return judgeUsual(promise, read, check, context);
    }
  },
});

/** By what checks promise: many operations promise the same, and a query asks for something of its own. */
const documented = new WeakMap<
  Check['promises'],
  { readonly schemas: Check['schemas']; readonly promise: Documented | Usual }
>();

function documentedOf(check: Check): Documented | Usual {
  const asked = askedFor(check);
  const shown = shownBy(check);
  const detected = detectEnvelope(check);
  if (detected === undefined) return { kind: 'usual', asked, shown };
  const { field, path, accepted, isBare, basis } = detected;
  if (accepted.length === 0) return { kind: 'usual', path, asked, shown };
  const find = compileJsonPath(fieldPath(path));
  const rule: Rule = { name: field, path, find, accepted };
  if (isBare === true) return { kind: 'usual', bare: rule, asked, shown };
  const own = basis === 'example' && accepted.every(isWord) ? shown.own : undefined;
  return { kind: 'documented', rule, asked, shown, ...(own !== undefined && { own }) };
}

/** Known without parsing the body: lists, pages and files are no envelopes. */
function saysNothing(promise: EnvelopePromise, answer: Answer): boolean {
  if (promise.kind === 'configured') return promise.conditions.length === 0;
  return promise.kind === 'usual' && promise.path === undefined && !/^\s{0,20}\{/.test(answer.text());
}

/** Of an order as well as of a call; a number is a code. */
function isWord(value: Json): boolean {
  return typeof value === 'boolean' || (typeof value === 'string' && !/\d/.test(value));
}

function fieldPath(path: readonly string[]): string {
  const steps = path.map((name) => `['${name.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}']`);
  return `$${steps.join('')}`;
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
  const name = shortName(condition.about);
  const expected = condition.predicate.text.replace(/^(?:is|equals|==?)(?:\s+|$)/i, '');
  return [findingOf(name, { ...wrong, expected, origin: 'expected' }, read)];
}

/** `$.code` is a field to whoever reads of it, like one of the document. */
function shortName(about: string): string {
  return /^\$\.([\w-]+)$/.exec(about)?.[1] ?? about;
}

function judgeUsual(
  { path, bare, asked, shown }: Usual,
  { body, plain }: Read,
  { service, id }: Check,
  { envelopes: memory }: JudgeContext,
): readonly Finding[] {
  if (!isObject(plain)) return [];
  if (path === undefined && isLarge(plain)) return [];
  const read = { body, plain };
  const views = viewsOf(plain);
  const bareFailure = judgeBare(bare, read, views);
  if (bareFailure !== undefined) return [bareFailure];
  const documented = path === undefined ? undefined : fieldAt(views, path);
  const found = documented ?? firstOf(views);
  const about = { service, memory };
  const wrong = found === undefined ? undefined : unsuccessful(found.view, found.field, about);
  const failure = wrong ?? asKnown(firstError(views, asked), about) ?? oddIn(views, about);
  if (failure !== undefined) {
    const about = { field: failure.field, share: 1 / 2 };
    const isData =
      isAbout(plain, memory.own(id) ?? shown.own, about) || isShownAs(failure, plain, shown.bodies);
    return isData ? [] : [usualFinding(failure, read)];
  }
  memory.keepOwn(id, ownOf(plain));
  for (const view of views) memory.sees(service, id, view);
  return found === undefined ? unreadIn(views, about) : [];
}

function isLarge(body: JsonObject): boolean {
  return Object.keys(body).length > mostFields;
}

interface About {
  readonly service: string;
  readonly memory: JudgeContext['envelopes'];
}

type View = Fields<Json>;

function firstOf(views: readonly View[]): { readonly view: View; readonly field: Field<Json> } | undefined {
  for (const view of views) {
    const field = envelopeFieldOf(view);
    if (field !== undefined) return { view, field };
  }
  return undefined;
}

function firstError(views: readonly View[], asked: ReadonlySet<string>): Unsuccessful | undefined {
  for (const view of views) {
    const found = errorIn(view, (loose) => asked.has(loose));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What success was in earlier answers, in place of what is usual. */
function asKnown(failure: Unsuccessful | undefined, { service, memory }: About): Unsuccessful | undefined {
  if (failure === undefined || failure.expected.length === 0) return failure;
  const { field } = failure;
  const constant = memory.constant(service, looseName(field.path.at(-1) ?? ''));
  const learnt = [...memory.successes(service, nameOf(field)), ...(constant === undefined ? [] : [constant])];
  const known = [...new Set(learnt)].filter((text) => text !== '' && text !== codeText(field.value));
  if (known.length === 0) return failure;
  return { ...failure, expected: known.map((text) => asTyped(text, field.value)) };
}

function asTyped(text: string, like: Json): Json {
  return typeof like === 'number' && /^-?\d+$/.test(text) ? Number(text) : text;
}

function oddIn(views: readonly View[], { service, memory }: About): Unsuccessful | undefined {
  for (const view of views) {
    const odd = memory.odd(service, view);
    if (odd === undefined) continue;
    return { field: odd.field, expected: [asTyped(odd.usual, odd.field.value)] };
  }
  return undefined;
}

/** Once for a service: a field that may tell whether a call has succeeded, and of which nobody says what it is then. */
function unreadIn(views: readonly View[], { service, memory }: About): readonly Finding[] {
  for (const view of views) {
    const name = memory.unread(service, view);
    const field = name === undefined ? undefined : view.get(name);
    if (field === undefined || !memory.isNews(service)) continue;
    const path = `$.${nameOf(field)}`;
    const line = `expect: { envelope: ${JSON.stringify(`${path} == ${JSON.stringify(field.value)}`)} }`;
    const message = sentence('envelopeUnread', { field: nameOf(field), line });
    return [{ kind: 'envelope', level: 'info', message, pointer: pointerOf(field) }];
  }
  return [];
}

function pointerOf({ path }: Field<Json>): string {
  return path.map(pointerPart).join('');
}

/** @param rule What was judged by; absent: what is usual; within an error no code is a success. */
function usualFinding(
  { field, expected, text }: Unsuccessful,
  read: Read<JsonObject>,
  rule?: Sentence,
): Finding {
  const pointer = pointerOf(field);
  const exact = valueAt(read.body, pointer);
  const [outer = ''] = field.path;
  const isWithinError = expected.length > 0 && field.path.length > 1 && errorNames.includes(looseName(outer));
  const usual = isWithinError ? sentence('noneOf', { field: outer }) : eitherJson(expected);
  const value = typeof exact === 'object' && exact !== null ? field.value : exact;
  const wrong = { value, pointer, expected: rule ?? usual, origin: 'expected' } as const;
  return findingOf(nameOf(field), wrong, read, text);
}

/** The fields of a documented success that are what was asked for, and no place in an envelope. */
function askedFor(check: Check): ReadonlySet<string> {
  const { promises, schemas } = check;
  if (isQuery(check)) return ofGraphql;
  const names = promises
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ schema }) => partsOf(schema, schemas))
    .flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties).map(looseName) : []));
  const asked = names.filter((name) => mayBeAsked.has(name));
  return asked.length === 0 || hasPlaceForData(names) ? nothingAsked : new Set(asked);
}

const mayBeAsked: ReadonlySet<string> = new Set([...errorNames, 'title', 'detail']);
/** They are for the expectation `graphql` to judge. */
const ofGraphql: ReadonlySet<string> = new Set(['errors']);
const nothingAsked: ReadonlySet<string> = new Set();

function judgeRule({ rule, asked, own, shown }: Documented, read: Read): readonly Finding[] {
  const { body, plain } = read;
  const wrong = brokenRule(rule, read);
  if (wrong === undefined) return deniedIn(rule, shown, read);
  if (wrong !== 'missing') return isOfRecord(rule, own, plain) ? [] : [wrong];
  // That a documented field is missing is for the schema to say, unless there is an error in its place.
  if (!isObject(plain)) return [];
  const failure = firstError(viewsOf(plain), asked);
  if (failure === undefined) return [];
  const wanted = sentence('fieldIs', { field: rule.name, value: eitherJson(rule.accepted) ?? '' });
  return [usualFinding(failure, { body, plain }, wanted)];
}

/** Some write the code of success whatever has happened: nothing is carried, and the text says that this call has failed. */
function deniedIn({ path }: Rule, { bodies }: Shown, { body, plain }: Read): readonly Finding[] {
  if (!isObject(plain) || isLarge(plain)) return [];
  const views = viewsOf(plain);
  const found = fieldAt(views, path);
  const text = found === undefined ? undefined : messageOf(found.view);
  if (found === undefined || text === undefined || !saysCallFailed(text)) return [];
  if (!views.every((view) => isPure(view) && !carriesData(view))) return [];
  if (bodies.some((one) => messageIn(one) === text)) return [];
  return [usualFinding({ field: found.field, expected: [], text }, { body, plain })];
}

/** All that the document shows of what the answer is about is there still. */
function isOfRecord({ path }: Rule, own: ReadonlySet<string> | undefined, body: Json): boolean {
  if (own === undefined || !isObject(body)) return false;
  const field = fieldAt(viewsOf(body), path)?.field;
  return field !== undefined && isAbout(body, own, { field, share: 1 });
}

function brokenRule({ name, find, accepted }: Rule, read: Read): Finding | 'missing' | undefined {
  const [found] = find(read.body);
  if (found === undefined) return 'missing';
  if (isAccepted(found.value, accepted)) return undefined;
  return findingOf(name, { ...found, expected: eitherJson(accepted), origin: 'documented' }, read);
}

/** A word of failure where a success is shown, and nothing that was asked for. */
function judgeBare(bare: Rule | undefined, read: Read, [top]: readonly View[]): Finding | undefined {
  const [found] = bare?.find(read.body) ?? [];
  if (bare === undefined || found === undefined || top === undefined) return undefined;
  if (!isFailingWord(found.value) || !isPure(top)) return undefined;
  const wrong = brokenRule(bare, read);
  return wrong === 'missing' ? undefined : wrong;
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
  { plain }: Read,
  text?: string,
): Finding {
  const shown = value === undefined ? undefined : shownExactly(valueAt(plain, pointer), value);
  const words = text ?? (isObject(plain) ? messageIn(plain) : undefined);
  const isAllThatIsSaid = words !== undefined && value === words;
  const told =
    shown === undefined
      ? sentence('envelopeMissing', { name })
      : sentence('envelopeIs', { name, value: shown });
  const what =
    words === undefined || isAllThatIsSaid
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
  readonly path: readonly string[];
  readonly find: JsonPath;
  readonly accepted: readonly Json[];
}

interface Documented {
  readonly kind: 'documented';
  readonly rule: Rule;
  /** Loose names of what was asked for. */
  readonly asked: ReadonlySet<string>;
  readonly shown: Shown;
  /** Of what the answer is about; absent: whatever stands beside the field, it says how the call went. */
  readonly own?: ReadonlySet<string>;
}

/** Nobody says what success is. */
interface Usual {
  readonly kind: 'usual';
  /** Of the field, as far as the document names it. */
  readonly path?: readonly string[];
  /** Shown without company. */
  readonly bare?: Rule;
  readonly shown: Shown;
  /** Loose names of what was asked for. */
  readonly asked: ReadonlySet<string>;
}

/** How an envelope is read: by what the configuration or the document says of success, or by what is usual. */
type EnvelopePromise =
  | { readonly kind: 'configured'; readonly conditions: readonly Condition[] }
  | Documented
  | Usual;

/** `"0"` and `0` are the same code. */
function isAccepted(value: Json, accepted: readonly Json[]): boolean {
  return accepted.some((one) => isSame(one, value));
}

function isSame(a: Json, b: Json): boolean {
  if (typeof a === 'number' && typeof b === 'string') return String(a) === b;
  return a === b || (typeof a === 'string' && typeof b === 'number' && a === String(b));
}
