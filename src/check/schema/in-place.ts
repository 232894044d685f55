import type { SchemaDialect, SchemaPool } from '../../model/document.ts';
import { kindsOf } from './kinds.ts';
import { isObject, type JsonObject, type JsonSchema } from '../../model/json.ts';
import type { AnySchemaObject, ErrorObject, FuncKeywordDefinition, ValidateFunction } from 'ajv';

const lists = ['allOf', 'anyOf', 'oneOf'] as const;
const single = ['not', 'if', 'then', 'else'] as const;

/** A definition on the search for loops. */
interface Visit {
  readonly number: number;
  lowest: number;
  /** References in it that have not been followed. */
  readonly left: string[];
  isLoop: boolean;
  isOpen: boolean;
}

/**
 * Which definitions lead back to themselves without a step into the value (`A: { allOf: [A] }`, a parent that is one of
 * its children, which are all of it): taken at their word they are never done with.
 */
export class InPlaceLoops {
  readonly #dialect: SchemaDialect;
  readonly #pool: SchemaPool;
  readonly #visits = new Map<string, Visit>();

  constructor(dialect: SchemaDialect, pool: SchemaPool) {
    this.#dialect = dialect;
    this.#pool = pool;
  }

  /** Whether what `ref` stands for leads back to itself. */
  isLoop(ref: string): boolean {
    if (!this.#visits.has(ref)) this.#explore(ref);
    return this.#visits.get(ref)?.isLoop === true;
  }

  /** Whether judging a value by `schema` comes to a definition that leads back to itself. */
  meetsLoop(schema: JsonSchema): boolean {
    const seen = new Set(this.#refsIn(schema));
    for (const ref of seen) {
      if (this.isLoop(ref)) return true;
      for (const next of this.#refsIn(this.#pool[ref])) seen.add(next);
    }
    return false;
  }

  /** Tarjan's strongly connected components, with a stack of our own: chains of definitions may be long. */
  #explore(from: string): void {
    const path: Visit[] = [];
    const open: Visit[] = [];
    const enter = (ref: string): Visit => {
      const number = this.#visits.size;
      const visit: Visit = {
        number,
        lowest: number,
        left: [...this.#refsIn(this.#pool[ref])],
        isLoop: false,
        isOpen: true,
      };
      visit.isLoop = visit.left.includes(ref);
      this.#visits.set(ref, visit);
      path.push(visit);
      open.push(visit);
      return visit;
    };
    enter(from);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const next = visit.left.pop();
      if (next !== undefined) {
        const known = this.#visits.get(next);
        if (known === undefined) enter(next);
        else if (known.isOpen) visit.lowest = Math.min(visit.lowest, known.number);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above !== undefined) above.lowest = Math.min(above.lowest, visit.lowest);
      if (visit.lowest === visit.number) close(open.splice(open.lastIndexOf(visit)));
    }
  }

  /** The references that are followed with the value as it is. */
  #refsIn(schema: JsonSchema | undefined): readonly string[] {
    const found: string[] = [];
    const waiting = [schema];
    while (waiting.length > 0) {
      const one = waiting.pop();
      if (!isObject(one)) continue;
      const ref = one['$ref'] ?? one['$dynamicRef'];
      if (typeof ref === 'string') found.push(ref);
      found.push(...(kindsOf(one, this.#pool)?.refs.values() ?? []));
      // Up to OpenAPI 3.0, keywords beside a `$ref` do not count.
      if (typeof one['$ref'] === 'string' && this.#dialect !== '2020-12') continue;
      for (const part of partsOf(one)) waiting.push(part);
    }
    return found;
  }
}

function close(component: readonly Visit[]): void {
  for (const visit of component) {
    visit.isOpen = false;
    visit.isLoop ||= component.length > 1;
  }
}

function partsOf(schema: JsonObject): readonly JsonSchema[] {
  const listed = lists.flatMap((keyword) => {
    const list = schema[keyword];
    return Array.isArray(list) ? (list as readonly JsonSchema[]) : [];
  });
  const { dependentSchemas } = schema;
  const dependent = isObject(dependentSchemas) ? Object.values(dependentSchemas) : [];
  return [...listed, ...single.map((keyword) => schema[keyword]), ...dependent] as readonly JsonSchema[];
}

/** Stands in place of `$ref` where the target leads back to itself without a step into the value. */
export const loopingRef = 'loopingRef';

type DataContext = Parameters<ValidateFunction>[1];

interface Verdict {
  readonly isValid: boolean;
  readonly errors: readonly ErrorObject[];
}

/**
 * Judges each place of a value once by each such definition: whoever comes back to it there learns what came of it, or,
 * while that is still being found out, that nothing speaks against the value.
 */
export function loopingRefKeyword(
  validatorAt: (address: string) => ValidateFunction | undefined,
): FuncKeywordDefinition {
  const verdicts = new Map<string, Verdict>();
  let depth = 0;
  const judge = (address: string, data: unknown, context: DataContext): Verdict => {
    const key = `${address} ${context?.instancePath ?? ''}`;
    const known = verdicts.get(key);
    if (known !== undefined) return known;
    verdicts.set(key, { isValid: true, errors: [] });
    depth++;
    try {
      const validate = validatorAt(address);
      const isValid = validate === undefined || validate(data, context);
      const errors = isValid ? [] : (validate?.errors ?? []);
      // Whoever comes back gets one of them: all of them at every turn would double with each definition of the loop.
      verdicts.set(key, { isValid, errors: errors.slice(0, 1) });
      return { isValid, errors };
    } finally {
      if (--depth === 0) verdicts.clear();
    }
  };
  const validate: FuncKeywordDefinition['validate'] & { errors?: ErrorObject[] } = (
    address: string,
    data: unknown,
    _parent?: AnySchemaObject,
    context?: DataContext,
  ) => {
    const { isValid, errors } = judge(address, data, context);
    validate.errors = [...errors];
    return isValid;
  };
  return { keyword: loopingRef, schemaType: 'string', errors: 'full', validate };
}
