import { isDeepStrictEqual } from 'node:util';
import type { Steps } from '../../lib/yielder.ts';
import type { SchemaPool } from '../../model/document.ts';
import { isObject, type Json, type JsonSchema } from '../../model/json.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { type Finding, referencesIn, same, shown } from './finding.ts';
import { type SchemaView, viewSchema } from './schema-view.ts';

/** Which way the data goes: a caller may rely on what an answer holds and on what a request may leave out. */
export type Direction = 'request' | 'response';

const maxFindings = 50;
/** Values that an `enum` is compared one by one with. */
const maxValues = 1000;

/** Compares the schemas of two states of one document; what is reached by the same references is compared once. */
export class SchemaComparison {
  readonly #before: SchemaPool;
  readonly #after: SchemaPool;
  /** By direction and references; an empty list while it is being compared, so that circles end. */
  readonly #known = new Map<string, readonly PlacedFinding[]>();

  constructor(before: SchemaPool, after: SchemaPool) {
    this.#before = before;
    this.#after = after;
  }

  /** What a caller notices when `before` becomes `after`. */
  *compare(
    before: JsonSchema | undefined,
    after: JsonSchema | undefined,
    direction: Direction,
  ): Steps<readonly Finding[]> {
    return (yield* this.#schemas(before, after, direction)).map(({ path, breaking, saidOf }) => ({
      breaking,
      what: saidOf(path.replace(/^\./, '')),
    }));
  }

  *#schemas(
    before: JsonSchema | undefined,
    after: JsonSchema | undefined,
    direction: Direction,
  ): Steps<readonly PlacedFinding[]> {
    yield;
    const references = [referenceOf(before), referenceOf(after)];
    if (references.includes(undefined)) {
      // Equal texts mean the same only where nothing is referred to.
      const isSame = (yield* same(before, after)) && (yield* referencesIn(before)).size === 0;
      return isSame ? [] : yield* this.#views(before, after, direction);
    }
    const key = `${direction} ${references.join(' ')}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, []);
    const found = yield* this.#views(before, after, direction);
    this.#known.set(key, found);
    return found;
  }

  *#views(
    one: JsonSchema | undefined,
    other: JsonSchema | undefined,
    direction: Direction,
  ): Steps<readonly PlacedFinding[]> {
    const before = yield* viewSchema(one, this.#before);
    const after = yield* viewSchema(other, this.#after);
    const type = typeChange(before, after, direction);
    if (type !== undefined) return [{ ...type, path: '' }];
    const own = [...enumChanges(before, after, direction), ...keywordChanges(before, after, direction)];
    return [
      ...own.map((finding) => ({ ...finding, path: '' })),
      ...(yield* this.#properties(before, after, direction)),
      ...(yield* this.#inside('[]', before.items, after.items, direction)),
      ...(yield* this.#inside('.*', before.values, after.values, direction)),
      ...(yield* this.#alternatives(before, after, direction)),
    ].slice(0, maxFindings);
  }

  *#properties(before: SchemaView, after: SchemaView, direction: Direction): Steps<readonly PlacedFinding[]> {
    const found: PlacedFinding[] = [];
    for (const [name, property] of before.properties) {
      if (found.length >= maxFindings) return found;
      const path = `.${name}`;
      const next = after.properties.get(name);
      if (next === undefined) {
        const code = before.required.has(name) ? 'requiredFieldRemoved' : 'fieldRemoved';
        found.push({
          path,
          breaking: direction === 'response',
          saidOf: (field) => sentence(code, { name: field }),
        });
      } else {
        found.push(...requiredChange(name, before, after, direction));
        found.push(...(yield* this.#inside(path, property, next, direction)));
      }
    }
    for (const name of after.properties.keys()) {
      yield;
      if (found.length >= maxFindings) return found;
      if (before.properties.has(name)) continue;
      const required = after.required.has(name);
      const breaking = required && direction === 'request';
      const code = required ? 'requiredFieldAdded' : 'fieldAdded';
      found.push({ path: `.${name}`, breaking, saidOf: (field) => sentence(code, { name: field }) });
    }
    return found;
  }

  *#inside(
    path: string,
    before: JsonSchema | undefined,
    after: JsonSchema | undefined,
    direction: Direction,
  ): Steps<readonly PlacedFinding[]> {
    if (before === undefined || after === undefined) return [];
    return (yield* this.#schemas(before, after, direction)).map((finding) => ({
      ...finding,
      path: path + finding.path,
    }));
  }

  /** Alternatives are told apart by their reference, or by their place in the list. */
  *#alternatives(
    before: SchemaView,
    after: SchemaView,
    direction: Direction,
  ): Steps<readonly PlacedFinding[]> {
    const [old, fresh] = [named(before.alternatives), named(after.alternatives)];
    const gone = [...old.keys()].filter((name) => !fresh.has(name));
    const come = [...fresh.keys()].filter((name) => !old.has(name));
    const found: PlacedFinding[] = [];
    if (gone.length > 0) found.push({ path: '', breaking: direction === 'request', ...noLonger(gone) });
    if (come.length > 0) found.push({ path: '', breaking: false, ...mayAlsoBe(come) });
    for (const [name, schema] of old)
      found.push(...(yield* this.#inside('', schema, fresh.get(name), direction)));
    return found;
  }
}

interface Change {
  readonly breaking: boolean;
  /** What is said of it where it stands: `items[].sku`; empty for the whole. */
  readonly saidOf: (place: string) => Sentence;
}

interface PlacedFinding extends Change {
  /** `.items[].sku` */
  readonly path: string;
}

function referenceOf(schema: JsonSchema | undefined): string | undefined {
  return isObject(schema) && typeof schema['$ref'] === 'string' ? schema['$ref'] : undefined;
}

function typeChange(before: SchemaView, after: SchemaView, direction: Direction): Change | undefined {
  if (sameTypes(before.types, after.types)) return undefined;
  const [old, fresh] = [typeText(before.types), typeText(after.types)];
  const wider = direction === 'request' ? after.types : before.types;
  const narrower = direction === 'request' ? before.types : after.types;
  return {
    breaking: !covers(wider, narrower),
    saidOf: (name) =>
      sentence('changedFromTo', {
        what: name === '' ? sentence('theType') : sentence('typeOf', { name }),
        old,
        new: fresh,
      }),
  };
}

function sameTypes(a: SchemaView['types'], b: SchemaView['types']): boolean {
  return covers(a, b) && covers(b, a);
}

/** Whether everything of type `narrow` is of type `wide` too; no type at all is every type. */
function covers(wide: SchemaView['types'], narrow: SchemaView['types']): boolean {
  if (wide === undefined) return true;
  if (narrow === undefined) return false;
  return [...narrow].every((type) => wide.has(type) || (type === 'integer' && wide.has('number')));
}

function typeText(types: SchemaView['types']): Sentence {
  if (types === undefined) return sentence('anything');
  return [...types]
    .toSorted()
    .reduce<Sentence>((one, other) => (one === '' ? other : sentence('eitherOf', { one, other })), '');
}

function theValue(name: string): Sentence {
  return name === '' ? sentence('theValue') : sentence('valueOf', { name });
}

function noLonger(values: readonly Sentence[]): Pick<Change, 'saidOf'> {
  return { saidOf: (name) => sentence('noLongerAnyOf', { what: theValue(name), values }) };
}

function mayAlsoBe(values: readonly Sentence[]): Pick<Change, 'saidOf'> {
  return { saidOf: (name) => sentence('mayAlsoBe', { what: theValue(name), values }) };
}

function enumChanges(before: SchemaView, after: SchemaView, direction: Direction): readonly Change[] {
  const request = direction === 'request';
  if (before.enum === undefined && after.enum === undefined) return [];
  if (before.enum === undefined) {
    const values = shown(after.enum);
    const saidOf = (name: string) => sentence('mustBeOneOf', { what: theValue(name), values });
    return [{ breaking: request, saidOf }];
  }
  if (after.enum === undefined) {
    const values = shown(before.enum);
    const saidOf = (name: string) => sentence('mayBeAny', { what: theValue(name), values });
    return [{ breaking: !request, saidOf }];
  }
  if (Math.max(before.enum.length, after.enum.length) > maxValues) return longEnum(before.enum, after.enum);
  const gone = without(before.enum, after.enum);
  const come = without(after.enum, before.enum);
  return [
    ...(gone.length === 0 ? [] : [{ breaking: request, ...noLonger(gone.map(shown)) }]),
    ...(come.length === 0 ? [] : [{ breaking: false, ...mayAlsoBe(come.map(shown)) }]),
  ];
}

/** Which of very many values came or went is not told one by one. */
function longEnum(before: readonly Json[], after: readonly Json[]): readonly Change[] {
  if (isDeepStrictEqual(before, after)) return [];
  const counts = { now: after.length, before: before.length };
  const saidOf = (name: string) => sentence('oneOfOthersNow', { what: theValue(name), ...counts });
  return [{ breaking: false, saidOf }];
}

function without(values: readonly Json[], others: readonly Json[]): readonly Json[] {
  const known = new Set(others.map((value) => JSON.stringify(value)));
  return values.filter((value) => !known.has(JSON.stringify(value)));
}

/** Keywords whose greater value allows less (+1) or more (-1). */
const bounds: Readonly<Record<string, 1 | -1>> = {
  minimum: 1,
  exclusiveMinimum: 1,
  minLength: 1,
  minItems: 1,
  minProperties: 1,
  maximum: -1,
  exclusiveMaximum: -1,
  maxLength: -1,
  maxItems: -1,
  maxProperties: -1,
};

function keywordChange(keyword: string, from: unknown, to: unknown): Pick<Change, 'saidOf'> {
  const [old, fresh] = [shown(from), shown(to)];
  return {
    saidOf: (name) =>
      sentence('changedFromTo', {
        what: name === '' ? sentence('theKeyword', { keyword }) : sentence('keywordOf', { keyword, name }),
        old,
        new: fresh,
      }),
  };
}

function keywordChanges(before: SchemaView, after: SchemaView, direction: Direction): readonly Change[] {
  const request = direction === 'request';
  const found: Change[] = [];
  for (const [keyword, sign] of Object.entries(bounds)) {
    const [old, fresh] = [before.keywords[keyword], after.keywords[keyword]];
    if (old === fresh || (typeof old !== 'number' && typeof fresh !== 'number')) continue;
    const tighter = typeof old !== 'number' || (typeof fresh === 'number' && (fresh - old) * sign > 0);
    found.push({ breaking: request && tighter, ...keywordChange(keyword, old, fresh) });
  }
  for (const keyword of ['format', 'pattern'] as const) {
    const [old, fresh] = [before.keywords[keyword], after.keywords[keyword]];
    if (old === fresh) continue;
    const swapped = keyword === 'format' && old !== undefined && fresh !== undefined;
    const breaking = swapped || (request && fresh !== undefined);
    found.push({ breaking, ...keywordChange(keyword, old, fresh) });
  }
  return found;
}

function requiredChange(
  name: string,
  before: SchemaView,
  after: SchemaView,
  direction: Direction,
): readonly PlacedFinding[] {
  const [was, is] = [before.required.has(name), after.required.has(name)];
  if (was === is) return [];
  const breaking = direction === 'request' ? is : was;
  const code = is ? 'fieldRequiredNow' : 'fieldNoLongerRequired';
  return [{ path: `.${name}`, breaking, saidOf: (field) => sentence(code, { name: field }) }];
}

function named(alternatives: SchemaView['alternatives']): ReadonlyMap<string, JsonSchema> {
  return new Map(
    (alternatives ?? []).map((schema, index) => [referenceOf(schema) ?? `#${index + 1}`, schema]),
  );
}
