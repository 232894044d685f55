import type { ErrorObject } from 'ajv';
import { pointerPart } from '../../lib/json/json-path.ts';
import { sentence } from '../../messages/sentence.ts';
import { isObject, type Json, usualFields } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import { knownKind } from './kinds.ts';
import { mapValue } from './usual.ts';
import { describe, detailOf, extraIn, messageOf, typeOf, type Violating } from './wording.ts';
import { keyOf } from '../../model/sentence.ts';
import type { Shape } from './shape.ts';

/** A body may violate a schema in thousands of places; a person reads the first few kinds of them. */
const maxFindings = 20;
const maxErrors = 1000;

/** Keywords about the shape: who reads the answer breaks. The others are about values, and are graded lower. */
const shape = new Set([
  'type',
  'required',
  'anyOf',
  'not',
  'false schema',
  'dependentRequired',
  'if',
  'const',
  knownKind,
]);

/** The validator's errors as findings, the same violation in several places as one. */
export function toFindings(
  errors: readonly ErrorObject[],
  body: Json,
  exact: Json = body,
): readonly Finding[] {
  const groups = new Map<string, { readonly error: ErrorObject; places: number }>();
  for (const error of withoutBranches(errors.slice(0, maxErrors))) {
    const isNull = valueAt(body, error.instancePath) === null;
    const key = `${error.keyword} ${anyItem(error.instancePath)} ${detailOf(error)} ${isNull}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { error, places: 1 });
    else group.places++;
  }
  return [...groups.values()].slice(0, maxFindings).map(({ error, places }) => {
    const at = error.instancePath;
    return toFinding(error, places, { value: valueAt(body, at), exact: valueAt(exact, at) });
  });
}

/**
 * When no alternative fits, why each of them does not is noise around the one fact. The validator lists the
 * alternatives' errors before that fact, those behind a `$ref` under the address of its target.
 */
function withoutBranches(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const noise = new Set<ErrorObject>();
  const files = errors.map(fileOf);
  errors.forEach((choice, index) => {
    if (choice.keyword === 'if') noise.add(choice);
    if (choice.keyword !== 'anyOf') return;
    const branches = `${choice.schemaPath}/`;
    for (let before = index - 1; before >= 0; before--) {
      const error = errors[before];
      // Those of the alternatives come right before it.
      if (error?.instancePath.startsWith(choice.instancePath) !== true) break;
      if (files[before] !== files[index] || error.schemaPath.startsWith(branches)) noise.add(error);
    }
  });
  return noise.size === 0 ? errors : errors.filter((error) => !noise.has(error));
}

function fileOf({ schemaPath }: ErrorObject): string {
  return schemaPath.slice(0, schemaPath.indexOf('/'));
}

function toFinding(error: ErrorObject, places: number, violating: Violating): Finding {
  const described = describe(error, violating);
  const message = messageOf(error, described);
  return {
    kind: 'schema',
    level: levelOf(error),
    message: places === 1 ? message : sentence('inPlaces', { what: message, n: places }),
    pointer: error.instancePath,
    ...described,
  };
}

function levelOf({ keyword }: ErrorObject): Finding['level'] {
  if (keyword === usualFields || keyword === mapValue) return 'info';
  return shape.has(keyword) ? 'error' : 'warning';
}

/** A pointer with `*` for the items of lists. */
export function anyItem(pointer: string): string {
  return pointer.replace(/\/\d+(?=\/|$)/g, '/*');
}

/** Of a list so many items tell what the others are like. */
const mostItems = 10;

/** What a value holds, each with the pointer's step to it (`/*` for the items of lists); of an object so many fields. */
export function partsOf(value: Json | undefined, mostFields: number): readonly (readonly [string, Json])[] {
  if (Array.isArray(value)) return (value as readonly Json[]).slice(0, mostItems).map((item) => ['/*', item]);
  if (!isObject(value)) return [];
  // An object may have hundreds of thousands of fields: only those that are looked at are taken out.
  return Object.keys(value)
    .slice(0, mostFields)
    .map((name) => [pointerPart(name), value[name] ?? null]);
}

/** RFC 6901. */
export function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function valueAt(body: Json | undefined, pointer: string): Json | undefined {
  let value: Json | undefined = body;
  for (const key of stepsOf(pointer)) {
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(key)];
    else if (isObject(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return value;
}

/**
 * What violations are worth in the light of everything else that the document says. Nobody is called for `null` in a
 * field that may be missing, which serializers write where a document generator never says so, nor for what the
 * document itself shows in its example: such a violation is noted (`info`). A property that a closed part of an
 * `allOf` does not know, but another part does, is none.
 *
 * @param shown Violations of the document's own examples, as `identityOf` names them.
 */
export function classifyViolations(
  findings: readonly Finding[],
  body: Json,
  shape: Shape,
  shown: () => ReadonlySet<string>,
): readonly Finding[] {
  return findings.flatMap((finding): readonly Finding[] => {
    if (finding.level === 'info') return [finding];
    const steps = stepsOf(finding.pointer ?? '');
    const extra = extraIn(finding);
    if (extra !== undefined && shape.field([...steps, extra]) !== undefined) return [];
    if (valueAt(body, finding.pointer ?? '') === null && shape.field(steps) === 'optional') {
      return [{ ...finding, level: 'info' }];
    }
    if (!shown().has(identityOf(finding, body))) return [finding];
    return [{ ...finding, level: 'info', message: sentence('asInExample', { what: finding.message }) }];
  });
}

/** What makes a violation in one body the same as one in another. */
export function identityOf(finding: Finding, body: Json): string {
  const pointer = finding.pointer ?? '';
  return [
    anyItem(pointer),
    keyOf(finding.expected ?? ''),
    typeOf(valueAt(body, pointer)),
    extraIn(finding),
  ].join(' ');
}
