import type { ValidateFunction } from 'ajv';
import { Effort, TooMuchWork } from '../../lib/effort.ts';
import { messageOf } from '../../lib/errors.ts';
import { isSaid, sentence } from '../../messages/sentence.ts';
import type { Check, Promised } from '../../model/check.ts';
import { isObject, type Json, type JsonObject, type JsonSchema } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import type { Sentence } from '../../model/sentence.ts';
import { closureOf } from './closure.ts';
import { DocumentSchemas } from './document-schemas.ts';
import { isMissedInVain, jointParts, type Placed, placed } from './place.ts';
import { identityOf, toFindings, valueAt } from './violations.ts';
import type { SchemaPool } from '../../model/document.ts';
import { kindsOf, nameOf } from './kinds.ts';
import { below } from './wording.ts';

const maxDocuments = 1000;

export interface Bounds {
  /** What judging may take until it is refilled. */
  readonly effort?: Effort;
  /** Parts of a schema, with all that it leads to: compiling one takes some 0.2 ms. */
  readonly mostNodes?: number;
}

type Compiled = ValidateFunction | { readonly problem: Sentence };

/** Holds bodies against documented schemas; keeps what it has compiled for as long as its document is the same. */
export class SchemaJudge {
  readonly #effort: Effort;
  readonly #mostNodes: number;
  readonly #documents = new Map<string, DocumentSchemas>();
  readonly #compiled = new WeakMap<object, Compiled>();
  readonly #shown = new WeakMap<Promised, ReadonlySet<string>>();
  /** Schemas that lead to more than the bounds allow, whatever is held against them. */
  readonly #tooLarge = new WeakSet<object>();

  /** Without bounds it judges whatever it is given. */
  constructor(bounds: Bounds = {}) {
    this.#effort = bounds.effort ?? new Effort(Number.POSITIVE_INFINITY);
    this.#mostNodes = bounds.mostNodes ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Throws `TooMuchWork` when that is beyond the bounds.
   *
   * @param shown The body as findings quote it: with all digits of its numbers.
   */
  judge(body: Json, schema: JsonSchema, check: Check, shown: Json = body): readonly Finding[] {
    return this.#held(body, schema, check, shown).flatMap(({ own, ...finding }) => {
      const isChoice = own !== undefined && isSaid(finding.expected, 'alternatives');
      return (isChoice ? this.#nearest(finding, body, own, check) : finding) ?? [];
    });
  }

  #held(body: Json, schema: JsonSchema, check: Check, shown: Json): readonly Placed[] {
    if (schema === true) return [];
    if (schema === false) return [unchecked(sentence('noBodyAllowed'))];
    let compiled = this.#compiled.get(schema);
    if (compiled === undefined) {
      compiled = this.#compile(schema, check);
      this.#compiled.set(schema, compiled);
    }
    if (typeof compiled !== 'function') return [unchecked(compiled.problem)];
    try {
      if (compiled(body)) return [];
      const found = toFindings(compiled.errors ?? [], body, shown);
      return placed(found, body, schema, check.schemas);
    } catch (error) {
      if (error instanceof TooMuchWork) throw error;
      return [unchecked(problemOf(error))];
    }
  }

  #nearest(finding: Finding, body: Json, schemas: readonly JsonObject[], check: Check): Finding | undefined {
    const value = valueAt(body, finding.pointer ?? '');
    const judge = (branch: JsonSchema): readonly Finding[] =>
      value === undefined ? [] : this.#held(value, branch, check, value);
    try {
      return nearest(finding, value, { schemas, pool: check.schemas, judge });
    } catch (error) {
      if (error instanceof TooMuchWork) return finding;
      throw error;
    }
  }

  /** Where the document's own examples violate its schema, by `identityOf`. */
  shownBy(promised: Promised, check: Check): ReadonlySet<string> {
    let shown = this.#shown.get(promised);
    if (shown === undefined) {
      const { schema = true, examples = [] } = promised;
      shown = new Set(
        examples.filter(isTelling).flatMap((example) => this.#violationsOf(example, schema, check)),
      );
      this.#shown.set(promised, shown);
    }
    return shown;
  }

  #violationsOf(example: Json, schema: JsonSchema, check: Check): readonly string[] {
    return this.judge(example, schema, check).map((finding) => identityOf(finding, example));
  }

  #isTooLarge(schema: JsonObject, check: Check): boolean {
    if (this.#mostNodes === Number.POSITIVE_INFINITY) return false;
    if (this.#tooLarge.has(schema)) return true;
    const isTooLarge = closureOf([schema], check.schemas, this.#mostNodes) === undefined;
    if (isTooLarge) this.#tooLarge.add(schema);
    return isTooLarge;
  }

  #compile(schema: JsonObject, check: Check): Compiled {
    if (this.#isTooLarge(schema, check)) throw new TooMuchWork();
    let schemas = this.#documents.get(check.documentId);
    if (schemas?.adopt(check.schemas) !== true)
      schemas = new DocumentSchemas(check.dialect, check.schemas, this.#effort);
    this.#remember(check.documentId, schemas);
    try {
      return schemas.validator(schema);
    } catch (error) {
      return { problem: problemOf(error) };
    }
  }

  /** The documents that were used last are kept. */
  #remember(documentId: string, schemas: DocumentSchemas): void {
    this.#documents.delete(documentId);
    this.#documents.set(documentId, schemas);
    const [oldest] = this.#documents.keys();
    if (this.#documents.size > maxDocuments && oldest !== undefined) this.#documents.delete(oldest);
  }
}

/** An empty example is the trace of a tool and no picture of an answer. */
function isTelling(example: Json): boolean {
  return isObject(example) ? Object.keys(example).length > 0 : Array.isArray(example) && example.length > 0;
}

/** Definitions in place can be chained deeper than any stack. */
function problemOf(error: unknown): Sentence {
  return error instanceof RangeError ? sentence('nestedTooDeepToJudge') : messageOf(error);
}

function unchecked(why: Sentence): Finding {
  return { kind: 'schema', level: 'info', message: sentence('schemaNotChecked', { why }) };
}

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
type JudgeBranch = (branch: JsonSchema) => readonly Finding[];

/**
 * Says of a value that fits none of several alternatives which one it comes nearest to, and what differs from that. `undefined` when one
 * fits after all, but for what is write-only by what stands beside the alternatives.
 *
 * @param schemas What the value is held against.
 */
function nearest(
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
