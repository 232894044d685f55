/** A secret is looked for by its letters and digits, whatever signs stand between them. */
export function bareOf(text: string): string {
  return text.replace(/[^A-Za-z0-9]+/g, '');
}

/** Whether a unit is a letter or a digit. */
export function isBare(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** The same of a unit of a text at a place, where there may be none. */
export function isBareAt(text: string, at: number): boolean {
  return isBare(text.charCodeAt(at));
}

/**
 * How often a text goes from a small letter to a capital one, or between letters and digits, or has letters beside each other
 * that no language writes so: of words, hardly.
 */
export function changesIn(text: string): number {
  return (text.match(changes)?.length ?? 0) + strangePairsIn(text);
}

const changes = /[a-z](?=[A-Z0-9])|[A-Z](?=[0-9])|[0-9](?=[A-Za-z])/g;

/** Of letters of one case: `kqxvzpmw` is no word, and has nothing else that would show it. */
export function strangePairsIn(text: string): number {
  return (text.match(strangeSmall)?.length ?? 0) + (text.match(strangeCapital)?.length ?? 0);
}

/** English, pinyin and what programs call their things have next to none of them. */
const strange =
  'q(?=[a-tv-z])|[jv](?=[b-df-hj-np-tv-xz])|x(?=[bdgjkmnqrsvwxz])|z(?=[bcdfgjkmnpqrsvwx])|[bfgjkmptvwxz](?=q)|[bcdfghjkpqsvwz](?=x)|[cfghjklmpqstvwxz](?=j)|[cfgjkmpqxz](?=v)';
const strangeSmall = new RegExp(strange, 'g');
const strangeCapital = new RegExp(
  strange.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase()),
  'g',
);
