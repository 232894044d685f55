import { bareOf, changesIn, isBare } from './bare.ts';
import type { Stretch } from './disguise.ts';
import { base58, base64Inside, base85Inside, turned } from './encodings.ts';

/** Letters and digits that are looked up as one. A run of `2 * gram - 1` of a form holds one that begins at a multiple of it. */
const gram = 5;
/** How many beginnings of pieces are told apart without looking them up. */
const slots = 1 << 14;
/** What is shorter may be a word, however it is separated. */
const leastWhole = 10;
const leastSplit = 12;
const mostNeeded = 12;
/** Of one at the end of a text that was cut. */
const leastCut = 8;
/** Of what is longer, as many units of its beginning and of its end are known. */
const longestEnd = 512;
/** Longer values are not looked for in encodings that nobody asked for. */
const longestEncoded = 128;
/** A piece that stands in more places is nothing that tells secrets apart. */
const mostPlaces = 64;

/** The beginning of an escape. */
const cutEscape = /(?:&(?:#x?)?|\\[ux]?|%u?)[0-9a-f]{0,4}$/i;

/** A form of a secret without its punctuation, in small letters. */
interface Form {
  readonly text: string;
  /** The same as it is written. */
  readonly written: string;
  /** As many units in a row give the secret away. */
  readonly least: number;
}

interface SecretPart {
  readonly form: Form;
  readonly at: number;
}

/**
 * Finds values whose punctuation differs, however their letters are separated, in capitals, backwards, encoded, and long
 * parts of those that look random. Texts are read without all that is no ASCII letter or digit; each piece of one is looked
 * up once, so that the effort grows with the text alone. Of a form every fifth piece is known: it has some dozens.
 */
export class KnownParts {
  readonly #places = new Map<string, SecretPart[]>();
  readonly #forms = new Map<string, readonly Form[]>();
  /** How many pieces begin so: most of a text is none of ours, which has to be told quickly. */
  readonly #taken = new Uint32Array(slots);

  add(value: string): void {
    const forms = formsOf(value);
    this.#forms.set(value, forms);
    for (const form of forms)
      for (const [at, piece] of piecesOf(form)) {
        const places = this.#places.get(piece);
        if (places === undefined) {
          this.#places.set(piece, [{ form, at }]);
          this.#count(piece, 1);
        } else if (places.length < mostPlaces) places.push({ form, at });
      }
  }

  /** Takes back an `add`. */
  remove(value: string): void {
    const gone = new Set(this.#forms.get(value));
    this.#forms.delete(value);
    for (const form of gone)
      for (const [, piece] of piecesOf(form)) {
        const left = (this.#places.get(piece) ?? []).filter((place) => !gone.has(place.form));
        if (left.length === 0 && this.#places.delete(piece)) this.#count(piece, -1);
        else if (left.length > 0) this.#places.set(piece, left);
      }
  }

  #count(piece: string, by: 1 | -1): void {
    const slot = slotOf(piece, 0);
    this.#taken[slot] = (this.#taken[slot] ?? 0) + by;
  }

  in(text: string): readonly Stretch[] {
    if (this.#places.size === 0) return [];
    const found: Stretch[] = [];
    let from = 0;
    for (const piece of text.split('…')) {
      const isCut = from + piece.length < text.length;
      for (const [start, end] of this.#inPiece(piece, isCut)) found.push([from + start, from + end]);
      from += piece.length + 1;
    }
    return found;
  }

  #inPiece(piece: string, isCut: boolean): readonly Stretch[] {
    const bare = bareOf(piece).toLowerCase();
    const found: Stretch[] = [];
    for (let at = 0; at + gram <= bare.length; at++) {
      const run = this.#taken[slotOf(bare, at)] === 0 ? undefined : this.#longestRun(bare, at);
      if (run === undefined) continue;
      found.push(run);
      at = Math.max(at, run[1] - gram);
    }
    const last = isCut ? this.#cutOff(bareOf(piece.replace(cutEscape, '')).toLowerCase()) : undefined;
    if (last !== undefined) found.push(last);
    return found.length === 0 ? [] : placed(piece, found);
  }

  /** The beginning of a value at the end of a text. */
  #cutOff(bare: string): Stretch | undefined {
    for (let behind = gram; behind < 2 * gram && behind <= bare.length; behind++) {
      const at = bare.length - behind;
      for (const { form, at: inForm } of this.#places.get(bare.slice(at, at + gram)) ?? []) {
        const length = inForm + behind;
        const isLong = length >= leastCut && length <= form.text.length;
        if (isLong && bare.endsWith(form.text.slice(0, length))) return [bare.length - length, bare.length];
      }
    }
    return undefined;
  }

  #longestRun(bare: string, at: number): Stretch | undefined {
    let longest: Stretch | undefined;
    for (const place of this.#places.get(bare.slice(at, at + gram)) ?? []) {
      const run = runAt(bare, at, place);
      if (run !== undefined && (longest === undefined || run[1] - run[0] > longest[1] - longest[0]))
        longest = run;
    }
    return longest;
  }
}

/** The longest stretch around `at` that is the same in the form, if it gives the secret away. */
function runAt(bare: string, at: number, { form, at: inForm }: SecretPart): Stretch | undefined {
  let before = 0;
  while (before < at && before < inForm && bare[at - before - 1] === form.text[inForm - before - 1]) before++;
  let behind = gram;
  while (inForm + behind < form.text.length && bare[at + behind] === form.text[inForm + behind]) behind++;
  if (before + behind < form.least) return undefined;
  const isWhole = before + behind === form.text.length;
  const seen = form.written.slice(inForm - before, inForm + behind);
  return isWhole || changesIn(seen) >= 2 ? [at - before, at + behind] : undefined;
}

function* piecesOf({ text }: Form): Generator<readonly [at: number, piece: string]> {
  for (let at = 0; at + gram <= text.length; at += gram) yield [at, text.slice(at, at + gram)];
}

function slotOf(text: string, at: number): number {
  return (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) % slots;
}

/** Where stretches of the bare text stand in the text. */
function placed(text: string, stretches: readonly Stretch[]): readonly Stretch[] {
  const places = new Uint32Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length; at++) if (isBare(text.charCodeAt(at))) places[count++] = at;
  return stretches.map(([start, end]) => [places[start] ?? 0, (places[end - 1] ?? 0) + 1] as const);
}

function formsOf(value: string): readonly Form[] {
  const bare = bareOf(value);
  const isRandom = bare.length >= leastSplit && changesIn(bare) / (bare.length - 1) >= 0.25;
  const forms: Form[] = [];
  const add = (written: string, least: number): void => {
    const text = bareOf(written);
    if (text.length < leastWhole) return;
    const ends =
      text.length <= 2 * longestEnd ? [text] : [text.slice(0, longestEnd), text.slice(-longestEnd)];
    for (const end of ends)
      forms.push({ text: end.toLowerCase(), written: end, least: isRandom ? least : end.length });
  };
  const needed = Math.max(2 * gram - 1, Math.min(mostNeeded, Math.ceil(bare.length * 0.6)));
  // A word is a word, whatever stands between its letters.
  if (changesIn(bare) >= 2 || bare.length >= 24)
    for (const form of [bare, backwards(bare), ...turned(value)]) add(form, needed);
  if (value.length > longestEncoded) return forms;
  const bytes = Buffer.from(value);
  add(bytes.toString('hex'), 2 * needed);
  add(Array.from(bytes, (byte) => `0x${byte.toString(16)}`).join(' '), 3 * needed);
  add([...bytes].join(' '), 2 * needed);
  const octal = Array.from(bytes, (byte) => byte.toString(8));
  for (const form of [octal, octal.map((one) => one.padStart(3, '0')), octal.map((one) => `0o${one}`)])
    add(form.join(' '), 2 * needed);
  add(base58(bytes), needed + 4);
  for (const form of base85Inside(bytes)) add(form, needed);
  const once = base64Inside(bytes);
  for (const form of once.flatMap((one) => [one, backwards(one)])) add(form, needed + 4);
  // The last byte is one of the neighbours in the other order of bytes.
  for (const form of base64Inside(Buffer.from(value, 'utf16le').subarray(0, -1))) add(form, 2 * needed);
  for (const form of once.flatMap((inner) => base64Inside(Buffer.from(inner)))) add(form, 2 * needed);
  return forms;
}

function backwards(text: string): string {
  return Array.from(text).toReversed().join('');
}
