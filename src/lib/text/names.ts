import { lookAlikes } from './look-alikes.ts';

/** Written together wherever these are written; see UTS 39, section 5.2 ("highly restrictive"). */
const eastAsian =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u;
const latin = /\p{Script=Latin}/u;
const others = [
  ['scriptCyrillic', /\p{Script=Cyrillic}/u],
  ['scriptGreek', /\p{Script=Greek}/u],
  ['scriptArmenian', /\p{Script=Armenian}/u],
  ['scriptGeorgian', /\p{Script=Georgian}/u],
  ['scriptCherokee', /\p{Script=Cherokee}/u],
  ['scriptCoptic', /\p{Script=Coptic}/u],
  ['scriptHebrew', /\p{Script=Hebrew}/u],
  ['scriptArabic', /\p{Script=Arabic}/u],
  ['scriptThai', /\p{Script=Thai}/u],
  ['scriptDevanagari', /\p{Script=Devanagari}/u],
] as const;
const known = [['scriptLatin', latin], ['scriptEastAsian', eastAsian], ...others] as const;

/** Letters of one writing, by the code of what they are called. */
export type Script = (typeof known)[number][0] | 'scriptOther';

/** The scripts of the letters of a name, where they are not written together: Latin and Cyrillic. */
export function scriptsMixed(name: string): readonly Script[] | undefined {
  const letters = name.normalize('NFKC').match(/\p{L}/gu) ?? [];
  const used = new Set(letters.map((letter) => scriptOf(letter)));
  const isUsual = [...used].every((script) => script === 'scriptLatin' || script === 'scriptEastAsian');
  return used.size < 2 || isUsual ? undefined : [...used].toSorted();
}

function scriptOf(letter: string): Script {
  return known.find(([, pattern]) => pattern.test(letter))?.[0] ?? 'scriptOther';
}

/** The same for all names that people take for one another: forms, case, what cannot be seen, letters drawn alike. */
export function readAlike(name: string): string {
  const folded = name
    .normalize('NFKC')
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/gu, '')
    .replace(/[\p{Z}\s]+/gu, ' ')
    .trim()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC');
  return Array.from(folded, (letter) => lookAlikes.get(letter) ?? letter).join('');
}
