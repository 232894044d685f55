import type { Script } from '../lib/text/names.ts';
import type { Sentence } from '../model/sentence.ts';
import { sentence } from './sentence.ts';

/** `Latin and Cyrillic` */
export function scriptsSentence(scripts: readonly Script[]): Sentence {
  const [first = '', ...others] = scripts.map((script): Sentence => sentence(script));
  return others.reduce((one, other) => sentence('bothScripts', { one, other }), first);
}
