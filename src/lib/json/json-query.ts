import type * as parser from 'jsonpath-rfc9535/parser';
import { RE2JS } from 're2js';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { type Effort, TooMuchWork } from '../effort.ts';
import { isHugePattern } from '../text/pattern.ts';

/** A parsed path, as the library's parser gives it. */
export type Query = ReturnType<(typeof parser)['default']>;
type Segment = Query['segments'][number];
type Selection = Segment['node'];
type Selector = Extract<Selection, { type: 'BracketedSelection' }>['selectors'][number];
type Filter = Extract<Selector, { type: 'FilterSelector' }>['value'];
type Comparison = Extract<Filter, { type: 'ComparisonExpr' }>;
type Comparable = Comparison['left'];
type Call = Extract<Comparable, { type: 'FunctionExpr' }>;
type Argument = Call['arguments'][number];

/** How one came to a value, the last step first: shared by all that lies below. */
interface Way {
  readonly before: Way | undefined;
  readonly key: string | number;
}

export interface Found {
  readonly value: Json;
  readonly way: Way | undefined;
}

/** No value: of a path that leads nowhere. */
const nothing = Symbol('nothing');
type Value = Json | typeof nothing;

/** Deeper than any answer that means something, and well within the stack. */
const maxDepth = 500;

/** All values that a query names in a document, in the order of RFC 9535. Every value that is looked at is a step. */
export function runQuery(document: Json, query: Query, effort: Effort): readonly Found[] {
  return new Run(document, effort).select({ value: document, way: undefined }, query.segments);
}

export function stepsTo({ way }: Found, effort: Effort): readonly (string | number)[] {
  const steps: (string | number)[] = [];
  for (let at = way; at !== undefined; at = at.before) {
    effort.spend(1);
    steps.push(at.key);
  }
  return steps.toReversed();
}

class Run {
  readonly #root: Json;
  readonly #effort: Effort;
  readonly #patterns = new Map<string, RE2JS | undefined>();

  constructor(root: Json, effort: Effort) {
    this.#root = root;
    this.#effort = effort;
  }

  select(
    from: Found,
    segments: readonly { readonly type: string; readonly node: SegmentNode }[],
  ): readonly Found[] {
    let here: readonly Found[] = [from];
    for (const { type, node } of segments) {
      const next: Found[] = [];
      for (const found of here) {
        if (type === 'DescendantSegment') this.#descend(found, (one) => this.#choose(one, node, next));
        else this.#choose(found, node, next);
      }
      here = next;
    }
    return here;
  }

  /** The value itself and everything below it, each before what is in it. */
  #descend(from: Found, visit: (found: Found) => void): void {
    const waiting = [from];
    for (let found = waiting.pop(); found !== undefined; found = waiting.pop()) {
      visit(found);
      for (const child of this.#children(found).toReversed()) waiting.push(child);
    }
  }

