import type * as ajvCode from 'ajv/dist/compile/codegen/index.js';
import type { CodeKeywordDefinition } from 'ajv/dist/2020.js';
import { type Effort, TooMuchWork } from '../../lib/effort.ts';
import { lazy } from '../../lib/lazy.ts';
import { isObject, type Json } from '../../model/json.ts';
import type { PlainSchema } from './normalize.ts';
import { type Pattern, safePattern } from '../../lib/text/pattern.ts';

const codegen = lazy((require) => require('ajv/dist/compile/codegen/index.js') as typeof ajvCode);

/** Our own keyword: what looking at one value with this part of the schema takes, without what lies below. */
const keyword = 'cost';

/** Keywords that look at each property of an object by its name. */
const eachProperty = ['additionalProperties', 'unevaluatedProperties', 'patternProperties', 'propertyNames'];
const lists = ['allOf', 'anyOf', 'prefixItems'];
const maps = ['properties', 'patternProperties', 'dependentSchemas'];
const single = [
  'items',
  'contains',
  'not',
  'if',
  'then',
  'else',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'propertyNames',
];

/** A normalized schema whose every part says what it costs, so that judging can be ended when it becomes too much. */
export function metered<T extends PlainSchema | boolean>(schema: T): T {
  if (typeof schema === 'boolean' || Object.keys(schema).length === 0) return schema;
  const part: PlainSchema = { ...schema };
  for (const name of lists)
    if (Array.isArray(part[name])) part[name] = (part[name] as PlainSchema[]).map(metered);
  for (const name of single) if (isPlain(part[name])) part[name] = metered(part[name]);
  for (const name of maps) {
    const map = part[name];
    if (isPlain(map))
      part[name] = Object.fromEntries(
        Object.entries(map).map(([key, one]) => [key, metered(one as PlainSchema)]),
      );
  }
  // A reference alone costs what its target does.
  if (!('$ref' in part) || Object.keys(part).length > 1) part[keyword] = costOf(part);
  return part as T;
}

function isPlain(value: unknown): value is PlainSchema {
  return isObject(value);
}

interface Cost {
  readonly steps: number;
  readonly eachProperty: boolean;
}

function costOf(part: PlainSchema): Cost {
  const names = ['properties', 'required', 'dependentRequired'].map((name) => sizeOf(part[name]));
  const constant = part['const'] === undefined ? 0 : JSON.stringify(part['const']).length / 16;
  const width = names.reduce((sum, size) => sum + size, Object.keys(part).length);
  return {
    steps: Math.ceil(width / 2 + constant),
    eachProperty: eachProperty.some((name) => part[name] !== undefined && part[name] !== true),
  };
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : 0;
}

/** The keywords that count, and those whose own versions take the square of what they look at. */
export function meteredKeywords(effort: Effort): readonly CodeKeywordDefinition[] {
  const { _, str } = codegen();
  const meter = (steps: number, each: boolean, value: unknown): void => {
    if (typeof value === 'string') effort.spend(steps + value.length / 64);
    else if (Array.isArray(value)) effort.spend(steps + value.length / 2);
    else effort.spend(each && isObject(value) ? steps + 6 * Object.keys(value).length : steps);
  };
  return [
    {
      keyword,
      schemaType: 'object',
      code({ gen, data, schema }) {
        const { steps, eachProperty: each } = schema as Cost;
        gen.code(_`${gen.scopeValue('func', { ref: meter, key: meter })}(${steps}, ${each}, ${data})`);
      },
    },
    {
      keyword: 'enum',
      schemaType: 'array',
      error: {
        message: 'must be equal to one of the allowed values',
        params: ({ schemaCode }) => _`{allowedValues: ${schemaCode}}`,
      },
      code(context) {
        const isMember = memberTest(context.schema as readonly Json[], effort);
        const { gen, data } = context;
        context.fail(_`!${gen.scopeValue('func', { ref: isMember, key: isMember })}(${data})`);
      },
    },
    {
      keyword: 'uniqueItems',
      type: 'array',
      schemaType: 'boolean',
      error: {
        message: ({ params: { i, j } }) =>
          str`must NOT have duplicate items (items ## ${j} and ${i} are identical)`,
        params: ({ params: { i, j } }) => _`{i: ${i}, j: ${j}}`,
      },
      code(context) {
        const { gen, data } = context;
        const find = (items: readonly Json[]): ReturnType<typeof duplicate> => duplicate(items, effort);
        const found = gen.const('twins', _`${gen.scopeValue('func', { ref: find, key: find })}(${data})`);
        context.setParams({ i: _`${found}[1]`, j: _`${found}[0]` });
        context.fail(_`${found} !== undefined`);
      },
    },
  ];
}

/** `safePattern` for the validator. */
export function meteredPattern(effort: Effort): (service: string) => Pattern {
  return (service) => {
    const pattern = safePattern(service);
    return {
      ...pattern,
      test(text) {
        effort.spend(1 + text.length * pattern.cost);
        return pattern.test(text);
      },
    };
  };
}

/** Deeper than any answer that is judged, and well within the stack. */
const maxDepth = 1000;

/** Whether a value is one of a list, however long that is. */
function memberTest(list: readonly Json[], effort: Effort): (value: Json) => boolean {
  const scalars = new Set<Json>(list.filter((one) => typeof one !== 'object' || one === null));
  const unbounded = { spend: () => undefined };
  const others = new Set(
    list.filter((one) => typeof one === 'object').map((one) => canonical(one, unbounded, 0)),
  );
  return (value) => {
    if (typeof value !== 'object' || value === null) return scalars.has(value);
    return others.size > 0 && others.has(canonical(value, effort, 0));
  };
}

/** The places of the first item that came before, and of the one that it equals; a comparison of all pairs has no end. */
function duplicate(
  items: readonly Json[],
  effort: Effort,
): readonly [earlier: number, later: number] | undefined {
  const scalars = new Map<Json, number>();
  const others = new Map<Json, number>();
  for (const [index, item] of items.entries()) {
    const isScalar = typeof item !== 'object' || item === null;
    const [seen, key] = isScalar ? [scalars, item] : [others, canonical(item, effort, 0)];
    const earlier = seen.get(key);
    if (earlier !== undefined) return [earlier, index];
    seen.set(key, index);
  }
  return undefined;
}

/** One text for equal values: the order of properties does not count. */
function canonical(value: Json, effort: Pick<Effort, 'spend'>, depth: number): string {
  if (depth > maxDepth) throw new TooMuchWork();
  if (Array.isArray(value)) {
    effort.spend(1 + value.length);
    return `[${(value as readonly Json[]).map((item) => canonical(item, effort, depth + 1)).join()}]`;
  }
  if (isObject(value)) {
    const names = Object.keys(value).toSorted();
    effort.spend(1 + 2 * names.length);
    const fields = names.map(
      (name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null, effort, depth + 1)}`,
    );
    return `{${fields.join()}}`;
  }
  if (typeof value === 'string') effort.spend(value.length / 64);
  return JSON.stringify(value);
}
