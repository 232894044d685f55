import { atOnce, type Steps } from '../yielder.ts';
import type { Stretch } from './disguise.ts';
import { readingsOf } from './readings.ts';

const least = 8;
const longest = 64;
/** Of what is counted or repeated, tables are full. */
const leastDigits = 4;
const leastSteps = 3;
/** Words from one digit to the next. */
const mostApart = 16;
/** Words that are looked at in a step: a text of digits alone has ten thousand of them. */
const perStep = 500;

interface Words {
  readonly texts: readonly string[];
  readonly stretches: readonly Stretch[];
  /** By word: a bit for each digit that it may stand for. */
  readonly digits: readonly number[];
}

/**
 * Finds values of digits alone that were taken apart digit by digit, each of them (or its number as a character) the only word
 * that varies in what is the same over and over: `char[0] = 7; char[1] = 4`, `CHAR(55)+CHAR(52)`. Numbers are told from what
 * else is counted by their distance: it is the same from the first digit to the last.
 */
export class KnownDigits {
  readonly #values = new Set<string>();

  add(value: string): void {
    if (isTelling(value)) this.#values.add(value);
  }

  /** Takes back an `add`. */
  remove(value: string): void {
    this.#values.delete(value);
  }

  in(text: string): readonly Stretch[] {
    return atOnce(this.inSteps(text));
  }

  *inSteps(text: string): Steps<readonly Stretch[]> {
    if (this.#values.size === 0) return [];
    const words = yield* wordsOf(text);
    const values = Array.from(this.#values, (value) => Array.from(value, (digit) => 1 << Number(digit)));
    const found: Stretch[] = [];
    for (const [at, digits] of words.digits.entries()) {
      if (at % perStep === 0) yield;
      if (digits > 0) found.push(...foundAt(values, words, at));
    }
    return found;
  }
}

function foundAt(values: readonly (readonly number[])[], words: Words, at: number): readonly Stretch[] {
  const found: Stretch[] = [];
  for (let apart = 1; apart <= mostApart; apart++) {
    if ((words.digits[at + apart] ?? 0) === 0) continue;
    const value = values.find((one) => standsAt(one, words, at, apart));
    const last = words.stretches[at + apart * ((value?.length ?? 0) - 1)];
    if (value !== undefined && last !== undefined) found.push([words.stretches[at]?.[0] ?? 0, last[1]]);
  }
  return found;
}

function isTelling(value: string): boolean {
  if (value.length < least || value.length > longest || !/^\d+$/.test(value)) return false;
  const steps = Array.from(value.slice(1), (digit, at) => Number(digit) - Number(value[at]));
  return new Set(value).size >= leastDigits && new Set(steps).size >= leastSteps;
}

function* wordsOf(text: string): Steps<Words> {
  const words = { texts: [] as string[], stretches: [] as Stretch[], digits: [] as number[] };
  // An escaped end of a line is no part of the word behind it.
  for (const { 0: word, index } of text.matchAll(
    /(?<!\\)[A-Za-z0-9]+|(?<=\\)(?![nrt])[A-Za-z0-9]+|(?<=\\[nrt])[A-Za-z0-9]+/g,
  )) {
    if (words.texts.length % perStep === 0) yield;
    words.texts.push(word);
    words.stretches.push([index, index + word.length]);
    words.digits.push(digitsOf(word));
  }
  return words;
}

function digitsOf(word: string): number {
  let digits = /^\d$/.test(word) ? 1 << Number(word) : 0;
  if (/\d/.test(word)) for (const one of readingsOf(word)) if (/^\d$/.test(one)) digits |= 1 << Number(one);
  return digits;
}

function standsAt(value: readonly number[], words: Words, at: number, apart: number): boolean {
  return value.every((digit, index) => {
    const place = at + index * apart;
    return ((words.digits[place] ?? 0) & digit) > 0 && (index < 2 || isRepeated(words.texts, place, apart));
  });
}

/** The words in front of it are those in front of the one before, but for their numbers. */
function isRepeated(texts: readonly string[], place: number, apart: number): boolean {
  for (let back = 1; back < apart; back++) {
    const [word = '', before = ''] = [texts[place - back], texts[place - back - apart]];
    if (word.replace(/\d+/g, '0') !== before.replace(/\d+/g, '0')) return false;
  }
  return true;
}
