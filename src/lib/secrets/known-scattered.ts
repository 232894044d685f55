import type { Steps } from '../yielder.ts';
import type { Stretch } from './disguise.ts';
import { changesIn, isBare } from './bare.ts';
import { mayBeNumber, readingsOf } from './readings.ts';
import { type ScatteredForm, scatteredForms, ScatteredPlaces } from './scattered-forms.ts';

/** Longer runs of letters and digits are no pieces. */
const longestPiece = 512;
/** Words between two pieces, and between two letters: what is further apart was not taken apart by one hand. */
const mostBetween = 64;
const mostBetweenLetters = 16;
/** In units. */
const mostUnits = 1024;
/** Of a part that is left out, as by stars. */
const mostBetweenEnds = 8;
const leastEnd = 3;
/** As many letters give away what is twice as long or longer; of what is shorter, half of them do. */
const enough = 9;
const leastSeen = 6;
/** So much less likely than once in a text of its length (in bits) is what was taken apart. */
const leastSurprise = 20;
const bitsOfLetter = 5;
const bitsOfDigit = 3.3;
/** Of one that a number stands for: the same number may be read in several ways. */
const bitsOfCode = 4;
/** Of a word or a number, however long it is: texts are made of them. */
const mostOfWord = 8;
const leastWord = 3;
/** Letters that no word is. */
const unsayable = /^[b-df-hj-np-tv-xz]{4,}$/i;
/** At the end of a chain more pieces are not gone back to. */
const mostPieces = 512;
/** As often the same bytes stand beside each other in a dump. */
const mostBeside = 4;
/** A text in which secrets were taken apart more often has nothing else to say: the rest of it is hidden. */
const mostFound = 1000;
/** Words between two steps. */
const stride = 256;

/** Where a piece stands in the text: from unit to unit, and as which word of it. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly order: number;
}

/** Pieces that continue each other, up to one of them. */
interface Chain {
  readonly piece: Piece;
  readonly before: Chain | undefined;
  /** Where it begins in the form. */
  readonly from: number;
  readonly seen: number;
  /** How unlikely it is that they stand there by chance, in bits. */
  readonly surprise: number;
  /** Words between pieces, as it was last. */
  readonly gap: number;
  found: Found | undefined;
  /** Pieces in it. */
  readonly depth: number;
  /** The same once more, as a dump shows bytes and what they say. */
  beside: Chain | undefined;
  /** How many there are of those. */
  besides: number;
}

interface Found {
  stretch: Stretch;
  readonly pieces: Stretch[];
}

/** What was found in a text. */
export interface Scattered {
  /** From the first piece to the last. */
  readonly stretch: Stretch;
  readonly pieces: readonly Stretch[];
}

/**
 * Finds values that were taken apart: their pieces stand in a text one after the other, each a word of its own or written as
 * numbers (of characters, or bytes of a dump), whatever is around them: names of types, indexes, tags, lines of a log. No way
 * to write them is known by its look. What counts is how unlikely it is that words of a text continue each other to a secret:
 * each letter is worth some bits, each word in between costs some, and the same distance over and over costs next to nothing.
 */
export class KnownScattered {
  readonly #forms = new Map<string, readonly ScatteredForm[]>();
  /** Of all forms, made when they are looked for. */
  #places: ScatteredPlaces | undefined;

  add(value: string): void {
    const forms = scatteredForms(value);
    if (forms.length === 0) return;
    this.#forms.set(value, forms);
    this.#places = undefined;
  }

