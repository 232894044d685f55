import type { Stretch } from './disguise.ts';
import { Windows } from './windows.ts';

/** What is looked up as one. */
const window = 5;
/** Without its blanks; what is shorter is a few letters of many words. */
const least = 8;
/** What is longer is told by its parts. */
const longest = 256;

interface Spread {
  /** Without blanks. */
  readonly text: string;
  /** Where a blank says nothing: between its words, and between a word and its number. */
  readonly seams: ReadonlySet<number>;
  /** As many blanks elsewhere give it away. */
  readonly enough: number;
}

/**
 * Finds values that are written with blanks between their characters, as in groups of four. `patrol 2026` is no spread
 * `patrol2026`: there has to be a blank where no word ends.
 */
export class KnownSpread {
  readonly #values = new Windows<Spread>(window);

  add(value: string): void {
    const spread = spreadOf(value);
    if (spread !== undefined) this.#values.add(spread.text.slice(0, window), spread);
  }

  /** Takes back an `add`. */
  remove(value: string): void {
    const spread = spreadOf(value);
    if (spread !== undefined)
      this.#values.remove(spread.text.slice(0, window), ({ text }) => text === spread.text);
  }

  in(text: string): readonly Stretch[] {
    const solid = text.replace(/\s+/g, '');
    if (solid.length === text.length) return [];
    const found: (readonly [start: number, spread: Spread])[] = [];
    this.#values.in(solid, (spread, at) => {
      if (solid.startsWith(spread.text, at)) found.push([at, spread]);
    });
    return found.length === 0 ? [] : placed(text, found);
  }
}

function placed(
  text: string,
  found: readonly (readonly [start: number, spread: Spread])[],
): readonly Stretch[] {
  const places = [...text.matchAll(/\S/g)].map(({ index }) => index);
  return found.flatMap(([start, { text: solid, seams, enough }]): readonly Stretch[] => {
    const own = places.slice(start, start + solid.length);
    const telling = own.filter((place, at) => at > 0 && place - (own[at - 1] ?? 0) > 1 && !seams.has(at));
    return telling.length < enough ? [] : [[own[0] ?? 0, (own.at(-1) ?? 0) + 1]];
  });
}

function spreadOf(value: string): Spread | undefined {
  const text = value.replace(/\s+/g, '');
  if (text.length < least || text.length > longest) return undefined;
  const between =
    /\s+|(?<=[a-z])(?=[^a-z\s])|(?<=[A-Z])(?=[^A-Za-z\s])|(?<=\d)(?=[^\d\s])|(?<=[^A-Za-z\d\s])(?=[A-Za-z\d])/g;
  const words = value.split(between);
  // What changes so often is no word and a number.
  const isSolid = words.length > 2 && text === value;
  const seams = new Set<number>();
  let end = 0;
  for (const word of isSolid ? [] : words) seams.add((end += word.length));
  return { text, seams, enough: /^[a-z]+$/i.test(value) ? 2 : 1 };
}
