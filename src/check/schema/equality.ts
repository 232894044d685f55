import { type Effort, TooMuchWork } from '../../lib/effort.ts';
import { isObject, type Json } from '../../model/json.ts';

/** Deeper than any answer that is judged, and well within the stack. */
const maxDepth = 1000;

/** Whether a value is one of a list, however long that is. */
export function memberTest(list: readonly Json[], effort: Effort): (value: Json) => boolean {
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
export function duplicate(
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
