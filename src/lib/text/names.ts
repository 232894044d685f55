import { lookAlikes } from './look-alikes.ts';

/** Written together wherever these are written; see UTS 39, section 5.2 ("highly restrictive"). */
const eastAsian =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u;
const latin = /\p{Script=Latin}/u;
const others: readonly (readonly [string, RegExp])[] = [
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Georgian', /\p{Script=Georgian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
  ['Coptic', /\p{Script=Coptic}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Devanagari', /\p{Script=Devanagari}/u],
];
const known: readonly (readonly [string, RegExp])[] = [
  ['Latin', latin],
  ['Chinese, Japanese or Korean', eastAsian],
  ...others,
];

/** The scripts of the letters of a name, where they are not written together: `Latin and Cyrillic`. */
export function scriptsMixed(name: string): string | undefined {
  const letters = name.normalize('NFKC').match(/\p{L}/gu) ?? [];
  const used = new Set(letters.map((letter) => scriptOf(letter)));
  const isUsual = [...used].every((script) => script === 'Latin' || script === 'Chinese, Japanese or Korean');
  return used.size < 2 || isUsual ? undefined : [...used].toSorted().join(' and ');
}

function scriptOf(letter: string): string {
  return known.find(([, pattern]) => pattern.test(letter))?.[0] ?? 'another script';
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
