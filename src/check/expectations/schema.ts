import { sentence } from '../../messages/sentence.ts';
import { z } from 'zod';
import { pointerPart } from '../../lib/json/json-path.ts';
import { shortJson } from '../../lib/json/short-json.ts';
import { type Check, type Promised, uncertainOrigins } from '../../model/check.ts';
import { isObject, type Json, type JsonSchema } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import { keyOf, type Sentence } from '../../model/sentence.ts';
import { detectEnvelope, envelopeIn, payloadIn } from '../envelope/detect.ts';
import { type Answer, defineExpectation, type JudgeContext, promisedFor } from '../expectation.ts';
import { maxNesting } from '../answer/answer.ts';
import type { Shape } from '../schema/shape.ts';
import { fieldsDocumented } from '../schema/documented.ts';
import { fieldsShown } from '../schema/always.ts';
import type { OtherKind } from '../schema/always-kinds.ts';
import type { StrangeIds } from '../schema/records.ts';
import { partsOf } from '../envelope/words.ts';
import { anyItem, classifyViolations, stepsOf } from '../schema/violations.ts';
import { below } from '../schema/wording.ts';

/** The body against the schema that the document gives for this status. */
export const schema = defineExpectation({
  kind: 'schema',
  summary: 'how strictly the documented schema of the body is taken: `error`, `warning` or `off`',
  code: 'schema',
  costly: 'tooLargeForSchema',
  settings: z.enum(['error', 'warning', 'off']),
  standing: 'error',
  judge(answer, check, level, context): readonly Finding[] {
    if (level === 'off' || check.method === 'HEAD') return [];
    // The schema of an answer that is wrong by its status says nothing that the status does not.
    if (answer.status >= 400) return [];
    const isAlwaysFilled = context.always.isAlwaysFilled(check.id);
    const gone = goneFrom(answer, check, context);
    if (gone !== undefined) return [level === 'error' ? gone : { ...gone, level: 'warning' }];
    if (answer.bytes === 0) return [];
    const promised = promisedFor(check, answer.status);
    const unshown = noLongerShown(answer, promised, check, context);
    if (!isDescribed(promised)) return unshown;
    if (answer.truncated) return answer.endless ? [] : [cut(answer.bytes)];
    if (answer.tooDeep) return [deep];
    const body = answer.json();
    if (body === undefined) return [];
    const found = judgeBody({ body, exact: answer.exact() ?? body }, { promised, check, context });
    const usual = context.habits.weigh(found, body, check);
    const present = withoutAbsence(usual, body, check);
    const isAsUsual = isAlwaysFilled || present !== usual;
    const findings = isAsUsual ? present : context.habits.withoutNothing(present, body, check);
    const weighed = findings.flatMap((finding): readonly Finding[] => {
      if (finding.kind === 'habit') return [finding];
      if (finding.level !== 'info') return [level === 'error' ? finding : { ...finding, level: 'warning' }];
      const { pointer = '', expected = finding.message } = finding;
      return context.news.isNew(check.id, `schema ${anyItem(pointer)} ${keyOf(expected)}`) ? [finding] : [];
    });
    return [...weighed, ...(weighed.some(({ level: own }) => own === 'error') ? [] : unshown)];
  },
});

interface Fields {
  readonly names: readonly string[];
  /** Shown by an example; the others are only described. */
  readonly shown: ReadonlySet<string>;
}

const fieldsKnown = new WeakMap<Promised, Fields>();

function fieldsOf(promised: Promised, { schemas }: Check): Fields {
  const known = fieldsKnown.get(promised);
  if (known !== undefined) return known;
  const { examples = [], schema: described } = promised;
  const shown = new Set(fieldsShown(examples));
  const documented = described === undefined ? [] : fieldsDocumented(described, schemas);
  const fields = { names: [...new Set([...shown, ...documented])], shown };
  fieldsKnown.set(promised, fields);
  return fields;
}

