import { bareOf, isBareAt, strangePairsIn } from './bare.ts';
import type { Stretch } from './disguise.ts';
import { Windows } from './windows.ts';

/** What is looked up as one: as many units as an end has at least. */
const leastEnd = 3;
/** Both ends of what is shorter are all of it. */
const leastValue = 12;
/** That differ: what says the same over and over begins and ends everywhere in itself. */
const leastUnits = 6;
/** Of a key file, no more than its ends are of use. */
const longestEnd = 64;
/** Units between the ends: stars, dots, a few words. */
const mostBetween = 40;
/** As many units give away what is twice as long or longer; of what is shorter, half of them do. */
const enough = 9;
const leastSeen = 6;
/** So much less likely than once in a text of its length (in bits) is what was left out on purpose. */
const leastSurprise = 20;
const bitsOfLetter = 5;
const bitsOfDigit = 3.3;
/** Of signs that join words. */
const bitsOfJoint = 2;
/** Of a word or a number, however long it is: texts are made of them. */
const mostOfWord = 8;
const leastWord = 3;

/**
 * Finds values of which both ends stand in a text as they are written, signs and all, around stars, dots or a few words:
 * `Gh7&x****9#Vz`, `first: Gh7&x last: 9#Vz`.
 */
export class KnownEnds {
  readonly #values = new Windows<string>(leastEnd);

  add(value: string): void {
    if (hasEnds(value)) this.#values.add(value.slice(0, leastEnd), value);
  }

  /** Takes back an `add`. */
  remove(value: string): void {
    if (hasEnds(value)) this.#values.remove(value.slice(0, leastEnd), (one) => one === value);
  }

  in(text: string): readonly Stretch[] {
    const found: Stretch[] = [];
    this.#values.in(text, (value, start) => {
      found.push(...endsAt(text, start, value));
    });
    return found;
  }
}

function hasEnds(value: string): boolean {
  return value.length >= leastValue && changesIn(value) >= 2 && new Set(value).size >= leastUnits;
}

/** Of a value that begins at `start`. */
function endsAt(text: string, start: number, value: string): readonly Stretch[] {
  const head = Math.min(sameFrom(text, start, value), value.length - leastEnd);
  const behind = start + head;
  // The beginning of another word.
  if (isBareAt(text, behind)) return [];
  const near = text.slice(behind, behind + mostBetween + longestEnd);
  const last = value.slice(-leastEnd);
  const least = leastSurprise + Math.log2(text.length / 4 + 1);
  for (let at = near.indexOf(last); at !== -1; at = near.indexOf(last, at + 1)) {
    const to = at + leastEnd;
    const tail = sameUpTo(near.slice(0, to), value.slice(head));
    const between = near.slice(0, to - tail);
    if (between.length > mostBetween || isBareAt(between, between.length - 1) || isBareAt(text, behind + to))
      continue;
    if (head + tail < Math.min(enough, Math.max(leastSeen, Math.ceil(value.length / 2)))) continue;
    // All of it, with other signs.
    if (bareOf(between) === bareOf(value.slice(head, -tail))) continue;
    const bits = bitsOf(value.slice(0, head)) + bitsOf(value.slice(-tail));
    if (bits - Math.log2(between.length + 1) < least) continue;
    const end = behind + to;
    return [
      [start, behind],
      [end - tail, end],
    ];
  }
  return [];
}

/** How many units are the same. */
function sameFrom(text: string, start: number, value: string): number {
  let count = 0;
  while (count < value.length && count < longestEnd && text[start + count] === value[count]) count++;
  return count;
}

/** How many units are the same, from their ends. */
function sameUpTo(text: string, value: string): number {
  let count = 0;
  while (count < text.length && count < longestEnd && text.at(-1 - count) === value.at(-1 - count)) count++;
  return count;
}

function bitsOf(end: string): number {
  let bits = 0;
  for (const run of end.match(/[A-Z]?[a-z]+|[A-Z]+|\d+|[-_./: ]|[^A-Za-z\d]/g) ?? []) {
    const each = /\d/.test(run) ? bitsOfDigit : /[-_./: ]/.test(run) ? bitsOfJoint : bitsOfLetter;
    bits += run.length < leastWord ? each * run.length : Math.min(each * run.length, mostOfWord);
  }
  return bits;
}

/** How often a text goes from a small letter to a capital one, also behind a sign, or between letters, digits and signs. */
function changesIn(text: string): number {
  const changes =
    text.match(/[a-z][-_.]?(?=[A-Z0-9])|[A-Z](?=[0-9])|[0-9](?=[A-Za-z])|[A-Za-z0-9](?=[!#$%^*~@&+])/g) ?? [];
  return changes.length + strangePairsIn(text);
}
