import { anyDigit, digitOf } from './digit-signs.ts';
import type { Stretch } from './disguise.ts';

const least = 8;
const longest = 64;
/** Of what says the same over and over, tables are full. */
const leastDigits = 4;
/** What is looked up as one: as many digits in a row give away what is no longer than twice that. */
const window = 6;
const mostNeeded = 12;
/** Between pieces of a number that is written in groups. */
const mostBetween = 8;
const radixes = [2, 8, 16];

const numbers = new RegExp(`${anyDigit}+`, 'gu');
const exponents =
  /(?<![\d.])(\d{1,20})(?:\.(\d{1,20}))?\s?(?:[eE]|[x×*·]\s?10(?:\^|\*\*)?)(?:\+|\{)?\d{1,3}(?!\d)/g;
const inRadix = /(?<![A-Za-z0-9])(?:0[xob])?0{0,16}([\da-f]{6,256})(?![A-Za-z0-9])/gi;
const joint = /^[^A-Za-z0-9]*$/;

interface Written {
  readonly start: number;
  readonly end: number;
  /** `0`–`9` alone. */
  readonly digits: string;
}

/**
 * Finds values of digits alone as numbers are written: half of one and more as a number of its own, in groups with any signs
 * in between (`83 / 91 / 74 / 62`), in digits of other scripts and shapes (`⑧③⑨①⑦④⑥②`, 八三九一七四六二), with an exponent as
 * of what was read as a fraction (`8.3917462E7`), in hex, octal and binary.
 */
export class KnownNumbers {
  readonly #values = new Set<string>();
  /** Each with the values that begin so. */
  readonly #beginnings = new Map<string, number>();
  readonly #parts = new Map<string, Set<string>>();
  readonly #inRadix = new Map<string, Set<string>>();

  add(value: string): void {
    if (!isLookedFor(value) || this.#values.has(value)) return;
    this.#values.add(value);
    for (const start of beginningsOf(value))
      this.#beginnings.set(start, (this.#beginnings.get(start) ?? 0) + 1);
    for (const part of partsOf(value)) put(this.#parts, part, value);
    for (const form of formsOf(value)) put(this.#inRadix, form, value);
  }

  /** Takes back an `add`. */
  remove(value: string): void {
    if (!this.#values.delete(value)) return;
    for (const start of beginningsOf(value)) {
      const left = (this.#beginnings.get(start) ?? 0) - 1;
      if (left > 0) this.#beginnings.set(start, left);
      else this.#beginnings.delete(start);
    }
    for (const part of partsOf(value)) take(this.#parts, part, value);
    for (const form of formsOf(value)) take(this.#inRadix, form, value);
  }

  in(text: string): readonly Stretch[] {
    if (this.#values.size === 0) return [];
    const written = numbersIn(text);
    return [...this.#alone(text, written), ...this.#grouped(text, written), ...this.#otherwise(text)];
  }

  *#alone(text: string, written: readonly Written[]): Iterable<Stretch> {
    for (const { start, end, digits } of written) {
      if (digits.length < window || isInHash(text, start, end)) continue;
      const isOurs = (value: string): boolean =>
        value === digits || (value.includes(digits) && digits.length >= enoughOf(value));
      if ([...(this.#parts.get(digits.slice(0, window)) ?? [])].some(isOurs)) yield [start, end];
    }
  }

  *#grouped(text: string, written: readonly Written[]): Iterable<Stretch> {
    for (const [at, first] of written.entries()) {
      let { digits, end } = first;
      for (let next = at + 1; this.#beginnings.has(digits); next++) {
        const piece = written[next];
        if (piece === undefined || piece.start - end > mostBetween) break;
        if (!joint.test(text.slice(end, piece.start))) break;
        digits += piece.digits;
        end = piece.end;
        const isByDigit = next - at + 1 > digits.length / 2;
        if (this.#values.has(digits) && (!isByDigit || !isCounted(digits))) yield [first.start, end];
      }
    }
  }

  *#otherwise(text: string): Iterable<Stretch> {
    for (const { index, 0: all, 1: whole = '', 2: fraction = '' } of text.matchAll(exponents)) {
      const digits = `${whole}${fraction}`.replace(/^0+|0+$/g, '');
      if ([...this.#values].some((value) => isRounded(value, digits))) yield [index, index + all.length];
    }
    for (const { index, 0: all, 1: form = '' } of text.matchAll(inRadix))
      if (this.#inRadix.has(form.toLowerCase())) yield [index, index + all.length];
  }
}

function numbersIn(text: string): readonly Written[] {
  return Array.from(text.matchAll(numbers), ({ index, 0: all }) => ({
    start: index,
    end: index + all.length,
    digits: Array.from(all, digitOf).join(''),
  }));
}

/** A word in hex: what is a part of it is no number. */
function isInHash(text: string, start: number, end: number): boolean {
  const before = /[A-Za-z0-9]*$/.exec(text.slice(Math.max(0, start - longest), start))?.[0] ?? '';
  const behind = /^[A-Za-z0-9]*/.exec(text.slice(end, end + longest))?.[0] ?? '';
  return /^[a-f0-9]+$/i.test(before + behind);
}

function isLookedFor(value: string): boolean {
  const isNumber = value.length >= least && value.length <= longest && /^\d+$/.test(value);
  return isNumber && new Set(value).size >= leastDigits;
}

function enoughOf({ length }: string): number {
  return Math.min(mostNeeded, Math.max(window, Math.ceil(length / 2)));
}

/** Its first digits: all of them, or the number rounded to so many. What is rounded to a few is a round number. */
function isRounded(value: string, digits: string): boolean {
  const { length } = digits;
  const own = value.replace(/^0+|0+$/g, '');
  if (own === digits) return true;
  if (length < enoughOf(value) || length > 21) return false;
  const [mantissa = ''] = Number(value)
    .toExponential(length - 1)
    .split('e');
  return own.startsWith(digits) || mantissa.replace('.', '') === digits;
}

/** `12345678`, one by one. */
function isCounted(digits: string): boolean {
  const steps = Array.from(digits.slice(1), (digit, at) => Number(digit) - Number(digits[at]));
  return new Set(steps).size < 3;
}

function beginningsOf(value: string): readonly string[] {
  return Array.from({ length: value.length - 1 }, (_, at) => value.slice(0, at + 1));
}

function partsOf(value: string): readonly string[] {
  return Array.from({ length: value.length - window + 1 }, (_, at) => value.slice(at, at + window));
}

function formsOf(value: string): readonly string[] {
  return radixes.map((radix) => BigInt(value).toString(radix)).filter(({ length }) => length >= window);
}

function put(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}

function take(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key);
  if (values?.delete(value) === true && values.size === 0) map.delete(key);
}