/** What all answers have had until now, and the document knows: nothing else would say that it is gone. */
function noLongerShown(
  answer: Answer,
  promised: Promised | undefined,
  check: Check,
  context: JudgeContext,
): readonly Finding[] {
  const { always, shapes } = context;
  const body = answer.status >= 300 || answer.truncated || answer.tooDeep ? undefined : answer.json();
  if (body === undefined) return [];
  const described = promised?.schema;
  const shape = described === undefined ? undefined : shapes.of([described], check.schemas);
  const isTyped = (pointer: string): boolean =>
    pointer === ''
      ? partsOf(described, check.schemas).some(({ type }) => type !== undefined)
      : shape?.field(stepsOf(pointer)) !== undefined;
  const empty = emptied(body, check, always);
  if (empty !== undefined) return [empty];
  const other = otherKind(body, check, always, isTyped);
  if (other !== undefined) return [other];
  const strange = always.idsStrange(answer.exact() ?? body, check, context.now());
  if (strange !== undefined) return [strangeIds(strange)];
  if (promised === undefined) return [];
  const { names, shown } = fieldsOf(promised, check);
  if (names.length === 0) return [];
  // Of another record nobody knows what it has to have.
  const isOfRecord = (name: string): boolean => !shown.has(name) && !name.includes('/*/') && mayBeOurs(check);
  const missing = always.fieldsGone(body, check.id, names, (name) => shown.has(name));
  const gone = missing.filter((name) => !isOfRecord(name));
  const [first] = gone;
  if (first === undefined) return [];
  const more = gone.length - mostNamed;
  const named = sentence('listed', { names: gone.slice(0, mostNamed) });
  const fields = more > 0 ? sentence('andMore', { what: named, n: more }) : named;
  const isShown = gone.every((name) => shown.has(name));
  const message = sentence(isShown ? 'noLongerShown' : 'noLongerThere', { fields });
  const found = sentence('none');
  return [{ kind: 'schema', level: 'warning', message, pointer: first, expected: fields, found }];
}

/** Another record than the one asked for, or one that stands twice. */
function strangeIds(strange: StrangeIds): Finding {
  const { pointer } = strange;
  if (strange.kind === 'twice') {
    const message = sentence('recordTwice', { field: pointer === '' ? '/' : pointer, id: strange.id });
    return { kind: 'schema', level: 'warning', message, pointer };
  }
  const { asked, found } = strange;
  const message = sentence('otherRecord', { field: pointer, asked, found });
  return { kind: 'schema', level: 'warning', message, pointer, expected: asked, found };
}

/** What it is asked for is not always there, or was not asked for by us. */
function mayBeOurs({ values }: Check): boolean {
  return values.some(({ origin }) => uncertainOrigins.has(origin));
}

/** Nobody has named what it is asked for, or whoever named it does no longer. */
function mayNotExist({ values }: Check): boolean {
  return values.some(
    ({ origin, isKept }) => uncertainOrigins.has(origin) && (origin !== 'captured' || isKept === true),
  );
}

/** An envelope of success that carries nothing, where it has always carried a record or a list that was not near its end; or where nothing carries anything any more. */
function emptied(body: Json, check: Check, always: JudgeContext['always']): Finding | undefined {
  const payload = payloadIn(body);
  const isList = always.listGone(payload?.value ?? (payload === undefined ? body : null), check.id);
  const isListGone = isList && !mayBeOurs(check);
  if (payload === undefined) return isListGone ? nullInsteadOfList : undefined;
  const isNull = payload.value === null;
  const isEverywhere = always.isNothingAnywhere(check.service, check.id, isNull);
  const isRecord = !mayNotExist(check) && always.isAlwaysRecord(check.id, mayBeOurs(check));
  if (!isNull || !(isEverywhere || isRecord || isListGone)) return undefined;
  const { field } = payload;
  const code = isRecord ? 'nullForRecord' : 'nullForList';
  const message = sentence(isEverywhere ? 'nullEverywhere' : code, { field });
  return { kind: 'schema', level: 'warning', message, pointer: pointerPart(field) };
}

const nullInsteadOfList: Finding = {
  kind: 'schema',
  level: 'warning',
  message: sentence('nullInsteadOfList'),
  pointer: '',
  expected: sentence('aListAsBefore'),
  found: 'null',
};

/**
 * A list in place of an object, an object in place of a list, or neither of them, where no schema says what it has to be. An answer to a
 * value of ours that names nothing may hold nothing.
 */
function otherKind(
  body: Json,
  check: Check,
  always: JudgeContext['always'],
  isTyped: (pointer: string) => boolean,
): Finding | undefined {
  const isTold = ({ pointer, value }: OtherKind): boolean =>
    !isTyped(pointer) && !(holdsNothing(value) && mayNotExist(check));
  const other = always.kindGone(body, check.id, isTold);
  if (other === undefined) return undefined;
  const { pointer, was, value } = other;
  const found = shortJson(value, 80);
  const expected = sentence(was === 'object' ? 'anObjectAsBefore' : 'aListAsBefore');
  const message =
    pointer === ''
      ? sentence(was === 'object' ? 'noLongerObject' : 'noLongerList', { found })
      : sentence(was === 'object' ? 'fieldNoLongerObject' : 'fieldNoLongerList', { field: pointer, found });
  return { kind: 'schema', level: pointer === '' ? 'error' : 'warning', message, pointer, expected, found };
}

function holdsNothing(value: Json): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

const mostNamed = 5;

