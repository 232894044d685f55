/**
 * A sentence of the product in English and in Chinese. `{name}` stands for what is taken over as it is, `[name]` for
 * one word of it, `<name>` for what is a sentence itself and is said in Chinese in turn.
 */
export type Phrase = readonly [english: string, chinese: string];

interface Compiled {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly chinese: string;
}

const slot = /([{<[])(\w+)[}>\]]/g;

/** Watched systems have a part in what is said: longer texts and deeper ones are not looked through. */
const longest = 1000;
const deepest = 6;

/** Makes a translator of a table; the first phrase that fits counts, and what none fits stays as it is. */
export function translator(phrases: readonly Phrase[]): (english: string) => string {
  const compiled = phrases.map(compile);
  const translate = (english: string, depth: number): string => {
    if (english.length > longest || depth > deepest) return english;
    for (const { pattern, names, chinese } of compiled) {
      const found = pattern.exec(english);
      if (found === null) continue;
      return chinese.replace(slot, (_slot, open: string, name: string) => {
        const text = found[names.indexOf(name) + 1] ?? '';
        return open === '<' ? translate(text, depth + 1) : text;
      });
    }
    return english;
  };
  return (english) => translate(english, 0);
}

function compile([english, chinese]: Phrase): Compiled {
  const names = [...english.matchAll(slot)].map(([, , name = '']) => name);
  const source = english
    .split(slot)
    // The pieces between slots; of a slot itself comes its bracket and its name.
    .map((piece, index) => {
      if (index % 3 === 0) return escape(piece);
      if (index % 3 === 2) return '';
      return piece === '[' ? String.raw`(\S+?)` : '(.+?)';
    })
    .join('');
  return { pattern: new RegExp(`^${source}$`, 's'), names, chinese };
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
