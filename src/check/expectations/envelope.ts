import { z } from 'zod';
import { oneLine } from '../../lib/text/clean.ts';
import { ellipsize } from '../../lib/text/text.ts';
import { compileJsonPath, pointerPart } from '../../lib/json/json-path.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Check } from '../../model/check.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import { detectEnvelope } from '../envelope/detect.ts';
import { partsOf } from '../envelope/parts.ts';
import { type EnvelopePromise, isAccepted, type Rule } from '../envelope/promise.ts';
import { unsuccessful } from '../envelope/undocumented.ts';
import { envelopeMessage, errorCodeIn, fieldOf } from '../envelope/words.ts';
import { defineExpectation, type JudgeContext } from '../expectation.ts';
import { valueAt } from '../schema/violations.ts';
import { eitherOf, shownExactly } from '../schema/wording.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Many systems answer HTTP 200 to everything and say in the body whether the call succeeded. */
export const envelope = defineExpectation({
  kind: 'envelope',
  summary:
    'what the body says about success: `{ code: 0 }`; default: as documented, else as is usual; or `off`',
  code: 'assertion',
  settings: z.union([
    z.literal(['documented', 'off']),
    z.record(z.string(), z.union([scalar, z.array(scalar)])),
  ]),
  standing: 'documented',
  prepare(settings, check): EnvelopePromise {
    if (settings === 'off') return { rules: [], usual: undefined };
    if (settings !== 'documented') {
      const rules = Object.entries(settings).map(
        ([field, wanted]): Rule => ({
          name: field,
          find: compileJsonPath(field.startsWith('$') ? field : fieldPath(field)),
          accepted: Array.isArray(wanted) ? wanted : [wanted],
          origin: 'expected',
        }),
      );
      return { rules, usual: undefined };
    }
    const rule = detectEnvelope(check);
    if (rule === undefined) return { rules: [], usual: {} };
    const { field, accepted } = rule;
    if (accepted.length === 0) return { rules: [], usual: { field } };
    const documented: Rule = {
      name: field,
      find: compileJsonPath(fieldPath(field)),
      accepted,
      origin: 'documented',
    };
    return { rules: [documented], usual: undefined };
  },
  judge(answer, check, { rules, usual }, context): readonly Finding[] {
    if (answer.status >= 300 || answer.truncated || (rules.length === 0 && usual === undefined)) return [];
    if (usual !== undefined && usual.field === undefined && !looksLikeObject(answer.text())) return [];
    const body = answer.exact();
    if (body === undefined) return [];
    const plain = answer.json() ?? body;
    if (usual === undefined) return rules.flatMap((rule) => judgeRule(rule, { body, plain }));
    if (!isObject(plain)) return [];
    const found = judgeUsual({ body, plain }, usual.field, check.service, context);
    return found.length > 0 || describesError(check) ? found : judgeError({ body, plain });
  },
});

function fieldPath(field: string): string {
  return `$['${field.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}']`;
}

/** Nothing else can be an envelope: lists, pages and files need not be parsed for it. */
function looksLikeObject(text: string): boolean {
  return /^\s{0,20}\{/.test(text);
}

/** A body with the digits of its numbers as texts, and as it is. */
interface Read<P extends Json = Json> {
  readonly body: Json;
  readonly plain: P;
}

function judgeUsual(
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
  return [findingOf(wrong.field, { value, expected: wrong.expected }, 'expected', read, pointer)];
}

/** `{ "error": { "code": 500 } }` where an answer holds no such thing. */
function judgeError(read: Read<JsonObject>): readonly Finding[] {
  const name = errorCodeIn(read.plain);
  if (name === undefined) return [];
  const pointer = `/error${pointerPart(name)}`;
  const value = valueAt(read.body, pointer);
  const error = read.plain['error'];
  const told = { ...read, body: error ?? read.body };
  return [findingOf(`error.${name}`, { value, expected: [0, 200] }, 'expected', told, pointer)];
}

function describesError({ promises, schemas }: Check): boolean {
  return promises
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ schema }) => partsOf(schema, schemas))
    .some(({ properties }) => isObject(properties) && Object.hasOwn(properties, 'error'));
}

function judgeRule({ name, find, accepted, origin }: Rule, read: Read): readonly Finding[] {
  const [found] = find(read.body);
  // That a documented field is missing is for the schema to say.
  if (found === undefined && origin === 'documented') return [];
  if (found !== undefined && isAccepted(found.value, accepted)) return [];
  const pointer = found?.pointer ?? (name.startsWith('$') ? '' : pointerPart(name));
  return [findingOf(name, { value: found?.value, expected: accepted }, origin, read, pointer)];
}

function findingOf(
  name: string,
  { value, expected }: { readonly value: Json | undefined; readonly expected: readonly Json[] },
  origin: Rule['origin'],
  { body, plain }: Read,
  pointer: string,
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
  if (expected.length === 0) {
    const message = sentence('envelopeDenied', { what });
    return { kind: 'envelope', level: 'error', message, pointer, expected: sentence('aSuccess'), found };
  }
  const wanted = eitherOf(expected.map((one) => JSON.stringify(one)));
  const message = sentence(origin === 'documented' ? 'envelopeDocumented' : 'envelopeExpected', {
    what,
    wanted,
  });
  return { kind: 'envelope', level: 'error', message, pointer, expected: wanted, found };
}
