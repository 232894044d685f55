import { pointerPart } from '../../lib/json/json-path.ts';
import { isObject, type Json } from '../../model/json.ts';

/** What a value is made as; `other`: a text, a number or a flag. */
export type Kind = 'object' | 'list' | 'other';

/** Pointer by pointer: what all answers have had there, and in how many of them; `null`: they have differed. */
export type KindsKept = Readonly<Record<string, readonly ['object' | 'list', number] | null>>;

/** Something that is made otherwise than in all answers before. */
export interface OtherKind {
  readonly pointer: string;
  readonly was: 'object' | 'list';
  readonly value: Json;
}

/** So many answers make a habit: of the whole answer, and of what is in it. */
const enough = { whole: 10, part: 20 };
/** Steps below the whole. */
const deepest = 2;
const mostPlaces = 40;

/**
 * Where an answer holds a list in place of an object, the reverse, or a plain value in place of one of them, although all answers before
 * had the same there. `null` is none of them, and what is not there tells nothing.
 */
export function otherKindIn(body: Json, kept: KindsKept): OtherKind | undefined {
  for (const [pointer, value] of placesIn(body)) {
    const [was, times] = kept[pointer] ?? [];
    const isHabit = times !== undefined && times >= (pointer === '' ? enough.whole : enough.part);
    if (was !== undefined && isHabit && kindOf(value) !== was) return { pointer, was, value };
  }
  return undefined;
}

/** With one more answer; the same object where that says nothing new. */
export function withKindsOf(body: Json, kept: KindsKept): KindsKept {
  const next = new Map(Object.entries(kept));
  let isNew = false;
  for (const [pointer, value] of placesIn(body)) {
    const before = next.get(pointer);
    const kind = kindOf(value);
    if (before === null || (before === undefined && next.size >= mostPlaces)) continue;
    // What has been plain alone is no list and no object that others would miss.
    if (before === undefined && kind === 'other') continue;
    const [was = kind, times = 0] = before ?? [];
    if (was === kind && times >= enough.part) continue;
    next.set(pointer, was === kind && kind !== 'other' ? [kind, times + 1] : null);
    isNew = true;
  }
  return isNew ? Object.fromEntries(next) : kept;
}

function kindOf(value: Json): Kind {
  if (Array.isArray(value)) return 'list';
  return isObject(value) ? 'object' : 'other';
}

/** The whole, what stands in it by name, and what stands in that; records of lists are each their own. */
function placesIn(body: Json): readonly (readonly [string, Json])[] {
  const places: { readonly at: string; readonly value: Json; readonly depth: number }[] = [
    { at: '', value: body, depth: 0 },
  ];
  for (const { at, value, depth } of places) {
    if (!isObject(value) || depth === deepest) continue;
    for (const name in value) {
      const part = value[name] ?? null;
      if (places.length >= mostPlaces) break;
      if (part !== null) places.push({ at: at + pointerPart(name), value: part, depth: depth + 1 });
    }
  }
  return places.filter(({ value }) => value !== null).map(({ at, value }) => [at, value]);
}
