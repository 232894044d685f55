import type { Json } from '../../model/json.ts';

/** Of a place where all answers have had a list: in how many, and its fewest entries; `null`: some had something else there. */
export type ListKept = readonly [times: number, fewest: number] | null;

const enough = 20;
/** A list of one may be about to be empty, which is `null` in some languages. */
const fewestFilled = 2;

/** Whether `null` stands for a list that has never been `null`, and is not how an empty one is written. */
export function isListGone(value: Json, kept: ListKept | undefined): boolean {
  if (value !== null || kept === undefined || kept === null) return false;
  const [times, fewest] = kept;
  return times >= enough && (fewest === 0 || fewest >= fewestFilled);
}

/** With one more answer; the same object where that says nothing new. */
export function withList(value: Json, kept: ListKept | undefined): ListKept {
  if (kept === null || !Array.isArray(value)) return null;
  const [times, fewest] = kept ?? [0, value.length];
  const next = [Math.min(times + 1, enough), Math.min(fewest, value.length)] as const;
  return kept !== undefined && next[0] === times && next[1] === fewest ? kept : next;
}
