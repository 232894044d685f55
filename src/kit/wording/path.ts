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
  const file = fileIn(path);
  if (file !== undefined) return sense('download', file);
  const parts = fixedParts(path).filter((part, index) => index > 0 || !versions.test(part));
  const senses = parts.map((part) => senseOfPart(wordsIn(part)));
  const last = senses.at(-1) ?? nothing;
  const lastWords = wordsIn(parts.at(-1) ?? '');
  if (last.says === 'reads') return last;
  if (isHarm(last)) {
    // `/tokens` and `/token/{id}` are records; `/oauth/token` gives one.
    if (last.word === 'token' && /\}\/?$/.test(path)) return nothing;
    const isResource =
      hasWrites &&
      last.strength === 'soft' &&
      lastWords.length === 1 &&
      last.says === 'change' &&
      last.word !== 'backup';
    return isResource ? nothing : last;
  }
  const before = senses.slice(0, -1);
  const view = before.findLast(({ says, strength }) => says === 'reads' && strength === 'hard');
  if (view !== undefined) return sense('reads', view.word, 'soft');
  const found = before.findLast(
    (one, index) =>
      isHarm(one) &&
      (one.strength === 'hard' || (index === before.length - 1 && commands(index).test(one.word))),
  );
  if (found === undefined) return nothing;
  if (hasWrites) return nothing;
  return sense(found.says, found.word, /^(?:control|operate)$/.test(found.word) ? 'hard' : 'soft');
}

/** What follows is what they are done to: `/user/update/password`; `/control` in front of all is a service's name. */
function commands(index: number): RegExp {
  return index === 0 ? /^(?:update|edit|set|reset)$/ : /^(?:update|edit|set|reset|control|operate)$/;
}

/** Films, archives, packages, papers and streams without an end; pictures are small. */
const files =
  /\.(?:mp4|m4[asv]|mkv|mov|avi|flv|webm|mjpe?g|y4m|ts|aac|mp3|wav|flac|ogg|opus|pdf|docx?|xlsx?|pptx?|csv|zip|rar|7z|tar|t?gz|bz2|xz|apk|ipa|exe|msi|dmg|iso|jar|deb|rpm|bin|img|dump|bak)$|\/stream\.[a-z0-9]+$/i;

/** The ending by which a path names a file of which one does not know how large it is. */
function fileIn(path: string): string | undefined {
  return files.exec(path.replace(/[?#].*$/s, ''))?.[0];
}

function senseOfPart(words: readonly string[]): Sense {
  const chinese = senseOfChinese(words.join(''));
  return chinese ?? senseOfWords(words);
}
