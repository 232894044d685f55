import { isSaid, sentence } from '../../messages/sentence.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';
import type { SchemaPool } from '../../model/document.ts';
import type { Finding } from '../../model/result.ts';
import type { Sentence } from '../../model/sentence.ts';
import { kindsOf, nameOf } from './kinds.ts';
import { isMissedInVain, jointParts } from './place.ts';
import { below } from './wording.ts';

/** Alternatives that are looked at one by one, and what is said of the nearest one. */
const mostBranches = 12;
const mostDifferences = 2;

interface Branch {
  readonly name: Sentence;
  readonly differences: readonly Finding[];
  /** How much the value looks like it. */
  readonly likeness: number;
}

/** Holds a value against one alternative. */
export type JudgeBranch = (branch: JsonSchema) => readonly Finding[];

/**
 * Says of a value that fits none of several alternatives which one it comes nearest to, and what differs from that. `undefined` when one
 * fits after all, but for what is write-only by what stands beside the alternatives.
 *
 * @param schemas What the value is held against.
 */
export function nearest(
  finding: Finding,
  value: Json | undefined,
  {
    schemas,
    pool,
    judge,
  }: { readonly schemas: readonly JsonObject[]; readonly pool: SchemaPool; readonly judge: JudgeBranch },
): Finding | undefined {
  if (value === undefined) return finding;
  const beside = jointParts(schemas, pool);
  const choices = beside.flatMap((part) => choicesIn(part, pool));
  const judged = choices.map((branches) =>
    branches.map((branch, index) => judgedAs(branch, index, { value, beside, pool, judge })),
  );
  const failing = judged.find((branches) => branches.every(({ differences }) => differences.length > 0));
  if (failing === undefined) return choices.length === 0 ? finding : undefined;
  const [best, second] = failing.toSorted((a, b) => b.likeness - a.likeness);
  // With nothing in common, or as much with another one, it would be named by chance.
  if (best === undefined || best.likeness <= unlike || best.likeness === second?.likeness) return finding;
  const why = said(best.differences, finding.pointer ?? '');
  return { ...finding, message: sentence('comesNearest', { what: finding.message, name: best.name, why }) };
}

/** Another type as a whole. */
const unlike = -1000;

function choicesIn(part: JsonObject, pool: SchemaPool): readonly (readonly JsonSchema[])[] {
  if (kindsOf(part, pool) !== undefined) return [];
  return [part['anyOf'], part['oneOf']].flatMap((list) =>
    Array.isArray(list) && list.length > 0 && list.length <= mostBranches
      ? [list as readonly JsonSchema[]]
      : [],
  );
}

function judgedAs(
  branch: JsonSchema,
  index: number,
  {
    value,
    beside,
    pool,
    judge,
  }: {
    readonly value: Json;
    readonly beside: readonly JsonObject[];
    readonly pool: SchemaPool;
    readonly judge: JudgeBranch;
  },
): Branch {
  const found = judge(branch).filter(
    (one) => one.level !== 'info' && !isFormat(one) && !isMissedInVain(one, beside, pool),
  );
  const isOther = found.some((one) => one.pointer === '' && !isOfProperty(one));
  const parts = isObject(branch) ? jointParts([branch], pool) : [];
  const known = isObject(value)
    ? Object.keys(value).filter((name) => parts.some((part) => knows(part, name)))
    : [];
  const ref = isObject(branch) ? branch['$ref'] : undefined;
  return {
    name: typeof ref === 'string' ? nameOf(ref) : sentence('alternativeNumber', { number: index + 1 }),
    differences: found,
    likeness: isOther ? unlike : known.length - found.length,
  };
}

/** A format does not decide between alternatives. */
function isFormat({ expected }: Finding): boolean {
  return isSaid(expected, 'formatNamed');
}

function isOfProperty({ expected }: Finding): boolean {
  return isSaid(expected, 'propertyNamed', 'noOtherProperties');
}

function knows({ properties }: JsonObject, name: string): boolean {
  return isObject(properties) && Object.hasOwn(properties, name);
}

function said(differences: readonly Finding[], at: string): Sentence {
  const [first = '', ...others] = differences
    .slice(0, mostDifferences)
    .map(({ message }) => below(message, at));
  const what = others.reduce((one, other) => sentence('andThen', { one, other }), first);
  const more = differences.length - mostDifferences;
  return more > 0 ? sentence('andMore', { what, n: more }) : what;
}
