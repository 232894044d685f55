import { changesIn as changesOfBare } from './bare.ts';
import type { Stretch } from './disguise.ts';
import { isInside, isOnlyAlone } from './inside.ts';
import { Windows } from './windows.ts';

/** What is looked up as one. */
const window = 6;
/** So many units in a row give away what is twice as long or longer. */
const enough = 12;
/** Of a value: what is left of it is soon guessed. */
const nearlyAll = 0.75;
/** Of an end that no word is: as little of it gives it away as there is. */
const changesOfEnd = 3;
/** That differ: what says the same over and over ends everywhere in itself. */
const unitsOfEnd = 5;
/** Of a key file only that much of its beginning. */
const longest = 1024;

interface Place {
  readonly value: string;
  readonly at: number;
}

/**
 * Finds parts of values that stand in a text as they are written: both halves of a password are all of it. A part that reads
 * as words is not taken for one, or `order-service-2024` would cut every order service in two.
 */
export class KnownRuns {
  readonly #places = new Windows<Place>(window);

  add(value: string): void {
    for (const [part, at] of windowsOf(value)) this.#places.add(part, { value, at });
  }

  /** Takes back an `add`. */
  remove(value: string): void {
    for (const [part] of windowsOf(value)) this.#places.remove(part, (place) => place.value === value);
  }

  in(text: string): readonly Stretch[] {
    const found: Stretch[] = [];
    const runs = new Map<string, Run>();
    this.#places.in(text, ({ value, at: inValue }, at) => {
      const before = runs.get(value);
      if (before !== undefined && isPartOf(before, at, inValue)) return;
      const most = Math.min(value.length - inValue, longest);
      let length = window;
      while (length < most && text[at + length] === value[inValue + length]) length++;
      const end = at + length;
      const isEnd = inValue === 0 || inValue + length === value.length;
      const isAlone = !isOnlyAlone(value, value) || !isInside(text, at, end);
      const isFound = isAlone && givesAway(value, text.slice(at, end), isEnd);
      runs.set(value, { end, shift: at - inValue, isFound });
      if (isFound) found.push([at, end]);
    });
    return found;
  }
}

interface Run {
  readonly end: number;
  /** How much further back it stands in the value. */
  readonly shift: number;
  readonly isFound: boolean;
}

function isPartOf({ end, shift, isFound }: Run, at: number, inValue: number): boolean {
  return at < end && (shift === at - inValue || (isFound && at + window <= end));
}

/** Each part once, where it stands first; none of what could give nothing away. */
function windowsOf(value: string): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  if (changesIn(value) < 2) return places;
  for (let at = Math.min(value.length, longest) - window; at >= 0; at--)
    places.set(value.slice(at, at + window), at);
  return places;
}

function givesAway(value: string, run: string, isEnd: boolean): boolean {
  if (isEnd && isTelling(run)) return true;
  const half = Math.floor(solidLength(value) / 2);
  const length = solidLength(run);
  if (length < Math.min(enough, Math.max(window, half))) return false;
  const capitals = run.match(/[a-z](?=[A-Z])/g)?.length ?? 0;
  const others = changesIn(run) - capitals;
  if (others === 0) return capitals >= 2 && !isCamelCase(run);
  if (others + capitals >= 2 || (length >= half && changesIn(value) >= 4)) return true;
  return length >= solidLength(value) * nearlyAll;
}

/** However short it is. */
function isTelling(end: string): boolean {
  const signs = end.match(/[A-Za-z0-9](?=[@&+])/g)?.length ?? 0;
  return changesIn(end) + signs >= changesOfEnd && new Set(end).size >= unitsOfEnd;
}

/** Words without blanks: half of their letters follow one of the same case, and more. */
function isCamelCase(run: string): boolean {
  const letters = run.replace(/[^A-Za-z]/g, '');
  const turns = letters.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g)?.length ?? 0;
  return turns * 2 < letters.length - 1;
}

/** Without what only joins words. */
function solidLength(text: string): number {
  return text.replace(/[-_. ]/g, '').length;
}

/**
 * How often a text goes from a small letter to a capital one, or between letters, digits and signs that join no words: of
 * words, addresses and dates, hardly.
 */
function changesIn(text: string): number {
  const signs = text.match(/[A-Za-z0-9](?=[!#$%^*~])|[!#$%^*~](?=[A-Za-z0-9])/g)?.length ?? 0;
  return signs + changesOfBare(text);
}
