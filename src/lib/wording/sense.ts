import type { Json } from '../../model/json.ts';

/** What a text says about the operation that bears it. */
export type Kind = 'change' | 'session' | 'download';

export interface Sense {
  /** `reads`: says so itself. `nothing`: it is a noun or unknown. */
  readonly says: 'reads' | 'nothing' | Kind;
  /** The word that says it, as it stands or as it is meant. */
  readonly word: string;
  /**
   * `hard`: the word has no other meaning. `soft`: it is a noun as well, so that an explicit reading verb elsewhere
   * outweighs it.
   */
  readonly strength: 'hard' | 'soft';
}

/** Characters of a value. A longer one fits into no address and is too much to be judged between two calls. */
const longestJudged = 16_384;

/** Whether a value, or all that it consists of, is too long to be judged: it passes as an order. */
export function isBeyondJudging(value: Json): boolean {
  if (typeof value === 'string') return value.length > longestJudged;
  return typeof value === 'object' && JSON.stringify(value).length > longestJudged;
}

export const nothing: Sense = { says: 'nothing', word: '', strength: 'soft' };

export function sense(says: Sense['says'], word: string, strength: Sense['strength'] = 'hard'): Sense {
  return { says, word, strength };
}

export function isHarm(one: Sense): one is Sense & { readonly says: Kind } {
  return one.says !== 'reads' && one.says !== 'nothing';
}

/** The first that is sure to be harm, else the first that may be; nothing is asked for behind a sure one. */
export function strongest(senses: Iterable<Sense>): Sense {
  let soft: Sense | undefined;
  for (const one of senses) {
    if (!isHarm(one)) continue;
    if (one.strength === 'hard') return one;
    soft ??= one;
  }
  return soft ?? nothing;
}

export function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).filter((word) => word !== ''));
}