  #children({ value, way }: Found): readonly Found[] {
    this.#effort.spend(1);
    if (Array.isArray(value)) {
      this.#effort.spend(value.length);
      return (value as readonly Json[]).map((item, key) => ({ value: item, way: { before: way, key } }));
    }
    if (!isObject(value)) return [];
    return Object.keys(value).map((key) => {
      this.#effort.spend(1);
      return { value: value[key] ?? null, way: { before: way, key } };
    });
  }

  #choose(found: Found, node: SegmentNode, into: Found[]): void {
    if (node.type !== 'BracketedSelection') return this.#pick(found, node, into);
    for (const selector of node.selectors) this.#pick(found, selector, into);
  }

  #pick(
    found: Found,
    selector: Exclude<SegmentNode | Selector, { type: 'BracketedSelection' }>,
    into: Found[],
  ): void {
    this.#effort.spend(1);
    const { value, way } = found;
    switch (selector.type) {
      case 'NameSelector':
      case 'MemberNameShorthand':
        if (isObject(value) && Object.hasOwn(value, selector.value))
          into.push({ value: value[selector.value] ?? null, way: { before: way, key: selector.value } });
        return;
      case 'IndexSelector':
        if (Array.isArray(value)) this.#item(found, value, place(selector, value.length), into);
        return;
      case 'SliceSelector':
        if (Array.isArray(value))
          for (const index of slice(value.length, selector)) this.#item(found, value, index, into);
        return;
      case 'WildcardSelector':
        for (const child of this.#children(found)) into.push(child);
        return;
      case 'FilterSelector':
        for (const child of this.#children(found))
          if (this.#holds(selector.value, child.value)) into.push(child);
        return;
    }
  }

  #item({ way }: Found, list: readonly Json[], index: number, into: Found[]): void {
    this.#effort.spend(1);
    const value = list[index];
    if (value !== undefined) into.push({ value, way: { before: way, key: index } });
  }

  #holds(filter: Filter, current: Json): boolean {
    this.#effort.spend(1);
    switch (filter.type) {
      case 'LogicalOrExpr':
        return this.#holds(filter.left, current) || this.#holds(filter.right, current);
      case 'LogicalAndExpr':
        return this.#holds(filter.left, current) && this.#holds(filter.right, current);
      case 'LogicalNotExpr':
        return !this.#holds(filter.expression, current);
      case 'ComparisonExpr':
        return this.#compare(
          this.#value(filter.left, current),
          filter.op,
          this.#value(filter.right, current),
        );
      case 'TestExpr':
        return filter.expression.type === 'FilterQuery'
          ? this.#nodes(filter.expression.value, current).length > 0
          : this.#call(filter.expression, current) === true;
    }
  }

  #nodes(
    query: { readonly type: string; readonly segments: Parameters<Run['select']>[1] },
    current: Json,
  ): readonly Json[] {
    const from = query.type.startsWith('Rel') ? current : this.#root;
    return this.select({ value: from, way: undefined }, query.segments).map(({ value }) => value);
  }

  #value(comparable: Comparable, current: Json): Value {
    if (comparable.type === 'Literal') return comparable.value;
    if (comparable.type === 'FunctionExpr') return this.#call(comparable, current);
    return only(this.#nodes(comparable, current));
  }

  #call({ name, arguments: given }: Call, current: Json): Value {
    const [first, second] = given;
    if (first === undefined) return nothing;
    switch (name) {
      case 'count':
        return this.#list(first, current).length;
      case 'value':
        return only(this.#list(first, current));
      case 'length':
        return this.#length(this.#argument(first, current));
      case 'match':
      case 'search':
        return (
          second !== undefined &&
          this.#fits(name, this.#argument(first, current), this.#argument(second, current))
        );
      default:
        return nothing;
    }
  }

  #list(argument: Argument, current: Json): readonly Json[] {
    return argument.type === 'FilterQuery' ? this.#nodes(argument.value, current) : [];
  }

  #argument(argument: Argument, current: Json): Value {
    switch (argument.type) {
      case 'Literal':
        return argument.value;
      case 'FilterQuery':
        return only(this.#nodes(argument.value, current));
      case 'FunctionExpr':
        return this.#call(argument, current);
      default:
        return this.#holds(argument, current);
    }
  }

  #length(value: Value): Value {
    if (typeof value === 'string') {
      this.#effort.spend(value.length / 8);
      return Array.from(value).length;
    }
    if (Array.isArray(value)) return value.length;
    if (value === nothing || !isObject(value)) return nothing;
    const count = Object.keys(value).length;
    this.#effort.spend(count);
    return count;
  }

  #fits(how: 'match' | 'search', text: Value, pattern: Value): boolean {
    if (typeof text !== 'string' || typeof pattern !== 'string') return false;
    if (!this.#patterns.has(pattern)) {
      this.#effort.spend(pattern.length * 100);
      this.#patterns.set(pattern, compiled(pattern));
    }
    // An automaton follows as many states at the same time as the pattern has parts.
    this.#effort.spend(text.length * (2 + pattern.length / 4));
    const matcher = this.#patterns.get(pattern)?.matcher(text);
    return matcher !== undefined && (how === 'match' ? matcher.matches() : matcher.find());
  }

  #compare(left: Value, operator: Comparison['op'], right: Value): boolean {
    switch (operator) {
      case '==':
        return this.#isEqual(left, right, 0);
      case '!=':
        return !this.#isEqual(left, right, 0);
      case '<':
        return isLess(left, right);
      case '>':
        return isLess(right, left);
      case '<=':
        return isLess(left, right) || this.#isEqual(left, right, 0);
      case '>=':
        return isLess(right, left) || this.#isEqual(left, right, 0);
    }
  }

  #isEqual(left: Value, right: Value, depth: number): boolean {
    this.#effort.spend(1);
    if (left === right) return true;
    if (depth > maxDepth) throw new TooMuchWork();
    if (left === nothing || right === nothing) return false;
    if (Array.isArray(left) && Array.isArray(right)) {
      const [one, other] = [left as readonly Json[], right as readonly Json[]];
      return (
        one.length === other.length &&
        one.every((item, index) => this.#isEqual(item, other[index] ?? null, depth + 1))
      );
    }
    return isObject(left) && isObject(right) && this.#isSameObject(left, right, depth);
  }

  #isSameObject(left: JsonObject, right: JsonObject, depth: number): boolean {
    const names = Object.keys(left);
    this.#effort.spend(names.length);
    return (
      names.length === Object.keys(right).length &&
      names.every(
        (name) =>
          Object.hasOwn(right, name) && this.#isEqual(left[name] ?? null, right[name] ?? null, depth + 1),
      )
    );
  }
}

