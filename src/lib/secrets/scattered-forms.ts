import { bareOf, changesIn } from './bare.ts';

/** In letters and digits; what is shorter is a few letters of many words. */
const leastForm = 8;
/** Of what is longer, as much of its beginning is known. */
const longestForm = 1024;
const codes = 128;
/** What says the same over and over stands in too many places of itself; of so many pairs of letters this part differ. */
const mostPairs = 64;
const leastPairs = 0.3;

/** A secret without its punctuation. */
export interface ScatteredForm {
  readonly text: string;
  readonly small: string;
  /** How many signs stand in front of each letter in the secret. */
  readonly signs: readonly number[];
  /** In pieces of a letter each, or in longer ones. */
  readonly isOfLetters: boolean;
  readonly isOfPieces: boolean;
}

/**
 * A secret, backwards letter by letter, and its base64 piece by piece. Of words no more than letter by letter: they are words in
 * whichever order they stand.
 */
export function scatteredForms(value: string): readonly ScatteredForm[] {
  const bare = bareOf(value);
  const changes = changesIn(bare);
  if (bare.length < leastForm || pairsIn(bare) < leastPairs * Math.min(bare.length, mostPairs)) return [];
  const form = (of: string, isOfLetters: boolean, isOfPieces: boolean): ScatteredForm => {
    const text = bareOf(of).slice(0, longestForm);
    return { text, small: text.toLowerCase(), signs: signsIn(of), isOfLetters, isOfPieces };
  };
  if (changes < 2 || changes / (bare.length - 1) < 0.2)
    return /[A-Za-z]/.test(bare) && !isAlphabet(bare) ? [form(value, true, false)] : [];
  return [
    form(value, true, true),
    form(Array.from(value).toReversed().join(''), true, false),
    form(Buffer.from(value).toString('base64'), false, true),
  ];
}

/** In front of each letter and digit. */
function signsIn(text: string): readonly number[] {
  return Array.from(text.matchAll(/([^A-Za-z0-9]*)[A-Za-z0-9]/g), ([, signs = '']) => signs.length);
}

/** A chain may begin with its first letters alone, or with any longer piece. */
const beginnings = 2;

/** Where the pieces of forms go on, all forms in one row: each takes one place more than it has letters. */
export class ScatteredPlaces {
  readonly size: number;
  readonly #forms: readonly ScatteredForm[];
  /** By place: the index of its form, and where it begins. */
  readonly #formAt: Int32Array;
  readonly #beginAt: Int32Array;
  readonly #letters = new Map<number, number[]>();
  readonly #firstLetters = new Map<number, number[]>();
  readonly #pairs = new Map<number, number[]>();

  constructor(forms: readonly ScatteredForm[]) {
    this.#forms = forms;
    this.size = forms.reduce((sum, { text }) => sum + text.length + 1, 0);
    this.#formAt = new Int32Array(this.size);
    this.#beginAt = new Int32Array(this.size);
    let begin = 0;
    for (const [index, form] of forms.entries()) {
      this.#formAt.fill(index, begin, begin + form.text.length + 1);
      this.#beginAt.fill(begin, begin, begin + form.text.length + 1);
      this.#addForm(form, begin);
      begin += form.text.length + 1;
    }
  }

  #addForm({ text, small, isOfLetters, isOfPieces }: ScatteredForm, begin: number): void {
    // The last one first: what is read goes on where the piece before it has ended.
    for (let at = small.length - 1; at >= 0; at--) {
      const first = text.charCodeAt(at);
      if (isOfLetters) put(this.#letters, first, begin + at);
      if (isOfLetters && at < beginnings) put(this.#firstLetters, first, begin + at);
      if (isOfPieces && at + 1 < small.length)
        put(this.#pairs, pairOf(first, text.charCodeAt(at + 1)), begin + at);
    }
  }

  form(place: number): ScatteredForm | undefined {
    return this.#forms[this.#formAt[place] ?? 0];
  }

  /** How far into its form. */
  within(place: number): number {
    return place - (this.#beginAt[place] ?? 0);
  }

  /** Where a letter stands. */
  letter(code: number): readonly number[] {
    return this.#letters.get(code) ?? none;
  }

  firstLetter(code: number): readonly number[] {
    return this.#firstLetters.get(code) ?? none;
  }

  /** Where a text that begins with two letters may stand, in small letters or in capitals. */
  pair(first: number, second: number): readonly number[] {
    return this.#pairs.get(pairOf(first, second)) ?? none;
  }
}

const none: readonly number[] = [];

function put(places: Map<number, number[]>, key: number, place: number): void {
  const known = places.get(key);
  if (known === undefined) places.set(key, [place]);
  else known.push(place);
}

function pairOf(first: number, second: number): number {
  return (first | 32) * codes + (second | 32);
}

/** As lists are numbered. */
function isAlphabet(text: string): boolean {
  let rising = 0;
  for (let at = 1; at < text.length; at++) if (text.charCodeAt(at) - text.charCodeAt(at - 1) === 1) rising++;
  return rising * 2 > text.length;
}

/** How many pairs of neighbours there are. */
function pairsIn(text: string): number {
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < text.length; at++) pairs.add(text.slice(at, at + 2));
  return pairs.size;
}
