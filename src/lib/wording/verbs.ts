import {
  compounds,
  downloadWords,
  nounsAlone,
  nounsLikeRepeated,
  objects,
  openThings,
  sessionWords,
  verbClasses,
  verbsAlone,
} from './english-words.ts';
import { type Sense, sense } from './sense.ts';

/** What a verb of change makes of the words behind it. */

/** `copyPadWithoutHistory` does something with two things; a noun has no such word within. */
function isLink(word: string): boolean {
  return /^(?:with|without|into|onto)$/.test(word);
}

/** `republish`, `unmount` and `pregenerate` are of the class of what they repeat or undo. */
export function classOf(verb: string): (typeof verbClasses)[number] | undefined {
  const own = verbClasses.find(({ verbs }) => verbs.has(verb));
  if (own !== undefined || nounsLikeRepeated.has(verb)) return own;
  const root = /^(?:re|un|pre)-?([a-z]{4,})$/.exec(verb)?.[1] ?? '';
  return verbClasses.find(({ verbs }) => verbs.has(root));
}

/** A noun that is built of a verb reads. */
export function changing(verb: string, rest: readonly string[]): Sense | undefined {
  const own = classOf(verb);
  if (own === undefined) return undefined;
  if (rest.length === 0) return sense('change', verb, nounsAlone.has(verb) ? 'soft' : 'hard');
  const text = [verb, ...rest].join(' ');
  const isOpen = verb === 'open' && rest.length === 1 && openThings.test(rest[0] ?? '');
  if (isOpen || compounds.some((compound) => compound.test(text))) return sense('reads', text, 'soft');
  const isNoun = own.heads.has(rest.at(-1) ?? '') && !objects.test(text) && !rest.slice(0, -1).some(isLink);
  if (isNoun) return sense('reads', text, 'soft');
  return sense('change', verb, own === verbClasses.at(-1) ? 'soft' : 'hard');
}

export function isVerb(word: string): boolean {
  return (
    classOf(word) !== undefined || verbsAlone.has(word) || sessionWords.has(word) || downloadWords.has(word)
  );
}