type SegmentNode = Selection | Extract<Selector, { type: 'NameSelector' | 'IndexSelector' }>;

function only(values: readonly Json[]): Value {
  const [value] = values;
  return value === undefined || values.length !== 1 ? nothing : value;
}

function isLess(left: Value, right: Value): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left < right;
  return typeof left === 'string' && typeof right === 'string' && left < right;
}

/** Counted from the end when it is negative. In a comparison the parser wraps the selector in another one. */
function place(
  { value, selector }: { readonly value: number; readonly selector?: { readonly value: number } },
  length: number,
): number {
  const index = selector?.value ?? value;
  return index < 0 ? length + index : index;
}

/** RFC 9535 §2.3.4.2.2. */
function slice(
  length: number,
  {
    start,
    end,
    step,
  }: { readonly start: number | null; readonly end: number | null; readonly step: number | null },
): readonly number[] {
  const by = step ?? 1;
  if (by === 0) return [];
  const bound = (at: number | null, without: number): number =>
    at === null ? without : at < 0 ? length + at : at;
  const within = (at: number, low: number, high: number): number => Math.min(Math.max(at, low), high);
  const [from, to] =
    by > 0
      ? [within(bound(start, 0), 0, length), within(bound(end, length), 0, length)]
      : [within(bound(start, length - 1), -1, length - 1), within(bound(end, -length - 1), -1, length - 1)];
  const count = Math.max(0, Math.ceil((to - from) / by));
  return Array.from({ length: count }, (_, index) => from + index * by);
}

/** I-Regexp (RFC 9485) in an engine that is linear; `undefined` when it is none. */
function compiled(pattern: string): RE2JS | undefined {
  if (isHugePattern(pattern)) return undefined;
  try {
    return RE2JS.compile(RE2JS.translateRegExp(withoutLineEnds(pattern)));
  } catch {
    return undefined;
  }
}

/** There a dot is anything but the two line ends, here anything but one. */
function withoutLineEnds(pattern: string): string {
  return pattern.replace(/\\.|\[(?:\\.|[^\\\]])*\]|\./gs, (part) =>
    part === '.' ? String.raw`[^\n\r]` : part,
  );
}
