import type { Sentence } from '../model/sentence.ts';
import type { Catalogue } from './catalogue/entry.ts';

/**
 * Makes sentences of the words of libraries that say English texts alone: the one among `entries` whose English it is, as it
 * stands or with its places filled. What is none of them stays as it was said.
 */
export function recogniser(entries: Catalogue): (words: string) => Sentence {
  const forms = Object.entries(entries).map(([code, [english]]) => ({
    code,
    ...formOf(typeof english === 'string' ? english : english.other),
  }));
  return (words) => {
    for (const { code, pattern, names } of forms) {
      const found = pattern.exec(words);
      if (found === null) continue;
      if (names.length === 0) return { $say: code };
      return {
        $say: code,
        params: Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ''])),
      };
    }
    return words;
  };
}

const place = /\{(\w+)\}/;

function formOf(english: string): { readonly pattern: RegExp; readonly names: readonly string[] } {
  const parts = english.split(place);
  // Every second part is the name of a place.
  const names = parts.filter((_, index) => index % 2 === 1);
  const source = parts.map((part, index) =>
    index % 2 === 1 ? '(.+?)' : part.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`),
  );
  return { pattern: new RegExp(`^${source.join('')}$`, 's'), names };
}
