import { z } from 'zod';
import { shortJson } from '../../kit/short-json.ts';
import { ellipsize } from '../../kit/text.ts';
import { compileJsonPath, type JsonPath, pointerPart } from '../../kit/json-path.ts';
import { isObject, type Json } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import { detectEnvelope, envelopeMessage } from '../envelope/detect.ts';
import { defineExpectation } from '../expectation.ts';

interface Rule {
  readonly name: string;
  readonly find: JsonPath;
  readonly accepted: readonly Json[];
  readonly origin: 'documented' | 'expected';
}

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Many systems answer HTTP 200 to everything and say in the body whether the call succeeded. */
export const envelope = defineExpectation({
  kind: 'envelope',
  summary:
    'what the body says about success: `{ code: 0 }`; default: as in the examples of the document; or `off`',
  code: 'assertion',
  settings: z.union([
    z.literal(['documented', 'off']),
    z.record(z.string(), z.union([scalar, z.array(scalar)])),
  ]),
  standing: 'documented',
  prepare(settings, check): readonly Rule[] {
    if (settings === 'off') return [];
    if (settings !== 'documented') {
      return Object.entries(settings).map(([field, wanted]) => ({
        name: field,
        find: compileJsonPath(field.startsWith('$') ? field : fieldPath(field)),
        accepted: Array.isArray(wanted) ? wanted : [wanted],
        origin: 'expected',
      }));
    }
    const rule = detectEnvelope(check);
    if (rule === undefined) return [];
    const { field, accepted } = rule;
    return [{ name: field, find: compileJsonPath(fieldPath(field)), accepted, origin: 'documented' }];
  },
  judge(answer, _check, rules): readonly Finding[] {
    if (rules.length === 0 || answer.status >= 300 || answer.truncated) return [];
    const body = answer.json();
    if (body === undefined) return [];
    return rules.flatMap((rule) => judgeRule(rule, body));
  },
});

function fieldPath(field: string): string {
  return `$['${field.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}']`;
}

function judgeRule({ name, find, accepted, origin }: Rule, body: Json): readonly Finding[] {
  const [found] = find(body);
  // That a documented field is missing is for the schema to say.
  if (found === undefined && origin === 'documented') return [];
  if (found !== undefined && accepted.some((value) => isSame(value, found.value))) return [];
  const expected = accepted.map((value) => JSON.stringify(value)).join(' or ');
  const shown = found === undefined ? 'missing' : shortJson(found.value, 80);
  const words = isObject(body) ? envelopeMessage(body) : undefined;
  const said = words === undefined ? '' : ` (${JSON.stringify(ellipsize(words, 120))})`;
  const message = `${name} is ${shown}${said}, ${origin}: ${expected}`;
  const pointer = found?.pointer ?? (name.startsWith('$') ? '' : pointerPart(name));
  return [{ kind: 'envelope', level: 'error', message, pointer, expected, found: shown }];
}

/** `"0"` and `0` are the same code. */
function isSame(a: Json, b: Json): boolean {
  if (typeof a === 'number' && typeof b === 'string') return String(a) === b;
  return a === b || (typeof a === 'string' && typeof b === 'number' && a === String(b));
}