/** That nothing is called what was made up is no fault, however it is said: it is noted that an envelope carries nothing then. */
function withoutAbsence(findings: readonly Finding[], body: Json, { values }: Check): readonly Finding[] {
  const made = values.filter(
    ({ origin, in: place }) => origin === 'generated' && (place === 'path' || place === 'query'),
  );
  const payload = made.length === 0 ? undefined : payloadIn(body);
  if (payload?.value !== null || findings.every(({ level }) => level === 'info')) return findings;
  const shown = made.map(({ name, value }) => `${name}=${shortJson(value, 40)}`);
  const message = sentence('nullForMadeUp', { field: payload.field, values: shown });
  return [{ kind: 'schema', level: 'info', message, pointer: pointerPart(payload.field) }];
}

const bodiless: ReadonlySet<number> = new Set([204, 205]);

/**
 * The envelope of an answer that has always had one, or, of an answer without anything in it, whose document shows one. What a value of
 * ours is about may be gone, and with it what the envelope carries.
 */
function goneFrom(answer: Answer, check: Check, { always }: JudgeContext): Finding | undefined {
  if (answer.status >= 300 || bodiless.has(answer.status) || answer.truncated || answer.tooDeep)
    return undefined;
  const body = answer.bytes === 0 ? undefined : answer.json();
  if (answer.bytes > 0 && body === undefined) return undefined;
  const [first, ...others] = always.envelopeGone(body, check.id, mayBeOurs(check));
  if (first !== undefined && !(mayBeOurs(check) && isObject(body) && envelopeIn(body) !== undefined)) {
    const fields = sentence('listed', { names: [first, ...others] });
    return gone(sentence('envelopeGone', { fields }), fields, body);
  }
  if (!isObject(body) || Object.keys(body).length > 0) return undefined;
  const { field, basis = 'names' } = detectEnvelope(check) ?? {};
  if (field === undefined || basis === 'names') return undefined;
  return gone(sentence('envelopeEmpty', { field }), field, body);
}

function gone(message: Sentence, expected: Sentence, body: Json | undefined): Finding {
  const found = body === undefined ? sentence('nothing') : shortJson(body, 80);
  return { kind: 'schema', level: 'error', message, pointer: '', expected, found };
}

type Described = Promised & { readonly schema: JsonSchema };

/** What a body is held against, and with what. */
interface Held {
  readonly promised: Described;
  readonly check: Check;
  readonly context: JudgeContext;
}

function isDescribed(promised: Promised | undefined): promised is Described {
  return promised?.schema !== undefined;
}

/** A value, and the same with all digits of its numbers. */
interface Judged {
  readonly body: Json;
  readonly exact: Json;
}

function judgeBody(judged: Judged, held: Held): readonly Finding[] {
  const violations = violationsOf(judged, held);
  if (violations.length === 0) return violations;
  return judgeWrapped(violations, judged, held) ?? weighed(violations, judged.body, held);
}

function violationsOf({ body, exact }: Judged, { promised, check, context }: Held): readonly Finding[] {
  return context.schemas.judge(body, promised.schema, check, exact);
}

function shapeOf({ promised, check, context }: Held): Shape {
  return context.shapes.of([promised.schema], check.schemas);
}

function weighed(violations: readonly Finding[], body: Json, held: Held): readonly Finding[] {
  const { promised, check, context } = held;
  return classifyViolations(violations, body, shapeOf(held), () => context.schemas.shownBy(promised, check));
}

/**
 * Frameworks wrap every answer in an envelope of their own, which documents made from the code do not show: what it
 * carries is then held against the schema. `undefined` when it is not so.
 */
function judgeWrapped(
  violations: readonly Finding[],
  { body, exact }: Judged,
  held: Held,
): readonly Finding[] | undefined {
  const payload = violations.some(isOfWhole) ? payloadIn(body) : undefined;
  if (payload === undefined || shapeOf(held).field([payload.field]) !== undefined) return undefined;
  const whole = isObject(exact) ? exact[payload.field] : undefined;
  const inside = violationsOf({ body: payload.value, exact: whole ?? payload.value }, held);
  if (inside.some(isOfWhole)) return undefined;
  const at = pointerPart(payload.field);
  const message = sentence('wrapped', { field: at });
  const note: Finding = { kind: 'schema', level: 'info', message, pointer: at };
  const findings = weighed(inside, payload.value, held).map((finding) => ({
    ...finding,
    message: below(finding.message, at),
    pointer: `${at}${finding.pointer ?? ''}`,
  }));
  return [note, ...findings];
}

function isOfWhole({ level, pointer }: Finding): boolean {
  return level === 'error' && pointer === '';
}

const deep: Finding = {
  kind: 'schema',
  level: 'info',
  message: sentence('bodyTooDeep', { n: maxNesting }),
};

function cut(bytes: number): Finding {
  return { kind: 'schema', level: 'info', message: sentence('schemaOverLimit', { n: bytes }) };
}
