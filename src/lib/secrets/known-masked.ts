import { changesIn } from './bare.ts';
import type { Stretch } from './disguise.ts';

const least = 8;
/** What is longer is told by its parts. */
const longest = 16;
/** By so many characters of its beginning values are found. */
const head = 2;
/** Of a value that is shown in pieces, each of which is a number of its own. */
const leastPiece = 3;
const mostPieces = 4;
/** Numbers that may stand in between, and characters from the first to the last. */
const mostBetween = 6;
const furthest = 240;

/** `8391****`, `83xx…62`, `aB3d**gH`: both ends around stars and the like. */
const around =
  /(?<![A-Za-z0-9])(?:(\d{2,14})[xX]{1,14}(\d{2,14})|([A-Za-z0-9]{2,14})(?:[*•●·…＊#]{1,16}|\.{2,16}|[-_]{1,16})([A-Za-z0-9]{2,14}))(?![A-Za-z0-9])/g;
const numbers = /(?<![A-Za-z0-9])\d{2,13}(?![A-Za-z0-9])/g;

/**
 * Finds short values of which little is left out: both ends with stars in between, from half of the characters on; of values of
 * digits alone also the pieces, one number after the other: `first 8391, then 7462`. One half alone is a number as any other.
 */
export class KnownMasked {
  readonly #values = new Map<string, Set<string>>();

  add(value: string): void {
    if (!isLookedFor(value)) return;
    const start = value.slice(0, head);
    this.#values.set(start, (this.#values.get(start) ?? new Set()).add(value));
  }

  /** Takes back an `add`. */
  remove(value: string): void {
    const start = value.slice(0, head);
    const values = this.#values.get(start);
    if (values?.delete(value) === true && values.size === 0) this.#values.delete(start);
  }

  in(text: string): readonly Stretch[] {
    if (this.#values.size === 0) return [];
    return [...this.#ends(text), ...this.#pieces(text)];
  }

  *#ends(text: string): Iterable<Stretch> {
    for (const { index, 0: all, 1: one, 2: two, 3: first = one ?? '', 4: last = two ?? '' } of text.matchAll(
      around,
    )) {
      const shown = first.length + last.length;
      const isEnds = (value: string): boolean =>
        value.startsWith(first) && value.endsWith(last) && shown < value.length && shown * 2 >= value.length;
      if ([...(this.#values.get(first.slice(0, head)) ?? [])].some(isEnds)) yield [index, index + all.length];
    }
  }

  *#pieces(text: string): Iterable<Stretch> {
    const found = Array.from(text.matchAll(numbers), ({ index, 0: number }) => ({ index, number }));
    for (const [at, { index, number }] of found.entries()) {
      const near = found.slice(at + 1, at + 1 + mostBetween).filter((one) => one.index - index < furthest);
      for (const value of this.#values.get(number.slice(0, head)) ?? [])
        yield* piecesOf(value, [{ index, number }, ...near]);
      // The second half in front of the first.
      for (const other of near)
        if (this.#values.get(other.number.slice(0, head))?.has(other.number + number) === true)
          yield* [stretchOf({ index, number }), stretchOf(other)];
    }
  }
}

interface Numbered {
  readonly index: number;
  readonly number: string;
}

/** From the first number on: each goes on where the one before has ended. */
function piecesOf(value: string, found: readonly Numbered[]): readonly Stretch[] {
  const pieces: Numbered[] = [];
  let rest = value;
  for (const one of found) {
    const before = pieces.at(-1);
    const isNext = before !== undefined && one.index - before.index - before.number.length <= 2;
    if (!rest.startsWith(one.number) || (one.number.length < leastPiece && before !== undefined && !isNext))
      continue;
    pieces.push(one);
    rest = rest.slice(one.number.length);
    if (rest === '') break;
  }
  const isShort = pieces.some(({ number }) => number.length < leastPiece);
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (rest !== '' || first === undefined || last === undefined || pieces.length > mostPieces) return [];
  const gaps = pieces.slice(1).map((one, at) => one.index - stretchOf(pieces[at] ?? one)[1]);
  return pieces.length === 1 || (isShort && gaps.some((gap) => gap > 2)) ? [] : pieces.map(stretchOf);
}

function stretchOf({ index, number }: Numbered): Stretch {
  return [index, index + number.length];
}

function isLookedFor(value: string): boolean {
  if (value.length < least || value.length > longest) return false;
  if (/^\d+$/.test(value)) return new Set(value).size >= 4;
  return /^[A-Za-z0-9]+$/.test(value) && changesIn(value) >= 2;
}
