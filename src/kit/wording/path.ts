import { senseOfChinese } from './chinese.ts';
import { senseOfWords } from './english.ts';
import { isHarm, nothing, type Sense, sense } from './sense.ts';
import { fixedParts, wordsIn } from './words.ts';

const versions = /^(?:v\d+.*|api|apis|rest|open|openapi|admin|app|web|public|internal|service|services)$/;

/**
 * What the words of a path say, from the last fixed part to the first.
 *
 * @param path Without query, in its normal form where it was written by a stranger.
 * @param around Whether the path has writes of its own, which are not the same operation under every method.
 */
export function senseOfPath(path: string, { hasWrites }: { readonly hasWrites: boolean }): Sense {
  const parts = fixedParts(path).filter((part, index) => index > 0 || !versions.test(part));
  const senses = parts.map((part) => senseOfPart(wordsIn(part)));
  const last = senses.at(-1) ?? nothing;
  const lastWords = wordsIn(parts.at(-1) ?? '');
  if (last.says === 'reads') return last;
  if (isHarm(last)) {
    // `/tokens` and `/token/{id}` are records; `/oauth/token` gives one.
    if (last.word === 'token' && /\}\/?$/.test(path)) return nothing;
    const isResource =
      hasWrites && last.strength === 'soft' && lastWords.length === 1 && last.says === 'change';
    return isResource ? nothing : last;
  }
  const before = senses.slice(0, -1);
  const view = before.findLast(({ says, strength }) => says === 'reads' && strength === 'hard');
  if (view !== undefined) return sense('reads', view.word, 'soft');
  const found = before.findLast(
    (one, index) =>
      isHarm(one) &&
      (one.strength === 'hard' ||
        (index === before.length - 1 && /^(?:update|edit|set|reset)$/.test(one.word))),
  );
  if (found === undefined) return nothing;
  return hasWrites ? nothing : sense(found.says, found.word, 'soft');
}

function senseOfPart(words: readonly string[]): Sense {
  const chinese = senseOfChinese(words.join(''));
  return chinese ?? senseOfWords(words);
}
