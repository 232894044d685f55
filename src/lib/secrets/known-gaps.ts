import { changesIn, isBareAt } from './bare.ts';
import type { Stretch } from './disguise.ts';
import { Windows } from './windows.ts';

/** What is looked up as one: half of the shortest value. */
const window = 4;
const least = 8;
/** What is longer is told by its parts. */
const longest = 16;

interface Part {
  readonly value: string;
  readonly at: number;
}

/** Finds values of which one letter or digit is written as a sign: `xk49t_zq` of `xk49tmzq`. */
export class KnownGaps {
  readonly #parts = new Windows<Part>(window);

  add(value: string): void {
    for (const part of partsOf(value)) this.#parts.add(value.slice(part.at, part.at + window), part);
  }

  /** Takes back an `add`. */
  remove(value: string): void {
    for (const { at } of partsOf(value))
      this.#parts.remove(value.slice(at, at + window), (part) => part.value === value && part.at === at);
  }

  in(text: string): readonly Stretch[] {
    const found: Stretch[] = [];
    this.#parts.in(text, ({ value, at: inValue }, at) => {
      const start = at - inValue;
      if (start >= 0 && hasOneGap(text.slice(start, start + value.length), value))
        found.push([start, start + value.length]);
    });
    return found;
  }
}

/** Its beginning and its end: the gap is in one of them at most. */
function partsOf(value: string): readonly Part[] {
  if (value.length < least || value.length > longest || changesIn(value) < 2) return [];
  return [0, value.length - window].map((at) => ({ value, at }));
}

function hasOneGap(text: string, value: string): boolean {
  if (text.length !== value.length) return false;
  let gaps = 0;
  for (let at = 0; at < value.length; at++) {
    if (text[at] === value[at]) continue;
    if (isBareAt(text, at) || !isBareAt(value, at) || ++gaps > 1) return false;
  }
  return gaps === 1;
}