  /** Takes back an `add`. */
  remove(value: string): void {
    if (this.#forms.delete(value)) this.#places = undefined;
  }

  *inSteps(text: string): Steps<readonly Scattered[]> {
    if (this.#forms.size === 0) return [];
    this.#places ??= new ScatteredPlaces([...this.#forms.values()].flat());
    const search = new Search(this.#places, text);
    let steps = 0;
    let order = 0;
    for (let start = 0; start < text.length; start++) {
      const first = text.charCodeAt(start);
      if (first === backslash && isBreak(text.charCodeAt(start + 1))) start++;
      if (!isBare(first)) continue;
      let end = start + 1;
      while (end < text.length && isBare(text.charCodeAt(end))) end++;
      order = search.read({ start, end, order });
      if (search.found.length >= mostFound) {
        search.found.push({ stretch: [end, text.length], pieces: [[end, text.length]] });
        break;
      }
      start = end - 1;
      if (++steps % stride === 0) yield;
    }
    return search.found;
  }
}

/** One way through a text. */
class Search {
  readonly found: Found[] = [];
  readonly #text: string;
  readonly #places: ScatteredPlaces;
  readonly #leastSurprise: number;
  /** By the place where it ends: the chain, and the order of its last piece. */
  readonly #chains: (Chain | undefined)[];
  readonly #orders: Int32Array;
  /** Of each form where the last piece ends that may be an end of it. */
  readonly #ends = new Map<ScatteredForm, { readonly chain: Chain; readonly at: number }>();

  constructor(places: ScatteredPlaces, text: string) {
    this.#text = text;
    this.#places = places;
    this.#leastSurprise = leastSurprise + Math.log2(text.length / 4 + 1);
    this.#chains = Array.from<Chain | undefined>({ length: places.size });
    this.#orders = new Int32Array(places.size).fill(-1 - mostBetween);
  }

  /** A run of letters and digits. Gives the order of the next one. */
  read(piece: Piece): number {
    const { start, end, order } = piece;
    const first = this.#text.charCodeAt(start);
    if (end - start === 1) {
      this.#takeLetter(first, piece);
      return order + 1;
    }
    const last = this.#text.charCodeAt(end - 1);
    const isNumber = mayBeNumber(first, last);
    const places = this.#places.pair(first, this.#text.charCodeAt(start + 1));
    if (end - start > longestPiece || (!isNumber && places.length === 0)) return order + 1;
    const run = this.#text.slice(start, end);
    this.#takeRun(run, piece);
    return isNumber ? this.#readNumber(run, piece) : order + 1;
  }

  #readNumber(run: string, { start, end, order }: Piece): number {
    let next = order + 1;
    for (const reading of readingsOf(run)) {
      let at = order;
      for (const part of reading.split(/[^A-Za-z0-9]+/))
        if (part !== '') this.#takeRun(part, { start, end, order: at++ }, bitsOfCode * part.length);
      next = Math.max(next, at);
    }
    return next;
  }

  #takeRun(run: string, piece: Piece, bits?: number): void {
    if (run.length === 1) {
      this.#takeLetter(run.charCodeAt(0), piece, bits);
      return;
    }
    const places = this.#places.pair(run.charCodeAt(0), run.charCodeAt(1));
    if (places.length === 0) return;
    const wanted = run.toLowerCase();
    for (const place of places) {
      const form = this.#places.form(place);
      const at = this.#places.within(place);
      if (form?.small.startsWith(wanted, at) !== true) continue;
      this.#continue(form, place, run.length, bits ?? bitsOf(form.text.slice(at, at + run.length)), piece);
    }
  }

  #takeLetter(code: number, piece: Piece, bits = code < firstLetter ? bitsOfDigit : bitsOfLetter): void {
    const earliest = piece.order - mostBetweenLetters;
    for (const place of this.#places.letter(code)) {
      const before = this.#orders[place] ?? 0;
      if (before >= piece.order || before < piece.order - mostBetween) continue;
      const form = this.#places.form(place);
      if (form === undefined) continue;
      const signs = form.signs[this.#places.within(place)] ?? 0;
      if (before >= piece.order - mostBetweenLetters * (signs + 1))
        this.#continue(form, place, 1, bits, piece);
    }
    for (const place of this.#places.firstLetter(code)) {
      const kept = this.#orders[place + 1] ?? 0;
      // It would be worth no more than what has begun so before.
      if (kept < piece.order && (kept < earliest || isBeginning(this.#chains[place + 1])))
        this.#keep(place + 1, chainOf(piece, this.#places.within(place), 1, bits));
    }
  }

  #continue(form: ScatteredForm, place: number, length: number, bits: number, piece: Piece): void {
    const at = this.#places.within(place);
    let chain = chainOf(piece, at, length, bits);
    const join = (before: Chain, surprise: number, gap: number): void => {
      if (surprise <= chain.surprise) return;
      const { from, seen, found } = before;
      // Of what is found the pieces are known: nothing holds on to the way there.
      const way = found === undefined && before.depth < mostPieces ? before : undefined;
      const depth = way === undefined ? 1 : way.depth + 1;
      chain = { ...chainOf(piece, from, seen + length, surprise), before: way, depth, gap, found };
    };
    const before = this.#chains[place];
    const gap = gapBetween(before, piece);
    if (before !== undefined && gap >= 0 && gap <= mostBetween) {
      const step = stepOf(gap, before.gap, form.signs[at] ?? 0);
      join(before, before.surprise + bits - costOf(step, before.gap), step === 0 ? before.gap : step);
    }
    if (length >= leastEnd) this.#joinEnds(form, at, bits, piece, join);
    this.#keep(place + length, better(this.#chains[place + length], chain));
    if (length >= leastEnd) this.#ends.set(form, { chain, at: at + length });
    this.#judge(form, chain, at + length);
  }

  #keep(place: number, chain: Chain): void {
    this.#chains[place] = chain;
    this.#orders[place] = chain.piece.order;
  }

  /** What stands between them in the form is not shown. */
  #joinEnds(
    form: ScatteredForm,
    at: number,
    bits: number,
    piece: Piece,
    join: (before: Chain, surprise: number, gap: number) => void,
  ): void {
    const end = this.#ends.get(form);
    if (end === undefined || end.at >= at) return;
    const gap = gapBetween(end.chain, piece);
    if (gap < 0 || gap > mostBetweenEnds) return;
    join(end.chain, end.chain.surprise + bits - Math.log2(form.text.length) - Math.log2(gap + 1), gap);
  }

  #judge(form: ScatteredForm, chain: Chain, to: number): void {
    const { piece, before, found } = chain;
    if (found !== undefined) {
      found.stretch = [found.stretch[0], Math.max(found.stretch[1], piece.end)];
      found.pieces.push([piece.start, piece.end]);
      return;
    }
    if (before === undefined || chain.surprise < this.#leastSurprise) return;
    const { length } = form.text;
    if (chain.seen < Math.min(enough, Math.max(leastSeen, Math.ceil(length / 2)))) return;
    if (chain.seen < length && changesIn(form.text.slice(chain.from, to)) < 2) return;
    const pieces = piecesOf(chain);
    chain.found = { stretch: [pieces[0]?.[0] ?? piece.start, piece.end], pieces };
    this.found.push(chain.found);
  }
}

function chainOf(piece: Piece, from: number, seen: number, surprise: number): Chain {
  return {
    piece,
    before: undefined,
    from,
    seen,
    surprise,
    gap: -1,
    found: undefined,
    depth: 1,
    beside: undefined,
    besides: 0,
  };
}

function isBeginning(chain: Chain | undefined): boolean {
  return chain?.before === undefined && chain?.found === undefined;
}

/** Of two that end at the same place of a form. */
function better(last: Chain | undefined, chain: Chain): Chain {
  const gap = gapBetween(last, chain.piece);
  if (last === undefined || gap > mostBetween) return chain;
  const isBetter = last.surprise - costOf(gap + 1, -1) <= chain.surprise;
  const [one, other] = isBetter ? [chain, last] : [last, chain];
  if (other.seen >= leastEnd && one.found === undefined) {
    if (other.besides >= mostBeside) other.beside = undefined;
    one.beside = other;
    one.besides = Math.min(other.besides, mostBeside - 1) + 1;
  }
  return one;
}

/** With what stands beside them, in their order. */
function piecesOf(chain: Chain): Stretch[] {
  const chains = new Set<Chain>();
  const left: Chain[] = [chain];
  for (let one = left.pop(); one !== undefined && chains.size < mostPieces; one = left.pop()) {
    if (chains.has(one)) continue;
    chains.add(one);
    if (one.beside !== undefined) left.push(one.beside);
    if (one.before !== undefined) left.push(one.before);
  }
  return Array.from(chains, ({ piece }): Stretch => [piece.start, piece.end]).toSorted(([a], [b]) => a - b);
}

/** In words. Below zero: it does not stand behind. */
function gapBetween(before: Chain | undefined, { start, order }: Piece): number {
  if (before === undefined) return -1;
  return start - before.piece.end > mostUnits ? Number.POSITIVE_INFINITY : order - before.piece.order - 1;
}

/**
 * Words between two pieces without the signs of the secret that stand there: each comes with as many words as a letter, and is
 * one itself where it is a number.
 */
function stepOf(gap: number, gapBefore: number, signs: number): number {
  if (signs === 0 || gap === 0 || gap === gapBefore) return gap;
  const steps = [gap - signs, gap].map((words) => words / (signs + 1)).filter(Number.isInteger);
  if (gapBefore >= 0) return steps.find((step) => step === 0 || step === gapBefore) ?? gap;
  return Math.min(gap, ...steps.filter((step) => step >= 0));
}

/** Of words in between, in bits; as many as before say nothing new. */
function costOf(gap: number, gapBefore: number): number {
  if (gap === 0) return 0;
  return gap === gapBefore ? 0.2 : 1 + Math.log2(gap + 1);
}

function bitsOf(piece: string): number {
  let bits = 0;
  for (const run of piece.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? []) {
    const all = run.length * (run.charCodeAt(0) < firstLetter ? bitsOfDigit : bitsOfLetter);
    bits += run.length < leastWord || unsayable.test(run) ? all : Math.min(all, mostOfWord);
  }
  return bits;
}

const firstLetter = 65;
const backslash = 92;

/** n, r or t: behind a backslash, the end of a line or a blank. */
function isBreak(code: number): boolean {
  return code === 110 || code === 114 || code === 116;
}
